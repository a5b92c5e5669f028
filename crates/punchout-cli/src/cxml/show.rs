//! `punchout cxml show`

mod envelope;
mod facts;
mod order;
mod outline;
mod response;

use std::borrow::Cow;
use std::io::{self, Write};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use punchout::core::{Diagnostic, Ignore, LineColumn, Sink};
use punchout::cxml::dtd::code;
use punchout::cxml::{Document, Report, Validator};

use crate::args::cxml::Show;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{self, Verdict};
use outline::Part;

pub(super) fn run(args: &Show) -> Result<Verdict, Failure> {
    let input = Input::document(&args.file)?;
    let mut fault = Fault::default();
    let report = Validator::new()
        .validate(&input.bytes, &mut fault)
        .map_err(|source| Failure::Cxml { name: input.name.clone(), source })?;
    if !report.well_formed {
        return Err(malformed(input, fault));
    }
    // what is no cXML, or uses entities, still has an outline
    let document = Document::read(&input.bytes, &mut Ignore).ok();
    let text = text(&input.bytes);
    output::write(|out| write(&text, document.as_ref(), &report, args.outline, out))?;
    Ok(Verdict::Good)
}

fn write(
    text: &str,
    document: Option<&Document>,
    report: &Report,
    whole: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    envelope::write(text, document, report, out)?;
    let Some(document) = document else { return outline::write(text, &[], out) };
    let mut told = vec![
        Part::Quiet(&["cXML"]),
        Part::Quiet(&["cXML", "Header"]),
        Part::Told(&["cXML", "Header", "From"]),
        Part::Told(&["cXML", "Header", "To"]),
        Part::Told(&["cXML", "Header", "Sender"]),
    ];
    if !whole {
        if let Some(order) = document.order_request() {
            order::write(order, out)?;
            told.push(Part::Told(&["cXML", "Request"]));
        }
        if let Some(response) = document.response() {
            response::write(response, out)?;
            told.extend([Part::Quiet(&["cXML", "Response"]), Part::Told(&["cXML", "Response", "Status"])]);
        }
    }
    outline::write(text, &told, out)
}

/// Waits for the finding that a document is not well-formed.
#[derive(Default)]
struct Fault(Option<Diagnostic>);

impl Sink for Fault {
    fn report(&mut self, finding: Diagnostic) {
        if finding.code == code::MALFORMED {
            self.0 = Some(finding);
        }
    }
}

fn malformed(Input { name, bytes }: Input, Fault(finding): Fault) -> Failure {
    let place = finding.as_ref().and_then(|finding| finding.span.as_ref());
    let place = place.map(|span| LineColumn::of(&bytes, span.start));
    let mut why = finding.map_or_else(|| "it is not well-formed".to_owned(), |finding| finding.message);
    if let Some(place) = place {
        why.extend([" at line ", &place.line.to_string(), ", column ", &place.column.to_string()]);
    }
    Failure::Malformed { name, why }
}

/// The text of a document that was found to be well-formed.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(bytes).unwrap_or(UTF_8),
    };
    encoding.decode(bytes).0
}

/// The encoding that the XML declaration names.
///
/// It was read byte by byte, so it can not be one of two bytes a character.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = declaration.iter().take(256).position(|&b| b == b'>')?;
    let (_, after) = str::from_utf8(declaration.get(..end)?).ok()?.split_once("encoding")?;
    let label = after.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes()).filter(|&found| found != UTF_16LE && found != UTF_16BE)
}
