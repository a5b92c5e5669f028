//! The parts of a mail: cut in one pass a level, with limits, never searched
//! for what is not there.

use super::fields::Fields;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};
use punchout_core::{LimitExceeded, Limits};
use std::borrow::Cow;

/// Bytes of a content type whose parameters are looked at: putting parameters
/// together out of pieces costs time squared.
const STRUCTURED: usize = 2 << 10;

/// A part that is not cut further.
pub(super) struct Part<'a> {
    /// Type and subtype in lower case.
    pub(super) media_type: String,
    charset: Option<String>,
    encoding: String,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// The content without its transfer encoding; as it came when that is broken.
    pub(super) fn bytes(&self) -> Cow<'a, [u8]> {
        let decoded = match self.encoding.as_str() {
            "base64" => base64_decode(self.body),
            "quoted-printable" => quoted_printable_decode(self.body),
            _ => None,
        };
        decoded.map_or(Cow::Borrowed(self.body), Cow::Owned)
    }

    pub(super) fn text(&self) -> String {
        let bytes = self.bytes();
        match self.charset.as_ref().and_then(|charset| charset_decoder(charset.as_bytes())) {
            Some(decode) => decode(&bytes),
            None => readable(&bytes).into_owned(),
        }
    }
}

/// UTF-8, or Latin-1, in which every byte is a character.
pub(super) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

/// The headers of a mail and its parts, in order.
pub(super) fn parts<'a>(mail: &'a [u8], limits: &Limits) -> Result<(Fields, Vec<Part<'a>>), LimitExceeded> {
    let (fields, body) = Fields::of_part(mail, limits)?;
    let mut found = Vec::new();
    // what is still to be cut, the next one last
    let mut open = vec![(content_type(&fields), encoding(&fields), body, 1)];
    while let Some((kind, encoding, body, depth)) = open.pop() {
        let (media_type, boundary) = (essence(kind.as_ref()), of(kind.as_ref(), "boundary"));
        let Some(boundary) = boundary.filter(|_| media_type.starts_with("multipart/")) else {
            let charset = of(kind.as_ref(), "charset");
            found.push(Part { media_type, charset, encoding, body });
            continue;
        };
        limits.check_depth(depth)?;
        let pieces = cut(body, boundary.as_bytes());
        limits.check_items(found.len() + open.len() + pieces.len())?;
        for piece in pieces.into_iter().rev() {
            let (fields, body) = Fields::of_part(piece, limits)?;
            open.push((content_type(&fields), self::encoding(&fields), body, depth + 1));
        }
    }
    Ok((fields, found))
}

fn content_type(fields: &Fields) -> Option<ContentType<'static>> {
    let value = fields.value("content-type").filter(|value| value.len() <= STRUCTURED)?;
    match MessageStream::new(format!("{value}\n").as_bytes()).parse_content_type().into_owned() {
        HeaderValue::ContentType(parsed) => Some(parsed),
        _ => None,
    }
}

fn encoding(fields: &Fields) -> String {
    fields.value("content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase()
}

/// RFC 2045, 5.2: what says nothing is plain text.
fn essence(kind: Option<&ContentType<'_>>) -> String {
    kind.and_then(|kind| Some(format!("{}/{}", kind.ctype(), kind.subtype()?).to_ascii_lowercase()))
        .unwrap_or_else(|| "text/plain".to_owned())
}

fn of(kind: Option<&ContentType<'_>>, name: &str) -> Option<String> {
    kind?.attribute(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
}

/// What lies between the boundaries (RFC 2046, 5.1.1); the last piece may lack its end.
fn cut<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let after = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        let (is_end, rest) = match after.map(|rest| (rest.strip_prefix(b"--"), rest)) {
            Some((Some(rest), _)) => (true, rest),
            Some((None, rest)) => (false, rest),
            None => (false, &b"x"[..]),
        };
        if rest.trim_ascii().is_empty() {
            pieces.extend(start.and_then(|start| body.get(start..at)).map(without_end));
            start = Some(at + line.len());
            if is_end {
                return pieces;
            }
        }
        at += line.len();
    }
    pieces.extend(start.and_then(|start| body.get(start..)));
    pieces
}

/// The line end before a boundary belongs to the boundary.
fn without_end(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lie_between_boundaries() {
        let of = |body: &'static str| -> Vec<String> {
            cut(body.as_bytes(), b"b")
                .into_iter()
                .map(|piece| String::from_utf8(piece.to_vec()).unwrap())
                .collect()
        };
        assert_eq!(
            of("preamble\r\n--b\r\none\r\n--b \ntwo\n\n--b--\r\nepilogue\r\n--b\r\n"),
            ["one", "two\n"]
        );
        assert_eq!(of("--b\nno end"), ["no end"]);
        assert_eq!(of("--b\n--bb\n--b-\n--b--"), ["--bb\n--b-"]);
        assert_eq!(of("nothing"), [""; 0]);
        assert_eq!(of("--b--"), [""; 0]);
    }

    #[test]
    fn contents_are_decoded() {
        let mail = "Content-Type: Multipart/Mixed; boundary=\"o\"\n\n--o\nContent-Type: multipart/x; boundary=i\n\n\
            --i\nContent-Transfer-Encoding: Base64\n\naGFs\nbG8=\n--i\nContent-Type: text/plain; charset=iso-8859-1\n\
            Content-Transfer-Encoding: quoted-printable\n\ngel=F6s=\ncht\n--i--\n--o\n\n\u{fc}\n--o--\n";
        // the last part in Latin-1
        let mail: Vec<u8> = mail.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let (_, parts) = parts(&mail, &Limits::default()).unwrap();
        let texts: Vec<_> = parts.iter().map(Part::text).collect();
        assert_eq!(texts, ["hallo", "gelöscht", "ü"]);
        assert!(parts.iter().all(|part| part.media_type == "text/plain"));
    }

    #[test]
    fn limits_hold() {
        let mut nested = "hallo".to_owned();
        for level in 0..9 {
            nested = format!(
                "Content-Type: multipart/mixed; boundary=b{level}.\n\n--b{level}.\n{nested}\n--b{level}.--\n"
            );
        }
        let limits = Limits::default();
        assert_eq!(parts(nested.as_bytes(), &limits.with_depth(9)).unwrap().1.len(), 1);
        assert!(parts(nested.as_bytes(), &limits.with_depth(8)).is_err());
        let wide = format!("Content-Type: multipart/mixed; boundary=b\n\n{}--b--", "--b\n\n".repeat(10));
        assert!(parts(wide.as_bytes(), &limits.with_items(10)).is_ok());
        assert!(parts(wide.as_bytes(), &limits.with_items(9)).is_err());
        let long = format!("Subject: {}\n\n", "x".repeat(1000));
        assert!(parts(long.as_bytes(), &limits.with_value_bytes(1000)).is_err());
    }
}
