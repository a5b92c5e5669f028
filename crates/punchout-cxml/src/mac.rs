//! The proof that a browser carries: `CredentialMac`.
//!
//! With direct punch-out a browser takes the request to the shop, and a shared
//! secret must not go that way. A MAC goes instead: a keyed hash of who asks
//! whom and for how long, which only somebody with the secret can make.
//!
//! ```
//! use punchout_cxml::Credential;
//! use punchout_cxml::mac::{Claim, Mac, Verifier};
//! use punchout_core::Secret;
//!
//! let buyer = Credential::new("NetworkID", "AN9900000100");
//! let claim = Claim::of(&buyer, &buyer, "2003-01-15T08:42:46-08:00", "2003-01-15T11:42:46-08:00");
//! let secret = Secret::from("abracadabra");
//! let value = claim.sign(&secret);
//! assert_eq!(value, "cR6Jpz58nriXERDN");
//!
//! let now = "2003-01-15T17:00:00Z".parse()?;
//! Verifier::new().verify(&claim, &Mac::new(&value), &secret, now)?;
//! let late = "2003-01-16T00:00:00Z".parse()?;
//! let refused = Verifier::new().verify(&claim, &Mac::new(&value), &secret, late).unwrap_err();
//! assert_eq!(refused, punchout_cxml::mac::Refusal::Expired);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A document that was read is verified in one call, and one that is written
//! gets its MAC the same way:
//!
//! ```
//! use punchout_cxml::mac::{Claim, Verifier};
//! use punchout_cxml::{Body, Credential, Document, Header, ProfileRequest, Sender};
//! use punchout_core::{Ignore, Secret};
//!
//! let secret = Secret::from("abracadabra");
//! let buyer = Credential::new("NetworkID", "AN9900000100");
//! let claim = Claim::of(&buyer, &buyer, "2003-01-15T08:42:46-08:00", "2003-01-15T11:42:46-08:00");
//! let sender = buyer.clone().with_credential_mac(claim.credential_mac(&secret));
//! let header = Header::new(buyer.clone(), Credential::new("DUNS", "1"), Sender::new(sender, "Example"));
//! let body = Body::request(header, ProfileRequest::new());
//! let sent = Document::new("1@erp.example", "2003-01-15T08:42:46-08:00", body).write()?;
//!
//! let read = Document::read(&sent, &mut Ignore)?;
//! let header = read.header().expect("a request has one");
//! let who = Verifier::new().verify_header(header, &secret, "2003-01-15T17:00:00Z".parse()?)?;
//! assert_eq!(&*who.identity, "AN9900000100");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The hash is HMAC-SHA1 cut to 96 bits, the only one that cXML has. It says
//! nothing about the document around it: whoever sees it can use it in another
//! one until it expires. Keep its life short, and accept each value once.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use punchout_core::Secret;
use sha1::Sha1;
use thiserror::Error;

use crate::{Credential, CredentialMac, Header, Timestamp};

/// The only algorithm of cXML.
pub const ALGORITHM: &str = "HMAC-SHA1-96";

/// The only type of cXML: the data are the credentials of From and Sender.
pub const TYPE: &str = "FromSenderCredentials";

/// 96 bits.
const LENGTH: usize = 12;

/// What is proved: who asks, through whom, and from when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim<'a> {
    /// Domain and identity of the credential in `From`.
    pub from: (&'a str, &'a str),
    /// Domain and identity of the credential in `Sender`.
    pub sender: (&'a str, &'a str),
    /// `creationDate`, character by character as it is sent.
    pub creation: &'a str,
    /// `expirationDate`, character by character as it is sent.
    pub expiration: &'a str,
}

impl<'a> Claim<'a> {
    /// A claim from its values.
    #[must_use]
    pub fn new(
        from: (&'a str, &'a str),
        sender: (&'a str, &'a str),
        creation: &'a str,
        expiration: &'a str,
    ) -> Self {
        Self { from, sender, creation, expiration }
    }

    /// A claim about two credentials.
    #[must_use]
    pub fn of(from: &'a Credential, sender: &'a Credential, creation: &'a str, expiration: &'a str) -> Self {
        Self::new((&from.domain, &from.identity), (&sender.domain, &sender.identity), creation, expiration)
    }

    /// The claim that a MAC is to prove, with the dates that it says.
    #[must_use]
    pub fn of_mac(from: &'a Credential, sender: &'a Credential, mac: &'a CredentialMac) -> Self {
        Self::of(from, sender, mac.creation_date.as_sent(), mac.expiration_date.as_sent())
    }

    /// The MAC for the credential of the sender, with both dates.
    #[must_use]
    pub fn credential_mac(&self, secret: &Secret) -> CredentialMac {
        CredentialMac::new(self.sign(secret).as_str(), self.creation, self.expiration)
    }

    /// The MAC, as it is sent: 16 characters of base64.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "a SHA-1 has 20 bytes")]
    pub fn sign(&self, secret: &Secret) -> String {
        let hash = self.hash(secret).finalize().into_bytes();
        BASE64.encode(hash.get(..LENGTH).expect("a SHA-1 has 20 bytes"))
    }

    fn hash(&self, secret: &Secret) -> Hmac<Sha1> {
        let mut hash =
            Hmac::<Sha1>::new_from_slice(secret.expose().as_bytes()).expect("HMAC takes keys of any length");
        // who they are counts in any case, the dates as they are spelled
        for name in [self.from.0, self.from.1, self.sender.0, self.sender.1] {
            hash.update(name.to_lowercase().as_bytes());
            hash.update(&[0]);
        }
        for date in [self.creation, self.expiration] {
            hash.update(date.as_bytes());
            hash.update(&[0]);
        }
        hash
    }

