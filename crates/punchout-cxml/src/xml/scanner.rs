use std::ops::Range;

use memchr::memchr;
use punchout_core::{Limits, excerpt};

use super::attributes::Attribute;
use super::chars::{Class, Survey, class, is_name, is_space, resolve, survey};
use super::decode::entities_in;
use super::doctype::Declared;
use super::eight;
use crate::Error;

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    /// Where the tag begins and ends in the document.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether it ends itself; no [`Event::Close`] follows then.
    pub(crate) is_empty: bool,
}

/// What a document is made of, as far as its outline goes.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    Open(Tag<'a>),
    Close,
    Doctype(Declared<'a>, Range<usize>),
    /// Text, references, comments and the like.
    Other,
    End,
}

/// What kind of event was found; the [`Scanner`] has the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// [`Scanner::tag`] and [`Scanner::attributes`].
    Open,
    Close,
    /// [`Scanner::inside`], as for the two that follow.
    Text,
    CData,
    /// A reference that means no character: to an entity that is none of XML's
    /// five. As text it says what stands there, [`Scanner::span`].
    Entity,
    /// [`Scanner::character`].
    Character,
    /// [`Scanner::declared`].
    Doctype,
    Aside,
    End,
}

/// Cuts a document into events and refuses what is not well-formed.
///
/// It goes through the text once, byte by byte: what markup is made of is
/// ASCII, and no byte of a longer character looks like ASCII.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "they have nothing to do with each other")]
pub(crate) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) limits: Limits,
    pub(super) attributes: Vec<Attribute<'a>>,
    /// The names of the open elements.
    pub(super) open: Vec<&'a str>,
    pub(super) fields: usize,
    /// Where the last event began.
    pub(super) start: usize,
    /// Where it ended.
    pub(super) position: usize,
    /// The tag that was read last.
    pub(super) tag: Tag<'a>,
    pub(super) inside: Range<usize>,
    pub(super) character: char,
    pub(super) declared: Option<Declared<'a>>,
    pub(super) stage: Stage,
    is_blank: bool,
    has_returns: bool,
    refuses_entities: bool,
    /// Whether the attributes of the last tag name entities.
    pub(super) has_entities: bool,
    /// Where the last reference to an entity begins.
    last_entity: Option<usize>,
    pub(super) is_standalone: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Prolog { doctype: bool },
    Root,
    Epilog,
}

