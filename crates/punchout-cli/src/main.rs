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
mod not_run;
mod oci;
mod order;
mod output;
mod redacted;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let wants_json = not_run::wants_json(&arguments);
    let command = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli.command,
        Err(error) => return not_run::tell_of_arguments(&error, wants_json),
    };
    let run = match command {
        Command::Connection(command) => connection::run(command),
        Command::Cxml(command) => cxml::run(command),
        Command::Oci(command) => oci::run(command),
        Command::Order(command) => order::run(command),
    };
    match run {
        Ok(verdict) => verdict.into(),
        Err(failure) => not_run::tell(&failure, wants_json),
    }
}
