//! The message, made without sending anything.

use super::options::EmailOptions;
use super::parties::Parties;
use crate::bounce::MailIds;
use crate::consignment::invalid;
use crate::error::unusable;
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

/// Writes the message: the same for the same order and date, down to the byte.
pub(super) fn write(
    options: &EmailOptions,
    parties: &Parties,
    ids: &MailIds,
    consignment: &Consignment,
    date: DateTime<Utc>,
) -> Result<Vec<u8>, Error> {
    if !(1970..=9999).contains(&date.year()) {
        return Err(unusable(format!("the date {date} cannot be written: is the clock set")));
    }
    let mut builder = Message::builder()
        .date(date.into())
        .message_id(Some(format!("<{}>", ids.message_id)))
        .from(parties.from.clone());
    if let Some(reply_to) = &parties.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    builder = parties.to.iter().cloned().fold(builder, MessageBuilder::to);
    builder = parties.cc.iter().cloned().fold(builder, MessageBuilder::cc);
    builder =
        builder.raw_header(encoded_header("Subject", &consignment.subject, subject(&consignment.subject)));
    if let Some(language) = &options.language {
        builder = builder.raw_header(encoded_header("Content-Language", language, language.clone()));
    }
    if let Some(address) = &parties.receipt_to {
        let address = address.email.to_string();
        builder =
            builder.raw_header(encoded_header("Disposition-Notification-To", &address, address.clone()));
    }

    let [outer, inner] = boundaries(&consignment.identity);
    let text = options.text.as_deref().unwrap_or("{subject}");
    let text = text_part(ContentType::TEXT_PLAIN, filled(text, consignment, str::to_owned))?;
    let parts = MultiPart::mixed().boundary(outer);
    let mut parts = match &options.html {
        None => parts.singlepart(text),
        Some(html) => {
            let html = text_part(ContentType::TEXT_HTML, filled(html, consignment, escaped))?;
            parts.multipart(MultiPart::alternative().boundary(inner).singlepart(text).singlepart(html))
        }
    };
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
    carried(&message, parties.needs_utf8())?;
    Ok(message)
}

/// A header that needs no encoding any more.
fn encoded_header(name: &'static str, value: &str, encoded: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.to_owned(), encoded)
}

/// A text; not as it is, so that no line of it can be a boundary.
fn text_part(kind: ContentType, text: String) -> Result<SinglePart, Error> {
    let body = encoded(text, ContentTransferEncoding::QuotedPrintable)?;
    Ok(SinglePart::builder().content_type(kind).body(body))
}

/// Checks what any server may rely on, whatever a library made of the headers.
fn carried(message: &[u8], as_utf8: bool) -> Result<(), Error> {
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let bare = line.strip_suffix(b"\r\n");
        let is_legal = |&byte: &u8| (byte.is_ascii() || as_utf8) && byte != b'\r' && byte != 0;
        if !bare.is_some_and(|bare| bare.iter().all(is_legal)) {
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

/// Neither quoted-printable nor base64 can have `=_`; and neither boundary
/// begins with the other one, which some readers would mistake.
fn boundaries(identity: &str) -> [String; 2] {
    let hash = Digest::of(identity.as_bytes()).to_string();
    let (outer, inner) = hash.split_at(hash.len() / 2);
    [format!("=_o{outer}"), format!("=_i{inner}")]
}

/// Puts in what a text has a place for; once, so that nothing that is put in
/// is taken for a place.
fn filled(text: &str, consignment: &Consignment, escape: fn(&str) -> String) -> String {
    let places = [("{order_number}", &consignment.order_number), ("{subject}", &consignment.subject)];
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        filled.push_str(before);
        let place = places.iter().find_map(|(name, value)| Some((after.strip_prefix(name)?, value)));
        rest = if let Some((rest, value)) = place {
            filled.push_str(&escape(value));
            rest
        } else {
            filled.push('{');
            after.get(1..).unwrap_or_default()
        };
    }
    filled + rest
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
    fn texts_have_places() {
        let order = Consignment::new("id", "17").with_subject("a & {order_number}");
        let fill = |text| filled(text, &order, str::to_owned);
        assert_eq!(fill("order {order_number}: {subject}"), "order 17: a & {order_number}");
        assert_eq!(fill("{ordernumber} {{order_number}} { ü {"), "{ordernumber} {17} { ü {");
        assert_eq!(filled("<b>{subject}</b>", &order, escaped), "<b>a &amp; {order_number}</b>");
        let [outer, inner] = boundaries("id");
        assert!(!outer.starts_with(&inner) && !inner.starts_with(&outer));
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
