//! What is wrong with a description, before anything is sent.

mod https;
mod mail;
mod order;
mod sftp;

use std::net::IpAddr;

use punchout_core::{Code, Diagnostic, Severity, Sink};
use url::{Host, Url};

use super::{Connection, DirectoryRoute, Link, Route, SecretRef, code};

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

    fn directory(&mut self, directory: &DirectoryRoute) {
        if directory.path.as_os_str().is_empty() {
            self.missing("order.directory.path", "name the directory for orders");
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

fn is_host(name: &str) -> bool {
    Host::parse(name).is_ok() || name.parse::<IpAddr>().is_ok()
}

fn is_local<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref().eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
