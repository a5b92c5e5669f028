//! The public interface of `punchout-cxml`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says when it is skipped"
)]

#[cfg(feature = "advice")]
mod advice;
#[cfg(feature = "anonymise")]
mod anonymise;
#[cfg(feature = "anonymise")]
mod anonymise_hidden;
mod answer;
mod corpus;
mod draw;
mod draw_exchange;
mod draw_fulfil;
mod draw_invoice;
mod draw_invoice_line;
mod draw_order;
mod draw_punch_out;
mod draw_shared;
mod dtd;
mod dtd_hints;
mod dtd_hostile;
mod dtd_mutations;
mod dtd_parser;
mod dtd_reading;
mod dtd_verdicts;
mod entities;
mod errors;
mod exchange;
mod form;
mod fulfil;
mod invoice;
mod laws;
#[cfg(feature = "mac")]
mod mac;
#[cfg(feature = "mime")]
mod mime;
#[cfg(feature = "mime")]
mod mime_laws;
mod order_model;
mod original;
mod punch_out;
mod reading;
mod redact;
mod slips;
mod strict;
mod support;
mod well_formed;
mod writing;
