use chrono::{DateTime, FixedOffset, NaiveDate};
use punchout_core::{Amount, Text};
use punchout_cxml::{
    Address, BillTo, Body, Classification, Comments, Contact, Country, Credential, DeploymentMode,
    Description, Discount, Doctype, Document, ErrorKind, Extrinsic, Header, IdReference, ItemDetail,
    ItemDetailInit, ItemOut, Money, Name, OrderRequest, OrderRequestHeader, OrderRequestHeaderInit,
    OrderType, Payload, PaymentTerm, PostalAddress, Request, Response, Sender, StatusCode, Timestamp,
};

fn eur(amount: &str) -> Money {
    Money::new(amount.parse::<Amount>().unwrap(), "EUR")
}

fn order() -> Document {
    let office = Address::new(Name::new("Example \"GmbH\" & Co", "de"))
        .with_postal_address(PostalAddress::new("Hauptstr. 1", "Köln", Country::new("DE", "Germany")));
    let header = OrderRequestHeader::from(OrderRequestHeaderInit {
        order_id: "PO-1".into(),
        order_date: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap().into(),
        total: eur("62.50").into(),
        bill_to: BillTo::new(office),
    })
    .with_update_of("0@example.com")
    .with_payment_term(PaymentTerm::new(30).with_discount(Discount::percent(3)))
    .with_contact(Contact::new(Name::new("Ann", "en")).with_role("endUser").with_email("ann@example.com"))
    .with_comments(Comments::new("first\nsecond"))
    .with_extrinsic(Extrinsic::new("costs", "a < b"));
    let detail = ItemDetail::from(ItemDetailInit {
        unit_price: eur("6.25").into(),
        description: Description::new("Screw", "en").with_short_name("Scr"),
        unit_of_measure: "EA".into(),
        classification: Classification::new("UNSPSC", "31161500"),
    });
    let item =
        ItemOut::new("10.000".parse::<Amount>().unwrap(), "A-1").with_line_number(1).with_item_detail(detail);
    let parties = Header::new(
        Credential::new("DUNS", "1"),
        Credential::new("DUNS", "2"),
        Sender::new(Credential::new("DUNS", "1").with_shared_secret("s"), "Example ERP"),
    );
    let order = OrderRequest::new(header, [item]);
    let request = Request::new(order).with_deployment_mode(DeploymentMode::Test);
    let time = DateTime::parse_from_rfc3339("2026-03-01T13:05:00Z").unwrap();
    Document::new("1@example.com", time, Body::request(parties, request))
}

#[test]
fn writes_an_order() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd">
<cXML payloadID="1@example.com" timestamp="2026-03-01T13:05:00+00:00">
  <Header>
    <From>
      <Credential domain="DUNS">
        <Identity>1</Identity>
      </Credential>
    </From>
    <To>
      <Credential domain="DUNS">
        <Identity>2</Identity>
      </Credential>
    </To>
    <Sender>
      <Credential domain="DUNS">
        <Identity>1</Identity>
        <SharedSecret>s</SharedSecret>
      </Credential>
      <UserAgent>Example ERP</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="test">
    <OrderRequest>
      <OrderRequestHeader orderID="PO-1" orderDate="2026-03-01" type="update">
        <Total>
          <Money currency="EUR">62.50</Money>
        </Total>
        <BillTo>
          <Address>
            <Name xml:lang="de">Example "GmbH" &amp; Co</Name>
            <PostalAddress>
              <Street>Hauptstr. 1</Street>
              <City>Köln</City>
              <Country isoCountryCode="DE">Germany</Country>
            </PostalAddress>
          </Address>
        </BillTo>
        <PaymentTerm payInNumberOfDays="30">
          <Discount>
            <DiscountPercent percent="3"/>
          </Discount>
        </PaymentTerm>
        <Contact role="endUser">
          <Name xml:lang="en">Ann</Name>
          <Email>ann@example.com</Email>
        </Contact>
        <Comments>first
second</Comments>
        <DocumentReference payloadID="0@example.com"/>
        <Extrinsic name="costs">a &lt; b</Extrinsic>
      </OrderRequestHeader>
      <ItemOut quantity="10.000" lineNumber="1">
        <ItemID>
          <SupplierPartID>A-1</SupplierPartID>
        </ItemID>
        <ItemDetail>
          <UnitPrice>
            <Money currency="EUR">6.25</Money>
          </UnitPrice>
          <Description xml:lang="en">Screw<ShortName>Scr</ShortName></Description>
          <UnitOfMeasure>EA</UnitOfMeasure>
          <Classification domain="UNSPSC">31161500</Classification>
        </ItemDetail>
      </ItemOut>
    </OrderRequest>
  </Request>
