//! What a secret is found by.

use super::reading::{Reading, folded, is_blank};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So many characters has a secret that is found within a word.
const LONG: usize = 6;
/// So many characters of a secret tell it, where a text breaks off inside of it,
/// and so many of base64.
const TELLING: usize = 4;
/// So many digits, alone or in groups, are taken for a number that people group
/// as they like, such as that of a card.
const GROUPED: usize = 12;
/// What stands between groups of digits, besides blanks.
const HYPHENS: &[char] = &['-', '\u{ad}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '.'];
/// So many characters has a secret at least that is known by its hexadecimal
/// digits; fewer are too like other numbers.
const HEX: usize = 3;

/// One way to write a secret, apart from how each sign of it is spelled.
pub(super) struct Pattern {
    /// Without blanks.
    letters: Vec<Letter>,
    /// Whether it is found within a word too.
    within: bool,
    /// Whether the characters beside it hold bits of it.
    rims: bool,
    /// What may stand between its letters, besides blanks.
    joints: &'static [char],
}

#[derive(Clone, Copy)]
struct Letter {
    /// In lower case.
    lower: char,
    /// As the secret has it.
    given: char,
    /// Whether a blank stands before it.
    spaced: bool,
}

impl Pattern {
    /// The secret itself, and what it is in base64 and in hexadecimal digits; of
    /// UTF-8 and, where it can be, of Latin-1.
    pub(super) fn all(secret: &str) -> Vec<Self> {
        let Some(digits) = grouped(secret) else { return Self::of(secret, &[]) };
        let mut all = Self::of(&digits, HYPHENS);
        if digits != secret {
            all.extend(Self::of(secret, &[]));
        }
        all
    }

    fn of(secret: &str, joints: &'static [char]) -> Vec<Self> {
        let long = secret.chars().filter(|c| !is_blank(*c)).count() >= LONG;
        let mut all = vec![Self { joints, ..Self::new(secret, long, false) }];
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
            if bytes.len() >= HEX {
                let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                let digits: String = halves.filter_map(|half| char::from_digit(half.into(), 16)).collect();
                all.push(Self { joints: &['-', ':'], ..Self::new(&digits, long, false) });
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
                letters.push(Letter { lower: folded(c), given: c, spaced: std::mem::take(&mut spaced) });
            }
        }
        Self { letters, within, rims, joints: &[] }
    }

    /// Where it stands, or what is left of it where the text was cut.
    pub(super) fn spans(&self, reading: &Reading<'_>) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut open = Open::new();
        let Some(first) = self.letters.first() else { return spans };
        let all: Vec<usize>;
        let starts = if first.lower.is_ascii() {
            reading.places_of(first.lower)
        } else {
            all = (0..reading.len()).collect();
            &all
        };
        for &start in starts {
            self.go_on(reading, start, &mut open, &mut spans);
            if self.within || reading.starts_apart(start) {
                self.step(reading, start, 0, start, &mut open);
            }
        }
        self.go_on(reading, usize::MAX, &mut open, &mut spans);
        spans
    }

    /// Goes on with what is open up to this place.
    fn go_on(&self, reading: &Reading<'_>, until: usize, open: &mut Open, spans: &mut Vec<Range<usize>>) {
        while let Some(next) = open.first_entry().filter(|next| next.key().0 <= until) {
            let ((place, found), from) = next.remove_entry();
            if found == self.letters.len() {
                if self.within || reading.ends_apart(place) {
                    spans.push(self.span(reading, from..place));
                }
                continue;
            }
            let spaced = self.letters.get(found).is_some_and(|letter| letter.spaced);
            let mut places = if self.within || spaced {
                reading.behind_blanks(place, spaced)
            } else {
                BTreeSet::from([place])
            };
            if !self.joints.is_empty() {
                let joints = places.iter().flat_map(|&place| reading.signs(place));
                let joints: Vec<usize> =
                    joints.filter(|(sign, _)| self.joints.contains(sign)).map(|(_, end)| end).collect();
                places.extend(joints.into_iter().flat_map(|end| reading.behind_blanks(end, false)));
            }
            if found >= TELLING
                && let Some(end) = places.iter().find_map(|&place| reading.cut(place))
            {
                spans.push(self.span(reading, from..end));
            }
            for place in places {
                self.step(reading, place, found, from, open);
            }
        }
    }

    /// Notes where the next letter ends, if it begins at this place.
    fn step(&self, reading: &Reading<'_>, place: usize, found: usize, from: usize, open: &mut Open) {
        let Some(wanted) = self.letters.get(found) else { return };
        let mut note = |end| {
            open.entry((end, found + 1)).and_modify(|first| *first = from.min(*first)).or_insert(from);
        };
        reading.signs(place).filter(|(sign, _)| folded(*sign) == wanted.lower).for_each(|(_, end)| note(end));
        if self.within && !wanted.lower.is_ascii() {
            let cases = [wanted.given, wanted.lower].into_iter().chain(wanted.given.to_uppercase());
            cases.flat_map(|letter| reading.spoiled(place, letter)).filter(|end| *end > place).for_each(note);
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

/// A place, how many letters were found before it, and the leftmost place of the
/// first of them.
type Open = BTreeMap<(usize, usize), usize>;

/// The digits of a number that people group as they like.
fn grouped(secret: &str) -> Option<String> {
    let is_between = |c: char| is_blank(c) || HYPHENS.contains(&c);
    let digits: String = secret.chars().filter(|c| !is_between(*c)).collect();
    (digits.len() >= GROUPED && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
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
