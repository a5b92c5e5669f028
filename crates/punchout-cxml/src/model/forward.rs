//! Documents inside of documents: what waits to be fetched, and copies.
//!
//! At most eight of them are read inside of each other.

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{Attachment, Document, Other, Timestamp};

/// Asks for the messages that wait.
///
/// It is for those whom nobody can send to: they ask again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct GetPendingRequest {
    /// How many to send at most.
    pub max_messages: Option<Amount>,
    /// The time of the last document that arrived; what is older may go.
    pub last_received_timestamp: Option<Timestamp>,
    /// The names of the messages' elements, such as `DataAvailableMessage`; at
    /// least one.
    pub message_type: Vec<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl GetPendingRequest {
    /// Asks for messages of one kind.
    #[must_use]
    pub fn new(message_type: impl Into<Text>) -> Self {
        Self {
            max_messages: None,
            last_received_timestamp: None,
            message_type: vec![message_type.into()],
            other: Other::default(),
        }
    }
}

setters! {
    GetPendingRequest {
        /// Sets how many to send at most.
        max_messages: with_max_messages(most: u32),
        /// Sets the time of the last document that arrived.
        last_received_timestamp: with_last_received_timestamp(time: impl Into<Timestamp>),
    }
}

/// The messages that waited.
///
/// Where none did, the answer is status 204 without this.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct GetPendingResponse {
    /// The documents, at least one. They have no DOCTYPE of their own:
    /// [`Document::doctype`] is not written.
    pub cxml: Vec<Document>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl GetPendingResponse {
    /// One message that waited.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self { cxml: vec![document], other: Other::default() }
    }

    /// Adds a message that waited.
    #[must_use]
    pub fn with_document(mut self, document: Document) -> Self {
        self.cxml.push(document);
        self
    }
}

/// Sends a copy of a document to somebody who is not its addressee.
///
/// There is either an attachment or a document. Prefer the attachment: it leaves
/// the copy as it is, to the last byte, which a signed one needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CopyRequest {
    /// What to do with the copy.
    pub processing_mode: Option<ProcessingMode>,
    /// Points at the MIME part that is the copy.
    pub cxml_attachment: Option<Attachment>,
    /// The copy itself; deprecated. It has no DOCTYPE of its own:
    /// [`Document::doctype`] is not written.
    pub cxml: Option<Box<Document>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CopyRequest {
    /// Says what to do with the copy.
    #[must_use]
    pub fn with_processing_mode(mut self, mode: ProcessingMode) -> Self {
        self.processing_mode = Some(mode);
        self
    }
}

impl From<Attachment> for CopyRequest {
    fn from(attachment: Attachment) -> Self {
        Self { processing_mode: None, cxml_attachment: Some(attachment), cxml: None, other: Other::default() }
    }
}

impl From<Document> for CopyRequest {
    fn from(document: Document) -> Self {
        Self {
            processing_mode: None,
            cxml_attachment: None,
            cxml: Some(Box::new(document)),
            other: Other::default(),
        }
    }
}

token! {
    /// What to do with a copy.
    pub enum ProcessingMode {
        /// Take note of it.
        Info = "info",
        /// Work on it.
        Process = "process",
        /// Keep it: a node of a [`Path`](crate::Path) asked for copies.
        Copy = "copy",
    }
}

element!(GetPendingRequest {
    attributes { max_messages: "maxMessages", last_received_timestamp: "lastReceivedTimestamp", }
    children { message_type: "MessageType", }
    need { message_type, }
});

element!(GetPendingResponse {
    children { cxml: "cXML", }
    need { cxml, }
});

element!(CopyRequest {
    attributes { processing_mode: "processingMode", }
    children { cxml_attachment: "cXMLAttachment" / "Attachment", cxml: "cXML", }
    need { cxml_attachment | cxml, }
});
