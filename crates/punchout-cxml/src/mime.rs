//! Documents with files: cXML in MIME multiparts.
//!
//! A document points at a file as `cid:` and the content id of a MIME part;
//! document and files travel as one `multipart/related` or `multipart/mixed`.
//! [`Reader`] takes both alike, and a plain document as one without files;
//! [`Writer`] writes them.
//!
//! ```
//! use punchout_core::All;
//! use punchout_cxml::mime::{Attachment, Package, Reader, Writer};
//!
//! let document = "<cXML><Request><URL>cid:drawing.1@erp.example</URL></Request></cXML>";
//! let package = Package::new(document)
//!     .with_document_id("order@erp.example")
//!     .with_attachment(
//!         Attachment::new("drawing.1@erp.example", "application/pdf", b"%PDF-1.7".to_vec()).with_name("drawing.pdf"),
//!     );
//! let sent = Writer::related().write(&package)?;
//!
//! let mut found = All::new();
//! let back = Reader::new().read(Some(&sent.content_type), &sent.body, &mut found)?;
//! back.check_references(&mut found)?;
//! assert_eq!(back, package);
//! assert_eq!(back.attachment("cid:drawing.1@erp.example", &mut found), back.attachments.first());
//! assert!(found.found().is_empty());
//! # Ok::<(), punchout_cxml::Error>(())
//! ```
//!
//! # What a part is kept as
//!
//! The document is kept in the bytes that [`Document::read`] understands: a
//! `charset` that says otherwise than the XML declaration wins, and the bytes
//! are then UTF-8. Every other part is an [`Attachment`] with its transfer
//! encoding undone. A part that is a multipart or a message again, such as the
//! forwarded document of a `CopyRequest`, stays closed until [`Reader::open`].
//!
//! Headers of parts beyond type, id, name and encoding are not kept.
//!
//! # Limits
//!
//! [`Limits`](punchout_core::Limits) count here as follows: `bytes` is the
//! whole body, `items` its parts, `depth` the levels that were opened. Headers
//! of a part end at 16 KiB. Time and memory grow with the body and with nothing
//! else: parts are cut at one boundary in one pass, never searched for another.
//!
//! [`Document::read`]: crate::Document::read

pub mod code;
mod part;
mod read;
mod reference;
mod split;
mod write;

use std::fmt;

use punchout_core::Text;

pub use read::Reader;
pub use write::{Kind, Transfer, Writer, Written};

/// A document and the files that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package {
    /// The document, for [`Document::read`](crate::Document::read).
    pub document: Vec<u8>,
    /// The content id of the document's own part.
    pub document_id: Option<Text>,
    /// The other parts, in their order.
    pub attachments: Vec<Attachment>,
}

impl Package {
    /// A document without files.
    #[must_use]
    pub fn new(document: impl Into<Vec<u8>>) -> Self {
        Self { document: document.into(), document_id: None, attachments: Vec::new() }
    }

    /// Names the document's part, without angle brackets.
    #[must_use]
    pub fn with_document_id(mut self, id: impl Into<Text>) -> Self {
        self.document_id = Some(id.into());
        self
    }

    /// Adds a file.
    #[must_use]
    pub fn with_attachment(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }
}

/// A file that goes with a document.
///
/// Two are equal when id, type, name and content are.
#[derive(Clone)]
#[non_exhaustive]
pub struct Attachment {
    /// What the document calls it in its `cid:` addresses: without angle
    /// brackets, not percent-encoded. Without one it cannot be pointed at.
    pub content_id: Option<Text>,
    /// The media type with its parameters, as sent.
    pub media_type: Text,
    /// The file name, as sent: it is no safe path.
    pub name: Option<Text>,
    /// The content, without its transfer encoding.
    pub bytes: Vec<u8>,
    /// How many multiparts it was taken out of.
    depth: usize,
}

impl Attachment {
    /// A file by its content id, such as `drawing.1@erp.example`, and its
    /// media type.
    #[must_use]
    pub fn new(content_id: impl Into<Text>, media_type: impl Into<Text>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            content_id: Some(content_id.into()),
            media_type: media_type.into(),
            name: None,
            bytes: bytes.into(),
            depth: 0,
        }
    }

    /// Sets the file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The media type in lower case, without parameters.
    #[must_use]
    pub fn essence(&self) -> String {
        essence(&self.media_type)
    }

    /// Whether it has parts of its own, for [`Reader::open`].
    #[must_use]
    pub fn has_parts(&self) -> bool {
        let essence = self.essence();
        essence.starts_with("multipart/") || essence == "message/rfc822"
    }
}

impl PartialEq for Attachment {
    fn eq(&self, other: &Self) -> bool {
        self.content_id == other.content_id
            && self.media_type == other.media_type
            && self.name == other.name
            && self.bytes == other.bytes
    }
}

impl Eq for Attachment {}

/// Shows the size of the content only.
impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("content_id", &self.content_id)
            .field("media_type", &self.media_type)
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a type without parameters is one of XML's.
fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml")
}
