//! Writing: from the model to bytes.

use std::borrow::Cow;

use crate::dtd::since;
use crate::other::{Last, Node};
use crate::xml::{is_forbidden, is_name, is_plain};
use crate::{AnyContent, Document, Error, Other, RawElement};

/// Puts elements together.
///
/// Children stand on lines of their own, indented, where that adds nothing to
/// a text.
pub(crate) struct Writer {
    out: String,
    open: Vec<Open>,
    /// What the next element gets besides its own.
    carried: Vec<Node>,
    /// Whether to refuse what cannot be valid.
    is_strict: bool,
    /// The first thing that could not be written.
    error: Option<Error>,
}

struct Open {
    name: &'static str,
    holds: Holds,
    /// What few elements have.
    rest: Option<Box<OpenRest>>,
}

#[derive(Default)]
struct OpenRest {
    /// What stands at its end.
    tail: Vec<Node>,
    /// Text that is spread among its children.
    mixed: Option<MixedText>,
}

struct MixedText {
    text: String,
    /// How much of it stands before each child.
    before: Vec<usize>,
    /// How much of it is written, before how many children.
    written: usize,
    children: usize,
}

/// What an open element has got so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Its tag is not ended yet.
    Tag,
    /// The same, but white space will count.
    TagOfText,
    Children,
    /// Text, so that white space counts.
    Text,
}

impl Writer {
    fn new(is_strict: bool) -> Self {
        Self { out: String::new(), open: Vec::new(), carried: Vec::new(), is_strict, error: None }
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.is_strict
    }

    /// Refuses a text, or the value of an attribute, that has a fault.
    pub(crate) fn check(&mut self, fault: impl FnOnce() -> Option<String>, attribute: Option<&str>) {
        if self.is_strict
            && let Some(message) = fault()
        {
            self.refuse(message, attribute);
        }
    }

    /// Refuses an element because the open one must have it, or one of several.
    pub(crate) fn require(&mut self, names: &[&str]) {
        if self.is_strict {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = match names.as_slice() {
                [name] => format!("there is no {name}; add it"),
                names => format!("there is none of {}; add one", names.join(", ")),
            };
            self.refuse(message, None);
        }
    }

    /// Starts an element.
    pub(crate) fn open(&mut self, name: &'static str) {
        self.before_child();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(Open { name, holds: Holds::Tag, rest: None });
        if !self.carried.is_empty() {
            self.take_carried();
        }
    }

    #[cold]
    fn take_carried(&mut self) {
        for node in std::mem::take(&mut self.carried) {
            match (node, self.open.last_mut()) {
                (Node::Attribute { name, value }, _) => self.plain_attribute(&name, &value),
                (node, Some(open)) => open.rest.get_or_insert_default().tail.push(node),
                (_, None) => {}
            }
        }
    }

