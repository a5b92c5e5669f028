//! Gets an order to its supplier and knows what it knows.
//!
//! A [`Consignment`] is the bytes of an order with a stable identity. An
//! [`OrderTransport`] brings it to the supplier and answers with a [`Receipt`]
//! or with an [`Error`] that says what is known: the order was not delivered,
//! it was rejected, or it may have arrived. **An order that may have arrived
//! is never called undelivered**, so whoever sends again only on
//! [`Disposition::NotDelivered`] never orders twice.
//!
//! ```
//! use punchout_transport::{Consignment, Disposition, Error, File, Kind, OrderTransport, Recorder};
//!
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let order = Consignment::new("1732222222.7@buyer.example", "4500000017")
//!     .with_file(File::new("4500000017.xml", "text/xml", *b"<cXML/>"));
//! let refused = Error::new(Kind::Connect, Disposition::NotDelivered, "nobody listens");
//! let transport: Box<dyn OrderTransport> = Box::new(Recorder::new().then(Err(refused)));
//!
//! let error = transport.send(&order).await.unwrap_err();
//! assert_eq!(error.disposition(), Disposition::NotDelivered);
//! let receipt = transport.send(&order.with_attempt(2)).await?;
//! assert_eq!(receipt.evidence.sent[0].bytes, 7);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Transports
//!
//! | transport | brings an order | feature |
//! |---|---|---|
//! | [`Directory`] | into a directory, atomically, and reads it from there | |
//! | [`Intercept`] | nowhere: keeps it on the disk and releases it later | |
//! | [`Recorder`] | nowhere: keeps it and gives scripted answers | |
#![cfg_attr(feature = "email", doc = "| [`Email`] | to a mailbox, as attachments, by SMTP | `email` |")]
#![cfg_attr(not(feature = "email"), doc = "| `Email` | to a mailbox, as attachments, by SMTP | `email` |")]
#![cfg_attr(feature = "https", doc = "| [`Https`] | to a URL, by `POST` | `https` |")]
#![cfg_attr(not(feature = "https"), doc = "| `Https` | to a URL, by `POST` | `https` |")]
#![cfg_attr(feature = "sftp", doc = "| [`Sftp`] | into a directory on a server, atomically | `sftp` |")]
#![cfg_attr(not(feature = "sftp"), doc = "| `Sftp` | into a directory on a server, atomically | `sftp` |")]
//!
#![cfg_attr(
    feature = "bounce",
    doc = "A mail that was taken may still come back: [`bounce`] reads what came and finds the order"
)]
#![cfg_attr(
    not(feature = "bounce"),
    doc = "A mail that was taken may still come back: `bounce` reads what came and finds the order"
)]
//! (feature `bounce`, part of `email`).
//!
//! What an HTTP answer means is decided by a [`Classifier`]; the one that is
//! here, [`ByStatus`], knows the HTTP status only. This crate sees bytes and
//! identities, never cXML.
//!
//! # Wrapping
//!
//! A transport makes one attempt per call. What a series of attempts needs is
//! put around it, each part a transport itself, and the order of wrapping
//! matters:
//!
//! | from outside | why there |
//! |---|---|
//! | [`Retry`] | sees the outcome of each attempt, a passed limit included |
//! | [`Journaled`] | notes each attempt before anything leaves, and what came of it; makes none that what is noted forbids |
//! | [`Timeout`] | limits one attempt, not the waits between them |
//! | [`Redacted`] | blots the order's secrets out of what a peer repeats, before anything notes it |
//! | the transport | |
//!
//! The other way round a limit would end the whole series, and a journal
//! would know one attempt where there were ten. [`Intercept`] takes the place
//! of the whole stack, and releases through it. No runtime is chosen here: a
//! [`Timer`] waits, such as `tokio::time::sleep`. [`DirectoryJournal`] is a
//! journal in files.
//!
//! ```
//! use punchout_transport::{
//!     Consignment, Disposition, Error, File, Journaled, Kind, MemoryJournal, OrderTransport, Outcome,
//!     Recorder, Retry, Schedule, Timeout,
//! };
//! use std::sync::Arc;
//! use std::time::Duration;
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
//! let order = Consignment::new("1732222222.7@buyer.example", "4500000017")
//!     .with_file(File::new("4500000017.xml", "text/xml", *b"<cXML/>"));
//! let closed = Error::new(Kind::Later, Disposition::NotDelivered, "the shop is closed");
//! let shop = Recorder::new().then(Err(closed));
//!
//! let journal = Arc::new(MemoryJournal::new());
//! let attempt = Timeout::new(shop, Duration::from_secs(300), tokio::time::sleep);
//! let attempt = Journaled::new(attempt, Arc::clone(&journal));
//! let transport = Retry::new(attempt, Schedule::TEN_TIMES_HOURLY, tokio::time::sleep);
//!
//! let receipt = transport.send(&order).await?;
//! assert_eq!(receipt.evidence.attempt, 2);
//! let outcomes: Vec<_> = journal.attempts().iter().map(|attempt| attempt.outcome).collect();
//! assert_eq!(outcomes, [Some(Outcome::NotDelivered), Some(Outcome::Delivered)]);
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! `email`, `https`, `sftp` and `sftp-rsa` bring their transports, and `serde`
//! reads and writes a [`Schedule`]. None is on by default. What each costs
//! alone, besides the 19 crates that are always needed and take 6 s to build:
//!
//! | feature | crates | seconds |
//! |---|---|---|
//! | `bounce` | 6 | 3 |
//! | `email` | 59 | 20 |
//! | `https` | 77 | 23 |
//! | `sftp` | 121, and 3 more for `sftp-rsa` | 42 |
//!
//! The crates are counted by `cargo tree --edges normal`, the seconds by
//! `cargo build` into an empty directory, on two cores.
//!
//! # Not here
//!
//! No outbox: an order that waits for its next attempt waits in memory. No
//! environment variable is read, proxies included.

mod blot;
#[cfg(feature = "bounce")]
pub mod bounce;
mod consignment;
mod directory;
#[cfg(feature = "email")]
mod email;
mod error;
mod evidence;
#[cfg(any(feature = "email", feature = "sftp"))]
mod host;
mod http;
#[cfg(feature = "https")]
mod https;
mod intercept;
mod journal;
mod lock;
mod outcome;
mod place;
mod progress;
mod receipt;
mod recorder;
mod redacted;
mod retry;
#[cfg(feature = "sftp")]
mod sftp;
mod storage;
mod timeout;
mod timer;
#[cfg(any(feature = "email", feature = "https"))]
mod tls;
mod transport;

pub use consignment::{Consignment, File};
pub use directory::{Directory, Entry};
#[cfg(feature = "email")]
pub use email::{Email, EmailOptions};
pub use error::{Disposition, Error, Kind, Party};
pub use evidence::{Digest, Evidence, Package, Sent, Tls};
pub use http::{ByStatus, Classifier, HttpReply, Verdict};
#[cfg(feature = "https")]
pub use https::{Https, HttpsOptions};
pub use intercept::{Held, Intercept};
pub use journal::{
    Attempt, Claim, Claiming, DirectoryJournal, Journal, Journaled, MemoryJournal, Noted, Past,
};
pub use outcome::Outcome;
pub use progress::Progress;
pub use receipt::{Answer, Receipt, Timings};
pub use recorder::Recorder;
pub use redacted::Redacted;
pub use retry::{Retry, Schedule};
#[cfg(feature = "sftp")]
pub use sftp::{Sftp, SftpOptions};
pub use timeout::Timeout;
pub use timer::Timer;
pub use transport::{Capabilities, Delivery, OrderTransport};