</cXML>
"#;
    assert_eq!(String::from_utf8(order().write().unwrap()).unwrap(), expected);
}

#[test]
fn writes_the_doctype_it_is_given() {
    let response = |doctype| Document::new("1", "2026-03-01", Response::ok()).with_doctype(doctype).write();
    let written = String::from_utf8(response(Doctype::of("1.2.014", "Fulfill")).unwrap()).unwrap();
    assert!(
        written.contains("<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.014/Fulfill.dtd\">")
    );
    assert!(response(Doctype::new("it's")).is_ok() && response(Doctype::new("a\"b")).is_ok());
    assert_eq!(response(Doctype::new("a\"b'")).unwrap_err().kind(), ErrorKind::Unwritable);
}

#[test]
fn refuses_characters_that_xml_cannot_say() {
    let mut document = order();
    let Body::Request(header, _) = &mut document.body else { panic!() };
    header.sender.user_agent = Text::from("a\u{b}");
    let error = document.write().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unwritable);
    let expected = "cXML / Header / Sender / UserAgent: character U+000B cannot be written in XML; remove it";
    assert_eq!(error.to_string(), expected);
    let error = Document::new("a\0", "2026-03-01", Response::ok()).write().unwrap_err();
    assert!(error.to_string().starts_with("cXML / attribute payloadID: character U+0000"), "{error}");
}

#[test]
fn spells_times_with_a_numeric_offset() {
    let offset = FixedOffset::west_opt(3 * 3600 + 1800).unwrap();
    let time = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap().and_hms_milli_opt(1, 2, 3, 250).unwrap();
    let time = Timestamp::from(time.and_local_timezone(offset).unwrap());
    assert_eq!(time.as_sent(), "2026-03-01T01:02:03.250-03:30");
    assert!(time.is_strict());
    assert_eq!(Timestamp::from(time.as_sent()).date_time(), time.date_time());
}

#[test]
fn answers() {
    let answer =
        Document::new("1", "2026-03-01", Response::error(StatusCode::NOT_ACCEPTABLE, "line 3: no Total"));
    let written = String::from_utf8(answer.write().unwrap()).unwrap();
    assert!(
        written.contains("<Status code=\"406\" text=\"Not Acceptable\">line 3: no Total</Status>"),
        "{written}"
    );
    assert!(
        Response::accepted().status.code == StatusCode::ACCEPTED && !Response::ok().status.should_retry()
    );
}

#[cfg(feature = "serde")]
#[test]
fn serialises_all_but_secrets() {
    let mut document = order();
    let json = serde_json::to_string(&document).unwrap();
    assert!(!json.contains("shared_secret"), "{json}");
    let back: Document = serde_json::from_str(&json).unwrap();
    let Body::Request(header, _) = &mut document.body else { panic!() };
    header.sender.credential[0].shared_secret = None;
    assert_eq!(back, document);
    assert!(serde_json::from_str::<punchout_cxml::RawElement>("\"<a>\"").is_err());
}

#[test]
fn says_which_version_has_what_is_too_new() {
    let with = |change: fn(&mut OrderRequest)| {
        let mut document = order().with_doctype(Doctype::cxml("1.2.014"));
        let Body::Request(_, request) = &mut document.body else { panic!("no request") };
        let Payload::OrderRequest(order) = &mut request.payload else { panic!("no order") };
        change(order);
        document
    };
    for (change, says) in [
        (
            (|order| order.order_request_header.legal_entity = Some(IdReference::new("1", "x")))
                as fn(&mut OrderRequest),
            "cXML / Request / OrderRequest / OrderRequestHeader / LegalEntity: element `LegalEntity` is not in \
             cXML 1.2.014; it came after 1.2.036, with 1.2.048 at the latest: leave it out, or name 1.2.048 or a \
             later version in the DOCTYPE",
        ),
        (
            |order| order.item_out[0].is_kanban = true,
            "cXML / Request / OrderRequest / ItemOut: attribute `isKanban` is not in cXML 1.2.014; it came after \
             1.2.036, with 1.2.048 at the latest: leave it out, or name 1.2.048 or a later version in the DOCTYPE",
        ),
        (
            |order| order.order_request_header.order_type = OrderType::StockTransport,
            "cXML / Request / OrderRequest / OrderRequestHeader: `stockTransport` as value of attribute \
             `orderType` is not in cXML 1.2.014; it came after 1.2.036, with 1.2.048 at the latest: leave it out, \
             or name 1.2.048 or a later version in the DOCTYPE",
        ),
    ] {
        let document = with(change);
        let error = document.write().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unwritable);
        assert_eq!(error.to_string(), says);
        assert!(document.write_unchecked().is_ok());
        assert!(document.with_doctype(Doctype::default()).write().is_ok());
    }
    assert!(with(|_| ()).write().is_ok());
}
