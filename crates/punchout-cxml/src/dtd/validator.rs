use std::sync::Arc;

use punchout_core::{Diagnostic, Limits, Severity, Sink, excerpt};

use super::builtin::{self, BuiltIn};
use super::check::{Check, Grammar};
use super::grammar::Dtd;
use super::outline::Outline;
use super::{code, doctype};
use crate::xml::{self, Event, Scanner};
use crate::{Error, ErrorKind};

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

#[derive(Clone, Debug, Default)]
enum Choice {
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
    /// Whether it is XML.
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
        let mut report = Report {
            kind: None,
            well_formed: false,
            valid: false,
            dtd: match &self.choice {
                Choice::Given(dtd) => dtd.name().into(),
                Choice::Version(version) => format!("{version}/cXML"),
                Choice::Newest | Choice::Declared => format!("{}/cXML", builtin::newest()),
            },
        };
        let outcome = match xml::decode(bytes) {
            Ok(decoded) => {
                let spans_from = decoded.from.is_none().then_some(decoded.mark);
                self.run(&decoded.text, spans_from, &mut report, sink)
                    .map_err(|error| if spans_from.is_some() { error.moved_by(decoded.mark) } else { error })
                    .map_err(|error| (error, spans_from.is_some()))
            }
            Err(error) => Err((error, true)),
        };
        match outcome {
            Ok(()) => Ok(report),
            Err((error, has_span)) if error.kind() == ErrorKind::Malformed => {
                let message = error.message().unwrap_or_default();
                let mut finding = Diagnostic::new(code::MALFORMED, Severity::Error, message);
                finding.span = error.span().filter(|_| has_span);
                sink.report(finding);
                report.valid = false;
                Ok(report)
            }
            Err((error, _)) => Err(error),
        }
    }

    fn run(
        &self,
        text: &str,
        spans_from: Option<usize>,
        report: &mut Report,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let mut scanner = Scanner::new(text, self.limits)?.with_foreign_entities();
        let mut declared = None;
        let root = loop {
            match scanner.next()? {
                Event::Open(root) => break root,
                Event::Doctype(doctype, span) => declared = Some((doctype, span)),
                _ => {}
            }
        };
        let outline = Outline::of(text.get(root.start..).unwrap_or_default());
        let named = declared.as_ref().and_then(|(doctype, _)| doctype.system_id).and_then(doctype::named);
        report.kind = Some(outline.payload.or(outline.envelope).unwrap_or(outline.root).into());

        let file = named.map(|(_, file)| file);
        let built_in = |version| builtin::choose(version, &outline, file);
        let chosen: Option<&'static BuiltIn> = match &self.choice {
            Choice::Given(_) => None,
            Choice::Newest => Some(built_in(builtin::newest())),
            Choice::Version(version) => Some(built_in(version)),
            Choice::Declared => {
                let declared = named.and_then(|(version, _)| builtin::version_for(version));
                Some(built_in(declared.unwrap_or_else(builtin::newest)))
            }
        };
        let grammar = match (&self.choice, chosen) {
            (Choice::Given(dtd), _) => Grammar::given(dtd),
            (_, chosen) => Grammar::built_in(chosen.expect("one is chosen unless one is given")),
        };
        report.dtd = grammar.name.into();

        let mut check = Check::new(scanner, grammar, self.limits, spans_from, sink);
        doctype::check(&mut check, declared.as_ref(), chosen, &root);
        let outcome = check.run(root, declared.as_ref());
        report.valid = check.is_valid();
        outcome?;
        report.well_formed = true;
        Ok(())
    }
}
