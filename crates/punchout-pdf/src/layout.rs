//! Where everything stands: plain data, before any PDF.

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, FixedOffset};

use crate::{Color, Language, Weight};

mod compose;
mod flow;
mod head;
mod setter;
mod table;

pub(crate) use compose::compose;

/// A document laid out: pages of placed text and filled rectangles.
///
/// It is plain data, the same for the same order and options, so a test can
/// look at it without reading a PDF, and [`fmt::Display`] writes it as text.
///
/// All measures are in points, of which 72 make an inch. A place is counted
/// from the upper left corner of the page, to the right and down.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Layout {
    /// The document's title, such as `Purchase order 4711`.
    pub title: String,
    /// Whose order it is.
    pub author: String,
    /// The language of the document's own words.
    pub language: Language,
    /// The date of the order, which the file bears as its own.
    pub date: Option<DateTime<FixedOffset>>,
    /// What [`Tone::Accent`] is.
    pub accent: Color,
    /// The pages in order; at least one.
    pub pages: Vec<Page>,
}

/// A page of a [`Layout`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Points from left to right.
    pub width: f32,
    /// Points from top to bottom.
    pub height: f32,
    /// Texts in reading order.
    pub texts: Vec<PlacedText>,
    /// The room that the texts have, none of which leaves its own.
    pub cells: Vec<Cell>,
    /// Lines and areas, below the texts.
    pub rules: Vec<Rule>,
    /// Where the logo of the options stands; empty on all pages but the first.
    pub images: Vec<PlacedImage>,
}

/// A rectangle that some texts of a page have for themselves.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// How far it reaches to the right.
    pub width: f32,
    /// How far it reaches down.
    pub height: f32,
    /// Which texts of the page stand in it.
    pub texts: Range<usize>,
}

/// A place for the logo of the options, in the logo's own proportions.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlacedImage {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// How far it reaches to the right.
    pub width: f32,
    /// How far it reaches down.
    pub height: f32,
}

/// One piece of text on one line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlacedText {
    /// The left end.
    pub x: f32,
    /// The line that the letters stand on.
    pub baseline: f32,
    /// How far it reaches to the right.
    pub width: f32,
    /// The type size.
    pub size: f32,
    /// The cut of the typeface.
    pub weight: Weight,
    /// The colour by its use.
    pub tone: Tone,
    /// The characters; the typeface has all of them.
    pub text: String,
}

/// A filled rectangle; a flat one is a line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// How far it reaches to the right.
    pub width: f32,
    /// How far it reaches down.
    pub height: f32,
    /// The colour by its use.
    pub tone: Tone,
}

/// A colour by its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tone {
    /// What is read.
    Ink,
    /// What helps reading: headings of columns, explanations.
    Muted,
    /// What catches the eye.
    Accent,
    /// Hairlines.
    Hairline,
    /// Areas of colour behind texts that are not [`Tone::OnAccent`].
    Wash,
    /// What stands on an area of accent: white, or black if that is lighter.
    OnAccent,
}

impl Layout {
    /// The colour of a tone.
    #[must_use]
    pub fn color(&self, tone: Tone) -> Color {
        match tone {
            Tone::Ink => Color::new(26, 26, 26),
            Tone::Muted => Color::new(107, 107, 107),
            Tone::Accent => self.accent,
            Tone::Hairline => Color::new(204, 204, 204),
            Tone::Wash => Color::new(244, 244, 242),
            Tone::OnAccent if self.accent.luma() > 150 => Color::new(0, 0, 0),
            Tone::OnAccent => Color::new(255, 255, 255),
        }
    }
}

/// One text or rectangle a line, with two decimals; cells are not written.
impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} [{}] {}", self.title, self.language, self.accent)?;
        for (n, page) in self.pages.iter().enumerate() {
            writeln!(f, "page {} {:.2} x {:.2}", n + 1, page.width, page.height)?;
            for rule in &page.rules {
                let Rule { x, y, width, height, tone } = rule;
                writeln!(f, "  rule {x:.2} {y:.2} {width:.2} x {height:.2} {tone:?}")?;
            }
            for PlacedImage { x, y, width, height } in &page.images {
                writeln!(f, "  logo {x:.2} {y:.2} {width:.2} x {height:.2}")?;
            }
            for text in &page.texts {
                let PlacedText { x, baseline, width, size, weight, tone, text } = text;
                writeln!(f, "  text {x:.2} {baseline:.2} {width:.2} {size} {weight:?} {tone:?} {text:?}")?;
            }
        }
        Ok(())
    }
}
