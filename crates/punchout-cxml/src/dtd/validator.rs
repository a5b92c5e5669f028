use std::sync::Arc;

use punchout_core::{Diagnostic, Limits, Severity, Sink, excerpt};

use super::builtin;
use super::code;
use super::grammar::Dtd;
use super::validation::Validation;
use crate::xml::{self, Kind, Scanner};
use crate::{Document, Error, ErrorKind, read};

/// Validates documents against a DTD, offline.
///
/// Making one costs nothing, and one serves any number of threads.
///
/// ```
/// use punchout_core::All;
/// use punchout_cxml::Validator;
///
/// let response = br#"<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd">
/// <cXML payloadID="1@example.com"><Response><Status code="200" text="OK"/></Response></cXML>"#;
/// let mut found = All::new();
/// let report = Validator::new().validate(response, &mut found)?;
/// assert!(report.well_formed && !report.valid);
/// assert_eq!((report.kind.as_deref(), &*report.dtd), (Some("Response"), "1.2.071/cXML"));
/// let finding = &found.found()[0];
/// assert_eq!(finding.to_string(), "error[CXML-DTD-ATTR-MISSING]: cXML: attribute `timestamp` is missing");
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Validator {
    choice: Choice,
    limits: Limits,
}

/// The DTD to take.
#[derive(Clone, Debug, Default)]
pub(super) enum Choice {
    #[default]
    Newest,
    Version(&'static str),
    Declared,
    Given(Arc<Dtd>),
}

/// What validation says about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What the document carries, such as `OrderRequest`; its envelope, such
    /// as `Response`, when that carries nothing; else the name of its root.
    pub kind: Option<String>,
    /// Whether it is XML. A document that is not, for nothing else than that it
    /// names an entity that is declared nowhere, is checked and read all the same.
    pub well_formed: bool,
    /// Whether it holds to the DTD.
    pub valid: bool,
    /// The DTD that `valid` speaks of, such as `1.2.071/cXML`.
    pub dtd: String,
}

impl Validator {
    /// Validates against the newest version that is built in, and of that
    /// against the DTD that holds the document's payload.
    ///
    /// A document of an older version that is valid there is valid in the
    /// newest too: what changed between versions was only ever added.
    pub fn new() -> Self {
        Self::default()
    }

    /// Validates against a version such as `1.2.014`: the one that is built
    /// in, or else the next newer one.
    ///
    /// # Errors
    /// When it is no version, or newer than the newest that is built in.
    pub fn with_version(mut self, version: &str) -> Result<Self, Error> {
        let found = builtin::version_for(version);
        self.choice = Choice::Version(found.ok_or_else(|| {
            let newest = builtin::newest();
            let message = format!("version {} is not known; the newest is {newest}", excerpt(version));
            Error::dtd("", 0..0, message)
        })?);
        Ok(self)
    }

    /// Validates against the version that the document's DOCTYPE names, or
    /// the next newer one that is built in, or the newest.
    pub fn with_declared_version(mut self) -> Self {
        self.choice = Choice::Declared;
        self
    }

    /// Validates against a DTD that was read at run time, whatever the
    /// document names.
    pub fn with_dtd(mut self, dtd: impl Into<Arc<Dtd>>) -> Self {
        self.choice = Choice::Given(dtd.into());
        self
    }

    /// Sets what a document may cost at most, and how many findings are
    /// reported.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Validates a document and reports what is wrong with it.
    ///
    /// A document that is not well-formed is reported as such and was checked
    /// up to that place. The spans of findings are of `bytes`; a document that
    /// is not UTF-8 has findings without spans. A finding about the children of
    /// an element comes when that element ends.
    ///
    /// # Errors
    /// When the document goes beyond the limits.
    pub fn validate(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<Report, Error> {
        self.limits.check_bytes(bytes.len())?;
        let decoded = match xml::decode(bytes) {
            Ok(decoded) => decoded,
            Err(error) => return malformed(self.begin(None).into_report(), error, true, sink),
        };
        if decoded.untrue.is_some() {
            read::report_encoding(&decoded, sink);
        }
        let mut validation = self.begin(decoded.from.is_none().then_some(decoded.mark));
        let outcome = self.run(&decoded.text, &mut validation, sink);
        let report = validation.into_report();
        let has_spans = decoded.from.is_none();
        match outcome {
            Ok(()) => Ok(report),
            Err(error) if has_spans => malformed(report, error.moved_by(decoded.mark), true, sink),
            Err(error) => malformed(report, error, false, sink),
        }
    }

    /// Reads a document and validates it, in one go.
    ///
    /// The document is what [`Document::read`] makes of the bytes and the
    /// report is that of [`Validator::validate`], and so are the findings of
    /// both, which come mixed: those of the DTD have a code of
    /// [`dtd::code`](crate::dtd::code). A document that is invalid is read all
    /// the same; what to do about it is the caller's to decide.
    ///
    /// ```
    /// use punchout_core::All;
    /// use punchout_cxml::{StatusClass, Validator};
    ///
    /// let response = br#"<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd">
    /// <cXML payloadID="1@example.com" timestamp="2026-03-01T14:05:00+01:00">
    ///   <Response><Status code="200" text="OK"/></Response>
    /// </cXML>"#;
    /// let (document, report) = Validator::new().read(response, &mut All::new())?;
    /// assert!(report.valid);
    /// assert_eq!(document.response().map(|response| response.status.class()), Some(StatusClass::Success));
    /// # Ok::<(), punchout_cxml::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the bytes cannot be read, as [`Reader::read`](crate::Reader::read)
    /// says. Use [`Validator::validate`] for a report on such a document.
    pub fn read(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<(Document, Report), Error> {
        let (document, report) = read::document(bytes, self.limits, Some(self), sink)?;
        let report = report.unwrap_or_else(|| unreachable!("a validator was given"));
        Ok((document, report))
    }

    /// Begins with a document. `spans_from` is what to add to an offset in its
    /// text for the place in the input, if that is known.
    pub(crate) fn begin(&self, spans_from: Option<usize>) -> Validation<'_> {
        Validation::new(&self.choice, spans_from)
    }

    fn run<'a>(
        &'a self,
        text: &'a str,
        validation: &mut Validation<'a>,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let mut scanner = Scanner::new(text, self.limits)?;
        loop {
            let kind = scanner.advance()?;
            validation.event(kind, &scanner, sink);
            if kind == Kind::End {
                return Ok(());
            }
        }
    }
}

/// Makes a finding of what is wrong with the form of a document.
fn malformed(mut report: Report, error: Error, has_span: bool, sink: &mut dyn Sink) -> Result<Report, Error> {
    if error.kind() != ErrorKind::Malformed {
        return Err(error);
    }
    let mut finding = Diagnostic::new(code::MALFORMED, Severity::Error, error.message().unwrap_or_default());
    finding.span = error.span().filter(|_| has_span);
    sink.report(finding);
    report.valid = false;
    Ok(report)
}
