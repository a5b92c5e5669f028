//! A document as an outline of its elements.

use std::borrow::Cow;
use std::io::{self, Write};

use punchout::core::Secret;
use punchout::cxml::secret::{self, MASK, Secrets};
use punchout::cxml::{OpenTag, RawElement, Step};

use super::bearer;
use crate::output::visible;

/// How a part of a document is treated, which its names from the root on tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// It was told already.
    Told(&'static [&'static str]),
    /// Its attributes were told already; it appears if something below it does.
    Quiet(&'static [&'static str]),
}

/// The column that texts begin in, where names and attributes leave room.
const COLUMN: usize = 40;
/// Characters of a text that are shown.
const TEXT: usize = 100;
/// Characters of an attribute that are shown.
const ATTRIBUTE: usize = 60;
/// Bytes of a text that are looked at.
const KEPT: usize = 4096;

/// Writes the elements of a well-formed document, each on a line with its
/// attributes and its text; a blank line goes before the first.
pub(super) fn write(
    root: &RawElement,
    parts: &[Part],
    secrets: &Secrets,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut outline = Outline { parts, secrets, out, open: Vec::new(), told: 0, line: None, is_begun: false };
    for step in root.steps() {
        match step {
            Step::Open(tag) => outline.start(&tag)?,
            Step::Text(text) => outline.text(&text),
            Step::Close => outline.end()?,
            _ => {}
        }
    }
    Ok(())
}

struct Outline<'a> {
    parts: &'a [Part],
    secrets: &'a Secrets,
    out: &'a mut dyn Write,
    /// From the root on.
    open: Vec<Open>,
    /// How many elements are open in a part that was told already.
    told: usize,
    /// The line of the innermost element, as long as it may get more text.
    line: Option<Line>,
    is_begun: bool,
}

struct Open {
    name: String,
    is_secret: bool,
    /// How far its children are indented.
    indent: usize,
}

struct Line {
    indent: usize,
    /// The name and the attributes; empty for text behind a child.
    lead: String,
    text: String,
    is_quiet: bool,
}

impl Outline<'_> {
    fn start(&mut self, tag: &OpenTag<'_>) -> io::Result<()> {
        let name = tag.name().to_owned();
        if self.told > 0 || self.is_part(&name, |part| matches!(part, Part::Told(_))) {
            self.told += 1;
            return Ok(());
        }
        let is_quiet = self.is_part(&name, |part| matches!(part, Part::Quiet(_)));
        let parent = self.open.last();
        let indent = parent.map_or(0, |parent| parent.indent);
        if parent.is_some_and(|parent| parent.is_secret) {
            // there is something in it
            self.text(MASK);
            self.open.push(Open { name, is_secret: true, indent });
            return Ok(());
        }
        self.flush()?;
        let mut is_secret = secret::is_element(&name);
        let hides_all = is_secret || secret::is_card(&name);
        let mut lead = visible(&name, ATTRIBUTE);
        for (key, value) in tag.attributes() {
            is_secret |= key.eq_ignore_ascii_case("name") && Secret::is_named(&value);
            let is_hidden = (hides_all || Secret::is_named(key)) && !value.trim().is_empty();
            let value = if is_hidden { Cow::Borrowed(MASK) } else { self.secrets.hide_repeated(&value) };
            lead.extend([" ", &visible(key, ATTRIBUTE), "=\"", &visible(&value, ATTRIBUTE), "\""]);
        }
        // the root is no news
        let is_root_told = is_quiet && self.open.is_empty();
        if !is_root_told {
            self.line = Some(Line { indent, lead, text: String::new(), is_quiet });
        }
        self.open.push(Open { name, is_secret, indent: indent + usize::from(!is_root_told) });
        Ok(())
    }

    /// Whether a child of the innermost element is such a part.
    fn is_part(&self, name: &str, is_such: impl Fn(&Part) -> bool) -> bool {
        self.parts.iter().filter(|part| is_such(part)).any(|part| {
            let (Part::Told(names) | Part::Quiet(names)) = part;
            let open = self.open.iter().map(|open| open.name.as_str());
            names.len() == self.open.len() + 1 && open.chain([name]).eq(names.iter().copied())
        })
    }

    fn text(&mut self, text: &str) {
        if self.told > 0 || text.trim().is_empty() && self.line.is_none() {
            return;
        }
        let Some(open) = self.open.last() else { return };
        let indent = open.indent;
        let line = self.line.get_or_insert_with(|| Line {
            indent,
            lead: String::new(),
            text: String::new(),
            is_quiet: false,
        });
        if open.is_secret {
            if !text.trim().is_empty() {
                MASK.clone_into(&mut line.text);
            }
        } else if line.text.len() < KEPT {
            let text = if line.text.is_empty() { text.trim_start() } else { text };
            line.text.push_str(punchout::core::truncated(text, KEPT));
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.told > 0 {
            self.told -= 1;
            return Ok(());
        }
        let is_inside_of_secret = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
        if !is_inside_of_secret.is_some_and(|parent| parent.is_secret) {
            let is_empty = |line: &Line| line.is_quiet && line.text.trim().is_empty();
            if self.line.as_ref().is_some_and(is_empty) {
                self.line = None;
            }
            if let Some(line) = self.line.as_mut().filter(|line| !line.text.is_empty())
                && matches!(&*self.open, [.., parent, url] if parent.name == "StartPage" && url.name == "URL")
            {
                // whoever has it is in the shop
                line.text = bearer(line.text.trim());
            }
            self.flush()?;
        }
        self.open.pop();
        Ok(())
    }

    /// Writes the line that was waiting for text.
    fn flush(&mut self) -> io::Result<()> {
        let Some(Line { indent, lead, text, .. }) = self.line.take() else { return Ok(()) };
        let text = visible(&self.secrets.hide_repeated(&text), TEXT);
        if lead.is_empty() && text.is_empty() {
            return Ok(());
        }
        if !std::mem::replace(&mut self.is_begun, true) {
            writeln!(self.out)?;
        }
        let indented = format!("{}{lead}", "  ".repeat(indent));
        if text.is_empty() {
            writeln!(self.out, "{indented}")
        } else if lead.is_empty() {
            writeln!(self.out, "{indented}{text}")
        } else {
            writeln!(self.out, "{indented:<COLUMN$}  {text}")
        }
    }
}
