//! The document as plain text, for a terminal or the body of a mail.

use punchout_core::Sink;
use punchout_cxml::OrderRequest;

use crate::envelope::Envelope;
use crate::sheet::{Fact, Item, Party, Sheet};
use crate::texts::Texts;
use crate::{Error, Options};
use fold::{columns, fold};

mod fold;

/// Writes what the document says as plain text: all of it, in the same order
/// and words.
///
/// Lines end with `\n`. They are as long as what they say, unless
/// [`Options::columns`] bounds them: then they are broken between words, and what
/// goes on is indented below what it belongs to. A number keeps its unit, and the
/// number of the order or of a part its blanks, where a line has room for that.
/// Only a word that is longer than a line is longer than the bound.
///
/// ```
/// # fn example(order: &punchout_cxml::OrderRequest) -> Result<(), punchout_pdf::Error> {
/// use punchout_core::Ignore;
/// use punchout_pdf::{Options, text};
///
/// let options = Options::new("City of Delft", "invoices@delft.example", "buy@delft.example");
/// let body_of_a_mail = text(order, &options.with_columns(72), &mut Ignore)?;
/// # Ok(()) }
/// ```
///
/// # Errors
/// When the order cannot be written as cXML, as no order is that was read.
pub fn text(order: &OrderRequest, options: &Options, sink: &mut dyn Sink) -> Result<String, Error> {
    Ok(of_sheet(&Sheet::new(order, None, options, sink)?, options))
}

/// Writes what the PDF of a cXML order says as plain text: other than [`text`],
/// without what repeats the secrets of the document's header, and with the word
/// that it is a test.
///
/// # Errors
/// When the bytes are no cXML order.
pub fn text_of_document(cxml: &[u8], options: &Options, sink: &mut dyn Sink) -> Result<String, Error> {
    let envelope = Envelope::read(cxml, sink)?;
    Ok(of_sheet(&Sheet::new(envelope.order()?, Some(&envelope), options, sink)?, options))
}

fn of_sheet(sheet: &Sheet, options: &Options) -> String {
    /// No line is narrower: it would be read letter by letter.
    const NARROWEST: usize = 20;
    let texts = options.language.texts();
    let width = options.columns.map_or(usize::MAX, |columns| columns.max(NARROWEST));
    let mut out = Writer { text: String::new(), width, texts };
    let title = sheet.title();
    out.line(0, 0, &out.whole(&title));
    out.line(0, 0, &"=".repeat(columns(&title).min(72).min(width)));
    if let Some(alert) = &sheet.alert {
        out.line(0, 4, &format!("*** {} *** {}", alert.title, alert.note));
    }
    out.party(&sheet.sender);
    out.blank();
    sheet.facts.iter().for_each(|fact| out.fact(0, fact));
    sheet.parties.iter().for_each(|party| out.party(party));
    out.passage(&sheet.above);
    for item in &sheet.items {
        out.item(item, sheet, texts);
    }
    out.blank();
    for total in &sheet.totals {
        out.line(0, 2, &texts.told(&total.label, &total.amount));
        total.notes.iter().for_each(|note| out.line(2, 4, note));
    }
    for note in &sheet.notes {
        out.blank();
        out.fact(0, note);
    }
    out.passage(&sheet.below);
    for (n, group) in sheet.further.iter().enumerate() {
        out.blank();
        if n == 0 {
            out.line(0, 0, texts.further);
            out.line(0, 0, &"-".repeat(columns(texts.further)));
        }
        out.line(0, 2, &group.label);
        group.facts.iter().for_each(|fact| out.fact(2, fact));
    }
    out.text
}

struct Writer {
    text: String,
    /// The columns that a line may have.
    width: usize,
    texts: &'static Texts,
}

impl Writer {
    /// A line, or as many as the text has or needs: each begins at column
    /// `indent` and goes on at column `hang`. No control character is written.
    fn line(&mut self, indent: usize, hang: usize, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let line: String = line.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            for line in fold(&line, indent, hang, self.width) {
                // what kept words together until now
                self.text.extend(line.chars().map(|c| if c == '\u{A0}' { ' ' } else { c }));
                self.text.push('\n');
            }
        }
    }

    /// A number with blanks in it, which stay one word if there is room for that.
    fn whole(&self, number: &str) -> String {
        if columns(number) <= self.width / 4 * 3 { number.replace(' ', "\u{A0}") } else { number.to_owned() }
    }

    /// An empty line, unless there is one or nothing is above it.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn fact(&mut self, indent: usize, fact: &Fact) {
        if fact.value.contains('\n') {
            self.line(indent, indent + 4, &format!("{}{}", fact.label, self.texts.colon));
            self.line(indent + 2, indent + 2, &fact.value);
        } else {
            self.line(indent, indent + 2, &self.texts.fact(fact));
        }
    }

    fn party(&mut self, party: &Party) {
        self.blank();
        let indent = if party.label.is_empty() { 0 } else { 2 };
        self.line(0, 2, &party.label);
        self.line(indent, indent + 2, &party.name);
        party.lines.iter().for_each(|line| self.line(indent, indent + 2, line));
    }

    fn passage(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.blank();
            self.line(0, 0, text);
        }
    }

    fn item(&mut self, item: &Item, sheet: &Sheet, texts: &Texts) {
        self.blank();
        let numbers = format!("{} {}  {}  ", texts.line, item.number, self.whole(&item.part));
        // a long name goes on below itself, unless that leaves it no room
        let hang = Some(columns(&numbers)).filter(|hang| *hang <= self.width / 2).unwrap_or(4);
        self.line(0, hang, &(numbers + &item.name));
        self.line(2, 4, &item.alert);
        if !item.buyer_part.is_empty() {
            self.line(2, 4, &texts.told(texts.buyer_part, &self.whole(&item.buyer_part)));
        }
        self.line(2, 2, &item.description);
        self.line(2, 4, &texts.told(texts.quantity, &format!("{} {}", item.quantity, item.unit)));
        for (heading, value, note) in [
            (&sheet.headings.price, &item.price, item.price_note.as_str()),
            (&sheet.headings.amount, &item.amount, item.amount_note.as_str()),
        ] {
            // a price that is not given may still be for something
            let said = [value.as_str(), note].join(" ");
            if !said.trim().is_empty() {
                self.line(2, 4, &texts.told(&heading.replace('\n', " "), said.trim()));
            }
        }
        if !item.tax.is_empty() {
            self.line(2, 4, &texts.told(texts.tax_rate, &item.tax));
        }
        item.details.iter().for_each(|fact| self.fact(2, fact));
    }
}
