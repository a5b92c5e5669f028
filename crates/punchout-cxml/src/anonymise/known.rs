use std::collections::{BTreeSet, HashMap};

use super::held::HELD;
use crate::secret::TELLING;

/// Shorter values stand in too many words that have nothing to do with them.
const SHORTEST: usize = 5;

/// So many values of different lengths may begin with the same word; more are
/// not looked for.
const LENGTHS: usize = 32;

/// The values that were replaced in a document, to find them elsewhere.
#[derive(Default)]
pub(super) struct Known {
    values: HashMap<String, String>,
    /// How long the values are that begin with a word, the longest last.
    lengths: HashMap<String, BTreeSet<usize>>,
    secrets: HashMap<String, String>,
    /// How long the secrets are that begin with these bytes.
    beginnings: HashMap<[u8; TELLING], BTreeSet<usize>>,
}

impl Known {
    pub(super) fn add(&mut self, value: &str, replacement: &str) {
        let is_word = |c: char| c.is_alphanumeric();
        let core = value.trim_matches(|c| !is_word(c));
        let made_up = replacement.trim_matches(|c| !is_word(c));
        let references = |text: &str| text.matches(HELD).count();
        if references(core) != references(made_up) {
            // One would be lost or come up where this is found again.
            value
                .split(HELD)
                .zip(replacement.split(HELD))
                .for_each(|(value, made_up)| self.add(value, made_up));
            return;
        }
        if core.len() < SHORTEST || self.values.contains_key(core) {
            return;
        }
        let lengths = self.lengths.entry(first_word(core).to_owned()).or_default();
        if lengths.len() < LENGTHS || lengths.contains(&core.len()) {
            lengths.insert(core.len());
            self.values.insert(core.to_owned(), made_up.to_owned());
        }
    }

    /// A secret is found within words, too, if it is not too short.
    pub(super) fn add_secret(&mut self, secret: &str, replacement: &str) {
        let (core, made_up) = (secret.trim(), replacement.trim());
        let Some(beginning) = core.as_bytes().first_chunk().filter(|_| core.chars().count() >= TELLING)
        else {
            return;
        };
        let lengths = self.beginnings.entry(*beginning).or_default();
        if lengths.len() < LENGTHS || lengths.contains(&core.len()) {
            lengths.insert(core.len());
            self.secrets.insert(core.to_owned(), made_up.to_owned());
        }
    }

    /// Replaces the secrets wherever they stand, the longest first.
    pub(super) fn replace_secrets(&self, text: &str) -> String {
        if self.secrets.is_empty() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (length, written) = self.find_secret(rest).unwrap_or_else(|| {
                let length = first.len_utf8();
                (length, rest.get(..length).unwrap_or_default())
            });
            out.push_str(written);
            rest = rest.get(length..).unwrap_or_default();
        }
        out
    }

    fn find_secret(&self, text: &str) -> Option<(usize, &str)> {
        let lengths = self.beginnings.get(text.as_bytes().first_chunk::<TELLING>()?)?;
        lengths.iter().rev().find_map(|&length| Some((length, &**self.secrets.get(text.get(..length)?)?)))
    }

    /// Replaces the values where they stand as words of their own.
    pub(super) fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (between, from) = rest.split_at(start);
            out.push_str(between);
            let word = first_word(from);
            let (length, written) = self.find(from, word).unwrap_or((word.len(), word));
            out.push_str(written);
            rest = from.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }

    /// The longest value that the text begins with: its length, and what is
    /// written for it.
    fn find(&self, text: &str, word: &str) -> Option<(usize, &str)> {
        self.lengths.get(word)?.iter().rev().find_map(|&length| {
            let is_whole = !text.get(length..)?.starts_with(char::is_alphanumeric);
            let made_up = self.values.get(text.get(..length)?).filter(|_| is_whole)?;
            Some((length, &**made_up))
        })
    }
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_values() {
        let mut known = Known::default();
        known.add("Doe Ltd", "Abc Def");
        known.add("Doe Ltd & Sons", "Ghi");
        known.add(" +49 30 1234 ", "+11 22 3333");
        known.add("Jo", "Xy");
        assert_eq!(known.replace("for Doe Ltd, by Doe Ltd & Sons."), "for Abc Def, by Ghi.");
        assert_eq!(known.replace("Doe Ltds; Jo: (49 30 1234)"), "Doe Ltds; Jo: (11 22 3333)");
    }

    #[test]
    fn references_are_neither_lost_nor_made_up() {
        let mut known = Known::default();
        known.add("Doe\u{FFFF}Ltd", "Abc\u{FFFF}Def");
        known.add("hushhush\u{FFFF}!", "1234\u{FFFF}5678");
        assert_eq!(known.replace("Doe\u{FFFF}Ltd, Doe Ltd"), "Abc\u{FFFF}Def, Doe Ltd");
        assert_eq!(known.replace("hushhush, hushhush\u{FFFF}!"), "1234, 1234\u{FFFF}!");
    }
}
