//! What really comes back when a document was posted.
//!
//! It should be a cXML `Response`. It is also empty bodies, the word `OK`, log-in
//! pages and pages of gateways, JSON, and cXML that is no response. A
//! [`Classifier`] says what each means for the document that was sent.
//!
//! ```
//! use punchout_cxml::answer::{Answer, Classifier, Disposition, Meaning};
//!
//! let ok = br#"<cXML><Response><Status code="200" text="OK"/></Response></cXML>"#;
//! let verdict = Classifier::guide().classify(&Answer::new(ok).with_http_status(200));
//! assert_eq!(verdict.meaning, Meaning::Accepted);
//!
//! let page = b"<html><head><title>Gateway timeout</title></head></html>";
//! let verdict = Classifier::guide().classify(&Answer::new(page).with_http_status(504));
//! assert_eq!((verdict.meaning, verdict.disposition), (Meaning::TryAgain, Disposition::Unknown));
//! assert_eq!(verdict.reason, "an HTML page instead of a cXML response: Gateway timeout (HTTP status 504)");
//! ```
//!
//! # What the guide says, and what is safe
//!
//! For the cXML Reference Guide every answer that is not valid cXML is the same
//! as a 5xx: transient, send the document again. Nothing else is judged, the
//! HTTP status neither. This is what [`Classifier::guide`] does, and it is right
//! under the guide's own condition: the retry is the same document with the same
//! payload id and timestamp, and the receiver knows it by these and does not
//! take it for a second order.
//!
//! Not every receiver does. So there are two words in a [`Verdict`]:
//! [`meaning`](Verdict::meaning) is what the guide wants, and
//! [`disposition`](Verdict::disposition) is what is known of the document.
//!
//! | seen | meaning | disposition |
//! |---|---|---|
//! | `Response` 2xx | accepted | delivered |
//! | `Response` 201, 202, 280, 281 | accepted later | delivered |
//! | `Response` 4xx | rejected | rejected |
//! | `Response` 5xx: the receiver itself says to come again | try again | not delivered |
//! | anything else: a gateway may have answered after the receiver took the order | try again | **unknown** |
//! | `Response` with a number of no class | unknown | **unknown** |
//!
//! An order whose disposition is unknown is sent again only to a receiver that
//! is known to recognise a repeated payload id; [`Verdict::may_send_again`] takes
//! that as an argument, so that nobody forgets it. Otherwise a person asks.
//! For `punchout-transport`, whose words are the same, accepted and accepted
//! later are its `Accepted`, rejected its `Rejected`, not delivered its `Retry`,
//! and unknown its `Unclear`.
//!
//! # Rules of a partner
//!
//! What one partner means by an answer is said in [`Rule`]s, in front of the
//! guide's. They are data: with the feature `serde` they come from a file.
//!
//! ```
//! use punchout_cxml::answer::{Answer, Classifier, Codes, Kind, Meaning, Rule};
//!
//! let partner = Classifier::guide()
//!     .with_rule(Rule::new(Meaning::Accepted).when_http(200).when_kind(Kind::Empty))
//!     .with_rule(Rule::new(Meaning::Accepted).when_http(Codes::new(200, 299)).when_text("OK"));
//! assert_eq!(partner.classify(&Answer::new(b"").with_http_status(200)).meaning, Meaning::Accepted);
//! assert_eq!(partner.classify(&Answer::new(b" ok\n").with_http_status(201)).meaning, Meaning::Accepted);
//! assert_eq!(partner.classify(&Answer::new(b"").with_http_status(500)).meaning, Meaning::TryAgain);
//! ```

mod rule;
mod seen;

use std::fmt;

use punchout_core::Limits;

pub use rule::{Codes, CodesError, Rule};
pub use seen::{Kind, Seen};

use crate::{Status, StatusClass};

/// An answer, as it came.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Answer<'a> {
    /// The status of HTTP, when it came by HTTP.
    pub http_status: Option<u16>,
    /// The content type with its parameters.
    pub content_type: Option<&'a str>,
    /// The body. A multipart is opened before; see `mime`.
    pub body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// An answer of a body alone.
    #[must_use]
    pub fn new(body: &'a [u8]) -> Self {
        Self { http_status: None, content_type: None, body }
    }

    /// Adds the status of HTTP.
    #[must_use]
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Adds the content type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = Some(content_type);
        self
    }
}

/// Shows the size of the body only: a careless peer may repeat a secret.
impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("http_status", &self.http_status)
            .field("content_type", &self.content_type)
            .field("body", &self.body.len())
            .finish()
    }
}

