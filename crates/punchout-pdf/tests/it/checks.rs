//! The order's total and tax, held against its lines.

use punchout_core::{All, Ignore};
use punchout_cxml::{
    AdditionalDeduction, CompositeItemType, Description, ItemOut, ItemOutOperation, ItemType, Modification,
    ModificationDetail, Modifications, Money, MoneyOrPercentage, OrderRequest, OriginalPrice, Shipping, Tax,
    TaxDetail,
};
use punchout_pdf::{Amounts, text};

use crate::order::{self, amount, euro};

fn line(number: u32, quantity: &str, price: &str) -> ItemOut {
    order::item(number, "P-1", "Thing", quantity, "EA", price)
}

fn of(total: &str, lines: impl IntoIterator<Item = ItemOut>) -> OrderRequest {
    let mut order = order::long(0);
    order.order_request_header.total = euro(total).into();
    order.item_out = lines.into_iter().collect();
    order
}

fn modified(mut line: ItemOut, steps: impl IntoIterator<Item = Modification>) -> ItemOut {
    let price = &mut line.item_detail.as_mut().unwrap().unit_price;
    price.modifications = Some(modifications(steps));
    line
}

fn modifications(steps: impl IntoIterator<Item = Modification>) -> Modifications {
    let mut steps = steps.into_iter();
    let first = Modifications::new(steps.next().unwrap());
    steps.fold(first, Modifications::with_modification)
}

fn percent_off(percent: u32) -> Modification {
    Modification::deduction(AdditionalDeduction::percent(percent))
}

fn surcharge(money: Money) -> Modification {
    Modification::cost(MoneyOrPercentage::from(money))
}

fn taxed(mut line: ItemOut, rate: &str, sum: &str, is_included: bool) -> ItemOut {
    line.tax = Some(Box::new(tax(rate, sum, is_included)));
    line
}

fn tax(rate: &str, sum: &str, is_included: bool) -> Tax {
    let mut detail = TaxDetail::new("vat", euro(sum)).with_percentage_rate(amount(rate));
    detail.is_included_in_price = is_included;
    Tax::new(euro(sum), Description::new("VAT", "en")).with_tax_detail(detail)
}

fn found(order: &OrderRequest, amounts: Amounts) -> Vec<String> {
    let mut found = All::new();
    text(order, &order::options().with_amounts(amounts), &mut found).unwrap();
    let found = found.found().iter().map(|finding| format!("{}: {}", finding.code, finding.message));
    found.collect()
}