    /// Gives the next element something besides its own.
    pub(crate) fn carry<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) {
        self.carried.extend(nodes.cloned());
    }

    /// Adds something as it was kept.
    pub(crate) fn node(&mut self, node: &Node) {
        match node {
            Node::Element(element) => self.raw(element),
            Node::Text(text) => self.text(text),
            Node::Attribute { .. } | Node::Spelling { .. } | Node::Absent(_) | Node::Inner => {}
        }
    }

    fn before_child(&mut self) {
        if self.open.last().is_some_and(|open| open.rest.is_some()) {
            self.mixed_piece();
        }
        let depth = self.open.len();
        let Some(parent) = self.open.last_mut() else { return };
        if matches!(parent.holds, Holds::Tag | Holds::TagOfText) {
            self.out.push('>');
        }
        if matches!(parent.holds, Holds::Tag | Holds::Children) {
            new_line(&mut self.out, depth);
            parent.holds = Holds::Children;
        } else {
            parent.holds = Holds::Text;
        }
    }

    /// Adds an attribute to the element that was started last.
    pub(crate) fn attribute(&mut self, name: &'static str, value: Option<Cow<'_, str>>) {
        let Some(value) = value else { return };
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escape(&value, Some(name));
        self.out.push('"');
    }

    /// Adds the unknown attributes of the element that was started last.
    pub(crate) fn other_attributes(&mut self, other: &Other) {
        for (name, value) in other.attributes() {
            self.plain_attribute(name, value);
        }
    }

    fn plain_attribute(&mut self, name: &str, value: &str) {
        if !is_name(name) {
            let message = format!("{} is no attribute name", punchout_core::excerpt(name));
            self.refuse(message, None);
            return;
        }
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escape(value, Some(name));
        self.out.push('"');
    }

    /// Adds what stands behind a child.
    pub(crate) fn after(&mut self, (name, count): Last, other: &Other) {
        if !other.is_empty() {
            other.after(name, count..=count).for_each(|node| self.node(node));
        }
    }

    /// Adds text, spread among the children that follow if it was read so.
    pub(crate) fn mixed(&mut self, text: &str, other: &Other) {
        let Some(before) = other.mixed(text) else { return self.text(text) };
        self.begin_text(text);
        if let Some(open) = self.open.last_mut() {
            open.rest.get_or_insert_default().mixed =
                Some(MixedText { text: text.into(), before: before.to_vec(), written: 0, children: 0 });
        }
    }

    /// Adds the text that stands before the next child.
    fn mixed_piece(&mut self) {
        let rest = self.open.last_mut().and_then(|open| open.rest.as_mut());
        let Some(mixed) = rest.and_then(|rest| rest.mixed.as_mut()) else { return };
        let until = mixed.before.get(mixed.children).copied().unwrap_or(mixed.text.len());
        mixed.children += 1;
        let piece = mixed.text.get(mixed.written..until).unwrap_or_default().to_owned();
        mixed.written = until.max(mixed.written);
        self.escape(&piece, None);
    }

    /// Adds text; from here on white space counts in the element.
    pub(crate) fn text(&mut self, text: &str) {
        self.begin_text(text);
        self.escape(text, None);
    }

    fn begin_text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else { return };
        if text.is_empty() && matches!(element.holds, Holds::Tag | Holds::TagOfText) {
            element.holds = Holds::TagOfText;
            return;
        }
        if matches!(element.holds, Holds::Tag | Holds::TagOfText) {
            self.out.push('>');
        }
        element.holds = Holds::Text;
    }

    /// Adds content of any kind.
    pub(crate) fn any(&mut self, content: &AnyContent) {
        if let Some(xml) = content.as_xml() {
            self.begin_text(xml);
            self.out.push_str(xml);
        } else if let Some(text) = content.as_text() {
            self.text(text);
        }
    }

    /// Adds an element as it stands.
    pub(crate) fn raw(&mut self, element: &RawElement) {
        self.before_child();
        self.out.push_str(element.as_xml());
    }

    /// Adds the elements of this name, each with what stood behind it.
    pub(crate) fn raw_named(&mut self, other: &Other, name: &str) {
        if other.is_empty() {
            return;
        }
        let mut count = 0;
        for element in other.placed_by_dtd().filter(|element| element.name() == name) {
            count += 1;
            self.raw(element);
            other.after(name, count..=count).for_each(|node| self.node(node));
        }
        other.after(name, count + 1..=u32::MAX).for_each(|node| self.node(node));
    }

    /// Adds the elements of other names.
    pub(crate) fn raw_except(&mut self, other: &Other, names: &[&str]) {
        if other.is_empty() {
            return;
        }
        for element in other.placed_by_dtd().filter(|element| !names.contains(&element.name())) {
            self.raw(element);
        }
    }

    /// Ends the element that was started last.
    pub(crate) fn close(&mut self) {
        if self.open.last().is_some_and(|open| open.rest.is_some()) {
            self.write_rest();
        }
        let Some(Open { name, holds, .. }) = self.open.pop() else { return };
        match holds {
            Holds::Tag | Holds::TagOfText => return self.out.push_str("/>"),
            Holds::Children => new_line(&mut self.out, self.open.len()),
            Holds::Text => {}
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Adds what stands at the end of the innermost element.
    #[cold]
    fn write_rest(&mut self) {
        let rest = self.open.last_mut().and_then(|open| open.rest.as_mut());
        let tail = rest.map(|rest| std::mem::take(&mut rest.tail)).unwrap_or_default();
        for node in &tail {
            self.node(node);
        }
        let rest = self.open.last_mut().and_then(|open| open.rest.take());
        if let Some(mixed) = rest.and_then(|rest| rest.mixed) {
            self.escape(mixed.text.get(mixed.written..).unwrap_or_default(), None);
        }
    }

    /// Writes characters so that reading gives the same ones.
    fn escape(&mut self, text: &str, attribute: Option<&str>) {
        if is_plain(text) {
            return self.out.push_str(text);
        }
        self.escape_some(text, attribute);
    }

    fn escape_some(&mut self, text: &str, attribute: Option<&str>) {
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let escaped = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\r' => "&#13;",
                '"' if attribute.is_some() => "&quot;",
                '\t' if attribute.is_some() => "&#9;",
                '\n' if attribute.is_some() => "&#10;",
                c if is_forbidden(c) => {
                    let message =
                        format!("character U+{:04X} cannot be written in XML; remove it", u32::from(c));
                    return self.refuse(message, attribute);
                }
                _ => continue,
            };
            self.out.push_str(text.get(plain..at).unwrap_or_default());
            self.out.push_str(escaped);
            plain = at + c.len_utf8();
        }
        self.out.push_str(text.get(plain..).unwrap_or_default());
    }

    fn refuse(&mut self, message: String, attribute: Option<&str>) {
        let mut element: Vec<&str> = self.open.iter().map(|open| open.name).collect();
        let named = attribute.map(|name| format!("attribute {name}"));
        element.extend(named.as_deref());
        self.error.get_or_insert_with(|| Error::unwritable(element.join(" / "), message));
    }
}

