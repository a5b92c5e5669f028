//! Which element became which.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use crate::tree::{Element, Piece, Tree, decode_value};

/// What tells an element from others, the most telling first: all that it
/// holds, its tag, its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key([u64; 3]);

/// The keys of all elements of a tree, by number.
pub(super) struct Keys(Vec<Key>);

impl Keys {
    /// Layout, comments, quotes, references and the order of attributes make no
    /// difference.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut keys = vec![Key([0; 3]); tree.len()];
        for number in (0..tree.len()).rev() {
            let Some(element) = tree.at(number) else { continue };
            let mut hasher = DefaultHasher::new();
            element.name().hash(&mut hasher);
            let name = hasher.finish();
            let mut attributes: Vec<_> = element
                .attributes()
                .iter()
                .map(|attribute| (attribute.name, decode_value(tree.piece(attribute.value.clone()))))
                .collect();
            attributes.sort();
            let line = attributes.iter().find(|(name, _)| *name == "lineNumber").cloned();
            attributes.hash(&mut hasher);
            let tag = match line {
                // Its number is what makes a line this line.
                Some((_, line)) => {
                    let mut hasher = DefaultHasher::new();
                    (name, line).hash(&mut hasher);
                    hasher.finish()
                }
                None => hasher.finish(),
            };
            let is_layout = has_layout(&element);
            for piece in element.pieces() {
                match piece {
                    Piece::Element(child) => {
                        let key = keys.get(child.number()).map_or(0, |Key([whole, ..])| *whole);
                        hasher.write_u8(0xff);
                        hasher.write_u64(key);
                    }
                    Piece::Aside(_) => {}
                    piece if !is_layout => hasher.write(tree.decoded(&piece).as_bytes()),
                    _ => {}
                }
            }
            if let Some(key) = keys.get_mut(number) {
                *key = Key([hasher.finish(), tag, name]);
            }
        }
        Self(keys)
    }

    pub(super) fn get(&self, element: &Element<'_, '_>) -> Key {
        self.0.get(element.number()).copied().unwrap_or(Key([0; 3]))
    }
}

/// Whether all text directly in it stands between elements and is white space.
pub(super) fn has_layout(element: &Element<'_, '_>) -> bool {
    element.children().next().is_some() && is_blank(element)
}

/// Whether there is nothing but white space for text directly in it.
pub(super) fn is_blank(element: &Element<'_, '_>) -> bool {
    let tree = element.tree();
    element.pieces().all(|piece| match piece {
        Piece::Text(_) => tree.decoded(&piece).trim_ascii().is_empty(),
        Piece::CData(_) => false,
        Piece::Element(_) | Piece::Aside(_) => true,
    })
}

/// For each element of `new` the one of `base` that it was, in the same order.
pub(super) fn in_order(base: &[Key], new: &[Key]) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    for rank in 0..3 {
        for (base_gap, new_gap) in gaps(&found, base.len()) {
            anchor(base, base_gap, new, new_gap, rank, &mut found);
        }
    }
    found
}

/// For each element of `original` the one of `base` that it is, in whatever
/// order.
pub(super) fn any_order(original: &[Key], base: &[Key]) -> Vec<Option<usize>> {
    let name = |Key([.., name]): &Key| *name;
    if original.iter().map(name).eq(base.iter().map(name)) {
        return (0..base.len()).map(Some).collect();
    }
    let mut found = vec![None; original.len()];
    let mut is_free = vec![true; base.len()];
    for rank in 0..3 {
        let mut places: HashMap<u64, VecDeque<usize>> = HashMap::new();
        for (at, key) in base.iter().enumerate().filter(|(at, _)| is_free.get(*at) == Some(&true)) {
            places.entry(value(*key, rank)).or_default().push_back(at);
        }
        for (key, found) in original.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = places.get_mut(&value(*key, rank)).and_then(VecDeque::pop_front);
        }
        for at in found.iter().flatten() {
            if let Some(free) = is_free.get_mut(*at) {
                *free = false;
            }
        }
    }
    found
}

fn value(Key(key): Key, rank: usize) -> u64 {
    key.get(rank).copied().unwrap_or_default()
}

