use crate::{Consignment, Error, Receipt};
use std::pin::Pin;
use std::sync::Arc;

/// One attempt under way.
///
/// Nothing happens before it is first polled. **Dropped after that, the
/// disposition is [`Unknown`](crate::Disposition::Unknown)**: the order may
/// have arrived, and nobody is left to say so. Whoever limits the time of an
/// attempt from outside must treat an expired limit like that; the limits of
/// the transports themselves know better.
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

    /// Sends the consignment, once.
    ///
    /// # Errors
    /// Whenever the order is not known to have been accepted; the error says
    /// what is known instead.
    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a>;
}

impl<T: OrderTransport + ?Sized> OrderTransport for &T {
    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        (**self).send(consignment)
    }
}

impl<T: OrderTransport + ?Sized> OrderTransport for Box<T> {
    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        (**self).send(consignment)
    }
}

impl<T: OrderTransport + ?Sized> OrderTransport for Arc<T> {
    fn capabilities(&self) -> Capabilities {
        (**self).capabilities()
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        (**self).send(consignment)
    }
}

/// What a transport can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// The same consignment sent twice leaves one order, so an unknown outcome
    /// may be resolved by sending again.
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
