//! The visit in a shop: request, answer, cart, and the order made of it.

use proptest::prelude::*;
use punchout_core::{All, Amount, Limits};
use punchout_cxml::{
    Address, Body, CartChange, Classification, Credential, CredentialMac, Description, Destination,
    DigitalSignature, Document, ErrorKind, Extrinsic, Header, ItemDetail, ItemDetailInit, ItemIn, ItemOut,
    Message, Money, Name, NodeType, OperationAllowed, OrderRequest, OrderRequestHeader,
    OrderRequestHeaderInit, Path, PathNode, PunchOutOperation, PunchOutOrderMessage,
    PunchOutOrderMessageHeader, PunchOutSetupRequest, PunchOutSetupResponse, QuoteStatus, RawElement, Reader,
    Response, Sender, SourcingAction, Status, StatusCode, code,
};

use crate::corpus::cases;
use crate::draw::Draw;
use crate::support::{assert_valid, codes, data, difference, read};

const TIME: &str = "2026-03-01T14:05:00+01:00";

fn parties() -> Header {
    let buyer = Credential::new("NetworkID", "AN01");
    let sender = Sender::new(buyer.clone(), "Example ERP");
    Header::new(buyer, Credential::new("DUNS", "123456789"), sender)
}

fn money(amount: &str) -> Money {
    Money::new(amount.parse::<Amount>().unwrap(), "EUR")
}

fn screws() -> ItemDetail {
    ItemDetail::from(ItemDetailInit {
        unit_price: money("6.25").into(),
        description: Description::new("Screw", "en"),
        unit_of_measure: "EA".into(),
        classification: Classification::new("UNSPSC", "31161500"),
    })
}

/// An order of what came back from a shop.
fn order_of(lines: impl IntoIterator<Item = ItemIn>) -> Document {
    let header = OrderRequestHeader::from(OrderRequestHeaderInit {
        order_id: "PO-1".into(),
        order_date: TIME.into(),
        total: money("6.25").into(),
        bill_to: Address::new(Name::new("Buyer", "en")).into(),
    });
    let order = OrderRequest::new(header, lines.into_iter().map(ItemOut::from));
    Document::new("1@example.com", TIME, Body::request(parties(), order))
}

const HEADER: &str = "<Header>
    <From><Credential domain='DUNS'><Identity lastChangedTimestamp='2026-02-01T00:00:00+01:00'>1</Identity></Credential>
      <Correspondent preferredLanguage='de-DE'>
        <Contact><Name xml:lang='de'>Einkauf</Name></Contact><Routing destination='peppol'/>
        <Extrinsic name='department'>7</Extrinsic>
      </Correspondent></From>
    <To><Credential domain='DUNS' type='marketplace'><Identity>2</Identity>
      <DigitalSignature type='PK7' encoding='Base64'>c2lnbmVk</DigitalSignature></Credential></To>
    <Sender>
      <Credential domain='DUNS'><Identity>1</Identity>
        <CredentialMac type='FromSenderCredentials' algorithm='HMAC-SHA1-96'
          creationDate='2003-01-15T08:42:46-08:00' expirationDate='2003-01-15T11:42:46-08:00'>bWFj</CredentialMac>
      </Credential>
      <UserAgent>Example ERP</UserAgent>
    </Sender>
    <Path>
      <Node type='copy'><Credential domain='DUNS'><Identity>3</Identity></Credential></Node>
      <Node type='route' itemDetailsRequired='yes'><Credential domain='DUNS'><Identity>4</Identity></Credential></Node>
    </Path>
    <OriginalDocument payloadID='0@example.com'/>
  </Header>";

const DETAIL: &str = "<ItemDetail><UnitPrice><Money currency='EUR'>6.25</Money></UnitPrice>
      <Description xml:lang='en'>Screw</Description><UnitOfMeasure>EA</UnitOfMeasure>
      <Classification domain='UNSPSC'>31161500</Classification><Extrinsic name='colour'>blue</Extrinsic></ItemDetail>";

fn document(body: &str) -> String {
    format!(
        "<?xml version='1.0'?>\n<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd\">\n\
        <cXML payloadID='1@example.com' timestamp='{TIME}'>{body}</cXML>"
    )
}

