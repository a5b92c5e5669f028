//! What the order costs.

use std::collections::BTreeMap;

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{ItemOut, OrderRequest, Tax};
use rust_decimal::Decimal;

use super::item::{is_vat, tracking};
use super::value::{description, words};
use super::{Fact, Total};
use crate::texts::Texts;
use crate::tree::Element;
use crate::{Amounts, currency};

/// The lines come to something else than the order's total.
const TOTAL: Code = Code::new("PDF-TOTAL");
/// Lines should hold their tax, and the order does not say what it is.
const TAX: Code = Code::new("PDF-TAX");

/// Why a line has no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAmount {
    /// The order gives no price, as for a limit item.
    NoPrice,
    /// The price is for none of its unit.
    NoBasis,
    /// The result has more than 28 digits.
    TooLong,
}

/// What a line costs, not rounded: quantity × conversion factor × price ÷
/// basis quantity.
pub(super) fn line_amount(item: &ItemOut) -> Result<Decimal, NoAmount> {
    let detail = item.item_detail.as_ref().ok_or(NoAmount::NoPrice)?;
    let price = detail.unit_price.money.amount.value();
    let times = |a: Decimal, b: Decimal| a.checked_mul(b).ok_or(NoAmount::TooLong);
    let Some(basis) = &detail.price_basis_quantity else { return times(item.quantity.value(), price) };
    if basis.quantity.value().is_zero() {
        return Err(NoAmount::NoBasis);
    }
    let units = times(item.quantity.value(), basis.conversion_factor.value())?;
    // division last, so that nothing is lost before it
    times(units, price)?.checked_div(basis.quantity.value()).ok_or(NoAmount::TooLong)
}

/// What the amounts of lines hold besides the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taxes {
    /// Nothing: they are without tax, or hold it already as sent.
    AsSent { included: bool },
    /// The tax that each line states.
    OfLine,
    /// The one rate of the order, in hundredths.
    Rate(Decimal),
}

impl Taxes {
    /// How the lines of an order are shown.
    pub(super) fn of(order: &OrderRequest, amounts: Amounts, sink: &mut dyn Sink) -> Self {
        let of_order = order.order_request_header.tax.as_ref();
        let of_lines = || order.item_out.iter().map(|item| item.tax.as_deref());
        let included = |tax: &Tax| tax.tax_detail.iter().any(|detail| detail.is_included_in_price);
        if of_order.is_some_and(included) || of_lines().flatten().any(included) {
            return Self::AsSent { included: true };
        }
        if amounts != Amounts::IncludingTax {
            return Self::AsSent { included: false };
        }
        let priced = || order.item_out.iter().filter(|item| item.item_detail.is_some());
        if priced().next().is_some() && priced().all(|item| item.tax.is_some()) {
            return Self::OfLine;
        }
        let rates = of_order.map(|tax| tax.tax_detail.as_slice()).unwrap_or_default();
        if let ([detail], false) = (rates, of_lines().any(|tax| tax.is_some()))
            && let Some(rate) = &detail.percentage_rate
        {
            return Self::Rate(rate.value());
        }
        if !order.item_out.is_empty() {
            sink.report(
                Diagnostic::new(TAX, Severity::Warning, "the order does not say what tax each line bears")
                    .at("order header / Tax")
                    .help("the lines are shown without tax; send Tax with each line, or amounts without tax"),
            );
        }
        Self::AsSent { included: false }
    }

    pub(super) fn are_included(self) -> bool {
        self != Self::AsSent { included: false }
    }

    /// A line's amount as it is shown.
    pub(super) fn of_line(self, item: &ItemOut, net: Decimal) -> Option<Decimal> {
        match self {
            Self::AsSent { .. } => Some(net),
            Self::OfLine => net.checked_add(item.tax.as_ref().map(|tax| tax.money.amount.value())?),
            Self::Rate(rate) => net.checked_add(net.checked_mul(rate)?.checked_div(Decimal::ONE_HUNDRED)?),
        }
    }
}

