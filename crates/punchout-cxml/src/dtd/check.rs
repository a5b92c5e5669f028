//! The walk through a document beside its DTD.

mod attributes;
mod content;
mod entities;
mod hint;
mod recovery;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use punchout_core::{Code, Diagnostic, Severity, Sink, excerpt, truncated};

use super::builtin::BuiltIn;
use super::code;
use super::grammar::Dtd;
use super::tables::{ContentKind, Model, Tables};
use crate::entity;
use crate::xml::{Attribute, Declared, Kind, Scanner, Tag, is_space};
use content::Trouble;
use entities::Entities;
pub(crate) use hint::similar;

/// The DTD that a document is held against.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub(super) name: &'a str,
    pub(super) tables: Tables<'a>,
    built_in: Option<&'static BuiltIn>,
    given: Option<&'a Dtd>,
}

impl<'a> Grammar<'a> {
    pub(super) fn built_in(dtd: &'static BuiltIn) -> Self {
        Self { name: dtd.name, tables: dtd.tables(), built_in: Some(dtd), given: None }
    }

    pub(super) fn given(dtd: &'a Dtd) -> Self {
        Self { name: dtd.name(), tables: dtd.tables(), built_in: None, given: Some(dtd) }
    }
}

/// How many different children of one parent are told apart by number.
const KINDS: usize = 64;

/// A document that is being validated, one event after the other.
#[expect(clippy::struct_excessive_bools, reason = "they change one by one")]
pub(super) struct Check<'a> {
    text: &'a str,
    grammar: Grammar<'a>,
    /// Findings that the sink has still to be given.
    findings: Vec<Diagnostic>,
    wants_errors: bool,
    wants_warnings: bool,
    /// What to add to an offset for the place in the input, if that is known.
    spans_from: Option<usize>,
    /// How many more findings are reported.
    room: usize,
    is_valid: bool,
    /// Whether every entity may have been declared.
    is_well_formed: bool,
    /// The entities that the document declares, once one is named.
    entities: Option<Entities<'a>>,
    frames: Vec<Frame<'a>>,
    /// How often each child came so far, for all open elements together.
    counts: Vec<Count<'a>>,
    troubles: Vec<Trouble<'a>>,
    /// What followed the last time, by where it came from.
    steps: [Step; STEPS],
    ids: HashSet<String>,
    /// References to IDs, with their places.
    references: Vec<(String, Range<usize>, String)>,
    value: String,
    /// Whether the document says it is standalone, and nothing spoke against
    /// it yet.
    is_standalone: bool,
}

/// How often a child of one name came so far.
struct Count<'a> {
    name: &'a str,
    symbol: Option<u16>,
    times: u32,
}

/// How many steps are remembered.
const STEPS: usize = 512;

/// A child that came before: lines are like each other, and what followed once
/// will follow again. It is cheaper to see that it does than to look it up.
#[derive(Clone, Copy)]
struct Step {
    /// No state has the largest number.
    from: u32,
    symbol: u16,
    to: u16,
}

/// An open element.
struct Frame<'a> {
    name: &'a str,
    /// Which of its name it is in its parent, from 1.
    index: u32,
    tag: Range<usize>,
    /// What it may hold, if it is declared.
    content: Option<ContentKind>,
    model: Model,
    state: u16,
    /// Where its children begin in the counts.
    counts: usize,
    /// Whether its children do not fit; the last of the troubles is its.
    is_troubled: bool,
    /// Whether wrong text in it was reported.
    is_noted: bool,
}

impl<'a> Check<'a> {
    /// Begins with a document whose scanner came to the root element.
    pub(super) fn new(
        scanner: &Scanner<'a>,
        grammar: Grammar<'a>,
        spans_from: Option<usize>,
        sink: &dyn Sink,
    ) -> Self {
        Self {
            text: scanner.text(),
            grammar,
            findings: Vec::new(),
            wants_errors: sink.wants(Severity::Error),
            wants_warnings: sink.wants(Severity::Warning),
            spans_from,
            room: scanner.limits().diagnostics,
            is_valid: true,
            is_well_formed: true,
            entities: None,
            frames: Vec::new(),
            counts: Vec::new(),
            troubles: Vec::new(),
            steps: [Step { from: u32::MAX, symbol: 0, to: 0 }; STEPS],
            ids: HashSet::new(),
            references: Vec::new(),
            value: String::new(),
            is_standalone: scanner.is_standalone(),
        }
    }

