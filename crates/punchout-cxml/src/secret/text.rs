//! Secrets that any text may hold: card numbers, and those of addresses.

use std::ops::Range;

use memchr::memmem;
use punchout_core::Secret;

pub(super) fn spans(text: &[u8]) -> Vec<Range<usize>> {
    [cards(text), others(text)].concat()
}

/// The same in a document, without the card numbers that begin in one of these
/// places, which are rising.
pub(super) fn spans_outside(text: &[u8], identifiers: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut cards = cards(text);
    cards.retain(|card| {
        let place = identifiers.get(identifiers.partition_point(|place| place.end <= card.start));
        place.is_none_or(|place| card.start < place.start)
    });
    cards.extend(others(text));
    cards
}

/// All but card numbers.
pub(super) fn others(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = users(text);
    found.extend(parameters(text));
    found.extend(named(text));
    found
}

/// Card numbers, also in groups of digits with a blank or a dash between.
pub(crate) fn cards(text: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, |b| b.is_ascii_digit()) {
        let first_end = find(text, start, |b| !b.is_ascii_digit()).unwrap_or(text.len());
        at = first_end;
        let mut digits = Vec::with_capacity(LONGEST);
        let mut group = start..first_end;
        loop {
            digits.extend_from_slice(text.get(group.clone()).unwrap_or_default());
            if digits.len() > LONGEST {
                break;
            }
            if is_card(&digits) {
                found.push(start..group.end);
                at = group.end;
                break;
            }
            let next = match text.get(group.end..) {
                Some([b' ' | b'-', digit, ..]) if digit.is_ascii_digit() => group.end + 1,
                _ => break,
            };
            group = next..find(text, next, |b| !b.is_ascii_digit()).unwrap_or(text.len());
        }
    }
    found
}

const LONGEST: usize = 19;
/// So many digits a card number has at least.
pub(super) const SHORTEST: usize = 14;

