//! Compares what is ordered with what was offered.

use punchout::core::Amount;
use punchout::cxml::{Description, ItemDetail, ItemOut, OrderRequest};
use punchout::oci::{Basket, Item, unit};
use rust_decimal::{Decimal, RoundingStrategy};

use super::differences::{Differences, with_lf};

/// The number of the quote that an order is about: it came as `EXT_QUOTE_ID`
/// with the basket, and comes back under that name.
pub(super) fn number(order: &OrderRequest) -> Option<&str> {
    extrinsic(order.item_out.first()?.item_detail.as_ref()?, "EXT_QUOTE_ID")
}

/// Says in words where an order is another one than was offered.
pub(super) fn compare(offered: &Basket, order: &OrderRequest) -> Result<(), String> {
    let mut differences = Differences::between("offered", "ordered");
    differences.compare("lines", offered.items.len(), order.item_out.len());
    for (number, (item, line)) in (1..).zip(offered.items.iter().zip(&order.item_out)) {
        compare_line(number, item, line, &mut differences);
    }
    let total: Option<Decimal> = offered.items.iter().map(line_total).sum();
    let ordered = &order.order_request_header.total.money;
    differences.compare("total", total, Some(ordered.amount.value()));
    differences.settle()
}

fn compare_line(number: u32, item: &Item, line: &ItemOut, differences: &mut Differences) {
    let of = |what: &str| format!("{what} of line {number}");
    let Some(detail) = &line.item_detail else {
        return differences.compare(&of("details"), true, false);
    };
    let price = &detail.unit_price.money;
    let basis = detail.price_basis_quantity.as_ref().map_or(Decimal::ONE, |basis| basis.quantity.value());
    let (name, long_text) = texts(detail);
    let value = |amount: &Option<Amount>| amount.as_ref().map(Amount::value);
    // an order has the code of Recommendation 20, whatever code the shop sent
    let unit = item.unit.as_deref().and_then(unit::resolve).map(|unit| unit.code);

    differences.compare(&of("article"), item.vendor_mat.as_ref(), Some(&line.item_id.supplier_part_id.value));
    differences.compare(&of("quantity"), value(&item.quantity), Some(line.quantity.value()));
    differences.compare(&of("unit"), unit.as_ref(), Some(&detail.unit_of_measure));
    differences.compare(&of("price"), value(&item.price), Some(price.amount.value()));
    differences.compare(&of("currency"), item.currency.as_ref(), Some(&price.currency));
    differences.compare(&of("price unit"), item.price_unit_or_one(), basis);
    differences.compare(&of("text"), item.description.as_deref(), name);
    differences.compare(&of("long text"), with_lf(item.long_text.as_deref()), with_lf(long_text));
    for extra in &item.extra {
        differences.compare(&of(&extra.name), Some(extra.value.as_str()), extrinsic(detail, &extra.name));
    }
}

/// Item text and long text: beside a long text, the item text is short name.
fn texts(detail: &ItemDetail) -> (Option<&str>, Option<&str>) {
    match detail.description.first() {
        Some(Description { short_name: Some(name), text, .. }) => (Some(name), Some(text)),
        Some(Description { text, .. }) => (Some(text), None),
        None => (None, None),
    }
}

/// What a line costs: rounded to cents, as on an invoice.
fn line_total(item: &Item) -> Option<Decimal> {
    Some(item.line_total()?.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

fn extrinsic<'a>(detail: &'a ItemDetail, name: &str) -> Option<&'a str> {
    detail.extrinsic.iter().find(|extrinsic| extrinsic.name.eq_ignore_ascii_case(name))?.value.as_text()
}
