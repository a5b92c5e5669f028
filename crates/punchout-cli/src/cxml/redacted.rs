use punchout::core::{All, Diagnostic, Severity, Sink};
use punchout::cxml::secret::Secrets;

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