/// What [`Scanner::byte`] gives behind the end. No document has one inside.
pub(super) const END: u8 = 0;

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str, limits: Limits) -> Result<Self, Error> {
        Self::surveyed(text, survey(text), limits)
    }

    /// The same for a text that was looked through before.
    pub(crate) fn surveyed(text: &'a str, survey: Survey, limits: Limits) -> Result<Self, Error> {
        if let Some(at) = survey.forbidden {
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
            let message = format!("character U+{:04X} is not allowed in XML", u32::from(c));
            return Err(Error::malformed(text, at..at + c.len_utf8(), message));
        }
        Ok(Self {
            text,
            limits,
            attributes: Vec::new(),
            open: Vec::new(),
            fields: 0,
            start: 0,
            position: 0,
            tag: Tag { name: "", start: 0, end: 0, is_empty: true },
            inside: 0..0,
            character: '\0',
            declared: None,
            stage: Stage::Prolog { doctype: false },
            is_blank: false,
            has_returns: survey.has_returns,
            refuses_entities: false,
            has_entities: false,
            last_entity: None,
            is_standalone: false,
        })
    }

    /// Refuses entities that are not XML's own, for markup that nobody sent: no
    /// finding tells of them there.
    pub(crate) fn refusing_entities(mut self) -> Self {
        self.refuses_entities = true;
        self
    }

    /// The document's text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// A piece of the document.
    pub(crate) fn piece(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).expect("events begin and end between characters")
    }

    /// The tag that was read last.
    pub(crate) fn tag(&self) -> &Tag<'a> {
        &self.tag
    }

    /// Text, the inside of a CDATA section, or the name of an entity.
    pub(crate) fn inside(&self) -> Range<usize> {
        self.inside.clone()
    }

    /// What the reference means that was read last.
    pub(crate) fn character(&self) -> char {
        self.character
    }

    /// What the DOCTYPE says, if there was one.
    pub(crate) fn declared(&self) -> Option<Declared<'a>> {
        self.declared
    }

    /// Where the event stands that was read last.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.position
    }

    /// Where the event that was read last begins.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Where the event that was read last ends.
    pub(crate) fn end(&self) -> usize {
        self.position
    }

    /// Whether the text that was read last is white space only.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Whether the document has carriage returns, so that line ends may have
    /// to be made line feeds.
    pub(crate) fn has_returns(&self) -> bool {
        self.has_returns
    }

    /// The attributes of the tag that was read last.
    pub(crate) fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// Takes the attributes of the tag that was read last.
    pub(crate) fn take_attributes(&mut self) -> Vec<Attribute<'a>> {
        std::mem::take(&mut self.attributes)
    }

    /// Gives the space of taken attributes back.
    pub(crate) fn reuse(&mut self, attributes: Vec<Attribute<'a>>) {
        self.attributes = attributes;
    }

    /// Whether the event of this kind that was read last names entities, which
    /// are [`Scanner::entities`].
    #[inline]
    pub(crate) fn names_entities(&self, kind: Kind) -> bool {
        kind == Kind::Entity || kind == Kind::Open && self.has_entities
    }

    /// The names of the entities in the event of this kind that was read last.
    pub(crate) fn entities(&self, kind: Kind) -> impl Iterator<Item = Range<usize>> {
        let in_text = (kind == Kind::Entity).then(|| self.inside());
        let tag = if kind == Kind::Open && self.has_entities { self.attributes() } else { &[] };
        let in_tag = tag.iter().filter(|attribute| !attribute.is_plain).flat_map(|attribute| {
            let start = attribute.value.start;
            let names = entities_in(self.piece(attribute.value.clone()));
            names.map(move |name| start + name.start..start + name.end)
        });
        in_text.into_iter().chain(in_tag)
    }

    /// Where the last reference to an entity begins, of all that were read.
    pub(crate) fn last_entity(&self) -> Option<usize> {
        self.last_entity
    }

    /// The names of the open elements, the outermost first.
    pub(crate) fn open(&self) -> &[&'a str] {
        &self.open
    }

    /// What the document may cost at most.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether the XML declaration says that nothing outside of the document
    /// adds to what it says.
    pub(crate) fn is_standalone(&self) -> bool {
        self.is_standalone
    }

    #[cold]
    pub(super) fn wrong_at(&self, span: Range<usize>, message: impl std::fmt::Display) -> Error {
        Error::malformed(self.text, span, message)
    }

    /// What begins with the last event and does not end.
    #[cold]
    pub(super) fn endless(&self, what: &str) -> Error {
        self.wrong_at(self.start..self.text.len(), format!("{what} does not end"))
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(END)
    }

    #[inline]
    pub(super) fn bytes_from(&self, at: usize) -> &'a [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    /// The first place from here on without white space.
    #[inline]
    pub(super) fn skip_space(&self, mut at: usize) -> usize {
        if self.byte(at) > b' ' {
            return at;
        }
        at += eight::blanks(self.bytes_from(at));
        while class(self.byte(at)).is(Class::SPACE) {
            at += 1;
        }
        at
    }

    /// Reads one event.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, Error> {
        let kind = self.advance()?;
        Ok(self.event(kind))
    }

    /// The event of this kind that was read last.
    pub(crate) fn event(&self, kind: Kind) -> Event<'a> {
        match (kind, self.declared) {
            (Kind::Open, _) => Event::Open(self.tag),
            (Kind::Close, _) => Event::Close,
            (Kind::Doctype, Some(declared)) => Event::Doctype(declared, self.span()),
            (Kind::End, _) => Event::End,
            _ => Event::Other,
        }
    }

    /// Reads one event and keeps what there is to know about it.
    ///
    /// An event is large and there are many; where time counts it is looked at
    /// in its place.
    pub(crate) fn advance(&mut self) -> Result<Kind, Error> {
        self.start = self.position;
        match self.byte(self.start) {
            b'<' => match self.byte(self.start + 1) {
                b'/' => self.end_tag(),
                b'!' => self.declaration(),
                b'?' => self.instruction(),
                _ => self.start_tag(),
            },
            b'&' => self.reference_in_text(),
            END => self.finish(),
            _ => self.characters(),
        }
    }

    /// Passes over white space right before a tag, which is layout between
    /// elements. What else stands there is left to [`Scanner::advance`].
    #[inline]
    pub(crate) fn skip_layout(&mut self) {
        let at = self.skip_space(self.position);
        let is_before_tag = self.byte(at) == b'<' && !matches!(self.byte(at + 1), b'!' | b'?');
        if is_before_tag && at - self.position <= self.limits.value_bytes {
            self.position = at;
        }
    }

    /// Reads text and the end tag right behind it, and says where the text
    /// stands; `None` is for all that needs a closer look. The event that was
    /// read last is the end tag then.
    #[inline]
    pub(crate) fn text_and_end(&mut self) -> Result<Option<Range<usize>>, Error> {
        let start = self.position;
        let Some(length) = eight::end_of_text(self.bytes_from(start)) else { return Ok(None) };
        let end = start + length;
        let is_before_end = self.byte(end) == b'<' && self.byte(end + 1) == b'/';
        if !is_before_end || length > self.limits.value_bytes {
            return Ok(None);
        }
        if self.has_returns && self.bytes_from(start).iter().take(length).any(|&b| b == b'\r') {
            return Ok(None);
        }
        self.start = end;
        self.end_tag()?;
        Ok(Some(start..end))
    }

    #[inline]
    fn end_tag(&mut self) -> Result<Kind, Error> {
        let name_start = self.start + 2;
        let Some(name) = self.open.last() else {
            return Err(self.stray_end_tag(None));
        };
        if !self.bytes_from(name_start).starts_with(name.as_bytes()) {
            return Err(self.stray_end_tag(Some(name)));
        }
        let end = self.skip_space(name_start + name.len());
        if self.byte(end) != b'>' {
            return Err(self.stray_end_tag(Some(name)));
        }
        self.position = end + 1;
        self.open.pop();
        if self.open.is_empty() {
            self.stage = Stage::Epilog;
        }
        Ok(Kind::Close)
    }

    #[cold]
    fn stray_end_tag(&self, expected: Option<&str>) -> Error {
        let Some(length) = memchr(b'>', self.bytes_from(self.start)) else {
            return self.endless("an end tag");
        };
        let span = self.start..self.start + length + 1;
        // What follows the name may be anything, also a secret.
        let inside = self.piece(span.start + 2..span.end - 1);
        let name = inside.split(|c| is_space(c) || c == '<').next().unwrap_or_default();
        let message = match expected {
            Some(expected) if expected == name => {
                format!("the end tag of {} has more in it than the name", excerpt(name))
            }
            Some(expected) => {
                format!("the end tag of {} is due, not of {}", excerpt(expected), excerpt(name))
            }
            None => format!("the end tag of {} ends no element", excerpt(name)),
        };
        self.wrong_at(span, message)
    }

    #[inline]
    fn characters(&mut self) -> Result<Kind, Error> {
        let stray = self.skip_space(self.start);
        let end = self.end_of_text(stray)?;
        self.position = end;
        self.is_blank = stray == end;
        if self.stage == Stage::Root {
            self.inside = self.start..end;
            return Ok(Kind::Text);
        }
        if self.is_blank {
            return Ok(Kind::Aside);
        }
        Err(self.wrong_at(stray..end, "text stands outside of the root element"))
    }

    /// Where the text ends that goes on here.
    fn end_of_text(&self, from: usize) -> Result<usize, Error> {
        let mut at = from;
        loop {
            let Some(length) = eight::end_of_text(self.bytes_from(at)) else { return Ok(self.text.len()) };
            at += length;
            if self.byte(at) != b']' {
                return Ok(at);
            }
            if self.byte(at + 1) == b']' && self.byte(at + 2) == b'>' {
                return Err(self.wrong_at(at..at + 3, "text has `]]>`; write `]]&gt;`"));
            }
            at += 1;
        }
    }

    #[inline(never)]
    fn reference_in_text(&mut self) -> Result<Kind, Error> {
        let name = self.reference_name(self.start)?;
        self.position = name.end + 1;
        if self.stage != Stage::Root {
            return Err(self.outside());
        }
        if self.is_entity(&name) {
            self.inside = name;
            return Ok(Kind::Entity);
        }
        self.character = self.reference(name)?;
        Ok(Kind::Character)
    }

    pub(super) fn outside(&self) -> Error {
        self.wrong_at(self.start..self.position, "text stands outside of the root element")
    }

    /// The name in the reference whose `&` stands here.
    fn reference_name(&self, ampersand: usize) -> Result<Range<usize>, Error> {
        let rest = self.bytes_from(ampersand + 1);
        let ends =
            |&b: &u8| matches!(b, b';' | b'&' | b'<' | b'>' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        if rest.get(length) != Some(&b';') {
            let message = "a reference has no `;`; write `&amp;` for a plain `&`";
            return Err(self.wrong_at(ampersand..ampersand + 1 + length, message));
        }
        Ok(ampersand + 1..ampersand + 1 + length)
    }

    /// Checks that the references of an attribute value mean something.
    pub(super) fn check_references(&mut self, value: Range<usize>) -> Result<(), Error> {
        let mut from = value.start;
        while let Some(at) = self.text.as_bytes().get(from..value.end).and_then(|rest| memchr(b'&', rest)) {
            let name = self.reference_name(from + at)?;
            from = name.end;
            if self.is_entity(&name) {
                self.has_entities = true;
            } else {
                self.reference(name)?;
            }
        }
        Ok(())
    }

    /// Whether this names an entity that is let through; it is the last one then.
    fn is_entity(&mut self, name: &Range<usize>) -> bool {
        let text = self.piece(name.clone());
        let is_entity = !self.refuses_entities && is_name(text) && resolve(text).is_none();
        if is_entity {
            self.last_entity = Some(name.start - 1);
        }
        is_entity
    }

    /// What the reference of this name means.
    fn reference(&self, name: Range<usize>) -> Result<char, Error> {
        let text = self.piece(name.clone());
        resolve(text).ok_or_else(|| {
            let message = format!(
                "reference {} is refused: only characters and the five names of XML are known",
                excerpt(text)
            );
            self.wrong_at(name, message)
        })
    }

    #[cold]
    fn finish(&self) -> Result<Kind, Error> {
        let message = match self.stage {
            Stage::Epilog => return Ok(Kind::End),
            Stage::Prolog { .. } => "the document has no root element".to_owned(),
            Stage::Root => format!("the document ends with {} elements open", self.open.len()),
        };
        Err(self.wrong_at(self.start..self.start, message))
    }
}
