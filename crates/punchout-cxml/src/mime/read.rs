//! Reading a package.

use std::collections::BTreeMap;
use std::ops::Range;

use punchout_core::{Code, Diagnostic, Limits, Severity, Sink, Text, excerpt};

use super::part::{Content, Headers, MediaType, content, headers};
use super::split::{sniffed, split};
use super::{Attachment, Package, code, is_xml};
use crate::Error;
use crate::charset::{self, Odd};

/// Reads documents with files within limits.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Reader {
    limits: Limits,
}

/// A part that was cut out.
struct Part {
    headers: Headers,
    range: Range<usize>,
    /// Without angle brackets.
    id: Option<Text>,
}

impl Part {
    fn essence(&self) -> &str {
        self.headers.media_type.as_ref().map_or("text/plain", |media_type| media_type.essence.as_str())
    }
}

impl Reader {
    /// A reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what a package may cost at most.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads an HTTP body, given the value of its `Content-Type`.
    ///
    /// A body that is no multipart is the document. The spans of findings are
    /// of `body`.
    ///
    /// # Errors
    /// When a multipart has no parts or no document among them, or goes beyond
    /// the limits. The document itself is not looked into.
    pub fn read(
        &self,
        content_type: Option<&str>,
        body: &[u8],
        sink: &mut dyn Sink,
    ) -> Result<Package, Error> {
        self.read_at(1, content_type, body, sink)
    }

    /// Reads a MIME message: headers, an empty line, the body.
    ///
    /// The spans of findings are of the body.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_message(&self, message: &[u8], sink: &mut dyn Sink) -> Result<Package, Error> {
        self.limits.check_bytes(message.len())?;
        self.message_at(1, message, sink)
    }

    /// Opens an attachment that is a multipart or a message again.
    ///
    /// # Errors
    /// As [`Reader::read`]; also when it lies too deep.
    pub fn open(&self, attachment: &Attachment, sink: &mut dyn Sink) -> Result<Package, Error> {
        let depth = attachment.depth + 1;
        self.limits.check_depth(depth)?;
        if attachment.essence() == "message/rfc822" {
            self.message_at(depth, &attachment.bytes, sink)
        } else {
            self.read_at(depth, Some(&attachment.media_type), &attachment.bytes, sink)
        }
    }

    fn message_at(&self, depth: usize, message: &[u8], sink: &mut dyn Sink) -> Result<Package, Error> {
        let headers = headers(message)?;
        let body = message.get(headers.end..).unwrap_or_default();
        let media_type = headers.media_type.as_ref();
        if media_type.is_some_and(MediaType::is_multipart) {
            return self.read_at(depth, media_type.map(|media_type| media_type.raw.as_str()), body, sink);
        }
        let document = decoded(body, headers.transfer.as_deref(), "the message", 0..body.len(), sink);
        self.read_at(depth, media_type.map(|media_type| media_type.raw.as_str()), &document, sink)
    }

    fn read_at(
        &self,
        depth: usize,
        content_type: Option<&str>,
        body: &[u8],
        sink: &mut dyn Sink,
    ) -> Result<Package, Error> {
        self.limits.check_bytes(body.len())?;
        let media_type = content_type.map(MediaType::parse).unwrap_or_default();
        let sniffed = sniffed(body);
        // no document begins with two hyphens
        if !media_type.is_multipart() && sniffed.is_none() {
            return Ok(Package::new(plain(&media_type, body, sink)));
        }
        if !["multipart/related", "multipart/mixed"].contains(&media_type.essence.as_str()) {
            let said = if media_type.raw.is_empty() { "nothing".into() } else { excerpt(&media_type.raw) };
            report(sink, code::TYPE, Severity::Warning, "", None, || {
                (
                    format!("the content type says {said}; read as multipart/mixed"),
                    "send multipart/related or multipart/mixed",
                )
            });
        }
        let boundary = media_type.boundary.as_deref().filter(|_| media_type.is_multipart());
        let boundary = match (boundary, sniffed) {
            (Some(boundary), _) => boundary,
            (None, Some(sniffed)) => {
                report(sink, code::BOUNDARY, Severity::Warning, "", None, || {
                    (
                        "the content type names no boundary; the first line was taken".into(),
                        "name the boundary",
                    )
                });
                sniffed
            }
            (None, None) => {
                return Err(Error::package("the multipart names no boundary and begins with none"));
            }
        };
        self.multipart(depth, &media_type, boundary, body, sink)
    }

    fn multipart(
        &self,
        depth: usize,
        media_type: &MediaType,
        boundary: &str,
        body: &[u8],
        sink: &mut dyn Sink,
    ) -> Result<Package, Error> {
        let split = split(body, boundary, &self.limits)?;
        if split.parts.is_empty() {
            return Err(Error::package(format!(
                "the multipart has no part at its boundary {}",
                excerpt(boundary)
            )));
        }
        if !split.is_closed {
            report(sink, code::END, Severity::Error, "", Some(body.len()..body.len()), || {
                ("the last boundary is missing".into(), "check whether the end of the body was lost")
            });
        }
        let mut parts = Vec::with_capacity(split.parts.len());
        for (number, range) in (1..).zip(split.parts) {
            parts.push(part(number, range, body, sink)?);
        }
        let root = root(media_type, &parts, body, sink);
        let mut package = Package::new(Vec::new());
        for (index, part) in parts.into_iter().enumerate() {
            let place = format!("part {}", index + 1);
            let bytes = body.get(part.range.clone()).unwrap_or_default();
            if index == root {
                if part.essence().starts_with("multipart/") {
                    return Err(Error::package(
                        "the part that should be the document is a multipart of its own",
                    ));
                }
                let bytes =
                    decoded(bytes, part.headers.transfer.as_deref(), &place, part.range.clone(), sink);
                package.document = document(part.headers.media_type.as_ref(), &bytes, &place, sink);
                package.document_id = part.id;
                continue;
            }
            if part.id.is_none() {
                report(sink, code::ID, Severity::Warning, &place, Some(part.range.clone()), || {
                    ("the part has no content id, so nothing can point at it".into(), "send a Content-ID")
                });
            }
            // a multipart may only be plain, whatever it says: its inner parts are encoded
            let transfer = part.headers.transfer.as_deref();
            let bytes = decoded(bytes, transfer, &place, part.range.clone(), sink);
            let media_type =
                part.headers.media_type.map_or_else(|| "text/plain".into(), |it| Text::from(it.raw));
            let name = part.headers.name.map(Text::from);
            package.attachments.push(Attachment { content_id: part.id, media_type, name, bytes, depth });
        }
        report_duplicates(&package, sink);
        Ok(package)
    }
}

