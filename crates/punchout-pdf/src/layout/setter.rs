use std::borrow::Cow;
use std::collections::BTreeSet;

use punchout_core::{Code, Diagnostic, Severity, Sink};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{PlacedText, Tone};
use crate::Weight;
use crate::font::{Font, Fonts, HYPHEN, NO_BREAK_HYPHEN, meaning};

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
    /// Whether its paragraph ends with it.
    pub(super) ends: bool,
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
    missing: BTreeSet<char>,
    /// Where something is missing, in reading order.
    places: Vec<String>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, place: String::new(), missing: BTreeSet::new(), places: Vec::new() }
    }

    pub(super) fn set_place(&mut self, place: impl Into<String>) {
        self.place = place.into();
    }

    /// A text broken to a width.
    pub(super) fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text = self.printable(text, style.weight);
        let font = self.fonts.get(style.weight);
        let lines = font.wrap(&text, style.size, width);
        let lines = lines.into_iter();
        lines.map(|line| Line { ends: line.ends, ..self.measured(line.text, style) }).collect()
    }

    /// A text on one line, however wide; its line feeds and runs of blanks are
    /// one blank there.
    pub(super) fn line(&mut self, text: &str, style: Style) -> Line {
        let text = self.printable(text, style.weight);
        self.measured(on_one_line(&text), style)
    }

    /// How wide a text is on one line. What is only measured is on no page, and
    /// misses nothing.
    pub(super) fn width(&self, text: &str, style: Style) -> f32 {
        let font = self.fonts.get(style.weight);
        font.width(&on_one_line(&printable(text, font, |_| {})), style.size)
    }

    /// How wide a text is that is broken to a width; it is only measured, too.
    pub(super) fn widest(&self, text: &str, style: Style, width: f32) -> f32 {
        let font = self.fonts.get(style.weight);
        let lines = font.wrap(&printable(text, font, |_| {}), style.size, width);
        lines.iter().map(|line| font.width(&line.text, style.size)).fold(0.0, f32::max)
    }

    /// A number on one line that aligns at its decimal point.
    pub(super) fn number(&mut self, text: &str, point: char, style: Style) -> Line {
        let mut line = self.line(text, style);
        let whole = line.text.split(point).next().unwrap_or_default();
        line.whole = Some(self.fonts.get(style.weight).width(whole, style.size));
        line
    }

    /// How much of a number is before its decimal point, and how much from there
    /// on; it is only measured.
    pub(super) fn number_width(&self, text: &str, point: char, style: Style) -> [f32; 2] {
        let font = self.fonts.get(style.weight);
        let text = printable(text, font, |_| {});
        let (whole, rest) = text.split_at(text.find(point).unwrap_or(text.len()));
        [whole, rest].map(|part| font.width(part, style.size))
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

    fn measured(&self, mut text: String, style: Style) -> Line {
        let font = self.fonts.get(style.weight);
        let width = font.width(&text, style.size);
        if !text.is_ascii() && text.contains(NO_BREAK_HYPHEN) && font.glyph(NO_BREAK_HYPHEN).is_none() {
            // it has kept its words together, and looks as any hyphen
            text = text.replace(NO_BREAK_HYPHEN, HYPHEN.encode_utf8(&mut [0; 4]));
        }
        Line { style, text, width, whole: None, ends: true }
    }

    /// Remembers what is missing.
    fn printable<'t>(&mut self, text: &'t str, weight: Weight) -> Cow<'t, str> {
        printable(text, self.fonts.get(weight), |c| {
            self.missing.insert(c);
            if self.places.last() != Some(&self.place) {
                self.places.push(self.place.clone());
            }
        })
    }

    /// Says which characters are missing and where, if any are.
    pub(super) fn report(mut self, sink: &mut dyn Sink) {
        /// So many characters, or places, are named.
        const NAMED: usize = 20;
        let mut seen = BTreeSet::new();
        self.places.retain(|place| seen.insert(place.clone()));
        let Some(first) = self.places.first() else { return };
        let names = self.missing.iter().map(|c| {
            let code = u32::from(*c);
            if c.is_control() { format!("U+{code:04X}") } else { format!("{c} (U+{code:04X})") }
        });
        let mut message = format!("the typeface has no picture for {}", named(names, NAMED));
        if self.places.len() > 1 {
            message = format!("{message}; it is needed in {}", named(self.places.iter().cloned(), NAMED));
        }
        sink.report(
            Diagnostic::new(GLYPH, Severity::Error, message)
                .at(first.as_str())
                .help("the document shows a replacement sign there; send the order's text along or replace the characters"),
        );
    }
}

