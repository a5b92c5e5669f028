//! What another program reads in a document, held against what the order says.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use punchout_pdf::Language;

use crate::facts::{Fact, Facts, Line, Value};
use crate::form::{Form, Number};

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
        let regions = starts.iter().zip(ends).map(|(start, end)| Region::new(&body[*start..end], form));
        let head = &body[..starts.first().copied().unwrap_or(body.len())];
        let tail = if starts.is_empty() { &[] } else { &body[end_of_table..] };
        Ok(Self {
            language,
            lines: regions.collect(),
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
fn label(line: &Line, form: &Form) -> String {
    format!("{} {}", form.line, line.number)
}

/// Where pages meet.
const PAGE: &str = "\u{C}";

/// At which line of the text each line of the order begins: with its number
/// and the supplier's part number.
fn starts(body: &[&str], facts: &Facts, form: &Form) -> Result<Vec<usize>, String> {
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
fn groups(listed: &[&str], facts: &Facts, form: &Form) -> HashMap<String, Region> {
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

/// A part of the text.
#[derive(Clone)]
struct Region {
    text: String,
    /// Without blanks and what cannot be set.
    solid: String,
    /// For each byte of that, where it comes from.
    from: Vec<usize>,
    numbers: Vec<Number>,
    /// Parts of numbers that are the proof of something already.
    taken: BTreeSet<usize>,
    form: &'static Form,
}

impl Region {
    fn new(lines: &[&str], form: &Form) -> Self {
        // the four are there for ever
        let form = Language::ALL.into_iter().map(Form::of).find(|known| std::ptr::eq(*known, form)).unwrap();
        let text = lines.join("\n");
        let mut solid = String::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices().filter(|(_, c)| is_set(*c)) {
            solid.push(c);
            from.resize(solid.len(), at);
        }
        let numbers = form.numbers(&text);
        Self { text, solid, from, numbers, taken: BTreeSet::new(), form }
    }

    /// Finds the numbers of a row one behind the other.
    fn takes_row(&mut self, line: &Line) -> bool {
        // units may have numbers in them, which stand between those of the row
        let mut between: Vec<_> = line.units.iter().map(|unit| self.form.numbers(unit).len()).collect();
        between.sort_unstable();
        let between: usize = between.iter().sum();
        let mut starts: Vec<_> = self.numbers.iter().map(|number| number.runs.start).collect();
        starts.dedup();
        for start in starts {
            let mut next = start;
            let mut spare = between;
            let mut taken = Vec::new();
            for value in &line.row {
                let found = loop {
                    let here = |number: &&Number| number.runs.start == next && number.value == *value;
                    if let Some(number) = self.numbers.iter().find(here) {
                        break Some(number.runs.clone());
                    }
                    if spare == 0 || taken.is_empty() {
                        break None;
                    }
                    (next, spare) = (next + 1, spare - 1);
                };
                let Some(runs) = found else { break };
                next = runs.end;
                taken.push(runs);
            }
            if taken.len() == line.row.len() {
                self.taken.extend(taken.into_iter().flatten());
                return true;
            }
        }
        false
    }

    /// Which facts are not here, nor listed with their path. Each number and
    /// each day is the proof of one fact only.
    fn missing<'f>(
        &mut self,
        facts: &'f [Fact],
        further: Option<&Region>,
        language: Language,
    ) -> Vec<&'f Fact> {
        let mut missing = Vec::new();
        let mut listed: HashMap<_, usize> = HashMap::new();
        for wanted in facts.iter().filter(|fact| fact.value != Value::Text).map(listing) {
            if let Some(further) = further {
                listed.entry(wanted).or_insert_with_key(|wanted| further.lists(wanted));
            }
        }
        let texts = facts.iter().filter(|fact| fact.value == Value::Text);
        let mut distinct: Vec<_> = texts.clone().map(|fact| fact.sent.as_str()).collect();
        distinct.sort_unstable_by_key(|text| Reverse(text.len()));
        distinct.dedup();
        for text in distinct {
            self.take_text(text);
        }
        let mut moments = self.form.moments(&self.text);
        // what can be in one place only is looked for before what can be in many
        let mut facts: Vec<_> = facts.iter().filter(|fact| !solid(&fact.sent).is_empty()).collect();
        facts.sort_by_cached_key(|fact| {
            let is_here = match &fact.value {
                Value::Text => false,
                Value::Moment(moment) => moments.contains(moment),
                _ => self.proof(fact).is_some(),
            };
            let is_elsewhere = listed.get(&listing(fact)).is_some_and(|count| *count > 0);
            let is_vague = match &fact.value {
                Value::Money(_, currency) => 2 * usize::from(solid(currency).is_empty()),
                value => usize::from(matches!(value, Value::Number(_))),
            };
            // in French a small one may be the beginning of a large one
            let digits = fact.sent.len();
            (is_here, is_here && is_elsewhere, is_vague, Reverse(digits))
        });
        let mut is_listed = |fact: &Fact| match listed.get_mut(&listing(fact)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        };
        for fact in facts {
            let is_there = match &fact.value {
                Value::Text => {
                    let words = units(fact, language);
                    words.iter().any(|word| self.has(word))
                        || words.is_empty() && self.has(&fact.sent)
                        || words.is_empty() && further.is_some_and(|further| further.has(&fact.sent))
                        // a unit without a place of its own row
                        || further.is_some_and(|further| further.lists(&listing(fact)) > 0)
                }
                Value::Moment(moment) => {
                    let found = moments.iter().position(|found| found == moment);
                    is_listed(fact) || found.map(|at| moments.remove(at)).is_some()
                }
                _ => {
                    is_listed(fact)
                        || self.proof(fact).is_some_and(|runs| {
                            self.taken.extend(runs);
                            true
                        })
                }
            };
            if !is_there {
                missing.push(fact);
            }
        }
        missing
    }

    /// Finds a number that proves no other fact.
    fn proof(&self, fact: &Fact) -> Option<std::ops::Range<usize>> {
        let (Value::Number(value) | Value::Percent(value) | Value::Money(value, _)) = &fact.value else {
            return None;
        };
        // the heading of the table has the currency of most prices
        let is_price = fact.path.ends_with("Detail/UnitPrice/Money");
        let currency = match &fact.value {
            Value::Money(_, currency) if !is_price => solid(currency),
            _ => String::new(),
        };
        let is_percent = matches!(fact.value, Value::Percent(_));
        let fits = |number: &&Number| {
            number.value == *value
                && number.runs.clone().all(|run| !self.taken.contains(&run))
                && (!is_percent || self.text[number.end..].trim_start().starts_with('%'))
                && (currency.is_empty() || self.is_beside(number, &currency))
        };
        self.numbers.iter().rev().find(fits).map(|number| number.runs.clone())
    }

    /// Whether a currency stands before or behind a number.
    fn is_beside(&self, number: &Number, currency: &str) -> bool {
        let before = self.from.partition_point(|from| *from < number.start);
        let after = self.from.partition_point(|from| *from < number.end);
        self.solid[..before].ends_with(currency) || self.solid[after..].starts_with(currency)
    }

    /// What a text says proves nothing but the text.
    fn take_text(&mut self, text: &str) {
        // a bare number may stand anywhere
        let is_bare = text.chars().all(|c| c.is_ascii_digit() || " .,-".contains(c));
        let wanted = solid(text);
        let Some((start, end)) = Some(&wanted).filter(|_| !is_bare).and_then(|wanted| self.find(wanted))
        else {
            return;
        };
        let inside = self.numbers.iter().filter(|number| (start..end).contains(&number.start));
        self.taken.extend(inside.flat_map(|number| number.runs.clone()).collect::<Vec<_>>());
    }

    /// From where to where in the text something stands that is not the end or
    /// the beginning of something else.
    fn find(&self, wanted: &str) -> Option<(usize, usize)> {
        let first = wanted.chars().next()?;
        let mut at = 0;
        while let Some(found) = self.solid[at..].find(wanted) {
            let (start, end) = (at + found, at + found + wanted.len());
            let (from, to) = (self.from[start], self.from[end - 1]);
            let last = self.text[to..].chars().next()?;
            let before = self.text[..from].chars().next_back().unwrap_or(' ');
            let after = self.text[to + last.len_utf8()..].chars().next().unwrap_or(' ');
            let is_whole = |a: char, b: char| !(a.is_alphanumeric() && b.is_alphanumeric());
            if is_whole(before, first) && is_whole(last, after) {
                return Some((from, to + last.len_utf8()));
            }
            at = start + first.len_utf8();
        }
        None
    }

    /// Whether a text is here; one that is torn by the end of a page word by
    /// word.
    fn has(&self, text: &str) -> bool {
        if self.find(&solid(text)).is_some() {
            return true;
        }
        if !self.text.contains(PAGE) {
            return false;
        }
        let mut rest = self.solid.as_str();
        text.split_whitespace().map(solid).all(|word| {
            let found = rest.find(&word);
            rest = found.map_or("", |at| &rest[at + word.len()..]);
            found.is_some()
        })
    }

    /// How often something is listed, as sent and behind its name.
    fn lists(&self, listing: &Listing) -> usize {
        let places = self.solid.match_indices(&listing.value).filter(|(at, value)| {
            let last = self.from[at + value.len() - 1];
            let after = self.text[last..].chars().nth(1);
            let Some(before) = self.solid[..*at].strip_suffix(&listing.attribute) else { return false };
            after.is_none_or(char::is_whitespace)
                && (!listing.attribute.is_empty() || listing.follows(before))
        });
        let torn = if self.text.contains(PAGE) { self.tears(listing) } else { 0 };
        places.count() + torn
    }

    /// How often something is torn by the end of a page, where the rest of the
    /// path comes between a name and its value.
    fn tears(&self, listing: &Listing) -> usize {
        const NEAR: usize = 120;
        let name = if listing.attribute.is_empty() { &listing.path } else { &listing.attribute };
        let name = name.rsplit('/').next().unwrap_or_default();
        let tears = self.text.match_indices(PAGE).filter(|(at, _)| {
            let before: String = self.text[..*at].chars().rev().take(NEAR).collect();
            let before: String = before.chars().rev().collect();
            let after: String = self.text[*at..].chars().take(NEAR).collect();
            let [before, after] = [before, after].map(|part| solid(&part));
            before.ends_with(name) && after.contains(&listing.value)
                || before.contains(&listing.value) && after.contains(name)
        });
        tears.count()
    }
}

/// How a fact looks where it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Listing {
    path: String,
    attribute: String,
    value: String,
}

fn listing(fact: &Fact) -> Listing {
    let (path, attribute) = fact.path.split_once('@').unwrap_or((&fact.path, ""));
    let attribute = if attribute.is_empty() { String::new() } else { format!("{attribute}:") };
    // other attributes may stand between an attribute and its path
    let path = if attribute.is_empty() { path } else { path.rsplit('/').next().unwrap_or_default() };
    let path = path.strip_prefix("ItemOut/").unwrap_or(path).to_owned();
    Listing { path, attribute, value: solid(&fact.sent) }
}

impl Listing {
    /// Whether a text ends with the path, in which elements have their number
    /// if they are not the first of their name.
    fn follows(&self, text: &str) -> bool {
        let mut rest = text;
        for name in self.path.rsplit('/') {
            let numbered = rest.trim_end_matches(|c: char| c.is_ascii_digit());
            let Some(before) = rest.strip_suffix(name).or_else(|| numbered.strip_suffix(name)) else {
                // the paths of the deepest are cut
                return rest.ends_with('…');
            };
            rest = before.strip_suffix('/').unwrap_or(before);
        }
        true
    }
}

/// Whether a character is set and read back: East Asian scripts and what is no
/// picture are not in the typeface.
fn is_set(c: char) -> bool {
    let is_nothing = c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}');
    !is_nothing && c < '\u{2E80}'
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| is_set(*c)).collect()
}

