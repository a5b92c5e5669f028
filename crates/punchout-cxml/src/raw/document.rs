use punchout_core::{Code, Diagnostic, Severity, Sink, Source, truncated};

use super::{RawElement, standing_alone};
use crate::xml::{self, Event, Kind, Scanner};
use crate::{Doctype, Error, Reader, code, entity, read, write};

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
    /// When the bytes are not well-formed XML, but for an entity that is declared
    /// nowhere, or go beyond the limits.
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
    /// When the bytes are not well-formed XML, but for an entity that is declared
    /// nowhere, or go beyond the limits.
    pub fn read_raw(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<RawDocument, Error> {
        self.limits.check_bytes(bytes.len())?;
        let decoded = xml::decode(bytes)?;
        read::report_encoding(&decoded, sink);
        let (mark, spans_from) = (decoded.mark, decoded.from.is_none().then_some(decoded.mark));
        let source = Source::new(decoded.text);
        self.raw(&source, spans_from, sink).map_err(|error| error.moved_by(mark))
    }

    fn raw(
        &self,
        source: &Source,
        spans_from: Option<usize>,
        sink: &mut dyn Sink,
    ) -> Result<RawDocument, Error> {
        let mut scanner = Scanner::new(source.as_str(), self.limits)?;
        let mut doctype = None;
        let mut root = 0..0;
        let mut name = 0..0;
        let mut entities_left = self.limits.diagnostics;
        loop {
            let kind = scanner.advance()?;
            if scanner.names_entities(kind) {
                report_entities(&scanner, kind, &mut entities_left, spans_from, sink);
            }
            match scanner.event(kind) {
                Event::Open(tag) if name.is_empty() => {
                    root = tag.start..tag.end;
                    name = tag.start + 1..tag.start + 1 + tag.name.len();
                }
                Event::Close => root.end = scanner.end(),
                Event::Doctype(declared, _) => {
                    if declared.has_subset {
                        report(sink, code::SUBSET, "declarations inside of the document are ignored");
                    }
                    doctype = declared.system_id.map(Doctype::new);
                }
                Event::End => break,
                _ => {}
            }
        }
        let slice = |range| source.slice(range).expect("elements begin and end between characters");
        let markup = match scanner.last_entity() {
            Some(_) => standing_alone(scanner.piece(root.clone()), 0..root.len()).into(),
            None => slice(root),
        };
        Ok(RawDocument { doctype, root: RawElement::known(slice(name), markup) })
    }
}

#[cold]
fn report_entities(
    scanner: &Scanner<'_>,
    kind: Kind,
    room: &mut usize,
    spans_from: Option<usize>,
    sink: &mut dyn Sink,
) {
    if *room == 0 || !sink.wants(Severity::Error) {
        return;
    }
    let mut names: Vec<&str> = scanner.open().iter().map(|name| truncated(name, 64)).collect();
    if kind == Kind::Open && scanner.tag().is_empty {
        names.push(truncated(scanner.tag().name, 64));
    }
    let place = names.join(" / ");
    for name in scanner.entities(kind).take(*room) {
        *room -= 1;
        sink.report(entity::finding(scanner, name, place.clone(), spans_from));
    }
}

fn report(sink: &mut dyn Sink, code: Code, message: &str) {
    sink.report(Diagnostic::new(code, Severity::Warning, message).help("name the DTD and nothing else"));
}

#[cfg(test)]
mod tests {
    use punchout_core::All;

    use super::*;

    #[test]
    fn entities_of_its_own_are_characters() {
        let xml = "<!DOCTYPE a SYSTEM 'x' [<!ENTITY b 'c'>]><a d='&b;&amp;&#38;&b;'>e &b;<f>&b;</f><f g='&b;'/><![CDATA[&b;]]></a>";
        let mut found = All::new();
        let document = RawDocument::read(xml.as_bytes(), &mut found).unwrap();
        let root = &document.root;
        assert_eq!((root.attribute("d").as_deref(), &*root.text()), (Some("&b;&&&b;"), "e &b;&b;"));
        let told = found.found().iter().filter(|finding| finding.code == code::ENTITY);
        let told: Vec<_> = told.map(|finding| (&*finding.at, &xml[finding.span.clone().unwrap()])).collect();
        assert_eq!(told, [("a", "&b;"), ("a", "&b;"), ("a", "&b;"), ("a / f", "&b;"), ("a / f", "&b;")]);
        let written = document.write().unwrap();
        let mut found = All::new();
        assert_eq!(RawDocument::read(&written, &mut found).unwrap(), document);
        assert!(found.found().is_empty(), "{:?}", found.found());
        assert!(RawDocument::read(b"<a>&b</a>", &mut found).is_err());
    }
}
