//! The same page by hand: what somebody writes who draws with `pdf-writer`.
//!
//! It makes what ours makes: the same texts and lines, fonts with the same
//! characters, metadata and output intent, all packed. It gets the
//! places for free, which a hand would have to work out, but looks up and
//! measures every text, as it would have to.

use std::collections::BTreeMap;

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{CidFontType, FontFlags, OutputIntentSubtype, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use punchout_pdf::{Color, Layout, Weight};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// How hard streams are packed where nobody thought about it.
pub(crate) const USUAL: u8 = 6;
/// About as hard as ours.
pub(crate) const LIGHT: u8 = 1;
/// What our fonts have besides what is used, so that documents share them.
const COMMON: &str = "€–’“”„…·×²°";
/// As large as the profile of ours, and as hard to pack.
const PROFILE: [u8; 600] = {
    let (mut bytes, mut state, mut at) = ([0; 600], 1_u32, 0);
    while at < 600 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes[at] = if at % 2 == 0 { state.to_be_bytes()[0] } else { 0 };
        at += 1;
    }
    bytes
};

struct Font {
    data: &'static [u8],
    face: Face<'static>,
    name: &'static str,
    glyphs: GlyphRemapper,
    used: BTreeMap<u16, (char, f32)>,
}

impl Font {
    fn new(name: &'static str, data: &'static [u8]) -> Self {
        let face = Face::parse(data, 0).expect("the font is sound");
        Self { data, face, name, glyphs: GlyphRemapper::new(), used: BTreeMap::new() }
    }

    /// The glyphs of a text, and how wide it is.
    fn set(&mut self, text: &str, size: f32) -> (Vec<u8>, f32) {
        let mut bytes = Vec::with_capacity(2 * text.len());
        let mut width = 0.0;
        for c in text.chars() {
            let glyph = self.face.glyph_index(c).unwrap_or_default();
            let advance = f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default())
                / f32::from(self.face.units_per_em());
            width += advance * size;
            let new = self.glyphs.remap(glyph.0);
            self.used.insert(new, (c, advance * 1000.0));
            bytes.extend(new.to_be_bytes());
        }
        (bytes, width)
    }

    /// Also what ours has at hand.
    fn add_common(&mut self) {
        let common: String = (' '..='~').chain(COMMON.chars()).collect();
        self.set(&common, 1.0);
    }

    fn write(&self, pdf: &mut Pdf, ids: [Ref; 5], level: u8) {
        let [font, cid, descriptor, unicode, program] = ids;
        let name = format!("ABCDEF+{}", self.name);
        let name = Name(name.as_bytes());
        pdf.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(unicode);
        let mut written = pdf.cid_font(cid);
        written.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM);
        written.font_descriptor(descriptor).default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = written.widths();
        for (glyph, (_, width)) in &self.used {
            widths.consecutive(*glyph, [*width]);
        }
        widths.finish();
        written.finish();
        let bounds = self.face.global_bounding_box();
        let scaled = |units: i16| f32::from(units) * 1000.0 / f32::from(self.face.units_per_em());
        pdf.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(
                scaled(bounds.x_min),
                scaled(bounds.y_min),
                scaled(bounds.x_max),
                scaled(bounds.y_max),
            ))
            .italic_angle(0.0)
            .ascent(scaled(self.face.ascender()))
            .descent(scaled(self.face.descender()))
            .cap_height(scaled(self.face.capital_height().unwrap_or_default()))
            .stem_v(80.0)
            .font_file2(program);
        let mut map = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
        for (glyph, (c, _)) in &self.used {
            map.pair(*glyph, *c);
        }
        let map = compress_to_vec_zlib(map.finish().as_slice(), level);
        pdf.cmap(unicode, &map).filter(Filter::FlateDecode);
        let subset = subsetter::subset(self.data, 0, &self.glyphs).expect("the font can be subset");
        let subset = compress_to_vec_zlib(&subset, level);
        pdf.stream(program, &subset).filter(Filter::FlateDecode);
    }
}

