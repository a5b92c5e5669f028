//! What another program reads in a document, held against what the order says.

use std::collections::{BTreeSet, HashMap};

use punchout_pdf::Language;

use crate::facts::{Fact, Facts, Line, Value};
use crate::form::Form;
use crate::region::{PAGE, Region, solid};

/// The text of a document, by what it is about.
pub(crate) struct Printed {
    language: Language,
    /// What stands above and below the lines.
    order: Region,
    lines: Vec<Region>,
    /// What is listed at the end with its path, by the label of its group.
    further: HashMap<String, Region>,
}

impl Printed {
    /// Parts the text that `pdftotext -raw` gives; pages end with form feeds.
    pub(crate) fn read(text: &str, facts: &Facts, language: Language) -> Result<Self, String> {
        let form = Form::of(language);
        let mut pages: Vec<Vec<&str>> = text.split('\u{C}').map(|page| page.lines().collect()).collect();
        pages.pop();
        let count = pages.len();
        let [page, of] = form.page;
        for (n, lines) in pages.iter_mut().enumerate() {
            let foot = lines.pop().unwrap_or_default();
            if !foot.ends_with(&format!("{page} {} {of} {count}", n + 1)) {
                return Err(format!("page {} of {count} ends with {foot:?}", n + 1));
            }
            // what stands above the other pages is written before their foot
            if n > 0 {
                lines.pop();
                lines.insert(0, PAGE);
            }
        }
        let lines: Vec<_> = pages.concat();
        let further = lines.iter().rposition(|line| *line == form.further).unwrap_or(lines.len());
        let (body, listed) = lines.split_at(further);

        let starts = starts(body, facts, form)?;
        let end_of_table = starts.last().map_or(0, |last| {
            let is_total = |line: &&str| line.split(' ').next() == Some(form.total);
            body[*last..].iter().position(is_total).map_or(body.len(), |at| last + at)
        });
        let ends = starts.iter().skip(1).copied().chain([end_of_table]);
        let mut regions = Vec::new();
        for ((start, end), line) in starts.iter().zip(ends).zip(&facts.lines) {
            let first = starts[0];
            let is_heading = |line: &&str| line.split(' ').next() == Some(form.line);
            let heading = body[..first].iter().rposition(is_heading).map_or(&[][..], |at| &body[at..first]);
            regions.push(Region::new(&row(&body[*start..end], heading, &line.number)?, form));
        }
        let head = &body[..starts.first().copied().unwrap_or(body.len())];
        let tail = if starts.is_empty() { &[] } else { &body[end_of_table..] };
        Ok(Self {
            language,
            lines: regions,
            order: Region::new(&[head, tail].concat(), form),
            further: groups(listed.get(1..).unwrap_or_default(), facts, form),
        })
    }

    /// What the order says and the document does not.
    pub(crate) fn missing(&self, facts: &Facts) -> Vec<String> {
        let form = Form::of(self.language);
        let mut missing = Vec::new();
        let mut note = |place: &str, fact: &Fact| {
            missing.push(format!("{place}: {} {:?} as {:?}", fact.path, fact.sent, fact.value));
        };
        let further = self.further.get(form.whole);
        for fact in self.order.clone().missing(&facts.order, further, self.language) {
            note("order", fact);
        }
        // what of an address above all lines has no place there is listed with the first of them
        let further = facts.lines.first().and_then(|line| self.further.get(&label(line, form)));
        for fact in self.order.clone().missing(&facts.above, further, self.language) {
            note("order", fact);
        }
        let mut rows = Vec::new();
        for (n, (line, region)) in facts.lines.iter().zip(&self.lines).enumerate() {
            let mut region = region.clone();
            let further = self.further.get(&label(line, form));
            let mut rest: Vec<_> = line.facts.clone();
            if !line.row.is_empty() {
                if !region.takes_row(line) {
                    rows.push(format!("line {}: no row of {:?} in {:?}", line.number, line.row, region.text));
                }
                take_row(&mut rest, line);
            }
            for fact in region.missing(&rest, further, self.language) {
                note(&format!("line {} ({})", line.number, n + 1), fact);
            }
        }
        missing.extend(rows);
        missing
    }
}

/// What stands above the rest of what is said of a line.
fn label(line: &Line, form: &'static Form) -> String {
    format!("{} {}", form.line, line.number)
}

