use super::exchange::Stage;
use super::handshake::Manners;
use crate::error::unusable;
use crate::tls::Trust;
use crate::{ByStatus, Classifier, Error, blot};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use punchout_core::{Secret, truncated};
use reqwest::{Client, redirect, retry};
use rustls::ClientConfig;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How many bytes of what a peer says are shown.
const SHOWN: usize = 500;

/// How to reach a supplier by HTTPS.
///
/// ```
/// use punchout_transport::{Https, HttpsOptions};
/// use std::time::Duration;
///
/// let options = HttpsOptions::new("https://shop.example/orders".parse()?)
///     .with_basic("buyer", "hunter2")
///     .with_answer_timeout(Duration::from_secs(60));
/// let transport = Https::new(options)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct HttpsOptions {
    pub(super) url: Url,
    pub(super) auth: Auth,
    pub(super) headers: Vec<(String, Secret)>,
    pub(super) connect_timeout: Duration,
    pub(super) send_timeout: Duration,
    pub(super) answer_timeout: Duration,
    pub(super) answer_limit: usize,
    pub(super) classifier: Arc<dyn Classifier>,
    plain_http: bool,
    trust: Trust,
}

#[derive(Clone, Debug)]
pub(super) enum Auth {
    None,
    Basic { user: String, password: Secret },
    Bearer(Secret),
}

impl HttpsOptions {
    /// Takes a URL without user name and password.
    ///
    /// A query is sent but never printed. Defaults: the public root
    /// certificates as Mozilla trusts them, 10 seconds to connect, 1 minute
    /// to send, 2 minutes until the answer's end, 1 MiB of answer, judged by [`ByStatus`].
    #[must_use]
    pub fn new(url: Url) -> Self {
        Self {
            url,
            auth: Auth::None,
            headers: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            send_timeout: Duration::from_secs(60),
            answer_timeout: Duration::from_secs(120),
            answer_limit: 1 << 20,
            classifier: Arc::new(ByStatus),
            plain_http: false,
            trust: Trust::new(),
        }
    }

    /// Logs in with a user name and a password.
    #[must_use]
    pub fn with_basic(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.auth = Auth::Basic { user: user.into(), password: password.into() };
        self
    }

    /// Logs in with a bearer token.
    #[must_use]
    pub fn with_bearer(mut self, token: impl Into<Secret>) -> Self {
        self.auth = Auth::Bearer(token.into());
        self
    }

    /// Adds a header. Its value is treated as a secret, for it often is one.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Trusts the certificates in this PEM too, besides the public roots.
    #[must_use]
    pub fn with_roots(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.trust.roots.push(pem.into());
        self
    }

    /// Trusts no public roots, only those given with
    /// [`with_roots`](Self::with_roots).
    #[must_use]
    pub fn without_public_roots(mut self) -> Self {
        self.trust.public_roots = false;
        self
    }

    /// Shows this certificate to a server that asks for one: a chain of
    /// certificates, its own first, and its key, both in PEM.
    #[must_use]
    pub fn with_client_certificate(mut self, chain: impl Into<Vec<u8>>, key: impl Into<Secret>) -> Self {
        self.trust.client = Some((chain.into(), key.into()));
        self
    }

    /// Sets the time to connect, TLS included.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time from the connection until all of the order is on its way.
    #[must_use]
    pub fn with_send_timeout(mut self, timeout: Duration) -> Self {
        self.send_timeout = timeout;
        self
    }

    /// Sets the time from then until the last byte of the answer, however
    /// slowly that comes.
    #[must_use]
    pub fn with_answer_timeout(mut self, timeout: Duration) -> Self {
        self.answer_timeout = timeout;
        self
    }

