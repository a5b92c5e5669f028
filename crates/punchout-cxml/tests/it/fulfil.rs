//! Confirmations and ship notices.

use proptest::prelude::*;
use punchout_core::{All, Amount};
use punchout_cxml::{
    Batch, Body, CarrierIdentifier, ConfirmationHeader, ConfirmationItem, ConfirmationItemInit,
    ConfirmationKind, ConfirmationRequest, ConfirmationStatus, ConfirmationStatusKind, Credential,
    Description, Doctype, Document, FulfillmentType, Hazard, Header, Money, OrderReference,
    OrderStatusRequest, Payload, Route, RouteMethod, Sender, ShipControl, ShipControlRoute, ShipNoticeBatch,
    ShipNoticeHeader, ShipNoticeItem, ShipNoticeOperation, ShipNoticePortion, ShipNoticeRequest,
    ShipmentIdentifier, TransportInformation, Validator, code,
};

use crate::corpus::cases;
use crate::draw::Draw;
use crate::support::{ORDER, codes, data, difference, read};

/// Everything that the model has a field for.
const FULL_CONFIRMATION: &str = include_str!("../data/confirmation.xml");

const FULL_SHIP_NOTICE: &str = include_str!("../data/ship-notice.xml");

fn written(document: &Document) -> String {
    String::from_utf8(document.write_unchecked().unwrap()).unwrap()
}

/// Validates what must be valid.
fn assert_valid(xml: &str) {
    let mut found = All::new();
    let report = Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
    assert!(report.valid && found.found().is_empty(), "{:?}\n{xml}", found.found());
    assert_eq!(report.dtd, "1.2.071/Fulfill");
}

fn confirmation(document: &Document) -> &ConfirmationRequest {
    match &document.request().unwrap().payload {
        Payload::ConfirmationRequest(confirmation) => confirmation,
        other => panic!("{}", other.name()),
    }
}

fn ship_notice(document: &Document) -> &ShipNoticeRequest {
    match &document.request().unwrap().payload {
        Payload::ShipNoticeRequest(notice) => notice,
        other => panic!("{}", other.name()),
    }
}

#[test]
fn full_documents_are_typed_throughout() {
    for xml in [FULL_CONFIRMATION, FULL_SHIP_NOTICE] {
        assert_valid(xml);
        let (document, found) = read(xml);
        assert!(found.found().is_empty(), "{:?}", found.found());
        let again = written(&document);
        assert_valid(&again);
        assert_eq!(difference(&read(&again).0, &document), None, "{again}");
        // Nothing but layout is kept beside the fields.
        let kept = format!("{document:?}").replace("Other(None)", "");
        assert!(!kept.contains("RawElement") && !kept.contains("Attribute {"), "{kept}");
    }
}

