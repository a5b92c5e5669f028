//! A check for people.

use std::io::{self, Write};

use super::{Checked, Form, Tally};
use crate::cxml::secrets;
use crate::output::findings::{self, Source};
use crate::output::visible;

pub(super) struct Text;

impl Form for Text {
    fn checked(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
        let Checked { input, report, found } = checked;
        let name = visible(&input.name, 400);
        if !found.found().is_empty() {
            let masks = secrets::spans(&input.bytes);
            Source { name: &name, bytes: &input.bytes, masks: &masks }.write(found, out)?;
        }
        write!(out, "{name}: ")?;
        if let Some(kind) = &report.kind {
            write!(out, "{}, ", visible(kind, 60))?;
        }
        match (report.well_formed, report.valid) {
            (false, _) => write!(out, "not well-formed")?,
            (true, true) => write!(out, "valid by {}", report.dtd)?,
            (true, false) => write!(out, "not valid by {}", report.dtd)?,
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
