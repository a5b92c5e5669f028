//! Fitting children that are wrong to a content model with the fewest edits.

use super::super::tables::{Model, Tables};

/// What has to be done to the children of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// This child is right and leads to this state.
    Keep { item: usize, state: u16 },
    /// This child has to go.
    Remove { item: usize },
    /// A child that leads to this state is missing here.
    Insert { state: u16 },
    /// This child stands for one that leads to this state.
    Replace { item: usize, state: u16 },
}

/// A child, as far as fitting goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child {
    /// Its symbol, if it is declared.
    pub(super) symbol: Option<u16>,
    /// The symbol it is a misspelling of.
    pub(super) meant: Option<u16>,
}

const INSERT: u32 = 4;
const REMOVE: u32 = 4;
/// Less than removing and inserting, more than either.
const REPLACE: u32 = 6;
const RESPELL: u32 = 2;
const NEVER: u32 = u32::MAX;
/// How many pairs of child and state are looked at.
const CELLS: usize = 1 << 16;

#[derive(Clone, Copy)]
struct Cell {
    cost: u32,
    /// The state and the edit that it was reached with.
    from: u16,
    edit: Option<Edit>,
}

/// Finds the cheapest edits from a state to the last child, and through to the
/// end of the element if it `ends` there. Says in which state that is.
pub(super) fn align(
    tables: &Tables<'_>,
    model: Model,
    from: u16,
    children: &[Child],
    ends: bool,
) -> (Vec<Edit>, u16) {
    let states = usize::from(tables.places(model)) + 1;
    if states * (children.len() + 1) > CELLS {
        // Only a DTD made for it has such models.
        let removed = (0..children.len()).map(|item| Edit::Remove { item });
        return (removed.collect(), from);
    }
    let none = Cell { cost: NEVER, from: 0, edit: None };
    let mut layers = vec![vec![none; states]];
    if let Some(start) = layers.first_mut().and_then(|layer| layer.get_mut(usize::from(from))) {
        start.cost = 0;
    }
    let insert = |layer: &mut Vec<Cell>| {
        let mut has_changed = true;
        while has_changed {
            has_changed = false;
            for state in reached(layer) {
                let before = (state, cost(layer, state));
                for next in tables.follow(model, state) {
                    has_changed |= improve(layer, next, before, INSERT, Edit::Insert { state: next });
                }
            }
        }
    };
    for (item, child) in children.iter().enumerate() {
        let mut next_layer = vec![none; states];
        if let Some(layer) = layers.last_mut() {
            insert(layer);
            for state in reached(layer) {
                let before = (state, cost(layer, state));
                for next in tables.follow(model, state) {
                    let symbol = Some(tables.symbol(model, next));
                    let (price, edit) = if symbol == child.symbol {
                        (0, Edit::Keep { item, state: next })
                    } else if symbol == child.meant {
                        (RESPELL, Edit::Replace { item, state: next })
                    } else {
                        (REPLACE, Edit::Replace { item, state: next })
                    };
                    improve(&mut next_layer, next, before, price, edit);
                }
                improve(&mut next_layer, state, before, REMOVE, Edit::Remove { item });
            }
        }
        layers.push(next_layer);
    }
    let mut end = from;
    if let Some(layer) = layers.last_mut() {
        if ends {
            insert(layer);
        }
        let fits = |state: &u16| !ends || tables.accepts(model, *state);
        end = reached(layer).into_iter().filter(fits).min_by_key(|&state| cost(layer, state)).unwrap_or(from);
    }
    let mut edits = Vec::with_capacity(children.len() + 2);
    let (mut layer, mut state) = (layers.len() - 1, end);
    while let Some(Cell { from, edit: Some(edit), .. }) =
        layers.get(layer).and_then(|layer| layer.get(usize::from(state)))
    {
        edits.push(*edit);
        state = *from;
        layer -= usize::from(!matches!(edit, Edit::Insert { .. }));
    }
    edits.reverse();
    (edits, end)
}

fn reached(layer: &[Cell]) -> Vec<u16> {
    let reached = layer.iter().enumerate().filter(|(_, cell)| cell.cost < NEVER);
    reached.filter_map(|(state, _)| u16::try_from(state).ok()).collect()
}

fn cost(layer: &[Cell], state: u16) -> u32 {
    layer.get(usize::from(state)).map_or(NEVER, |cell| cell.cost)
}

fn improve(layer: &mut [Cell], state: u16, (from, cost): (u16, u32), price: u32, edit: Edit) -> bool {
    let Some(cell) = layer.get_mut(usize::from(state)) else { return false };
    let is_better = cost.saturating_add(price) < cell.cost;
    if is_better {
        *cell = Cell { cost: cost + price, from, edit: Some(edit) };
    }
    is_better
}
