//! Base64 as it really comes.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;

/// Takes ends without padding and bits that are left over.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What a text said in base64, and what had to be done for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) bytes: Vec<u8>,
    /// White space that was left out.
    pub(crate) blanks: usize,
    /// Blanks that were read as the `+` that they once were.
    pub(crate) pluses: usize,
    /// Characters of the alphabet for addresses, `-` and `_`.
    pub(crate) url_safe: usize,
    /// Characters that are not base64, or stand behind its end.
    pub(crate) foreign: usize,
    /// Whether the padding is not what it should be.
    pub(crate) padding: bool,
    /// Whether the last character is too few for a byte.
    pub(crate) cut: bool,
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Decodes what can be; nothing stops it.
///
/// A form that was encoded carelessly has blanks where each `+` was. They are
/// told from line breaks by being irregular.
pub(crate) fn decode(text: &[u8]) -> Decoded {
    let text = text.trim_ascii();
    let mut decoded = Decoded::default();
    let mut digits = Vec::with_capacity(text.len());
    let mut padding = 0;
    let breaks = is_broken_regularly(text);
    for run in text.chunk_by(|a, b| a.is_ascii_whitespace() == b.is_ascii_whitespace()) {
        if run.first().is_some_and(u8::is_ascii_whitespace) {
            if breaks || padding > 0 || run.iter().any(|&b| b != b' ') {
                decoded.blanks += run.len();
            } else {
                decoded.pluses += run.len();
                digits.extend(std::iter::repeat_n(b'+', run.len()));
            }
            continue;
        }
        for &b in run {
            match b {
                b'=' => padding += 1,
                _ if padding > 0 => decoded.foreign += 1,
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => digits.push(b),
                b'-' | b'_' => {
                    decoded.url_safe += 1;
                    digits.push(if b == b'-' { b'+' } else { b'/' });
                }
                _ => decoded.foreign += 1,
            }
        }
    }
    let over = digits.len() % 4;
    if over == 1 {
        digits.pop();
        decoded.cut = true;
    }
    decoded.padding = padding != (4 - over) % 4 && !decoded.cut;
    decoded.bytes = LENIENT.decode(&digits).expect("only digits are left, and no lone one");
    decoded
}

/// Whether white space cuts it into lines: all as long as the first, but for
/// the last.
fn is_broken_regularly(text: &[u8]) -> bool {
    let mut lines = text.split(u8::is_ascii_whitespace).filter(|line| !line.is_empty()).peekable();
    let first = lines.peek().map_or(0, |line| line.len());
    first > 0
        && first % 4 == 0
        && std::iter::from_fn(|| lines.next().map(|line| (line.len(), lines.peek().is_none())))
            .all(|(length, is_last)| length == first || is_last && length < first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_is_broken_into_lines() {
        let plain = encode(b"Grosse Schraube, klein verpackt");
        let lines: Vec<_> = plain.as_bytes().chunks(8).map(|line| str::from_utf8(line).unwrap()).collect();
        for between in ["\r\n", "\n", " ", " \r\n\t", "  "] {
            let decoded = decode(format!(" {}\n", lines.join(between)).as_bytes());
            assert_eq!(decoded.bytes, b"Grosse Schraube, klein verpackt", "{between:?}");
            assert!(decoded.blanks > 0 && decoded.pluses == 0 && !decoded.padding);
        }
    }

    #[test]
    fn takes_lost_pluses_back() {
        let bytes = b"\xfb\xef\xbe>>>???\xfb\xef\xbe.";
        let plain = encode(bytes);
        assert!(plain.starts_with("++++"), "{plain}");
        let decoded = decode(format!("PA{}", plain.replace('+', " ")).as_bytes());
        assert!(decoded.pluses > 0, "{decoded:?}");
        assert_eq!(decoded.bytes, decode(format!("PA{plain}").as_bytes()).bytes);
    }

    #[test]
    fn says_what_was_wrong() {
        let flags = |text: &str| {
            let decoded = decode(text.as_bytes());
            (decoded.bytes, decoded.padding, decoded.cut, decoded.foreign, decoded.url_safe)
        };
        assert_eq!(flags("PGE+"), (b"<a>".to_vec(), false, false, 0, 0));
        assert_eq!(flags("PGE-"), (b"<a>".to_vec(), false, false, 0, 1));
        assert_eq!(flags("PA=="), (b"<".to_vec(), false, false, 0, 0));
        assert_eq!(flags("PA"), (b"<".to_vec(), true, false, 0, 0));
        assert_eq!(flags("PA="), (b"<".to_vec(), true, false, 0, 0));
        assert_eq!(flags("PB=="), (b"<".to_vec(), false, false, 0, 0));
        assert_eq!(flags("PA==PA=="), (b"<".to_vec(), true, false, 2, 0));
        assert_eq!(flags("PGE+P"), (b"<a>".to_vec(), false, true, 0, 0));
        assert_eq!(flags("P*G%E+"), (b"<a>".to_vec(), false, false, 2, 0));
        assert_eq!(flags(""), (Vec::new(), false, false, 0, 0));
    }
}
