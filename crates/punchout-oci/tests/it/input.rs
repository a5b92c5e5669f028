//! Finding out what an input is, and captured responses.

use punchout_core::{All, Diagnostic, Severity};
use punchout_oci::{Basket, Decoder, Error, ErrorKind, Input};

use super::{BOLT, descriptions, short};

fn response(bytes: impl AsRef<[u8]>) -> (Result<Basket, Error>, Vec<Diagnostic>) {
    let mut found = All::new();
    let basket = Decoder::lenient().response(bytes.as_ref(), &mut found);
    (basket, found.into_found())
}

#[test]
fn shapes_are_told_by_their_looks() {
    for (text, shape) in [
        ("", Input::Form),
        ("a=1", Input::Form),
        (BOLT, Input::Form),
        ("NEW_ITEM-DESCRIPTION[1]=Bolt+M8&NEW_ITEM-QUANTITY[1]=1\r\n", Input::Form),
        ("NEW_ITEM-DESCRIPTION[1]=Bolt M8&NEW_ITEM-QUANTITY[1]=1", Input::Form),
        ("NEW_ITEM-DESCRIPTION[1]=Öse&~OkCode=ADDI", Input::Form),
        ("NEW_ITEM-DESCRIPTION[1]=Bolt M8", Input::Pairs),
        ("NEW_ITEM-DESCRIPTION[1]=nut & bolt", Input::Pairs),
        ("NEW_ITEM-DESCRIPTION[1]=Bolt\nNEW_ITEM-UNIT[1]=PCE\n", Input::Pairs),
        ("NEW_ITEM-DESCRIPTION [1]=Bolt", Input::Pairs),
        ("<html>", Input::Html),
        ("\u{feff}\n <form>", Input::Html),
        ("NEW_ITEM <form> text before a tag", Input::Html),
        ("<?xml version='1.0'?><BusinessDocument/>", Input::Xml),
        ("<BusinessDocument>", Input::Xml),
        ("<businessdocument>", Input::Xml),
        ("PEJ1c2luZXNzRG9jdW1lbnQ+", Input::Xml),
        ("{}", Input::Json),
        (" [{}]", Input::Json),
        ("HTTP/1.1 200 OK\r\n\r\n", Input::Response),
        ("http/2 200\n\n", Input::Response),
    ] {
        assert_eq!(Input::of(text.as_bytes()), shape, "{text:?}");
    }
}

#[test]
fn any_shape_is_read_by_what_it_is() {
    let lines = BOLT.replace('&', "\n");
    let spelled = BOLT.replace("Bolt", "Bolt M8");
    for (text, description) in [(BOLT, "Bolt"), (&lines, "Bolt"), (&spelled, "Bolt M8")] {
        let mut found = All::new();
        let basket = Decoder::lenient().any(text.as_bytes(), &mut found).unwrap();
        assert_eq!(descriptions(&basket), [(1, description)]);
        assert_eq!(basket.items[0].unit_code(), Some("PCE"));
        assert!(found.found().is_empty(), "{:?}", found.found());
    }
}

#[cfg(not(all(feature = "html", feature = "json")))]
#[test]
fn a_shape_that_needs_a_feature_says_so() {
    let shapes = [(Input::Html, cfg!(feature = "html")), (Input::Json, cfg!(feature = "json"))];
    for (shape, _) in shapes.into_iter().filter(|(_, is_there)| !is_there) {
        let error = Decoder::lenient().input(shape, b"{}", &mut All::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Misuse);
        assert!(error.to_string().contains("feature"), "{error}");
    }
}

#[test]
fn lines_that_are_no_pairs_are_kept_and_reported() {
    let mut found = All::new();
    let text = "What the shop sent:\r\n\r\nNEW_ITEM-DESCRIPTION[1]=a = b\r\n  \r\nNEW_ITEM-QUANTITY[1]\r\n";
    let basket = Decoder::lenient().lines(text.as_bytes(), &mut found).unwrap();
    assert_eq!(descriptions(&basket), [(1, "a = b")]);
    assert_eq!(basket.control("What the shop sent:"), Some(""));
    let lines: Vec<_> = found.found().iter().filter(|it| it.code.as_str() == "OCI-LINE-FORM").collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].at, "What the shop sent:");
    assert_eq!(&text[lines[1].span.clone().unwrap()], "NEW_ITEM-QUANTITY[1]");
}