/// The first of some names, and how many more there are.
fn named(names: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let mut names: Vec<_> = names.take(most).collect();
    names.extend((more > 0).then(|| format!("and {more} more")));
    names.join(", ")
}

/// Only characters that the typeface has, line feeds, blanks, and hyphens that
/// do not break.
fn printable<'t>(text: &'t str, font: &Font, mut miss: impl FnMut(char)) -> Cow<'t, str> {
    let text = composed(text);
    let is_plain = |c: char| matches!(c, '\n' | ' '..='~') && (c <= ' ' || font.glyph(c).is_some());
    if text.chars().all(is_plain) {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = None;
    // what cannot be seen parts nothing
    let mut rest = text.chars().filter(|c| !is_nothing(*c));
    while let Some(c) = rest.next() {
        match c {
            '\n' | ' ' => shown.push(c),
            '\t' | '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => shown.push(' '),
            '\u{2028}' | '\u{2029}' => shown.push('\n'),
            '\u{202F}' => shown.push('\u{A0}'),
            _ if !c.is_control() && font.glyph(c).is_some() => shown.push(c),
            _ => {
                let after = rest.clone().next();
                let has = |c: char| {
                    c == '\u{A0}' || font.glyph(if c == NO_BREAK_HYPHEN { HYPHEN } else { c }).is_some()
                };
                if let Some(said) = meaning(c, before, after).filter(|said| said.chars().all(has)) {
                    shown.push_str(&said);
                } else {
                    shown.push(font.replacement());
                    miss(c);
                }
            }
        }
        before = Some(c);
    }
    Cow::Owned(shown)
}

/// What has no picture of its own: half a line end, soft hyphen, joiners,
/// direction, byte order, how another character is to look.
fn is_nothing(c: char) -> bool {
    matches!(
        c,
        '\r' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}'
    )
}