/// The words for a unit that has a place of its own, where there are some.
fn units(fact: &Fact, language: Language) -> &'static [&'static str] {
    let Some(inside) = fact.path.strip_prefix("ItemOut/") else { return &[] };
    let inside = inside.strip_suffix("UnitOfMeasure").unwrap_or("no unit");
    let of_article = inside.strip_prefix("ItemDetail/").or(inside.strip_prefix("BlanketItemDetail/"));
    let is_spelled_out = inside == "ScheduleLine/"
        || of_article.is_some_and(|of| ["", "PriceBasisQuantity/", "Dimension/"].contains(&of));
    let by_language: [&[&str]; 4] = match fact.sent.as_str() {
        "EA" | "C62" => [&["piece", "pieces"], &["stuk", "stuks"], &["Stück"], &["pièce", "pièces"]],
        "PR" => [&["pair", "pairs"], &["paar"], &["Paar"], &["paire", "paires"]],
        "BX" => [&["box", "boxes"], &["doos", "dozen"], &["Schachtel", "Schachteln"], &["boîte", "boîtes"]],
        "MTR" => [&["metre", "metres"], &["meter"], &["Meter"], &["mètre", "mètres"]],
        _ => return &[],
    };
    let words = Language::ALL.into_iter().zip(by_language).find(|(of, _)| *of == language);
    words.filter(|_| is_spelled_out).map_or(&[], |(_, words)| words)
}
