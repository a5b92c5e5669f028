//! Fonts as documents embed them: only the glyphs that are needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage,
    PdfSaveOptions, Pt, Rect, TextItem,
};
use subsetter::GlyphRemapper;

use super::failed;
use super::packer::Packer;
use crate::font::{CharMap, Font, Fonts};
use crate::hash::Hash;
use crate::{Error, ErrorKind, Weight};

/// What is embedded even if only some of it is used: two orders of one language
/// then have the same font, which need not be made twice.
const COMMON: &str = "€–’“”„…·×²°";
/// How many fonts are kept.
const MOST: usize = 64;

/// The fonts that were made for earlier documents.
#[derive(Debug, Default)]
pub(super) struct Faces(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    weight: Weight,
    used: BTreeSet<char>,
    face: Arc<Face>,
}

/// A font with some of its glyphs, as the objects of a PDF.
#[derive(Debug)]
pub(super) struct Face {
    codes: CharMap,
    font: Dictionary,
    unicode: Stream,
    descriptor: Dictionary,
    /// The key that the program has in the descriptor.
    key: &'static str,
    program: Stream,
}

impl Faces {
    /// The font for these characters. Which glyphs it has depends on nothing
    /// else, so a document does not tell what was made before it.
    pub(super) fn get(
        &self,
        fonts: &Fonts,
        weight: Weight,
        mut used: BTreeSet<char>,
        packer: &mut Packer,
    ) -> Result<Arc<Face>, Error> {
        let font = fonts.get(weight);
        used.extend((' '..='~').chain(COMMON.chars()).filter(|c| font.glyph(*c).is_some()));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|kept| kept.weight == weight && kept.used == used) {
            // what is asked for again stays longest
            let found = kept.remove(at);
            let face = Arc::clone(&found.face);
            kept.push(found);
            return Ok(face);
        }
        drop(kept);
        let face = Arc::new(Face::new(font, &used, packer)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push(Kept { weight, used, face: Arc::clone(&face) });
        Ok(face)
    }
}

impl Face {
    fn new(font: &Font, used: &BTreeSet<char>, packer: &mut Packer) -> Result<Self, Error> {
        let mut remapper = GlyphRemapper::new();
        let mut by_character = BTreeMap::new();
        let mut drawn = BTreeMap::new();
        for c in used {
            let Some(glyph) = font.glyph(*c) else { continue };
            let id = remapper.remap(glyph.id);
            by_character.insert(u32::from(*c), id);
            drawn.entry(id).or_insert((*c, glyph.advance));
        }
        let known = used.iter().filter_map(|c| Some((*c, *by_character.get(&u32::from(*c))?)));
        let codes = CharMap::new(known);
        let program = font.subset(&remapper)?;
        let advances = drawn.values().map(|(_, advance)| Object::Integer(i64::from(*advance))).collect();
        let first = drawn.keys().next().copied().unwrap_or_default();
        // glyphs are numbered one after the other; printpdf makes a list of each
        let advances = vec![Object::Integer(i64::from(first)), Object::Array(advances)];
        let mut unicode =
            Stream::new(Dictionary::new(), to_unicode(drawn.iter().map(|(id, (c, _))| (*id, *c))));
        packer.pack(&mut unicode);
        let widths = drawn.iter().map(|(id, (_, advance))| (*id, *advance)).collect();
        let name = format!("{}+{}", tag(&program), font.name);
        let metrics = FontMetrics { ascent: font.metrics.ascent, descent: font.metrics.descent };
        let mut parsed =
            ParsedFont::with_glyph_data(program, 0, Some(name), by_character, widths, 1000, metrics);
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
        let first = used.iter().next().map(char::to_string).unwrap_or_default();
        let mut face = Self::written(parsed, first, unicode, codes, packer)?;
        for descendant in descendants(&mut face.font) {
            descendant.set("W", advances.clone());
        }
        Ok(face)
    }

    /// Has printpdf write a document with nothing but this font, and takes the
    /// objects out of it. The text there needs one character for the font to be
    /// written; what depends on all of them is made here.
    fn written(
        font: ParsedFont,
        text: String,
        unicode: Stream,
        codes: CharMap,
        packer: &mut Packer,
    ) -> Result<Self, Error> {
        let id = FontId("F".to_owned());
        let mut document = PdfDocument::new("");
        document.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
        let ops = vec![
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) },
            Op::ShowText { items: vec![TextItem::Text(text)] },
            Op::EndTextSection,
        ];
        let sheet = Rect::from_wh(Pt(1.0), Pt(1.0));
        document.pages =
            vec![PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }];
        let mut said = Vec::new();
        let mut file = printpdf::to_lopdf_doc(&document, &PdfSaveOptions::default(), &mut said);
        let mut dictionaries = file.objects.values().filter_map(|object| object.as_dict().ok());
        let font = dictionaries
            .find(|it| it.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0"))
            .cloned()
            .ok_or_else(|| failed("the font is not written"))?;
        let descriptor = dictionary(&file, &font, b"DescendantFonts")?;
        let descriptor = dictionary(&file, &descriptor, b"FontDescriptor")?;
        let key = if descriptor.has(b"FontFile3") { "FontFile3" } else { "FontFile2" };
        let program = stream(&mut file, &descriptor, key, packer)?;
        Ok(Self { codes, font, unicode, descriptor, key, program })
    }

    /// Adds the font to a document.
    pub(super) fn add_to(&self, file: &mut Document) -> ObjectId {
        let program = file.add_object(self.program.clone());
        let unicode = file.add_object(self.unicode.clone());
        let mut descriptor = self.descriptor.clone();
        descriptor.set(self.key, program);
        let descriptor = file.add_object(descriptor);
        let mut font = self.font.clone();
        font.set("ToUnicode", unicode);
        for descendant in descendants(&mut font) {
            descendant.set("FontDescriptor", descriptor);
        }
        file.add_object(font)
    }

    /// How the font's text strings spell a character.
    pub(super) fn code(&self, c: char) -> u16 {
        self.codes.get(c).unwrap_or_default()
    }
}

