use super::Past;
use crate::{Disposition, Error, Kind, Party};
use punchout_core::excerpt;
use std::any::Any;
use std::fmt;
use std::pin::Pin;

/// An order being taken for an attempt, or why it cannot be.
pub type Claiming<'a> = Pin<Box<dyn Future<Output = Result<Claim, Error>> + Send + 'a>>;

/// An order that is taken for one attempt, until this is dropped.
#[non_exhaustive]
pub struct Claim {
    /// What is known of it; nothing if it was never sent.
    pub past: Option<Past>,
    /// Where that stands, for people; empty if it has no name.
    pub place: String,
    lock: Option<Box<dyn Any + Send>>,
    /// Why others cannot be kept off, so that nothing may be sent by this.
    pub(super) unlocked: Option<Error>,
}

impl Claim {
    /// Starts with what is known of the order.
    #[must_use]
    pub fn new(past: Option<Past>) -> Self {
        Self { past, place: String::new(), lock: None, unlocked: None }
    }

    /// Says where that stands.
    #[must_use]
    pub fn with_place(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    /// Holds what keeps others off, such as the transaction of a database.
    #[must_use]
    pub fn with_lock(mut self, lock: impl Any + Send) -> Self {
        self.lock = Some(Box::new(lock));
        self
    }

    /// Tells what is known, and that the order could not be taken.
    pub(super) fn unlocked(past: Option<Past>, error: Error) -> Self {
        Self { unlocked: Some(error), ..Self::new(past) }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("past", &self.past)
            .field("place", &self.place)
            .field("is_locked", &self.lock.is_some())
            .field("unlocked", &self.unlocked)
            .finish()
    }
}

/// Somebody else has it: what comes of that is not known here.
pub(super) fn taken(identity: &str) -> Error {
    let text = format!(
        "nothing was sent: the order {} is being sent by somebody else at this moment; look again when that has ended",
        excerpt(identity)
    );
    Error::new(Kind::Unclear, Disposition::Unknown, text).with_party(Party::Caller)
}
