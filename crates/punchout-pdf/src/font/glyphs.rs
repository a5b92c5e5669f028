use std::sync::OnceLock;

use ttf_parser::Face;
use ttf_parser::cmap::{Format, Subtable};

/// What draws a character.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Glyph {
    /// 0 is none.
    pub(crate) id: u16,
    /// In thousandths of the type size. The same whole numbers go into the
    /// PDF, so what is measured here is what a viewer sets.
    pub(crate) advance: u16,
}

/// The glyphs of a font by character. The blocks of Unicode are looked up when
/// something of them is asked for: an order needs few of them, and to look up
/// all takes longer than to draw a page.
#[derive(Debug, Default)]
pub(super) struct Glyphs([OnceLock<Box<Plane>>; PLANES]);

type Plane = [OnceLock<Box<Block>>; BLOCKS];
type Block = [Glyph; CHARACTERS as usize];

const PLANES: usize = 17;
/// In a plane.
const BLOCKS: usize = 0x1_0000 / CHARACTERS as usize;
/// In a block.
const CHARACTERS: u32 = 128;

impl Glyphs {
    /// The glyph of a character; `face` is the font that it is looked up in.
    pub(super) fn get<'a>(&self, c: char, face: impl FnOnce() -> Option<Face<'a>>) -> Option<Glyph> {
        let code = u32::from(c);
        let plane = self.0.get((code >> 16) as usize)?;
        let plane = plane.get_or_init(|| Box::new([const { OnceLock::new() }; BLOCKS]));
        let block = plane.get(((code & 0xFFFF) / CHARACTERS) as usize)?;
        let block = block.get_or_init(|| Box::new(look_up(face().as_ref(), code - code % CHARACTERS)));
        block.get((code % CHARACTERS) as usize).copied().filter(|glyph| glyph.id != 0)
    }
}

/// The glyphs of the characters from this one on.
fn look_up(face: Option<&Face<'_>>, first: u32) -> Block {
    let mut block = [Glyph::default(); CHARACTERS as usize];
    let Some((face, table)) = face.and_then(|face| Some((face, table(face)?))) else { return block };
    let em = i32::from(face.units_per_em());
    for (code, glyph) in (first..).zip(&mut block) {
        if let Some(id) = table.glyph_index(code) {
            let advance = thousandths(face.glyph_hor_advance(id).unwrap_or(0).into(), em);
            *glyph = Glyph { id: id.0, advance: u16::try_from(advance).unwrap_or(u16::MAX) };
        }
    }
    block
}

fn table<'a>(face: &Face<'a>) -> Option<Subtable<'a>> {
    let tables = face.tables().cmap.iter().flat_map(|cmap| cmap.subtables).filter(Subtable::is_unicode);
    // one that knows all of Unicode has what the others have
    tables.max_by_key(|table| matches!(table.format, Format::SegmentedCoverage(_)))
}

/// A length in a font's units, of which its em has so many.
pub(super) fn thousandths(units: i32, em: i32) -> i32 {
    (units * 1000 + em / 2).div_euclid(em)
}
