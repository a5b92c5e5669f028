//! Reading what the arguments name.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use punchout::core::Limits;

use crate::failure::Failure;
use crate::output::printable;

/// Bytes and the name to show for them.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Input {
    /// The name as it may be written to a terminal.
    pub(crate) fn shown(&self) -> String {
        printable(&self.name)
    }

    /// Reads a document: a file, or standard input for `-`.
    pub(crate) fn document(path: &Path) -> Result<Self, Failure> {
        Self::at_most(Limits::default().bytes, path)
    }

    /// Reads what a person wrote, such as a profile or a password.
    pub(crate) fn note(path: &Path) -> Result<Self, Failure> {
        Self::at_most(1 << 20, path)
    }

    /// Reads a picture; it is for the library to say what is too much.
    pub(crate) fn picture(path: &Path) -> Result<Self, Failure> {
        Self::at_most(64 << 20, path)
    }

    /// Reads a DTD; the largest of cXML's has half a megabyte.
    pub(crate) fn dtd(path: &Path) -> Result<Self, Failure> {
        Self::at_most(16 << 20, path)
    }

    fn at_most(limit: usize, path: &Path) -> Result<Self, Failure> {
        let is_stdin = path.as_os_str() == "-";
        let name = if is_stdin { "<stdin>".to_owned() } else { path.display().to_string() };
        let read = if is_stdin {
            read(limit, io::stdin().lock())
        } else {
            File::open(path).and_then(|file| read(limit, file))
        };
        match read {
            Ok(bytes) if bytes.len() > limit => Err(Failure::TooLong { name, limit }),
            Ok(bytes) => Ok(Self { name, bytes }),
            Err(source) => Err(Failure::Read { name, source }),
        }
    }
}

/// Reads one byte beyond the limit, so that the limit itself is allowed.
fn read(limit: usize, from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
