//! What holds for any text in any field.

use crate::smtp::attachments;
use mail_parser::MessageParser;
use proptest::prelude::*;
use punchout_transport::bounce::{self, Kind as Notice, Outcome, Place};
use punchout_transport::{Consignment, Email, EmailOptions, File, Kind};

/// Any characters, and often those that end a line or a header.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<String>(),
        1 => Just("\r\nBcc: thief@evil.example\r\n".to_owned()),
        1 => Just("\n.\n".to_owned()),
        1 => Just("=?utf-8?q?=0D=0A?=".to_owned()),
        2 => "[ -~]{0,80}",
    ];
    proptest::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat())
}

/// The names of the headers, as any server finds them.
fn header_names(message: &[u8]) -> Vec<String> {
    let text = String::from_utf8(message.to_vec()).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split_once(':').unwrap().0.to_owned()).collect()
}

proptest! {
    #[test]
    fn no_text_becomes_a_header(
        (identity, number, subject) in (text(), text(), text()),
        (file, media_type) in (text(), text()),
        (sender, body, html) in (text(), text(), text()),
    ) {
        let options = EmailOptions::new("mail.example", format!("{sender} <a@b.example>"), "c@d.example")
            .with_text(body)
            .with_html(html);
        let Ok(transport) = Email::new(options) else { return Ok(()) };
        let sound = |name: &str, media_type: &str| {
            Consignment::new("id", "17").with_subject(subject.as_str()).with_file(File::new(name, media_type, *b"x"))
        };
        let mut odd = sound(&file, &media_type);
        (odd.identity, odd.order_number) = (identity, number);
        for order in [odd, sound("a.xml", "text/xml"), sound(&file, "text/xml"), sound("a.xml", &media_type)] {
            let message = match transport.message(&order, chrono::DateTime::UNIX_EPOCH) {
                Ok(message) => message,
                Err(error) => {
                    prop_assert_eq!(error.kind(), Kind::Consignment);
                    continue;
                }
            };
            prop_assert_eq!(
                header_names(&message),
                ["Date", "Message-ID", "From", "To", "Subject", "MIME-Version", "Content-Type"]
            );
            prop_assert!(message.is_ascii());
            let parsed = MessageParser::default().parse(&message).unwrap();
            prop_assert_eq!(parsed.subject().unwrap_or_default().trim(), order.subject.trim());
            prop_assert_eq!(parsed.parts.len(), 5);
            let read = attachments(&message);
            prop_assert_eq!(read.len(), 1);
            prop_assert_eq!(&read[0].0, &order.files[0].name);
            prop_assert_eq!(&read[0].2[..], b"x");
        }
    }

    #[test]
    fn a_report_of_any_order_finds_it(identity in text(), number in "[0-9]{1,12}", whole in any::<bool>()) {
        let order = |identity: &str| {
            Consignment::new(identity, number.as_str()).with_file(File::new("a.xml", "text/xml", *b"<cXML/>"))
        };
        let transport = Email::new(EmailOptions::new("mail.example", "a@b.example", "c@d.example")).unwrap();
        let this = order(&identity);
        let Ok(message) = transport.message(&this, chrono::DateTime::UNIX_EPOCH) else { return Ok(()) };
        let message = String::from_utf8(message).unwrap();
        let head = message.split_inclusive("\r\n\r\n").next().unwrap();
        let (media_type, original) =
            if whole { ("message/rfc822", message.as_str()) } else { ("text/rfc822-headers", head) };
        let ids = transport.ids(&this);
        let report = |envelope: &str| format!(
            "From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; boundary=\"=report\"\r\n\r\n\
             --=report\r\nContent-Type: message/delivery-status\r\n\r\n{envelope}\r\n\
             Final-Recipient: rfc822; c@d.example\r\nAction: failed\r\n\r\n\
             --=report\r\nContent-Type: {media_type}\r\n\r\n{original}\r\n--=report--\r\n"
        );
        for (envelope, place) in [
            (format!("Original-Envelope-Id: {}\r\n", ids.envelope_id), Place::EnvelopeId),
            (String::new(), Place::Original),
        ] {
            let notice = bounce::read(report(&envelope).as_bytes()).unwrap();
            prop_assert_eq!((notice.kind, notice.outcome()), (Notice::Delivery, Outcome::Failed));
            prop_assert_eq!(notice.concerns(&ids), Some(place));
            prop_assert!(notice.ids().all(|id| id == ids.envelope_id || id == ids.message_id));
            let other = notice.concerns(&transport.ids(&order(&format!("{identity}x"))));
            prop_assert!(other.is_none_or(|place| !place.is_strong()), "{:?}", other);
        }
    }
}
