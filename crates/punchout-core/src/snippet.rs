use std::fmt;
use std::ops::Range;

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
    const START: Self = Self { line: 1, column: 1 };

    /// Finds the place of a byte offset; beyond the end it is the end.
    ///
    /// Lines end with a line feed; every byte counts that does not continue a
    /// character of UTF-8. The source is read up to the place: for many places
    /// of one source there is [`Listing::place`].
    #[must_use]
    pub fn of(source: &[u8], offset: usize) -> Self {
        Self::START.after(source.get(..offset).unwrap_or(source))
    }

    /// The place behind these bytes.
    fn after(self, bytes: &[u8]) -> Self {
        let is_start = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        let mut lines = bytes.split(|&b| b == b'\n');
        let last = lines.next_back().unwrap_or_default();
        let columns = last.iter().filter(is_start).count();
        match lines.count() {
            0 => Self { line: self.line, column: self.column + columns },
            more => Self { line: self.line + more, column: 1 + columns },
        }
    }
}

/// A source that findings are shown in.
///
/// It knows the line and column of every few thousandth byte, so that many
/// findings in a large source cost no more than their own surroundings.
///
/// ```
/// use punchout_core::{Code, Diagnostic, Listing, Severity};
///
/// let body = "NEW_ITEM-QUANTITY[1]=-2";
/// let found = Diagnostic::new(Code::new("OCI-NUM-NEG"), Severity::Error, "negative quantity `-2`")
///     .at("item 1 / QUANTITY").span(21..23).help("send a quantity above zero");
/// let listing = Listing::new("basket.form", body.as_bytes());
/// assert_eq!(listing.snippet(&found).to_string(), "\
/// error[OCI-NUM-NEG]: negative quantity `-2`
///   --> basket.form:1:22 (item 1 / QUANTITY)
///    |
///  1 | NEW_ITEM-QUANTITY[1]=-2
///    |                      ^^
///    = help: send a quantity above zero
/// ");
/// ```
#[derive(Clone, Debug)]
pub struct Listing<'a> {
    name: &'a str,
    source: &'a [u8],
    /// By rising place.
    masked: Vec<Range<usize>>,
    /// The place of every [`STEP`]th byte.
    places: Vec<LineColumn>,
}

const STEP: usize = 4096;

impl<'a> Listing<'a> {
    /// Prepares to show findings about a source of this name.
    #[must_use]
    pub fn new(name: &'a str, source: &'a [u8]) -> Self {
        let mut place = LineColumn::START;
        let after = |chunk| {
            place = place.after(chunk);
            place
        };
        let places = std::iter::once(LineColumn::START).chain(source.chunks(STEP).map(after)).collect();
        Self { name, source, masked: Vec::new(), places }
    }

    /// Hides these byte ranges, such as passwords: three asterisks stand for
    /// each, whatever its length.
    #[must_use]
    pub fn masked(mut self, ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        self.masked.extend(ranges);
        self.masked.sort_by_key(|range| (range.start, range.end));
        self
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn place(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.source.len());
        let step = offset / STEP;
        let known = self.places.get(step).copied().unwrap_or(LineColumn::START);
        known.after(self.source.get(step * STEP..offset).unwrap_or_default())
    }

    /// A finding with its surroundings.
    #[must_use]
    pub fn snippet(&'a self, finding: &'a Diagnostic) -> Snippet<'a> {
        Snippet { listing: self, finding }
    }

    /// The masks that reach into a range.
    fn masks(&self, range: &Range<usize>) -> &[Range<usize>] {
        let first = self.masked.partition_point(|mask| mask.end <= range.start);
        let end = self.masked.partition_point(|mask| mask.start < range.end);
        self.masked.get(first..end).unwrap_or_default()
    }

    /// The bytes as one printable line: masked, without control characters.
    fn printable(&self, range: Range<usize>) -> String {
        let masks = self.masks(&range);
        let mut shown = String::new();
        let mut offset = range.start;
        let mut hiding = None;
        let mut push = |c: char, offset: usize| {
            let mask = masks.iter().position(|mask| mask.contains(&offset));
            match mask {
                Some(_) if mask == hiding => {}
                Some(_) => shown.push_str("***"),
                None if c.is_control() => shown.push(' '),
                None => shown.push(c),
            }
            hiding = mask;
        };
        for chunk in self.source.get(range).unwrap_or_default().utf8_chunks() {
            for c in chunk.valid().chars() {
                push(c, offset);
                offset += c.len_utf8();
            }
            if !chunk.invalid().is_empty() {
                push(char::REPLACEMENT_CHARACTER, offset);
                offset += chunk.invalid().len();
            }
        }
        shown
    }
}