/// The order's total as sent, shipping and tax, and what that makes.
pub(super) fn totals(
    order: &OrderRequest,
    header: Element<'_>,
    amounts: Amounts,
    taxes: Taxes,
    texts: &Texts,
) -> Vec<Total> {
    let typed = &order.order_request_header;
    let total = &typed.total.money;
    let currency = total.currency.as_str();
    let mut rows = Vec::new();
    // what is not there adds up to nothing that could be shown
    let has_total = header.child("Total").is_some_and(|total| total.child("Money").is_some());
    let mut sum = Some(total.amount.value()).filter(|_| has_total);
    let mut add = |money: &punchout_cxml::Money| {
        let fits = money.currency.as_str() == currency;
        sum = sum.filter(|_| fits).and_then(|sum| sum.checked_add(money.amount.value()));
    };
    let included = matches!(taxes, Taxes::AsSent { included: true });

    let mut first = Total::new(texts.total, texts.money_in(header.child("Total")));
    first.notes = header.child("Total").map(|total| notes(&texts.modifications(total))).unwrap_or_default();
    rows.push(first);
    if let (Some(typed), Some(shipping)) = (&typed.shipping, header.child("Shipping")) {
        add(&typed.money);
        let what = shipping.child("Description").map(description).unwrap_or_default();
        let mut row = Total::new(words([texts.shipping, &what]), texts.money_in(Some(shipping)));
        let mut said = texts.modifications(shipping);
        tracking(shipping, texts, &mut |label: &str, value: String| {
            if !value.is_empty() {
                said.push(Fact::new(label, value));
            }
        });
        row.notes = notes(&said);
        rows.push(row);
    }
    let mut has_tax = false;
    if let (Some(typed), Some(tax)) = (&typed.tax, header.child("Tax")) {
        add(&typed.money);
        has_tax = true;
        let what = tax.child("Description").map(description).unwrap_or_default();
        let what = if is_vat(&what) { "" } else { what.as_str() };
        let rates: Vec<_> = tax.all("TaxDetail").map(|detail| texts.tax_detail(detail)).collect();
        let whole = texts.money_in(Some(tax));
        if let ([(label, amount)], "") = (rates.as_slice(), what)
            && *amount == whole
        {
            rows.push(Total::new(label.as_str(), whole));
        } else {
            let mut row = Total::new(words([texts.tax, what]), whole);
            row.notes =
                rates.into_iter().map(|(label, amount)| Fact::new(label, amount).to_string()).collect();
            rows.push(row);
        }
    } else if let Some(rates) = by_rate(order, currency) {
        has_tax = true;
        for (rate, (base, tax)) in rates {
            sum = sum.and_then(|sum| sum.checked_add(tax));
            let rate = rate.map(|rate| texts.percentage(rate)).unwrap_or_default();
            let label = words([texts.tax, &rate, texts.on, &texts.priced(base, currency)]);
            rows.push(Total::new(label, texts.priced(tax, currency)));
        }
    }
    if has_tax || included {
        let word = if included { texts.including } else { texts.excluding };
        rows.iter_mut().take(1).for_each(|row| row.label = words([texts.total, word]));
    }
    rows.retain(|row| !row.amount.is_empty() || !row.notes.is_empty());
    let is_last = rows.len() <= 1 || included;
    if let Some(sum) = sum.filter(|_| !is_last) {
        let label =
            if has_tax { words([texts.grand_total, texts.including]) } else { texts.grand_total.to_owned() };
        rows.push(Total::new(label, texts.priced(sum, currency)));
    }
    let grand = if is_last || has_tax && amounts == Amounts::ExcludingTax { 0 } else { rows.len() - 1 };
    rows.iter_mut().skip(grand).take(1).for_each(|row| row.grand = true);
    rows
}

fn notes(facts: &[Fact]) -> Vec<String> {
    facts.iter().map(ToString::to_string).collect()
}

