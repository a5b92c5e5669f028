//! The public API, and one suite of behaviour that every transport passes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

#[cfg(feature = "https")]
mod alerts;
#[cfg(feature = "bounce")]
mod bounce;
#[cfg(any(feature = "email", feature = "https"))]
mod certificates;
mod directory;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(feature = "email")]
mod email;
#[cfg(any(feature = "email", feature = "https", feature = "sftp"))]
mod faults;
#[cfg(feature = "https")]
mod https;
mod intercept;
mod journal;
#[cfg(all(target_os = "linux", feature = "https"))]
mod nginx;
mod recorder;
mod retry;
#[cfg(any(feature = "email", feature = "https", all(unix, feature = "sftp")))]
mod secrets;
#[cfg(feature = "https")]
mod server;
#[cfg(all(unix, feature = "sftp"))]
mod sftp;
#[cfg(feature = "email")]
mod smtp;
mod suite;
#[cfg(any(feature = "email", feature = "https"))]
mod tally;
mod timeout;
#[cfg(feature = "https")]
mod tls;
mod wrapped;

use punchout_transport::{Consignment, Disposition, Error, File, Kind, OrderTransport, Receipt};
use std::fmt::Write as _;
use std::future::Ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

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

/// A timer whose time is always over.
fn at_the_limit(_: Duration) -> Ready<()> {
    std::future::ready(())
}

/// A failure without evidence, for scripts.
fn failure(kind: Kind, disposition: Disposition) -> Error {
    Error::new(kind, disposition, format!("{kind:?}"))
}

fn says(error: &Error) -> (Kind, Disposition) {
    (error.kind(), error.disposition())
}

/// Says that something is missing, or fails where everything is required.
#[cfg(any(target_os = "linux", feature = "email", feature = "https", feature = "sftp"))]
#[expect(clippy::print_stdout, reason = "whoever runs the tests should see what was left out")]
fn skips(what: &str) {
    let required = std::env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
    assert!(!required, "{what} is not here");
    println!("skipped: {what} is not here");
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
