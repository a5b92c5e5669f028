//! From a layout to the bytes of a PDF: the only place that knows printpdf.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    FontId, FontMetrics, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub,
    PdfPage, PdfSaveOptions, Pt, Rect, Rgb, TextItem, TextMatrix,
};
use subsetter::GlyphRemapper;

use crate::font::{Font, Fonts};
use crate::hash::Fnv;
use crate::{Color, Error, ErrorKind, Layout, Logo, Page, PlacedText, Rule, Tone, Weight};

mod archive;
mod icc;
mod image;
mod xmp;

pub(crate) use archive::Attachment;

/// Draws a layout.
pub(crate) fn write(
    layout: &Layout,
    fonts: &Fonts,
    logo: Option<&Logo>,
    attachment: Option<Attachment>,
) -> Result<Vec<u8>, Error> {
    let mut document = PdfDocument::new(&layout.title);
    for weight in [Weight::Regular, Weight::Bold] {
        let used = characters(layout, weight);
        if !used.is_empty() {
            let font = embedded(fonts.get(weight), &used)?;
            document.resources.fonts.map.insert(font_id(weight), PdfFont::new(font));
        }
    }
    if let Some(logo) = logo.filter(|_| layout.pages.iter().any(|page| !page.images.is_empty())) {
        document.resources.xobjects.map.insert(image::id(), image::object(logo.picture()));
    }
    document.pages = layout.pages.iter().map(|sheet| page(sheet, layout)).collect();

    let mut said = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = printpdf::to_lopdf_doc(&document, &options, &mut said);
    if let Some(message) = said.first() {
        return Err(Error::new(ErrorKind::Writer, format!("the pages cannot be drawn: {}", message.msg)));
    }
    archive::describe(&mut file, layout, attachment)?;
    file.compress();
    archive::identify(&mut file);

    let mut bytes = Vec::new();
    file.save_to(&mut bytes)
        .map_err(|e| Error::new(ErrorKind::Writer, "the PDF cannot be put together").caused_by(e))?;
    Ok(bytes)
}

fn font_id(weight: Weight) -> FontId {
    FontId(match weight {
        Weight::Regular => "R".to_owned(),
        Weight::Bold => "B".to_owned(),
    })
}

fn characters(layout: &Layout, weight: Weight) -> BTreeSet<char> {
    let texts = layout.pages.iter().flat_map(|page| &page.texts);
    texts.filter(|text| text.weight == weight).flat_map(|text| text.text.chars()).collect()
}

/// The font with nothing but these characters in it.
///
/// printpdf would put in the whole file; it is given a small one and told
/// which glyph is which character.
fn embedded(font: &Font, used: &BTreeSet<char>) -> Result<ParsedFont, Error> {
    let mut remapper = GlyphRemapper::new();
    let mut by_character = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for c in used {
        let Some(glyph) = font.glyph(*c) else { continue };
        let id = remapper.remap(glyph.id);
        by_character.insert(u32::from(*c), id);
        widths.insert(id, glyph.advance);
    }
    let program = font.subset(&remapper)?;
    let name = format!("{}+{}", tag(&program), font.name);
    let metrics = FontMetrics { ascent: font.metrics.ascent, descent: font.metrics.descent };
    let mut parsed = ParsedFont::with_glyph_data(program, 0, Some(name), by_character, widths, 1000, metrics);
    let [x_min, y_min, x_max, y_max] = font.metrics.bounds;
    parsed.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em: 1000,
        x_min,
        y_min,
        x_max,
        y_max,
        us_weight_class: font.metrics.weight,
        ..PdfFontMetricsStub::default()
    };
    Ok(parsed)
}

/// Six capitals that tell one subset of a font from another.
fn tag(program: &[u8]) -> String {
    let mut hash = Fnv::of(program);
    let mut letter = || {
        let letter = u8::try_from(hash % 26).expect("a remainder of 26");
        hash /= 26;
        char::from(b'A' + letter)
    };
    std::iter::repeat_with(&mut letter).take(6).collect()
}

fn page(page: &Page, layout: &Layout) -> PdfPage {
    // PDF counts from the lower left corner
    let up = |y: f32| place(page.height - y);
    let mut ops = Vec::with_capacity(page.rules.len() + 4 * page.texts.len());
    let mut tone = None;
    for rule in &page.rules {
        let Rule { x, y, width, height, .. } = *rule;
        set_tone(&mut ops, &mut tone, rule.tone, layout);
        let mut rectangle = Rect::from_xywh(place(x), up(y + height), place(width), place(height));
        rectangle.mode = Some(PaintMode::Fill);
        ops.push(Op::DrawRectangle { rectangle });
    }
    ops.extend(page.images.iter().map(|placed| image::draw(placed, page)));
    ops.push(Op::StartTextSection);
    let mut set_in = None;
    for text in &page.texts {
        let PlacedText { x, baseline, size, weight, .. } = *text;
        set_tone(&mut ops, &mut tone, text.tone, layout);
        if set_in.replace((weight, size)) != Some((weight, size)) {
            ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(weight)), size: Pt(size) });
        }
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(place(x), up(baseline)) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(text.text.clone())] });
    }
    ops.push(Op::EndTextSection);

    let sheet = Rect::from_wh(Pt(page.width), Pt(page.height));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

/// Hundredths of a point are fine enough, and short to write.
fn place(points: f32) -> Pt {
    Pt((points * 100.0).round() / 100.0)
}

fn set_tone(ops: &mut Vec<Op>, now: &mut Option<Tone>, tone: Tone, layout: &Layout) {
    if now.replace(tone) == Some(tone) {
        return;
    }
    let Color { red, green, blue } = layout.color(tone);
    let [r, g, b] = [red, green, blue].map(|part| f32::from(part) / 255.0);
    ops.push(Op::SetFillColor { col: printpdf::Color::Rgb(Rgb::new(r, g, b, None)) });
}
