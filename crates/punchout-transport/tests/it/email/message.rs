//! What the message says, as another library reads it.

use crate::smtp::attachments;
use crate::{order, says};
use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser};
use punchout_transport::{Consignment, Disposition, Email, EmailOptions, File, Kind, OrderTransport};

fn options() -> EmailOptions {
    EmailOptions::new("mail.example", "Example Buyer <orders@buyer.example>", "sales@shop.example")
}

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_732_190_400, 0).unwrap()
}

fn message(options: EmailOptions, order: &Consignment) -> Vec<u8> {
    Email::new(options).unwrap().message(order, noon()).unwrap()
}

fn parse(raw: &[u8]) -> Message<'_> {
    MessageParser::default().parse(raw).unwrap()
}

fn shown(addresses: Option<&Address<'_>>) -> Vec<String> {
    let of = |address: &mail_parser::Addr<'_>| match address.name() {
        Some(name) => format!("{name}|{}", address.address().unwrap()),
        None => address.address().unwrap().to_owned(),
    };
    addresses.map(|addresses| addresses.iter().map(of).collect()).unwrap_or_default()
}

#[test]
fn carries_everything_unchanged() {
    let every_byte: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    let dots =
        "Sehr geehrte Damen und Herren,\n.\n..\nanbei unsere Bestellung über 3 Stück.\r\n\tMit = und €\n";
    let order = order()
        .with_subject(
            "Muster GmbH & Co. KG: Bestellung 4500000017 für Köln – bitte bestätigen (Ωμέγα, 注文) =?x?q?y?=",
        )
        .with_file(File::new("Lageplan für Köln.pdf", "application/pdf", every_byte.clone()))
        .with_file(File::new(
            "注文書 (最終版) – eine lange Fassung des Namens, der nicht in eine Zeile passt.xml",
            "application/xml",
            *b"<a>\r\n.\r\n</a>\n",
        ))
        .with_file(File::new("100%25 = 'all'; (x).bin", "application/octet-stream", *b"--=_\r\n.\r\n"));
    let options = options()
        .with_to("Ä. Müller, Einkauf <a.mueller@shop.example>")
        .with_to("\"Quoted \\\"Q\\\" Name, Inc.\" <q@shop.example>")
        .with_cc("copy@shop.example")
        .with_reply_to("Purchasing: south <purchasing@buyer.example>")
        .with_text(dots);
    let raw = message(options, &order);

    assert!(raw.is_ascii());
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        assert!(line.ends_with(b"\r\n") && line.len() <= 100, "{}", String::from_utf8_lossy(line));
    }
    let parsed = parse(&raw);
    assert_eq!(parsed.subject(), Some(order.subject.as_str()));
    assert_eq!(shown(parsed.from()), ["Example Buyer|orders@buyer.example"]);
    assert_eq!(
        shown(parsed.to()),
        [
            "sales@shop.example",
            "Ä. Müller, Einkauf|a.mueller@shop.example",
            "Quoted \"Q\" Name, Inc.|q@shop.example"
        ]
    );
    assert_eq!(shown(parsed.cc()), ["copy@shop.example"]);
    assert_eq!(shown(parsed.reply_to()), ["Purchasing: south|purchasing@buyer.example"]);
    assert_eq!(parsed.message_id(), Some("1732222222.7@buyer.example"));
    assert_eq!(parsed.date().unwrap().to_timestamp(), noon().timestamp());
    let text = parsed.body_text(0).unwrap();
    assert_eq!(text.trim_end().replace("\r\n", "\n"), dots.trim_end().replace("\r\n", "\n"));
    let read = attachments(&raw);
    assert_eq!(read.len(), 4);
    for ((name, _, bytes), file) in read.iter().zip(&order.files) {
        assert_eq!(name, &file.name);
        assert_eq!(bytes[..], file.bytes[..], "{name}");
    }
    let types: Vec<&str> = read.iter().map(|(_, media_type, _)| media_type.as_str()).collect();
    assert_eq!(types, ["text/xml", "application/pdf", "application/xml", "application/octet-stream"]);
    assert!(String::from_utf8(raw).unwrap().contains("Content-Type: text/xml; charset=utf-8\r\n"));
}