/// Reads a document that is in order, and sees that it is written as it was.
fn read_in_order(body: &str) -> Document {
    let xml = document(body);
    let (document, found) = read(&xml);
    assert!(found.found().is_empty(), "{:?}", found.found());
    assert_valid(xml.as_bytes());
    let written = document.write().unwrap();
    assert_valid(&written);
    let (back, found) = read(std::str::from_utf8(&written).unwrap());
    assert_eq!(difference(&back, &document), None);
    assert_eq!(back, document);
    assert!(found.found().is_empty(), "{:?}", found.found());
    document
}

#[test]
fn a_setup_request_and_its_header() {
    let document = read_in_order(&format!(
        "{HEADER}<Request><PunchOutSetupRequest operation='edit'>
        <BuyerCookie>visit 17</BuyerCookie>
        <Extrinsic name='UserEmail'>buyer@example.com</Extrinsic>
        <BrowserFormPost><URL>https://erp.example/return?id=17</URL></BrowserFormPost>
        <Contact role='endUser'><Name xml:lang='en'>User</Name></Contact>
        <SupplierSetup><URL>https://shop.example/setup</URL></SupplierSetup>
        <ShipTo><Address><Name xml:lang='en'>Plant</Name></Address></ShipTo>
        <SelectedItem><ItemID><SupplierPartID>A-1</SupplierPartID></ItemID></SelectedItem>
        <ItemOut quantity='2'><ItemID><SupplierPartID>A-1</SupplierPartID></ItemID></ItemOut>
        </PunchOutSetupRequest></Request>"
    ));
    let header = document.header().unwrap();
    let party = &header.from;
    assert_eq!(&*party.credential[0].identity, "1");
    let changed = party.credential[0].identity.last_changed_timestamp.as_ref().unwrap();
    assert_eq!(changed.as_sent(), "2026-02-01T00:00:00+01:00");
    let correspondent = party.correspondent.as_ref().unwrap();
    assert_eq!(correspondent.preferred_language.as_deref(), Some("de-DE"));
    assert_eq!(correspondent.routing.as_ref().unwrap().destination, Destination::Peppol);
    assert_eq!(correspondent.extrinsic[0].value.as_text(), Some("7"));
    let signature = header.to.credential[0].digital_signature.as_ref().unwrap();
    assert_eq!((signature.kind.as_deref(), signature.value.expose()), (Some("PK7"), "c2lnbmVk"));
    let mac = header.sender.credential[0].credential_mac.as_ref().unwrap();
    assert_eq!(**mac, CredentialMac::new("bWFj", "2003-01-15T08:42:46-08:00", "2003-01-15T11:42:46-08:00"));
    let nodes = &header.path.as_ref().unwrap().node;
    assert_eq!((&nodes[0].kind, nodes[0].item_details_required), (&NodeType::Copy, false));
    assert_eq!((&nodes[1].kind, nodes[1].item_details_required), (&NodeType::Route, true));
    assert_eq!(header.original_document.as_ref().unwrap().payload_id, "0@example.com");

    let request = document.punch_out_setup_request().unwrap();
    assert_eq!(request.operation, PunchOutOperation::Edit);
    assert_eq!(request.buyer_cookie.as_text(), Some("visit 17"));
    assert_eq!(request.extrinsic[0].value.as_text(), Some("buyer@example.com"));
    assert_eq!(request.browser_form_post.as_ref().unwrap().value, "https://erp.example/return?id=17");
    assert_eq!(request.contact[0].role.as_deref(), Some("endUser"));
    assert_eq!(request.supplier_setup.as_ref().unwrap().value, "https://shop.example/setup");
    assert_eq!(request.ship_to.as_ref().unwrap().address.name.text, "Plant");
    assert_eq!(request.selected_item.as_ref().unwrap().supplier_part_id.value, "A-1");
    assert_eq!(request.item_out.len(), 1);
    assert_eq!(document.payload_name(), "PunchOutSetupRequest");
    assert!(document.punch_out_order_message().is_none());
}

