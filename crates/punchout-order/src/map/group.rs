//! Items that belong together: a configured product and its parts.

use std::collections::BTreeMap;

use punchout_core::Severity;
use punchout_cxml::{CompositeItemType, ItemOut, ItemType};
use punchout_oci::{Field, Item};

use super::Mapping;
use crate::{code, hierarchy};

/// Where an item stands among the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Group<'a> {
    /// The position of the item above.
    pub(super) parent: Option<usize>,
    /// Whether the item names an item above that it cannot be below of.
    is_lost: bool,
    /// Whether the item has a price.
    priced: bool,
    parts: Parts,
    /// The price of another item of the group, if there is one.
    pub(super) other: Option<OtherPrice<'a>>,
}

/// The items below an item, at any depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Parts {
    #[default]
    None,
    WithoutPrice,
    Priced,
}

/// That something in a group has a price, and in what currency.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OtherPrice<'a> {
    pub(super) currency: Option<&'a str>,
}

/// Looks at all items; takes n log n time.
pub(super) fn of(items: &[Item]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = vec![Group::default(); items.len()];
    for (item, group) in items.iter().zip(&mut groups) {
        group.priced = item.price.as_ref().is_some_and(|price| !price.value().is_zero());
    }
    if items.iter().all(|item| item.parent.is_none() && item.parent_id.is_none()) {
        return groups;
    }
    let parents = parents(items);
    for (item, (group, parent)) in items.iter().zip(groups.iter_mut().zip(&parents)) {
        let names_one = item.parent_id.as_ref().is_some_and(|id| !id.trim().is_empty());
        group.parent = *parent;
        group.is_lost = parent.is_none() && (names_one || item.parent.is_some());
    }
    for (at, parent) in parents.iter().enumerate() {
        let Some(parent) = *parent else { continue };
        if let Some(above) = groups.get_mut(parent) {
            above.parts = above.parts.max(Parts::WithoutPrice);
        }
        if groups.get(at).is_some_and(|group| group.priced) {
            mark_above(&mut groups, parent);
        }
    }
    let roots = hierarchy::roots(&parents);
    let mut prices: BTreeMap<usize, OtherPrice<'_>> = BTreeMap::new();
    for ((item, group), root) in items.iter().zip(&groups).zip(&roots) {
        if group.priced && (group.parent.is_some() || group.parts != Parts::None) {
            let price = prices.entry(*root).or_default();
            price.currency = price.currency.or(item.currency.as_deref());
        }
    }
    for (group, root) in groups.iter_mut().zip(&roots) {
        group.other = prices.get(root).copied().filter(|_| !group.priced);
    }
    groups
}

/// The positions of the items above, without rings.
fn parents(items: &[Item]) -> Vec<Option<usize>> {
    let mut positions = BTreeMap::new();
    for (position, item) in items.iter().enumerate() {
        positions.entry(item.index).or_insert(position);
    }
    let position = |item: &Item| positions.get(&item.parent?).copied();
    let mut parents: Vec<_> = items.iter().map(position).collect();
    for at in punchout_core::rings(&parents) {
        if let Some(parent) = parents.get_mut(at) {
            *parent = None;
        }
    }
    parents
}

/// Marks an item and those above it, up to where that was done before.
fn mark_above(groups: &mut [Group<'_>], from: usize) {
    let mut next = Some(from);
    while let Some(group) =
        next.and_then(|at| groups.get_mut(at)).filter(|group| group.parts != Parts::Priced)
    {
        group.parts = Parts::Priced;
        next = group.parent;
    }
}

impl Mapping<'_> {
    /// Says what is part of what, and where the group has its price.
    pub(super) fn group(&mut self, group: &Group<'_>, line: &mut ItemOut) {
        if group.is_lost {
            let message = "the line above it is not in the basket, or is below itself";
            let help = "set the parent line of the line, if it belongs to another one";
            self.report(code::PARENT, Severity::Error, Field::ParentId, message, help);
            self.keep(Field::ParentId);
        }
        if group.parts != Parts::None {
            line.item_type = Some(ItemType::Composite);
            line.composite_item_type = Some(match (group.priced, group.parts) {
                (true, Parts::WithoutPrice) => CompositeItemType::GroupLevel,
                _ => CompositeItemType::ItemLevel,
            });
            if group.priced && group.parts == Parts::Priced {
                let message = "the item has a price, and parts of it have too; the total adds all of them";
                let help = "ask the supplier what the group costs, and set the other prices to 0";
                self.report(code::GROUP_PRICE, Severity::Error, Field::Price, message, help);
            }
        } else if group.parent.is_some() {
            line.item_type = Some(ItemType::Item);
        }
        // the letters of OCI say more than composite or not
        self.keep(Field::ItemType);
    }
}
