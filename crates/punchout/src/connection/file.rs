//! Files that a description names, and itself.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::{Error, ErrorKind, shown};

/// What one may have; no honest one comes near.
const MOST: u64 = 16 << 20;

/// Reads the file that a key names, such as one with certificates.
#[cfg(any(feature = "email", feature = "https", feature = "pdf"))]
pub(super) fn bytes(at: &str, path: &Path) -> Result<Vec<u8>, Error> {
    read(&format!("{at}: {}", shown::path(path)), path)
}

/// Reads a description.
pub(super) fn text(path: &Path) -> Result<String, Error> {
    let shown = shown::path(path).into_owned();
    let bytes = read(&shown, path)?;
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::Toml, format!("{shown} is no UTF-8 text")))
}

fn read(shown: &str, path: &Path) -> Result<Vec<u8>, Error> {
    read_whole(path)
        .map_err(|error| Error::new(ErrorKind::Read, format!("{shown} cannot be read")).caused_by(error))
}

/// Reads a file, but not one that never ends.
pub(super) fn read_whole(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(io::Error::other(format!("it has more than {MOST} bytes")));
    }
    Ok(bytes)
}
