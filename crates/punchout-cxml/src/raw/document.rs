use punchout_core::{Code, Diagnostic, Severity, Sink, Source};

use super::RawElement;
use crate::xml::{self, Event, Scanner};
use crate::{Doctype, Error, Reader, code, read, write};

/// A document of any root element, as its elements stand.
///
/// A cXML document is better read as a [`Document`](crate::Document). Catalogs
/// (`Index`), lists of suppliers and the private formats of peers have other
/// roots; this reads them within the same limits, and nothing is expanded or
/// fetched for them either.
///
/// ```
/// use punchout_core::Ignore;
/// use punchout_cxml::RawDocument;
///
/// let document = RawDocument::read(b"<!-- c --><Index><SupplierID domain='DUNS'>1</SupplierID></Index>", &mut Ignore)?;
/// assert_eq!(document.root.name(), "Index");
/// assert_eq!(document.root.child("SupplierID").unwrap().text(), "1");
/// let written = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Index><SupplierID domain='DUNS'>1</SupplierID></Index>\n";
/// assert_eq!(document.write()?, written);
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RawDocument {
    /// The DTD that the document names.
    pub doctype: Option<Doctype>,
    /// The root element.
    pub root: RawElement,
}

impl RawDocument {
    /// A document that names no DTD.
    #[must_use]
    pub fn new(root: RawElement) -> Self {
        Self { doctype: None, root }
    }

    /// Reads a document within the default limits.
    ///
    /// # Errors
    /// When the bytes are not well-formed XML, use entities of their own, or go
    /// beyond the limits.
    pub fn read(bytes: &[u8], sink: &mut dyn Sink) -> Result<Self, Error> {
        Reader::new().read_raw(bytes, sink)
    }

    /// Writes the document: UTF-8, the root as it stands.
    ///
    /// # Errors
    /// When the address of the DTD cannot be written.
    pub fn write(&self) -> Result<Vec<u8>, Error> {
        let doctype = self.doctype.as_ref().map(|doctype| &*doctype.system_id);
        write::raw_document(&self.root, doctype).map(String::into_bytes)
    }
}

impl Reader {
    /// Reads a document of any root element.
    ///
    /// # Errors
    /// When the bytes are not well-formed XML, use entities of their own, or go
    /// beyond the limits.
    pub fn read_raw(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<RawDocument, Error> {
        self.limits.check_bytes(bytes.len())?;
        let decoded = xml::decode(bytes)?;
        read::report_encoding(&decoded, sink);
        let source = Source::new(decoded.text);
        self.raw(&source, sink).map_err(|error| error.moved_by(decoded.mark))
    }

    fn raw(&self, source: &Source, sink: &mut dyn Sink) -> Result<RawDocument, Error> {
        let mut scanner = Scanner::new(source.as_str(), self.limits)?;
        let mut doctype = None;
        let root = loop {
            match scanner.next()? {
                Event::Open(root) => break root,
                Event::Doctype(declared, _) => {
                    if declared.has_subset {
                        report(sink, code::SUBSET, "declarations inside of the document are ignored");
                    }
                    doctype = declared.system_id.map(Doctype::new);
                }
                _ => {}
            }
        };
        let mut end = root.end;
        loop {
            match scanner.next()? {
                Event::Close => end = scanner.end(),
                Event::End => break,
                _ => {}
            }
        }
        let slice = |range| source.slice(range).expect("elements begin and end between characters");
        let name = slice(root.start + 1..root.start + 1 + root.name.len());
        Ok(RawDocument { doctype, root: RawElement::known(name, slice(root.start..end)) })
    }
}

fn report(sink: &mut dyn Sink, code: Code, message: &str) {
    sink.report(Diagnostic::new(code, Severity::Warning, message).help("name the DTD and nothing else"));
}
