use punchout_core::{All, Code, Limits, Severity};
use punchout_cxml::mime::{Attachment, Package, Reader, Transfer, Writer, code};
use punchout_cxml::{Document, ErrorKind};

use crate::support::{ORDER, codes, data};

const XML: &str = "<cXML><URL>cid:a@b</URL></cXML>";

fn read(content_type: &str, body: impl AsRef<[u8]>) -> (Package, All) {
    let mut found = All::new();
    let package = Reader::new()
        .read(Some(content_type), body.as_ref(), &mut found)
        .unwrap_or_else(|error| panic!("{error}\n{content_type}"));
    (package, found)
}

fn refused(content_type: &str, body: &str) -> String {
    let error = Reader::new().read(Some(content_type), body.as_bytes(), &mut All::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Package, "{error}");
    error.to_string()
}

/// The order with a drawing, as it is seen on the wire.
fn with_drawing(content_type: &str) -> (Package, All) {
    let body = format!(
        "This is a multi-part message in MIME format.\r\n\
         --part.boundary\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <order@erp.example>\r\n\r\n\
         {ORDER}\r\n--part.boundary\r\nContent-Type: application/pdf; name=\"ignored.pdf\"\r\n\
         Content-ID: <draw%1@erp.example>\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"drawing.pdf\"\r\n\r\nJVBERi0x\r\nLjc=\r\n\
         --part.boundary--\r\n"
    );
    read(content_type, body)
}

#[test]
fn related_and_mixed_are_alike() {
    for content_type in [
        "multipart/related; boundary=part.boundary; type=\"text/xml\"; start=\"<order@erp.example>\"",
        "Multipart/Related; boundary=\"part.boundary\"",
        "multipart/mixed;boundary=part.boundary",
    ] {
        let (package, found) = with_drawing(content_type);
        assert!(found.found().is_empty(), "{:?}", found.found());
        assert_eq!(package.document, ORDER.as_bytes());
        assert_eq!(package.document_id.as_deref(), Some("order@erp.example"));
        let drawing = Attachment::new(
            "draw%1@erp.example",
            "application/pdf; name=\"ignored.pdf\"",
            b"%PDF-1.7".to_vec(),
        );
        assert_eq!(package.attachments, [drawing.with_name("drawing.pdf")]);
        assert!(Document::read(&package.document, &mut All::new()).unwrap().order_request().is_some());
    }
}

#[test]
fn the_document_is_the_part_that_start_names() {
    let body = "--b\r\nContent-ID: <pic@x>\r\nContent-Type: image/png\r\n\r\npng\r\n--b\r\nContent-ID: <doc@x>\r\n\
        Content-Type: application/xml\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<cXML a=3D'=C3=A9'/>=\r\n\r\n--b--";
    let (package, found) = read("multipart/related; boundary=b; start=\"<doc@x>\"", body);
    assert!(found.found().is_empty(), "{:?}", found.found());
    assert_eq!(package.document, "<cXML a='é'/>".as_bytes());
    assert_eq!(package.attachments.len(), 1);

    let (bare, found) = read("multipart/related; boundary=b; start=doc@x", body);
    assert_eq!((bare, codes(&found)), (package.clone(), vec![]));
    let (other, found) = read("multipart/related; boundary=b; start=\"<other@x>\"", body);
    assert_eq!((other, codes(&found)), (package.clone(), vec![code::ROOT, code::ROOT]));
    let (first, found) = read("multipart/mixed; boundary=b", body);
    assert_eq!((first, codes(&found)), (package, vec![code::ROOT]));
}

