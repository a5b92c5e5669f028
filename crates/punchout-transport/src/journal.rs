mod directory;

pub use directory::{DirectoryJournal, Past};

use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, Kind, OrderTransport, Outcome,
    Progress, Receipt, Sent,
};
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A note being written, or why it cannot be.
pub type Noted<'a> = Pin<Box<dyn Future<Output = Result<(), Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where [`Journaled`] writes, such as a table of a database.
///
/// An attempt that has started and not ended is in doubt: the process or the
/// future came to its end in between. It counts as
/// [`Unknown`](Disposition::Unknown).
pub trait Journal: Send + Sync {
    /// Notes that an attempt begins, and where to. It must outlast a crash
    /// before this ends.
    ///
    /// # Errors
    /// When it cannot be noted; then the attempt is not made.
    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a>;

    /// Notes what the attempt came to: receipt or error, with
    /// [`Evidence`], answer and retry-after.
    ///
    /// It has no error, for what happened has happened: a journal that cannot
    /// write says so where its operator looks, and the attempt stays in doubt.
    fn ended<'a>(
        &'a self,
        consignment: &'a Consignment,
        outcome: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

impl<J: Journal + ?Sized> Journal for Arc<J> {
    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a> {
        (**self).started(consignment, endpoint)
    }

    fn ended<'a>(
        &'a self,
        consignment: &'a Consignment,
        outcome: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        (**self).ended(consignment, outcome)
    }
}

/// Notes in a [`Journal`] that an attempt begins, and what came of it.
///
/// A consignment that fails [`Consignment::check`] begins nothing. When the
/// beginning cannot be noted, nothing is sent: [`Kind::Storage`], *not
/// delivered*. Around [`Retry`](crate::Retry) it notes the whole series as
/// one attempt; inside it, each attempt.
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
        self.journal.started(consignment, endpoint.clone()).await.map_err(|error| {
            let text = "the attempt cannot be noted in the journal: nothing was sent";
            Error::new(Kind::Storage, Disposition::NotDelivered, text)
                .with_source(error)
                .with_evidence(Evidence::new(endpoint.unwrap_or_default(), consignment))
        })?;
        let outcome = self.transport.send_watched(consignment, progress).await;
        self.journal.ended(consignment, outcome.as_ref()).await;
        outcome
    }
}

impl<T: OrderTransport, J: Journal> OrderTransport for Journaled<T, J> {
    fn capabilities(&self) -> Capabilities {
        self.transport.capabilities()
    }

    fn endpoint(&self) -> Option<String> {
        self.transport.endpoint()
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

/// A journal that ends with the process, for tests and demonstrations.
#[derive(Debug, Default)]
pub struct MemoryJournal(Mutex<Vec<Attempt>>);

impl MemoryJournal {
    /// Starts empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The attempts so far, oldest first.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        self.lock().clone()
    }

    /// Nothing panics while the lock is held, so a poisoned one is sound.
    fn lock(&self) -> MutexGuard<'_, Vec<Attempt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for MemoryJournal {
    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a> {
        Box::pin(async move {
            let evidence = Evidence::new(endpoint.unwrap_or_default(), consignment);
            self.lock().push(Attempt {
                identity: consignment.identity.clone(),
                order_number: consignment.order_number.clone(),
                number: evidence.attempt,
                endpoint: evidence.endpoint,
                sent: evidence.sent,
                outcome: None,
                detail: String::new(),
            });
            Ok(())
        })
    }

    fn ended<'a>(
        &'a self,
        consignment: &'a Consignment,
        outcome: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            let mut attempts = self.lock();
            let begun = attempts.iter_mut().rev().find(|attempt| {
                attempt.outcome.is_none()
                    && attempt.identity == consignment.identity
                    && attempt.number == consignment.attempt
            });
            if let Some(attempt) = begun {
                attempt.outcome = Some(Outcome::of(outcome));
                attempt.detail = match outcome {
                    Ok(receipt) => receipt.reference.clone().unwrap_or_default(),
                    Err(error) => error.to_string(),
                };
            }
        })
    }
}

/// An attempt in a [`MemoryJournal`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// What stays the same over all attempts.
    pub identity: String,
    /// The buyer's number of the order.
    pub order_number: String,
    /// The number of the attempt, starting at 1.
    pub number: u32,
    /// Where to, without secrets; empty when the transport does not say.
    pub endpoint: String,
    /// The files with their hashes.
    pub sent: Vec<Sent>,
    /// What it came to; absent when it has not ended, which is as good as
    /// [`Outcome::Unknown`].
    pub outcome: Option<Outcome>,
    /// The peer's reference, or the text of the error.
    pub detail: String,
}
