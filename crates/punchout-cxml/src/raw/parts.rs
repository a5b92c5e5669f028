use std::borrow::Cow;

use punchout_core::{Limits, Source, Text};

use super::RawElement;
use crate::tree::{Tree, decode_value};
use crate::xml::Scanner;

/// What an element says.
impl RawElement {
    /// Names and values of the attributes, in the order of the tag.
    #[expect(clippy::missing_panics_doc, reason = "a raw element was found well-formed")]
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let tag = start_tag(self.as_xml());
        let mut scanner = Scanner::new(tag, unlimited()).expect(WELL_FORMED);
        scanner.next().expect(WELL_FORMED);
        let attributes = scanner.take_attributes().into_iter();
        attributes.map(|attribute| {
            (attribute.name, decode_value(tag.get(attribute.value).expect("attributes lie in their tag")))
        })
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The text in it, references resolved, that of its children left out.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        self.tree().root().text()
    }

    /// The elements in it.
    ///
    /// ```
    /// use punchout_cxml::RawElement;
    ///
    /// let quote = RawElement::parse("<Quote id='7'><Line n='1'>a &amp; b</Line><Line n='2'/></Quote>")?;
    /// let numbers: Vec<_> = quote.children().iter().map(|line| line.attribute("n").unwrap().into_owned()).collect();
    /// assert_eq!(numbers, ["1", "2"]);
    /// assert_eq!(quote.child("Line").unwrap().text(), "a & b");
    /// # Ok::<(), punchout_cxml::Error>(())
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "a raw element was found well-formed")]
    pub fn children(&self) -> Vec<Self> {
        let source = Source::new(self.as_xml());
        let slice = |range| source.slice(range).expect("elements begin and end between characters");
        let tree = self.tree();
        let children = tree.root().children();
        children.map(|child| Self::known(Text::from(child.name()), slice(child.span()))).collect()
    }

    /// The first element of this name in it.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<Self> {
        let tree = self.tree();
        let child = tree.root().child(name)?;
        Some(Self::known(Text::from(child.name()), Text::from(tree.piece(child.span()))))
    }

    fn tree(&self) -> Tree<'_> {
        Tree::parse(self.as_xml(), unlimited()).expect(WELL_FORMED)
    }
}

const WELL_FORMED: &str = "a raw element is well-formed";

/// What it may cost was decided when it was read.
pub(crate) fn unlimited() -> Limits {
    Limits::default()
        .with_bytes(usize::MAX)
        .with_fields(usize::MAX)
        .with_value_bytes(usize::MAX)
        .with_depth(usize::MAX)
}

/// Everything up to the end of the first tag.
fn start_tag(xml: &str) -> &str {
    let mut quote = None;
    let end = xml.bytes().position(|byte| match (quote, byte) {
        (Some(open), _) => {
            if byte == open {
                quote = None;
            }
            false
        }
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (None, _) => byte == b'>',
    });
    end.and_then(|end| xml.get(..=end)).unwrap_or(xml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_stands_there() {
        let element = RawElement::parse(
            "<a b='1>&#50;' c=\"&gt;'\">x&amp;<b:d><!-- y --></b:d><![CDATA[<z>]]><e>f<e/></e><e>&#9;</e></a>",
        )
        .unwrap();
        let attributes: Vec<_> = element.attributes().collect();
        assert_eq!(attributes, [("b", Cow::from("1>2")), ("c", Cow::from(">'"))]);
        assert_eq!((element.attribute("c").as_deref(), element.attribute("d")), (Some(">'"), None));
        assert_eq!(element.text(), "x&<z>");
        let children = element.children();
        let children: Vec<_> = children.iter().map(|child| (child.name(), child.as_xml())).collect();
        assert_eq!(children, [("b:d", "<b:d><!-- y --></b:d>"), ("e", "<e>f<e/></e>"), ("e", "<e>&#9;</e>")]);
        assert_eq!(element.child("e").unwrap().child("e").unwrap().as_xml(), "<e/>");
        assert_eq!(element.child("f"), None);
    }

    #[test]
    fn any_depth_can_be_read() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let mut element = RawElement::parse(&deep(200)).unwrap();
        for depth in (1..200).rev() {
            element = element.children().remove(0);
            assert_eq!(element.as_xml(), deep(depth));
        }
        assert!(element.children().is_empty());
    }
}