/// Whether these digits can be a card's: their number is one that those with
/// such a beginning have (ISO/IEC 7812 and what the networks say), and the
/// last one is right. One in ten other numbers of that form seems to be one.
fn is_card(digits: &[u8]) -> bool {
    let lead = |count: usize| {
        digits.iter().take(count).fold(0_u32, |all, digit| all * 10 + u32::from(digit.wrapping_sub(b'0')))
    };
    let is_such = match digits.len() {
        14 => matches!(lead(2), 30 | 36 | 38 | 39),
        15 => matches!(lead(2), 34 | 37),
        16 => matches!(lead(2), 35 | 40..=69) || (2221..=2720).contains(&lead(4)),
        17 | 18 => matches!(lead(2), 50 | 56..=69),
        19 => matches!(lead(2), 40..=50 | 56..=69),
        _ => false,
    };
    is_such && luhn(digits)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (u32::from(digit.wrapping_sub(b'0')), at % 2) {
            (digit, 0) => digit,
            (digit, _) => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// What stands before the host of an address: `ann:hush` in
/// `https://ann:hush@shop.example/`.
fn users(text: &[u8]) -> Vec<Range<usize>> {
    let user = |colon: usize| {
        let start = colon + 3;
        let rest = text.get(start..)?;
        let end = rest.iter().position(|&b| matches!(b, b'/' | b'?' | b'#') || ends_address(b));
        let authority = rest.get(..end.unwrap_or(rest.len()))?;
        let Some(at) = authority.iter().rposition(|&b| b == b'@') else {
            // what is behind a colon is no port: the host may have got lost
            let host = authority.iter().position(|&b| b == b':').filter(|_| !authority.starts_with(b"["))?;
            // in a sentence a colon or a comma may follow the address
            let behind = authority.get(host + 1..)?;
            let marks =
                behind.iter().rev().take_while(|b| matches!(b, b':' | b',' | b';' | b'.' | b')')).count();
            let is_port = behind.iter().take(behind.len() - marks).all(u8::is_ascii_digit);
            return (!is_port).then(|| start..start + authority.len());
        };
        (at > 0).then(|| start..start + at)
    };
    memmem::find_iter(text, "://").filter_map(user).collect()
}

/// Values that are called like a secret, as in `token=1&pw=2`; an ampersand may
/// be that of XML.
fn parameters(text: &[u8]) -> Vec<Range<usize>> {
    let value = |equals: usize| {
        let before = text.get(..equals)?;
        let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        let start = before.iter().rposition(|&b| !is_part(b)).map_or(0, |at| at + 1);
        if !Secret::is_named(str::from_utf8(before.get(start..)?).ok()?) {
            return None;
        }
        let start = equals + 1;
        let rest = text.get(start..)?;
        // an attribute that is called so has quotes
        if let Some(quote) = rest.first().filter(|b| matches!(b, b'"' | b'\'')) {
            let length = rest.iter().skip(1).position(|b| b == quote).unwrap_or(rest.len() - 1);
            return Some(start + 1..start + 1 + length);
        }
        let ends = |at: usize, b: u8| ends_address(b) || matches!(b, b'&' | b'#') && !is_reference(rest, at);
        let length = rest.iter().enumerate().position(|(at, &b)| ends(at, b)).unwrap_or(rest.len());
        Some(start..start + length)
    };
    memchr::memchr_iter(b'=', text).filter_map(value).collect()
}

/// The text behind `name="password">`, also where that is no tag.
fn named(text: &[u8]) -> Vec<Range<usize>> {
    let content = |at: usize| {
        let equals = find(text, at + "name".len(), |b| !b.is_ascii_whitespace())?;
        let quote = find(text, equals + 1, |b| !b.is_ascii_whitespace())?;
        let mark = *text.get(quote).filter(|mark| matches!(mark, b'"' | b'\''))?;
        let name = text.get(quote + 1..text.len().min(quote + 1 + LONGEST_NAME))?;
        let name = name.split(|&b| b == mark).next()?;
        if text.get(equals) != Some(&b'=') || !Secret::is_named(str::from_utf8(name).ok()?) {
            return None;
        }
        let start = find(text, quote + 1 + name.len(), |b| matches!(b, b'>' | b'<'))? + 1;
        let end = find(text, start, |b| b == b'<').unwrap_or(text.len());
        let is_blank = text.get(start..end)?.trim_ascii().is_empty();
        (text.get(start - 1) == Some(&b'>') && !is_blank).then_some(start..end)
    };
    memmem::find_iter(text, "name").filter_map(content).collect()
}

const LONGEST_NAME: usize = 256;

/// Whether this is one of the first two characters of a character reference.
fn is_reference(text: &[u8], at: usize) -> bool {
    let is_at = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(b"&#"));
    is_at(at) || at.checked_sub(1).is_some_and(is_at)
}

fn ends_address(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'"' | b'\'')
}

fn find(text: &[u8], from: usize, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    Some(from + text.get(from..)?.iter().position(|&b| is_wanted(b))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        spans(text.as_bytes()).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn cards_are_told_from_other_numbers() {
        for (text, expected) in [
            ("card 4111111111111111.", &["4111111111111111"][..]),
            ("3 4111 1111-1111 1111 7", &["4111 1111-1111 1111"]),
            ("378282246310005 x5555555555554444y", &["378282246310005", "5555555555554444"]),
            ("30569309025904 2223003122003222", &["30569309025904", "2223003122003222"]),
            ("6011000990139424, 3530111333300000", &["6011000990139424", "3530111333300000"]),
            ("4111111111111112 4006381333931 20260301140500 123456789", &[]),
            ("4111  1111 1111 1111, 411111111111111111111", &[]),
            ("0000000000000000", &[]),
        ] {
            assert_eq!(found(text), expected);
        }
    }

    #[test]
    fn secrets_of_addresses_are_found() {
        for (text, expected) in [
            ("http://a:b@x/?c=1&amp;pw=d&amp;e=2", &["a:b", "d"][..]),
            ("<URL>https://x/r?session=7&token=abc#x</URL>", &["abc"]),
            ("https://x/?pw=ge&#104;eim&amp;a=1", &["ge&#104;eim"]),
            ("see PASSWORD=hush and ann@x.example", &["hush"]),
            ("<a> name = 'portal password' b='c'>hush</a><a name='x'>y</a>", &["hush"]),
            ("<a api_key='x y' b='c'/>", &["x y"]),
            ("https://ann:hush", &["ann:hush"]),
            ("https://ann:hush: refused", &["ann:hush:"]),
            ("smtp://x:9925: refused, (https://x:80), https://x:443. https://x: gone", &[]),
            ("https://x:80/a@b?page=2 http://[::1]:80/ urn://a:", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
