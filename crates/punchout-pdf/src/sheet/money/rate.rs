//! Holds each tax against its own rate.

use punchout_core::{Diagnostic, Severity};
use punchout_cxml::{ItemOut, ItemType, Money, OrderRequest, Tax, TaxDetail};
use rust_decimal::Decimal;

use super::exact::{over, plus, times};
use super::price::{self, Reading};
use super::tax::TAX;
use super::{LineShipping, is_deleted, line_amount, ordered};
use crate::currency;
use crate::sheet::value::said;

/// A tax, and what is known about it.
struct Known<'o> {
    at: String,
    tax: &'o Tax,
    bases: Bases,
    /// How many lines it is of.
    lines: usize,
}

/// What a tax may be on.
#[derive(Default)]
struct Bases {
    /// The total, which may hold more than the prices do.
    of_total: Vec<Money>,
    of_prices: Vec<Money>,
}

impl Bases {
    fn all(&self) -> impl Iterator<Item = &Money> {
        self.of_total.iter().chain(&self.of_prices)
    }
}

/// The taxes of an order whose prices are read in one of these ways.
fn known<'o>(order: &'o OrderRequest, readings: &[Reading]) -> impl Iterator<Item = Known<'o>> {
    let of_order = order.order_request_header.tax.iter().map(|tax| {
        let at = "order header / Tax".to_owned();
        Known { at, tax, bases: bases_of_order(order, readings), lines: order.item_out.len() }
    });
    let lines = order.item_out.iter().enumerate().filter(|(_, item)| !is_deleted(item));
    let of_lines = lines.filter_map(|(index, item)| {
        let tax = item.tax.as_deref()?;
        let number = item.line_number.as_ref().and_then(said).map(|number| number.normalize());
        let at = format!("item {} / Tax", number.unwrap_or_else(|| Decimal::from(index + 1)));
        Some(Known { at, tax, bases: bases_of_line(order, item, readings), lines: 1 })
    });
    of_order.chain(of_lines)
}