/// What the lines bear of each rate: on how much, and how much. Nothing when
/// a line leaves it open.
fn by_rate(order: &OrderRequest, currency: &str) -> Option<BTreeMap<Option<Decimal>, (Decimal, Decimal)>> {
    let mut rates = BTreeMap::new();
    for item in &order.item_out {
        let Some(tax) = &item.tax else { continue };
        let rate = match tax.tax_detail.as_slice() {
            [] => None,
            [detail] => detail.percentage_rate.as_ref().map(|rate| rate.value().normalize()),
            _ => return None,
        };
        let net = currency::round(line_amount(item).ok()?, currency);
        let fits = tax.money.currency.as_str() == currency
            && item
                .item_detail
                .as_ref()
                .is_some_and(|detail| detail.unit_price.money.currency.as_str() == currency);
        let (base, sum) = rates.entry(rate).or_insert((Decimal::ZERO, Decimal::ZERO));
        *base = base.checked_add(net).filter(|_| fits)?;
        *sum = sum.checked_add(tax.money.amount.value())?;
    }
    Some(rates).filter(|rates: &BTreeMap<_, _>| !rates.is_empty())
}

/// Holds the lines against the total, where there is nothing between them.
pub(super) fn check(order: &OrderRequest, sink: &mut dyn Sink) {
    let total = &order.order_request_header.total;
    let currency = total.money.currency.as_str();
    let mut exact = Decimal::ZERO;
    let mut rounded = Decimal::ZERO;
    for item in &order.item_out {
        let plain = item.item_detail.as_ref().is_some_and(|detail| {
            !detail.unit_price.is_modified() && detail.unit_price.money.currency.as_str() == currency
        });
        let counts =
            plain && item.operation.is_none() && !item.is_return && item.parent_line_number.is_none();
        let Ok(amount) = line_amount(item) else { return };
        let sums = (exact.checked_add(amount), rounded.checked_add(currency::round(amount, currency)));
        let (true, (Some(a), Some(b))) = (counts, sums) else { return };
        (exact, rounded) = (a, b);
    }
    let said = total.money.amount.value();
    let fits = [exact, rounded, currency::round(exact, currency)].contains(&said);
    let is_modified = total.modifications.is_some() || total.other.elements().next().is_some();
    if fits || order.item_out.is_empty() || is_modified {
        return;
    }
    let message =
        format!("the lines come to {} {currency}, the total says {said} {currency}", rounded.normalize());
    sink.report(
        Diagnostic::new(TOTAL, Severity::Warning, message)
            .at("order header / Total")
            .help("the document shows both as sent; ask which one holds"),
    );
}

#[cfg(test)]
mod tests {
    use punchout_cxml::{Classification, Description, ItemDetail, ItemDetailInit, Money, PriceBasisQuantity};

    use super::*;

    fn amount(quantity: &str, price: &str, basis: Option<(&str, &str)>) -> Result<String, NoAmount> {
        let mut detail = ItemDetail::from(ItemDetailInit {
            unit_price: Money::new(price.parse::<punchout_core::Amount>().unwrap(), "EUR").into(),
            description: Description::new("x", "en"),
            unit_of_measure: "EA".into(),
            classification: Classification::new("UNSPSC", "1"),
        });
        if let Some((quantity, factor)) = basis {
            let number = |text: &str| text.parse::<punchout_core::Amount>().unwrap();
            let basis =
                PriceBasisQuantity::new(number(quantity), "EA").with_conversion_factor(number(factor));
            detail = detail.with_price_basis_quantity(basis);
        }
        let item =
            ItemOut::new(quantity.parse::<punchout_core::Amount>().unwrap(), "4711").with_item_detail(detail);
        line_amount(&item).map(|amount| amount.normalize().to_string())
    }

    #[test]
    fn lines_are_exact() {
        assert_eq!(amount("3", "0.1", None), Ok("0.3".to_owned()));
        assert_eq!(amount("250", "12.5", Some(("100", "1"))), Ok("31.25".to_owned()));
        assert_eq!(amount("2", "9", Some(("100", "50"))), Ok("9".to_owned()));
        assert_eq!(amount("1", "1", Some(("0", "1"))), Err(NoAmount::NoBasis));
        let long = "9".repeat(20);
        assert_eq!(amount(&long, &long, None), Err(NoAmount::TooLong));
    }
}
