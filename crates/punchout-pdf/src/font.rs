//! What layout and writer know about a typeface.

use std::borrow::Cow;

use subsetter::GlyphRemapper;
use ttf_parser::{Face, Permissions, Tag, name_id};

use crate::{Error, ErrorKind};

mod char_map;
mod glyphs;
mod meaning;
mod ties;
mod wrap;

pub(crate) use char_map::CharMap;
pub(crate) use glyphs::Glyph;
use glyphs::{Glyphs, thousandths};
pub(crate) use meaning::{HYPHEN, NO_BREAK_HYPHEN, meaning};
pub(crate) use ties::Tie;

/// The two cuts that a document is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Weight {
    /// Running text.
    Regular,
    /// Headings, names and totals.
    Bold,
}

/// The typeface that documents are set in: a regular and a bold cut, parsed.
///
/// Noto Sans comes with the crate. Another typeface may be had from bytes:
///
/// ```no_run
/// use punchout_pdf::{Fonts, Renderer};
///
/// let regular = std::fs::read("House-Regular.ttf")?;
/// let bold = std::fs::read("House-Bold.ttf")?;
/// let renderer = Renderer::with_fonts(Fonts::new(regular, bold)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    /// Takes two font files, TrueType or OpenType, of which documents embed
    /// what they use.
    ///
    /// A character that one of them lacks is replaced visibly and reported
    /// (`PDF-GLYPH`); texts are not checked in advance.
    ///
    /// # Errors
    /// When one is no font or cut off, is a variable or a bitmap font, has no
    /// sign for a missing character, or forbids by its own word (`fsType`) to be
    /// embedded or to be embedded in part.
    pub fn new(
        regular: impl Into<Cow<'static, [u8]>>,
        bold: impl Into<Cow<'static, [u8]>>,
    ) -> Result<Self, Error> {
        let (regular, bold) = (regular.into(), bold.into());
        check(&regular, "regular")?;
        check(&bold, "bold")?;
        Ok(Self { regular: Font::new("regular", regular)?, bold: Font::new("bold", bold)? })
    }

    /// Noto Sans as the crate `notosans` carries it.
    pub(crate) fn noto_sans() -> Self {
        let load = |bytes: &'static [u8]| {
            Font::new("Noto Sans", bytes.into()).expect("the fonts that come with the crate are sound")
        };
        Self { regular: load(notosans::REGULAR_TTF), bold: load(notosans::BOLD_TTF) }
    }

    pub(crate) fn get(&self, weight: Weight) -> &Font {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// Refuses what a reader of fonts passes over.
fn check(data: &[u8], cut: &str) -> Result<(), Error> {
    let refuse = |why: &str| Err(Error::new(ErrorKind::Font, format!("the {cut} font {why}")));
    let face = parse(data, cut)?;
    let raw = face.raw_face();
    let has = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag)).is_some_and(|table| !table.is_empty());
    for record in raw.table_records {
        if record.length > 0 && raw.table(record.tag).is_none() {
            return refuse(&format!("is cut off in its table {}", record.tag));
        }
    }
    if face.is_variable() || has(b"CFF2") {
        return refuse("is variable; take one file for each cut");
    }
    if !has(b"glyf") && !has(b"CFF ") {
        return refuse("has no outlines");
    }
    if face.permissions() == Some(Permissions::Restricted) {
        return refuse("forbids to be embedded");
    }
    if !face.is_subsetting_allowed() {
        return refuse("forbids to be embedded in part");
    }
    Ok(())
}

fn parse<'a>(data: &'a [u8], cut: &str) -> Result<Face<'a>, Error> {
    Face::parse(data, 0)
        .map_err(|e| Error::new(ErrorKind::Font, format!("the {cut} font cannot be read")).caused_by(e))
}

/// The name that a PDF calls it by.
fn name(face: &Face<'_>) -> String {
    let names = face.names().into_iter();
    let name =
        names.filter(|name| name.name_id == name_id::POST_SCRIPT_NAME).find_map(|name| name.to_string());
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let name: String = name.unwrap_or_default().chars().filter(plain).take(60).collect();
    if name.is_empty() { "Font".to_owned() } else { name }
}

/// A typeface: which characters it has and how wide they are.
#[derive(Debug)]
pub(crate) struct Font {
    pub(crate) name: String,
    pub(crate) metrics: Metrics,
    data: Cow<'static, [u8]>,
    glyphs: Glyphs,
    replacement: char,
}

/// In thousandths of the type size, as PDF counts.
#[derive(Debug)]
pub(crate) struct Metrics {
    pub(crate) ascent: i16,
    pub(crate) descent: i16,
    pub(crate) bounds: [i16; 4],
    pub(crate) weight: u16,
}