/// A rule, lines, what they come to by one reading or another, and why they
/// may not be checked.
type Case = (&'static str, Vec<ItemOut>, &'static [&'static str], Option<&'static str>);

/// What is said of a total, by an order for each rule.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn totals_are_checked_wherever_they_can_be() {
    let part = |mut line: ItemOut, of: u32| {
        line.parent_line_number = Some(of.into());
        line.item_type = Some(ItemType::Item);
        line
    };
    let whole = |mut line: ItemOut, kind: Option<CompositeItemType>| {
        line.item_type = Some(ItemType::Composite);
        line.composite_item_type = kind;
        line
    };
    let set = |kind: Option<CompositeItemType>| {
        [whole(line(1, "1", "100"), kind), part(line(2, "2", "40"), 1), part(line(3, "1", "25"), 1)]
    };
    let deleted = |mut line: ItemOut| {
        line.operation = Some(ItemOutOperation::Delete);
        line
    };
    let blocked = |mut line: ItemOut| {
        line.operation = Some(ItemOutOperation::Block);
        line
    };
    let set_to = |operation: &str, mut line: ItemOut| {
        line.operation = Some(operation.into());
        line
    };
    let before = |price: &str, mut step: Modification| {
        step.original_price = Some(OriginalPrice::new(euro(price)));
        step
    };
    let at = |level: u32, mut step: Modification| {
        step.level = Some(level.into());
        step
    };
    let of_line = |mut step: Modification| {
        let mut detail = ModificationDetail::new("Freight");
        detail.scope = Some("LineItem".into());
        step.modification_detail = Some(detail);
        step
    };
    let dollars = |mut line: ItemOut| {
        line.item_detail.as_mut().unwrap().unit_price.money.currency = "USD".into();
        line
    };
    let cases: Vec<Case> = vec![
        ("plain", vec![line(1, "3", "10.10")], &["30.30"], None),
        (
            "a discount on a price",
            vec![modified(line(1, "10", "10"), [percent_off(10)])],
            &["90", "100"],
            None,
        ),
        (
            "a discount that is in the price",
            vec![modified(line(1, "10", "9"), [before("10", percent_off(10))])],
            &["90"],
            None,
        ),
        (
            "a price that is rounded when it is discounted, or not",
            vec![modified(line(1, "10", "9.99"), [percent_off(5)])],
            &["94.90", "94.91", "99.90"],
            None,
        ),
        (
            "a discount and a surcharge of one level",
            vec![modified(line(1, "2", "100"), [percent_off(10), surcharge(euro("5"))])],
            &["190", "200"],
            None,
        ),
        (
            "levels, one after the other",
            vec![modified(line(1, "1", "100"), [at(2, percent_off(10)), at(1, surcharge(euro("50")))])],
            &["135", "100"],
            None,
        ),
        (
            "the price that is left",
            vec![modified(
                line(1, "4", "100"),
                [Modification::deduction(AdditionalDeduction::price(euro("80")))],
            )],
            &["320", "400"],
            None,
        ),
        ("a deleted line", vec![line(1, "1", "10"), deleted(line(2, "1", "5"))], &["10"], None),
        (
            "a changed line and a new one",
            vec![set_to("update", line(1, "1", "60")), set_to("new", line(2, "1", "30"))],
            &["90"],
            None,
        ),
        ("a whole with a price", set(Some(CompositeItemType::GroupLevel)).into(), &["100"], None),
        ("parts with prices", set(Some(CompositeItemType::ItemLevel)).into(), &["105"], None),
        (
            "parts of a whole that does not say",
            set(None).into(),
            &[],
            Some("line 2 is a part, and its whole does not say whose price counts"),
        ),
        (
            "parts that cost nothing",
            vec![whole(line(1, "1", "100"), None), part(line(2, "2", "0"), 1)],
            &["100"],
            None,
        ),
        (
            "another currency",
            vec![line(1, "1", "5"), dollars(line(2, "1", "5"))],
            &[],
            Some("line 2 is in another currency"),
        ),
        (
            "a blocked line",
            vec![line(1, "1", "5"), blocked(line(2, "1", "5"))],
            &[],
            Some("line 2 has an operation"),
        ),
        (
            "a cost of the line",
            vec![modified(line(1, "1", "5"), [of_line(surcharge(euro("5")))])],
            &[],
            Some("a modification of line 1 is of something else than the price"),
        ),
        (
            "a cost in another currency",
            vec![modified(line(1, "1", "5"), [surcharge(Money::new(amount("5"), "USD"))])],
            &[],
            Some("a modification of line 1 is in another currency"),
        ),
    ];
    for (what, lines, fitting, why) in cases {
        for total in [
            "30.30", "90", "94.90", "94.91", "95", "99.90", "100", "105", "190", "200", "1000", "135", "320",
            "400", "10",
        ] {
            let found = found(&of(total, lines.clone()), Amounts::ExcludingTax);
            if let Some(why) = why {
                let said = format!("PDF-UNCHECKED: the total is not checked against the lines: {why}");
                assert_eq!(found, [said], "{what}");
            } else if fitting.iter().any(|fits| amount(fits).value() == amount(total).value()) {
                let detail = lines[0].item_detail.as_ref().unwrap();
                let shown = lines[0].quantity.value() * detail.unit_price.money.amount.value();
                let is_shown = !detail.unit_price.is_modified() || shown == amount(total).value();
                let told = "PDF-TOTAL: the total is that of the lines after the `Modifications` of prices, \
                    as the numbers show";
                assert_eq!(found, if is_shown { vec![] } else { vec![told] }, "{what} {total}");
            } else {
                assert!(
                    matches!(&*found, [only] if only.starts_with("PDF-TOTAL: the lines come to ")),
                    "{what} {total}: {found:?}"
                );
            }
        }
        assert!(found(&of("7", lines), Amounts::Hidden).is_empty(), "{what}");
    }
}

#[test]
fn modifications_of_the_total_are_counted_or_not() {
    for (total, told) in [
        ("200", "the total is that of the lines before its own `Modifications`, as the numbers show"),
        ("180", "the total is that of the lines after its own `Modifications`, as the numbers show"),
        ("190", "the lines come to 180 EUR, the total says 190 EUR"),
    ] {
        let mut order = of(total, [line(1, "2", "100")]);
        order.order_request_header.total.modifications = Some(modifications([percent_off(10)]));
        assert_eq!(found(&order, Amounts::ExcludingTax), [format!("PDF-TOTAL: {told}")]);
    }
}

