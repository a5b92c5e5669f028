//! Where in the text of a description something stands.

use std::ops::Range;

use punchout_core::{Diagnostic, LineColumn, Severity, Sink};
use toml::de::{DeTable, DeValue};

use super::{Error, ErrorKind, wrong};

/// Says where and what, and never shows the line or a value: it may be a secret.
pub(super) fn error(text: &str, mut error: toml::de::Error) -> Error {
    let line = error.span().map(|span| LineColumn::of(text.as_bytes(), span.start).line);
    // without its input it shows its message and the table, and nothing else
    error.set_input(None);
    let told = error.to_string();
    let (message, key) = match told.trim_end().rsplit_once("\nin `") {
        Some((message, key)) => (message, Some(key.trim_end_matches('`'))),
        None => (told.trim_end(), None),
    };
    // what the parser of TOML says quotes nothing
    let message = match DeTable::parse(text) {
        Ok(_) => wrong::said(key.unwrap_or_default(), message),
        Err(_) => message.replace('\n', ", "),
    };
    let mut shown = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    shown.extend(key.map(|key| format!("{key}: ")));
    shown.push_str(&message);
    Error::new(ErrorKind::Toml, shown)
}

/// What serde takes, and nobody meant.
pub(super) fn lists(text: &str) -> Option<Error> {
    let (key, at) = wrong::list_for_table(text)?;
    let line = LineColumn::of(text.as_bytes(), at).line;
    Some(Error::new(ErrorKind::Toml, format!("line {line}: {key}: this must be a table")))
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
