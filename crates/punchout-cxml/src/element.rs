//! How a part of the model is read and written, from one table.
//!
//! [`element!`] lists what an element holds in the order of the DTD. The same
//! list reads it, in whatever order things come, and writes it, in the order
//! given. A field that the list forgets does not compile.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use punchout_core::{Amount, Secret, Text};

use crate::other::{Last, Node};
use crate::read::Cursor;
use crate::write::Writer;
use crate::xml::{Attribute, Tag};
use crate::{AnyContent, Error, Other};

/// What stands in a document as an element.
pub(crate) trait Element: Sized + PartialEq {
    /// The children that are kept as they are, where the DTD has them.
    const RAW: &'static [&'static str] = &[];

    /// The attributes that it has fields for.
    const ATTRIBUTES: &'static [&'static str] = &[];

    /// The children that it has fields for.
    const CHILDREN: &'static [&'static str] = &[];

    /// Children with and without a field, in the order in which they are written.
    const ORDER: &'static [&'static str] = &[];

    /// The fields for children, each with the names it may have.
    const FIELDS: &'static [(&'static str, &'static [&'static str])] = &[];

    /// What to have when it is required and absent.
    fn blank() -> Self;

    /// Reads it, up to and with its end tag.
    ///
    /// This or [`Element::read_into`] is to be given, and the other follows.
    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        let mut this = Self::blank();
        this.read_into(cursor, tag)?;
        Ok(this)
    }

    /// Reads it to where it stays; it is blank before. Some are large, and
    /// moving them takes longer than reading them.
    fn read_into<'a>(&mut self, cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<(), Error> {
        *self = Self::read(cursor, tag)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, name: &'static str);
}

/// What stands in a document as an attribute.
pub(crate) trait Value: Sized {
    const REQUIRED: bool;

    /// Whether it is always written as it was sent.
    const IS_EXACT: bool = true;

    /// What to have when it is absent.
    fn blank() -> Self;

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self;

    /// `None` where the attribute is to be left out.
    fn write(&self) -> Option<Cow<'_, str>>;

    /// What forbids to write it, and what to do about that.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// What stands in an element as its text.
pub(crate) trait Characters: Sized {
    fn blank() -> Self;
    fn read(cursor: &mut Cursor<'_>, text: Text) -> Self;
    fn write(&self) -> &str;

    /// What forbids to write it, and what to do about that.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// A field for a child, by how often that may occur.
///
/// `inner` names the only child of the child where the model leaves that level
/// out: `Charge` holds a `Money` and nothing else.
pub(crate) trait Slot: Sized {
    const REQUIRED: bool;

    /// Whether it takes more than one.
    const IS_MANY: bool;

    fn blank() -> Self;

    /// Whether it holds nothing that could be written.
    fn is_nothing(&self) -> bool;

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
    ) -> Result<(), Error>;

    /// Writes it, and what `other` has for its place.
    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>, other: &Other);
}

fn read_one<'a, T: Element>(
    blank: &mut T,
    cursor: &mut Cursor<'a>,
    child: Tag<'a>,
    inner: Option<&'static str>,
) -> Result<(), Error> {
    match inner {
        Some(inner) => cursor.wrapped(blank, child, inner),
        None => cursor.element_into(blank, child),
    }
}

/// Writes the child that is the nth of its name, and what stands in it that it
/// has no room for.
fn write_one<T: Element>(
    value: &T,
    writer: &mut Writer,
    (name, count): Last,
    inner: Option<&'static str>,
    other: &Other,
) {
    let Some(inner) = inner else {
        if !other.is_empty() {
            writer.carry(other.within(name, count));
        }
        return value.write(writer, name);
    };
    if other.is_empty() {
        writer.open(name);
        value.write(writer, inner);
        return writer.close();
    }
    let nodes: Vec<&Node> = other.within(name, count).collect();
    let is_absent = nodes.iter().any(|node| matches!(node, Node::Absent(absent) if **absent == *inner));
    let place = nodes.iter().position(|node| matches!(node, Node::Inner)).unwrap_or_default();
    let (ahead, behind) = nodes.split_at(place);
    let (attributes, ahead): (Vec<&Node>, Vec<&Node>) =
        ahead.iter().partition(|node| matches!(node, Node::Attribute { .. }));
    writer.carry(attributes.into_iter().chain(behind.iter().copied()));
    writer.open(name);
    for node in ahead {
        writer.node(node);
    }
    if !is_absent || *value != T::blank() {
        value.write(writer, inner);
    } else {
        writer.require(&[inner]);
    }
    writer.close();
}

