//! References to entities in values that are replaced.
//!
//! They stay as they stand, so that a document keeps the fault that they are.
//! While words are replaced, a character that no document has stands for each.

use std::borrow::Cow;

use crate::xml::entities_in;

/// Stands for a reference.
pub(super) const HELD: char = '\u{FFFF}';

/// A run of characters and references, those to entities held.
pub(super) fn hold(raw: &str) -> Cow<'_, str> {
    let mut held = String::new();
    let mut from = 0;
    for name in entities_in(raw) {
        held.push_str(raw.get(from..name.start - 1).unwrap_or_default());
        held.push(HELD);
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
