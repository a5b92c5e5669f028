//! Orders as they come, to look at: short, long, changed.

use punchout_cxml::{
    Accounting, AccountingSegment, AdditionalDeduction, Address, Contact, Country, CountryCode, Description,
    Distribution, Extrinsic, ItemId, ItemOut, Modification, Name, OrderRequest, OrderRequestHeaderInit,
    PaymentTerm, PostalAddress, PriceBasisQuantity, ScheduleLine, Shipping, Tax, TaxDetail, TelephoneNumber,
};

use crate::order::{LONG_TEXT, amount, euro, item};

fn name(text: &str) -> Name {
    Name::new(text, "nl")
}

fn postal(street: &str, code: &str, city: &str) -> PostalAddress {
    PostalAddress::new(street, city, Country::new("NL", "Nederland")).with_postal_code(code)
}

fn tax(rate: u32, base: &str, sum: &str) -> Tax {
    let detail = TaxDetail::new("vat", euro(sum)).with_percentage_rate(rate).with_taxable_amount(euro(base));
    Tax::new(euro(sum), Description::new("Btw", "nl")).with_tax_detail(detail)
}

fn empty(total: &str) -> OrderRequest {
    let phone = TelephoneNumber::new(CountryCode::new("NL", "31"), "15", "260 24 11");
    let bill_to = Address::new(name("Gemeente Waterrijk")).with_postal_address(
        postal("Stationsplein 1", "2611 BV", "Waterrijk").with_deliver_to("Crediteurenadministratie"),
    );
    let ship_to = Address::new(name("Werkplaats Noord"))
        .with_address_id("WN-014", "buyerLocationID")
        .with_postal_address(
            postal("Energieweg 42", "2627 AP", "Waterrijk").with_deliver_to("Magazijn, poort 3"),
        )
        .with_phone(phone);
    let supplier = Contact::new(name("Van Dam Bevestigingstechniek B.V."))
        .with_role("supplierCorporate")
        .with_email("orders@vandam.example");
    let requester =
        Contact::new(name("Fenna de Groot")).with_role("endUser").with_email("f.degroot@waterrijk.example");
    let header = OrderRequestHeaderInit {
        order_id: "IO-2026-004711".into(),
        order_date: "2026-03-02T09:30:00+01:00".into(),
        total: euro(total).into(),
        bill_to: bill_to.into(),
    };
    let header = punchout_cxml::OrderRequestHeader::from(header)
        .with_ship_to(ship_to)
        .with_requested_delivery_date("2026-03-16")
        .with_requisition_id("BA-26-0917")
        .with_payment_term(PaymentTerm::new(30))
        .with_contact(supplier)
        .with_contact(requester)
        .with_extrinsic(Extrinsic::new("customerNumber", "D-20931"))
        .with_comments("Graag vóór 10 uur leveren; de poort is vanaf 7 uur bemand.");
    OrderRequest::new(header, [])
}

/// Three lines with a price unit, a discount, two rates of tax and accounts.
pub(crate) fn short() -> OrderRequest {
    let mut order = empty("338.80");
    let mut screws = item(10, "912-M8X40-ZN", "Cilinderkopschroef M8 × 40, verzinkt", "2500", "EA", "12.35");
    let detail = screws.item_detail.as_mut().unwrap();
    detail.price_basis_quantity = Some(PriceBasisQuantity::new(100, "EA"));
    detail.unit_price.modifications = Some(Modification::deduction(AdditionalDeduction::percent(5)).into());
    screws.tax = Some(Box::new(tax(21, "308.75", "64.84")));
    let segment =
        AccountingSegment::new("4410", name("Grootboek"), Description::new("Klein materiaal", "nl"));
    screws.distribution.push(Distribution::new(Accounting::new("Kosten", [segment]), euro("308.75")));
    let mut gloves = item(20, "HS-09/L", "Werkhandschoen maat 9, per paar", "2", "PR", "7.25");
    gloves.item_id = ItemId::new("HS-09/L").with_buyer_part_id("MAT-778812");
    gloves.tax = Some(Box::new(tax(21, "14.50", "3.05")));
    let gloves = gloves.with_comments("Kleur: geel, niet blauw");
    let mut coffee = item(30, "KOF-1KG", "Koffiebonen, 1 kg", "1", "BG", "15.55");
    coffee.tax = Some(Box::new(tax(9, "15.55", "1.40")));
    order.item_out = vec![screws, gloves, coffee];
    order
}

/// Sixty lines, some of them with long texts and much else to say.
pub(crate) fn long() -> OrderRequest {
    let mut order = empty("0");
    let units = ["EA", "BX", "MTR", "PK", "KGM", "SET"];
    order.item_out = (1..=60_u32)
        .map(|n| {
            let text = match n % 9 {
                0 => LONG_TEXT.repeat(2),
                4 => "Flexibele slang met koppeling, binnenmaat 19 mm, bestand tegen olie en UV, geleverd op haspel".to_owned(),
                _ => format!("Artikel nummer {n} uit het vaste assortiment"),
            };
            let unit = units[n as usize % units.len()];
            let mut line = item(n * 10, &format!("VD-{:05}", n * 37), &text, &format!("{}", n * 3 % 250 + 1), unit, &format!("{}.{:02}", n * 7 % 900, n % 100));
            if n % 9 == 0 {
                line = line.with_schedule_line(ScheduleLine::new(10, unit, "2026-04-01"));
                line = line.with_schedule_line(ScheduleLine::new(15, unit, "2026-05-01"));
            }
            line
        })
        .collect::<Vec<ItemOut>>();
    let sum: rust_decimal::Decimal = order
        .item_out
        .iter()
        .map(|item| {
            item.quantity.value() * item.item_detail.as_ref().unwrap().unit_price.money.amount.value()
        })
        .sum();
    let header = &mut order.order_request_header;
    header.total = euro(&sum.to_string()).into();
    header.shipping = Some(Shipping::new(euro("24.50"), Description::new("Pallet", "nl")));
    let base = sum + amount("24.50").value();
    let vat = (base * rust_decimal::Decimal::new(21, 2)).round_dp(2);
    header.tax = Some(tax(21, &base.to_string(), &vat.to_string()));
    order
}

/// The short order, changed and with a line deleted.
pub(crate) fn changed() -> OrderRequest {
    let mut order = short();
    order.order_request_header =
        order.order_request_header.with_update_of("before@buyer").with_order_version(2);
    // it is no longer part of the total
    order.item_out[1].operation = Some("delete".into());
    order.order_request_header.total = euro("324.30").into();
    order
}

pub(crate) fn cancelled() -> OrderRequest {
    let mut order = short();
    order.order_request_header = order.order_request_header.with_delete_of("before@buyer");
    order
}
