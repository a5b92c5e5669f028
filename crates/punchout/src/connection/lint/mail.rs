//! The table `order.mail`.

use punchout_core::Severity;
use url::Host;

use super::{Lint, is_host, is_local};
use crate::connection::{Encryption, MailRoute, code};

impl Lint<'_> {
    pub(super) fn mail(&mut self, mail: &MailRoute) {
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
}

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

fn is_loopback(host: &str) -> bool {
    Host::parse(host).is_ok_and(|host| is_local(&host)) || host == "::1"
}
