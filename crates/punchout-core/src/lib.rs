//! What the `punchout` crates share.
//!
//! Every decoder of this family reads leniently and reports what it did. The
//! types here carry that report and the values that survive it:
//!
//! | type | what it is |
//! |---|---|
//! | [`Diagnostic`] | a finding about a document: code, severity, place, fix hint |
//! | [`Sink`] | where findings go: [`Ignore`], [`First`], [`All`] |
//! | [`Listing`] | a source, to show findings in it with line, column and caret |
//! | [`Amount`] | an exact decimal that keeps the spelling it was sent with |
//! | [`Text`] | an owned string, held inline or as a slice of a shared document |
//! | [`Secret`] | a value that never prints |
//! | [`Limits`] | what hostile input may cost at most |
//!
//! ```
//! use punchout_core::{All, Amount, Code, Diagnostic, Severity, Sink};
//!
//! let price: Amount = "0780.50".parse()?;
//! assert_eq!(price.value().to_string(), "780.50");
//! assert_eq!(price.as_sent(), "0780.50");
//!
//! let mut found = All::new();
//! found.report(Diagnostic::new(Code::new("OCI-NUM-DEC"), Severity::Note, "more than 3 decimals").at("item 1 / PRICE"));
//! assert_eq!(found.worst(), Some(Severity::Note));
//! # Ok::<(), punchout_core::AmountError>(())
//! ```
//!
//! # Features
//!
//! * `serde`: serialisation of findings, amounts and texts.

mod amount;
mod diagnostic;
mod hierarchy;
pub mod html;
mod limits;
mod secret;
mod sink;
mod snippet;
mod text;

pub use amount::{Amount, AmountError};
pub use diagnostic::{Code, Diagnostic, Severity, excerpt, truncated};
pub use hierarchy::rings;
pub use limits::{LimitExceeded, Limits};
pub use secret::Secret;
pub use sink::{All, First, Ignore, Sink};
pub use snippet::{LineColumn, Listing, Snippet};
pub use text::{Source, Text};
