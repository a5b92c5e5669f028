//! The program `punchout`: reads, checks and writes punch-out documents.
//!
//! It holds no knowledge of its own: every command reads its arguments, calls
//! the library, and shows what came of it. `punchout help` is its manual.

mod args;
mod connection;
mod cxml;
mod failure;
mod input;
mod mask;
mod oci;
mod order;
mod output;
mod redacted;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};

fn main() -> ExitCode {
    let run = match Cli::parse().command {
        Command::Connection(command) => connection::run(command),
        Command::Cxml(command) => cxml::run(command),
        Command::Oci(command) => oci::run(command),
        Command::Order(command) => order::run(command),
    };
    match run {
        Ok(verdict) => verdict.into(),
        Err(failure) => {
            failure.tell();
            ExitCode::from(2)
        }
    }
}