/// What lies between the pairs that were found so far.
fn gaps(found: &[Option<usize>], base: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut gaps = Vec::new();
    let (mut base_from, mut new_from) = (0, 0);
    let ends = found.iter().enumerate().filter_map(|(new, base)| base.map(|base| (base, new)));
    for (base, new) in ends.chain([(base, found.len())]) {
        if base_from < base && new_from < new {
            gaps.push((base_from..base, new_from..new));
        }
        (base_from, new_from) = (base + 1, new + 1);
    }
    gaps
}

/// Pairs elements of equal keys so that as many as possible stay in order.
fn anchor(
    base: &[Key],
    mut base_gap: Range<usize>,
    new: &[Key],
    mut new_gap: Range<usize>,
    rank: usize,
    found: &mut [Option<usize>],
) {
    let base_at = |at: usize| base.get(at).map(|key| value(*key, rank));
    let new_at = |at: usize| new.get(at).map(|key| value(*key, rank));
    let mut pair = |base: usize, new: usize| {
        if let Some(found) = found.get_mut(new) {
            *found = Some(base);
        }
    };
    // Few things change, so most is done here.
    while !base_gap.is_empty() && !new_gap.is_empty() && base_at(base_gap.start) == new_at(new_gap.start) {
        pair(base_gap.start, new_gap.start);
        (base_gap.start, new_gap.start) = (base_gap.start + 1, new_gap.start + 1);
    }
    while !base_gap.is_empty() && !new_gap.is_empty() && base_at(base_gap.end - 1) == new_at(new_gap.end - 1)
    {
        (base_gap.end, new_gap.end) = (base_gap.end - 1, new_gap.end - 1);
        pair(base_gap.end, new_gap.end);
    }
    if base_gap.is_empty() || new_gap.is_empty() {
        return;
    }
    let mut places: HashMap<u64, VecDeque<usize>> = HashMap::new();
    for at in base_gap {
        places.entry(base_at(at).unwrap_or_default()).or_default().push_back(at);
    }
    let candidates = new_gap.filter_map(|at| {
        let place = places.get_mut(&new_at(at)?)?.pop_front()?;
        Some((place, at))
    });
    for (base, new) in rising(&candidates.collect::<Vec<_>>()) {
        pair(base, new);
    }
}

/// The longest part of a sequence of pairs whose first numbers rise.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends the run of that length lowest, and for
    // each pair the one before it in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let first = |at: usize| pairs.get(at).map(|(base, _)| *base);
    for at in 0..pairs.len() {
        let length = ends.partition_point(|&end| first(end) < first(at));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<_> =
        std::iter::successors(ends.last().copied(), |&at| before.get(at).copied().flatten())
            .filter_map(|at| pairs.get(at).copied())
            .collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements by number; those of one ten have the same tag.
    fn keys(numbers: &[u64]) -> Vec<Key> {
        numbers.iter().map(|number| Key([*number, number / 10, 0])).collect()
    }

    fn aligned(base: &[u64], new: &[u64]) -> Vec<Option<u64>> {
        let found = in_order(&keys(base), &keys(new));
        found.into_iter().map(|at| at.map(|at| base[at])).collect()
    }

    #[test]
    fn finds_what_stayed_and_what_changed() {
        assert_eq!(aligned(&[10, 20, 30], &[10, 30]), [Some(10), Some(30)]);
        assert_eq!(aligned(&[10, 20, 30], &[10, 25, 30]), [Some(10), Some(20), Some(30)]);
        assert_eq!(aligned(&[10, 30], &[10, 20, 30]), [Some(10), None, Some(30)]);
        // Two lines changed, one gone, one new.
        assert_eq!(
            aligned(&[10, 20, 30, 40, 50, 60], &[10, 21, 40, 51, 60, 70]),
            [Some(10), Some(20), Some(40), Some(50), Some(60), None]
        );
        assert_eq!(aligned(&[10, 20], &[20, 10]), [None, Some(10)]);
        assert_eq!(aligned(&[], &[1]), [None]);
    }

    #[test]
    fn finds_things_out_of_order() {
        let key = |whole, name| Key([whole, 0, name]);
        let original = [key(1, 2), key(9, 3), key(3, 1)];
        let base = [key(3, 1), key(1, 2), key(2, 3)];
        assert_eq!(any_order(&original, &base), [Some(1), Some(2), Some(0)]);
    }
}
