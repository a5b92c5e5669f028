//! Forty orders and more, each in every language, read back by other programs.

use std::path::PathBuf;

use punchout_core::Ignore;
use punchout_cxml::secret::Secrets;
use punchout_cxml::{Document, OrderRequest};
use punchout_pdf::{Language, Renderer};

use crate::draw::Draw;
use crate::facts::Facts;
use crate::printed::Printed;
use crate::{cxml, order, tools};

/// What somebody made, with a name for messages.
fn made() -> Vec<(String, Vec<u8>)> {
    let mut orders = vec![("rich".to_owned(), order::rich()), ("full".to_owned(), Draw::full().order())];
    for lines in [1, 2, 7, 30, 60, 250, 1_000, 5_000] {
        orders.push((format!("{lines} lines"), order::long(lines)));
    }
    for seed in 1..=30_u32 {
        // whatever bytes they are drawn from, the same ones each time
        let mut state = seed;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let bytes: Vec<u8> = (0..60 * seed).map(|_| byte()).collect();
        orders.push((format!("drawn {seed}"), Draw::any(&bytes).order()));
    }
    let written = |order: OrderRequest| cxml::document(order).write_unchecked().unwrap();
    orders.into_iter().map(|(name, order)| (name, written(order))).collect()
}

/// What was sent, as far as it is at hand.
fn sent() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("PUNCHOUT_DATA").map(|data| PathBuf::from(data).join("cxml/corpus"))
    else {
        println!("skipped: PUNCHOUT_DATA is not set");
        return Vec::new();
    };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let is_order = |bytes: &Vec<u8>| {
        Document::read(bytes, &mut Ignore).is_ok_and(|document| document.order_request().is_some())
    };
    let read = files.into_iter().map(|file| (file.display().to_string(), std::fs::read(&file).unwrap()));
    let orders: Vec<_> = read.filter(|(_, bytes)| is_order(bytes)).collect();
    assert!(orders.len() > 30, "only {} orders", orders.len());
    orders
}

fn orders() -> Vec<(String, Vec<u8>)> {
    [made(), sent()].concat()
}

/// All that the order says is read back by `pdftotext`, as the values that they
/// are and with the line that they belong to. And it is read in the order in
/// which it was laid out.
fn every_fact_is_found(language: Language) {
    if !tools::is_there("pdftotext") {
        return;
    }
    let renderer = Renderer::new();
    let options = order::options().with_language(language);
    let (mut seen, mut counted, mut missing) = (0, 0, Vec::new());
    for (name, bytes) in orders() {
        let document = Document::read(&bytes, &mut Ignore).unwrap();
        let facts = Facts::of(document.order_request().unwrap(), &Secrets::of(&bytes));
        let layout = renderer.layout_document(&bytes, &options, &mut Ignore).unwrap();
        let pdf = renderer.render_document(&bytes, &options, &mut Ignore).unwrap();
        assert_eq!(pdf.pages, layout.pages.len());
        let read = tools::raw_text(&pdf);
        let laid = layout.pages.iter().flat_map(|page| &page.texts).map(|text| text.text.as_str());
        assert_eq!(tools::solid(&read), tools::solid(&laid.collect::<String>()), "{name} {language}");
        seen += 1;
        counted += facts.order.len() + facts.lines.iter().map(|line| line.facts.len()).sum::<usize>();
        match Printed::read(&read, &facts, language) {
            Ok(printed) => {
                let found = printed.missing(&facts);
                missing.extend(found.iter().map(|what| format!("{name} {language}: {what}")));
            }
            Err(why) => missing.push(format!("{name} {language}: {why}")),
        }
    }
    println!("{counted} facts of {seen} orders");
    assert!(missing.is_empty(), "not in the documents:\n{}", missing.join("\n"));
    // forty that were made, besides those that were sent
    let least = if std::env::var_os("PUNCHOUT_DATA").is_some() { 70 } else { 40 };
    assert!(counted > 10_000 && seen >= least, "{counted} facts of {seen} orders");
}

#[test]
fn pdftotext_finds_every_fact_in_english() {
    every_fact_is_found(Language::English);
}

#[test]
fn pdftotext_finds_every_fact_in_dutch() {
    every_fact_is_found(Language::Dutch);
}

#[test]
fn pdftotext_finds_every_fact_in_german() {
    every_fact_is_found(Language::German);
}

#[test]
fn pdftotext_finds_every_fact_in_french() {
    every_fact_is_found(Language::French);
}

