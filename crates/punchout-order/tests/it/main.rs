//! The public API of the crate.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says when it is skipped"
)]

mod dtd;
mod edit;
mod laws;
mod map;
mod real;
mod support;
#[cfg(feature = "serde")]
mod with_serde;