fn new_line(out: &mut String, depth: usize) {
    const DEEP: &str = "\n                                                                ";
    if let Some(line) = DEEP.get(..=2 * depth) {
        return out.push_str(line);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

impl Document {
    /// Writes the document: UTF-8, in the order of the DTD, without defaults.
    ///
    /// The same model gives the same bytes. Numbers and times are written as
    /// they are spelled: those made from values are spelled as cXML wants.
    ///
    /// # Errors
    /// * When a text holds a character that XML cannot say.
    /// * When something that the DTD requires is not there: a list of at least
    ///   one is empty, none of several choices is made, or what was read lacked
    ///   it.
    /// * When a number is not spelled with digits and a dot, a time not with date
    ///   and numeric offset (`+00:00` for `Z`), or a token is none that the DTD lists.
    /// * When something is newer than the version that the DOCTYPE names: the
    ///   error says which version has it.
    ///
    /// What is left for the validator to find are raw elements and the few rules
    /// between fields that the types do not show.
    ///
    /// ```
    /// use punchout_cxml::{Document, Response};
    ///
    /// let answer = Document::new("1@example.com", "2026-03-01T14:05:00+01:00", Response::ok());
    /// let bytes = answer.write()?;
    /// assert!(bytes.ends_with(b"</cXML>\n"));
    /// # Ok::<(), punchout_cxml::Error>(())
    /// ```
    pub fn write(&self) -> Result<Vec<u8>, Error> {
        let text = self.write_with(true)?;
        since::check(&text, &self.doctype.system_id)?;
        Ok(text.into_bytes())
    }

    /// Writes the document whatever it holds and its DOCTYPE says: for what was
    /// read, since senders leave things out, spell numbers and dates in their
    /// own ways, and often name an older version than they use.
    ///
    /// # Errors
    /// When a text holds a character that XML cannot say.
    pub fn write_unchecked(&self) -> Result<Vec<u8>, Error> {
        self.write_text().map(String::into_bytes)
    }

    pub(crate) fn write_text(&self) -> Result<String, Error> {
        self.write_with(false)
    }

    fn write_with(&self, is_strict: bool) -> Result<String, Error> {
        let mut writer = Writer::new(is_strict);
        writer.out.push_str(DECLARATION);
        writer.doctype("cXML", &self.doctype.system_id);
        self.write_to(&mut writer);
        writer.finish()
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes a document of any root.
pub(crate) fn raw_document(root: &RawElement, system_id: Option<&str>) -> Result<String, Error> {
    let mut writer = Writer::new(false);
    writer.out.push_str(DECLARATION);
    if let Some(system_id) = system_id {
        writer.doctype(root.name(), system_id);
    }
    writer.raw(root);
    writer.finish()
}

impl Writer {
    fn finish(mut self) -> Result<String, Error> {
        self.out.push('\n');
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    /// A system identifier has no way to escape anything, so what cannot stand
    /// in it is refused.
    fn doctype(&mut self, root: &str, system_id: &str) {
        let quote = if system_id.contains('"') { '\'' } else { '"' };
        if system_id.contains(quote) || system_id.contains(is_forbidden) {
            let message =
                format!("{} cannot be written as system identifier", punchout_core::excerpt(system_id));
            self.error = Some(Error::unwritable("DOCTYPE".into(), message));
        }
        for part in ["<!DOCTYPE ", root, " SYSTEM ", quote.encode_utf8(&mut [0; 4]), system_id] {
            self.out.push_str(part);
        }
        self.out.push(quote);
        self.out.push_str(">\n");
    }
}
