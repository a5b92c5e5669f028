//! Markup that is kept as it was sent.

mod alone;
mod document;
mod parts;
mod steps;

use std::fmt;

use punchout_core::Text;

use crate::{Error, read, secret};

pub(crate) use alone::standing_alone;
pub use document::RawDocument;
pub(crate) use parts::unlimited;
pub use steps::{OpenTag, Step};

/// An element kept as it was sent, tags and all.
///
/// It is well-formed, stands for itself (its references are characters or the
/// five of XML) and is written back as it is. A reference to another entity,
/// such as `&company;`, has become the characters that it was made of when the
/// element comes out of a document, which had a finding about it, and is refused
/// in markup that is given here. Markup that holds a proof of identity or a card
/// number does not print.
///
/// ```
/// use punchout_cxml::RawElement;
///
/// let element = RawElement::parse(r#"<SupplierID domain="DUNS">123</SupplierID>"#)?;
/// assert_eq!(element.name(), "SupplierID");
/// assert!(RawElement::parse("<SupplierID>&company;</SupplierID>").is_err());
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawElement {
    name: Text,
    xml: Text,
}

impl RawElement {
    /// Takes one element and nothing beside it.
    ///
    /// # Errors
    /// When it is not well-formed or not one element, or names an entity other
    /// than the five of XML.
    pub fn parse(xml: &str) -> Result<Self, Error> {
        read::raw_element(xml.trim_ascii())
    }

    pub(crate) fn known(name: Text, xml: Text) -> Self {
        Self { name, xml }
    }

    /// The name in its start tag.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The markup, from `<` to `>`.
    #[must_use]
    pub fn as_xml(&self) -> &str {
        &self.xml
    }
}

impl fmt::Debug for RawElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawElement").field("name", &self.name).field("xml", &shown(&self.xml)).finish()
    }
}

/// Markup as it may be printed.
fn shown(xml: &str) -> &str {
    if secret::is_mentioned(xml) { "***" } else { xml }
}

/// The content of an element that may hold anything: text as a rule.
///
/// ```
/// use punchout_cxml::AnyContent;
///
/// let content = AnyContent::from("line 1 < line 2");
/// assert_eq!(content.as_text(), Some("line 1 < line 2"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnyContent(Content);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Content {
    Text(Text),
    /// Holds at least one element.
    Xml(Text),
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.debug_tuple("Text").field(text).finish(),
            Self::Xml(xml) => f.debug_tuple("Xml").field(&shown(xml)).finish(),
        }
    }
}

impl AnyContent {
    /// Takes markup as content. Markup without any element in it is text.
    ///
    /// # Errors
    /// When it is not well-formed, or names an entity other than the five of XML.
    pub fn xml(xml: &str) -> Result<Self, Error> {
        read::any_content(xml)
    }

    pub(crate) fn known_xml(xml: Text) -> Self {
        Self(Content::Xml(xml))
    }

    /// The text, when there are no elements in it.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.0 {
            Content::Text(text) => Some(text),
            Content::Xml(_) => None,
        }
    }

    /// The markup, when there are elements in it.
    #[must_use]
    pub fn as_xml(&self) -> Option<&str> {
        match &self.0 {
            Content::Xml(xml) => Some(xml),
            Content::Text(_) => None,
        }
    }
}

impl From<Text> for AnyContent {
    fn from(text: Text) -> Self {
        Self(Content::Text(text))
    }
}

impl From<&str> for AnyContent {
    fn from(text: &str) -> Self {
        Self::from(Text::from(text))
    }
}

impl From<String> for AnyContent {
    fn from(text: String) -> Self {
        Self::from(Text::from(text))
    }
}

#[cfg(feature = "serde")]
mod with_serde {
    use punchout_core::Text;
    use serde::de::{Deserialize, Deserializer, Error as _};
    use serde::ser::{Serialize, SerializeStruct as _, Serializer};

    use super::{AnyContent, Content, RawElement};

    /// The markup as a string.
    impl Serialize for RawElement {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_xml())
        }
    }

    impl<'de> Deserialize<'de> for RawElement {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let xml = Text::deserialize(deserializer)?;
            Self::parse(&xml).map_err(D::Error::custom)
        }
    }

    /// Text as a string, markup as `{"xml": …}`.
    impl Serialize for AnyContent {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match &self.0 {
                Content::Text(text) => serializer.serialize_str(text),
                Content::Xml(xml) => {
                    let mut markup = serializer.serialize_struct("AnyContent", 1)?;
                    markup.serialize_field("xml", xml)?;
                    markup.end()
                }
            }
        }
    }

    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Form {
        Text(Text),
        Markup { xml: Text },
    }

    impl<'de> Deserialize<'de> for AnyContent {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            match Form::deserialize(deserializer)? {
                Form::Text(text) => Ok(Self::from(text)),
                Form::Markup { xml } => Self::xml(&xml).map_err(D::Error::custom),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_stands_for_itself() {
        for xml in ["<a/>", "<a b='c'>d<e/>&#8364;<!-- f --></a>", " <a></a>\n"] {
            assert_eq!(RawElement::parse(xml).unwrap().as_xml(), xml.trim());
        }
        for xml in
            ["", "a", "<a>", "<a/><b/>", "<!-- c --><a/>", "<?xml version='1.0'?><a/>", "<a>&b;</a>", "<a/>b"]
        {
            assert!(RawElement::parse(xml).is_err(), "{xml}");
        }
    }

    #[test]
    fn markup_with_secrets_does_not_print() {
        let xml = "<Sender><SharedSecret>hush</SharedSecret></Sender>";
        let element = RawElement::parse(xml).unwrap();
        assert_eq!(format!("{element:?}"), r#"RawElement { name: "Sender", xml: "***" }"#);
        assert_eq!(format!("{:?}", AnyContent::xml(xml).unwrap()), r#"AnyContent(Xml("***"))"#);
        let element = RawElement::parse("<a>b</a>").unwrap();
        assert_eq!(format!("{element:?}"), r#"RawElement { name: "a", xml: "<a>b</a>" }"#);
    }

    #[test]
    fn markup_without_elements_is_text() {
        assert_eq!(AnyContent::xml("a &amp; <![CDATA[<b>]]>").unwrap(), AnyContent::from("a & <b>"));
        assert_eq!(AnyContent::xml(" a<b/> ").unwrap().as_xml(), Some(" a<b/> "));
        for xml in ["<a>", "</any><any>", "a & b", "]]>", "<!DOCTYPE a>"] {
            assert!(AnyContent::xml(xml).is_err(), "{xml}");
        }
        let error = AnyContent::xml("<a>\n</b>").unwrap_err();
        assert_eq!(error.position().map(|at| (at.line, at.column)), Some((2, 1)));
        let error = AnyContent::xml("<a>&b;").unwrap_err();
        assert_eq!(
            (error.position().map(|at| (at.line, at.column)), error.span()),
            (Some((1, 5)), Some(4..5))
        );
    }
}
