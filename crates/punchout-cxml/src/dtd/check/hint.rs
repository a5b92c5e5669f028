//! The words of findings: what was expected, and what to do.

use std::collections::BTreeSet;

use punchout_core::excerpt;

use super::super::builtin;
use super::super::tables::{ContentKind, Model, Tables};
use super::Grammar;

/// How many names a finding lists.
const LISTED: usize = 4;

/// `a`, `b` or `c`.
pub(super) fn either(names: &[&str]) -> String {
    joined(names, "or")
}

fn joined(names: &[&str], word: &str) -> String {
    let quoted = |names: &[&str]| {
        let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(", ")
    };
    let (listed, more) = names.split_at(names.len().min(LISTED));
    match (listed.split_last(), more.len()) {
        (None, _) => String::new(),
        (Some((last, [])), 0) => format!("`{last}`"),
        (Some((last, before)), 0) => format!("{} {word} `{last}`", quoted(before)),
        (Some(_), more) => format!("{} {word} {more} more", quoted(listed)),
    }
}

/// The names that may follow a state.
pub(super) fn names_after(tables: Tables<'_>, model: Model, state: u16) -> Vec<&str> {
    tables.follow(model, state).map(|next| tables.name(tables.symbol(model, next))).collect()
}

/// What could come in a state.
pub(super) fn expected(tables: Tables<'_>, model: Model, state: u16, parent: &str) -> String {
    let names = names_after(tables, model, state);
    match (&*names, tables.accepts(model, state)) {
        ([], _) => format!("expected the end of `{parent}`"),
        (names, true) => format!("expected {}, or the end of `{parent}`", either(names)),
        (names, false) => format!("expected {}", either(names)),
    }
}

/// Says that children are missing after a state.
pub(super) fn missing(
    tables: Tables<'_>,
    model: Model,
    state: u16,
    parent: &str,
    missing: &[u16],
    is_bare: bool,
) -> (String, Option<String>) {
    let name = |state: u16| tables.name(tables.symbol(model, state));
    let after = if state == 0 {
        let s = if missing.len() == 1 { "" } else { "s" };
        format!("as the first element{s} of `{parent}`")
    } else if tables.step(model, state, tables.symbol(model, state)).is_some() {
        format!("after the last `{}`", name(state))
    } else {
        format!("after `{}`", name(state))
    };
    let first = names_after(tables, model, state);
    if is_bare && first.len() > 1 {
        let message = format!("`{parent}` is empty; expected {}", either(&first));
        return (message, Some("add what belongs there".into()));
    }
    match missing {
        [one] => {
            let alternatives = alternatives(tables, model, state, *one);
            let message = match &*alternatives {
                [_] => format!("`{}` is missing", name(*one)),
                names => format!("one of {} is missing", joined(names, "and")),
            };
            let it = if alternatives.len() == 1 { "it" } else { "one" };
            (message, Some(format!("add {it} {after}")))
        }
        several => {
            let names: Vec<_> = several.iter().map(|&state| name(state)).collect();
            let message = format!("{} are missing", joined(&names, "and"));
            (message, Some(format!("add them {after}")))
        }
    }
}

/// Says what is expected where another child stands, and what to do with that.
pub(super) fn instead(
    tables: Tables<'_>,
    model: Model,
    state: u16,
    expected: &str,
    symbol: u16,
) -> (String, String) {
    let names = names_after(tables, model, state);
    let holds = |name: &&str| {
        let definition = tables.define(name);
        definition.is_some_and(|definition| tables.symbols(definition.model).any(|known| known == symbol))
    };
    if let Some(holder) = names.iter().copied().find(holds) {
        return (format!("`{holder}`"), format!("put it into `{holder}`"));
    }
    if tables.accepts(model, state) {
        return (format!("`{expected}`"), format!("write `{expected}` in its place"));
    }
    (either(&names), format!("write {} in its place", either(&names)))
}

/// What would do instead of one missing child: what leaves the rest the same.
fn alternatives(tables: Tables<'_>, model: Model, state: u16, missing: u16) -> Vec<&str> {
    let onward = |state: u16| (tables.accepts(model, state), tables.follow(model, state));
    let same = |other: &u16| {
        let ((one_ends, one), (other_ends, other)) = (onward(missing), onward(*other));
        one_ends == other_ends && one.eq(other)
    };
    tables.follow(model, state).filter(same).map(|state| tables.name(tables.symbol(model, state))).collect()
}

