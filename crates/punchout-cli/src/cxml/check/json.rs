//! A check for programs: a line of JSON for each document. Keys and their
//! order stay.

use std::io::{self, Write};

use punchout::core::{Code, Diagnostic, Listing, Severity};
use serde::Serialize;

use super::{Checked, Form};
use crate::output::findings;

pub(super) struct Lines;

#[derive(Debug, Serialize)]
struct Document<'a> {
    file: &'a str,
    kind: Option<&'a str>,
    well_formed: Option<bool>,
    valid: Option<bool>,
    dtd: Option<&'a str>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    span: Option<[usize; 2]>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic, listing: &Listing<'_>) -> Self {
        let place = finding.span.as_ref().map(|span| listing.place(span.start));
        Self {
            code: finding.code,
            severity: finding.severity,
            message: &finding.message,
            help: finding.help.as_deref(),
            path: &finding.at,
            span: finding.span.as_ref().map(|span| [span.start, span.end]),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
        }
    }
}

impl Form for Lines {
    fn checked(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let Checked { input, report, found, .. } = checked;
        let report = report.as_ref();
        let listing = Listing::new(&input.name, &input.bytes);
        let document = Document {
            file: &input.name,
            kind: report.and_then(|report| report.kind.as_deref()),
            well_formed: report.map(|report| report.well_formed),
            valid: report.map(|report| report.valid),
            dtd: report.map(|report| &*report.dtd),
            diagnostics: found.found().iter().map(|finding| Finding::new(finding, &listing)).collect(),
        };
        serde_json::to_writer(&mut *out, &document)?;
        writeln!(out)?;
        if let Some(dropped) = findings::dropped(found) {
            // the line stands without this remark
            let _ = writeln!(io::stderr().lock(), "note: {}: {dropped} findings", input.shown());
        }
        Ok(())
    }
}
