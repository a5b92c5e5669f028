//! The short examples.

use punchout::core::{All, Limits};
use punchout::cxml::Document;
use punchout::oci::html_forms;

use crate::support::{example, said};

#[test]
fn call_up_is_a_page_with_one_form() {
    let page = said(&mut example("call_up"));
    let forms = html_forms(&page, &Limits::default()).unwrap();
    let [form] = forms.as_slice() else { panic!("{forms:?}") };
    assert_eq!(form.action, "https://shop.example/oci?client=7");
    for pair in [
        ("USERNAME", "town-hall"),
        ("PASSWORD", "geheim"),
        ("HOOK_URL", "https://erp.example/return?session=0b3f9a6c&system=1"),
    ] {
        assert!(
            form.pairs.iter().any(|(name, value)| (name.as_str(), value.as_str()) == pair),
            "{pair:?}\n{page}"
        );
    }
}

#[test]
fn decode_basket_shows_items_and_findings() {
    let report = said(&mut example("decode_basket"));
    for line in [
        "1. Sechskantschraube M8 für Holz: 250 PCE at 0.1234 each, 30.85 in all",
        "3. Rack 19\": 2 PCE at 899 each, 1798 in all",
        "Total 1828.85",
        "warning[OCI-NUM-COMMA]: `12,34` has a decimal comma; read as 12.34",
    ] {
        assert!(report.lines().any(|there| there == line), "{line}\nnot in\n{report}");
    }
    assert!(report.contains("OCI-UNIT-ALIAS") && report.contains("OCI-IDX-GAP"), "{report}");
}

#[test]
fn decode_basket_reads_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.form");
    std::fs::write(&file, "NEW_ITEM-DESCRIPTION[1]=Nut&NEW_ITEM-QUANTITY[1]=4&NEW_ITEM-UNIT[1]=PCE").unwrap();
    let report = said(example("decode_basket").arg(&file));
    assert!(report.starts_with("1. Nut: 4 PCE, no price that can be read\nNo total"), "{report}");

    let missing = example("decode_basket").arg(folder.path().join("missing.form")).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn order_by_hand_is_good_cxml() {
    let xml = said(&mut example("order_by_hand"));
    let mut found = All::new();
    let document = Document::read(xml.as_bytes(), &mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
    let order = document.order_request().unwrap();
    assert_eq!(order.order_request_header.total.money.amount.as_sent(), "30.85");
    let [line] = order.item_out.as_slice() else { panic!("{xml}") };
    let detail = line.item_detail.as_ref().unwrap();
    assert_eq!(detail.price_basis_quantity.as_ref().unwrap().quantity.as_sent(), "100");
}

#[test]
fn punch_out_by_hand_ends_with_lines_to_order() {
    let said = said(&mut example("punch_out_by_hand"));
    assert_eq!(said, "the browser goes to https://shop.example/start/5f3b9c\n1 of 4711-08-40\n");
}
