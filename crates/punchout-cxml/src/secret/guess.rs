//! Where secrets may stand in bytes that are no well-formed document.
//!
//! A tag may lack any of its characters. So a name counts wherever it stands,
//! also when it is misspelt in a tag; an end tag tells that its element began
//! somewhere, and a tag that is odd is hidden as a whole.

use std::ops::Range;

use memchr::memmem;
use punchout_core::Secret;

use super::{CARDS, PROOFS, START_PAGE, local};
use crate::dtd;

/// What an element of this name hides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Its content, and its attributes.
    Content,
    /// Its attributes.
    Card,
    /// Its content, when it is called like a secret.
    Named,
}

pub(super) fn spans(source: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_name(source, at) {
        let end = find(source, start, |b| !is_name(b)).unwrap_or(source.len());
        at = end.max(start + 1);
        let before = source.get(..start).unwrap_or_default();
        let is_tag = before.ends_with(b"<") || before.ends_with(b"</");
        let Some((sort, is_exact)) = sort(lossy(source, start..end).as_ref(), is_tag) else { continue };
        if before.ends_with(b"</") && ends_tag(source, end) {
            let less = start - 2;
            if sort == Sort::Content && found.last().is_none_or(|last| last.end != less) {
                // what opened it was not recognised; it is on this line as a rule
                let last = found.last().map_or(0, |last| last.end);
                let tag = before.iter().rposition(|&b| b == b'>').unwrap_or(0).min(less);
                let line = before.iter().take(tag).rposition(|&b| b == b'\n').map_or(0, |end| end + 1);
                found.push(line.max(last)..less);
            }
            continue;
        }
        let hidden = element(source, start..end, sort, is_exact);
        at = hidden.last().map_or(at, |last| last.end.max(at));
        found.extend(hidden);
    }
    found.extend(cards(source));
    found.retain(|span| !span.is_empty());
    found
}

/// Tags that look like a card's, whatever they are called.
fn cards(source: &[u8]) -> impl Iterator<Item = Range<usize>> {
    const ATTRIBUTE: &[u8] = b"expiration";
    /// So far a tag may begin before it.
    const NEAR: usize = 1024;
    memmem::find_iter(source, ATTRIBUTE).filter_map(|at| {
        let next = find(source, at + ATTRIBUTE.len(), |b| !b.is_ascii_whitespace())?;
        if source.get(next) != Some(&b'=') {
            return None;
        }
        let near = at.saturating_sub(NEAR);
        let less = source.get(near..at)?.iter().rposition(|&b| b == b'<');
        Some(less.map_or(near, |less| near + less + 1)..odd_end(source, at))
    })
}

/// Whether nothing but the end of the tag follows.
fn ends_tag(source: &[u8], from: usize) -> bool {
    find(source, from, |b| !b.is_ascii_whitespace()).and_then(|at| source.get(at)) == Some(&b'>')
}

/// What is hidden of the element with this name.
fn element(source: &[u8], name: Range<usize>, sort: Sort, is_exact: bool) -> Vec<Range<usize>> {
    let from = if is_exact { name.end } else { name.start };
    let tag = Tag::parse(source, name.end);
    let text_end = |from| find(source, from, |b| b == b'<').unwrap_or(source.len());
    let is_named = || {
        let end = tag.as_ref().map_or_else(|| text_end(name.end), |tag| tag.end);
        let parts = source.get(name.end..end).unwrap_or_default();
        let mut parts = parts.split(|b| matches!(b, b'"' | b'\'' | b'=' | b'>' | b'/'));
        parts.any(|part| Secret::is_named(&String::from_utf8_lossy(part)))
    };
    let (start, end) = match (sort, &tag) {
        (Sort::Named, _) if !is_named() => return Vec::new(),
        // the slash at its end may be what is wrong
        (_, Some(tag)) if tag.is_empty || sort == Sort::Card => (tag.end, text_end(tag.end)),
        (_, Some(tag)) => (tag.end, closing(source, tag.end, &lossy(source, name))),
        (Sort::Card, None) => (from, odd_end(source, name.end)),
        (_, None) => (from, closing(source, name.end, &lossy(source, name))),
    };
    let values = tag.into_iter().filter(|_| sort != Sort::Named).flat_map(|tag| tag.values);
    values.chain(std::iter::once(start..end)).collect()
}

