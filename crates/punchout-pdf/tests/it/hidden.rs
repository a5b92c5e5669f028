//! Amounts that are hidden, whatever they are called.

use punchout_core::{All, Ignore};
use punchout_cxml::{Extrinsic, RawElement};
use punchout_pdf::{Amounts, Attach, Renderer, text, text_of_document};

use crate::{cxml, order, scene};

/// Names and values of extrinsics, by whether they tell an amount.
const TELLING: [(&str, &str); 17] = [
    ("Total", "501.01"),
    ("Korting", "502.01"),
    ("Rabatt", "3.01 %"),
    ("Versandkosten", "504,01"),
    ("netValue", "505.01"),
    ("VAT", "506.01"),
    ("MwSt", "507.01"),
    ("BTW", "508.01"),
    ("montant_tva", "509.01"),
    ("order-total", "510.01"),
    ("approved", "EUR 511.01"),
    ("limit", "up to 512.01 €"),
    ("ceiling", "XAF 513.01"),
    ("Remise", "514.01"),
    ("aankoopsom", "515.01"),
    ("Preisliste", "A 516.01"),
    ("ListPrice", "P517"),
];
const OTHER: [(&str, &str); 8] = [
    ("costCenter", "601.01"),
    ("Kostenstelle", "602.01"),
    ("netWeight", "603.01"),
    ("Nettogewicht", "604.01"),
    ("vatID", "NL605B01"),
    ("totalLines", "606.01"),
    ("standard", "ISO 60701"),
    ("PriceList", "PL607"),
];

#[test]
fn amounts_by_other_names_are_hidden_and_counted() {
    let mut order = scene::short();
    let header = &mut order.order_request_header;
    for (name, value) in TELLING.into_iter().chain(OTHER) {
        header.extrinsic.push(Extrinsic::new(name, value));
    }
    let item = &mut order.item_out[0];
    for odd in [
        "<Rabattsumme>521.01</Rabattsumme>",
        "<Ceiling>EUR 522.01</Ceiling>",
        "<Note subTotal='523.01' seen='kept-1'/>",
        "<Weights netWeight='608.01'>609.01</Weights>",
        "<Fee currency='XAF'>9</Fee>",
    ] {
        item.other.push(RawElement::parse(odd).unwrap());
    }
    let cxml = cxml::document(order.clone()).write_unchecked().unwrap();
    let shown = text(&order, &order::options(), &mut Ignore).unwrap();
    let options = order::options().with_amounts(Amounts::Hidden);
    let mut found = All::new();
    let texts = [
        text(&order, &options, &mut found).unwrap(),
        text_of_document(&cxml, &options, &mut Ignore).unwrap(),
        Renderer::new().layout(&order, &options, &mut Ignore).unwrap().to_string(),
    ];
    let amounts = TELLING.iter().map(|(_, value)| *value).chain(["521.01", "522.01", "523.01"]);
    for amount in amounts {
        // it would be there
        let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
        assert!(shown.contains(amount), "no {amount} in {shown}");
        for said in &texts {
            assert!(!said.contains(amount) && !said.contains(&digits), "{amount} is in {said}");
        }
    }
    for (name, value) in OTHER.into_iter().chain([("seen", "kept-1"), ("Weights", "609.01")]) {
        for said in &texts {
            assert!(said.contains(name) && said.contains(value), "no {name} {value} in {said}");
        }
    }
    let found: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["note[PDF-HIDDEN]: order: values of the sender's own that tell amounts are hidden: 20"]
    );
}

/// The cXML tells all amounts, and goes along only where that is asked for.
#[test]
fn hidden_amounts_are_in_no_attachment() {
    let cxml = cxml::document(scene::short()).write_unchecked().unwrap();
    let attached = |attach| {
        let options = order::options().with_amounts(Amounts::Hidden).with_attach(attach);
        let mut found = All::new();
        let pdf = Renderer::new().render_document(&cxml, &options, &mut found).unwrap();
        let found: Vec<_> = found.found().iter().map(|finding| finding.code.to_string()).collect();
        (pdf.windows(13).any(|bytes| bytes == b"/EmbeddedFile"), found)
    };
    assert_eq!(attached(Attach::UnlessHidden), (false, vec!["PDF-ATTACH".to_owned()]));
    assert_eq!(attached(Attach::Never), (false, vec![]));
    assert_eq!(attached(Attach::Always), (true, vec![]));
}
