//! An order and its attachments as one body: `multipart/related` (RFC 2387).

use super::request::content_type;
use crate::{Consignment, Digest, File};
use bytes::Bytes;
use std::fmt::Write as _;
use std::sync::Arc;

/// The media type of the whole, and its bytes, piece by piece.
///
/// The same consignment gives the same bytes. Attachments travel as they are,
/// for HTTP takes any byte.
pub(super) fn package(consignment: &Consignment) -> (String, Vec<Bytes>) {
    let hashes = consignment.files.iter().map(|file| Digest::of(&file.bytes).to_string());
    // no part can hold a hash of itself
    let boundary = Digest::of(hashes.collect::<String>().as_bytes()).to_string();
    let mut pieces = Vec::new();
    for (number, file) in (1..).zip(&consignment.files) {
        let line = if number == 1 { "" } else { "\r\n" };
        let header = header(consignment, number, file);
        pieces.push(Bytes::from(format!("{line}--{boundary}\r\n{header}\r\n")));
        pieces.push(Bytes::from_owner(Arc::clone(&file.bytes)));
    }
    pieces.push(Bytes::from(format!("\r\n--{boundary}--\r\n")));
    let root = consignment.files.first();
    let start = root.map(|file| content_id(consignment, 1, file)).unwrap_or_default();
    let kind = root.map(|file| essence(&file.media_type)).unwrap_or_default();
    (format!("multipart/related; type=\"{kind}\"; boundary={boundary}; start=\"<{start}>\""), pieces)
}

fn header(consignment: &Consignment, number: usize, file: &File) -> String {
    let mut header = format!(
        "Content-Type: {}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{}>\r\n",
        content_type(file),
        content_id(consignment, number, file)
    );
    if number > 1 {
        writeln!(header, "Content-Disposition: attachment; {}\r", file_name(&file.name))
            .expect("a string takes everything");
    }
    header
}

/// The one that was given, or one that no other order has.
fn content_id(consignment: &Consignment, number: usize, file: &File) -> String {
    file.content_id.clone().unwrap_or_else(|| {
        let mut of = Digest::of(consignment.identity.as_bytes()).to_string();
        of.truncate(32);
        format!("{number}.{of}@punchout")
    })
}

/// The type without its parameters; what is checked holds no quotation mark
/// but in those.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase().replace(['"', '\\'], "")
}

/// Names in ASCII as they are, others as RFC 5987 has them. None holds a
/// quotation mark, a backslash or a control character: those were refused.
fn file_name(name: &str) -> String {
    if name.is_ascii() {
        return format!("filename=\"{name}\"");
    }
    let mut encoded = "filename*=UTF-8''".to_owned();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes everything");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::{MessageParser, MimeHeaders as _};

    fn order() -> Consignment {
        Consignment::new("1732222222.7@buyer.example", "17")
            .with_file(File::new("17.xml", "text/xml", *b"<cXML/>"))
            .with_file(
                File::new("plan.pdf", "application/pdf", *b"%PDF\r\n--\r\n")
                    .with_content_id("plan@buyer.example"),
            )
            .with_file(File::new(
                "Lageplan ü.bin",
                "application/octet-stream",
                (0..=255).collect::<Vec<u8>>(),
            ))
    }

    fn whole(order: &Consignment) -> (String, Vec<u8>) {
        let (content_type, pieces) = package(order);
        (content_type, pieces.concat())
    }

    #[test]
    fn another_library_reads_what_was_put_in() {
        let order = order();
        let (content_type, body) = whole(&order);
        assert_eq!(whole(&order), (content_type.clone(), body.clone()), "the same every time");
        assert!(
            content_type.starts_with("multipart/related; type=\"text/xml\"; boundary="),
            "{content_type}"
        );
        let message = [format!("Content-Type: {content_type}\r\n\r\n").as_bytes(), &body].concat();
        let message = MessageParser::default().parse(&message).unwrap();
        let parts = &message.parts[1..];
        assert_eq!(parts.len(), order.files.len());
        for (part, file) in parts.iter().zip(&order.files) {
            assert_eq!(part.contents(), &*file.bytes, "{}", file.name);
        }
        let ids: Vec<_> = parts.iter().map(|part| part.content_id().unwrap()).collect();
        assert!(content_type.ends_with(&format!("; start=\"<{}>\"", ids[0])), "{content_type}");
        assert_eq!(ids[1], "plan@buyer.example");
        assert_ne!(ids[0], ids[2]);
        assert_eq!(parts[1].attachment_name(), Some("plan.pdf"));
        assert_eq!(parts[2].attachment_name(), Some("Lageplan ü.bin"));
        assert_eq!(parts[0].content_type().unwrap().attribute("charset"), Some("UTF-8"));
    }

    #[test]
    fn no_media_type_breaks_out_of_the_header() {
        let odd = Consignment::new("id", "17").with_file(File::new("a", "text/\"x\\; y=\"z\"", *b"a"));
        assert!(package(&odd).0.starts_with("multipart/related; type=\"text/x\"; "));
    }
}