#[test]
fn a_cart_with_everything() {
    let document = read_in_order(&format!(
        "{HEADER}<Message inReplyTo='0@example.com'><Status code='200' text='OK'/><PunchOutOrderMessage>
        <BuyerCookie><Extrinsic name='x'>17</Extrinsic></BuyerCookie>
        <PunchOutOrderMessageHeader operationAllowed='edit' quoteStatus='pending'>
        <SourcingStatus action='approve' xml:lang='en'>agreed</SourcingStatus>
        <Total><Money currency='EUR'>12.50</Money></Total>
        <ShipTo><Address><Name xml:lang='en'>Plant</Name></Address></ShipTo>
        <Shipping><Money currency='EUR'>5</Money><Description xml:lang='en'>Parcel</Description></Shipping>
        <Tax><Money currency='EUR'>2.38</Money><Description xml:lang='en'>VAT</Description></Tax>
        <SupplierOrderInfo orderID='S-1'/>
        </PunchOutOrderMessageHeader>
        <ItemIn quantity='2' openQuantity='1' promisedQuantity='2' lineNumber='1' parentLineNumber='9' itemType='item'
          compositeItemType='itemLevel' itemClassification='material' itemCategory='text'>
        <ItemID><SupplierPartID>A-1</SupplierPartID><SupplierPartAuxiliaryID>a &amp; b\n </SupplierPartAuxiliaryID></ItemID>
        <Path><Node type='copy'><Credential domain='DUNS'><Identity>3</Identity></Credential></Node></Path>
        {DETAIL}
        <SupplierID domain='DUNS'>3</SupplierID>
        <ShipTo><Address><Name xml:lang='en'>Plant</Name></Address></ShipTo>
        <Shipping><Money currency='EUR'>5</Money><Description xml:lang='en'>Parcel</Description></Shipping>
        <Tax><Money currency='EUR'>2.38</Money><Description xml:lang='en'>VAT</Description></Tax>
        <SpendDetail><Extrinsic name='spend'>1</Extrinsic></SpendDetail>
        <Distribution><Accounting name='a'><Segment id='1' type='CostCenter' description='c'/></Accounting>
          <Charge><Money currency='EUR'>1</Money></Charge></Distribution>
        <Contact><Name xml:lang='en'>Sales</Name></Contact>
        <Comments>fragile</Comments>
        <ScheduleLine quantity='2' requestedDeliveryDate='2026-04-01'><UnitOfMeasure>EA</UnitOfMeasure></ScheduleLine>
        <BillTo><Address><Name xml:lang='en'>Payer</Name></Address></BillTo>
        <Batch/>
        <Period startDate='2026-04-01' endDate='2026-04-30'/>
        <DateInfo type='expectedShipmentDate' date='2026-03-15'/>
        <Extrinsic name='size'>4</Extrinsic>
        </ItemIn></PunchOutOrderMessage></Message>"
    ));
    let cart = document.punch_out_order_message().unwrap();
    assert_eq!(cart.buyer_cookie.as_xml(), Some("<Extrinsic name='x'>17</Extrinsic>"));
    let header = &cart.punch_out_order_message_header;
    assert_eq!(
        (&header.operation_allowed, &header.quote_status),
        (&OperationAllowed::Edit, &QuoteStatus::Pending)
    );
    let sourcing = header.sourcing_status.as_ref().unwrap();
    assert_eq!((sourcing.action.as_ref(), &*sourcing.text), (Some(&SourcingAction::Approve), "agreed"));
    assert_eq!(header.total.money, money("12.50"));
    assert_eq!(header.ship_to.as_ref().unwrap().address.name.text, "Plant");
    assert_eq!(header.shipping.as_ref().unwrap().description.text, "Parcel");
    assert_eq!(header.tax.as_ref().unwrap().money, money("2.38"));
    assert_eq!(header.supplier_order_info.as_ref().unwrap().order_id, "S-1");
    let line = &cart.item_in[0];
    assert_eq!(line.open_quantity, Some(1.into()));
    assert_eq!(line.promised_quantity, Some(2.into()));
    assert_eq!(line.bill_to.as_ref().unwrap().address.name.text, "Payer");
    assert_eq!(line.period.as_ref().unwrap().end_date.as_sent(), "2026-04-30");
    assert_eq!(line.comments.as_ref().unwrap().text, "fragile");
    assert_eq!(line.supplier_id.as_ref().unwrap().value, "3");
    assert!(line.batch.is_some() && line.spend_detail.is_some());
    assert_eq!(line.date_info[0].date.as_sent(), "2026-03-15");

    // and the order of it
    let order = order_of([line.clone()]);
    let bytes = order.write().unwrap();
    assert_valid(&bytes);
    let (back, found) = read(std::str::from_utf8(&bytes).unwrap());
    assert!(found.found().is_empty(), "{:?}", found.found());
    assert_eq!(back, order);
    let ordered = &back.order_request().unwrap().item_out[0];
    let mut expected = ItemOut::new(line.quantity.clone(), line.item_id.clone());
    expected.line_number = Some(1.into());
    expected.parent_line_number = Some(9.into());
    expected.item_type = line.item_type.clone();
    expected.composite_item_type = line.composite_item_type.clone();
    expected.item_classification = line.item_classification.clone();
    expected.item_category = line.item_category.clone();
    expected.path = line.path.clone();
    let mut detail = line.item_detail.clone();
    detail.extrinsic.push(Extrinsic::new("size", "4"));
    expected.item_detail = Some(detail);
    expected.ship_to = line.ship_to.clone();
    expected.shipping = line.shipping.clone();
    expected.tax = line.tax.clone();
    expected.distribution = line.distribution.clone();
    expected.contact = line.contact.clone();
    expected.comments = line.comments.iter().cloned().collect();
    expected.schedule_line = line.schedule_line.clone();
    expected.supplier_id = line.supplier_id.clone();
    expected.spend_detail = line.spend_detail.clone();
    expected.batch = line.batch.clone();
    assert_eq!(*ordered, expected);
    let auxiliary = ordered.item_id.supplier_part_auxiliary_id.as_ref().unwrap();
    assert_eq!(auxiliary.as_text(), Some("a & b\n "));
}