/// Shows a finding the way compilers do: place, source line, caret, help.
///
/// A form body is one long line, so only the surroundings of the span are
/// shown. Made by [`Listing::snippet`].
#[derive(Clone, Copy, Debug)]
pub struct Snippet<'a> {
    listing: &'a Listing<'a>,
    finding: &'a Diagnostic,
}

/// Characters shown before and after the span.
const AROUND: usize = 60;
/// Characters of the span that are shown.
const MOST: usize = 80;
/// Bytes that so many characters take at most.
const fn bytes_of(characters: usize) -> usize {
    characters * 4
}

impl Snippet<'_> {
    fn source_line(&self, f: &mut fmt::Formatter<'_>, span: &Range<usize>) -> fmt::Result {
        let Listing { name, source, .. } = *self.listing;
        let end = span.end.min(source.len());
        let start = span.start.min(end);
        let place = self.listing.place(start);
        write!(f, "  --> {name}:{}:{}", place.line, place.column)?;
        let at = self.finding.shown_at();
        if !at.is_empty() {
            write!(f, " ({at})")?;
        }

        // only what can be shown is looked at, however long the line is
        let is_end = |&b: &u8| b == b'\n' || b == b'\r';
        let reach = start.saturating_sub(bytes_of(AROUND));
        let line_start = source.get(reach..start).and_then(|near| near.iter().rposition(is_end));
        let from = line_start.map_or(reach, |at| reach + at + 1);
        let reach = (start + bytes_of(MOST + AROUND)).min(source.len());
        let line_end = source.get(start..reach).and_then(|near| near.iter().position(is_end));
        let to = line_end.map_or(reach, |at| start + at);
        let marked_end = end.min(to).min(start + bytes_of(MOST));

        let before = self.listing.printable(from..start);
        let inside = self.listing.printable(start..marked_end);
        let after =
            if marked_end < end.min(to) { String::new() } else { self.listing.printable(marked_end..to) };
        let skipped = before.chars().count().saturating_sub(AROUND);
        let cut_before = skipped > 0 || (from > 0 && line_start.is_none());
        let before: String = before.chars().skip(skipped).collect();
        let marked: String = inside.chars().take(MOST).collect();
        let cut_inside = marked.len() < inside.len() || marked_end < end.min(to);
        let cut_after = after.chars().count() > AROUND || (to < source.len() && line_end.is_none());
        let after: String = if cut_inside { String::new() } else { after.chars().take(AROUND).collect() };

        let number = place.line.to_string();
        let gutter = number.len();
        let lead = if cut_before { "…" } else { "" };
        let tail = if cut_inside || cut_after { "…" } else { "" };
        writeln!(f, "\n {:gutter$} |", "")?;
        writeln!(f, " {number} | {lead}{before}{marked}{after}{tail}")?;
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
            None => match self.finding.shown_at() {
                at if at.is_empty() => writeln!(f, "  --> {}", self.listing.name)?,
                at => writeln!(f, "  --> {} ({at})", self.listing.name)?,
            },
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
        Listing::new("f", source).masked(masked.iter().cloned()).snippet(&finding).to_string()
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
        let shown = shown(b"PASSWORD=geheim&X=1", 16..17, &[9..15, 30..40]);
        assert!(shown.contains("PASSWORD=***&X=1") && !shown.contains("geheim"), "{shown}");
    }

    #[test]
    fn knows_places_of_a_large_source() {
        let source = "zeile ä\n".repeat(2_000) + &"x".repeat(10_000);
        let listing = Listing::new("f", source.as_bytes());
        for offset in [0, 7, 4_095, 4_096, 4_097, 12_345, 17_999, 18_000, 27_000, 99_999] {
            assert_eq!(listing.place(offset), LineColumn::of(source.as_bytes(), offset), "{offset}");
        }
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
