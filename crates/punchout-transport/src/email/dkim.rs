//! DKIM signatures (RFC 6376), with RSA and with Ed25519 (RFC 8463).

use super::options::Signing;
use crate::Error;
use crate::error::unusable;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, Utc};
use punchout_core::excerpt;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use sha2::{Digest as _, Sha256};

/// What is signed where it is there, and what then must not be added.
const ONCE: [&str; 6] = ["from", "reply-to", "subject", "date", "to", "cc"];

/// What else is signed where it is there.
const OTHERS: [&str; 5] =
    ["message-id", "mime-version", "content-type", "content-language", "disposition-notification-to"];

/// Signs messages for a domain.
pub(super) struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    pub(super) fn new(signing: &Signing) -> Result<Self, Error> {
        let Signing { domain, selector, key } = signing;
        for (field, name) in [("domain", domain), ("selector", selector)] {
            let is_name = |label: &str| {
                !label.is_empty()
                    && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            };
            if name.len() > 253 || !name.split('.').all(is_name) {
                return Err(unusable(format!("the dkim {field} {} is no host name", excerpt(name))));
            }
        }
        // a source would say no more, and might say too much
        let der = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
            .map_err(|_| unusable("the dkim key is no private key in PEM"))?;
        let key = match &der {
            PrivateKeyDer::Pkcs1(der) => {
                RsaKeyPair::from_der(der.secret_pkcs1_der()).map(Box::new).map(Key::Rsa)
            }
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                // openssl leaves the public half out
                Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
                    .map(Key::Ed25519)
                    .or_else(|_| RsaKeyPair::from_pkcs8(der).map(Box::new).map(Key::Rsa))
            }
            _ => return Err(unusable("the dkim key is neither RSA nor Ed25519")),
        };
        let key = key.map_err(|why| {
            unusable(format!("the dkim key cannot be used ({why}): give RSA of 2048 to 4096 bits or Ed25519"))
        })?;
        Ok(Self { domain: domain.clone(), selector: selector.clone(), key })
    }

    /// The header to put before a message whose lines end in CRLF.
    ///
    /// Both canonical forms are relaxed: servers on the way fold headers anew
    /// and trim blanks.
    pub(super) fn header(&self, message: &[u8], date: DateTime<Utc>) -> Result<String, Error> {
        let (head, body) = halves(message);
        let headers: Vec<(String, String)> = head.iter().map(|header| relaxed(header)).collect();
        let has = |name: &&str| headers.iter().any(|(known, _)| known == name);
        // a name once more than it occurs: so none can be added (RFC 6376, 8.15)
        let signed: Vec<&str> = ONCE.into_iter().chain(OTHERS).filter(has).chain(ONCE).collect();
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let unsigned = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n h={};\r\n bh={};\r\n b=",
            self.domain,
            self.selector,
            date.timestamp(),
            signed.join(":\r\n  "),
            BASE64.encode(Sha256::digest(relaxed_body(body))),
        );
        let mut to_sign = String::new();
        let present = signed.iter().take(signed.len() - ONCE.len());
        for (name, value) in present.filter_map(|name| headers.iter().find(|(known, _)| known == name)) {
            to_sign.extend([name, ":", value, "\r\n"]);
        }
        let (name, value) = relaxed(&unsigned);
        to_sign.extend([&name, ":", &value]);
        let mut header = unsigned;
        for (index, piece) in
            BASE64.encode(self.key.sign(to_sign.as_bytes())?).as_bytes().chunks(72).enumerate()
        {
            header.push_str(if index == 0 { "" } else { "\r\n  " });
            header.extend(piece.iter().copied().map(char::from));
        }
        header.push_str("\r\n");
        Ok(header)
    }
}

impl Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                // chance blinds the computation; the signature is the same every time
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(|_| unusable("the message cannot be signed with the dkim key"))?;
                Ok(signature)
            }
            // RFC 8463, 3: the hash is what is signed
            Self::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(message)).as_ref().to_vec()),
        }
    }
}

/// The headers, each with its folds, and the body.
fn halves(message: &[u8]) -> (Vec<String>, &[u8]) {
    let mut headers: Vec<String> = Vec::new();
    let mut at = 0;
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if line == b"\r\n" {
            break;
        }
        let text = std::str::from_utf8(line).expect("headers are written as text");
        match headers.last_mut() {
            Some(last) if text.starts_with([' ', '\t']) => last.push_str(text),
            _ => headers.push(text.to_owned()),
        }
    }
    (headers, message.get(at..).unwrap_or_default())
}

/// RFC 6376, 3.4.2: name in lower case, value on one line with single blanks.
fn relaxed(header: &str) -> (String, String) {
    let (name, value) = header.split_once(':').unwrap_or((header, ""));
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let words: Vec<&str> = value.split(is_blank).filter(|word| !word.is_empty()).collect();
    (name.trim_end_matches(is_blank).to_ascii_lowercase(), words.join(" "))
}

/// RFC 6376, 3.4.4: single blanks, none at line ends, no empty lines at the end.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r\n").unwrap_or(line);
        let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1);
        if end == 0 {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            canonical.extend_from_slice(b"\r\n");
        }
        let mut after_blank = false;
        for &byte in line.iter().take(end) {
            let is_blank = matches!(byte, b' ' | b'\t');
            if !is_blank {
                canonical.push(byte);
            } else if !after_blank {
                canonical.push(b' ');
            }
            after_blank = is_blank;
        }
        canonical.extend_from_slice(b"\r\n");
    }
    canonical
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms_are_those_of_the_standard() {
        // RFC 6376, 3.4.5
        assert_eq!(relaxed("A: X\r\n"), ("a".into(), "X".into()));
        assert_eq!(relaxed("B : Y\t\r\n\tZ  \r\n"), ("b".into(), "Y Z".into()));
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
        assert_eq!(relaxed_body(b"a\r\n \r\n\r\nb"), b"a\r\n\r\n\r\nb\r\n");
        let hash = |body: &[u8]| BASE64.encode(Sha256::digest(relaxed_body(body)));
        // RFC 6376, 3.4.4, and RFC 8463, A.2
        assert_eq!(hash(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(hash(b"\r\n\r\n"), hash(b""));
        let game = b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
        assert_eq!(hash(game), "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    }

    #[test]
    fn headers_end_at_the_empty_line() {
        let (headers, body) = halves(b"A: 1\r\n 2\r\nB: 3\r\n\r\nbody\r\n");
        assert_eq!(headers, ["A: 1\r\n 2\r\n", "B: 3\r\n"]);
        assert_eq!(body, b"body\r\n");
    }
}
