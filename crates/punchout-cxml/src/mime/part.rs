//! One part: its headers and its content.

use std::borrow::Cow;

use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};
use memchr::memchr;
use punchout_core::{LimitExceeded, excerpt};

use crate::base64;

/// Bytes of a part's headers.
const HEADERS: usize = 16 << 10;

/// Bytes of a header whose parameters are looked at: putting parameters
/// together out of pieces costs time squared.
const STRUCTURED: usize = 2 << 10;

/// The headers that matter here.
#[derive(Debug, Default)]
pub(super) struct Headers {
    pub(super) media_type: Option<MediaType>,
    /// As sent, but for the line ends.
    pub(super) content_id: Option<String>,
    pub(super) transfer: Option<String>,
    /// The name of the file.
    pub(super) name: Option<String>,
    /// Lines that are no headers, and headers that came twice.
    pub(super) odd: usize,
    /// Where the content begins.
    pub(super) end: usize,
    /// Whether the content begins in the middle of them.
    pub(super) is_unseparated: bool,
}

/// A content type, taken apart.
#[derive(Debug, Default)]
pub(super) struct MediaType {
    /// As sent, but for the line ends.
    pub(super) raw: String,
    /// Type and subtype in lower case.
    pub(super) essence: String,
    pub(super) boundary: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) start: Option<String>,
    name: Option<String>,
}

impl MediaType {
    pub(super) fn parse(raw: &str) -> Self {
        let raw = unfolded(raw.as_bytes());
        let essence = super::essence(&raw);
        let parameters = parameters(&raw);
        let of = |name: &str| {
            let value = parameters.as_ref().and_then(|parameters| parameters.attribute(name));
            value.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let (boundary, charset, start, name) = (of("boundary"), of("charset"), of("start"), of("name"));
        Self { raw, essence, boundary, charset, start, name }
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }
}

/// Reads the headers that a part or a message begins with.
pub(super) fn headers(part: &[u8]) -> Result<Headers, LimitExceeded> {
    let mut headers = Headers::default();
    let mut disposition = None;
    let mut lines = Lines { rest: part };
    loop {
        headers.end = part.len() - lines.rest.len();
        if lines.rest.first() == Some(&b'<') {
            headers.is_unseparated = true;
            break;
        }
        let Some(line) = lines.next() else { break };
        LimitExceeded::check("bytes of a part's headers", HEADERS, headers.end + line.len())?;
        if line.trim_ascii().is_empty() {
            headers.end += line.len();
            break;
        }
        let Some((name, value)) = field(line) else {
            headers.odd += 1;
            continue;
        };
        let slot = match name.to_ascii_lowercase().as_slice() {
            b"content-type" => {
                headers.odd += usize::from(headers.media_type.is_some());
                headers.media_type.get_or_insert_with(|| MediaType::parse(&unfolded(value)));
                continue;
            }
            b"content-id" => &mut headers.content_id,
            b"content-transfer-encoding" => &mut headers.transfer,
            b"content-disposition" => &mut disposition,
            _ => continue,
        };
        headers.odd += usize::from(slot.is_some());
        slot.get_or_insert_with(|| unfolded(value));
    }
    let file_name =
        disposition.and_then(|disposition| Some(parameters(&disposition)?.attribute("filename")?.to_owned()));
    let type_name = || headers.media_type.as_mut().and_then(|media_type| media_type.name.take());
    headers.name = file_name.or_else(type_name).filter(|name| !name.is_empty());
    Ok(headers)
}

/// Lines with what continues them and their ends.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mut end = 0;
        loop {
            end += memchr(b'\n', self.rest.get(end..)?).map_or(self.rest.len() - end, |at| at + 1);
            let is_blank = self.rest.get(..end)?.trim_ascii().is_empty();
            if is_blank || end > HEADERS || !matches!(self.rest.get(end), Some(b' ' | b'\t')) {
                break;
            }
        }
        let (line, rest) = self.rest.split_at_checked(end).filter(|(line, _)| !line.is_empty())?;
        self.rest = rest;
        Some(line)
    }
}

fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, value) = line.split_at_checked(memchr(b':', line)?)?;
    let name = name.trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    is_name.then_some((name, value.get(1..)?))
}

