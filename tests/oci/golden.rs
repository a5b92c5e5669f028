//! Expected outputs in files.

use std::fmt::Write as _;
use std::path::Path;

/// What differs from the files, gathered over all cases of a test.
#[derive(Default)]
pub(crate) struct Differences(String);

impl Differences {
    /// Holds an output against its file, or writes the file where
    /// `UPDATE_GOLDEN` is set.
    pub(crate) fn hold(&mut self, path: &Path, got: &str) {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(path, got).unwrap();
            return;
        }
        let want = std::fs::read_to_string(path).unwrap_or_default();
        if want == got {
            return;
        }
        let _ = writeln!(self.0, "\n{}", path.display());
        let (mut want, mut got) = (want.lines(), got.lines());
        loop {
            match (want.next(), got.next()) {
                (None, None) => break,
                (want, got) if want == got => {}
                (want, got) => {
                    let _ = writeln!(self.0, "  want {}\n  got  {}", want.unwrap_or("-"), got.unwrap_or("-"));
                }
            }
        }
    }

    /// Fails if there was a difference.
    pub(crate) fn are_none(self) {
        assert!(self.0.is_empty(), "UPDATE_GOLDEN=1 writes these anew:{}", self.0);
    }
}
