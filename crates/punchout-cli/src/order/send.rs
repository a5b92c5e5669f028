//! `punchout order send`

use punchout::connection::{self, Connection, SystemSecrets};
use punchout::cxml::secret::Secrets;
use punchout::transport::{
    Consignment, DirectoryJournal, Disposition, Error, Evidence, Kind, OrderTransport, Outcome, Receipt,
};

use super::delivery::{self, Watched};
use super::report::Report;
use crate::args::order::Send;
use crate::connection::{load, unusable};
use crate::failure::{Failure, in_full};
use crate::input::Input;
use crate::output::Verdict;
use crate::redacted::Redacted;

pub(super) fn run(args: &Send) -> Result<Verdict, Failure> {
    let mut connection = load(&args.connection)?;
    if let Some(directory) = &args.intercept {
        connection.order.intercept = Some(directory.clone());
    }
    let input = Input::document(&args.file)?;
    let transport =
        connection.transport(&SystemSecrets).map_err(|source| unusable(&args.connection, source))?;
    let mut sink = Redacted::new(&input.bytes);
    let made = connection.consignment(&input.bytes, &mut sink);
    let verdict = sink.tell(&input);
    let mut consignment = made.map_err(|error| unsendable(&input, &error))?;
    if verdict != Verdict::Good && !args.despite_errors {
        let why = "it has findings of severity error; mend it, or use --despite-errors".to_owned();
        return Err(Failure::Order { name: input.name, why });
    }
    let outcome = if let Some(outcome) = before(&connection, &*transport, &mut consignment, args.again) {
        outcome
    } else {
        let watched = Watched::new(&*transport);
        let is_noted = connection.order.journal.is_some() && connection.order.intercept.is_none();
        delivery::run(&watched, watched.send(&consignment), is_noted)?
    };
    let kept_in = connection.order.intercept.as_deref();
    Report::new(&consignment, &outcome).with_kept_in(kept_in, &args.connection).write(args.format)
}

/// What the journal says of earlier attempts, when that forbids another one.
fn before(
    connection: &Connection,
    transport: &dyn OrderTransport,
    consignment: &mut Consignment,
    again: bool,
) -> Option<Result<Receipt, Error>> {
    let journal = connection.order.journal.as_ref().filter(|_| connection.order.intercept.is_none())?;
    let journal = DirectoryJournal::new(journal);
    let past = match journal.past(&consignment.identity) {
        Ok(past) => past?,
        Err(error) => return Some(Err(error)),
    };
    let mut evidence = Evidence::new(transport.endpoint().unwrap_or_default(), consignment);
    evidence.attempt = past.attempt;
    consignment.attempt = past.attempt.saturating_add(1);
    match past.outcome {
        _ if again => None,
        Outcome::Delivered => Some(Ok(Receipt::new(evidence).with_already_there(true))),
        Outcome::Unknown => {
            let text = format!(
                "nothing was sent: by the journal {} attempt {} may have arrived; ask the supplier, then use --again",
                journal.file(&consignment.identity).display(),
                past.attempt
            );
            Some(Err(Error::new(Kind::Unclear, Disposition::Unknown, text).with_evidence(evidence)))
        }
        _ => None,
    }
}

fn unsendable(input: &Input, error: &connection::Error) -> Failure {
    let why = Secrets::of(&input.bytes).hide(&in_full(error)).into_owned();
    Failure::Order { name: input.name.clone(), why }
}
