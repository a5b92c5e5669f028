//! Models that the bytes draw: what is written is read back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::All;
use punchout_cxml::{Document, Validator};

// The models of the crate's own tests.
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
    let document =
        if is_valid { draw::Draw::valid(bytes).order_document() } else { draw::Draw::any(bytes).document() };
    let written = document.write_unchecked().expect("all that is drawn can be written");
    let mut found = All::new();
    let back = Document::read(&written, &mut found).expect("what was written can be read");
    // Where an unknown element stands is known of what was read alone, and not
    // shown; what is written says the rest, secrets too.
    assert_eq!(format!("{back:?}"), format!("{document:?}"));
    assert_eq!(back.write_unchecked().expect("as before"), written);
    if is_valid {
        assert!(found.found().is_empty(), "{:?}", found.found());
        let report = Validator::new().validate(&written, &mut found).expect("it is small");
        assert!(report.valid, "{:?}", found.found());
    }
});
