use crate::{Diagnostic, Severity};

/// Where findings go.
///
/// Decoders take `&mut dyn Sink`, so that a caller decides what a finding
/// costs: nothing ([`Ignore`]), one ([`First`]), or all up to a cap ([`All`]).
pub trait Sink {
    /// Takes one finding.
    fn report(&mut self, finding: Diagnostic);

    /// Whether findings of this severity are wanted at all.
    ///
    /// A decoder asks before it composes a message, so a sink that says no
    /// saves that work. It is a hint: `report` must still cope.
    fn wants(&self, severity: Severity) -> bool {
        let _ = severity;
        true
    }
}

/// Takes findings and forgets them.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "callers write `&mut Ignore`")]
pub struct Ignore;

impl Sink for Ignore {
    fn report(&mut self, _: Diagnostic) {}

    fn wants(&self, _: Severity) -> bool {
        false
    }
}

/// Keeps the first finding of at least a given severity.
#[derive(Clone, Debug)]
pub struct First {
    least: Severity,
    found: Option<Diagnostic>,
}

impl First {
    /// Waits for the first finding of this severity or a worse one.
    #[must_use]
    pub fn of(least: Severity) -> Self {
        Self { least, found: None }
    }

    /// The finding, if there was one.
    #[must_use]
    pub fn found(&self) -> Option<&Diagnostic> {
        self.found.as_ref()
    }

    /// Gives the finding away.
    #[must_use]
    pub fn into_found(self) -> Option<Diagnostic> {
        self.found
    }
}

impl Sink for First {
    fn report(&mut self, finding: Diagnostic) {
        if self.wants(finding.severity) {
            self.found = Some(finding);
        }
    }

    fn wants(&self, severity: Severity) -> bool {
        self.found.is_none() && severity >= self.least
    }
}

/// Keeps all findings, up to a cap.
///
/// Beyond the cap findings are counted, not kept, so that input made to be
/// wrong everywhere cannot fill the memory. The worst severity stays exact.
#[derive(Clone, Debug)]
pub struct All {
    found: Vec<Diagnostic>,
    cap: usize,
    dropped: usize,
    worst: Option<Severity>,
}

impl All {
    /// How many findings [`All::new`] keeps.
    pub const CAP: usize = 10_000;

    /// Keeps up to [`All::CAP`] findings.
    #[must_use]
    pub fn new() -> Self {
        Self::with_cap(Self::CAP)
    }

    /// Keeps up to `cap` findings.
    #[must_use]
    pub fn with_cap(cap: usize) -> Self {
        Self { found: Vec::new(), cap, dropped: 0, worst: None }
    }

    /// The findings that were kept, in the order they came.
    #[must_use]
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Gives the findings away.
    #[must_use]
    pub fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// How many findings came after the cap was reached.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The worst severity of all findings, kept or not.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.worst
    }
}

impl Default for All {
    fn default() -> Self {
        Self::new()
    }
}

impl Sink for All {
    fn report(&mut self, finding: Diagnostic) {
        self.worst = self.worst.max(Some(finding.severity));
        if self.found.len() < self.cap {
            self.found.push(finding);
        } else {
            self.dropped += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn finding(severity: Severity) -> Diagnostic {
        Diagnostic::new(Code::new("X"), severity, "m")
    }

    #[test]
    fn first_waits_for_its_severity() {
        let mut sink = First::of(Severity::Warning);
        sink.report(finding(Severity::Note));
        assert!(sink.found().is_none());
        sink.report(finding(Severity::Error));
        sink.report(finding(Severity::Warning));
        assert_eq!(sink.into_found().unwrap().severity, Severity::Error);
    }

    #[test]
    fn all_counts_beyond_its_cap() {
        let mut sink = All::with_cap(2);
        for severity in [Severity::Note, Severity::Note, Severity::Error] {
            sink.report(finding(severity));
        }
        assert_eq!((sink.found().len(), sink.dropped()), (2, 1));
        assert_eq!(sink.worst(), Some(Severity::Error));
        assert!(!Ignore.wants(Severity::Error));
    }
}