/// An amount in cents as a number.
fn cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Orders of every combination, added up here by whole cents.
#[test]
fn sums_are_right_by_every_combination() {
    let mut seen = 0;
    for is_included in [false, true] {
        for has_header_tax in [false, true] {
            for discount in [0, 10] {
                for shipping in [0, 995] {
                    for (off_total, off_tax) in [(0, 0), (1, 0), (-500, 0), (0, 400), (0, -400), (7, -400)] {
                        seen += 1;
                        // quantity, price in cents, rate
                        let lines = [(3, 1_000, 21), (7, 250, 9), (1, 9_900, 21)];
                        let mut sum = 0;
                        let mut taxes = 0;
                        let items: Vec<_> = (1..)
                            .zip(lines)
                            .map(|(number, (quantity, price, rate))| {
                                let paid = quantity * price * (100 - discount) / 100;
                                let tax =
                                    if is_included { paid * rate / (100 + rate) } else { paid * rate / 100 };
                                sum += paid;
                                taxes += tax;
                                let item = line(number, &quantity.to_string(), &cents(price));
                                let item = taxed(item, &rate.to_string(), &cents(tax), is_included);
                                if discount == 0 { item } else { modified(item, [percent_off(10)]) }
                            })
                            .collect();
                        let mut order = of(&cents(sum + off_total), items);
                        let header = &mut order.order_request_header;
                        if shipping > 0 {
                            header.shipping =
                                Some(Shipping::new(euro(&cents(shipping)), Description::new("", "en")));
                        }
                        let tax_on_shipping = if is_included { 0 } else { shipping * 21 / 100 };
                        let of_order = taxes + tax_on_shipping + off_tax;
                        if has_header_tax {
                            header.tax = Some(tax("21", &cents(of_order), is_included));
                        }
                        let what = format!(
                            "{is_included} {has_header_tax} {discount} {shipping} {off_total} {off_tax}"
                        );
                        let is_tax_off = has_header_tax && off_tax != 0;
                        for amounts in [Amounts::ExcludingTax, Amounts::IncludingTax] {
                            let found = found(&order, amounts);
                            let codes: Vec<_> =
                                found.iter().map(|it| it.split(':').next().unwrap()).collect();
                            // prices that something is still to be taken off
                            let is_before = discount != 0;
                            let is_without = is_before && !is_included && amounts == Amounts::IncludingTax;
                            let wanted = [
                                (is_without, "PDF-TAX"),
                                (off_total != 0 || is_before, "PDF-TOTAL"),
                                (is_tax_off, "PDF-TAX"),
                            ];
                            let wanted: Vec<_> =
                                wanted.iter().filter(|(is, _)| *is).map(|(_, code)| *code).collect();
                            assert_eq!(codes, wanted, "{what}: {found:?}");
                            let is_off = |it: &String| it.starts_with("PDF-TOTAL: the lines come to ");
                            assert_eq!(found.iter().any(is_off), off_total != 0, "{what}: {found:?}");
                            let said =
                                text(&order, &order::options().with_amounts(amounts), &mut Ignore).unwrap();
                            let grand =
                                said.lines().find_map(|it| it.strip_prefix("Grand total incl. VAT: EUR "));
                            let added = shipping
                                + if is_included {
                                    0
                                } else if has_header_tax {
                                    of_order
                                } else {
                                    taxes
                                };
                            let adds_up = off_total == 0 && !is_tax_off && added > 0;
                            let wanted = adds_up.then(|| cents(sum + added));
                            assert_eq!(grand, wanted.as_deref(), "{what}: {said}");
                        }
                        assert!(found(&order, Amounts::Hidden).is_empty(), "{what}");
                    }
                }
            }
        }
    }
    assert_eq!(seen, 96);
}

