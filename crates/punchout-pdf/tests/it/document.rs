//! The PDF, as other programs read it.

use punchout_core::{All, Ignore};
use punchout_pdf::{Pdf, Renderer};

use crate::{order, tools};

fn pdf(order: &punchout_cxml::OrderRequest) -> Pdf {
    let mut found = All::new();
    let pdf = Renderer::new().render(order, &order::options(), &mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
    pdf
}

#[test]
fn holds_every_fact() {
    if !tools::is_there("pdftotext") {
        return;
    }
    let text = tools::text(&pdf(&order::rich()));
    for fact in [
        "Purchase order 4500012345",
        "Order date",
        "1 March 2026, 09:30",
        "Requested delivery",
        "16 March 2026",
        "Requisition",
        "BANF-2026-00017",
        "Payment",
        "30 days net",
        "Stadtwerke Köln-Müngersdorf GmbH",
        "Kreditorenbuchhaltung",
        "Große Straße 5 – 7",
        "50667 Köln",
        "rechnung@stadtwerke.example",
        "Αποθήκη Αθηνών Α.Ε.",
        "Łukasz Żółć, Gate 3",
        "Οδός Αθηνάς 12",
        "105 51 Αθήνα",
        "Ελλάδα",
        "+30 210 1234567",
        "LOC-0815",
        "ООО «Крепёж и Ко»",
        "Requester",
        "Zoë Åström-Őrsi",
        "912-M8X40-ZN",
        "Screw M8 × 40 \"zinc\"",
        "800 N/mm²",
        "2,500 pieces",
        "12.35",
        "per 100 pieces",
        "308.75",
        "Würth 0084 8 40",
        "Lead time: 5 days",
        "Schutzhandschuhe Größe 9, Paar",
        "12.5 pairs",
        "7.249",
        "90.61",
        "MAT-778812",
        "Requested delivery: 9 March 2026",
        "Farbe: gelb – nicht blau",
        "Подшипник шариковый 6204-2RS, Ø 47 mm",
        "per 10 pieces",
        "1 box = 20 pieces",
        "460.00",
        "PT100-Ω",
        "½\" Anschluss, ±0,1 °C, 4…20 mA",
        "447.42",
        "Total excl. VAT",
        "EUR 1,306.78",
        "Shipping Parcel",
        "EUR 9.90",
        "VAT 19% on EUR 1,316.68",
        "EUR 250.17",
        "Grand total incl. VAT",
        "EUR 1,566.85",
        "Questions and confirmation",
        "einkauf@stadtwerke.example",
        "Postfach 10 00 01",
        "Please deliver before 10 o'clock; ring twice at \"Gate 3\".",
        "Lieferschein bitte mit unserer Bestellnummer.",
        "Page 1 of 2",
    ] {
        assert!(text.contains(fact), "no {fact:?} in {text}");
    }
}

/// The words of a long text, whatever lines they are on.
#[test]
fn holds_every_word_of_long_texts() {
    if !tools::is_there("pdftotext") {
        return;
    }
    let text = tools::text(&pdf(&order::rich()));
    for word in order::LONG_TEXT.split_whitespace() {
        assert!(text.contains(word), "no {word:?} in {text}");
    }
    let text = tools::text(&pdf(&order::long(200)));
    for n in 1..=200 {
        assert!(text.contains(&format!("ART-{n:05}")), "line {n}");
    }
}

#[test]
fn embeds_small_fonts_with_unicode() {
    if !tools::is_there("pdffonts") {
        return;
    }
    let output = tools::run("pdffonts", &["{}"], &pdf(&order::rich()));
    let table = String::from_utf8(output.stdout).unwrap();
    let fonts: Vec<_> = table.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{table}");
    for (font, name) in fonts.iter().zip(["NotoSans ", "NotoSans-Bold "]) {
        let (tag, rest) = font.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{font}");
        assert!(rest.starts_with(name), "{font}");
        let flags: Vec<_> = rest.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "embedded, subset, unicode: {font}");
    }
}

#[test]
fn is_a_correct_file() {
    if !tools::is_there("qpdf") {
        return;
    }
    for order in [order::rich(), order::long(200)] {
        let output = tools::run("qpdf", &["--check", "{}"], &pdf(&order));
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("No syntax or stream encoding errors"), "{said}");
    }
}

#[test]
fn says_what_it_is() {
    if !tools::is_there("pdfinfo") {
        return;
    }
    let output = tools::run("pdfinfo", &["-rawdates", "{}"], &pdf(&order::rich()));
    let said = tools::squeezed(&String::from_utf8(output.stdout).unwrap());
    for fact in [
        "Title: Purchase order 4500012345",
        "Author: Stadtwerke Köln-Müngersdorf GmbH",
        "CreationDate: D:20260301093000+01'00'",
        "ModDate: D:20260301093000+01'00'",
        "Pages: 2",
        "(A4)",
        "PDF version: 1.7",
    ] {
        assert!(said.contains(fact), "no {fact:?} in {said}");
    }
}

/// Poppler complains that there is no trailer where a long title comes first.
#[test]
fn long_titles_are_read_without_complaint() {
    if !tools::is_there("pdftotext") {
        return;
    }
    for length in [1, 100, 130, 200, 1_000] {
        let mut order = order::rich();
        order.order_request_header.order_id = "4".repeat(length).into();
        order.order_request_header.bill_to.address.name.text = "Works".repeat(length).into();
        let output = tools::run("pdftotext", &["{}", "-"], &pdf(&order));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{length}: {said}");
    }
}

#[test]
fn same_order_same_bytes() {
    let order = order::rich();
    let first = pdf(&order);
    assert_eq!(first, pdf(&order));
    let warm = Renderer::new();
    warm.render(&order::long(3), &order::options(), &mut Ignore).unwrap();
    assert!(first == warm.render(&order, &order::options(), &mut Ignore).unwrap(), "a warm renderer differs");
    let mut other = order;
    other.order_request_header.order_id = "4500012346".into();
    assert!(id(&first) != id(&pdf(&other)), "two files have one identifier");
}

fn id(pdf: &[u8]) -> &[u8] {
    let at = pdf.windows(3).rposition(|window| window == b"/ID").unwrap();
    &pdf[at..at + 40]
}

#[test]
fn a_page_is_small() {
    let bytes = pdf(&order::rich()).len();
    assert!(bytes <= 30_000, "{bytes} bytes");
}

#[test]
fn renderer_is_shared_between_threads() {
    let renderer = Renderer::new();
    let order = order::rich();
    let once = pdf(&order);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                assert!(renderer.render(&order, &order::options(), &mut Ignore).unwrap() == once);
            });
        }
    });
}
