use proptest::prelude::*;
use punchout_core::Limits;
use punchout_cxml::StatusCode;
use punchout_cxml::answer::{Answer, Classifier, Codes, Disposition, Kind, Meaning, Rule, Verdict};

use crate::support::{ORDER, data};

fn response(code: &str, text: &str, message: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<cXML payloadID=\"1\" timestamp=\"2026-03-01T14:05:00+01:00\">\
        <Response><Status code=\"{code}\" text=\"{text}\">{message}</Status></Response></cXML>"
    )
}

fn judged(http_status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Verdict {
    let answer = Answer::new(body.as_ref()).with_http_status(http_status).with_content_type(content_type);
    Classifier::guide().classify(&answer)
}

#[test]
fn the_status_of_a_response_decides() {
    use Disposition::{Delivered, NotDelivered, Rejected, Unknown};
    for (code, meaning, disposition) in [
        ("200", Meaning::Accepted, Delivered),
        ("204", Meaning::Accepted, Delivered),
        ("299", Meaning::Accepted, Delivered),
        ("201", Meaning::AcceptedLater, Delivered),
        ("202", Meaning::AcceptedLater, Delivered),
        ("280", Meaning::AcceptedLater, Delivered),
        ("281", Meaning::AcceptedLater, Delivered),
        ("400", Meaning::Rejected, Rejected),
        ("406", Meaning::Rejected, Rejected),
        ("429", Meaning::Rejected, Rejected),
        ("500", Meaning::TryAgain, NotDelivered),
        ("560", Meaning::TryAgain, NotDelivered),
        ("503", Meaning::TryAgain, NotDelivered),
        ("0", Meaning::Unknown, Unknown),
        ("302", Meaning::Unknown, Unknown),
        ("fine", Meaning::Unknown, Unknown),
    ] {
        // the status of HTTP counts for nothing where there is cXML
        for http_status in [200, 401, 404, 500] {
            let verdict = judged(http_status, "text/xml; charset=UTF-8", response(code, "x", ""));
            assert_eq!(
                (verdict.meaning, verdict.disposition),
                (meaning, disposition),
                "{code} {http_status}"
            );
            assert_eq!((verdict.seen.kind, verdict.rule), (Kind::Response, None));
            let expected = code.parse().map_or(0, |code: u16| code);
            assert_eq!(verdict.status.map(|status| status.code), Some(StatusCode::new(expected)));
        }
    }
    let verdict = judged(500, "text/html", response("406", "Not Acceptable", "line 3:\n no Total"));
    assert_eq!(verdict.reason, "status 406 Not Acceptable: line 3: no Total (HTTP status 500)");
}

#[test]
fn anything_else_is_transient_and_nobody_knows() {
    let long_title = format!("<html><title>{}</title>", "x".repeat(100));
    for (content_type, body, kind, detail) in [
        ("text/xml", "", Kind::Empty, None),
        ("", " \r\n", Kind::Empty, None),
        ("text/plain", "OK", Kind::Text, Some("OK")),
        ("text/plain", "two\r\n lines\t", Kind::Text, Some("two lines")),
        ("text/html", "<!DOCTYPE html>\n<head><TITLE>Log\n in</TITLE>", Kind::Html, Some("Log in")),
        ("", "<HTML><body>x</body></HTML>", Kind::Html, None),
        (
            "",
            "<?xml version='1.0'?><html xmlns='x'><head><title a='b'>T</title></head></html>",
            Kind::Html,
            Some("T"),
        ),
        (
            "",
            "<?xml version='1.0'?><soap:Envelope><soap:Body/></soap:Envelope>",
            Kind::Xml,
            Some("soap:Envelope"),
        ),
        ("", "<Response><Status code='200' text='OK'/></Response>", Kind::Xml, Some("Response")),
        ("", ORDER, Kind::Cxml, Some("1@example.com")),
        ("application/json", "{\"status\": 200}", Kind::Json, Some("{\"status\": 200}")),
        ("application/json", "[]", Kind::Json, Some("[]")),
        ("", "{broken", Kind::Text, Some("{broken")),
        ("", "\u{1}\u{2}", Kind::Binary, Some("2 bytes")),
        (
            "",
            long_title.as_str(),
            Kind::Html,
            Some("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"),
        ),
    ] {
        for http_status in [200, 202, 401, 404, 500, 503] {
            let verdict = judged(http_status, content_type, body);
            assert_eq!(
                (verdict.meaning, verdict.disposition, verdict.status),
                (Meaning::TryAgain, Disposition::Unknown, None),
                "{body}"
            );
            assert_eq!((verdict.seen.kind, verdict.seen.detail.as_deref()), (kind, detail), "{body}");
            assert!(verdict.reason.ends_with(&format!(" (HTTP status {http_status})")), "{}", verdict.reason);
            assert!(!verdict.reason.contains('\n'));
        }
    }
    let cut = response("200", "OK", "");
    let verdict = judged(200, "text/xml", &cut[..cut.len() - 3]);
    assert_eq!((verdict.seen.kind, verdict.disposition), (Kind::Broken, Disposition::Unknown));
    assert!(verdict.seen.detail.unwrap().contains("line 2"));
    let verdict = judged(200, "text/xml", "<cXML/>");
    assert_eq!((verdict.seen.kind, verdict.meaning), (Kind::Cxml, Meaning::TryAgain));
    let without = Classifier::guide().classify(&Answer::new(b"OK"));
    assert_eq!(without.reason, "text instead of a cXML response: OK");
}

#[test]
fn careless_responses_are_responses() {
    let latin = b"<cXML><Response><Status code='200' text='\xE9'/></Response></cXML>";
    let minimal = "<cXML><Response><Status code='200' text='OK'/></Response></cXML>";
    let wide: Vec<u8> = format!("\u{feff}{minimal}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content_type, body) in [
        ("text/xml; charset=iso-8859-1", &latin[..]),
        ("", minimal.as_bytes()),
        ("", format!("\r\n \u{feff} {}", response("200", "OK", "")).trim_start().as_bytes()),
        ("", format!("\r\n{}\r\n", response("200", "OK", "")).as_bytes()),
        ("text/plain", wide.as_slice()),
    ] {
        let verdict = judged(200, content_type, body);
        assert_eq!(
            (verdict.meaning, verdict.seen.kind),
            (Meaning::Accepted, Kind::Response),
            "{}",
            verdict.reason
        );
    }
}

#[test]
fn what_may_have_arrived_is_not_sent_again_blindly() {
    for (body, blindly, recognised) in [
        (response("500", "x", ""), true, true),
        (response("200", "x", ""), false, false),
        (response("400", "x", ""), false, false),
        (response("700", "x", ""), false, false),
        ("<html>".to_owned(), false, true),
        (String::new(), false, true),
    ] {
        let verdict = judged(200, "text/xml", &body);
        assert_eq!(
            (verdict.may_send_again(false), verdict.may_send_again(true)),
            (blindly, recognised),
            "{body}"
        );
    }
    let words =
        [Disposition::Delivered, Disposition::NotDelivered, Disposition::Rejected, Disposition::Unknown];
    assert_eq!(words.map(Disposition::as_str), ["delivered", "not delivered", "rejected", "unknown"]);
}

#[test]
fn a_partner_has_rules_of_its_own() {
    let partner = Classifier::guide()
        .with_rule(Rule::new(Meaning::Accepted).when_http(200).when_kind(Kind::Empty))
        .with_rule(Rule::new(Meaning::Accepted).when_http(Codes::new(200, 299)).when_text("OK"))
        .with_rule(
            Rule::new(Meaning::Accepted)
                .when_status(500)
                .when_containing("Already Processed")
                .with_note("a repeated payload id"),
        )
        .with_rule(Rule::new(Meaning::Rejected).when_http(401).when_media_type("text/html"))
        .with_rule(Rule::new(Meaning::TryAgain).when_http(503).when_kind(Kind::Html))
        .with_rule(Rule::new(Meaning::Unknown).when_http(Codes::new(400, 499)).when_status(200));
    for (http_status, content_type, body, expected) in [
        (200, "", "", Some((0, Meaning::Accepted, Disposition::Delivered))),
        (204, "", "", None),
        (201, "text/plain", " ok\n", Some((1, Meaning::Accepted, Disposition::Delivered))),
        (500, "text/plain", "OK", None),
        (200, "text/plain", "OK?", None),
        (
            200,
            "text/xml",
            &response("500", "Error", "document was already processed"),
            Some((2, Meaning::Accepted, Disposition::Delivered)),
        ),
        (200, "text/xml", &response("500", "Error", "busy"), None),
        (401, "Text/HTML; charset=utf-8", "<html>", Some((3, Meaning::Rejected, Disposition::Rejected))),
        (401, "", "<html>", None),
        (503, "", "<html>", Some((4, Meaning::TryAgain, Disposition::NotDelivered))),
        (404, "text/xml", &response("200", "OK", ""), Some((5, Meaning::Unknown, Disposition::Unknown))),
        (200, "text/xml", &response("200", "OK", ""), None),
    ] {
        let answer =
            Answer::new(body.as_bytes()).with_http_status(http_status).with_content_type(content_type);
        let verdict = partner.classify(&answer);
        match expected {
            Some((rule, meaning, disposition)) => {
                assert_eq!(
                    (verdict.rule, verdict.meaning, verdict.disposition),
                    (Some(rule), meaning, disposition),
                    "{http_status} {body}"
                );
            }
            None => assert_eq!(verdict, Classifier::guide().classify(&answer), "{http_status} {body}"),
        }
        if verdict.rule == Some(2) {
            assert!(verdict.reason.starts_with("a repeated payload id: status 500 Error: document"));
        }
    }
    // without HTTP no rule about it can fit
    assert_eq!(partner.classify(&Answer::new(b"")).rule, None);
}

#[test]
fn keeps_to_its_limits() {
    let body = response("200", "OK", "");
    let limited = Classifier::guide().with_limits(Limits::default().with_bytes(body.len() - 1));
    let verdict = limited.classify(&Answer::new(body.as_bytes()));
    assert_eq!((verdict.seen.kind, verdict.disposition), (Kind::Broken, Disposition::Unknown));
    let answer = Answer::new(b"secret").with_http_status(200);
    assert!(!format!("{answer:?}").contains("secret"));
}

#[cfg(feature = "serde")]
#[test]
fn rules_come_from_a_file() {
    let json = r#"{"rules": [
        {"http": 200, "kind": "empty", "then": "accepted"},
        {"http": "2xx", "text": "OK", "then": "accepted-later", "note": "they say so"},
        {"status": "500-503", "text": "again", "contains": true, "then": "unknown"}
    ]}"#;
    let classifier: Classifier = serde_json::from_str(json).unwrap();
    let expected = Classifier::guide()
        .with_rule(Rule::new(Meaning::Accepted).when_http(200).when_kind(Kind::Empty))
        .with_rule(
            Rule::new(Meaning::AcceptedLater)
                .when_http(Codes::new(200, 299))
                .when_text("OK")
                .with_note("they say so"),
        )
        .with_rule(Rule::new(Meaning::Unknown).when_status(Codes::new(500, 503)).when_containing("again"));
    assert_eq!(classifier, expected);
    let written = serde_json::to_string(&classifier).unwrap();
    assert_eq!(serde_json::from_str::<Classifier>(&written).unwrap(), expected);
    assert!(
        written.contains(r#"{"http":"2xx","text":"OK","then":"accepted-later","note":"they say so"}"#),
        "{written}"
    );
    for bad in [
        r#"{"rules": [{"then": "fine"}]}"#,
        r#"{"rules": [{"http": "2x", "then": "accepted"}]}"#,
        r#"{"rules": [{"htp": 200, "then": "accepted"}]}"#,
        r#"{"rules": [{"http": 200}]}"#,
        r#"{"rule": []}"#,
    ] {
        assert!(serde_json::from_str::<Classifier>(bad).is_err(), "{bad}");
    }
}

