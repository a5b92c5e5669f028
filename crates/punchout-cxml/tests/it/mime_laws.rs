use mail_parser::{MessageParser, MimeHeaders as _};
use proptest::prelude::*;
use punchout_core::All;
use punchout_cxml::mime::{Attachment, Package, Reader, Transfer, Writer};

fn document() -> impl Strategy<Value = String> {
    (
        "[^\u{fffe}\u{ffff}\\x00-\\x1f]{0,40}",
        prop::sample::select(vec!["", "<?xml version='1.0' encoding='UTF-8'?>\r\n"]),
    )
        .prop_map(|(text, before)| format!("{before}<cXML>{}</cXML>\n", text.replace(['<', '&', '>'], "--")))
}

const OPAQUE: &[&str] = &["application/pdf", "image/png", "application/x-a.b+c; version=\"1;2\""];

const ALL: &[&str] = &[
    "application/pdf",
    "text/plain; charset=iso-8859-1",
    "text/xml",
    "multipart/mixed; boundary=cxml_",
    "message/rfc822",
    "application/x-a.b+c; version=\"1;2\"",
];

fn attachment(
    media_types: &'static [&'static str],
) -> impl Strategy<Value = (String, Option<String>, &'static str, Vec<u8>)> {
    (
        "[a-zA-Z0-9.%/:@=?\\[\\]{}~_'-]{1,20}",
        prop::option::of("\\PC{1,30}"),
        prop::sample::select(media_types),
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            prop::sample::select(vec![&b"\r\n--cxml_"[..], b"\n--\r\n", b"\r\n", b"=3D\r\n"])
                .prop_map(<[u8]>::to_vec),
        ],
    )
}

fn package(media_types: &'static [&'static str]) -> impl Strategy<Value = Package> {
    (document(), prop::option::of("[a-z]{1,5}@host"), prop::collection::vec(attachment(media_types), 0..4))
        .prop_map(|(document, id, attachments)| {
            let mut package = Package::new(document);
            package.document_id = id.filter(|_| !attachments.is_empty()).map(Into::into);
            for (number, (id, name, media_type, bytes)) in attachments.into_iter().enumerate() {
                let mut attachment = Attachment::new(format!("{number}{id}"), media_type, bytes);
                attachment.name = name.map(Into::into);
                package.attachments.push(attachment);
            }
            package
        })
}

fn writers() -> impl Strategy<Value = Writer> {
    let transfer = || prop::sample::select(vec![Transfer::Base64, Transfer::Binary]);
    (any::<bool>(), transfer(), transfer()).prop_map(|(related, document, attachments)| {
        let writer = if related { Writer::related() } else { Writer::mixed() };
        writer.with_document(document).with_attachments(attachments)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_gives_back_what_was_written(package in package(ALL), writer in writers()) {
        let written = writer.write(&package).unwrap();
        let mut found = All::new();
        let back = Reader::new().read(Some(&written.content_type), &written.body, &mut found).unwrap();
        prop_assert_eq!(&back, &package, "{}", written.body.escape_ascii());
        prop_assert!(found.found().is_empty(), "{:?}", found.found());
        let message = Reader::new().read_message(&written.to_message(), &mut found).unwrap();
        prop_assert_eq!(&message, &package);
        prop_assert!(written.content_type.bytes().all(|b| b.is_ascii_graphic() || b == b' '));
    }

    /// A reader of mail that has nothing in common with this one sees the same.
    #[test]
    fn others_read_what_was_written(package in package(OPAQUE), writer in writers()) {
        prop_assume!(!package.attachments.is_empty());
        let message = writer.write(&package).unwrap().to_message();
        let theirs = MessageParser::new().parse(&message).unwrap();
        prop_assert_eq!(theirs.parts.len(), package.attachments.len() + 2);
        prop_assert_eq!(theirs.parts[1].contents(), package.document.as_slice());
        for (part, attachment) in theirs.parts[2..].iter().zip(&package.attachments) {
            prop_assert_eq!(part.contents(), attachment.bytes.as_slice());
            prop_assert_eq!(part.content_id(), attachment.content_id.as_deref());
            prop_assert_eq!(part.attachment_name(), attachment.name.as_deref());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        content_type in prop::option::of("(multipart/(mixed|related); boundary=b(; start=\"<a>\")?|\\PC{0,40})"),
        pieces in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    &b"--b"[..], b"--", b"\r\n", b"\n", b"\r\n\r\n", b"<?xml?>", b"Content-Type:", b"text/xml;charset=",
                    b"Content-ID: <a>", b"Content-Transfer-Encoding: base64", b"multipart/mixed; boundary=c", b" ",
                    b"Content-Disposition: x; filename*0*=''%", b"=?utf-8?q?", b"\"", b"<URL>cid:a</URL>",
                ]).prop_map(<[u8]>::to_vec),
                prop::collection::vec(any::<u8>(), 0..8),
            ],
            0..40,
        ),
    ) {
        let body = pieces.concat();
        let mut found = All::new();
        let reader = Reader::new();
        for package in [
            reader.read(content_type.as_deref(), &body, &mut found),
            reader.read_message(&body, &mut found),
        ].into_iter().flatten() {
            let _ = package.check_references(&mut found);
            let _ = package.attachment("cid:a", &mut found);
            let _ = Writer::related().write(&package);
            for attachment in &package.attachments {
                let _ = reader.open(attachment, &mut found);
            }
        }
    }
}
