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

fn names_secret(text: &str, attribute: &Attribute<'_>) -> bool {
    attribute.name.eq_ignore_ascii_case("name")
        && is_named(text.get(attribute.value.clone()).map(decode_value).as_deref())
}