#[test]
fn a_confirmation_says_what_it_says() {
    let (document, _) = read(FULL_CONFIRMATION);
    let confirmation = confirmation(&document);
    let header = &confirmation.confirmation_header;
    assert_eq!(header.kind, ConfirmationKind::Detail);
    assert_eq!(header.confirm_id.as_deref(), Some("C-1"));
    assert_eq!(header.inco_terms.as_ref().unwrap().as_str(), "dap");
    let questions: Vec<_> = confirmation
        .order_status_request
        .iter()
        .map(|question| match question {
            OrderStatusRequest::Reference(one) => one.order_status_request_id.clone().unwrap(),
            OrderStatusRequest::IdInfo(one) => one.order_status_request_id.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(questions, ["Q-1", "Q-2", "Q-3"]);
    let item = &confirmation.confirmation_item[0];
    assert_eq!((item.line_number.as_sent(), item.quantity.as_sent()), ("00001", "10.000"));
    let [first, second] = &*item.confirmation_status else { panic!("{item:?}") };
    assert_eq!(first.unit_price.as_ref().unwrap().money.amount.to_string(), "6.00");
    let component = &first.component_consumption_details[0];
    assert_eq!(component.product.buyer_part_id.as_deref(), Some("M-1"));
    assert_eq!(component.asset_info[0].serial_number.as_deref(), Some("N"));
    assert_eq!(second.kind, ConfirmationStatusKind::NotKnown);
}

#[test]
fn a_ship_notice_says_what_it_says() {
    let (document, _) = read(FULL_SHIP_NOTICE);
    let notice = ship_notice(&document);
    let header = &notice.ship_notice_header;
    assert_eq!(header.operation, ShipNoticeOperation::Update);
    assert_eq!(header.service_level[0].text, "overnight");
    assert_eq!(header.legal_entity.as_ref().unwrap().identifier, "1000");
    assert_eq!(header.terms_of_transport[0].transport_terms.as_ref().unwrap().value, "FreeOnBoard");
    let control = &notice.ship_control[0];
    assert_eq!(control.shipment_identifier[0].value, "8202 8261 1194");
    assert!(matches!(
        &*control.route,
        [ShipControlRoute::Route(_), ShipControlRoute::TransportInformation(_), ShipControlRoute::Route(by_sea)]
            if by_sea.method == RouteMethod::Ship && by_sea.text == "by sea"
    ));
    let item = &notice.ship_notice_portion[0].ship_notice_item[0];
    assert!(matches!(
        &*item.batch,
        [ShipNoticeBatch::SupplierBatchId(first), ShipNoticeBatch::Batch(_), ShipNoticeBatch::SupplierBatchId(last)]
            if *first == "B-1" && *last == "B-3"
    ));
    assert_eq!(item.packaging[0].shipping_container_serial_code.as_deref(), Some("00340123450000000001"));
    assert_eq!(item.iuid_info.as_ref().unwrap().iuid_number, ["U1", "U2"]);
    let agreement = notice.ship_notice_portion[1].master_agreement_id_info.as_ref().unwrap();
    assert_eq!(agreement.agreement_id, "A-2");
}

fn parties() -> Header {
    Header::new(
        Credential::new("DUNS", "2"),
        Credential::new("DUNS", "1"),
        Sender::new(Credential::new("DUNS", "2").with_shared_secret("s"), "Example shop"),
    )
}

#[test]
fn an_order_is_confirmed() {
    let (order, _) = read(ORDER);
    let reference = OrderReference::to(&order).unwrap();
    let line = &order.order_request().unwrap().item_out[0];
    let price = Money::new("6.40".parse::<Amount>().unwrap(), "EUR");
    let now = ConfirmationStatus::new(ConfirmationStatusKind::Detail, 4, "EA")
        .with_delivery_date("2026-03-05")
        .with_unit_price(price);
    let later = ConfirmationStatus::new(ConfirmationStatusKind::Backordered, 6, "EA");
    let number = line.line_number.clone().unwrap();
    let item = ConfirmationItem::from(ConfirmationItemInit {
        line_number: number,
        quantity: line.quantity.clone(),
        unit_of_measure: "EA".into(),
        confirmation_status: now,
    })
    .with_confirmation_status(later);
    let header = ConfirmationHeader::new(ConfirmationKind::Except, "2026-03-02T08:00:00+01:00")
        .with_confirm_id("C-1")
        .with_update_of("c0@example.com")
        .with_hazard(Hazard::new(Description::new("Flammable", "en")));
    let confirmation = ConfirmationRequest::new(header, reference).with_confirmation_item(item);
    let document =
        Document::new("c1@example.com", "2026-03-02T08:00:00+01:00", Body::request(parties(), confirmation));
    let xml = String::from_utf8(document.write().unwrap()).unwrap();
    assert_valid(&xml);
    assert_eq!(difference(&read(&xml).0, &document), None);
    let (_, payload) = xml.split_once("<ConfirmationRequest>").unwrap();
    let expected = r#"
      <ConfirmationHeader confirmID="C-1" operation="update" type="except" noticeDate="2026-03-02T08:00:00+01:00">
        <DocumentReference payloadID="c0@example.com"/>
        <Hazard>
          <Description xml:lang="en">Flammable</Description>
        </Hazard>
      </ConfirmationHeader>
      <OrderReference orderID="PO-1" orderDate="2026-03-01">
        <DocumentReference payloadID="1@example.com"/>
      </OrderReference>
      <ConfirmationItem quantity="10.000" lineNumber="00001">
        <UnitOfMeasure>EA</UnitOfMeasure>
        <ConfirmationStatus quantity="4" type="detail" deliveryDate="2026-03-05">
          <UnitOfMeasure>EA</UnitOfMeasure>
          <UnitPrice>
            <Money currency="EUR">6.40</Money>
          </UnitPrice>
        </ConfirmationStatus>
        <ConfirmationStatus quantity="6" type="backordered">
          <UnitOfMeasure>EA</UnitOfMeasure>
        </ConfirmationStatus>
      </ConfirmationItem>
    </ConfirmationRequest>
  </Request>
</cXML>
"#;
    assert_eq!(payload, expected);
}

#[test]
fn a_shipment_is_announced() {
    let (order, _) = read(ORDER);
    let mut batch = Batch::default();
    batch.expiration_date = Some("2027-03-01".into());
    let item = ShipNoticeItem::new(1, 6, "EA").with_item_id("A-1").with_batch(batch);
    let control = ShipControl::new(
        CarrierIdentifier::new("SCAC", "FDE"),
        ShipmentIdentifier::new("8202").with_domain("trackingNumber"),
    )
    .with_route(Route::new(RouteMethod::Motor))
    .with_route(TransportInformation::default());
    let header = ShipNoticeHeader::new("S-1", "2026-03-03T08:00:00+01:00")
        .with_shipment_date("2026-03-03T07:00:00+01:00")
        .with_delivery_date("2026-03-05T12:00:00+01:00")
        .with_fulfillment_type(FulfillmentType::Partial);
    let portion = ShipNoticePortion::new(OrderReference::to(&order).unwrap()).with_ship_notice_item(item);
    let notice = ShipNoticeRequest::new(header).with_ship_control(control).with_ship_notice_portion(portion);
    let document =
        Document::new("s1@example.com", "2026-03-03T08:00:00+01:00", Body::request(parties(), notice));
    let xml = String::from_utf8(document.write().unwrap()).unwrap();
    assert_valid(&xml);
    assert_eq!(difference(&read(&xml).0, &document), None);
}

#[test]
fn a_document_names_the_dtd_of_what_it_carries() {
    let fulfill = Doctype::of(Doctype::NEWEST, "Fulfill");
    let notice = ShipNoticeRequest::new(ShipNoticeHeader::new("S-1", "2026-03-03"));
    let body = Body::request(parties(), notice);
    assert_eq!(body.dtd(), "Fulfill");
    let document = Document::new("1", "2026-03-03", body.clone());
    assert_eq!(document.doctype, fulfill);
    let other = Doctype::of("1.2.014", "Fulfill");
    assert_eq!(Document::new("1", "2026-03-03", body).with_doctype(other.clone()).doctype, other);
    // A document without one gets it when it is written again.
    let without = &FULL_SHIP_NOTICE[FULL_SHIP_NOTICE.find("<cXML").unwrap()..];
    assert_eq!(read(without).0.doctype, fulfill);
}

#[test]
fn findings_say_which_line_they_are_about() {
    let second = r#"<ConfirmationItem quantity="1" lineNumber="2"><UnitOfMeasure/>
        <ConfirmationStatus quantity="1" type="maybe"><UnitOfMeasure/></ConfirmationStatus></ConfirmationItem>
        </ConfirmationRequest>"#;
    let (_, found) = read(&FULL_CONFIRMATION.replace("</ConfirmationRequest>", second));
    assert_eq!(codes(&found), [code::TOKEN]);
    let place = found.found()[0].to_string();
    assert!(place.contains("ConfirmationItem 2 / ConfirmationStatus"), "{place}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_gives_back_what_was_written(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let document = Draw::any(&bytes).fulfil_document();
        let xml = written(&document);
        let (back, _) = read(&xml);
        prop_assert_eq!(difference(&back, &document), None, "{}", xml);
        prop_assert_eq!(written(&back), xml);
    }

    #[test]
    fn what_is_drawn_valid_is_valid(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let document = Draw::valid(&bytes).fulfil_document();
        let xml = written(&document);
        assert_valid(&xml);
        let (back, found) = read(&xml);
        prop_assert_eq!(difference(&back, &document), None, "{}", xml);
        prop_assert!(found.found().is_empty(), "{:?}\n{}", found.found(), xml);
    }
}

#[test]
fn everything_at_once_is_valid() {
    for payload in [Payload::from(Draw::full().confirmation()), Draw::full().ship_notice().into()] {
        let document = Document::new("full", "2026-03-01T14:05:00+01:00", Body::request(parties(), payload));
        let xml = written(&document);
        assert_valid(&xml);
        assert_eq!(difference(&read(&xml).0, &document), None, "{xml}");
    }
}

#[test]
fn the_corpus_is_typed() {
    let Some(folder) = data("the_corpus_is_typed", "cxml/corpus") else { return };
    let (mut confirmations, mut notices, mut valid) = (0, 0, 0);
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let mut found = All::new();
        let Ok(document) = Document::read(&case.bytes, &mut found) else { continue };
        let Some(request) = document.request() else { continue };
        match (&request.payload, &*case.kind) {
            (Payload::ConfirmationRequest(confirmation), _) => {
                assert!(!confirmation.confirmation_header.notice_date.as_sent().is_empty(), "{}", case.file);
                confirmations += 1;
            }
            (Payload::ShipNoticeRequest(notice), _) => {
                assert!(!notice.ship_notice_portion.is_empty(), "{}", case.file);
                notices += 1;
            }
            (_, kind) => {
                assert!(!["ConfirmationRequest", "ShipNoticeRequest"].contains(&kind), "{}", case.file);
                continue;
            }
        }
        if case.is_valid {
            let unknown = found.found().iter().find(|finding| finding.code == code::UNKNOWN);
            assert!(unknown.is_none(), "{}: {unknown:?}", case.file);
            valid += 1;
        }
    }
    assert!(confirmations >= 14 && notices >= 11 && valid >= 21, "{confirmations} {notices} {valid}");
}

#[test]
fn values_of_the_corpus() {
    let Some(folder) = data("values_of_the_corpus", "cxml/corpus") else { return };
    let document = |file: &str| {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        Document::read(&bytes, &mut All::new()).unwrap()
    };
    let update = document("170_ConfirmationRequest.xml");
    let update = confirmation(&update);
    assert_eq!(update.confirmation_header.kind, ConfirmationKind::Except);
    let earlier = update.confirmation_header.document_reference.as_ref().unwrap();
    assert_eq!(earlier.payload_id, "1233444-2001@premier.workchairs.com");
    assert_eq!(update.order_reference.order_id.as_deref(), Some("DO1234"));
    let status = &update.confirmation_item[0].confirmation_status[0];
    assert_eq!(status.unit_price.as_ref().unwrap().money.amount.to_string(), "1.64");

    let notice = document("184_ShipNoticeRequest.xml");
    let notice = ship_notice(&notice);
    assert_eq!(notice.ship_control[0].carrier_identifier[1].value, "Federal Express");
    assert_eq!(notice.ship_control[0].shipment_identifier[0].value, "8202 8261 1194");
    let about = &notice.ship_notice_header.reference_document_info[0];
    assert_eq!(about.document_info.as_ref().unwrap().document_id, "QN171226_01");
    assert!(notice.ship_notice_portion[0].ship_notice_item.is_empty());
}
