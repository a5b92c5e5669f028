use std::error::Error as _;

use punchout_core::{All, Limits};
use punchout_cxml::{Document, Error, ErrorKind, Reader, code};

use crate::support::{ORDER, codes, read};

fn refused(xml: &str) -> Error {
    Document::read(xml.as_bytes(), &mut All::new()).expect_err(xml)
}

#[test]
fn says_line_and_column() {
    let error = refused("<cXML>\n  <Response></Respons>\n</cXML>");
    let at = error.position().unwrap();
    assert_eq!((error.kind(), at.line, at.column), (ErrorKind::Malformed, 2, 13));
    assert!(error.to_string().ends_with("at line 2, column 13"), "{error}");
}

#[test]
fn refuses_what_is_not_well_formed() {
    for xml in [
        "",
        " ",
        "text",
        "<cXML>",
        "<cXML><Response></cXML>",
        "<cXML/><cXML/>",
        "<cXML/>text",
        "text<cXML/>",
        "<cXML/>&amp;",
        "<cXML/><![CDATA[]]>",
        "<cXML a='1' a='2'/>",
        "<cXML a=1/>",
        "<cXML a='1'b='2'/>",
        "<cXML a='<'/>",
        "<cXML a='&b'/>",
        "<cXML a='&;'/>",
        "<cXML a='&'/>",
        "<cXML>&nbsp</cXML>",
        "<cXML>&1;</cXML>",
        "<cXML/>&nbsp;",
        "<cXML>&#0;</cXML>",
        "<cXML>]]></cXML>",
        "<cXML>\u{1}</cXML>",
        "<cXML><1/></cXML>",
        "<cXML><!-- a -- b --></cXML>",
        "<cXML><?xml version='1.0'?></cXML>",
        " <?xml version='1.0'?><cXML/>",
        "<?xml version='2.0'?><cXML/>",
        "<?xml?><cXML/>",
        "<cXML/><!DOCTYPE cXML>",
        "<!DOCTYPE cXML><!DOCTYPE cXML><cXML/>",
        "<!DOCTYPE cXML \"x\"><cXML/>",
        "<!doctype cXML><cXML/>",
        "<?xml version=\\\"1.0\\\"?><cXML/>",
        "<cXML></cXML a='1'>",
        "<cXML",
        "<cXML a='",
        "<!-- ",
        "<cXML>&amp",
    ] {
        assert_eq!(refused(xml).kind(), ErrorKind::Malformed, "{xml}");
    }
}

#[test]
fn refuses_what_is_not_cxml() {
    for xml in ["<root/>", "<cxml/>", "<html><body/></html>"] {
        assert_eq!(refused(xml).kind(), ErrorKind::NotCxml, "{xml}");
    }
}

#[test]
fn reads_what_carries_nothing() {
    for (xml, written) in [
        ("<cXML/>", "<cXML/>"),
        ("<cXML><Header/></cXML>", "<cXML>\n  <Header/>\n</cXML>"),
        ("<cXML version='1'><Request/></cXML>", "<cXML version=\"1\">\n  <Request/>\n</cXML>"),
        ("<cXML><Message/><Gift/></cXML>", "<cXML>\n  <Message/>\n  <Gift/>\n</cXML>"),
    ] {
        let (document, found) = read(xml);
        assert!(codes(&found).contains(&code::BODY), "{xml}: {:?}", found.found());
        let again = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        assert!(again.ends_with(&format!(".dtd\">\n{written}\n")), "{again}");
        assert_eq!(read(&again).0, document);
    }
}

#[test]
fn expands_and_fetches_nothing() {
    let bomb =
        "<!DOCTYPE cXML [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/hostname'>]>";
    for name in ["a", "b", "x"] {
        let xml = format!("{bomb}<cXML><Response><Status code='200' text='&{name};'/></Response></cXML>");
        let (document, found) = read(&xml);
        assert!(codes(&found).contains(&code::ENTITY), "{:?}", found.found());
        assert_eq!(&*document.response().unwrap().status.text, format!("&{name};"));
    }
    let error = refused(&format!("{bomb}<cXML>&%c;</cXML>"));
    assert!(error.to_string().contains("is refused"), "{error}");
}

#[test]
fn keeps_to_its_limits() {
    let read_within =
        |limits: Limits, xml: &str| Reader::new().with_limits(limits).read(xml.as_bytes(), &mut All::new());
    let limits = Limits::default();
    for limits in [
        limits.with_bytes(ORDER.len() - 1),
        limits.with_depth(6),
        limits.with_fields(20),
        limits.with_value_bytes(10),
        limits.with_items(0),
    ] {
        let error = read_within(limits, ORDER).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{limits:?}");
        assert!(error.source().is_some() && !error.to_string().contains("limit of"));
    }
    assert!(read_within(limits.with_depth(8).with_items(1).with_bytes(ORDER.len()), ORDER).is_ok());
    let values = limits.with_value_bytes(30);
    for (layout, text, is_within) in [(30, 30, true), (31, 30, false), (30, 31, false)] {
        let (layout, text) = (" ".repeat(layout), "x".repeat(text));
        let xml =
            format!("<cXML payloadID='1' timestamp='2'>{layout}<Response><Status code='200' text='OK'>");
        let read = read_within(values, &format!("{xml}{text}</Status></Response></cXML>"));
        assert_eq!(read.as_ref().err().map(Error::kind), (!is_within).then_some(ErrorKind::Limit));
    }
    let deep = format!("<cXML><Request>{}", "<a>".repeat(1_000_000));
    assert_eq!(read_within(limits, &deep).unwrap_err().kind(), ErrorKind::Limit);
    let wide = format!("<cXML {}/>", (0..100_000).map(|n| format!("a{n}='' ")).collect::<Vec<_>>().concat());
    let document = read_within(limits, &wide).unwrap();
    assert_eq!(document.other.attributes().count(), 100_000);
    let again = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    assert_eq!(read_within(limits, &again).unwrap(), document);
    let limited = limits.with_fields(1_000);
    assert_eq!(read_within(limited, &wide).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn errors_do_not_quote_what_may_be_secret() {
    for xml in [
        "<cXML><a></a <SharedSecret>hush</SharedSecret></cXML>",
        "<cXML><a></b <PCard number='hush'/></a></cXML>",
        "<cXML/>hush",
    ] {
        assert!(!refused(xml).to_string().contains("hush"), "{}", refused(xml));
    }
}
