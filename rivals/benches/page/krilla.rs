//! The same pages by `krilla`, which is given every place, shapes the texts and
//! subsets the fonts.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};
use punchout_pdf::{Color, Layout, Weight};

/// The whole way from the font files to a PDF.
pub(crate) fn draw(layout: &Layout) -> Vec<u8> {
    let font = |data: &'static [u8]| Font::new(data.into(), 0).expect("the font is sound");
    let [regular, bold] = [notosans::REGULAR_TTF, notosans::BOLD_TTF].map(font);
    let mut document = Document::new();
    for page in &layout.pages {
        let settings = PageSettings::from_wh(page.width, page.height).expect("a page has a size");
        let mut drawn = document.start_page_with(settings);
        let mut surface = drawn.surface();
        for rule in &page.rules {
            surface.set_fill(Some(fill(layout.color(rule.tone))));
            let mut path = PathBuilder::new();
            path.push_rect(
                Rect::from_xywh(rule.x, rule.y, rule.width, rule.height).expect("a rule has a size"),
            );
            surface.draw_path(&path.finish().expect("it has four corners"));
        }
        for text in &page.texts {
            let font = if text.weight == Weight::Bold { &bold } else { &regular };
            surface.set_fill(Some(fill(layout.color(text.tone))));
            let start = Point::from_xy(text.x, text.baseline);
            surface.draw_text(start, font.clone(), text.size, &text.text, false, TextDirection::Auto);
        }
        surface.finish();
        drawn.finish();
    }
    document.finish().expect("everything can be drawn")
}

fn fill(color: Color) -> Fill {
    let Color { red, green, blue, .. } = color;
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}
