use std::error::Error as StdError;
use std::io;

use punchout::oci::profile::ProfileError;
use punchout::{cxml, oci};
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
    #[error("cannot read {name}")]
    Cxml { name: String, source: cxml::Error },
    /// XML it is not; the text says where and why.
    #[error("cannot read {name}: {why}")]
    Malformed { name: String, why: String },
    #[error("cannot use the DTD {name}")]
    Dtd { name: String, source: cxml::Error },
    #[error("cannot read the profile {name}")]
    Profile { name: String, source: ProfileError },
    #[error("cannot use the profile {name}")]
    Advice { name: String, source: cxml::advice::ProfileError },
    #[error("cannot write the call-up")]
    CallUp(#[source] oci::Error),
    #[error("cannot write {name}")]
    Copy { name: String, source: cxml::Error },
    #[error("cannot write {name}")]
    WriteFile { name: String, source: io::Error },
    #[error("cannot write the output")]
    Write(#[source] io::Error),
}

impl Failure {
    /// Says on standard error what went wrong.
    pub(crate) fn tell(&self) {
        // with stderr gone there is nobody left to tell
        let _ = io::Write::write_fmt(&mut io::stderr().lock(), format_args!("error: {}\n", self.in_full()));
    }

    /// The message with its causes, on one line.
    pub(crate) fn in_full(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            text.extend([": ", &error.to_string()]);
            cause = error.source();
        }
        text
    }
}
