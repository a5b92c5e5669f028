//! `punchout oci …`

mod callup;
mod decode;
mod profiles;
mod rules;

use crate::args::oci::OciCommand;
use crate::failure::Failure;
use crate::output::Verdict;

pub(crate) fn run(command: OciCommand) -> Result<Verdict, Failure> {
    match command {
        OciCommand::Decode(args) => decode::run(&args),
        OciCommand::Callup(command) => callup::run(command),
        OciCommand::Profiles(args) => profiles::run(&args),
        OciCommand::Rules(args) => rules::run(&args),
    }
}
