//! Names and addresses of hosts, and what is neither.

use crate::Error;
use crate::error::unusable;
use std::fmt;
use std::net::Ipv6Addr;

/// A host as it was given. What is none may hold a password, from a URL that
/// was put there, and is shown nowhere.
#[derive(Clone)]
pub(crate) struct Host(String);

impl Host {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Refuses what is no host.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.0.is_empty() {
            return Err(unusable("host is empty"));
        }
        if self.is_plain() {
            return Ok(());
        }
        Err(unusable(
            "host is neither a name nor an address: give it alone, without user, password, port, path and brackets",
        ))
    }

    fn is_plain(&self) -> bool {
        let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
        if !self.0.contains(':') {
            return is_name(&self.0);
        }
        // a link-local address names its interface
        let (address, zone) = self.0.split_once('%').unwrap_or((&self.0, ""));
        address.parse::<Ipv6Addr>().is_ok() && is_name(zone)
    }
}

/// As in a URL.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            _ if !self.is_plain() => f.write_str("***"),
            address if address.contains(':') => write!(f, "[{address}]"),
            name => f.write_str(name),
        }
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_shown_as_in_a_url() {
        for (given, shown) in [
            ("sftp.shop.example", "sftp.shop.example"),
            ("köln.example.", "köln.example."),
            ("127.0.0.1", "127.0.0.1"),
            ("::1", "[::1]"),
            ("fe80::1%eth0", "[fe80::1%eth0]"),
        ] {
            Host::new(given).check().unwrap();
            assert_eq!(Host::new(given).to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_host_is_refused_and_not_shown() {
        for given in [
            "buyer:hunter2@shop.example",
            "hunter2@shop.example",
            "sftp://hunter2",
            "shop.example/hunter2",
            "shop.example:hunter2",
            "shop.example:22",
            "127.0.0.1:22",
            "[::1]",
            "[::1]:22",
            "::1%hunter2@",
            "shop.example hunter2",
            "shop.example\nhunter2",
            "shop.example?hunter2",
            "",
        ] {
            let error = Host::new(given).check().unwrap_err();
            assert!(error.to_string().starts_with("host is "), "{error}");
            let printed = format!("{error:?} {error} {:?} {}", Host::new(given), Host::new(given));
            assert!(!printed.contains("hunter2") && !printed.contains("22"), "{printed}");
        }
    }
}
