use crate::Consignment;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// What can be shown about an attempt afterwards. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// Where to: a URL without user name, password and query, or a path.
    pub endpoint: String,
    /// The number of the attempt, starting at 1.
    pub attempt: u32,
    /// When the attempt began, by the clock of this machine.
    pub began: Option<DateTime<Utc>>,
    /// What was sent or, when nothing got that far, what was to be sent.
    pub sent: Vec<Sent>,
    /// The files as one, where they do not go one by one.
    pub package: Option<Package>,
    /// What the server said, in order: status lines and media types.
    pub replies: Vec<String>,
    /// The facts of the encrypted connection; absent without one. Of a server
    /// that is not trusted it may be the certificate alone.
    pub tls: Option<Tls>,
    /// The SSH host key: its kind and fingerprint as `ssh-keygen -l` has them.
    pub host_key: Option<String>,
}

impl Evidence {
    /// Starts with the place and the files, hashed.
    ///
    /// The place is printed as it is: it must hold no secret.
    #[must_use]
    pub fn new(endpoint: impl Into<String>, consignment: &Consignment) -> Self {
        let sent = consignment
            .files
            .iter()
            .map(|file| Sent {
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                content_id: file.content_id.clone(),
                bytes: file.bytes.len(),
                sha256: Digest::of(&file.bytes),
            })
            .collect();
        Self {
            endpoint: endpoint.into(),
            attempt: consignment.attempt,
            began: None,
            sent,
            package: None,
            replies: Vec::new(),
            tls: None,
            host_key: None,
        }
    }

    /// Sets when the attempt began.
    #[must_use]
    pub fn with_began(mut self, at: impl Into<DateTime<Utc>>) -> Self {
        self.began = Some(at.into());
        self
    }

    /// Adds what the files went in.
    #[must_use]
    pub fn with_package(mut self, package: Package) -> Self {
        self.package = Some(package);
        self
    }
}

/// One file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// The file name.
    pub name: String,
    /// The media type.
    pub media_type: String,
    /// By what the order points at it.
    pub content_id: Option<String>,
    /// The size in bytes.
    pub bytes: usize,
    /// The SHA-256 of the content.
    pub sha256: Digest,
}

/// Files as they go over the wire together: the body of a request, or a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package {
    /// The media type that it is sent with, parameters included.
    pub media_type: String,
    /// The size in bytes.
    pub bytes: usize,
    /// The SHA-256 of the whole.
    pub sha256: Digest,
}

impl Package {
    /// Hashes what is sent, piece by piece.
    #[must_use]
    pub fn of(media_type: impl Into<String>, pieces: &[impl AsRef<[u8]>]) -> Self {
        let mut sha256 = Sha256::new();
        let mut bytes = 0;
        for piece in pieces {
            sha256.update(piece.as_ref());
            bytes += piece.as_ref().len();
        }
        Self { media_type: media_type.into(), bytes, sha256: Digest(sha256.finalize().into()) }
    }
}

/// Facts of an encrypted connection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tls {
    /// The version that was agreed on, such as `TLSv1.3`.
    pub version: Option<String>,
    /// The SHA-256 of the server's certificate (its DER form).
    pub certificate: Option<Digest>,
}

#[cfg(feature = "email")]
impl Tls {
    pub(crate) fn new(version: Option<String>, certificate: Option<&[u8]>) -> Self {
        Self { version, certificate: certificate.map(Digest::of) }
    }
}

/// A SHA-256, printed as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Hashes a content.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            let digits = text.get(2 * at..2 * at + 2)?;
            // the parser would take a sign
            if digits.contains('+') {
                return None;
            }
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_the_same_in_pieces() {
        let whole = Package::of("text/xml", &["abc"]);
        assert_eq!((whole.bytes, whole.sha256), (3, Digest::of(b"abc")));
        assert_eq!(Package::of("text/xml", &["a", "", "bc"]), whole);
    }

    #[test]
    fn prints_as_sha256sum_does() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), known);
        assert_eq!(Digest::from_hex(known), Some(Digest::of(b"abc")));
        for no_digest in ["", "ba78", &known.replace('b', "g"), &known.replace("ba", "+a"), &"ü".repeat(32)]
        {
            assert_eq!(Digest::from_hex(no_digest), None, "{no_digest}");
        }
    }
}
