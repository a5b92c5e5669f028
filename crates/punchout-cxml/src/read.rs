//! Reading: from bytes to the model.

mod cursor;
mod document;
mod value;

use punchout_core::{Diagnostic, Ignore, Limits, Severity, Sink, Source};

pub(crate) use cursor::{Cursor, Inside};
#[cfg(feature = "advice")]
pub(crate) use value::number;
pub(crate) use value::report_token;

use crate::xml::{Event, Scanner};
use crate::{AnyContent, Document, Error, RawElement, Report, Validator, code, xml};

/// Reads documents within limits.
///
/// ```
/// use punchout_core::{Ignore, Limits};
/// use punchout_cxml::Reader;
///
/// let reader = Reader::new().with_limits(Limits::default().with_bytes(4 << 20));
/// assert!(reader.read(b"<html>", &mut Ignore).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Reader {
    pub(crate) limits: Limits,
}

impl Reader {
    /// A reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what a document may cost at most.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads a document and reports what is odd about it.
    ///
    /// The spans of findings are of `bytes`; a document that is not UTF-8 has
    /// findings without spans.
    ///
    /// # Errors
    /// When the bytes are not well-formed XML, are no cXML document, or go beyond
    /// the limits. A document that is not well-formed only because it names an
    /// entity that is declared nowhere is read.
    pub fn read(&self, bytes: &[u8], sink: &mut dyn Sink) -> Result<Document, Error> {
        document(bytes, self.limits, None, sink).map(|(document, _)| document)
    }
}

/// Reads a document, and validates it where there is a validator.
pub(crate) fn document(
    bytes: &[u8],
    limits: Limits,
    validator: Option<&Validator>,
    sink: &mut dyn Sink,
) -> Result<(Document, Option<Report>), Error> {
    limits.check_bytes(bytes.len())?;
    let decoded = xml::decode_to_keep(bytes)?;
    report_encoding(&decoded, sink);
    let (mark, spans_from) = (decoded.mark, decoded.from.is_none().then_some(decoded.mark));
    let source = Source::new(decoded.text.into_owned());
    let scanner = match decoded.survey {
        Some(survey) => Scanner::surveyed(source.as_str(), survey, limits),
        None => Scanner::new(source.as_str(), limits),
    };
    let cursor = scanner.map(|scanner| {
        let cursor = Cursor::over(&source, scanner, spans_from, sink);
        match validator {
            Some(validator) => cursor.with_validation(validator.begin(spans_from)),
            None => cursor,
        }
    });
    cursor
        .and_then(|mut cursor| Ok((document::read(&mut cursor)?, cursor.into_report())))
        .map_err(|error| error.moved_by(mark))
}

pub(crate) fn report_encoding(decoded: &xml::Decoded<'_>, sink: &mut dyn Sink) {
    if let Some(encoding) = decoded.from {
        let message = format!("the document is in {encoding}; UTF-8 is recommended");
        sink.report(Diagnostic::new(code::ENCODING, Severity::Note, message));
    }
    if let Some(untrue) = &decoded.untrue {
        let (says, is) = (punchout_core::excerpt(untrue), decoded.from.unwrap_or("UTF-8"));
        let message = format!("the document says it is {says}, but is {is}");
        sink.report(
            Diagnostic::new(code::ENCODING, Severity::Warning, message)
                .help("declare the encoding that is used"),
        );
    }
}

impl Document {
    /// Reads a document within the default limits and reports what is odd
    /// about it.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read(bytes: &[u8], sink: &mut dyn Sink) -> Result<Self, Error> {
        Reader::new().read(bytes, sink)
    }
}

/// Reads one element that stands alone.
pub(crate) fn raw_element(xml: &str) -> Result<RawElement, Error> {
    let source = Source::new(xml);
    let beside = |span| Error::malformed(xml, span, "something stands beside the element");
    let mut ignore = Ignore;
    let mut cursor = Cursor::over_given(&source, &mut ignore)?;
    let Event::Open(tag) = cursor.next()? else { return Err(beside(0..xml.len())) };
    let element = cursor.raw(&tag)?;
    match cursor.next()? {
        Event::End => Ok(element),
        _ => Err(beside(element.as_xml().len()..xml.len())),
    }
}

/// Reads the content of an element.
pub(crate) fn any_content(xml: &str) -> Result<AnyContent, Error> {
    const BEFORE: &str = "<any>";
    let source = Source::new(format!("{BEFORE}{xml}</any>"));
    content_of_root(&source).map_err(|error| error.of_inner(xml, BEFORE.len()))
}

fn content_of_root(source: &Source) -> Result<AnyContent, Error> {
    let mut ignore = Ignore;
    let mut cursor = Cursor::over_given(source, &mut ignore)?;
    let Event::Open(root) = cursor.next()? else { unreachable!("the text begins with a start tag") };
    let content = cursor.any(&root)?;
    // Content that closes the root itself is found out here.
    while !matches!(cursor.next()?, Event::End) {}
    Ok(content)
}
