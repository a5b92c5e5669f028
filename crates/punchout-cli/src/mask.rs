//! Hiding secrets of call-ups and addresses where they are shown.

use std::ops::Range;

use punchout::oci::CallUpDecoder;
use url::form_urlencoded;

/// What stands in place of a secret.
pub(crate) const MASK: &str = "***";

/// Where secrets stand in the parameters of a call-up, and in the addresses
/// that these hold, by rising place.
pub(crate) fn secrets(decoder: &CallUpDecoder, source: &[u8]) -> Vec<Range<usize>> {
    let mut found = spans_in(decoder, source);
    let mut start = 0;
    for pair in source.split(|&b| b == b'&') {
        let end = start + pair.len();
        let value = pair.iter().position(|&b| b == b'=').map_or(end, |equals| start + equals + 1);
        let read = form_urlencoded::parse(pair).next();
        if read.is_some_and(|(_, value)| !spans_in(decoder, value.as_bytes()).is_empty()) {
            found.push(value..end);
        }
        start = end + 1;
    }
    rising(found)
}

/// A value with its secrets hidden: those of an address or of a query in it.
pub(crate) fn masked(decoder: &CallUpDecoder, text: &str) -> String {
    let mut masked = String::new();
    let mut at = 0;
    for span in rising(spans_in(decoder, text.as_bytes())) {
        masked.push_str(text.get(at..span.start).unwrap_or_default());
        masked.push_str(MASK);
        at = span.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

/// The secrets that stand there without further encoding.
pub(crate) fn spans_in(decoder: &CallUpDecoder, text: &[u8]) -> Vec<Range<usize>> {
    let mut found = decoder.secret_spans(text);
    // an address may have an `=` before its query
    if let Some(mark) = text.iter().position(|&b| b == b'?') {
        let spans = decoder.secret_spans(text.get(mark + 1..).unwrap_or_default());
        found.extend(spans.into_iter().map(|span| mark + 1 + span.start..mark + 1 + span.end));
    }
    found.extend(user_info(text));
    found
}

/// In order, without those that lie in another one.
pub(crate) fn rising(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut reached = 0;
    spans.retain(|span| {
        let is_new = span.end > reached;
        reached = span.end.max(reached);
        is_new
    });
    spans
}

/// What stands before the host of an address: `ann:geheim` in
/// `https://ann:geheim@shop.example/`.
fn user_info(text: &[u8]) -> Option<Range<usize>> {
    let start = text.windows(3).position(|three| three == b"://")? + 3;
    let rest = text.get(start..)?;
    let authority = rest.iter().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let end = rest.get(..authority)?.iter().rposition(|&b| b == b'@')?;
    (end > 0).then(|| start..start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_is_secret_and_nothing_else() {
        let decoder = CallUpDecoder::lenient();
        for (text, expected) in [
            (
                "https://erp.example/r?session=7&token=abc&x=1",
                "https://erp.example/r?session=7&token=***&x=1",
            ),
            ("https://ann:geheim@erp.example/a@b", "https://***@erp.example/a@b"),
            ("https://erp.example/k=v?PASSWORD=geheim", "https://erp.example/k=v?PASSWORD=***"),
            ("a=https://erp.example/?pw=geheim", "a=https://erp.example/?pw=***"),
            ("SAPEVENT:POST", "SAPEVENT:POST"),
            ("ann@example.org", "ann@example.org"),
        ] {
            assert_eq!(masked(&decoder, text), expected);
        }
    }

    #[test]
    fn finds_secrets_inside_of_encoded_addresses() {
        let source = "https://u:p@shop.example/?USERNAME=ann&PASSWORD=geheim&HOOK_URL=https%3A%2F%2Fx%2F%3Ftoken%3Dabc&A=1";
        let found = secrets(&CallUpDecoder::lenient(), source.as_bytes());
        let found: Vec<_> = found.into_iter().map(|span| &source[span]).collect();
        assert_eq!(found, ["u:p", "geheim", "https%3A%2F%2Fx%2F%3Ftoken%3Dabc"]);
    }
}
