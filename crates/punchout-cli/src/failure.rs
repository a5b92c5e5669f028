use std::error::Error as StdError;
use std::fmt::Write as _;
use std::io;

use punchout::oci;
use punchout::oci::profile::ProfileError;
use thiserror::Error;

/// Why the program could not run.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The arguments do not go together, or name what is not there.
    #[error("{0}")]
    Usage(String),
    #[error("cannot read {name}")]
    Read { name: String, source: io::Error },
    #[error("{name} has more than {limit} bytes")]
    TooLong { name: String, limit: usize },
    #[error("cannot read {name}")]
    Decode { name: String, source: oci::Error },
    #[error("cannot read the profile {name}")]
    Profile { name: String, source: ProfileError },
    #[error("cannot write the call-up")]
    CallUp(#[source] oci::Error),
    #[error("cannot write the output")]
    Write(#[source] io::Error),
}

impl Failure {
    /// The message with its causes, on one line.
    pub(crate) fn in_full(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            let _ = write!(text, ": {error}");
            cause = error.source();
        }
        text
    }
}
