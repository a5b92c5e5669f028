//! Cutting a multipart at its boundary.
//!
//! Not left to a mail parser: those search every inner multipart for its own
//! boundary as well, which takes time squared when none of them is there.

use std::ops::Range;

use memchr::memmem::Finder;
use punchout_core::{LimitExceeded, Limits};

/// The parts of a multipart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// Headers and content of each.
    pub(super) parts: Vec<Range<usize>>,
    /// Whether the last boundary was there.
    pub(super) is_closed: bool,
}

/// Cuts a body; without any line of the boundary there are no parts.
pub(super) fn split(body: &[u8], boundary: &str, limits: &Limits) -> Result<Split, LimitExceeded> {
    let delimiter = format!("--{boundary}");
    let finder = Finder::new(delimiter.as_bytes());
    let mut parts = Vec::new();
    let mut open = None;
    let mut is_closed = false;
    for at in finder.find_iter(body) {
        let Some((is_last, next)) = line(body, at, delimiter.len()) else { continue };
        if let Some(start) = open.take() {
            // the line end before a boundary belongs to it
            let end = body.get(start..at).map_or(start, |part| start + without_line_end(part));
            parts.push(start..end);
            limits.check_items(parts.len())?;
        }
        if is_last {
            is_closed = true;
            break;
        }
        open = Some(next);
    }
    if let Some(start) = open {
        let rest = body.get(start..).unwrap_or_default();
        if !rest.trim_ascii().is_empty() {
            parts.push(start..body.len());
            limits.check_items(parts.len())?;
        }
    }
    Ok(Split { parts, is_closed })
}

/// The boundary that a body begins with, when nobody named it.
pub(super) fn sniffed(body: &[u8]) -> Option<&str> {
    let start = body.trim_ascii_start();
    let line = start.get(..start.len().min(MOST + 8))?.split(|&b| b == b'\n').next()?;
    let boundary = str::from_utf8(line.trim_ascii_end().strip_prefix(b"--")?).ok()?;
    is_boundary(boundary).then_some(boundary)
}

/// RFC 2046: 1 to 70 characters out of a small set, the last one not a blank.
pub(super) fn is_boundary(boundary: &str) -> bool {
    let usual = |b: u8| b.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&b);
    (1..=MOST).contains(&boundary.len()) && boundary.bytes().all(usual) && !boundary.ends_with(' ')
}

const MOST: usize = 70;

/// Whether a boundary stands alone in its line; whether it is the last one,
/// and where the next line begins.
fn line(body: &[u8], at: usize, length: usize) -> Option<(bool, usize)> {
    if at > 0 && body.get(at - 1) != Some(&b'\n') {
        return None;
    }
    let mut end = at + length;
    let is_last = body.get(end..).is_some_and(|rest| rest.starts_with(b"--"));
    if is_last {
        end += 2;
    }
    let rest = body.get(end..)?;
    let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
    match rest.get(blanks) {
        Some(b'\n') => Some((is_last, end + blanks + 1)),
        None => Some((is_last, body.len())),
        Some(_) => None,
    }
}

fn without_line_end(part: &[u8]) -> usize {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(body: &'a str, boundary: &str) -> (Vec<&'a str>, bool) {
        let split = split(body.as_bytes(), boundary, &Limits::default()).unwrap();
        (split.parts.into_iter().map(|range| &body[range]).collect(), split.is_closed)
    }

    #[test]
    fn cuts_at_whole_lines_only() {
        let body =
            "preamble\r\n--b\r\none\r\n--bb\r\n --b\r\n\r\n--b \t\r\n\r\n--b\n--b--\r\n--b\r\nepilogue";
        assert_eq!(parts(body, "b"), (vec!["one\r\n--bb\r\n --b\r\n", "", ""], true));
        assert_eq!(parts("--b\nx--b\n--b-\n--b--", "b"), (vec!["x--b\n--b-"], true));
    }

    #[test]
    fn an_open_end_is_told() {
        assert_eq!(parts("--b\r\none\r\n--b\r\ntwo\r\n", "b"), (vec!["one", "two\r\n"], false));
        assert_eq!(parts("--b\r\none\r\n--b\r\n", "b"), (vec!["one"], false));
        assert_eq!(parts("none", "b"), (vec![], false));
    }

    #[test]
    fn sniffs_what_can_be_a_boundary() {
        assert_eq!(sniffed(b"\r\n--=_a b_1\r\nContent"), Some("=_a b_1"));
        for none in [&b"<?xml"[..], b"--\r\n", b"--a<b\r\n", b"--\xE9\r\n", b""] {
            assert_eq!(sniffed(none), None);
        }
        assert_eq!(sniffed(format!("--{}\n", "x".repeat(71)).as_bytes()), None);
        assert_eq!(sniffed(format!("--{}\n", "x".repeat(70)).as_bytes()).map(str::len), Some(70));
    }
}