#[test]
fn what_stands_around_a_single_child_stays_there() {
    let body = format!(
        "{HEADER}<Request><PunchOutSetupRequest operation='create'><BuyerCookie>1</BuyerCookie>
        <SelectedItem shade='blue'>one<First/><ItemID><SupplierPartID>A-1</SupplierPartID></ItemID><Second/>two</SelectedItem>
        </PunchOutSetupRequest></Request>"
    );
    let (setup, _) = read(&document(&body));
    let xml = String::from_utf8(setup.write().unwrap()).unwrap();
    let selected = &xml[xml.find("<SelectedItem").unwrap()..xml.find("</SelectedItem>").unwrap()];
    let words: Vec<_> = selected.split(['<', '>', '\n', ' ']).filter(|word| !word.is_empty()).collect();
    assert_eq!(
        words,
        [
            "SelectedItem",
            "shade=\"blue\"",
            "one",
            "First/",
            "ItemID",
            "SupplierPartID",
            "A-1",
            "/SupplierPartID",
            "/ItemID",
            "Second/",
            "two"
        ]
    );
    let (back, _) = read(&xml);
    assert_eq!(back, setup);
}

#[test]
fn what_constructors_make_is_valid() {
    let node = PathNode::new(NodeType::Route, Credential::new("DUNS", "3"));
    let header = parties().with_path(Path::new(node.clone()).with_node(node), "0@example.com");
    let setup = PunchOutSetupRequest::new(PunchOutOperation::Create, "visit-17")
        .with_browser_form_post("https://erp.example/return")
        .with_extrinsic(Extrinsic::new("UserEmail", "buyer@example.com"))
        .with_selected_item("A-1")
        .with_ship_to(Address::new(Name::new("Plant", "en")))
        .with_item_out(ItemOut::new(2, "A-1"));
    let line = ItemIn::new(2, "A-1", screws()).with_line_number(1).with_comments("fragile");
    let cart = PunchOutOrderMessage::new(
        "visit-17",
        PunchOutOrderMessageHeader::new(OperationAllowed::Edit, money("12.50")),
    )
    .with_item_in(line);
    let answer = Response::ok().with_payload(PunchOutSetupResponse::new("https://shop.example/visit/17"));
    for body in [
        Body::request(header.clone(), setup),
        Body::message(header, Message::new(cart).with_in_reply_to("1@example.com")),
        answer.into(),
    ] {
        let document = Document::new("1@example.com", TIME, body);
        let bytes = document.write().unwrap();
        assert_valid(&bytes);
        let (back, found) = read(std::str::from_utf8(&bytes).unwrap());
        assert_eq!(back, document);
        assert!(found.found().is_empty(), "{:?}", found.found());
    }
}

