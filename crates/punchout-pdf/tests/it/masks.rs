//! What is masked, and what only looks as if it had to be.

use punchout_core::{All, Ignore};
use punchout_cxml::{
    Accounting, AccountingSegment, Credential, Description, Distribution, Extrinsic, IdReference, Name,
};
use punchout_pdf::{Pdf, Renderer, text_of_document};

use crate::{cxml, order, scene};

/// Numbers that a card could have, in fields where no card stands.
const PARTS: [&str; 8] = [
    "4000000000000002",
    "4000000000000010",
    "4000000000000028",
    "4000000000000036",
    "4000000000000044",
    "4000000000000051",
    "4000000000000069",
    "4000000000000077",
];
const CARD: &str = "4111 1111 1111 1111";

/// What is said on paper, as text and by the document that goes along.
fn said(xml: &str) -> ([String; 3], Vec<String>, Pdf) {
    let (options, renderer) = (order::options(), Renderer::new());
    let layout = renderer.layout_document(xml.as_bytes(), &options, &mut Ignore).unwrap();
    let paper = layout.pages.iter().flat_map(|page| &page.texts).map(|text| format!("{}\n", text.text));
    let mut found = All::new();
    let text = text_of_document(xml.as_bytes(), &options, &mut found).unwrap();
    let attached = punchout_cxml::secret::redact(xml.as_bytes()).unwrap();
    let pdf = renderer.render_document(xml.as_bytes(), &options, &mut Ignore).unwrap();
    let found = found.found().iter().filter(|finding| finding.code.to_string() == "PDF-MASKED");
    let found = found.map(|finding| format!("{}: {}", finding.at, finding.message)).collect();
    ([paper.collect(), text, String::from_utf8(attached).unwrap()], found, pdf)
}

#[test]
fn identifiers_are_no_cards_and_free_texts_may_hold_one() {
    let mut order = scene::short();
    let [number, requisition, agreement, part, auxiliary, buyer_part, segment, gtin] = PARTS;
    let header = &mut order.order_request_header;
    header.order_id = number.into();
    header.requisition_id = Some(requisition.into());
    header.agreement_id = Some(agreement.into());
    header.comments.clear();
    order.order_request_header =
        order.order_request_header.with_comments(format!("{CARD} and {CARD}").as_str());
    let item = &mut order.item_out[1];
    item.item_id.supplier_part_id.value = part.into();
    item.item_id.supplier_part_auxiliary_id = Some(auxiliary.into());
    item.item_id.buyer_part_id = Some(buyer_part.into());
    let account =
        AccountingSegment::new(segment, Name::new("Cost centre", "en"), Description::new("Depot", "en"));
    let accounting = Accounting::new("Works", [account]);
    item.distribution.push(Distribution::new(accounting, order::euro("1")));
    let detail = item.item_detail.as_mut().unwrap();
    detail.extrinsic.push(Extrinsic::new("GTIN", gtin));
    detail.extrinsic.push(Extrinsic::new("remark", "4000000000000085"));
    let document = cxml::document(order);
    let xml = String::from_utf8(document.write_unchecked().unwrap()).unwrap();

    let (said, found, pdf) = said(&xml);
    for text in &said {
        for part in PARTS {
            assert!(text.contains(part), "no {part} in {text}");
        }
        assert!(!text.contains("4111") && !text.contains("4000000000000085"), "{text}");
        assert!(text.contains("*** and ***"), "{text}");
    }
    assert_eq!(pdf.name, format!("{number}.pdf"));
    assert_eq!(
        found,
        [
            "OrderRequestHeader / Comments: 2 secrets or card numbers are masked",
            "ItemOut 2 / ItemDetail / Extrinsic 2: 1 secret or card number is masked",
        ]
    );
    // byte for byte but for the masks
    let masked = xml.replace(CARD, "***").replace("4000000000000085", "***");
    assert_eq!(said[2], masked.replace(cxml::SECRET, "***"));
}

#[test]
fn a_reference_is_an_identifier_unless_it_is_to_a_card() {
    let mut order = scene::short();
    let reference = |domain: &str, number: &str| IdReference::new(number, domain);
    let header = &mut order.order_request_header;
    header.id_reference.push(reference("buyerReference", PARTS[0]));
    header.id_reference.push(reference("purchasingCard", PARTS[1]));
    let mut document = cxml::document(order);
    let punchout_cxml::Body::Request(header, _) = &mut document.body else { panic!("{document:?}") };
    header.to = punchout_cxml::Party::new(Credential::new("GLN", PARTS[2]));
    let mut xml = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    // the supplier is told by its number
    let start = xml.find("<Contact role=\"supplierCorporate\"").unwrap();
    let end = start + xml[start..].find("</Contact>").unwrap() + "</Contact>".len();
    xml.replace_range(start..end, "");
    let (said, found, _) = said(&xml);
    for text in &said {
        assert!(text.contains(PARTS[0]) && text.contains(PARTS[2]) && !text.contains(PARTS[1]), "{text}");
    }
    assert_eq!(found, ["OrderRequestHeader / IdReference 2@identifier: 1 secret or card number is masked"]);
}
