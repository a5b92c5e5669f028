//! `punchout cxml copy`

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use punchout::core::{All, Ignore, Sink};
use punchout::cxml::secret::Secrets;
use punchout::cxml::{self, Document, ErrorKind, Original, RawDocument};
use tempfile::NamedTempFile;

use super::redacted::Redacted;
use crate::args::cxml::{Copy, Through};
use crate::failure::{Failure, said_of};
use crate::input::Input;
use crate::output::findings::{self, Source};
use crate::output::{self, Verdict, printable};

pub(super) fn run(args: &Copy) -> Result<Verdict, Failure> {
    if is_same(&args.file, &args.output) {
        return Err(Failure::Usage(format!(
            "{} is the input too: name another file for the output",
            printable(&args.output.display().to_string())
        )));
    }
    let input = Input::document(&args.file)?;
    let mut sink = Redacted::new(&input.bytes);
    let bytes = copied(&input.bytes, args.through, &mut sink).map_err(|error| match error {
        Trouble::Reading(error) => Failure::document(&input, &error),
        Trouble::Writing(error) => {
            Failure::Copy { name: args.output.display().to_string(), why: said_of(&input, &error) }
        }
    })?;
    save(&args.output, &bytes)?;
    let Redacted { secrets, found, .. } = sink;
    tell(&input, &found, secrets.as_ref());
    Ok(findings::verdict(&found, false))
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

/// Shows the findings on standard error.
pub(crate) fn tell(input: &Input, found: &All, secrets: Option<&Secrets>) {
    if found.found().is_empty() {
        return;
    }
    let name = input.shown();
    let masks = secrets.map_or(&[][..], Secrets::spans);
    let mut out = io::BufWriter::new(io::stderr().lock());
    // with stderr gone there is nobody left to tell
    let _ = Source { name: &name, bytes: &input.bytes, masks }
        .write(found, &mut out)
        .and_then(|()| writeln!(out, "{name}: {}", findings::summary(found)));
}

/// Whether both names mean one file.
pub(crate) fn is_same(input: &Path, output: &Path) -> bool {
    let is_file = |path: &Path| path.as_os_str() != "-";
    let place = |path: &Path| fs::canonicalize(path).ok();
    is_file(input) && is_file(output) && place(input).is_some_and(|input| place(output) == Some(input))
}

/// Writes a file as a whole or not at all.
///
/// A symbolic link stays one. A hard link becomes a file of its own: its other
/// names keep what they have, and so an input that is one of them stays.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        return output::write(|out| out.write_all(bytes));
    }
    replace(path, bytes)
        .map_err(|error| Failure::WriteFile { name: path.display().to_string(), source: plain(error) })
}

/// An error without the name of a file that nobody asked for and that is not
/// there any more.
fn plain(error: io::Error) -> io::Error {
    if error.get_ref().is_some() { error.kind().into() } else { error }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // a link stays one: what it points at is replaced
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let there = fs::metadata(&path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        // a device or a pipe is written to, never replaced
        return File::options().write(true).open(&path)?.write_all(bytes);
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut file = new_beside(&folder)?;
    file.write_all(bytes)?;
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// A file of a name that nobody has, with the rights of any new file.
fn new_beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".punchout-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
