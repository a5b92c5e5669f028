//! How a part of the model is read and written, from one table.
//!
//! [`element!`] lists what an element holds in the order of the DTD. The same
//! list reads it, in whatever order things come, and writes it, in the order
//! given. A field that the list forgets does not compile.

use std::borrow::Cow;

use punchout_core::{Amount, Secret, Text};

use crate::read::{Content, Cursor};
use crate::write::Writer;
use crate::xml::{Attribute, Tag};
use crate::{AnyContent, Error, RawElement};

/// What stands in a document as an element.
pub(crate) trait Element: Sized {
    /// The children that are kept as they are, at their place.
    const RAW: &'static [&'static str] = &[];

    /// What to have when it is required and absent.
    fn blank() -> Self;

    /// Reads it, up to and with its end tag.
    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error>;

    fn write(&self, writer: &mut Writer, name: &'static str);
}

/// What stands in a document as an attribute.
pub(crate) trait Value: Sized {
    const REQUIRED: bool;

    /// What to have when it is absent.
    fn blank() -> Self;

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self;

    /// `None` where the attribute is to be left out.
    fn write(&self) -> Option<Cow<'_, str>>;
}

/// What stands in an element as its text.
pub(crate) trait Characters: Sized {
    fn blank() -> Self;
    fn read(cursor: &mut Cursor<'_>, text: Text) -> Self;
    fn write(&self) -> &str;
}

/// A field for a child, by how often that may occur.
///
/// `inner` names the only child of the child where the model leaves that level
/// out: `Charge` holds a `Money` and nothing else.
pub(crate) trait Slot: Sized {
    const REQUIRED: bool;

    fn blank() -> Self;

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
        seen: bool,
    ) -> Result<(), Error>;

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>);
}

fn read_one<'a, T: Element>(
    cursor: &mut Cursor<'a>,
    child: Tag<'a>,
    inner: Option<&'static str>,
) -> Result<T, Error> {
    match inner {
        Some(inner) => cursor.wrapped(child, inner),
        None => cursor.element(child),
    }
}

fn write_one<T: Element>(value: &T, writer: &mut Writer, name: &'static str, inner: Option<&'static str>) {
    let Some(inner) = inner else { return value.write(writer, name) };
    writer.open(name);
    value.write(writer, inner);
    writer.close();
}

impl<T: Element> Slot for T {
    const REQUIRED: bool = true;

    fn blank() -> Self {
        <T as Element>::blank()
    }

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
        seen: bool,
    ) -> Result<(), Error> {
        if seen {
            return cursor.drop_child(&child);
        }
        *self = read_one(cursor, child, inner)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>) {
        write_one(self, writer, name, inner);
    }
}

impl<T: Element> Slot for Option<T> {
    const REQUIRED: bool = false;

    fn blank() -> Self {
        None
    }

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
        seen: bool,
    ) -> Result<(), Error> {
        if seen {
            return cursor.drop_child(&child);
        }
        *self = Some(read_one(cursor, child, inner)?);
        Ok(())
    }

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>) {
        if let Some(value) = self {
            write_one(value, writer, name, inner);
        }
    }
}

impl<T: Element> Slot for Vec<T> {
    const REQUIRED: bool = false;

    fn blank() -> Self {
        Self::new()
    }

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
        _: bool,
    ) -> Result<(), Error> {
        self.push(read_one(cursor, child, inner)?);
        Ok(())
    }

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>) {
        for value in self {
            write_one(value, writer, name, inner);
        }
    }
}

impl<T: Element> Element for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        T::read(cursor, tag).map(Self::new)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        T::write(self, writer, name);
    }
}

impl Element for Text {
    fn blank() -> Self {
        Self::EMPTY
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        cursor.drop_attributes();
        cursor.text(&tag)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        writer.text(self);
        writer.close();
    }
}

impl Element for Amount {
    fn blank() -> Self {
        <Self as Characters>::blank()
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        cursor.drop_attributes();
        let text = cursor.text(&tag)?;
        Ok(Characters::read(cursor, text))
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        writer.text(self.as_sent());
        writer.close();
    }
}

impl Element for Secret {
    fn blank() -> Self {
        Self::default()
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        cursor.drop_attributes();
        Ok(Self::from(cursor.text(&tag)?.as_str()))
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        writer.text(self.expose());
        writer.close();
    }
}

impl Element for AnyContent {
    fn blank() -> Self {
        Self::from(Text::EMPTY)
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        cursor.drop_attributes();
        cursor.any(&tag)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        writer.any(self);
        writer.close();
    }
}

impl Characters for Text {
    fn blank() -> Self {
        Self::EMPTY
    }

