use std::ops::Range;

use punchout_core::{Limits, excerpt};
use quick_xml::events::Event as Raw;
use quick_xml::{Reader, errors::Error as RawError};

use super::attributes::{self, Attribute};
use super::chars::{find_forbidden, is_name, is_space, resolve};
use super::doctype::{self, Declared};
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

/// What a document is made of. Ranges are of the document's text.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    Open(Tag<'a>),
    /// The end of an element; `end` is the first byte after it.
    Close {
        end: usize,
    },
    /// Characters as they stand, without references.
    Text(Range<usize>),
    /// The inside of a CDATA section.
    CData(Range<usize>),
    /// What a reference means.
    Character(char),
    /// The name of an entity that only the document or its DTD could know;
    /// comes only where it was asked for.
    Entity(Range<usize>),
    Doctype(Declared<'a>, Range<usize>),
    /// Comments, instructions, the XML declaration.
    Aside,
    End,
}

/// Cuts a document into events and refuses what is not well-formed.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    limits: Limits,
    attributes: Vec<Attribute<'a>>,
    open: usize,
    fields: usize,
    /// Where the last event began.
    start: usize,
    stage: Stage,
    foreign_entities: bool,
    /// The first such entity in the attributes of the last tag.
    foreign: Option<Range<usize>>,
    is_standalone: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Prolog { doctype: bool },
    Root,
    Epilog,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str, limits: Limits) -> Result<Self, Error> {
        if let Some(at) = find_forbidden(text) {
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
            let message = format!("character U+{:04X} is not allowed in XML", u32::from(c));
            return Err(Error::malformed(text, at..at + c.len_utf8(), message));
        }
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Ok(Self {
            text,
            reader,
            limits,
            attributes: Vec::new(),
            open: 0,
            fields: 0,
            start: 0,
            stage: Stage::Prolog { doctype: false },
            foreign_entities: false,
            foreign: None,
            is_standalone: false,
        })
    }

    /// Lets references to entities through that are not XML's own. They are
    /// told apart, never expanded.
    pub(crate) fn with_foreign_entities(mut self) -> Self {
        self.foreign_entities = true;
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

    /// Where the event that was read last begins.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Where the event that was read last ends.
    pub(crate) fn end(&self) -> usize {
        self.position()
    }

    /// Takes the attributes of the tag that was read last.
    pub(crate) fn take_attributes(&mut self) -> Vec<Attribute<'a>> {
        std::mem::take(&mut self.attributes)
    }

    /// Gives the space of taken attributes back.
    pub(crate) fn reuse(&mut self, attributes: Vec<Attribute<'a>>) {
        self.attributes = attributes;
    }

    fn wrong(&self, message: impl std::fmt::Display) -> Error {
        self.wrong_at(self.start..self.position(), message)
    }

    fn wrong_at(&self, span: Range<usize>, message: impl std::fmt::Display) -> Error {
        Error::malformed(self.text, span, message)
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).expect("the document is in memory")
    }

    /// Reads one event.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, Error> {
        self.start = self.position();
        let event = self.reader.read_event().map_err(|error| self.translate(&error))?;
        let span = self.start..self.position();
        let inside = |before: usize, after: usize| span.start + before..span.end - after;
        match event {
            Raw::Start(start) => {
                let name = start.name().as_ref().len();
                self.tag(name, span, false)
            }
            Raw::Empty(start) => {
                let name = start.name().as_ref().len();
                self.tag(name, span, true)
            }
            Raw::End(_) => {
                self.open -= 1;
                if self.open == 0 {
                    self.stage = Stage::Epilog;
                }
                Ok(Event::Close { end: span.end })
            }
            Raw::Text(_) => {
                let text = self.piece(span.clone());
                if self.stage != Stage::Root {
                    return match text.trim_start_matches(is_space) {
                        "" => Ok(Event::Aside),
                        stray => Err(self.wrong_at(
                            span.end - stray.len()..span.end,
                            format!("text {} stands outside of the root element", excerpt(stray)),
                        )),
                    };
                }
                // Looking for one byte first is much cheaper, and it is rare.
                if let Some(at) = text.contains(']').then(|| text.find("]]>")).flatten() {
                    let at = span.start + at;
                    return Err(self.wrong_at(at..at + 3, "text has `]]>`; write `]]&gt;`"));
                }
                Ok(Event::Text(span))
            }
            Raw::CData(_) if self.stage == Stage::Root => Ok(Event::CData(inside(9, 3))),
            Raw::GeneralRef(_) if self.stage == Stage::Root => {
                let name = inside(1, 1);
                if self.is_foreign(self.piece(name.clone())) {
                    return Ok(Event::Entity(name));
                }
                self.reference(name).map(Event::Character)
            }
            Raw::CData(_) | Raw::GeneralRef(_) => Err(self.wrong("text stands outside of the root element")),
            Raw::Comment(_) => {
                let comment = self.piece(inside(4, 3));
                if comment.contains("--") || comment.ends_with('-') {
                    return Err(self.wrong("a comment has `--`"));
                }
                Ok(Event::Aside)
            }
            Raw::PI(_) => {
                let instruction = self.piece(inside(2, 2));
                let target = instruction.split(is_space).next().unwrap_or_default();
                if !is_name(target) || target.eq_ignore_ascii_case("xml") {
                    return Err(self.wrong(format!("{} is no processing instruction", excerpt(target))));
                }
                Ok(Event::Aside)
            }
            Raw::Decl(_) if span.start > 0 => {
                Err(self.wrong("the XML declaration may only stand at the very beginning"))
            }
            Raw::Decl(_) => self.declaration(inside(5, 2)),
            Raw::DocType(_) => {
                if self.stage != (Stage::Prolog { doctype: false }) {
                    return Err(self.wrong("a DOCTYPE may stand once, before the root element"));
                }
                self.stage = Stage::Prolog { doctype: true };
                let declaration = self.piece(inside(2, 1));
                let declared = declaration.strip_prefix("DOCTYPE").and_then(doctype::parse);
                let declared = declared.ok_or_else(|| self.wrong("the DOCTYPE is not well-formed"))?;
                Ok(Event::Doctype(declared, span))
            }
            Raw::Eof => match self.stage {
                Stage::Epilog => Ok(Event::End),
                Stage::Prolog { .. } => Err(self.wrong("the document has no root element")),
                Stage::Root => Err(self.wrong(format!("the document ends with {} elements open", self.open))),
            },
        }
    }

    fn tag(&mut self, name: usize, span: Range<usize>, is_empty: bool) -> Result<Event<'a>, Error> {
        if self.stage == Stage::Epilog {
            return Err(self.wrong("a second element follows the root element"));
        }
        let name_end = span.start + 1 + name;
        let raw_end = span.end - if is_empty { 2 } else { 1 };
        let name = self.piece(span.start + 1..name_end);
        if !is_name(name) {
            return Err(self.wrong(format!("{} is no element name", excerpt(name))));
        }
        self.attributes.clear();
        let raw = self.piece(name_end..raw_end);
        if let Err(bad) = attributes::parse(raw, name_end, &mut self.attributes) {
            return Err(self.wrong_at(bad.at, bad.message));
        }
        self.fields += 1 + self.attributes.len();
        self.limits.check_fields(self.fields)?;
        self.limits.check_depth(self.open + 1)?;
        let attributes = self.take_attributes();
        for attribute in &attributes {
            self.limits.check_value(attribute.value.len())?;
            self.check_references(attribute.value.clone())?;
        }
        self.reuse(attributes);
        self.stage = if is_empty && self.open == 0 { Stage::Epilog } else { Stage::Root };
        self.open += usize::from(!is_empty);
        Ok(Event::Open(Tag { name, start: span.start, end: span.end, is_empty }))
    }

    /// Checks that the references of an attribute value mean something.
    fn check_references(&mut self, value: Range<usize>) -> Result<(), Error> {
        let text = self.piece(value.clone());
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find('&')) {
            let name = from + at + 1;
            let rest = text.get(name..).unwrap_or_default();
            let Some(length) = rest.find(';') else {
                let at = value.start + name - 1;
                return Err(
                    self.wrong_at(at..value.end, "a reference has no `;`; write `&amp;` for a plain `&`")
                );
            };
            let named = value.start + name..value.start + name + length;
            if self.is_foreign(self.piece(named.clone())) {
                self.foreign.get_or_insert(named);
            } else {
                self.reference(named)?;
            }
            from = name + length;
        }
        Ok(())
    }

    /// Takes the name of the first entity that was let through in the
    /// attributes of the tag that was read last.
    pub(crate) fn take_foreign(&mut self) -> Option<Range<usize>> {
        self.foreign.take()
    }

    /// Whether the XML declaration says that nothing outside of the document
    /// adds to what it says.
    pub(crate) fn is_standalone(&self) -> bool {
        self.is_standalone
    }

    /// Whether this names an entity that is let through.
    fn is_foreign(&self, name: &str) -> bool {
        self.foreign_entities && is_name(name) && resolve(name).is_none()
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

    /// Adds an attribute value to a string: references resolved and white space
    /// made blanks, as XML wants.
    pub(crate) fn push_value(&self, value: Range<usize>, into: &mut String) {
        let mut rest = self.piece(value);
        while let Some(at) = rest.find(['&', '\t', '\r', '\n']) {
            let (plain, special) = rest.split_at(at);
            into.push_str(plain);
            let reference = special.strip_prefix('&').and_then(|name| name.split_once(';'));
            if let Some((name, after)) = reference {
                into.extend(resolve(name));
                rest = after;
            } else {
                into.push(' ');
                let after = special.get(1..).unwrap_or_default();
                rest = if special.starts_with("\r\n") { after.get(1..).unwrap_or_default() } else { after };
            }
        }
        into.push_str(rest);
    }

    fn declaration(&mut self, inside: Range<usize>) -> Result<Event<'a>, Error> {
        let raw = self.piece(inside.clone());
        let mut found = Vec::new();
        if let Err(bad) = attributes::parse(raw, inside.start, &mut found) {
            return Err(self.wrong_at(bad.at, bad.message));
        }
        let named: Vec<_> = found.iter().map(|found| (found.name, self.piece(found.value.clone()))).collect();
        let version = |version: &str| {
            version
                .strip_prefix("1.")
                .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit()))
        };
        match *named {
            [("version", v)] | [("version", v), ("encoding", _)] if version(v) => Ok(Event::Aside),
            [("version", v), ("standalone", s)] | [("version", v), ("encoding", _), ("standalone", s)]
                if version(v) && matches!(s, "yes" | "no") =>
            {
                self.is_standalone = s == "yes";
                Ok(Event::Aside)
            }
            _ => Err(self.wrong("the XML declaration is not well-formed")),
        }
    }

    /// Puts quick-xml's error into the words of this crate.
    fn translate(&self, error: &RawError) -> Error {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(self.start).max(self.start);
        let span = at..self.position().max(at);
        let message = match error {
            RawError::Syntax(error) => error.to_string(),
            RawError::IllFormed(error) => error.to_string(),
            other => other.to_string(),
        };
        self.wrong_at(span, excerpt_lines(&message))
    }
}

/// A foreign message on one line and of bounded length.
fn excerpt_lines(message: &str) -> String {
    message.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
