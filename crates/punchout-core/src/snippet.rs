use std::fmt;
use std::ops::Range;
use std::str::Utf8Chunk;

use crate::Diagnostic;

/// A place in a text, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LineColumn {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl LineColumn {
    /// Finds the place of a byte offset; beyond the end it is the end.
    ///
    /// Lines end with a line feed. Bytes that are no UTF-8 count one column
    /// each run.
    #[must_use]
    pub fn of(source: &[u8], offset: usize) -> Self {
        let before = source.get(..offset).unwrap_or(source);
        let columns =
            |chunk: Utf8Chunk<'_>| chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty());
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line = before.split(|&b| b == b'\n').count();
        let in_line = before.get(line_start..).unwrap_or_default();
        Self { line, column: 1 + in_line.utf8_chunks().map(columns).sum::<usize>() }
    }
}

/// Shows a finding the way compilers do: place, source line, caret, help.
///
/// A form body is one long line, so only the surroundings of the span are
/// shown. Ranges given to [`Snippet::masked`], such as passwords, appear as
/// asterisks.
///
/// ```
/// use punchout_core::{Code, Diagnostic, Severity, Snippet};
///
/// let body = "NEW_ITEM-QUANTITY[1]=-2";
/// let found = Diagnostic::new(Code::new("OCI-NUM-NEG"), Severity::Error, "negative quantity `-2`")
///     .at("item 1 / QUANTITY").span(21..23).help("send a quantity above zero");
/// let shown = Snippet::new("basket.form", body.as_bytes(), &found).to_string();
/// assert_eq!(shown, "\
/// error[OCI-NUM-NEG]: negative quantity `-2`
///   --> basket.form:1:22 (item 1 / QUANTITY)
///    |
///  1 | NEW_ITEM-QUANTITY[1]=-2
///    |                      ^^
///    = help: send a quantity above zero
/// ");
/// ```
#[derive(Clone, Debug)]
pub struct Snippet<'a> {
    name: &'a str,
    source: &'a [u8],
    finding: &'a Diagnostic,
    masked: &'a [Range<usize>],
}

/// Characters shown before and after the span.
const AROUND: usize = 60;
/// Characters of the span that are shown.
const MOST: usize = 80;

impl<'a> Snippet<'a> {
    /// Prepares to show a finding about a source of this name.
    #[must_use]
    pub fn new(name: &'a str, source: &'a [u8], finding: &'a Diagnostic) -> Self {
        Self { name, source, finding, masked: &[] }
    }

    /// Hides these byte ranges of the source.
    #[must_use]
    pub fn masked(mut self, ranges: &'a [Range<usize>]) -> Self {
        self.masked = ranges;
        self
    }

