use chrono::DateTime;
use std::fmt;
use std::time::{Duration, SystemTime};

/// An HTTP answer, as a [`Classifier`] sees it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpReply {
    /// The status code.
    pub status: u16,
    /// Names in lower case with their values, in the order received. In a value
    /// that is not UTF-8, bytes stand for the Latin-1 characters of the same
    /// number.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpReply {
    /// Puts an answer together.
    #[must_use]
    pub fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        Self { status, headers, body }
    }

    /// The first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The media type in lower case, without parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        let value = self.header("content-type")?;
        Some(value.split(';').next()?.trim().to_ascii_lowercase())
    }

    /// How long `Retry-After` asks to wait.
    ///
    /// A point in time is counted from the answer's own `Date`, so that the
    /// clock here does not matter; without one, from now.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // more than any number here is as good as never
            return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
        }
        let until = DateTime::parse_from_rfc2822(value).ok()?.to_utc();
        let date = self.header("date").and_then(|date| DateTime::parse_from_rfc2822(date.trim()).ok());
        let now = date.map_or_else(|| SystemTime::now().into(), |date| date.to_utc());
        Some((until - now).to_std().unwrap_or_default())
    }
}

/// Shows no values: an answer may set or repeat secrets.
impl fmt::Debug for HttpReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpReply")
            .field("status", &self.status)
            .field("body", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What an answer says about the order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The peer has the order.
    Accepted {
        /// The peer's own reference.
        reference: Option<String>,
    },
    /// The peer refuses the order.
    Rejected {
        /// Why: one short line without secrets.
        reason: String,
    },
    /// The peer did not look at the order: it turned the request away, for its
    /// credentials, its URL or its form. The settings must change.
    TurnedAway {
        /// Why: one short line without secrets.
        reason: String,
    },
    /// The peer says that it does **not** have the order, and wants it later.
    Retry {
        /// How long to wait.
        after: Option<Duration>,
        /// Why: one short line without secrets.
        reason: String,
    },
    /// The answer does not say. The order may have arrived.
    Unclear {
        /// Why: one short line without secrets.
        reason: String,
    },
}

/// Decides what an HTTP answer means.
///
/// It sees complete answers only, and never a redirect. In doubt it answers
/// [`Verdict::Unclear`]: [`Verdict::Retry`] and [`Verdict::TurnedAway`] promise
/// that the peer does not have the order. A closure is a classifier:
///
/// ```
/// use punchout_transport::{ByStatus, Classifier, HttpReply, Verdict};
///
/// let says_ok = |reply: &HttpReply| match ByStatus.classify(reply) {
///     Verdict::Accepted { .. } if reply.body.trim_ascii() != b"OK" => {
///         Verdict::Unclear { reason: "the body is not `OK`".into() }
///     }
///     verdict => verdict,
/// };
/// let reply = HttpReply::new(200, Vec::new(), b"<html>".to_vec());
/// assert!(matches!(says_ok.classify(&reply), Verdict::Unclear { .. }));
/// ```
pub trait Classifier: Send + Sync {
    /// Decides.
    fn classify(&self, reply: &HttpReply) -> Verdict;
}

impl<F: Fn(&HttpReply) -> Verdict + Send + Sync> Classifier for F {
    fn classify(&self, reply: &HttpReply) -> Verdict {
        self(reply)
    }
}

/// Looks at the HTTP status and nothing else.
///
/// | status | the order |
/// |---|---|
/// | 2xx | accepted |
/// | 401, 403, 404, 405, 407, 410, 411, 413, 414, 415, 421, 426, 431, 495, 496 | turned away |
/// | 425, 429 | for later |
/// | 408, 5xx: a gateway sends them also after it has passed the order on | unclear |
/// | any other 4xx | rejected |
///
/// It takes a log-in page with status 200 for a yes: where the peer answers in
/// cXML, the cXML must decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a unit value, nothing to add")]
pub struct ByStatus;

impl Classifier for ByStatus {
    fn classify(&self, reply: &HttpReply) -> Verdict {
        let reason = format!("HTTP status {}", reply.status);
        match reply.status {
            200..=299 => Verdict::Accepted { reference: None },
            status if turns_away(status) => Verdict::TurnedAway { reason },
            425 | 429 => Verdict::Retry { after: reply.retry_after(), reason },
            400..=499 if reply.status != 408 => Verdict::Rejected { reason },
            _ => Verdict::Unclear { reason },
        }
    }
}