/// One sum rounded once is not many rounded one by one.
#[test]
fn taxes_may_differ_by_rounding_and_no_more() {
    let lines = || (1..=3).map(|number| taxed(line(number, "1", "10.01"), "21", "2.10", false));
    for (sum, fits) in
        [("6.28", true), ("6.30", true), ("6.31", true), ("6.32", true), ("6.27", false), ("6.33", false)]
    {
        let mut order = of("30.03", lines());
        order.order_request_header.tax = Some(tax("21", sum, false));
        let found = found(&order, Amounts::ExcludingTax);
        assert_eq!(found.is_empty(), fits, "{sum}: {found:?}");
    }
    let mut order = of("30.03", lines());
    order.order_request_header.tax =
        Some(Tax::new(Money::new(amount("6.30"), "USD"), Description::new("VAT", "en")));
    let found = found(&order, Amounts::ExcludingTax);
    assert_eq!(
        found,
        ["PDF-UNCHECKED: the tax is not checked against the lines: the tax of line 1 is in another currency"]
    );
}

/// The rate of an order is for what is in its currency.
#[test]
fn currencies_are_never_added_nor_taxed_together() {
    let mut order = of("0.30", [line(1, "3", "0.10"), line(2, "1", "9.99")]);
    order.item_out[1].item_detail.as_mut().unwrap().unit_price.money.currency = "USD".into();
    order.order_request_header.tax = Some(tax("21", "0.06", false));
    let mut found = All::new();
    let said = text(&order, &order::options().with_amounts(Amounts::IncludingTax), &mut found).unwrap();
    let amounts: Vec<_> = said.lines().filter_map(|it| it.trim().strip_prefix("Amount ")).collect();
    assert_eq!(amounts, ["excl. VAT: 0.30 EUR", "excl. VAT: 9.99 USD"], "{said}");
    let codes: Vec<_> = found.found().iter().map(|finding| finding.code.to_string()).collect();
    assert_eq!(codes, ["PDF-TAX", "PDF-UNCHECKED"]);

    // shipping in another currency makes no base of the tax
    let mut order = of("100", [line(1, "1", "100")]);
    order.order_request_header.shipping =
        Some(Shipping::new(Money::new(amount("10"), "USD"), Description::new("", "en")));
    let mut of_order = tax("21", "23.10", false);
    of_order.tax_detail[0].taxable_amount = Some(euro("110"));
    order.order_request_header.tax = Some(of_order);
    let said = text(&order, &order::options().with_amounts(Amounts::IncludingTax), &mut Ignore).unwrap();
    assert!(said.contains("Amount EUR excl. VAT: 100.00"), "{said}");
}

/// An order with shipping and this tax.
fn shipped(tax: Tax) -> OrderRequest {
    let mut order = of("25.00", [line(1, "1", "25.00")]);
    order.order_request_header.shipping = Some(Shipping::new(euro("5"), Description::new("", "en")));
    order.order_request_header.tax = Some(tax);
    order
}

#[test]
fn a_tax_that_can_only_be_in_the_prices_is_read_so_and_that_is_told() {
    let order = shipped(tax("21", "4.34", false));
    let told = "PDF-TAX: the prices hold their tax, as the numbers show; no `isIncludedInPrice` says so";
    assert_eq!(found(&order, Amounts::ExcludingTax), [told]);
    assert!(found(&order, Amounts::Hidden).is_empty());
    let shown = text(&order, &order::options(), &mut Ignore).unwrap();
    let rows = "Total incl. VAT: EUR 25.00";
    assert!(shown.contains(rows) && shown.contains("Grand total incl. VAT: EUR 30.00"), "{shown}");
}

/// What a tax says of itself, by an order for each way to say it.
#[test]
fn taxes_are_held_against_their_rates() {
    let on = |mut tax: Tax, base: Money| {
        tax.tax_detail[0].taxable_amount = Some(base);
        tax
    };
    let dollars = || Money::new(amount("999"), "USD");
    let wrong = "21% of 25.00 EUR is 5.25 EUR, the tax says 9.99 EUR";
    for (what, of_order, said) in [
        ("on the total", tax("21", "5.25", false), None),
        ("rounded", tax("21", "5.26", false), None),
        ("a rate that is rounded", tax("20.9", "5.25", false), None),
        ("in the total", tax("21", "4.34", true), None),
        ("on shipping, too", tax("21", "6.30", false), None),
        ("on a base", on(tax("21", "2.10", false), euro("10.00")), None),
        ("in another currency", on(tax("21", "9.99", false), dollars()), None),
        ("of another rate", tax("21", "9.99", false), Some(wrong)),
        (
            "off by three coins",
            tax("21", "5.28", false),
            Some("21% of 25.00 EUR is 5.25 EUR, the tax says 5.28 EUR"),
        ),
        (
            "on another base",
            on(tax("21", "5.25", false), euro("999.00")),
            Some("21% of 999.00 EUR is 209.79 EUR, the tax says 5.25 EUR"),
        ),
    ] {
        let order = shipped(of_order);
        let wanted: Vec<_> = said.iter().map(|said| format!("PDF-TAX: {said}")).collect();
        assert_eq!(found(&order, Amounts::ExcludingTax), wanted, "{what}");
        assert!(found(&order, Amounts::Hidden).is_empty(), "{what}");
        for amounts in [Amounts::ExcludingTax, Amounts::IncludingTax] {
            let shown = text(&order, &order::options().with_amounts(amounts), &mut Ignore).unwrap();
            assert_eq!(shown.contains("Grand total"), said.is_none(), "{what}: {shown}");
            assert!(said.is_none() || shown.contains("Amount EUR excl. VAT: 25.00"), "{what}: {shown}");
        }
    }
}

