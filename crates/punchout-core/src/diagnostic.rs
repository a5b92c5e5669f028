use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// How much a finding matters, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Severity {
    /// Legal but odd; nothing was changed.
    Note,
    /// Repaired, and the repair can be trusted.
    Warning,
    /// Guessed or dropped; a person must look.
    Error,
}

impl Severity {
    /// The word for it: `note`, `warning` or `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The stable name of a rule, such as `OCI-IDX-GAP`.
///
/// A code never changes its meaning and is never reused, so that programs may
/// match on it; messages may be reworded at any time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Code(&'static str);

impl Code {
    /// Names a rule.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self(code)
    }

    /// The name as text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A finding about a document.
///
/// It says what was found, where, how much it matters, and what to do. It is
/// no error: the document was read, and this is what had to be done for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// How much it matters under the profile in use.
    pub severity: Severity,
    /// The place in the document's own words, such as `item 3 / PRICE`; empty
    /// when the finding is about the whole document.
    pub at: String,
    /// The bytes of the input that it is about.
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_pair"))]
    pub span: Option<Range<usize>>,
    /// What was found: lower case, no full stop, at most 64 bytes of input.
    pub message: String,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
}

impl Diagnostic {
    /// Starts a finding about the whole document.
    #[must_use]
    pub fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, at: String::new(), span: None, message: message.into(), help: None }
    }

    /// Names the place.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.at = place.into();
        self
    }

    /// Names the bytes.
    #[must_use]
    pub fn span(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// The place as it can be shown: on one line, at most 120 bytes.
    ///
    /// Names in it may be the sender's, with whatever characters they hold.
    pub(crate) fn shown_at(&self) -> Cow<'_, str> {
        const MOST: usize = 120;
        let kept = truncated(&self.at, MOST);
        if kept.len() == self.at.len() && !kept.contains(char::is_control) {
            return Cow::Borrowed(kept);
        }
        let mut shown: String = kept.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if kept.len() < self.at.len() {
            shown.push('…');
        }
        Cow::Owned(shown)
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// One line: severity, code, place, message.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.severity, self.code)?;
        if !self.at.is_empty() {
            write!(f, "{}: ", self.shown_at())?;
        }
        f.write_str(&self.message)
    }
}

#[cfg(feature = "serde")]
#[expect(clippy::ref_option, reason = "the signature that serde calls")]
fn as_pair<S: serde::Serializer>(span: &Option<Range<usize>>, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::Serialize as _;
    span.as_ref().map(|span| [span.start, span.end]).serialize(serializer)
}

/// Quotes a piece of input for a message: at most 64 bytes, on one line.
///
/// Control characters become spaces and a longer text ends in `…`.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let kept = truncated(text, 64);
    let mut quoted = String::with_capacity(kept.len() + 8);
    quoted.push('`');
    quoted.extend(kept.chars().map(|c| if c.is_control() { ' ' } else { c }));
    if kept.len() < text.len() {
        quoted.push('…');
    }
    quoted.push('`');
    quoted
}

/// The beginning of a text: at most so many bytes, whole characters.
#[must_use]
pub fn truncated(text: &str, most: usize) -> &str {
    let cut = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..cut).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_itself_on_one_line() {
        let found =
            Diagnostic::new(Code::new("X-1"), Severity::Warning, "odd").at("item 1 / UNIT").span(3..7);
        assert_eq!(found.to_string(), "warning[X-1]: item 1 / UNIT: odd");
        let hostile = found.at("a\u{1b}[2J".repeat(50));
        assert!(!hostile.to_string().contains('\u{1b}') && hostile.to_string().ends_with("…: odd"));
        assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
    }

    #[test]
    fn excerpts_are_short_and_on_one_line() {
        assert_eq!(excerpt("a\r\nb"), "`a  b`");
        let long = "é".repeat(100);
        let quoted = excerpt(&long);
        assert!(quoted.ends_with("…`") && quoted.len() <= 64 + "``…".len(), "{quoted}");
    }
}
