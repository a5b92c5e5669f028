use crate::error::unusable;
use crate::host::Host;
use crate::tls::Trust;
use crate::{Error, blot};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use punchout_core::{Secret, excerpt};
use rustls::pki_types::ServerName;
use std::fmt;
use std::time::Duration;

/// How to reach a supplier by mail.
///
/// Addresses are `name@domain` or `Name <name@domain>`. Names may hold any
/// letters, and so may domains, which are sent in their ASCII form. An address
/// with other letters before the `@` needs a server that offers SMTPUTF8.
///
/// ```
/// use punchout_transport::{Email, EmailOptions};
///
/// let options = EmailOptions::new("mail.example", "Example Buyer <orders@buyer.example>", "sales@shop.example")
///     .with_login("orders@buyer.example", "hunter2")
///     .with_reply_to("Purchasing <purchasing@buyer.example>");
/// let transport = Email::new(options)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct EmailOptions {
    pub(super) host: Host,
    port: Option<u16>,
    pub(super) security: Security,
    pub(super) trust: Trust,
    pub(super) login: Option<(String, Secret)>,
    pub(super) hello_name: Option<String>,
    pub(super) from: String,
    pub(super) reply_to: Option<String>,
    pub(super) envelope_sender: Option<String>,
    pub(super) to: Vec<String>,
    pub(super) cc: Vec<String>,
    pub(super) optional_cc: Vec<String>,
    pub(super) delivery_notices: bool,
    pub(super) read_receipt_to: Option<String>,
    pub(super) language: Option<String>,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) signing: Option<Signing>,
    pub(super) connect_timeout: Duration,
    pub(super) timeout: Duration,
}

/// Who signs, and with what.
#[derive(Clone)]
pub(super) struct Signing {
    pub(super) domain: String,
    pub(super) selector: String,
    pub(super) key: Secret,
}

/// When a connection is encrypted. "If the server can" is left out on purpose:
/// whoever sits between decides that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Security {
    StartTls,
    Implicit,
    Plain,
}

