//! Reading the document out of a form.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use punchout_core::{Code, Diagnostic, Limits, Severity, Sink, excerpt};

use super::{Field, code};
use crate::{Error, base64, charset, xml};

/// A document out of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// The document, for [`Document::read`](crate::Document::read).
    pub document: Vec<u8>,
    /// Which field it was in.
    pub field: Field,
}

/// Reads the document out of names and values that were decoded before.
///
/// # Errors
/// As [`Reader::read`].
pub fn read<N: AsRef<[u8]>, V: AsRef<[u8]>>(
    pairs: impl IntoIterator<Item = (N, V)>,
    sink: &mut dyn Sink,
) -> Result<Received, Error> {
    Reader::new().read(pairs, sink)
}

/// Reads the document out of a url-encoded body, as it was posted.
///
/// # Errors
/// As [`Reader::read`].
pub fn read_body(body: &[u8], sink: &mut dyn Sink) -> Result<Received, Error> {
    Reader::new().read_body(body, sink)
}

/// Reads documents out of forms within limits.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Reader {
    limits: Limits,
}

impl Reader {
    /// A reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what a form may cost at most: bytes of the body or of all values,
    /// fields. The document is checked by its own reader.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads the document out of a url-encoded body, as it was posted.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_body(&self, body: &[u8], sink: &mut dyn Sink) -> Result<Received, Error> {
        self.limits.check_bytes(body.len())?;
        let mut lone_percents = 0;
        let pairs = body.trim_ascii().split(|&b| b == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
            let at = memchr::memchr(b'=', piece).unwrap_or(piece.len());
            let (name, value) = piece.split_at(at);
            let (name, value) = (form_decoded(name), value.get(1..).unwrap_or_default());
            if is_ours(&name) {
                lone_percents += count_lone_percents(value);
            }
            (name, form_decoded(value))
        });
        let received = self.read(pairs, sink)?;
        if lone_percents > 0 {
            let message = format!("{lone_percents} percent signs without two digits were kept");
            report(sink, code::PERCENT, Severity::Warning, received.field, message);
        }
        Ok(received)
    }

    /// Reads the document out of names and values that were decoded before.
    ///
    /// # Errors
    /// When neither field is there, or there is nothing in them, or the form
    /// goes beyond the limits. The document itself is not looked into.
    pub fn read<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        pairs: impl IntoIterator<Item = (N, V)>,
        sink: &mut dyn Sink,
    ) -> Result<Received, Error> {
        let mut form = Form::default();
        let mut bytes = 0;
        for (count, (name, value)) in (1..).zip(pairs) {
            self.limits.check_fields(count)?;
            bytes += name.as_ref().len() + value.as_ref().len();
            self.limits.check_bytes(bytes)?;
            form.take(name.as_ref(), value);
        }
        form.received(sink)
    }
}

/// What came, as far as it matters.
struct Form<V> {
    base64: Option<V>,
    url_encoded: Option<V>,
    repeated: Vec<Field>,
    /// The first names of other fields, for the message.
    others: Vec<String>,
    more: usize,
}

impl<V> Default for Form<V> {
    fn default() -> Self {
        Self { base64: None, url_encoded: None, repeated: Vec::new(), others: Vec::new(), more: 0 }
    }
}

impl<V: AsRef<[u8]>> Form<V> {
    fn take(&mut self, name: &[u8], value: V) {
        let (slot, field) = if Field::Base64.is_named(name) {
            (&mut self.base64, Field::Base64)
        } else if Field::UrlEncoded.is_named(name) {
            (&mut self.url_encoded, Field::UrlEncoded)
        } else {
            if self.others.len() < 8 {
                self.others.push(excerpt(&name.escape_ascii().to_string()));
            } else {
                self.more += 1;
            }
            return;
        };
        match slot {
            Some(first) if !is_empty(first) => {
                if !self.repeated.contains(&field) {
                    self.repeated.push(field);
                }
            }
            _ => *slot = Some(value),
        }
    }

    fn received(self, sink: &mut dyn Sink) -> Result<Received, Error> {
        for field in &self.repeated {
            report(
                sink,
                code::REPEATED,
                Severity::Warning,
                *field,
                "it is there more than once; the first was taken",
            );
        }
        let received = match (
            self.base64.filter(|value| !is_empty(value)),
            self.url_encoded.filter(|value| !is_empty(value)),
        ) {
            (Some(value), other) => {
                if other.is_some() {
                    report(
                        sink,
                        code::BOTH,
                        Severity::Note,
                        Field::UrlEncoded,
                        "cXML-base64 is there too and was taken",
                    );
                }
                Some(Received { document: from_base64(value.as_ref(), sink), field: Field::Base64 })
            }
            (None, Some(value)) => {
                Some(Received { document: from_text(value.as_ref(), sink), field: Field::UrlEncoded })
            }
            (None, None) => None,
        };
        // Damaged base64 may hold nothing.
        let received = received.filter(|received| !received.document.is_empty());
        received.ok_or_else(|| none(&self.others, self.more))
    }
}

fn is_ours(name: &[u8]) -> bool {
    [Field::Base64, Field::UrlEncoded].iter().any(|field| field.is_named(name))
}

