//! Breaking text into lines.

use super::Font;
use super::ties::Tie;

/// A line of a text that was broken to a width.
#[derive(Debug)]
pub(crate) struct Wrapped {
    pub(crate) text: String,
    /// Whether its paragraph ends with it.
    pub(crate) ends: bool,
}

impl Wrapped {
    fn going_on(text: String) -> Self {
        Self { text, ends: false }
    }
}

impl Font {
    /// Breaks a text into lines no wider than `width`.
    ///
    /// Line feeds break always; runs of blanks count as one. A number keeps its
    /// sign and its unit on its line if that is possible. A word that is too wide
    /// by itself is broken at punctuation if that is possible, else anywhere. Text
    /// is never dropped, apart from blanks.
    pub(crate) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<Wrapped> {
        let mut lines: Vec<Wrapped> = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            let mut used = 0.0;
            let mut last = "";
            // where on the line begins what the last word is tied to, and what
            // it is tightly tied to
            let (mut tied, mut tight) = (0, 0);
            for word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
                let tie = Tie::between(last, word).filter(|_| !line.is_empty());
                last = word;
                let blank = if line.is_empty() { 0.0 } else { self.width(" ", size) };
                let wide = self.width(word, size);
                if used + blank + wide <= width {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    let here = line.len();
                    line.push_str(word);
                    used += blank + wide;
                    tied = if tie.is_some() { tied } else { here };
                    tight = if tie == Some(Tie::Tight) { tight } else { here };
                    continue;
                }
                // what goes to the next line with the word: as much as fits there
                let along = match tie {
                    Some(Tie::Tight) => [tied, tight],
                    Some(Tie::Loose) => [tied, 0],
                    None => [0, 0],
                };
                let along = along.into_iter().filter(|at| *at > 0).find_map(|at| {
                    let next = format!("{} {word}", line.get(at..)?);
                    let wide = self.width(&next, size);
                    (wide <= width).then_some((at, next, wide))
                });
                if let Some((at, next, wide)) = along {
                    let here = next.len() - word.len();
                    tight = if tie == Some(Tie::Tight) { tight.saturating_sub(at) } else { here };
                    tied = 0;
                    line.truncate(at - 1);
                    lines.push(Wrapped::going_on(std::mem::replace(&mut line, next)));
                    used = wide;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(Wrapped::going_on(std::mem::take(&mut line)));
                }
                (tied, tight) = (0, 0);
                let mut rest = word;
                loop {
                    let (head, tail) = rest.split_at(self.cut(rest, size, width));
                    if tail.is_empty() {
                        break;
                    }
                    lines.push(Wrapped::going_on(head.to_owned()));
                    rest = tail;
                }
                line.push_str(rest);
                used = self.width(rest, size);
            }
            // a blank line parts paragraphs; more than one would only waste paper
            if !line.is_empty() || lines.last().is_some_and(|last| !last.text.is_empty()) {
                lines.push(Wrapped { text: line, ends: true });
            }
        }
        if lines.last().is_some_and(|last| last.text.is_empty()) {
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
            if at > 0 && self.set(c).is_none_or(|glyph| glyph.advance > 0) {
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

#[cfg(test)]
mod tests {
    use super::super::{Fonts, Weight};

    fn wrap(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::noto_sans();
        let font = fonts.get(Weight::Regular);
        let lines = font.wrap(text, 10.0, width);
        let lines: Vec<_> = lines.into_iter().map(|line| line.text).collect();
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
    fn numbers_keep_their_signs() {
        assert_eq!(wrap("a gap ≤ 0,5 mm", 60.0), ["a gap", "≤ 0,5 mm"]);
        assert_eq!(wrap("a gap ≤ 0,5 mm", 40.0), ["a gap", "≤ 0,5", "mm"]);
        assert_eq!(wrap("a gap of ± 2", 48.0), ["a gap of", "± 2"]);
        assert_eq!(wrap("a bolt M8 × 40", 62.0), ["a bolt", "M8 × 40"]);
        assert_eq!(wrap("Nr. 5 Nr. 6", 42.0), ["Nr. 5", "Nr. 6"]);
        // where all does not fit, the sign still goes with what follows it
        assert_eq!(wrap("200 × 300 × 400 mm", 55.0), ["200 × 300", "× 400 mm"]);
        assert_eq!(wrap("200 × 300 × 400 mm", 64.0), ["200 × 300", "× 400 mm"]);
        // a sign at the end of a paragraph has nothing to do with the next one
        assert_eq!(wrap("a gap ≤\n0,5 mm", 100.0), ["a gap ≤", "0,5 mm"]);
    }

    /// Whatever the width, words are whole and in order.
    #[test]
    fn nothing_is_lost_where_words_are_tied() {
        let text = "≤ 0,5 mm × 200 × 1 000 kg Nr. 5 ± 2 % und Ø 12 × 7 = 84 mm";
        for width in 20..400_u16 {
            let lines = wrap(text, f32::from(width) / 2.0);
            let is_whole = width > 80;
            let joined = lines.join(if is_whole { " " } else { "" });
            let expected = if is_whole { text.to_owned() } else { text.replace(' ', "") };
            assert_eq!(if is_whole { joined } else { joined.replace(' ', "") }, expected, "{width}");
        }
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
