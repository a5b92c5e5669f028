use chrono::NaiveDate;
use proptest::prelude::*;
use punchout_core::{All, Amount, Limits, Severity};
use punchout_oci::{
    CallUpDecoder, DownloadDecoder, DownloadPage, DownloadRequest, ErrorKind, FunctionCall, Pages,
};

use super::short;

fn page(json: &str) -> (DownloadPage, Vec<&'static str>) {
    let mut found = All::new();
    let page = DownloadDecoder::lenient().page(json.as_bytes(), &mut found).unwrap();
    for finding in found.found() {
        let inside = finding.span.as_ref().is_none_or(|span| json.get(span.clone()).is_some());
        assert!(inside, "{finding:?}");
    }
    (page, short(found.found()))
}

/// A page with one item of these keys.
fn item(keys: &str) -> (punchout_oci::DownloadItem, Vec<&'static str>) {
    let json = format!(
        r#"{{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":[{{"NEWITEM":{{"EXT_PRODUCT_ID":"A","DESCRIPTION":"d",{keys}}}}}]}}"#
    );
    let (mut page, codes) = page(&json);
    assert_eq!(page.items.len(), 1);
    (page.items.remove(0), codes)
}

#[test]
fn spellings_of_the_keys() {
    for json in [
        r#"{"CURRENTPAGE":1,"TOTALPAGES":"2","Items":[{"NEWITEM":{"EXT_PRODUCT_ID":"A","DESCRIPTION":[{"description":"d","languageCode":""}]}}]}"#,
        r#"{"currentPage":"1","TOTAL_PAGES":2,"ITEMS":[{"NEW_ITEM":{"ext_product_id":"A","description":[{"DESCRIPTION":"d"}]}}]}"#,
    ] {
        let (page, codes) = page(json);
        assert_eq!((page.current_page, page.total_pages), (Some(1), Some(2)));
        assert_eq!(page.items[0].ext_product_id.as_deref(), Some("A"));
        assert_eq!(page.items[0].description_in("NL"), Some("d"));
        assert_eq!(codes, [""; 0], "{json}");
    }
}

