//! Secrets out of what a peer said.
//!
//! A peer repeats a secret as the library at hand spells it: as it stands, with
//! references of XML and HTML, in an address, in JSON, as base64. All of these
//! are found, mixed and one within the other, in letters of either case, and
//! broken over lines; a mask takes their place.
//!
//! A number of at least twelve digits, such as a card's, is found with any
//! blanks and hyphens between them.
//!
//! # Not found
//!
//! - what no spelling but a computation makes of a secret: a hash, base64 of
//!   base64 or of UTF-16, base32, the secret backwards
//! - a secret with words or tags in it, and its bytes as a list of numbers or
//!   with `0x` before each
//! - `SS` for `ß`, letters without their accents or with these apart, and letters
//!   that became something else than `?`, U+FFFD or their bytes
//! - names of characters outside Latin-1 and ASCII, but for `&euro;`, and names of
//!   two characters at once, such as `&fjlig;`
//! - numbers with more than 16 digits in a reference
//! - more than three spellings within each other
//! - hexadecimal digits of a secret of one or two bytes
//! - a beginning of fewer than four characters
//! - an end, or a piece out of the middle
//!
//! # Cost
//!
//! The peer chooses the text. What can begin at each place is found once, in
//! [three passes](reading), each of which looks a few characters ahead; of one
//! sign there are a dozen readings at most then. A search goes through the text
//! from left to right, from each place where the first sign of the secret may
//! begin, and keeps, for each place and each number of letters found, the
//! leftmost beginning. So the time is in proportion to the length of the text
//! times, at worst, that of the secret, which is not the peer's choice; nothing
//! is tried twice.

mod pattern;
mod reading;

use pattern::Pattern;
use reading::Reading;

/// What stands in place of a secret.
const MASK: &str = "***";

/// The text without these secrets, however they are spelled, nor what is left of
/// one where `…` says that the text was cut.
///
/// One of fewer than six characters is found where it stands by itself, without
/// a letter or a digit beside it: `1` would take every number apart.
pub(crate) fn out(text: &str, secrets: &[&str]) -> String {
    let mut spans = Vec::new();
    let patterns: Vec<Pattern> = secrets.iter().flat_map(|secret| Pattern::all(secret)).collect();
    if !patterns.is_empty() {
        let reading = Reading::of(text);
        spans.extend(patterns.iter().flat_map(|pattern| pattern.spans(&reading)));
    }
    spans.sort_by_key(|span| span.start);
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for span in spans {
        // two may overlap or touch
        if span.start > done || shown.is_empty() {
            shown.push_str(text.get(done..span.start).unwrap_or_default());
            shown.push_str(MASK);
        }
        done = done.max(span.end);
    }
    shown + text.get(done..).unwrap_or_default()
}

/// So many bytes a part has at least that is a secret of its own; what is
/// shorter stands in too many texts.
#[cfg(feature = "https")]
const PART: usize = 4;

/// A query, which may be secret, and each value in it, as it is sent and as it
/// is meant.
#[cfg(feature = "https")]
pub(crate) fn of_query(query: &str) -> Vec<String> {
    let sent = query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value).to_owned());
    let meant = url::form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| if value.is_empty() { name } else { value }.into_owned());
    telling([query.to_owned()].into_iter().chain(sent).chain(meant))
}

/// The value of a header; behind a scheme such as `Bearer`, what follows; of
/// `Basic` the password too.
#[cfg(feature = "https")]
pub(crate) fn of_header(value: &str) -> Vec<String> {
    use base64::Engine as _;
    let behind = value.trim().split_once(' ').map(|(scheme, rest)| (scheme, rest.trim()));
    let password = behind
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, both)| base64::prelude::BASE64_STANDARD.decode(both).ok())
        .and_then(|both| String::from_utf8(both).ok())
        .and_then(|both| Some(both.split_once(':')?.1.to_owned()));
    let rest = behind.map(|(_, rest)| rest.to_owned());
    telling([value.to_owned()].into_iter().chain(rest).chain(password))
}

#[cfg(feature = "https")]
fn telling(secrets: impl Iterator<Item = String>) -> Vec<String> {
    secrets.filter(|secret| secret.len() >= PART).collect()
}

#[cfg(test)]
mod tests;
