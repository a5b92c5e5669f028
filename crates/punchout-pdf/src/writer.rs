//! From a layout to the bytes of a PDF: the only place that knows printpdf.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, StringFormat, dictionary, text_string};
use printpdf::{
    FontId, FontMetrics, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub,
    PdfPage, PdfSaveOptions, Pt, Rect, Rgb, TextItem, TextMatrix,
};
use subsetter::GlyphRemapper;

use crate::font::{Font, Fonts};
use crate::hash::Fnv;
use crate::{Color, Error, ErrorKind, Layout, Page, PlacedText, Rule, Tone, Weight};

/// Draws a layout.
pub(crate) fn write(layout: &Layout, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let mut document = PdfDocument::new(&layout.title);
    for weight in [Weight::Regular, Weight::Bold] {
        let used = characters(layout, weight);
        if !used.is_empty() {
            let font = embedded(fonts.get(weight), &used)?;
            document.resources.fonts.map.insert(font_id(weight), PdfFont::new(font));
        }
    }
    document.pages = layout.pages.iter().map(|sheet| page(sheet, layout)).collect();

    let mut said = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = printpdf::to_lopdf_doc(&document, &options, &mut said);
    if let Some(message) = said.first() {
        return Err(Error::new(ErrorKind::Writer, format!("the pages cannot be drawn: {}", message.msg)));
    }
    describe(&mut file, layout)?;
    file.compress();
    identify(&mut file);

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

/// Says what the document is, in place of what printpdf says.
fn describe(file: &mut lopdf::Document, layout: &Layout) -> Result<(), Error> {
    let mut info = dictionary! {
        "Title" => text_string(&layout.title),
        "Producer" => text_string(concat!("punchout-pdf ", env!("CARGO_PKG_VERSION"))),
    };
    if !layout.author.is_empty() {
        info.set("Author", text_string(&layout.author));
    }
    if let Some(date) = layout.date {
        let offset = date.format("%z").to_string();
        let (hours, minutes) = offset.split_at(3);
        let date = Object::string_literal(format!("D:{}{hours}'{minutes}'", date.format("%Y%m%d%H%M%S")));
        info.set("CreationDate", date.clone());
        info.set("ModDate", date);
    }
    "1.7".clone_into(&mut file.version);
    let info = Object::Reference(file.add_object(info));
    replace_info(file, info);

    let catalog = file
        .catalog_mut()
        .map_err(|e| Error::new(ErrorKind::Writer, "the PDF has no catalogue").caused_by(e))?;
    catalog.set("Lang", text_string(layout.language.tag()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.remove(b"PageLayout");
    Ok(())
}

fn replace_info(file: &mut lopdf::Document, info: Object) {
    let old = file.trailer.get(b"Info").and_then(Object::as_reference).ok();
    file.trailer.set("Info", info);
    if let Some(old) = old {
        file.objects.remove(&old);
    }
}

/// Derives the file's identifier from what is in it, where printpdf rolls dice.
fn identify(file: &mut lopdf::Document) {
    let mut hash = Fnv::new();
    for object in file.objects.values() {
        match object {
            Object::Stream(stream) => hash.add(&stream.content),
            Object::Dictionary(dictionary) => hash_texts(dictionary, &mut hash),
            _ => {}
        }
    }
    let id = Object::String(hash.value().to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
}

fn hash_texts(dictionary: &Dictionary, hash: &mut Fnv) {
    for (_, value) in dictionary {
        if let Object::String(text, _) = value {
            hash.add(text);
        }
    }
}