impl Font {
    fn new(cut: &str, data: Cow<'static, [u8]>) -> Result<Self, Error> {
        let face = parse(&data, cut)?;
        let em = i32::from(face.units_per_em());
        let signed = |units: i16| i16::try_from(thousandths(units.into(), em)).unwrap_or(i16::MAX);
        let bounds = face.global_bounding_box();
        let metrics = Metrics {
            ascent: signed(face.ascender()),
            descent: signed(face.descender()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(signed),
            weight: face.weight().to_number(),
        };
        let name = name(&face);
        let mut font = Self { name, metrics, glyphs: Glyphs::default(), replacement: '?', data };
        let has = |c: &char| font.glyph(*c).is_some();
        font.replacement = ['\u{FFFD}', '□', '?'].into_iter().find(has).ok_or_else(|| {
            Error::new(
                ErrorKind::Font,
                format!("the {cut} font has no sign for a missing character, not even `?`"),
            )
        })?;
        Ok(font)
    }

    pub(crate) fn glyph(&self, c: char) -> Option<Glyph> {
        self.glyphs.get(c, || Face::parse(&self.data, 0).ok())
    }

    /// What a character of a line is set with: a hyphen that does not break with
    /// the usual one, if it has none of its own.
    fn set(&self, c: char) -> Option<Glyph> {
        self.glyph(c).or_else(|| self.glyph(HYPHEN).filter(|_| c == NO_BREAK_HYPHEN))
    }

    /// What stands in for a character that the font lacks.
    pub(crate) fn replacement(&self) -> char {
        self.replacement
    }

    /// The width of a text in points; it holds only characters of the font, and
    /// hyphens to be set.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let thousandths: u32 = text.chars().map(|c| self.set(c).map_or(0, |g| u32::from(g.advance))).sum();
        #[expect(clippy::cast_precision_loss, reason = "exact far beyond any line of text")]
        let width = thousandths as f32 * size / 1000.0;
        width
    }

    /// A font file with these glyphs only, numbered as the remapper says.
    pub(crate) fn subset(&self, glyphs: &GlyphRemapper) -> Result<Vec<u8>, Error> {
        subsetter::subset(&self.data, 0, glyphs).map_err(|e| {
            Error::new(ErrorKind::Font, format!("font {} cannot be subset", self.name)).caused_by(e)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_scripts_of_europe() {
        let fonts = Fonts::noto_sans();
        for weight in [Weight::Regular, Weight::Bold] {
            for c in "AäöüßÆøłžőșțİ ΑΩάώ ЖжїЇѓ €≤≥×°µ²½„“”‚‘’–—…•\u{FFFD}".chars()
            {
                assert!(fonts.get(weight).glyph(c).is_some(), "{c} {weight:?}");
            }
            assert!(fonts.get(weight).glyph('中').is_none());
        }
    }

    /// Whole blocks: whatever a language of Europe needs, and then some.
    #[test]
    fn knows_whole_alphabets() {
        let fonts = Fonts::noto_sans();
        for weight in [Weight::Regular, Weight::Bold] {
            let font = fonts.get(weight);
            let blocks = [
                ' '..='~',
                '\u{a0}'..='\u{ff}',
                '\u{100}'..='\u{17f}',
                '\u{218}'..='\u{21b}',
                '\u{386}'..='\u{38a}',
                '\u{38e}'..='\u{3a1}',
                '\u{3a3}'..='\u{3ce}',
                '\u{400}'..='\u{45f}',
                '\u{490}'..='\u{491}',
                '\u{1e80}'..='\u{1e85}',
                '\u{1f00}'..='\u{1f07}',
                '\u{2018}'..='\u{201e}',
            ];
            let lacks: String = blocks.into_iter().flatten().filter(|c| font.glyph(*c).is_none()).collect();
            assert_eq!(lacks, "", "{weight:?}");
        }
    }

    #[test]
    fn measures_in_thousandths() {
        let font = &Fonts::noto_sans().regular;
        let digit = font.glyph('0').unwrap().advance;
        assert_eq!(digit, 572);
        assert!(
            "123456789".chars().all(|c| font.glyph(c).unwrap().advance == digit),
            "figures stand in columns"
        );
        assert!((font.width("00", 10.0) - 11.44).abs() < 1e-4);
        assert_eq!(font.metrics.weight, 400);
        assert!(font.metrics.descent < 0 && font.metrics.ascent > 1000);
    }

    #[test]
    fn knows_itself_by_name() {
        let fonts = Fonts::new(notosans::REGULAR_TTF, notosans::BOLD_TTF.to_vec()).unwrap();
        assert_eq!((&*fonts.regular.name, &*fonts.bold.name), ("NotoSans", "NotoSans-Bold"));
    }

    fn refusal(regular: &[u8]) -> String {
        let error = Fonts::new(regular.to_vec(), notosans::BOLD_TTF).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Font);
        error.to_string()
    }

    #[test]
    fn refuses_what_is_no_font() {
        assert_eq!(refusal(b"no font"), "the regular font cannot be read");
        let sound = notosans::REGULAR_TTF;
        for part in 1..20 {
            refusal(&sound[..sound.len() * part / 20]);
        }
        assert!(
            refusal(&sound[..sound.len() - 1000]).starts_with("the regular font is cut off in its table ")
        );
        // the table of outlines under another name
        let at = sound.windows(4).position(|tag| tag == b"glyf").unwrap();
        let mut blind = sound.to_vec();
        blind[at..at + 4].copy_from_slice(b"gxyf");
        assert_eq!(refusal(&blind), "the regular font has no outlines");
        // OS/2 at offset 8 says what its maker allows
        let record = sound.windows(4).position(|tag| tag == b"OS/2").unwrap();
        let os2 = u32::from_be_bytes(sound[record + 8..record + 12].try_into().unwrap()) as usize;
        for (allowed, why) in [(0x0002, "forbids to be embedded"), (0x0104, "forbids to be embedded in part")]
        {
            let mut kept = sound.to_vec();
            kept[os2 + 8..os2 + 10].copy_from_slice(&u16::to_be_bytes(allowed));
            assert_eq!(refusal(&kept), format!("the regular font {why}"));
        }
        assert_eq!(
            Fonts::new(notosans::REGULAR_TTF, b"".as_slice()).unwrap_err().to_string(),
            "the bold font cannot be read"
        );
    }
}
