//! What in a document must not be shown.
//!
//! The same facts serve two ways of looking: element by element, where a
//! document was understood, and over plain bytes, where a finding is shown in
//! its source and nothing may be presumed about what is well-formed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use punchout::oci::{CallUpDecoder, Parameter};

pub(super) use crate::mask::MASK;
use crate::mask::{masked, rising, spans_in};

/// Whose names and rules tell secrets in addresses apart.
static ADDRESSES: LazyLock<CallUpDecoder> = LazyLock::new(CallUpDecoder::lenient);

/// Whether the content of an element proves who somebody is.
pub(super) fn is_element(name: &str) -> bool {
    ["SharedSecret", "DigitalSignature", "CredentialMac"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether an attribute pays.
pub(super) fn is_attribute(element: &str, name: &str) -> bool {
    let is_card = ["PCard", "PaymentToken"].iter().any(|card| card.eq_ignore_ascii_case(element));
    is_card && ["number", "token"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether an extrinsic of this name holds a password or the like.
pub(super) fn is_extrinsic(name: &str) -> bool {
    Parameter::new(name, "").value.is_secret()
}

/// A text with the secrets of an address in it hidden.
pub(super) fn hidden(text: &str) -> Cow<'_, str> {
    if may_hold_secrets(text.as_bytes()) { Cow::Owned(masked(&ADDRESSES, text)) } else { Cow::Borrowed(text) }
}

/// Whether there is a parameter or a user in it; most texts have none, and
/// looking closer is dear.
fn may_hold_secrets(text: &[u8]) -> bool {
    text.contains(&b'=') || text.contains(&b'@') && text.windows(3).any(|three| three == b"://")
}

/// An address that lets its bearer in: only where it leads to is shown.
pub(super) fn bearer(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    if scheme.is_empty() || host.len() == rest.len() {
        return if scheme.is_empty() { MASK.to_owned() } else { address.to_owned() };
    }
    format!("{scheme}://{host}/{MASK}")
}

/// Where secrets stand in the bytes of a document, by rising place.
///
/// It rather hides too much: where a tag is not closed, all that follows.
pub(super) fn spans(source: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(name) = find(source, at, |b| b == b'<').map(|less| less + 1) {
        let name_end = find(source, name, |b| !is_name(b)).unwrap_or(source.len());
        at = name_end;
        let element = lossy(source, name..name_end);
        // the way into the shop is a secret too
        let is_secret = is_element(&element) || element.eq_ignore_ascii_case("StartPage");
        let is_extrinsic_element = element.eq_ignore_ascii_case("Extrinsic");
        let is_card = is_attribute(&element, "number");
        if !is_secret && !is_extrinsic_element && !is_card {
            continue;
        }
        let tag_end = find(source, name_end, |b| b == b'>').unwrap_or(source.len());
        at = tag_end;
        let mut is_content = is_secret;
        for (attribute, value) in attributes(source, name_end..tag_end) {
            if is_card {
                // whatever it is called: the name may be what is wrong
                found.push(value);
            } else if is_extrinsic_element && attribute.eq_ignore_ascii_case("name") {
                is_content = is_extrinsic(&lossy(source, value));
            }
        }
        if is_content && source.get(tag_end.saturating_sub(1)) != Some(&b'/') {
            let start = (tag_end + 1).min(source.len());
            at = closing(source, start, element.as_bytes());
            found.push(start..at);
        }
    }
    found.retain(|span| !span.is_empty());
    found.extend(in_addresses(source));
    rising(found)
}

/// Where the end tag of an element begins, or the end of all.
fn closing(source: &[u8], from: usize, element: &[u8]) -> usize {
    let mut at = from;
    while let Some(less) = find(source, at, |b| b == b'<') {
        let tag = source.get(less + 1..less + 2 + element.len()).unwrap_or_default();
        if tag.split_first().is_some_and(|(slash, name)| *slash == b'/' && name.eq_ignore_ascii_case(element))
        {
            return less;
        }
        at = less + 1;
    }
    source.len()
}

/// The attributes of a tag with where their values stand.
fn attributes(source: &[u8], tag: Range<usize>) -> Vec<(String, Range<usize>)> {
    let source = source.get(..tag.end).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = tag.start;
    while let Some(equals) = find(source, at, |b| b == b'=') {
        let name = lossy(source, at..equals).trim().to_owned();
        let quote = find(source, equals + 1, |b| b == b'"' || b == b'\'').unwrap_or(tag.end);
        let start = (quote + 1).min(tag.end);
        let end = find(source, start, |b| Some(&b) == source.get(quote)).unwrap_or(tag.end);
        found.push((name, start..end));
        at = end + 1;
    }
    found
}

/// Secrets in whatever looks like an address.
fn in_addresses(source: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(colon) = find(source, at, |b| b == b':') {
        at = colon + 1;
        if source.get(colon..colon + 3) != Some(b"://") {
            continue;
        }
        at = find(source, colon, |b| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b'\''))
            .unwrap_or(source.len());
        if !source.get(colon..at).is_some_and(may_hold_secrets) {
            continue;
        }
        // what XML writes for an ampersand, in as many bytes
        let address = lossy(source, colon..at).replace("&amp;", "&&&&&");
        if address.len() == at - colon {
            let spans = spans_in(&ADDRESSES, address.as_bytes()).into_iter();
            found.extend(spans.map(|span| colon + span.start..colon + span.end));
        } else {
            found.push(colon + 3..at);
        }
    }
    found
}

fn find(source: &[u8], from: usize, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    Some(from + source.get(from..)?.iter().position(|&b| is_wanted(b))?)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || !byte.is_ascii()
}

fn lossy(source: &[u8], range: Range<usize>) -> String {
    String::from_utf8_lossy(source.get(range).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for span in spans(source.as_bytes()) {
            shown += &source[at..span.start];
            shown += MASK;
            at = span.end;
        }
        shown + &source[at..]
    }

    #[test]
    fn hides_secrets_in_bytes() {
        for (source, expected) in [
            ("<SharedSecret>abc</SharedSecret><a/>", "<SharedSecret>***</SharedSecret><a/>"),
            ("<sharedsecret x='>'>abc</SHAREDSECRET >", "<sharedsecret x='>***</SHAREDSECRET >"),
            ("<SharedSecret><b>abc</b></Shared", "<SharedSecret>***"),
            ("<SharedSecret/><a>b</a>", "<SharedSecret/><a>b</a>"),
            ("<SharedSecrets>abc</SharedSecrets>", "<SharedSecrets>abc</SharedSecrets>"),
            ("<PCard number = '4111' expiration='x'/>", "<PCard number = '***' expiration='***'/>"),
            ("<PCard name=\"n\" number=\"4111", "<PCard name=\"***\" number=\"***"),
            (
                "<Extrinsic name='User password'>abc</Extrinsic><Extrinsic name='Plant'>1</Extrinsic>",
                "<Extrinsic name='User password'>***</Extrinsic><Extrinsic name='Plant'>1</Extrinsic>",
            ),
            (
                "<URL>http://a:b@x/?c=1&amp;pw=d&amp;e=2</URL>",
                "<URL>http://***@x/?c=1&amp;pw=***&amp;e=2</URL>",
            ),
            ("<StartPage><URL>http://x/y</URL></StartPage>", "<StartPage>***</StartPage>"),
            ("a < b & c <", "a < b & c <"),
        ] {
            assert_eq!(shown(source), expected);
        }
    }

    #[test]
    fn a_bearer_address_shows_its_host() {
        for (address, expected) in [
            ("https://u:p@shop.example:8443/s/abc?x=1", "https://shop.example:8443/***"),
            ("https://shop.example?x=1", "https://shop.example/***"),
            ("https://shop.example", "https://shop.example"),
            ("s3cret", "***"),
        ] {
            assert_eq!(bearer(address), expected);
        }
    }
}