impl EmailOptions {
    /// Names the mail server, the sender and the first recipient. The server is
    /// a name or an address by itself, without user and port.
    ///
    /// Defaults: STARTTLS, and no mail without it, on port 587; the public
    /// root certificates as Mozilla trusts them; no login; bounces to the
    /// sender; the consignment's subject as text; 10 seconds to connect,
    /// 10 minutes for everything.
    #[must_use]
    pub fn new(host: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            host: Host::new(host),
            port: None,
            security: Security::StartTls,
            trust: Trust::new(),
            login: None,
            hello_name: None,
            from: from.into(),
            reply_to: None,
            envelope_sender: None,
            to: vec![to.into()],
            cc: Vec::new(),
            optional_cc: Vec::new(),
            delivery_notices: false,
            read_receipt_to: None,
            language: None,
            text: None,
            html: None,
            signing: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(600),
        }
    }

    /// Sets the port; 587 unless set, 465 with implicit TLS, 25 in the open.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Encrypts from the first byte instead of after `STARTTLS`.
    #[must_use]
    pub fn with_implicit_tls(mut self) -> Self {
        self.security = Security::Implicit;
        self
    }

    /// Encrypts nothing: order and password travel in the open. For a server
    /// on the same machine.
    #[must_use]
    pub fn allow_plain_smtp(mut self) -> Self {
        self.security = Security::Plain;
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

    /// Logs in with a user name and a password.
    #[must_use]
    pub fn with_login(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.login = Some((user.into(), password.into()));
        self
    }

    /// Sets the host name for `EHLO`; the address of this end unless set.
    #[must_use]
    pub fn with_hello_name(mut self, name: impl Into<String>) -> Self {
        self.hello_name = Some(name.into());
        self
    }

    /// Sets where people answer to.
    #[must_use]
    pub fn with_reply_to(mut self, address: impl Into<String>) -> Self {
        self.reply_to = Some(address.into());
        self
    }

    /// Sets where bounces go: the sender on the envelope.
    #[must_use]
    pub fn with_envelope_sender(mut self, address: impl Into<String>) -> Self {
        self.envelope_sender = Some(address.into());
        self
    }

    /// Adds a recipient.
    #[must_use]
    pub fn with_to(mut self, address: impl Into<String>) -> Self {
        self.to.push(address.into());
        self
    }

    /// Adds a recipient of a copy. When the server refuses the address, nobody
    /// gets the order.
    #[must_use]
    pub fn with_cc(mut self, address: impl Into<String>) -> Self {
        self.cc.push(address.into());
        self
    }

    /// Adds a recipient of a copy without whom the order goes out all the
    /// same, such as a colleague whose mailbox may be gone.
    ///
    /// A refusal of the address is among the evidence's replies.
    #[must_use]
    pub fn with_optional_cc(mut self, address: impl Into<String>) -> Self {
        self.optional_cc.push(address.into());
        self
    }

    /// Asks for a report of delivery too, besides those of failure and delay;
    /// for servers that offer reports (RFC 3461).
    ///
    /// They go to the envelope sender, and [`bounce`](crate::bounce) reads them.
    #[must_use]
    pub fn with_delivery_notices(mut self) -> Self {
        self.delivery_notices = true;
        self
    }

    /// Asks whoever opens the message to confirm that to an address (RFC 8098);
    /// most ask their reader first, and many never do.
    #[must_use]
    pub fn with_read_receipt_to(mut self, address: impl Into<String>) -> Self {
        self.read_receipt_to = Some(address.into());
        self
    }

    /// Names the language of the text, such as `de` (RFC 5646), for programs
    /// that translate or read aloud.
    #[must_use]
    pub fn with_language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Sets the text of the message.
    ///
    /// `{order_number}` and `{subject}` in it are replaced by what the
    /// consignment says.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Adds the text once more as HTML, for programs that prefer it; with the
    /// same replacements, escaped.
    #[must_use]
    pub fn with_html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }

    /// Signs every message for a domain (DKIM, RFC 6376), relaxed/relaxed.
    ///
    /// The key is a private key in PEM: RSA of 2048 to 4096 bits, in PKCS#1 or
    /// PKCS#8, or Ed25519 in PKCS#8 (RFC 8463). Its public half belongs into
    /// the name server under `selector._domainkey.domain`.
    #[must_use]
    pub fn with_dkim(
        mut self,
        domain: impl Into<String>,
        selector: impl Into<String>,
        key: impl Into<Secret>,
    ) -> Self {
        self.signing = Some(Signing { domain: domain.into(), selector: selector.into(), key: key.into() });
        self
    }

    /// Sets the time to find and reach the server.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time for everything, from connecting to the last reply.
    ///
    /// A server may scan a message for minutes before it says that it took it.
    /// A limit that passes in that time leaves the order unknown, so a short
    /// one gains nothing.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    pub(super) fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            Security::StartTls => 587,
            Security::Implicit => 465,
            Security::Plain => 25,
        })
    }

    /// The server as a URL, without secrets.
    pub(super) fn endpoint(&self) -> String {
        let scheme = if self.security == Security::Implicit { "smtps" } else { "smtp" };
        format!("{scheme}://{}:{}", self.host, self.port())
    }

    /// The host for the certificate; refuses what could not be sent.
    pub(super) fn checked(&self) -> Result<ServerName<'static>, Error> {
        self.host.check()?;
        let host = ServerName::try_from(self.host.as_str().to_owned()).map_err(|error| {
            let text = format!("host {} is neither a name nor an address", excerpt(self.host.as_str()));
            unusable(text).with_source(error)
        })?;
        if let Some(name) = &self.hello_name
            && (name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            return Err(unusable(format!("hello_name {} is no host name", excerpt(name))));
        }
        if let Some(language) = &self.language
            && (language.len() > 35
                || !language.split('-').all(|part| {
                    (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
                }))
        {
            return Err(unusable(format!("language {} is no language tag, such as `de`", excerpt(language))));
        }
        if let Some((user, password)) = &self.login
            && (user.is_empty() || user.contains('\0') || password.expose().contains('\0'))
        {
            return Err(unusable("the login has an empty user name or holds a zero byte"));
        }
        Ok(host)
    }

    /// What `AUTH PLAIN` sends.
    pub(super) fn plain_login(user: &str, password: &Secret) -> String {
        BASE64.encode(format!("\0{user}\0{}", password.expose()))
    }

    /// Blots out the password in every form it is sent in.
    pub(super) fn redacted(&self, text: &str) -> String {
        let Some((user, password)) = &self.login else { return text.to_owned() };
        let encoded = BASE64.encode(password.expose());
        let login = Self::plain_login(user, password);
        blot::out(text, &[password.expose(), &encoded, &login])
    }
}

impl fmt::Debug for EmailOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailOptions")
            .field("endpoint", &self.endpoint())
            .field("security", &self.security)
            .field("trust", &self.trust)
            .field("login", &self.login)
            .field("from", &self.from)
            .field("to", &self.to)
            .field("cc", &self.cc)
            .field("optional_cc", &self.optional_cc)
            .field("dkim", &self.signing.as_ref().map(|signing| (&signing.selector, &signing.domain)))
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
