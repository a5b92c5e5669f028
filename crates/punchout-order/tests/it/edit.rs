//! From the draft to the order: editing, totals, dates, what is refused.

use punchout_core::{All, Amount, Ignore, Severity};
use punchout_cxml::{
    AdditionalDeduction, DocumentReference, ItemOut, ItemOutOperation, Modification, OrderKind, RawElement,
    Timestamp, UnitPrice,
};
use punchout_oci::Item;
use punchout_order::{DraftLine, Error, ErrorKind, OrderDraft};

use crate::support::{address, basket, briefly, detail, document, draft, item, mapped, number};

fn priced(quantity: &str, price: &str, per: u32, currency: &str) -> Item {
    let mut item = item().with_price(number(price), currency, per);
    item.quantity = Some(number(quantity));
    item
}

fn total(items: impl IntoIterator<Item = Item>) -> String {
    let money = mapped(items).0.total().unwrap();
    format!("{} {}", money.amount, money.currency)
}

fn findings(draft: &OrderDraft) -> Vec<String> {
    let mut found = All::new();
    draft.to_order_request(&mut found).unwrap();
    briefly(found.found())
}

fn unit_price(draft: &mut OrderDraft) -> &mut UnitPrice {
    &mut draft.lines.first_mut().unwrap().item_out.item_detail.as_mut().unwrap().unit_price
}

#[test]
fn totals_are_sums_of_rounded_lines() {
    assert_eq!(total([priced("250", "12.50", 100, "EUR")]), "31.25 EUR");
    assert_eq!(total([priced("5", "50.00", 5, "EUR")]), "50.00 EUR");
    assert_eq!(
        total([priced("1", "10", 3, "EUR"), priced("1", "10", 3, "EUR"), priced("1", "10", 3, "EUR")]),
        "9.99 EUR"
    );
    assert_eq!(total([priced("1", "0.125", 1, "EUR"), priced("1", "-0.125", 1, "EUR")]), "0.00 EUR");
    assert_eq!(total([priced("3", "0.5", 1, "JPY")]), "2 JPY");
    assert_eq!(total([priced("1", "1.0005", 1, "KWD")]), "1.001 KWD");
}

#[test]
fn rounding_that_matters_is_reported() {
    let thirds = || priced("1", "10", 3, "EUR");
    assert_eq!(findings(&mapped([thirds(), thirds()]).0), ["note ORDER-TOTAL-ROUNDED order / Total"]);
    assert_eq!(findings(&mapped([thirds()]).0), [] as [&str; 0]);
    assert_eq!(
        findings(&mapped([priced("1", "1", 1, "---")]).0),
        ["warning ORDER-TOTAL-CURRENCY order / Total"]
    );
    let mut draft = mapped([item()]).0;
    let discount = Modification::deduction(AdditionalDeduction::percent(10));
    unit_price(&mut draft).modifications = Some(discount.into());
    assert_eq!(findings(&draft), ["warning ORDER-TOTAL-PARTIAL line 1"]);
    unit_price(&mut draft).modifications = None;
    assert_eq!(findings(&draft), [] as [&str; 0]);
    unit_price(&mut draft).other.push(RawElement::parse("<Surcharge/>").unwrap());
    assert_eq!(findings(&draft), ["warning ORDER-TOTAL-PARTIAL line 1"]);
}

#[test]
fn edits_reach_the_order() {
    let mut draft = mapped([item(), item(), item()]).0;
    draft.lines.remove(1);
    draft.lines[0].item_out.quantity = 1.into();
    draft.lines.insert(0, DraftLine::new(draft.lines[1].item_out.clone()));
    draft.lines[0].item_out.line_number = None;
    let order = draft.to_order_request(&mut Ignore).unwrap();
    let lines: Vec<_> = order
        .item_out
        .iter()
        .map(|item| (item.line_number.as_ref().unwrap().as_sent(), item.quantity.as_sent()))
        .collect();
    assert_eq!(lines, [("4", "250"), ("1", "1"), ("3", "250")]);
    // 2 × 250 × 12.50 / 100 and 1 × 12.50 / 100
    assert_eq!(order.order_request_header.total.money.amount.as_sent(), "62.63");
    assert_eq!(draft.header.total.money.amount.as_sent(), "", "the draft stays as it is");
}

