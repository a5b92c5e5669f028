mod schedule;

pub use schedule::Schedule;

use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, OrderTransport, Party, Progress, Receipt, Timer,
};
use std::fmt;
use std::time::Duration;

/// Sends again what was not delivered, by a [`Schedule`].
///
/// | the attempt ended | then |
/// |---|---|
/// | delivered, or intercepted | done |
/// | not delivered, and the [supplier](Party::Supplier) or the [network](Party::Network) can act | wait and send again |
/// | not delivered, and only the [caller](Party::Caller) can act | the error |
/// | rejected | the error |
/// | unknown | the error, unless [asked for](Retry::with_unknown_sent_again), safe, and not for the caller to act |
///
/// Time mends nothing of what only the caller can: a wrong setting, an order
/// that cannot be sent, a missing directory, a full disk here, a host key or
/// an issuer that is not trusted here ([`Kind::Tls`](crate::Kind::Tls)). A
/// server certificate that has expired is for the supplier to mend, and is
/// tried again. Which it is, [`Error::who_can_act`] says.
///
/// A wait is the schedule's or the peer's
/// [`retry_after`](Error::retry_after), whichever is longer, and jitter comes
/// on top. When the schedule is used up, the last error is returned. It says
/// *unknown* if any of the attempts does.
///
/// The [`attempt`](Consignment::attempt) counts up from that of the
/// consignment given. Nothing is kept between calls: an order that must
/// outlast a restart needs somebody who stores it.
pub struct Retry<T> {
    transport: T,
    schedule: Schedule,
    timer: Box<dyn Timer>,
    chance: Option<Box<dyn Fn() -> f64 + Send + Sync>>,
    unknown_too: bool,
}

impl<T: OrderTransport> Retry<T> {
    /// Sends through the transport, and waits with the timer.
    #[must_use]
    pub fn new(transport: T, schedule: Schedule, timer: impl Timer + 'static) -> Self {
        Self { transport, schedule, timer: Box::new(timer), chance: None, unknown_too: false }
    }

    /// Gives the chance for [`Schedule::jitter_percent`]: called before each
    /// wait, from 0 to 1. Without it nothing is added.
    #[must_use]
    pub fn with_jitter(mut self, chance: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.chance = Some(Box::new(chance));
        self
    }

    /// Sends again also what may have arrived, if the transport is
    /// [idempotent](Capabilities::idempotent); not unless set, and never
    /// through any other transport.
    ///
    /// Ask the supplier before: in a directory a file is recognised while it
    /// lies there, and one that was taken away in the meantime is put there a
    /// second time.
    #[must_use]
    pub fn with_unknown_sent_again(mut self, again: bool) -> Self {
        self.unknown_too = again;
        self
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        let mut consignment = consignment.clone();
        let mut in_doubt = false;
        let mut retry = 0_u32;
        loop {
            progress.begins(consignment.attempt);
            let error = match self.transport.send_watched(&consignment, progress.clone()).await {
                Ok(receipt) => return Ok(receipt),
                Err(error) => error,
            };
            retry = retry.saturating_add(1);
            let wait = if self.may_help(&error) { self.wait(retry, &error) } else { None };
            in_doubt |= error.disposition() == Disposition::Unknown;
            // asked for, so no journal holds it back
            consignment.again |= in_doubt;
            let error = if in_doubt { error.still_unknown() } else { error };
            // one that was held back does not undo those before it
            let error = if retry > 1 { error.made() } else { error };
            if error.disposition() == Disposition::NotDelivered {
                progress.stays();
            }
            let Some(wait) = wait else { return Err(error) };
            progress.waits(wait);
            self.timer.sleep(wait).await;
            consignment.attempt = consignment.attempt.saturating_add(1);
        }
    }

    /// Whether the same again may end otherwise, and does no harm.
    fn may_help(&self, error: &Error) -> bool {
        let is_safe = match error.disposition() {
            Disposition::NotDelivered => true,
            Disposition::Rejected => false,
            Disposition::Unknown => self.unknown_too && self.transport.capabilities().idempotent,
        };
        is_safe && error.who_can_act() != Party::Caller
    }

    fn wait(&self, retry: u32, error: &Error) -> Option<Duration> {
        let asked = error.retry_after().unwrap_or_default();
        if asked > self.schedule.longest_retry_after {
            return None;
        }
        let wait = self.schedule.wait_before(retry)?.max(asked);
        let jitter = self.chance.as_ref().map(|chance| self.schedule.jitter(wait, chance()));
        Some(wait.saturating_add(jitter.unwrap_or_default()))
    }
}

impl<T: OrderTransport> OrderTransport for Retry<T> {
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

impl<T: OrderTransport> fmt::Debug for Retry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("endpoint", &self.endpoint())
            .field("schedule", &self.schedule)
            .field("unknown_sent_again", &self.unknown_too)
            .finish_non_exhaustive()
    }
}