#[test]
fn the_same_order_is_the_same_message() {
    let raw = message(options(), &order());
    assert_eq!(raw, message(options(), &order().with_attempt(2)));
    let transport = Email::new(options()).unwrap();
    let later = transport.message(&order(), noon() + chrono::TimeDelta::hours(1)).unwrap();
    let dateless = |raw: &[u8]| -> String {
        let text = String::from_utf8(raw.to_vec()).unwrap();
        text.split_inclusive("\r\n").filter(|line| !line.starts_with("Date: ")).collect()
    };
    assert_ne!(raw, later);
    assert_eq!(dateless(&raw), dateless(&later));
    assert!(String::from_utf8(raw).unwrap().contains("Date: Thu, 21 Nov 2024 12:00:00 +0000\r\n"));
}

#[test]
fn identities_make_message_ids() {
    let id = |identity: &str| {
        let order = Consignment::new(identity, "17").with_file(File::new("17.xml", "text/xml", *b"<cXML/>"));
        parse(&message(options(), &order)).message_id().unwrap().to_owned()
    };
    assert_eq!(id("1732222222.7@buyer.example"), "1732222222.7@buyer.example");
    for odd in ["Bestellung Ü <17> \"x\"", "@", "a@b@c", &"long".repeat(500)] {
        let made = id(odd);
        assert!(made.ends_with("@buyer.example") && made.len() == 64 + 14, "{made}");
        assert_eq!(made, id(odd));
        assert_ne!(made, id("another"));
    }
}

#[test]
fn the_subject_is_the_text_unless_one_is_given() {
    let raw = message(options(), &order());
    assert_eq!(parse(&raw).body_text(0).unwrap().trim_end(), order().subject);
    let raw = message(options().with_text(""), &order());
    assert_eq!(parse(&raw).body_text(0).unwrap().trim_end(), "");
}

#[test]
fn no_header_can_be_smuggled_in() {
    for end in ["\r\n", "\n", "\r", "\0", "\u{85}"] {
        let evil = format!("x{end}Bcc: thief@evil.example");
        let address = format!("x@y.example{end}RCPT TO:<thief@evil.example>");
        for (options, field) in [
            (EmailOptions::new("mail.example", format!("{evil} <a@b.example>"), "c@d.example"), "from"),
            (EmailOptions::new("mail.example", &address, "c@d.example"), "from"),
            (options().with_to(&address), "to"),
            (options().with_cc(format!("{evil} <c@d.example>")), "cc"),
            (options().with_cc(format!("<{address}>")), "cc"),
            (options().with_reply_to(&evil), "reply_to"),
            (options().with_envelope_sender(&address), "envelope_sender"),
            (options().with_hello_name(&evil), "hello_name"),
            (EmailOptions::new(format!("mail.example{end}x"), "a@b.example", "c@d.example"), "host"),
        ] {
            let error = Email::new(options).unwrap_err();
            assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
            assert!(error.to_string().starts_with(field), "{error}");
            assert!(!error.to_string().contains(end), "{error:?}");
        }
        let file = |name: &str, media_type: &str| File::new(name, media_type, *b"x");
        let plain = Consignment::new("id", "17");
        for (order, field) in [
            (plain.clone().with_file(file("a.xml", "text/xml")).with_subject(&evil), "subject"),
            (Consignment::new(&evil, "17").with_file(file("a.xml", "text/xml")), "identity"),
            (plain.clone().with_file(file(&evil, "text/xml")), "file name"),
            (plain.with_file(file("a.xml", &format!("text/xml{end}X: y"))), "media type of file `a.xml`"),
        ] {
            let error = Email::new(options()).unwrap().message(&order, noon()).unwrap_err();
            assert_eq!(says(&error), (Kind::Consignment, Disposition::NotDelivered));
            assert!(error.to_string().contains(field), "{error}");
        }
    }
}

#[test]
fn a_text_may_come_as_html_too() {
    let options = options()
        .with_language("de")
        .with_text("Bestellung {order_number}")
        .with_html("<p>Bestellung {order_number}, {subject}</p>")
        .with_read_receipt_to("Receipts <receipts@buyer.example>");
    let order = order().with_subject("Müller & Söhne <4500000017>");
    let raw = message(options, &order);
    let parsed = parse(&raw);
    assert_eq!(parsed.body_text(0).unwrap().trim_end(), "Bestellung 4500000017");
    let html = "<p>Bestellung 4500000017, Müller &amp; Söhne &lt;4500000017&gt;</p>";
    assert_eq!(parsed.body_html(0).unwrap().trim_end(), html);
    assert_eq!(attachments(&raw).len(), 1);
    let text = String::from_utf8(raw).unwrap();
    assert!(text.contains("\r\nContent-Language: de\r\n"), "{text}");
    assert!(text.contains("\r\nDisposition-Notification-To: receipts@buyer.example\r\n"), "{text}");
}

