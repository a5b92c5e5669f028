//! The program `punchout` as a user calls it: arguments in, text and exit
//! status out.
//!
//! All calls run in `tests/data/cli` or, for documents, in `tests/data/cxml`, so
//! that the names in messages are short and the same everywhere.
//! `UPDATE_GOLDEN=1` rewrites the expected outputs.

mod callup;
mod connection;
mod cxml;
mod decode;
#[path = "../support/http.rs"]
mod http;
mod lists;
mod not_run;
mod order;
#[cfg(unix)]
mod readme;
mod send;
#[path = "../support/smtp.rs"]
mod smtp;
mod support;
mod vectors;
