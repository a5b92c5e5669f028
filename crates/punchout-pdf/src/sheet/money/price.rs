//! What a line comes to by each way to read its price.

use punchout_cxml::{ItemOut, Modification, Modifications, Money, UnitPrice};
use rust_decimal::Decimal;

use super::exact::{minus, over, plus, times};
use super::{NoAmount, amount_at};
use crate::currency;
use crate::sheet::value::said;

/// How a price with modifications is read: as the sender means it, which it
/// does not say. A sender that says what it was before says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The price is what they have made of another.
    After,
    /// They are yet to be applied.
    Before,
    /// And what comes of it is a price in whole coins.
    BeforeRounded,
}

impl Reading {
    pub(super) const ALL: [Self; 3] = [Self::After, Self::Before, Self::BeforeRounded];
}

/// A line's amount in the currency of the total; nothing if its numbers cannot
/// be read, which is a finding of its own.
pub(super) fn amount(
    item: &ItemOut,
    name: &str,
    total: &Money,
    reading: Reading,
) -> Result<Option<Decimal>, String> {
    let Some(detail) = &item.item_detail else { return Err(format!("{name} has no price")) };
    let price = &detail.unit_price;
    let is_blank = |text: &str| text.trim().is_empty();
    if is_blank(price.money.amount.as_sent()) && is_blank(&price.money.currency) {
        return Err(format!("{name} has no price"));
    }
    if price.money.currency.trim() != total.currency.trim() {
        return Err(format!("{name} is in another currency"));
    }
    if price.pricing_conditions.is_some() || price.other.elements().next().is_some() {
        return Err(format!("the price of {name} has conditions"));
    }
    let Some(sent) = said(&price.money.amount) else { return Ok(None) };
    let price = match (&price.modifications, reading) {
        (None, _) | (_, Reading::After) => sent,
        _ if is_after(price, sent) => sent,
        (Some(modifications), _) => {
            let left = modified(modifications, sent, &price.money);
            let left = left.map_err(|why| format!("a modification of {name} {why}"))?;
            let is_rounded = matches!(reading, Reading::BeforeRounded);
            if is_rounded { currency::round(left, &price.money.currency) } else { left }
        }
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
pub(super) fn modified(
    modifications: &Modifications,
    price: Decimal,
    money: &Money,
) -> Result<Decimal, &'static str> {
    if modifications.other.elements().next().is_some() {
        return Err("holds what cXML does not know");
    }
    let level = |step: &Modification| step.level.as_ref().and_then(said).unwrap_or_default();
    let mut steps: Vec<_> = modifications.modification.iter().collect();
    steps.sort_by_key(|step| level(step));
    let mut price = price;
    for steps in steps.chunk_by(|a, b| level(a) == level(b)) {
        let mut left = price;
        for step in steps {
            left = plus(left, change(step, price, money)?).ok_or(TOO_LONG)?;
        }
        price = left;
    }
    Ok(price)
}

const TOO_LONG: &str = "is too long a number";

/// What one of them puts on a price; less than nothing if it takes something
/// off.
fn change(step: &Modification, price: Decimal, money: &Money) -> Result<Decimal, &'static str> {
    let (off, on) = (&step.additional_deduction, &step.additional_cost);
    let deducted = off.as_ref().and_then(|off| off.deducted_price.as_ref());
    let amount = match off {
        Some(off) => off.deduction_amount.as_ref(),
        None => on.as_ref().and_then(|on| on.money.as_ref()),
    };
    let percent = match off {
        Some(off) => off.deduction_percent.as_ref(),
        None => on.as_ref().and_then(|on| on.percentage.as_ref()),
    };
    let scope = step.modification_detail.as_ref().and_then(|detail| detail.scope.as_deref());
    if percent.is_none() && scope.is_some_and(|scope| !scope.trim().eq_ignore_ascii_case("UnitPrice")) {
        return Err("is of something else than the price");
    }
    let read = |money_of: &Money| {
        if money_of.currency.trim() != money.currency.trim() {
            return Err("is in another currency");
        }
        said(&money_of.amount).ok_or("cannot be read")
    };
    let change = match (deducted, amount, percent) {
        (Some(deducted), ..) => return minus(read(deducted)?, price).ok_or(TOO_LONG),
        (None, Some(amount), _) => read(amount)?,
        (None, None, Some(percent)) => {
            let percent = said(&percent.percent).ok_or("cannot be read")?;
            let share = times(price, percent).and_then(|product| over(product, Decimal::ONE_HUNDRED));
            share.ok_or(TOO_LONG)?
        }
        (None, None, None) => return Err("says no amount"),
    };
    Ok(if off.is_some() { -change } else { change })
}
