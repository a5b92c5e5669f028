//! Columns are as wide as what stands in them, and rows as whole as they can be.

use punchout_core::{Amount, Ignore};
use punchout_cxml::{Description, Extrinsic, OrderRequest, PriceBasisQuantity, Tax, TaxDetail};
use punchout_pdf::{Amounts, Language, Layout, Page, Paper, PlacedText, Renderer, Weight};

use crate::order;
use crate::pages::assert_sound;

/// Of so many lines, whose numbers leave no room between them.
fn wide(lines: u32) -> OrderRequest {
    let mut order = order::long(lines);
    for (n, item) in (1_000_001..).zip(&mut order.item_out) {
        item.line_number = Some(Amount::from(n));
        item.quantity = order::amount("1234567.891");
        let detail = TaxDetail::new("vat", order::euro("1.00")).with_percentage_rate(order::amount("21"));
        let tax = Tax::new(order::euro("1.00"), Description::new("VAT", "en")).with_tax_detail(detail);
        item.tax = Some(Box::new(tax));
        let detail = item.item_detail.as_mut().unwrap();
        detail.unit_of_measure = "KWH".into();
        detail.unit_price.money.amount = order::amount("98765.43215");
        detail.price_basis_quantity = Some(PriceBasisQuantity::new(1000, "KWH"));
    }
    order
}

fn layout(order: &OrderRequest, language: Language, paper: Paper) -> Layout {
    let options = order::options().with_language(language).with_paper(paper);
    let layout = Renderer::new().layout(order, &options, &mut Ignore).unwrap();
    assert_sound(&layout);
    layout
}

fn has(page: &Page, text: &str) -> bool {
    page.texts.iter().any(|placed| placed.text == text)
}

/// The width of the cell that a text stands in.
fn room(page: &Page, wanted: impl Fn(&PlacedText) -> bool) -> f32 {
    let at = page.texts.iter().position(wanted).unwrap();
    page.cells.iter().find(|cell| cell.texts.contains(&at)).unwrap().width
}

#[test]
fn numbers_stay_whole_and_descriptions_readable() {
    for (language, numbers) in [
        (Language::German, ["1.234.567,891", "98.765,43215", "121.932.631,27"]),
        (Language::English, ["1,234,567.891", "98,765.43215", "121,932,631.27"]),
    ] {
        for paper in [Paper::A4, Paper::Letter] {
            let layout = layout(&wide(3), language, paper);
            let [page] = &*layout.pages else { panic!("{layout}") };
            for text in numbers.into_iter().chain(["1000001", "1000002", "1000003", "ART-00002"]) {
                assert!(has(page, text), "no {text} in {layout}");
            }
            let is_name = |text: &PlacedText| {
                text.weight == Weight::Bold && text.text.starts_with("Article number 2 of the long list")
            };
            assert!(room(page, is_name) > 300.0, "{layout}");
        }
    }
}

#[test]
fn long_numbers_of_lines_stay_whole() {
    for number in ["1000001", "4500012345-00010"] {
        let mut order = order::long(3);
        order.item_out[1].line_number = Some(Amount::with_spelling(2.into(), number));
        let layout = layout(&order, Language::French, Paper::A4);
        assert!(has(&layout.pages[0], number), "{layout}");
        let is_name = |text: &PlacedText| text.text.starts_with("Article number 2");
        assert!(room(&layout.pages[0], is_name) >= 132.0, "{layout}");
    }
}

/// What is narrow stands in one row.
#[test]
fn narrow_numbers_leave_the_description_its_column() {
    let layout = layout(&order::long(3), Language::English, Paper::A4);
    let page = &layout.pages[0];
    let line = |wanted: &str| page.texts.iter().find(|text| text.text.starts_with(wanted)).unwrap().baseline;
    assert!((line("ART-00002") - line("Article number 2")).abs() < 0.01, "{layout}");
}

