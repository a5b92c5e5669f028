//! The lines that make the total, and what they come to.

use std::collections::HashMap;

use punchout_cxml::{CompositeItemType, ItemOut, ItemOutOperation, ItemType, OrderRequest};
use rust_decimal::Decimal;

use super::exact::plus;
use super::price::{self, Reading, modified};
use super::{is_deleted, line_amount};
use crate::currency;
use crate::sheet::value::said;

/// A line and what a finding calls it.
pub(super) type Named<'o> = (&'o ItemOut, String);

/// The lines whose amounts make the total, each with a name.
pub(super) fn counted(order: &OrderRequest) -> Result<Vec<Named<'_>>, String> {
    let number = |item: &ItemOut| item.line_number.as_ref().and_then(said).map(|number| number.normalize());
    let has_parts = order.item_out.iter().any(|item| item.parent_line_number.is_some());
    let all = order.item_out.iter().filter(|_| has_parts);
    let by_number: HashMap<_, _> = all.filter_map(|item| Some((number(item)?, item))).collect();
    let named = order.item_out.iter().enumerate().map(|(index, item)| {
        let place = || Decimal::from(index + 1);
        (item, format!("line {}", number(item).unwrap_or_else(place)))
    });
    let mut lines = Vec::new();
    for (item, name) in named {
        if is_deleted(item) {
            continue;
        }
        // senders say these two, too, of lines that are to be delivered
        let is_plain = |operation: &ItemOutOperation| ["new", "update"].contains(&operation.as_str());
        if !item.operation.as_ref().is_none_or(is_plain) {
            return Err(format!("{name} has an operation"));
        }
        if item.is_return {
            return Err(format!("{name} is a return"));
        }
        match place_of(item, &by_number) {
            Place::Counts => lines.push((item, name)),
            Place::IsIn => {}
            // nothing is nothing, wherever it is counted
            Place::Unsaid if line_amount(item) == Ok(Decimal::ZERO) => {}
            Place::Unsaid => {
                return Err(format!("{name} is a part, and its whole does not say whose price counts"));
            }
        }
    }
    Ok(lines)
}

/// What a line with parts, or a part, adds to the total.
enum Place {
    Counts,
    /// Its price is that of the whole, or that of its parts.
    IsIn,
    Unsaid,
}

fn place_of(item: &ItemOut, by_number: &HashMap<Decimal, &ItemOut>) -> Place {
    /// Deeper than any article has parts of parts.
    const DEEPEST: usize = 16;
    let is_priced_by_part = |item: &ItemOut| {
        let kind = item.composite_item_type.as_ref().filter(|_| item.item_type == Some(ItemType::Composite));
        match kind {
            Some(CompositeItemType::GroupLevel) => Some(false),
            Some(CompositeItemType::ItemLevel) => Some(true),
            _ => None,
        }
    };
    let mut part = item;
    for _ in 0..DEEPEST {
        let Some(parent) = &part.parent_line_number else {
            // without parts there is nothing that its price could be in
            let is_in = is_priced_by_part(item) == Some(true) && !by_number.is_empty();
            return if is_in { Place::IsIn } else { Place::Counts };
        };
        let Some(whole) = said(parent).and_then(|number| by_number.get(&number.normalize())) else {
            return Place::Unsaid;
        };
        match is_priced_by_part(whole) {
            Some(true) => part = whole,
            Some(false) => return Place::IsIn,
            None => return Place::Unsaid,
        }
    }
    Place::Unsaid
}

/// What lines come to, and how that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    value: Decimal,
    /// How the prices were.
    pub(super) reading: Reading,
    /// Whether the modifications of the total are applied.
    pub(super) is_modified: bool,
}

impl Sum {
    /// Whether it is that of the lines' amounts as they are shown.
    pub(super) fn is_as_shown(&self) -> bool {
        self.reading == Reading::After && !self.is_modified
    }
}

/// What lines come to, by each way to read their prices.
pub(super) struct Sums {
    all: Vec<Sum>,
    /// By what is said last of it.
    pub(super) shown: Decimal,
    currency: String,
}

impl Sums {
    /// Nothing if the order has no lines, or one of them has a finding of its
    /// own. Lines that are all deleted come to nothing.
    pub(super) fn of(order: &OrderRequest, lines: &[Named<'_>]) -> Result<Option<Self>, String> {
        let total = &order.order_request_header.total;
        let money = &total.money;
        if order.item_out.is_empty() {
            return Ok(None);
        }
        if total.other.elements().next().is_some() {
            return Err("it holds what cXML does not know".to_owned());
        }
        let is_modified = |item: &ItemOut| {
            item.item_detail.as_ref().is_some_and(|detail| detail.unit_price.modifications.is_some())
        };
        let is_open = total.modifications.is_some() || lines.iter().any(|(item, _)| is_modified(item));
        let mut sums = Self { all: Vec::new(), shown: Decimal::ZERO, currency: money.currency.to_string() };
        for reading in Reading::ALL.into_iter().take(if is_open { Reading::ALL.len() } else { 1 }) {
            let [mut exact, mut rounded] = [Decimal::ZERO; 2];
            for (item, name) in lines {
                let Some(amount) = price::amount(item, name, money, reading)? else { return Ok(None) };
                let too_long = || format!("{name} is too long a number");
                exact = plus(exact, amount).ok_or_else(too_long)?;
                rounded = plus(rounded, currency::round(amount, &money.currency)).ok_or_else(too_long)?;
            }
            let made = |value, is_modified| Sum { value, reading, is_modified };
            sums.all.extend([made(rounded, false), made(exact, false)]);
            sums.shown = rounded;
            if let Some(modifications) = &total.modifications {
                let modified = |sum| modified(modifications, sum, money);
                let both = [modified(rounded), modified(exact)];
                for sum in both.into_iter().rev() {
                    sums.shown = sum.map_err(|why| format!("its modification {why}"))?;
                    sums.all.push(made(sums.shown, true));
                }
            }
        }
        sums.shown = currency::round(sums.shown, &money.currency);
        Ok(Some(sums))
    }

    /// Whether they come to a total if so much is put on them.
    pub(super) fn fit(&self, total: Decimal, more: Decimal) -> bool {
        self.fitting(total, more).next().is_some()
    }

    /// Those that do.
    pub(super) fn fitting(&self, total: Decimal, more: Decimal) -> impl Iterator<Item = Sum> {
        let fits = move |sum| sum == total || currency::round(sum, &self.currency) == total;
        self.all.iter().filter(move |sum| plus(sum.value, more).is_some_and(fits)).copied()
    }
}
