use std::ops::Range;

use punchout_core::{Code, Diagnostic, Limits, Severity, Sink, Source, Text};

use crate::element::Element;
use crate::xml::{Attribute, Event, Scanner, Tag};
use crate::{AnyContent, Error, RawElement, code};

/// Walks through a document for the model.
pub(crate) struct Cursor<'a> {
    source: &'a Source,
    scanner: Scanner<'a>,
    limits: Limits,
    sink: &'a mut dyn Sink,
    /// What to add to an offset for the place in the input, if that is known.
    spans_from: Option<usize>,
    /// The elements that are being read, and how often the like was met before.
    path: Vec<(&'a str, usize)>,
    items: usize,
}

/// The text of an element, joined from its pieces.
#[derive(Default)]
pub(crate) enum Content {
    #[default]
    Empty,
    /// One piece, as it stands in the document.
    Piece(Range<usize>),
    Joined(String),
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(
        source: &'a Source,
        limits: Limits,
        spans_from: Option<usize>,
        sink: &'a mut dyn Sink,
    ) -> Result<Self, Error> {
        let scanner = Scanner::new(source.as_str(), limits)?;
        Ok(Self { source, scanner, limits, sink, spans_from, path: Vec::new(), items: 0 })
    }

    /// The next event, for what lies outside of elements.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        self.scanner.next()
    }

    pub(super) fn text_of_document(&self) -> &'a str {
        self.scanner.text()
    }

    /// Goes to the next child of an element; `None` is the element's end. The
    /// text on the way there goes into `content`.
    pub(crate) fn child(&mut self, of: &Tag<'a>, content: &mut Content) -> Result<Option<Tag<'a>>, Error> {
        if of.is_empty {
            return Ok(None);
        }
        loop {
            match self.scanner.next()? {
                Event::Open(tag) => return Ok(Some(tag)),
                Event::Close { .. } => return Ok(None),
                Event::Text(range) => self.add_text(range, content)?,
                Event::CData(range) => {
                    let piece = self.scanner.piece(range);
                    self.add(content, |joined| push_lines(piece, joined))?;
                }
                Event::Character(c) => self.add(content, |joined| joined.push(c))?,
                Event::Aside | Event::Doctype(..) | Event::Entity(_) | Event::End => {}
            }
        }
    }

    fn add_text(&mut self, range: Range<usize>, content: &mut Content) -> Result<(), Error> {
        let piece = self.scanner.piece(range.clone());
        if matches!(content, Content::Empty) && !piece.contains('\r') {
            self.limits.check_value(range.len())?;
            *content = Content::Piece(range);
            return Ok(());
        }
        self.add(content, |joined| push_lines(piece, joined))
    }

    fn add(&mut self, content: &mut Content, push: impl FnOnce(&mut String)) -> Result<(), Error> {
        let mut joined = match std::mem::take(content) {
            Content::Empty => String::new(),
            Content::Piece(range) => self.scanner.piece(range).to_owned(),
            Content::Joined(joined) => joined,
        };
        push(&mut joined);
        self.limits.check_value(joined.len())?;
        *content = Content::Joined(joined);
        Ok(())
    }

    /// The text that was collected.
    pub(crate) fn finish(&self, content: Content) -> Text {
        match content {
            Content::Empty => Text::EMPTY,
            Content::Piece(range) => self.slice(range),
            Content::Joined(joined) => Text::from(joined),
        }
    }

    fn slice(&self, range: Range<usize>) -> Text {
        self.source.slice(range).expect("events begin and end between characters")
    }

    /// Reports text where the model has none; white space is layout.
    pub(crate) fn refuse_text(&mut self, content: &Content) {
        let is_layout = match content {
            Content::Empty => true,
            Content::Piece(range) => self.scanner.piece(range.clone()).trim_ascii().is_empty(),
            Content::Joined(joined) => joined.trim_ascii().is_empty(),
        };
        if !is_layout {
            self.report(code::DROPPED, Severity::Error, None, || {
                ("text between the elements is dropped".into(), "remove it")
            });
        }
    }

    /// Reads an element whose content is text alone.
    pub(crate) fn text(&mut self, tag: &Tag<'a>) -> Result<Text, Error> {
        let mut content = Content::Empty;
        while let Some(child) = self.child(tag, &mut content)? {
            self.drop_child(&child)?;
        }
        Ok(self.finish(content))
    }

    /// Reads an element that may hold anything.
    pub(crate) fn any(&mut self, tag: &Tag<'a>) -> Result<AnyContent, Error> {
        let mut content = Content::Empty;
        let Some(child) = self.child(tag, &mut content)? else {
            return Ok(AnyContent::from(self.finish(content)));
        };
        self.skip(&child)?;
        loop {
            match self.scanner.next()? {
                Event::Open(tag) => drop(self.skip(&tag)?),
                Event::Close { .. } => break,
                _ => {}
            }
        }
        let end = self.scanner.start();
        self.limits.check_value(end - tag.end)?;
        Ok(AnyContent::known_xml(self.slice(tag.end..end)))
    }

    /// Reads an element as it stands.
    pub(crate) fn raw(&mut self, tag: &Tag<'a>) -> Result<RawElement, Error> {
        let end = self.skip(tag)?;
        self.limits.check_value(end - tag.start)?;
        let name = self.slice(tag.start + 1..tag.start + 1 + tag.name.len());
        Ok(RawElement::known(name, self.slice(tag.start..end)))
    }

    /// Passes over an element and says where it ends.
    fn skip(&mut self, tag: &Tag<'a>) -> Result<usize, Error> {
        let mut open = usize::from(!tag.is_empty);
        let mut end = tag.end;
        while open > 0 {
            match self.scanner.next()? {
                Event::Open(tag) => open += usize::from(!tag.is_empty),
                Event::Close { end: after } => {
                    open -= 1;
                    end = after;
                }
                _ => {}
            }
        }
        Ok(end)
    }

    /// Reads a part of the model.
    pub(crate) fn element<T: Element>(&mut self, tag: Tag<'a>) -> Result<T, Error> {
        if tag.name == "ItemOut" {
            self.items += 1;
            self.limits.check_items(self.items)?;
        }
        self.path.push((tag.name, self.items));
        let read = T::read(self, tag);
        self.path.pop();
        read
    }

    /// Reads the one child that an element is made for, as `Charge` is for its
    /// `Money`.
    pub(crate) fn wrapped<T: Element>(&mut self, tag: Tag<'a>, inner: &'static str) -> Result<T, Error> {
        self.path.push((tag.name, self.items));
        self.drop_attributes();
        let mut found = None;
        let mut content = Content::Empty;
        while let Some(child) = self.child(&tag, &mut content)? {
            if child.name == inner && found.is_none() {
                found = Some(self.element(child)?);
            } else {
                self.drop_child(&child)?;
            }
        }
        self.refuse_text(&content);
        if found.is_none() {
            self.missing(inner);
        }
        self.path.pop();
        Ok(found.unwrap_or_else(T::blank))
    }

    /// The attributes of the tag that was read last.
    pub(crate) fn take_attributes(&mut self) -> Vec<Attribute<'a>> {
        self.scanner.take_attributes()
    }

    /// Gives the space of taken attributes back.
    pub(crate) fn reuse(&mut self, attributes: Vec<Attribute<'a>>) {
        self.scanner.reuse(attributes);
    }

    /// The value of an attribute.
    pub(crate) fn value(&self, attribute: &Attribute<'a>) -> Text {
        let range = attribute.value.clone();
        if self.scanner.piece(range.clone()).contains(['&', '\t', '\r', '\n']) {
            let mut value = String::new();
            self.scanner.push_value(range, &mut value);
            return Text::from(value);
        }
        self.slice(range)
    }

    /// Reports all attributes of the tag that was read last as lost.
    pub(crate) fn drop_attributes(&mut self) {
        for attribute in self.take_attributes() {
            self.drop_attribute(&attribute);
        }
    }

    /// Reports an attribute as lost.
    pub(crate) fn drop_attribute(&mut self, attribute: &Attribute<'a>) {
        let name = attribute.name;
        self.report(code::DROPPED, Severity::Error, Some(attribute.value.clone()), || {
            (
                format!("attribute {} has no place here and is dropped", punchout_core::excerpt(name)),
                "remove it",
            )
        });
    }

    /// Passes over a child and reports it as lost.
    pub(crate) fn drop_child(&mut self, child: &Tag<'a>) -> Result<(), Error> {
        let name = child.name;
        self.report(code::DROPPED, Severity::Error, Some(child.start..child.end), || {
            (
                format!("element {} has no place here and is dropped", punchout_core::excerpt(name)),
                "remove it",
            )
        });
        self.skip(child).map(drop)
    }

    /// Keeps a child that the model does not know, where there is room for it.
    pub(crate) fn unknown(
        &mut self,
        child: &Tag<'a>,
        room: Option<&mut Vec<RawElement>>,
    ) -> Result<(), Error> {
        let Some(room) = room else { return self.drop_child(child) };
        let name = child.name;
        self.report(code::UNKNOWN, Severity::Warning, Some(child.start..child.end), || {
            let message =
                format!("element {} is not known here; it is kept as it is", punchout_core::excerpt(name));
            (message, "remove it, or put what it says into an Extrinsic")
        });
        room.push(self.raw(child)?);
        Ok(())
    }

    /// Reports that something required is absent.
    pub(crate) fn missing(&mut self, what: &'static str) {
        self.report(code::MISSING, Severity::Error, None, || {
            (format!("`{what}` is missing and is read as empty"), "add it")
        });
    }

    /// Reports a finding about the element that is being read.
    pub(crate) fn report(
        &mut self,
        code: Code,
        severity: Severity,
        span: Option<Range<usize>>,
        say: impl FnOnce() -> (String, &'static str),
    ) {
        if !self.sink.wants(severity) {
            return;
        }
        let (message, help) = say();
        let mut finding = Diagnostic::new(code, severity, message).help(help).at(self.place());
        if let (Some(from), Some(span)) = (self.spans_from, span) {
            finding = finding.span(span.start + from..span.end + from);
        }
        self.sink.report(finding);
    }

    /// The path to the element that is being read, lines with their number.
    fn place(&self) -> String {
        let mut place = String::new();
        for (name, items) in &self.path {
            if !place.is_empty() {
                place.push_str(" / ");
            }
            place.push_str(name);
            if *name == "ItemOut" {
                place.push(' ');
                place.push_str(&items.to_string());
            }
        }
        place
    }
}

/// Adds text with its line ends made line feeds, as XML wants.
fn push_lines(piece: &str, into: &mut String) {
    let mut rest = piece;
    while let Some((line, after)) = rest.split_once('\r') {
        into.push_str(line);
        into.push('\n');
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    into.push_str(rest);
}
