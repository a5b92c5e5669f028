use crate::{Consignment, Error, Progress, Receipt};
use std::ops::Deref;
use std::pin::Pin;

/// One attempt under way.
///
/// Nothing happens before it is first polled. **Dropped after that, the
/// disposition is [`Unknown`](crate::Disposition::Unknown)**: the order may
/// have arrived, and nobody is left to say so. Whoever limits the time of an
/// attempt from outside must treat an expired limit like that, as
/// [`Timeout`](crate::Timeout) does, unless
/// [`Progress`](crate::Progress) says that nothing has left; the limits of the
/// transports themselves know better.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Result<Receipt, Error>> + Send + 'a>>;

/// A way to a supplier.
///
/// An implementation makes one attempt per call and never a second one by
/// itself. It calls an order delivered when the peer has it, and not delivered
/// only when the peer cannot have it; see [`Disposition`](crate::Disposition).
/// It starts with [`Consignment::check`], so that whatever can be sent one way
/// can be sent any way.
///
/// No runtime is part of the signature; a transport that needs one says so.
pub trait OrderTransport: Send + Sync {
    /// What this way can do.
    fn capabilities(&self) -> Capabilities;

    /// Where it leads: a URL without user name, password and query, or a path.
    ///
    /// It stands in [`Evidence::endpoint`](crate::Evidence::endpoint) after an
    /// attempt; here it is known before. Absent unless a transport says so.
    fn endpoint(&self) -> Option<String> {
        None
    }

    /// Whether the consignment can be sent this way at all, as far as that is
    /// known without asking anybody.
    ///
    /// What is refused here is refused by [`send`](Self::send), with nothing
    /// sent. [`Intercept`](crate::Intercept) asks it of the transport that it
    /// stands in for, so that nothing is kept that can never be released.
    ///
    /// # Errors
    /// As for [`Consignment::check`], and for more files than the
    /// [`capabilities`](Self::capabilities) allow, unless a transport knows
    /// better.
    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        consignment.check_for(self.capabilities().attachments)
    }

    /// Sends the consignment, once.
    ///
    /// # Errors
    /// Whenever the order is not known to have been accepted; the error says
    /// what is known instead.
    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a>;

    /// Sends the consignment, once, and says meanwhile whether it may have
    /// left.
    ///
    /// Whoever drops the delivery then knows more than *unknown*: while
    /// [`Progress::may_have_left`] is false the peer cannot have the order. A
    /// transport that can tell calls [`Progress::leaves`] before the first
    /// byte of the order goes out; one that cannot, and has no such method,
    /// counts as sending from the first poll on. A wrapper hands the progress
    /// down.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(async move {
            progress.leaves();
            self.send(consignment).await
        })
    }
}

/// A pointer to a transport is one: a reference, a `Box`, an `Arc`.
impl<P> OrderTransport for P
where
    P: Deref + Send + Sync,
    P::Target: OrderTransport,
{
    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    fn endpoint(&self) -> Option<String> {
        (**self).endpoint()
    }

    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        (**self).accepts(consignment)
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        (**self).send(consignment)
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        (**self).send_watched(consignment, progress)
    }
}

/// What a transport can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Idempotent by identity: the same consignment sent twice leaves one
    /// order, so an unknown outcome may be resolved by sending again.
    pub idempotent: bool,
    /// What lies at the peer is compared with what was to be sent: an order
    /// that is there is recognised by its bytes.
    pub read_back: bool,
    /// More than one file can be sent.
    pub attachments: bool,
}

impl Capabilities {
    /// Starts with none.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says whether sending twice leaves one order.
    #[must_use]
    pub fn with_idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    /// Says whether what lies at the peer is compared.
    #[must_use]
    pub fn with_read_back(mut self, read_back: bool) -> Self {
        self.read_back = read_back;
        self
    }

    /// Says whether more than one file can be sent.
    #[must_use]
    pub fn with_attachments(mut self, attachments: bool) -> Self {
        self.attachments = attachments;
        self
    }
}