/// Whether a status says of itself, whoever sends it and whatever page comes
/// with it, that the request was not carried out.
///
/// Sections of RFC 9110, if nothing else is said. A gateway that makes one of
/// them out of another answer breaks it. Not here are 400, 409 and 422, which
/// an application also answers to what it keeps as faulty; 406, which is about
/// the answer and not the order; 408 and 5xx, which a gateway sends when it
/// knows no answer.
fn turns_away(status: u16) -> bool {
    matches!(
        status,
        // not applied, because credentials are missing (15.5.2), at a proxy (15.5.8)
        401 | 407
        // understood, and not fulfilled (15.5.4)
        | 403
        // nothing is there that could take it (15.5.5, 15.5.11), or not by POST (15.5.6)
        | 404 | 410 | 405
        // refused for its form, before anybody reads the content: no length (15.5.12), too large
        // (15.5.14), a long URL (15.5.15), a media type (15.5.16), large headers (RFC 6585, 5)
        | 411 | 413 | 414 | 415 | 431
        // for another server (15.5.20), or by another protocol (15.5.22)
        | 421 | 426
        // nginx's own, for a client certificate: wrong, or none
        | 495 | 496
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, headers: &[(&str, &str)]) -> HttpReply {
        let headers = headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        HttpReply::new(status, headers, Vec::new())
    }

    #[test]
    fn the_status_decides() {
        let word = |status| match ByStatus.classify(&reply(status, &[("retry-after", "7")])) {
            Verdict::Accepted { reference: None } => "accepted",
            Verdict::Rejected { .. } => "rejected",
            Verdict::TurnedAway { .. } => "turned away",
            Verdict::Retry { after: Some(_), .. } => "later",
            Verdict::Unclear { .. } => "unclear",
            other => panic!("{other:?}"),
        };
        for (statuses, expected) in [
            (&[200, 201, 202, 204, 299][..], "accepted"),
            (&[400, 402, 406, 409, 412, 422, 451, 497, 499], "rejected"),
            (&[401, 403, 404, 405, 407, 410, 411, 413, 414, 415, 421, 426, 431, 495, 496], "turned away"),
            (&[425, 429], "later"),
            (&[100, 302, 408, 500, 502, 503, 504, 599, 600, 999], "unclear"),
        ] {
            for &status in statuses {
                assert_eq!(word(status), expected, "{status}");
            }
        }
    }

    #[test]
    fn retry_after_in_seconds_and_as_a_date() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let seconds = |headers: &[_]| reply(503, headers).retry_after().map(|after| after.as_secs());
        assert_eq!(seconds(&[("Retry-After", " 120 ")]), Some(120));
        assert_eq!(seconds(&[("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT"), date]), Some(60));
        assert_eq!(seconds(&[("retry-after", "Sun, 06 Nov 1994 08:40:00 GMT"), date]), Some(0));
        assert_eq!(seconds(&[("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT")]), Some(0));
        let long = seconds(&[("retry-after", "Sat, 06 Nov 2094 08:50:37 GMT")]).unwrap();
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let then = DateTime::parse_from_rfc2822("Sat, 06 Nov 2094 08:50:37 GMT").unwrap().timestamp();
        assert!((now + long).abs_diff(u64::try_from(then).unwrap()) < 60, "{long}");
        assert_eq!(seconds(&[("retry-after", "99999999999999999999999")]), Some(u64::MAX));
        assert_eq!(seconds(&[("retry-after", "-1")]), None);
        assert_eq!(seconds(&[("retry-after", "+1")]), None);
        assert_eq!(seconds(&[("retry-after", "")]), None);
        assert_eq!(seconds(&[("retry-after", "soon"), date]), None);
        assert_eq!(seconds(&[]), None);
    }

    #[test]
    fn media_types_lose_their_parameters() {
        assert_eq!(
            reply(200, &[("Content-Type", "Text/XML; charset=UTF-8")]).media_type().unwrap(),
            "text/xml"
        );
        assert_eq!(reply(200, &[]).media_type(), None);
    }
}
