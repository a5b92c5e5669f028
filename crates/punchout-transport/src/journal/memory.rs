use super::claim::{Claim, Claiming, taken};
use super::past::{Tally, Try};
use super::{Journal, Noted};
use crate::{Consignment, Error, Evidence, Outcome, Receipt, Sent};
use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A journal that ends with the process, for tests and demonstrations.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    attempts: Mutex<Vec<Attempt>>,
    taken: Arc<Mutex<BTreeSet<String>>>,
}

impl MemoryJournal {
    /// Starts empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The attempts so far, oldest first.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        locked(&self.attempts).clone()
    }
}

/// Nothing panics while a lock is held, so a poisoned one is sound.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An order that is taken, until it is dropped.
struct Taken {
    all: Arc<Mutex<BTreeSet<String>>>,
    identity: String,
}

impl Drop for Taken {
    fn drop(&mut self) {
        locked(&self.all).remove(&self.identity);
    }
}

impl Journal for MemoryJournal {
    fn claim<'a>(&'a self, identity: &'a str) -> Claiming<'a> {
        Box::pin(async move {
            if !locked(&self.taken).insert(identity.to_owned()) {
                return Err(taken(identity));
            }
            let lock = Taken { all: Arc::clone(&self.taken), identity: identity.to_owned() };
            let mut tally = Tally::default();
            for attempt in locked(&self.attempts).iter().filter(|attempt| attempt.identity == identity) {
                let (endpoint, files) = (attempt.endpoint.clone(), attempt.sent.clone());
                tally.started(Try { number: attempt.number, endpoint, files });
                if let Some(outcome) = attempt.outcome {
                    tally.ended(attempt.number, outcome);
                }
            }
            Ok(Claim::new(tally.past()).with_lock(lock))
        })
    }

    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a> {
        Box::pin(async move {
            let evidence = Evidence::new(endpoint.unwrap_or_default(), consignment);
            locked(&self.attempts).push(Attempt {
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
            let mut attempts = locked(&self.attempts);
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