#[test]
fn a_cart_says_what_becomes_of_the_lines() {
    use CartChange::{Add, Keep, Remove, Replace};
    use PunchOutOperation::{Create, Edit, Inspect, Source};

    let header = PunchOutOrderMessageHeader::new(OperationAllowed::Edit, money("0"));
    let empty = PunchOutOrderMessage::new("17", header);
    let full = empty.clone().with_item_in(ItemIn::new(1, "A-1", screws()));
    let failed = Status::new(StatusCode::INTERNAL_SERVER_ERROR);
    for (operation, with_lines, without) in [
        (Create, Add, Keep),
        (Source, Add, Keep),
        (Edit, Replace, Remove),
        (Inspect, Keep, Keep),
        (PunchOutOperation::from("browse"), Add, Keep),
    ] {
        for (cart, change) in [(&full, with_lines), (&empty, without)] {
            let message = Message::new(cart.clone());
            assert_eq!(message.cart_change(&operation), change, "{operation}");
            assert_eq!(message.clone().with_status(StatusCode::OK).cart_change(&operation), change);
            assert_eq!(message.clone().with_status(StatusCode::NO_CONTENT).cart_change(&operation), Keep);
            assert_eq!(message.with_status(failed.clone()).cart_change(&operation), Keep);
        }
    }
    let other = Message::new(RawElement::parse("<ProviderDoneMessage/>").unwrap());
    assert_eq!(other.cart_change(&Edit), Keep);

    for (allowed, operations) in [
        (OperationAllowed::Create, [true, false, false, true]),
        (OperationAllowed::Inspect, [true, true, false, true]),
        (OperationAllowed::Edit, [true, true, true, true]),
    ] {
        assert_eq!([Create, Inspect, Edit, Source].map(|operation| allowed.allows(&operation)), operations);
    }
}

#[test]
fn what_an_item_has_beside_the_model_goes_into_the_order() {
    let body = format!(
        "{HEADER}<Message><PunchOutOrderMessage><BuyerCookie>1</BuyerCookie>
        <PunchOutOrderMessageHeader operationAllowed='create'><Total><Money currency='EUR'>1</Money></Total>
        </PunchOutOrderMessageHeader>
        <ItemIn quantity='1' shade='blue' requisitionID='R-1'><First/>
        <ItemID><SupplierPartID>A-1</SupplierPartID></ItemID><Second/>
        {DETAIL}
        <Comments>one</Comments><Comments>two</Comments><Third/>
        <Extrinsic name='size'>4</Extrinsic><Fourth/>stray
        </ItemIn></PunchOutOrderMessage></Message>"
    );
    let (document, _) = read(&document(&body));
    let line = document.punch_out_order_message().unwrap().item_in[0].clone();
    let mut order = order_of([line]);
    let order_line = match &mut order.body {
        Body::Request(_, request) => match &mut request.payload {
            punchout_cxml::Payload::OrderRequest(order) => &mut order.item_out[0],
            payload => panic!("{}", payload.name()),
        },
        _ => unreachable!(),
    };
    // an order line has this attribute, so what the shop said of it must not stand beside it
    order_line.requisition_id = Some("R-2".into());
    let xml = String::from_utf8(order.write().unwrap()).unwrap();
    assert_eq!(xml.matches("requisitionID").count(), 1, "{xml}");
    assert!(xml.contains("shade=\"blue\"") && xml.contains("stray"), "{xml}");
    let (back, _) = read(&xml);
    let line = &back.order_request().unwrap().item_out[0];
    assert_eq!(line.requisition_id.as_deref(), Some("R-2"));
    let comments: Vec<_> = line.comments.iter().map(|comments| &*comments.text).collect();
    assert_eq!(comments, ["one", "two"]);
    let names =
        |line: &ItemOut| line.other.elements().map(|element| element.name().to_owned()).collect::<Vec<_>>();
    let mut kept = names(line);
    kept.sort();
    assert_eq!(kept, ["First", "Fourth", "Second", "Third"]);
    // the order of children: what stood before and behind the same siblings still does
    let at = |name: &str| xml.find(&format!("<{name}")).unwrap();
    assert!(at("First") < at("SupplierPartID") && at("SupplierPartID") < at("Second"));
    assert!(at("Second") < at("ItemDetail") && at("Comments") < at("Third"));
}

