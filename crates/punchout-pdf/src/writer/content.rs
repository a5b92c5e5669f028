//! What draws a page, as the operators of PDF.
//!
//! printpdf would make an object of each operator and a text of each object,
//! which takes longer than all the rest of a document.

use std::io::Write as _;

use super::face::Face;
use super::image;
use crate::{Color, Layout, Page, PlacedImage, PlacedText, Rule, Tone, Weight};

/// The resource that a cut is.
pub(super) fn name(weight: Weight) -> &'static str {
    match weight {
        Weight::Regular => "R",
        Weight::Bold => "B",
    }
}

pub(super) fn of<'f>(page: &Page, layout: &Layout, face: impl Fn(Weight) -> Option<&'f Face>) -> Vec<u8> {
    let mut content = Content { bytes: Vec::with_capacity(64 * page.texts.len() + 256), tone: None };
    for rule in &page.rules {
        let Rule { x, y, width, height, tone } = *rule;
        content.fill(tone, layout);
        content.numbers([x, page.height - y - height, width, height]);
        content.operator("re f");
    }
    for placed in &page.images {
        let PlacedImage { x, y, width, height } = *placed;
        content.operator("q");
        content.numbers([width, 0.0, 0.0, height, x, page.height - y - height]);
        content.operator("cm");
        let _ = writeln!(content.bytes, "/{} Do Q", image::NAME);
    }
    content.operator("BT");
    let mut set_in = None;
    // each place is counted from the one before it, in the hundredths that are written
    let mut from = [0, 0];
    for text in &page.texts {
        let PlacedText { x, baseline, size, weight, tone, .. } = *text;
        let Some(face) = face(weight) else { continue };
        content.fill(tone, layout);
        if set_in.replace((weight, size)) != Some((weight, size)) {
            let _ = write!(content.bytes, "/{} ", name(weight));
            content.numbers([size]);
            content.operator("Tf");
        }
        let to = [x, page.height - baseline].map(hundredths);
        for (to, from) in to.iter().zip(from) {
            content.number(to - from);
        }
        from = to;
        content.bytes.extend(b"Td(");
        for c in text.text.chars() {
            for byte in face.code(c).to_be_bytes() {
                if matches!(byte, b'(' | b')' | b'\\') {
                    content.bytes.push(b'\\');
                }
                // a carriage return would be read as a line feed
                if byte == b'\r' {
                    content.bytes.extend(b"\\r");
                } else {
                    content.bytes.push(byte);
                }
            }
        }
        content.operator(")Tj");
    }
    content.operator("ET");
    content.bytes
}

struct Content {
    bytes: Vec<u8>,
    tone: Option<Tone>,
}

impl Content {
    fn operator(&mut self, operator: &str) {
        self.bytes.extend(operator.as_bytes());
        self.bytes.push(b'\n');
    }

    fn numbers<const N: usize>(&mut self, points: [f32; N]) {
        for number in points {
            self.number(hundredths(number));
        }
    }

    /// Hundredths, without zeros at the end, and a blank.
    fn number(&mut self, hundredths: i32) {
        let [whole, rest] = [hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100];
        if hundredths < 0 {
            self.bytes.push(b'-');
        }
        let _ = match rest {
            0 => write!(self.bytes, "{whole} "),
            _ if rest.is_multiple_of(10) => write!(self.bytes, "{whole}.{} ", rest / 10),
            _ => write!(self.bytes, "{whole}.{rest:02} "),
        };
    }

    fn fill(&mut self, tone: Tone, layout: &Layout) {
        if self.tone.replace(tone) == Some(tone) {
            return;
        }
        let Color { red, green, blue } = layout.color(tone);
        for part in [red, green, blue] {
            let thousandths = (u32::from(part) * 1000 + 127) / 255;
            let _ = match thousandths {
                0 => write!(self.bytes, "0 "),
                1000 => write!(self.bytes, "1 "),
                _ => write!(self.bytes, ".{thousandths:03} "),
            };
        }
        self.operator("rg");
    }
}

/// Hundredths of a point are fine enough, and short to write.
fn hundredths(points: f32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a page has some hundred points")]
    let rounded = (points * 100.0).round() as i32;
    rounded
}
