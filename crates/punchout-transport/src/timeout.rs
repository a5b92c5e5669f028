use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, Kind, OrderTransport, Progress,
    Receipt, Timer,
};
use std::fmt;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

/// Limits the time of an attempt.
///
/// When the limit passes, the attempt is dropped and ends with
/// [`Kind::Timeout`]: *unknown*, for the order may have arrived, or *not
/// delivered* while [`Progress`] says that nothing has left. The transports'
/// own limits know better and should be shorter; this one is for what they do
/// not limit.
///
/// A transport that does its work in one go, like
/// [`Directory`](crate::Directory), cannot be interrupted.
pub struct Timeout<T> {
    transport: T,
    limit: Duration,
    timer: Box<dyn Timer>,
}

impl<T: OrderTransport> Timeout<T> {
    /// Sends through the transport, for at most so long by the timer.
    #[must_use]
    pub fn new(transport: T, limit: Duration, timer: impl Timer + 'static) -> Self {
        Self { transport, limit, timer: Box::new(timer) }
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        let mut delivery = self.transport.send_watched(consignment, progress.clone());
        let mut limit = self.timer.sleep(self.limit);
        let outcome = poll_fn(|context| {
            // an outcome counts even if the limit has passed too
            match delivery.as_mut().poll(context) {
                Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
                Poll::Pending => limit.as_mut().poll(context).map(|()| None),
            }
        })
        .await;
        // nothing leaves any more once it is dropped
        drop(delivery);
        outcome.unwrap_or_else(|| Err(self.expired(consignment, &progress)))
    }

    fn expired(&self, consignment: &Consignment, progress: &Progress) -> Error {
        let (disposition, known) = if progress.may_have_left() {
            (Disposition::Unknown, "whether the order arrived is not known")
        } else {
            (Disposition::NotDelivered, "nothing of the order had left")
        };
        let endpoint = self.endpoint().unwrap_or_default();
        let to = if endpoint.is_empty() { String::new() } else { format!(" with {endpoint}") };
        let text = format!("the attempt{to} took longer than {:?}: {known}", self.limit);
        Error::new(Kind::Timeout, disposition, text).with_evidence(Evidence::new(endpoint, consignment))
    }
}

impl<T: OrderTransport> OrderTransport for Timeout<T> {
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

impl<T: OrderTransport> fmt::Debug for Timeout<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timeout")
            .field("endpoint", &self.endpoint())
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
