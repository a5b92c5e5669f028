//! What `Document::write` refuses.

use proptest::prelude::*;
use punchout_core::{All, Amount};
use punchout_cxml::{
    Accounting, Body, Credential, Distribution, Doctype, Document, ErrorKind, Header, InvoiceDetailOrder,
    InvoiceDetailRequest, InvoiceDetailRequestHeader, InvoiceDetailSummary, Money, OrderKind, OrderReference,
    OrderRequest, Payload, Request, Response, Sender, SpendDetail, Tax, Timestamp, Validator,
};

use crate::draw::Draw;
use crate::support::{ORDER, read};

/// An order, changed.
fn order(change: impl FnOnce(&mut OrderRequest)) -> Document {
    let (mut document, _) = read(ORDER);
    let Body::Request(_, request) = &mut document.body else { panic!("no request") };
    let Payload::OrderRequest(order) = &mut request.payload else { panic!("no order") };
    change(order);
    document
}

fn eur(amount: u32) -> Money {
    Money::new(Amount::from(amount), "EUR")
}

#[track_caller]
fn assert_refused(document: &Document, says: &str) {
    let error = document.write().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unwritable);
    assert_eq!(error.to_string(), says);
    assert!(document.write_unchecked().is_ok(), "{says}");
}

#[test]
fn refuses_lists_that_may_not_be_empty() {
    assert_refused(
        &order(|order| order.item_out.clear()),
        "cXML / Request / OrderRequest: there is no `ItemOut`; add it",
    );
    assert_refused(
        &order(|order| order.item_out[0].item_detail.as_mut().unwrap().classification.clear()),
        "cXML / Request / OrderRequest / ItemOut / ItemDetail: there is no `Classification`; add it",
    );
    let (mut document, _) = read(ORDER);
    let Body::Request(header, _) = &mut document.body else { panic!("no request") };
    header.sender.credential.clear();
    assert_refused(&document, "cXML / Header / Sender: there is no `Credential`; add it");

    let parties = Header::new(
        Credential::new("DUNS", "1"),
        Credential::new("DUNS", "2"),
        Sender::new(Credential::new("DUNS", "1"), "Example"),
    );
    let summary = || {
        InvoiceDetailSummary::new(
            eur(1),
            Tax::new(eur(0), punchout_cxml::Description::new("none", "en")),
            eur(1),
        )
    };
    let header = InvoiceDetailRequestHeader::new("1", "2026-03-01");
    let of = |invoice: InvoiceDetailRequest| {
        Document::new("1", "2026-03-01", Body::request(parties.clone(), invoice))
    };
    assert_refused(
        &of(InvoiceDetailRequest::new(header.clone(), [], summary())),
        "cXML / Request / InvoiceDetailRequest: there is none of `InvoiceDetailOrder`, `InvoiceDetailHeaderOrder`; add one",
    );
    let nothing =
        InvoiceDetailOrder::new(OrderReference::new("1"), Vec::<punchout_cxml::InvoiceDetailItem>::new());
    assert_refused(
        &of(InvoiceDetailRequest::new(header, [nothing], summary())),
        "cXML / Request / InvoiceDetailRequest / InvoiceDetailOrder: \
         there is none of `InvoiceDetailItem`, `InvoiceDetailServiceItem`; add one",
    );
}

#[test]
fn refuses_choices_that_are_not_made() {
    let account = |accounting| {
        order(|order| order.item_out[0].distribution.push(Distribution::new(accounting, eur(1))))
    };
    for accounting in [Accounting::new("costs", []), Accounting::of_segments("costs", [])] {
        assert_refused(
            &account(accounting),
            "cXML / Request / OrderRequest / ItemOut / Distribution / Accounting: \
             there is none of `Segment`, `AccountingSegment`; add one",
        );
    }
    let spent = |detail| order(|order| order.item_out[0].spend_detail = Some(Box::new(detail)));
    assert_refused(
        &spent(SpendDetail::default()),
        "cXML / Request / OrderRequest / ItemOut / SpendDetail: \
         there is none of `FeeDetail`, `LaborDetail`, `Extrinsic`, `TravelDetail`; add one",
    );
    // what the model keeps raw counts as well
    let mut travel = SpendDetail::default();
    travel.other.push(punchout_cxml::RawElement::parse("<TravelDetail travelType='air'/>").unwrap());
    let document = spent(travel).with_doctype(Doctype::default());
    assert!(document.write().is_ok());
}

