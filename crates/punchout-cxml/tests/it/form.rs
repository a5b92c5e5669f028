use proptest::prelude::*;
use punchout_core::{All, Limits, Severity};
use punchout_cxml::form::{self, Field, Page, Reader, Submit, code};
use punchout_cxml::{Document, ErrorKind};

use crate::draw::Draw;
use crate::support::codes;

const XML: &str = "<?xml version=\"1.0\"?>\n<cXML>100% + 1</cXML>\n";

fn posted(field: &str, value: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("~other", "a=b&c")
        .append_pair(field, value)
        .append_pair("submit", "OK")
        .finish()
}

fn received(body: &str) -> (String, Field, All) {
    let mut found = All::new();
    let received =
        form::read_body(body.as_bytes(), &mut found).unwrap_or_else(|error| panic!("{error}\n{body}"));
    (String::from_utf8(received.document).unwrap(), received.field, found)
}

fn base64(text: &str) -> String {
    form::pair(Field::Base64, text.as_bytes()).unwrap().1
}

#[test]
fn both_fields_are_read_whatever_their_case() {
    for name in ["cXML-base64", "CXML-BASE64", "cxml-Base64", " cXML-base64"] {
        let (document, field, found) = received(&posted(name, &base64(XML)));
        assert_eq!((document.as_str(), field, codes(&found)), (XML, Field::Base64, vec![]), "{name}");
    }
    for name in ["cXML-urlencoded", "cxml-URLencoded"] {
        let (document, field, found) = received(&posted(name, XML));
        assert_eq!((document.as_str(), field, codes(&found)), (XML, Field::UrlEncoded, vec![]), "{name}");
    }
    let pairs = vec![("a".to_owned(), "b".to_owned()), ("cXML-urlencoded".to_owned(), XML.to_owned())];
    assert_eq!(form::read(pairs, &mut All::new()).unwrap().document, XML.as_bytes());
}

#[test]
fn base64_wins() {
    let pairs = |base64: &str, text: &str| {
        let mut found = All::new();
        let pairs = [("cXML-urlencoded", text), ("cXML-base64", base64)];
        let received = form::read(pairs, &mut found).unwrap();
        (received.field, codes(&found), found.worst())
    };
    assert_eq!(pairs(&base64(XML), "<other/>"), (Field::Base64, vec![code::BOTH], Some(Severity::Note)));
    assert_eq!(pairs(" \r\n", "<other/>"), (Field::UrlEncoded, vec![], None));
    assert_eq!(pairs(&base64(XML), ""), (Field::Base64, vec![], None));
}

#[test]
fn careless_senders_are_understood() {
    let encoded = |text: &str| posted("", text).split('&').nth(1).unwrap()[1..].to_owned();
    let once = encoded(XML);
    let long = XML.repeat(3);
    let lines = |between: &str| {
        let text = base64(&long);
        text.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect::<Vec<_>>().join(between)
    };
    let latin = "<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>";
    for (field, value, expected, codes_expected, worst) in [
        ("cXML-urlencoded", once.clone(), XML, vec![code::DOUBLE], Severity::Warning),
        ("cXML-urlencoded", encoded(&once), XML, vec![code::DOUBLE], Severity::Warning),
        ("cXML-urlencoded", once.replace('+', "%20"), XML, vec![code::DOUBLE], Severity::Warning),
        ("cXML-urlencoded", format!("\r\n {XML}"), XML, vec![code::SPACE], Severity::Note),
        ("cXML-urlencoded", base64(XML), XML, vec![code::SWAPPED], Severity::Warning),
        ("cXML-urlencoded", "<a>é</a>".into(), "<a>é</a>", vec![code::CHARSET], Severity::Note),
        ("cXML-base64", XML.into(), XML, vec![code::SWAPPED], Severity::Warning),
        ("cXML-base64", encoded(&base64(&long)), &long, vec![code::DOUBLE], Severity::Warning),
        ("cXML-base64", lines("\r\n"), &long, vec![code::BASE64], Severity::Note),
        ("cXML-base64", lines(" "), &long, vec![code::BASE64], Severity::Note),
        ("cXML-base64", base64("<a>?</a>\n").replace('=', ""), "<a>?</a>\n", vec![], Severity::Note),
        ("cXML-base64", base64("<a/>").replace('=', ""), "<a/>", vec![code::BASE64], Severity::Warning),
        (
            "cXML-base64",
            base64("<a>~~~</a>").replace('+', " "),
            "<a>~~~</a>",
            vec![code::BASE64],
            Severity::Warning,
        ),
        (
            "cXML-base64",
            base64("<a>~~~</a>").replace('+', "-"),
            "<a>~~~</a>",
            vec![code::BASE64],
            Severity::Warning,
        ),
        ("cXML-base64", format!("*{}", base64("<a/>")), "<a/>", vec![code::BASE64], Severity::Error),
        (
            "cXML-base64",
            format!("{}A", base64("<a>1</a>x")),
            "<a>1</a>x",
            vec![code::BASE64],
            Severity::Error,
        ),
        ("cXML-urlencoded", latin.into(), latin, vec![], Severity::Note),
    ] {
        let (document, _, found) = received(&posted(field, &value));
        assert_eq!((document.as_str(), codes(&found)), (expected, codes_expected.clone()), "{value}");
        assert_eq!(found.worst(), (!codes_expected.is_empty()).then_some(worst), "{value}");
    }
    let (document, _, found) = received("cXML-urlencoded=<a>100%</a>&cXML-urlencoded=<b/>");
    assert_eq!((document.as_str(), codes(&found)), ("<a>100%</a>", vec![code::REPEATED, code::PERCENT]));
}

