use proptest::prelude::*;
use punchout_core::{All, Amount, Limits};
use punchout_cxml::{
    Body, CarrierIdentifier, Contact, Credential, Description, Distribution, Doctype, Document,
    DocumentReference, ErrorKind, Header, InvoiceDetailDiscount, InvoiceDetailHeaderOrder, InvoiceDetailItem,
    InvoiceDetailItemInit, InvoiceDetailItemReference, InvoiceDetailLine, InvoiceDetailLineIndicator,
    InvoiceDetailLineShipping, InvoiceDetailOrder, InvoiceDetailOrderSummary, InvoiceDetailRequest,
    InvoiceDetailRequestHeader, InvoiceDetailServiceItem, InvoiceDetailServiceItemReference,
    InvoiceDetailShipping, InvoiceDetailSummary, InvoiceIdInfo, InvoiceOperation, InvoicePartner,
    InvoicePurpose, ItemId, Money, Name, OrderIdInfo, OrderReference, Party, Payload, Period, Reader,
    ReceiptIdInfo, Request, Sender, ShipNoticeIdInfo, Tax, UnitRate, Validator, code,
};

use crate::corpus::cases;
use crate::draw::Draw;
use crate::support::{codes, data, difference, read};

const LINES: &str = include_str!("../data/invoice-lines.xml");
const HEADER: &str = include_str!("../data/invoice-header.xml");

fn invoice(document: &Document) -> &InvoiceDetailRequest {
    match document.request().map(|request| &request.payload) {
        Some(Payload::InvoiceDetailRequest(invoice)) => invoice,
        other => panic!("no invoice: {other:?}"),
    }
}

fn assert_valid(xml: &[u8]) {
    let mut found = All::new();
    let report = Validator::new().validate(xml, &mut found).unwrap();
    assert!(report.valid, "{:#?}\n{}", found.found(), String::from_utf8_lossy(xml));
}

fn eur(amount: &str) -> Money {
    Money::new(amount.parse::<Amount>().unwrap(), "EUR")
}

#[test]
fn what_is_full_is_read_and_written() {
    for xml in [LINES, HEADER] {
        assert_valid(xml.as_bytes());
        let (document, found) = read(xml);
        assert!(found.found().is_empty(), "{:#?}", found.found());
        let debug = format!("{document:?}");
        let (all, empty) =
            (debug.matches("other: Other(").count(), debug.matches("other: Other(None)").count());
        assert!(all > 50 && all == empty, "{} parts have something that is not typed", all - empty);
        let written = document.write().unwrap();
        assert_valid(&written);
        let (back, found) = read(std::str::from_utf8(&written).unwrap());
        assert_eq!(difference(&back, &document), None);
        assert!(found.found().is_empty(), "{:#?}", found.found());
    }
}

#[test]
fn a_header_says_what_the_invoice_is() {
    let (document, _) = read(LINES);
    let header = &invoice(&document).invoice_detail_request_header;
    assert_eq!(header.purpose, InvoicePurpose::LineLevelCreditMemo);
    assert_eq!(header.operation, InvoiceOperation::Delete);
    assert!(header.is_information_only && header.is_ers);
    assert!(!header.invoice_detail_header_indicator.is_header_invoice);
    assert!(header.invoice_detail_line_indicator.is_price_adjustment_in_line);
    assert_eq!(header.invoice_id_info.as_ref().unwrap().invoice_id, "4700");
    assert_eq!(header.invoice_partner[0].contact.role.as_deref(), Some("remitTo"));
    assert_eq!(header.invoice_detail_shipping.as_ref().unwrap().contact.len(), 3);

    let (document, _) = read(HEADER);
    let header = &invoice(&document).invoice_detail_request_header;
    assert_eq!(header.purpose, InvoicePurpose::Standard);
    assert!(header.invoice_detail_header_indicator.is_header_invoice);
    assert_eq!(header.invoice_detail_payment_term[1].percentage_rate.as_sent(), "-1");
}

