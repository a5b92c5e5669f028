//! Writing a package.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use memchr::memmem;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use punchout_core::{Text, excerpt};
use sha2::{Digest as _, Sha256};

use super::split::{is_boundary, sniffed};
use super::{Attachment, Package};
use crate::{Error, base64, xml};

/// Writes documents with files.
///
/// The same package gives the same bytes: ids are the package's, and the
/// boundary is made from the content unless it is given. Whatever goes into a
/// header is checked or encoded, so none can be smuggled in.
#[derive(Clone, Debug)]
#[must_use]
pub struct Writer {
    kind: Kind,
    boundary: Option<Text>,
    document: Transfer,
    attachments: Transfer,
}

/// The two multiparts that cXML knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `multipart/related`, which names the document: the better one.
    #[default]
    Related,
    /// `multipart/mixed`, the document first: what every receiver must take.
    Mixed,
}

/// How content travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transfer {
    /// In letters and digits, which any way and any receiver takes.
    Base64,
    /// As it is: smaller by a quarter, for HTTP only.
    Binary,
}

/// A package as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The value of the header `Content-Type`.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Written {
    /// Puts the MIME headers before the body, for what is not sent by HTTP.
    #[must_use]
    pub fn to_message(&self) -> Vec<u8> {
        let mut message =
            format!("MIME-Version: 1.0\r\nContent-Type: {}\r\n\r\n", self.content_type).into_bytes();
        message.extend_from_slice(&self.body);
        message
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::related()
    }
}

impl Writer {
    /// Writes `multipart/related`: the document as it is, files in base64.
    pub fn related() -> Self {
        Self {
            kind: Kind::Related,
            boundary: None,
            document: Transfer::Binary,
            attachments: Transfer::Base64,
        }
    }

    /// Writes `multipart/mixed`: the document as it is, files in base64.
    pub fn mixed() -> Self {
        Self { kind: Kind::Mixed, ..Self::related() }
    }

    /// Sets the boundary instead of making one.
    pub fn with_boundary(mut self, boundary: impl Into<Text>) -> Self {
        self.boundary = Some(boundary.into());
        self
    }

    /// Sets how the document travels.
    pub fn with_document(mut self, transfer: Transfer) -> Self {
        self.document = transfer;
        self
    }

    /// Sets how files travel. A file that is a multipart again always goes as
    /// it is, as MIME wants.
    pub fn with_attachments(mut self, transfer: Transfer) -> Self {
        self.attachments = transfer;
        self
    }

    /// Writes a package; one without files is the plain document, and its id
    /// is left out then.
    ///
    /// # Errors
    /// When the document is no text in the encoding that it declares or begins
    /// like a multipart, when an
    /// id is missing, stands there twice or cannot stand in a header, when a
    /// media type or a name cannot, or when the boundary that was given is none
    /// or stands in a part.
    pub fn write(&self, package: &Package) -> Result<Written, Error> {
        let charset = xml::decode(&package.document)?.from.unwrap_or("UTF-8");
        let document_type = format!("text/xml; charset={charset}");
        if package.attachments.is_empty() {
            if sniffed(&package.document).is_some() {
                return Err(unwritable(
                    "the document begins like a multipart, so that it would be read as one",
                ));
            }
            return Ok(Written { content_type: document_type, body: package.document.clone() });
        }
        let mut headers = Vec::with_capacity(package.attachments.len() + 1);
        headers.push(root_header(package, &document_type, self.document)?);
        let mut ids: BTreeSet<&str> = package.document_id.as_deref().into_iter().collect();
        for attachment in &package.attachments {
            headers.push(self.header(attachment, &mut ids)?);
        }
        let transfers = std::iter::once(self.document)
            .chain(package.attachments.iter().map(|attachment| self.transfer(attachment)));
        let contents = std::iter::once(&package.document)
            .chain(package.attachments.iter().map(|attachment| &attachment.bytes));
        let parts: Vec<_> =
            contents.zip(transfers).map(|(bytes, transfer)| encoded(bytes, transfer)).collect();

        let boundary = match &self.boundary {
            Some(given) => checked(given, &parts)?.to_owned(),
            None => made(&headers, &parts),
        };
        let mut body = Vec::new();
        for (header, part) in headers.iter().zip(&parts) {
            for piece in [b"--", boundary.as_bytes(), b"\r\n", header.as_bytes(), b"\r\n", part, b"\r\n"] {
                body.extend_from_slice(piece);
            }
        }
        for piece in [b"--", boundary.as_bytes(), b"--\r\n"] {
            body.extend_from_slice(piece);
        }
        Ok(Written { content_type: self.content_type(package, &boundary), body })
    }

