//! What is wrong with a description, before anything is sent.

use std::net::IpAddr;
use std::time::Duration;

use punchout_core::{Code, Diagnostic, Secret, Severity, Sink, excerpt};
use punchout_cxml::answer::{Kind, Meaning, Rule};
use url::{Host, Url};

use super::{
    Connection, DirectoryRoute, Encryption, HttpsRoute, Link, MailRoute, OrderFile, Route, SecretRef,
    SftpRoute, code, percent, words,
};

/// Says what is wrong with a connection, and what would be better.
///
/// Nothing is opened, looked up or sent. Each finding is about a key, such as
/// `order.https.url`, and says what to do. With one of severity error
/// [`Connection::transport`] refuses the connection; the table of codes is in
/// the [module](super).
pub fn lint(connection: &Connection, sink: &mut dyn Sink) {
    Lint { connection, sink }.all();
}

/// The most seconds that anybody means.
const MONTH: u64 = 31 * 86_400;
const TOO_LONG: &str = "this is more than a month";

struct Lint<'a> {
    connection: &'a Connection,
    sink: &'a mut dyn Sink,
}

impl Lint<'_> {
    fn error(&mut self, code: Code, at: &str, message: impl Into<String>, help: impl Into<String>) {
        self.say(code, Severity::Error, at, message, help);
    }

    fn say(
        &mut self,
        code: Code,
        severity: Severity,
        at: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.sink.report(Diagnostic::new(code, severity, message).at(at).help(help.into()));
    }

    fn all(&mut self) {
        let order = &self.connection.order;
        self.call_up();
        match (&order.route, &order.mail, &order.https, &order.sftp, &order.directory) {
            (Route::Mail, Some(mail), ..) => self.mail(mail),
            (Route::Https, _, Some(https), ..) => self.https(https),
            (Route::Sftp, _, _, Some(sftp), _) => self.sftp(sftp),
            (Route::Directory, .., Some(directory)) => self.directory(directory),
            (Route::None, ..) => {}
            (Route::Missing, ..) => {
                self.error(
                    code::ROUTE,
                    "order.route",
                    "no route is named",
                    format!("write {}", Route::NAMES),
                );
            }
            (Route::Other(_), ..) => {
                self.error(code::ROUTE, "order.route", "this is no route", format!("write {}", Route::NAMES));
            }
            (route, ..) => {
                let at = format!("order.{route}");
                let message = format!("the route is `{route}`, and its table is not there");
                self.error(code::TABLE, &at, message, format!("add a table `[{at}]`"));
            }
        }
        self.unused();
        self.secrets();
        if order.route != Route::None {
            self.files();
            self.around();
        }
    }

    fn call_up(&mut self) {
        let Some(call_up) = &self.connection.call_up else { return };
        let at = "call_up.url";
        if call_up.url.is_empty() {
            let help = "write the address at which users log in, or leave the table out";
            return self.error(code::MISSING, at, "there is no address", help);
        }
        let Some(url) = self.address(at, &call_up.url) else { return };
        self.plain(at, &url, call_up.allow_plain, "the users' passwords travel", "call_up.allow_plain");
    }

    fn https(&mut self, https: &HttpsRoute) {
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

    fn sftp(&mut self, sftp: &SftpRoute) {
        if sftp.host.trim().is_empty() {
            self.missing("order.sftp.host", "name the supplier's server");
        } else {
            self.host("order.sftp", &sftp.host);
        }
        if sftp.user.trim().is_empty() {
            self.missing("order.sftp.user", "name the user that the supplier gave you");
        }
        match (&sftp.password, &sftp.key) {
            (None, None) => {
                let message = "there is no way to log in";
                let help = "say where the password is, or in `order.sftp.key` where the private key is";
                self.error(code::CREDENTIALS, "order.sftp.password", message, help);
            }
            (Some(_), Some(_)) => {
                let message = "both a password and a key are given";
                self.error(code::CREDENTIALS, "order.sftp.key", message, "leave one of them out");
            }
            (Some(_), None) if sftp.passphrase.is_some() => {
                let message = "there is no key that it could open";
                self.error(code::CREDENTIALS, "order.sftp.passphrase", message, "leave it out");
            }
            _ => {}
        }
        match (&*sftp.host_keys, &sftp.known_hosts) {
            ([], None) => {
                let help = "ask the supplier for the fingerprint, and write it into `order.sftp.host_keys`; \
                            `ssh-keyscan` shows a key, but not whose it is";
                self.error(code::HOST_KEY, "order.sftp.host_keys", "the server's key is not known", help);
            }
            ([_, ..], Some(_)) => {
                let message = "both host keys and a file with known hosts are given";
                self.error(code::HOST_KEY, "order.sftp.known_hosts", message, "leave one of them out");
            }
            _ => {}
        }
        self.limits(
            "order.sftp",
            [
                ("connect_seconds", sftp.connect_seconds),
                ("answer_seconds", sftp.answer_seconds),
                ("limit_seconds", sftp.limit_seconds),
            ],
        );
        self.port("order.sftp.port", sftp.port);
    }

    fn mail(&mut self, mail: &MailRoute) {
        if mail.host.trim().is_empty() {
            self.missing("order.mail.host", "name the server that takes your mail");
        } else {
            self.host("order.mail", &mail.host);
        }
        if mail.hello_name.as_ref().is_some_and(|name| !is_host(name)) {
            let help = "write the full name of this machine, or leave it out";
            self.error(code::HOST, "order.mail.hello_name", "this is no name of a machine", help);
        }
        if mail.from.trim().is_empty() {
            let help = "say who the order is from, as `Name <name@domain>`";
            self.error(code::MAILBOX, "order.mail.from", "there is no sender", help);
        }
        if mail.to.iter().all(|to| to.trim().is_empty()) {
            let help = "ask the supplier which mailbox takes orders";
            self.error(code::MAILBOX, "order.mail.to", "there is no mailbox for orders", help);
        }
        let single = [
            ("from", Some(&mail.from)),
            ("reply_to", mail.reply_to.as_ref()),
            ("envelope_sender", mail.envelope_sender.as_ref()),
            ("read_receipt_to", mail.read_receipt_to.as_ref()),
        ];
        let single = single.into_iter().filter_map(|(key, one)| one.map(|one| (key, one)));
        let lists = [("to", &mail.to), ("cc", &mail.cc), ("optional_cc", &mail.optional_cc)];
        let lists = lists.into_iter().flat_map(|(key, all)| all.iter().map(move |one| (key, one)));
        for (key, mailbox) in single.chain(lists) {
            if !mailbox.trim().is_empty() && !is_mailbox(mailbox) {
                let help = "write `name@domain` or `Name <name@domain>`";
                self.error(code::MAILBOX, &format!("order.mail.{key}"), "this is no mailbox", help);
            }
        }
        self.basic("order.mail", mail.user.as_deref(), mail.password.as_ref());
        if mail.encryption == Encryption::None {
            let at = "order.mail.encryption";
            if !mail.allow_plain {
                let help = "write `starttls` or `tls`, or set `order.mail.allow_plain` if it is meant";
                self.error(code::PLAIN, at, "order and password travel in the open", help);
            } else if !is_loopback(&mail.host) {
                let help = "write `starttls` or `tls`";
                self.say(code::PLAIN, Severity::Warning, at, "order and password travel in the open", help);
            }
        }
        if let Some(dkim) = &mail.dkim {
            let keys = [("domain", dkim.domain.is_empty()), ("selector", dkim.selector.is_empty())];
            for (key, is_missing) in keys.into_iter().chain([("key", dkim.key.is_none())]) {
                if is_missing {
                    self.missing(&format!("order.mail.dkim.{key}"), "give domain, selector and key");
                }
            }
            for (key, name) in [("domain", &dkim.domain), ("selector", &dkim.selector)] {
                if !name.is_empty() && Host::parse(name).is_err() {
                    let at = format!("order.mail.dkim.{key}");
                    let help = "write it as it stands in the name `selector._domainkey.domain`";
                    self.error(code::HOST, &at, "this is no part of a domain name", help);
                }
            }
        }
        self.roots("order.mail", mail.only_given_roots && mail.roots.is_empty());
        self.limits(
            "order.mail",
            [("connect_seconds", mail.connect_seconds), ("limit_seconds", mail.limit_seconds)],
        );
        self.port("order.mail.port", mail.port);
    }

    fn directory(&mut self, directory: &DirectoryRoute) {
        if directory.path.as_os_str().is_empty() {
            self.missing("order.directory.path", "name the directory for orders");
        }
    }

    fn files(&mut self) {
        let order = &self.connection.order;
        let at = "order.files";
        let sent = order.sent();
        if sent.iter().enumerate().any(|(index, file)| sent.iter().take(index).any(|other| other == file)) {
            self.error(code::FILES, at, "a form is named twice", "name each once");
        }
        if order.route == Route::Https && sent.first() != Some(&OrderFile::Xml) {
            let message = "what is posted is not the cXML document";
            self.error(code::FILES, at, message, "write `xml` first, or leave `files` out");
        }
        let options = order.pdf.as_ref().and_then(|pdf| pdf.options.as_ref());
        if sent.contains(&OrderFile::Pdf) && options.is_none() {
            let help = "name a file of options with invoice address, invoice mailbox and procurement mailbox";
            let message = "a PDF is sent, and it is not said where the invoice and questions go";
            self.error(code::MISSING, "order.pdf.options", message, help);
        }
        if order.pdf.is_some() && !sent.contains(&OrderFile::Pdf) {
            let help = "add `pdf` to `order.files`, or leave the table out";
            self.say(code::UNUSED, Severity::Warning, "order.pdf", "no PDF is sent", help);
        }
        if let Some(name) = &order.file_name
            && !["{order_number}", "{payload_id}"].iter().any(|part| name.contains(part))
        {
            let help = "write `{order_number}` or `{payload_id}` into it";
            let message = "all orders would get one file name, and only the first could be delivered";
            self.error(code::FILES, "order.file_name", message, help);
        }
        if let Some(tag) = &order.language
            && !words::is_known(tag)
        {
            let message = "texts are not made in this language";
            self.error(code::LANGUAGE, "order.language", message, format!("write one of {}", words::tags()));
        }
    }

    fn around(&mut self) {
        let order = &self.connection.order;
        self.limits("order", [("limit_seconds", order.limit_seconds)]);
        if let Some(retry) = &order.retry
            && retry.retries > 0
            && retry.wait == Duration::ZERO
        {
            let help = "give a server that just failed some time";
            let message = "there is no wait before a retry";
            self.say(code::LIMIT, Severity::Warning, "order.retry.wait_seconds", message, help);
        }
        if let Some(retry) = &order.retry {
            if retry.wait.as_secs() > MONTH {
                let help = "write seconds: 3600 is an hour";
                self.error(code::LIMIT, "order.retry.wait_seconds", TOO_LONG, help);
            }
            if retry.jitter_percent > 100 {
                let message = "more is added to a wait by chance than the wait has";
                let help = "write a number from 0 to 100";
                self.say(code::LIMIT, Severity::Warning, "order.retry.jitter_percent", message, help);
            }
        }
        if order.intercept.is_some() {
            let help = "release them one by one, and leave this out when the connection is live";
            let message = "orders are kept instead of sent";
            self.say(code::INTERCEPT, Severity::Note, "order.intercept", message, help);
        }
        if order.journal.is_none() {
            let help = "name a directory: what was sent, when and with what answer can be shown then";
            self.say(code::JOURNAL, Severity::Note, "order.journal", "attempts are noted nowhere", help);
        }
    }

    fn unused(&mut self) {
        let order = &self.connection.order;
        for (route, is_there) in [
            (Route::Mail, order.mail.is_some()),
            (Route::Https, order.https.is_some()),
            (Route::Sftp, order.sftp.is_some()),
            (Route::Directory, order.directory.is_some()),
        ] {
            if is_there && route != order.route && order.route != Route::Missing {
                let message = match &order.route {
                    Route::Other(_) => "the table has no effect: the route is another one".to_owned(),
                    route => format!("the table has no effect: the route is `{route}`"),
                };
                let help = "leave the table out";
                self.say(code::UNUSED, Severity::Warning, &format!("order.{route}"), message, help);
            }
        }
    }

    fn secrets(&mut self) {
        if self.connection.allow_inline_secrets {
            return;
        }
        for (at, secret) in self.connection.secrets() {
            if matches!(secret, SecretRef::Inline(_)) {
                let message = "the secret stands in the description itself";
                let help = r#"write { env = "NAME" } or { file = "path" }, or set `allow_inline_secrets`"#;
                self.error(code::SECRET_INLINE, &at, message, help);
            }
        }
    }

    fn missing(&mut self, at: &str, help: &'static str) {
        self.error(code::MISSING, at, "this is missing", help);
    }

    fn basic(&mut self, table: &str, user: Option<&str>, password: Option<&SecretRef>) {
        let (key, message, help) = match (user, password) {
            (Some(""), _) => ("user", "the user has no name", "name the user, or leave it out"),
            (Some(_), None) => ("password", "the user has no password", "say where the password is"),
            (None, Some(_)) => ("user", "the password belongs to nobody", "name the user"),
            _ => return,
        };
        self.error(code::CREDENTIALS, &format!("{table}.{key}"), message, help);
    }

    fn address(&mut self, at: &str, link: &Link) -> Option<Url> {
        let Some(url) = link.url().filter(Url::has_host) else {
            self.error(code::URL, at, "this is no address", "write it with `https://` in front");
            return None;
        };
        if !matches!(url.scheme(), "https" | "http") {
            self.error(code::URL, at, "this is no address of the web", "write one with `https://` in front");
            return None;
        }
        if !url.username().is_empty() || url.password().is_some() {
            let help = "take them out of the address, and give them as keys of their own";
            self.error(code::URL, at, "the address holds a user name or a password", help);
        }
        self.port(at, url.port());
        Some(url)
    }

    fn plain(&mut self, at: &str, url: &Url, is_allowed: bool, what: &str, key: &str) {
        if url.scheme() != "http" {
            return;
        }
        let message = format!("{what} in the open");
        if !is_allowed {
            let help = format!("write `https`, or set `{key}` if it is meant");
            self.error(code::PLAIN, at, message, help);
        } else if !url.host().is_some_and(|host| is_local(&host)) {
            self.say(
                code::PLAIN,
                Severity::Warning,
                at,
                message,
                "ask the supplier for an address with `https`",
            );
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

    fn roots(&mut self, table: &str, are_none: bool) {
        if are_none {
            let message = "no certificate would be trusted";
            let help = format!("name files in `{table}.roots`, or leave this out");
            self.error(code::MISSING, &format!("{table}.only_given_roots"), message, help);
        }
    }

    fn limits<const N: usize>(&mut self, table: &str, limits: [(&str, Option<u64>); N]) {
        for (key, seconds) in limits {
            let (message, help) = match seconds {
                Some(0) => ("nothing is done in no time", "leave it out, or write a number above 0"),
                Some(seconds) if seconds > MONTH => (TOO_LONG, "leave it out, or write seconds"),
                _ => continue,
            };
            self.error(code::LIMIT, &format!("{table}.{key}"), message, help);
        }
    }

    fn host(&mut self, table: &str, host: &str) {
        if !is_host(host) {
            let help = format!(
                "write the name of the server alone; there are `{table}.port`, `{table}.user` and `{table}.password`"
            );
            self.error(code::HOST, &format!("{table}.host"), "this is no name of a server", help);
        }
    }

    fn port(&mut self, at: &str, port: Option<u16>) {
        if port == Some(0) {
            self.error(code::LIMIT, at, "there is no port 0", "leave it out, or write the server's port");
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

/// Whether there is an `@` with something on both sides; the transport is the
/// judge of the rest.
fn is_mailbox(text: &str) -> bool {
    let text = text.trim();
    let address =
        text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')).map_or(text, |(_, inner)| inner);
    let parts = address.rsplit_once('@');
    parts.is_some_and(|(name, domain)| {
        // a quoted name may hold anything; another one with these is an address of something else
        !name.is_empty() && !domain.is_empty() && (name.starts_with('"') || !name.contains([':', '/']))
    }) && !address.contains(char::is_whitespace)
}

fn is_host(name: &str) -> bool {
    Host::parse(name).is_ok() || name.parse::<IpAddr>().is_ok()
}

fn is_loopback(host: &str) -> bool {
    Host::parse(host).is_ok_and(|host| is_local(&host)) || host == "::1"
}

fn is_local<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref().eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
