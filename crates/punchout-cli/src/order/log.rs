//! The journal of a connection, where it has one.

use std::io::{self, Write as _};

use punchout::connection::Connection;
use punchout::transport::{Consignment, DirectoryJournal, Error, Outcome, Past, Receipt};

use super::delivery::Noted;
use crate::failure::{Failure, in_full};
use crate::output::printable;

pub(super) struct Log {
    pub(super) directory: DirectoryJournal,
}

impl Log {
    /// Without it nobody knows whether an order was sent before: then nothing is
    /// begun.
    pub(super) fn of(connection: &Connection) -> Result<Option<Self>, Failure> {
        let Some(path) = &connection.order.journal else { return Ok(None) };
        if !path.is_dir() {
            let path = path.display().to_string();
            return Err(Failure::Usage(format!(
                "the journal {} is no directory: create it, or mount the one that earlier orders are noted in",
                printable(&path)
            )));
        }
        Ok(Some(Self { directory: DirectoryJournal::new(path) }))
    }

    fn past(&self, consignment: &Consignment) -> Result<Option<Past>, Error> {
        self.directory.past(&consignment.identity)
    }

    /// What is noted of an order whose delivery was broken off.
    pub(super) fn noted(&self, consignment: &Consignment) -> Noted {
        match self.past(consignment) {
            Ok(None) => Noted::Nowhere,
            Ok(Some(past)) if past.outcome == Outcome::Unknown => Noted::InDoubt("the journal"),
            Ok(Some(past)) if past.outcome == Outcome::Delivered => Noted::Delivered(past),
            Ok(Some(_)) => Noted::Settled,
            // what cannot be read may say anything
            Err(_) => Noted::InDoubt("the journal"),
        }
    }

    /// Says what the journal could not note, and what follows from that: nobody
    /// else can. The flag is for sending an order in doubt all the same.
    pub(super) fn warn(&self, consignment: &Consignment, outcome: &Result<Receipt, Error>, flag: &str) {
        let became = Outcome::of(outcome.as_ref());
        let failure = self.directory.take_failure();
        let noted = self.past(consignment).map(|past| past.map(|past| past.outcome));
        let warning = match (failure, noted) {
            (Some(failure), noted) => format!(
                "the end of an attempt could not be noted: {}: {}",
                in_full(&failure),
                follows(became, noted.ok().flatten(), flag)
            ),
            // one that was not made because it could not be noted, and whose note could not be taken
            // back
            (None, Ok(Some(Outcome::Unknown))) if became != Outcome::Unknown => format!(
                "the journal {} notes the start of an attempt and no end, though nothing was sent: {}",
                self.directory.file(&consignment.identity).display(),
                follows(became, Some(Outcome::Unknown), flag)
            ),
            (None, _) => return,
        };
        // with stderr gone there is nobody left to tell
        let _ = writeln!(io::stderr().lock(), "warning: {}", printable(&warning));
    }
}

/// What follows for the next one who sends this order.
fn follows(became: Outcome, noted: Option<Outcome>, flag: &str) -> String {
    let known = match became {
        Outcome::Unknown => "it may have arrived".to_owned(),
        became => format!("it was {}", became.as_str().replace('-', " ")),
    };
    match noted {
        Some(noted) if noted == became => {
            format!("that {known} is noted, but not all that was seen of it: keep this output")
        }
        Some(Outcome::Unknown) if became == Outcome::Delivered => {
            format!("{known}, and by the journal it may have arrived: do not send it with {flag}")
        }
        Some(Outcome::Unknown) => format!(
            "{known}, and by the journal it may have arrived: look at that, for it is sent again only with {flag}"
        ),
        Some(noted) => format!(
            "{known}, and by the journal it was {}: keep this output",
            noted.as_str().replace('-', " ")
        ),
        // or nothing there can be read
        None if matches!(became, Outcome::Delivered | Outcome::Unknown) => format!(
            "{known}, and without a note it could be sent twice: bring the journal back before anything is sent"
        ),
        None => {
            format!("{known}, and the journal does not know of it: bring it back before anything is sent")
        }
    }
}
