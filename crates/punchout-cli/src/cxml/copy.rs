//! `punchout cxml copy`

use punchout::core::{Ignore, Sink};
use punchout::cxml::{self, Document, ErrorKind, Original, RawDocument};

use crate::args::cxml::{Copy, Through};
use crate::failure::{Failure, said_of};
use crate::input::Input;
use crate::output::{Verdict, file};
use crate::redacted::Redacted;

pub(super) fn run(args: &Copy) -> Result<Verdict, Failure> {
    file::refuse_inputs([&args.file], &args.output)?;
    let input = Input::document(&args.file)?;
    let mut sink = Redacted::new(&input.bytes);
    let bytes = copied(&input.bytes, args.through, &mut sink).map_err(|error| match error {
        Trouble::Reading(error) => Failure::document(&input, &error),
        Trouble::Writing(error) => {
            Failure::Copy { name: args.output.display().to_string(), why: said_of(&input, &error) }
        }
    })?;
    file::save(&args.output, &bytes)?;
    Ok(sink.tell(&input))
}

enum Trouble {
    Reading(cxml::Error),
    Writing(cxml::Error),
}

/// The document, read and written. What is no cXML document is copied as a tree
/// of elements, which has no fields to go through.
fn copied(bytes: &[u8], through: Through, sink: &mut dyn Sink) -> Result<Vec<u8>, Trouble> {
    let written = match through {
        Through::Model => Document::read(bytes, sink).map(|document| document.write_unchecked()),
        Through::Document => {
            Original::read(bytes, sink).map(|(original, document)| original.write(&document))
        }
    };
    match (written, through) {
        (Ok(written), _) => written.map_err(Trouble::Writing),
        // What there is to find was found on the way to the error.
        (Err(error), Through::Model) if error.kind() == ErrorKind::NotCxml => {
            let document = RawDocument::read(bytes, &mut Ignore).map_err(Trouble::Reading)?;
            document.write().map_err(Trouble::Writing)
        }
        (Err(error), Through::Document) if error.kind() == ErrorKind::NotCxml => {
            // Well-formed it is, and nothing of it was touched.
            RawDocument::read(bytes, &mut Ignore).map(|_| bytes.to_vec()).map_err(Trouble::Reading)
        }
        (Err(error), _) => Err(Trouble::Reading(error)),
    }
}
