//! The program `punchout`: reads, checks and writes punch-out documents.
//!
//! It holds no knowledge of its own: every command reads its arguments, calls
//! the library, and shows what came of it. `punchout help` is its manual.

mod args;
mod failure;
mod input;
mod oci;
mod output;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};

fn main() -> ExitCode {
    let run = match Cli::parse().command {
        Command::Oci(command) => oci::run(command),
    };
    match run {
        Ok(verdict) => verdict.into(),
        Err(failure) => {
            // with stderr gone there is nobody left to tell
            let _ = writeln!(io::stderr().lock(), "error: {}", failure.in_full());
            ExitCode::from(2)
        }
    }
}