#[test]
fn goods_and_services_stay_in_order() {
    let (document, _) = read(LINES);
    let order = &invoice(&document).invoice_detail_order[0];
    let numbers: Vec<_> = order.line.iter().map(|line| line.invoice_line_number().as_sent()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert!(order.line[0].service_item().is_some() && order.line[1].item().is_some());
    let goods = order.line[1].item().unwrap();
    assert_eq!(goods.quantity.as_sent(), "-10.000");
    assert_eq!(goods.invoice_detail_item_reference.serial_number, ["S-1", "S-2"]);
    assert_eq!(goods.invoice_detail_item_reference.serial_number_attribute.as_deref(), Some("S-0"));
    let money = order.line[1].subtotal_amount().unwrap();
    assert_eq!(money.amount.value().to_string(), "-0.63");
    let labor = order.line[0].service_item().unwrap().invoice_labor_detail.as_ref().unwrap();
    assert_eq!(labor.contractor.as_ref().unwrap().contractor_identifier.value, "C-7");
}

#[test]
fn what_stands_behind_a_line_stays_there() {
    let xml = LINES
        .replacen("</InvoiceDetailServiceItem>", "</InvoiceDetailServiceItem><New>1</New>", 1)
        .replacen("</InvoiceDetailItem>", "</InvoiceDetailItem><New>2</New>", 1);
    let (document, found) = read(&xml);
    assert_eq!(codes(&found), [code::UNKNOWN, code::UNKNOWN]);
    let written = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    let at = |what: &str| written.find(what).unwrap();
    let places = [
        at("invoiceLineNumber=\"1\""),
        at("<New>1</New>"),
        at("<InvoiceDetailItem "),
        at("<New>2</New>"),
        at("invoiceLineNumber=\"3\""),
    ];
    assert!(places.is_sorted(), "{places:?}\n{written}");
}

#[test]
fn lines_are_counted() {
    let limits = Limits::default().with_items(2);
    let error = Reader::new().with_limits(limits).read(LINES.as_bytes(), &mut All::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    let xml = LINES.replacen(r#"quantity="-10.000""#, r#"quantity="ten""#, 1);
    let (_, found) = read(&xml);
    assert!(found.found()[0].at.ends_with("InvoiceDetailItem 2"), "{:?}", found.found());
}

#[test]
fn odd_tokens_and_flags_are_kept() {
    let xml = HEADER.replacen("isHeaderInvoice=\"yes\"", "isHeaderInvoice=\"no\"", 1).replacen(
        "invoiceID=\"4712\"",
        "invoiceID=\"4712\" purpose=\"proforma\" operation=\"update\"",
        1,
    );
    let (document, found) = read(&xml);
    assert_eq!(codes(&found), [code::TOKEN, code::TOKEN, code::FLAG]);
    let header = &invoice(&document).invoice_detail_request_header;
    assert_eq!(header.purpose.as_str(), "proforma");
    assert!(!header.invoice_detail_header_indicator.is_header_invoice);
    let written = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    for kept in ["purpose=\"proforma\"", "operation=\"update\"", "isHeaderInvoice=\"no\""] {
        assert!(written.contains(kept), "{kept}\n{written}");
    }
}

fn envelope(invoice: InvoiceDetailRequest) -> Document {
    let supplier = Credential::new("DUNS", "111111111");
    let sender = Sender::new(supplier.clone(), "Example Billing 2.0");
    let parties = Header::new(supplier, Party::new(Credential::new("DUNS", "222222222")), sender);
    Document::new(
        "inv-1@supplier.example",
        "2026-03-31T09:00:00+02:00",
        Body::request(parties, Request::new(invoice)),
    )
    .with_doctype(Doctype::of(Doctype::NEWEST, "InvoiceDetail"))
}

fn contact(name: &str) -> Contact {
    Contact::new(Name::new(name, "en"))
}

fn vat(amount: &str) -> Tax {
    Tax::new(eur(amount), Description::new("VAT", "en"))
}

fn shipping() -> InvoiceDetailShipping {
    InvoiceDetailShipping::new(contact("Warehouse"), contact("Plant"))
}

fn assert_round_trip(document: &Document) {
    let written = document.write().unwrap();
    assert_valid(&written);
    let (back, found) = read(std::str::from_utf8(&written).unwrap());
    assert_eq!(difference(&back, document), None);
    assert!(found.found().is_empty(), "{:?}", found.found());
}

#[test]
fn a_credit_of_goods_and_hours_is_built() {
    let header = InvoiceDetailRequestHeader::new("4711", "2026-03-30T00:00:00+02:00")
        .with_purpose(InvoicePurpose::LineLevelCreditMemo)
        .with_document_reference(DocumentReference::new("inv-0@supplier.example"))
        .with_invoice_id_info(InvoiceIdInfo::new("4700").with_invoice_date("2026-03-01"))
        .with_invoice_detail_line_indicator(InvoiceDetailLineIndicator::default().with_is_tax_in_line())
        .with_invoice_partner(contact("Cash desk").with_role("remitTo").into());
    let screws = InvoiceDetailItemInit {
        invoice_line_number: 1.into(),
        quantity: "-500".parse().unwrap(),
        unit_of_measure: "EA".into(),
        unit_price: eur("12.50").into(),
        invoice_detail_item_reference: InvoiceDetailItemReference::new(1)
            .with_item_id(ItemId::new("SCR-4-20")),
    };
    let screws = InvoiceDetailItem::from(screws)
        .with_subtotal_amount(eur("-62.50"))
        .with_tax(vat("-11.88"))
        .with_invoice_detail_discount(eur("0.00").into())
        .with_net_amount(eur("-74.38"));
    let hours = InvoiceDetailServiceItem::new(2, InvoiceDetailServiceItemReference::default(), eur("-80.00"))
        .with_quantity(1)
        .with_unit_rate(UnitRate::new(eur("80.00"), "HUR"))
        .with_period(Period::new("2026-03-15", "2026-03-16"));
    let reference = OrderReference::new("po-1@erp.example").with_order_id("4500017300");
    let order = InvoiceDetailOrder::new(reference, [screws])
        .with_invoice_detail_receipt_info(ReceiptIdInfo::new("GR-1"))
        .with_invoice_detail_ship_notice_info(ShipNoticeIdInfo::new("ASN-1"))
        .with_line(hours);
    let summary = InvoiceDetailSummary::new(eur("-142.50"), vat("-27.08"), eur("-169.58"))
        .with_gross_amount(eur("-169.58"))
        .with_due_amount(eur("-169.58"));
    let invoice = InvoiceDetailRequest::new(header, [order], summary);
    let numbers = invoice.invoice_detail_order[0].line.iter().map(InvoiceDetailLine::invoice_line_number);
    assert_eq!(numbers.map(Amount::as_sent).collect::<Vec<_>>(), ["1", "2"]);
    assert_round_trip(&envelope(invoice));
}

#[test]
fn an_invoice_of_whole_orders_is_built_and_taken_back() {
    let amounts = InvoiceDetailOrderSummary::new(1, eur("100.00"))
        .with_tax(vat("19.00"))
        .with_invoice_detail_line_special_handling(eur("5.00").into())
        .with_invoice_detail_line_shipping(InvoiceDetailLineShipping::new(shipping(), eur("8.00")))
        .with_invoice_detail_discount(InvoiceDetailDiscount::new(eur("13.20")).with_percentage_rate(10));
    let header = InvoiceDetailRequestHeader::new("4712", "2026-03-30")
        .with_invoice_partner(InvoicePartner::new(contact("Buyer").with_role("billTo")))
        .with_delete_of("inv-1@supplier.example")
        .with_invoice_detail_shipping(shipping().with_carrier(CarrierIdentifier::new("SCAC", "ABCD"), "1Z"));
    let summary = InvoiceDetailSummary::new(eur("100.00"), vat("19.00"), eur("118.80"))
        .with_special_handling_amount(eur("5.00").into())
        .with_shipping_amount(eur("8.00").into());
    let order = InvoiceDetailHeaderOrder::new(OrderIdInfo::new("4500017300"), amounts);
    let invoice = InvoiceDetailRequest::header_invoice(header, [order], summary);
    let indicator = &invoice.invoice_detail_request_header.invoice_detail_header_indicator;
    assert!(indicator.is_header_invoice);
    let roles = invoice.invoice_detail_request_header.invoice_detail_shipping.as_ref().unwrap();
    assert_eq!(roles.contact[0].role.as_deref(), Some("shipFrom"));
    assert_eq!(roles.contact[1].role.as_deref(), Some("shipTo"));
    let document = envelope(invoice);
    assert!(String::from_utf8(document.write().unwrap()).unwrap().contains(" operation=\"delete\""));
    assert_round_trip(&document);
}

#[test]
fn every_invoice_of_the_corpus_is_typed() {
    let Some(folder) = data("every_invoice_of_the_corpus_is_typed", "cxml/corpus") else { return };
    let cases = cases(&folder);
    let (mut lines, mut services, mut header_orders, mut accounts) = (0, 0, 0, 0);
    for case in cases.iter().filter(|case| case.kind == "InvoiceDetailRequest" && case.well_formed) {
        let mut found = All::new();
        let document = Document::read(&case.bytes, &mut found).unwrap();
        let invoice = invoice(&document);
        if case.is_valid {
            let unknown = found.found().iter().find(|finding| finding.code == code::UNKNOWN);
            assert!(unknown.is_none(), "{}: {unknown:?}", case.file);
            assert!(!invoice.invoice_detail_request_header.invoice_id.is_empty(), "{}", case.file);
        }
        header_orders += invoice.invoice_detail_header_order.len();
        for line in invoice.invoice_detail_order.iter().flat_map(|order| &order.line) {
            lines += 1;
            services += usize::from(line.service_item().is_some());
            let distribution: &[Distribution] = line.item().map_or(&[], |item| &item.distribution);
            accounts += distribution.len();
        }
    }
    assert_eq!((lines, services, header_orders, accounts), (36, 3, 1, 3));
}

#[test]
fn values_of_the_corpus_are_read() {
    let Some(folder) = data("values_of_the_corpus_are_read", "cxml/corpus") else { return };
    let bytes = std::fs::read(folder.join("199_InvoiceDetailRequest.xml")).unwrap();
    let document = Document::read(&bytes, &mut All::new()).unwrap();
    let invoice = invoice(&document);
    assert_eq!(invoice.invoice_detail_request_header.purpose, InvoicePurpose::CreditMemo);
    assert_eq!(
        invoice.invoice_detail_request_header.invoice_partner[1].id_reference[0].identifier,
        "123456789"
    );
    let order = &invoice.invoice_detail_header_order[0];
    let reference = order.invoice_detail_order_info.order_reference.as_ref().unwrap();
    assert_eq!(reference.document_reference.payload_id, "99576652.982.090.136");
    let summary = &order.invoice_detail_order_summary;
    assert_eq!(summary.subtotal_amount.amount.as_sent(), "5000.00");
    let shipping = summary.invoice_detail_line_shipping.as_ref().unwrap();
    assert_eq!(shipping.money.amount.as_sent(), "200.00");
    assert_eq!(shipping.invoice_detail_shipping.contact[1].role.as_deref(), Some("shipTo"));
    let discount = invoice.invoice_detail_summary.invoice_detail_discount.as_ref().unwrap();
    assert_eq!(discount.percentage_rate.as_ref().unwrap().as_sent(), "10");
    assert_eq!(invoice.invoice_detail_summary.due_amount.as_ref().unwrap().amount.as_sent(), "4229.00");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_valid_invoice_is_valid_and_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let document = Draw::valid(&bytes).invoice_document();
        check(&document)?;
    }

    #[test]
    fn any_invoice_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let document = Draw::any(&bytes).invoice_document();
        let written = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        let (back, _) = read(&written);
        prop_assert_eq!(difference(&back, &document), None, "{}", written);
    }
}

#[test]
fn an_invoice_with_everything_is_valid_and_comes_back() {
    check(&Draw::full().invoice_document()).unwrap();
}

fn check(document: &Document) -> Result<(), TestCaseError> {
    let written = document.write().unwrap();
    let mut found = All::new();
    let report = Validator::new().validate(&written, &mut found).unwrap();
    let written = String::from_utf8(written).unwrap();
    prop_assert!(report.valid, "{:?}\n{}", found.found(), written);
    let (back, found) = read(&written);
    prop_assert_eq!(difference(&back, document), None, "{}", written);
    prop_assert!(found.found().is_empty(), "{:?}\n{}", found.found(), written);
    Ok(())
}
