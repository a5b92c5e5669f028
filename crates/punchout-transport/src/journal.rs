mod claim;
mod directory;
mod journaled;
mod memory;
mod past;

pub use claim::{Claim, Claiming};
pub use directory::DirectoryJournal;
pub use journaled::Journaled;
pub use memory::{Attempt, MemoryJournal};
pub use past::Past;

use crate::{Consignment, Error, Receipt};
use std::error::Error as StdError;
use std::ops::Deref;
use std::pin::Pin;

/// A note being written, or why it cannot be.
pub type Noted<'a> = Pin<Box<dyn Future<Output = Result<(), Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where [`Journaled`] looks and writes, such as a table of a database.
///
/// An attempt that has started and not ended is in doubt: the process or the
/// future came to its end in between. It counts as
/// [`Unknown`](crate::Disposition::Unknown).
pub trait Journal: Send + Sync {
    /// Takes an order for one attempt, and tells what is known of it.
    ///
    /// From the look to the end of the attempt nobody else may have it, not in
    /// another process either: otherwise two that look at one moment send it
    /// twice. A row of a database would be locked until the [`Claim`] is
    /// dropped.
    ///
    /// # Errors
    /// When somebody else is sending this order, or when it cannot be told what
    /// is known of it, be it that the journal is gone: *unknown*, for it may have
    /// been sent before. The attempt is not made.
    fn claim<'a>(&'a self, identity: &'a str) -> Claiming<'a>;

    /// Notes that an attempt begins, and where to. It must outlast a crash
    /// before this ends.
    ///
    /// # Errors
    /// When it cannot be noted; then the attempt is not made.
    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a>;

    /// Notes what the attempt came to: receipt or error, with
    /// [`Evidence`](crate::Evidence), answer and retry-after.
    ///
    /// It has no error, for what happened has happened: a journal that cannot
    /// write says so where its operator looks, and the attempt stays in doubt.
    fn ended<'a>(
        &'a self,
        consignment: &'a Consignment,
        outcome: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

/// A pointer to a journal is one: a reference, a `Box`, an `Arc`.
impl<P> Journal for P
where
    P: Deref + Send + Sync,
    P::Target: Journal,
{
    fn claim<'a>(&'a self, identity: &'a str) -> Claiming<'a> {
        (**self).claim(identity)
    }

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
