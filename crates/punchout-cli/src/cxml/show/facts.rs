use std::io::{self, Write};

use punchout::cxml::secret::Secrets;

use crate::output::visible;

/// What is known, one fact a line: its name and what it is.
#[derive(Debug)]
pub(super) struct Facts<'s> {
    secrets: &'s Secrets,
    lines: Vec<(&'static str, String)>,
}

/// Characters of a value that are shown.
const MOST: usize = 160;

impl<'s> Facts<'s> {
    /// Facts of a document with these secrets.
    pub(super) fn new(secrets: &'s Secrets) -> Self {
        Self { secrets, lines: Vec::new() }
    }

    /// Adds a text of the document; one that is blank is left out.
    pub(super) fn add(&mut self, name: &'static str, value: &str) {
        let value = visible(&self.secrets.hide_repeated(value), MOST);
        if !value.is_empty() {
            self.lines.push((name, value));
        }
    }

    pub(super) fn add_some<T: AsRef<str>>(&mut self, name: &'static str, value: Option<T>) {
        if let Some(value) = value {
            self.add(name, value.as_ref());
        }
    }

    /// Adds texts of the document as a list.
    pub(super) fn add_list<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        let values = values.into_iter().filter(|value| !value.as_ref().trim().is_empty());
        let values: Vec<_> = values.map(|value| value.as_ref().to_owned()).collect();
        self.add(name, &values.join(", "));
    }

    /// Writes the facts in two columns.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        /// The columns of all lists of facts stand below each other.
        const NAMES: usize = 16;
        for (name, value) in &self.lines {
            writeln!(out, "{name:<NAMES$}  {value}")?;
        }
        Ok(())
    }
}
