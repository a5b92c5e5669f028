//! What layout and writer know about a typeface.

use subsetter::GlyphRemapper;
use ttf_parser::Face;

use crate::{Error, ErrorKind};

mod wrap;

/// The two cuts that a document is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Weight {
    /// Running text.
    Regular,
    /// Headings, names and totals.
    Bold,
}

/// Both cuts of the typeface, parsed.
#[derive(Debug)]
pub(crate) struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    /// Noto Sans as the crate `notosans` carries it.
    pub(crate) fn noto_sans() -> Self {
        let load =
            |name, bytes| Font::new(name, bytes).expect("the fonts that come with the crate are sound");
        Self {
            regular: load("NotoSans", notosans::REGULAR_TTF),
            bold: load("NotoSans-Bold", notosans::BOLD_TTF),
        }
    }

    pub(crate) fn get(&self, weight: Weight) -> &Font {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// A typeface: which characters it has and how wide they are.
#[derive(Debug)]
pub(crate) struct Font {
    pub(crate) name: &'static str,
    pub(crate) metrics: Metrics,
    data: &'static [u8],
    /// Sorted by character.
    glyphs: Vec<(char, Glyph)>,
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

#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    /// In thousandths of the type size. The same whole numbers go into the
    /// PDF, so what is measured here is what a viewer sets.
    pub(crate) advance: u16,
}

impl Font {
    pub(crate) fn new(name: &'static str, data: &'static [u8]) -> Result<Self, Error> {
        let face = Face::parse(data, 0)
            .map_err(|e| Error::new(ErrorKind::Font, format!("font {name} cannot be read")).caused_by(e))?;
        let em = i32::from(face.units_per_em());
        let thousandths = |units: i32| (units * 1000 + em / 2).div_euclid(em);
        let signed = |units: i16| i16::try_from(thousandths(units.into())).unwrap_or(i16::MAX);

        let mut glyphs = Vec::new();
        for table in face.tables().cmap.iter().flat_map(|cmap| cmap.subtables) {
            if !table.is_unicode() {
                continue;
            }
            table.codepoints(|code| {
                let Some(c) = char::from_u32(code) else { return };
                let Some(id) = table.glyph_index(code).filter(|id| id.0 != 0) else { return };
                let advance = thousandths(face.glyph_hor_advance(id).unwrap_or(0).into());
                glyphs.push((c, Glyph { id: id.0, advance: u16::try_from(advance).unwrap_or(u16::MAX) }));
            });
        }
        glyphs.sort_unstable_by_key(|(c, _)| *c);
        glyphs.dedup_by_key(|(c, _)| *c);

        let has = |c: &char| glyphs.binary_search_by_key(c, |(c, _)| *c).is_ok();
        let replacement = ['\u{FFFD}', '□', '?'].into_iter().find(has).ok_or_else(|| {
            Error::new(
                ErrorKind::Font,
                format!("font {name} has no sign for a missing character, not even `?`"),
            )
        })?;
        let bounds = face.global_bounding_box();
        let metrics = Metrics {
            ascent: signed(face.ascender()),
            descent: signed(face.descender()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(signed),
            weight: face.weight().to_number(),
        };
        Ok(Self { name, metrics, data, glyphs, replacement })
    }

    pub(crate) fn glyph(&self, c: char) -> Option<Glyph> {
        let at = self.glyphs.binary_search_by_key(&c, |(c, _)| *c).ok()?;
        self.glyphs.get(at).map(|(_, glyph)| *glyph)
    }

    /// What stands in for a character that the font lacks.
    pub(crate) fn replacement(&self) -> char {
        self.replacement
    }

    /// The width of a text in points; it holds only characters of the font.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let thousandths: u32 = text.chars().map(|c| self.glyph(c).map_or(0, |g| u32::from(g.advance))).sum();
        #[expect(clippy::cast_precision_loss, reason = "exact far beyond any line of text")]
        let width = thousandths as f32 * size / 1000.0;
        width
    }

    /// A font file with these glyphs only, numbered as the remapper says.
    pub(crate) fn subset(&self, glyphs: &GlyphRemapper) -> Result<Vec<u8>, Error> {
        subsetter::subset(self.data, 0, glyphs).map_err(|e| {
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
    fn refuses_what_is_no_font() {
        assert_eq!(Font::new("x", b"no font").unwrap_err().kind(), ErrorKind::Font);
    }
}
