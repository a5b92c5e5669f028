//! Texts that say their language, comments and extrinsics.

use punchout_core::Text;

use crate::Other;
use crate::element::{Element, element, write_value};
use crate::read::Cursor;
use crate::setters::setters;
use crate::token::token;
use crate::write::Writer;
use crate::xml::Tag;
use crate::{AnyContent, Error, Url};

/// A text and the language it is in.
///
/// cXML has no inherited language: each text says its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LangText {
    /// Language tag such as `en-US`.
    pub lang: Text,
    /// The words.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl LangText {
    /// A text in a language.
    #[must_use]
    pub fn new(text: impl Into<Text>, lang: impl Into<Text>) -> Self {
        Self { lang: lang.into(), text: text.into(), other: Other::default() }
    }
}

/// The name of a company, a person or a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Name {
    /// Language tag such as `en-US`.
    pub lang: Text,
    /// The name.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Name {
    /// A name in a language.
    #[must_use]
    pub fn new(text: impl Into<Text>, lang: impl Into<Text>) -> Self {
        Self { lang: lang.into(), text: text.into(), other: Other::default() }
    }
}

/// What an article, a charge or a reference is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Description {
    /// Language tag such as `en-US`.
    pub lang: Text,
    /// What kind of description it is; free text.
    pub kind: Option<Text>,
    /// The words, without the short name.
    pub text: Text,
    /// A name for lists: 30 characters are recommended, 50 the most.
    pub short_name: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Description {
    /// A description in a language.
    #[must_use]
    pub fn new(text: impl Into<Text>, lang: impl Into<Text>) -> Self {
        Self { lang: lang.into(), kind: None, text: text.into(), short_name: None, other: Other::default() }
    }

    /// Adds a short name.
    #[must_use]
    pub fn with_short_name(mut self, short_name: impl Into<Text>) -> Self {
        self.short_name = Some(short_name.into());
        self
    }
}

/// What the sender wants a person to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Comments {
    /// Language tag such as `en-US`.
    pub lang: Option<Text>,
    /// What kind of comment it is; free text.
    pub kind: Option<Text>,
    /// The words.
    pub text: Text,
    /// Files that go with the document.
    pub attachment: Vec<Attachment>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Comments {
    /// A comment in no stated language.
    #[must_use]
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

setters! {
    Comments {
        /// States the language.
        lang: with_lang(lang: impl Into<Text>),
        /// Adds a file.
        attachment: with_attachment(attachment: Attachment),
    }
}

impl From<&str> for Comments {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Points at a file that goes with the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Attachment {
    /// Who may see the file.
    pub visibility: Option<Visibility>,
    /// `cid:` and the content id of a MIME part, or an address on a server.
    pub url: Url,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Attachment {
    /// Points at a file.
    #[must_use]
    pub fn new(url: impl Into<Url>) -> Self {
        Self { visibility: None, url: url.into(), other: Other::default() }
    }
}

token! {
    /// Who may see a file.
    pub enum Visibility {
        /// Not the supplier.
        Internal = "internal",
    }
}

/// A named value that cXML has no element for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Extrinsic {
    /// The name both sides agreed on; compare it without regard to case.
    pub name: Text,
    /// The value: text as a rule, cXML elements at times.
    pub value: AnyContent,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Extrinsic {
    /// A named value.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<AnyContent>) -> Self {
        Self { name: name.into(), value: value.into(), other: Other::default() }
    }
}

element!(LangText {
    attributes { lang: "xml:lang", }
    text text;
});

element!(Name {
    attributes { lang: "xml:lang", }
    text text;
});

element!(Description {
    attributes { lang: "xml:lang", kind: "type", }
    text text;
    children { short_name: "ShortName", }
});

element!(Comments {
    attributes { lang: "xml:lang", kind: "type", }
    text text;
    children { attachment: "Attachment", }
});

element!(Attachment {
    attributes { visibility: "visibility", }
    children { url: "URL", }
});

/// Content and attribute side by side, so by hand.
impl Element for Extrinsic {
    fn blank() -> Self {
        Self { name: Text::EMPTY, value: AnyContent::blank(), other: Other::default() }
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        let mut this = Self::blank();
        let mut is_named = false;
        let attributes = cursor.take_attributes();
        for attribute in &attributes {
            match attribute.name {
                "name" => {
                    this.name = cursor.value(attribute);
                    is_named = true;
                }
                _ => cursor.keep_attribute(attribute, &mut this.other),
            }
        }
        cursor.reuse(attributes);
        if !is_named {
            cursor.missing("name", &mut this.other);
        }
        this.value = cursor.any(&tag)?;
        Ok(this)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        write_value(writer, "name", &self.name, &self.other);
        writer.other_attributes(&self.other);
        writer.any(&self.value);
        writer.close();
    }
}
