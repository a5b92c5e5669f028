use chrono::NaiveDate;
use punchout_core::{All, Severity};
use punchout_cxml::{Document, OrderKind, OrderType, StatusClass, TimestampValue, code};

use crate::support::{ORDER, codes, read};

/// The order after one change, and the codes of what is found in it.
fn changed(from: &str, to: &str) -> (Document, All) {
    assert_eq!(ORDER.matches(from).count(), 1, "{from}");
    read(&ORDER.replace(from, to))
}

#[test]
fn reads_an_order() {
    let (document, found) = read(ORDER);
    assert_eq!(codes(&found), []);
    assert_eq!(document.doctype.version(), Some("1.2.014"));
    assert_eq!(document.header().unwrap().sender.credential[0].shared_secret, Some("example-secret".into()));
    assert!(!format!("{document:?}").contains("example-secret"));
    let order = document.order_request().unwrap();
    assert_eq!(order.order_request_header.kind, OrderKind::New);
    assert_eq!(order.order_request_header.order_date.date(), NaiveDate::from_ymd_opt(2026, 3, 1));
    let item = &order.item_out[0];
    assert_eq!(item.quantity.as_sent(), "10.000");
    assert_eq!(item.line_number.as_ref().unwrap().as_sent(), "00001");
    let detail = item.item_detail.as_ref().unwrap();
    assert_eq!(detail.unit_price.money.amount.value().to_string(), "6.25");
    assert_eq!(
        (&*detail.description[0].text, detail.description[0].short_name.as_deref()),
        ("Screw", Some("Scr"))
    );
}

#[test]
fn reports_with_code_severity_and_place() {
    let line = "OrderRequest / OrderRequestHeader";
    for (from, to, code, severity, at, quoted) in [
        ("<UserAgent>Example ERP</UserAgent>", "", code::MISSING, Severity::Error, "Header / Sender", None),
        (" orderID=\"PO-1\"", "", code::MISSING, Severity::Error, line, None),
        (" orderID", " orderid=\"x\" orderID", code::UNKNOWN, Severity::Warning, line, Some("x")),
        (
            "<Total>",
            "<Total>free",
            code::UNKNOWN,
            Severity::Warning,
            "OrderRequest / OrderRequestHeader / Total",
            None,
        ),
        (
            "2026-03-01\"",
            "2026-03-01T10:00:00Z\"",
            code::DATE_FORM,
            Severity::Note,
            line,
            Some("2026-03-01T10:00:00Z"),
        ),
        ("2026-03-01\"", "1 March\"", code::DATE, Severity::Error, line, Some("1 March")),
        ("type=\"new\"", "type=\"old\"", code::TOKEN, Severity::Warning, line, Some("old")),
        ("type=\"new\"", "shipComplete=\"true\"", code::FLAG, Severity::Warning, line, Some("true")),
        (
            "quantity=\"10.000\"",
            "quantity=\"ten\"",
            code::NUMBER,
            Severity::Error,
            "OrderRequest / ItemOut 1",
            Some("ten"),
        ),
        (
            "quantity=\"10.000\"",
            "quantity=\"1,000\"",
            code::NUMBER_FORM,
            Severity::Note,
            "OrderRequest / ItemOut 1",
            Some("1,000"),
        ),
        (
            "<ItemDetail>",
            "<Gift/><ItemDetail>",
            code::UNKNOWN,
            Severity::Warning,
            "OrderRequest / ItemOut 1",
            Some("<Gift/>"),
        ),
        (
            "<SupplierPartID>",
            "<SupplierPartID colour=\"red\">",
            code::UNKNOWN,
            Severity::Warning,
            "OrderRequest / ItemOut 1 / ItemID / SupplierPartID",
            Some("red"),
        ),
        (
            "</ItemID>",
            "<SupplierPartID>2</SupplierPartID></ItemID>",
            code::REPEATED,
            Severity::Error,
            "OrderRequest / ItemOut 1 / ItemID",
            Some("<SupplierPartID>"),
        ),
        (" xml:lang=\"en\">\n", " version=\"1.2.1\">\n", code::VERSION, Severity::Note, "", Some("1.2.1")),
        (" payloadID=\"1@example.com\"", "", code::MISSING, Severity::Error, "", None),
        (
            "cXML.dtd\">",
            "cXML.dtd\" [<!ATTLIST OrderRequestHeader type CDATA \"delete\">]>",
            code::SUBSET,
            Severity::Warning,
            "",
            Some("<!DOCTYPE"),
        ),
        (
            "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd\">",
            "",
            code::DOCTYPE,
            Severity::Note,
            "",
            None,
        ),
    ] {
        let (_, found) = changed(from, to);
        assert_eq!(codes(&found), [code], "{to}: {:?}", found.found());
        let finding = &found.found()[0];
        assert_eq!((finding.severity, finding.at.as_str()), (severity, at), "{to}");
        let xml = ORDER.replace(from, to);
        let span = finding.span.clone().map(|span| &xml[span]);
        assert_eq!(span.is_some(), quoted.is_some(), "{to}: {span:?}");
        assert!(span.unwrap_or_default().starts_with(quoted.unwrap_or_default()), "{to}: {span:?}");
        assert!(finding.help.is_some());
    }
}

#[test]
fn a_hostile_subset_changes_nothing() {
    let (document, _) =
        changed("cXML.dtd\">", "cXML.dtd\" [<!ATTLIST OrderRequestHeader orderType CDATA \"blanket\">]>");
    assert_eq!(document.order_request().unwrap().order_request_header.order_type, OrderType::Regular);
}

