//! Orders from the field, when they are at hand.

use std::path::PathBuf;

use punchout_core::{All, Severity};
use punchout_cxml::Document;
use punchout_pdf::Renderer;

use crate::pages::assert_sound;
use crate::{order, tools};

/// Every order of the collection makes a sound document with all its lines,
/// each with its amount, in characters that the typeface has.
#[test]
fn orders_of_the_field_make_sound_documents() {
    let Some(folder) = std::env::var_os("PUNCHOUT_DATA").map(|data| PathBuf::from(data).join("cxml/corpus"))
    else {
        println!("skipped: PUNCHOUT_DATA is not set");
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let renderer = Renderer::new();
    let reads_text = tools::is_there("pdftotext");
    let mut orders = 0;
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let mut odd = All::new();
        let Ok(document) = Document::read(&bytes, &mut odd) else { continue };
        let Some(order) = document.order_request() else { continue };
        orders += 1;

        let mut found = All::new();
        let layout = renderer.layout(order, &order::options(), &mut found).unwrap();
        assert_sound(&layout);
        // such as `{{ item.quantity }}` in a template
        let is_told = odd.found().iter().any(|finding| finding.code == punchout_cxml::code::NUMBER);
        let is_told = |message: &str| is_told && message == "a number of the line cannot be read";
        let errors = found.found().iter().filter(|finding| finding.severity == Severity::Error);
        let errors: Vec<_> = errors.filter(|finding| !is_told(&finding.message)).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
        if !reads_text {
            continue;
        }
        let pdf = renderer.render(order, &order::options(), &mut found).unwrap();
        let text = tools::solid(&tools::text(&pdf));
        let header = &order.order_request_header;
        let parts = order.item_out.iter().map(|item| item.item_id.supplier_part_id.value.as_str());
        for fact in parts.chain([header.order_id.as_str(), &header.bill_to.address.name.text]) {
            assert!(text.contains(&tools::solid(fact)), "{}: no {fact:?} in {text}", file.display());
        }
    }
    assert!(orders > 30, "only {orders} orders in {}", folder.display());
}
