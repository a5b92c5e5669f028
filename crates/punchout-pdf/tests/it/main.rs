//! The public API, and the PDF as other programs read it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests fail by panicking and say what they skip"
)]

mod amounts;
mod archive;
mod checks;
mod columns;
mod corpus;
mod cxml;
mod document;
#[expect(dead_code, reason = "orders are all that is drawn here")]
#[path = "../../../punchout-cxml/tests/it/draw.rs"]
mod draw;
#[path = "../../../punchout-cxml/tests/it/draw_exchange.rs"]
mod draw_exchange;
#[path = "../../../punchout-cxml/tests/it/draw_fulfil.rs"]
#[expect(dead_code, reason = "orders are all that is drawn here")]
mod draw_fulfil;
#[path = "../../../punchout-cxml/tests/it/draw_invoice.rs"]
#[expect(dead_code, reason = "orders are all that is drawn here")]
mod draw_invoice;
#[path = "../../../punchout-cxml/tests/it/draw_invoice_line.rs"]
mod draw_invoice_line;
#[path = "../../../punchout-cxml/tests/it/draw_order.rs"]
mod draw_order;
#[path = "../../../punchout-cxml/tests/it/draw_punch_out.rs"]
mod draw_punch_out;
#[path = "../../../punchout-cxml/tests/it/draw_shared.rs"]
mod draw_shared;
mod ends;
mod facts;
mod form;
mod golden;
mod hidden;
mod laws;
mod logo;
mod masks;
mod order;
mod pages;
mod preflight;
mod printed;
mod proof;
mod region;
mod scene;
mod spoil;
mod tools;
mod truth;
mod words;
