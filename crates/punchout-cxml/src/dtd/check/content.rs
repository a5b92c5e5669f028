//! The children of elements: where they may stand, and what to do about those
//! that may not.

use std::ops::Range;

use punchout_core::excerpt;

use super::super::code;
use super::super::tables::{ContentKind, Model, Tables};
use super::recovery::{Child, Edit, align};
use super::{Check, Count, STEPS, Step, hint};
use crate::xml::Tag;

/// How many children are looked at together to find out what is wrong.
const WINDOW: usize = 32;

/// Children that do not fit, from the first one on.
pub(super) struct Trouble<'a> {
    /// The last state that was right.
    from: u16,
    /// How many kinds of children came before.
    kinds: usize,
    items: Vec<Item<'a>>,
}

struct Item<'a> {
    name: &'a str,
    index: u32,
    symbol: Option<u16>,
    span: Range<usize>,
}

impl<'a> Check<'a> {
    /// Holds a child against its parent; the symbol is that of a declared one.
    pub(super) fn place(&mut self, tag: &Tag<'a>, symbol: Option<u16>, index: u32) {
        let tables = &self.grammar.tables;
        let Some(parent) = self.frames.last_mut() else {
            if symbol.is_none() {
                self.unknown(tag, index);
            }
            return;
        };
        match parent.content {
            Some(ContentKind::Any) if symbol.is_none() => self.unknown(tag, index),
            // What is in an undeclared element is not looked at one by one.
            None | Some(ContentKind::Any) => {}
            Some(ContentKind::Empty) => self.not_empty(tag.start..tag.end),
            Some(ContentKind::Mixed) => {
                let (name, model) = (parent.name, parent.model);
                match symbol {
                    None => self.unknown(tag, index),
                    Some(symbol) if tables.step(model, 0, symbol).is_none() => {
                        let path = self.path(Some((tag.name, index)));
                        let tables = self.grammar.tables;
                        self.fault(code::ALIEN, tag.start..tag.end, path, || {
                            let message = format!("{} may not stand in `{name}`", excerpt(tag.name));
                            (message, Some(hint::elsewhere(tables, model, symbol)))
                        });
                    }
                    Some(_) => {}
                }
            }
            Some(ContentKind::Children) => {
                if !parent.is_troubled {
                    if let Some(next) =
                        symbol.and_then(|symbol| tables.step(parent.model, parent.state, symbol))
                    {
                        let from = parent.model.place(parent.state);
                        if let (Some(step), Some(symbol)) =
                            (self.steps.get_mut(from as usize % STEPS), symbol)
                        {
                            *step = Step { from, symbol, to: next };
                        }
                        parent.state = next;
                        return;
                    }
                    self.is_valid = false;
                    parent.is_troubled = true;
                    // This child is counted already, perhaps as a new kind.
                    let kinds = self.counts.len() - parent.counts;
                    self.troubles.push(Trouble { from: parent.state, kinds, items: Vec::new() });
                }
                let Some(trouble) = self.troubles.last_mut() else { return };
                trouble.items.push(Item { name: tag.name, index, symbol, span: tag.start..tag.end });
                if trouble.items.len() == WINDOW {
                    self.settle(None);
                }
            }
        }
    }

    /// Ends the children of the innermost element, whose end tag this is.
    pub(super) fn finish_children(&mut self, tag: Range<usize>) {
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.content != Some(ContentKind::Children) {
            return;
        }
        if !frame.is_troubled {
            if self.grammar.tables.accepts(frame.model, frame.state) {
                return;
            }
            let kinds = self.counts.len() - frame.counts;
            self.troubles.push(Trouble { from: frame.state, kinds, items: Vec::new() });
            self.is_valid = false;
        }
        self.settle(Some(tag));
    }

    /// An element that is not declared, where any declared one could stand.
    #[cold]
    fn unknown(&mut self, tag: &Tag<'a>, index: u32) {
        let path = self.path(Some((tag.name, index)));
        let grammar = self.grammar;
        self.fault(code::UNKNOWN, tag.start..tag.end, path, || hint::undeclared(&grammar, tag.name, &[]));
    }

