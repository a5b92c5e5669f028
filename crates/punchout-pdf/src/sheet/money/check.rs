//! Holds the order's total and tax against its lines.

use std::collections::HashMap;

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{
    CompositeItemType, ItemOut, ItemOutOperation, ItemType, Modifications, Money, OrderRequest, UnitPrice,
};
use rust_decimal::Decimal;

use super::rate::contradictions;
use super::tax::{Held, TAX, is_withheld};
use super::{LineShipping, NoAmount, amount_at, is_deleted, line_amount};
use crate::currency;
use crate::sheet::value::said;

/// The lines come to something else than the order's total.
const TOTAL: Code = Code::new("PDF-TOTAL");
/// The lines cannot be held against what the order says of all of them.
const UNCHECKED: Code = Code::new("PDF-UNCHECKED");

/// What came of holding the order's total and its tax against its lines.
pub(in crate::sheet) struct Check {
    total: Verdict,
    tax: Verdict,
    rates: Vec<Diagnostic>,
}

enum Verdict {
    /// It fits, or there is nothing to compare.
    Fits,
    /// The lines come to this.
    Differs(Decimal),
    /// Nobody can tell, for this reason.
    Unchecked(String),
}

impl Verdict {
    fn of(result: Result<Option<Decimal>, String>) -> Self {
        match result {
            Ok(None) => Self::Fits,
            Ok(Some(sum)) => Self::Differs(sum),
            Err(reason) => Self::Unchecked(reason),
        }
    }
}

impl Check {
    pub(in crate::sheet) fn of(order: &OrderRequest) -> Self {
        let counted = counted(order);
        Self {
            total: Verdict::of(
                counted.as_ref().map_or_else(|why| Err(why.clone()), |lines| total(order, lines)),
            ),
            // what keeps the lines from being counted is told once
            tax: counted.map_or(Verdict::Fits, |lines| Verdict::of(tax(order, &lines))),
            rates: contradictions(order),
        }
    }

    /// Whether the total holds something else than the lines.
    pub(super) fn is_total_open(&self) -> bool {
        matches!(self.total, Verdict::Differs(_))
    }

    /// Whether the tax is another than that of the lines, or than its rate makes.
    pub(super) fn is_tax_open(&self) -> bool {
        matches!(self.tax, Verdict::Differs(_)) || !self.rates.is_empty()
    }

    pub(in crate::sheet) fn report(&self, order: &OrderRequest, sink: &mut dyn Sink) {
        let header = &order.order_request_header;
        let tax = header.tax.as_ref().map(|tax| &tax.money);
        for (verdict, code, what, at, money) in [
            (&self.total, TOTAL, "total", "order header / Total", Some(&header.total.money)),
            (&self.tax, TAX, "tax", "order header / Tax", tax),
        ] {
            let Some(money) = money else { continue };
            let finding = match verdict {
                Verdict::Fits => continue,
                Verdict::Differs(sum) => {
                    let (said, currency) = (money.amount.value(), money.currency.as_str());
                    let of = if code == TAX { "taxes of the lines come" } else { "lines come" };
                    let sum = sum.normalize();
                    let message = format!("the {of} to {sum} {currency}, the {what} says {said} {currency}");
                    Diagnostic::new(code, Severity::Warning, message)
                        .help("the document shows both as sent and adds nothing up; ask which one holds")
                }
                Verdict::Unchecked(why) => {
                    let message = format!("the {what} is not checked against the lines: {why}");
                    Diagnostic::new(UNCHECKED, Severity::Note, message)
                        .help("the document shows it as sent; see by hand that it fits")
                }
            };
            sink.report(finding.at(at));
        }
        self.rates.iter().cloned().for_each(|finding| sink.report(finding));
    }
}