    fn read(_: &mut Cursor<'_>, text: Text) -> Self {
        text
    }

    fn write(&self) -> &str {
        self
    }
}

/// Finishes the text of an element that has some.
pub(crate) fn read_characters<T: Characters>(cursor: &mut Cursor<'_>, content: Content) -> T {
    let text = cursor.finish(content);
    T::read(cursor, text)
}

/// Writes the table of an element: attributes, text, children, in the order of
/// the DTD.
///
/// `child: "Outer" / "Inner"` leaves a level out of the model. Names in square
/// brackets after a child are those that the DTD allows next and the model has
/// no field for; `other` is the field that keeps them.
macro_rules! element {
    (
        $type:ty {
            $(attributes { $($attribute:ident: $attribute_name:literal,)+ })?
            $(text $text:ident;)?
            $(children {
                $($child:ident: $child_name:literal $(/ $inner:literal)? $([$($raw:literal),+])?,)+
            })?
            $(keeps $other:ident;)?
        }
    ) => {
        impl $crate::element::Element for $type {
            const RAW: &'static [&'static str] = &[$($($($($raw,)+)?)+)?];

            fn blank() -> Self {
                Self {
                    $($($attribute: $crate::element::Value::blank(),)+)?
                    $($text: $crate::element::Characters::blank(),)?
                    $($($child: $crate::element::Slot::blank(),)+)?
                    $($other: Vec::new(),)?
                }
            }

            fn read<'a>(
                cursor: &mut $crate::read::Cursor<'a>,
                tag: $crate::xml::Tag<'a>,
            ) -> Result<Self, $crate::Error> {
                let mut this = <Self as $crate::element::Element>::blank();
                $($(let mut $attribute = !$crate::element::required_value(&this.$attribute);)+)?
                let attributes = cursor.take_attributes();
                for attribute in &attributes {
                    match attribute.name {
                        $($($attribute_name => {
                            this.$attribute = $crate::element::Value::read(cursor, attribute);
                            $attribute = true;
                        })+)?
                        _ => cursor.drop_attribute(attribute),
                    }
                }
                cursor.reuse(attributes);
                $($(if !$attribute {
                    cursor.missing($attribute_name);
                })+)?

                $($(let mut $child = false;)+)?
                let mut content = $crate::read::Content::default();
                while let Some(child) = cursor.child(&tag, &mut content)? {
                    match child.name {
                        $($($child_name => {
                            let inner = None $(.or(Some($inner)))?;
                            $crate::element::Slot::take(&mut this.$child, cursor, child, inner, $child)?;
                            $child = true;
                        })+)?
                        $($($($($raw => this.other.push(cursor.raw(&child)?),)+)?)+)?
                        _ => {
                            let room = None $(.or(Some(&mut this.$other)))?;
                            cursor.unknown(&child, room)?;
                        }
                    }
                }
                $($(if !$child && $crate::element::required_child(&this.$child) {
                    cursor.missing($child_name);
                })+)?
                $crate::element::element!(@text cursor, this, content $(, $text)?);
                $($crate::element::sort_raw::<Self>(&mut this.$other);)?
                Ok(this)
            }

            fn write(&self, writer: &mut $crate::write::Writer, name: &'static str) {
                writer.open(name);
                $($(writer.attribute($attribute_name, $crate::element::Value::write(&self.$attribute));)+)?
                $(writer.text($crate::element::Characters::write(&self.$text));)?
                $($(
                    let inner = None $(.or(Some($inner)))?;
                    $crate::element::Slot::write(&self.$child, writer, $child_name, inner);
                    $($(writer.raw_named(&self.other, $raw);)+)?
                )+)?
                $(writer.raw_except(&self.$other, <Self as $crate::element::Element>::RAW);)?
                writer.close();
            }
        }
    };
    (@text $cursor:ident, $this:ident, $content:ident) => {
        $cursor.refuse_text(&$content);
    };
    (@text $cursor:ident, $this:ident, $content:ident, $text:ident) => {
        $this.$text = $crate::element::read_characters($cursor, $content);
    };
}

pub(crate) use element;

/// Puts raw elements into the order in which they are written.
pub(crate) fn sort_raw<T: Element>(elements: &mut [RawElement]) {
    let place = |element: &RawElement| T::RAW.iter().position(|name| *name == element.name());
    elements.sort_by_key(|element| place(element).unwrap_or(usize::MAX));
}

/// Whether this field's attribute must be there.
pub(crate) fn required_value<T: Value>(_: &T) -> bool {
    T::REQUIRED
}

/// Whether this field's child must be there.
pub(crate) fn required_child<T: Slot>(_: &T) -> bool {
    T::REQUIRED
}
