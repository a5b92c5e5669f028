//! What is added up and what is not, by orders made for each rule.

use punchout_core::{All, Amount};
use punchout_cxml::{
    AdditionalDeduction, BlanketItemDetail, Description, ItemDetail, ItemOut, ItemOutOperation, Modification,
    Money, OrderRequest, PaymentTerm, PriceBasisQuantity, Shipping, Tax, TaxDetail, UnitPrice,
};
use punchout_pdf::{Amounts, Language, text};
use rust_decimal::Decimal;

use crate::order::{self, amount, euro};

fn dollar(text: &str) -> Money {
    Money::new(amount(text), "USD")
}

fn said(text: &str) -> Description {
    Description::new(text, "en")
}

fn shipping(money: Money) -> Shipping {
    Shipping::new(money, said(""))
}

/// One piece at a price.
fn line(number: u32, price: &str) -> ItemOut {
    order::item(number, "P-1", "Thing", "1", "EA", price)
}

fn vat(rate: &str, sum: Money) -> TaxDetail {
    TaxDetail::new("vat", sum).with_percentage_rate(amount(rate))
}

fn tax(sum: &str, detail: TaxDetail) -> Tax {
    Tax::new(euro(sum), said("VAT")).with_tax_detail(detail)
}

fn taxed(mut line: ItemOut, rate: &str, sum: &str) -> ItemOut {
    line.tax = Some(Box::new(tax(sum, vat(rate, euro(sum)))));
    line
}

fn included(mut line: ItemOut, rate: &str, sum: &str) -> ItemOut {
    let mut detail = vat(rate, euro(sum));
    detail.is_included_in_price = true;
    line.tax = Some(Box::new(tax(sum, detail)));
    line
}

fn shipped(mut line: ItemOut, money: Money) -> ItemOut {
    line.shipping = Some(Box::new(shipping(money)));
    line
}

fn of(total: &str, lines: impl IntoIterator<Item = ItemOut>) -> OrderRequest {
    let mut order = order::long(0);
    order.order_request_header.total = euro(total).into();
    order.item_out = lines.into_iter().collect();
    order
}

fn changed(mut order: OrderRequest, change: impl FnOnce(&mut OrderRequest)) -> OrderRequest {
    change(&mut order);
    order
}

fn changed_line(mut line: ItemOut, change: impl FnOnce(&mut ItemDetail)) -> ItemOut {
    change(line.item_detail.as_mut().unwrap());
    line
}

/// The sums of a document in English, and what was found.
fn sums(order: &OrderRequest, amounts: Amounts) -> (Vec<String>, Vec<String>) {
    let mut found = All::new();
    let options = order::options().with_amounts(amounts);
    let said = text(order, &options, &mut found).unwrap();
    let sums = said.lines().skip_while(|line| !line.starts_with("Total")).map(|line| line.trim().to_owned());
    let sums = sums.take_while(|line| !line.is_empty()).collect();
    (sums, found.found().iter().map(|finding| finding.code.to_string()).collect())
}

