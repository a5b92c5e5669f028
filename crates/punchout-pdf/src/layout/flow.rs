//! Filling pages from top to bottom.

use std::rc::Rc;

use super::setter::Line;
use super::{Cell, Page, PlacedImage, Rule, Tone};
use crate::Paper;

const HAIR: f32 = 0.5;
const HEAVY: f32 = 1.0;
/// Between a row of a table and the lines above and below it.
pub(super) const PAD: f32 = 5.0;

/// Between two bands of a row.
const BETWEEN: f32 = 2.0;

/// A band of this many lines or fewer stays on one page.
const TOGETHER: usize = 10;
/// A longer band leaves and takes at least this many lines at a page's end.
const APART: usize = 3;

/// Where on a page something may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    page_width: f32,
    page_height: f32,
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) top: f32,
    /// The same of all pages but the first, below what is repeated on them.
    next_top: f32,
    bottom: f32,
    /// What the head of all pages but the first stands on.
    pub(super) head: f32,
    /// What the foot stands on.
    pub(super) foot: f32,
}

impl Frame {
    /// 20 mm of white at the sides, 18 above, 22 below.
    pub(super) fn of(paper: Paper) -> Self {
        const SIDE: f32 = 56.69;
        let (page_width, page_height) = paper.size();
        Self {
            page_width,
            page_height,
            left: SIDE,
            width: page_width - 2.0 * SIDE,
            top: 51.02,
            next_top: 66.0,
            head: 44.0,
            bottom: page_height - 62.36,
            foot: page_height - 36.85,
        }
    }

    /// Leaves room for a foot this high, the last line of which stands where the
    /// only one does.
    pub(super) fn above(mut self, foot: f32) -> Self {
        /// The white above it, at least.
        const WHITE: f32 = 12.0;
        self.bottom = self.bottom.min(self.foot - foot - WHITE);
        self
    }

    fn page(&self) -> Page {
        Page {
            width: self.page_width,
            height: self.page_height,
            texts: Vec::new(),
            cells: Vec::new(),
            rules: Vec::new(),
            images: Vec::new(),
        }
    }
}

/// A strip of a [`Band`].
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) align: Align,
}

/// How the lines of a column stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Align {
    Left,
    Right,
    /// Numbers with their decimal points one below the other, and this much
    /// room behind them; other lines as [`Align::Right`].
    Point(f32),
}

impl Column {
    fn x_of(&self, line: &Line) -> f32 {
        let right = self.x + self.width;
        match (self.align, line.whole) {
            (Align::Left, _) => self.x,
            (Align::Point(behind), Some(whole)) => right - behind - whole,
            (Align::Right | Align::Point(_), _) => right - line.width,
        }
    }
}

/// Columns of lines side by side, all on one raster.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) columns: Rc<[Column]>,
    pub(super) cells: Vec<Vec<Line>>,
    /// From one line to the next.
    pub(super) leading: f32,
}

impl Band {
    fn lines(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    pub(super) fn height(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a band has not that many lines")]
        let lines = self.lines() as f32;
        lines * self.leading
    }

    /// Where it is cut, from a line on and up to another at most, so that no line
    /// of a paragraph stands alone, if that costs little.
    fn cut(&self, from: usize, most: usize) -> usize {
        let is_end = |cell: &[Line], at: usize| cell.get(at).is_none_or(|line| line.ends);
        let parts_one = |cell: &Vec<Line>, to: usize| {
            let goes_on = to < cell.len() && to > 0 && !is_end(cell, to - 1);
            // the last line below the cut, or the first one above it
            goes_on && (is_end(cell, to) || to == 1 || is_end(cell, to - 2))
        };
        let least = (from + APART).min(most);
        let fits = |to: &usize| !self.cells.iter().any(|cell| parts_one(cell, *to));
        (least..=most).rev().take(APART).find(fits).unwrap_or(most)
    }

    /// How much of it is not parted from what is above it: all and what follows,
    /// if it stays on one page.
    fn begin(&self, tail: f32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "three")]
        let some = APART as f32 * self.leading;
        if self.lines() <= TOGETHER { self.height() + tail } else { some }
    }
}

/// A row that may go on on the next page.
struct Parted {
    rest: Rest,
    has_begun: bool,
}

/// Says on the next page whose rest stands there.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) line: Line,
}