/// Each row has quantity, unit, price and amount of its line, in the form of
/// the language.
#[test]
fn pdftotext_finds_the_numbers_of_each_line() {
    if !tools::is_there("pdftotext") {
        return;
    }
    let (order, renderer) = (order::long(400), Renderer::new());
    for (language, group, point, one, many) in [
        (Language::English, ",", ".", "piece", "pieces"),
        (Language::Dutch, ".", ",", "stuk", "stuks"),
        (Language::German, ".", ",", "Stück", "Stück"),
        (Language::French, "\u{A0}", ",", "pièce", "pièces"),
    ] {
        let options = order::options().with_language(language);
        let pdf = renderer.render(&order, &options, &mut Ignore).unwrap();
        let read = tools::laid_out_text(&pdf);
        // thousands and cents
        let shown = |cents: u32| {
            let (whole, cents) = (cents / 100, cents % 100);
            let (thousands, rest) = (whole / 1_000, whole % 1_000);
            let whole =
                if thousands == 0 { rest.to_string() } else { format!("{thousands}{group}{rest:03}") };
            format!("{whole}{point}{cents:02}")
        };
        for n in 1..=400 {
            let (quantity, price) = (n * 3, n % 90 * 100 + n % 100);
            let quantity_shown = shown(quantity * 100);
            let quantity_shown = quantity_shown.split(point).next().unwrap();
            let unit = if quantity == 1 { one } else { many };
            let numbers = [quantity_shown, unit, &shown(price), &shown(quantity * price)];
            let numbers = tools::squeezed(&numbers.join(" "));
            let row = read.lines().find(|line| line.contains(&format!("ART-{n:05}"))).unwrap();
            assert!(
                tools::squeezed(row).ends_with(&numbers),
                "{language}: {numbers} is not the end of {row}"
            );
        }
    }
}

#[test]
fn qpdf_and_pdffonts_find_nothing_wrong() {
    if !tools::is_there("qpdf") || !tools::is_there("pdffonts") {
        return;
    }
    let renderer = Renderer::new();
    for (name, bytes) in orders() {
        let pdf = renderer.render_document(&bytes, &order::options(), &mut Ignore).unwrap();
        let output = tools::run("qpdf", &["--check", "{}"], &pdf);
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.contains("No syntax or stream encoding errors"),
            "{name}: {said}"
        );
        assert!(!said.contains("WARNING"), "{name}: {said}");

        let output = tools::run("pdffonts", &["{}"], &pdf);
        let table = String::from_utf8(output.stdout).unwrap();
        let fonts: Vec<_> = table.lines().skip(2).collect();
        assert!((1..=2).contains(&fonts.len()), "{name}: {table}");
        for font in fonts {
            let flags: Vec<_> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(flags, ["yes", "yes", "yes"], "{name}: embedded, subset, unicode: {font}");
        }
    }
}

#[test]
fn pdfdetach_gives_the_cxml_back() {
    if !tools::is_there("pdfdetach") {
        return;
    }
    let renderer = Renderer::new();
    for (name, bytes) in orders() {
        let pdf = renderer.render_document(&bytes, &order::options(), &mut Ignore).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("order.xml");
        let output = tools::run("pdfdetach", &["-save", "1", "-o", to.to_str().unwrap(), "{}"], &pdf);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let kept = std::fs::read(&to).unwrap();
        let listed = tools::run("pdfdetach", &["-list", "{}"], &pdf);
        let listed = String::from_utf8(listed.stdout).unwrap();
        let stem = pdf.name.strip_suffix(".pdf").unwrap();
        assert!(listed.contains(&format!("{stem}.xml")), "{name}: {listed}");

        // what stands between two masks stands in the order, and in this order
        let mut rest = &bytes[..];
        let parts: Vec<_> = split(&kept, b"***").collect();
        for part in &parts {
            let at = find(rest, part).unwrap_or_else(|| panic!("{name}: {}", String::from_utf8_lossy(part)));
            rest = &rest[at + part.len()..];
        }
        assert!(bytes.starts_with(parts[0]) && bytes.ends_with(parts.last().unwrap()), "{name}");
        let document = Document::read(&kept, &mut Ignore).unwrap();
        let senders = document.header().map(|header| &*header.sender.credential).unwrap_or_default();
        for secret in senders.iter().filter_map(|credential| credential.shared_secret.as_ref()) {
            assert!(["***", ""].contains(&secret.expose().trim()), "{name}");
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() { Some(0) } else { bytes.windows(wanted.len()).position(|window| window == wanted) }
}

fn split<'b>(bytes: &'b [u8], at: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let now = rest?;
        match find(now, at) {
            Some(place) => {
                rest = Some(&now[place + at.len()..]);
                Some(&now[..place])
            }
            None => rest.take(),
        }
    })
}

#[test]
fn two_runs_give_the_same_bytes() {
    let used = Renderer::new();
    for (name, bytes) in orders() {
        let options = order::options().with_language(Language::Dutch);
        let first = used.render_document(&bytes, &options, &mut Ignore).unwrap();
        let again = Renderer::new().render_document(&bytes, &options, &mut Ignore).unwrap();
        assert!(first == again, "{name}");
    }
}

/// One page as it was found good, in greys of half a point. Programs draw edges
/// a little differently from version to version.
#[test]
fn a_page_looks_as_it_did() {
    if !tools::is_there("pdftoppm") {
        return;
    }
    let pdf = Renderer::new().render(&order::rich(), &order::options(), &mut Ignore).unwrap();
    let page = tools::picture(&pdf, 1).halved();
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/page.png");
    if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
        std::fs::write(&file, page.to_png()).unwrap();
    }
    let kept = tools::Gray::from_png(&std::fs::read(&file).unwrap());
    assert_eq!((page.width, page.height), (kept.width, kept.height));
    let differences = page.pixels.iter().zip(&kept.pixels).map(|(a, b)| usize::from(a.abs_diff(*b)));
    let far = differences.clone().filter(|difference| *difference > 96).count();
    let mean = differences.sum::<usize>() * 100 / page.pixels.len();
    assert!(
        far * 500 < page.pixels.len() && mean < 300,
        "{far} pixels differ much, {mean} hundredths in the mean"
    );
}
