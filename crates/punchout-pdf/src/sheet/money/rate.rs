//! Holds each tax against its own rate.

use std::slice;

use punchout_core::{Diagnostic, Severity};
use punchout_cxml::{ItemOut, ItemType, Money, OrderRequest, Tax, TaxDetail};
use rust_decimal::Decimal;

use super::exact::{over, plus, times};
use super::tax::TAX;
use super::{LineShipping, is_deleted, line_amount, ordered};
use crate::currency;
use crate::sheet::value::said;

/// A tax, and what is known about it.
struct Known<'o> {
    at: String,
    tax: &'o Tax,
    /// What it may be on.
    bases: Vec<Money>,
    /// How many lines it is of.
    lines: usize,
}

fn known(order: &OrderRequest) -> impl Iterator<Item = Known<'_>> {
    let of_order = order.order_request_header.tax.iter().map(|tax| {
        let at = "order header / Tax".to_owned();
        Known { at, tax, bases: bases_of_order(order), lines: order.item_out.len() }
    });
    let lines = order.item_out.iter().enumerate().filter(|(_, item)| !is_deleted(item));
    let of_lines = lines.filter_map(|(index, item)| {
        let tax = item.tax.as_deref()?;
        let number = item.line_number.as_ref().and_then(said).map(|number| number.normalize());
        let at = format!("item {} / Tax", number.unwrap_or_else(|| Decimal::from(index + 1)));
        Some(Known { at, tax, bases: bases_of_line(item), lines: 1 })
    });
    of_order.chain(of_lines)
}

/// The taxes that are not what their rates make of what is taxed, or not what
/// their parts come to.
pub(super) fn contradictions(order: &OrderRequest) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for Known { at, tax, bases, lines } in known(order) {
        // what each of many is on it says itself or nobody does
        let bases = if tax.tax_detail.len() == 1 { bases } else { Vec::new() };
        let of_rates = tax.tax_detail.iter().filter_map(|detail| contradiction(detail, &bases, lines));
        found.extend(of_rates.chain(contradiction_of_parts(tax)).map(|message| {
            Diagnostic::new(TAX, Severity::Warning, message)
                .at(at.as_str())
                .help("the document shows the tax as sent and adds nothing up; ask which one holds")
        }));
    }
    found
}

/// How a tax goes with what it is the tax of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It comes on top.
    On,
    /// It is in it.
    In,
}

/// How the taxes of an order go with its amounts, those that go in one way
/// only.
pub(super) fn fits(order: &OrderRequest) -> Vec<Fit> {
    known(order).filter_map(|Known { tax, bases, lines, .. }| fit(tax, &bases, lines)).collect()
}

fn fit(tax: &Tax, bases: &[Money], lines: usize) -> Option<Fit> {
    let code = tax.money.currency.trim();
    let bases = bases.iter().filter(|base| base.currency.trim() == code).map(|base| said(&base.amount));
    let details = tax.tax_detail.as_slice();
    let first = details.first()?;
    let taxable = |detail: &TaxDetail| {
        let base = detail.taxable_amount.as_ref()?;
        said(&base.amount).filter(|_| base.currency.trim() == code)
    };
    let [on_top, inside] = if first.taxable_amount.is_some() {
        let base = details.iter().try_fold(Decimal::ZERO, |sum, detail| plus(sum, taxable(detail)?))?;
        let with = plus(base, said(&tax.money.amount)?)?;
        let bases: Vec<_> = bases.collect();
        [base, with].map(|sum| bases.contains(&Some(sum)))
    } else {
        let due = Due::of(first, lines).filter(|_| details.len() == 1)?;
        let mut ways = (false, false);
        for base in bases {
            let [on_top, inside] = due.fits(base?)?;
            ways = (ways.0 || on_top, ways.1 || inside);
        }
        ways.into()
    };
    match [on_top, inside] {
        [true, false] => Some(Fit::On),
        [false, true] => Some(Fit::In),
        _ => None,
    }
}

