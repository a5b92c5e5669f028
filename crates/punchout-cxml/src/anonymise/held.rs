//! References to entities in values that are replaced.
//!
//! They stay as they stand and in their order, so that a document keeps the
//! faults that they are. While words are replaced, a character that no document
//! has stands for each. What replaces a value leaves all of these in it: which
//! one stands for which reference is told by their order alone. Only a secret
//! loses all, as their names may be a part of it.

use std::borrow::Cow;

use crate::xml::{entities_in, is_name_char, resolve};

/// Stands for a reference.
pub(super) const HELD: &str = "\u{FFFF}";

/// A run of characters and references, those to entities held.
pub(super) fn hold(raw: &str) -> Cow<'_, str> {
    let mut held = String::new();
    let mut from = 0;
    for name in entities_in(raw) {
        held.push_str(raw.get(from..name.start - 1).unwrap_or_default());
        held.push_str(HELD);
        from = name.end + 1;
    }
    if from == 0 {
        return Cow::Borrowed(raw);
    }
    held.push_str(raw.get(from..).unwrap_or_default());
    Cow::Owned(held)
}

/// The references to entities in such a run.
pub(super) fn references(raw: &str) -> impl Iterator<Item = &str> {
    entities_in(raw).filter_map(|name| raw.get(name.start - 1..name.end + 1))
}

/// What stands in quotes in a declaration, and the references that are held in
/// it: there also those to characters, which may be needed as they are, but for
/// letters and digits, of which words are made.
pub(super) fn hold_declared(raw: &str) -> (String, Vec<&str>) {
    let (mut held, mut references) = (String::with_capacity(raw.len()), Vec::new());
    let mut rest = raw;
    while let Some((before, from)) = rest.find('&').and_then(|at| rest.split_at_checked(at)) {
        held.push_str(before);
        // Not beyond the next one, so that no text is looked at again and again.
        let inside = from.get(1..).unwrap_or_default();
        let length = inside.find([';', '&']).filter(|&at| inside.as_bytes().get(at) == Some(&b';'));
        let name = inside.get(..length.unwrap_or_default()).unwrap_or_default();
        let end = name.len() + 2;
        let taken = match resolve(name) {
            Some(c) if c.is_alphanumeric() => {
                held.push(c);
                end
            }
            None if name.is_empty() || !name.chars().all(is_name_char) => {
                // The address of a file may have one that is none.
                held.push('&');
                1
            }
            _ => {
                held.push_str(HELD);
                references.extend(from.get(..end));
                end
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    held.push_str(rest);
    (held, references)
}

/// Replaces what stands between the references.
pub(super) fn between(held: &str, replace: impl Fn(&str) -> String) -> String {
    held.split(HELD).map(replace).collect::<Vec<_>>().join(HELD)
}

/// Puts the references back, and writes what stands between them.
pub(super) fn put_back<'r>(
    held: &str,
    mut references: impl Iterator<Item = &'r str>,
    mut write: impl FnMut(&str, &mut String),
) -> String {
    let mut out = String::with_capacity(held.len());
    for (number, run) in held.split(HELD).enumerate() {
        if number > 0 {
            out.push_str(references.next().unwrap_or_default());
        }
        write(run, &mut out);
    }
    out
}
