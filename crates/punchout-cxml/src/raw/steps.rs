use std::borrow::Cow;

use super::{RawElement, unlimited};
use crate::tree::{decode_text, decode_value};
use crate::xml::{Attribute, Kind, Scanner};

/// What comes next on the way through an element.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Step<'a> {
    /// An element begins.
    Open(OpenTag<'a>),
    /// A piece of text, references resolved. Text may come in several pieces.
    Text(Cow<'a, str>),
    /// The innermost element ends, also one that is written as `<a/>`.
    Close,
}

/// A start tag.
#[derive(Clone, Debug)]
pub struct OpenTag<'a> {
    xml: &'a str,
    name: &'a str,
    attributes: Vec<Attribute<'a>>,
}

impl<'a> OpenTag<'a> {
    /// The name in it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Names and values of the attributes, in their order.
    #[expect(clippy::missing_panics_doc, reason = "attributes lie in their document")]
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.attributes.iter().map(|attribute| {
            let value = self.xml.get(attribute.value.clone()).expect("attributes lie in their document");
            (attribute.name, decode_value(value))
        })
    }
}

impl RawElement {
    /// Goes through the element and all that it holds, in the order of the
    /// document, without a copy of it. Comments and instructions are left out.
    ///
    /// ```
    /// use punchout_cxml::{RawElement, Step};
    ///
    /// let element = RawElement::parse("<a b='1'>c &amp; d<e/>f</a>")?;
    /// let mut seen = String::new();
    /// for step in element.steps() {
    ///     match step {
    ///         Step::Open(tag) => seen.extend(["(", tag.name(), " "]),
    ///         Step::Text(text) => seen.push_str(&text),
    ///         Step::Close => seen.push(')'),
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(seen, "(a c & d(e )f)");
    /// # Ok::<(), punchout_cxml::Error>(())
    /// ```
    #[expect(clippy::missing_panics_doc, reason = "a raw element was found well-formed")]
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let xml = self.as_xml();
        let mut scanner = Scanner::new(xml, unlimited()).expect(WELL_FORMED);
        let mut is_empty = false;
        std::iter::from_fn(move || {
            if std::mem::take(&mut is_empty) {
                return Some(Step::Close);
            }
            loop {
                match scanner.advance().expect(WELL_FORMED) {
                    Kind::Open => {
                        is_empty = scanner.tag().is_empty;
                        let (name, attributes) = (scanner.tag().name, scanner.take_attributes());
                        return Some(Step::Open(OpenTag { xml, name, attributes }));
                    }
                    Kind::Close => return Some(Step::Close),
                    Kind::Text => return Some(Step::Text(decode_text(scanner.piece(scanner.inside())))),
                    Kind::CData => return Some(Step::Text(lines(scanner.piece(scanner.inside())))),
                    Kind::Character => return Some(Step::Text(scanner.character().to_string().into())),
                    Kind::Entity => return Some(Step::Text(scanner.piece(scanner.span()).into())),
                    Kind::Aside | Kind::Doctype => {}
                    Kind::End => return None,
                }
            }
        })
    }
}

const WELL_FORMED: &str = "a raw element is well-formed";

/// The line ends of XML.
fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(element: &RawElement) -> String {
        let mut seen = String::new();
        for step in element.steps() {
            match step {
                Step::Open(tag) => {
                    seen.extend(["<", tag.name()]);
                    tag.attributes().for_each(|(name, value)| seen.extend([" ", name, "=", &*value]));
                    seen += ">";
                }
                Step::Text(text) => seen += &text,
                Step::Close => seen += "</>",
            }
        }
        seen
    }

    #[test]
    fn everything_comes_in_its_order() {
        let element = RawElement::parse(
            "<a b='1>&#50;' c=\"&gt;'\">x&amp;<b:d><!-- y --></b:d><![CDATA[<z>\r\n]]>\r\n<e>f<e/></e>&#9;</a >",
        )
        .unwrap();
        assert_eq!(seen(&element), "<a b=1>2 c=>'>x&<b:d></><z>\n\n<e>f<e></></>\t</>");
        assert_eq!(seen(&RawElement::parse("<a/>").unwrap()), "<a></>");
    }
}
