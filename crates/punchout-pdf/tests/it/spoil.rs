//! The proof is worth what it can find: texts that are spoilt by one thing.

use punchout_core::Ignore;
use punchout_cxml::OrderRequest;
use punchout_cxml::secret::Secrets;
use punchout_pdf::{Language, Renderer};

use crate::facts::Facts;
use crate::printed::Printed;
use crate::{order, scene, tools};

fn read(order: &OrderRequest, language: Language) -> Option<String> {
    let options = order::options().with_language(language);
    let is_there = tools::is_there("pdftotext");
    is_there.then(|| tools::raw_text(&Renderer::new().render(order, &options, &mut Ignore).unwrap()))
}

/// What is not found in a text.
fn missing(text: &str, order: &OrderRequest, language: Language) -> Vec<String> {
    let facts = Facts::of(order, &Secrets::of(b""));
    Printed::read(text, &facts, language).map_or_else(|why| vec![why], |printed| printed.missing(&facts))
}

/// Holds that nothing is missing but after a change, and then something that
/// names all of `named`.
fn finds(order: &OrderRequest, language: Language, from: &str, to: &str, named: &[&str]) {
    let Some(text) = read(order, language) else { return };
    assert_eq!(missing(&text, order, language), [""; 0], "before any change");
    assert!(text.contains(from), "{language}: no {from:?} in {text}");
    let found = missing(&text.replacen(from, to, 1), order, language);
    let is_named = |found: &String| named.iter().all(|name| found.contains(name));
    assert!(found.iter().any(is_named), "{language}: {from:?} as {to:?}: {found:?}");
}

#[test]
fn a_shifted_point_is_found() {
    let short = scene::short();
    for (language, price, shifted) in [
        (Language::English, "12.35", ["1.235", "123.5", "12,35", "1235"]),
        (Language::Dutch, "12,35", ["1,235", "123,5", "12.35", "1235"]),
        (Language::German, "12,35", ["1,235", "123,5", "12.35", "1235"]),
        (Language::French, "12,35", ["1,235", "123,5", "12.35", "1235"]),
    ] {
        for shifted in shifted {
            finds(&short, language, price, shifted, &["line 10", "no row of"]);
        }
    }
    // quantity, its group, amount, rate, what is taken off, what is put on, on the line and below it
    for (from, to, named) in [
        ("2.500 stuks", "2,500 stuks", ["line 10", "no row of"]),
        ("2.500 stuks", "2500 stuks", ["line 10", "no row of"]),
        ("per 100 stuks", "per 10 stuks", ["line 10", "no row of"]),
        ("308,75\n20 ", "30,875\n20 ", ["line 10", "no row of"]),
        ("21% 308,75", "2,1% 308,75", ["line 10", "no row of"]),
        ("5%", "50%", ["line 10", "DeductionPercent"]),
        ("5%", "5", ["line 10", "DeductionPercent"]),
        ("EUR 64,84", "EUR 648,4", ["line 10", "Tax/Money"]),
        ("EUR 64,84", "USD 64,84", ["line 10", "Tax/Money"]),
        ("EUR 338,80", "EUR 3.388,00", ["order", "Total/Money"]),
        ("30 dagen", "3 dagen", ["order", "payInNumberOfDays"]),
    ] {
        finds(&short, Language::Dutch, from, to, &named);
    }
}

#[test]
fn swapped_and_lost_lines_are_found() {
    let long = order::long(400);
    for (language, n, price, other) in
        [(Language::English, 123, "33.23", "34.24"), (Language::French, 300, "30,00", "31,01")]
    {
        let Some(text) = read(&long, language) else { return };
        assert_eq!(missing(&text, &long, language), [""; 0]);
        // the prices of a line and of the next one
        let row = |n: u32| text.find(&format!("\n{n} ART-{n:05}")).unwrap();
        let (before, rows) = text.split_at(row(n));
        let (first, second) = rows.split_at(row(n + 1) - before.len());
        let (second, after) = second.split_at(row(n + 2) - row(n + 1));
        let [one, two] = [first.replacen(price, other, 1), second.replacen(other, price, 1)];
        assert!(one != first && two != second, "{first} {second}");
        let swapped = [before, &one, &two, after].concat();
        let found = missing(&swapped, &long, language);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains(&format!("line {n}:")) && found[1].contains(&format!("line {}:", n + 1)));
        // one of them, and both the other way round
        let lost = missing(&[before, second, after].concat(), &long, language);
        assert!(lost[0].contains(&format!("no line {n} ")), "{lost:?}");
        let turned = missing(&[before, second, first, after].concat(), &long, language);
        assert!(turned[0].contains(&format!("no line {} ", n + 1)), "{turned:?}");
    }
}

#[test]
fn changed_days_are_found() {
    for (language, from, to) in [
        (Language::English, "16 March 2026", "17 March 2026"),
        (Language::Dutch, "16 maart 2026", "16 mei 2026"),
        (Language::German, "16. März 2026", "16. März 2025"),
        (Language::French, "16 mars 2026", "15 mars 2026"),
    ] {
        finds(&order::rich(), language, from, to, &["order", "requestedDeliveryDate"]);
    }
    finds(
        &order::rich(),
        Language::English,
        "9 March 2026",
        "8 March 2026",
        &["line 20", "requestedDeliveryDate"],
    );
    finds(&order::rich(), Language::English, "09:30", "09:31", &["order", "orderDate"]);
    finds(&order::rich(), Language::English, "UTC+1", "UTC−1", &["order", "orderDate"]);
}

#[test]
fn changed_words_are_found() {
    let rich = order::rich();
    for (from, to, named) in [
        ("Łukasz", "Lukasz", ["order", "DeliverTo"]),
        ("Zoë", "Zoe", ["order", "Contact/Name"]),
        ("Αθηνάς", "Αθηνας", ["order", "Street"]),
        ("Größe 9", "Große 9", ["line 20", "Description"]),
        ("Подшипник шариковый", "Подшипник шариковыи", ["line 30", "Description"]),
        ("≥ 800", "800", ["line 10", "Description"]),
        ("±0,1", "±01", ["line 40", "Description"]),
        ("MAT-778812", "MAT-77881", ["line 20", "BuyerPartID"]),
        ("105 51", "105 5", ["order", "PostalCode"]),
        ("12.5 pairs", "12.5 pieces", ["line 20", "UnitOfMeasure"]),
    ] {
        finds(&rich, Language::English, from, to, &named);
    }
    finds(&rich, Language::English, "Page 1 of", "Page 2 of", &["page 1"]);
}
