//! `punchout order release`

use std::path::Path;

use punchout::transport::{Intercept, Kind, OrderTransport as _, Outcome};

use super::delivery::{self, Noted, Watched};
use super::log::Log;
use super::report::Report;
use super::send::transport;
use crate::args::order::Release;
use crate::connection::load;
use crate::failure::Failure;
use crate::output::{Verdict, printable};

/// Sends an order in doubt all the same.
const ANYWAY: &str = "--anyway";

pub(super) fn run(args: &Release) -> Result<Verdict, Failure> {
    let name = args.place.display().to_string();
    let (Some(id), Some(directory)) =
        (args.place.file_name().and_then(|id| id.to_str()), args.place.parent())
    else {
        return Err(Failure::Usage(format!("{} is no directory and identifier", printable(&name))));
    };
    let directory = if directory == Path::new("") { Path::new(".") } else { directory };
    let intercept = Intercept::new(directory);
    let mut connection = load(&args.connection)?;
    // what is released is sent at last
    connection.order.intercept = None;
    let journal = Log::of(&connection)?;
    let transport = transport(&connection, journal.as_ref(), &args.connection)?;
    let unreadable = |source| Failure::Release { name: name.clone(), source };
    let held = intercept.entry(id).map_err(unreadable)?;
    let consignment = intercept.consignment(id).map_err(unreadable)?;
    let leads_to = transport.endpoint().unwrap_or_default();
    if held.endpoint != leads_to && !args.elsewhere {
        return Err(Failure::Usage(format!(
            "{} was on its way to {}, and the connection leads to {}: use --elsewhere if that is meant",
            printable(&name),
            printable(&held.endpoint),
            printable(&leads_to)
        )));
    }
    let watched = Watched::new(&*transport);
    let outcome = if args.anyway {
        delivery::run(&watched, intercept.release_anyway(id, &watched))?
    } else if args.elsewhere {
        delivery::run(&watched, intercept.release_elsewhere(id, &watched))?
    } else {
        delivery::run(&watched, intercept.release(id, &watched))?
    };
    let outcome = outcome.unwrap_or_else(|| {
        let noted = match intercept.entry(id).map(|held| held.outcome) {
            Ok(Outcome::Intercepted | Outcome::NotDelivered | Outcome::Rejected) => Noted::Settled,
            _ => Noted::InDoubt("what is kept"),
        };
        delivery::broken_off(&watched, &consignment, noted)
    });
    if let Some(journal) = &journal {
        journal.warn(&consignment, &outcome, ANYWAY);
    }
    match outcome {
        // it was removed, or damaged, in the meantime; nothing was sent
        Err(source) if source.evidence().is_none() && source.kind() == Kind::Damaged => {
            Err(unreadable(source))
        }
        outcome => Ok(Report::new(&consignment, &outcome, Some(ANYWAY)).write(args.format)),
    }
}
