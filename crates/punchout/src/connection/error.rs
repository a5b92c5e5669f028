use std::error::Error as StdError;

use punchout_core::Diagnostic;

/// Why a connection, or an order for it, cannot be used.
///
/// It never holds the value of a secret.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    kind: ErrorKind,
    text: String,
    #[source]
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The description is no TOML, or names a table or a key that there is not.
    Toml,
    /// A file that the description names, or itself, cannot be read.
    Read,
    /// A secret is not where the description says.
    Secret,
    /// The description has a finding of severity error; see
    /// [`lint`](super::lint).
    Finding,
    /// The transport refuses its settings.
    Settings,
    /// This program was built without what the description asks for.
    Feature,
    /// The connection has no order leg.
    NoRoute,
    /// The order is no cXML order, or lacks what every order needs.
    Order,
    /// The PDF document of the order cannot be made.
    Pdf,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), source: None }
    }

    pub(super) fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    pub(super) fn finding(finding: &Diagnostic) -> Self {
        let help = finding.help.as_deref().map(|help| format!(": {help}")).unwrap_or_default();
        Self::new(ErrorKind::Finding, format!("{}: {}{help}", finding.at, finding.message))
    }

    #[cfg(not(all(feature = "email", feature = "https", feature = "sftp", feature = "pdf")))]
    pub(super) fn feature(key: &str, feature: &str) -> Self {
        let text = format!("{key}: this program was built without the feature `{feature}`");
        Self::new(ErrorKind::Feature, text)
    }

    /// What cannot be used.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}
