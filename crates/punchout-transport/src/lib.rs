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
//! | [`Recorder`] | nowhere: keeps it and gives scripted answers | |
#![cfg_attr(feature = "email", doc = "| [`Email`] | to a mailbox, as attachments, by SMTP | `email` |")]
#![cfg_attr(not(feature = "email"), doc = "| `Email` | to a mailbox, as attachments, by SMTP | `email` |")]
#![cfg_attr(feature = "https", doc = "| [`Https`] | to a URL, by `POST` | `https` |")]
#![cfg_attr(not(feature = "https"), doc = "| `Https` | to a URL, by `POST` | `https` |")]
#![cfg_attr(feature = "sftp", doc = "| [`Sftp`] | into a directory on a server, atomically | `sftp` |")]
#![cfg_attr(not(feature = "sftp"), doc = "| `Sftp` | into a directory on a server, atomically | `sftp` |")]
//!
//! What an HTTP answer means is decided by a [`Classifier`]; the one that is
//! here, [`ByStatus`], knows the HTTP status only. This crate sees bytes and
//! identities, never cXML.
//!
//! # Not here
//!
//! Nothing is retried, scheduled or stored: each call is one attempt. No
//! environment variable is read, proxies included.

mod consignment;
mod directory;
#[cfg(feature = "email")]
mod email;
mod error;
mod evidence;
mod http;
#[cfg(feature = "https")]
mod https;
mod receipt;
mod recorder;
#[cfg(feature = "sftp")]
mod sftp;
mod transport;

pub use consignment::{Consignment, File};
pub use directory::{Directory, Entry};
#[cfg(feature = "email")]
pub use email::{Email, EmailOptions};
pub use error::{Disposition, Error, Kind, Party};
pub use evidence::{Digest, Evidence, Sent, Tls};
pub use http::{ByStatus, Classifier, HttpReply, Verdict};
#[cfg(feature = "https")]
pub use https::{Https, HttpsOptions};
pub use receipt::{Answer, Receipt, Timings};
pub use recorder::Recorder;
#[cfg(feature = "sftp")]
pub use sftp::{Sftp, SftpOptions};
pub use transport::{Capabilities, Delivery, OrderTransport};