/// The lines whose amounts make the total, each with a name.
fn counted(order: &OrderRequest) -> Result<Vec<(&ItemOut, String)>, String> {
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

/// How a price with modifications is read: as the sender means it, which it
/// does not say. A sender that says what it was before says which.
#[derive(Clone, Copy)]
enum Reading {
    /// The price is what they have made of another.
    After,
    /// They are yet to be applied.
    Before,
    /// And what comes of it is a price in whole coins.
    BeforeRounded,
}

/// What the lines come to, if that is not the total by any reading.
fn total(order: &OrderRequest, lines: &[(&ItemOut, String)]) -> Result<Option<Decimal>, String> {
    let total = &order.order_request_header.total;
    let money = &total.money;
    if lines.is_empty() || money.amount.as_sent().trim().is_empty() {
        return Ok(None);
    }
    let sent = said(&money.amount).ok_or("it cannot be read")?;
    if total.other.elements().next().is_some() {
        return Err("it holds what cXML does not know".to_owned());
    }
    let mut is_modified = total.modifications.is_some();
    let mut sums = Vec::new();
    let mut shown = None;
    for reading in [Reading::After, Reading::Before, Reading::BeforeRounded] {
        let [mut exact, mut rounded] = [Decimal::ZERO; 2];
        for (item, name) in lines {
            let Some(amount) = line(item, name, money, reading)? else { return Ok(None) };
            let too_long = || format!("{name} is too long a number");
            exact = exact.checked_add(amount).ok_or_else(too_long)?;
            rounded = rounded.checked_add(currency::round(amount, &money.currency)).ok_or_else(too_long)?;
            is_modified |=
                item.item_detail.as_ref().is_some_and(|detail| detail.unit_price.modifications.is_some());
        }
        let mut both = vec![rounded, exact];
        if let Some(modifications) = &total.modifications {
            for sum in [rounded, exact] {
                both.push(
                    modified(modifications, sum, money).map_err(|why| format!("its modification {why}"))?,
                );
            }
        }
        // what they come to by what is said last of it
        shown = both.get(if total.modifications.is_some() { 2 } else { 0 }).copied();
        sums.extend(both);
        if !is_modified {
            break;
        }
    }
    let fits = |sum: &Decimal| *sum == sent || currency::round(*sum, &money.currency) == sent;
    Ok(shown.filter(|_| !sums.iter().any(fits)).map(|sum| currency::round(sum, &money.currency)))
}

/// A line's amount in the currency of the total; nothing if its numbers cannot
/// be read, which is a finding of its own.
fn line(item: &ItemOut, name: &str, total: &Money, reading: Reading) -> Result<Option<Decimal>, String> {
    let Some(detail) = &item.item_detail else { return Err(format!("{name} has no price")) };
    let price = &detail.unit_price;
    if price.money.currency.trim() != total.currency.trim() {
        return Err(format!("{name} is in another currency"));
    }
    if price.pricing_conditions.is_some() || price.other.elements().next().is_some() {
        return Err(format!("the price of {name} has conditions"));
    }
    let Some(sent) = said(&price.money.amount) else { return Ok(None) };
    let price = match reading {
        _ if is_after(price, sent) => sent,
        Reading::After => sent,
        Reading::Before | Reading::BeforeRounded => match &price.modifications {
            None => sent,
            Some(modifications) => {
                let left = modified(modifications, sent, &price.money);
                let left = left.map_err(|why| format!("a modification of {name} {why}"))?;
                let is_rounded = matches!(reading, Reading::BeforeRounded);
                if is_rounded { currency::round(left, &price.money.currency) } else { left }
            }
        },
    };
    match amount_at(item, price) {
        Ok(amount) => Ok(Some(amount)),
        Err(NoAmount::NoPrice) => Err(format!("{name} has no price")),
        Err(_) => Ok(None),
    }
}

/// Whether a price is what its modifications make of the one that they name.
fn is_after(price: &UnitPrice, sent: Decimal) -> bool {
    let Some(modifications) = &price.modifications else { return false };
    let original = modifications.modification.iter().find_map(|step| step.original_price.as_ref());
    let made = original
        .filter(|original| original.money.currency == price.money.currency)
        .and_then(|original| modified(modifications, said(&original.money.amount)?, &price.money).ok());
    made.is_some_and(|made| made == sent || currency::round(made, &price.money.currency) == sent)
}

/// What modifications make of a price, level by level: those of one level are
/// of the same price.
fn modified(modifications: &Modifications, price: Decimal, money: &Money) -> Result<Decimal, &'static str> {
    const TOO_LONG: &str = "is too long a number";
    if modifications.other.elements().next().is_some() {
        return Err("holds what cXML does not know");
    }
    let level = |step: &punchout_cxml::Modification| step.level.as_ref().and_then(said).unwrap_or_default();
    let mut steps: Vec<_> = modifications.modification.iter().collect();
    steps.sort_by_key(|step| level(step));
    let mut price = price;
    for steps in steps.chunk_by(|a, b| level(a) == level(b)) {
        let mut left = price;
        for step in steps {
            let (off, on) = (&step.additional_deduction, &step.additional_cost);
            let deducted = off.as_ref().and_then(|off| off.deducted_price.as_ref());
            let amount = off
                .as_ref()
                .and_then(|off| off.deduction_amount.as_ref())
                .or_else(|| on.as_ref().and_then(|on| on.money.as_ref()));
            let percent = off
                .as_ref()
                .and_then(|off| off.deduction_percent.as_ref())
                .or_else(|| on.as_ref().and_then(|on| on.percentage.as_ref()));
            let scope = step.modification_detail.as_ref().and_then(|detail| detail.scope.as_deref());
            if percent.is_none() && scope.is_some_and(|scope| !scope.trim().eq_ignore_ascii_case("UnitPrice"))
            {
                return Err("is of something else than the price");
            }
            let sum = |money_of: &Money| {
                if money_of.currency.trim() != money.currency.trim() {
                    return Err("is in another currency");
                }
                said(&money_of.amount).ok_or("cannot be read")
            };
            let change = match (deducted, amount, percent) {
                (Some(deducted), ..) => sum(deducted)?.checked_sub(price).map(|change| -change),
                (None, Some(amount), _) => Some(sum(amount)?),
                (None, None, Some(percent)) => {
                    let percent = said(&percent.percent).ok_or("cannot be read")?;
                    price.checked_mul(percent).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED))
                }
                (None, None, None) => return Err("says no amount"),
            };
            let change = change.ok_or(TOO_LONG)?;
            left = if off.is_some() { left.checked_sub(change) } else { left.checked_add(change) }
                .ok_or(TOO_LONG)?;
        }
        price = left;
    }
    Ok(price)
}