    /// Finds out what is wrong with the children of the innermost element and
    /// goes on as if it were right. `end` is its end tag, if that was reached.
    #[cold]
    fn settle(&mut self, end: Option<Range<usize>>) {
        let Some(trouble) = self.troubles.pop() else { return };
        let tables = self.grammar.tables;
        let is_heard = self.is_heard();
        let Some(frame) = self.frames.last_mut() else { return };
        frame.is_troubled = false;
        if !is_heard {
            // Nobody reads more findings; that it is wrong is known.
            frame.content = None;
            return;
        }
        let model = frame.model;
        let meant = |item: &Item<'_>| {
            let is_unknown = item.symbol.is_none();
            is_unknown
                .then(|| hint::similar(item.name, tables.symbols(model).map(|symbol| tables.name(symbol))))?
        };
        let children: Vec<Child> = trouble
            .items
            .iter()
            .map(|item| Child { symbol: item.symbol, meant: meant(item).and_then(|name| tables.find(name)) })
            .collect();
        let (edits, state) = align(&tables, model, trouble.from, &children, end.is_some());
        frame.state = state;

        let kinds = self.counts.get(frame.counts..).unwrap_or_default();
        let kinds = kinds.get(..trouble.kinds).unwrap_or(kinds);
        let plan = Plan::new(tables, model, &trouble, edits, kinds, end.is_some());
        let parent = frame.name;
        let tag = frame.tag.clone();
        self.tell(&plan, &trouble, parent, &end.unwrap_or(tag));
    }

    #[cold]
    fn tell(&mut self, plan: &Plan<'_>, trouble: &Trouble<'a>, parent: &'a str, end: &Range<usize>) {
        let (tables, model) = (plan.tables, plan.model);
        let grammar = self.grammar;
        for (at, &edit) in plan.edits.iter().enumerate() {
            let state = plan.state_before(at);
            match edit {
                Edit::Keep { .. } => {}
                Edit::Insert { .. } => {
                    let missing = plan.missing_from(at);
                    if missing.is_empty() {
                        continue;
                    }
                    let next = plan
                        .edits
                        .iter()
                        .skip(at)
                        .find_map(Edit::item)
                        .and_then(|item| trouble.items.get(item));
                    let span = next.map_or(end.clone(), |item| item.span.clone());
                    let path = self.path(None);
                    self.fault(code::MISSING, span, path, || {
                        let is_bare = trouble.items.is_empty() && state == 0 && plan.is_all_of_it(at);
                        hint::missing(tables, model, state, parent, &missing, is_bare)
                    });
                }
                Edit::Remove { item } | Edit::Replace { item, .. } => {
                    let Some(item) = trouble.items.get(item) else { continue };
                    let path = self.path(Some((item.name, item.index)));
                    let expected = match edit {
                        Edit::Replace { state, .. } => Some(tables.name(tables.symbol(model, state))),
                        _ => None,
                    };
                    let Some(symbol) = item.symbol else {
                        // What is removed leaves no gap: nothing is missing in its place.
                        let fitting = expected.as_slice();
                        let span = item.span.clone();
                        self.fault(code::UNKNOWN, span, path, || {
                            hint::undeclared(&grammar, item.name, fitting)
                        });
                        continue;
                    };
                    let name = tables.name(symbol);
                    let (code, message, help) = match (expected, plan.home(at, symbol)) {
                        (Some(expected), _) if plan.partner(at).is_some() => {
                            if plan.partner(at) < Some(at) {
                                continue;
                            }
                            let message = format!("`{name}` stands where `{expected}` is expected");
                            (code::ORDER, message, format!("swap it with `{expected}`"))
                        }
                        (Some(expected), _) => {
                            let (wanted, help) = hint::instead(tables, model, state, expected, symbol);
                            (code::INSTEAD, format!("`{name}` stands where {wanted} is expected"), help)
                        }
                        (None, Some(home)) => {
                            let expected = hint::expected(tables, model, state, parent);
                            let help = match home {
                                Home::After(before) => format!("`{name}` belongs after `{before}`; move it"),
                                Home::First => {
                                    format!("`{name}` is the first element of `{parent}`; move it")
                                }
                            };
                            (code::ORDER, format!("`{name}` is out of order; {expected}"), help)
                        }
                        (None, None) if plan.has(symbol) => {
                            let help = "remove one of them".into();
                            (code::TWICE, format!("`{name}` may stand only once here"), help)
                        }
                        (None, None) if tables.symbols(model).any(|known| known == symbol) => {
                            let expected = hint::expected(tables, model, state, parent);
                            let help = "remove it, or what stands in its place".into();
                            (
                                code::ALIEN,
                                format!("`{name}` may not stand beside its siblings; {expected}"),
                                help,
                            )
                        }
                        (None, None) => {
                            let help = hint::elsewhere(tables, model, symbol);
                            (code::ALIEN, format!("`{name}` may not stand in `{parent}`"), help)
                        }
                    };
                    self.fault(code, item.span.clone(), path, || (message, Some(help)));
                }
            }
        }
    }
}

