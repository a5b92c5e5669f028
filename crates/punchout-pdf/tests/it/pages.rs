//! The layout: everything has its place.

use std::sync::LazyLock;

use punchout_core::{All, Ignore};
use punchout_cxml::{
    Body, Credential, DeploymentMode, Description, Discount, Extrinsic, MasterAgreementIdInfo, NodeType,
    OrderKind, OrderRequest, PCard, Path, PathNode, PaymentTerm, RawElement, SupplierId,
};
use punchout_pdf::{
    Amounts, Cell, ErrorKind, Language, Layout, Page, PlacedText, Renderer, Rule, Tone, Weight,
};
use ttf_parser::Face;

use crate::{order, scene, tools};

fn layout(order: &OrderRequest) -> Layout {
    let mut found = All::new();
    let layout = Renderer::new().layout(order, &order::options(), &mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
    layout
}

fn texts(layout: &Layout) -> Vec<&str> {
    layout.pages.iter().flat_map(|page| &page.texts).map(|text| text.text.as_str()).collect()
}

/// What stands between head and foot of a page.
pub(crate) fn body(page: &Page) -> impl Iterator<Item = &PlacedText> {
    page.texts.iter().filter(|text| text.baseline > 50.0 && text.baseline < page.height - 50.0)
}

/// Whether a text is the number of a line whose rest stands beside it.
pub(crate) fn is_rest(text: &PlacedText) -> bool {
    text.tone == Tone::Muted && text.x < 57.0 && text.text.ends_with('…')
}

/// How wide a text is, by the font's own tables.
fn measured(text: &PlacedText) -> f32 {
    static FACES: LazyLock<[Face<'static>; 2]> = LazyLock::new(|| {
        [notosans::REGULAR_TTF, notosans::BOLD_TTF].map(|bytes| Face::parse(bytes, 0).unwrap())
    });
    let face = &FACES[usize::from(text.weight == Weight::Bold)];
    let advance = |c| {
        let glyph = face.glyph_index(c).unwrap_or_else(|| panic!("no {c:?} for {text:?}"));
        f32::from(face.glyph_hor_advance(glyph).unwrap())
    };
    text.text.chars().map(advance).sum::<f32>() * text.size / f32::from(face.units_per_em())
}

struct Area {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Area {
    /// The letters of a text, as wide as they are drawn.
    fn of(text: &PlacedText) -> Self {
        let (top, bottom) = (text.baseline - text.size * 0.72, text.baseline + text.size * 0.22);
        Self { left: text.x, right: text.x + measured(text), top, bottom }
    }

    fn of_cell(cell: &Cell) -> Self {
        let Cell { x, y, width, height, .. } = *cell;
        Self { left: x, right: x + width, top: y, bottom: y + height }
    }

    /// With as much as is lost where numbers are rounded.
    fn holds(&self, other: &Self) -> bool {
        const ROUNDED: f32 = 0.05;
        other.left >= self.left - ROUNDED
            && other.right <= self.right + ROUNDED
            && other.top >= self.top - ROUNDED
            && other.bottom <= self.bottom + ROUNDED
    }

