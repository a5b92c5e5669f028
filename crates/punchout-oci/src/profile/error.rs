use std::fmt;
use std::ops::Range;

/// Why a profile could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", Place(.profile.as_deref(), *.line))]
pub struct ProfileError {
    kind: ProfileErrorKind,
    profile: Option<String>,
    line: Option<usize>,
    message: String,
}

/// What is wrong with a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProfileErrorKind {
    /// It is no TOML, or a key is unknown, missing or of another type.
    Toml,
    /// A group of rules does not say where it comes from or how sure it is.
    Unsourced,
    /// It extends a profile that is not known.
    UnknownParent,
    /// It extends itself, directly or by way of others.
    Cycle,
    /// A value is outside what its key allows.
    Value,
}

impl ProfileError {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> ProfileErrorKind {
        self.kind
    }

    /// The line, counted from 1, where it is known.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The name of the parent that the fault is in; `None` for the profile
    /// that was to be read.
    #[must_use]
    pub fn parent(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    pub(super) fn new(kind: ProfileErrorKind, message: impl Into<String>) -> Self {
        Self { kind, profile: None, line: None, message: message.into() }
    }

    pub(super) fn within(mut self, text: &str, span: Option<Range<usize>>) -> Self {
        self.line =
            span.and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
        self
    }

    pub(super) fn in_parent(mut self, name: &str) -> Self {
        self.profile = Some(name.to_owned());
        self
    }

    pub(super) fn toml(error: &toml::de::Error, text: &str) -> Self {
        let message = error.message().replace(['\r', '\n'], " ");
        Self::new(ProfileErrorKind::Toml, message).within(text, error.span())
    }
}

/// `profile x, line 3: `, as far as known.
struct Place<'a>(Option<&'a str>, Option<usize>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self(Some(name), Some(line)) => write!(f, "profile {name}, line {line}: "),
            Self(Some(name), None) => write!(f, "profile {name}: "),
            Self(None, Some(line)) => write!(f, "line {line}: "),
            Self(None, None) => Ok(()),
        }
    }
}
