use std::ops::Deref;

use punchout_core::{Secret, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{Other, Timestamp};

/// An identity in a domain and, for a sender, its proof.
///
/// There is one proof or none: a shared secret, a signature or a MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Credential {
    /// Whose identities they are, such as `DUNS` or `NetworkID`; compare
    /// without regard to case.
    pub domain: Text,
    /// Says that the credential is a marketplace's.
    pub kind: Option<CredentialType>,
    /// The identity; compare exactly.
    pub identity: Identity,
    /// The password between sender and receiver. It belongs into the sender of
    /// a request, never into a message; serde leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub shared_secret: Option<Secret>,
    /// A signature of the identity; deprecated.
    pub digital_signature: Option<Box<DigitalSignature>>,
    /// A MAC over the credentials, where a browser carries the document.
    pub credential_mac: Option<Box<CredentialMac>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Credential {
    /// An identity in a domain.
    #[must_use]
    pub fn new(domain: impl Into<Text>, identity: impl Into<Identity>) -> Self {
        Self {
            domain: domain.into(),
            kind: None,
            identity: identity.into(),
            shared_secret: None,
            digital_signature: None,
            credential_mac: None,
            other: Other::default(),
        }
    }
}

setters! {
    Credential {
        /// Sets the password between sender and receiver.
        shared_secret: with_shared_secret(secret: impl Into<Secret>),
        /// Sets the MAC over the credentials.
        credential_mac: with_credential_mac(mac: CredentialMac),
    }
}

token! {
    /// What sort of credential it is.
    pub enum CredentialType {
        /// It is a marketplace's.
        Marketplace = "marketplace",
    }
}

/// Who somebody is in a domain; it stands for its text.
///
/// ```
/// use punchout_cxml::Credential;
///
/// let buyer = Credential::new("NetworkID", "AN01000000001-T");
/// assert!(buyer.identity.ends_with("-T"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Identity {
    /// When the record behind it was changed last.
    pub last_changed_timestamp: Option<Timestamp>,
    /// The identity. The DTD allows elements in it; nobody sends them.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Identity {
    /// An identity.
    #[must_use]
    pub fn new(text: impl Into<Text>) -> Self {
        Self { last_changed_timestamp: None, text: text.into(), other: Other::default() }
    }
}

impl Deref for Identity {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Identity {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Identity {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Text> for Identity {
    fn from(text: Text) -> Self {
        Self::new(text)
    }
}

/// A signature of an identity; deprecated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DigitalSignature {
    /// The kind of signature; `PK7 self-contained` when absent.
    pub kind: Option<Text>,
    /// How the value is encoded; `Base64` when absent.
    pub encoding: Option<Text>,
    /// The signature. It proves who somebody is, so it does not print and serde
    /// leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub value: Secret,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl DigitalSignature {
    /// A self-contained PK7 signature in base64.
    #[must_use]
    pub fn new(value: impl Into<Secret>) -> Self {
        Self { kind: None, encoding: None, value: value.into(), other: Other::default() }
    }
}

/// A MAC over the credentials of From and Sender.
///
/// It takes the place of a shared secret where a browser carries the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CredentialMac {
    /// What it is over.
    pub kind: Text,
    /// How it is made.
    pub algorithm: Text,
    /// When it was made.
    pub creation_date: Timestamp,
    /// From when on it is not to be accepted.
    pub expiration_date: Timestamp,
    /// The MAC in base64. Whoever has it can use it until it expires, so it does
    /// not print and serde leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub value: Secret,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CredentialMac {
    /// The only kind that cXML has.
    pub const FROM_SENDER_CREDENTIALS: &'static str = "FromSenderCredentials";
    /// The only algorithm that cXML has.
    pub const HMAC_SHA1_96: &'static str = "HMAC-SHA1-96";

    /// A MAC of the only kind and algorithm there are.
    #[must_use]
    pub fn new(
        value: impl Into<Secret>,
        creation_date: impl Into<Timestamp>,
        expiration_date: impl Into<Timestamp>,
    ) -> Self {
        Self {
            kind: Text::from(Self::FROM_SENDER_CREDENTIALS),
            algorithm: Text::from(Self::HMAC_SHA1_96),
            creation_date: creation_date.into(),
            expiration_date: expiration_date.into(),
            value: value.into(),
            other: Other::default(),
        }
    }
}

element!(Credential {
    attributes { domain: "domain", kind: "type", }
    children {
        identity: "Identity",
        shared_secret: "SharedSecret",
        digital_signature: "DigitalSignature",
        credential_mac: "CredentialMac",
    }
});

element!(Identity {
    attributes { last_changed_timestamp: "lastChangedTimestamp", }
    text text;
});

element!(DigitalSignature {
    attributes { kind: "type", encoding: "encoding", }
    text value;
});

element!(CredentialMac {
    attributes {
        kind: "type",
        algorithm: "algorithm",
        creation_date: "creationDate",
        expiration_date: "expirationDate",
    }
    text value;
});
