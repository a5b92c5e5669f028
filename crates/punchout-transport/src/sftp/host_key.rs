//! Whether a host is the one that is meant.

use crate::error::unusable;
use crate::{Error, Party};
use punchout_core::excerpt;
use ring::hmac;
use russh::client::Handler;
use russh::keys::ssh_key::known_hosts::HostPatterns;
use russh::keys::ssh_key::{Fingerprint, HashAlg};
use russh::keys::{Algorithm, EcdsaCurve, PublicKey, PublicKeyOrCertificate, parse_public_key_base64};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// How a host is known.
#[derive(Clone, Debug)]
pub(super) enum Trust {
    Pins(Vec<Pin>),
    KnownHosts(PathBuf),
}

/// A key that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    Fingerprint(Fingerprint),
    Key(PublicKey),
}

impl Pin {
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let read = if text.starts_with("SHA256:") {
            text.parse().map(Self::Fingerprint)
        } else {
            PublicKey::from_openssh(text).map(Self::Key)
        };
        read.map_err(|error| {
            let text =
                format!("host key {} is no public key and no `SHA256:` fingerprint of one", excerpt(text));
            unusable(text).with_source(error)
        })
    }

    fn kind(&self) -> Option<Algorithm> {
        match self {
            Self::Fingerprint(_) => None,
            Self::Key(key) => Some(key.algorithm()),
        }
    }

    fn is(&self, key: &PublicKey) -> bool {
        match self {
            Self::Fingerprint(fingerprint) => *fingerprint == key.fingerprint(HashAlg::Sha256),
            // a comment is no part of the key
            Self::Key(pinned) => pinned.key_data() == key.key_data(),
        }
    }
}

/// What is known of one host.
pub(super) struct Known {
    pins: Vec<Pin>,
    revoked: Vec<PublicKey>,
    /// Where it comes from, for people.
    source: String,
}

impl Known {
    pub(super) fn of(trust: &Trust, host: &str, port: u16) -> Result<Self, Error> {
        match trust {
            Trust::Pins(pins) => {
                Ok(Self { pins: pins.clone(), revoked: Vec::new(), source: "the given host key".to_owned() })
            }
            Trust::KnownHosts(path) => Self::from_file(path, host, port),
        }
    }

    fn from_file(path: &Path, host: &str, port: u16) -> Result<Self, Error> {
        let source = format!("known hosts file {}", path.display());
        let text = fs::read_to_string(path)
            .map_err(|error| unusable(format!("{source} cannot be read")).with_source(error))?;
        let read = |key: Option<&&str>| {
            parse_public_key_base64(key.copied().unwrap_or_default()).map_err(|error| {
                unusable(format!("{source} holds a key that cannot be read")).with_source(error)
            })
        };
        let host = host.to_ascii_lowercase();
        let host = if port == 22 { host } else { format!("[{host}]:{port}") };
        let (mut pins, mut revoked) = (Vec::new(), Vec::new());
        for line in text.lines() {
            let fields: Vec<_> = line.split_whitespace().collect();
            match fields[..] {
                [first, ..] if first.starts_with('#') => {}
                ["@revoked", ..] => revoked.push(read(fields.get(3))?),
                [first, ..] if first.starts_with('@') => {}
                [hosts, ..] if names(hosts, &host) => pins.push(Pin::Key(read(fields.get(2))?)),
                _ => {}
            }
        }
        Ok(Self { pins, revoked, source })
    }

    /// The kinds of host key to ask for, best first: a host that has several
    /// is to show the one that is known.
    pub(super) fn algorithms(&self) -> Result<Vec<Algorithm>, Error> {
        let any_kind = self.pins.iter().any(|pin| matches!(pin, Pin::Fingerprint(_)));
        // an unknown host is asked for any kind, so that the error can name its key
        if any_kind || self.pins.is_empty() {
            return Ok(usable().collect());
        }
        let kinds: Vec<_> = self.pins.iter().filter_map(Pin::kind).collect();
        let wanted: Vec<_> =
            usable().filter(|usable| kinds.iter().any(|kind| same_kind(kind, usable))).collect();
        if wanted.is_empty() {
            let names: Vec<_> = kinds.iter().map(Algorithm::as_str).collect();
            return Err(unusable(format!(
                "{} is of a kind that cannot be used ({}): RSA needs the feature `sftp-rsa`",
                self.source,
                names.join(", ")
            )));
        }
        Ok(wanted)
    }

    fn judge(&self, key: &PublicKey) -> Result<(), Distrust> {
        let (reason, party) = if self.revoked.iter().any(|revoked| revoked.key_data() == key.key_data()) {
            ("revokes that key: do not send anything there", Party::Supplier)
        } else if self.pins.iter().any(|pin| pin.is(key)) {
            return Ok(());
        } else if self.pins.is_empty() {
            ("does not know the host: ask the supplier for its key and add it", Party::Caller)
        } else {
            ("says otherwise: ask the supplier whether its key was changed", Party::Supplier)
        };
        Err(Distrust {
            text: format!("the host shows the key {}, but {} {reason}", name(key), self.source),
            party,
        })
    }
}