/// The second row of a line is on the page of the first, under the same
/// heading, and the last line on that of the sums.
#[test]
fn both_rows_of_a_line_stay_together() {
    let mut turned = 0;
    for lines in 3..40 {
        let layout = layout(&wide(lines), Language::English, Paper::A4);
        for page in &layout.pages {
            let count = |start: &str| page.texts.iter().filter(|text| text.text.starts_with(start)).count();
            // a row with a long text may be split, but takes some of it along
            assert_eq!(count("ART-"), count("Article number"), "{lines} lines: {layout}");
            let is_table = count("ART-") > 0 || count("UNSPSC") > 0;
            assert!(!is_table || has(page, "Part no.") && has(page, "Description"), "{lines} lines");
        }
        let last_of = |start: &str| {
            layout.pages.iter().rposition(|page| page.texts.iter().any(|text| text.text.starts_with(start)))
        };
        assert_eq!(last_of("UNSPSC"), last_of("Total"), "{lines} lines");
        turned += usize::from(last_of("Total") > Some(0));
    }
    assert!(turned > 20, "only {turned} orders had a second page");
}

const COMMENT: &str = "Please deliver to the back of the hall, ring twice, and leave nothing at the gate, \
    since it is not manned before ten o'clock.";

/// What a narrow column would make a tall row of stands below the row.
#[test]
fn details_stand_where_the_row_is_lower() {
    let mut order = order::long(3);
    order.item_out[1] = order.item_out[1].clone().with_comments(COMMENT);
    let layout = layout(&order, Language::English, Paper::A4);
    let page = &layout.pages[0];
    let name = room(page, |text| text.text.starts_with("Article number 1"));
    assert!((room(page, |text| text.text.starts_with("UNSPSC")) - name).abs() < 0.01, "{layout}");
    assert!(room(page, |text| text.text.starts_with("Comments: Please")) > name + 100.0, "{layout}");
}

/// A text of many lines has the width that the numbers beside it would leave
/// empty, on as many pages as it needs.
#[test]
fn long_descriptions_stand_below_their_row() {
    let mut order = order::long(3);
    let description = &mut order.item_out[1].item_detail.as_mut().unwrap().description[0];
    description.text = format!("Cleaning\n{}", "The hall is swept every day. ".repeat(120)).into();
    for language in Language::ALL {
        let layout = layout(&order, language, Paper::A4);
        let page = &layout.pages[0];
        let line = |start: &str| page.texts.iter().find(|text| text.text.starts_with(start)).unwrap();
        assert!((line("Cleaning").baseline - line("ART-00002").baseline).abs() < 0.01, "{layout}");
        assert!(line("The hall").baseline > line("ART-00002").baseline + 5.0, "{layout}");
        assert!(room(page, |text| text.text.starts_with("The hall")) > 300.0, "{layout}");
    }
    // a short one stays in its column
    let description = &mut order.item_out[1].item_detail.as_mut().unwrap().description[0];
    description.text = format!("Cleaning\n{}", "The hall is swept every day. ".repeat(4)).into();
    let layout = layout(&order, Language::English, Paper::A4);
    assert!(room(&layout.pages[0], |text| text.text.starts_with("The hall")) < 250.0, "{layout}");
}

/// However long a description is, some of it goes with what is below it.
#[test]
fn details_are_not_parted_from_a_long_description() {
    for lines in 11..50 {
        let mut order = order::long(5);
        order.item_out[1] = order.item_out[1].clone().with_comments(COMMENT);
        let words = (1..=lines).map(|n| format!("word{n:03}")).collect::<Vec<_>>();
        order.item_out[1].item_detail.as_mut().unwrap().description[0].text = words.join("\n").into();
        let layout = layout(&order, Language::English, Paper::A4);
        let starts =
            |page: &Page, start: &str| page.texts.iter().filter(|text| text.text.starts_with(start)).count();
        let page = layout.pages.iter().find(|page| starts(page, "Comments: Please") > 0).unwrap();
        assert!(starts(page, "word") >= 3, "{lines} lines: {layout}");
        assert_eq!(layout.pages.iter().map(|page| starts(page, "word")).sum::<usize>(), lines);
    }
}

