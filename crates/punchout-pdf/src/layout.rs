//! Where everything stands: plain data, before any PDF.

use std::fmt;

use chrono::{DateTime, FixedOffset};

use crate::{Language, Weight};

mod compose;
mod flow;
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
    /// Lines and areas, below the texts.
    pub rules: Vec<Rule>,
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
}

/// One text or rectangle a line, with two decimals.
impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} [{}]", self.title, self.language.tag())?;
        for (n, page) in self.pages.iter().enumerate() {
            writeln!(f, "page {} {:.2} x {:.2}", n + 1, page.width, page.height)?;
            for rule in &page.rules {
                let Rule { x, y, width, height, tone } = rule;
                writeln!(f, "  rule {x:.2} {y:.2} {width:.2} x {height:.2} {tone:?}")?;
            }
            for text in &page.texts {
                let PlacedText { x, baseline, width, size, weight, tone, text } = text;
                writeln!(f, "  text {x:.2} {baseline:.2} {width:.2} {size} {weight:?} {tone:?} {text:?}")?;
            }
        }
        Ok(())
    }
}