impl Edit {
    fn item(&self) -> Option<usize> {
        match *self {
            Self::Keep { item, .. } | Self::Remove { item } | Self::Replace { item, .. } => Some(item),
            Self::Insert { .. } => None,
        }
    }

    fn state(&self) -> Option<u16> {
        match *self {
            Self::Keep { state, .. } | Self::Insert { state } | Self::Replace { state, .. } => Some(state),
            Self::Remove { .. } => None,
        }
    }
}

/// A place among children.
enum Home<'t> {
    First,
    After(&'t str),
}

/// Edits with what belongs together found out.
struct Plan<'t> {
    tables: Tables<'t>,
    model: Model,
    from: u16,
    edits: Vec<Edit>,
    /// For each edit the one it makes a move with: a child is removed at one
    /// place and inserted at another, or two children stand for each other.
    partner: Vec<Option<usize>>,
    /// The states before the first edit, as far as they are known.
    before: Vec<u16>,
    ends: bool,
}

impl<'t> Plan<'t> {
    fn new(
        tables: Tables<'t>,
        model: Model,
        trouble: &Trouble<'_>,
        edits: Vec<Edit>,
        kinds: &[Count<'_>],
        ends: bool,
    ) -> Self {
        let partner = vec![None; edits.len()];
        let mut plan = Self { tables, model, from: trouble.from, edits, partner, before: vec![0], ends };
        for at in 0..plan.edits.len() {
            plan.pair(at, trouble);
        }
        // Which states the children before went through is not kept. Each kind
        // once leads through the same ones, but for models that repeat groups.
        let mut before = plan.before;
        for Count { name, .. } in kinds {
            if before.last() == Some(&trouble.from) {
                break;
            }
            let state = before.last().copied().unwrap_or_default();
            before.extend(tables.find(name).and_then(|symbol| tables.step(model, state, symbol)));
        }
        if before.last() != Some(&trouble.from) {
            before = vec![trouble.from];
        }
        Self { before, ..plan }
    }

    /// Finds the other half of a move or a swap.
    fn pair(&mut self, at: usize, trouble: &Trouble<'_>) {
        let Some(&edit) = self.edits.get(at).filter(|_| self.partner(at).is_none()) else { return };
        let sent = |edit: Edit| trouble.items.get(edit.item()?)?.symbol;
        let Some(symbol) = sent(edit) else { return };
        let wanted = |edit: Edit| edit.state().map(|state| self.tables.symbol(self.model, state));
        let is_free = |other: usize| self.partner(other).is_none();
        let mut others = self.edits.iter().copied().enumerate().filter(|&(other, _)| is_free(other));
        let found = match edit {
            Edit::Remove { .. } => {
                let mut inserted = others.filter(|(_, edit)| matches!(edit, Edit::Insert { .. }));
                let same = inserted.clone().find(|&(_, edit)| wanted(edit) == Some(symbol));
                // Where one of several is missing, any of them may have been named.
                same.map(|(other, _)| (other, None)).or_else(|| {
                    inserted.find_map(|(other, _)| Some((other, Some(self.with_inserted(other, symbol)?))))
                })
            }
            Edit::Replace { .. } => {
                let is_swap = |other: Edit| {
                    matches!(other, Edit::Replace { .. })
                        && wanted(other) == Some(symbol)
                        && sent(other) == wanted(edit)
                };
                others.find(|&(other, edit)| other > at && is_swap(edit)).map(|(other, _)| (other, None))
            }
            _ => None,
        };
        let Some((other, edits)) = found else { return };
        if let Some(edits) = edits {
            self.edits = edits;
        }
        for (one, other) in [(at, other), (other, at)] {
            if let Some(partner) = self.partner.get_mut(one) {
                *partner = Some(other);
            }
        }
    }

    /// The edits with this child inserted instead, if all that follows fits
    /// behind it too and ends as before.
    fn with_inserted(&self, at: usize, symbol: u16) -> Option<Vec<Edit>> {
        let (tables, model) = (self.tables, self.model);
        let mut edits = self.edits.clone();
        let mut state = self.state_before(at);
        for (place, edit) in edits.iter_mut().enumerate().skip(at) {
            let (Edit::Keep { state: old, .. }
            | Edit::Insert { state: old }
            | Edit::Replace { state: old, .. }) = edit
            else {
                continue;
            };
            let next = if place == at { symbol } else { tables.symbol(model, *old) };
            state = tables.step(model, state, next)?;
            *old = state;
        }
        let end = self.edits.iter().rev().find_map(Edit::state);
        (end == Some(state) || self.ends && tables.accepts(model, state)).then_some(edits)
    }

    /// The edit that this one makes a move with.
    fn partner(&self, at: usize) -> Option<usize> {
        self.partner.get(at).copied().flatten()
    }

    /// The state in which an edit is made.
    fn state_before(&self, at: usize) -> u16 {
        self.edits.iter().take(at).rev().find_map(Edit::state).unwrap_or(self.from)
    }

    /// The states of children that are missing in one gap that begins here.
    fn missing_from(&self, at: usize) -> Vec<u16> {
        let is_missing = |at: usize| match self.edits.get(at) {
            Some(Edit::Insert { state }) if self.partner.get(at) == Some(&None) => Some(*state),
            _ => None,
        };
        // A gap is told once, at its beginning.
        if at > 0 && is_missing(at - 1).is_some() {
            return Vec::new();
        }
        (at..).map_while(is_missing).collect()
    }

    /// Whether everything from here on is missing.
    fn is_all_of_it(&self, at: usize) -> bool {
        self.edits.iter().skip(at).all(|edit| matches!(edit, Edit::Insert { .. }))
    }

    /// Whether a child stays.
    fn has(&self, symbol: u16) -> bool {
        let edited = self.edits.iter().filter_map(Edit::state);
        self.before
            .iter()
            .copied()
            .chain(edited)
            .any(|state| state > 0 && self.tables.symbol(self.model, state) == symbol)
    }

    /// Where a child that is removed could stand.
    fn home(&self, at: usize, symbol: u16) -> Option<Home<'t>> {
        let name = |state: u16| match state {
            0 => Home::First,
            state => Home::After(self.tables.name(self.tables.symbol(self.model, state))),
        };
        if let Some(inserted) = self.partner(at) {
            return Some(name(self.state_before(inserted)));
        }
        let states: Vec<u16> =
            self.before.iter().copied().chain(self.edits.iter().filter_map(Edit::state)).collect();
        let fits = |place: usize, state: u16| {
            let Some(here) = self.tables.step(self.model, state, symbol) else { return false };
            match states.get(place + 1) {
                Some(&next) => {
                    let next = self.tables.symbol(self.model, next);
                    self.tables.step(self.model, here, next).is_some()
                }
                None => !self.ends || self.tables.accepts(self.model, here),
            }
        };
        let found = states.iter().enumerate().rev().find(|&(place, &state)| fits(place, state));
        found.map(|(_, &state)| name(state))
    }
}
