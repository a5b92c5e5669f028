use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Format;

#[derive(Debug, Subcommand)]
pub(crate) enum ConnectionCommand {
    Check(Check),
}

/// Say what is wrong with the description of a connection, before an order finds out
///
/// Nothing is sent and nobody is called. Secrets and files that the description names are looked
/// for, and keys and certificates are read; what is missing is reported. No secret is shown.
#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub(crate) struct Check {
    /// The TOML file with the description; `-` for standard input
    ///
    /// Relative paths in it start at its directory.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

const CHECK_HELP: &str = "\
Exit status: 0 when orders could be sent, or the connection has no order leg on purpose; 1 when
there are findings of severity error, or a secret or file is missing; 2 when the file could not be
read or is no description.

Example:
  punchout connection check bolts.toml";
