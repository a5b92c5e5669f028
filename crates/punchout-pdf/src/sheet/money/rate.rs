//! Holds each tax against its own rate.

use std::slice;

use punchout_core::{Diagnostic, Severity};
use punchout_cxml::{ItemOut, ItemType, Money, OrderRequest, TaxDetail};
use rust_decimal::Decimal;

use super::tax::TAX;
use super::{LineShipping, is_deleted, line_amount, ordered};
use crate::currency;
use crate::sheet::value::said;

/// The taxes that are not what their rates make of what is taxed.
pub(super) fn contradictions(order: &OrderRequest) -> Vec<Diagnostic> {
    let of_order = order.order_request_header.tax.iter().map(|tax| {
        let at = "order header / Tax".to_owned();
        (at, tax, bases_of_order(order), order.item_out.len())
    });
    let lines = order.item_out.iter().enumerate().filter(|(_, item)| !is_deleted(item));
    let of_lines = lines.filter_map(|(index, item)| {
        let number = item.line_number.as_ref().and_then(said).map(|number| number.normalize());
        let at = format!("item {} / Tax", number.unwrap_or_else(|| Decimal::from(index + 1)));
        Some((at, item.tax.as_deref()?, bases_of_line(item), 1))
    });
    let mut found = Vec::new();
    for (at, tax, bases, lines) in of_order.chain(of_lines) {
        // what each of many is on it says itself or nobody does
        let bases = if tax.tax_detail.len() == 1 { bases } else { Vec::new() };
        let messages = tax.tax_detail.iter().filter_map(|detail| contradiction(detail, &bases, lines));
        found.extend(messages.map(|message| {
            Diagnostic::new(TAX, Severity::Warning, message)
                .at(at.as_str())
                .help("the document shows the tax as sent and adds nothing up; ask which one holds")
        }));
    }
    found
}

/// What the tax of an order may be on: the total, or what the lines come to,
/// and shipping with it. Lines with taxes of their own may bear many rates.
fn bases_of_order(order: &OrderRequest) -> Vec<Money> {
    let header = &order.order_request_header;
    let total = &header.total.money;
    if header.total.modifications.is_some() || order.item_out.iter().any(|item| item.tax.is_some()) {
        return Vec::new();
    }
    let lines = ordered(order).try_fold(Decimal::ZERO, |sum, item| {
        let is_one_currency = item.item_detail.as_ref()?.unit_price.money.currency == total.currency;
        sum.checked_add(line_amount(item).ok().filter(|_| is_one_currency)?)
    });
    let shipping = match (&header.shipping, LineShipping::of(order)) {
        (Some(shipping), LineShipping::Unsaid) => Some(shipping.money.clone()),
        (None, LineShipping::Sum(money)) => Some(money),
        (None, LineShipping::Unsaid) => None,
        // what of it is taxed nobody can tell
        _ => return Vec::new(),
    };
    let sums = said(&total.amount).into_iter().chain(lines.filter(|_| !order.item_out.is_empty()));
    with_shipping(sums, &total.currency, shipping.as_ref())
}

/// What the tax of a line may be on, if its price is all that it costs.
fn bases_of_line(item: &ItemOut) -> Vec<Money> {
    let Some(detail) = &item.item_detail else { return Vec::new() };
    let price = &detail.unit_price;
    let is_open = item.is_return
        || item.item_type == Some(ItemType::Composite)
        || price.is_modified()
        || price.pricing_conditions.is_some();
    let shipping = item.shipping.as_ref().map(|shipping| &shipping.money);
    with_shipping(line_amount(item).ok().filter(|_| !is_open), &price.money.currency, shipping)
}

/// Sums, without shipping and with it.
fn with_shipping(
    sums: impl IntoIterator<Item = Decimal>,
    currency: &str,
    shipping: Option<&Money>,
) -> Vec<Money> {
    let more = shipping.filter(|money| money.currency == currency).and_then(|money| said(&money.amount));
    let both = |sum: Decimal| [Some(sum), more.and_then(|more| sum.checked_add(more))];
    sums.into_iter().flat_map(both).flatten().map(|sum| Money::new(sum, currency)).collect()
}

/// What is said of a tax that its rate makes of none of the bases, be it on
/// them or in them.
fn contradiction(detail: &TaxDetail, bases: &[Money], lines: usize) -> Option<String> {
    let rate = said(detail.percentage_rate.as_ref()?)?;
    let tax = &detail.tax_amount;
    let sent = said(&tax.amount)?;
    let code = tax.currency.trim();
    let is_plain = !detail.is_withholding_tax
        && detail.exempt_detail.is_none()
        && detail.tax_exemption.is_none()
        && detail.base_percentage_rate.is_none()
        && detail.tax_adjustment_amount.is_none();
    let is_on_goods = detail.taxable_amount.is_some()
        || detail.purpose.as_ref().is_none_or(|purpose| purpose.trim().eq_ignore_ascii_case("tax"));
    if !is_plain || !is_on_goods {
        return None;
    }
    let half_coin = Decimal::new(5, currency::decimals(code) + 1);
    // each line may be rounded, and what they come to; a rate with decimals, too
    let slack = half_coin * Decimal::from(lines + 2);
    let places = rate.normalize().scale();
    let off = Decimal::try_new(5, places + 1).ok().filter(|_| places > 0).unwrap_or_default();
    let share = |base: Decimal, of: Decimal, whole: Decimal| base.checked_mul(of)?.checked_div(whole);
    let mut first = None;
    for base in detail.taxable_amount.as_ref().map_or(bases, slice::from_ref) {
        let base = said(&base.amount).filter(|_| base.currency.trim() == code)?;
        let slack = share(base.abs(), off, Decimal::ONE_HUNDRED)?.checked_add(slack)?;
        let due = share(base, rate, Decimal::ONE_HUNDRED)?;
        let held = share(base, rate, Decimal::ONE_HUNDRED.checked_add(rate)?)?;
        if [due, held].iter().any(|due| due.saturating_sub(sent).abs() <= slack) {
            return None;
        }
        let wanted = if detail.is_included_in_price { (base, "in", held) } else { (base, "of", due) };
        first = first.or(Some(wanted));
    }
    let (base, word, due) = first?;
    let due = currency::round(due, code).normalize();
    Some(format!("{}% {word} {base} {code} is {due} {code}, the tax says {sent} {code}", rate.normalize()))
}
