use std::ops::Range;

use punchout_core::Sink;

use super::builtin::{self, BuiltIn};
use super::check::{Check, Grammar};
use super::doctype;
use super::outline::Outline;
use super::validator::{Choice, Report};
use crate::xml::{Declared, Kind, Scanner};

/// The validation of a document, driven by its events.
///
/// Whoever scans the document hands every event on, the last one too.
pub(crate) struct Validation<'a> {
    choice: &'a Choice,
    /// What to add to an offset for the place in the input, if that is known.
    spans_from: Option<usize>,
    declared: Option<(Declared<'a>, Range<usize>)>,
    /// There from the root element on.
    check: Option<Check<'a>>,
    report: Report,
}

impl<'a> Validation<'a> {
    pub(super) fn new(choice: &'a Choice, spans_from: Option<usize>) -> Self {
        let dtd = match choice {
            Choice::Given(dtd) => dtd.name().into(),
            Choice::Version(version) => format!("{version}/cXML"),
            Choice::Newest | Choice::Declared => format!("{}/cXML", builtin::newest()),
        };
        let report = Report { kind: None, well_formed: false, valid: false, dtd };
        Self { choice, spans_from, declared: None, check: None, report }
    }

    /// Takes the event that the scanner found last.
    #[inline]
    pub(crate) fn event(&mut self, kind: Kind, scanner: &Scanner<'a>, sink: &mut dyn Sink) {
        if self.check.is_none() {
            self.before_root(kind, scanner, sink);
        }
        let Some(check) = &mut self.check else { return };
        check.event(kind, scanner, self.declared.as_ref());
        check.flush(sink);
        if kind == Kind::End {
            self.report.well_formed = check.is_well_formed();
            self.report.valid = check.is_valid();
        }
    }

    /// Whether white space may be passed over here without an event.
    #[inline]
    pub(crate) fn ignores_layout(&self) -> bool {
        self.check.as_ref().is_some_and(Check::ignores_layout)
    }

    /// Whether text may be passed over here without an event.
    #[inline]
    pub(crate) fn ignores_text(&self) -> bool {
        self.check.as_ref().is_some_and(Check::ignores_text)
    }

    /// Takes the end of an element whose text was passed over.
    #[inline]
    pub(crate) fn end_text(&mut self) {
        if let Some(check) = &mut self.check {
            check.end_text();
        }
    }

    #[cold]
    fn before_root(&mut self, kind: Kind, scanner: &Scanner<'a>, sink: &dyn Sink) {
        match kind {
            Kind::Doctype => {
                self.declared = scanner.declared().map(|declared| (declared, scanner.span()));
            }
            Kind::Open => self.check = Some(self.begin(scanner, sink)),
            _ => {}
        }
    }

    /// What it came to. A document whose end was not seen is not well-formed.
    pub(crate) fn into_report(self) -> Report {
        self.report
    }

    /// Chooses the DTD for the document whose root was opened.
    fn begin(&mut self, scanner: &Scanner<'a>, sink: &dyn Sink) -> Check<'a> {
        let root = scanner.tag();
        let outline = Outline::of(root, scanner.clone());
        let declared = self.declared.as_ref();
        let named = declared.and_then(|(doctype, _)| doctype.system_id).and_then(doctype::named);
        let built_in = |version| builtin::choose(version, &outline, named.map(|(_, file)| file));
        let (grammar, chosen): (_, Option<&'static BuiltIn>) = match self.choice {
            Choice::Given(dtd) => (Grammar::given(dtd), None),
            choice => {
                let version = match choice {
                    Choice::Version(version) => version,
                    Choice::Declared => named
                        .and_then(|(version, _)| builtin::version_for(version))
                        .unwrap_or_else(builtin::newest),
                    _ => builtin::newest(),
                };
                let chosen = built_in(version);
                (Grammar::built_in(chosen), Some(chosen))
            }
        };
        self.report.kind = Some(outline.payload.or(outline.envelope).unwrap_or(outline.root).into());
        self.report.dtd = grammar.name.into();
        let mut check = Check::new(scanner, grammar, self.spans_from, sink);
        doctype::check(&mut check, declared, chosen, root);
        check
    }
}