#[test]
fn refuses_times_that_are_none() {
    let ordered = |date: &str| order(|order| order.order_request_header.order_date = date.into());
    for date in ["2026-03-01", "2026-03-01T14:05:00+01:00", "2026-03-01T14:05:00.5-00:30"] {
        assert!(ordered(date).write().is_ok(), "{date}");
    }
    let place = "cXML / Request / OrderRequest / OrderRequestHeader / attribute orderDate:";
    for date in ["", "soon", "1.3.2026", "2026-02-30", "2026-03-01Z", "2026-03-01 14:05:00 -0500", "20260301"]
    {
        let says = format!(
            "{place} `{date}` is no time as cXML writes one; use YYYY-MM-DDThh:mm:ss+hh:mm, or make it from a chrono value"
        );
        assert_refused(&ordered(date), &says);
    }
    assert_refused(
        &ordered("2026-03-01T14:05:00"),
        &format!(
            "{place} `2026-03-01T14:05:00` is no time as cXML writes one; add the offset, such as +01:00"
        ),
    );
    for date in ["2026-03-01T14:05:00Z", "2026-03-01T14:05:00.25Z"] {
        let says = format!("{place} `{date}` is no time as cXML writes one; write +00:00 for Z");
        assert_refused(&ordered(date), &says);
    }
    let says = "cXML / attribute timestamp: `today` is no time as cXML writes one; \
                use YYYY-MM-DDThh:mm:ss+hh:mm, or make it from a chrono value";
    assert_refused(&Document::new("1", "today", Response::ok()), says);
}

#[test]
fn refuses_numbers_that_are_none() {
    let spelled = |sent: &str| Amount::with_spelling(1.into(), sent);
    for sent in ["1", "-1.50", "+1", "00001", "0.0000000000000000000000000000000000001"] {
        let document = order(|order| order.item_out[0].quantity = spelled(sent));
        assert!(document.write().is_ok(), "{sent}");
    }
    for sent in ["", "one", "1,234.50", ".5", "5.", " 1", "1e3", "1 000", "١"] {
        let says = |place: &str| {
            format!(
                "cXML / Request / OrderRequest / {place}: `{sent}` is no number as cXML writes one; use digits and a dot, such as 12.50"
            )
        };
        assert_refused(
            &order(|order| order.item_out[0].quantity = spelled(sent)),
            &says("ItemOut / attribute quantity"),
        );
        assert_refused(
            &order(|order| order.order_request_header.total.money.amount = spelled(sent)),
            &says("OrderRequestHeader / Total / Money"),
        );
    }
}

#[test]
fn refuses_words_that_are_not_listed() {
    for word in ["change", ""] {
        let document = order(|order| order.order_request_header.kind = OrderKind::from(word));
        let says = format!(
            "cXML / Request / OrderRequest / OrderRequestHeader / attribute type: \
             `{word}` is none of the values that the DTD lists; use `new` or `update` or `delete`"
        );
        assert_refused(&document, &says);
    }
}

#[test]
fn refuses_what_was_read_without_something() {
    for (part, says) in [
        (" payloadID=\"1@example.com\"", "cXML / attribute payloadID: it is missing; set it"),
        ("<UserAgent>Example ERP</UserAgent>", "cXML / Header / Sender: there is no `UserAgent`; add it"),
        (
            "<Money currency=\"EUR\">6.25</Money>",
            "cXML / Request / OrderRequest / ItemOut / ItemDetail / UnitPrice: there is no `Money`; add it",
        ),
    ] {
        assert!(ORDER.contains(part));
        let (document, _) = read(&ORDER.replace(part, ""));
        assert_refused(&document, says);
    }
    for (xml, says) in [
        (
            "<cXML payloadID='' timestamp='2026-03-01'><Response/></cXML>",
            "cXML / Response: there is no `Status`; add it",
        ),
        (
            "<cXML payloadID='' timestamp='2026-03-01'><Header/></cXML>",
            "cXML / Header: there is no `From`; add it",
        ),
    ] {
        assert_refused(&read(xml).0, says);
    }
    let (mut document, _) = read(ORDER);
    let Body::Request(header, _) = document.body else { panic!("no request") };
    document.body = Body::Request(header.clone(), Request::new(Payload::Missing));
    assert_refused(&document, "cXML / Request: it carries nothing; add what is to be said");
    document.body = Body::Missing(header);
    assert_refused(&document, "cXML: there is none of `Request`, `Message`, `Response`; add one");
}

