//! The public API, and the PDF as other programs read it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking and say what they skip"
)]

mod archive;
mod corpus;
mod cxml;
mod document;
mod draw;
mod draw_exchange;
mod draw_fulfil;
mod draw_invoice;
mod draw_invoice_line;
mod draw_order;
mod draw_punch_out;
mod draw_shared;
mod golden;
mod laws;
mod logo;
mod order;
mod pages;
mod scene;
mod tools;
