//! Findings, the way compilers show them.

use std::io::{self, Write};
use std::ops::Range;

use punchout::core::{All, Listing, Severity};

use super::Verdict;

/// What the findings are about.
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
    /// What must not be shown, by rising place.
    pub(crate) masks: &'a [Range<usize>],
}

impl Source<'_> {
    /// Writes each finding with the place it is about.
    pub(crate) fn write(&self, found: &All, out: &mut dyn Write) -> io::Result<()> {
        let listing = Listing::new(self.name, self.bytes).masked(self.masks.iter().cloned());
        for finding in found.found() {
            writeln!(out, "{}", listing.snippet(finding))?;
        }
        Ok(())
    }
}

/// Whether the findings are bad enough for the exit status.
pub(crate) fn verdict(found: &All, strict: bool) -> Verdict {
    let least = if strict { Severity::Warning } else { Severity::Error };
    if found.worst() >= Some(least) { Verdict::Bad } else { Verdict::Good }
}

/// How many findings there are, such as `1 error, 2 warnings`.
pub(crate) fn summary(found: &All) -> String {
    let mut parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| {
            (severity, found.found().iter().filter(|finding| finding.severity == severity).count())
        })
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| counted(count, severity.as_str()))
        .collect();
    parts.extend(dropped(found));
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// Says on standard error that a document does not hold all findings.
pub(crate) fn warn_of_dropped(found: &All) {
    if let Some(dropped) = dropped(found) {
        // the document stands without this remark
        let _ = writeln!(io::stderr().lock(), "note: {dropped} findings");
    }
}

/// What to say when not all findings were kept.
pub(crate) fn dropped(found: &All) -> Option<String> {
    let (kept, dropped) = (found.found().len(), found.dropped());
    (dropped > 0).then(|| format!("{dropped} more dropped after the first {kept}"))
}

/// A number and what is counted: `1 item`, `2 items`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}
