//! Finding out what an input is: captures, pages, bodies, notes.

use std::borrow::Cow;
use std::ops::Range;

use punchout_core::Sink;

use crate::basket::Basket;
use crate::decode::Decoder;
use crate::error::Error;
use crate::report::{At, Reporter};
use crate::rule::Rule;

/// The shapes in which a return is kept or comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Input {
    /// A url-encoded body.
    Form,
    /// An HTML page with the return form (feature `html`).
    Html,
    /// One `NAME=VALUE` a line.
    Pairs,
    /// A `BusinessDocument`, plain or in base64.
    Xml,
    /// A JSON object of names and values (feature `json`).
    Json,
    /// An HTTP response with its status line and headers.
    Response,
}

impl Input {
    /// Looks at the first bytes, and at the lines where these say nothing.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let starts = |prefix: &str| {
            text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
        };
        if starts("HTTP/") {
            return Self::Response;
        }
        match text.first() {
            Some(b'<') => {
                let is_page = ["<html", "<form", "<input"].iter().any(|tag| contains(text, tag.as_bytes()));
                let is_document = starts("<?xml") || contains(text, b"<BusinessDocument");
                return if is_document && !is_page { Self::Xml } else { Self::Html };
            }
            Some(b'{' | b'[') => return Self::Json,
            _ => {}
        }
        // base64 of `<?xml` and of `<BusinessDocument`
        if text.starts_with(b"PD94bWwg") || text.starts_with(b"PEJ1c2luZXNzRG9jdW1lbnQ") {
            return Self::Xml;
        }
        let lines = text.trim_ascii_end();
        // nothing in a url-encoded body is a blank or a line end; if something
        // is, the pairs may be joined all the same
        let is_encoded = !lines.iter().any(|b| b.is_ascii_whitespace() || *b >= 0x80);
        let is_joined = !lines.contains(&b'\n') && (contains(lines, b"&NEW_ITEM") || contains(lines, b"&~"));
        if is_encoded || is_joined {
            return Self::Form;
        }
        if contains(lines, b"<form") || contains(lines, b"<input") { Self::Html } else { Self::Pairs }
    }
}

/// What an input is that holds a basket at most in wrapping.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x1f\x8b") {
        return Some("compressed by gzip: unpack it first");
    }
    if bytes.starts_with(b"--") && contains(bytes, b"content-disposition: form-data") {
        return Some("multipart/form-data: let the web framework split it, and hand over the pairs");
    }
    memchr::memchr(0, bytes).map(|_| "no text: it has a byte of value 0, as UTF-16 and binary files have")
}

fn contains(text: &[u8], needle: &[u8]) -> bool {
    text.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
}

impl Decoder {
    /// Reads an input of any shape; see [`Input::of`].
    ///
    /// # Errors
    /// When the input is nothing of all that, needs a feature that is off, or
    /// goes beyond a limit.
    pub fn any(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.input(Input::of(bytes), bytes, sink)
    }

    /// Reads an input of a known shape.
    ///
    /// # Errors
    /// As for [`Decoder::any`].
    pub fn input(&self, input: Input, bytes: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        if let Some(what) = no_text(bytes) {
            return Err(Error::garbage(format!("the input is {what}")));
        }
        match input {
            Input::Form => self.form(bytes, sink),
            Input::Pairs => self.lines(bytes, sink),
            Input::Xml => self.xml(bytes, sink),
            #[cfg(feature = "html")]
            Input::Html => self.html(bytes, sink),
            #[cfg(feature = "json")]
            Input::Json => self.json(bytes, sink),
            Input::Response => self.response(bytes, sink),
            #[cfg(not(all(feature = "html", feature = "json")))]
            _ => Err(Error::misuse("this shape of input needs the feature html or json of punchout-oci")),
        }
    }

    /// Reads a captured HTTP response, as VALIDATE and `BACKGROUND_SEARCH`
    /// answer: a page with the return form, or a body of any other shape.
    ///
    /// # Errors
    /// When it is no HTTP response, and as for [`Decoder::any`].
    pub fn response(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.limits.check_bytes(bytes.len())?;
        let response = Response::last_of(bytes).ok_or_else(|| {
            Error::garbage("the input is no HTTP response: no status line, or no end of the headers")
        })?;
        if !(200..300).contains(&response.status) {
            Reporter::new(sink, &self.levels).report(
                Rule::HttpStatus,
                At::Document,
                Some(0..response.body.start),
                || format!("the response has status {}", response.status),
            );
        }
        let body = bytes.get(response.body.clone()).unwrap_or_default();
        let body = if response.is_chunked { unchunked(body) } else { Cow::Borrowed(body) };
        if let Some(what) = no_text(&body) {
            return Err(Error::garbage(format!("the body of the response is {what}")));
        }
        let mut shift = Shift { sink, by: matches!(body, Cow::Borrowed(_)).then_some(response.body.start) };
        let basket = match Input::of(&body) {
            Input::Response => return Err(Error::garbage("the body of the response is a response again")),
            #[cfg(feature = "html")]
            Input::Html => self.html_declared(&body, response.charset.as_deref(), &mut shift),
            Input::Form => self.form_declared(&body, response.charset.as_deref(), &mut shift),
            Input::Pairs => self.lines_declared(&body, response.charset.as_deref(), &mut shift),
            input => self.input(input, &body, &mut shift),
        };
        basket.map(|mut basket| {
            match shift.by {
                Some(by) => basket.sent.shift(by),
                None => basket.sent.forget_spans(),
            }
            basket
        })
    }
}