#[test]
fn addresses_may_hold_any_letters() {
    let options = EmailOptions::new("mail.example", "Müller <müller@köln.example>", "sales@πώληση.example");
    let raw = message(options, &order());
    let parsed = parse(&raw);
    assert_eq!(shown(parsed.from()), ["Müller|müller@xn--kln-sna.example"]);
    assert_eq!(shown(parsed.to()), ["sales@xn--sxaaktr7d.example"]);
}

#[test]
fn what_cannot_work_is_said_at_once() {
    for (options, says_so) in [
        (EmailOptions::new("", "a@b.example", "c@d.example"), "host"),
        (EmailOptions::new("mail example", "a@b.example", "c@d.example"), "host"),
        (EmailOptions::new("mail.example:25", "a@b.example", "c@d.example"), "host"),
        (options().with_to(""), "to `` is no"),
        (options().with_to("sales"), "to `sales` is no mail address"),
        (options().with_to("a@b.example, c@d.example"), "is not one mail address"),
        (options().with_to("<a@b.example> SIZE=1"), "is not one mail address"),
        (options().with_to("\"a b\"@d.example"), "is not one mail address"),
        (options().with_cc("a@mün chen.example"), "is not one mail address"),
        (options().with_cc("a@ü\u{301}..example"), "cc"),
        (options().with_language("de, en"), "language"),
        (options().with_language(""), "language"),
        (options().with_dkim("buyer.example", "a b", "hunter2"), "dkim selector"),
        (options().with_dkim("buyer.example\r\n", "s", "hunter2"), "dkim domain"),
        (options().with_dkim("buyer.example", "s", "hunter2"), "no private key in PEM"),
        (options().with_read_receipt_to("nobody"), "read_receipt_to"),
        (options().with_optional_cc("nobody"), "optional_cc"),
        (options().with_reply_to("Name <>"), "reply_to"),
        (options().with_login("", "hunter2"), "login"),
        (options().with_login("buyer", "hunter2\0"), "login"),
        (options().with_roots("hunter2"), "no certificate"),
        (options().without_public_roots(), "roots are empty"),
    ] {
        let error = Email::new(options.clone()).unwrap_err();
        assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(!format!("{error:?} {options:?}").contains("hunter2"), "{error:?} {options:?}");
    }
    for good in ["10.0.0.1", "::1", "localhost", "mail.example."] {
        Email::new(EmailOptions::new(good, "a@b.example", "c@[10.0.0.1]")).unwrap();
    }
    let shown = format!("{:?}", EmailOptions::new("::1", "a@b.example", "c@d.example").with_implicit_tls());
    assert!(shown.contains("smtps://[::1]:465"), "{shown}");
}

#[test]
fn what_mail_cannot_carry_is_named() {
    let transport = Email::new(options()).unwrap();
    let file = |media_type: &str| order().with_file(File::new("b.eml", media_type, *b"x"));
    let long = format!("text/plain; x={}", "y".repeat(2000));
    for (order, says_so) in [
        (file("message/rfc822"), "`b.eml` is a message of its own"),
        (file("Multipart/mixed; boundary=x"), "`b.eml` is a message of its own"),
        (file("pdf"), "media type of file `b.eml`"),
        (file("text/plän"), "media type of file `b.eml`"),
        (file(&long), "more than 998 bytes"),
    ] {
        let error = transport.message(&order, noon()).unwrap_err();
        assert_eq!(says(&error), (Kind::Consignment, Disposition::NotDelivered));
        assert!(error.to_string().contains(says_so), "{error}");
    }
    for year in [-1, 253_402_300_800] {
        let error = transport.message(&order(), DateTime::from_timestamp(year, 0).unwrap()).unwrap_err();
        assert!(error.to_string().contains("the date"), "{error}");
    }
    assert!(transport.capabilities().attachments && !transport.capabilities().idempotent);
}
