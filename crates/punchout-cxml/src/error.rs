use std::fmt::Display;
use std::ops::Range;

use punchout_core::{LimitExceeded, LineColumn};
use thiserror::Error as ThisError;

/// Why a document could not be read or written.
///
/// Reading repairs and reports whatever is readable XML; it stops at what is
/// not, and at limits.
#[derive(Clone, Debug, ThisError)]
#[error(transparent)]
pub struct Error(Box<Problem>);

/// Who can do something about an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The sender: the bytes are not well-formed XML. Whoever gives markup of
    /// their own may have named an entity there, which is refused.
    Malformed,
    /// The sender: it is XML, but no cXML document.
    NotCxml,
    /// The sender: the MIME parts or form fields hold no document.
    Package,
    /// Whoever gave the DTD: it is not well-formed, cannot be used, or is not
    /// there.
    Dtd,
    /// Whoever sets the limits, or the sender.
    Limit,
    /// The caller: the model holds what cannot be written.
    Unwritable,
}

#[derive(Clone, Debug, ThisError)]
enum Problem {
    #[error("{message} at line {}, column {}", .at.line, .at.column)]
    Input { kind: ErrorKind, message: String, at: LineColumn, span: Range<usize> },
    #[error("{0}")]
    Package(String),
    #[error("the document is beyond its limits")]
    Limit(#[source] LimitExceeded),
    #[error("{element}: {message}")]
    Unwritable { element: String, message: String },
}

impl Error {
    /// The sender's fault, at these bytes of the document's text.
    pub(crate) fn malformed(text: &str, span: Range<usize>, message: impl Display) -> Self {
        Self::input(ErrorKind::Malformed, text, span, message)
    }

    pub(crate) fn not_cxml(text: &str, span: Range<usize>, message: impl Display) -> Self {
        Self::input(ErrorKind::NotCxml, text, span, message)
    }

    /// The fault of a DTD, at these bytes of its text.
    pub(crate) fn dtd(text: &str, span: Range<usize>, message: impl Display) -> Self {
        Self::input(ErrorKind::Dtd, text, span, message)
    }

    fn input(kind: ErrorKind, text: &str, span: Range<usize>, message: impl Display) -> Self {
        let at = LineColumn::of(text.as_bytes(), span.start);
        Self(Box::new(Problem::Input { kind, message: message.to_string(), at, span }))
    }

    /// Bytes that are no text: `at` is the number of the first one.
    pub(crate) fn encoding(bytes: &[u8], at: usize, message: impl Display) -> Self {
        let place = LineColumn::of(bytes, at);
        let span = at..(at + 1).min(bytes.len()).max(at);
        let message = message.to_string();
        Self(Box::new(Problem::Input { kind: ErrorKind::Malformed, message, at: place, span }))
    }

    /// What should hold a document holds none.
    pub(crate) fn package(message: impl Display) -> Self {
        Self(Box::new(Problem::Package(message.to_string())))
    }

    pub(crate) fn unwritable(element: String, message: impl Display) -> Self {
        Self(Box::new(Problem::Unwritable { element, message: message.to_string() }))
    }

    /// What it says about the input, without the place.
    pub(crate) fn message(&self) -> Option<&str> {
        match &*self.0 {
            Problem::Input { message, .. } => Some(message),
            Problem::Package(_) | Problem::Limit(_) | Problem::Unwritable { .. } => None,
        }
    }

    /// Moves the span of an error found behind a byte order mark.
    pub(crate) fn moved_by(mut self, bytes: usize) -> Self {
        if let Problem::Input { span, .. } = &mut *self.0 {
            *span = span.start + bytes..span.end + bytes;
        }
        self
    }

    /// Makes an error about a text one about a part of it that begins at
    /// `start`.
    pub(crate) fn of_inner(mut self, inner: &str, start: usize) -> Self {
        if let Problem::Input { span, at, .. } = &mut *self.0 {
            let moved = |offset: usize| offset.saturating_sub(start).min(inner.len());
            *span = moved(span.start)..moved(span.end);
            *at = LineColumn::of(inner.as_bytes(), span.start);
        }
        self
    }

    /// Who can do something about it.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Problem::Input { kind, .. } => kind,
            Problem::Package(_) => ErrorKind::Package,
            Problem::Limit(_) => ErrorKind::Limit,
            Problem::Unwritable { .. } => ErrorKind::Unwritable,
        }
    }

    /// Line and column of the input, both counted from 1.
    #[must_use]
    pub fn position(&self) -> Option<LineColumn> {
        match *self.0 {
            Problem::Input { at, .. } => Some(at),
            Problem::Package(_) | Problem::Limit(_) | Problem::Unwritable { .. } => None,
        }
    }

    /// The bytes that it is about: of the input, or of its UTF-8 form when the
    /// input is in another encoding.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        match &*self.0 {
            Problem::Input { span, .. } => Some(span.clone()),
            Problem::Package(_) | Problem::Limit(_) | Problem::Unwritable { .. } => None,
        }
    }
}

impl From<LimitExceeded> for Error {
    #[cold]
    fn from(exceeded: LimitExceeded) -> Self {
        Self(Box::new(Problem::Limit(exceeded)))
    }
}