/// The row of a line, without what is repeated where a page ends within it: the
/// heading of the table, and the number that says whose rest follows.
fn row<'t>(lines: &[&'t str], heading: &[&'t str], number: &str) -> Result<Vec<&'t str>, String> {
    /// A longer number may be broken, or cut.
    const SHORT: usize = 4;
    let mark = format!("{number}…");
    let mut row = Vec::new();
    let mut rest = lines;
    while let Some((first, behind)) = rest.split_first() {
        row.push(*first);
        rest = behind;
        let Some(below) = behind.strip_prefix(heading).filter(|_| *first == PAGE && !heading.is_empty())
        else {
            continue;
        };
        rest = below;
        let Some((first, behind)) = below.split_first() else { break };
        match first.strip_prefix(&mark) {
            Some(said) => {
                row.extend(Some(said.trim_start()).filter(|said| !said.is_empty()));
                rest = behind;
            }
            None if number.len() <= SHORT => {
                return Err(format!("{first:?} is the rest of line {number}, which is not said"));
            }
            None => {}
        }
    }
    Ok(row)
}

/// Whose rest it is must be said, and rightly.
#[test]
fn rests_have_the_number_of_their_line() {
    let heading = ["Pos. Artikel", "EUR"];
    let lines = ["10 A-1 Stift", "rot", PAGE, "Pos. Artikel", "EUR", "10… 5 Stück", "blau"];
    assert_eq!(row(&lines, &heading, "10").unwrap(), ["10 A-1 Stift", "rot", PAGE, "5 Stück", "blau"]);
    assert!(row(&lines, &heading, "20").is_err());
    assert_eq!(row(&lines[..5], &heading, "10").unwrap(), ["10 A-1 Stift", "rot", PAGE]);
}

/// At which line of the text each line of the order begins: with its number
/// and the supplier's part number.
fn starts(body: &[&str], facts: &Facts, form: &'static Form) -> Result<Vec<usize>, String> {
    let solids: Vec<_> = body.iter().map(|line| solid(line)).collect();
    let mut at = body.iter().position(|line| line.split(' ').next() == Some(form.line)).unwrap_or(0);
    let mut starts = Vec::new();
    for line in &facts.lines {
        let wanted = solid(&line.number) + &solid(&line.part);
        let begins = |from: usize| {
            let mut wanted = wanted.as_str();
            let first = body[from].split(' ').next().unwrap_or_default();
            // a long number is broken
            let is_part = line.number.contains(' ') || first.len() > 4;
            if first.is_empty() || line.number != first && !(is_part && line.number.starts_with(first)) {
                return false;
            }
            for solid in &solids[from..] {
                match wanted.strip_prefix(solid.as_str()) {
                    Some(rest) => wanted = rest,
                    None => return solid.starts_with(wanted),
                }
            }
            wanted.is_empty()
        };
        let found = (at..body.len()).find(|from| begins(*from));
        let Some(found) = found else {
            return Err(format!("no line {} {:?} behind line {at} of the text", line.number, line.part));
        };
        starts.push(found);
        at = found + 1;
    }
    Ok(starts)
}

/// What is listed, by the labels of order and lines.
fn groups(listed: &[&str], facts: &Facts, form: &'static Form) -> HashMap<String, Region> {
    let labels = facts.lines.iter().map(|line| label(line, form));
    let labels: BTreeSet<_> = labels.chain([form.whole.to_owned()]).collect();
    let mut groups: HashMap<String, Vec<&str>> = HashMap::new();
    let mut label = String::new();
    for line in listed {
        if labels.contains(*line) {
            (*line).clone_into(&mut label);
        } else {
            groups.entry(label.clone()).or_default().push(line);
        }
    }
    groups.into_iter().map(|(label, lines)| (label, Region::new(&lines, form))).collect()
}

/// What the row has shown need not be shown again.
fn take_row(facts: &mut Vec<Fact>, line: &Line) {
    let in_row = [
        "ItemOut@quantity",
        "Detail/UnitPrice/Money",
        "Detail/PriceBasisQuantity@quantity",
        "Detail/UnitPrice/Money@alternateAmount",
        "ItemOut/Tax/TaxDetail@percentageRate",
    ];
    for value in &line.row {
        let is_it = |fact: &Fact| {
            let number = match &fact.value {
                Value::Number(n) | Value::Percent(n) | Value::Money(n, _) => Some(n),
                _ => None,
            };
            number == Some(value) && in_row.iter().any(|path| fact.path.ends_with(path))
        };
        if let Some(at) = facts.iter().position(is_it) {
            facts.remove(at);
        }
    }
}