#[test]
fn a_time_from_a_value_is_always_written() {
    let time = chrono::DateTime::parse_from_rfc3339("2026-03-01T13:05:00.123456Z").unwrap();
    for time in [Timestamp::from(time), Timestamp::from(time.date_naive())] {
        assert!(Document::new("1", time, Response::ok()).write().is_ok());
    }
}

/// A document of any sort.
fn document(draw: &mut Draw<'_>, sort: usize) -> Document {
    let document = match sort {
        0 => draw.document(),
        1 => draw.order_document(),
        2 => draw.rare_document(),
        3 => draw.fulfil_document(),
        _ => draw.invoice_document(),
    };
    let newest = Document::new("", "2026-03-01", document.body.clone()).doctype;
    document.with_doctype(newest)
}

fn faults(xml: &[u8]) -> Vec<String> {
    let mut found = All::new();
    let report = Validator::new().validate(xml, &mut found).unwrap();
    if report.valid { Vec::new() } else { found.found().iter().map(ToString::to_string).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_valid_is_written(bytes in prop::collection::vec(any::<u8>(), 0..2_000), sort in 0_usize..5) {
        let document = document(&mut Draw::valid(&bytes), sort);
        let written = document.write();
        prop_assert!(written.is_ok(), "{}", written.unwrap_err());
        let written = written.unwrap();
        prop_assert_eq!(&written, &document.write_unchecked().unwrap());
        prop_assert_eq!(faults(&written), Vec::<String>::new());
    }
}

/// What is left out of a valid document is refused, or was not needed.
#[cfg(feature = "serde")]
mod left_out {
    use std::collections::BTreeSet;

    use serde::Deserialize as _;
    use serde_json::Value;

    use super::*;

    /// Pointers to everything that may be left out, and more.
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        let parts: Vec<(String, &Value)> = match value {
            Value::Array(items) => items.iter().enumerate().map(|(n, item)| (n.to_string(), item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
            _ => return,
        };
        for (name, part) in parts {
            let place = format!("{at}/{name}");
            places(part, &place, found);
            found.push(place);
        }
    }

    /// What a place is called, wherever it is.
    fn name(place: &str) -> Vec<String> {
        let names = place.rsplit('/').filter(|part| part.parse::<usize>().is_err());
        names.take(2).map(Into::into).collect()
    }

    /// Whether the document is refused without that; or what is wrong with it
    /// though it is not.
    fn is_refused(json: &mut Value, place: &str) -> Option<Result<bool, String>> {
        let part = json.pointer_mut(place).unwrap();
        let nothing = if part.is_array() { Value::Array(Vec::new()) } else { Value::Null };
        let kept = std::mem::replace(part, nothing);
        let document = Document::deserialize(&*json);
        *json.pointer_mut(place).unwrap() = kept;
        let Ok(written) = document.ok()?.write() else { return Some(Ok(true)) };
        let faults = faults(&written);
        Some(if faults.is_empty() { Ok(false) } else { Err(format!("without {place}: {faults:?}")) })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn anything(
            bytes in prop::collection::vec(any::<u8>(), 0..600), sort in 0_usize..5, place in any::<prop::sample::Index>(),
        ) {
            let mut json = serde_json::to_value(document(&mut Draw::valid(&bytes), sort)).unwrap();
            let mut found = Vec::new();
            places(&json, "", &mut found);
            let outcome = is_refused(&mut json, &found[place.index(found.len())]);
            prop_assert!(!matches!(outcome, Some(Err(_))), "{:?}", outcome);
        }
    }

    /// Each part of documents that have every part.
    #[test]
    fn each_thing() {
        let (mut refused, mut wrong) = (0, Vec::new());
        let mut seen = BTreeSet::new();
        for sort in 1..5 {
            let mut json = serde_json::to_value(document(&mut Draw::full(), sort)).unwrap();
            let mut found = Vec::new();
            places(&json, "", &mut found);
            for place in found.iter().filter(|place| seen.insert(name(place))) {
                match is_refused(&mut json, place) {
                    Some(Ok(is_refused)) => refused += usize::from(is_refused),
                    Some(Err(why)) => wrong.push(why),
                    None => {}
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(refused > 15, "{refused}");
    }
}