#[test]
fn delivery_dates_come_from_lead_times() {
    let of = |date: &str, lead_time: &str| {
        let mut draft = mapped([item()]).0;
        draft.header.order_date = date.into();
        let lead_time = Amount::with_spelling(lead_time.parse().unwrap_or_default(), lead_time);
        draft.lines[0].item_out.item_detail.as_mut().unwrap().lead_time = Some(lead_time);
        let mut found = All::new();
        let order = draft.to_order_request(&mut found).unwrap();
        let date = order.item_out[0].requested_delivery_date.clone();
        (date.map(|date| date.as_sent().to_owned()), briefly(found.found()).join(" "))
    };
    let is = |date: Option<&str>, found: &str| (date.map(str::to_owned), found.to_owned());
    assert_eq!(of("2026-03-02T09:00:00+01:00", "3"), is(Some("2026-03-05"), ""));
    assert_eq!(of("2028-02-27", "2.0"), is(Some("2028-02-29"), ""));
    // the day counts where the buyer is
    assert_eq!(of("2026-12-31T23:30:00-08:00", "1"), is(Some("2027-01-01"), ""));
    assert_eq!(of("2026-03-02", "0"), is(None, "note ORDER-LEAD-TIME line 1 / LeadTime"));
    for odd in ["2.5", "-1", "99999999999", "soon"] {
        let severity = if odd == "soon" { "note" } else { "warning" };
        assert_eq!(of("2026-03-02", odd), is(None, &format!("{severity} ORDER-LEAD-TIME line 1 / LeadTime")));
    }

    let mut draft = mapped([item()]).0;
    let line = &mut draft.lines[0].item_out;
    line.requested_delivery_date = Some("2026-04-01".into());
    line.item_detail.as_mut().unwrap().lead_time = Some(3.into());
    let order = draft.to_order_request(&mut Ignore).unwrap();
    assert_eq!(order.item_out[0].requested_delivery_date, Some("2026-04-01".into()));
}

#[test]
fn order_dates_are_spelled_as_cxml_wants() {
    let of = |date: &str| {
        let mut draft = mapped([item()]).0;
        draft.header.order_date = date.into();
        let mut found = All::new();
        let order = draft.to_order_request(&mut found).unwrap();
        (order.order_request_header.order_date, found.found().first().map(|found| found.severity))
    };
    let is = |date: &str, severity| (Timestamp::from(date), severity);
    assert_eq!(of("2026-03-02T09:00:00Z"), is("2026-03-02T09:00:00+00:00", Some(Severity::Note)));
    assert_eq!(of("2026-03-02 09:00:00 +0100"), is("2026-03-02T09:00:00+01:00", Some(Severity::Note)));
    assert_eq!(of("2026-03-02T09:00:00"), is("2026-03-02T09:00:00", Some(Severity::Warning)));
    assert_eq!(of("2026-03-02"), is("2026-03-02", None));
}

fn refused(edit: impl FnOnce(&mut OrderDraft)) -> Error {
    let mut draft = mapped([item(), item(), item()]).0;
    edit(&mut draft);
    let mut found = All::new();
    let error = draft.to_order_request(&mut found).unwrap_err();
    assert_eq!(found.worst().max(Some(Severity::Warning)), Some(Severity::Warning));
    error
}

