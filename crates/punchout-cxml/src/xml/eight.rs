//! Eight bytes of a document at once.

use memchr::memchr3;

/// Eight bytes as one number, the first one lowest.
#[derive(Clone, Copy)]
struct Eight(u64);

/// A number that has this byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The upper bit of each byte, which marks a byte.
const MARKS: u64 = all(0x80);

/// How many bytes stand before the first marked one.
#[inline]
const fn before(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

impl Eight {
    /// All that fit into these bytes, one after the other.
    #[inline]
    fn each(bytes: &[u8]) -> impl Iterator<Item = Self> {
        let (eights, _) = bytes.as_chunks();
        eights.iter().map(|eight| Self(u64::from_le_bytes(*eight)))
    }

    /// Marks the bytes of ASCII that are at least this one, and all others.
    #[inline]
    const fn at_least(self, least: u8) -> u64 {
        // Without its upper bit no byte can carry into the next one.
        ((self.0 & !MARKS) + all(0x80 - least)) | self.0
    }

    /// Marks the bytes that are this one, and perhaps some behind it.
    #[inline]
    const fn is(self, byte: u8) -> u64 {
        let differs = self.0 ^ all(byte);
        differs.wrapping_sub(all(1)) & !differs
    }
}

/// How far to look in small steps: most texts are shorter, and for those a
/// search in wide ones costs more than it saves.
const NEAR: usize = 32;

/// How much white space these bytes begin with, if that much is whole words.
///
/// Below a blank there is nothing else in a document: what XML forbids is
/// refused before.
#[inline]
pub(super) fn blanks(bytes: &[u8]) -> usize {
    let mut at = 0;
    for eight in Eight::each(bytes) {
        let length = before(eight.at_least(b' ' + 1) & MARKS);
        at += length;
        if length < 8 {
            break;
        }
    }
    at
}

/// How many letters of ASCII these bytes begin with, or fewer near the end.
#[inline]
pub(super) fn letters(bytes: &[u8]) -> usize {
    let mut at = 0;
    for eight in Eight::each(bytes) {
        let small = Eight(eight.0 | all(0x20));
        let length = before((!small.at_least(b'a') | small.at_least(b'z' + 1)) & MARKS);
        at += length;
        if length < 8 {
            break;
        }
    }
    at
}

/// Where a text ends, or may end with `]]>`.
#[inline]
pub(super) fn end_of_text(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for eight in Eight::each(bytes.get(..NEAR).unwrap_or(bytes)) {
        let length = before((eight.is(b'<') | eight.is(b'&') | eight.is(b']')) & MARKS);
        at += length;
        if length < 8 {
            return Some(at);
        }
    }
    Some(at + memchr3(b'<', b'&', b']', bytes.get(at..)?)?)
}

/// Where the value of an attribute ends, or has something that does not mean
/// itself.
#[inline]
pub(super) fn end_of_value(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    for eight in Eight::each(bytes) {
        let special = eight.is(quote) | eight.is(b'<') | eight.is(b'&') | !eight.at_least(b' ');
        let length = before(special & MARKS);
        at += length;
        if length < 8 {
            return Some(at);
        }
    }
    let is_special = |&b: &u8| b == quote || matches!(b, b'<' | b'&') || b < b' ';
    Some(at + bytes.get(at..)?.iter().position(is_special)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each byte that may stand in a document, at each place of a word, with
    /// each kind of byte before and behind it.
    fn each(check: impl Fn(&[u8])) {
        for byte in (0x20..=0xFF).chain([b'\t', b'\n', b'\r']) {
            for beside in [b'a', b'z', b' ', b'<', b'=', b'\'', b'\x7f', b'\xc3', b'\xff'] {
                for length in [1, 7, 8, 9, 16, 40, 47] {
                    for at in 0..length {
                        let mut bytes = vec![beside; length];
                        bytes[at] = byte;
                        check(&bytes);
                    }
                }
            }
        }
    }

    #[test]
    fn blanks_are_white_space_and_no_more() {
        each(|bytes| {
            let exact = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')).count();
            let found = blanks(bytes);
            assert!(found == exact || found < exact && bytes.len() - found < 8, "{bytes:?}");
        });
    }

    #[test]
    fn letters_are_letters_and_no_more() {
        each(|bytes| {
            let exact = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
            let found = letters(bytes);
            assert!(found == exact || found < exact && bytes.len() - found < 8, "{bytes:?}");
        });
    }

    #[test]
    fn texts_and_values_end_where_they_end() {
        each(|bytes| {
            assert_eq!(end_of_text(bytes), bytes.iter().position(|b| b"<&]".contains(b)), "{bytes:?}");
            for quote in [b'"', b'\''] {
                let special = |b: &u8| *b == quote || b"<&\t\n\r".contains(b);
                assert_eq!(end_of_value(bytes, quote), bytes.iter().position(special), "{bytes:?}");
            }
        });
    }
}