#[test]
fn careless_senders_are_understood() {
    let drawn = |body: &str, content_type: &str| {
        let (package, found) = read(content_type, body);
        assert_eq!(str::from_utf8(&package.document).unwrap().trim(), XML);
        let wrong = package.attachments.first().is_none_or(|it| it.bytes != b"data");
        assert!(!wrong, "{package:?} {body}");
        codes(&found)
    };
    let good = format!("--b\r\n\r\n{XML}\r\n--b\r\nContent-ID: <a@b>\r\n\r\ndata\r\n--b--\r\n");
    let mixed = "multipart/mixed; boundary=b";
    for (body, content_type, expected) in [
        (good.clone(), mixed, vec![]),
        (good.replace("\r\n", "\n"), mixed, vec![]),
        (good.clone(), "multipart/mixed", vec![code::BOUNDARY]),
        (good.clone(), "text/xml", vec![code::TYPE, code::BOUNDARY]),
        (good.clone(), "", vec![code::TYPE, code::BOUNDARY]),
        (good.clone(), "multipart/form-data; boundary=b", vec![code::TYPE]),
        (good.replace("\r\n--b--\r\n", ""), mixed, vec![code::END]),
        (good.replace("--b\r\n\r\n<", "--b\r\n<"), mixed, vec![code::HEADER]),
        (good.replace("<a@b>", "a@b"), mixed, vec![code::ID]),
        (good.replace("Content-ID: <a@b>", "Content-Type: a/b"), mixed, vec![code::ID]),
        (good.replace("data", "data\r\n--b\r\nContent-ID: <a@b>\r\n\r\n"), mixed, vec![code::DUPLICATE]),
        (good.replace("<a@b>", "<a@b>\r\nContent-Id: <c@d>"), mixed, vec![code::HEADER]),
        (
            good.replace("<a@b>\r\n\r\ndata", "<a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\nZGF0*YQ"),
            mixed,
            vec![code::ENCODING],
        ),
        (
            good.replace("<a@b>\r\n", "<a@b>\r\nContent-Transfer-Encoding: x-uuencode\r\n"),
            mixed,
            vec![code::ENCODING],
        ),
    ] {
        assert_eq!(drawn(&body, content_type), expected, "{content_type}\n{body}");
    }
}

#[test]
fn what_holds_no_document_is_refused() {
    assert!(refused("multipart/mixed", "<cXML/>").contains("names no boundary"));
    assert!(refused("multipart/mixed; boundary=b", "<cXML/>").contains("no part at its boundary `b`"));
    assert!(refused("multipart/mixed; boundary=b", "--b--").contains("no part"));
    let nested = "--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c--\r\n--b--";
    assert!(refused("multipart/mixed; boundary=b", nested).contains("of its own"));
}

#[test]
fn a_plain_body_is_a_document_without_files() {
    for content_type in [None, Some("text/xml; charset=UTF-8"), Some("application/xml")] {
        let mut found = All::new();
        let package = Reader::new().read(content_type, ORDER.as_bytes(), &mut found).unwrap();
        assert_eq!(package, Package::new(ORDER));
        assert!(found.found().is_empty());
    }
    let (package, found) = read("text/html;charset=UTF-8", ORDER);
    assert_eq!((package.document.as_slice(), codes(&found)), (ORDER.as_bytes(), vec![code::TYPE]));
    assert_eq!(found.worst(), Some(Severity::Note));
}

