//! Where two systems should agree and do not.

use std::fmt::Debug;

/// Collects differences in words that a person can act on.
pub(crate) struct Differences {
    here: &'static str,
    there: &'static str,
    found: Vec<String>,
}

impl Differences {
    /// What happened to a value on the one side, such as `offered`, and what on
    /// the other, such as `ordered`.
    pub(crate) fn between(here: &'static str, there: &'static str) -> Self {
        Self { here, there, found: Vec::new() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "the callers have values as often as references")]
    pub(crate) fn compare<T: PartialEq + Debug>(&mut self, what: &str, here: T, there: T) {
        if here != there {
            self.found.push(format!("{what}: {} {here:?}, {} {there:?}", self.here, self.there));
        }
    }

    /// All of them on one line; an error if there are any.
    pub(crate) fn settle(self) -> Result<(), String> {
        if self.found.is_empty() { Ok(()) } else { Err(self.found.join("; ")) }
    }
}

/// Browsers send each end of line as CR LF; that is no difference.
pub(crate) fn with_lf(text: Option<&str>) -> Option<String> {
    text.map(|text| text.replace("\r\n", "\n"))
}
