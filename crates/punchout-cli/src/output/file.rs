//! Writing results to a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::printable;
use crate::failure::Failure;

/// Refuses to write what is read.
pub(crate) fn refuse_inputs<'p>(
    inputs: impl IntoIterator<Item = &'p PathBuf>,
    output: &Path,
) -> Result<(), Failure> {
    if !inputs.into_iter().any(|input| is_same(input, output)) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{} is the input too: name another file for the output",
        printable(&output.display().to_string())
    )))
}

/// Whether both names mean one file.
fn is_same(input: &Path, output: &Path) -> bool {
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
        return super::write(|out| out.write_all(bytes));
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