    /// Sets how many bytes an answer may have.
    #[must_use]
    pub fn with_answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }

    /// Sets who decides what an answer means.
    #[must_use]
    pub fn with_classifier(mut self, classifier: impl Classifier + 'static) -> Self {
        self.classifier = Arc::new(classifier);
        self
    }

    /// Allows a URL with `http://`: order and credentials travel in the open.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// How long a step may take.
    pub(super) fn limit(&self, stage: Stage) -> Duration {
        match stage {
            Stage::Connecting => self.connect_timeout,
            Stage::Sending => self.send_timeout,
            Stage::Waiting | Stage::Answering => self.answer_timeout,
        }
    }

    /// Why a server that asked for a client certificate may have refused.
    pub(super) fn about_the_client(&self) -> &'static str {
        match self.trust.client {
            None => {
                "the server asked for a client certificate and got none, give one with `with_client_certificate`"
            }
            Some(_) => "the server asked for a client certificate and may not accept the one that it got",
        }
    }

    /// The URL without what may be secret in it.
    pub(super) fn endpoint(&self) -> Url {
        endpoint(&self.url)
    }

    /// The value of the `Authorization` header.
    pub(super) fn authorization(&self) -> Option<String> {
        match &self.auth {
            Auth::None => None,
            Auth::Basic { user, password } => Some(format!("Basic {}", basic(user, password))),
            Auth::Bearer(token) => Some(format!("Bearer {}", token.expose())),
        }
    }

    pub(super) fn user(&self) -> Option<&str> {
        match &self.auth {
            Auth::Basic { user, .. } => Some(user),
            Auth::None | Auth::Bearer(_) => None,
        }
    }

    /// What a peer said, fit to be shown: on one line, not too long, and with
    /// every secret of these options blotted out, should it repeat one.
    pub(super) fn shown(&self, text: &str) -> String {
        let text = self.redacted(text);
        let kept = truncated(&text, SHOWN);
        let line = kept.chars().map(|c| if c.is_control() { ' ' } else { c });
        line.chain((kept.len() < text.len()).then_some('…')).collect()
    }

    fn redacted(&self, text: &str) -> String {
        let mut secrets: Vec<String> =
            self.headers.iter().flat_map(|(_, value)| blot::of_header(value.expose())).collect();
        secrets.extend(self.url.query().map(blot::of_query).into_iter().flatten());
        match &self.auth {
            Auth::None => {}
            Auth::Basic { user, password } => {
                secrets.push(basic(user, password));
                secrets.push(password.expose().to_owned());
            }
            Auth::Bearer(token) => secrets.push(token.expose().to_owned()),
        }
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        blot::out(text, &secrets)
    }

    /// Checks the URL and reads the certificates; nothing is connected.
    pub(super) fn manners(&self) -> Result<Manners, Error> {
        let endpoint = self.endpoint();
        match self.url.scheme() {
            "https" => {}
            "http" if self.plain_http => {}
            "http" => return Err(unusable(format!("url {endpoint} is not encrypted: give one with https"))),
            _ => return Err(unusable(format!("url {endpoint} is no https URL"))),
        }
        if !self.url.username().is_empty() || self.url.password().is_some() {
            return Err(unusable(format!(
                "url {endpoint} holds a user name or a password: give them with `with_basic`"
            )));
        }
        // in the open nobody is asked, so that no root is needed
        let unused = Trust::new();
        Manners::new(if self.url.scheme() == "http" { &unused } else { &self.trust })
    }

    /// Gets ready for one connection.
    pub(super) fn client(&self, tls: ClientConfig) -> Result<Client, Error> {
        Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(!self.plain_http)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy()
            .http1_only()
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| unusable("the HTTP client cannot be set up").with_source(error.without_url()))
    }
}

/// Shows neither secrets nor the URL's query.
impl fmt::Debug for HttpsOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpsOptions")
            .field("url", &self.endpoint().as_str())
            .field("auth", &self.auth)
            .field("headers", &self.headers)
            .field("connect_timeout", &self.connect_timeout)
            .field("send_timeout", &self.send_timeout)
            .field("answer_timeout", &self.answer_timeout)
            .field("answer_limit", &self.answer_limit)
            .field("plain_http", &self.plain_http)
            .field("trust", &self.trust)
            .finish_non_exhaustive()
    }
}

/// Both of them as they are sent (RFC 7617).
fn basic(user: &str, password: &Secret) -> String {
    BASE64.encode(format!("{user}:{}", password.expose()))
}