/// Where the next name begins that is worth a look: behind the `<` of a tag, or
/// one that is known without it.
fn next_name(source: &[u8], from: usize) -> Option<usize> {
    let rest = source.get(from..)?;
    let place = rest.iter().enumerate().position(|(at, &byte)| {
        let before = (from + at).checked_sub(1).and_then(|at| source.get(at));
        if matches!(before, Some(b'<' | b'/' | b':')) {
            return is_name(byte);
        }
        known().any(|name| {
            rest.get(at..at + name.len()).is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes()))
        })
    })?;
    Some(from + place)
}

/// The names that count without a tag around them.
fn known() -> impl Iterator<Item = &'static str> {
    PROOFS.into_iter().chain(CARDS).chain([START_PAGE, "Extrinsic"])
}

/// What an element of this name hides, and whether that is its exact name.
fn sort(name: &str, is_tag: bool) -> Option<(Sort, bool)> {
    let name = local(name);
    let of = |known: &str| match known {
        "Extrinsic" => Sort::Named,
        known if CARDS.contains(&known) => Sort::Card,
        _ => Sort::Content,
    };
    if let Some(known) = known().find(|known| known.eq_ignore_ascii_case(name)) {
        return Some((of(known), true));
    }
    if is_tag && dtd::is_known(name) {
        return Some((Sort::Named, true));
    }
    // something may have got lost between the name and what follows
    let begins =
        |known: &&str| name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    if let Some(known) = known().find(begins) {
        return Some((of(known), false));
    }
    if !is_tag {
        return None;
    }
    Some(dtd::similar(name, known()).map_or((Sort::Named, true), |known| (of(known), true)))
}

/// Where the end tag of an element begins, or the end of all.
fn closing(source: &[u8], from: usize, element: &str) -> usize {
    let element = local(element);
    let mut at = from;
    let mut depth = 0_usize;
    while let Some(less) = find(source, at, |b| b == b'<') {
        let is_end = source.get(less + 1) == Some(&b'/');
        let start = less + 1 + usize::from(is_end);
        let end = find(source, start, |b| !is_name(b)).unwrap_or(source.len());
        at = end;
        let name = lossy(source, start..end);
        let name = local(&name);
        let is_same = name.eq_ignore_ascii_case(element)
            || is_end && dtd::similar(name, [element].into_iter()).is_some();
        if is_same && is_end && depth == 0 {
            return less;
        }
        if is_same && is_end {
            depth -= 1;
        } else if is_same && Tag::parse(source, end).is_some_and(|tag| !tag.is_empty) {
            depth += 1;
        }
    }
    source.len()
}

/// How far an odd tag may reach: over its `>` to the next tag.
fn odd_end(source: &[u8], from: usize) -> usize {
    let greater = find(source, from, |b| b == b'>').unwrap_or(source.len());
    find(source, greater, |b| b == b'<').unwrap_or(source.len())
}

/// A start tag as it should be.
struct Tag {
    values: Vec<Range<usize>>,
    end: usize,
    is_empty: bool,
}

impl Tag {
    /// Reads a tag behind its name; none when it is not well-formed.
    fn parse(source: &[u8], from: usize) -> Option<Self> {
        let skip = |at| find(source, at, |b| !b.is_ascii_whitespace());
        let mut values = Vec::new();
        let mut at = from;
        loop {
            let name = skip(at)?;
            match source.get(name..)? {
                [b'>', ..] => return Some(Self { values, end: name + 1, is_empty: false }),
                [b'/', b'>', ..] => return Some(Self { values, end: name + 2, is_empty: true }),
                _ if name == at => return None,
                _ => {}
            }
            let name_end = find(source, name, |b| !is_name(b))?;
            let equals = skip(name_end)?;
            if name_end == name || source.get(equals) != Some(&b'=') {
                return None;
            }
            let quote = skip(equals + 1)?;
            let mark = *source.get(quote).filter(|mark| matches!(mark, b'"' | b'\''))?;
            let end = find(source, quote + 1, |b| b == mark || b == b'<')?;
            if source.get(end) != Some(&mark) {
                return None;
            }
            values.push(quote + 1..end);
            at = end + 1;
        }
    }
}

fn find(source: &[u8], from: usize, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    Some(from + source.get(from..)?.iter().position(|&b| is_wanted(b))?)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || !byte.is_ascii()
}

fn lossy(source: &[u8], range: Range<usize>) -> String {
    String::from_utf8_lossy(source.get(range).unwrap_or_default()).into_owned()
}
