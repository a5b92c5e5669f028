//! Where secrets stand in a document that is well-formed.

use std::ops::Range;

use memchr::memchr2;

use super::{guess, is_card, is_element, is_named, is_start_page};
use crate::raw::unlimited;
use crate::tree::decode_value;
use crate::xml::{Attribute, Kind, Scanner};

#[derive(Default)]
pub(super) struct Found {
    pub(super) spans: Vec<Range<usize>>,
    /// The contents that prove who somebody is, which may be repeated elsewhere.
    pub(super) proofs: Vec<Range<usize>>,
}

/// None when the document is not well-formed.
pub(super) fn find(text: &str) -> Option<Found> {
    let mut scanner = Scanner::new(text, unlimited()).ok()?;
    let mut found = Found::default();
    let mut depth = 0_usize;
    // the depth of the element whose content is a secret, where that begins, and
    // whether it proves something
    let mut secret = None;
    loop {
        match scanner.advance().ok()? {
            Kind::Open => {
                let tag = scanner.tag();
                let name = tag.name;
                if is_element(name) || is_card(name) {
                    found.spans.extend(scanner.attributes().iter().map(|attribute| attribute.value.clone()));
                }
                if !tag.is_empty {
                    let is_proof = is_element(name)
                        || scanner.attributes().iter().any(|attribute| names_secret(text, attribute));
                    let is_secret = is_proof || is_start_page(name);
                    if is_secret && secret.is_none() {
                        secret = Some((depth, tag.end, is_proof));
                    }
                    depth += 1;
                }
            }
            Kind::Close => {
                depth = depth.saturating_sub(1);
                if let Some((_, start, is_proof)) = secret.take_if(|(of, ..)| *of == depth) {
                    let span = start..scanner.start();
                    found.proofs.extend(is_proof.then(|| span.clone()));
                    found.spans.push(span);
                }
            }
            // documents within a document, and tags that have lost their `<`
            Kind::Aside | Kind::CData | Kind::Text if secret.is_none() => {
                let span = scanner.span();
                let inside = text.as_bytes().get(span.clone()).unwrap_or_default();
                if memchr2(b'<', b'=', inside).is_some() {
                    let moved = |found: Range<usize>| found.start + span.start..found.end + span.start;
                    found.spans.extend(guess::spans(inside).into_iter().map(moved));
                }
            }
            Kind::End => return Some(found),
            _ => {}
        }
    }
}

/// Those of the spans that lie in a text or in the value of an attribute: what
/// a comment and the like says, too, but no part of markup.
pub(super) fn said(text: &str, mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let Ok(mut scanner) = Scanner::new(text, unlimited()) else { return Vec::new() };
    let mut places: Vec<Range<usize>> = Vec::new();
    loop {
        match scanner.advance() {
            Ok(Kind::End) | Err(_) => break,
            Ok(Kind::Open) => {
                places.extend(scanner.attributes().iter().map(|attribute| attribute.value.clone()));
            }
            Ok(Kind::CData) => places.push(scanner.inside()),
            Ok(Kind::Text | Kind::Entity | Kind::Character) => match places.last_mut() {
                // a text goes on behind a reference
                Some(last) if last.end == scanner.start() => last.end = scanner.end(),
                _ => places.push(scanner.span()),
            },
            // `<!--` and `-->`, or `<?` and `?>`
            Ok(Kind::Aside) => places.push(scanner.start() + 4..scanner.end().saturating_sub(3)),
            Ok(_) => {}
        }
    }
    spans.retain(|span| {
        let at = places.partition_point(|place| place.end < span.end);
        places.get(at).is_some_and(|place| place.start <= span.start && span.end <= place.end)
    });
    spans
}

fn names_secret(text: &str, attribute: &Attribute<'_>) -> bool {
    attribute.name.eq_ignore_ascii_case("name")
        && is_named(text.get(attribute.value.clone()).map(decode_value).as_deref())
}
