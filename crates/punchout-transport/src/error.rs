use crate::redacted::{blot_answer, blot_replies, blot_source};
use crate::{Answer, Evidence, Timings, blot};
use std::error::Error as StdError;
use std::time::Duration;

/// The order is not known to have been accepted.
///
/// What *is* known is its [`disposition`](Error::disposition). The text names
/// the place without its secrets and says what to do; the
/// [`source`](StdError::source), where there is one, says what went wrong
/// below.
#[derive(Debug, thiserror::Error)]
#[error("{}", detail.text)]
pub struct Error {
    detail: Box<Detail>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Debug)]
struct Detail {
    kind: Kind,
    disposition: Disposition,
    party: Party,
    text: String,
    retry_after: Option<Duration>,
    evidence: Option<Evidence>,
    answer: Option<Answer>,
    timings: Option<Timings>,
    is_made: bool,
}

impl Error {
    /// Says what happened and what is known of the order.
    ///
    /// The text is lower case, without a full stop, and holds no secret.
    #[must_use]
    pub fn new(kind: Kind, disposition: Disposition, text: impl Into<String>) -> Self {
        let party = kind.party();
        let text = text.into();
        let detail = Detail {
            kind,
            disposition,
            party,
            text,
            retry_after: None,
            evidence: None,
            answer: None,
            timings: None,
            is_made: true,
        };
        Self { detail: Box::new(detail), source: None }
    }

    /// Adds what went wrong below.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Names another party than the usual one for the kind.
    #[must_use]
    pub fn with_party(mut self, party: Party) -> Self {
        self.detail.party = party;
        self
    }

    /// Adds how long the peer wants to be left alone.
    #[must_use]
    pub fn with_retry_after(mut self, after: Duration) -> Self {
        self.detail.retry_after = Some(after);
        self
    }

    /// Adds what can be shown.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Evidence) -> Self {
        self.detail.evidence = Some(evidence);
        self
    }

    /// Adds what the peer answered.
    #[must_use]
    pub fn with_answer(mut self, answer: Answer) -> Self {
        self.detail.answer = Some(answer);
        self
    }

    /// Adds how long it took.
    #[must_use]
    pub fn with_timings(mut self, timings: Timings) -> Self {
        self.detail.timings = Some(timings);
        self
    }

    /// Says that an earlier attempt may have arrived, whatever this one did.
    pub(crate) fn still_unknown(self) -> Self {
        self.unknown_for("; an earlier attempt may have arrived all the same")
    }

    /// Says that the peer has it by an earlier attempt, whatever this one did.
    pub(crate) fn after_delivery(self) -> Self {
        self.unknown_for("; an earlier attempt was delivered")
    }

    /// Says that no attempt was made, so that what is known of the order comes
    /// from earlier ones alone.
    pub(crate) fn never_made(mut self) -> Self {
        self.detail.is_made = false;
        self
    }

    /// Says that an attempt was made, if not the last one of a series.
    pub(crate) fn made(mut self) -> Self {
        self.detail.is_made = true;
        self
    }

    /// Whether an attempt was made, as far as that was said.
    pub(crate) fn is_made(&self) -> bool {
        self.detail.is_made
    }

    fn unknown_for(mut self, why: &str) -> Self {
        if self.detail.disposition != Disposition::Unknown {
            self.detail.disposition = Disposition::Unknown;
            self.detail.text.push_str(why);
        }
        self
    }

    /// Takes secrets out of everything that it says.
    pub(crate) fn blotted(mut self, secrets: &[&str]) -> Self {
        self.detail.text = blot::out(&self.detail.text, secrets);
        if let Some(evidence) = &mut self.detail.evidence {
            blot_replies(&mut evidence.replies, secrets);
        }
        blot_answer(self.detail.answer.as_mut(), secrets);
        self.source = self.source.map(|source| blot_source(source, secrets));
        self
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.detail.kind
    }

    /// What is known of the order.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        self.detail.disposition
    }

    /// Who can do something about it.
    #[must_use]
    pub fn who_can_act(&self) -> Party {
        self.detail.party
    }

    /// How long the peer wants to be left alone. It is no permission: an
    /// unknown outcome stays unknown.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.detail.retry_after
    }

    /// What can be shown; absent when the attempt ended before it began.
    #[must_use]
    pub fn evidence(&self) -> Option<&Evidence> {
        self.detail.evidence.as_ref()
    }

    /// What the peer answered, if it did.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.detail.answer.as_ref()
    }

    /// How long the attempt took, where somebody looked at a clock.
    #[must_use]
    pub fn timings(&self) -> Option<Timings> {
        self.detail.timings
    }
}

