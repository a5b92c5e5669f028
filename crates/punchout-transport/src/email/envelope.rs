//! What the envelope says, from what the server offers; nothing is sent here.

use super::options::EmailOptions;
use super::parties::Parties;
use super::session::Reply;
use crate::Error;
use crate::bounce::MailIds;
use crate::error::unusable;
use lettre::Address;
use std::fmt::Write as _;

/// The command lines before `DATA`.
pub(super) struct Envelope<'a> {
    pub(super) sender: String,
    pub(super) recipients: Vec<(&'a Recipient, String)>,
}

/// Somebody on the envelope.
pub(super) struct Recipient {
    pub(super) address: Address,
    /// Whether nobody gets the order when this one is refused.
    pub(super) is_needed: bool,
}

impl<'a> Envelope<'a> {
    /// Asks for reports where the server offers them (RFC 3461): of failure
    /// and delay, of delivery if wished, with the headers of the mail and the
    /// id by which the order is found again.
    pub(super) fn new(
        options: &EmailOptions,
        parties: &'a Parties,
        ids: &MailIds,
        offers: &Reply,
        size: usize,
    ) -> Result<Self, Error> {
        let offered = |keyword| offers.offer(keyword).is_some();
        let needs_utf8 = parties.needs_utf8();
        if needs_utf8 && !offered("SMTPUTF8") {
            let text = format!(
                "{} takes no address outside ASCII (it offers no SMTPUTF8): give addresses in ASCII",
                options.endpoint()
            );
            return Err(unusable(text));
        }
        let reports = offered("DSN");
        let mut sender = format!("MAIL FROM:<{}>", parties.sender);
        // so that too large a message is refused before it is sent
        if offered("SIZE") {
            write!(sender, " SIZE={size}").expect("a string takes everything");
        }
        if reports {
            write!(sender, " RET=HDRS ENVID={}", xtext(&ids.envelope_id)).expect("a string takes everything");
        }
        if needs_utf8 {
            sender.push_str(" SMTPUTF8");
        }
        let recipients = parties.recipients.iter().map(|recipient| {
            let address: &str = recipient.address.as_ref();
            let mut line = format!("RCPT TO:<{address}>");
            if reports {
                let success = if options.delivery_notices { "SUCCESS," } else { "" };
                let original = original(address);
                write!(line, " NOTIFY={success}FAILURE,DELAY ORCPT={original}")
                    .expect("a string takes everything");
            }
            (recipient, line)
        });
        Ok(Self { sender, recipients: recipients.collect() })
    }
}

/// RFC 3461, 4.2 and RFC 6533, 3.
fn original(address: &str) -> String {
    if address.is_ascii() {
        return format!("rfc822;{}", xtext(address));
    }
    let mut text = "utf-8;".to_owned();
    for c in address.chars() {
        if matches!(c, '\\' | '+' | '=') {
            write!(text, "\\x{{{:02X}}}", u32::from(c)).expect("a string takes everything");
        } else {
            text.push(c);
        }
    }
    text
}

/// Printable ASCII as a parameter may hold it (RFC 3461, 4).
fn xtext(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'+' | b'=') {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "+{byte:02X}").expect("a string takes everything");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(options: &EmailOptions, offers: &[&str]) -> Result<Vec<String>, Error> {
        let parties = Parties::of(options)?;
        let ids = MailIds::new("1732222222.7@buyer.example", "buyer.example", "17");
        let lines = ["mx.example"].iter().chain(offers).map(|&line| line.to_owned()).collect();
        let offers = Reply { code: 250, lines, raw: Vec::new() };
        let envelope = Envelope::new(options, &parties, &ids, &offers, 1234)?;
        let recipients = envelope.recipients.into_iter().map(|(_, line)| line);
        Ok(std::iter::once(envelope.sender).chain(recipients).collect())
    }

    #[test]
    fn says_what_the_server_understands() {
        let options = EmailOptions::new("mail.example", "Buyer <o@buyer.example>", "sales+a=b@shop.example")
            .with_envelope_sender("bounces@buyer.example");
        assert_eq!(
            lines(&options, &["HELP"]).unwrap(),
            ["MAIL FROM:<bounces@buyer.example>", "RCPT TO:<sales+a=b@shop.example>"]
        );
        assert_eq!(
            lines(&options, &["size 5000", "dsn", "SMTPUTF8"]).unwrap(),
            [
                "MAIL FROM:<bounces@buyer.example> SIZE=1234 RET=HDRS ENVID=1732222222.7@buyer.example",
                "RCPT TO:<sales+a=b@shop.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;sales+2Ba+3Db@shop.example"
            ]
        );
        let [_, told] = &lines(&options.with_delivery_notices(), &["DSN"]).unwrap()[..] else { panic!() };
        assert!(told.contains(" NOTIFY=SUCCESS,FAILURE,DELAY "), "{told}");
    }

    #[test]
    fn utf8_is_asked_for_where_an_address_needs_it() {
        let names = EmailOptions::new("mail.example", "Müller <o@buyer.example>", "Köln <s@köln.example>");
        assert_eq!(
            lines(&names, &["SMTPUTF8"]).unwrap(),
            ["MAIL FROM:<o@buyer.example>", "RCPT TO:<s@xn--kln-sna.example>"]
        );
        let needy = names.with_cc("mül+ler@köln.example");
        let error = lines(&needy, &["DSN"]).unwrap_err();
        assert!(error.to_string().contains("offers no SMTPUTF8"), "{error}");
        let lines = lines(&needy, &["DSN", "SMTPUTF8"]).unwrap();
        assert!(lines[0].ends_with(" SMTPUTF8"), "{lines:?}");
        assert!(lines[2].starts_with("RCPT TO:<mül+ler@xn--kln-sna.example> "), "{lines:?}");
        assert!(lines[2].ends_with(r" ORCPT=utf-8;mül\x{2B}ler@xn--kln-sna.example"), "{lines:?}");
    }
}