/// Pages under construction.
pub(super) struct Flow {
    pub(super) frame: Frame,
    pages: Vec<Page>,
    page: Page,
    y: f32,
    /// The heading of the table that is being set.
    heading: Option<Band>,
    /// The row of it that is being set, if it may be parted.
    parted: Option<Parted>,
    /// Nothing but repeated things is on the page yet.
    fresh: bool,
}

impl Flow {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame,
            pages: Vec::new(),
            page: frame.page(),
            y: frame.top,
            heading: None,
            parted: None,
            fresh: true,
        }
    }

    /// How far down the page is filled.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Goes on from here.
    pub(super) fn set_y(&mut self, y: f32) {
        self.y = y;
    }

    /// Leaves white space, unless the page is fresh.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.fresh {
            self.y += height;
        }
    }

    /// A thin line from margin to margin with white around it.
    pub(super) fn hairline(&mut self) {
        if !self.fresh {
            self.y += PAD;
            let Frame { left, width, .. } = self.frame;
            self.rule(left, width, HAIR, Tone::Hairline);
            self.y += PAD;
        }
    }

    /// A thin line from margin to margin with white below it.
    pub(super) fn rule_here(&mut self) {
        if !self.fresh {
            let Frame { left, width, .. } = self.frame;
            self.rule(left, width, HAIR, Tone::Hairline);
            self.y += PAD;
        }
    }

    /// A heavy line with white below it.
    pub(super) fn heavy(&mut self, x: f32, width: f32, tone: Tone) {
        self.rule(x, width, HEAVY, tone);
        self.y += PAD;
    }

    /// An area of colour behind what is set on it.
    pub(super) fn area(&mut self, height: f32, tone: Tone) {
        let Frame { left: x, width, .. } = self.frame;
        self.page.rules.push(Rule { x, y: self.y, width, height, tone });
        self.fresh = false;
    }

    pub(super) fn image(&mut self, width: f32, height: f32) {
        self.page.images.push(PlacedImage { x: self.frame.left, y: self.y, width, height });
        self.fresh = false;
    }

    fn rule(&mut self, x: f32, width: f32, height: f32, tone: Tone) {
        self.page.rules.push(Rule { x, y: self.y, width, height, tone });
        self.y += height;
    }

    /// Turns the page unless this much room is left.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > self.frame.bottom && !self.fresh {
            self.turn();
        }
    }

    /// Begins a table whose heading is repeated on every page it runs over, and
    /// of which so much stands together, heading included.
    pub(super) fn begin_table(&mut self, heading: Band, beginning: f32) {
        // more than a page has is parted anyway
        self.need(beginning.min(self.frame.bottom - self.frame.next_top));
        let fresh = self.fresh;
        self.heading = Some(heading);
        self.draw_heading();
        // a heading that begins a page is no reason to turn it
        self.fresh = fresh;
    }

    /// How high the heading of a table is, with its line.
    pub(super) fn heading(heading: &Band) -> f32 {
        heading.height() + 1.5 * PAD + HEAVY
    }

    /// How much of a row, and of the room behind it, is not parted from what is
    /// above it.
    pub(super) fn beginning(bands: &[Band], tail: f32) -> f32 {
        match bands {
            [] => 0.0,
            [band] => band.begin(tail),
            bands if Self::stay(bands) => Self::together(bands) + tail,
            [band, next, ..] => band.begin(BETWEEN + next.begin(tail)),
        }
    }

    /// Whether the bands of a row stay on one page.
    fn stay(bands: &[Band]) -> bool {
        bands.len() > 1 && bands.iter().all(|band| band.lines() <= TOGETHER)
    }

    fn together(bands: &[Band]) -> f32 {
        bands.iter().map(|band| band.height() + BETWEEN).sum()
    }

    pub(super) fn end_table(&mut self) {
        self.heading = None;
    }

    /// Whether a row may be parted by the end of a page.
    pub(super) fn may_part(bands: &[Band]) -> bool {
        bands.iter().any(|band| band.lines() > TOGETHER)
    }

    /// Sets the bands of one row, with so much room free behind its end. Short
    /// ones stay together, and no end of a long one is parted from what follows;
    /// where it is parted, `rest` stands beside what goes on.
    pub(super) fn row(&mut self, bands: &[Band], rest: Option<Rest>, tail: f32) {
        self.parted = rest.map(|rest| Parted { rest, has_begun: false });
        self.bands(bands, tail);
        self.parted = None;
    }

    fn bands(&mut self, bands: &[Band], tail: f32) {
        if Self::stay(bands) {
            let height = Self::together(bands);
            self.need(height + tail);
            // on a page of their own the tail gives way
            let has_room = self.y + height + tail <= self.frame.bottom;
            for (n, band) in bands.iter().enumerate() {
                self.gap(if n > 0 { BETWEEN } else { 0.0 });
                self.set(band, if has_room && n + 1 == bands.len() { tail } else { 0.0 });
            }
            return;
        }
        let mut rest = bands.iter();
        while let Some(band) = rest.next() {
            self.set(band, rest.clone().next().map_or(tail, |next| BETWEEN + next.begin(tail)));
            self.gap(if rest.len() > 0 { BETWEEN } else { 0.0 });
        }
    }

    /// Sets a band, over as many pages as it needs.
    pub(super) fn band(&mut self, band: &Band) {
        self.set(band, 0.0);
    }

    /// Sets a band whose end is not parted from what follows, so high.
    pub(super) fn band_before(&mut self, band: &Band, follows: f32) {
        self.set(band, follows);
    }

    fn set(&mut self, band: &Band, tail: f32) {
        let all = band.lines();
        let mut done = 0;
        while done < all {
            let left = all - done;
            let fit = self.fitting(band.leading, 0.0);
            let has_room = left <= self.fitting(band.leading, tail);
            // on a page of its own the tail gives way
            if has_room || self.fresh && left <= fit.min(TOGETHER) {
                self.draw(band, done, all);
                return;
            }
            let split = left > TOGETHER && fit >= APART;
            if split || self.fresh {
                // a fresh page always takes something, so this ends
                let most = fit.min(left.saturating_sub(APART)).max(1);
                let to = band.cut(done, done + most);
                self.draw(band, done, to);
                done = to;
            }
            self.turn();
        }
    }

    fn fitting(&self, leading: f32, tail: f32) -> usize {
        let lines = ((self.frame.bottom - self.y - tail) / leading).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page has few lines")]
        let lines = lines.max(0.0) as usize;
        lines
    }

    fn draw(&mut self, band: &Band, from: usize, to: usize) {
        self.draw_rest(band, from);
        let mut below = self.y;
        let first = self.page.cells.len();
        for (column, cell) in band.columns.iter().zip(&band.cells) {
            let mut y = self.y;
            let texts = self.page.texts.len();
            for line in cell.iter().take(to).skip(from) {
                // the letters stand in the middle of their line
                let baseline = y + f32::midpoint(band.leading, line.style.size * 0.7);
                self.page.texts.push(line.placed(column.x_of(line), baseline));
                y += band.leading;
            }
            below = below.max(y);
            let Column { x, width, .. } = *column;
            let texts = texts..self.page.texts.len();
            if !texts.is_empty() {
                self.page.cells.push(Cell { x, y: self.y, width, height: 0.0, texts });
            }
        }
        // all are as high as the highest
        for cell in self.page.cells.iter_mut().skip(first) {
            cell.height = below - self.y;
        }
        self.y = below;
        self.fresh = false;
    }

    /// Says whose rest it is, if a row goes on at the top of this page.
    fn draw_rest(&mut self, band: &Band, from: usize) {
        let Some(parted) = &mut self.parted else { return };
        if !std::mem::replace(&mut parted.has_begun, true) || !self.fresh {
            return;
        }
        let Rest { x, width, line } = &parted.rest;
        // unless a part of a long number is what goes on there
        let mut cells = band.columns.iter().zip(&band.cells);
        if cells.any(|(column, cell)| column.x < x + width && cell.len() > from) {
            return;
        }
        let height = band.leading;
        let texts = self.page.texts.len()..self.page.texts.len() + 1;
        self.page.texts.push(line.placed(*x, self.y + f32::midpoint(height, line.style.size * 0.7)));
        self.page.cells.push(Cell { x: *x, y: self.y, width: *width, height, texts });
    }

    fn turn(&mut self) {
        self.pages.push(std::mem::replace(&mut self.page, self.frame.page()));
        self.y = self.frame.next_top;
        self.draw_heading();
        self.fresh = true;
    }

    fn draw_heading(&mut self) {
        if let Some(heading) = self.heading.take() {
            let parted = self.parted.take();
            self.draw(&heading, 0, heading.lines());
            self.parted = parted;
            self.y += PAD / 2.0;
            let Frame { left, width, .. } = self.frame;
            self.heavy(left, width, Tone::Ink);
            self.heading = Some(heading);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Page> {
        self.pages.push(self.page);
        self.pages
    }
}
