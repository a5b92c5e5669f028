//! Looking at an answer.

use std::fmt;

use memchr::memmem;
use punchout_core::{Ignore, Limits, truncated};

use super::Answer;
use crate::xml::{Event, Scanner};
use crate::{Document, ErrorKind, Reader, Status, charset, xml};

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Kind {
    /// A cXML response.
    Response,
    /// A cXML document that is no response.
    Cxml,
    /// XML that is not cXML.
    Xml,
    /// Markup that is neither XML nor HTML, or goes beyond the limits.
    Broken,
    /// A page of HTML.
    Html,
    /// JSON, by its first and last character.
    Json,
    /// Text.
    Text,
    /// Nothing, or nothing but white space.
    Empty,
    /// Bytes that are no text.
    Binary,
}

/// What came instead of a response, or as one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seen {
    /// What it is.
    pub kind: Kind,
    /// What tells it from others of its kind, on one short line: the title of
    /// a page, the root of XML, what is wrong with markup, the beginning of a
    /// text, the number of bytes.
    pub detail: Option<String>,
}

impl Seen {
    fn new(kind: Kind, detail: impl Into<Option<String>>) -> Self {
        Self { kind, detail: detail.into().filter(|detail| !detail.is_empty()) }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Response => "a cXML response",
            Kind::Cxml => "a cXML document that is no response",
            Kind::Xml => "XML that is not cXML",
            Kind::Broken => "markup that cannot be read as cXML",
            Kind::Html => "an HTML page instead of a cXML response",
            Kind::Json => "JSON instead of a cXML response",
            Kind::Text => "text instead of a cXML response",
            Kind::Empty => "an empty answer",
            Kind::Binary => "bytes instead of a cXML response",
        })?;
        match &self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

/// Looks at an answer; gives the status when it is a response.
pub(super) fn look(answer: &Answer<'_>, limits: Limits) -> (Seen, Option<Status>) {
    let body = answer.body.trim_ascii();
    if body.is_empty() {
        return (Seen::new(Kind::Empty, None), None);
    }
    if let Err(exceeded) = limits.check_bytes(answer.body.len()) {
        return (Seen::new(Kind::Broken, exceeded.to_string()), None);
    }
    let marked = body.strip_prefix(b"\xEF\xBB\xBF").map_or(body, <[u8]>::trim_ascii_start);
    let is_wide = body.starts_with(b"\xFF\xFE") || body.starts_with(b"\xFE\xFF");
    if !marked.starts_with(b"<") && !is_wide {
        return (other(marked), None);
    }
    // white space before the declaration is a common fault, and harmless here
    let bytes = if is_wide { answer.body } else { marked };
    let label = answer.content_type.and_then(charset::parameter);
    let bytes = label.map_or(bytes.into(), |label| charset::apply(bytes, label).0);
    let error = match Reader::new().with_limits(limits).read(&bytes, &mut Ignore) {
        Ok(document) => return cxml(&document),
        Err(error) => error,
    };
    let page = page(&bytes);
    let seen = match error.kind() {
        _ if page.is_some() => Seen::new(Kind::Html, page),
        // whatever of cXML it is, it is no response
        ErrorKind::NotCxml => match root(&bytes, limits) {
            Some(root) if root == "cXML" => Seen::new(Kind::Cxml, error.to_string()),
            root => Seen::new(Kind::Xml, root),
        },
        _ => Seen::new(Kind::Broken, error.to_string()),
    };
    (seen, None)
}

fn cxml(document: &Document) -> (Seen, Option<Status>) {
    let Some(response) = document.response() else {
        let payload_id = shown(&document.payload_id, 64);
        return (Seen::new(Kind::Cxml, payload_id), None);
    };
    (Seen::new(Kind::Response, response.status.code.to_string()), Some(response.status.clone()))
}

/// The name of the root of well-formed XML.
fn root(bytes: &[u8], limits: Limits) -> Option<String> {
    let decoded = xml::decode(bytes).ok()?;
    let mut scanner = Scanner::new(&decoded.text, limits).ok()?;
    loop {
        match scanner.next().ok()? {
            Event::Open(tag) => return Some(shown(tag.name, 64)),
            Event::End => return None,
            _ => {}
        }
    }
}

/// How much of a page is looked at.
const HEAD: usize = 64 << 10;

/// The title of a page; empty when it has none, `None` when it is no page.
fn page(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let is_tag = |name: &[u8]| {
        memmem::find_iter(&head, name).any(|at| {
            head.get(at + name.len()).is_some_and(|&b| b == b'>' || b == b'/' || b.is_ascii_whitespace())
        })
    };
    let tags = [&b"<html"[..], b"<head", b"<body"];
    if !head.starts_with(b"<!doctype html") && !tags.into_iter().any(is_tag) {
        return None;
    }
    let title = || {
        let start = memmem::find(&head, b"<title")?;
        let start = start + memchr::memchr(b'>', head.get(start..)?)? + 1;
        let end = start + memchr::memchr(b'<', head.get(start..)?)?;
        str::from_utf8(bytes.get(start..end)?).ok()
    };
    Some(title().map(|title| shown(title, 64)).unwrap_or_default())
}

/// What does not begin as markup does.
fn other(body: &[u8]) -> Seen {
    let ends = (body.first(), body.last());
    let Some(text) = str::from_utf8(body).ok().filter(|text| !text.chars().any(is_no_text)) else {
        return Seen::new(Kind::Binary, format!("{} bytes", body.len()));
    };
    let kind = match ends {
        (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')) => Kind::Json,
        _ => Kind::Text,
    };
    Seen::new(kind, shown(text, 64))
}

fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// On one line, at most so many bytes.
pub(super) fn shown(text: &str, most: usize) -> String {
    let text = text.trim();
    let kept = truncated(text, most);
    let mut shown = kept
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if kept.len() < text.len() {
        shown.push('…');
    }
    shown
}
