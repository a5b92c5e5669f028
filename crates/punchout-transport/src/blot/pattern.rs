//! What a secret is found by.

use super::reading::{Reading, is_blank};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So many characters has a secret that is found within a word.
const LONG: usize = 6;
/// So many characters of a secret tell it, where a text breaks off inside of it,
/// and so many of base64.
const TELLING: usize = 4;

/// One way to write a secret, apart from how each sign of it is spelled.
pub(super) struct Pattern {
    /// In lower case, without blanks.
    letters: Vec<Letter>,
    /// Whether it is found within a word too.
    within: bool,
    /// Whether the characters beside it hold bits of it.
    rims: bool,
}

#[derive(Clone, Copy)]
struct Letter {
    letter: char,
    /// Whether a blank stands before it.
    spaced: bool,
}

impl Pattern {
    /// The secret itself, and what it is in base64 and in hexadecimal digits; of
    /// UTF-8 and, where it can be, of Latin-1.
    pub(super) fn all(secret: &str) -> Vec<Self> {
        let long = secret.chars().filter(|c| !is_blank(*c)).count() >= LONG;
        let mut all = vec![Self::new(secret, long, false)];
        let latin: Option<Vec<u8>> = secret.chars().map(|c| u8::try_from(c).ok()).collect();
        let forms = [Some(secret.as_bytes().to_vec()), latin.filter(|_| !secret.is_ascii())];
        for bytes in forms.into_iter().flatten() {
            // what stands before it may be anything, such as a user's name
            let inside = (0..3).map(|before| base64(&bytes, before)).filter(|core| core.len() >= TELLING);
            let mut encoded: Vec<_> = inside.map(|core| (core, true)).collect();
            if !long {
                encoded.push((whole_base64(&bytes), false));
            }
            for (text, within) in encoded {
                all.push(Self::new(&text, within, within));
                if text.contains(['+', '/']) {
                    // in addresses (RFC 4648, 5)
                    all.push(Self::new(&text.replace('+', "-").replace('/', "_"), within, within));
                }
            }
            if long {
                let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                let digits: String = halves.filter_map(|half| char::from_digit(half.into(), 16)).collect();
                all.push(Self::new(&digits, true, false));
            }
        }
        all.retain(|pattern| !pattern.letters.is_empty());
        all
    }

    fn new(text: &str, within: bool, rims: bool) -> Self {
        let mut letters = Vec::new();
        let mut spaced = false;
        for c in text.chars() {
            if is_blank(c) {
                spaced = true;
            } else {
                letters.push(Letter { letter: folded(c), spaced: std::mem::take(&mut spaced) });
            }
        }
        Self { letters, within, rims }
    }

    /// Where it stands, or what is left of it where the text was cut.
    pub(super) fn spans(&self, reading: &Reading<'_>) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        // the place, how many letters were found before it, and the leftmost place of the first
        let mut open: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for start in 0..reading.len() {
            if self.within || reading.starts_apart(start) {
                self.step(reading, start, 0, start, &mut open);
            }
            while let Some(next) = open.first_entry().filter(|next| next.key().0 <= start + 1) {
                let ((place, found), from) = next.remove_entry();
                if found == self.letters.len() {
                    if self.within || reading.ends_apart(place) {
                        spans.push(self.span(reading, from..place));
                    }
                    continue;
                }
                if found >= TELLING
                    && let Some(end) = reading.cut(place)
                {
                    spans.push(self.span(reading, from..end));
                }
                let spaced = self.letters.get(found).is_some_and(|letter| letter.spaced);
                let places = if self.within || spaced {
                    reading.behind_blanks(place, spaced)
                } else {
                    BTreeSet::from([place])
                };
                for place in places {
                    self.step(reading, place, found, from, &mut open);
                }
            }
        }
        spans
    }

    /// Notes where the next letter ends, if it begins at this place.
    fn step(
        &self,
        reading: &Reading<'_>,
        place: usize,
        found: usize,
        from: usize,
        open: &mut BTreeMap<(usize, usize), usize>,
    ) {
        let Some(wanted) = self.letters.get(found) else { return };
        for (_, end) in reading.signs(place).filter(|(sign, _)| folded(*sign) == wanted.letter) {
            open.entry((end, found + 1)).and_modify(|first| *first = from.min(*first)).or_insert(from);
        }
    }

    /// The place in the text, in bytes.
    fn span(&self, reading: &Reading<'_>, mut span: Range<usize>) -> Range<usize> {
        let is_digit = |place| {
            let c = reading.char_at(place);
            c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_'))
        };
        if self.rims {
            span.start -= usize::from(span.start.checked_sub(1).is_some_and(is_digit));
            span.end += usize::from(is_digit(span.end));
        }
        reading.offset(span.start)..reading.offset(span.end)
    }
}

/// One case for all letters that have two.
fn folded(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// The base64 of some bytes behind so many others, as far as nothing else is in
/// it; without a library, for no feature may be needed.
fn base64(bytes: &[u8], before: usize) -> String {
    digits(bytes, before, (before * 8).div_ceil(6)..(before + bytes.len()) * 8 / 6)
}

/// The base64 of these bytes alone, without the `=` at its end.
pub(super) fn whole_base64(bytes: &[u8]) -> String {
    digits(bytes, 0, 0..(bytes.len() * 8).div_ceil(6))
}

fn digits(bytes: &[u8], before: usize, range: Range<usize>) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| bytes.get(at / 8 - before).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let digit = |at: usize| (at * 6..at * 6 + 6).fold(0, |digit, at| digit << 1 | bit(at));
    range.filter_map(|at| DIGITS.get(digit(at))).copied().map(char::from).collect()
}