/// What an answer means for the sender of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Meaning {
    /// The receiver has it, and it is done.
    Accepted,
    /// The receiver has it; what becomes of it is said later, or never.
    AcceptedLater,
    /// The receiver refuses it; the same again will be refused again.
    Rejected,
    /// The same document is to be sent again later, if that is safe: see
    /// [`Verdict::may_send_again`].
    TryAgain,
    /// Nobody can tell.
    Unknown,
}

/// What is known of a document once the answer is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Disposition {
    /// The receiver has it.
    Delivered,
    /// The receiver says that it did not take it.
    NotDelivered,
    /// The receiver refuses it.
    Rejected,
    /// It may have arrived.
    Unknown,
}

impl Disposition {
    /// The words for it, such as `not delivered`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::NotDelivered => "not delivered",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// What an answer means, and what that was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// What the sender should do.
    pub meaning: Meaning,
    /// What is known of the document.
    pub disposition: Disposition,
    /// The status of the response, when there was one.
    pub status: Option<Status>,
    /// Why, on one short line. It quotes the answer: a careless peer may
    /// repeat a secret.
    pub reason: String,
    /// What came.
    pub seen: Seen,
    /// Which of the partner's rules decided, counted from 0; `None` for the
    /// guide's.
    pub rule: Option<usize>,
}

impl Verdict {
    /// Whether the same document, with its payload id and timestamp, may be
    /// sent again.
    ///
    /// Where the receiver said that it does not have it, it may. Where nobody
    /// knows, it may only if the receiver recognises a repeated payload id.
    #[must_use]
    pub fn may_send_again(&self, recognises_repeats: bool) -> bool {
        self.meaning == Meaning::TryAgain
            && (self.disposition == Disposition::NotDelivered || recognises_repeats)
    }
}

/// Says what answers mean, by the rules of a partner and then the guide's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct Classifier {
    /// The rules of the partner; the first that fits decides.
    pub rules: Vec<Rule>,
    /// What an answer may cost at most. Beyond that it is none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_default"))]
    pub limits: Limits,
}

#[cfg(feature = "serde")]
fn is_default(limits: &Limits) -> bool {
    *limits == Limits::default()
}

impl Classifier {
    /// Judges as the guide does.
    #[must_use]
    pub fn guide() -> Self {
        Self::default()
    }

    /// Adds a rule behind those that are there.
    #[must_use]
    pub fn with_rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Sets what an answer may cost at most.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Says what an answer means.
    #[must_use]
    pub fn classify(&self, answer: &Answer<'_>) -> Verdict {
        let (seen, status) = seen::look(answer, self.limits);
        let mut reason = reason(&seen, status.as_ref(), answer.http_status);
        let found = self.rules.iter().position(|rule| rule.fits(answer, &seen, status.as_ref()));
        let decided = found.and_then(|index| self.rules.get(index));
        let (meaning, disposition) = match decided {
            Some(rule) => {
                if let Some(note) = &rule.note {
                    reason = format!("{note}: {reason}");
                }
                (rule.then, disposition(rule.then))
            }
            None => guide(status.as_ref()),
        };
        Verdict { meaning, disposition, status, reason, seen, rule: found }
    }
}

/// What somebody knows who says this of a partner's answer.
fn disposition(meaning: Meaning) -> Disposition {
    match meaning {
        Meaning::Accepted | Meaning::AcceptedLater => Disposition::Delivered,
        Meaning::Rejected => Disposition::Rejected,
        Meaning::TryAgain => Disposition::NotDelivered,
        Meaning::Unknown => Disposition::Unknown,
    }
}

fn guide(status: Option<&Status>) -> (Meaning, Disposition) {
    let Some(status) = status else { return (Meaning::TryAgain, Disposition::Unknown) };
    let meaning = match (status.code.as_u16(), status.class()) {
        // 202 is not one of cXML's, but HTTP's word for 201
        (201 | 202 | 280 | 281, _) => Meaning::AcceptedLater,
        (_, StatusClass::Success) => Meaning::Accepted,
        (_, StatusClass::Permanent) => Meaning::Rejected,
        (_, StatusClass::Transient) => Meaning::TryAgain,
        (_, StatusClass::Unknown) => Meaning::Unknown,
    };
    (meaning, disposition(meaning))
}

fn reason(seen: &Seen, status: Option<&Status>, http_status: Option<u16>) -> String {
    let mut reason = match status {
        Some(status) => {
            let mut words = format!("status {}", status.code);
            if !status.text.trim().is_empty() {
                words = format!("{words} {}", seen::shown(&status.text, 64));
            }
            if !status.message.trim().is_empty() {
                words = format!("{words}: {}", seen::shown(&status.message, 200));
            }
            words
        }
        None => seen.to_string(),
    };
    if let Some(http_status) = http_status.filter(|&http| status.is_none() || !(200..300).contains(&http)) {
        reason = format!("{reason} (HTTP status {http_status})");
    }
    reason
}