fn part(number: usize, range: Range<usize>, body: &[u8], sink: &mut dyn Sink) -> Result<Part, Error> {
    let place = || format!("part {number}");
    let bytes = body.get(range.clone()).unwrap_or_default();
    let headers = headers(bytes)?;
    if headers.odd > 0 || headers.is_unseparated {
        report(sink, code::HEADER, Severity::Warning, &place(), Some(range.clone()), || {
            if headers.is_unseparated {
                (
                    "no empty line stands between headers and content".into(),
                    "end the headers with an empty line",
                )
            } else {
                (
                    format!("{} lines are no headers or stand there twice", headers.odd),
                    "send each header once",
                )
            }
        });
    }
    let range = range.start + headers.end..range.end;
    let id = headers.content_id.as_deref().and_then(|sent| {
        let (id, is_bare) = bare(sent);
        if is_bare || id.is_empty() {
            report(sink, code::ID, Severity::Note, &place(), None, || {
                (format!("the content id {} is not in angle brackets", excerpt(sent)), "write <id@host>")
            });
        }
        (!id.is_empty()).then(|| Text::from(id))
    });
    Ok(Part { headers, range, id })
}

/// An id without its angle brackets, and whether it had none.
fn bare(id: &str) -> (&str, bool) {
    let id = id.trim();
    match id.strip_prefix('<').and_then(|id| id.strip_suffix('>')) {
        Some(inside) => (inside.trim(), false),
        None => (id, true),
    }
}

/// Which part is the document: the one that `start` names, else the first.
fn root(media_type: &MediaType, parts: &[Part], body: &[u8], sink: &mut dyn Sink) -> usize {
    if let Some(start) = &media_type.start {
        let (id, _) = bare(start);
        if let Some(index) = parts.iter().position(|part| part.id.as_deref() == Some(id)) {
            return index;
        }
        report(sink, code::ROOT, Severity::Warning, "", None, || {
            (
                format!(
                    "no part has the content id {} that start names; the first one was taken",
                    excerpt(id)
                ),
                "name the content id of the document's part",
            )
        });
    }
    let seems = |part: &Part| {
        let begins =
            || body.get(part.range.clone()).is_some_and(|bytes| bytes.trim_ascii_start().starts_with(b"<"));
        is_xml(part.essence()) || !part.essence().starts_with("multipart/") && begins()
    };
    if parts.first().is_some_and(seems) {
        return 0;
    }
    match parts.iter().position(|part| is_xml(part.essence())) {
        Some(index) => {
            report(sink, code::ROOT, Severity::Warning, &format!("part {}", index + 1), None, || {
                ("the document is not the first part, but the first of XML".into(), "send the document first")
            });
            index
        }
        None => 0,
    }
}

