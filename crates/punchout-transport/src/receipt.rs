use crate::Evidence;
use std::fmt;
use std::time::Duration;

/// The peer has the order, or it is [intercepted](Self::intercepted).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// The peer's own reference for what it took.
    pub reference: Option<String>,
    /// What the peer answered.
    pub answer: Option<Answer>,
    /// Whether an earlier attempt had delivered it: the same bytes were there.
    pub already_there: bool,
    /// Set when the peer does **not** have it: the order was kept instead of
    /// sent, under this identifier; see [`Intercept`](crate::Intercept).
    pub intercepted: Option<String>,
    /// How long it took.
    pub timings: Timings,
    /// What can be shown about it.
    pub evidence: Evidence,
}

impl Receipt {
    /// Starts with what can be shown.
    #[must_use]
    pub fn new(evidence: Evidence) -> Self {
        Self {
            reference: None,
            answer: None,
            already_there: false,
            intercepted: None,
            timings: Timings::default(),
            evidence,
        }
    }

    /// Adds the peer's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Adds what the peer answered.
    #[must_use]
    pub fn with_answer(mut self, answer: Answer) -> Self {
        self.answer = Some(answer);
        self
    }

    /// Says that the same bytes were there before.
    #[must_use]
    pub fn with_already_there(mut self, already_there: bool) -> Self {
        self.already_there = already_there;
        self
    }

    /// Says that it was kept instead of sent, under this identifier.
    #[must_use]
    pub fn with_intercepted(mut self, id: impl Into<String>) -> Self {
        self.intercepted = Some(id.into());
        self
    }

    /// Sets how long it took.
    #[must_use]
    pub fn with_timings(mut self, timings: Timings) -> Self {
        self.timings = timings;
        self
    }
}

/// What a peer answered, byte for byte.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The media type with its parameters, as sent.
    pub media_type: Option<String>,
    /// The content. A careless peer may repeat a secret in it.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Keeps an answer.
    #[must_use]
    pub fn new(media_type: Option<String>, bytes: Vec<u8>) -> Self {
        Self { media_type, bytes }
    }
}

/// Shows the size only: a careless peer may repeat a secret.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// How long an attempt took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// From the start until the first word of an answer, connecting included.
    pub answered: Option<Duration>,
    /// From start to end.
    pub total: Duration,
}

impl Timings {
    /// Sets the whole time.
    #[must_use]
    pub fn new(total: Duration) -> Self {
        Self { answered: None, total }
    }

    /// Sets the time until the first word of an answer.
    #[must_use]
    pub fn with_answered(mut self, answered: Duration) -> Self {
        self.answered = Some(answered);
        self
    }
}