/// Each document is a response exactly where it says so.
#[test]
fn documents_of_the_corpus_are_told_apart() {
    let Some(folder) = data("documents_of_the_corpus_are_told_apart", "cxml/corpus") else { return };
    let mut responses = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        let body = std::fs::read(&path).unwrap();
        let verdict = Classifier::guide().classify(&Answer::new(&body));
        assert!(!matches!(verdict.seen.kind, Kind::Empty | Kind::Json | Kind::Html), "{}", path.display());
        if verdict.seen.kind == Kind::Response {
            responses += 1;
            assert!(body.windows(9).any(|window| window == b"<Response"), "{}", path.display());
        } else {
            assert_eq!((verdict.meaning, verdict.status), (Meaning::TryAgain, None));
        }
    }
    assert!(responses > 20, "{responses}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_has_a_verdict(
        http_status in any::<u16>(),
        content_type in "\\PC{0,30}",
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            prop::collection::vec(prop::sample::select(vec![
                "<html", ">", "<title", "</title>", "<", "<cXML>", "<Response>", "<Status code='", "200", "'/>", "</Response>",
                "</cXML>", "<?xml version='1.0'?>", "\u{feff}", "{", "}", "é", "\r\n",
            ]), 0..20).prop_map(|pieces| pieces.concat().into_bytes()),
        ],
    ) {
        let rule = Rule::new(Meaning::Accepted).when_containing("200").when_http(Codes::new(0, 999));
        let answer = Answer::new(&body).with_http_status(http_status).with_content_type(&content_type);
        let verdict = Classifier::guide().with_rule(rule).classify(&answer);
        prop_assert!(!verdict.reason.contains(char::is_control), "{:?}", verdict.reason);
        prop_assert!(verdict.reason.len() < 800);
        let guide = Classifier::guide().classify(&answer);
        // an answer without cXML is never known to be a yes
        prop_assert_eq!(guide.status.is_some(), guide.seen.kind == Kind::Response);
        if guide.status.is_none() {
            prop_assert_eq!((guide.meaning, guide.disposition), (Meaning::TryAgain, Disposition::Unknown));
        }
    }
}