fn on_one_line(text: &str) -> String {
    if !text.contains('\n') && !text.contains("  ") {
        return text.to_owned();
    }
    let words: Vec<_> = text.split(['\n', ' ']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Letters with their marks as one character where there is one (NFC), which a
/// typeface draws better than it puts marks on letters.
fn composed(text: &str) -> Cow<'_, str> {
    // below the first mark everything is as it should be
    let is_composed = text.chars().all(|c| c < '\u{300}') || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if is_composed { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use punchout_core::All;

    use super::*;

    const STYLE: Style = Style::new(10.0, Weight::Regular, Tone::Ink);

    fn report(setter: Setter<'_>) -> (String, String) {
        let mut found = All::new();
        setter.report(&mut found);
        let [finding] = found.found() else { panic!("{found:?}") };
        assert_eq!(finding.code, GLYPH);
        (finding.at.clone(), finding.message.clone())
    }

    #[test]
    fn names_all_that_is_missing_once_and_where() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        setter.set_place("item 1");
        setter.width("漢", STYLE);
        setter.set_place("item 2");
        assert_eq!(setter.line("a\u{AD}b\u{2009}文 🔩\u{7}", STYLE).text, "ab \u{FFFD} \u{FFFD}\u{FFFD}");
        setter.set_place("item 3");
        // its code is lower than those before
        setter.lines("中文", STYLE, 100.0);
        setter.set_place("item 2");
        setter.line("文", STYLE);
        assert_eq!(
            report(setter),
            (
                "item 2".to_owned(),
                "the typeface has no picture for U+0007, 中 (U+4E2D), 文 (U+6587), 🔩 (U+1F529); \
                it is needed in item 2, item 3"
                    .to_owned()
            )
        );
    }

    #[test]
    fn names_no_more_than_can_be_read() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        for (n, c) in ('\u{4E00}'..='\u{4E20}').enumerate() {
            setter.set_place(format!("item {n}"));
            setter.line(c.encode_utf8(&mut [0; 4]), STYLE);
        }
        let (at, message) = report(setter);
        assert_eq!(at, "item 0");
        assert!(message.contains("(U+4E13), and 13 more; it is needed in item 0, item 1,"), "{message}");
        assert!(message.ends_with(" item 19, and 13 more"), "{message}");
    }

    /// Such as macOS writes them.
    #[test]
    fn marks_join_their_letters() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        let said = "e\u{301}clair a\u{308} И\u{306} ω\u{301} A\u{302}\u{301} ḋ\u{323} \u{212B}";
        assert_eq!(setter.line(said, STYLE).text, "éclair ä Й ώ Ấ ḍ\u{307} Å");
        assert!((setter.width(said, STYLE) - setter.line(said, STYLE).width).abs() < 1e-4);
        // there is no character of these
        assert_eq!(setter.line("q\u{303} И\u{301}", STYLE).text, "q\u{303} И\u{301}");
        assert!(setter.missing.is_empty(), "{:?}", setter.missing);
    }

    /// What Word and its like make of what is typed.
    #[test]
    fn signs_without_a_picture_are_shown_by_what_they_mean() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        for (said, shown) in [
            ("O\u{2010}Ring 4\u{2011}polig", "O-Ring 4-polig"),
            ("−20 … 60 ℃, ⌀ 12, CO₂, 10⁻³", "−20 … 60 °C, Ø 12, CO2, 10^-³"),
            ("2⅕ ⇒ ⅔", "2\u{A0}1/5 → ⅔"),
            // nor does what is not seen, or looks wider, make 21 fifths of it
            ("2\u{200B}⅕ 2\u{2060}⅕ ２⅕", "2\u{A0}1/5 2\u{A0}1/5 2\u{A0}1/5"),
            ("\u{F0B7} a ✔\u{FE0F} b ﬀ ①", "• a √ b ff (1)"),
        ] {
            let line = setter.line(said, STYLE);
            assert_eq!(line.text, shown);
            assert!((setter.width(said, STYLE) - line.width).abs() < 1e-4, "{said}");
        }
        assert!(setter.missing.is_empty(), "{:?}", setter.missing);
    }

    /// Whatever is typed in the languages of Europe is in the typeface or shown
    /// by what it means, but for what is named here: letters of scripts that
    /// nobody writes any more, and signs of editors and of algebra.
    #[test]
    fn office_texts_lose_nothing() {
        const LACKS: &str = "ͰͱͲͳͶͷͿϏ‱‵‶‷‸※‿⁀⁁⁂⁅⁆⁊⁋⁌⁍⁏⁐⁑⁒⁔⁕⁖⁗⁘⁙⁚⁛⁜⁝⁞";
        let fonts = Fonts::noto_sans();
        for weight in [Weight::Regular, Weight::Bold] {
            let mut setter = Setter::new(&fonts);
            let blocks =
                ['\u{A0}'..='\u{24F}', '\u{370}'..='\u{3FF}', '\u{400}'..='\u{4FF}', '\u{2000}'..='\u{206F}'];
            for c in blocks.into_iter().flatten().filter(|c| !c.is_control() && !is_unassigned(*c)) {
                setter.line(&format!("a{c}b"), Style { weight, ..STYLE });
            }
            let unforeseen: String = setter.missing.iter().filter(|c| !LACKS.contains(**c)).collect();
            assert_eq!(unforeseen, "", "{weight:?}");
        }
    }

    /// In the blocks above.
    fn is_unassigned(c: char) -> bool {
        matches!(
            c,
            '\u{378}' | '\u{379}' | '\u{380}'..='\u{383}' | '\u{38B}' | '\u{38D}' | '\u{3A2}' | '\u{2065}'
        )
    }

    #[test]
    fn only_hyphens_that_may_break_do() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        let mut broken = |text: &str| {
            let lines = setter.lines(text, STYLE, 60.0).into_iter();
            lines.map(|line| line.text).collect::<Vec<_>>()
        };
        assert_eq!(broken("Sechskant\u{2010}Mutter"), ["Sechskant", "-Mutter"]);
        let kept = broken("Sechskant\u{2011}Mutter");
        assert_eq!(kept.concat(), "Sechskant-Mutter");
        assert!(kept[0].starts_with("Sechskant-"), "{kept:?}");
    }

    #[test]
    fn elides_only_in_need() {
        let fonts = Fonts::noto_sans();
        let mut setter = Setter::new(&fonts);
        assert_eq!(setter.elided("4500012345 \n  7", STYLE, 100.0).text, "4500012345 7");
        let short = setter.elided(&"1234567890".repeat(100), STYLE, 100.0);
        assert!(short.text.ends_with('…') && short.width <= 100.0 && short.width > 90.0);
    }
}