/// What the tax of an order may be on: the total, or what the lines come to,
/// and shipping with it. Lines with taxes of their own may bear many rates.
fn bases_of_order(order: &OrderRequest) -> Vec<Money> {
    let header = &order.order_request_header;
    let total = &header.total.money;
    if header.total.modifications.is_some() || ordered(order).any(|item| item.tax.is_some()) {
        return Vec::new();
    }
    let lines = ordered(order).try_fold(Decimal::ZERO, |sum, item| {
        let is_one_currency = item.item_detail.as_ref()?.unit_price.money.currency == total.currency;
        plus(sum, line_amount(item).ok().filter(|_| is_one_currency)?)
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
    let both = |sum: Decimal| [Some(sum), more.and_then(|more| plus(sum, more))];
    sums.into_iter().flat_map(both).flatten().map(|sum| Money::new(sum, currency)).collect()
}

/// What a tax says of its rate and comes to.
struct Due<'o> {
    rate: Decimal,
    sent: Decimal,
    code: &'o str,
    /// By so much may rounding be off: each line may be rounded, and what they
    /// come to.
    slack: Decimal,
    /// And by such a part of the base may a rate with decimals be.
    off: Decimal,
}

impl<'o> Due<'o> {
    /// Nothing if the tax may follow from something else than its rate.
    fn of(detail: &'o TaxDetail, lines: usize) -> Option<Self> {
        let rate = said(detail.percentage_rate.as_ref()?)?;
        let sent = said(&detail.tax_amount.amount)?;
        let code = detail.tax_amount.currency.trim();
        let is_plain = !detail.is_withholding_tax
            && detail.exempt_detail.is_none()
            && detail.tax_exemption.is_none()
            && detail.base_percentage_rate.is_none()
            && detail.tax_adjustment_amount.is_none();
        let is_on_goods = detail.taxable_amount.is_some()
            || detail.purpose.as_ref().is_none_or(|purpose| purpose.trim().eq_ignore_ascii_case("tax"));
        let slack = half_coin(code) * Decimal::from(lines + 2);
        let places = rate.normalize().scale();
        let off = Decimal::try_new(5, places + 1).ok().filter(|_| places > 0).unwrap_or_default();
        (is_plain && is_on_goods).then_some(Self { rate, sent, code, slack, off })
    }

    /// What the rate makes on a base, and in it.
    fn both(&self, base: Decimal) -> Option<[Decimal; 2]> {
        let product = times(base, self.rate)?;
        let in_base = plus(Decimal::ONE_HUNDRED, self.rate)?;
        Some([over(product, Decimal::ONE_HUNDRED)?, over(product, in_base)?])
    }

    /// Whether the tax is what the rate makes on a base, and in it.
    fn fits(&self, base: Decimal) -> Option<[bool; 2]> {
        let off = over(times(base.abs(), self.off)?, Decimal::ONE_HUNDRED)?;
        let slack = plus(off, self.slack)?;
        Some(self.both(base)?.map(|due| due.saturating_sub(self.sent).abs() <= slack))
    }
}

fn half_coin(code: &str) -> Decimal {
    Decimal::new(5, currency::decimals(code) + 1)
}

/// What is said of a tax that its rate makes of none of the bases, be it on
/// them or in them.
fn contradiction(detail: &TaxDetail, bases: &[Money], lines: usize) -> Option<String> {
    let due = Due::of(detail, lines)?;
    let Due { rate, sent, code, .. } = due;
    let mut first = None;
    for base in detail.taxable_amount.as_ref().map_or(bases, slice::from_ref) {
        let base = said(&base.amount).filter(|_| base.currency.trim() == code)?;
        if due.fits(base)?.contains(&true) {
            return None;
        }
        first = first.or(Some(base));
    }
    let base = first?;
    let [on, held] = due.both(base)?;
    let (word, wanted) = if detail.is_included_in_price { ("in", held) } else { ("of", on) };
    let wanted = currency::round(wanted, code).normalize();
    Some(format!("{}% {word} {base} {code} is {wanted} {code}, the tax says {sent} {code}", rate.normalize()))
}

/// What is said of a tax that is something else than its parts.
fn contradiction_of_parts(tax: &Tax) -> Option<String> {
    let code = tax.money.currency.trim();
    let sent = said(&tax.money.amount)?;
    // what is withheld or adjusted may be counted in it or not
    let is_plain = |detail: &TaxDetail| !detail.is_withholding_tax && detail.tax_adjustment_amount.is_none();
    if tax.tax_detail.is_empty() || !tax.tax_detail.iter().all(is_plain) {
        return None;
    }
    let sum = tax.tax_detail.iter().try_fold(Decimal::ZERO, |sum, detail| {
        let fits = detail.tax_amount.currency.trim() == code;
        plus(sum, said(&detail.tax_amount.amount).filter(|_| fits)?)
    })?;
    let slack = half_coin(code) * Decimal::from(tax.tax_detail.len() + 1);
    let differs = sum.saturating_sub(sent).abs() > slack;
    differs.then(|| {
        let sum = sum.normalize();
        format!("the parts of the tax come to {sum} {code}, the tax says {sent} {code}")
    })
}