    fn has_null(&self) -> bool {
        let (from, sender) = (self.from, self.sender);
        [from.0, from.1, sender.0, sender.1, self.creation, self.expiration]
            .iter()
            .any(|text| text.contains('\0'))
    }
}

/// A MAC as it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mac<'a> {
    /// The attribute `algorithm`.
    pub algorithm: &'a str,
    /// The attribute `type`.
    pub kind: &'a str,
    /// The content.
    pub value: &'a str,
}

impl<'a> Mac<'a> {
    /// A value made with the only algorithm and type there are.
    #[must_use]
    pub fn new(value: &'a str) -> Self {
        Self { algorithm: ALGORITHM, kind: TYPE, value }
    }

    /// Sets the algorithm that was named.
    #[must_use]
    pub fn with_algorithm(mut self, algorithm: &'a str) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Sets the type that was named.
    #[must_use]
    pub fn with_kind(mut self, kind: &'a str) -> Self {
        self.kind = kind;
        self
    }
}

impl<'a> From<&'a CredentialMac> for Mac<'a> {
    fn from(mac: &'a CredentialMac) -> Self {
        Self { algorithm: &mac.algorithm, kind: &mac.kind, value: mac.value.expose() }
    }
}

/// Verifies MACs.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Verifier {
    skew: TimeDelta,
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new()
    }
}

impl Verifier {
    /// A verifier that takes its own clock for exact.
    pub fn new() -> Self {
        Self { skew: TimeDelta::zero() }
    }

    /// Allows for clocks that differ by so much, in either direction.
    pub fn with_skew(mut self, skew: TimeDelta) -> Self {
        self.skew = skew.abs();
        self
    }

    /// Verifies the MAC in the sender's credential of a header, and gives the
    /// credential in `From` that it proves.
    ///
    /// Hold on to that one: `From` may have others, and those nobody signed.
    ///
    /// # Errors
    /// When no credential is proved; the [`Refusal`] says why.
    pub fn verify_header<'h>(
        &self,
        header: &'h Header,
        secret: &Secret,
        now: DateTime<Utc>,
    ) -> Result<&'h Credential, Refusal> {
        let mut senders = header.sender.credential.iter();
        let (sender, mac) = senders
            .find_map(|sender| Some((sender, sender.credential_mac.as_deref()?)))
            .ok_or(Refusal::Missing)?;
        let mut refusal = Refusal::Missing;
        for from in &header.from.credential {
            match self.verify(&Claim::of_mac(from, sender, mac), &mac.into(), secret, now) {
                Ok(()) => return Ok(from),
                Err(other) => refusal = other,
            }
        }
        Err(refusal)
    }

    /// Verifies that somebody with the secret made the claim, and that now is
    /// the time for it.
    ///
    /// The comparison takes the same time wherever two values differ. Dates
    /// come last: whoever does not have the secret learns nothing of them.
    ///
    /// # Errors
    /// When not; the [`Refusal`] says why.
    pub fn verify(
        &self,
        claim: &Claim<'_>,
        mac: &Mac<'_>,
        secret: &Secret,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if !mac.algorithm.trim().eq_ignore_ascii_case(ALGORITHM) {
            return Err(Refusal::Algorithm);
        }
        if !mac.kind.trim().eq_ignore_ascii_case(TYPE) {
            return Err(Refusal::Type);
        }
        // a secret that is empty is one that everybody has
        if secret.is_empty() || claim.has_null() {
            return Err(Refusal::Mismatch);
        }
        let value = BASE64.decode(mac.value.trim()).map_err(|_| Refusal::Malformed)?;
        // fewer bits would be enough for the comparison
        if value.len() != LENGTH {
            return Err(Refusal::Malformed);
        }
        claim.hash(secret).verify_truncated_left(&value).map_err(|_| Refusal::Mismatch)?;

        let moment = |date: &str| -> Option<DateTime<FixedOffset>> { Timestamp::from(date).date_time() };
        let (Some(creation), Some(expiration)) = (moment(claim.creation), moment(claim.expiration)) else {
            return Err(Refusal::Dates);
        };
        if expiration < creation {
            return Err(Refusal::Dates);
        }
        if creation.signed_duration_since(now) > self.skew {
            return Err(Refusal::NotYetValid);
        }
        // it is good up to the moment of its expiration, not in it
        let over = now.signed_duration_since(expiration);
        if over > self.skew || over == TimeDelta::zero() && self.skew.is_zero() {
            return Err(Refusal::Expired);
        }
        Ok(())
    }
}

/// Why a MAC is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is none, or no credential that it could be of.
    #[error("there is no CredentialMac in the credential of the sender, or no credential in From")]
    Missing,
    /// The algorithm is another one than [`ALGORITHM`].
    #[error("the algorithm of the CredentialMac is unknown; use HMAC-SHA1-96")]
    Algorithm,
    /// The type is another one than [`TYPE`].
    #[error("the type of the CredentialMac is unknown; use FromSenderCredentials")]
    Type,
    /// The value is not 12 bytes in base64.
    #[error("the CredentialMac is not 12 bytes in base64")]
    Malformed,
    /// Another secret, or other values than those that were signed.
    #[error("the CredentialMac does not match: check the secret, both credentials and both dates")]
    Mismatch,
    /// A date cannot be read, lacks its offset, or they are the wrong way
    /// round.
    #[error("creationDate and expirationDate of the CredentialMac are no span of time")]
    Dates,
    /// It is for later.
    #[error("the CredentialMac is not valid yet: check the clocks")]
    NotYetValid,
    /// It was for earlier.
    #[error("the CredentialMac has expired: start again, or check the clocks")]
    Expired,
}
