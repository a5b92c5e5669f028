//! Writing results to standard output.

pub(crate) mod file;
pub(crate) mod findings;
pub(crate) mod named;
pub(crate) mod table;

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::failure::Failure;

/// What the exit status says about the document, or of an order that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Good,
    /// Of an order: rejected.
    Bad,
    /// Some of it could not be done, as was said already.
    Failed,
    /// The order may have arrived.
    Unknown,
    /// The order cannot have arrived.
    NotDelivered,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Good => Self::SUCCESS,
            Verdict::Bad => Self::from(1),
            Verdict::Failed => Self::from(2),
            Verdict::Unknown => Self::from(3),
            Verdict::NotDelivered => Self::from(4),
        }
    }
}

/// Writes to standard output.
///
/// A reader that has seen enough, such as `head`, is no failure.
pub(crate) fn write(work: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match work(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Write(error)),
        _ => Ok(()),
    }
}

/// Writes one JSON document to standard output.
pub(crate) fn write_json(document: &impl Serialize) -> Result<(), Failure> {
    write(|out| {
        serde_json::to_writer_pretty(&mut *out, document)?;
        writeln!(out)
    })
}

/// A text from outside on one line, with nothing in it that cannot be seen.
///
/// White space around it is left out, a line end in it is shown as `↵`, any
/// other character that has no picture or turns the direction of writing by its
/// number. At most so many characters are shown.
pub(crate) fn visible(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut blanks = text.trim().split_inclusive(|c: char| !c.is_ascii_whitespace());
    let mut count = 0;
    for piece in &mut blanks {
        let Some(last) = piece.chars().next_back() else { continue };
        if count >= most {
            shown.push('…');
            break;
        }
        let before = piece.strip_suffix(last).unwrap_or_default();
        if before.contains('\n') {
            shown.push_str(" ↵ ");
        } else if !before.is_empty() {
            shown.push(' ');
        }
        count += before.chars().count().min(3) + 1;
        if is_hidden(last) {
            let _ = write!(shown, "<U+{:04X}>", u32::from(last));
        } else {
            shown.push(last);
        }
    }
    shown
}

/// The name of a file as it is, but for characters that a terminal would take
/// for something else.
pub(crate) fn printable(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if is_hidden(c) {
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether a character shows as nothing, or changes how others show.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// An amount of money: at least two decimals, and at most six, for a quotient
/// may have 28.
pub(crate) fn money(value: Decimal) -> String {
    let mut exact = value.normalize();
    if exact.scale() > 6 {
        return format!("~{}", exact.round_dp(6));
    }
    if exact.scale() < 2 {
        exact.rescale(2);
    }
    exact.to_string()
}

/// A text from outside, fit for a terminal: one line, at most so many
/// characters, nothing that a terminal takes for a command.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut shown: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_invisible() {
        for (text, most, expected) in [
            ("  a  b \n", 9, "a b"),
            ("a \r\n\tb", 9, "a ↵ b"),
            ("a\u{1b}[2Jb\u{202e}c\u{7f}", 20, "a<U+001B>[2Jb<U+202E>c<U+007F>"),
            ("abcdef", 3, "abc…"),
            ("abc", 3, "abc"),
            ("\u{a0}", 3, ""),
            ("äß€𐍈", 4, "äß€𐍈"),
        ] {
            assert_eq!(visible(text, most), expected, "{text:?}");
        }
    }

    #[test]
    fn money_has_two_to_six_decimals() {
        for (value, expected) in [
            ("12.5", "12.50"),
            ("12.500", "12.50"),
            ("100", "100.00"),
            ("0.0215", "0.0215"),
            ("3.3333333333333", "~3.333333"),
            ("-0", "0.00"),
        ] {
            assert_eq!(money(value.parse().unwrap()), expected);
        }
    }
}
