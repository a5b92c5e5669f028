//! `punchout oci callup …`

mod build;
mod read;

use crate::args::oci::Callup;
use crate::failure::Failure;
use crate::output::Verdict;

pub(super) fn run(command: Callup) -> Result<Verdict, Failure> {
    match command {
        Callup::Build(args) => build::run(*args),
        Callup::Read(args) => read::run(&args),
    }
}
