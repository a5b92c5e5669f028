//! Lines of a configured product point to the line above them (OCI 5.0).

use punchout_core::{excerpt, rings};

use crate::basket::{Item, ItemType};
use crate::decode::Decoder;
use crate::decode::assemble::Slot;
use crate::field::Field;
use crate::report::{At, Reporter};
use crate::rule::Rule;

impl Decoder {
    /// Resolves the parents and looks for ones that do not exist, and rings.
    pub(super) fn check_hierarchy(
        &self,
        items: &mut [Item],
        slots: &[Slot],
        shift: u32,
        reporter: &mut Reporter<'_>,
    ) {
        if !items.iter().any(|item| item.parent_id.is_some()) {
            return;
        }
        let indexes: Vec<u32> = items.iter().map(|item| item.index).collect();
        let position = |index: u32| indexes.binary_search(&index).ok();
        let mut parents: Vec<Option<usize>> = vec![None; items.len()];
        for at in 0..items.len() {
            let (Some(item), Some(slot)) = (items.get(at), slots.get(at)) else { continue };
            let Some(sent) = item.parent_id.as_deref().map(str::trim).filter(|sent| !sent.is_empty()) else {
                continue;
            };
            let (index, span) = (item.index, Some(slot.parent.range()));
            let place = At::Field(index, Field::ParentId);
            let parent = sent.parse::<u32>().ok().and_then(|sent| sent.checked_add(shift));
            let Some(found) = parent.and_then(position) else {
                reporter
                    .report(Rule::HierParent, place, span, || format!("there is no item {}", excerpt(sent)));
                continue;
            };
            let role = items.get(found).and_then(|parent| parent.item_type.as_ref());
            if self.profile.conditions.parent_exists
                && !matches!(role, Some(ItemType::Root | ItemType::Outline))
            {
                reporter.report(Rule::HierParent, place, span.clone(), || {
                    format!("item {sent} is no root and no outline; it cannot have children")
                });
            }
            if item.item_type.is_none() {
                reporter.report(Rule::HierType, At::Field(index, Field::ItemType), span, || {
                    "the item has a parent and no item type".into()
                });
            }
            if let Some(slot) = parents.get_mut(at) {
                *slot = Some(found);
            }
            if let Some(item) = items.get_mut(at) {
                item.parent = parent;
            }
        }
        for at in rings(&parents) {
            if let (Some(item), Some(slot)) = (items.get_mut(at), slots.get(at)) {
                item.parent = None;
                let place = At::Field(item.index, Field::ParentId);
                reporter.report(Rule::HierCycle, place, Some(slot.parent.range()), || {
                    "the item is its own ancestor".into()
                });
            }
        }
    }
}