/// On one line. Bytes that are not UTF-8 are taken for Windows-1252, in which
/// all have a meaning.
fn unfolded(value: &[u8]) -> String {
    let text = str::from_utf8(value)
        .map_or_else(|_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(value).0, Cow::Borrowed);
    text.trim_ascii()
        .chars()
        .filter(|c| !matches!(c, '\r' | '\n'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn parameters(value: &str) -> Option<ContentType<'static>> {
    if value.len() > STRUCTURED {
        return None;
    }
    match MessageStream::new(format!("{value}\n").as_bytes()).parse_content_type().into_owned() {
        HeaderValue::ContentType(parsed) => Some(parsed),
        _ => None,
    }
}

/// Content without its transfer encoding.
pub(super) enum Content<'a> {
    Plain(Cow<'a, [u8]>),
    /// Decoded, and what was wrong with it.
    Repaired(Vec<u8>, String),
    /// What cannot be decoded, as it came, and why.
    Raw(&'a [u8], String),
}

/// Undoes a transfer encoding.
pub(super) fn content<'a>(body: &'a [u8], transfer: Option<&str>) -> Content<'a> {
    let transfer = transfer.unwrap_or_default();
    let is = |name: &str| transfer.trim().eq_ignore_ascii_case(name);
    if ["", "7bit", "8bit", "binary"].into_iter().any(is) {
        return Content::Plain(Cow::Borrowed(body));
    }
    if is("base64") {
        let decoded = base64::decode(body);
        if decoded.cut {
            return Content::Repaired(decoded.bytes, "the base64 ends in the middle of a byte".into());
        }
        let odd = decoded.foreign + decoded.pluses + decoded.url_safe;
        return if odd > 0 {
            Content::Repaired(decoded.bytes, format!("{odd} characters are not base64"))
        } else {
            Content::Plain(Cow::Owned(decoded.bytes))
        };
    }
    if is("quoted-printable") {
        return match quoted_printable_decode(body) {
            Some(bytes) => Content::Plain(Cow::Owned(bytes)),
            None => Content::Raw(body, "the content is not quoted-printable".into()),
        };
    }
    Content::Raw(body, format!("the transfer encoding {} is unknown", excerpt(transfer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_matters() {
        let part = b"Content-Type: Text/XML;\r\n charset=\"utf-8\"\r\nX-Other: a\r\nCONTENT-ID : <a@b>\r\n\
            Content-Disposition: attachment; filename*=UTF-8''d%C3%A9.pdf\r\nContent-Transfer-Encoding: Base64\r\n\r\nbody";
        let headers = headers(part).unwrap();
        let media_type = headers.media_type.unwrap();
        assert_eq!((media_type.essence.as_str(), media_type.charset.as_deref()), ("text/xml", Some("utf-8")));
        assert_eq!(media_type.raw, "Text/XML; charset=\"utf-8\"");
        assert_eq!(headers.content_id.as_deref(), Some("<a@b>"));
        assert_eq!(headers.name.as_deref(), Some("dé.pdf"));
        assert_eq!(headers.transfer.as_deref(), Some("Base64"));
        assert_eq!((headers.odd, headers.is_unseparated, &part[headers.end..]), (0, false, &b"body"[..]));
    }

    #[test]
    fn headers_may_be_broken() {
        let of = |part: &str| {
            let headers = headers(part.as_bytes()).unwrap();
            (headers.odd, headers.is_unseparated, part[headers.end..].to_owned())
        };
        assert_eq!(of("\r\nbody"), (0, false, "body".into()));
        assert_eq!(of("\r\n body"), (0, false, " body".into()));
        assert_eq!(of("<?xml"), (0, true, "<?xml".into()));
        assert_eq!(of("A: b\n<?xml"), (0, true, "<?xml".into()));
        assert_eq!(of("no header\nA: b\n\nbody"), (1, false, "body".into()));
        assert_eq!(of("Content-Id: a\nContent-Id: b\n\n"), (1, false, String::new()));
        assert_eq!(of("A: b"), (0, false, String::new()));
        assert_eq!(of(""), (0, false, String::new()));
        assert!(headers(format!("A: {}", "b".repeat(HEADERS)).as_bytes()).is_err());
        assert!(headers("A: b\n c\n".repeat(HEADERS).as_bytes()).is_err());
        let latin = headers(b"Content-Type: a/b; name=\"d\xE9.pdf\"\n\n").unwrap();
        assert_eq!(latin.name.as_deref(), Some("dé.pdf"));
    }

    #[test]
    fn boundaries_come_in_many_forms() {
        for (raw, boundary) in [
            ("multipart/mixed; boundary=abc", "abc"),
            ("multipart/mixed;boundary=\"a b\"; x=y", "a b"),
            ("multipart/mixed; boundary=----=_Part_1.2", "----=_Part_1.2"),
            ("multipart/mixed; boundary=\"=_a?'()+,-./:\"", "=_a?'()+,-./:"),
            ("multipart/mixed;\r\n\tBoundary = \"abc\"", "abc"),
        ] {
            assert_eq!(MediaType::parse(raw).boundary.as_deref(), Some(boundary), "{raw}");
        }
        assert_eq!(MediaType::parse("").essence, "");
        assert!(MediaType::parse(&format!("a/b; boundary={}", "x".repeat(STRUCTURED))).boundary.is_none());
    }
}