fn descendants(font: &mut Dictionary) -> impl Iterator<Item = &mut Dictionary> {
    let list = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).ok();
    list.into_iter().flatten().filter_map(|object| object.as_dict_mut().ok())
}

/// What stands there, by itself, by reference, or first in a list.
fn dictionary(file: &Document, holder: &Dictionary, key: &[u8]) -> Result<Dictionary, Error> {
    let mut object = holder.get(key).map_err(|e| failed("the font lacks a part").caused_by(e))?;
    if let Object::Array(list) = object {
        object = list.first().ok_or_else(|| failed("the font lacks a part"))?;
    }
    let (_, object) = file.dereference(object).map_err(|e| failed("the font lacks a part").caused_by(e))?;
    object.as_dict().cloned().map_err(|e| failed("the font lacks a part").caused_by(e))
}

fn stream(file: &mut Document, holder: &Dictionary, key: &str, packer: &mut Packer) -> Result<Stream, Error> {
    let id = holder.get(key.as_bytes()).and_then(Object::as_reference);
    let object = id.ok().and_then(|id| file.objects.remove(&id));
    let Some(Object::Stream(mut stream)) = object else {
        return Err(Error::new(ErrorKind::Writer, format!("the font has no {key}")));
    };
    packer.pack(&mut stream);
    Ok(stream)
}

/// Which character each glyph stands for, for those who copy and search.
fn to_unicode(glyphs: impl Iterator<Item = (u16, char)>) -> Vec<u8> {
    // ranges of glyphs that follow each other as their characters do; in none
    // does a byte above the last one change
    let mut ranges: Vec<(u16, u16, char)> = Vec::new();
    for (id, c) in glyphs {
        match ranges.last_mut() {
            Some((first, last, begin))
                if *last + 1 == id
                    && id & 0xFF != 0
                    && u32::from(c) == u32::from(*begin) + u32::from(id - *first)
                    && u32::from(c) & 0xFF != 0 =>
            {
                *last = id;
            }
            _ => ranges.push((id, id, c)),
        }
    }
    let put = |map: &mut String, text: fmt::Arguments<'_>| {
        map.write_fmt(text).expect("a string takes whatever is written");
    };
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    // no more than a hundred are allowed at a time
    for ranges in ranges.chunks(100) {
        put(&mut map, format_args!("{} beginbfrange\n", ranges.len()));
        for (first, last, begin) in ranges {
            put(&mut map, format_args!("<{first:04X}> <{last:04X}> <"));
            for unit in begin.encode_utf16(&mut [0; 2]) {
                put(&mut map, format_args!("{unit:04X}"));
            }
            map.push_str(">\n");
        }
        map.push_str("endbfrange\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map.into_bytes()
}

/// Six capitals that tell one subset of a font from another.
fn tag(program: &[u8]) -> String {
    let mut hash = Hash::of(program);
    let mut letter = || {
        let letter = u8::try_from(hash % 26).expect("a remainder of 26");
        hash /= 26;
        char::from(b'A' + letter)
    };
    std::iter::repeat_with(&mut letter).take(6).collect()
}

#[cfg(test)]
mod tests {
    use super::to_unicode;

    fn ranges(glyphs: &[(u16, char)]) -> Vec<String> {
        let map = String::from_utf8(to_unicode(glyphs.iter().copied())).unwrap();
        map.lines().filter(|line| line.matches('<').count() == 3).map(str::to_owned).collect()
    }

    #[test]
    fn glyphs_in_the_order_of_their_characters_are_one_range() {
        assert_eq!(
            ranges(&[(1, 'a'), (2, 'b'), (3, 'd'), (5, 'e')]),
            ["<0001> <0002> <0061>", "<0003> <0003> <0064>", "<0005> <0005> <0065>"]
        );
        assert_eq!(ranges(&[(0xFF, 'a'), (0x100, 'b')]).len(), 2);
        assert_eq!(ranges(&[(1, 'ÿ'), (2, 'Ā')]), ["<0001> <0001> <00FF>", "<0002> <0002> <0100>"]);
        assert_eq!(ranges(&[(7, '😀'), (8, '😁')]), ["<0007> <0008> <D83DDE00>"]);
        assert!(ranges(&[]).is_empty());
    }

    #[test]
    fn a_hundred_ranges_stand_together_at_most() {
        let glyphs: Vec<_> =
            (1..=101).map(|id| (id, char::from_u32(0x400 + 2 * u32::from(id)).unwrap())).collect();
        let map = String::from_utf8(to_unicode(glyphs.into_iter())).unwrap();
        assert!(map.contains("\n100 beginbfrange\n") && map.contains("\n1 beginbfrange\n"));
    }
}
