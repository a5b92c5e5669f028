//! Orders to render.

use punchout_core::Amount;
use punchout_cxml::{
    Address, Classification, Comments, Contact, Country, CountryCode, Description, ItemDetail,
    ItemDetailInit, ItemId, ItemOut, Money, Name, OrderRequest, OrderRequestHeader, OrderRequestHeaderInit,
    PaymentTerm, PostalAddress, PriceBasisQuantity, Shipping, Tax, TaxDetail, TelephoneNumber,
};
use punchout_pdf::Options;

pub(crate) const LONG_TEXT: &str = "Hexagon socket head cap screw according to DIN 912 / ISO 4762, property class 8.8, \
    galvanised. Tensile strength ≥ 800 N/mm², operating temperature −50 °C … +300 °C, thread tolerance 6g, \
    tightening torque 25 N·m with µ = 0.14.\nDelivered in cartons of 100 with the batch number on the label; \
    please do not mix batches within one carton.";

pub(crate) fn options() -> Options {
    Options::new(
        "Stadtwerke Köln-Müngersdorf GmbH\nPostfach 10 00 01\n50441 Köln",
        "rechnung@stadtwerke.example",
        "einkauf@stadtwerke.example",
    )
}

pub(crate) fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

pub(crate) fn euro(text: &str) -> Money {
    Money::new(amount(text), "EUR")
}

fn name(text: &str) -> Name {
    Name::new(text, "en")
}

pub(crate) fn item(line: u32, part: &str, text: &str, quantity: &str, unit: &str, price: &str) -> ItemOut {
    let detail = ItemDetailInit {
        unit_price: euro(price).into(),
        description: Description::new(text, "en"),
        unit_of_measure: unit.into(),
        classification: Classification::new("UNSPSC", "31161500"),
    };
    ItemOut::new(amount(quantity), part).with_line_number(line).with_item_detail(detail)
}

fn with_detail(mut item: ItemOut, change: impl FnOnce(ItemDetail) -> ItemDetail) -> ItemOut {
    item.item_detail = item.item_detail.map(change);
    item
}

fn header(total: &str) -> OrderRequestHeader {
    let town_hall = PostalAddress::new("Große Straße 5 – 7", "Köln", Country::new("DE", "Germany"))
        .with_postal_code("50667")
        .with_deliver_to("Kreditorenbuchhaltung");
    let bill_to = Address::new(name("Stadtwerke Köln-Müngersdorf GmbH"))
        .with_postal_address(town_hall)
        .with_email("rechnung@stadtwerke.example");
    OrderRequestHeaderInit {
        order_id: "4500012345".into(),
        order_date: "2026-03-01T09:30:00+01:00".into(),
        total: euro(total).into(),
        bill_to: bill_to.into(),
    }
    .into()
}

/// A short order with every difficulty that a page has room for.
pub(crate) fn rich() -> OrderRequest {
    let athens = PostalAddress::new("Οδός Αθηνάς 12", "Αθήνα", Country::new("GR", "Ελλάδα"))
        .with_postal_code("105 51")
        .with_deliver_to("Łukasz Żółć, Gate 3");
    let phone = TelephoneNumber::new(CountryCode::new("GR", "30"), "210", "1234567");
    let depot = Address::new(name("Αποθήκη Αθηνών Α.Ε."))
        .with_address_id("LOC-0815", "buyerLocationCode")
        .with_postal_address(athens)
        .with_phone(phone);
    let supplier = Contact::new(name("ООО «Крепёж и Ко»")).with_role("supplierCorporate");
    let requester =
        Contact::new(name("Zoë Åström-Őrsi")).with_role("endUser").with_email("zoe@stadtwerke.example");
    let header = header("1306.78")
        .with_ship_to(depot)
        .with_requested_delivery_date("2026-03-16")
        .with_requisition_id("BANF-2026-00017")
        .with_order_version(2)
        .with_payment_term(PaymentTerm::new(30))
        .with_shipping(Shipping::new(euro("9.90"), Description::new("Parcel", "en")))
        .with_tax(
            Tax::new(euro("250.17"), Description::new("VAT", "en")).with_tax_detail(
                TaxDetail::new("vat", euro("250.17"))
                    .with_percentage_rate(amount("19"))
                    .with_taxable_amount(euro("1316.68")),
            ),
        )
        .with_contact(supplier)
        .with_contact(requester)
        .with_comments("Please deliver before 10 o'clock; ring twice at \"Gate 3\".")
        .with_comments(Comments::new("Lieferschein bitte mit unserer Bestellnummer.").with_lang("de"));

    let screws = item(10, "912-M8X40-ZN", LONG_TEXT, "2500", "EA", "12.35");
    let screws = with_detail(screws, |mut detail| {
        detail.description =
            vec![Description::new(LONG_TEXT, "en").with_short_name("Screw M8 × 40 \"zinc\"")];
        detail
            .with_price_basis_quantity(PriceBasisQuantity::new(100, "EA"))
            .with_manufacturer("Würth", "0084 8 40")
            .with_lead_time(5)
    });
    let mut gloves = item(20, "HS-09/L", "Schutzhandschuhe Größe 9, Paar", "12.5", "PR", "7.249");
    gloves.item_id = ItemId::new("HS-09/L").with_buyer_part_id("MAT-778812");
    let gloves = gloves.with_requested_delivery_date("2026-03-09").with_comments("Farbe: gelb – nicht blau");
    let bearing = with_detail(
        item(30, "Подшипник-6204", "Подшипник шариковый 6204-2RS, Ø 47 mm", "4", "BX", "57.5"),
        |detail| {
            let basis = PriceBasisQuantity::new(10, "EA").with_conversion_factor(Amount::from(20));
            detail.with_price_basis_quantity(basis)
        },
    );
    let sensor = item(40, "PT100-Ω", "Sensor PT100, ½\" Anschluss, ±0,1 °C, 4…20 mA", "1", "EA", "447.42");
    OrderRequest::new(header, [screws, gloves, bearing, sensor])
}

/// An order of many lines, each of them with words of its own.
pub(crate) fn long(lines: u32) -> OrderRequest {
    let items = (1..=lines).map(|n| {
        let text = format!("Article number {n} of the long list, in size {}", n % 7);
        let text =
            if n % 23 == 0 { format!("{text}. {}", LONG_TEXT.repeat(1 + n as usize % 3)) } else { text };
        item(
            n,
            &format!("ART-{n:05}"),
            &text,
            &format!("{}", n * 3),
            "EA",
            &format!("{}.{:02}", n % 90, n % 100),
        )
    });
    let mut order = OrderRequest::new(header("0"), items);
    order.order_request_header.total = euro(&sum(&order)).into();
    order
}

/// What the lines of an order without price units come to.
fn sum(order: &OrderRequest) -> String {
    let price = |item: &ItemOut| item.item_detail.as_ref().unwrap().unit_price.money.amount.value();
    let sum = order.item_out.iter().map(|item| item.quantity.value() * price(item));
    sum.sum::<rust_decimal::Decimal>().to_string()
}