fn count_lone_percents(value: &[u8]) -> usize {
    let digits = |rest: &[u8]| matches!(rest, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    memchr::memchr_iter(b'%', value).filter(|at| !value.get(at + 1..).is_some_and(digits)).count()
}

fn is_empty(value: &impl AsRef<[u8]>) -> bool {
    value.as_ref().trim_ascii().is_empty()
}

fn none(others: &[String], more: usize) -> Error {
    let there = match (others, more) {
        ([], _) => "nothing else is in the form".to_owned(),
        (names, 0) => format!("there are {}", names.join(", ")),
        (names, more) => format!("there are {} and {more} more", names.join(", ")),
    };
    Error::package(format!("there is no document in cXML-base64 or cXML-urlencoded; {there}"))
}

/// The bytes of a document, whatever they are.
fn from_base64(value: &[u8], sink: &mut dyn Sink) -> Vec<u8> {
    let field = Field::Base64;
    let mut value = Cow::Borrowed(value);
    if value.contains(&b'%') {
        // a plus is itself in base64, and no blank
        let decode = |value: &[u8]| percent_decode(value).collect();
        value = undoubled(value, field, |value| !value.contains(&b'%'), decode, sink);
    }
    if value.trim_ascii_start().starts_with(b"<") {
        report(sink, code::SWAPPED, Severity::Warning, field, "it holds the document itself, not its base64");
        return text(&value, field, sink);
    }
    let decoded = base64::decode(&value);
    let mut say = |severity, message: String| report(sink, code::BASE64, severity, field, message);
    if decoded.pluses > 0 {
        let severity = if decoded.padding || decoded.cut { Severity::Error } else { Severity::Warning };
        say(severity, format!("{} blanks were read as the `+` that they were before", decoded.pluses));
    } else if decoded.blanks > 0 {
        say(Severity::Note, "white space in it was left out".into());
    }
    if decoded.url_safe > 0 {
        say(Severity::Warning, "it has - and _ for + and /".into());
    }
    if decoded.padding {
        say(Severity::Warning, "its padding is not right".into());
    }
    if decoded.foreign > 0 {
        say(Severity::Error, format!("{} characters that are not base64 were left out", decoded.foreign));
    }
    if decoded.cut {
        say(Severity::Error, "it ends in the middle of a byte: its end may be lost".into());
    }
    decoded.bytes
}

/// The document as the text of a field.
fn from_text(value: &[u8], sink: &mut dyn Sink) -> Vec<u8> {
    let field = Field::UrlEncoded;
    let is_done = |value: &[u8]| value.trim_ascii_start().starts_with(b"<");
    let value = undoubled(Cow::Borrowed(value), field, is_done, form_decoded, sink);
    let start = value.trim_ascii_start();
    // base64 of `<?xml`, `<!DOCTYPE` and `<cXML`
    if [&b"PD94bW"[..], b"PCFET0NUWVBF", b"PGNYTU"].iter().any(|begin| start.starts_with(begin)) {
        report(sink, code::SWAPPED, Severity::Warning, field, "it holds base64");
        return base64::decode(&value).bytes;
    }
    text(&value, field, sink)
}

/// Text in whatever charset the browser sent it, for a reader who sees only
/// the document. What the document itself says of it was not true on the way.
fn text(value: &[u8], field: Field, sink: &mut dyn Sink) -> Vec<u8> {
    let document = value.trim_ascii_start();
    let document = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document).trim_ascii_start();
    if document.len() < value.len() {
        report(sink, code::SPACE, Severity::Note, field, "white space before the document was left out");
    }
    let text = if let Ok(text) = str::from_utf8(document) {
        if !text.is_ascii() {
            report(sink, code::CHARSET, Severity::Note, field, "it is UTF-8, not US-ASCII");
        }
        Cow::Borrowed(text)
    } else {
        report(sink, code::CHARSET, Severity::Warning, field, "it is not UTF-8; read as windows-1252");
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(document).0
    };
    match xml::decode(text.as_bytes()) {
        Ok(own) if *own.text == *text => text.into_owned().into_bytes(),
        _ => charset::redeclared(&text),
    }
}

/// Undoes url-encoding that was done once too often, or twice.
fn undoubled<'a>(
    value: Cow<'a, [u8]>,
    field: Field,
    is_done: impl Fn(&[u8]) -> bool,
    decode: impl Fn(&[u8]) -> Vec<u8>,
    sink: &mut dyn Sink,
) -> Cow<'a, [u8]> {
    let mut value = value;
    let mut times = 1;
    while times < 4 && !is_done(&value) && is_encoded(&value) {
        value = Cow::Owned(decode(&value));
        times += 1;
    }
    if times > 1 {
        let message = format!("it was url-encoded {times} times; let the browser do it once");
        report(sink, code::DOUBLE, Severity::Warning, field, message);
    }
    value
}

/// Whether there is percent encoding in what should have none: a document
/// begins with `<`, and base64 has no percent signs.
fn is_encoded(value: &[u8]) -> bool {
    let start = value.trim_ascii_start();
    let start = start.strip_prefix(b"+").unwrap_or(start);
    let begins = |with: &[u8]| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    [&b"%3c"[..], b"%253c", b"%0d", b"%0a", b"%20", b"%ef%bb%bf"].into_iter().any(begins)
        || memchr::memchr(b'%', start).is_some() && memchr::memchr(b'<', start).is_none()
}

/// Undoes what a browser does to names and values.
fn form_decoded(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|&b| if b == b'+' { b' ' } else { b }).collect();
    percent_decode(&spaced).collect()
}

fn report(sink: &mut dyn Sink, code: Code, severity: Severity, field: Field, message: impl Into<String>) {
    sink.report(Diagnostic::new(code, severity, message).at(field.name()));
}
