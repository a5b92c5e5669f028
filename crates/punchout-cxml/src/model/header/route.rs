use punchout_core::Text;

use super::Credential;
use crate::element::element;
use crate::token::token;
use crate::{Contact, Extrinsic, Other};

/// The systems between buyer and supplier that take part in a punch-out, in
/// their order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Path {
    /// The nodes; at least one.
    pub node: Vec<PathNode>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Path {
    /// A way over one node.
    #[must_use]
    pub fn new(node: PathNode) -> Self {
        Self { node: vec![node], other: Other::default() }
    }

    /// Adds the next node.
    #[must_use]
    pub fn with_node(mut self, node: PathNode) -> Self {
        self.node.push(node);
        self
    }
}

/// A system between buyer and supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PathNode {
    /// What it does with the document.
    pub kind: NodeType,
    /// Whether it must get the item details again when a cart is edited or
    /// inspected, because it keeps none.
    pub item_details_required: bool,
    /// Who it is; at least one.
    pub credential: Vec<Credential>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PathNode {
    /// A system and what it does with the document.
    #[must_use]
    pub fn new(kind: NodeType, credential: Credential) -> Self {
        Self { kind, item_details_required: false, credential: vec![credential], other: Other::default() }
    }
}

token! {
    /// What a node does with the documents.
    pub enum NodeType {
        /// It only gets copies.
        Copy = "copy",
        /// It passes the document on and answers for it.
        Route = "route",
    }
}

/// The person or organisation behind a party, where the credentials are those
/// of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Correspondent {
    /// Language tag of what to write to it, such as `de-DE`.
    pub preferred_language: Option<Text>,
    /// Whom to ask; at least one.
    pub contact: Vec<Contact>,
    /// The network that reaches it.
    pub routing: Option<Routing>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Correspondent {
    /// Somebody with one contact.
    #[must_use]
    pub fn new(contact: Contact) -> Self {
        Self {
            preferred_language: None,
            contact: vec![contact],
            routing: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Sets the network that reaches it.
    #[must_use]
    pub fn with_routing(mut self, destination: Destination) -> Self {
        self.routing = Some(Routing::new(destination));
        self
    }
}

/// The network that reaches a correspondent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Routing {
    /// Which one.
    pub destination: Destination,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Routing {
    /// A way into a network.
    #[must_use]
    pub fn new(destination: Destination) -> Self {
        Self { destination, other: Other::default() }
    }
}

token! {
    /// A network that documents are passed on to.
    pub enum Destination {
        /// Peppol.
        Peppol = "peppol",
        /// SAP Fieldglass.
        Fieldglass = "fieldglass",
    }
}

element!(Path {
    children { node: "Node", }
    need { node, }
});

element!(PathNode {
    attributes { kind: "type", item_details_required: "itemDetailsRequired", }
    children { credential: "Credential", }
    need { credential, }
});

element!(Correspondent {
    attributes { preferred_language: "preferredLanguage", }
    children { contact: "Contact", routing: "Routing", extrinsic: "Extrinsic", }
    need { contact, }
});

element!(Routing {
    attributes { destination: "destination", }
});