pub(crate) fn write_after(
    writer: &mut Writer,
    name: &'static str,
    counts: RangeInclusive<u32>,
    other: &Other,
) {
    if !other.is_empty() {
        other.after(name, counts).for_each(|node| writer.node(node));
    }
}

impl<T: Element> Slot for T {
    const REQUIRED: bool = true;
    const IS_MANY: bool = false;

    fn blank() -> Self {
        <T as Element>::blank()
    }

    fn is_nothing(&self) -> bool {
        false
    }

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
    ) -> Result<(), Error> {
        read_one(self, cursor, child, inner)
    }

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>, other: &Other) {
        if other.is_empty() || !other.is_absent(name) || *self != <T as Element>::blank() {
            write_one(self, writer, (name, 1), inner, other);
        } else {
            writer.require(&[name]);
        }
        write_after(writer, name, 1..=u32::MAX, other);
    }
}

impl<T: Element> Slot for Option<T> {
    const REQUIRED: bool = false;
    const IS_MANY: bool = false;

    fn blank() -> Self {
        None
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
    ) -> Result<(), Error> {
        read_one(self.insert(T::blank()), cursor, child, inner)
    }

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>, other: &Other) {
        if let Some(value) = self {
            write_one(value, writer, (name, 1), inner, other);
        }
        write_after(writer, name, 1..=u32::MAX, other);
    }
}

impl<T: Element> Slot for Vec<T> {
    const REQUIRED: bool = false;
    const IS_MANY: bool = true;

    fn blank() -> Self {
        Self::new()
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn take<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        child: Tag<'a>,
        inner: Option<&'static str>,
    ) -> Result<(), Error> {
        if self.is_empty() {
            // One is all that most lists ever have.
            cursor.first_line(&child);
            self.reserve_exact(1);
        } else if self.len() == self.capacity() {
            self.reserve(cursor.lines_ahead(&child, self.len(), size_of::<T>()));
        }
        self.push(T::blank());
        self.last_mut().map_or(Ok(()), |blank| read_one(blank, cursor, child, inner))
    }

    fn write(&self, writer: &mut Writer, name: &'static str, inner: Option<&'static str>, other: &Other) {
        let mut count = 0;
        for value in self {
            count += 1;
            write_one(value, writer, (name, count), inner, other);
            write_after(writer, name, count..=count, other);
        }
        write_after(writer, name, count + 1..=u32::MAX, other);
    }
}

impl<T: Element> Element for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read_into<'a>(&mut self, cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<(), Error> {
        (**self).read_into(cursor, tag)
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
        cursor.keep_leaf_attributes();
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
        cursor.keep_leaf_attributes();
        let text = cursor.text(&tag)?;
        Ok(Characters::read(cursor, text))
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        writer.check(|| Characters::fault(self), None);
        writer.text(self.as_sent());
        writer.close();
    }
}

