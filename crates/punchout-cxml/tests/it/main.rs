//! The public interface of `punchout-cxml`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says when it is skipped"
)]

mod corpus;
mod draw;
mod dtd;
mod errors;
mod laws;
mod reading;
mod support;
mod writing;
