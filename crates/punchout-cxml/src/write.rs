//! Writing: from the model to bytes.

use std::borrow::Cow;

use crate::element::Element as _;
use crate::xml::is_forbidden;
use crate::{AnyContent, Body, Document, Error, Payload, RawElement, Request, Response};

/// Puts elements together.
///
/// Children stand on lines of their own, indented, where that adds nothing to
/// a text.
pub(crate) struct Writer {
    out: String,
    open: Vec<Open>,
    /// The first thing that could not be written.
    error: Option<Error>,
}

struct Open {
    name: &'static str,
    holds: Holds,
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
    fn new() -> Self {
        Self { out: String::new(), open: Vec::new(), error: None }
    }

    /// Starts an element.
    pub(crate) fn open(&mut self, name: &'static str) {
        self.before_child();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(Open { name, holds: Holds::Tag });
    }

    fn before_child(&mut self) {
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

    /// Adds the elements of this name.
    pub(crate) fn raw_named(&mut self, elements: &[RawElement], name: &str) {
        for element in elements.iter().filter(|element| element.name() == name) {
            self.raw(element);
        }
    }

    /// Adds the elements of other names.
    pub(crate) fn raw_except(&mut self, elements: &[RawElement], names: &[&str]) {
        for element in elements.iter().filter(|element| !names.contains(&element.name())) {
            self.raw(element);
        }
    }

    /// Ends the element that was started last.
    pub(crate) fn close(&mut self) {
        let Some(Open { name, holds }) = self.open.pop() else { return };
        match holds {
            Holds::Tag | Holds::TagOfText => return self.out.push_str("/>"),
            Holds::Children => new_line(&mut self.out, self.open.len()),
            Holds::Text => {}
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes characters so that reading gives the same ones.
    fn escape(&mut self, text: &str, attribute: Option<&'static str>) {
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
                c if is_forbidden(c) => return self.refuse(c, attribute),
                _ => continue,
            };
            self.out.push_str(text.get(plain..at).unwrap_or_default());
            self.out.push_str(escaped);
            plain = at + c.len_utf8();
        }
        self.out.push_str(text.get(plain..).unwrap_or_default());
    }

    fn refuse(&mut self, c: char, attribute: Option<&'static str>) {
        let mut element: Vec<&str> = self.open.iter().map(|open| open.name).collect();
        let named = attribute.map(|name| format!("attribute {name}"));
        element.extend(named.as_deref());
        let message = format!("character U+{:04X} cannot be written in XML; remove it", u32::from(c));
        self.error.get_or_insert_with(|| Error::unwritable(element.join(" / "), message));
    }
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

impl Document {
    /// Writes the document: UTF-8, in the order of the DTD, without defaults.
    ///
    /// The same model gives the same bytes. What the DTD requires is the
    /// caller's to give, as the constructors do.
    ///
    /// # Errors
    /// When a text holds a character that XML cannot say.
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
        let mut writer = Writer::new();
        writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        writer.doctype(&self.doctype.system_id);
        writer.open("cXML");
        writer.attribute("payloadID", Some(Cow::from(&*self.payload_id)));
        writer.attribute("timestamp", Some(Cow::from(self.timestamp.as_sent())));
        writer.attribute("signatureVersion", self.signature_version.as_deref().map(Cow::from));
        writer.attribute("xml:lang", self.lang.as_deref().map(Cow::from));
        match &self.body {
            Body::Request(header, request) => {
                header.write(&mut writer, "Header");
                request.write(&mut writer);
            }
            Body::Message(header, message) => {
                header.write(&mut writer, "Header");
                writer.raw(message);
            }
            Body::Response(response) => response.write(&mut writer),
        }
        writer.raw_except(&self.other, &[]);
        writer.close();
        writer.out.push('\n');
        match writer.error {
            Some(error) => Err(error),
            None => Ok(writer.out.into_bytes()),
        }
    }
}

impl Writer {
    /// A system identifier has no way to escape anything, so what cannot stand
    /// in it is refused.
    fn doctype(&mut self, system_id: &str) {
        let quote = if system_id.contains('"') { '\'' } else { '"' };
        if system_id.contains(quote) || system_id.contains(is_forbidden) {
            let message =
                format!("{} cannot be written as system identifier", punchout_core::excerpt(system_id));
            self.error = Some(Error::unwritable("DOCTYPE".into(), message));
        }
        for part in ["<!DOCTYPE cXML SYSTEM ", quote.encode_utf8(&mut [0; 4]), system_id] {
            self.out.push_str(part);
        }
        self.out.push(quote);
        self.out.push_str(">\n");
    }
}

impl Request {
    fn write(&self, writer: &mut Writer) {
        use crate::element::Value as _;

        writer.open("Request");
        writer.attribute("deploymentMode", self.deployment_mode.write());
        writer.attribute("Id", self.id.as_deref().map(Cow::from));
        match &self.payload {
            Payload::OrderRequest(order) => order.write(writer, "OrderRequest"),
            Payload::Other(element) => writer.raw(element),
        }
        writer.close();
    }
}

impl Response {
    fn write(&self, writer: &mut Writer) {
        writer.open("Response");
        writer.attribute("Id", self.id.as_deref().map(Cow::from));
        self.status.write(writer, "Status");
        if let Some(payload) = &self.payload {
            writer.raw(payload);
        }
        writer.close();
    }
}