impl Element for Secret {
    fn blank() -> Self {
        Self::default()
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        cursor.keep_leaf_attributes();
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
        cursor.keep_leaf_attributes();
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

impl Characters for Secret {
    fn blank() -> Self {
        Self::default()
    }

    fn read(_: &mut Cursor<'_>, text: Text) -> Self {
        Self::from(text.as_str())
    }

    fn write(&self) -> &str {
        self.expose()
    }
}

/// Finishes the text of an element that has some.
pub(crate) fn read_characters<T: Characters>(cursor: &mut Cursor<'_>, text: Text) -> T {
    T::read(cursor, text)
}

/// Writes the table of an element: attributes, text, children, in the order of
/// the DTD. The type has a field `other` for everything else.
///
/// `child: "Outer" / "Inner"` leaves a level out of the model; `child: "One" |
/// "Other"` is for a type that `choice!` made. Names in square brackets after a
/// child are those that the DTD allows next and the model has no field for.
///
/// `need` has what must be there though the type of its field lets it be
/// nothing: lists of at least one, and choices. `or "Name"` is for a choice
/// that is kept raw, `if` for what is needed along with something else.
macro_rules! element {
    (
        $type:ty {
            $(attributes { $($attribute:ident: $attribute_name:literal,)+ })?
            $(text $text:ident;)?
            $(children {
                $($child:ident: $child_name:literal $(| $choice:literal)* $(/ $inner:literal)?
                    $([$($raw:literal),+])?,)+
            })?
            $(need { $($need:ident $(| $also:ident)* $(or $raw_need:literal)* $(if $given:ident)*,)+ })?
        }
    ) => {
        impl $crate::element::Element for $type {
            const RAW: &'static [&'static str] = &[$($($($($raw,)+)?)+)?];
            const ATTRIBUTES: &'static [&'static str] = &[$($($attribute_name,)+)?];
            const CHILDREN: &'static [&'static str] = &[$($($child_name, $($choice,)*)+)?];
            const ORDER: &'static [&'static str] = &[$($($child_name, $($($raw,)+)?)+)?];
            const FIELDS: &'static [(&'static str, &'static [&'static str])] =
                &[$($((stringify!($child), &[$child_name $(, $choice)*]),)+)?];

            fn blank() -> Self {
                Self {
                    $($($attribute: $crate::element::Value::blank(),)+)?
                    $($text: $crate::element::Characters::blank(),)?
                    $($($child: $crate::element::Slot::blank(),)+)?
                    other: $crate::Other::default(),
                }
            }

            fn read_into<'a>(
                &mut self,
                cursor: &mut $crate::read::Cursor<'a>,
                tag: $crate::xml::Tag<'a>,
            ) -> Result<(), $crate::Error> {
                let this = self;
                $($(let mut $attribute = !$crate::element::required_value(&this.$attribute);)+)?
                let attributes = cursor.take_attributes();
                for attribute in &attributes {
                    match attribute.name {
                        $($($attribute_name => {
                            this.$attribute = $crate::element::read_value(cursor, attribute, &mut this.other);
                            $attribute = true;
                        })+)?
                        _ => cursor.keep_attribute(attribute, &mut this.other),
                    }
                }
                cursor.reuse(attributes);
                $($(if !$attribute {
                    cursor.missing($attribute_name, &mut this.other);
                })+)?

                $($(let mut $child = 0_u32;)+)?
                #[allow(unused_mut, reason = "an element without children has no last one")]
                let mut last = $crate::other::START;
                #[allow(unused_mut, reason = "not every element has raw children")]
                let mut raws = [0_u32; <$type as $crate::element::Element>::RAW.len()];
                let mut content = $crate::element::element!(@content $($text)?);
                while let Some(child) = cursor.child_in(&tag, &mut content, last, &mut this.other)? {
                    match child.name {
                        $($($child_name $(| $choice)* if $child == 0 || $crate::element::is_many(&this.$child) => {
                            let inner = None $(.or(Some($inner)))?;
                            $crate::element::Slot::take(&mut this.$child, cursor, child, inner)?;
                            $child += 1;
                            last = ($child_name, $child);
                            cursor.keep_leftovers(last, &mut this.other);
                        }
                        $child_name $(| $choice)* => {
                            // what follows it stays behind it
                            last = $crate::element::later::<Self>(last, $child_name);
                            cursor.keep_repeated(&child, last, &mut this.other)?;
                        })+)?
                        $($($($($raw => {
                            this.other.push(cursor.raw(&child)?);
                            last = $crate::element::count_raw::<Self>($raw, &mut raws);
                        })+)?)+)?
                        _ => cursor.keep_unknown(&child, last, &mut this.other)?,
                    }
                }
                $($(if $child == 0 && $crate::element::required_child(&this.$child) {
                    cursor.missing($child_name, &mut this.other);
                })+)?
                $crate::element::element!(@text cursor, this, content $(, $text)?);
                let _ = (last, raws);
                $crate::element::sort_raw::<Self>(&mut this.other);
                Ok(())
            }

            fn write(&self, writer: &mut $crate::write::Writer, name: &'static str) {
                writer.open(name);
                $($($crate::element::write_value(writer, $attribute_name, &self.$attribute, &self.other);)+)?
                writer.other_attributes(&self.other);
                $(
                    writer.check(|| $crate::element::Characters::fault(&self.$text), None);
                    writer.mixed($crate::element::Characters::write(&self.$text), &self.other);
                )?
                $($(
                    if writer.is_strict()
                        && $crate::element::Slot::is_nothing(&self.$need)
                        $(&& $crate::element::Slot::is_nothing(&self.$also))*
                        $(&& !self.other.has_raw($raw_need))*
                        $(&& !$crate::element::Slot::is_nothing(&self.$given))*
                    {
                        let fields = [stringify!($need) $(, stringify!($also))*];
                        writer.require(&$crate::element::names::<Self>(&fields, &[$($raw_need),*]));
                    }
                )+)?
                writer.after($crate::other::START, &self.other);
                $($(
                    let inner = None $(.or(Some($inner)))?;
                    $crate::element::Slot::write(&self.$child, writer, $child_name, inner, &self.other);
                    $($(writer.raw_named(&self.other, $raw);)+)?
                )+)?
                writer.raw_except(&self.other, <Self as $crate::element::Element>::RAW);
                writer.close();
            }
        }
    };
    (@content) => { $crate::read::Inside::Elements };
    (@content $text:ident) => { $crate::read::Inside::text() };
    (@text $cursor:ident, $this:ident, $content:ident) => {
        drop($content);
    };
    (@text $cursor:ident, $this:ident, $content:ident, $text:ident) => {
        let text = $cursor.finish_text($content, &mut $this.other);
        $this.$text = $crate::element::read_characters($cursor, text);
    };
}

