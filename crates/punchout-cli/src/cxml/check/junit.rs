//! A check for CI servers, in the XML that began with `JUnit`.
//!
//! It holds to the schemas that Jenkins has for it, the strict and the lenient
//! one: a failure is a document that is not valid, an error one that could not
//! be read.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use punchout::core::{Diagnostic, Listing, Severity};
use punchout::cxml::dtd::code;

use super::{Checked, Form, Tally};
use crate::failure::Failure;
use crate::output::findings;

/// Findings that are written of one document: servers show them to people.
const MOST: usize = 100;

/// The test cases so far; how many there are stands before them.
#[derive(Default)]
pub(super) struct Suite {
    cases: String,
}

impl Suite {
    fn case(&mut self, name: &str, class: &str, inside: &str) {
        let (name, class) = (escaped(name), escaped(class));
        let _ = write!(self.cases, "    <testcase name=\"{name}\" classname=\"{class}\" time=\"0\"");
        self.cases.push_str(if inside.is_empty() { "/>\n" } else { ">\n" });
        if !inside.is_empty() {
            self.cases.extend([inside, "    </testcase>\n"]);
        }
    }
}

impl Form for Suite {
    fn checked(&mut self, checked: &Checked, _: &mut dyn Write) -> io::Result<()> {
        let Checked { input, report, found, .. } = checked;
        let listing = Listing::new(&input.name, &input.bytes);
        let mut lines: Vec<_> = found
            .found()
            .iter()
            .take(MOST)
            .map(|finding| escaped(&line(&input.name, finding, &listing)))
            .collect();
        let more = found.found().len().saturating_sub(MOST) + found.dropped();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        let lines = lines.join("\n");
        let Some(report) = report else {
            let message = escaped(&format!("beyond the limits; {}", findings::summary(found)));
            let kind = escaped(code::LIMIT.as_str());
            let inside = format!("      <error message=\"{message}\" type=\"{kind}\">{lines}</error>\n");
            self.case(&input.name, "unknown", &inside);
            return Ok(());
        };
        let inside = if !report.valid {
            let worst = found.found().iter().find(|finding| finding.severity == Severity::Error);
            let kind = worst.map_or_else(String::new, |finding| escaped(finding.code.as_str()));
            let what = if report.well_formed {
                format!("not valid by {}", report.dtd)
            } else {
                "not well-formed".into()
            };
            let message = escaped(&format!("{what}; {}", findings::summary(found)));
            format!("      <failure message=\"{message}\" type=\"{kind}\">{lines}</failure>\n")
        } else if lines.is_empty() {
            String::new()
        } else {
            format!("      <system-out>{lines}</system-out>\n")
        };
        self.case(&input.name, report.kind.as_deref().unwrap_or("unknown"), &inside);
        Ok(())
    }

    fn failed(&mut self, file: &Path, failure: &Failure, _: &mut dyn Write) -> io::Result<()> {
        let message = escaped(&failure.in_full());
        let inside = format!("      <error message=\"{message}\" type=\"unreadable\"/>\n");
        self.case(&file.display().to_string(), "unknown", &inside);
        Ok(())
    }

    fn end(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        let (tests, failures, errors) = (tally.all(), tally.invalid + tally.malformed, tally.failed);
        let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites {counts}>")?;
        writeln!(out, "  <testsuite name=\"punchout cxml check\" {counts} skipped=\"0\" time=\"0\">")?;
        write!(out, "{}", self.cases)?;
        writeln!(out, "  </testsuite>\n</testsuites>")
    }
}

/// A finding on one line, the way editors find places by.
fn line(name: &str, finding: &Diagnostic, listing: &Listing<'_>) -> String {
    let mut line = name.to_owned();
    if let Some(span) = &finding.span {
        let place = listing.place(span.start);
        let _ = write!(line, ":{}:{}", place.line, place.column);
    }
    let _ = write!(line, ": {finding}");
    if let Some(help) = &finding.help {
        let _ = write!(line, " ({help})");
    }
    line
}

/// A text as XML may hold it, in content and in quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                escaped.push(char::REPLACEMENT_CHARACTER);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
