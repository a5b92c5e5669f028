//! What is exchanged around orders: profiles, status updates, copies, and what
//! waits to be fetched. Laws for these and for punch-out.

use proptest::prelude::*;
use punchout_core::All;
use punchout_cxml::{
    Attachment, Body, Carried, CopyRequest, Credential, DeliveryStatus, Document, ErrorKind,
    GetPendingRequest, GetPendingResponse, Header, IntegrationMessage, IntegrationStatus, InvoiceStatus,
    InvoiceStatusType, Message, Money, OperationAllowed, OrderRequest, PCard, PaymentStatus,
    PaymentStatusInit, PaymentType, ProcessingMode, ProfileOption, ProfileRequest, ProfileResponse,
    PunchOutOrderMessage, PunchOutOrderMessageHeader, PunchOutSetupRequest, PunchOutSetupResponse, Response,
    Sender, SourcingAction, SourcingStatus, StatusCode, StatusUpdateRequest, Transaction, code,
};

use crate::corpus::{Case, cases};
use crate::draw::Draw;
use crate::draw_exchange::SORTS;
#[cfg(feature = "serde")]
use crate::support::never_filled;
use crate::support::{assert_valid, data, difference, read};

const TIME: &str = "2026-03-01T14:05:00+01:00";

fn parties() -> Header {
    let buyer = Credential::new("NetworkID", "AN01");
    Header::new(buyer.clone(), Credential::new("DUNS", "2"), Sender::new(buyer, "Example ERP"))
}

/// Writes a document, which must be valid and read back as it was.
fn holds(document: &Document) {
    let bytes = document.write().unwrap();
    assert_valid(&bytes);
    let xml = std::str::from_utf8(&bytes).unwrap();
    let (back, found) = read(xml);
    assert_eq!(difference(&back, document), None, "{xml}");
    assert!(back == *document, "{xml}");
    assert!(found.found().is_empty(), "{:?}\n{xml}", found.found());
    assert_eq!(back.write().unwrap(), bytes);
}

fn document(body: impl Into<Body>) -> Document {
    Document::new("1@example.com", TIME, body)
}

#[test]
fn everything_there_may_be() {
    for sort in 0..SORTS {
        holds(&document(Draw::full().exchange_body_of(sort)));
    }
    // one detail at a time, where the DTD has one
    let mut draw = Draw::full();
    let update = || StatusUpdateRequest::new(StatusCode::OK);
    let mut updates = [update(), update(), update(), update(), update()];
    updates[0].payment_status = Some(Box::new(draw.payment_status()));
    updates[1].sourcing_status = Some(draw.sourcing_status());
    updates[2].invoice_status = Some(Box::new(draw.invoice_status()));
    updates[3].document_status = Some(Box::new(draw.document_status()));
    updates[4].integration_status = Some(Box::new(draw.integration_status()));
    for update in updates {
        holds(&document(Body::request(parties(), update)));
    }
}

/// What is drawn has to fill every field once, or the laws would not speak of it.
#[cfg(feature = "serde")]
#[test]
fn every_field_is_drawn() {
    let mut state = 1_u32;
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let bytes: Vec<Vec<u8>> = (0..30).map(|_| (0..4_000).map(|_| byte()).collect()).collect();
    let drawn: Vec<_> = bytes
        .iter()
        .flat_map(|bytes| (0..SORTS).map(|sort| document(Draw::valid(bytes).exchange_body_of(sort))))
        .map(|document| serde_json::to_value(document).unwrap())
        .collect();
    let mut draw = Draw::full();
    let details = [
        serde_json::to_value(draw.payment_status()).unwrap(),
        serde_json::to_value(draw.invoice_status()).unwrap(),
        serde_json::to_value(draw.document_status()).unwrap(),
        serde_json::to_value(draw.integration_status()).unwrap(),
        serde_json::to_value(draw.order_document()).unwrap(),
    ];
    let full = (0..SORTS).map(|sort| serde_json::to_value(Draw::full().exchange_body_of(sort)).unwrap());
    let full: Vec<_> = full.collect();
    let (never, types) = never_filled(drawn.iter().chain(&full).chain(&details));
    // of what valid documents cannot have: see the order's test
    assert_eq!(never, ["payment_token", "signature_version", "taxed_element"]);
    assert!(types > 60, "{types} types");
}

