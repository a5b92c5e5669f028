//! From a TOML description and a cXML order to a delivered order.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod answers;
mod consignment;
mod description;
mod faults;
#[path = "../support/http.rs"]
mod http;
mod lint;
mod look;
mod repeats;
mod routes;
mod secrets;
#[cfg(feature = "email")]
#[path = "../support/smtp.rs"]
mod smtp;
mod support;
mod written;
