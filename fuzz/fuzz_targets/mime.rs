//! Documents with attachments, browser forms and answers, from any bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::{All, Ignore};
use punchout_cxml::answer::{Answer, Classifier};
use punchout_cxml::{form, mime};
use punchout_fuzz::findings_lie_inside;

fuzz_target!(|bytes: &[u8]| {
    // The first line is the content type, as an HTTP server has it.
    let (head, body) = bytes.split_at(bytes.iter().position(|b| *b == b'\n').unwrap_or(0));
    let body = body.get(1..).unwrap_or_default();
    let content_type = std::str::from_utf8(head).ok();

    let reader = mime::Reader::new();
    let mut found = All::new();
    if let Ok(package) = reader.read(content_type, body, &mut found) {
        findings_lie_inside(&found, body);
        let parts: usize = package.attachments.iter().map(|attachment| attachment.bytes.len()).sum();
        assert!(package.document.len() + parts <= bytes.len().saturating_mul(3), "bytes out of nowhere");
        if let Ok(written) = mime::Writer::related().write(&package) {
            let again = reader.read(Some(&written.content_type), &written.body, &mut Ignore);
            let again = again.expect("what was written can be read");
            assert_eq!(again.document, package.document);
            assert_eq!(again.attachments, package.attachments);
        }
        let _ = package.check_references(&mut Ignore);
        for attachment in &package.attachments {
            let _ = reader.open(attachment, &mut Ignore);
        }
    }
    let _ = reader.read_message(bytes, &mut Ignore);

    if let Ok(received) = form::read_body(bytes, &mut Ignore) {
        let (name, value) =
            form::pair(form::Field::Base64, &received.document).expect("base64 takes anything");
        let again = form::read([(name, &*value)], &mut Ignore).expect("what was written can be read");
        assert_eq!(again.document, received.document);
    }
    let answer = Answer::new(body).with_http_status(200).with_content_type(content_type.unwrap_or_default());
    assert!(!Classifier::guide().classify(&answer).reason.is_empty());
});
