use std::error::Error as StdError;
use std::fmt;
use std::ops::Range;

use punchout_core::LimitExceeded;
use thiserror::Error as ThisError;

/// An operation on OCI data stopped.
///
/// Odd input is no error: it is read and reported as findings. This is for
/// what cannot be read at all, for limits, and for misuse.
#[derive(Debug, ThisError)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    span: Option<Range<usize>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Who can do something about an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller asked for something that cannot be done.
    Misuse,
    /// The peer sent what is no form, no page, no document at all.
    Garbage,
    /// The input goes beyond a limit; raise it if the input is honest.
    Limit,
}

impl Error {
    pub(crate) fn misuse(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Misuse, message: message.into(), span: None, source: None }
    }

    pub(crate) fn garbage(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Garbage, message: message.into(), span: None, source: None }
    }

    #[cfg(feature = "json")]
    pub(crate) fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    #[cfg(feature = "json")]
    pub(crate) fn caused_by(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// Who can do something about it.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The bytes of the input that it is about, where they are known.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }
}

impl From<LimitExceeded> for Error {
    fn from(limit: LimitExceeded) -> Self {
        Self { kind: ErrorKind::Limit, message: limit.to_string(), span: None, source: None }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Misuse => "misuse",
            Self::Garbage => "garbage",
            Self::Limit => "limit",
        })
    }
}
