//! The layout: everything has its place.

use punchout_core::{All, Ignore};
use punchout_cxml::{AdditionalDeduction, MasterAgreementIdInfo, Modification, Path, RawElement, SupplierId};
use punchout_pdf::{Layout, Renderer};

use crate::order;

fn layout(order: &punchout_cxml::OrderRequest) -> Layout {
    let mut found = All::new();
    let layout = Renderer::new().layout(order, &order::options(), &mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
    layout
}

fn texts(layout: &Layout) -> Vec<&str> {
    layout.pages.iter().flat_map(|page| &page.texts).map(|text| text.text.as_str()).collect()
}

/// Inside the page with a margin, and no text over another.
pub(crate) fn assert_sound(layout: &Layout) {
    const MARGIN: f32 = 28.0;
    for (n, page) in layout.pages.iter().enumerate() {
        let boxes: Vec<_> = page
            .texts
            .iter()
            .map(|text| {
                let (left, right) = (text.x, text.x + text.width);
                let (top, bottom) = (text.baseline - text.size * 0.72, text.baseline + text.size * 0.22);
                let inside = left >= MARGIN
                    && right <= page.width - MARGIN
                    && top >= MARGIN
                    && bottom <= page.height - MARGIN;
                assert!(inside, "page {}: {text:?} is outside", n + 1);
                (left, right, top, bottom, &text.text)
            })
            .collect();
        for (i, a) in boxes.iter().enumerate() {
            for b in boxes.iter().skip(i + 1) {
                let apart = a.1 <= b.0 || b.1 <= a.0 || a.3 <= b.2 || b.3 <= a.2;
                assert!(apart, "page {}: {:?} and {:?} overlap", n + 1, a.4, b.4);
            }
        }
        for rule in &page.rules {
            let inside = rule.x >= MARGIN && rule.x + rule.width <= page.width - MARGIN;
            assert!(inside && rule.y + rule.height <= page.height - MARGIN, "page {}: {rule:?}", n + 1);
        }
    }
}

#[test]
fn short_order_is_one_page() {
    let layout = layout(&order::rich());
    assert_sound(&layout);
    assert_eq!(layout.pages.len(), 1, "{layout}");
    assert_eq!(layout.title, "Purchase order 4500012345");
    assert_eq!((layout.pages[0].width, layout.pages[0].height), (595.28, 841.89));
    assert!(texts(&layout).contains(&"Page 1 of 1"));
}

#[test]
fn decimal_points_stand_one_below_the_other() {
    let layout = layout(&order::rich());
    let place = |text: &str| {
        let found = layout.pages[0].texts.iter().find(|placed| placed.text == text);
        let placed = found.unwrap_or_else(|| panic!("no {text} in {layout}"));
        let whole = f32::from(u8::try_from(placed.text.split('.').next().unwrap().len()).unwrap());
        placed.x + whole * 0.572 * placed.size
    };
    for (a, b) in [("12.35", "7.249"), ("7.249", "57.50"), ("57.50", "447.42"), ("12.5", "4")] {
        assert!((place(a) - place(b)).abs() < 0.01, "{a} and {b}: {} {}", place(a), place(b));
    }
}

#[test]
fn many_lines_flow_over_pages() {
    let layout = layout(&order::long(200));
    assert_sound(&layout);
    let pages = layout.pages.len();
    assert!(pages > 5, "{pages}");
    let all = texts(&layout);
    for n in 1..=200 {
        let part = format!("ART-{n:05}");
        assert_eq!(all.iter().filter(|text| **text == part).count(), 1, "{part}");
    }
    for (n, page) in layout.pages.iter().enumerate() {
        let has = |wanted: &str| page.texts.iter().any(|text| text.text == wanted);
        assert!(has(&format!("Page {} of {pages}", n + 1)), "page {}", n + 1);
        let rows = page.texts.iter().any(|text| text.text.starts_with("ART-"));
        assert!(!rows || has("Part no.") && has("Price EUR"), "page {} repeats the heading", n + 1);
        let number = page.texts.iter().filter(|text| text.text.contains("4500012345")).count();
        assert_eq!(number, if n == 0 { 2 } else { 1 }, "page {} names the order", n + 1);
    }
}

#[test]
fn rows_stay_together_and_long_ones_are_split() {
    let mut order = order::long(22);
    let words = (1..=400).map(|n| format!("word{n:03}")).collect::<Vec<_>>();
    let detail = order.item_out[10].item_detail.as_mut().unwrap();
    detail.description[0].text = words.join("\n").into();
    detail.classification.clear();
    let layout = layout(&order);
    assert_sound(&layout);
    assert!(layout.pages.len() >= 6, "400 lines need pages");
    let all = texts(&layout);
    assert!(words.iter().all(|word| all.iter().filter(|text| *text == word).count() == 1));

    for (n, page) in layout.pages.iter().enumerate() {
        let count = |start: &str| page.texts.iter().filter(|text| text.text.starts_with(start)).count();
        let long = count("ART-00011");
        assert_eq!(count("ART-") - long, count("UNSPSC"), "page {} tears a short row", n + 1);
        let words = count("word");
        assert!(words == 0 || words >= 3, "page {} has only {words} lines of the long row", n + 1);
    }
}

/// Values longer than any column, and an order without anything.
#[test]
fn extremes_stay_on_the_page() {
    let mut order = order::rich();
    let long = "9".repeat(28);
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);
    order.order_request_header.order_id = word.repeat(2).into();
    order.order_request_header.bill_to.address.name.text = word.clone().into();
    let item = &mut order.item_out[0];
    item.quantity = order::amount(&long);
    item.item_id.supplier_part_id = word.clone().into();
    let detail = item.item_detail.as_mut().unwrap();
    detail.unit_of_measure = word.clone().into();
    detail.unit_price.money.amount = order::amount(&format!("0.{}", "1".repeat(27)));
    let mut found = All::new();
    let layout = Renderer::new().layout(&order, &order::options(), &mut found).unwrap();
    assert_sound(&layout);
    assert!(texts(&layout).concat().contains(&word), "long words are broken, not cut");

    let mut empty = order::rich();
    empty.item_out.clear();
    assert_sound(&Renderer::new().layout(&empty, &order::options(), &mut Ignore).unwrap());
}