/// A body that is no multipart.
fn plain(media_type: &MediaType, body: &[u8], sink: &mut dyn Sink) -> Vec<u8> {
    document((!media_type.raw.is_empty()).then_some(media_type), body, "", sink)
}

/// A document in bytes that can be read without its headers.
fn document(media_type: Option<&MediaType>, bytes: &[u8], place: &str, sink: &mut dyn Sink) -> Vec<u8> {
    if let Some(media_type) = media_type.filter(|media_type| !is_xml(&media_type.essence)) {
        report(sink, code::TYPE, Severity::Note, place, None, || {
            (format!("the document comes as {}", excerpt(&media_type.raw)), "send text/xml; charset=UTF-8")
        });
    }
    let stated = media_type.and_then(|media_type| media_type.charset.as_deref());
    // the letter of RFC 2046 for what says nothing
    let silent = media_type.filter(|media_type| media_type.essence == "text/xml").map(|_| "us-ascii");
    let Some(label) = stated.or(silent) else { return bytes.to_vec() };
    let (bytes, odd) = charset::apply(bytes, label);
    if let Some(odd) = odd {
        let said = excerpt(label);
        let (severity, message) = match odd {
            Odd::NotAscii if stated.is_none() => {
                (Severity::Note, "text/xml without charset is US-ASCII, the document is not".into())
            }
            Odd::NotAscii => {
                (Severity::Warning, format!("the charset is {said}, the document has other characters"))
            }
            Odd::Overrides => {
                (Severity::Warning, format!("the charset {said} counts, not what the document says"))
            }
            Odd::Untrue => (Severity::Warning, format!("the document cannot be in its charset {said}")),
            Odd::Unknown => (Severity::Warning, format!("the charset {said} is unknown")),
        };
        report(sink, code::CHARSET, severity, place, None, || {
            (message, "say UTF-8 in the content type and in the XML declaration")
        });
    }
    bytes.into_owned()
}

fn decoded(
    body: &[u8],
    transfer: Option<&str>,
    place: &str,
    span: Range<usize>,
    sink: &mut dyn Sink,
) -> Vec<u8> {
    let (bytes, severity, message) = match content(body, transfer) {
        Content::Plain(bytes) => return bytes.into_owned(),
        Content::Repaired(bytes, message) => (bytes, Severity::Warning, message),
        Content::Raw(bytes, message) => (bytes.to_vec(), Severity::Error, message),
    };
    report(sink, code::ENCODING, severity, place, Some(span), || (message, "send the part in base64"));
    bytes
}

fn report_duplicates(package: &Package, sink: &mut dyn Sink) {
    let mut counts = BTreeMap::<&str, usize>::new();
    let ids = package.attachments.iter().filter_map(|attachment| attachment.content_id.as_deref());
    for id in ids.chain(package.document_id.as_deref()) {
        *counts.entry(id).or_default() += 1;
    }
    for (id, count) in counts.into_iter().filter(|&(_, count)| count > 1) {
        report(sink, code::DUPLICATE, Severity::Error, "", None, || {
            (format!("{count} parts have the content id {}", excerpt(id)), "give each part an id of its own")
        });
    }
}

/// Reports, composing the words only where they are wanted.
pub(super) fn report(
    sink: &mut dyn Sink,
    code: Code,
    severity: Severity,
    place: &str,
    span: Option<Range<usize>>,
    words: impl FnOnce() -> (String, &'static str),
) {
    if sink.wants(severity) {
        let (message, help) = words();
        let mut finding = Diagnostic::new(code, severity, message).at(place).help(help);
        finding.span = span;
        sink.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_their_brackets() {
        assert_eq!(bare(" < a@b > "), ("a@b", false));
        assert_eq!(bare("a@b"), ("a@b", true));
        assert_eq!(bare("<>"), ("", false));
    }
}
