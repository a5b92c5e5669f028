//! Characters out of bytes: UTF-8 first, then what was declared.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::rule::Rule;

/// The charset to fall back on when bytes are no UTF-8.
///
/// A declared charset counts if it is known and is not UTF-8 itself. What
/// calls itself ISO-8859-1 is read as windows-1252, as browsers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fallback {
    encoding: &'static Encoding,
    /// ASCII is written differently in it, so that UTF-8 cannot be tried.
    pub(crate) is_believed: bool,
    /// The input or the caller named it, not the profile.
    is_declared: bool,
}

impl Fallback {
    pub(crate) const WINDOWS_1252: Self =
        Self { encoding: WINDOWS_1252, is_believed: false, is_declared: false };

    /// Looks a declared name up; `None` when nobody knows it.
    ///
    /// Forms are never sent as UTF-16, so that a declaration of it is wrong.
    pub(crate) fn declared(label: &str) -> Option<Self> {
        let encoding = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
        if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
            return Some(Self::WINDOWS_1252);
        }
        Some(Self { encoding, is_believed: !encoding.is_ascii_compatible(), is_declared: true })
    }

    /// Looks a declared name up that is not UTF-8's.
    pub(crate) fn declared_other(label: &str) -> Option<Self> {
        Self::declared(label).filter(|_| Encoding::for_label(label.trim().as_bytes()) != Some(UTF_8))
    }

    /// The same charset, when nobody but the profile names it.
    pub(crate) fn undeclared(self) -> Self {
        Self { is_declared: false, ..self }
    }

    /// The rule that bytes of this charset are reported by.
    pub(crate) fn rule(self) -> Rule {
        if self.is_declared { Rule::CharsetDeclared } else { Rule::Charset }
    }

    /// The name of the charset that is used.
    pub(crate) fn name(self) -> &'static str {
        self.encoding.name()
    }

    #[cfg(feature = "html")]
    pub(crate) fn is_single_byte(self) -> bool {
        self.encoding.is_single_byte()
    }

    /// Decodes; the flag says whether bytes were lost.
    pub(crate) fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        self.encoding.decode_without_bom_handling(bytes)
    }
}

/// What UTF-8 looks like that was taken for windows-1252 and encoded again.
///
/// Gives the repaired text: `GehÃ¶rschutz` was meant to be `Gehörschutz`.
/// `None` when the text is no such thing.
pub(crate) fn unscramble(text: &str) -> Option<String> {
    if !may_be_scrambled(text) {
        return None;
    }
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(first) = rest.chars().next() {
        if let Some((meant, length)) = scrambled_character(rest) {
            repaired.push(meant);
            found = true;
            rest = rest.get(length..)?;
        } else {
            repaired.push(first);
            rest = rest.get(first.len_utf8()..)?;
        }
    }
    found.then_some(repaired)
}

/// A quick look for what [`unscramble`] can repair.
pub(crate) fn may_be_scrambled(text: &str) -> bool {
    // a scrambled lead byte is a character from U+00C2 to U+00F4, which is C3
    // and a byte up to B4 in UTF-8, and what follows is no ASCII
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xC3, bytes)
        .any(|at| matches!(bytes.get(at + 1..at + 3), Some([0x82..=0xB4, 0x80..=0xFF])))
}

/// Reads two to four characters as the bytes of one UTF-8 character.
fn scrambled_character(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0_u8; 4];
    let mut length = 0;
    let mut wanted = 1;
    for (at, (slot, c)) in bytes.iter_mut().zip(text.chars()).enumerate() {
        let byte = as_windows_1252(c)?;
        if at == 0 {
            wanted = match byte {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
        } else if !(0x80..=0xBF).contains(&byte) {
            return None;
        }
        *slot = byte;
        length += c.len_utf8();
        if at + 1 == wanted {
            let meant = std::str::from_utf8(bytes.get(..wanted)?).ok()?.chars().next()?;
            return Some((meant, length));
        }
    }
    None
}

/// The byte that windows-1252 has for a character beyond ASCII.
fn as_windows_1252(c: char) -> Option<u8> {
    match u32::from(c) {
        // the five bytes that windows-1252 leaves empty stand for themselves
        code @ (0xA0..=0xFF | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D) => u8::try_from(code).ok(),
        0..=0x9F => None,
        _ => match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
            (bytes, _, false) => bytes.first().copied(),
            _ => None,
        },
    }
}

/// Whether characters were lost on the way: `Geh?rschutz`, `Geh\u{fffd}rschutz`.
///
/// A question mark between two letters counts, if no blank is near and the
/// text is no URL.
pub(crate) fn has_lost_characters(text: &str) -> bool {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return true;
    }
    if !text.contains('?') || text.contains("://") || text.contains('=') {
        return false;
    }
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| matches!(three, [a, '?', b] if a.is_lowercase() && b.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let name = |label| Fallback::declared(label).map(|fallback| (fallback.name(), fallback.is_believed));
        assert_eq!(name("iso-8859-1"), Some(("windows-1252", false)));
        assert_eq!(name(" ISO-8859-2 "), Some(("ISO-8859-2", false)));
        assert_eq!(name("utf-8"), Some(("windows-1252", false)));
        assert_eq!(name("iso-2022-jp"), Some(("ISO-2022-JP", true)));
        assert_eq!(name("no-such"), None);
        // what browsers refuse to decode
        assert_eq!(name("iso-2022-kr"), None);
    }

    #[test]
    fn scrambled_text_is_unscrambled() {
        for (text, meant) in [
            ("GehÃ¶rschutz", Some("Gehörschutz")),
            ("5 â‚¬", Some("5 €")),
            ("20Â°C Ã— Âµm", Some("20°C × µm")),
            ("ÄŒesko", Some("Česko")),
            ("Gehörschutz", None),
            ("SÃO PAULO", None),
            ("Â", None),
            ("plain", None),
        ] {
            assert_eq!(unscramble(text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn lost_characters() {
        for (text, lost) in [
            ("Geh?rschutz", true),
            ("Geh\u{fffd}r", true),
            ("What? No", false),
            ("https://x/a?b", false),
            ("A?B", false),
        ] {
            assert_eq!(has_lost_characters(text), lost, "{text}");
        }
    }
}