#[test]
fn findings_name_what_they_are_about() {
    let mut order = order::rich();
    order.order_request_header.total = order::euro("1.00").into();
    let detail = order.item_out[1].item_detail.as_mut().unwrap();
    detail.description[0].text = "手袋 gloves 手".into();
    detail.price_basis_quantity = Some(punchout_cxml::PriceBasisQuantity::new(0, "PR"));
    let mut found = All::new();
    let layout = Renderer::new().layout(&order, &order::options(), &mut found).unwrap();
    assert!(texts(&layout).contains(&"\u{FFFD}\u{FFFD} gloves \u{FFFD}"));
    let said: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "error[PDF-AMOUNT]: item 20: the price is for a quantity of 0",
            "error[PDF-GLYPH]: item 20: the typeface has no picture for 手 (U+624B), 袋 (U+888B)",
        ]
    );

    let mut order = order::rich();
    order.order_request_header.total = order::euro("1.00").into();
    let mut found = All::new();
    let _ = Renderer::new().layout(&order, &order::options(), &mut found).unwrap();
    let said: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["warning[PDF-TOTAL]: order header / Total: the lines come to 1306.78 EUR, the total says 1.00 EUR"]
    );
}

#[test]
fn changes_and_cancellations_say_so() {
    let mut order = order::rich();
    order.order_request_header = order.order_request_header.with_update_of("before@buyer");
    assert!(texts(&layout(&order)).contains(&"Change to purchase order"));
    order.order_request_header = order.order_request_header.with_delete_of("before@buyer");
    assert!(texts(&layout(&order)).contains(&"Cancellation of purchase order"));
}

#[test]
fn what_is_not_shown_is_named() {
    let discount = Modification::deduction(AdditionalDeduction::percent(10));
    let mut order = order::rich();
    let header = &mut order.order_request_header;
    header.total = order::euro("1.00").into();
    header.control_keys = Some(Box::default());
    header.shipping.as_mut().unwrap().modifications = Some(discount.clone().into());
    order.item_out[0].item_detail.as_mut().unwrap().unit_price.modifications = Some(discount.into());
    order.item_out[1].supplier_id = Some(Box::new(SupplierId::new("DUNS", "123456789")));
    order.item_out[2].master_agreement_id_info = Some(Box::new(MasterAgreementIdInfo::new("46000017")));
    order.item_out[3].path =
        Some(Box::new(Path::new(PathNode::new(NodeType::Copy, Credential::new("DUNS", "123456789")))));
    order.item_out[3].other.push(RawElement::parse("<Gift/>").unwrap());
    let mut found = All::new();
    let layout = Renderer::new().layout(&order, &order::options(), &mut found).unwrap();
    let said: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "warning[PDF-OMITTED]: the document does not show ControlKeys, Gift, Modifications, Path, SupplierID"
        ]
    );
    assert!(texts(&layout).concat().contains("46000017"), "{layout}");
}