    fn is_apart_from(&self, other: &Self) -> bool {
        const ROUNDED: f32 = 0.01;
        self.right <= other.left + ROUNDED
            || other.right <= self.left + ROUNDED
            || self.bottom <= other.top + ROUNDED
            || other.bottom <= self.top + ROUNDED
    }
}

/// Every text in its cell, as wide as it says; every cell on the page with a
/// margin, and none over another.
pub(crate) fn assert_sound(layout: &Layout) {
    if let Err(why) = soundness(layout) {
        panic!("{why}");
    }
}

fn soundness(layout: &Layout) -> Result<(), String> {
    const MARGIN: f32 = 28.0;
    for (n, page) in layout.pages.iter().enumerate() {
        let n = n + 1;
        let inner =
            Area { left: MARGIN, right: page.width - MARGIN, top: MARGIN, bottom: page.height - MARGIN };
        let mut seen = 0;
        let cells: Vec<_> = page.cells.iter().map(Area::of_cell).collect();
        for (cell, area) in page.cells.iter().zip(&cells) {
            if cell.texts.start != seen || cell.texts.is_empty() {
                return Err(format!("page {n}: {cell:?} does not follow text {seen}"));
            }
            seen = cell.texts.end;
            if !inner.holds(area) {
                return Err(format!("page {n}: {cell:?} is outside"));
            }
            let texts: Vec<_> =
                page.texts[cell.texts.clone()].iter().map(|text| (text, Area::of(text))).collect();
            for (i, (text, letters)) in texts.iter().enumerate() {
                if (letters.right - letters.left - text.width).abs() > 0.05 * (1.0 + text.width / 100.0) {
                    return Err(format!("page {n}: {text:?} is {} wide", letters.right - letters.left));
                }
                if !area.holds(letters) {
                    return Err(format!("page {n}: {text:?} is outside {cell:?}"));
                }
                if texts.iter().skip(i + 1).any(|(_, other)| !letters.is_apart_from(other)) {
                    return Err(format!("page {n}: something stands on {text:?}"));
                }
            }
        }
        if seen != page.texts.len() {
            return Err(format!("page {n}: text {seen} has no cell"));
        }
        for (i, a) in cells.iter().enumerate() {
            if let Some(j) = cells.iter().skip(i + 1).position(|b| !a.is_apart_from(b)) {
                return Err(format!("page {n}: {:?} and {:?} overlap", page.cells[i], page.cells[i + 1 + j]));
            }
        }
        for Rule { x, y, width, height, .. } in &page.rules {
            let area = Area { left: *x, right: x + width, top: *y, bottom: y + height };
            if !inner.holds(&area) {
                return Err(format!("page {n}: a rule at {x} {y} is outside"));
            }
        }
    }
    Ok(())
}

/// What is not sound is found: else nothing that is asserted would mean much.
#[test]
fn unsound_layouts_are_found() {
    let sound = layout(&order::long(30));
    assert_eq!(soundness(&sound), Ok(()));
    let widest = |page: &Page| {
        let gaps = page.cells.iter().enumerate().map(|(n, cell)| {
            let text = &page.texts[cell.texts.start];
            (n, cell.x + cell.width - text.x - text.width)
        });
        gaps.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0
    };
    let break_it = |how: fn(&mut Page, usize)| {
        let mut broken = sound.clone();
        let page = &mut broken.pages[1];
        let cell = widest(page);
        how(page, cell);
        soundness(&broken).unwrap_err()
    };
    let said = break_it(|page, cell| page.texts[page.cells[cell].texts.start].text.push_str("WWW"));
    assert!(said.contains(" wide"), "{said}");
    let said = break_it(|page, cell| {
        let text = &mut page.texts[page.cells[cell].texts.start];
        text.text.push_str("WWW");
        text.width = measured(text);
    });
    assert!(said.contains("is outside Cell"), "{said}");
    let said = break_it(|page, cell| page.cells[cell].x += page.width);
    assert!(said.contains("is outside"), "{said}");
    let said = break_it(|page, _| {
        // the neighbour to the right in one row
        let at = page
            .cells
            .windows(2)
            .position(|pair| (pair[0].y - pair[1].y).abs() < 0.01 && pair[0].x < pair[1].x)
            .unwrap();
        page.cells[at].width += 20.0;
    });
    assert!(said.contains("overlap"), "{said}");
    let said = break_it(|page, _| {
        page.cells.pop();
    });
    assert!(said.contains("has no cell"), "{said}");
}

/// Pages that get apart still say what they are of.
#[test]
fn later_pages_name_the_order_and_what_became_of_it() {
    for language in Language::ALL {
        let options = order::options().with_language(language);
        let mut order = order::long(60);
        let header = order.order_request_header.clone();
        for (header, has_alert) in [
            (header.clone(), false),
            (header.clone().with_update_of("a@b"), true),
            (header.with_delete_of("a@b"), true),
        ] {
            order.order_request_header = header;
            let layout = Renderer::new().layout(&order, &options, &mut Ignore).unwrap();
            assert_sound(&layout);
            let large = layout.pages[0].texts.iter().find(|text| text.tone == Tone::OnAccent);
            assert_eq!(large.is_some(), has_alert);
            assert!(layout.pages.len() > 2);
            for page in &layout.pages[1..] {
                let head: Vec<_> = page.texts.iter().filter(|text| text.baseline < 50.0).collect();
                assert!(
                    head[0].text.ends_with(" 4500012345") && head[0].size >= 8.0 && head[0].tone == Tone::Ink
                );
                assert_eq!(head.get(1).map(|text| &text.text), large.map(|text| &text.text));
            }
        }
    }
}

#[test]
fn short_order_is_one_page() {
    let layout = layout(&scene::short());
    assert_sound(&layout);
    assert_eq!(layout.pages.len(), 1, "{layout}");
    assert_eq!(layout.title, "Purchase order IO-2026-004711");
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
    for (a, b) in [("12.35", "7.249"), ("7.249", "57.50"), ("308.75", "90.61"), ("12.5", "4")] {
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
        assert_eq!(number, 2, "page {} names the order", n + 1);
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

    let mut order = order::rich();
    for currency in ["€".repeat(4_500), "EUR ".repeat(1_200)] {
        order.order_request_header.total.money.currency = currency.clone().into();
        let layout = Renderer::new().layout(&order, &order::options(), &mut Ignore).unwrap();
        assert_sound(&layout);
        // without heads and feet, which stand between its lines
        let texts = layout.pages.iter().flat_map(body);
        let said = tools::solid(&texts.map(|text| text.text.as_str()).collect::<String>());
        assert!(said.contains(&tools::solid(&currency)), "the total names it in full");
        let heads = layout.pages.iter().filter(|page| page.texts.iter().any(|text| text.text == "Part no."));
        assert!(heads.count() < 4, "the heading leaves room: {layout}");
    }

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
    // the part number is measured before the description is set
    order.item_out[2].item_id.supplier_part_id = "中-1".into();
    let mut found = All::new();
    let layout = Renderer::new().layout(&order, &order::options(), &mut found).unwrap();
    assert!(texts(&layout).contains(&"\u{FFFD}\u{FFFD} gloves \u{FFFD}"));
    let said: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "error[PDF-AMOUNT]: item 20: the price is for a quantity of 0",
            "error[PDF-GLYPH]: item 20: the typeface has no picture for 中 (U+4E2D), 手 (U+624B), 袋 (U+888B); \
                it is needed in item 20, item 30",
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

/// As programs on macOS write them.
#[test]
fn decomposed_letters_are_one_character() {
    let mut order = order::rich();
    order.item_out[1].item_detail.as_mut().unwrap().description[0].text =
        "Cre\u{300}me bru\u{302}le\u{301}e".into();
    assert!(texts(&layout(&order)).contains(&"Crème brûlée"));
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
fn large_letters_say_change_and_cancellation() {
    for language in Language::ALL {
        let options = order::options().with_language(language);
        let largest = |order: &OrderRequest| {
            let layout = Renderer::new().layout(order, &options, &mut Ignore).unwrap();
            let texts = layout.pages[0].texts.iter().filter(|text| text.tone == Tone::OnAccent);
            texts.max_by(|a, b| a.size.total_cmp(&b.size)).map(|text| (text.text.clone(), text.size))
        };
        assert_eq!(largest(&scene::short()), None);
        let (changed, size) = largest(&scene::changed()).unwrap();
        assert!(size >= 20.0 && changed == changed.to_uppercase(), "{changed}");
        assert_ne!(largest(&scene::cancelled()).unwrap().0, changed);
    }
}

/// Nothing is dropped: what has no place stands at the end.
#[test]
fn what_has_no_place_is_listed() {
    let mut order = order::rich();
    let header = &mut order.order_request_header;
    header.control_keys = Some(Box::default());
    order.item_out[1].supplier_id = Some(Box::new(SupplierId::new("DUNS", "123456789")));
    order.item_out[2].master_agreement_id_info = Some(Box::new(MasterAgreementIdInfo::new("46000017")));
    order.item_out[3].path =
        Some(Box::new(Path::new(PathNode::new(NodeType::Copy, Credential::new("", "")))));
    order.item_out[3]
        .other
        .push(RawElement::parse("<Gift wrap='paper'><For>a &amp; b</For></Gift>").unwrap());
    let layout = layout(&order);
    assert_sound(&layout);
    let all = texts(&layout);
    let from = all.iter().position(|text| *text == "Further data").unwrap();
    let further: Vec<_> = all[from + 1..].iter().filter(|text| !text.contains("4500012345")).collect();
    assert_eq!(
        further,
        [
            &"Order",
            &"OrderRequestHeader / ControlKeys",
            &"given, without content",
            &"Line 20",
            &"SupplierID",
            &"123456789 · domain: DUNS",
            &"Line 40",
            &"Path / Node",
            &"type: copy",
            &"Path / Node / Credential / Identity",
            &"given, without content",
            &"Gift",
            &"wrap: paper",
            &"Gift / For",
            &"a & b",
            &"Page 2 of 2",
        ]
    );
    assert!(all[..from].concat().contains("46000017"), "{layout}");
}

#[test]
fn secrets_are_on_no_page() {
    let mut order = order::rich();
    let mut card = PCard::new("4111111111111111", "2030-01-31");
    card.name = Some("Jo Card".into());
    order.order_request_header.payment = Some(card.into());
    let secret = "<Credential domain='NetworkID'><Identity>AN01</Identity><SharedSecret>hunter2</SharedSecret></Credential>";
    order.item_out[0].other.push(RawElement::parse(secret).unwrap());
    order.item_out[0].item_detail.as_mut().unwrap().extrinsic.push(Extrinsic::new("Password", "hunter2"));
    let mut found = All::new();
    let said = punchout_pdf::text(&order, &order::options(), &mut found).unwrap();
    let layout = layout(&order);
    for text in [texts(&layout).concat(), said] {
        assert!(!text.contains("4111") && !text.contains("hunter2"), "{text}");
        assert!(!text.contains("2030-01-31") && !text.contains("Jo Card"), "{text}");
        assert!(text.contains("Purchasing card") && text.contains("AN01"), "{text}");
    }
}

/// What the attachment masks is masked on the pages, and the other way round.
#[test]
fn pages_and_attachment_mask_the_same() {
    const SECRETS: [&str; 12] = [
        "4111",
        "1111 1111",
        "5555555555554444",
        "378282246310005",
        "hush77",
        "t0ps3cret",
        "abc777",
        "zyx888",
        "2030-01-31",
        "Jo Card",
        "pass-page",
        "nonce-42",
    ];
    let mut order = order::rich();
    let mut card = PCard::new("4111111111111111", "2030-01-31");
    card.name = Some("Jo Card".into());
    order.order_request_header.payment = Some(card.into());
    order.order_request_header.extrinsic.push(Extrinsic::new("creditCard", "5555555555554444"));
    let header = order.order_request_header;
    order.order_request_header =
        header.with_comments("kept one; card 4111 1111 1111 1111; our word is zyx888-t0ps3cret");
    let item = &mut order.item_out[0];
    let detail = item.item_detail.as_mut().unwrap();
    detail.extrinsic.push(Extrinsic::new("CardNo", "378282246310005"));
    detail.extrinsic.push(Extrinsic::new("link", "https://ann:hush77@shop.example/?token=nonce-42&kept=two"));
    for odd in [
        "<SharedSecrets>abc777</SharedSecrets>",
        "<Wrapped><StartPage><URL>https://shop.example/pass-page</URL></StartPage></Wrapped>",
        "<Note card='5555 5555 5555 4444'>repeats abc777, kept three</Note>",
    ] {
        item.other.push(RawElement::parse(odd).unwrap());
    }
    let mut cxml =
        String::from_utf8(crate::cxml::document(order.clone()).write_unchecked().unwrap()).unwrap();
    assert!(SECRETS.iter().all(|secret| *secret == "t0ps3cret" || cxml.contains(secret)));
    cxml = cxml.replace(crate::cxml::SECRET, "zyx888-t0ps3cret");

    let renderer = Renderer::new();
    let options = order::options();
    let mut said = vec![
        texts(&renderer.layout(&order, &options, &mut Ignore).unwrap()).join(" "),
        punchout_pdf::text(&order, &options, &mut Ignore).unwrap(),
    ];
    for text in &mut said {
        // only the document knows that it is one
        assert!(text.contains("zyx888-t0ps3cret"));
        *text = text.replace("zyx888-t0ps3cret", "***");
    }
    said.push(texts(&renderer.layout_document(cxml.as_bytes(), &options, &mut Ignore).unwrap()).join(" "));
    said.push(punchout_pdf::text_of_document(cxml.as_bytes(), &options, &mut Ignore).unwrap());
    let redacted = punchout_cxml::secret::redact(cxml.as_bytes()).unwrap();
    said.push(String::from_utf8(redacted).unwrap());
    if tools::is_there("pdftotext") {
        let pdf = renderer.render_document(cxml.as_bytes(), &order::options(), &mut Ignore).unwrap();
        said.push(tools::raw_text(&pdf));
    }
    for text in said {
        let solid = tools::solid(&text);
        for secret in SECRETS {
            assert!(!solid.contains(&tools::solid(secret)), "{secret} is in {text}");
        }
        for kept in ["kept one", "kept=two", "kept three", "shop.example"] {
            assert!(solid.contains(&tools::solid(kept)), "no {kept} in {text}");
        }
    }
}

#[test]
fn a_test_says_so_in_large_letters() {
    for (kind, large) in [(None, "TEST"), (Some(OrderKind::Update), "TEST · CHANGE")] {
        let mut order = scene::short();
        if let Some(kind) = kind {
            order.order_request_header.kind = kind;
        }
        let mut document = crate::cxml::document(order);
        let plain = document.write().unwrap();
        let Body::Request(_, request) = &mut document.body else { panic!("{document:?}") };
        request.deployment_mode = DeploymentMode::Test;
        let test = document.write().unwrap();
        let renderer = Renderer::new();
        let said = |cxml: &[u8]| {
            let layout = renderer.layout_document(cxml, &order::options(), &mut Ignore).unwrap();
            (
                texts(&layout).join("\n"),
                punchout_pdf::text_of_document(cxml, &order::options(), &mut Ignore).unwrap(),
            )
        };
        let (paper, plain) = (said(&test), said(&plain));
        assert!(paper.0.lines().any(|text| text == large), "{}", paper.0);
        assert!(paper.1.contains(&format!("*** {large} *** This is a test: do not deliver.")), "{}", paper.1);
        assert!(!plain.0.contains("TEST") && !plain.1.contains("TEST"));
    }
}

#[test]
fn hidden_amounts_are_nowhere() {
    let options = order::options().with_amounts(Amounts::Hidden);
    let mut order = scene::short();
    order
        .order_request_header
        .other
        .push(RawElement::parse("<X><Money currency='EUR'>98.76</Money></X>").unwrap());
    let term = PaymentTerm::new(14).with_discount(Discount::percent(2));
    order.order_request_header.payment_term.push(term);
    order.order_request_header.extrinsic.push(Extrinsic::new("totalPrice", "301.00"));
    let item = &mut order.item_out[0];
    let detail = item.item_detail.as_mut().unwrap();
    let basis = detail.price_basis_quantity.as_mut().unwrap();
    basis.description = Some(Description::new("at 302.00 the hundred", "en"));
    detail.extrinsic.push(Extrinsic::new("Nettopreis", "303.00"));
    for odd in [
        "<Price currency='EUR'>304.00</Price>",
        "<Fee currency='EUR'><Value>305.00</Value></Fee>",
        "<PriceTolerance><Percentage percent='7'/></PriceTolerance>",
        "<Amounts><One>306.00</One></Amounts>",
        "<Kept unitPrice='307.00'>as it is</Kept>",
    ] {
        item.other.push(RawElement::parse(odd).unwrap());
    }
    let mut found = All::new();
    let shown = punchout_pdf::text(&order, &order::options(), &mut found).unwrap();
    for amount in ["301.00", "302.00", "303.00", "304.00", "305.00", "306.00", "307.00", "2%"] {
        assert!(shown.contains(amount), "{amount} is not in {shown}");
    }
    let layout = Renderer::new().layout(&order, &options, &mut found).unwrap();
    let said = punchout_pdf::text(&order, &options, &mut found).unwrap();
    assert!(!said.contains("14 days") && said.contains("30 days net") && said.contains("as it is"), "{said}");
    assert!(!said.contains("PriceTolerance") && !said.contains("percent"), "{said}");
    assert!(!said.contains("PriceBasisQuantity") && !said.contains("per 100"), "{said}");
    for text in [texts(&layout).concat(), said] {
        for amount in ["12.35", "308.75", "338.80", "64.84", "98.76", "30.", "5%", "21%", "2%", "EUR"] {
            assert!(!text.contains(amount), "{amount} is in {text}");
        }
        assert!(text.contains("2,500") && text.contains("912-M8X40-ZN"), "{text}");
    }
}

#[test]
fn amounts_with_tax_need_the_tax() {
    let options = order::options().with_amounts(Amounts::IncludingTax);
    let said = |order: &OrderRequest| {
        let mut found = All::new();
        let layout = Renderer::new().layout(order, &options, &mut found).unwrap();
        let found: Vec<_> = found.found().iter().map(ToString::to_string).collect();
        (texts(&layout).join("|"), found)
    };
    // 308.75 and the 64.84 that the line says
    let (text, found) = said(&scene::short());
    assert!(text.contains("373.59") && text.contains("Amount EUR|incl. VAT") && found.is_empty(), "{text}");
    // 308.75 and the 19 % that the order says
    let (text, found) = said(&order::rich());
    assert!(text.contains("367.41") && found.is_empty(), "{text}");
    let mut order = scene::short();
    order.item_out[1].tax = None;
    let (text, found) = said(&order);
    assert!(text.contains("308.75") && text.contains("Amount EUR|excl. VAT"), "{text}");
    assert_eq!(
        found,
        [
            "warning[PDF-TAX]: order header / Tax: the order does not say what tax each line bears",
            "note[PDF-UNCHECKED]: order header: there is no grand total: not every line says its tax as a number in the currency of the total",
        ]
    );
}

/// The sums stand on the page of the last line, or that line goes with them.
#[test]
fn totals_are_never_alone() {
    let mut turned = 0;
    for lines in 10..60 {
        let layout = layout(&order::long(lines));
        let last_page_of = |start: &str| {
            layout
                .pages
                .iter()
                .rposition(|page| page.texts.iter().any(|placed| placed.text.starts_with(start)))
        };
        let page_of = |text: &str| {
            layout.pages.iter().position(|page| page.texts.iter().any(|placed| placed.text == text))
        };
        // the end of a line is what it is classified as
        assert_eq!(last_page_of("UNSPSC"), page_of("Total"), "{lines} lines");
        let full = layout.pages.len() > 1 && page_of("Total") != Some(0);
        turned += usize::from(full);
    }
    assert!(turned > 20, "only {turned} orders had a second page");
}

#[test]
fn logo_has_a_place_of_its_own() {
    for (width, height) in [(340, 96), (96, 340), (4000, 10), (1, 1)] {
        let options = order::options().with_logo(tools::logo(width, height, [0, 90, 120, 255]));
        let layout = Renderer::new().layout(&order::rich(), &options, &mut Ignore).unwrap();
        assert_sound(&layout);
        let [logo] = *layout.pages[0].images else { panic!("{layout}") };
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let wanted = width as f32 / height as f32;
        assert!((logo.width / logo.height / wanted - 1.0).abs() < 1e-3);
        for text in &layout.pages[0].texts {
            let apart = text.x >= logo.x + logo.width || text.baseline - text.size > logo.y + logo.height;
            assert!(apart, "{text:?} is on the logo {logo:?}");
        }
    }
}

#[test]
fn mandatory_options_are_missed() {
    let mut found = All::new();
    let options = punchout_pdf::Options::new("A", " ", "c@d");
    let _ = Renderer::new().layout(&order::rich(), &options, &mut found).unwrap();
    let said: Vec<_> = found.found().iter().map(ToString::to_string).collect();
    assert_eq!(said, ["error[PDF-OPTION]: options: the invoice mailbox is blank"]);
}

#[test]
fn what_xml_cannot_say_is_an_error() {
    let mut order = order::rich();
    order.item_out[0].item_id.supplier_part_id = "a\u{7}b".into();
    let error = Renderer::new().layout(&order, &order::options(), &mut Ignore).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Order);
}

#[test]
fn prices_that_hold_their_tax_say_so() {
    let mut order = scene::short();
    for (item, (base, sum)) in
        order.item_out.iter_mut().zip([("255.17", "53.58"), ("11.98", "2.52"), ("14.27", "1.28")])
    {
        let tax = item.tax.as_mut().unwrap();
        let detail = &mut tax.tax_detail[0];
        detail.is_included_in_price = true;
        detail.taxable_amount = Some(order::euro(base));
        (tax.money, detail.tax_amount) = (order::euro(sum), order::euro(sum));
    }
    let layout = layout(&order);
    let all = texts(&layout);
    let count = |wanted: &str| all.iter().filter(|text| **text == wanted).count();
    assert_eq!((count("incl. VAT"), count("excl. VAT")), (2, 0), "{layout}");
    assert_eq!((count("Total incl. VAT"), count("308.75")), (1, 1));
    assert!(all.iter().all(|text| !text.starts_with("Grand total")), "{layout}");
}

/// A row that goes on on the next page says there whose rest it is, and no other
/// row does.
#[test]
fn a_rest_has_the_number_of_its_line() {
    let mut parted = 0;
    for (lines, description) in [(0_u32, 200), (5, 60), (3, 30), (40, 0), (4, 11)] {
        let mut order = order::long(lines + 3);
        let text = (1..=description).map(|n| format!("word{n:03}")).collect::<Vec<_>>().join("\n");
        let item = &mut order.item_out[lines as usize];
        item.line_number = Some(order::amount("4711"));
        if description > 0 {
            item.item_detail.as_mut().unwrap().description[0].text = text.into();
        }
        let layout = layout(&order);
        assert_sound(&layout);
        for (n, page) in layout.pages.iter().enumerate() {
            let rests: Vec<_> = body(page).filter(|text| is_rest(text)).collect();
            // of the description, or of what stands below it
            let goes_on = n > 0
                && layout.pages[n - 1].texts.iter().any(|text| text.text.starts_with("word"))
                && page.texts.iter().any(|text| text.text.starts_with("word"));
            assert_eq!(rests.len(), usize::from(goes_on), "{layout}");
            let Some(rest) = rests.first() else { continue };
            parted += 1;
            assert_eq!(rest.text, "4711…");
            let beside = page.texts.iter().find(|text| text.text.starts_with("word")).unwrap();
            assert!(rest.baseline - beside.baseline < 1.0, "{layout}");
            assert!(rest.x + rest.width < beside.x, "{layout}");
        }
    }
    assert!(parted > 3, "{parted}");
}

/// A page that got apart is found by the number of its order, however long.
#[test]
fn every_page_has_the_whole_order_number() {
    let mut order = order::long(60);
    for length in [20, 60, 120, 400, 1500_usize] {
        let number: String = ('A'..='Z').cycle().take(length).collect();
        order.order_request_header.order_id = number.as_str().into();
        for language in Language::ALL {
            let options = order::options().with_language(language);
            let layout = Renderer::new().layout(&order, &options, &mut Ignore).unwrap();
            assert_sound(&layout);
            assert!(layout.pages.len() > 1);
            for page in &layout.pages {
                // the last texts are the foot and the number of the page
                let foot = page.texts.split_last().unwrap().1;
                let said = foot.iter().filter(|text| (text.size - 7.5).abs() < 0.01);
                let said = said.map(|text| text.text.as_str()).collect::<String>();
                assert!(said.contains(&number), "{language} {length}: {layout}");
            }
        }
    }
}
