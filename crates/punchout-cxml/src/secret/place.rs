//! What of a document may be replaced so that it stays well-formed.

use std::ops::Range;

use crate::xml::{declared_values, is_name_char, is_space};

/// A text, the value of an attribute, or what a comment and the like says.
pub(super) struct Place {
    pub(super) span: Range<usize>,
    /// Whether an ampersand begins a reference there.
    has_references: bool,
}

impl Place {
    pub(super) fn plain(span: Range<usize>) -> Self {
        Self { span, has_references: false }
    }

    pub(super) fn with_references(span: Range<usize>) -> Self {
        Self { span, has_references: true }
    }

    /// What of a span lies here, references as a whole. Nothing before `from` is
    /// looked at.
    fn clip(&self, text: &str, span: &Range<usize>, from: usize) -> Range<usize> {
        let from = self.span.start.max(from);
        let mut clipped = span.start.max(from)..span.end.min(self.span.end);
        while !text.is_char_boundary(clipped.start) {
            clipped.start -= 1;
        }
        while !text.is_char_boundary(clipped.end) {
            clipped.end += 1;
        }
        if !self.has_references || clipped.is_empty() {
            return clipped;
        }
        if let Some(ampersand) = unended(text, from..clipped.start) {
            clipped.start = ampersand;
        }
        if unended(text, clipped.clone()).is_some() {
            let rest = text.get(clipped.end..self.span.end).unwrap_or_default();
            clipped.end += rest.find(';').map_or(rest.len(), |semicolon| semicolon + 1);
        }
        clipped
    }
}

/// Where the reference begins that does not end in this piece.
fn unended(text: &str, piece: Range<usize>) -> Option<usize> {
    let inside = text.get(piece.clone())?;
    let last = inside.rfind(['&', ';'])?;
    inside.get(last..)?.starts_with('&').then_some(piece.start + last)
}

/// What of the spans may be replaced: the part that lies in the first place they
/// touch. A quotation that does not end there has no quote in a tag to end it.
pub(super) fn clipped(text: &str, mut spans: Vec<Range<usize>>, places: &[Place]) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut found: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        let Some(place) = places.get(places.partition_point(|place| place.span.end <= span.start)) else {
            break;
        };
        let from = found.last().map_or(0, |last| last.end);
        found.extend(Some(place.clip(text, &span, from)).filter(|clipped| !clipped.is_empty()));
    }
    found
}

/// Whether this lies in one of the places as a whole.
pub(super) fn is_in_one(span: &Range<usize>, places: &[Place]) -> bool {
    let at = places.partition_point(|place| place.span.end < span.end);
    places.get(at).is_some_and(|place| place.span.start <= span.start)
}

/// The inside of a comment or an instruction; blanks beside the root have none.
pub(super) fn of_aside(text: &str, span: Range<usize>) -> Option<Place> {
    let aside = text.get(span.clone())?;
    let inside = if let Some(rest) = aside.strip_prefix("<?") {
        2 + behind_target(rest)?..aside.len() - 2
    } else {
        aside.strip_prefix("<!--")?;
        4..aside.len() - 3
    };
    (inside.start < inside.end).then(|| Place::plain(span.start + inside.start..span.start + inside.end))
}

/// The places of a DOCTYPE that begins here, and those of them that declare
/// something.
pub(super) fn of_doctype(doctype: &str, start: usize) -> (Vec<Place>, Vec<Range<usize>>) {
    let moved = |span: &Range<usize>| span.start + start..span.end + start;
    let mut places: Vec<Place> = identifiers(doctype).iter().map(|span| Place::plain(moved(span))).collect();
    let mut declared = Vec::new();
    for mut span in declared_values(doctype) {
        let (before, inside) = (doctype.get(..span.start), doctype.get(span.clone()));
        if before.is_some_and(|before| before.ends_with("<?")) {
            span.start += inside.and_then(behind_target).unwrap_or(span.len());
        }
        let span_moved = moved(&span);
        let is_quoted = before.is_some_and(|before| before.ends_with(['"', '\'']));
        places.push(Place { span: span_moved.clone(), has_references: is_quoted });
        declared.push(span_moved);
    }
    (places, declared)
}

/// Where the address of the DTD and its public name stand, the address last.
pub(crate) fn identifiers(doctype: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = doctype.get(at..).and_then(|rest| rest.find(['"', '\'', '['])) {
        let start = at + next + 1;
        let quote = doctype.get(start - 1..start).filter(|quote| *quote != "[");
        let Some(length) = quote.and_then(|quote| doctype.get(start..)?.find(quote)) else { break };
        found.push(start..start + length);
        at = start + length + 1;
    }
    found
}

/// Where that begins what an instruction tells its target, which stays; none
/// for the XML declaration.
fn behind_target(instruction: &str) -> Option<usize> {
    let target = instruction.find(|c| !is_name_char(c))?;
    let is_instruction = instruction.get(..target) != Some("xml");
    let blank = instruction.get(target..)?.chars().next().filter(|&c| is_space(c))?;
    is_instruction.then_some(target + blank.len_utf8())
}