/// An option or a setting cannot be used; nothing was sent.
#[cfg(any(feature = "email", feature = "https", feature = "sftp"))]
pub(crate) fn unusable(text: impl Into<String>) -> Error {
    Error::new(Kind::Configuration, Disposition::NotDelivered, text)
}

/// What is known of an order after an attempt failed.
///
/// It speaks of this one attempt: what an earlier one left unknown, a later
/// one that was not delivered leaves unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Disposition {
    /// The peer cannot have it: no byte of it left, or the peer said that it
    /// did not take it. Sending again is safe.
    NotDelivered,
    /// The peer refuses it. The same again will be refused again.
    Rejected,
    /// It may have arrived. Sending again may order twice.
    Unknown,
}

impl Disposition {
    /// The words for it: `not delivered`, `rejected` or `unknown`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotDelivered => "not delivered",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// Who can do something about a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Party {
    /// Whoever sends: the order or the connection's settings must change.
    Caller,
    /// The supplier: its server or its answer is at fault.
    Supplier,
    /// Whoever runs the way between; often waiting is enough.
    Network,
}

impl Party {
    /// One word for it: `caller`, `supplier` or `network`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Supplier => "supplier",
            Self::Network => "network",
        }
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The consignment cannot be sent, or not this way.
    Consignment,
    /// The transport is set up wrongly.
    Configuration,
    /// The peer was not reached.
    Connect,
    /// The peer was reached, but not in a way that can be trusted.
    Tls,
    /// A time limit passed.
    Timeout,
    /// The connection ended, or brought what is no answer.
    Interrupted,
    /// The answer is larger than its limit.
    AnswerTooLarge,
    /// The peer points elsewhere; nothing follows.
    Redirect,
    /// The peer refuses the order.
    Refused,
    /// The peer did not take the order now, and wants it later.
    Later,
    /// The peer answered, but not whether it has the order.
    Unclear,
    /// Another content lies under the name of a file.
    Exists,
    /// The directory for the order is not there.
    NoDirectory,
    /// A file could not be written or read.
    Storage,
    /// The disk is full, a quota is used up, or files may not be that large.
    StorageFull,
    /// The system does not let the sender read or write there: a read-only
    /// file system, or permissions.
    AccessDenied,
    /// What was kept is not what was handed in; nothing of it is sent.
    Damaged,
    /// An intercepted order was released before; see
    /// [`Intercept::release`](crate::Intercept::release).
    Released,
}

impl Kind {
    /// One word for it, such as `answer-too-large`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consignment => "consignment",
            Self::Configuration => "configuration",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::AnswerTooLarge => "answer-too-large",
            Self::Redirect => "redirect",
            Self::Refused => "refused",
            Self::Later => "later",
            Self::Unclear => "unclear",
            Self::Exists => "exists",
            Self::NoDirectory => "no-directory",
            Self::Storage => "storage",
            Self::StorageFull => "storage-full",
            Self::AccessDenied => "access-denied",
            Self::Damaged => "damaged",
            Self::Released => "released",
        }
    }

    fn party(self) -> Party {
        match self {
            Self::Connect | Self::Timeout | Self::Interrupted => Party::Network,
            Self::Tls | Self::AnswerTooLarge | Self::Later | Self::Unclear => Party::Supplier,
            Self::Consignment
            | Self::Configuration
            | Self::Redirect
            | Self::Refused
            | Self::Exists
            | Self::NoDirectory
            | Self::Storage
            | Self::StorageFull
            | Self::AccessDenied
            | Self::Damaged
            | Self::Released => Party::Caller,
        }
    }
}
