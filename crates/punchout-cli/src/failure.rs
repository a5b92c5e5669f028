use std::error::Error as StdError;
use std::io;

use punchout::cxml::secret::Secrets;
use punchout::oci::profile::ProfileError;
use punchout::{connection, cxml, oci, pdf, transport};
use thiserror::Error;

use crate::input::Input;
use crate::output::printable;

/// Why the program could not run.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The arguments do not go together, or name what is not there.
    #[error("{0}")]
    Usage(String),
    #[error("cannot read {}", printable(name))]
    Read { name: String, source: io::Error },
    #[error("{} has more than {limit} bytes", printable(name))]
    TooLong { name: String, limit: usize },
    #[error("cannot read {}", printable(name))]
    Decode { name: String, source: oci::Error },
    /// No XML, no cXML, or beyond the limits; the text says where and why.
    #[error("cannot read {}: {why}", printable(name))]
    Cxml { name: String, why: String, kind: cxml::ErrorKind },
    #[error("cannot use the DTD {}", printable(name))]
    Dtd { name: String, source: cxml::Error },
    #[error("cannot read the profile {}", printable(name))]
    Profile { name: String, source: ProfileError },
    #[error("cannot use the profile {}", printable(name))]
    Advice { name: String, source: cxml::advice::ProfileError },
    #[error("cannot use {}", printable(name))]
    Options { name: String, source: pdf::Error },
    #[error("cannot make a document of {}", printable(name))]
    Pdf { name: String, source: pdf::Error },
    #[error("cannot use the connection {}", printable(name))]
    Connection { name: String, source: connection::Error },
    /// The text is without secrets of the order.
    #[error("cannot send {}: {why}", printable(name))]
    Order { name: String, why: String },
    #[error("cannot release {}", printable(name))]
    Release { name: String, source: transport::Error },
    #[error("cannot run a delivery")]
    Runtime(#[source] io::Error),
    #[error("cannot write the call-up")]
    CallUp(#[source] oci::Error),
    #[error("cannot write {}: {why}", printable(name))]
    Copy { name: String, why: String },
    #[error("cannot write {}", printable(name))]
    WriteFile { name: String, source: io::Error },
    #[error("cannot write the output")]
    Write(#[source] io::Error),
}

impl Failure {
    /// Says why a document could not be read.
    pub(crate) fn document(input: &Input, error: &cxml::Error) -> Self {
        Self::Cxml { name: input.name.clone(), why: said_of(input, error), kind: error.kind() }
    }

    /// Whether the input is beyond a limit.
    pub(crate) fn is_limit(&self) -> bool {
        matches!(self, Self::TooLong { .. } | Self::Cxml { kind: cxml::ErrorKind::Limit, .. })
    }

    /// Says on standard error what went wrong.
    pub(crate) fn tell(&self) {
        // with stderr gone there is nobody left to tell
        let _ = io::Write::write_fmt(&mut io::stderr().lock(), format_args!("error: {}\n", self.in_full()));
    }

    /// The message with its causes, on one line.
    pub(crate) fn in_full(&self) -> String {
        in_full(self)
    }
}

/// What the library says about a document, without secrets of that.
pub(crate) fn said_of(input: &Input, error: &cxml::Error) -> String {
    Secrets::of(&input.bytes).hide(&in_full(error)).into_owned()
}

/// The message of an error with its causes, on one line.
pub(crate) fn in_full(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.extend([": ", &error.to_string()]);
        cause = error.source();
    }
    text
}
