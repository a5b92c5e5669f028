//! Who sends a document to whom.

mod credential;
mod route;

use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::{DocumentReference, Other};

pub use credential::{Credential, CredentialMac, CredentialType, DigitalSignature, Identity};
pub use route::{Correspondent, Destination, NodeType, Path, PathNode, Routing};

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
    /// The nodes of chained punch-out; never without `original_document`.
    pub path: Option<Path>,
    /// The document as it was before the last node passed it on; never without
    /// `path`.
    pub original_document: Option<DocumentReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Header {
    /// Author, addressee and who opened the connection.
    #[must_use]
    pub fn new(from: impl Into<Party>, to: impl Into<Party>, sender: Sender) -> Self {
        Self {
            from: from.into(),
            to: to.into(),
            sender,
            path: None,
            original_document: None,
            other: Other::default(),
        }
    }

    /// Sets the nodes that a document passes, and the payload id of the document
    /// that is passed on.
    #[must_use]
    pub fn with_path(mut self, path: Path, original_payload_id: impl Into<Text>) -> Self {
        self.path = Some(path);
        self.original_document = Some(DocumentReference::new(original_payload_id));
        self
    }

    /// Takes off every shared secret, as a message needs it: it goes through
    /// the user's browser, and whoever holds it can read it.
    #[must_use]
    pub fn without_shared_secrets(mut self) -> Self {
        self.credentials_mut().for_each(|credential| credential.shared_secret = None);
        self
    }

    fn credentials_mut(&mut self) -> impl Iterator<Item = &mut Credential> {
        let Self { from, to, sender, path, .. } = self;
        let parties = from.credential.iter_mut().chain(&mut to.credential).chain(&mut sender.credential);
        let nodes = path.iter_mut().flat_map(|path| &mut path.node).flat_map(|node| &mut node.credential);
        parties.chain(nodes)
    }
}

/// A business party, by its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Party {
    /// At least one; all mean the same party.
    pub credential: Vec<Credential>,
    /// The person or organisation behind the party.
    pub correspondent: Option<Box<Correspondent>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Party {
    /// A party with one credential.
    #[must_use]
    pub fn new(credential: Credential) -> Self {
        Self { credential: vec![credential], correspondent: None, other: Other::default() }
    }
}

setters! {
    Party {
        /// Adds a credential of another domain.
        credential: with_credential(credential: Credential),
        /// Sets the person or organisation behind the party.
        correspondent: with_correspondent(correspondent: Correspondent),
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

element!(Header {
    children {
        from: "From",
        to: "To",
        sender: "Sender",
        path: "Path",
        original_document: "OriginalDocument",
    }
    need { path if original_document, original_document if path, }
});

element!(Party {
    children { credential: "Credential", correspondent: "Correspondent", }
    need { credential, }
});

element!(Sender {
    children { credential: "Credential", user_agent: "UserAgent", }
    need { credential, }
});