#[test]
fn a_captured_body_is_read() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n";
    let capture = format!("{head}{}", BOLT.replace("=2", "=2%2C5"));
    let (basket, found) = response(&capture);
    assert_eq!(descriptions(basket.as_ref().unwrap()), [(1, "Bolt")]);
    assert_eq!(short(&found), ["warning NUM-COMMA at item 1 / QUANTITY"]);
    // both count the bytes of the capture
    assert_eq!(&capture[found[0].span.clone().unwrap()], "NEW_ITEM-QUANTITY[1]=2%2C5");
    let spans: Vec<_> = basket.unwrap().sent.iter().map(|field| capture[field.span].to_owned()).collect();
    assert_eq!(spans.join("&"), capture[head.len()..]);
    // line feeds alone, as some tools save it
    let (basket, _) = response(capture.replace("\r\n", "\n"));
    assert_eq!(descriptions(&basket.unwrap()), [(1, "Bolt")]);
}

#[test]
fn the_header_declares_the_charset() {
    for (header, text, code) in [
        ("Content-Type: application/x-www-form-urlencoded; charset=iso-8859-2", "š", "CHARSET-DECLARED"),
        ("content-type:application/x-www-form-urlencoded;CHARSET=\"ISO-8859-2\"", "š", "CHARSET-DECLARED"),
        ("Content-Type: application/x-www-form-urlencoded", "¹", "CHARSET"),
        ("X: charset=iso-8859-2", "¹", "CHARSET"),
    ] {
        let (basket, found) =
            response(format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\nNEW_ITEM-DESCRIPTION[1]=%B9"));
        assert_eq!(descriptions(&basket.unwrap()), [(1, text)], "{header}");
        assert_eq!(short(&found)[0], format!("warning {code} at item 1 / DESCRIPTION"));
    }
}

#[test]
fn chunks_are_joined() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (first, second) = BOLT.split_at(30);
    let chunked =
        format!("{head}{:x}\r\n{first}\r\n{:X};note=1\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    let (basket, found) = response(&chunked);
    let basket = basket.unwrap();
    assert_eq!(descriptions(&basket), [(1, "Bolt")]);
    assert!(found.is_empty(), "{found:?}");
    // most tools join chunks when they save, and leave the header
    let (saved, _) = response(format!("{head}{BOLT}"));
    assert_eq!(saved.unwrap().items, basket.items);
    // chunks that lie about their size are taken as they are
    for size in ["fffffff", "ffffffffffffffffffff", "-1", ""] {
        let (odd, _) = response(format!("{head}{size}\r\n{BOLT}"));
        assert!(odd.unwrap().sent.len() <= 3, "{size}");
    }
}

#[test]
fn findings_about_joined_chunks_have_no_place_in_the_capture() {
    let body = "NEW_ITEM-QUANTITY[1]=2%2C5";
    let capture = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    let (_, found) = response(&capture);
    let comma = found.iter().find(|finding| finding.code.as_str() == "OCI-NUM-COMMA").unwrap();
    assert_eq!(comma.span, None);
}

#[test]
fn a_status_that_is_no_success_is_an_error() {
    for (status, is_error) in [
        ("200 OK", false),
        ("201", false),
        ("204 No Content", false),
        ("302 Found", true),
        ("404 Not Found", true),
        ("500", true),
    ] {
        let (basket, found) = response(format!("HTTP/1.1 {status}\r\n\r\n{BOLT}"));
        assert_eq!(basket.unwrap().items.len(), 1, "{status}: what is there is read");
        let errors: Vec<_> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(errors.len(), usize::from(is_error), "{status}");
        if is_error {
            assert_eq!(short(&found), ["error HTTP-STATUS at the return"]);
            assert_eq!(errors[0].span.as_ref().unwrap().start, 0);
        }
    }
}

#[test]
fn what_is_no_response_is_refused() {
    for capture in [
        "",
        "NEW_ITEM-UNIT[1]=PCE",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nServer: x\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ] {
        let error = response(capture).0.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Garbage, "{capture:?}");
    }
    let (empty, found) = response("HTTP/1.1 204 No Content\r\n\r\n");
    assert!(empty.unwrap().items.is_empty());
    assert_eq!(short(&found), ["note EMPTY at the return"]);
}

#[cfg(feature = "html")]
#[test]
fn a_captured_page_is_read_at_its_place() {
    let page = "<form method=post><input name='NEW_ITEM-DESCRIPTION[1]' value='\u{f6}'></form>";
    let latin: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for charset in ["", "; charset=iso-8859-1", "; charset=\"windows-1252\""] {
        let mut capture = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html{charset}\r\n\r\n").into_bytes();
        let head = capture.len();
        capture.extend_from_slice(&latin);
        let (basket, found) = response(&capture);
        let basket = basket.unwrap();
        assert_eq!(descriptions(&basket), [(1, "ö")]);
        let code = if charset.is_empty() { "OCI-CHARSET" } else { "OCI-CHARSET-DECLARED" };
        assert_eq!(found[0].code.as_str(), code);
        let span = basket.sent.iter().next().unwrap().span;
        assert!(span.start == head + 18 && capture[span.clone()].ends_with(b"'\xF6'>"), "{span:?}");
    }
}
