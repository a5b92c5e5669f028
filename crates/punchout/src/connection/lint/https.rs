//! The table `order.https`.

use punchout_core::{Secret, Severity, excerpt};
use punchout_cxml::answer::{Kind, Meaning, Rule};
use url::Url;

use super::Lint;
use crate::connection::{HttpsRoute, code, percent};

impl Lint<'_> {
    pub(super) fn https(&mut self, https: &HttpsRoute) {
        let at = "order.https.url";
        if https.url.is_empty() {
            let help = "ask the supplier where orders are posted to; it is not where users log in";
            self.error(code::MISSING, at, "there is no address for orders", help);
        } else if let Some(url) = self.address(at, &https.url) {
            let key = "order.https.allow_plain";
            self.plain(at, &url, https.allow_plain, "order and credentials travel", key);
            self.same_as_log_in(at, &url);
        }
        self.basic("order.https", https.user.as_deref(), https.password.as_ref());
        if https.token.is_some() && https.user.is_some() {
            let message = "both a token and a user are given";
            self.error(code::CREDENTIALS, "order.https.token", message, "leave one of them out");
        }
        for name in https.headers.keys() {
            if is_secret_header(name) {
                let message = format!("the header {} sounds like a secret", excerpt(name));
                let help = "put it under `order.https.secret_headers`, with a reference to its value";
                self.error(code::SECRET_INLINE, "order.https.headers", message, help);
            }
        }
        for (number, rule) in (1..).zip(&https.answers) {
            self.answer(number, rule);
        }
        if let Some(certificate) = &https.client_certificate {
            let at = "order.https.client_certificate";
            if certificate.chain.as_os_str().is_empty() {
                self.missing(&format!("{at}.chain"), "name the file with the certificates");
            }
            if certificate.key.is_none() {
                self.missing(&format!("{at}.key"), "say where the private key is");
            }
        }
        self.roots("order.https", https.only_given_roots && https.roots.is_empty());
        self.limits(
            "order.https",
            [
                ("connect_seconds", https.connect_seconds),
                ("send_seconds", https.send_seconds),
                ("answer_seconds", https.answer_seconds),
            ],
        );
        if https.answer_bytes == Some(0) {
            self.error(code::LIMIT, "order.https.answer_bytes", "no answer has no bytes", "leave it out");
        }
        if https.recognises_repeats && self.connection.order.retry.is_none() {
            let message = "nothing is sent again without `order.retry`";
            let help = "add a table `[order.retry]`, or leave this out";
            self.say(code::UNUSED, Severity::Warning, "order.https.recognises_repeats", message, help);
        }
    }

    /// No rule of a partner may take a failure for success.
    fn answer(&mut self, number: usize, rule: &Rule) {
        let at = "order.https.answers";
        // the empty text is in every answer
        let has_text = rule.text.as_deref().is_some_and(|text| !rule.contains || !text.trim().is_empty());
        let Rule { http, kind, status, media_type, .. } = rule;
        if http.is_none() && kind.is_none() && status.is_none() && media_type.is_none() && !has_text {
            let message = format!("rule {number} has no condition: it fits every answer, failures too");
            let help = "say which answers are meant with `http`, `kind`, `status`, `media_type` or `text`";
            return self.error(code::ANSWER, at, message, help);
        }
        // a status of cXML speaks for itself, whatever that of HTTP is
        let by_cxml = status.is_some() || *kind == Some(Kind::Response);
        if !matches!(rule.then, Meaning::Accepted | Meaning::AcceptedLater) || by_cxml {
            return;
        }
        let help = "add `http = \"2xx\"`, or the status with which this supplier takes orders";
        match http {
            None => {
                let message = format!("rule {number} takes a failure of HTTP for success");
                self.error(code::ANSWER, at, message, help);
            }
            Some(codes) if (300..=999).any(|code| codes.contains(code)) => {
                let message = format!("rule {number} takes a failure of HTTP, {codes}, for success");
                self.say(code::ANSWER, Severity::Warning, at, message, help);
            }
            Some(_) => {}
        }
    }

    /// The field's most common mistake: users and orders have one door each.
    fn same_as_log_in(&mut self, at: &str, url: &Url) {
        let Some(log_in) = self.connection.call_up.as_ref().and_then(|call_up| call_up.url.url()) else {
            return;
        };
        let help = "ask the supplier for the address that takes orders";
        if door(url) != door(&log_in) {
            return;
        }
        if url.query() == log_in.query() {
            let message = "orders would go to the address at which users log in";
            self.error(code::ORDER_LOGIN, at, message, help);
        } else {
            let message = "but for its query this is the address at which users log in";
            self.say(code::ORDER_LOGIN, Severity::Warning, at, message, help);
        }
    }
}

/// What leads to the same place, in one spelling: neither the scheme with its
/// usual port, nor slashes, nor a dot behind the host make another one.
fn door(url: &Url) -> (String, Option<u16>, Vec<u8>) {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    let mut path = percent::decoded(url.path());
    path.dedup_by(|after, before| *after == b'/' && *before == b'/');
    path.truncate(path.trim_ascii_end().len());
    if path.last() == Some(&b'/') {
        path.pop();
    }
    (host, url.port(), path)
}

/// Whether a header sounds like a secret: by one of its words, as in
/// `X-Auth-Code`, or by its end, as in `XApiKey`.
fn is_secret_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_secret_word = |word: &str| {
        SECRET_WORDS.contains(&word)
            || ["key", "auth", "token", "secret"].iter().any(|end| word.ends_with(end))
    };
    Secret::is_named(name) || lower.split(|c: char| !c.is_ascii_alphanumeric()).any(is_secret_word)
}

const SECRET_WORDS: &[&str] = &[
    "authentication",
    "authorisation",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "session",
    "signature",
];