pub(super) fn endpoint(url: &Url) -> Url {
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    // both fail only for URLs that cannot have what is to be removed
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    bare
}

/// Where a peer points to. The parameters of its path may let somebody in, such
/// as a session's number.
pub(super) fn target(url: &Url) -> Url {
    let mut bare = endpoint(url);
    if !bare.cannot_be_a_base() {
        let names = bare.path().split('/').map(|segment| segment.split(';').next().unwrap_or_default());
        let path = names.collect::<Vec<_>>().join("/");
        bare.set_path(&path);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn options(url: &str) -> HttpsOptions {
        HttpsOptions::new(url.parse().unwrap())
    }

    #[test]
    fn endpoints_lose_what_may_be_secret() {
        for (url, shown) in [
            ("https://u:p@shop.example:8443/orders?key=k#f", "https://shop.example:8443/orders"),
            ("http://shop.example", "http://shop.example/"),
            ("mailto:orders@shop.example?subject=x", "mailto:orders@shop.example"),
        ] {
            assert_eq!(endpoint(&url.parse().unwrap()).as_str(), shown);
        }
    }

    #[test]
    fn targets_lose_what_a_peer_may_have_added() {
        for (url, shown) in [
            ("https://u:p@shop.example/a;jsessionid=1/b;v=2?key=k#f", "https://shop.example/a/b"),
            ("https://shop.example/a%20b/", "https://shop.example/a%20b/"),
            ("https://shop.example/;x=1", "https://shop.example/"),
            ("https://shop.example", "https://shop.example/"),
            ("mailto:a;b", "mailto:a;b"),
        ] {
            assert_eq!(target(&url.parse().unwrap()).as_str(), shown);
        }
    }

    #[test]
    fn what_cannot_work_is_said_at_once() {
        let good = options("https://shop.example/orders");
        good.manners().unwrap();
        options("http://127.0.0.1/").allow_plain_http().manners().unwrap();
        for (options, says) in [
            (options("http://shop.example/?key=hunter2"), "url http://shop.example/ is not encrypted"),
            (options("ftp://shop.example/"), "no https URL"),
            (options("https://buyer:hunter2@shop.example/"), "user name or a password"),
            (options("https://hunter2@shop.example/"), "user name or a password"),
            (good.clone().with_roots("hunter2"), "no certificate"),
            (
                good.clone().with_roots("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                "roots",
            ),
            (good.without_public_roots(), "roots are empty"),
        ] {
            let Err(error) = options.manners() else { panic!("{says}") };
            assert_eq!(error.kind(), Kind::Configuration);
            assert!(error.to_string().contains(says), "{error}");
            assert!(!format!("{error:?} {options:?}").contains("hunter2"), "{error:?} {options:?}");
        }
    }

    #[test]
    fn repeated_secrets_are_blotted_out() {
        let options = options("https://shop.example/?key=k1")
            .with_basic("buyer", "hunter2")
            .with_header("x-empty", "")
            .with_header("x-key", "hunter2-long");
        let text = options.redacted("hunter2, hunter2-long, key=k1, YnV5ZXI6aHVudGVyMg==, hunter4");
        assert_eq!(text, "***, ***, ***, ***, hunter4");
        let options = self::options("https://shop.example/?a=1&key=one%20two+three&t0ken&s=a%3Db%3D")
            .with_header("x-tenant", "9")
            .with_header("authorization", "Bearer h3ader-token")
            .with_header("proxy-authorization", "Basic YnV5ZXI6aGVhZGVyLXBhc3M=");
        for secret in [
            "one%20two+three",
            "one two three",
            "t0ken",
            "a%3Db%3D",
            "a=b=",
            "h3ader-token",
            "YnV5ZXI6aGVhZGVyLXBhc3M=",
            "header-pass",
        ] {
            assert_eq!(options.redacted(&format!("unknown key {secret}!")), "unknown key ***!");
        }
        let few = "1 of 9 keys is no key, says Bearer";
        assert_eq!(options.redacted(few), few, "what is short stands in every text");
        let options = self::options("https://shop.example/").with_bearer("token");
        assert_eq!(options.redacted("Bearer token"), "Bearer ***");
    }
}
