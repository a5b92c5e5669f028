//! `punchout order send`

use std::io::{self, Write as _};

use punchout::connection::SystemSecrets;
use punchout::cxml::secret::Secrets;
use punchout::transport::{Consignment, DirectoryJournal, Error, OrderTransport as _, Outcome, Receipt};

use super::attached;
use super::delivery::{self, Noted, Watched};
use super::report::Report;
use crate::args::order::Send;
use crate::connection::{load, unusable};
use crate::failure::{Failure, in_full};
use crate::input::Input;
use crate::output::{Verdict, printable};
use crate::redacted::Redacted;

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
    let transport =
        connection.transport(&SystemSecrets).map_err(|source| unusable(&args.connection, source))?;
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
    // what is intercepted is not noted
    let journal = connection.order.journal.as_ref().filter(|_| connection.order.intercept.is_none());
    let journal = journal.map(DirectoryJournal::new);
    let outcome = match (outcome, &journal) {
        (Some(outcome), Some(journal)) => {
            check_noted(journal, &consignment, &outcome);
            outcome
        }
        (Some(outcome), None) => outcome,
        (None, journal) => {
            let noted = journal.as_ref().map_or(Noted::Nowhere, |journal| noted(journal, &consignment));
            delivery::broken_off(&watched, &consignment, noted)
        }
    };
    let mut report = Report::new(&consignment, &outcome);
    if journal.is_some() {
        report = report.with_override("--again");
    }
    Ok(report.with_kept_in(connection.order.intercept.as_deref(), &args.connection).write(args.format))
}

/// What the journal says of an order whose delivery was broken off.
fn noted(journal: &DirectoryJournal, consignment: &Consignment) -> Noted {
    match journal.past(&consignment.identity) {
        Ok(None) => Noted::Nowhere,
        Ok(Some(past)) if past.outcome == Outcome::Unknown => Noted::InDoubt("the journal"),
        Ok(Some(past)) if past.outcome == Outcome::Delivered => Noted::Delivered(past),
        Ok(Some(_)) => Noted::Settled,
        // what cannot be read may say anything
        Err(_) => Noted::InDoubt("the journal"),
    }
}

/// Says when the journal did not take what came of it: nobody else can.
fn check_noted(journal: &DirectoryJournal, consignment: &Consignment, outcome: &Result<Receipt, Error>) {
    let noted = journal.past(&consignment.identity).ok().flatten().map(|past| past.outcome);
    let is_lost = match noted {
        Some(noted) => noted == Outcome::Unknown && Outcome::of(outcome.as_ref()) != Outcome::Unknown,
        None => outcome.is_ok(),
    };
    if is_lost {
        let file = journal.file(&consignment.identity).display().to_string();
        // with stderr gone there is nobody left to tell
        let _ = writeln!(
            io::stderr().lock(),
            "warning: the journal {} could not note what came of it: see to its disk; to the next one who looks there the order may have arrived",
            printable(&file)
        );
    }
}

pub(super) fn unsendable(input: &Input, error: &dyn std::error::Error) -> Failure {
    let why = Secrets::of(&input.bytes).hide(&in_full(error)).into_owned();
    Failure::Order { name: input.name.clone(), why }
}
