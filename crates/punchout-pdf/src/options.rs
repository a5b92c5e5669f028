use crate::Language;

/// How a document is to be made, as far as the order does not say it.
///
/// ```
/// use punchout_pdf::{Language, Options};
///
/// let options = Options::new().with_language(Language::English);
/// assert_eq!(options.language.tag(), "en");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The language of headings, numbers and dates.
    pub language: Language,
}

impl Options {
    /// English.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the language.
    #[must_use]
    pub fn with_language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }
}