#[test]
fn what_constructors_make_is_valid() {
    let payment = PaymentStatus::from(PaymentStatusInit {
        order_id: "PC-1".into(),
        transaction_timestamp: TIME.into(),
        kind: PaymentType::Sale,
        p_card: PCard::new("4111111111111111", "2028-03-31"),
        total: Money::new(500, "EUR").into(),
    });
    let update = || StatusUpdateRequest::new(StatusCode::OK).with_document_reference("0@example.com");
    let mut paid = update();
    paid.payment_status = Some(Box::new(payment));
    let mut sourced = update();
    sourced.sourcing_status = Some(SourcingStatus::new("agreed", "en").with_action(SourcingAction::Approve));
    let mut integrated = update();
    let mut integration = IntegrationStatus::new(DeliveryStatus::Failed);
    integration.integration_message = Some(IntegrationMessage::new(false, "error", "no such plant"));
    integrated.integration_status = Some(Box::new(integration));
    let invoice = InvoiceStatus::new(InvoiceStatusType::Paid)
        .with_partial_amount(Money::new(10, "EUR"))
        .with_comments("two are missing");
    for update in [update(), paid, sourced, integrated, update().with_invoice_status(invoice)] {
        holds(&document(Body::request(parties(), update)));
    }

    let cart = PunchOutOrderMessage::new(
        "visit-17",
        PunchOutOrderMessageHeader::new(OperationAllowed::Create, Money::new(0, "EUR")),
    );
    let waiting = Document::new("2@example.com", TIME, Body::message(parties(), Message::new(cart)));
    let fetch = GetPendingRequest::new("PunchOutOrderMessage")
        .with_max_messages(5)
        .with_last_received_timestamp(TIME);
    let part = Attachment::new("cid:222@example.com");
    for request in [
        Body::request(parties(), ProfileRequest::new()),
        Body::request(parties(), fetch),
        Body::request(parties(), CopyRequest::from(part).with_processing_mode(ProcessingMode::Info)),
        Body::request(parties(), CopyRequest::from(waiting.clone())),
    ] {
        holds(&document(request));
    }
    let profile = ProfileResponse::new(TIME, Transaction::new("OrderRequest", "https://shop.example/cxml"))
        .with_option(ProfileOption::new("Locale", "de"))
        .with_transaction(
            Transaction::new("PunchOutSetupRequest", "https://shop.example/visit")
                .with_option(ProfileOption::new("operationAllowed", " edit\n")),
        );
    assert_eq!(profile.find("PunchOutSetupRequest").unwrap().option_value("operationAllowed"), Some("edit"));
    holds(&document(Response::ok().with_payload(profile)));
    holds(&document(
        Response::ok().with_payload(GetPendingResponse::new(waiting.clone()).with_document(waiting)),
    ));
}

#[test]
fn a_document_in_a_document_names_no_dtd() {
    let inner = Document::new("2@example.com", TIME, Response::ok());
    let outer = document(Response::ok().with_payload(GetPendingResponse::new(inner)));
    let xml = String::from_utf8(outer.write().unwrap()).unwrap();
    assert_eq!(xml.matches("<!DOCTYPE").count(), 1, "{xml}");
    let (back, found) = read(&xml);
    assert!(found.found().is_empty(), "{:?}", found.found());
    let response = back.payload::<GetPendingResponse>().unwrap();
    assert_eq!(response.cxml[0].payload_id, "2@example.com");
    assert_eq!(response.cxml[0].response().unwrap().status.code, StatusCode::OK);
    // what is wrong inside is said with its place
    let (_, found) = read(&xml.replace("payloadID=\"2@example.com\"", ""));
    let [finding] = found.found() else { panic!("{:?}", found.found()) };
    assert_eq!((finding.code, &*finding.at), (code::MISSING, "GetPendingResponse / cXML"));
}