#[test]
fn large_sums_stay_whole() {
    let mut large = wide(1);
    large.order_request_header.total = order::euro("1682980275.00").into();
    for (language, sum) in [
        (Language::English, "EUR\u{A0}1,682,980,275.00"),
        (Language::French, "1\u{A0}682\u{A0}980\u{A0}275,00\u{A0}EUR"),
    ] {
        let layout = layout(&large, language, Paper::A4);
        assert!(layout.pages.iter().any(|page| has(page, sum)), "{language}: {layout}");
    }
}

/// Whatever is above it, in one step after the other down the page.
#[test]
fn no_heading_of_a_table_is_left_alone() {
    const ABOVE: &str = "We are pleased to order from you:";
    let mut turned = 0;
    for (facts, lines) in (0..90).flat_map(|facts| [(facts, 1), (facts, 2)]) {
        let mut order = order::long(lines);
        for n in 0..facts {
            let fact = Extrinsic::new(format!("fact{n}"), "yes");
            order.order_request_header.extrinsic.push(fact);
        }
        // without such a text every fourth time
        let above =
            if facts % 4 > 0 { ABOVE.to_owned() + &"\n…".repeat(facts % 4 - 1) } else { String::new() };
        for amounts in [Amounts::ExcludingTax, Amounts::Hidden] {
            let mut options = order::options().with_language(Language::English).with_amounts(amounts);
            options = options.with_above(Language::English, &*above);
            let layout = Renderer::new().layout(&order, &options, &mut Ignore).unwrap();
            assert_sound(&layout);
            let page_of = |text: &str| layout.pages.iter().position(|page| has(page, text)).unwrap();
            let table = page_of("ART-00001");
            assert_eq!(page_of("Description"), table, "{facts} facts: {layout}");
            assert!(above.is_empty() || page_of(ABOVE) == table, "{facts} facts: {layout}");
            turned += usize::from(table > 0);
        }
    }
    assert!(turned > 40, "only {turned} tables began on a later page");
}

#[test]
fn part_numbers_stay_whole_where_there_is_room() {
    let mut order = order::long(2);
    for item in &mut order.item_out {
        item.item_id.supplier_part_id = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".into();
    }
    let layout = layout(&order, Language::German, Paper::A4);
    assert!(layout.pages.iter().all(|page| has(page, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")), "{layout}");
}

/// One part number that needs two lines leaves no white beside all the others.
#[test]
fn a_long_part_number_takes_no_more_than_its_lines() {
    const PART: &str = "DIN4014M16X120 VERZINKTUNDBLAU";
    let mut order = order::long(5);
    order.item_out[2].item_id.supplier_part_id = PART.into();
    let layout = layout(&order, Language::German, Paper::A4);
    let [page, ..] = &*layout.pages else { panic!("{layout}") };
    let parts: Vec<_> =
        page.texts.iter().filter(|text| text.text.len() > 5 && PART.contains(&*text.text)).collect();
    assert!(parts.len() > 1, "{layout}");
    let widest = parts.iter().map(|part| part.width).fold(0.0, f32::max);
    let room = room(page, |text| text.text == parts[0].text);
    assert!(room < widest + 1.5, "{room} for {widest}: {layout}");
}

/// A description may go on over pages; of its paragraphs no line stands alone.
#[test]
fn no_line_of_a_paragraph_stands_alone() {
    for first in 12..60 {
        let words = |n: usize, count: usize| {
            (0..count).map(|m| format!("p{n:02}w{m:03}")).collect::<Vec<_>>().join(" ")
        };
        let paragraphs: Vec<_> =
            (10..60).map(|n| words(n, if n == 10 { first } else { 14 + (n * 7) % 61 })).collect();
        let mut order = order::long(1);
        order.item_out[0].item_detail.as_mut().unwrap().description[0] =
            Description::new(paragraphs.join("\n"), "en");
        let layout = layout(&order, Language::English, Paper::A4);
        assert!(layout.pages.len() > 2, "{layout}");
        for n in 10..60 {
            let is_of = |text: &&PlacedText| text.text.contains(&format!("p{n}w"));
            let lines: Vec<_> =
                layout.pages.iter().map(|page| page.texts.iter().filter(is_of).count()).collect();
            let all: usize = lines.iter().sum();
            assert!(all > 1 && !lines.contains(&1), "paragraph {n} of {first}: {lines:?}");
        }
    }
}
