use std::ops::Range;

use punchout_core::{Code, Diagnostic, LimitExceeded, Limits, Severity, Sink, Source, Text, truncated};

use crate::dtd::Validation;
use crate::element::Element;
use crate::other::{Last, Node};
use crate::raw::standing_alone;
use crate::xml::{Attribute, Event, Kind, Scanner, Tag, push_value};
use crate::{AnyContent, Document, Error, Other, RawElement, Report, code, entity};

/// Walks through a document for the model.
pub(crate) struct Cursor<'a> {
    source: &'a Source,
    scanner: Scanner<'a>,
    limits: Limits,
    sink: &'a mut dyn Sink,
    validation: Option<Box<Validation<'a>>>,
    /// How many more entities are reported.
    entities_left: usize,
    /// Whether what is read belongs to markup that is kept as it stands.
    is_skipping: bool,
    /// What to add to an offset for the place in the input, if that is known.
    spans_from: Option<usize>,
    /// The elements that are being read, and how often the like was met before.
    path: Vec<(&'a str, usize)>,
    items: usize,
    /// Where the first line stands of the list that was begun last.
    first_line: usize,
    /// How many bytes may still be taken for lines that are only guessed.
    room_ahead: usize,
    /// How many documents inside of documents are being read.
    inner_documents: usize,
    /// What a child had that its parent has to keep.
    leftovers: Vec<Node>,
}

/// The text of an element, joined from its pieces.
#[derive(Default)]
pub(crate) enum Content {
    #[default]
    Empty,
    /// White space, as it stands in the document.
    Blank(Range<usize>),
    /// One piece, as it stands in the document.
    Piece(Range<usize>),
    Joined(String),
}

/// What an element may have between its tags.
pub(crate) enum Inside {
    /// Elements; other text than white space is stray.
    Elements,
    /// Text, and how much of it stands before each child.
    Text { content: Content, before: Vec<usize> },
}

impl Inside {
    pub(crate) fn text() -> Self {
        Self::Text { content: Content::Empty, before: Vec::new() }
    }
}

impl Content {
    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Blank(range) | Self::Piece(range) => range.len(),
            Self::Joined(joined) => joined.len(),
        }
    }
}

impl<'a> Cursor<'a> {
    /// Walks through markup that nobody sent.
    pub(crate) fn over_given(source: &'a Source, sink: &'a mut dyn Sink) -> Result<Self, Error> {
        let scanner = Scanner::new(source.as_str(), Limits::default())?.refusing_entities();
        Ok(Self::over(source, scanner, None, sink))
    }

    /// Walks on with a scanner of the source.
    pub(crate) fn over(
        source: &'a Source,
        scanner: Scanner<'a>,
        spans_from: Option<usize>,
        sink: &'a mut dyn Sink,
    ) -> Self {
        let limits = scanner.limits();
        Self {
            source,
            scanner,
            limits,
            sink,
            validation: None,
            entities_left: limits.diagnostics,
            is_skipping: false,
            spans_from,
            path: Vec::new(),
            items: 0,
            first_line: 0,
            room_ahead: source.as_str().len(),
            inner_documents: 0,
            leftovers: Vec::new(),
        }
    }

    /// Has the document validated while it is read.
    pub(super) fn with_validation(mut self, validation: Validation<'a>) -> Self {
        self.validation = Some(Box::new(validation));
        self
    }

    /// What validation came to, once the document is read to its end.
    pub(super) fn into_report(self) -> Option<Report> {
        self.validation.map(|validation| validation.into_report())
    }

