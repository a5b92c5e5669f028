//! `punchout order send`

use std::path::Path;

use punchout::connection::{Connection, SystemSecrets};
use punchout::cxml::secret::Secrets;
use punchout::transport::OrderTransport;

use super::attached;
use super::delivery::{self, Noted, Watched};
use super::log::Log;
use super::report::Report;
use crate::args::order::Send;
use crate::connection::{load, unusable};
use crate::failure::{Failure, in_full};
use crate::input::Input;
use crate::output::Verdict;
use crate::redacted::Redacted;

/// Sends an order in doubt all the same.
const AGAIN: &str = "--again";

pub(super) fn run(args: &Send) -> Result<Verdict, Failure> {
    if [&args.file, &args.connection].iter().all(|path| path.as_os_str() == "-") {
        return Err(Failure::Usage("standard input can be read once only".to_owned()));
    }
    let mut connection = load(&args.connection)?;
    if let Some(directory) = &args.intercept {
        connection.order.intercept = Some(directory.clone());
    }
    let mut input = Input::document(&args.file)?;
    let package = attached::package(&mut input, &args.attach)?;
    // what is intercepted is not noted
    let journal = if connection.order.intercept.is_none() { Log::of(&connection)? } else { None };
    let transport = transport(&connection, journal.as_ref(), &args.connection)?;
    let mut sink = Redacted::new(&input.bytes);
    let made = connection.consignment_of(&package, &mut sink);
    let verdict = sink.tell(&input);
    let consignment = made.map_err(|error| unsendable(&input, &error))?.with_again(args.again);
    if verdict != Verdict::Good && !args.despite_errors {
        let why = "it has findings of severity error; mend it, or use --despite-errors".to_owned();
        return Err(Failure::Order { name: input.name, why });
    }
    let watched = Watched::new(&*transport);
    let outcome = delivery::run(&watched, watched.send(&consignment))?;
    let outcome = outcome.unwrap_or_else(|| {
        let noted = journal.as_ref().map_or(Noted::Nowhere, |journal| journal.noted(&consignment));
        delivery::broken_off(&watched, &consignment, noted)
    });
    if let Some(journal) = &journal {
        journal.warn(&consignment, &outcome, AGAIN);
    }
    let flag = journal.is_some().then_some(AGAIN);
    let report = Report::new(&consignment, &outcome, flag).with_way(transport.endpoint().as_deref(), AGAIN);
    Ok(report.with_kept_in(connection.order.intercept.as_deref(), &args.connection).write(args.format))
}

/// The transport of a connection, noting where it is asked afterwards.
pub(super) fn transport(
    connection: &Connection,
    journal: Option<&Log>,
    path: &Path,
) -> Result<Box<dyn OrderTransport>, Failure> {
    let made = match journal {
        Some(journal) => connection.transport_with_journal(&SystemSecrets, journal.directory.clone()),
        None => connection.transport(&SystemSecrets),
    };
    made.map_err(|source| unusable(path, source))
}

pub(super) fn unsendable(input: &Input, error: &dyn std::error::Error) -> Failure {
    let why = Secrets::of(&input.bytes).hide(&in_full(error)).into_owned();
    Failure::Order { name: input.name.clone(), why }
}