#[test]
fn numbers_are_exact() {
    for (json, value, sent) in [
        (r#""9.990""#, "9.990", "9.990"),
        ("9.990", "9.990", "9.990"),
        ("0.1", "0.1", "0.1"),
        ("12345678901234567.123456789", "12345678901234567.123456789", "12345678901234567.123456789"),
        ("1.5e3", "1500", "1.5e3"),
        ("1E-2", "0.01", "1E-2"),
    ] {
        let (item, codes) = item(&format!(r#""PRICE":{json},"CURRENCY":"EUR""#));
        let price = item.price.unwrap();
        assert_eq!((price.value().to_string().as_str(), price.as_sent()), (value, sent));
        assert_eq!(codes, [""; 0]);
    }
    let (item, codes) = item(r#""PRICE":"9,99","CURRENCY":"EUR","PRICE_QUANTITY":"100""#);
    assert_eq!(item.unit_price().unwrap().to_string(), "0.0999");
    assert_eq!(codes, ["NUM-COMMA"]);
}

#[test]
fn what_cannot_be_read_is_kept() {
    let (item, codes) =
        item(r#""LEADTIME":"soon","UNIT":{"x":1},"PRICE":"1,234","COLOUR":[1.10,2],"VENDOR":null,"TAX":"""#);
    assert_eq!(
        (&item.lead_time, &item.unit, &item.price, &item.vendor, &item.tax),
        (&None, &None, &None, &None, &None)
    );
    let kept: Vec<_> = item.extra.iter().map(|field| (field.name.as_str(), field.json.as_str())).collect();
    assert_eq!(
        kept,
        [("LEADTIME", r#""soon""#), ("UNIT", r#"{"x":1}"#), ("PRICE", r#""1,234""#), ("COLOUR", "[1.10,2]")]
    );
    assert_eq!(codes, ["NUM-BAD", "DOWNLOAD-SHAPE", "NUM-AMBIG"]);
}

#[test]
fn nested_lists() {
    let (item, codes) = item(
        r#""PRICE_SCALES":[{"low":1,"high":"9","price":"9.99","scaleType":"01","x":true},7],
           "ATTACHMENTS":[{"fileName":"a.jpg","mimeType":"image/jpeg","type":"01","descriptions":[{"description":"front","languageCode":"en"}]}],
           "ATTRIBUTES":[{"a":1.0}],"CUSTOMER_FIELDS":[{"fieldName":"n","fieldValue":3}]"#,
    );
    let scale = &item.price_scales[0];
    assert_eq!(scale.price.as_ref().map(Amount::as_sent), Some("9.99"));
    assert_eq!((scale.low.as_ref().map(Amount::as_sent), scale.extra[0].json.as_str()), (Some("1"), "true"));
    assert_eq!(item.extra[0].json, "7", "what is no scale is kept");
    assert_eq!(item.attachments[0].descriptions[0].language.as_deref(), Some("en"));
    assert_eq!(item.attributes[0], r#"{"a":1.0}"#);
    assert_eq!(item.customer_fields[0].value.as_deref(), Some("3"));
    assert_eq!(codes, ["DOWNLOAD-SHAPE"]);
}

#[test]
fn rules_of_items_and_pages() {
    for (json, want) in [
        (r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":[]}"#, &[][..]),
        (r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":null}"#, &[]),
        (r#"{"Items":[]}"#, &["DOWNLOAD-PAGING", "DOWNLOAD-PAGING"]),
        (
            r#"{"CURRENTPAGE":1.5,"TOTALPAGES":"x"}"#,
            &["NUM-BAD", "NUM-BAD", "DOWNLOAD-PAGING", "DOWNLOAD-PAGING"],
        ),
        (r#"{"CURRENTPAGE":1,"CURRENTPAGE":2,"TOTALPAGES":1}"#, &["DUP"]),
        (r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":[{"NEWITEM":{}}]}"#, &["DOWNLOAD-ITEM", "DOWNLOAD-ITEM"]),
        (
            r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":[{"EXT_PRODUCT_ID":1,"DESCRIPTION":"d"}]}"#,
            &["DOWNLOAD-SHAPE"],
        ),
        (
            r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":{"NEWITEM":{"EXT_PRODUCT_ID":1,"DESCRIPTION":"d"}}}"#,
            &["DOWNLOAD-SHAPE"],
        ),
        (r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"Items":["x"]}"#, &["DOWNLOAD-SHAPE"]),
    ] {
        assert_eq!(page(json).1, want, "{json}");
    }
    assert_eq!(item(r#""PRICE":"1""#).1, ["DOWNLOAD-ITEM"]);
    assert_eq!(item(r#""PRICE":"1","CURRENCY":"EUR","PRICE_QUANTITY":0"#).1, ["PU-ZERO"]);
    assert_eq!(page(r#"{"CURRENTPAGE":1,"TOTALPAGES":1,"CTI":"X","Items":["x"]}"#).0.extra.len(), 2);
}

#[test]
fn answers_that_are_no_page() {
    let decoder = DownloadDecoder::lenient();
    for (answer, place) in
        [("", 0), ("<html>", 0), ("[]", 0), (r#"{"a":1} x"#, 8), ("{\n\"a\":}", 6), ("\u{FEFF}{,}", 4)]
    {
        let error = decoder.page(answer.as_bytes(), &mut All::new()).unwrap_err();
        assert_eq!((error.kind(), error.span()), (ErrorKind::Garbage, Some(place..place)), "{answer:?}");
    }
    let small = DownloadDecoder::lenient().with_limits(Limits::default().with_items(1));
    let two = br#"{"Items":[{"NEWITEM":{}},{"NEWITEM":{}}]}"#;
    assert_eq!(small.page(two, &mut All::new()).unwrap_err().kind(), ErrorKind::Limit);
    let nested = format!(r#"{{"Items":[],"x":{}}}"#, "[".repeat(100_000) + &"]".repeat(100_000));
    assert_eq!(decoder.page(nested.as_bytes(), &mut All::new()).unwrap().extra.len(), 1);
}

#[test]
fn a_byte_order_mark_and_other_charsets() {
    let mut found = All::new();
    let marked = "\u{FEFF}{\"CURRENTPAGE\":1,\"TOTALPAGES\":\"x\"}";
    DownloadDecoder::lenient().page(marked.as_bytes(), &mut found).unwrap();
    assert_eq!(&marked[found.found()[0].span.clone().unwrap()], "\"x\"");

    let mut found = All::new();
    let latin = b"{\"CURRENTPAGE\":1,\"TOTALPAGES\":1,\"TRANSACTIONID\":\"M\xFCller\"}";
    let page = DownloadDecoder::strict().page(latin, &mut found).unwrap();
    assert_eq!(page.transaction_id.as_deref(), Some("Müller"));
    assert_eq!((short(found.found()), found.worst()), (vec!["CHARSET"], Some(Severity::Error)));
}

#[test]
fn a_request_is_read_as_it_was_meant() {
    let mut request = DownloadRequest::default();
    request.page_size = Some(500);
    request.page = Some(2);
    request.last_updated = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap().and_hms_opt(13, 30, 0);
    request.transaction_id = Some("8F3C2A".into());
    let call = FunctionCall::from(request.clone());
    assert_eq!(call.parameter("LASTUPDATED"), Some("01022026133000"));
    assert_eq!(DownloadDecoder::lenient().request(&call, &mut All::new()), request);

    let first = FunctionCall::from(DownloadRequest::default());
    assert_eq!(DownloadDecoder::lenient().request(&first, &mut All::new()), DownloadRequest::default());

    let mut found = All::new();
    let body = "FUNCTION=downloadjson&pagesize=many&requestedpage=0&lastupdated=1.2.2026";
    let call_up = CallUpDecoder::lenient().body(body, &mut All::new()).unwrap();
    let read = DownloadDecoder::lenient().request(&call_up.function.unwrap(), &mut found);
    assert_eq!(read, DownloadRequest::default());
    assert_eq!(short(found.found()), ["FUNC-VALUE"; 3]);
}

#[test]
fn published_vectors() {
    let Ok(data) = std::env::var("PUNCHOUT_DATA") else {
        println!("skipped: PUNCHOUT_DATA is not set");
        return;
    };
    let file = |name: &str| std::fs::read_to_string(format!("{data}/oci/{name}")).unwrap();

    let json = file("ret-040-agiqon-downloadjson.json");
    let (page, codes) = page(&json);
    assert_eq!(codes, [""; 0]);
    assert_eq!(
        (page.current_page, page.total_pages, page.total_items, page.items.len()),
        (Some(1), Some(3), Some(150), 1)
    );
    let item = &page.items[0];
    let price = item.price.as_ref().map(Amount::as_sent);
    assert_eq!((price, item.unit.as_deref(), &item.lead_time), (Some("9.99"), Some("PCE"), &None));
    assert_eq!((item.attachments.len(), item.price_scales.len(), item.extra.len()), (1, 1, 0));
    let mut pages = Pages::new(DownloadRequest::default());
    pages.accept(&page).unwrap();
    assert_eq!(pages.request().and_then(|next| next.page), Some(2));

    let request = |text: &str| {
        let mut found = All::new();
        let call_up = CallUpDecoder::lenient().url(format!("/?{text}"), &mut All::new()).unwrap();
        let request = DownloadDecoder::lenient().request(&call_up.function.unwrap(), &mut found);
        assert_eq!(found.found(), []);
        request
    };
    let first = request(file("call-015-siemens-downloadjson.form").trim());
    assert_eq!((first.page_size, first.page, first.last_updated), (Some(100), None, None));
    let url = file("call-016-tools-downloadjson.url");
    let second = request(url.split_once('?').unwrap().1.trim());
    assert_eq!(
        (second.page_size, second.page, second.transaction_id.as_deref()),
        (Some(500), Some(2), Some("8F3C2A"))
    );
    assert_eq!(second.last_updated.unwrap().to_string(), "2024-02-01 13:30:00");
}

fn json() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "Items",
        "NEWITEM",
        "NEW_ITEM",
        "PRICE",
        "DESCRIPTION",
        "PRICE_SCALES",
        "CURRENTPAGE",
        "UNIT",
        "low",
        "x",
        "ATTACHMENTS",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("1.50".to_owned()),
        Just("\"9,99\"".to_owned()),
        Just("true".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        Just("-1e400".to_owned()),
        "\"[a-zé]{0,4}\"",
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let pair = (key.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|list| format!("[{}]", list.join(", "))),
            prop::collection::vec(pair, 0..5).prop_map(|pairs| format!("{{{}}}", pairs.join(","))),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_panics_on_json(json in json()) {
        let mut found = All::new();
        let read = DownloadDecoder::lenient().page(json.as_bytes(), &mut found);
        prop_assert_eq!(read.is_ok(), json.starts_with('{'));
        for finding in found.found() {
            prop_assert!(finding.span.as_ref().is_none_or(|span| json.get(span.clone()).is_some()), "{finding:?}");
        }
    }

    #[test]
    fn nothing_panics_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = DownloadDecoder::lenient().page(&bytes, &mut All::new());
    }
}