/// The taxes that are not what their rates make of what is taxed, or not what
/// their parts come to, or not in the prices that are said to hold them.
pub(super) fn contradictions(order: &OrderRequest, readings: &[Reading]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for Known { at, tax, bases, lines } in known(order, readings) {
        // what each of many is on it says itself or nobody does
        let bases = if tax.tax_detail.len() == 1 { bases } else { Bases::default() };
        let of_rates = tax.tax_detail.iter().filter_map(|detail| {
            on_top(detail, &bases, lines).or_else(|| contradiction(detail, &bases, lines))
        });
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
/// only: with its total, too, or just with its prices.
pub(super) fn fits(order: &OrderRequest, with_total: bool) -> Vec<Fit> {
    let fit = |Known { tax, mut bases, lines, .. }| {
        bases.of_total.retain(|_| with_total);
        fit(tax, &bases, lines)
    };
    known(order, &Reading::ALL).filter_map(fit).collect()
}

fn fit(tax: &Tax, bases: &Bases, lines: usize) -> Option<Fit> {
    let code = tax.money.currency.trim();
    let bases = bases.all().filter(|base| base.currency.trim() == code).map(|base| said(&base.amount));
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
fn bases_of_order(order: &OrderRequest, readings: &[Reading]) -> Bases {
    let header = &order.order_request_header;
    let total = &header.total.money;
    if ordered(order).any(|item| item.tax.is_some()) {
        return Bases::default();
    }
    let shipping = match (&header.shipping, LineShipping::of(order)) {
        (Some(shipping), LineShipping::Unsaid) => Some(shipping.money.clone()),
        (None, LineShipping::Sum(money)) => Some(money),
        (None, LineShipping::Unsaid) => None,
        // what of it is taxed nobody can tell
        _ => return Bases::default(),
    };
    let lines = readings.iter().filter(|_| !order.item_out.is_empty()).filter_map(|reading| {
        ordered(order).try_fold(Decimal::ZERO, |sum, item| {
            let is_one_currency = item.item_detail.as_ref()?.unit_price.money.currency == total.currency;
            plus(sum, amount_of(item, *reading).filter(|_| is_one_currency)?)
        })
    });
    let with = |sums| with_shipping(sums, &total.currency, shipping.as_ref());
    let of_total = with(said(&total.amount).into_iter().collect());
    // what a modified total leaves of the lines is what is taxed
    let lines = if header.total.modifications.is_none() { lines.collect() } else { Vec::new() };
    Bases { of_total, of_prices: with(lines) }
}

/// What the tax of a line may be on, if its price is all that it costs.
fn bases_of_line(order: &OrderRequest, item: &ItemOut, readings: &[Reading]) -> Bases {
    let Some(detail) = &item.item_detail else { return Bases::default() };
    let price = &detail.unit_price;
    if item.is_return || item.item_type == Some(ItemType::Composite) || price.pricing_conditions.is_some() {
        return Bases::default();
    }
    let shipping = item.shipping.as_ref().map(|shipping| &shipping.money);
    let amounts = readings.iter().filter_map(|reading| amount_of(item, *reading));
    // what is taken off the total is taken off each line by those who tax what is left
    let total = &order.order_request_header.total;
    let left = |amount| price::modified(total.modifications.as_ref()?, amount, &total.money).ok();
    let amounts = amounts.flat_map(|amount| [Some(amount), left(amount)]).flatten().collect();
    Bases { of_prices: with_shipping(amounts, &price.money.currency, shipping), ..Bases::default() }
}

fn amount_of(item: &ItemOut, reading: Reading) -> Option<Decimal> {
    price::amount(item, "", &item.item_detail.as_ref()?.unit_price.money, reading).ok().flatten()
}

/// Sums, without shipping and with it.
fn with_shipping(sums: Vec<Decimal>, currency: &str, shipping: Option<&Money>) -> Vec<Money> {
    let more = shipping.filter(|money| money.currency == currency).and_then(|money| said(&money.amount));
    let both = |sum: Decimal| [Some(sum), more.and_then(|more| plus(sum, more))];
    sums.into_iter().flat_map(both).flatten().map(|sum| Money::new(sum, currency)).collect()
}

/// Whether the tax of a line is on its amount alone: with shipping of its own it
/// may be on that too.
pub(super) fn is_on_amount(item: &ItemOut) -> bool {
    let shipping = item.shipping.as_ref().map(|shipping| said(&shipping.money.amount));
    let (Some(tax), Some(shipping)) = (item.tax.as_deref(), shipping) else { return true };
    let Ok(net) = line_amount(item) else { return false };
    let is_on = |detail: &TaxDetail| match &detail.taxable_amount {
        Some(base) => said(&base.amount) == Some(currency::round(net, base.currency.trim())),
        None => Due::of(detail, 1).and_then(|due| due.fits(net)).is_some_and(|ways| ways.contains(&true)),
    };
    shipping.is_some_and(|shipping| shipping.is_zero())
        || !tax.tax_detail.is_empty() && tax.tax_detail.iter().all(is_on)
}

/// Whether a tax is of goods, as far as it says what it is of.
pub(super) fn is_on_goods(detail: &TaxDetail) -> bool {
    detail.purpose.as_ref().is_none_or(|purpose| purpose.trim().eq_ignore_ascii_case("tax"))
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
        let is_on_goods = detail.taxable_amount.is_some() || is_on_goods(detail);
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

/// What is said of a tax that should be in the price and can only be on it.
fn on_top(detail: &TaxDetail, bases: &Bases, lines: usize) -> Option<String> {
    let due = Due::of(detail, lines).filter(|_| detail.is_included_in_price)?;
    let code = due.code;
    let read = |base: &Money| said(&base.amount).filter(|_| base.currency.trim() == code);
    let goes = |base: Decimal| -> Option<[bool; 2]> {
        match &detail.taxable_amount {
            None => due.fits(base),
            Some(taxed) => {
                let net = read(taxed)?;
                let with = plus(net, due.sent)?;
                // one that is told with its tax is the price
                let is_with = due.fits(net)? == [false, true];
                Some([base == net && !is_with, base == with || base == net && is_with])
            }
        }
    };
    // the prices are believed before the total, which may hold the tax that they do not
    [&bases.of_prices, &bases.of_total].into_iter().find_map(|bases| {
        let ways: Vec<_> = bases.iter().filter_map(|base| Some((read(base)?, goes(read(base)?)?))).collect();
        ways.iter().any(|(_, way)| way.contains(&true)).then(|| {
            let is_in = ways.iter().any(|(_, [_, inside])| *inside);
            let base = ways.iter().find(|(_, [on, _])| *on).filter(|_| !is_in)?.0;
            let (rate, sent) = (due.rate.normalize(), due.sent);
            Some(format!(
                "{rate}% of {base} {code} is {sent} {code}, so the tax comes on top; `isIncludedInPrice` says it does not"
            ))
        })
    })?
}

/// What is said of a tax that its rate makes of none of the bases, be it on
/// them or in them.
fn contradiction(detail: &TaxDetail, bases: &Bases, lines: usize) -> Option<String> {
    let due = Due::of(detail, lines)?;
    let Due { rate, sent, code, .. } = due;
    let mut first = None;
    let bases = if detail.taxable_amount.is_some() { None } else { Some(bases.all()) };
    for base in detail.taxable_amount.iter().chain(bases.into_iter().flatten()) {
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