#[test]
fn what_is_open_is_refused() {
    use ErrorKind::{Contradictory, Incomplete, TooLarge};
    type Edit = fn(&mut OrderDraft);
    let rows: [(Edit, ErrorKind, Option<usize>, &str); 15] = [
        (|draft| draft.lines.clear(), Incomplete, None, "no lines"),
        (|draft| draft.header.order_id = " ".into(), Incomplete, None, "order_id"),
        (|draft| draft.header.order_date = "soon".into(), Incomplete, None, "order_date"),
        (|draft| draft.lines[1].item_out.quantity = number("0"), Incomplete, Some(1), "line 2: the quantity"),
        (
            |draft| draft.lines[1].item_out.quantity = number("-2"),
            Incomplete,
            Some(1),
            "line 2: the quantity",
        ),
        (|draft| draft.lines[1].item_out.item_detail = None, Incomplete, Some(1), "ItemDetail"),
        (
            |draft| draft.lines[1].item_out.item_detail.as_mut().unwrap().unit_of_measure = "".into(),
            Incomplete,
            Some(1),
            "unit of measure",
        ),
        (
            |draft| {
                let detail = draft.lines[1].item_out.item_detail.as_mut().unwrap();
                detail.price_basis_quantity.as_mut().unwrap().quantity = number("0");
            },
            Incomplete,
            Some(1),
            "PriceBasisQuantity",
        ),
        (
            |draft| draft.lines[2].item_out.line_number = Some(2.into()),
            Contradictory,
            Some(2),
            "another line",
        ),
        (
            |draft| draft.lines[2].item_out.line_number = Some(number("1.0")),
            Contradictory,
            Some(2),
            "another line",
        ),
        (
            |draft| draft.lines[2].item_out.line_number = Some(number("1.5")),
            Contradictory,
            Some(2),
            "whole number",
        ),
        (
            |draft| draft.lines[2].item_out.parent_line_number = Some(9.into()),
            Contradictory,
            Some(2),
            "line 9",
        ),
        (
            |draft| draft.lines[2].item_out.parent_line_number = Some(3.into()),
            Contradictory,
            Some(2),
            "part of itself",
        ),
        (
            |draft| {
                let most = rust_decimal::Decimal::MAX;
                draft.lines[2].item_out.line_number = Some(most.into());
                draft.lines[1].item_out.line_number = None;
            },
            TooLarge,
            Some(1),
            "too large",
        ),
        (
            |draft| draft.lines[0].item_out.quantity = rust_decimal::Decimal::MAX.into(),
            TooLarge,
            Some(0),
            "28 digits",
        ),
    ];
    for (edit, kind, line, says) in rows {
        let error = refused(edit);
        assert_eq!((error.kind(), error.line()), (kind, line), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn prices_without_money_are_refused() {
    use ErrorKind::{Contradictory, Incomplete};
    let money = |draft: &mut OrderDraft, amount: &str, currency: &str| {
        let detail = draft.lines[1].item_out.item_detail.as_mut().unwrap();
        detail.unit_price.money.amount = Amount::with_spelling(amount.parse().unwrap_or_default(), amount);
        detail.unit_price.money.currency = currency.into();
    };
    for (amount, currency, kind, says) in [
        ("", "EUR", Incomplete, "price is missing"),
        ("tbd", "EUR", Incomplete, "price is missing"),
        ("1", "", Incomplete, "currency is missing"),
        ("1", "USD", Contradictory, "that of line 1 in `EUR`"),
    ] {
        let error = refused(|draft| money(draft, amount, currency));
        assert_eq!((error.kind(), error.line()), (kind, Some(1)), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn an_item_that_says_nothing_is_refused_until_it_is_filled_in() {
    let mut draft = mapped([Item::default()]).0;
    assert_eq!(draft.total().unwrap_err().kind(), ErrorKind::Incomplete);
    let line = &mut draft.lines[0].item_out;
    line.quantity = 2.into();
    let detail = line.item_detail.as_mut().unwrap();
    detail.unit_of_measure = "PCE".into();
    detail.unit_price.money = punchout_cxml::Money::new(number("0"), "EUR");
    let order = draft.to_order_request(&mut Ignore).unwrap();
    assert_eq!(order.order_request_header.total.money.amount.as_sent(), "0.00");
}

#[test]
fn dropping_a_parent_means_dropping_its_parts() {
    let mut part = item();
    (part.parent, part.parent_id) = (Some(1), Some("1".into()));
    let mut draft = mapped([item(), part]).0;
    draft.to_order_request(&mut Ignore).unwrap();
    draft.lines.remove(0);
    let error = draft.to_order_request(&mut Ignore).unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Contradictory, Some(0)));
    assert!(error.to_string().starts_with("line 2: its parent, line 1,"), "{error}");
}

#[test]
fn goods_go_to_one_place_or_each_line_to_its_own() {
    let nowhere = || {
        let mut draft = mapped([item(), item()]).0;
        draft.header.ship_to = None;
        draft
    };
    let mut draft = nowhere();
    assert_eq!(findings(&draft), ["note ORDER-SHIP-TO order / ShipTo"]);
    draft.lines[0].item_out = draft.lines[0].item_out.clone().with_ship_to(address());
    assert_eq!(findings(&draft), ["warning ORDER-SHIP-TO order / ShipTo"]);
    draft.lines[1].item_out = draft.lines[1].item_out.clone().with_ship_to(address());
    assert_eq!(findings(&draft), [] as [&str; 0]);
    draft.header.ship_to = Some(address().into());
    assert_eq!(findings(&draft), ["warning ORDER-SHIP-TO order / ShipTo"]);

    let mut services = nowhere();
    services.lines.iter_mut().for_each(|line| line.item_out.item_classification = Some("service".into()));
    assert_eq!(findings(&services), [] as [&str; 0]);
}

#[test]
fn an_order_that_was_sent_becomes_a_change() {
    let sent = document(&mapped([item(), item()]).0);
    let mut draft = OrderDraft::from(sent.order_request().unwrap().clone());
    draft.header = draft.header.with_update_of(sent.payload_id.clone()).with_order_version(2);
    draft.lines[0].item_out.operation = Some(ItemOutOperation::Delete);
    draft.lines[1].item_out.quantity = 8.into();
    let order = draft.to_order_request(&mut Ignore).unwrap();
    assert_eq!(order.order_request_header.kind, OrderKind::Update);
    let reference = order.order_request_header.document_reference.unwrap();
    assert_eq!(reference, DocumentReference::new(sent.payload_id.clone()));
    assert_eq!(order.order_request_header.total.money.amount.as_sent(), "1.00");
    assert_eq!(draft.lines[0].basket_index, None);
}

#[test]
fn later_baskets_are_numbered_on() {
    let mut own = draft();
    own.lines.push(DraftLine::new(ItemOut::new(1, "free").with_line_number(70)));
    let own = own.with_basket(&basket([item()]), &mut Ignore);
    assert_eq!(own.lines[1].item_out.line_number, Some(71.into()));
    assert_eq!(detail(&own.lines[1].item_out).unit_of_measure, "PCE");
}