#[test]
fn an_item_without_detail_becomes_a_line_without_detail() {
    let body = format!(
        "{HEADER}<Message><PunchOutOrderMessage><BuyerCookie>1</BuyerCookie>
        <PunchOutOrderMessageHeader operationAllowed='create'><Total><Money currency='EUR'>1</Money></Total>
        </PunchOutOrderMessageHeader>
        <ItemIn quantity='1'><ItemID><SupplierPartID>A-1</SupplierPartID></ItemID></ItemIn>
        <ItemIn quantity='1'><ItemID><SupplierPartID>A-1</SupplierPartID></ItemID>
        <Extrinsic name='size'>4</Extrinsic></ItemIn>
        </PunchOutOrderMessage></Message>"
    );
    let (document, found) = read(&document(&body));
    assert_eq!(codes(&found), [code::MISSING, code::MISSING]);
    let [plain, sized] = &*document.punch_out_order_message().unwrap().item_in else { panic!() };
    assert_eq!(ItemOut::from(plain.clone()).item_detail, None);
    let detail = ItemOut::from(sized.clone()).item_detail.unwrap();
    assert_eq!(detail.extrinsic, [Extrinsic::new("size", "4")]);
}

#[test]
fn a_secret_in_a_message_is_kept_and_can_be_taken_off() {
    let buyer = Credential::new("DUNS", "1").with_shared_secret("hush");
    let mut header = Header::new(buyer.clone(), buyer.clone(), Sender::new(buyer.clone(), "Shop"));
    header = header.with_path(Path::new(PathNode::new(NodeType::Route, buyer)), "0@example.com");
    let cart = PunchOutOrderMessage::new(
        "visit-17",
        PunchOutOrderMessageHeader::new(OperationAllowed::Create, money("0")),
    );
    let xml = |header: Header| {
        let message = Document::new("1@example.com", TIME, Body::message(header, cart.clone()));
        String::from_utf8(message.write().unwrap()).unwrap()
    };
    // what somebody sent is kept, in every place where it may stand
    let sent = xml(header.clone());
    assert_eq!(sent.matches("hush").count(), 4);
    assert_eq!(xml(read(&sent).0.header().unwrap().clone()), sent);
    let bare = xml(header.without_shared_secrets());
    assert!(!bare.contains("hush"), "{bare}");
    assert_valid(bare.as_bytes());
}

#[test]
fn proofs_do_not_print() {
    let mut credential = Credential::new("DUNS", "1")
        .with_shared_secret("hush-1")
        .with_credential_mac(CredentialMac::new("hush-2", TIME, TIME));
    credential.digital_signature = Some(Box::new(DigitalSignature::new("hush-3")));
    let printed = format!("{credential:?}");
    assert!(printed.contains("HMAC-SHA1-96") && !printed.contains("hush"), "{printed}");
    #[cfg(feature = "serde")]
    {
        let json = serde_json::to_string(&credential).unwrap();
        assert!(json.contains("HMAC-SHA1-96") && !json.contains("hush"), "{json}");
        let back: Credential = serde_json::from_str(&json).unwrap();
        assert!(back.credential_mac.unwrap().value.is_empty());
    }
}