#[test]
fn the_declared_encoding_is_ignored_where_it_cannot_be_true() {
    let of = |body: &[u8]| {
        let mut found = All::new();
        let received = form::read_body(body, &mut found).unwrap();
        (String::from_utf8(received.document).unwrap(), codes(&found))
    };
    let declared =
        |encoding: &str, text: &str| format!("<?xml version='1.0' encoding='{encoding}'?><a>{text}</a>");
    let body = |document: &str| format!("cXML-urlencoded={}", document.replace('=', "%3D"));
    // sent by a page in UTF-8 or in Windows-1252, whatever the document says
    let utf8 = of(body(&declared("ISO-8859-1", "%C3%A9")).as_bytes());
    assert_eq!(utf8, (declared("UTF-8", "é"), vec![code::CHARSET]));
    let latin = of(body(&declared("UTF-8", "%E9")).as_bytes());
    assert_eq!(latin, (declared("UTF-8", "é"), vec![code::CHARSET]));
    assert_eq!(of(body(&declared("klingon", "e")).as_bytes()), (declared("UTF-8", "e"), vec![]));
    let kept = declared("ISO-8859-1", "e");
    assert_eq!(of(body(&kept).as_bytes()), (kept, vec![]));
    // in base64 it counts
    let bytes = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
    let (name, value) = form::pair(Field::Base64, bytes).unwrap();
    assert_eq!(form::read([(name, value)], &mut All::new()).unwrap().document, bytes);
}

#[test]
fn a_form_without_document_says_what_it_has() {
    let refused = |body: &str| {
        let error = form::read_body(body.as_bytes(), &mut All::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Package);
        error.to_string()
    };
    assert_eq!(
        refused("NEW_ITEM-DESCRIPTION%5B1%5D=Screw&cXML=1"),
        "there is no document in cXML-base64 or cXML-urlencoded; there are `NEW_ITEM-DESCRIPTION[1]`, `cXML`"
    );
    assert!(refused("").ends_with("nothing else is in the form"));
    assert!(refused("cXML-base64=+%0A").ends_with("nothing else is in the form"));
    assert!(refused(&"a=b&".repeat(20)).ends_with("and 12 more"));
    let limited = |limits: Limits| {
        Reader::new().with_limits(limits).read_body(b"a=b&cXML-base64=PGEvPg", &mut All::new())
    };
    assert!(limited(Limits::default().with_fields(2)).is_ok());
    for limits in [Limits::default().with_fields(1), Limits::default().with_bytes(10)] {
        assert_eq!(limited(limits).unwrap_err().kind(), ErrorKind::Limit);
    }
}