#[test]
fn the_charset_counts_more_than_the_declaration() {
    let latin = b"<?xml version='1.0'?><!DOCTYPE cXML><cXML><Response><Status code='200' text='\xE9'/></Response></cXML>";
    let (package, found) = read("text/xml; charset=ISO-8859-1", latin);
    assert_eq!(codes(&found), [code::CHARSET]);
    let document = Document::read(&package.document, &mut All::new()).unwrap();
    assert_eq!(document.response().unwrap().status.text, "é");

    let (package, found) = read("text/xml", "<a>é</a>");
    assert_eq!((package.document.as_slice(), codes(&found)), ("<a>é</a>".as_bytes(), vec![code::CHARSET]));
    assert_eq!(found.worst(), Some(Severity::Note));
    let (package, found) =
        read("text/xml; charset=utf-8", b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>");
    assert!(package.document.contains(&0xE9));
    assert_eq!((codes(&found), found.worst()), (vec![code::CHARSET], Some(Severity::Warning)));
    assert_eq!(codes(&read("application/xml", "<a>é</a>").1), Vec::<Code>::new());
}

#[test]
fn messages_have_their_own_headers() {
    let package = Package::new(ORDER).with_attachment(Attachment::new("a@b", "a/b", b"1".to_vec()));
    let message = Writer::related().write(&package).unwrap().to_message();
    let mut found = All::new();
    assert_eq!(Reader::new().read_message(&message, &mut found).unwrap(), package);
    let encoded = "MIME-Version: 1.0\nContent-Type: text/xml; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPGE+\n";
    assert_eq!(Reader::new().read_message(encoded.as_bytes(), &mut found).unwrap(), Package::new("<a>"));
    assert!(found.found().is_empty(), "{:?}", found.found());
}

#[test]
fn a_part_with_parts_is_opened_on_demand() {
    let inner = Package::new("<cXML/>").with_document_id("inner@x").with_attachment(Attachment::new(
        "pic@x",
        "image/png",
        b"\x89PNG\r\n--".to_vec(),
    ));
    let forwarded = Writer::mixed().with_attachments(Transfer::Binary).write(&inner).unwrap();
    let outer = Package::new(XML)
        .with_attachment(Attachment::new("a@b", forwarded.content_type.clone(), forwarded.body.clone()))
        .with_attachment(Attachment::new("mail@b", "message/rfc822", forwarded.to_message()));
    let written = Writer::related().write(&outer).unwrap();
    let mut found = All::new();
    let reader = Reader::new().with_limits(Limits::default().with_depth(2));
    let back = reader.read(Some(&written.content_type), &written.body, &mut found).unwrap();
    assert_eq!(back, outer);
    for attachment in &back.attachments {
        assert!(attachment.has_parts());
        let mut opened = reader.open(attachment, &mut found).unwrap();
        // it says related as start, mixed has none
        assert_eq!(opened.document_id.take().as_deref(), Some("inner@x"));
        assert_eq!((opened.document, &opened.attachments), (inner.document.clone(), &inner.attachments));
        let shallow = Reader::new().with_limits(Limits::default().with_depth(1));
        assert_eq!(shallow.open(attachment, &mut found).unwrap_err().kind(), ErrorKind::Limit);
    }
    assert!(found.found().is_empty(), "{:?}", found.found());
}

#[test]
fn keeps_to_its_limits() {
    let body = format!("{}--b--", "--b\r\n\r\n<a/>\r\n".repeat(11));
    let read = |limits: Limits| {
        Reader::new().with_limits(limits).read(
            Some("multipart/mixed; boundary=b"),
            body.as_bytes(),
            &mut All::new(),
        )
    };
    assert!(read(Limits::default().with_items(11).with_bytes(body.len())).is_ok());
    assert_eq!(read(Limits::default().with_items(10)).unwrap_err().kind(), ErrorKind::Limit);
    assert_eq!(read(Limits::default().with_bytes(body.len() - 1)).unwrap_err().kind(), ErrorKind::Limit);
    let headers = format!("--b\r\nA: {}\r\n\r\n<a/>\r\n--b--", "x".repeat(20_000));
    let error = Reader::new().read(Some("multipart/mixed; boundary=b"), headers.as_bytes(), &mut All::new());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn one_address_means_one_part() {
    let (package, _) = with_drawing("multipart/mixed; boundary=part.boundary");
    let package = package
        .with_attachment(Attachment::new("two@x", "a/b", b"1".to_vec()))
        .with_attachment(Attachment::new("two@x", "a/b", b"2".to_vec()));
    let look = |url: &str| {
        let mut found = All::new();
        let attachment = package.attachment(url, &mut found);
        (attachment.and_then(|attachment| attachment.content_id.as_deref()), codes(&found))
    };
    let drawing = Some("draw%1@erp.example");
    assert_eq!(look("cid:draw%251@erp.example"), (drawing, vec![]));
    assert_eq!(look(" CID:draw%251%40erp.example\n"), (drawing, vec![]));
    assert_eq!(look("cid:draw%1@erp.example"), (drawing, vec![]));
    assert_eq!(look("cid:<draw%251@erp.example>"), (drawing, vec![code::REFERENCE]));
    assert_eq!(look("cid:Draw%251@erp.example"), (None, vec![code::MISSING]));
    assert_eq!(look("cid:other@x"), (None, vec![code::MISSING]));
    assert_eq!(look("cid:two@x"), (None, vec![code::DUPLICATE]));
    assert_eq!(look("https://erp.example/draw"), (None, vec![]));
}

#[test]
fn references_are_held_against_parts() {
    let check = |document: &str, ids: &[&str]| {
        let package = ids.iter().fold(Package::new(document), |package, &id| {
            package.with_attachment(Attachment::new(id, "a/b", b"".to_vec()))
        });
        let mut found = All::new();
        package.check_references(&mut found).unwrap();
        for finding in found.found().iter().filter(|finding| finding.code != code::UNUSED) {
            let span = finding.span.clone().unwrap();
            assert!(document[span].trim().to_lowercase().starts_with("cid:"), "{finding:?}");
        }
        codes(&found)
    };
    let two = "<cXML><URL>cid:a@b</URL><x><URL name='n'> cid:c%2fd </URL></x><URL>http://x/</URL></cXML>";
    assert_eq!(check(two, &["a@b", "c/d"]), []);
    assert_eq!(check(two, &["a@b"]), [code::MISSING]);
    assert_eq!(check(two, &["a@b", "c/d", "e"]), [code::UNUSED]);
    assert_eq!(check(two, &["a@b", "c/d", "a@b"]), [code::DUPLICATE]);
    assert_eq!(check("\u{feff}<cXML><URL>cid:a@b</URL></cXML>", &[]), [code::MISSING]);
    assert!(Package::new("<cXML>").check_references(&mut All::new()).is_err());

    let mut found = All::new();
    let package = Package::new(XML).with_attachment(Attachment::new("A@b", "a/b", b"".to_vec()));
    package.check_references(&mut found).unwrap();
    assert!(found.found()[0].message.contains("differs in capitals"), "{:?}", found.found());
}

#[test]
fn writing_is_deterministic_and_refuses_what_it_cannot_say() {
    let attachment = || Attachment::new("a@b", "application/pdf", b"1".to_vec());
    let package = Package::new(XML).with_document_id("d@b").with_attachment(attachment());
    let written = Writer::related().with_boundary("b").write(&package).unwrap();
    assert_eq!(written.content_type, "multipart/related; type=\"text/xml\"; boundary=b; start=\"<d@b>\"");
    assert_eq!(
        str::from_utf8(&written.body).unwrap(),
        "--b\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <d@b>\r\nContent-Transfer-Encoding: binary\r\n\r\n\
         <cXML><URL>cid:a@b</URL></cXML>\r\n--b\r\nContent-Type: application/pdf\r\nContent-ID: <a@b>\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--\r\n"
    );
    let again = || Writer::mixed().write(&package).unwrap();
    assert_eq!(again(), again());
    assert!(again().content_type.starts_with("multipart/mixed; boundary=cxml_"));

    let mut nameless = attachment();
    nameless.content_id = None;
    for bad in [
        Package::new(XML).with_attachment(nameless),
        Package::new(XML).with_attachment(Attachment::new("a b", "a/b", b"".to_vec())),
        Package::new(XML).with_attachment(Attachment::new("a\r\nX: y", "a/b", b"".to_vec())),
        Package::new(XML).with_attachment(Attachment::new("a", "a/b\r\nX: y", b"".to_vec())),
        Package::new(XML).with_attachment(attachment().with_name("a\r\nX: y")),
        Package::new(XML).with_attachment(attachment()).with_attachment(attachment()),
        package.clone().with_document_id("a@b"),
        package.clone().with_document_id("<a@b>"),
    ] {
        let error = Writer::related().write(&bad).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unwritable, "{bad:?}");
    }
    assert!(Writer::related().write(&Package::new(b"<a>\xE9</a>".to_vec())).is_err());
    assert!(
        Writer::related()
            .with_boundary("x")
            .write(&Package::new("<!--x-->").with_attachment(attachment()))
            .is_err()
    );
    assert!(Writer::related().with_boundary("a\"b").write(&package).is_err());
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>".to_vec();
    let plain = Writer::related().write(&Package::new(latin.clone())).unwrap();
    assert_eq!((plain.content_type.as_str(), plain.body), ("text/xml; charset=windows-1252", latin));
}

/// The order of a copy request and others that point at parts.
#[test]
fn documents_of_the_corpus_name_their_parts() {
    let Some(folder) = data("documents_of_the_corpus_name_their_parts", "cxml/corpus") else { return };
    let mut references = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        let document = std::fs::read(&path).unwrap();
        let Ok(text) = str::from_utf8(&document) else { continue };
        let expected = text.matches(">cid:").count();
        let mut found = All::new();
        let (package, _) = read("text/xml; charset=UTF-8", &document);
        if package.check_references(&mut found).is_ok() {
            let missing = found.found().iter().filter(|finding| finding.code == code::MISSING).count();
            assert_eq!(missing, expected, "{}", path.display());
            references += missing;
        }
    }
    assert!(references > 0);
}