#[test]
fn a_tax_of_a_line_is_held_against_its_rate() {
    for (sum, is_included, fits) in
        [("5.25", false, true), ("4.34", true, true), ("9.99", false, false), ("9.99", true, false)]
    {
        let order = of(
            "35.00",
            [
                taxed(line(1, "1", "10"), "9", if is_included { "0.83" } else { "0.90" }, is_included),
                taxed(line(7, "2", "12.50"), "21", sum, is_included),
            ],
        );
        let mut found = All::new();
        let options = order::options().with_amounts(Amounts::IncludingTax);
        let shown = text(&order, &options, &mut found).unwrap();
        let found: Vec<_> = found.found().iter().map(ToString::to_string).collect();
        let due = if is_included { "in 25.00 EUR is 4.34 EUR" } else { "of 25.00 EUR is 5.25 EUR" };
        let said = format!("warning[PDF-TAX]: item 7 / Tax: 21% {due}, the tax says 9.99 EUR");
        let wanted = if fits { vec![] } else { vec![said] };
        assert_eq!(found, wanted, "{sum} {is_included}");
        let has_grand = shown.contains("Grand total");
        assert_eq!(has_grand, fits && !is_included, "{sum} {is_included}: {shown}");
        assert!(fits || is_included || shown.contains("Amount EUR excl. VAT: 25.00"), "{shown}");
    }
}

/// Shipping of a line may be taxed with it: then nobody adds that tax to the
/// line's amount, or says that it is on that.
#[test]
fn a_tax_on_shipping_of_a_line_is_not_taken_for_one_on_its_price() {
    let shipped = |tax: Tax| {
        let mut item = line(1, "1", "100");
        item.tax = Some(Box::new(tax));
        item.shipping = Some(Box::new(Shipping::new(euro("10"), Description::new("", "en"))));
        of("100.00", [item])
    };
    let on = |mut tax: Tax, base: &str| {
        tax.tax_detail[0].taxable_amount = Some(euro(base));
        tax
    };
    let both = {
        let mut tax = tax("21", "23.10", false);
        tax.tax_detail[0].tax_amount = euro("21.00");
        let mut more = tax.tax_detail[0].clone();
        more.tax_amount = euro("2.10");
        more.purpose = Some("shippingTax".into());
        tax.tax_detail.push(more);
        tax
    };
    for (what, tax, row, line, is_told) in [
        ("on both", tax("21", "23.10", false), "VAT 21%: EUR 23.10", "100.00", true),
        (
            "on both, which is said",
            on(tax("21", "23.10", false), "110.00"),
            "VAT 21% on EUR 110.00: EUR 23.10",
            "100.00",
            true,
        ),
        ("in two parts", both, "VAT 21%: EUR 23.10", "100.00", true),
        ("on the price", tax("21", "21.00", false), "VAT 21% on EUR 100.00: EUR 21.00", "121.00", false),
    ] {
        let order = shipped(tax);
        let shown = text(&order, &order::options(), &mut Ignore).unwrap();
        assert!(shown.contains(row), "{what}: {shown}");
        let mut found = All::new();
        let options = order::options().with_amounts(Amounts::IncludingTax);
        let shown = text(&order, &options, &mut found).unwrap();
        let amount = |line: &&str| line.trim().starts_with("Amount EUR");
        let amount = shown.lines().find(amount).unwrap_or_default();
        assert!(amount.ends_with(line), "{what}: {shown}");
        let told = "may be on that, too";
        assert_eq!(found.found().iter().any(|found| found.message.contains(told)), is_told, "{what}");
    }
}
