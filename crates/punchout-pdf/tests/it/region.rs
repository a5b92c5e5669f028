//! A part of a text, and what of an order is in it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use punchout_pdf::Language;

use crate::facts::{Fact, Line, Value};
use crate::form::{Form, Number};

/// Where pages meet.
pub(crate) const PAGE: &str = "\u{C}";

/// A part of the text.
#[derive(Clone)]
pub(crate) struct Region {
    pub(crate) text: String,
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
    pub(crate) fn new(lines: &[&str], form: &'static Form) -> Self {
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
    pub(crate) fn takes_row(&mut self, line: &Line) -> bool {
        // units may have numbers in them, which stand between those of the row
        let between = line.units.iter().map(|unit| self.form.numbers(unit).len()).sum();
        let mut starts: Vec<_> = self.numbers.iter().map(|number| number.runs.start).collect();
        starts.dedup();
        for start in starts {
            let mut next = start;
            let mut spare: usize = between;
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
    pub(crate) fn missing<'f>(
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
        let mut distinct: Vec<_> = texts.map(|fact| fact.sent.as_str()).collect();
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
            let vagueness = match &fact.value {
                Value::Money(_, currency) => 2 * usize::from(solid(currency).is_empty()),
                value => usize::from(matches!(value, Value::Number(_))),
            };
            // a short one may be the beginning of a long one that is broken
            let digits = fact.sent.len();
            (is_here, is_here && is_elsewhere, vagueness, Reverse(digits))
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

pub(crate) fn solid(text: &str) -> String {
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
        "BG" => [&["bag", "bags"], &["zak", "zakken"], &["Beutel"], &["sac", "sacs"]],
        "PR" => [&["pair", "pairs"], &["paar"], &["Paar"], &["paire", "paires"]],
        "BX" => [&["box", "boxes"], &["doos", "dozen"], &["Schachtel", "Schachteln"], &["boîte", "boîtes"]],
        "MTR" => [&["metre", "metres"], &["meter"], &["Meter"], &["mètre", "mètres"]],
        _ => return &[],
    };
    let words = Language::ALL.into_iter().zip(by_language).find(|(of, _)| *of == language);
    words.filter(|_| is_spelled_out).map_or(&[], |(_, words)| words)
}
