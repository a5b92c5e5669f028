use std::io::{self, Write as _};

use punchout::core::{All, Diagnostic, Severity, Sink};
use punchout::cxml::secret::Secrets;

use crate::input::Input;
use crate::output::Verdict;
use crate::output::findings::{self, Source};

/// Keeps the findings about a document, without secrets of that; they are looked
/// for when there is something to be shown.
pub(crate) struct Redacted<'a> {
    bytes: &'a [u8],
    pub(crate) secrets: Option<Secrets>,
    pub(crate) found: All,
}

impl<'a> Redacted<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, secrets: None, found: All::new() }
    }

    /// Shows the findings on standard error, and says what they come to.
    pub(crate) fn tell(&self, input: &Input) -> Verdict {
        if !self.found.found().is_empty() {
            let name = input.shown();
            let masks = self.secrets.as_ref().map_or(&[][..], Secrets::spans);
            let mut out = io::BufWriter::new(io::stderr().lock());
            // with stderr gone there is nobody left to tell
            let _ = Source { name: &name, bytes: &input.bytes, masks }
                .write(&self.found, &mut out)
                .and_then(|()| writeln!(out, "{name}: {}", findings::summary(&self.found)));
        }
        findings::verdict(&self.found, false)
    }
}

impl Sink for Redacted<'_> {
    fn report(&mut self, finding: Diagnostic) {
        let secrets = self.secrets.get_or_insert_with(|| Secrets::of(self.bytes));
        self.found.report(secrets.redacted(finding));
    }

    fn wants(&self, severity: Severity) -> bool {
        self.found.wants(severity)
    }
}
