//! The public API, and one suite of behaviour that every transport passes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod directory;
#[cfg(feature = "email")]
mod email;
#[cfg(feature = "https")]
mod https;
mod recorder;
#[cfg(feature = "https")]
mod server;
#[cfg(all(unix, feature = "sftp"))]
mod sftp;
#[cfg(feature = "email")]
mod smtp;
mod suite;
#[cfg(feature = "https")]
mod tls;

use punchout_transport::{Consignment, Disposition, Error, File, Kind, OrderTransport, Receipt};
use std::fmt::Write as _;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What stands for a shared secret inside an order.
const SHARED_SECRET: &str = "s3cret-in-the-order";

fn order() -> Consignment {
    let xml = format!("<cXML><SharedSecret>{SHARED_SECRET}</SharedSecret></cXML>");
    Consignment::new("1732222222.7@buyer.example", "4500000017")
        .with_subject("Example Buyer: order 4500000017")
        .with_file(File::new("4500000017.xml", "text/xml", xml.into_bytes()))
}

/// Polls once, without any runtime.
fn at_once(transport: &dyn OrderTransport, consignment: &Consignment) -> Result<Receipt, Error> {
    match pin!(transport.send(consignment)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("nothing to wait for"),
    }
}

fn says(error: &Error) -> (Kind, Disposition) {
    (error.kind(), error.disposition())
}

/// Everything an error prints, down to its last source.
fn everything(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut next = std::error::Error::source(error);
    while let Some(source) = next {
        write!(text, " {source} {source:?}").unwrap();
        next = source.source();
    }
    text
}