#[test]
fn pages_escape_and_go_nowhere_odd() {
    let mut page = Page::new("A & B", "Go \"on\"");
    page.nonce = Some("r4nd0m".into());
    page.text = "<moment>".into();
    let xml = "<cXML a=\"'é'\">\r\n&amp;</cXML>";
    let html = page.write("https://erp.example/?a=1&b='2'", Field::UrlEncoded, xml.as_bytes()).unwrap();
    for line in [
        "<title>A &amp; B</title>",
        "<p>&lt;moment&gt;</p>",
        r#"<form method="post" action="https://erp.example/?a=1&amp;b=&#39;2&#39;" target="_top" accept-charset="utf-8">"#,
        r#"<input type="hidden" name="cXML-urlencoded" value="&lt;cXML a=&quot;&#39;&amp;#233;&#39;&quot;&gt;&#13;"#,
        r#"&amp;amp;&lt;/cXML&gt;">"#,
        r#"<button type="submit">Go &quot;on&quot;</button>"#,
        r#"<script nonce="r4nd0m">document.forms[0].submit();</script>"#,
    ] {
        assert!(html.lines().any(|there| there == line), "{line}\nnot in\n{html}");
    }
    page.submit = Submit::Button;
    assert!(!page.write("http://erp.example", Field::Base64, b"x").unwrap().contains("<script"));
    for bad in ["javascript:alert(1)", "", "//erp.example", "https:/x", "data:text/html,x"] {
        let error = page.write(bad, Field::Base64, b"x").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unwritable, "{bad}");
    }
}

/// Elements, attributes and characters, however they are spelled.
fn content(xml: &[u8]) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let text = str::from_utf8(xml).unwrap();
    let document = roxmltree::Document::parse_with_options(text, options).unwrap();
    let mut out = String::new();
    for node in document.descendants() {
        match node.node_type() {
            roxmltree::NodeType::Element => {
                let attributes: Vec<_> = node.attributes().map(|it| (it.name(), it.value())).collect();
                out.extend(["\n", node.tag_name().name(), &format!("{attributes:?}")]);
            }
            roxmltree::NodeType::Text => out += node.text().unwrap(),
            _ => {}
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn base64_gives_back_any_bytes(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
        let (name, value) = form::pair(Field::Base64, &bytes).unwrap();
        let mut found = All::new();
        let back = form::read_body(posted(name, &value).as_bytes(), &mut found).unwrap();
        prop_assert_eq!(back.document, bytes);
        prop_assert!(found.found().is_empty(), "{:?}", found.found());
    }

    #[test]
    fn a_document_comes_back_from_either_field(bytes in prop::collection::vec(any::<u8>(), 0..1_000)) {
        let document = Draw::any(&bytes).document();
        let xml = document.write_unchecked().unwrap();
        for field in [Field::Base64, Field::UrlEncoded] {
            let Ok((name, value)) = form::pair(field, &xml) else {
                // a name or a comment that was kept as it came
                prop_assert!(!xml.is_ascii() && field == Field::UrlEncoded);
                continue;
            };
            prop_assert!(value.is_ascii());
            let mut found = All::new();
            let back = form::read_body(posted(name, &value).as_bytes(), &mut found).unwrap();
            prop_assert!(found.found().is_empty(), "{:?}", found.found());
            if xml.is_ascii() || field == Field::Base64 {
                prop_assert_eq!(&back.document, &xml);
            }
            prop_assert_eq!(content(&back.document), content(&xml));
        }
    }

    #[test]
    fn fields_are_decoded_as_others_decode_them(text in "[ -~]{1,60}") {
        let text = format!("<a>{text}</a>");
        let body = posted("cXML-urlencoded", &text);
        let theirs: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let mut found = All::new();
        prop_assert_eq!(form::read_body(body.as_bytes(), &mut found).unwrap(), form::read(theirs, &mut found).unwrap());
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        field in prop::sample::select(vec!["cXML-base64", "cXML-urlencoded"]),
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..100),
            prop::collection::vec(prop::sample::select(&b"%3cC<+ =&\r\nPGE253"[..]), 0..60),
        ],
    ) {
        let mut found = All::new();
        let mut body = format!("{field}=").into_bytes();
        body.extend_from_slice(&bytes);
        let received = [form::read_body(&body, &mut found), form::read([(field.as_bytes(), &bytes)], &mut found)];
        for received in received.into_iter().flatten() {
            let _ = Document::read(&received.document, &mut All::new());
            let _ = form::pair(Field::UrlEncoded, &received.document);
        }
    }
}
