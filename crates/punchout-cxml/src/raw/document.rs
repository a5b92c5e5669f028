use std::borrow::Cow;

use punchout_core::{Code, Diagnostic, Ignore, Limits, Severity, Sink, Source};

use super::RawElement;
use crate::xml::{self, Event, Kind, Scanner, resolve};
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

    /// Reads a document within the default limits to show it to people: where
    /// it uses an entity of its own, such as `&company;`, its elements have the
    /// reference as text.
    ///
    /// # Errors
    /// When the bytes are not well-formed XML otherwise, or go beyond the limits.
    pub fn read_to_show(bytes: &[u8]) -> Result<Self, Error> {
        let reader = Reader::new();
        reader.limits.check_bytes(bytes.len())?;
        let decoded = xml::decode(bytes)?;
        let text = without_entities(&decoded.text, reader.limits)?;
        reader.raw(&Source::new(text), &mut Ignore)
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

/// The text with references to entities of its own made text.
fn without_entities(text: &str, limits: Limits) -> Result<Cow<'_, str>, Error> {
    let mut scanner = Scanner::new(text, limits)?.with_foreign_entities();
    // where their ampersands stand
    let mut foreign = Vec::new();
    loop {
        match scanner.advance()? {
            Kind::Entity => foreign.push(scanner.start()),
            Kind::Open if scanner.foreign().is_some() => {
                for attribute in scanner.attributes() {
                    let value = scanner.piece(attribute.value.clone());
                    let references = value.match_indices('&').filter(|(at, _)| {
                        let name = value.get(at + 1..).and_then(|rest| rest.split(';').next());
                        name.is_some_and(|name| resolve(name).is_none())
                    });
                    foreign.extend(references.map(|(at, _)| attribute.value.start + at));
                }
            }
            Kind::End => break,
            _ => {}
        }
    }
    if foreign.is_empty() {
        return Ok(Cow::Borrowed(text));
    }
    let mut made = String::with_capacity(text.len() + foreign.len() * 4);
    let mut from = 0;
    for at in foreign {
        made.extend([text.get(from..=at).unwrap_or_default(), "amp;"]);
        from = at + 1;
    }
    made.push_str(text.get(from..).unwrap_or_default());
    Ok(Cow::Owned(made))
}

fn report(sink: &mut dyn Sink, code: Code, message: &str) {
    sink.report(Diagnostic::new(code, Severity::Warning, message).help("name the DTD and nothing else"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_its_own_are_shown() {
        let bytes = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a d='&b;&amp;&#38;&b;'>e &b;<![CDATA[&b;]]></a>";
        assert!(RawDocument::read(bytes, &mut Ignore).is_err());
        let root = RawDocument::read_to_show(bytes).unwrap().root;
        assert_eq!((root.attribute("d").as_deref(), &*root.text()), (Some("&b;&&&b;"), "e &b;&b;"));
        assert!(RawDocument::read_to_show(b"<a>").is_err());
    }
}
