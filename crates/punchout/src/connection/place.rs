//! Where in the text of a description something stands.

use std::ops::Range;

use punchout_core::{Diagnostic, LineColumn, Severity, Sink};
use toml::de::{DeTable, DeValue};

use super::{Error, ErrorKind};

/// Says where and what, and never shows the line: it may hold a secret.
pub(super) fn error(text: &str, mut error: toml::de::Error) -> Error {
    let line = error.span().map(|span| LineColumn::of(text.as_bytes(), span.start).line);
    // without its input it shows its message and the table, and nothing else
    error.set_input(None);
    let told = error.to_string();
    let (message, table) = match told.trim_end().rsplit_once("\nin `") {
        Some((message, table)) => (message, Some(table.trim_end_matches('`'))),
        None => (told.trim_end(), None),
    };
    let mut shown = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    shown.extend(table.map(|table| format!("{table}: ")));
    shown.push_str(&message.replace('\n', ", "));
    Error::new(ErrorKind::Toml, shown)
}

/// Adds to each finding the place of the key that it is about.
pub(super) struct Placing<'a> {
    tables: Option<DeTable<'a>>,
    sink: &'a mut dyn Sink,
}

impl<'a> Placing<'a> {
    pub(super) fn new(text: &'a str, sink: &'a mut dyn Sink) -> Self {
        Self { tables: DeTable::parse(text).ok().map(toml::Spanned::into_inner), sink }
    }
}

impl Sink for Placing<'_> {
    fn report(&mut self, mut finding: Diagnostic) {
        finding.span = self.tables.as_ref().and_then(|tables| span(tables, &finding.at));
        self.sink.report(finding);
    }

    fn wants(&self, severity: Severity) -> bool {
        self.sink.wants(severity)
    }
}

/// The key itself or, where it is not there, the table that it belongs into.
fn span(tables: &DeTable<'_>, at: &str) -> Option<Range<usize>> {
    let (mut table, mut found) = (tables, None);
    let mut rest = at;
    while !rest.is_empty() {
        // the name of a header may hold a dot
        let key =
            if table.iter().any(|(key, _)| key.get_ref() == rest) { rest } else { rest.split('.').next()? };
        rest = rest.get(key.len()..)?.trim_start_matches('.');
        let Some((key, value)) = table.iter().find(|(known, _)| known.get_ref() == key) else { break };
        found = Some(key.span());
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    found
}
