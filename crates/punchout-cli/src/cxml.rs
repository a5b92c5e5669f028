//! `punchout cxml …`

mod anonymise;
mod check;
mod copy;
mod show;

use crate::args::cxml::CxmlCommand;
use crate::failure::Failure;
use crate::output::Verdict;

pub(crate) fn run(command: CxmlCommand) -> Result<Verdict, Failure> {
    match command {
        CxmlCommand::Check(args) => check::run(&args),
        CxmlCommand::Show(args) => show::run(&args),
        CxmlCommand::Copy(args) => copy::run(&args),
        CxmlCommand::Anonymise(args) => anonymise::run(&args),
    }
}