/// The whole way from the font files to a PDF.
pub(crate) fn draw(layout: &Layout, level: u8) -> Vec<u8> {
    let mut fonts =
        [Font::new("NotoSans", notosans::REGULAR_TTF), Font::new("NotoSans-Bold", notosans::BOLD_TTF)];
    let mut next = Ref::new(1);
    let (catalog, tree) = (next.bump(), next.bump());
    let ids = [0, 1].map(|_| std::array::from_fn(|_| next.bump()));
    let mut pdf = Pdf::new();
    describe(&mut pdf, layout, [catalog, tree], std::array::from_fn(|_| next.bump()), level);
    let mut kids = Vec::new();
    let mut measured = 0.0;
    for page in &layout.pages {
        let mut content = Content::new();
        for rule in &page.rules {
            fill(&mut content, layout.color(rule.tone));
            content.rect(rule.x, page.height - rule.y - rule.height, rule.width, rule.height).fill_nonzero();
        }
        content.begin_text();
        for text in &page.texts {
            let (name, font) = match text.weight {
                Weight::Bold => (Name(b"B"), &mut fonts[1]),
                _ => (Name(b"R"), &mut fonts[0]),
            };
            let (glyphs, width) = font.set(&text.text, text.size);
            measured += width;
            fill(&mut content, layout.color(text.tone));
            content.set_font(name, text.size);
            content.set_text_matrix([1.0, 0.0, 0.0, 1.0, text.x, page.height - text.baseline]);
            content.show(Str(&glyphs));
        }
        content.end_text();
        let (id, stream) = (next.bump(), next.bump());
        kids.push(id);
        let mut written = pdf.page(id);
        written.parent(tree).contents(stream).media_box(Rect::new(0.0, 0.0, page.width, page.height));
        let mut resources = written.resources();
        resources.fonts().pair(Name(b"R"), ids[0][0]).pair(Name(b"B"), ids[1][0]);
        resources.finish();
        written.finish();
        let bytes = compress_to_vec_zlib(content.finish().as_slice(), level);
        pdf.stream(stream, &bytes).filter(Filter::FlateDecode);
    }
    std::hint::black_box(measured);
    let count = i32::try_from(kids.len()).expect("few pages");
    pdf.pages(tree).kids(kids).count(count);
    for (font, ids) in fonts.iter_mut().zip(ids) {
        font.add_common();
        font.write(&mut pdf, ids, level);
    }
    pdf.finish()
}

/// What PDF/A asks a document to say of itself.
fn describe(pdf: &mut Pdf, layout: &Layout, [catalog, tree]: [Ref; 2], ids: [Ref; 3], level: u8) {
    let [info, metadata, profile] = ids;
    pdf.document_info(info)
        .title(TextStr(&layout.title))
        .author(TextStr(&layout.author))
        .producer(TextStr("by hand"));
    let xmp = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\
         <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator><pdfaid:part>3</pdfaid:part>\
         <pdfaid:conformance>B</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
        layout.title, layout.author
    );
    pdf.metadata(metadata, xmp.as_bytes());
    let packed = compress_to_vec_zlib(&PROFILE, level);
    pdf.icc_profile(profile, &packed).n(3).filter(Filter::FlateDecode);
    let mut written = pdf.catalog(catalog);
    written.pages(tree).metadata(metadata).lang(TextStr(layout.language.tag()));
    written
        .output_intents()
        .push()
        .subtype(OutputIntentSubtype::PDFA)
        .output_condition_identifier(TextStr("sRGB"))
        .dest_output_profile(profile);
}

fn fill(content: &mut Content, color: Color) {
    let [r, g, b] = [color.red, color.green, color.blue].map(|part| f32::from(part) / 255.0);
    content.set_fill_rgb(r, g, b);
}