#[test]
fn an_auxiliary_id_goes_back_as_it_came() {
    for sent in [
        "",
        "a &amp; b",
        " two\nlines ",
        "<![CDATA[<config a='1'/>]]>",
        "<Extrinsic name='c'>&#65;</Extrinsic><!-- d -->",
    ] {
        let body = format!(
            "{HEADER}<Message><PunchOutOrderMessage><BuyerCookie>1</BuyerCookie>
            <PunchOutOrderMessageHeader operationAllowed='create'><Total><Money currency='EUR'>1</Money></Total>
            </PunchOutOrderMessageHeader><ItemIn quantity='1'><ItemID><SupplierPartID>A-1</SupplierPartID>
            <SupplierPartAuxiliaryID>{sent}</SupplierPartAuxiliaryID></ItemID>{DETAIL}</ItemIn>
            </PunchOutOrderMessage></Message>"
        );
        let (cart, _) = read(&document(&body));
        let line = cart.punch_out_order_message().unwrap().item_in[0].clone();
        let sent = line.item_id.supplier_part_auxiliary_id.clone().unwrap();
        let xml = String::from_utf8(order_of([line]).write().unwrap()).unwrap();
        let (back, _) = read(&xml);
        let id = &back.order_request().unwrap().item_out[0].item_id;
        assert_eq!(id.supplier_part_auxiliary_id.as_ref(), Some(&sent));
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let theirs = roxmltree::Document::parse_with_options(&xml, options).unwrap();
        let id = theirs.descendants().find(|node| node.has_tag_name("SupplierPartAuxiliaryID")).unwrap();
        if let Some(text) = sent.as_text() {
            assert_eq!(id.text().unwrap_or_default(), text);
        }
    }
}

#[test]
fn lines_of_a_cart_are_counted() {
    let line = format!(
        "<ItemIn quantity='x'><ItemID><SupplierPartID>A-1</SupplierPartID></ItemID>{DETAIL}</ItemIn>"
    );
    let body = format!(
        "{HEADER}<Message><PunchOutOrderMessage><BuyerCookie>1</BuyerCookie>
        <PunchOutOrderMessageHeader operationAllowed='create'><Total><Money currency='EUR'>1</Money></Total>
        </PunchOutOrderMessageHeader>{line}{line}</PunchOutOrderMessage></Message>"
    );
    let xml = document(&body);
    let (_, found) = read(&xml);
    let places: Vec<_> = found.found().iter().map(|finding| &*finding.at).collect();
    assert_eq!(places, ["PunchOutOrderMessage / ItemIn 1", "PunchOutOrderMessage / ItemIn 2"]);
    let reader = Reader::new().with_limits(Limits::default().with_items(1));
    let error = reader.read(xml.as_bytes(), &mut All::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn carts_of_the_corpus_can_be_ordered() {
    let Some(folder) = data("carts_of_the_corpus_can_be_ordered", "cxml/corpus") else { return };
    let (mut carts, mut lines) = (0, 0);
    for case in cases(&folder).iter().filter(|case| case.is_valid && case.kind == "PunchOutOrderMessage") {
        let document = Document::read(&case.bytes, &mut All::new()).unwrap();
        let cart: PunchOutOrderMessage = document.into_payload().unwrap();
        if cart.item_in.is_empty() {
            continue;
        }
        carts += 1;
        lines += cart.item_in.len();
        let order = order_of(cart.item_in.clone());
        // some shops send amounts that are no numbers; the DTD does not mind
        assert_valid(&order.write_unchecked().unwrap());
        for (sent, ordered) in cart.item_in.iter().zip(&order.order_request().unwrap().item_out) {
            assert_eq!(ordered.item_id, sent.item_id, "{}", case.file);
            let mut detail = ordered.item_detail.clone().unwrap();
            let extrinsic = detail.extrinsic.split_off(sent.item_detail.extrinsic.len());
            assert_eq!((&detail, &extrinsic), (&sent.item_detail, &sent.extrinsic), "{}", case.file);
        }
    }
    assert!(carts >= 15 && lines >= 25, "{carts} carts, {lines} lines");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_order_of_a_valid_cart_is_valid(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mut draw = Draw::valid(&bytes);
        let lines = vec![draw.item_in(), draw.item_in()];
        let order = order_of(lines);
        let xml = order.write().unwrap();
        assert_valid(&xml);
        let (back, found) = read(std::str::from_utf8(&xml).unwrap());
        prop_assert_eq!(difference(&back, &order), None);
        prop_assert!(found.found().is_empty(), "{:?}", found.found());
    }
}