    fn content_type(&self, package: &Package, boundary: &str) -> String {
        let plain = boundary.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-._".contains(&b));
        let quote = if plain { "" } else { "\"" };
        let mut out = match self.kind {
            Kind::Related => "multipart/related; type=\"text/xml\"".to_owned(),
            Kind::Mixed => "multipart/mixed".to_owned(),
        };
        let _ = write!(out, "; boundary={quote}{boundary}{quote}");
        if let (Kind::Related, Some(id)) = (self.kind, &package.document_id) {
            let _ = write!(out, "; start=\"<{id}>\"");
        }
        out
    }

    fn transfer(&self, attachment: &Attachment) -> Transfer {
        if attachment.has_parts() { Transfer::Binary } else { self.attachments }
    }

    fn header<'a>(&self, attachment: &'a Attachment, ids: &mut BTreeSet<&'a str>) -> Result<String, Error> {
        let id = attachment
            .content_id
            .as_deref()
            .ok_or_else(|| unwritable("a file has no content id, so the document cannot point at it"))?;
        if !ids.insert(id) {
            return Err(unwritable(format!("the content id {} is there twice", excerpt(id))));
        }
        let mut out = String::new();
        let _ = write!(
            out,
            "Content-Type: {}\r\nContent-ID: <{}>\r\n",
            media_type(&attachment.media_type)?,
            content_id(id)?
        );
        if let Some(name) = &attachment.name {
            let _ = write!(out, "Content-Disposition: attachment; {}\r\n", file_name(name)?);
        }
        transfer_encoding(&mut out, self.transfer(attachment));
        Ok(out)
    }
}

fn unwritable(message: impl std::fmt::Display) -> Error {
    Error::unwritable("package".into(), message)
}

fn root_header(package: &Package, media_type: &str, transfer: Transfer) -> Result<String, Error> {
    let mut out = format!("Content-Type: {media_type}\r\n");
    if let Some(id) = &package.document_id {
        let _ = write!(out, "Content-ID: <{}>\r\n", content_id(id)?);
    }
    transfer_encoding(&mut out, transfer);
    Ok(out)
}

fn transfer_encoding(out: &mut String, transfer: Transfer) {
    let name = match transfer {
        Transfer::Base64 => "base64",
        Transfer::Binary => "binary",
    };
    let _ = write!(out, "Content-Transfer-Encoding: {name}\r\n");
}

/// RFC 5322: no line above 998 bytes; names of headers and the like included.
const LONGEST: usize = 900;

/// What may stand between angle brackets, and in quotes as well.
fn content_id(id: &str) -> Result<&str, Error> {
    let usual = |b: u8| b.is_ascii_graphic() && !b"<>()\"\\,;".contains(&b);
    if id.is_empty() || id.len() > LONGEST || !id.bytes().all(usual) {
        return Err(unwritable(format!(
            "{} cannot be a content id; use one such as `file.1@host`",
            excerpt(id)
        )));
    }
    Ok(id)
}

