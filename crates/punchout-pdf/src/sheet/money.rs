//! What the order costs.

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{ItemOut, Money, OrderRequest};
use rust_decimal::Decimal;

use super::Total;
use super::value::{description, words};
use crate::currency;
use crate::texts::Texts;

/// The lines come to something else than the order's total.
const TOTAL: Code = Code::new("PDF-TOTAL");

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

/// The order's total as sent, shipping and tax, and what that makes.
pub(super) fn totals(order: &OrderRequest, texts: &Texts, sink: &mut dyn Sink) -> Vec<Total> {
    check(order, sink);
    let header = &order.order_request_header;
    let total = &header.total.money;
    let mut rows = vec![row(texts.total, total, texts)];
    let mut sum = Some(total.amount.value());
    let mut add = |money: &Money| {
        let fits = money.currency.as_str() == total.currency.as_str();
        sum = sum.filter(|_| fits).and_then(|sum| sum.checked_add(money.amount.value()));
    };
    if let Some(shipping) = &header.shipping {
        add(&shipping.money);
        let label = words([texts.shipping, &description(&shipping.description)]);
        rows.push(row(&label, &shipping.money, texts));
    }
    let mut included = false;
    if let Some(tax) = &header.tax {
        add(&tax.money);
        let label = words([texts.tax, &description(&tax.description)]);
        let notes = tax.tax_detail.iter().map(|detail| texts.tax_detail(detail)).collect();
        rows.push(Total { notes, ..row(&label, &tax.money, texts) });
        included = tax.tax_detail.iter().any(|detail| detail.is_included_in_price);
    }
    if rows.len() == 1 || included {
        rows.iter_mut().take(1).for_each(|row| row.grand = true);
    } else if let Some(sum) = sum {
        let mut grand = row(texts.grand_total, &Money::new(sum, total.currency.clone()), texts);
        grand.grand = true;
        rows.push(grand);
    }
    rows
}

fn row(label: &str, money: &Money, texts: &Texts) -> Total {
    let label = words([label, &money.currency]);
    Total { label, amount: texts.amount(money), notes: Vec::new(), grand: false }
}

/// Holds the lines against the total, where there is nothing between them.
fn check(order: &OrderRequest, sink: &mut dyn Sink) {
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
    use punchout_cxml::{Classification, Description, ItemDetail, ItemDetailInit, PriceBasisQuantity};

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
