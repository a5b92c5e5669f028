//! `punchout oci decode`

mod document;
mod report;

use punchout::core::All;
use punchout::oci::{Decoder, Input as Shape};

use super::profiles;
use crate::args::Format;
use crate::args::oci::{Decode, ReturnInput};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{self, Verdict, findings};

pub(super) fn run(args: &Decode) -> Result<Verdict, Failure> {
    let mut decoder = Decoder::new(&*profiles::load(&args.rules.profile)?);
    if let Some(label) = &args.charset {
        decoder = decoder.with_charset(label);
    }
    let input = Input::document(&args.file)?;
    let mut found = All::new();
    let basket = decoder
        .input(shape(args.input, &input.bytes), &input.bytes, &mut found)
        .map_err(|source| Failure::Decode { name: input.name.clone(), source })?;
    match args.format {
        Format::Json => {
            output::write_json(&document::Document::new(&basket, found.found()))?;
            findings::warn_of_dropped(&found);
        }
        Format::Text => output::write(|out| report::write(&basket, &input, &found, out))?,
    }
    Ok(findings::verdict(&found, args.rules.strict))
}

fn shape(input: ReturnInput, bytes: &[u8]) -> Shape {
    match input {
        ReturnInput::Auto => Shape::of(bytes),
        ReturnInput::Form => Shape::Form,
        ReturnInput::Html => Shape::Html,
        ReturnInput::Pairs => Shape::Pairs,
        ReturnInput::Xml => Shape::Xml,
        ReturnInput::Json => Shape::Json,
        ReturnInput::Response => Shape::Response,
    }
}
