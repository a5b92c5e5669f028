use std::pin::Pin;
use std::time::Duration;

/// Waits, in whatever runtime the caller has.
///
/// Every function that gives a future for a duration is one, among them
/// `tokio::time::sleep`.
pub trait Timer: Send + Sync {
    /// Ends after so long, counted from the first poll or from the call.
    fn sleep(&self, wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

impl<F, S> Timer for F
where
    F: Fn(Duration) -> S + Send + Sync,
    S: Future<Output = ()> + Send + 'static,
{
    fn sleep(&self, wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(self(wait))
    }
}