/// Why a host is not trusted, and who can change that.
#[derive(Debug)]
pub(super) struct Distrust {
    pub(super) text: String,
    pub(super) party: Party,
}

/// Judges the key that a host shows, and keeps its name.
pub(super) struct Doorkeeper {
    pub(super) known: Known,
    pub(super) shown: Arc<OnceLock<String>>,
}

/// Why a connection ended.
#[derive(Debug)]
pub(super) enum Ended {
    Distrust(Distrust),
    Ssh(russh::Error),
}

impl From<russh::Error> for Ended {
    fn from(error: russh::Error) -> Self {
        Self::Ssh(error)
    }
}

impl Handler for Doorkeeper {
    type Error = Ended;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, Ended> {
        match shown {
            PublicKeyOrCertificate::PublicKey { key, .. } => {
                self.shown.get_or_init(|| name(key));
                self.known.judge(key).map(|()| true).map_err(Ended::Distrust)
            }
            // never asked for
            PublicKeyOrCertificate::Certificate(_) => Ok(false),
        }
    }
}

/// Whether the hosts of a line in a `known_hosts` file are said to include this one.
fn names(hosts: &str, host: &str) -> bool {
    let excluded = hosts.split(',').filter_map(|entry| entry.strip_prefix('!'));
    let mut included = hosts.split(',').filter(|entry| !entry.starts_with('!'));
    !excluded.map(str::to_ascii_lowercase).any(|pattern| fits(&pattern, host))
        && included.any(|entry| entry.eq_ignore_ascii_case(host) || is_hash(entry, host))
}

/// Whether a pattern with `*` and `?` fits a whole name.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut at, mut read) = (0, 0);
    // after the last star, and how far the name was read there
    let mut star = None;
    while let Some(found) = name.get(read) {
        match pattern.get(at) {
            Some(b'*') => {
                at += 1;
                star = Some((at, read));
            }
            Some(wanted) if *wanted == b'?' || wanted == found => {
                at += 1;
                read += 1;
            }
            _ => {
                // the star takes one more
                let Some((after, taken)) = star else { return false };
                (at, read) = (after, taken + 1);
                star = Some((at, read));
            }
        }
    }
    pattern.iter().skip(at).all(|left| *left == b'*')
}

/// Whether an entry is the salted hash of a name.
fn is_hash(entry: &str, host: &str) -> bool {
    let Ok(HostPatterns::HashedName { salt, hash }) = entry.parse() else { return false };
    // the file's own choice, and no secret
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &salt);
    hmac::verify(&key, host.as_bytes(), &hash).is_ok()
}

/// The kinds of host key that can be checked, best first.
fn usable() -> impl Iterator<Item = Algorithm> {
    let rsa = |hash| Algorithm::Rsa { hash: Some(hash) };
    let rsa = cfg!(feature = "sftp-rsa").then_some([rsa(HashAlg::Sha512), rsa(HashAlg::Sha256)]);
    let ecdsa = |curve| Algorithm::Ecdsa { curve };
    [
        Algorithm::Ed25519,
        ecdsa(EcdsaCurve::NistP256),
        ecdsa(EcdsaCurve::NistP384),
        ecdsa(EcdsaCurve::NistP521),
    ]
    .into_iter()
    .chain(rsa.into_iter().flatten())
}

/// An RSA key is of one kind, whatever is hashed with.
fn same_kind(a: &Algorithm, b: &Algorithm) -> bool {
    a == b || matches!((a, b), (Algorithm::Rsa { .. }, Algorithm::Rsa { .. }))
}

fn name(key: &PublicKey) -> String {
    format!("{} {}", key.algorithm(), key.fingerprint(HashAlg::Sha256))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_its_hosts_and_no_others() {
        for (hosts, named) in [
            ("shop.example", true),
            ("Shop.Example", true),
            ("elsewhere.example,shop.example", true),
            ("elsewhere.example", false),
            ("[shop.example]:2222", false),
            // a pattern names nobody by itself, but it can exclude
            ("*.example", false),
            ("shop.example,!shop.example", false),
            ("!*.example,shop.example", false),
            ("!s??p.EX*,shop.example", false),
            ("!*.elsewhere,shop.example", true),
            ("!sho?,!shop,!*shop,!shop.example.*,shop.example", true),
            ("!shop.example", false),
            ("|1|AAAA|AAAA", false),
            ("", false),
        ] {
            assert_eq!(names(hosts, "shop.example"), named, "{hosts}");
        }
    }
}