pub(crate) use element;

/// Reads an attribute, and keeps its spelling where the value does not.
pub(crate) fn read_value<'a, T: Value>(
    cursor: &mut Cursor<'a>,
    attribute: &Attribute<'a>,
    other: &mut Other,
) -> T {
    let value = T::read(cursor, attribute);
    if !T::IS_EXACT {
        let sent = cursor.value(attribute);
        let written = value.write();
        if written.as_deref() != Some(&*sent) {
            let written = written.map(|written| Text::from(&*written));
            other.keep_own(Node::Spelling { name: attribute.name.into(), sent, written });
        }
    }
    value
}

/// Writes an attribute as it was sent, or not at all if it was not there and
/// still says nothing.
pub(crate) fn write_value<T: Value>(writer: &mut Writer, name: &'static str, value: &T, other: &Other) {
    let written = value.write();
    writer.check(|| value.fault(), Some(name));
    if other.is_empty() {
        return writer.attribute(name, written);
    }
    if let Some(sent) = other.spelling(name, written.as_deref()) {
        writer.attribute(name, Some(Cow::from(sent)));
    } else if !other.is_absent(name) || written != T::blank().write() {
        writer.attribute(name, written);
    } else {
        writer.check(|| Some("it is missing; set it".into()), Some(name));
    }
}

/// Writes a child, and what `other` has for its place.
pub(crate) fn write_child<T: Slot>(child: &T, writer: &mut Writer, name: &'static str, other: &Other) {
    child.write(writer, name, None, other);
}

/// The names of the children in these fields, and of raw ones besides.
pub(crate) fn names<T: Element>(fields: &[&str], raw: &[&'static str]) -> Vec<&'static str> {
    let names = T::FIELDS.iter().filter(|(field, _)| fields.contains(field)).flat_map(|(_, names)| *names);
    names.chain(raw).copied().collect()
}

/// Counts a raw child of this name.
pub(crate) fn count_raw<T: Element>(name: &'static str, counts: &mut [u32]) -> Last {
    let place = T::RAW.iter().position(|raw| *raw == name);
    let count = place.and_then(|place| counts.get_mut(place)).map_or(0, |count| {
        *count += 1;
        *count
    });
    (name, count)
}

/// The one of two children that is written behind the other: this one, or the
/// first of that name. What is there again may not be written before the first.
pub(crate) fn later<T: Element>(last: Last, name: &'static str) -> Last {
    let place = |name| T::ORDER.iter().position(|child| *child == name);
    if place(last.0) < place(name) { (name, 1) } else { last }
}

/// Puts raw elements into the order in which they are written.
pub(crate) fn sort_raw<T: Element>(other: &mut Other) {
    if !other.is_empty() {
        other.sort(T::RAW);
    }
}

/// Whether this field's attribute must be there.
pub(crate) fn required_value<T: Value>(_: &T) -> bool {
    T::REQUIRED
}

/// Whether this field's child must be there.
pub(crate) fn required_child<T: Slot>(_: &T) -> bool {
    T::REQUIRED
}

/// Whether this field takes more than one child.
pub(crate) fn is_many<T: Slot>(_: &T) -> bool {
    T::IS_MANY
}