    /// The bytes as one printable line: masked, without control characters.
    fn printable(&self, range: Range<usize>) -> String {
        let mut shown = String::new();
        let bytes = self.source.get(range.clone()).unwrap_or_default();
        let mut offset = range.start;
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                let hidden = self.masked.iter().any(|mask| mask.contains(&offset));
                shown.push(match c {
                    _ if hidden => '*',
                    c if c.is_control() => ' ',
                    c => c,
                });
                offset += c.len_utf8();
            }
            if !chunk.invalid().is_empty() {
                let hidden = self.masked.iter().any(|mask| mask.contains(&offset));
                shown.push(if hidden { '*' } else { char::REPLACEMENT_CHARACTER });
                offset += chunk.invalid().len();
            }
        }
        shown
    }

    fn source_line(&self, f: &mut fmt::Formatter<'_>, span: &Range<usize>) -> fmt::Result {
        let end = span.end.min(self.source.len());
        let start = span.start.min(end);
        let place = LineColumn::of(self.source, start);
        write!(f, "  --> {}:{}:{}", self.name, place.line, place.column)?;
        if !self.finding.at.is_empty() {
            write!(f, " ({})", self.finding.at)?;
        }
        let is_end = |&b: &u8| b == b'\n' || b == b'\r';
        let line_start = self.source.iter().take(start).rposition(is_end).map_or(0, |at| at + 1);
        let line_end =
            self.source.iter().skip(start).position(is_end).map_or(self.source.len(), |at| start + at);
        let before = self.printable(line_start.max(start.saturating_sub(AROUND * 4))..start);
        let inside = self.printable(start..end.min(line_end).min(start + MOST * 4));
        let after_start = end.min(line_end);
        let after = self.printable(after_start..line_end.min(after_start + AROUND * 4));

        let skipped = before.chars().count().saturating_sub(AROUND);
        let cut_before = skipped > 0 || start.saturating_sub(AROUND * 4) > line_start;
        let before: String = before.chars().skip(skipped).collect();
        let marked: String = inside.chars().take(MOST).collect();
        let cut_inside = marked.len() < inside.len() || end.min(line_end) > start + MOST * 4;
        let cut_after = after.chars().count() > AROUND || line_end > after_start + AROUND * 4;
        let after: String = after.chars().take(AROUND).collect();

        let number = place.line.to_string();
        let gutter = number.len();
        let lead = if cut_before { "…" } else { "" };
        let middle = if cut_inside { "…" } else { "" };
        let tail = if cut_after { "…" } else { "" };
        writeln!(f, "\n {:gutter$} |", "")?;
        writeln!(f, " {number} | {lead}{before}{marked}{middle}{after}{tail}")?;
        let indent = lead.chars().count() + before.chars().count();
        let carets = marked.chars().count().max(1);
        writeln!(f, " {:gutter$} | {:indent$}{:^<carets$}", "", "", "")
    }
}

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { code, severity, message, .. } = self.finding;
        writeln!(f, "{severity}[{code}]: {message}")?;
        match &self.finding.span {
            Some(span) => self.source_line(f, span)?,
            None if self.finding.at.is_empty() => writeln!(f, "  --> {}", self.name)?,
            None => writeln!(f, "  --> {} ({})", self.name, self.finding.at)?,
        }
        if let Some(help) = &self.finding.help {
            writeln!(f, "   = help: {help}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Severity};
    use proptest::prelude::*;

    fn shown(source: &[u8], span: Range<usize>, masked: &[Range<usize>]) -> String {
        let finding = Diagnostic::new(Code::new("X"), Severity::Note, "m").span(span);
        Snippet::new("f", source, &finding).masked(masked).to_string()
    }

    #[test]
    fn counts_lines_and_characters() {
        let source = "äb\nçd\n".as_bytes();
        assert_eq!(LineColumn::of(source, 2), LineColumn { line: 1, column: 2 });
        assert_eq!(LineColumn::of(source, 6), LineColumn { line: 2, column: 2 });
        assert_eq!(LineColumn::of(source, 99), LineColumn { line: 3, column: 1 });
    }

    #[test]
    fn shows_the_surroundings_of_a_long_line() {
        let source = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let shown = shown(source.as_bytes(), 500..504, &[]);
        let lines: Vec<_> = shown.lines().collect();
        assert!(lines[3].starts_with(" 1 | …aaa") && lines[3].ends_with("bbb…"), "{shown}");
        let caret = lines[4].find('^').unwrap();
        assert_eq!(lines[3].chars().skip(caret).take(4).collect::<String>(), "HERE");
    }

    #[test]
    fn hides_what_is_masked() {
        let shown = shown(b"PASSWORD=geheim&X=1", 16..17, &[9..12, 12..15]);
        assert!(shown.contains("PASSWORD=******&X=1") && !shown.contains("geheim"), "{shown}");
    }

    proptest! {
        #[test]
        fn shows_any_span_of_any_source(source in prop::collection::vec(any::<u8>(), 0..300), a in 0_usize..320, b in 0_usize..320) {
            let shown = shown(&source, a..b, &[]);
            prop_assert!(shown.lines().count() >= 5);
            prop_assert!(shown.lines().all(|line| line.chars().count() < 320));
        }
    }
}
