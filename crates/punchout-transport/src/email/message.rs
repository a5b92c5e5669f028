//! The message, made without sending anything.

use super::options::{EmailOptions, unusable};
use super::parties::Parties;
use crate::consignment::invalid;
use crate::{Consignment, Digest, Error, File};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, Datelike as _, Utc};
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue,
};
use lettre::message::{Body, MaybeString, Message, MessageBuilder, MultiPart, SinglePart};
use punchout_core::{excerpt, truncated};

/// RFC 5322, 2.1.1: the longest line, without its end.
const LONGEST_LINE: usize = 998;

/// Writes the message: the same for the same order, down to the byte, but for the date.
pub(super) fn write(
    options: &EmailOptions,
    parties: &Parties,
    consignment: &Consignment,
    date: DateTime<Utc>,
) -> Result<Vec<u8>, Error> {
    if !(1970..=9999).contains(&date.year()) {
        return Err(unusable(format!("the date {date} cannot be written: is the clock set")));
    }
    let domain = parties.from.email.domain();
    let mut builder = Message::builder()
        .date(date.into())
        .message_id(Some(message_id(&consignment.identity, domain)))
        .from(parties.from.clone());
    if let Some(reply_to) = &parties.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    builder = parties.to.iter().cloned().fold(builder, MessageBuilder::to);
    builder = parties.cc.iter().cloned().fold(builder, MessageBuilder::cc);
    builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str("Subject"),
        consignment.subject.clone(),
        subject(&consignment.subject),
    ));

    let text = options.text.as_ref().unwrap_or(&consignment.subject).clone();
    // not as it is, so that no line of it can be a boundary
    let text = encoded(text, ContentTransferEncoding::QuotedPrintable)?;
    let mut parts = MultiPart::mixed()
        .boundary(boundary(&consignment.identity))
        .singlepart(SinglePart::builder().content_type(ContentType::TEXT_PLAIN).body(text));
    for file in &consignment.files {
        let part = SinglePart::builder()
            .content_type(content_type(file)?)
            .header(ContentDisposition::attachment(&file.name))
            // the only encoding that leaves the line ends of XML alone
            .body(encoded(file.bytes.to_vec(), ContentTransferEncoding::Base64)?);
        parts = parts.singlepart(part);
    }
    let message = builder
        .multipart(parts)
        .map_err(|error| unusable("the message cannot be put together").with_source(error))?
        .formatted();
    carried(&message)?;
    Ok(message)
}

/// Checks what any server may rely on, whatever a library made of the headers.
fn carried(message: &[u8]) -> Result<(), Error> {
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let bare = line.strip_suffix(b"\r\n");
        if !bare.is_some_and(|bare| bare.iter().all(|&byte| byte.is_ascii() && byte != b'\r' && byte != 0)) {
            return Err(invalid("a header would hold a character that mail cannot carry"));
        }
        if line.len() > LONGEST_LINE + 2 {
            return Err(invalid(format!(
                "a header would have a line of more than {LONGEST_LINE} bytes: give shorter names and media types"
            )));
        }
    }
    Ok(())
}

/// The identity where it has the form of a message id, as a `payloadID` mostly
/// has; its hash otherwise. A bounce names it.
fn message_id(identity: &str, domain: &str) -> String {
    let dotted = |text: &str| {
        text.split('.').all(|atom| {
            let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
            !atom.is_empty() && atom.bytes().all(legal)
        })
    };
    match identity.split_once('@') {
        Some((left, right)) if identity.len() <= 200 && dotted(left) && dotted(right) => {
            format!("<{identity}>")
        }
        _ => format!("<{}@{domain}>", Digest::of(identity.as_bytes())),
    }
}

/// Neither quoted-printable nor base64 can have `=_`.
fn boundary(identity: &str) -> String {
    format!("=_{:.32}", Digest::of(identity.as_bytes()).to_string())
}

/// A plain, short subject as it is, any other one in encoded words (RFC 2047).
fn subject(text: &str) -> String {
    let plain = text.is_ascii() && !text.contains("=?") && text.trim() == text;
    if plain && text.len() <= 60 {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, next) = rest.split_at(truncated(rest, 39).len());
        words.push(format!("=?UTF-8?B?{}?=", BASE64.encode(word)));
        rest = next;
    }
    words.join("\r\n ")
}

fn encoded(content: impl Into<MaybeString>, encoding: ContentTransferEncoding) -> Result<Body, Error> {
    Body::new_with_encoding(content, encoding)
        .map_err(|_| unusable("a part of the message cannot be encoded"))
}

/// Says the encoding of XML where it is known.
fn content_type(file: &File) -> Result<ContentType, Error> {
    let name = excerpt(&file.name);
    let bare = file.media_type.trim();
    let class = bare.split('/').next().unwrap_or_default();
    if ["message", "multipart"].into_iter().any(|other| class.eq_ignore_ascii_case(other)) {
        return Err(invalid(format!(
            "file {name} is a message of its own, which a mail cannot carry unchanged"
        )));
    }
    let xml = ["text/xml", "application/xml"].into_iter().find(|xml| bare.eq_ignore_ascii_case(xml));
    let full = match xml {
        Some(xml) if std::str::from_utf8(&file.bytes).is_ok() => format!("{xml}; charset=UTF-8"),
        _ => bare.to_owned(),
    };
    ContentType::parse(&full)
        .map_err(|error| invalid(format!("the media type of file {name} is none")).with_source(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_identity_makes_a_message_id() {
        let id = |identity| message_id(identity, "buyer.example");
        assert_eq!(id("1732222222.7@buyer.example"), "<1732222222.7@buyer.example>");
        assert_eq!(id("a+b/c=d@host"), "<a+b/c=d@host>");
        let long = format!("{}@x", "x".repeat(200));
        let others = [
            "4500000017",
            "a b@x",
            "a@b@c",
            "@x",
            "a@",
            ".a@x",
            "a..b@x",
            "a.@x",
            "<a@x>",
            "a\"@x",
            "Bestellung Ü@x",
            "(a)@x",
            "a@[1.2.3.4]",
            &long,
            "",
        ];
        for (index, identity) in others.into_iter().enumerate() {
            let made = id(identity);
            let hash = made.strip_prefix('<').and_then(|rest| rest.strip_suffix("@buyer.example>")).unwrap();
            assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{made}");
            assert_eq!(made, id(identity));
            assert!(others.into_iter().take(index).all(|other| id(other) != made), "{identity}");
        }
    }

    #[test]
    fn subjects_are_plain_or_encoded() {
        assert_eq!(subject("Order 4500000017"), "Order 4500000017");
        assert_eq!(subject("Bestellung für Köln"), "=?UTF-8?B?QmVzdGVsbHVuZyBmw7xyIEvDtmxu?=");
        // would be decoded on arrival
        assert_eq!(subject("=?x?q?y?="), "=?UTF-8?B?PT94P3E/eT89?=");
        assert_eq!(subject(""), "");
        for long in ["ü".repeat(3000), "x".repeat(3000), format!("{}😀😀", "x".repeat(38))] {
            let folded = subject(&long);
            let words = folded.split("\r\n ").map(|word| {
                assert!(word.len() <= 67, "{word}");
                let inner = word.strip_prefix("=?UTF-8?B?").unwrap().strip_suffix("?=").unwrap();
                // whole characters in each
                String::from_utf8(BASE64.decode(inner).unwrap()).unwrap()
            });
            assert_eq!(words.collect::<String>(), long);
        }
    }
}
