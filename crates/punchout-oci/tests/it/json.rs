//! Returns that somebody wrote down as JSON.

use punchout_core::{All, Diagnostic, Limits};
use punchout_oci::{Basket, Decoder, ErrorKind};

use super::{descriptions, short};

fn read(json: &str) -> (Basket, Vec<Diagnostic>) {
    let mut found = All::new();
    let basket = Decoder::lenient().json(json.as_bytes(), &mut found).unwrap();
    (basket, found.into_found())
}

const REST: &str = r#""NEW_ITEM-QUANTITY[1]":"1","NEW_ITEM-UNIT[1]":"PCE""#;

#[test]
fn an_object_of_names_and_values() {
    let json = format!(
        "\u{feff}{{\"~OkCode\":\"ADDI\",\"NEW_ITEM-DESCRIPTION[1]\":\"\\u00d6se \\\"a\\\"\",{REST}}}"
    );
    let (basket, found) = read(&json);
    assert_eq!(descriptions(&basket), [(1, "Öse \"a\"")]);
    assert_eq!(basket.control("~okcode"), Some("ADDI"));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_array_holds_one_item_an_object() {
    let item = |name: &str| {
        format!(r#"{{"NEW_ITEM-DESCRIPTION":"{name}","NEW_ITEM-QUANTITY":"1","NEW_ITEM-UNIT[]":"PCE"}}"#)
    };
    let (a, b, c) = (item("a"), item("b"), item("c"));
    for json in [
        format!("[{a},{b},{c}]"),
        format!(r#"{{"order":"7","lines":[{a},{b},{c}]}}"#),
        format!(r#"{{"lines":[{a}],"more":[{b},{c}]}}"#),
    ] {
        let (basket, found) = read(&json);
        assert_eq!(descriptions(&basket), [(1, "a"), (2, "b"), (3, "c")], "{json}");
        assert!(found.is_empty(), "{found:?}");
    }
    assert_eq!(short(&read("[]").1), ["note EMPTY at the return"]);
}

#[test]
fn values_that_are_no_text_keep_their_spelling() {
    for (value, sent) in [
        ("199.00", "199.00"),
        ("0.10", "0.10"),
        ("12345678901234567890.10", "12345678901234567890.10"),
        ("null", ""),
        ("true", "true"),
        (r#"{"a":[1]}"#, r#"{"a":[1]}"#),
    ] {
        let json = format!(r#"{{"NEW_ITEM-DESCRIPTION[1]":"a",{REST},"NEW_ITEM-VENDORMAT[1]":{value}}}"#);
        let (basket, found) = read(&json);
        let kept = basket.sent.iter().find(|field| field.name == "VENDORMAT").unwrap().value.to_owned();
        assert_eq!(kept, sent);
        assert_eq!(short(&found), ["warning JSON-SHAPE at item 1 / VENDORMAT"], "{value}");
        assert_eq!(&json[found[0].span.clone().unwrap()], value);
    }
    let (basket, _) = read(r#"{"NEW_ITEM-PRICE[1]":12345678901234567890.10}"#);
    assert_eq!(basket.items[0].price.as_ref().unwrap().value().to_string(), "12345678901234567890.10");
}

/// JSON that some reader of JSON trips over is still JSON.
#[test]
fn one_odd_value_does_not_cost_the_basket() {
    for (value, kept) in [("1e999", "1e999"), ("-0", "-0"), ("1E400", "1E400")] {
        let (basket, found) =
            read(&format!(r#"{{"NEW_ITEM-DESCRIPTION[1]":"a",{REST},"NEW_ITEM-PRICE[1]":{value}}}"#));
        let sent = basket.sent.iter().find(|field| field.name == "PRICE").unwrap().value.to_owned();
        assert_eq!(sent, kept);
        assert!(short(&found).contains(&"warning JSON-SHAPE at item 1 / PRICE".to_owned()), "{value}");
    }
    // half of a character
    let (basket, found) = read(&format!(r#"{{"NEW_ITEM-DESCRIPTION[1]":"a\ud800b",{REST}}}"#));
    assert_eq!((basket.items.len(), found.is_empty()), (1, false));
    // one entry that is no object
    let (basket, found) = read(r#"{"sku":[{"NEW_ITEM-DESCRIPTION":"a"},2,{"NEW_ITEM-DESCRIPTION":"b"}]}"#);
    assert_eq!(descriptions(&basket).len(), 2);
    assert!(found.iter().any(|finding| finding.code.as_str() == "OCI-JSON-SHAPE"));
}

/// As frameworks store fields that come more than once.
#[test]
fn an_array_of_texts_is_the_same_name_so_many_times() {
    let json = format!(
        r#"{{"NEW_ITEM-DESCRIPTION[1]":"a",{REST},"NEW_ITEM-LONGTEXT_1:132[]":["one ","two"],"t":[1]}}"#
    );
    let (basket, found) = read(&json);
    assert_eq!(basket.items[0].long_text.as_deref(), Some("one two"));
    assert_eq!(basket.control("t"), Some("1"));
    assert_eq!(short(&found), ["warning JSON-SHAPE at t"]);
}

#[test]
fn the_same_name_twice_is_there_twice() {
    let (basket, found) = read(&format!(
        r#"{{"NEW_ITEM-DESCRIPTION[1]":"a",{REST},"NEW_ITEM-VENDOR[1]":"1","NEW_ITEM-VENDOR[1]":"2"}}"#
    ));
    assert_eq!(basket.items[0].vendor.as_deref(), Some("1"));
    assert_eq!(short(&found), ["warning DUP at item 1 / VENDOR"]);
}

#[test]
fn what_is_no_json_is_refused() {
    for json in ["", "{", "nonsense", "\"text\"", "7", "null", "{\"a\":1}x", "{\"a\":\"\u{1}\"}", "{'a':1}"] {
        let error = Decoder::lenient().json(json.as_bytes(), &mut All::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Garbage, "{json}");
        assert!(!error.to_string().ends_with('.'));
    }
    let error = Decoder::lenient().json(b"{\"a\":\"\xF6\"}", &mut All::new()).unwrap_err();
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn deep_nesting_is_one_odd_value() {
    let deep = format!(r#"{{"NEW_ITEM-DESCRIPTION[1]":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let (basket, found) = read(&deep);
    assert_eq!(basket.items[0].description.as_ref().unwrap().len(), 199_998);
    assert!(found.iter().any(|finding| finding.code.as_str() == "OCI-JSON-SHAPE"));
}

#[test]
fn limits_end_the_reading_of_json() {
    let json = format!(r#"{{"NEW_ITEM-DESCRIPTION[1]":"abc",{REST}}}"#);
    let kind = |limits: Limits| {
        let decoder = Decoder::lenient().with_limits(limits);
        decoder.json(json.as_bytes(), &mut All::new()).map(|_| ()).map_err(|error| error.kind())
    };
    let limits = Limits::default();
    for (enough, short) in [
        (limits.with_bytes(json.len()), limits.with_bytes(json.len() - 1)),
        (limits.with_fields(3), limits.with_fields(2)),
        (limits.with_items(1), limits.with_items(0)),
        (limits.with_value_bytes(3), limits.with_value_bytes(2)),
    ] {
        assert_eq!(kind(enough), Ok(()));
        assert_eq!(kind(short), Err(ErrorKind::Limit), "{short:?}");
    }
}
