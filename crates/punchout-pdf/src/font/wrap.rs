//! Breaking text into lines.

use super::Font;

impl Font {
    /// Breaks a text into lines no wider than `width`.
    ///
    /// Line feeds break always; runs of blanks count as one. A number keeps its
    /// unit on its line if that is possible. A word that is too wide by itself is
    /// broken at punctuation if that is possible, else anywhere. Text is never
    /// dropped, apart from blanks.
    pub(crate) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            let mut used = 0.0;
            // where the last word on the line begins
            let mut last = 0;
            for word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
                let blank = if line.is_empty() { 0.0 } else { self.width(" ", size) };
                let wide = self.width(word, size);
                if used + blank + wide <= width {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    last = line.len();
                    line.push_str(word);
                    used += blank + wide;
                    continue;
                }
                let number = line.get(last..).filter(|number| last > 0 && is_measure(number, word));
                if let Some(measure) = number.map(|number| format!("{number} {word}")) {
                    let wide = self.width(&measure, size);
                    if wide <= width {
                        line.truncate(last - 1);
                        last = measure.len() - word.len();
                        lines.push(std::mem::replace(&mut line, measure));
                        used = wide;
                        continue;
                    }
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                last = 0;
                let mut rest = word;
                loop {
                    let (head, tail) = rest.split_at(self.cut(rest, size, width));
                    if tail.is_empty() {
                        break;
                    }
                    lines.push(head.to_owned());
                    rest = tail;
                }
                line.push_str(rest);
                used = self.width(rest, size);
            }
            // a blank line parts paragraphs; more than one would only waste paper
            if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(line);
            }
        }
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }

    /// How many bytes of a word go on one line: at least one character.
    fn cut(&self, word: &str, size: f32, width: f32) -> usize {
        let mut used = 0.0;
        let mut here = 0;
        let mut good = None;
        for (at, c) in word.char_indices() {
            // a combining mark, which has no width, stays with its letter
            if at > 0 && self.glyph(c).is_none_or(|glyph| glyph.advance > 0) {
                here = at;
            }
            used += self.width(c.encode_utf8(&mut [0; 4]), size);
            if used > width {
                if here > 0 {
                    return good.unwrap_or(here);
                }
            } else if matches!(c, '-' | '\u{2010}' | '–') {
                // before it: at the end of a line, programs that read the text
                // take it for a hyphenation and drop it
                good = Some(at).filter(|at| *at > 0).or(good);
            } else if matches!(c, '/' | '.' | ',' | ';' | ':' | '_' | '@' | ')') {
                good = Some(at + c.len_utf8());
            }
        }
        word.len()
    }
}

/// Whether two words are a number and a short unit, such as `25 mm`.
fn is_measure(number: &str, unit: &str) -> bool {
    let is_unit = |c: char| c.is_alphabetic() || matches!(c, '°' | '%' | '€' | '″' | '"');
    number.ends_with(|c: char| c.is_ascii_digit())
        && unit.starts_with(is_unit)
        && unit.chars().nth(3).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::{Fonts, Weight};

    fn wrap(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::noto_sans();
        let font = fonts.get(Weight::Regular);
        let lines = font.wrap(text, 10.0, width);
        for line in &lines {
            assert!(font.width(line, 10.0) <= width || width < 1.0, "{line:?} is wider than {width}");
        }
        lines
    }

    #[test]
    fn breaks_at_blanks_and_line_feeds() {
        assert_eq!(wrap("one two  three\nfour", 1000.0), ["one two three", "four"]);
        assert_eq!(wrap("one two three", 45.0), ["one two", "three"]);
        assert_eq!(wrap("\n\n a\r\n\n\n b \n\n", 100.0), ["a", "", "b"]);
        assert!(wrap(" \n ", 100.0).is_empty());
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(wrap("a rod of 25 mm is", 62.0), ["a rod of", "25 mm is"]);
        assert_eq!(wrap("a rod of 25 more is", 62.0), ["a rod of 25", "more is"]);
        assert_eq!(wrap("a rod of 25 metres", 62.0), ["a rod of 25", "metres"]);
        assert_eq!(wrap("1234567 kg 1", 48.0), ["1234567", "kg 1"]);
        assert_eq!(wrap("a 1234567 kg 1", 52.0), ["a 1234567", "kg 1"]);
    }

    #[test]
    fn breaks_words_only_in_need() {
        assert_eq!(wrap("see anna.bergstrom@example.com", 90.0), ["see", "anna.bergstrom@", "example.com"]);
        let long = "x".repeat(100);
        assert_eq!(wrap(&long, 60.0).concat(), long);
        assert_eq!(wrap("FLG-MS-DN150-PN16", 90.0), ["FLG-MS-DN150", "-PN16"]);
        assert_eq!(wrap("abc", 0.5), ["a", "b", "c"]);
        assert_eq!(wrap("u\u{308}u\u{308}", 0.5), ["u\u{308}", "u\u{308}"]);
    }
}
