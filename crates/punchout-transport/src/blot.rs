//! Secrets out of what a peer said.

use std::cmp::Reverse;

/// What stands in place of a secret.
const MASK: &str = "***";
/// So many bytes of a secret tell it, where a text breaks off inside of it.
const TELLING: usize = 4;

/// The text without these secrets, in letters of either case, nor what is left
/// of one where `…` says that the text was cut.
pub(crate) fn out(text: &str, secrets: &[&str]) -> String {
    let mut secrets: Vec<String> = secrets.iter().map(|secret| secret.to_ascii_lowercase()).collect();
    secrets.retain(|secret| !secret.is_empty());
    // the longest first, or what is left of it would show beside a shorter one inside it
    secrets.sort_by_key(|secret| Reverse(secret.len()));
    secrets.iter().fold(text.to_owned(), |text, secret| without_one(&text, secret))
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

fn without_one(text: &str, secret: &str) -> String {
    // of the same length, byte for byte
    let lower = text.to_ascii_lowercase();
    let whole = lower.match_indices(secret).map(|(at, _)| at..at + secret.len());
    let cut = lower.match_indices('…').filter_map(|(end, _)| {
        let before = lower.get(..end)?;
        let kept = (TELLING..secret.len())
            .rev()
            .find(|&kept| secret.get(..kept).is_some_and(|start| before.ends_with(start)))?;
        Some(end - kept..end)
    });
    let mut spans: Vec<_> = whole.chain(cut).collect();
    spans.sort_by_key(|span| span.start);
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for span in spans {
        // two may overlap
        if span.start >= done {
            shown.push_str(text.get(done..span.start).unwrap_or_default());
            shown.push_str(MASK);
        }
        done = done.max(span.end);
    }
    shown + text.get(done..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_stays() {
        for (text, secrets, shown) in [
            ("hush", &["hush"][..], "***"),
            ("hush-hush hush", &["hush", "hush-hush"], "*** ***"),
            ("say HUSH, or Hush", &["hush"], "say ***, or ***"),
            ("é hushé…", &["hushé"], "é ***…"),
            ("`the password hunter…` is wrong", &["hunter2"], "`the password ***…` is wrong"),
            ("hun…", &["hunter2"], "hun…"),
            ("nothing here", &["", "hush"], "nothing here"),
            ("aaaaa", &["aa"], "******a"),
            ("abababab…", &["ababab"], "***…"),
        ] {
            assert_eq!(out(text, secrets), shown);
        }
    }
}
