//! Pairs out of url-encoded bytes.

use std::ops::Range;

use memchr::{memchr, memchr2};

/// A pair as it stands in a query or a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawPair<'a> {
    pub(crate) name: &'a [u8],
    /// `None` when there is no equals sign.
    pub(crate) value: Option<&'a [u8]>,
    /// The pair without its `&`.
    pub(crate) span: Range<usize>,
}

impl<'a> RawPair<'a> {
    /// Splits a pair at its first `=`; nothing is no pair.
    pub(crate) fn of(pair: &'a [u8], start: usize) -> Option<Self> {
        let (name, value) = match memchr(b'=', pair) {
            Some(equals) => (pair.get(..equals).unwrap_or_default(), pair.get(equals + 1..)),
            None => (pair, None),
        };
        (!pair.is_empty()).then_some(Self { name, value, span: start..start + pair.len() })
    }
}

/// Splits at `&` and at the first `=`; empty pairs are passed over.
pub(crate) fn split(input: &[u8]) -> Split<'_> {
    Split { input, at: 0 }
}

#[derive(Clone, Debug)]
pub(crate) struct Split<'a> {
    input: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Split<'a> {
    type Item = RawPair<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.input.get(self.at..).filter(|rest| !rest.is_empty())?;
            let start = self.at;
            let length = memchr(b'&', rest).unwrap_or(rest.len());
            self.at = start + length + 1;
            let pair = rest.get(..length).unwrap_or_default();
            if let Some(pair) = RawPair::of(pair, start) {
                return Some(pair);
            }
        }
    }
}

/// Appends the decoded bytes; says whether every `%` was well-formed.
///
/// A `%` without two hexadecimal digits stays as it is.
pub(crate) fn percent_decode(raw: &[u8], out: &mut Vec<u8>) -> bool {
    let mut rest = raw;
    let mut well_formed = true;
    while let Some(at) = memchr2(b'%', b'+', rest) {
        let (plain, encoded) = rest.split_at(at);
        out.extend_from_slice(plain);
        rest = match encoded {
            [b'%', high, low, tail @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(nibble(*high) << 4 | nibble(*low));
                tail
            }
            [b'%', tail @ ..] => {
                out.push(b'%');
                well_formed = false;
                tail
            }
            [_, tail @ ..] => {
                out.push(b' ');
                tail
            }
            [] => &[],
        };
    }
    out.extend_from_slice(rest);
    well_formed
}

fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

/// Appends a name or value in url-encoded form, as browsers write it.
pub(crate) fn percent_encode(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        match byte {
            b' ' => out.push('+'),
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'*' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ => {
                let digit =
                    |nibble: u8| DIGITS.get(usize::from(nibble)).map_or('0', |&digit| char::from(digit));
                out.push('%');
                out.push(digit(byte >> 4));
                out.push(digit(byte & 15));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn splits_and_decodes() {
        let pairs: Vec<_> = split(b"&a=1&&b&c==&").collect();
        assert_eq!(pairs.len(), 3);
        assert_eq!(
            (pairs[0].name, pairs[0].value, pairs[0].span.clone()),
            (&b"a"[..], Some(&b"1"[..]), 1..4)
        );
        assert_eq!((pairs[1].name, pairs[1].value), (&b"b"[..], None));
        assert_eq!((pairs[2].name, pairs[2].value), (&b"c"[..], Some(&b"="[..])));
        let mut out = Vec::new();
        assert!(!percent_decode(b"a+%C3%b6%4%", &mut out));
        assert_eq!(out, "a ö%4%".as_bytes());
    }

    proptest! {
        /// The reference for well-formed input is the crate `url`.
        #[test]
        fn agrees_with_form_urlencoded(body in "[a-z&=+%0-9A-F]{0,60}") {
            let ours: Vec<(String, String)> = split(body.as_bytes()).map(|pair| {
                let decode = |raw| {
                    let mut out = Vec::new();
                    percent_decode(raw, &mut out);
                    String::from_utf8_lossy(&out).into_owned()
                };
                (decode(pair.name), decode(pair.value.unwrap_or_default()))
            }).collect();
            let theirs: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn encoding_is_undone(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut encoded = String::new();
            percent_encode(&bytes, &mut encoded);
            prop_assert_eq!(&encoded, &url::form_urlencoded::byte_serialize(&bytes).collect::<String>());
            let mut decoded = Vec::new();
            prop_assert!(percent_decode(encoded.as_bytes(), &mut decoded));
            prop_assert_eq!(decoded, bytes);
        }
    }
}
