//! `punchout cxml show`

mod envelope;
mod facts;
mod order;
mod outline;
mod response;

use std::io::{self, Write};

use punchout::core::{Diagnostic, Ignore, LineColumn, Sink};
use punchout::cxml::dtd::code;
use punchout::cxml::secret::{MASK, Secrets};
use punchout::cxml::{Document, ErrorKind, RawDocument, Report, Validator};

use crate::args::cxml::Show;
use crate::failure::{Failure, said_of};
use crate::input::Input;
use crate::output::{self, Verdict};
use outline::Part;

pub(super) fn run(args: &Show) -> Result<Verdict, Failure> {
    let input = Input::document(&args.file)?;
    let mut fault = Fault::default();
    let failure = |error| Failure::document(&input, &error);
    let report = Validator::new().validate(&input.bytes, &mut fault).map_err(failure)?;
    if let Some(finding) = fault.0 {
        return Err(malformed(&input, finding));
    }
    let raw = RawDocument::read(&input.bytes, &mut Ignore).map_err(failure)?;
    // what is no cXML, or beyond a limit of the model, still has an outline
    let document = Document::read(&input.bytes, &mut Ignore).map_err(|error| said_of(&input, &error));
    let document = document.as_ref().map_err(String::as_str);
    let secrets = Secrets::of(&input.bytes);
    output::write(|out| write(&raw, document, &report, args.outline, &secrets, out))?;
    Ok(Verdict::Good)
}

fn write(
    raw: &RawDocument,
    document: Result<&Document, &str>,
    report: &Report,
    whole: bool,
    secrets: &Secrets,
    out: &mut dyn Write,
) -> io::Result<()> {
    envelope::write(raw, document, report, secrets, out)?;
    let Ok(document) = document else { return outline::write(&raw.root, &[], secrets, out) };
    let mut told = vec![
        Part::Quiet(&["cXML"]),
        Part::Quiet(&["cXML", "Header"]),
        Part::Told(&["cXML", "Header", "From"]),
        Part::Told(&["cXML", "Header", "To"]),
        Part::Told(&["cXML", "Header", "Sender"]),
    ];
    if !whole {
        if let Some(order) = document.order_request() {
            order::write(order, secrets, out)?;
            told.push(Part::Told(&["cXML", "Request"]));
        }
        if let Some(response) = document.response() {
            response::write(response, secrets, out)?;
            told.extend([Part::Quiet(&["cXML", "Response"]), Part::Told(&["cXML", "Response", "Status"])]);
        }
    }
    outline::write(&raw.root, &told, secrets, out)
}

/// Waits for the finding that a document cannot be read.
#[derive(Default)]
struct Fault(Option<Diagnostic>);

impl Sink for Fault {
    fn report(&mut self, finding: Diagnostic) {
        if finding.code == code::MALFORMED {
            self.0 = Some(finding);
        }
    }
}

fn malformed(input: &Input, finding: Diagnostic) -> Failure {
    let place = finding.span.map(|span| LineColumn::of(&input.bytes, span.start));
    let mut why = Secrets::of(&input.bytes).hide(&finding.message).into_owned();
    if let Some(place) = place {
        why.extend([" at line ", &place.line.to_string(), ", column ", &place.column.to_string()]);
    }
    Failure::Cxml { name: input.name.clone(), why, kind: ErrorKind::Malformed }
}

/// An address that lets its bearer in: only where it leads to is shown.
fn bearer(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    if scheme.is_empty() || host.len() == rest.len() {
        return if scheme.is_empty() { MASK.to_owned() } else { address.to_owned() };
    }
    format!("{scheme}://{host}/{MASK}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_address_shows_its_host() {
        for (address, expected) in [
            ("https://u:p@shop.example:8443/s/abc?x=1", "https://shop.example:8443/***"),
            ("https://shop.example?x=1", "https://shop.example/***"),
            ("https://shop.example", "https://shop.example"),
            ("s3cret", "***"),
        ] {
            assert_eq!(bearer(address), expected);
        }
    }
}