/// Where a child may stand that may not stand here.
pub(super) fn elsewhere(tables: Tables<'_>, model: Model, symbol: u16) -> String {
    let holds = |parent: u16| {
        let parent = tables.definition(parent)?;
        let is_held = tables.symbols(parent.model).any(|known| known == symbol);
        is_held.then(|| tables.name(parent.name))
    };
    let near = distinct(tables.symbols(model).filter_map(holds));
    if !near.is_empty() {
        return format!("it may stand in {}", either(&near));
    }
    let far: Vec<_> = tables.declared().filter_map(|parent| holds(parent.name)).collect();
    match &*far {
        [] => "remove it".into(),
        far => format!("remove it; it may stand in {}", either(far)),
    }
}

/// The children of a model that hold text.
pub(super) fn text_holders(tables: Tables<'_>, model: Model) -> Vec<&str> {
    let holders = tables
        .symbols(model)
        .filter_map(|symbol| tables.definition(symbol))
        .filter(|definition| definition.content == ContentKind::Mixed);
    distinct(holders.map(|definition| tables.name(definition.name)))
}

/// Names in their order, each once.
fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

/// Says that an element is not declared; `fitting` could stand in its place.
pub(super) fn undeclared(grammar: &Grammar<'_>, name: &str, fitting: &[&str]) -> (String, Option<String>) {
    let message = format!("{} is not declared in {}", excerpt(name), grammar.name);
    if let Some(meant) = similar(name, fitting.iter().copied()) {
        return (message, Some(format!("write `{meant}`")));
    }
    if let Some(known) = known_elsewhere(grammar, |tables| tables.define(name).is_some()) {
        return (message, Some(known));
    }
    let tables = grammar.tables;
    let declared = tables.declared().map(|element| tables.name(element.name));
    let help = match (similar(name, declared), fitting) {
        (Some(meant), _) => format!("perhaps `{meant}` is meant; else remove it"),
        (None, [one]) => format!("write `{one}`, which is expected here"),
        (None, _) => "remove it; an `Extrinsic` can carry what cXML has no element for".into(),
    };
    (message, Some(help))
}

/// Which other DTD has what this one lacks.
pub(super) fn known_elsewhere(grammar: &Grammar<'_>, has: impl Fn(&Tables<'_>) -> bool) -> Option<String> {
    let here = grammar.built_in?;
    let mut others = builtin::all().filter(|dtd| has(&dtd.tables()));
    let later = builtin::all().rev().filter(|dtd| dtd.file == here.file && dtd.version > here.version);
    if let Some(later) = later.into_iter().find(|dtd| has(&dtd.tables())) {
        let (came, version) = (later.came(), later.version);
        return Some(format!("{came}; name {version} or a later version in the DOCTYPE"));
    }
    let other = others.find(|dtd| dtd.file != here.file && dtd.version >= here.version)?;
    Some(format!("remove it; it belongs to the documents of {}.dtd", other.file))
}

/// The name that a misspelt one is meant to be.
pub(crate) fn similar<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() > 64 {
        return None;
    }
    // A short name is soon like another one.
    let allowed = match name.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    known
        .filter(|known| known.len().abs_diff(name.len()) <= allowed)
        .map(|known| (distance(name.as_bytes(), known.as_bytes()), known))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, known)| known)
}

/// How many letters have to change, no matter which case.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (cell, known) in row.iter_mut().skip(1).zip(other) {
            let change = diagonal + usize::from(!letter.eq_ignore_ascii_case(known));
            diagonal = *cell;
            left = change.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_misspellings() {
        let known = ["UserAgent", "Name", "URL", "Money"];
        let similar = |name| similar(name, known.into_iter());
        assert_eq!(similar("Useragent"), Some("UserAgent"));
        assert_eq!(similar("UserAgnet"), Some("UserAgent"));
        assert_eq!(similar("name"), Some("Name"));
        assert_eq!(similar("Url"), Some("URL"));
        for other in ["Fame2", "UR", "Agent", "", &"x".repeat(100)] {
            assert_eq!(similar(other), None, "{other}");
        }
    }

    #[test]
    fn lists_names() {
        assert_eq!(either(&["a"]), "`a`");
        assert_eq!(either(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(either(&["a", "b", "c", "d", "e", "f"]), "`a`, `b`, `c`, `d` or 2 more");
    }
}
