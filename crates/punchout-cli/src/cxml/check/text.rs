//! A check for people.

use std::io::{self, Write};

use punchout::cxml::Report;
use punchout::cxml::secret::Secrets;

use super::{Checked, Form, Tally};
use crate::output::findings::{self, Source};
use crate::output::{printable, visible};

pub(super) struct Text;

impl Form for Text {
    fn checked(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let Checked { input, report, found, secrets } = checked;
        let name = input.shown();
        let masks = secrets.as_ref().map_or(&[][..], Secrets::spans);
        if !found.found().is_empty() {
            Source { name: &name, bytes: &input.bytes, masks }.write(found, out)?;
        }
        write!(out, "{name}: ")?;
        if let Some(kind) = report.as_ref().and_then(|report| report.kind.as_ref()) {
            write!(out, "{}, ", visible(kind, 60))?;
        }
        match report {
            None => write!(out, "not checked to its end")?,
            Some(Report { well_formed: false, .. }) => write!(out, "not well-formed")?,
            Some(Report { valid: true, dtd, .. }) => write!(out, "valid by {}", printable(dtd))?,
            Some(Report { dtd, .. }) => write!(out, "not valid by {}", printable(dtd))?,
        }
        writeln!(out, "; {}", findings::summary(found))
    }

    fn end(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if tally.all() < 2 {
            return Ok(());
        }
        let parts = [
            (tally.valid, "valid"),
            (tally.invalid, "not valid"),
            (tally.malformed, "not well-formed"),
            (tally.failed, "not read"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        writeln!(out, "\n{}: {}", findings::counted(tally.all(), "document"), parts.join(", "))
    }
}
