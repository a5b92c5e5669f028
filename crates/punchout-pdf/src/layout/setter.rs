use std::collections::BTreeMap;

use punchout_core::{Code, Diagnostic, Severity, Sink};

use super::{PlacedText, Tone};
use crate::Weight;
use crate::font::Fonts;

/// Characters that the typeface lacks.
const GLYPH: Code = Code::new("PDF-GLYPH");

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) tone: Tone,
}

impl Style {
    pub(super) const fn new(size: f32, weight: Weight, tone: Tone) -> Self {
        Self { size, weight, tone }
    }
}

/// A line of text, measured but not placed.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) style: Style,
    pub(super) text: String,
    pub(super) width: f32,
    /// How much of the width is before the decimal point, in a number that is
    /// to stand in a column with others.
    pub(super) whole: Option<f32>,
}

impl Line {
    pub(super) fn placed(&self, x: f32, baseline: f32) -> PlacedText {
        let Style { size, weight, tone } = self.style;
        PlacedText { x, baseline, width: self.width, size, weight, tone, text: self.text.clone() }
    }
}

/// Makes lines of texts, and remembers what the typeface could not show.
pub(super) struct Setter<'a> {
    fonts: &'a Fonts,
    /// Where in the order the texts come from.
    place: String,
    /// By character, the place where it came first.
    missing: BTreeMap<char, String>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, place: String::new(), missing: BTreeMap::new() }
    }

    pub(super) fn set_place(&mut self, place: impl Into<String>) {
        self.place = place.into();
    }

    /// A text broken to a width.
    pub(super) fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text = self.printable(text, style.weight);
        let font = self.fonts.get(style.weight);
        let lines = font.wrap(&text, style.size, width);
        lines.into_iter().map(|text| self.measured(text, style)).collect()
    }

    /// A text on one line, however wide; its line feeds are blanks there.
    pub(super) fn line(&mut self, text: &str, style: Style) -> Line {
        let text = self.printable(text, style.weight).replace('\n', " ");
        self.measured(text, style)
    }

    /// A number on one line that aligns at its decimal point.
    pub(super) fn number(&mut self, text: &str, point: char, style: Style) -> Line {
        let mut line = self.line(text, style);
        let whole = line.text.split(point).next().unwrap_or_default();
        line.whole = Some(self.fonts.get(style.weight).width(whole, style.size));
        line
    }

    /// A text on one line that loses its end when it is wider than `width`.
    ///
    /// Only for what stands in full elsewhere in the document.
    pub(super) fn elided(&mut self, text: &str, style: Style, width: f32) -> Line {
        let line = self.line(text, style);
        if line.width <= width {
            return line;
        }
        let font = self.fonts.get(style.weight);
        let mut room = width - font.width("…", style.size);
        let mut kept = String::new();
        for c in line.text.chars() {
            room -= font.width(c.encode_utf8(&mut [0; 4]), style.size);
            if room < 0.0 {
                break;
            }
            kept.push(c);
        }
        self.line(&format!("{}…", kept.trim_end()), style)
    }

    fn measured(&self, text: String, style: Style) -> Line {
        let width = self.fonts.get(style.weight).width(&text, style.size);
        Line { style, text, width, whole: None }
    }

    /// Only characters that the typeface has, line feeds and blanks.
    fn printable(&mut self, text: &str, weight: Weight) -> String {
        let font = self.fonts.get(weight);
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' | ' ' => shown.push(c),
                '\t' | '\u{2000}'..='\u{200A}' | '\u{3000}' => shown.push(' '),
                '\u{2028}' | '\u{2029}' => shown.push('\n'),
                '\u{202F}' => shown.push('\u{A0}'),
                // what has no picture of its own: half a line end, soft hyphen, joiners, direction, byte order
                '\r'
                | '\u{AD}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'
                | '\u{FEFF}' => {}
                _ if !c.is_control() && font.glyph(c).is_some() => shown.push(c),
                _ => {
                    shown.push(font.replacement());
                    self.missing.entry(c).or_insert_with(|| self.place.clone());
                }
            }
        }
        shown
    }

    /// Says which characters are missing, if any are.
    pub(super) fn report(self, sink: &mut dyn Sink) {
        const NAMED: usize = 12;
        let Some(place) = self.missing.values().next() else { return };
        let mut names: Vec<String> = (self.missing.keys().take(NAMED))
            .map(|c| {
                let code = u32::from(*c);
                if c.is_control() { format!("U+{code:04X}") } else { format!("{c} (U+{code:04X})") }
            })
            .collect();
        if self.missing.len() > NAMED {
            names.push(format!("and {} more", self.missing.len() - NAMED));
        }
        let message = format!("the typeface has no picture for {}", names.join(", "));
        sink.report(
            Diagnostic::new(GLYPH, Severity::Error, message)
                .at(place.as_str())
                .help("the document shows a replacement sign there; send the order's text along or replace the characters"),
        );
    }
}

#[cfg(test)]
mod tests {
    use punchout_core::All;

    use super::*;

    const STYLE: Style = Style::new(10.0, Weight::Regular, Tone::Ink);

    #[test]
    fn names_what_is_missing_once() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        setter.set_place("item 2");
        assert_eq!(setter.line("a\u{AD}b\u{2009}中 文\u{7}", STYLE).text, "ab \u{FFFD} \u{FFFD}\u{FFFD}");
        setter.set_place("item 3");
        setter.line("中", STYLE);
        let mut found = All::new();
        setter.report(&mut found);
        let [finding] = found.found() else { panic!("{found:?}") };
        assert_eq!((finding.code, finding.at.as_str()), (GLYPH, "item 2"));
        assert!(finding.message.ends_with("U+0007, 中 (U+4E2D), 文 (U+6587)"), "{}", finding.message);
    }

    #[test]
    fn elides_only_in_need() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        assert_eq!(setter.elided("4500012345\n7", STYLE, 100.0).text, "4500012345 7");
        let short = setter.elided(&"1234567890".repeat(100), STYLE, 100.0);
        assert!(short.text.ends_with('…') && short.width <= 100.0 && short.width > 90.0);
    }
}
