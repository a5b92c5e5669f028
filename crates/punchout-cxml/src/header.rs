//! Who sends a document to whom.

use punchout_core::{Secret, Text};

use crate::Other;
use crate::element::element;
use crate::token::token;

/// Who sends a document to whom, and who opened the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Header {
    /// Who is the author: the buyer, for an order.
    pub from: Party,
    /// Who is the addressee: the supplier, for an order.
    pub to: Party,
    /// Who opened this connection; a hub puts itself here.
    pub sender: Sender,
    /// `Path` and `OriginalDocument`, as raw elements.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Header {
    /// Author, addressee and who opened the connection.
    #[must_use]
    pub fn new(from: impl Into<Party>, to: impl Into<Party>, sender: Sender) -> Self {
        Self { from: from.into(), to: to.into(), sender, other: Other::default() }
    }
}

/// A business party, by its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Party {
    /// At least one; all mean the same party.
    pub credential: Vec<Credential>,
    /// `Correspondent`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Party {
    /// A party with one credential.
    #[must_use]
    pub fn new(credential: Credential) -> Self {
        Self { credential: vec![credential], other: Other::default() }
    }

    /// Adds a credential of another domain.
    #[must_use]
    pub fn with_credential(mut self, credential: Credential) -> Self {
        self.credential.push(credential);
        self
    }
}

impl From<Credential> for Party {
    fn from(credential: Credential) -> Self {
        Self::new(credential)
    }
}

/// Who opened the connection, and with what program.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sender {
    /// At least one, with the shared secret.
    pub credential: Vec<Credential>,
    /// The program and its version.
    pub user_agent: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Sender {
    /// A credential and the name of the program.
    #[must_use]
    pub fn new(credential: Credential, user_agent: impl Into<Text>) -> Self {
        Self { credential: vec![credential], user_agent: user_agent.into(), other: Other::default() }
    }
}

/// An identity in a domain and, for a sender, its proof.
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
    pub identity: Text,
    /// The password between sender and receiver. It belongs into the sender of
    /// a request, never into a message; serde leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub shared_secret: Option<Secret>,
    /// `DigitalSignature` and `CredentialMac`, as raw elements.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Credential {
    /// An identity in a domain.
    #[must_use]
    pub fn new(domain: impl Into<Text>, identity: impl Into<Text>) -> Self {
        Self {
            domain: domain.into(),
            kind: None,
            identity: identity.into(),
            shared_secret: None,
            other: Other::default(),
        }
    }

    /// Sets the password between sender and receiver.
    #[must_use]
    pub fn with_shared_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.shared_secret = Some(secret.into());
        self
    }
}

token! {
    /// What sort of credential it is.
    pub enum CredentialType {
        /// It is a marketplace's.
        Marketplace = "marketplace",
    }
}

element!(Header {
    children { from: "From", to: "To", sender: "Sender" ["Path", "OriginalDocument"], }
});

element!(Party {
    children { credential: "Credential" ["Correspondent"], }
});

element!(Sender {
    children { credential: "Credential", user_agent: "UserAgent", }
});

element!(Credential {
    attributes { domain: "domain", kind: "type", }
    children {
        identity: "Identity",
        shared_secret: "SharedSecret" ["DigitalSignature", "CredentialMac"],
    }
});
