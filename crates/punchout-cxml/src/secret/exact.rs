//! Where secrets stand in a document that is well-formed.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::place::{self, Place};
use super::text::SHORTEST;
use super::values::is_plain;
use super::{guess, is_card, is_element, is_identifier, is_kind, is_named, is_start_page};
use crate::Error;
use crate::raw::unlimited;
use crate::tree::decode_value;
use crate::xml::{Attribute, Kind, Scanner, push_value};

#[derive(Default)]
pub(super) struct Found {
    /// Contents of elements and values of attributes, each as a whole.
    pub(super) spans: Vec<Range<usize>>,
    /// What looks like a secret within a text or a comment.
    pub(super) guessed: Vec<Range<usize>>,
    /// What those say that prove who somebody is, which may be repeated elsewhere.
    pub(super) said: Vec<String>,
    /// Values of attributes that pay or prove.
    pub(super) values: Vec<Range<usize>>,
    /// What begins pages that let their bearer in.
    pub(super) pages: Vec<Range<usize>>,
    /// What `said` holds as it is spelled, where that is another text.
    pub(super) spelled: Vec<Range<usize>>,
    /// What may be replaced, in the order of the document.
    pub(super) places: Vec<Place>,
    /// Where numbers stand that are no card's, in the order of the document.
    pub(super) identifiers: Vec<Range<usize>>,
    /// What is declared in the document itself.
    pub(super) declared: Vec<Range<usize>>,
    /// Where entities are named, in the order of the document.
    pub(super) entities: Vec<usize>,
}

/// The element whose content is a secret.
struct Open {
    depth: usize,
    start: usize,
    /// Whether it proves something.
    is_proof: bool,
    /// What was said in it so far.
    said: String,
    /// Where in that the text begins that no tag has ended yet.
    text: usize,
}

impl Open {
    /// A tag ends a text, which may be repeated without the others.
    fn end_text(&mut self, found: &mut Found) {
        if let Some(text) = self.said.get(self.text..).filter(|text| text.len() < self.said.len()) {
            found.said.push(text.to_owned());
        }
        self.text = self.said.len();
    }

    fn end(mut self, text: &str, end: usize, found: &mut Found) {
        let span = self.start..end;
        if self.is_proof {
            self.end_text(found);
            if text.get(span.clone()).is_some_and(|raw| !raw.contains('<') && raw != self.said) {
                found.spelled.push(span.clone());
            }
            found.said.push(self.said);
        } else {
            found.pages.push(span.clone());
        }
        found.spans.push(span);
    }
}

pub(super) fn find(text: &str) -> Result<Found, Error> {
    let mut scanner = Scanner::new(text, unlimited())?;
    let mut found = Found::default();
    let mut depth = 0_usize;
    let mut secret: Option<Open> = None;
    // whether the text of each open element is an identifier
    let mut are_identifiers = Vec::new();
    loop {
        let kind = scanner.advance()?;
        found.entities.extend(scanner.entities(kind).map(|name| name.start));
        if let Some(open) = secret.as_mut().filter(|open| open.is_proof) {
            match kind {
                Kind::Open | Kind::Close => open.end_text(&mut found),
                Kind::Text => push_value(scanner.piece(scanner.inside()), &mut open.said),
                Kind::CData => open.said.push_str(scanner.piece(scanner.inside())),
                Kind::Character => open.said.push(scanner.character()),
                Kind::Entity => open.said.push_str(scanner.piece(scanner.span())),
                _ => {}
            }
        }
        match kind {
            Kind::Open => {
                let tag = scanner.tag();
                let name = tag.name;
                let values = scanner.attributes().iter().map(|attribute| attribute.value.clone());
                found.places.extend(values.clone().map(Place::with_references));
                if is_element(name) || is_card(name) {
                    found.spans.extend(values);
                    let telling = scanner.attributes().iter().filter(|it| !is_plain(it.name));
                    found.values.extend(telling.map(|it| it.value.clone()));
                }
                let attributes = scanner.attributes();
                let kinds = kinds(text, attributes);
                let kinds: Vec<_> = kinds.iter().map(|kind| &**kind).collect();
                let is_identifier = |name| is_identifier(tag.name, name, &kinds);
                let long = attributes.iter().filter(|it| it.value.len() >= SHORTEST);
                let long = long.filter(|it| is_identifier(Some(it.name)));
                found.identifiers.extend(long.map(|it| it.value.clone()));
                if !tag.is_empty {
                    are_identifiers.push(is_identifier(None));
                    let is_proof = is_element(name)
                        || scanner.attributes().iter().any(|attribute| names_secret(text, attribute));
                    let is_secret = is_proof || is_start_page(name);
                    if is_secret && secret.is_none() {
                        let start = tag.end;
                        secret = Some(Open { depth, start, is_proof, said: String::new(), text: 0 });
                    }
                    depth += 1;
                }
            }
            Kind::Close => {
                depth = depth.saturating_sub(1);
                are_identifiers.pop();
                if let Some(open) = secret.take_if(|open| open.depth == depth) {
                    open.end(text, scanner.start(), &mut found);
                }
            }
            Kind::Doctype => {
                let doctype = scanner.piece(scanner.span());
                let (places, declared) = place::of_doctype(doctype, scanner.start());
                found.places.extend(places);
                found.declared = declared;
            }
            Kind::CData => found.places.push(Place::plain(scanner.inside())),
            Kind::Aside => found.places.extend(place::of_aside(text, scanner.span())),
            Kind::Text | Kind::Entity | Kind::Character => match found.places.last_mut() {
                // a text goes on behind a reference
                Some(last) if last.span.end == scanner.start() => last.span.end = scanner.end(),
                _ => found.places.push(Place::with_references(scanner.span())),
            },
            Kind::End => return Ok(found),
        }
        if matches!(kind, Kind::CData | Kind::Text) && are_identifiers.last() == Some(&true) {
            let span = scanner.inside();
            found.identifiers.extend(Some(span).filter(|span| span.len() >= SHORTEST));
        }
        // documents within a document, and tags that have lost their `<`
        if matches!(kind, Kind::Aside | Kind::CData | Kind::Text) && secret.is_none() {
            let span = scanner.span();
            let inside = text.as_bytes().get(span.clone()).unwrap_or_default();
            if memchr2(b'<', b'=', inside).is_some() {
                let moved = |found: Range<usize>| found.start + span.start..found.end + span.start;
                found.guessed.extend(guess::spans(inside).into_iter().map(moved));
            }
        }
    }
}

/// What an element says that it holds.
fn kinds<'t>(text: &'t str, attributes: &[Attribute<'_>]) -> Vec<Cow<'t, str>> {
    let kinds = attributes.iter().filter(|attribute| is_kind(attribute.name));
    kinds.filter_map(|kind| Some(decode_value(text.get(kind.value.clone())?))).collect()
}

fn names_secret(text: &str, attribute: &Attribute<'_>) -> bool {
    attribute.name.eq_ignore_ascii_case("name")
        && is_named(text.get(attribute.value.clone()).map(decode_value).as_deref())
}
