//! Models that the bytes draw: what is written is read back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::{All, Ignore};
use punchout_cxml::{Doctype, Document, Validator};

// The models of the crate's own tests.
#[expect(dead_code, reason = "a test draws everything at once")]
#[path = "../../crates/punchout-cxml/tests/it/draw.rs"]
mod draw;
#[path = "../../crates/punchout-cxml/tests/it/draw_exchange.rs"]
mod draw_exchange;
#[path = "../../crates/punchout-cxml/tests/it/draw_fulfil.rs"]
mod draw_fulfil;
#[path = "../../crates/punchout-cxml/tests/it/draw_invoice.rs"]
mod draw_invoice;
#[path = "../../crates/punchout-cxml/tests/it/draw_invoice_line.rs"]
mod draw_invoice_line;
#[path = "../../crates/punchout-cxml/tests/it/draw_order.rs"]
mod draw_order;
#[path = "../../crates/punchout-cxml/tests/it/draw_punch_out.rs"]
mod draw_punch_out;
#[path = "../../crates/punchout-cxml/tests/it/draw_shared.rs"]
mod draw_shared;

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, bytes)) = bytes.split_first() else { return };
    let is_valid = kind % 2 == 0;
    let mut draw = if is_valid { draw::Draw::valid(bytes) } else { draw::Draw::any(bytes) };
    let mut document = match kind / 2 % 5 {
        0 => draw.order_document(),
        1 => draw.rare_document(),
        2 => draw.fulfil_document(),
        3 => draw.invoice_document(),
        _ => draw.document(),
    };
    if is_valid {
        // another one is a finding of its own
        document.doctype = Doctype::default();
    }
    let written = document.write_unchecked().expect("all that is drawn can be written");
    let mut found = All::new();
    let back = Document::read(&written, &mut found).expect("what was written can be read");
    // What is shown and what is written say all of it, but for the place of an
    // unknown element, which a model has from being read.
    assert_eq!(format!("{back:?}"), format!("{document:?}"));
    assert_eq!(back.write_unchecked().expect("as before"), written);
    assert_eq!(Document::read(&written, &mut Ignore).expect("as before"), back);
    if is_valid {
        assert!(found.found().is_empty(), "{:?}", found.found());
        let report = Validator::new().validate(&written, &mut found).expect("it is small");
        assert!(report.valid, "{:?}", found.found());
    }
});