/// What the taxes of the lines come to, if that is not the order's. That may
/// have the tax on shipping in it, and round once what the lines round one by
/// one.
fn tax(order: &OrderRequest, lines: &[(&ItemOut, String)]) -> Result<Option<Decimal>, String> {
    let header = &order.order_request_header;
    let Some(of_order) = &header.tax else { return Ok(None) };
    let mut taxes = Vec::new();
    for (item, name) in lines {
        let Some(tax) = item.tax.as_deref() else { return Ok(None) };
        taxes.push((tax, name));
    }
    if taxes.is_empty() || Held::of(order) == Held::Some || is_withheld(order) {
        return Ok(None);
    }
    if header.total.modifications.is_some() {
        return Err("the total is modified".to_owned());
    }
    let code = of_order.money.currency.trim();
    let sent = said(&of_order.money.amount).ok_or("it cannot be read")?;
    let mut sum = Decimal::ZERO;
    for (tax, name) in &taxes {
        if tax.money.currency.trim() != code {
            return Err(format!("the tax of {name} is in another currency"));
        }
        let tax = said(&tax.money.amount).ok_or_else(|| format!("the tax of {name} cannot be read"))?;
        sum = sum.checked_add(tax).ok_or_else(|| format!("the tax of {name} is too long a number"))?;
    }
    let half_coin = Decimal::new(5, currency::decimals(code) + 1);
    let slack = half_coin * Decimal::from(taxes.len() + 1);
    let details = taxes.iter().map(|(tax, _)| *tax).chain([of_order]).flat_map(|tax| &tax.tax_detail);
    let highest = details.filter_map(|detail| detail.percentage_rate.as_ref().and_then(said)).max();
    let shipping = match (&header.shipping, LineShipping::of(order)) {
        (Some(shipping), _) => Some(shipping.money.clone()),
        (None, LineShipping::Sum(money)) => Some(money),
        (None, LineShipping::Unsaid) => None,
        (None, LineShipping::Open) => return Err("it may hold the tax on shipping".to_owned()),
    };
    let of_shipping = match shipping {
        None => Decimal::ZERO,
        Some(money) => {
            let shipping = said(&money.amount).filter(|_| money.currency.trim() == code);
            let most = shipping.zip(highest).and_then(|(shipping, rate)| shipping.checked_mul(rate));
            most.ok_or("it may hold the tax on shipping")? / Decimal::ONE_HUNDRED
        }
    };
    let most = sum.saturating_add(of_shipping).saturating_add(slack);
    let fits = sum.saturating_sub(slack) <= sent && sent <= most;
    Ok((!fits).then_some(sum))
}
