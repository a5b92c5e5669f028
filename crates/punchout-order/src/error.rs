use thiserror::Error as ThisError;

/// Why a draft is no order yet.
///
/// Whoever edits the draft can act on each of them; [`Error::line`] says
/// where. What can be sent though it is odd is no error but a finding.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    line: Option<usize>,
    message: String,
}

/// What has to be done about an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Something that every order has is not there: fill it in, or drop the
    /// line.
    Incomplete,
    /// Two parts of the draft do not fit together, such as two currencies:
    /// decide for one.
    Contradictory,
    /// A result has more than 28 digits: correct the numbers.
    TooLarge,
}

impl Error {
    pub(crate) fn order(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, line: None, message: message.into() }
    }

    /// About the line at a position; `place` is the name that people know.
    pub(crate) fn line_at(kind: ErrorKind, position: usize, place: &str, message: &str) -> Self {
        Self { kind, line: Some(position), message: format!("{place}: {message}") }
    }

    /// What has to be done about it.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The position in [`OrderDraft::lines`](crate::OrderDraft::lines),
    /// counted from 0, when it is about a line.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}