    /// Whether no fault was found so far.
    pub(super) fn is_valid(&self) -> bool {
        self.is_valid
    }

    /// Whether the document is XML, as far as it was seen.
    pub(super) fn is_well_formed(&self) -> bool {
        self.is_well_formed
    }

    /// Whether the DTD declares an element of this name.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.grammar.tables.define(name).is_some()
    }

    /// Takes the event that the scanner found last.
    #[inline]
    pub(super) fn event(
        &mut self,
        kind: Kind,
        scanner: &Scanner<'a>,
        doctype: Option<&(Declared<'a>, Range<usize>)>,
    ) {
        match kind {
            Kind::Open => {
                let tag = scanner.tag();
                self.open(tag, scanner.attributes());
                if scanner.names_entities(kind) {
                    self.entities(kind, scanner, doctype);
                }
                if tag.is_empty {
                    self.close(tag.start..tag.end);
                }
            }
            Kind::Close => self.close(scanner.span()),
            Kind::Text => self.characters(scanner.inside(), scanner.is_blank()),
            Kind::CData => self.cdata(scanner.inside()),
            Kind::Character => self.character(scanner.character(), scanner.span()),
            Kind::Entity => self.entities(kind, scanner, doctype),
            Kind::Aside => self.aside(scanner.span()),
            Kind::Doctype => {}
            Kind::End => self.check_references(),
        }
    }

    /// Gives the sink what was found.
    #[inline]
    pub(super) fn flush(&mut self, sink: &mut dyn Sink) {
        if !self.findings.is_empty() {
            self.hand_out(sink);
        }
    }

    #[cold]
    fn hand_out(&mut self, sink: &mut dyn Sink) {
        for finding in self.findings.drain(..) {
            sink.report(finding);
        }
        self.wants_errors = sink.wants(Severity::Error);
        self.wants_warnings = sink.wants(Severity::Warning);
    }

    fn piece(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).expect("events begin and end between characters")
    }

    #[inline(never)]
    fn open(&mut self, tag: &Tag<'a>, attributes: &[Attribute<'a>]) {
        // The tables are looked at in their place: a copy is large, and an
        // element is opened often.
        let step = self.step_again(tag.name);
        let symbol = step.or_else(|| self.grammar.tables.find(tag.name));
        let definition = symbol.and_then(|symbol| self.grammar.tables.definition(symbol));
        let index = self.count(tag.name, symbol);
        if step.is_none() {
            self.place(tag, symbol.filter(|_| definition.is_some()), index);
        }
        if let Some(definition) = &definition {
            self.attributes(tag, attributes, definition, index);
        }
        self.frames.push(Frame {
            name: tag.name,
            index,
            tag: tag.start..tag.end,
            content: definition.map(|definition| definition.content),
            model: definition.map_or(Model::NONE, |definition| definition.model),
            state: 0,
            counts: self.counts.len(),
            is_troubled: false,
            is_noted: false,
        });
    }

    /// Goes on as the last time, if this child came here then.
    #[inline]
    fn step_again(&mut self, name: &str) -> Option<u16> {
        let parent = self.frames.last_mut().filter(|parent| !parent.is_troubled)?;
        if parent.content != Some(ContentKind::Children) {
            return None;
        }
        let from = parent.model.place(parent.state);
        let step = self.steps.get(from as usize % STEPS).filter(|step| step.from == from)?;
        if !self.grammar.tables.is(step.symbol, name) {
            return None;
        }
        parent.state = step.to;
        Some(step.symbol)
    }

    /// Counts a child of the innermost element.
    #[inline]
    fn count(&mut self, name: &'a str, symbol: Option<u16>) -> u32 {
        let start = self.frames.last().map_or(0, |parent| parent.counts);
        let siblings = self.counts.get_mut(start..).unwrap_or_default();
        // Siblings of one name mostly follow each other.
        let is_same = |known: &Count<'_>| known.symbol == symbol && (symbol.is_some() || known.name == name);
        if let Some(known) = siblings.iter_mut().rev().find(|known| is_same(known)) {
            known.times = known.times.saturating_add(1);
            return known.times;
        }
        if siblings.len() < KINDS {
            self.counts.push(Count { name, symbol, times: 1 });
        }
        1
    }

    #[inline(never)]
    fn close(&mut self, tag: Range<usize>) {
        self.finish_children(tag);
        self.end_text();
    }

    /// Takes the end of an element that may have any text: it needs no child.
    #[inline]
    pub(super) fn end_text(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.counts.truncate(frame.counts);
        }
    }

    /// Whether white space makes no difference in the innermost element.
    #[inline]
    pub(super) fn ignores_layout(&self) -> bool {
        let content = self.frames.last().and_then(|frame| frame.content);
        content != Some(ContentKind::Empty) && !self.is_standalone
    }

    /// Whether the innermost element may have any text.
    #[inline]
    pub(super) fn ignores_text(&self) -> bool {
        let content = self.frames.last().and_then(|frame| frame.content);
        !matches!(content, Some(ContentKind::Children | ContentKind::Empty))
    }

    #[inline]
    fn characters(&mut self, range: Range<usize>, is_blank: bool) {
        match self.frames.last().and_then(|frame| frame.content) {
            Some(ContentKind::Children) if is_blank && !self.is_standalone => {}
            Some(ContentKind::Children | ContentKind::Empty) => self.odd_characters(range, is_blank),
            _ => {}
        }
    }

    #[cold]
    fn odd_characters(&mut self, range: Range<usize>, is_blank: bool) {
        match self.frames.last().and_then(|frame| frame.content) {
            Some(ContentKind::Children) if is_blank => {
                let path = self.path(None);
                self.not_standalone(range, path, "white space between elements is layout");
            }
            Some(ContentKind::Children) => {
                let stray = self.piece(range.clone()).trim_start_matches(is_space);
                let start = range.end - stray.len();
                let end = start + stray.trim_end_matches(is_space).len();
                self.stray_text(start..end);
            }
            Some(ContentKind::Empty) => self.not_empty(range),
            _ => {}
        }
    }

    fn cdata(&mut self, range: Range<usize>) {
        match self.frames.last().and_then(|frame| frame.content) {
            // Not even a blank one may stand between elements.
            Some(ContentKind::Children) => self.stray_text(range),
            Some(ContentKind::Empty) => self.not_empty(range),
            _ => {}
        }
    }

    fn character(&mut self, c: char, range: Range<usize>) {
        match self.frames.last().and_then(|frame| frame.content) {
            // XML is strict about a blank that is written as a reference, but
            // validators are not.
            Some(ContentKind::Children) if !is_space(c) => self.stray_text(range),
            Some(ContentKind::Empty) => self.not_empty(range),
            _ => {}
        }
    }

    fn aside(&mut self, range: Range<usize>) {
        if self.frames.last().is_some_and(|frame| frame.content == Some(ContentKind::Empty)) {
            self.not_empty(range);
        }
    }

    /// Text between elements; what it says is not repeated, it may be a secret.
    #[cold]
    fn stray_text(&mut self, span: Range<usize>) {
        let (tables, path) = (self.grammar.tables, self.path(None));
        let Some(frame) = self.frames.last_mut() else { return };
        if std::mem::replace(&mut frame.is_noted, true) {
            self.is_valid = false;
            return;
        }
        let (name, model) = (frame.name, frame.model);
        self.fault(code::TEXT, span, path, || {
            let message = format!("text stands in `{name}`, which may hold elements only");
            let holds: Vec<_> = hint::text_holders(tables, model);
            let help = match &*holds {
                [] => "remove it".into(),
                holds => format!("remove it, or put it into {}", hint::either(holds)),
            };
            (message, Some(help))
        });
    }

    #[cold]
    fn not_empty(&mut self, span: Range<usize>) {
        let path = self.path(None);
        let Some(frame) = self.frames.last_mut() else { return };
        if std::mem::replace(&mut frame.is_noted, true) {
            self.is_valid = false;
            return;
        }
        let name = frame.name;
        self.fault(code::EMPTY, span, path, || {
            let message = format!("`{name}` must be empty, without blanks and comments");
            (message, Some(format!("write `<{name}/>`, with its attributes")))
        });
    }

    /// A document that says it is standalone depends on its DTD. This is told
    /// once: the same line of the document mends all of it.
    #[cold]
    fn not_standalone(&mut self, span: Range<usize>, path: String, why: &str) {
        self.is_standalone = false;
        self.fault(code::STANDALONE, span, path, || {
            let message = format!("the document is not standalone: only the DTD says that {why}");
            (message, Some("remove `standalone=\"yes\"` from the XML declaration".into()))
        });
    }

    /// References to entities that are not XML's own.
    #[cold]
    fn entities(
        &mut self,
        kind: Kind,
        scanner: &Scanner<'a>,
        doctype: Option<&(Declared<'a>, Range<usize>)>,
    ) {
        let known =
            self.entities.take().unwrap_or_else(|| Entities::of(self.text, doctype, scanner.is_standalone()));
        let path = self.path(None);
        for name in scanner.entities(kind) {
            let is_declared = known.has(scanner.piece(name.clone()));
            self.is_well_formed &= is_declared;
            let what = if is_declared { "is never expanded" } else { "is not declared" };
            let path = if self.is_heard() { path.clone() } else { String::new() };
            self.fault(code::ENTITY, name.start - 1..name.end + 1, path, || {
                let (message, help) = entity::told(scanner, scanner.piece(name), what);
                (message, Some(help.into_owned()))
            });
        }
        self.entities = Some(known);
    }

    #[cold]
    fn check_references(&mut self) {
        for (name, span, path) in std::mem::take(&mut self.references) {
            if !self.ids.contains(&name) {
                self.fault(code::ID, span, path, || {
                    let message = format!("no element has the ID {}", excerpt(&name));
                    (message, Some("name the ID of an element of this document".into()))
                });
            }
        }
    }

    /// Reports what makes the document invalid.
    #[cold]
    pub(super) fn fault(
        &mut self,
        code: Code,
        span: Range<usize>,
        path: String,
        say: impl FnOnce() -> (String, Option<String>),
    ) {
        self.is_valid = false;
        if !self.is_heard() {
            return;
        }
        self.room -= 1;
        let (message, help) = say();
        let mut finding = Diagnostic::new(code, Severity::Error, message).at(path);
        finding.help = help.map(Into::into);
        finding.span = self.spans_from.map(|from| span.start + from..span.end + from);
        self.findings.push(finding);
    }

    /// Whether anybody wants to know more faults.
    fn is_heard(&self) -> bool {
        self.room > 0 && self.wants_errors
    }

    /// Reports what leaves the document as valid as it is.
    pub(super) fn warn(&mut self, code: Code, span: Option<Range<usize>>, message: String, help: String) {
        if self.room == 0 || !self.wants_warnings {
            return;
        }
        self.room -= 1;
        let mut finding = Diagnostic::new(code, Severity::Warning, message).help(help);
        let place = self.spans_from.zip(span);
        finding.span = place.map(|(from, span)| span.start + from..span.end + from);
        self.findings.push(finding);
    }

    /// The path to the innermost element, or to a child of it, such as
    /// `cXML/Request/OrderRequest/ItemOut[2]`; empty when nobody reads it.
    #[cold]
    fn path(&self, child: Option<(&str, u32)>) -> String {
        let mut path = String::new();
        if !self.is_heard() {
            return path;
        }
        let open = self.frames.iter().map(|frame| (frame.name, frame.index));
        for (name, index) in open.chain(child) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(truncated(name, 64));
            if index > 1 {
                path.extend(["[", &index.to_string(), "]"]);
            }
        }
        path
    }
}

/// Entities that are no XML, which attributes may name.
fn unparsed<'a>(grammar: &Grammar<'a>) -> Option<&'a BTreeSet<String>> {
    grammar.given.map(|dtd| &dtd.unparsed)
}