fn media_type(media_type: &str) -> Result<&str, Error> {
    let token = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`{|}~".contains(&b))
    };
    let (bare, _) = media_type.split_once(';').unwrap_or((media_type, ""));
    let is_type = bare.trim().split_once('/').is_some_and(|(class, sub)| token(class) && token(sub));
    let on_a_line = media_type.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    if !is_type || !on_a_line || media_type.len() > LONGEST || media_type.trim() != media_type {
        return Err(unwritable(format!(
            "{} is no media type; use one such as `application/pdf`",
            excerpt(media_type)
        )));
    }
    Ok(media_type)
}

/// RFC 5987, `attr-char`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The parameter that carries a file name, encoded where it is not plain.
fn file_name(name: &str) -> Result<String, Error> {
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(unwritable(format!("{} cannot be a file name", excerpt(name))));
    }
    let plain = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    };
    let parameter = if name.split(' ').all(plain) {
        format!("filename=\"{name}\"")
    } else {
        format!("filename*=UTF-8''{}", utf8_percent_encode(name, ENCODED))
    };
    if parameter.len() > LONGEST {
        return Err(unwritable(format!("the file name {} is too long", excerpt(name))));
    }
    Ok(parameter)
}

fn encoded(bytes: &[u8], transfer: Transfer) -> std::borrow::Cow<'_, [u8]> {
    const LINE: usize = 76;
    match transfer {
        Transfer::Binary => bytes.into(),
        Transfer::Base64 => {
            let text = base64::encode(bytes);
            let lines: Vec<_> = text.as_bytes().chunks(LINE).collect();
            lines.join(&b"\r\n"[..]).into()
        }
    }
}

fn stands_in(boundary: &str, part: &[u8]) -> bool {
    memmem::find(part, format!("--{boundary}").as_bytes()).is_some()
}

fn checked<'a>(boundary: &'a str, parts: &[std::borrow::Cow<'_, [u8]>]) -> Result<&'a str, Error> {
    if !is_boundary(boundary) {
        return Err(unwritable(format!("{} cannot be a boundary", excerpt(boundary))));
    }
    if parts.iter().any(|part| stands_in(boundary, part)) {
        return Err(unwritable(format!("the boundary {} stands in a part", excerpt(boundary))));
    }
    Ok(boundary)
}

/// Makes a boundary from all that it stands between, and again until it stands
/// in none: whoever writes a file cannot know the hash of that file in it.
fn made(headers: &[String], parts: &[std::borrow::Cow<'_, [u8]>]) -> String {
    let mut all = Sha256::new();
    for (header, part) in headers.iter().zip(parts) {
        for piece in [header.as_bytes(), part] {
            all.update(u64::try_from(piece.len()).unwrap_or(u64::MAX).to_be_bytes());
            all.update(piece);
        }
    }
    loop {
        let hash = all.clone().finalize();
        let mut boundary = "cxml_".to_owned();
        for byte in hash.iter().take(16) {
            let _ = write!(boundary, "{byte:02x}");
        }
        if !parts.iter().any(|part| stands_in(&boundary, part)) {
            return boundary;
        }
        all.update(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_header() {
        for bad in ["", "a b", "a\r\nX: y", "a>", "<a", "a\"", "a\\", "é", "a\0", "a;b", &"x".repeat(901)] {
            assert!(content_id(bad).is_err(), "{bad}");
        }
        for bad in ["", "pdf", "a/b\r\nX: y", "a/b; c=\u{e9}", "/b", "a/", "a b/c", " a/b", "a/b\t"] {
            assert!(media_type(bad).is_err(), "{bad}");
        }
        for bad in ["", "a\nb", "\u{85}", &"é".repeat(200)] {
            assert!(file_name(bad).is_err(), "{bad}");
        }
        assert_eq!(file_name("a b.pdf").unwrap(), "filename=\"a b.pdf\"");
        assert_eq!(file_name("a\"; é").unwrap(), "filename*=UTF-8''a%22%3B%20%C3%A9");
        assert_eq!(file_name(" a").unwrap(), "filename*=UTF-8''%20a");
        assert_eq!(media_type("a/b; c=\"d\"").unwrap(), "a/b; c=\"d\"");
    }

    #[test]
    fn a_document_is_not_taken_for_a_multipart() {
        let error = Writer::related().write(&Package::new("--b\r\n\r\n<a/>\r\n--b--\r\n")).unwrap_err();
        assert!(error.to_string().contains("begins like a multipart"), "{error}");
        assert!(Writer::related().write(&Package::new("<!-- --b --><a/>")).is_ok());
    }

    #[test]
    fn a_boundary_stands_in_no_part() {
        let headers = ["a".to_owned()];
        let first = made(&headers, &[b"x"[..].into()]);
        assert_eq!(first, made(&headers, &[b"x"[..].into()]));
        assert_ne!(first, made(&headers, &[b"y"[..].into()]));
        assert_eq!(first.len(), 37);
        for bad in ["", "a ", "a\"", "x", &"y".repeat(71)] {
            assert!(checked(bad, &[b"a--x-"[..].into()]).is_err(), "{bad}");
        }
        assert_eq!(checked("b", &[b"b-x--a"[..].into()]).unwrap(), "b");
    }
}