/// A rule, an order for it, the sums that it is to have and what is found.
type Case = (&'static str, OrderRequest, &'static [&'static str], &'static [&'static str]);

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let pair = || [taxed(line(10, "100"), "21", "21"), taxed(line(20, "50"), "9", "4.50")];
    let with_tax =
        |order: OrderRequest, tax: Tax| changed(order, |it| it.order_request_header.tax = Some(tax));
    let with_shipping = |order: OrderRequest, money: Money| {
        changed(order, |it| it.order_request_header.shipping = Some(shipping(money)))
    };
    let odd = |sent: &str| Amount::with_spelling(Decimal::ZERO, sent);
    let odd_price = changed_line(line(10, "100"), |detail| detail.unit_price.money.amount = odd("12,50"));
    let two_rates = {
        let mut both = line(10, "100");
        let detail = |category: &str, sum: &str| {
            let mut detail = vat("5", euro(sum));
            detail.category = category.into();
            detail
        };
        let tax = Tax::new(euro("10"), said("")).with_tax_detail(detail("gst", "5"));
        both.tax = Some(Box::new(tax.with_tax_detail(detail("pst", "5"))));
        both
    };
    vec![
        (
            "a total that holds more than the lines and their tax is not added to",
            with_tax(of("125", [line(10, "100")]), tax("21", vat("21", euro("21")))),
            &["Total: EUR 125.00", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL"],
        ),
        (
            "a total that is the lines with their tax holds it",
            with_tax(of("121", [line(10, "100")]), tax("21", vat("21", euro("21")))),
            &["Total incl. VAT: EUR 121.00", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL"],
        ),
        (
            "also if only the lines say what it is",
            of("175.50", pair()),
            &[
                "Total incl. VAT: EUR 175.50",
                "VAT 9% on EUR 50.00: EUR 4.50",
                "VAT 21% on EUR 100.00: EUR 21.00",
            ],
            &["PDF-TOTAL"],
        ),
        (
            "and shipping, too",
            with_shipping(
                with_tax(of("126", [line(10, "100")]), tax("21", vat("21", euro("21")))),
                euro("5"),
            ),
            &["Total incl. VAT: EUR 126.00", "Shipping: EUR 5.00", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL"],
        ),
        (
            "or shipping alone, and tax comes on top",
            with_shipping(
                with_tax(of("105", [line(10, "100")]), tax("22.05", vat("21", euro("22.05")))),
                euro("5"),
            ),
            &[
                "Total excl. VAT: EUR 105.00",
                "Shipping: EUR 5.00",
                "VAT 21%: EUR 22.05",
                "Grand total incl. VAT: EUR 127.05",
            ],
            &["PDF-TOTAL"],
        ),
        (
            "which of two it holds nobody can tell",
            with_shipping(
                with_tax(of("121", [line(10, "100")]), tax("21", vat("21", euro("21")))),
                euro("21"),
            ),
            &["Total: EUR 121.00", "Shipping: EUR 21.00", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL"],
        ),
        (
            "prices hold their tax, and shipping is in the total",
            with_shipping(
                with_tax(of("131", [line(10, "121")]), {
                    tax("21", vat("21", euro("21")).with_taxable_amount(euro("100")))
                }),
                euro("10"),
            ),
            &["Total incl. VAT: EUR 131.00", "Shipping: EUR 10.00", "VAT 21% on EUR 100.00: EUR 21.00"],
            &["PDF-TAX", "PDF-TOTAL"],
        ),
        (
            "shipping is in the total, and the tax of the prices is not",
            with_shipping(
                with_tax(of("110", [line(10, "121")]), tax("21", vat("21", euro("21")))),
                euro("10"),
            ),
            &[
                "Total excl. VAT: EUR 110.00",
                "Shipping: EUR 10.00",
                "VAT 21%: EUR 21.00",
                "Grand total incl. VAT: EUR 131.00",
            ],
            &["PDF-TAX", "PDF-TOTAL"],
        ),
        (
            "a tax that is said to be in the prices and is on them",
            of("100", [included(line(10, "100"), "21", "21")]),
            &["Total: EUR 100.00", "VAT 21%: EUR 21.00"],
            &["PDF-TAX"],
        ),
        (
            "be it on a base or not",
            with_tax(of("100", [line(10, "100")]), {
                let mut detail = vat("21", euro("21")).with_taxable_amount(euro("100"));
                detail.is_included_in_price = true;
                tax("21", detail)
            }),
            &["Total: EUR 100.00", "VAT 21% on EUR 100.00: EUR 21.00"],
            &["PDF-TAX"],
        ),
        (
            "be it in the total or not",
            with_tax(of("121", [line(10, "100")]), {
                let mut detail = vat("21", euro("21"));
                detail.is_included_in_price = true;
                tax("21", detail)
            }),
            &["Total: EUR 121.00", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL", "PDF-TAX"],
        ),
        (
            "what is still to be taken off the total is not added up",
            changed(with_tax(of("100", [line(10, "100")]), tax("21", vat("21", euro("21")))), |it| {
                let deduction = Modification::deduction(AdditionalDeduction::percent(5));
                it.order_request_header.total.modifications = Some(deduction.into());
            }),
            &["Total excl. VAT: EUR 100.00", "Discount: 5%", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL"],
        ),
        (
            "lines that are all deleted come to nothing",
            changed(with_tax(of("100", [line(10, "100")]), tax("21", vat("21", euro("21")))), |it| {
                it.item_out[0].operation = Some(ItemOutOperation::Delete);
            }),
            &["Total: EUR 100.00", "VAT 21%: EUR 21.00"],
            &["PDF-TOTAL"],
        ),
        (
            "prices hold a tax that its rate does not make on them",
            with_tax(of("121", [line(10, "121")]), tax("21", vat("21", euro("21")))),
            &["Total incl. VAT: EUR 121.00", "VAT 21%: EUR 21.00"],
            &["PDF-TAX"],
        ),
        (
            "or that is on what is left without it",
            with_tax(of("121", [line(10, "121")]), {
                tax("21", vat("21", euro("21")).with_taxable_amount(euro("100")))
            }),
            &["Total incl. VAT: EUR 121.00", "VAT 21% on EUR 100.00: EUR 21.00"],
            &["PDF-TAX"],
        ),
        (
            "each line its own",
            of("175.50", [taxed(line(10, "121"), "21", "21"), taxed(line(20, "54.50"), "9", "4.50")]),
            &["Total incl. VAT: EUR 175.50", "VAT 9%: EUR 4.50", "VAT 21%: EUR 21.00"],
            &["PDF-TAX"],
        ),
        (
            "but not one and another one not",
            of("221", [taxed(line(10, "121"), "21", "21"), taxed(line(20, "100"), "21", "21")]),
            &["Total: EUR 221.00", "VAT 21%: EUR 42.00"],
            &["PDF-TAX"],
        ),
        (
            "a total without tax of prices with it",
            with_tax(of("100", [line(10, "121")]), tax("21", vat("21", euro("21")))),
            &["Total excl. VAT: EUR 100.00", "VAT 21%: EUR 21.00", "Grand total incl. VAT: EUR 121.00"],
            &["PDF-TAX", "PDF-TOTAL"],
        ),
        (
            "be it said of them or not",
            of("100", [included(line(10, "121"), "21", "21")]),
            &["Total excl. VAT: EUR 100.00", "VAT 21%: EUR 21.00", "Grand total incl. VAT: EUR 121.00"],
            &["PDF-TOTAL"],
        ),
        (
            "what is too small to tell comes on top, as cXML has it",
            with_tax(of("0.05", [line(10, "0.05")]), tax("0.01", vat("21", euro("0.01")))),
            &["Total excl. VAT: EUR 0.05", "VAT 21%: EUR 0.01", "Grand total incl. VAT: EUR 0.06"],
            &[],
        ),
        (
            "a tax that is not the sum of its parts is not added",
            with_tax(
                of("100", [line(10, "100")]),
                tax("21", vat("10", euro("10"))).with_tax_detail(vat("10", euro("10"))),
            ),
            &["Total excl. VAT: EUR 100.00", "VAT: EUR 21.00", "VAT 10%: EUR 10.00", "VAT 10%: EUR 10.00"],
            &["PDF-TAX"],
        ),
        (
            "a price that cannot be read is none",
            with_tax(of("100", [odd_price]), tax("21", vat("21", euro("21")))),
            &["Total excl. VAT: EUR 100.00", "VAT 21%: EUR 21.00", "Grand total incl. VAT: EUR 121.00"],
            &["PDF-AMOUNT"],
        ),
        (
            "a total that cannot be read adds up to nothing",
            changed(with_tax(of("100", [line(10, "100")]), tax("21", vat("21", euro("21")))), |it| {
                it.order_request_header.total.money.amount = odd("100,00");
            }),
            &["Total excl. VAT: 100,00 EUR", "VAT 21%: EUR 21.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "neither does a tax",
            changed(with_tax(of("100", [line(10, "100")]), tax("21", vat("21", euro("21")))), |it| {
                it.order_request_header.tax.as_mut().unwrap().money.amount = odd("21,00");
            }),
            &["Total excl. VAT: EUR 100.00", "VAT: 21,00 EUR", "VAT 21%: EUR 21.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "two taxes of a line are two, though their rate is one",
            of("100", [two_rates]),
            &[
                "Total excl. tax: EUR 100.00",
                "gst 5% on EUR 100.00: EUR 5.00",
                "pst 5% on EUR 100.00: EUR 5.00",
                "Grand total incl. tax: EUR 110.00",
            ],
            &[],
        ),
        ("a total alone says nothing of tax", of("100", [line(10, "100")]), &["Total: EUR 100.00"], &[]),
        (
            "tax by rate on what bears it",
            of("150", pair()),
            &[
                "Total excl. VAT: EUR 150.00",
                "VAT 9% on EUR 50.00: EUR 4.50",
                "VAT 21% on EUR 100.00: EUR 21.00",
                "Grand total incl. VAT: EUR 175.50",
            ],
            &[],
        ),
        (
            "lines of one rate are one sum, however it is spelt",
            of("150", [taxed(line(10, "100"), "21", "21"), taxed(line(20, "50"), "21.00", "10.50")]),
            &[
                "Total excl. VAT: EUR 150.00",
                "VAT 21% on EUR 150.00: EUR 31.50",
                "Grand total incl. VAT: EUR 181.50",
            ],
            &[],
        ),
        (
            "the base is the one that is sent",
            changed(of("100", [taxed(line(10, "100"), "21", "18.90")]), |it| {
                it.item_out[0].tax.as_mut().unwrap().tax_detail[0].taxable_amount = Some(euro("90"));
            }),
            &[
                "Total excl. VAT: EUR 100.00",
                "VAT 21% on EUR 90.00: EUR 18.90",
                "Grand total incl. VAT: EUR 118.90",
            ],
            &[],
        ),
        (
            "what a discount leaves is not guessed as a base",
            changed(of("95", [taxed(line(10, "100"), "21", "19.95")]), |it| {
                let deduction = Modification::deduction(AdditionalDeduction::percent(5));
                it.item_out[0].item_detail.as_mut().unwrap().unit_price.modifications =
                    Some(deduction.into());
            }),
            &["Total excl. VAT: EUR 95.00", "VAT 21%: EUR 19.95", "Grand total incl. VAT: EUR 114.95"],
            &["PDF-TOTAL"],
        ),
        (
            "a line that leaves its tax open leaves the sums open",
            of("150", [taxed(line(10, "100"), "21", "21"), line(20, "50")]),
            &["Total excl. VAT: EUR 150.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "shipping in another currency is not added",
            with_shipping(of("100", [line(10, "100")]), dollar("10")),
            &["Total excl. VAT: EUR 100.00", "Shipping: USD 10.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "nor is tax",
            with_tax(of("100", [line(10, "100")]), Tax::new(dollar("21"), said("VAT"))),
            &["Total excl. VAT: EUR 100.00", "VAT: USD 21.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "nor the tax of lines",
            changed(of("150", pair()), |it| {
                let tax = it.item_out[1].tax.as_mut().unwrap();
                (tax.money, tax.tax_detail[0].tax_amount) = (dollar("5"), dollar("5"));
            }),
            &["Total excl. VAT: EUR 150.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "a base in another currency is left out",
            changed(of("100", [taxed(line(10, "100"), "21", "21")]), |it| {
                it.item_out[0].tax.as_mut().unwrap().tax_detail[0].taxable_amount = Some(dollar("110"));
            }),
            &["Total excl. VAT: EUR 100.00", "VAT 21%: EUR 21.00", "Grand total incl. VAT: EUR 121.00"],
            &[],
        ),
        (
            "the shipping of lines is added up",
            of("150", [shipped(line(10, "100"), euro("5")), shipped(line(20, "50"), euro("7.50"))]),
            &["Total excl. VAT: EUR 150.00", "Shipping: EUR 12.50", "Grand total excl. VAT: EUR 162.50"],
            &[],
        ),
        (
            "unless the order has one of its own, which may hold it",
            with_shipping(of("100", [shipped(line(10, "100"), euro("5"))]), euro("8")),
            &["Total excl. VAT: EUR 100.00", "Shipping: EUR 8.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "or it has several currencies",
            of("150", [shipped(line(10, "100"), euro("5")), shipped(line(20, "50"), dollar("7"))]),
            &["Total: EUR 150.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "tax that is in the prices is in the total",
            of("121", [included(line(10, "121"), "21", "21")]),
            &["Total incl. VAT: EUR 121.00", "VAT 21%: EUR 21.00"],
            &[],
        ),
        (
            "and shipping comes to it",
            with_shipping(of("121", [included(line(10, "121"), "21", "21")]), euro("9")),
            &[
                "Total incl. VAT: EUR 121.00",
                "VAT 21%: EUR 21.00",
                "Shipping: EUR 9.00",
                "Grand total incl. VAT: EUR 130.00",
            ],
            &[],
        ),
        (
            "prices with and without tax make no sum",
            of("221", [included(line(10, "121"), "21", "21"), taxed(line(20, "100"), "21", "21")]),
            &["Total: EUR 221.00", "VAT 21%: EUR 42.00"],
            &["PDF-TAX"],
        ),
        (
            "tax of the order without any detail",
            with_tax(of("100", [line(10, "100")]), Tax::new(euro("21"), said("VAT"))),
            &["Total excl. VAT: EUR 100.00", "VAT: EUR 21.00", "Grand total incl. VAT: EUR 121.00"],
            &[],
        ),
        (
            "which the lines may give",
            with_tax(of("150", pair()), Tax::new(euro("25.50"), said("VAT"))),
            &[
                "Total excl. VAT: EUR 150.00",
                "VAT: EUR 25.50",
                "VAT 9% on EUR 50.00: EUR 4.50",
                "VAT 21% on EUR 100.00: EUR 21.00",
                "Grand total incl. VAT: EUR 175.50",
            ],
            &[],
        ),
        (
            "another tax is not called VAT",
            with_tax(of("100", [line(10, "100")]), Tax::new(euro("8.25"), said("Sales tax"))),
            &["Total excl. tax: EUR 100.00", "Sales tax: EUR 8.25", "Grand total incl. tax: EUR 108.25"],
            &[],
        ),
        (
            "value added tax is, in whatever language it came",
            with_tax(of("100", [line(10, "100")]), Tax::new(euro("25"), said("moms"))),
            &["Total excl. VAT: EUR 100.00", "VAT: EUR 25.00", "Grand total incl. VAT: EUR 125.00"],
            &[],
        ),
        (
            "a deleted line bears nothing",
            changed(of("100", pair()), |it| it.item_out[1].operation = Some(ItemOutOperation::Delete)),
            &[
                "Total excl. VAT: EUR 100.00",
                "VAT 21% on EUR 100.00: EUR 21.00",
                "Grand total incl. VAT: EUR 121.00",
            ],
            &[],
        ),
        (
            "a returned one may be more or less",
            changed(of("100", pair()), |it| it.item_out[1].is_return = true),
            &["Total excl. VAT: EUR 100.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "what belongs to another line may be in it",
            changed(of("100", pair()), |it| it.item_out[1].parent_line_number = Some(10.into())),
            &["Total excl. VAT: EUR 100.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "tax that is withheld is not added",
            with_tax(of("100", [line(10, "100")]), {
                let mut detail = vat("10", euro("10"));
                detail.is_withholding_tax = true;
                tax("10", detail)
            }),
            &["Total excl. VAT: EUR 100.00", "VAT 10%: EUR 10.00"],
            &["PDF-UNCHECKED"],
        ),
        (
            "a total that is not the sum of the lines is shown as sent",
            of("99", [line(10, "100")]),
            &["Total: EUR 99.00"],
            &["PDF-TOTAL"],
        ),
    ]
}

#[test]
fn sums_hold_only_what_goes_together() {
    let cases = cases();
    assert!(cases.len() > 20);
    let broken = cases.iter().filter_map(|(rule, order, wanted, findings)| {
        let (sums, found) = sums(order, Amounts::ExcludingTax);
        (sums != *wanted || found != *findings).then(|| format!("{rule}: {sums:#?} {found:?}"))
    });
    let broken: Vec<_> = broken.collect();
    assert!(broken.is_empty(), "{} rules are broken: {}", broken.len(), broken.join("\n"));
}

/// What was read of an order's amounts, line by line and in words.
#[test]
fn readings_are_told_plainly() {
    let with_tax = |total: &str, price: &str, base: Option<&str>, cost: Option<&str>| {
        let mut order = of(total, [line(10, price)]);
        let mut detail = vat("21", euro("21"));
        detail.taxable_amount = base.map(euro);
        order.order_request_header.tax = Some(tax("21", detail));
        order.order_request_header.shipping = cost.map(|cost| shipping(euro(cost)));
        order
    };
    let gross = ["EUR incl. VAT: 121.00"];
    let total = |is: &str| format!("the total is that of the lines {is}, as the numbers show");
    let prices =
        || "the prices hold their tax, as the numbers show; no `isIncludedInPrice` says so".to_owned();
    for (what, sum, price, base, cost, told) in [
        ("total with tax", "121", "100", None, None, vec![total("with tax")]),
        ("total with tax on a base", "121", "100", Some("100"), None, vec![total("with tax")]),
        ("total with shipping", "105", "100", Some("100"), Some("5"), vec![total("with shipping")]),
        ("total with both", "126", "100", Some("100"), Some("5"), vec![total("with tax and shipping")]),
        ("prices with tax", "121", "121", None, None, vec![prices()]),
        (
            "prices with tax, total with shipping",
            "131",
            "121",
            Some("100"),
            Some("10"),
            vec![prices(), total("with shipping")],
        ),
        ("only prices with tax", "100", "121", None, None, vec![prices(), total("without their tax")]),
    ] {
        let order = with_tax(sum, price, base, cost);
        assert_eq!(self::with_tax(&order), (gross.map(str::to_owned).to_vec(), told), "{what}");
        let said = text(&order, &order::options(), &mut punchout_core::Ignore).unwrap();
        let is_gross = said.contains("Price EUR incl. VAT: 121.00");
        assert_eq!(is_gross, what.contains("prices"), "{what}: {said}");
    }
    let (amounts, found) = self::with_tax(&with_tax("121", "100", None, Some("21")));
    assert_eq!(amounts, gross);
    assert_eq!(found, ["the total may be the lines with tax or the lines with shipping"]);
    let mut order = of("100", [line(10, "100")]);
    order.order_request_header.tax =
        Some(tax("21", vat("10", euro("10"))).with_tax_detail(vat("5", euro("5"))));
    let mut found = All::new();
    text(&order, &order::options(), &mut found).unwrap();
    let found: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["warning[PDF-TAX]: order header / Tax: the parts of the tax come to 15 EUR, the tax says 21 EUR"]
    );
}

/// What has more digits than can be counted with is no sum at all.
#[test]
fn nothing_is_lost_of_the_longest_numbers() {
    const MOST: &str = "79228162514264337593543950335";
    let (amounts, found) = with_tax(&of(MOST, [line(1, MOST), line(2, "0.01")]));
    assert_eq!(amounts, ["EUR excl. VAT: 79,228,162,514,264,337,593,543,950,335", "EUR excl. VAT: 0.01"]);
    let why = "the total is not checked against the lines: line 2 is too long a number";
    assert_eq!(found, ["the order does not say what tax each line bears", why]);

    // the total as sent, and no sum that a cent is missing of
    let mut order = of(MOST, [line(1, MOST)]);
    order.order_request_header.tax = Some(Tax::new(euro("0.01"), said("VAT")));
    let (sums, found) = sums(&order, Amounts::ExcludingTax);
    let total = "Total excl. VAT: EUR 79,228,162,514,264,337,593,543,950,335";
    assert_eq!(
        (sums, found),
        (vec![total.to_owned(), "VAT: EUR 0.01".to_owned()], vec!["PDF-UNCHECKED".to_owned()])
    );

    // a third of it has more than is left of the digits
    let third = |quantity: &str| {
        let line = order::item(1, "P-1", "Thing", quantity, "EA", "1");
        let basis = PriceBasisQuantity::new(3, "EA");
        with_tax(&of("1", [changed_line(line, |detail| detail.price_basis_quantity = Some(basis))]))
    };
    assert_eq!(third("10000000000000000").0, ["EUR excl. VAT: 3,333,333,333,333,333.33"]);
    let (amounts, found) = third("10000000000000000000000000000");
    assert!(amounts.is_empty(), "{amounts:?}");
    assert!(found.contains(&"the amount has more than 28 digits".to_owned()), "{found:?}");
}

#[test]
fn what_cannot_be_read_stays_as_it_was_sent() {
    let odd = |sent: &str| Amount::with_spelling(Decimal::ZERO, sent);
    let mut price = changed_line(line(10, "1"), |detail| detail.unit_price.money.amount = odd("1.234,56"));
    price.quantity = odd("1,5");
    let basis = |factor: &str| {
        let mut basis = PriceBasisQuantity::new(amount("100"), "EA");
        basis.conversion_factor = odd(factor);
        let line = order::item(20, "P-1", "Thing", "200", "EA", "5.00");
        changed_line(line, |detail| detail.price_basis_quantity = Some(basis))
    };
    let order = of("10", [price, basis(""), basis("0,5")]);
    let mut found = All::new();
    let said = text(&order, &order::options(), &mut found).unwrap();
    for fact in ["1.234,56", "1,5", "Amount EUR excl. VAT: 10.00"] {
        assert!(said.contains(fact), "no {fact} in {said}");
    }
    assert_eq!(said.matches("Amount EUR").count(), 1, "{said}");
    let found: Vec<_> = found.found().iter().map(|finding| &*finding.message).collect();
    assert_eq!(found, ["a number of the line cannot be read"; 2]);
}

/// The amounts of the lines in English, with tax.
fn with_tax(order: &OrderRequest) -> (Vec<String>, Vec<String>) {
    let mut found = All::new();
    let said = text(order, &order::options().with_amounts(Amounts::IncludingTax), &mut found).unwrap();
    let amounts = said.lines().filter_map(|line| line.trim().strip_prefix("Amount ").map(str::to_owned));
    (amounts.collect(), found.found().iter().map(|finding| finding.message.clone()).collect())
}

#[test]
fn lines_with_tax_bear_what_is_said_of_them() {
    let order = of("150", [taxed(line(10, "100"), "21", "21"), taxed(line(20, "50"), "9", "4.50")]);
    let (amounts, found) = with_tax(&order);
    assert_eq!(amounts, ["EUR incl. VAT: 121.00", "EUR incl. VAT: 54.50"]);
    assert!(found.is_empty(), "{found:?}");

    // the one rate of the order, if it is for all of the order
    let header_tax = |base: Option<&str>, sum: &str| {
        let mut order = of("100", [line(10, "100")]);
        let mut detail = vat("21", euro(sum));
        detail.taxable_amount = base.map(euro);
        order.order_request_header.tax = Some(tax(sum, detail));
        order.order_request_header.shipping = Some(shipping(euro("10")));
        with_tax(&order)
    };
    for (base, sum) in [(None, "21"), (Some("100.00"), "21"), (Some("110"), "23.10")] {
        assert_eq!(header_tax(base, sum), (vec!["EUR incl. VAT: 121.00".to_owned()], vec![]), "{base:?}");
    }
    let (amounts, found) = header_tax(Some("60"), "12.60");
    assert_eq!(amounts, ["EUR excl. VAT: 100.00"]);
    assert_eq!(found, ["the order does not say what tax each line bears"]);

    let mut other = order.clone();
    other.item_out[1].tax.as_mut().unwrap().money = dollar("5");
    let (amounts, found) = with_tax(&other);
    assert_eq!(amounts, ["EUR excl. VAT: 100.00", "EUR excl. VAT: 50.00"]);
    let no_sum =
        "there is no grand total: not every line says its tax as a number in the currency of the total";
    assert_eq!(found, ["the tax of a line is in another currency than its price", no_sum]);

    let mut withheld = order;
    withheld.item_out[1].tax.as_mut().unwrap().tax_detail[0].is_withholding_tax = true;
    let (amounts, found) = with_tax(&withheld);
    assert_eq!(amounts, ["EUR excl. VAT: 100.00", "EUR excl. VAT: 50.00"]);
    let no_sum = "there is no grand total: some tax is withheld from what is paid";
    assert_eq!(found, ["some tax is withheld from what is paid", no_sum]);
}

/// The price of a blanket order is for what it calls off later.
#[test]
fn blanket_lines_have_limits_and_no_amount() {
    let price = UnitPrice::from(euro("12.50"));
    let blanket = BlanketItemDetail::new(said("Paper as called off"))
        .with_max_amount(euro("5000"))
        .with_unit_price(price)
        .with_unit_of_measure("BX");
    let mut line = ItemOut::new(amount("1"), "P-1").with_line_number(10);
    line.blanket_item_detail = Some(Box::new(blanket));
    let mut found = All::new();
    let said = text(&of("5000", [line]), &order::options(), &mut found).unwrap();
    let found: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    let unchecked = "note[PDF-UNCHECKED]: order header / Total: the total is not checked against the lines: line 10 has no price";
    assert_eq!(found, [unchecked]);
    for fact in ["  Price EUR excl. VAT: 12.50\n", "EUR 5,000.00"] {
        assert!(said.contains(fact), "no {fact:?} in {said}");
    }
    assert!(!said.contains("  Amount EUR"), "{said}");
}

#[test]
fn numbers_are_as_the_language_writes_them() {
    let mut item = order::item(10, "P-1", "Thing", "0012345.50", "MTR", "1234.5");
    let detail = item.item_detail.as_mut().unwrap();
    detail.price_basis_quantity = Some(PriceBasisQuantity::new(1000, "MTR"));
    let mut order = of("15240.52", [item]);
    let header = order.order_request_header.with_order_version(12).with_payment_term(PaymentTerm::new(1));
    order.order_request_header = header;
    order.order_request_header.tax = Some(tax("2895.70", vat("19.00", euro("2895.70"))));
    for (language, facts) in [
        (
            Language::English,
            [
                "12,345.5 metres",
                "1,234.50 per 1,000 metres",
                "15,240.52",
                "VAT 19%: EUR 2,895.70",
                "1 day net",
            ],
        ),
        (
            Language::Dutch,
            [
                "12.345,5 meter",
                "1.234,50 per 1.000 meter",
                "15.240,52",
                "Btw 19%: EUR 2.895,70",
                "1 dag netto",
            ],
        ),
        (
            Language::German,
            [
                "12.345,5 Meter",
                "1.234,50 pro 1.000 Meter",
                "15.240,52",
                "MwSt. 19 %: 2.895,70 EUR",
                "1 Tag netto",
            ],
        ),
        (
            Language::French,
            [
                "Quantité : 12 345,5 mètres",
                "1 234,50 par 1 000 mètres",
                "15 240,52",
                "TVA 19 % : 2 895,70 EUR",
                "1 jour net",
            ],
        ),
    ] {
        let mut found = All::new();
        let said = text(&order, &order::options().with_language(language), &mut found).unwrap();
        assert!(found.found().is_empty(), "{:?}", found.found());
        for fact in facts {
            assert!(said.contains(fact), "{language}: no {fact:?} in {said}");
        }
    }
}
