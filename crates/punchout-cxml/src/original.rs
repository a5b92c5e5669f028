//! A document together with the bytes that it was read from.

mod align;
pub(crate) mod encode;
mod layout;
mod merge;
mod prolog;

use punchout_core::{Ignore, Limits, Sink};

use crate::tree::Tree;
use crate::{Document, Error, Reader, xml};
use encode::Room;
use merge::{Grain, Merge};

/// The bytes of a document, to write changes into.
///
/// [`Document::write`] writes everything anew, in the order and layout of this
/// crate. This one keeps what was not changed as it came, byte for byte:
/// comments, layout, order, encoding, the spelling of each value. See
/// [the levels of fidelity](crate::fidelity).
///
/// ```
/// use punchout_core::Ignore;
/// use punchout_cxml::{Body, Original, Response};
///
/// let bytes = b"<cXML timestamp='2026-03-01T14:05:00Z' payloadID='1@example.com'>
///   <!-- all is well -->
///   <Response><Status code='200' text='OK'></Status></Response>
/// </cXML>";
/// let (original, mut document) = Original::read(bytes, &mut Ignore)?;
/// assert_eq!(original.write(&document)?, bytes);
///
/// if let Body::Response(response) = &mut document.body {
///     response.status.text = "Fine".into();
/// }
/// let changed = String::from_utf8(original.write(&document)?)?;
/// assert_eq!(changed, String::from_utf8_lossy(bytes).replace("text='OK'", "text='Fine'"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Original {
    bytes: Vec<u8>,
    limits: Limits,
}

impl std::fmt::Debug for Original {
    /// The bytes may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Original({} bytes)", self.bytes.len())
    }
}

impl Original {
    /// Reads a document as [`Document::read`] does, and keeps its bytes.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read(bytes: impl Into<Vec<u8>>, sink: &mut dyn Sink) -> Result<(Self, Document), Error> {
        Reader::new().read_original(bytes, sink)
    }

    /// The bytes as they came.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Writes the document into its original.
    ///
    /// What is the same as it was read comes out byte for byte. A changed value
    /// changes nothing but that value; a new element is laid out as its
    /// siblings are. What is written reads back as `document` does when it is
    /// written anew: that is checked before it is given away.
    ///
    /// # Errors
    /// When a text holds a character that XML cannot say, the original's
    /// encoding cannot hold a character where no reference may stand, or the
    /// result goes beyond the limits that the original was read with.
    pub fn write(&self, document: &Document) -> Result<Vec<u8>, Error> {
        let reader = Reader::new().with_limits(self.limits);
        let base = reader.read(&self.bytes, &mut Ignore)?;
        if base == *document {
            return Ok(self.bytes.clone());
        }
        let decoded = xml::decode(&self.bytes)?;
        let (base_text, new_text) = (base.write_text()?, document.write_text()?);
        let original = Tree::parse(&decoded.text, self.limits)?;
        let base_tree = Tree::parse(&base_text, self.limits)?;
        let new_tree = Tree::parse(&new_text, self.limits)?;

        let mut again = None;
        let mut is_right = |bytes: &[u8]| {
            let Ok(read) = reader.read(bytes, &mut Ignore) else { return false };
            // What stood behind a line that is gone stands elsewhere when it is
            // read again, whoever writes it.
            read == *document
                || again
                    .get_or_insert_with(|| reader.read(new_text.as_bytes(), &mut Ignore).ok())
                    .as_ref()
                    .is_some_and(|again| read == *again)
        };
        let before = prolog::write(&original, &base.doctype, &document.doctype);
        let behind = original.piece(original.root().span().end..original.text().len());
        for grain in Grain::ALL {
            let merge = Merge::new([&original, &base_tree, &new_tree], grain, Room::of(&decoded));
            let text = [&*before, &merge.root(), behind].concat();
            let bytes = encode::encode(&text, &self.bytes, &decoded);
            if is_right(&bytes) {
                return Ok(bytes);
            }
        }
        let encoding = decoded.from.unwrap_or("UTF-8");
        Err(Error::unwritable("cXML".into(), format!("it cannot be written in {encoding}; write it anew")))
    }
}

impl Reader {
    /// Reads a document as [`Reader::read`] does, and keeps its bytes to write
    /// changes into.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_original(
        &self,
        bytes: impl Into<Vec<u8>>,
        sink: &mut dyn Sink,
    ) -> Result<(Original, Document), Error> {
        let bytes = bytes.into();
        let document = self.read(&bytes, sink)?;
        Ok((Original { bytes, limits: self.limits }, document))
    }
}