    /// The next event, for what lies outside of elements.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        let kind = self.advance()?;
        Ok(self.scanner.event(kind))
    }

    /// Goes to the next event.
    #[inline]
    fn advance(&mut self) -> Result<Kind, Error> {
        let kind = self.scanner.advance()?;
        if let Some(validation) = &mut self.validation {
            validation.event(kind, &self.scanner, self.sink);
        } else if self.scanner.names_entities(kind) {
            self.report_entities(kind);
        }
        Ok(kind)
    }

    /// Reports the entities that the last event names.
    #[cold]
    fn report_entities(&mut self, kind: Kind) {
        if self.entities_left == 0 || !self.sink.wants(Severity::Error) {
            return;
        }
        let mut place = self.place();
        if kind == Kind::Open && !self.is_skipping {
            let name = self.scanner.tag().name;
            push_place(&mut place, name, self.items + usize::from(self.is_next_line(name)));
        }
        for name in self.scanner.entities(kind).take(self.entities_left) {
            self.entities_left -= 1;
            self.sink.report(entity::finding(&self.scanner, name, place.clone(), self.spans_from));
        }
    }

    /// Notes where the first line of a list stands.
    pub(crate) fn first_line(&mut self, line: &Tag<'a>) {
        if is_line(line.name) {
            self.first_line = line.start;
        }
    }

    /// How many more lines are likely to come, this one and those after it.
    ///
    /// Lines are large, and moving them each time that their list grows costs as
    /// much as reading them. The guess goes by the length of those before. All
    /// guesses together take no more room than the document; after that a list
    /// doubles each time.
    pub(crate) fn lines_ahead(&mut self, line: &Tag<'a>, so_far: usize, size: usize) -> usize {
        if so_far < 4 || !is_line(line.name) {
            return 1;
        }
        let ahead = self.scanner.text().len().saturating_sub(line.start);
        let behind = line.start.saturating_sub(self.first_line).max(1);
        let guess = ahead.saturating_mul(so_far) / behind;
        // Lines grow longer with their numbers, if nothing else.
        let guess = guess.saturating_add(guess / 16).min(self.room_ahead / size.max(1));
        self.room_ahead -= guess * size;
        guess.max(so_far)
    }

    pub(super) fn text_of_document(&self) -> &'a str {
        self.scanner.text()
    }

    /// Goes to the next child of an element; `None` is the element's end. The
    /// text on the way there goes into `content`.
    #[inline]
    pub(crate) fn child(&mut self, of: &Tag<'a>, content: &mut Content) -> Result<Option<Tag<'a>>, Error> {
        let is_there = !of.is_empty && self.find_child(content)?;
        Ok(is_there.then(|| *self.scanner.tag()))
    }

    /// Passes over white space between elements, where it means nothing.
    #[inline]
    fn skip_layout(&mut self) {
        if self.validation.as_ref().is_none_or(|validation| validation.ignores_layout()) {
            self.scanner.skip_layout();
        }
    }

    /// Goes through the rest of an element that has nothing but text without
    /// references, as most do that have text; says where it stands.
    #[inline]
    fn text_and_end(&mut self) -> Result<Option<Range<usize>>, Error> {
        if self.validation.as_ref().is_some_and(|validation| !validation.ignores_text()) {
            return Ok(None);
        }
        let range = self.scanner.text_and_end()?;
        if range.is_some()
            && let Some(validation) = &mut self.validation
        {
            validation.end_text();
        }
        Ok(range)
    }

    fn find_child(&mut self, content: &mut Content) -> Result<bool, Error> {
        loop {
            match self.advance()? {
                Kind::Open => return Ok(true),
                Kind::Close => return Ok(false),
                Kind::Text => self.add_text(content)?,
                Kind::CData => {
                    let piece = self.scanner.piece(self.scanner.inside());
                    self.add(content, |joined| push_lines(piece, joined))?;
                }
                Kind::Character => {
                    let c = self.scanner.character();
                    self.add(content, |joined| joined.push(c))?;
                }
                Kind::Entity => {
                    let reference = self.scanner.piece(self.scanner.span());
                    self.add(content, |joined| joined.push_str(reference))?;
                }
                Kind::Aside | Kind::Doctype | Kind::End => {}
            }
        }
    }

    fn add_text(&mut self, content: &mut Content) -> Result<(), Error> {
        let range = self.scanner.inside();
        let is_first = matches!(content, Content::Empty);
        if is_first && self.scanner.is_blank() {
            self.limits.check_value(range.len())?;
            *content = Content::Blank(range);
            return Ok(());
        }
        let piece = self.scanner.piece(range.clone());
        if is_first && !(self.scanner.has_returns() && piece.contains('\r')) {
            self.limits.check_value(range.len())?;
            *content = Content::Piece(range);
            return Ok(());
        }
        self.add(content, |joined| push_lines(piece, joined))
    }

    #[cold]
    fn add(&mut self, content: &mut Content, push: impl FnOnce(&mut String)) -> Result<(), Error> {
        let mut joined = match std::mem::take(content) {
            Content::Joined(joined) => joined,
            content => {
                let text = self.finish(content);
                let mut joined = String::with_capacity(2 * text.len() + 32);
                joined.push_str(&text);
                joined
            }
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
            Content::Blank(range) if self.scanner.has_returns() => {
                let mut lines = String::new();
                push_lines(self.scanner.piece(range), &mut lines);
                Text::from(lines)
            }
            Content::Blank(range) | Content::Piece(range) => self.slice(range),
            Content::Joined(joined) => Text::from(joined),
        }
    }

    pub(super) fn slice(&self, range: Range<usize>) -> Text {
        self.source.slice(range).expect("events begin and end between characters")
    }

    /// Goes to the next child of an element of the model; `None` is the
    /// element's end.
    #[inline]
    pub(crate) fn child_in(
        &mut self,
        of: &Tag<'a>,
        inside: &mut Inside,
        last: Last,
        other: &mut Other,
    ) -> Result<Option<Tag<'a>>, Error> {
        let is_there = !of.is_empty && self.find_child_in(inside, last, other)?;
        Ok(is_there.then(|| *self.scanner.tag()))
    }

    fn find_child_in(&mut self, inside: &mut Inside, last: Last, other: &mut Other) -> Result<bool, Error> {
        match inside {
            Inside::Text { content, before } => {
                if matches!(content, Content::Empty)
                    && let Some(range) = self.text_and_end()?
                {
                    *content = Content::Piece(range);
                    return Ok(false);
                }
                let is_there = self.find_child(content)?;
                if is_there {
                    if matches!(content, Content::Blank(_)) && self.scanner.has_returns() {
                        // What is counted is what line ends are made of.
                        self.add(content, |_| {})?;
                    }
                    before.push(content.len());
                }
                Ok(is_there)
            }
            Inside::Elements => {
                self.skip_layout();
                let mut stray = Content::Empty;
                let is_there = self.find_child(&mut stray)?;
                if !self.is_layout(&stray) {
                    self.keep_stray(stray, last, other);
                }
                Ok(is_there)
            }
        }
    }

    #[cold]
    fn keep_stray(&mut self, stray: Content, last: Last, other: &mut Other) {
        self.report(code::UNKNOWN, Severity::Warning, None, || {
            ("text between the elements is kept".into(), "remove it")
        });
        let text = self.finish(stray);
        other.keep_after(last, Node::Text(text));
    }

    /// The text of an element that has some.
    pub(crate) fn finish_text(&self, inside: Inside, other: &mut Other) -> Text {
        let Inside::Text { content, before } = inside else { return Text::EMPTY };
        let text = self.finish(content);
        other.keep_mixed(&text, before);
        text
    }

    fn is_layout(&self, content: &Content) -> bool {
        match content {
            Content::Empty | Content::Blank(_) => true,
            Content::Piece(range) => self.scanner.piece(range.clone()).trim_ascii().is_empty(),
            Content::Joined(joined) => joined.trim_ascii().is_empty(),
        }
    }

    /// Reads an element whose content is text alone.
    pub(crate) fn text(&mut self, tag: &Tag<'a>) -> Result<Text, Error> {
        if !tag.is_empty
            && let Some(range) = self.text_and_end()?
        {
            return Ok(self.slice(range));
        }
        let mut content = Content::Empty;
        while let Some(child) = self.child(tag, &mut content)? {
            self.report_unknown(&child);
            let element = self.raw(&child)?;
            self.leftovers.push(Node::Element(element));
        }
        Ok(self.finish(content))
    }

    /// Reads an element that may hold anything.
    pub(crate) fn any(&mut self, tag: &Tag<'a>) -> Result<AnyContent, Error> {
        if !tag.is_empty
            && let Some(range) = self.text_and_end()?
        {
            return Ok(AnyContent::from(self.slice(range)));
        }
        let mut content = Content::Empty;
        let Some(child) = self.child(tag, &mut content)? else {
            return Ok(AnyContent::from(self.finish(content)));
        };
        self.skip(&child)?;
        loop {
            match self.advance()? {
                Kind::Open => {
                    let tag = *self.scanner.tag();
                    self.skip(&tag)?;
                }
                Kind::Close => break,
                _ => {}
            }
        }
        let end = self.scanner.start();
        Ok(AnyContent::known_xml(self.markup(tag.start..self.scanner.end(), tag.end..end)?))
    }

    /// Reads an element as it stands.
    pub(crate) fn raw(&mut self, tag: &Tag<'a>) -> Result<RawElement, Error> {
        let end = self.skip(tag)?;
        let name = self.slice(tag.start + 1..tag.start + 1 + tag.name.len());
        Ok(RawElement::known(name, self.markup(tag.start..end, tag.start..end)?))
    }

    /// A part of an element that was read, to be kept as markup.
    fn markup(&self, element: Range<usize>, part: Range<usize>) -> Result<Text, Error> {
        self.limits.check_value(part.len())?;
        if self.scanner.last_entity().is_none_or(|at| at < part.start) {
            return Ok(self.slice(part));
        }
        let from = element.start;
        let alone = standing_alone(self.scanner.piece(element), part.start - from..part.end - from);
        self.limits.check_value(alone.len())?;
        Ok(Text::from(alone))
    }

    /// Passes over an element and says where it ends.
    fn skip(&mut self, tag: &Tag<'a>) -> Result<usize, Error> {
        let mut open = usize::from(!tag.is_empty);
        let mut end = tag.end;
        self.is_skipping = true;
        while open > 0 {
            match self.advance()? {
                Kind::Open => open += usize::from(!self.scanner.tag().is_empty),
                Kind::Close => {
                    open -= 1;
                    end = self.scanner.end();
                }
                _ => {}
            }
        }
        self.is_skipping = false;
        Ok(end)
    }

    /// Reads a part of the model.
    pub(crate) fn element<T: Element>(&mut self, tag: Tag<'a>) -> Result<T, Error> {
        let mut blank = T::blank();
        self.element_into(&mut blank, tag)?;
        Ok(blank)
    }

    /// Reads a part of the model to where it stays.
    pub(crate) fn element_into<T: Element>(&mut self, blank: &mut T, tag: Tag<'a>) -> Result<(), Error> {
        if self.is_next_line(tag.name) {
            self.items += 1;
            self.limits.check_items(self.items)?;
        }
        self.path.push((tag.name, self.items));
        let read = blank.read_into(self, tag);
        self.path.pop();
        read
    }

    /// Whether an element of this name is one more line here.
    fn is_next_line(&self, name: &str) -> bool {
        // An article that stands for a confirmed line is no line of its own.
        is_line(name) && !matches!(self.path.last(), Some(("ConfirmationStatus", _)))
    }

    /// Reads a document inside of a document.
    ///
    /// They call each other, so the stack has to bear them: their number has a
    /// limit of its own, whatever the limit on depth.
    pub(super) fn inner_document(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Document, Error>,
    ) -> Result<Document, Error> {
        const MOST: usize = 8;
        self.inner_documents += 1;
        LimitExceeded::check("documents inside of each other", MOST, self.inner_documents)?;
        let document = read(self);
        self.inner_documents -= 1;
        document
    }

    /// Reads the one child that an element is made for, as `Charge` is for its
    /// `Money`.
    pub(crate) fn wrapped<T: Element>(
        &mut self,
        blank: &mut T,
        tag: Tag<'a>,
        inner: &'static str,
    ) -> Result<(), Error> {
        self.path.push((tag.name, self.items));
        self.keep_leaf_attributes();
        // the child has children of its own, which may leave something too
        let mut nodes = std::mem::take(&mut self.leftovers);
        let attributes = nodes.len();
        let mut is_found = false;
        loop {
            if !tag.is_empty {
                self.skip_layout();
            }
            let mut content = Content::Empty;
            let child = self.child(&tag, &mut content)?;
            // layout does not count: each writing would add to it
            if !self.is_layout(&content) {
                nodes.push(Node::Text(self.finish(content)));
            }
            let Some(child) = child else { break };
            if child.name == inner && !is_found {
                self.element_into(blank, child)?;
                is_found = true;
                if nodes.len() > attributes {
                    nodes.push(Node::Inner);
                }
            } else {
                self.report_unknown(&child);
                nodes.push(Node::Element(self.raw(&child)?));
            }
        }
        if !is_found {
            self.report_missing(inner);
            nodes.push(Node::Absent(inner.into()));
        }
        self.leftovers = nodes;
        self.path.pop();
        Ok(())
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
        if attribute.is_plain {
            return self.slice(range);
        }
        let mut value = String::new();
        push_value(self.scanner.piece(range), &mut value);
        Text::from(value)
    }

    /// Keeps the attributes of an element that has no room for them.
    pub(crate) fn keep_leaf_attributes(&mut self) {
        let attributes = self.take_attributes();
        for attribute in &attributes {
            self.report_attribute(attribute);
            let value = self.value(attribute);
            self.leftovers.push(Node::Attribute { name: attribute.name.into(), value });
        }
        self.reuse(attributes);
    }

    /// Keeps what the child that was read last had no room for.
    pub(crate) fn keep_leftovers(&mut self, child: Last, other: &mut Other) {
        if !self.leftovers.is_empty() {
            other.keep_in(child, std::mem::take(&mut self.leftovers));
        }
    }

    /// Keeps an attribute that the model does not know.
    pub(crate) fn keep_attribute(&mut self, attribute: &Attribute<'a>, other: &mut Other) {
        self.report_attribute(attribute);
        let value = self.value(attribute);
        other.keep_own(Node::Attribute { name: attribute.name.into(), value });
    }

    /// Keeps the attribute that older documents say their version with.
    pub(super) fn keep_version(&self, attribute: &Attribute<'a>, other: &mut Other) {
        let value = self.value(attribute);
        other.keep_own(Node::Attribute { name: attribute.name.into(), value });
    }

    /// Where the last event ends.
    pub(super) fn end(&self) -> usize {
        self.scanner.end()
    }

    /// An element that was read, as it stands.
    pub(super) fn again(&self, name: &'static str, element: Range<usize>) -> Result<RawElement, Error> {
        Ok(RawElement::known(name.into(), self.markup(element.clone(), element)?))
    }

    fn report_attribute(&mut self, attribute: &Attribute<'a>) {
        let name = attribute.name;
        self.report(code::UNKNOWN, Severity::Warning, Some(attribute.value.clone()), || {
            let name = punchout_core::excerpt(name);
            (format!("attribute {name} is not known here; it is kept as it is"), "remove it")
        });
    }

    /// Keeps a child that the model does not know.
    pub(crate) fn keep_unknown(
        &mut self,
        child: &Tag<'a>,
        last: Last,
        other: &mut Other,
    ) -> Result<(), Error> {
        self.report_unknown(child);
        let element = self.raw(child)?;
        other.keep_after(last, Node::Element(element));
        Ok(())
    }

    fn report_unknown(&mut self, child: &Tag<'a>) {
        let name = child.name;
        self.report(code::UNKNOWN, Severity::Warning, Some(child.start..child.end), || {
            let message =
                format!("element {} is not known here; it is kept as it is", punchout_core::excerpt(name));
            (message, "remove it, or put what it says into an Extrinsic")
        });
    }

    /// Keeps a child that may be there once, and was there before.
    pub(crate) fn keep_repeated(
        &mut self,
        child: &Tag<'a>,
        last: Last,
        other: &mut Other,
    ) -> Result<(), Error> {
        let name = child.name;
        self.report(code::REPEATED, Severity::Error, Some(child.start..child.end), || {
            let name = punchout_core::excerpt(name);
            (
                format!("element {name} is there again; the first one counts, this one is kept as it is"),
                "remove it",
            )
        });
        let element = self.raw(child)?;
        other.keep_after(last, Node::Element(element));
        Ok(())
    }

    /// Reports that something required is absent, and remembers it.
    pub(crate) fn missing(&mut self, what: &'static str, other: &mut Other) {
        self.report_missing(what);
        other.keep_own(Node::Absent(what.into()));
    }

    fn report_missing(&mut self, what: &'static str) {
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
            push_place(&mut place, name, *items);
        }
        place
    }
}

fn push_place(place: &mut String, name: &str, items: usize) {
    if !place.is_empty() {
        place.push_str(" / ");
    }
    place.push_str(truncated(name, 64));
    if is_line(name) {
        place.push(' ');
        place.push_str(&items.to_string());
    }
}

/// Whether it is a line of a document. Lines are counted and found by number.
fn is_line(name: &str) -> bool {
    matches!(
        name,
        "ItemOut"
            | "ItemIn"
            | "ConfirmationItem"
            | "ShipNoticeItem"
            | "InvoiceDetailItem"
            | "InvoiceDetailServiceItem"
    )
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
