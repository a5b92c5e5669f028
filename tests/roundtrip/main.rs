//! The examples do what they say.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking, and a run shows what it passed over"
)]

mod examples;
mod play;
mod serve;
mod sites;
mod support;
