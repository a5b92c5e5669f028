use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How far an order under way has come: whether it may have left, which
/// attempt it is, and when the next one follows. Clones share it.
///
/// A transport writes it; whoever may have to drop its delivery, or shows it
/// to people, reads it. See
/// [`OrderTransport::send_watched`](crate::OrderTransport::send_watched).
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    has_left: AtomicBool,
    /// 0 until somebody counts.
    attempt: AtomicU32,
    next: Mutex<Option<Instant>>,
}

impl Progress {
    /// Starts with an order that is still here.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that from now on the peer may have the order.
    pub fn leaves(&self) {
        self.0.has_left.store(true, Ordering::SeqCst);
    }

    /// Says that the peer cannot have it after all: the attempt ended as not
    /// delivered, and none before it is in doubt.
    pub fn stays(&self) {
        self.0.has_left.store(false, Ordering::SeqCst);
    }

    /// Whether the peer may have the order.
    #[must_use]
    pub fn may_have_left(&self) -> bool {
        self.0.has_left.load(Ordering::SeqCst)
    }

    /// Says that the attempt of this number begins.
    pub fn begins(&self, attempt: u32) {
        self.0.attempt.store(attempt, Ordering::SeqCst);
        self.set_next(None);
    }

    /// Says that the attempt ended, and that another one follows after so long.
    pub fn waits(&self, wait: Duration) {
        self.set_next(Instant::now().checked_add(wait));
    }

    /// The number of the last attempt that began, where that is counted.
    #[must_use]
    pub fn attempt(&self) -> Option<u32> {
        Some(self.0.attempt.load(Ordering::SeqCst)).filter(|attempt| *attempt > 0)
    }

    /// How long until the next attempt; nothing while one is under way.
    #[must_use]
    pub fn next_in(&self) -> Option<Duration> {
        let next = *self.0.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.map(|next| next.saturating_duration_since(Instant::now()))
    }

    fn set_next(&self, next: Option<Instant>) {
        *self.0.next.lock().unwrap_or_else(PoisonError::into_inner) = next;
    }
}
