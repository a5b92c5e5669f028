//! Secrets in what is said about a document.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::{Bound, Range};

use super::MASK;
use crate::dtd;
use crate::tree::decode_value;

/// The words of secrets: all that is made of letters and digits. Whoever quotes
/// a document quotes whole words of it, or the beginning of one and an ellipsis.
#[derive(Clone, Default)]
pub(super) struct Words(BTreeSet<String>);

/// So long is a word that is hidden wherever it stands. A shorter one may be
/// one of the program's own words, and is hidden in quotes only.
const LONG: usize = 6;

impl Words {
    pub(super) fn of(text: &str, spans: &[Range<usize>]) -> Self {
        let mut words = BTreeSet::new();
        let mut last = 0;
        for span in spans {
            // a mark may stand within a word
            let start = boundary(text, span.start).max(last);
            let Some(secret) = text.get(start..boundary(text, span.end).max(start)) else { continue };
            last = start;
            for said in [Cow::Borrowed(secret), decode_value(secret)] {
                words.extend(split(&said).filter(|(_, is_word)| *is_word).map(|(word, _)| word.to_owned()));
            }
        }
        // names of elements tell nothing
        words.retain(|word| !dtd::is_known(word));
        Self(words)
    }

    /// `is_quoted` says whether all of it is a quotation.
    pub(super) fn hide<'t>(&self, said: &'t str, mut is_quoted: bool) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(said);
        }
        let mut shown = String::with_capacity(said.len());
        let mut at = 0;
        for (part, is_word) in split(said) {
            at += part.len();
            is_quoted ^= part.matches('`').count() % 2 == 1;
            let is_cut = || said.get(at..).is_some_and(|rest| rest.starts_with('…'));
            let is_secret = is_word
                && (is_quoted || part.len() >= LONG || is_cut())
                && (self.0.contains(part) || is_cut() && self.has_beginning(part));
            if !is_secret {
                shown.push_str(part);
            } else if !shown.ends_with(MASK) {
                shown.push_str(MASK);
            }
        }
        if shown == said { Cow::Borrowed(said) } else { Cow::Owned(shown) }
    }

    fn has_beginning(&self, word: &str) -> bool {
        let from = (Bound::Included(word), Bound::Unbounded);
        self.0.range::<str, _>(from).next().is_some_and(|found| found.starts_with(word))
    }
}

/// The words of a text, and what stands between them.
fn split(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = rest.chars().next()?.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some((part, is_word))
    })
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