#[test]
fn documents_in_documents_end_at_the_limit() {
    let most = 8;
    for (open, close) in [
        ("<Response><Status code='200' text='OK'/><GetPendingResponse>", "</GetPendingResponse></Response>"),
        ("<Request><CopyRequest>", "</CopyRequest></Request>"),
    ] {
        let nested = |levels: usize| {
            let open = format!("<cXML payloadID='1' timestamp='{TIME}'>{open}").repeat(levels);
            format!("{open}<cXML/>{}", format!("{close}</cXML>").repeat(levels))
        };
        // wide is not deep
        let wide = nested(1).replace("<cXML/>", &"<cXML/>".repeat(20));
        assert!(Document::read(wide.as_bytes(), &mut All::new()).is_ok());
        let document = Document::read(nested(most).as_bytes(), &mut All::new()).unwrap();
        let written = document.write_unchecked().unwrap();
        assert_eq!(Document::read(&written, &mut All::new()).unwrap(), document);
        let error = Document::read(nested(most + 1).as_bytes(), &mut All::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
    }
}

#[test]
fn the_fixed_types_of_old_profiles_are_kept() {
    let xml = format!(
        "<?xml version='1.0'?><!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd\">
        <cXML payloadID='1' timestamp='{TIME}'><Response><Status code='200' text='OK'/>
        <ProfileResponse effectiveDate='{TIME}' a-dtype='effectiveDate dateTime.tz lastRefresh dateTime.tz'>
        <Option name='Locale' a-dtype='name string'>en</Option>
        <Transaction requestName='OrderRequest' a-dtype='requestName NMTOKEN'><URL>https://a.example/</URL></Transaction>
        </ProfileResponse></Response></cXML>"
    );
    let (document, found) = read(&xml);
    assert!(found.found().is_empty(), "{:?}", found.found());
    let profile = document.payload::<ProfileResponse>().unwrap();
    assert_eq!(profile.option[0].a_dtype.as_deref(), Some("name string"));
    assert_eq!(profile.find("OrderRequest").unwrap().url.value, "https://a.example/");
    holds(&document);
}

fn carries<T: Carried>(case: &Case) -> bool {
    let mut found = All::new();
    let document = Document::read(&case.bytes, &mut found).unwrap();
    assert_eq!(document.payload_name(), T::NAME, "{}", case.file);
    assert!(document.payload::<T>().is_some(), "{}", case.file);
    if case.is_valid {
        let odd = found.found().iter().find(|finding| [code::UNKNOWN, code::MISSING].contains(&finding.code));
        assert_eq!(odd, None, "{}", case.file);
    }
    assert!(document.into_payload::<T>().is_some());
    true
}

#[test]
fn payloads_of_the_corpus_are_typed() {
    let Some(folder) = data("payloads_of_the_corpus_are_typed", "cxml/corpus") else { return };
    let cases = cases(&folder);
    let mut met = std::collections::BTreeMap::new();
    for case in cases.iter().filter(|case| case.well_formed) {
        let is_typed = match &*case.kind {
            CopyRequest::NAME => carries::<CopyRequest>(case),
            GetPendingRequest::NAME => carries::<GetPendingRequest>(case),
            OrderRequest::NAME => carries::<OrderRequest>(case),
            ProfileRequest::NAME => carries::<ProfileRequest>(case),
            ProfileResponse::NAME => carries::<ProfileResponse>(case),
            PunchOutOrderMessage::NAME => carries::<PunchOutOrderMessage>(case),
            PunchOutSetupRequest::NAME => carries::<PunchOutSetupRequest>(case),
            PunchOutSetupResponse::NAME => carries::<PunchOutSetupResponse>(case),
            StatusUpdateRequest::NAME => carries::<StatusUpdateRequest>(case),
            _ => false,
        };
        if is_typed {
            *met.entry(&*case.kind).or_insert(0) += 1;
        }
    }
    assert_eq!(met.len(), 9, "{met:?}");
    assert!(met["PunchOutSetupRequest"] >= 50 && met["PunchOutOrderMessage"] >= 40, "{met:?}");

    let of = |file: &str| {
        let case = cases.iter().find(|case| case.file == file).unwrap();
        Document::read(&case.bytes, &mut All::new()).unwrap()
    };
    let paid: StatusUpdateRequest = of("227_StatusUpdateRequest.xml").into_payload().unwrap();
    let payment = paid.payment_status.unwrap();
    assert_eq!((&*payment.order_id, &payment.kind), ("PC100", &PaymentType::Sale));
    assert_eq!(payment.shipping.unwrap().money.amount.as_sent(), "20.00");
    let partly: StatusUpdateRequest = of("230_StatusUpdateRequest.xml").into_payload().unwrap();
    let invoice = partly.invoice_status.unwrap();
    assert_eq!(invoice.kind, InvoiceStatusType::Paid);
    assert_eq!(invoice.partial_amount.unwrap().amount.as_sent(), "10.99");
    let fetch: GetPendingRequest = of("301_GetPendingRequest.xml").into_payload().unwrap();
    assert_eq!(fetch.max_messages, Some(5.into()));
    assert_eq!(fetch.message_type, ["SubscriptionChangedMessage"]);
    let copy: CopyRequest = of("281_CopyRequest.xml").into_payload().unwrap();
    assert_eq!(copy.cxml_attachment.unwrap().url.value, "cid:222@sendercompany.com");
    let profile: ProfileResponse = of("248_ProfileResponse.xml").into_payload().unwrap();
    let direct = profile.find("PunchOutSetupRequest").unwrap();
    assert_eq!(direct.option_value("Direct.AuthenticationMethod.CredentialMac"), Some("Yes"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_valid_is_valid(sort in 0..SORTS, bytes in prop::collection::vec(any::<u8>(), 0..3_000)) {
        holds(&document(Draw::valid(&bytes).exchange_body_of(sort)));
    }
}
