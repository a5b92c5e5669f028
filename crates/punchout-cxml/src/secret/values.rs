//! What secrets say, for whoever keeps them out of another text.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::TELLING;
use crate::tree::decode_value;

/// So many characters has a part of an address at least that is a secret of its
/// own; what is shorter stands in too many texts.
const PART: usize = 4;

/// Attributes that tell no secret by themselves: a date, what a card is called,
/// how a proof was made. In another text they are words as any others.
pub(super) fn is_plain(attribute: &str) -> bool {
    const PLAIN: [&str; 7] =
        ["expiration", "name", "type", "algorithm", "encoding", "creationDate", "expirationDate"];
    PLAIN.iter().any(|known| known.eq_ignore_ascii_case(attribute))
}

/// What is said between the tags of a piece where a secret may stand, and
/// between quotes, as it is spelled and as it is read; no dates. Bytes that are
/// no UTF-8 are read as Latin-1.
pub(super) fn texts(source: &[u8], span: &Range<usize>) -> Vec<String> {
    let text = read(source, span);
    let mut said = Vec::new();
    for (at, piece) in text.split('<').enumerate() {
        // a tag that does not end may be the secret
        let piece = piece.split_once('>').filter(|_| at > 0).map_or(piece, |(_, behind)| behind);
        let attributes = piece.contains('=').then(|| piece.split(['"', '\'']).skip(1).step_by(2));
        for piece in [piece].into_iter().chain(attributes.into_iter().flatten()) {
            said.extend([piece.to_owned(), decode_value(piece).into_owned()]);
        }
    }
    said.retain(|said| !is_date(said.trim()));
    said
}

/// What stands in a place that may be anywhere in a text: a number of a card, or
/// of an address a user with a password, or a value that is called like a secret.
pub(super) fn anywhere(source: &[u8], span: &Range<usize>) -> Vec<String> {
    let value = read(source, span);
    let value = decode_value(&value);
    let is_user = source.get(..span.start).is_some_and(|before| before.ends_with(b"://"));
    let password = value.split_once(':').filter(|_| is_user).map(|(_, password)| password.to_owned());
    parts([value.clone().into_owned()].into_iter().chain(password))
}

/// The address of a page that lets its bearer in, and what in it may let in: all
/// behind the host, and each value.
pub(super) fn page(source: &[u8], span: &Range<usize>) -> Vec<String> {
    let mut said = texts(source, span);
    let inside: Vec<String> = said
        .iter()
        .filter_map(|text| text.split_once("://")?.1.split_once(['/', '?', '#']))
        .flat_map(|(_, rest)| {
            let values = rest.split(['?', '&', '#', ';']).filter_map(|pair| Some(pair.split_once('=')?.1));
            [rest].into_iter().chain(values).map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|part| part.chars().count() >= TELLING)
        .collect();
    said.extend(parts(inside.into_iter()));
    said
}

/// Each as it is written in an address and as it is meant.
fn parts(said: impl Iterator<Item = String>) -> Vec<String> {
    let each = said.flat_map(|said| {
        let blanks = said.replace('+', " ");
        [meant(&said), meant(&blanks), said]
    });
    each.filter(|said| said.trim().chars().count() >= PART && !is_date(said.trim())).collect()
}

/// Without the percent signs of an address.
fn meant(text: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
}

/// Whether it is a month, a day or a moment, as cXML writes them.
fn is_date(text: &str) -> bool {
    let day = text.split('T').next().unwrap_or_default();
    let mut parts = day.split('-');
    let is = |part: Option<&str>, digits: usize| {
        part.is_some_and(|part| part.len() == digits && part.bytes().all(|digit| digit.is_ascii_digit()))
    };
    is(parts.next(), 4) && is(parts.next(), 2) && (day.len() == 7 || is(parts.next(), 2) && day.len() == 10)
}

fn read<'s>(source: &'s [u8], span: &Range<usize>) -> Cow<'s, str> {
    let bytes = source.get(span.clone()).unwrap_or_default();
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
