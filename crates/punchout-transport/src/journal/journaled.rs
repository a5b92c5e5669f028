use super::{Claim, Journal, Past};
use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, Kind, OrderTransport, Outcome, Party,
    Progress, Receipt,
};
use punchout_core::excerpt;
use std::fmt;

/// Looks into a [`Journal`], makes the attempt if that does not forbid it, and
/// notes that it begins and what came of it.
///
/// | by the journal the order | then |
/// |---|---|
/// | was never sent, was intercepted, rejected or not delivered | it is sent |
/// | was delivered, its first file with the same bytes | nothing is sent; the receipt says [`already_there`](Receipt::already_there), with the hashes that were noted, and its evidence names the files beside it that are others now |
/// | was delivered, its first file with other bytes | nothing is sent: [`Kind::Exists`], *rejected*; a changed order needs an identity of its own |
/// | may have arrived: an attempt came to that, or has not ended | nothing is sent: [`Kind::Unclear`], *unknown* |
/// | is being sent by somebody else at this moment | nothing is sent: [`Kind::Unclear`], *unknown* |
///
/// [`Consignment::again`] overrides all but the last row; where the order
/// arrived before, or may have, an error then still says *unknown*. The number
/// of the attempt goes on from the last one that was noted.
///
/// A consignment that fails [`Consignment::check`] begins nothing. When the
/// beginning cannot be noted, nothing is sent: [`Kind::Storage`], *not
/// delivered* unless an earlier attempt says otherwise. Around
/// [`Retry`](crate::Retry) it notes the whole series as one attempt; inside it,
/// each attempt.
pub struct Journaled<T, J> {
    transport: T,
    journal: J,
}

impl<T: OrderTransport, J: Journal> Journaled<T, J> {
    /// Sends through the transport and writes to the journal.
    #[must_use]
    pub fn new(transport: T, journal: J) -> Self {
        Self { transport, journal }
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        consignment.check()?;
        let endpoint = self.endpoint();
        let mut evidence = Evidence::new(endpoint.clone().unwrap_or_default(), consignment);
        // held until the end is noted
        let mut claim = match self.journal.claim(&consignment.identity).await {
            Ok(claim) => claim,
            Err(error) => return Err(error.with_evidence(evidence).never_made()),
        };
        let mut consignment = consignment.clone();
        if let Some(past) = &claim.past {
            if !consignment.again
                && let Some(known) = known(&claim, past, &consignment, &evidence)
            {
                return known.map_err(Error::never_made);
            }
            consignment.attempt = consignment.attempt.max(past.attempt.saturating_add(1));
            evidence.attempt = consignment.attempt;
        }
        // what this attempt comes to does not undo an earlier one
        let before = claim.past.as_ref().map(|past| past.outcome);
        let told = |error: Error| match before {
            Some(Outcome::Delivered) => error.after_delivery(),
            Some(Outcome::Unknown) => error.still_unknown(),
            _ => error,
        };
        if let Some(error) = claim.unlocked.take() {
            return Err(told(error.with_evidence(evidence)).never_made());
        }
        self.journal.started(&consignment, endpoint).await.map_err(|error| {
            let text = "the attempt cannot be noted in the journal: nothing was sent";
            let error = Error::new(Kind::Storage, Disposition::NotDelivered, text).with_source(error);
            told(error.with_evidence(evidence)).never_made()
        })?;
        progress.begins(consignment.attempt);
        let outcome = self.transport.send_watched(&consignment, progress).await;
        self.journal.ended(&consignment, outcome.as_ref()).await;
        outcome.map_err(told)
    }
}

/// What it comes to without another attempt, where what is noted forbids one.
fn known(
    claim: &Claim,
    past: &Past,
    consignment: &Consignment,
    asked: &Evidence,
) -> Option<Result<Receipt, Error>> {
    let journal = match claim.place.as_str() {
        "" => "the journal".to_owned(),
        place => format!("the journal {place}"),
    };
    let asked = Evidence { attempt: past.attempt, ..asked.clone() };
    let mut noted = Evidence { sent: past.files.clone(), ..asked.clone() };
    let is_elsewhere = !past.endpoint.is_empty() && past.endpoint != asked.endpoint;
    if is_elsewhere {
        noted.endpoint.clone_from(&past.endpoint);
    }
    match past.outcome {
        Outcome::Delivered => {
            if let Some(other) = past.other_order(&asked.sent) {
                let text = format!(
                    "nothing was sent: by {journal} the order {} was delivered with other bytes, and file {} is not as it was: give a changed order an identity of its own, in cXML a new payloadID",
                    excerpt(&consignment.identity),
                    excerpt(&other.name)
                );
                return Some(Err(Error::new(Kind::Exists, Disposition::Rejected, text).with_evidence(asked)));
            }
            let told = |name| format!("{name}: is not as it was when the order was delivered");
            noted.replies.extend(past.other_attachments(&asked.sent).into_iter().map(told));
            if is_elsewhere {
                let [then, now] = [&past.endpoint, &asked.endpoint];
                noted.replies.push(format!("it was delivered to {then}, and nothing was sent to {now}"));
            }
            Some(Ok(Receipt::new(noted).with_already_there(true)))
        }
        Outcome::Unknown => {
            let text = format!(
                "nothing was sent: by {journal} it may have arrived, attempt {} being the last: ask the supplier, and send it again only if it did not",
                past.attempt
            );
            let error = Error::new(Kind::Unclear, Disposition::Unknown, text).with_party(Party::Caller);
            Some(Err(error.with_evidence(noted)))
        }
        _ => None,
    }
}

impl<T: OrderTransport, J: Journal> OrderTransport for Journaled<T, J> {
    fn capabilities(&self) -> Capabilities {
        self.transport.capabilities()
    }

    fn endpoint(&self) -> Option<String> {
        self.transport.endpoint()
    }

    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        self.transport.accepts(consignment)
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.send_watched(consignment, Progress::new())
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(self.deliver(consignment, progress))
    }
}

impl<T: OrderTransport, J: Journal> fmt::Debug for Journaled<T, J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journaled").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}
