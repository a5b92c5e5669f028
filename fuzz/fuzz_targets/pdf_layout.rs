//! Orders, and whatever is near one: nothing leaves its cell or page, and
//! everything that can be laid out can be drawn.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use punchout_core::Ignore;
use punchout_cxml::Document;
use punchout_pdf::{Amounts, Language, Options, Paper, Renderer, Whose};

static RENDERER: LazyLock<Renderer> = LazyLock::new(Renderer::new);

/// The first byte chooses how the document is made; the others are the cXML.
fn options(choice: u8) -> Options {
    let pick = |by: u8, of: usize| usize::from(choice / by) % of;
    Options::new("A\nB", "c@d", "e@f")
        .with_language(Language::ALL[pick(1, Language::ALL.len())])
        .with_amounts([Amounts::ExcludingTax, Amounts::IncludingTax, Amounts::Hidden][pick(4, 3)])
        .with_paper([Paper::A4, Paper::Letter][pick(16, 2)])
        .with_whose([Whose::Organisation, Whose::Requester][pick(32, 2)])
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, cxml)) = bytes.split_first() else { return };
    let Ok(document) = Document::read(cxml, &mut Ignore) else { return };
    let Some(order) = document.order_request() else { return };
    let options = options(*choice);
    let layout = RENDERER.layout(order, &options, &mut Ignore).expect("what was read can be written");
    assert!(!layout.pages.is_empty());
    for page in &layout.pages {
        for text in &page.texts {
            let is_inside = text.x >= 0.0
                && text.x + text.width <= page.width
                && text.baseline - text.size >= 0.0
                && text.baseline + text.size * 0.3 <= page.height;
            assert!(is_inside, "{text:?}");
            assert!(!text.text.chars().any(char::is_control), "{text:?}");
        }
        // each text in its own cell, but for what is lost where numbers are rounded
        let mut seen = 0;
        for cell in &page.cells {
            assert_eq!(cell.texts.start, seen, "{cell:?}");
            seen = cell.texts.end;
            for text in page.texts.get(cell.texts.clone()).expect("cells have texts of their page") {
                let is_inside = text.x >= cell.x - 0.1
                    && text.x + text.width <= cell.x + cell.width + 0.1
                    && text.baseline - text.size * 0.72 >= cell.y - 0.1
                    && text.baseline + text.size * 0.22 <= cell.y + cell.height + 0.1;
                assert!(is_inside, "{text:?} in {cell:?}");
            }
        }
        assert_eq!(seen, page.texts.len());
        for rule in &page.rules {
            let is_inside = rule.x >= 0.0 && rule.x + rule.width <= page.width;
            assert!(is_inside && rule.y >= 0.0 && rule.y + rule.height <= page.height, "{rule:?}");
        }
    }
    let pdf = RENDERER.render_document(cxml, &options, &mut Ignore).expect("what is laid out can be drawn");
    assert!(pdf.starts_with(b"%PDF-1.7") && pdf.pages == layout.pages.len());
});