#[test]
fn keeps_what_it_does_not_know() {
    let gift = "<Gift wrap='red'><Card>Hi</Card></Gift>";
    let (document, found) = changed("<ItemDetail>", &format!("{gift}<ItemDetail>"));
    assert_eq!(codes(&found), [code::UNKNOWN]);
    assert_eq!(document.order_request().unwrap().item_out[0].other.elements().next().unwrap().as_xml(), gift);
    let written = String::from_utf8(document.write().unwrap()).unwrap();
    assert!(written.contains(&format!("</ItemID>\n        {gift}\n        <ItemDetail>")), "{written}");
}

#[test]
fn keeps_unknown_tokens_in_their_spelling() {
    let (document, _) = changed("type=\"new\"", "type=\"Replace\"");
    assert_eq!(document.order_request().unwrap().order_request_header.kind.as_str(), "Replace");
    let written = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    assert!(written.contains("type=\"Replace\""));
}

#[test]
fn order_of_children_does_not_matter() {
    let (ordered, _) = read(ORDER);
    let total = "<Total><Money currency=\"EUR\">62.50</Money></Total>";
    let moved =
        ORDER.replace(total, "").replace("</OrderRequestHeader>", &format!("{total}</OrderRequestHeader>"));
    assert_eq!(read(&moved).0, ordered);
}

#[test]
fn joins_text_from_its_pieces() {
    let (document, found) =
        changed("Screw<ShortName>", "a<!-- b -->c&amp;<?pi d?>&#x20AC;<![CDATA[<e>\r\n]]>\rf<ShortName>");
    assert_eq!(codes(&found), []);
    let detail = document.order_request().unwrap().item_out[0].item_detail.as_ref().unwrap();
    assert_eq!(&*detail.description[0].text, "ac&€<e>\n\nf");
    let (document, _) = changed("\"PO-1\"", "'P\r\n\tO&#10;&quot;1'");
    assert_eq!(&*document.order_request().unwrap().order_request_header.order_id, "P  O\n\"1");
}

#[test]
fn reads_other_encodings() {
    let latin = ORDER.replace("UTF-8", "ISO-8859-1").replace("Screw", "Schl\u{fc}ssel");
    let bytes: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let mut found = All::new();
    let document = Document::read(&bytes, &mut found).unwrap();
    assert_eq!(codes(&found), [code::ENCODING]);
    let detail = document.order_request().unwrap().item_out[0].item_detail.as_ref().unwrap();
    assert_eq!(&*detail.description[0].text, "Schlüssel");

    let marked = format!("\u{feff}{}", ORDER.replace(" orderID", " orderid=\"x\" orderID"));
    let (_, found) = read(&marked);
    assert_eq!(found.found()[0].span.clone().map(|span| &marked[span]), Some("x"));
    let broken = marked.replace("</cXML>", "</CXML>");
    let error = Document::read(broken.as_bytes(), &mut All::new()).unwrap_err();
    assert!(broken[error.span().unwrap()].starts_with("</CXML>"));
}

#[test]
fn reads_responses() {
    let (document, found) = read(
        "<cXML payloadID='1' timestamp='2026-03-01T14:05:00+01:00'><Response>\
        <Status code='299' text='Hm' xml:lang='en'>queued</Status><DataResponse/></Response></cXML>",
    );
    assert_eq!(codes(&found), [code::DOCTYPE]);
    let response = document.response().unwrap();
    assert_eq!((response.status.class(), response.status.should_retry()), (StatusClass::Success, false));
    assert_eq!((&*response.status.text, &*response.status.message), ("Hm", "queued"));
    assert_eq!(response.payload.as_ref().unwrap().name(), "DataResponse");

    let (document, found) = read("<cXML><Response><Status code='OK' text=''/></Response></cXML>");
    assert!(codes(&found).contains(&code::STATUS));
    assert_eq!(document.response().unwrap().status.class(), StatusClass::Unknown);
}

#[test]
fn understands_the_dates_that_are_sent() {
    let moment = "2020-09-25T15:30:43-06:00";
    for sent in [
        "2020-09-25T15:30:43-06:00",
        "2020-09-25T15:30:43-0600",
        "2020-09-25 15:30:43-6:00",
        "2020-09-25T21:30:43Z",
        "2020-09-25T15:30:43 -06:00",
        "2020-09-25T15:30:43.000-06",
        " 2020-09-25T15:30:43-06:00\n",
    ] {
        let timestamp = punchout_cxml::Timestamp::from(sent);
        let expected = chrono::DateTime::parse_from_rfc3339(moment).unwrap();
        assert_eq!(timestamp.date_time(), Some(expected), "{sent}");
        assert_eq!(timestamp.as_sent(), sent);
        assert_eq!(timestamp.is_strict(), sent == moment, "{sent}");
    }
    let local = punchout_cxml::Timestamp::from("2020-09-25 15:30:43");
    assert!(matches!(local.value(), Some(TimestampValue::Local(_))));
    assert!(local.normalized().is_none() && local.date().is_some() && !local.is_strict());
    for sent in [
        "",
        "25.09.2020",
        "2020-13-01",
        "2020-09-25T",
        "2020-09-25T25:00:00Z",
        "2020-09-25T15:30:43+99:00",
        "2020-09-25T15:30:43+8.00",
        "2020-09-25T15:30:43+ééa",
        "2020-09-2é",
    ] {
        assert!(punchout_cxml::Timestamp::from(sent).value().is_none(), "{sent}");
    }
}
