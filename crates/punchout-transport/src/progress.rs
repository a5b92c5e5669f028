use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether an order under way may have left; clones share it.
///
/// A transport writes it, whoever may have to drop its delivery reads it. See
/// [`OrderTransport::send_watched`](crate::OrderTransport::send_watched).
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicBool>);

impl Progress {
    /// Starts with an order that is still here.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that from now on the peer may have the order.
    pub fn leaves(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Says that the peer cannot have it after all: the attempt ended as not
    /// delivered, and none before it is in doubt.
    pub fn stays(&self) {
        self.0.store(false, Ordering::SeqCst);
    }

    /// Whether the peer may have the order.
    #[must_use]
    pub fn may_have_left(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
