//! The public API, and the PDF as other programs read it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking and say what they skip"
)]

mod corpus;
mod document;
mod order;
mod pages;
mod scene;
mod tools;