/// Moves spans in a body to where the body stands.
struct Shift<'a> {
    sink: &'a mut dyn Sink,
    /// `None` when the body was put together from chunks.
    by: Option<usize>,
}

impl Sink for Shift<'_> {
    fn report(&mut self, mut finding: punchout_core::Diagnostic) {
        finding.span = finding.span.zip(self.by).map(|(span, by)| span.start + by..span.end + by);
        self.sink.report(finding);
    }

    fn wants(&self, severity: punchout_core::Severity) -> bool {
        self.sink.wants(severity)
    }
}

struct Response {
    status: u16,
    charset: Option<String>,
    is_chunked: bool,
    body: Range<usize>,
}

impl Response {
    /// Tools write down interim answers and redirects before the answer.
    fn last_of(bytes: &[u8]) -> Option<Self> {
        let mut response = Self::of(bytes)?;
        while !(200..300).contains(&response.status)
            && let Some(mut next) = bytes.get(response.body.clone()).and_then(Self::of)
        {
            next.body = response.body.start + next.body.start..bytes.len();
            response = next;
        }
        Some(response)
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let mut response = Self { status: 0, charset: None, is_chunked: false, body: 0..0 };
        let mut at = 0;
        for (number, line) in bytes.split_inclusive(|&b| b == b'\n').enumerate() {
            at += line.len();
            let line = String::from_utf8_lossy(line.trim_ascii());
            if number == 0 {
                let mut words = line.split_ascii_whitespace();
                words.next().filter(|word| word.to_ascii_uppercase().starts_with("HTTP/"))?;
                response.status = words.next()?.parse().ok()?;
            } else if line.is_empty() {
                response.body = at..bytes.len();
                return Some(response);
            } else if let Some((name, value)) = line.split_once(':') {
                let value = value.trim().to_ascii_lowercase();
                if name.eq_ignore_ascii_case("Content-Type") {
                    let charset = value.split(';').find_map(|part| part.trim().strip_prefix("charset="));
                    response.charset = charset.map(|charset| charset.trim_matches('"').to_owned());
                } else if name.eq_ignore_ascii_case("Transfer-Encoding") {
                    response.is_chunked = value.contains("chunked");
                }
            }
        }
        None
    }
}

/// Joins the chunks of a body; most tools have done so when they save it.
fn unchunked(body: &[u8]) -> Cow<'_, [u8]> {
    let mut joined = Vec::new();
    let mut rest = body;
    loop {
        let Some(end) = memchr::memchr(b'\n', rest) else { return Cow::Borrowed(body) };
        let (line, after) = rest.split_at(end + 1);
        let line = String::from_utf8_lossy(line);
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { return Cow::Borrowed(body) };
        if size == 0 {
            return Cow::Owned(joined);
        }
        let Some(chunk) = after.get(..size) else { return Cow::Borrowed(body) };
        joined.extend_from_slice(chunk);
        rest = after.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, shape) in [
            ("NEW_ITEM-UNIT%5B1%5D=PCE&x=1\n", Input::Form),
            ("NEW_ITEM-UNIT[1]=PCE\nNEW_ITEM-QUANTITY[1]=1", Input::Pairs),
            ("NEW_ITEM-DESCRIPTION[1]=nut & bolt", Input::Pairs),
            ("NEW_ITEM-DESCRIPTION[1]=Gehörschutz&NEW_ITEM-QUANTITY[1]=1", Input::Form),
            ("  <!doctype html><form>", Input::Html),
            ("\u{feff}<input name=x>", Input::Html),
            ("<?xml version=\"1.0\"?><BusinessDocument/>", Input::Xml),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\"><form/>", Input::Html),
            ("<!-- x --><BusinessDocument/>", Input::Xml),
            ("PD94bWwgdmVyc2lvbg==", Input::Xml),
            ("{\"NEW_ITEM-UNIT[1]\":\"PCE\"}", Input::Json),
            ("http/1.1 200 OK\n\nx", Input::Response),
            ("", Input::Form),
        ] {
            assert_eq!(Input::of(text.as_bytes()), shape, "{text}");
        }
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(&*unchunked(b"4\r\nab=1\r\n3;x\r\n&c=\r\n0\r\n\r\n"), b"ab=1&c=");
        assert_eq!(&*unchunked(b"<html>"), b"<html>");
        assert_eq!(&*unchunked(b"ff\r\nshort"), b"ff\r\nshort");
    }
}
