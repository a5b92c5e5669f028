//! What the order says in codes is said in words, once, and where it belongs.

use punchout_core::{All, Amount, Ignore};
use punchout_cxml::{
    AdditionalDeduction, BlanketItemDetail, Contact, Description, Modification, ModificationDetail,
    OrderRequest, OriginalPrice, Shipping, State,
};
use punchout_pdf::{Amounts, Language, Options, Renderer, Tone, text, text_of_document};

use crate::{cxml, order, scene};

fn lines(order: &OrderRequest, options: &Options) -> Vec<String> {
    let text = text(order, options, &mut Ignore).unwrap();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn what_becomes_of_a_line_is_said_in_the_language() {
    let mut order = order::rich();
    let operations = ["new", "update", "delete", "block"];
    for (item, operation) in order.item_out.iter_mut().zip(operations) {
        item.operation = Some(operation.into());
    }
    for (language, said) in [
        (
            Language::English,
            ["This line is new", "This line is changed", "This line is deleted", "This line is blocked"],
        ),
        (
            Language::Dutch,
            [
                "Deze regel is nieuw",
                "Deze regel is gewijzigd",
                "Deze regel is vervallen",
                "Deze regel is geblokkeerd",
            ],
        ),
        (
            Language::German,
            [
                "Diese Position ist neu",
                "Diese Position ist geändert",
                "Diese Position entfällt",
                "Diese Position ist gesperrt",
            ],
        ),
        (
            Language::French,
            [
                "Cette ligne est nouvelle",
                "Cette ligne est modifiée",
                "Cette ligne est supprimée",
                "Cette ligne est bloquée",
            ],
        ),
    ] {
        let lines = lines(&order, &order::options().with_language(language));
        let found: Vec<_> = lines.iter().filter(|line| said.contains(&line.as_str())).collect();
        assert_eq!(found, said, "{language}");
        assert!(lines.iter().all(|line| !operations.contains(&line.as_str())), "{language}: {lines:#?}");
    }
}

/// What asks for a delivery has no place above an order that is cancelled.
#[test]
fn a_cancellation_asks_for_nothing() {
    let cancelled = scene::cancelled();
    for (language, above, below, alert) in [
        (Language::English, "Please deliver:", "Our terms apply.", "*** CANCELLATION ***"),
        (Language::Dutch, "Graag leveren:", "Onze voorwaarden gelden.", "*** ANNULERING ***"),
        (Language::German, "Bitte liefern Sie:", "Es gelten unsere Bedingungen.", "*** STORNIERUNG ***"),
        (Language::French, "Merci de livrer :", "Nos conditions s’appliquent.", "*** ANNULATION ***"),
    ] {
        let options =
            order::options().with_language(language).with_above(language, above).with_below(language, below);
        for (order, is_asked) in [(&cancelled, false), (&scene::changed(), true), (&scene::short(), true)] {
            let lines = lines(order, &options);
            assert_eq!(lines.iter().any(|line| line == above), is_asked, "{language}: {lines:#?}");
            assert!(lines.iter().any(|line| line == below), "{language}: {lines:#?}");
            let layout = Renderer::new().layout(order, &options, &mut Ignore).unwrap();
            assert_eq!(layout.to_string().contains(above), is_asked, "{language}: {layout}");
        }
        assert!(lines(&cancelled, &options)[2].starts_with(alert), "{language}");
    }
}

/// A line that is deleted looks like none that is ordered.
#[test]
fn a_deleted_line_stands_back() {
    let order = scene::changed();
    for (language, note) in [
        (Language::English, "not counted"),
        (Language::Dutch, "telt niet mee"),
        (Language::German, "zählt nicht mit"),
        (Language::French, "non compté"),
    ] {
        let options = order::options().with_language(language);
        let layout = Renderer::new().layout(&order, &options, &mut Ignore).unwrap();
        let texts = &layout.pages[0].texts;
        let tones = |wanted: &str| -> Vec<Tone> {
            texts.iter().filter(|text| text.text.contains(wanted)).map(|text| text.tone).collect()
        };
        for deleted in ["HS-09/L", "Werkhandschoen", "geel", "7.25", "14.50", note] {
            let deleted = if language == Language::English { deleted } else { &deleted.replace('.', ",") };
            assert_eq!(tones(deleted), [Tone::Muted], "{language}: {deleted}");
        }
        assert_eq!(tones("KOF-1KG"), [Tone::Ink], "{language}");
        let said = lines(&order, &options);
        let amounts: Vec<_> = said.iter().filter(|line| line.ends_with(note)).collect();
        assert!(matches!(&*amounts, [one] if one.contains("14")), "{language}: {amounts:?}");
    }
}

/// Nor does it keep the others from being shown with their tax.
#[test]
fn a_deleted_line_needs_no_tax() {
    let mut order = scene::changed();
    order.item_out[1].tax = None;
    let mut found = All::new();
    let options = order::options().with_amounts(Amounts::IncludingTax);
    let said = text(&order, &options, &mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
    let amounts: Vec<_> = said.lines().filter_map(|line| line.trim().strip_prefix("Amount EUR ")).collect();
    assert_eq!(amounts, ["incl. VAT: 373.59", "incl. VAT: 16.95"], "{said}");
}

#[test]
fn a_discount_is_said_once() {
    let mut order = scene::short();
    let mut off = AdditionalDeduction::percent(10);
    off.kind = Some("discount".into());
    let mut change = Modification::deduction(off);
    change.original_price = Some(OriginalPrice::new(order::euro("13.72")));
    let mut detail = ModificationDetail::new("Rabatt");
    detail.description = Some(Description::new("Jahresabschluss", "de"));
    detail.start_date = Some("2026-01-01".into());
    detail.end_date = Some("2026-12-31".into());
    change.modification_detail = Some(detail);
    let price = &mut order.item_out[0].item_detail.as_mut().unwrap().unit_price;
    price.modifications = Some(change.into());
    let said = |language| lines(&order, &order::options().with_language(language));
    for (language, expected) in [
        (Language::English, "Discount: 10% Rabatt Jahresabschluss (1 January 2026 – 31 December 2026)"),
        (Language::German, "Rabatt: 10\u{20}% Jahresabschluss (1. Januar 2026 – 31. Dezember 2026)"),
    ] {
        let lines = said(language);
        assert!(lines.iter().any(|line| line == expected), "no {expected:?} in {lines:#?}");
    }
    assert!(said(Language::English).contains(&"Original price: EUR 13.72".to_owned()));
}

#[test]
fn a_discount_of_a_kind_of_its_own_names_it() {
    let mut order = scene::short();
    let mut off = AdditionalDeduction::percent(10);
    off.kind = Some("loyalty".into());
    let price = &mut order.item_out[0].item_detail.as_mut().unwrap().unit_price;
    price.modifications = Some(Modification::deduction(off).into());
    assert!(lines(&order, &order::options()).contains(&"Discount loyalty: 10%".to_owned()));
}

#[test]
fn limits_of_quantity_stand_with_their_line() {
    let mut order = order::rich();
    let item = &mut order.item_out[0];
    let mut detail = BlanketItemDetail::new(Description::new("Cleaning", "en"));
    detail.max_quantity = Some(order::amount("1040.5"));
    detail.min_quantity = Some(order::amount("1"));
    detail.unit_of_measure = Some("HUR".into());
    (item.item_detail, item.blanket_item_detail) = (None, Some(Box::new(detail)));
    let lines = lines(&order, &order::options());
    for said in ["Maximum quantity: 1,040.5 hours", "Minimum quantity: 1 hour"] {
        assert!(lines.iter().any(|line| line == said), "no {said:?} in {lines:#?}");
    }
    assert!(lines.iter().all(|line| !line.contains("MaxQuantity") && !line.contains("MinQuantity")));
}

#[test]
fn how_goods_are_sent_is_said_without_its_price() {
    let mut order = order::rich();
    let mut shipping = Shipping::new(order::euro("9.90"), Description::new("Express parcel", "en"));
    shipping.tracking_id = Some("1Z999".into());
    order.order_request_header.shipping = Some(shipping);
    let hidden = lines(&order, &order::options().with_amounts(Amounts::Hidden));
    for said in ["Shipping: Express parcel", "Tracking no.: 1Z999"] {
        assert!(hidden.iter().any(|line| line == said), "no {said:?} in {hidden:#?}");
    }
    assert!(!hidden.iter().any(|line| line.contains("9.9") || line == "Further data"), "{hidden:#?}");
    let shown = lines(&order, &order::options());
    assert!(shown.contains(&"Shipping Express parcel: EUR 9.90".to_owned()), "{shown:#?}");
    // who brings it is no number
    let shipping = order.order_request_header.shipping.as_mut().unwrap();
    (shipping.tracking_domain, shipping.tracking_id) = (Some("UPS".into()), None);
    let hidden = lines(&order, &order::options().with_amounts(Amounts::Hidden));
    assert!(hidden.contains(&"Carrier: UPS".to_owned()), "{hidden:#?}");
}

/// What a price is for is said, even where the price itself is not.
#[test]
fn the_basis_of_no_price_is_said() {
    let mut order = order::rich();
    order.item_out.truncate(1);
    let detail = order.item_out[0].item_detail.as_mut().unwrap();
    detail.unit_price.money.amount = Amount::with_spelling(0.into(), "");
    let lines = lines(&order, &order::options());
    assert!(lines.contains(&"Price EUR excl. VAT: per 100 pieces".to_owned()), "{lines:#?}");
    let layout = Renderer::new().layout(&order, &order::options(), &mut Ignore).unwrap();
    assert!(layout.pages[0].texts.iter().any(|text| text.text == "per 100 pieces"), "{layout}");
}

/// What a code may mean besides, and how it was spelt, is told with the word.
#[test]
fn doubtful_units_show_their_code() {
    let mut order = order::rich();
    order.item_out.truncate(1);
    for (code, said) in [
        ("CA", ["12.5 cans (CA)", "12,5 bussen (CA)", "12,5 Kannen (CA)", "12,5 bidons (CA)"]),
        ("ea", ["12.5 pieces (ea)", "12,5 stuks (ea)", "12,5 Stück (ea)", "12,5 pièces (ea)"]),
        ("BOX", ["12.5 boxes (BOX)", "12,5 dozen (BOX)", "12,5 Schachteln (BOX)", "12,5 boîtes (BOX)"]),
        ("CT", ["12.5 cartons", "12,5 kartons", "12,5 Kartons", "12,5 cartons"]),
        ("ST", ["12.5 ST", "12,5 ST", "12,5 ST", "12,5 ST"]),
    ] {
        let line = order::item(10, "P-1", "Thing", "12.5", code, "1");
        order.item_out[0] = line;
        for (language, said) in Language::ALL.into_iter().zip(said) {
            let lines = lines(&order, &order::options().with_language(language));
            let found = lines.iter().any(|line| line.ends_with(&format!(": {said}")));
            assert!(found, "{language}: no {said:?} in {lines:#?}");
        }
    }
}

/// The rows that most orders with further data had it for.
#[test]
fn what_a_clerk_looks_for_is_no_further_data() {
    let mut order = scene::short();
    let header = &mut order.order_request_header;
    let address = &mut header.ship_to.as_mut().unwrap().address;
    let mut state = State::new("Zuid-Holland");
    state.iso_state_code = Some("NL-ZH".into());
    address.postal_address.as_mut().unwrap().state = Some(state);
    let mut step = Modification::deduction(AdditionalDeduction::percent(5));
    step.level = Some(2.into());
    let price = &mut order.item_out[0].item_detail.as_mut().unwrap().unit_price;
    price.modifications = Some(step.into());
    let document = cxml::document(order).write_unchecked().unwrap();
    let payment = "<Payment><PCard number=\"\" expiration=\"\"/><PaymentService method=\"ideal\"/>\
        <PaymentReference method=\"cc\" provider=\"bank\"><Money currency=\"EUR\">10.00</Money>\
        <IdReference identifier=\"ch_1\" domain=\"charge\"/><Extrinsic name=\"shift\">late</Extrinsic>\
        </PaymentReference></Payment>";
    let document = String::from_utf8(document).unwrap();
    let at = document.find("<Contact").unwrap();
    let document = [&document[..at], payment, &document[at..]].concat();
    for (language, said) in [
        (
            Language::English,
            [
                "Payment terms: 30 days net",
                "cc bank: EUR 10.00, charge: ch_1, shift: late",
                "Discount: 5% (level 2)",
            ],
        ),
        (
            Language::Dutch,
            [
                "Betalingstermijn: 30 dagen netto",
                "cc bank: EUR 10,00, charge: ch_1, shift: late",
                "Korting: 5% (niveau 2)",
            ],
        ),
        (
            Language::German,
            [
                "Zahlungsbedingungen: 30 Tage netto",
                "cc bank: 10,00 EUR, charge: ch_1, shift: late",
                "Rabatt: 5 % (Stufe 2)",
            ],
        ),
        (
            Language::French,
            [
                "Conditions de paiement : 30 jours net",
                "cc bank : 10,00 EUR, charge : ch_1, shift : late",
                "Remise : 5 % (niveau 2)",
            ],
        ),
    ] {
        let options = order::options().with_language(language);
        let text = text_of_document(document.as_bytes(), &options, &mut Ignore).unwrap();
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        for said in said.into_iter().chain(["ideal", "Zuid-Holland (NL-ZH)"]) {
            assert!(lines.contains(&said), "{language}: no {said:?} in {text}");
        }
        let further = ["Further data", "Overige gegevens", "Weitere Angaben", "Autres données"];
        assert!(!lines.iter().any(|line| further.contains(line)), "{language}: {text}");
    }
}

/// No two facts of a document bear one label that means both.
#[test]
fn labels_tell_facts_apart() {
    let mut order = order::rich();
    let detail = order.item_out[0].item_detail.as_mut().unwrap();
    detail.price_basis_quantity.as_mut().unwrap().description = Some(Description::new("per hundred", "en"));
    let name = order.order_request_header.bill_to.address.name.clone();
    let mut account = Contact::new(name).with_role("buyerAccount");
    account.address_id = Some("D-20931".into());
    order.order_request_header = order.order_request_header.with_contact(account);
    for (language, [basis, account, place, named, sent]) in [
        (
            Language::English,
            [
                "Price basis: per hundred",
                "Account no. D-20931",
                "Location code LOC-0815 (buyerLocationCode)",
                "Invoice in the name of",
                "Send invoices to",
            ],
        ),
        (
            Language::Dutch,
            [
                "Prijsbasis: per hundred",
                "Accountnummer D-20931",
                "Locatiecode LOC-0815 (buyerLocationCode)",
                "Factuur op naam van",
                "Facturen sturen naar",
            ],
        ),
        (
            Language::German,
            [
                "Preisbasis: per hundred",
                "Kontonummer D-20931",
                "Standortcode LOC-0815 (buyerLocationCode)",
                "Rechnung auf den Namen",
                "Rechnungen senden an",
            ],
        ),
        (
            Language::French,
            [
                "Base du prix : per hundred",
                "N° de compte D-20931",
                "Code du lieu LOC-0815 (buyerLocationCode)",
                "Facture au nom de",
                "Envoyer les factures à",
            ],
        ),
    ] {
        let lines = lines(&order, &order::options().with_language(language));
        for said in [basis, account, place, named, sent] {
            assert!(lines.iter().any(|line| line == said), "{language}: no {said:?} in {lines:#?}");
        }
    }
}
