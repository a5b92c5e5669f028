//! The document from head to foot.

use std::rc::Rc;

use punchout_core::Sink;

use super::flow::{Align, Band, Column, Flow, Frame};
use super::setter::{Line, Setter, Style};
use super::table::Table;
use super::{Cell, Layout, Page, Rule, Tone, Weight, head};
use crate::Options;
use crate::font::Fonts;
use crate::sheet::{Fact, Group, Party, Sheet, Total};
use crate::texts::Texts;

/// What explains other texts: labels, headings, paths, details, feet.
pub(super) const LABEL: Style = Style::new(7.5, Weight::Regular, Tone::Muted);
pub(super) const BODY: Style = Style::new(8.5, Weight::Regular, Tone::Ink);
pub(super) const STRONG: Style = Style::new(8.5, Weight::Bold, Tone::Ink);
const ALERT_HEAD: Style = Style::new(8.5, Weight::Bold, Tone::Accent);
const GRAND: Style = Style::new(10.5, Weight::Bold, Tone::Ink);
const SECTION: Style = Style::new(10.5, Weight::Bold, Tone::Accent);
const VALUE: Style = Style::new(8.0, Weight::Regular, Tone::Ink);
const GROUP: Style = Style::new(8.0, Weight::Bold, Tone::Ink);
pub(super) const LEADING: f32 = 11.5;

/// Columns of the raster that facts and parties stand in.
pub(super) const ABREAST: usize = 3;
const GUTTER: f32 = 16.0;
const TOTALS_WIDTH: f32 = 264.0;
/// What a sum has room for, unless it needs more, and the most that it gets.
const AMOUNTS_WIDTH: (f32, f32) = (104.0, 176.0);
/// The white above the table.
const TABLE: f32 = 16.0;
/// Lines much longer than this are hard to read.
const MEASURE: f32 = 400.0;

/// Places everything that the sheet says.
pub(crate) fn compose(sheet: &Sheet, options: &Options, fonts: &Fonts, sink: &mut dyn Sink) -> Layout {
    let texts = options.language.texts();
    let mut setter = Setter::new(fonts);
    setter.set_place("order header");
    let frame = Frame::of(options.paper);
    let foot = Foot::new(sheet, &frame, &mut setter);
    let frame = frame.above(foot.height());
    let mut flow = Flow::new(frame);

    head::set(sheet, options, &mut setter, &mut flow);
    facts(&sheet.facts, &mut setter, &mut flow);
    parties(&sheet.parties, &mut setter, &mut flow);
    setter.set_place("options");
    let above = passage(&sheet.above, &frame, &mut setter);
    let table = Table::new(sheet, texts, &frame, &mut setter);
    setter.set_place("options");
    let end = End::new(sheet, &frame, &mut setter);
    if let Some(above) = above {
        above.set_before(TABLE + table.beginning(end.height()), &mut flow);
    }
    flow.gap(TABLE);
    table.set(end.height(), &mut setter, &mut flow);
    end.set(&mut flow);
    further(&sheet.further, texts, &mut setter, &mut flow);

    let mut pages = flow.finish();
    setter.set_place("order header");
    frames(&mut pages, sheet, &foot, texts, &frame, &mut setter);
    setter.report(sink);
    Layout {
        title: sheet.title(),
        author: sheet.buyer.clone(),
        language: options.language,
        date: sheet.date,
        accent: options.accent,
        pages,
    }
}

fn facts(facts: &[Fact], setter: &mut Setter<'_>, flow: &mut Flow) {
    let columns = abreast(&flow.frame);
    if !facts.is_empty() {
        flow.rule_here();
    }
    for row in facts.chunks(ABREAST) {
        let cells =
            row.iter().zip(&*columns).map(|(fact, column)| labelled(fact, column.width, setter)).collect();
        flow.band(&Band { columns: Rc::clone(&columns), cells, leading: LEADING });
        flow.gap(6.0);
    }
}

fn parties(parties: &[Party], setter: &mut Setter<'_>, flow: &mut Flow) {
    let columns = abreast(&flow.frame);
    for row in parties.chunks(ABREAST) {
        flow.gap(2.0);
        flow.rule_here();
        let cells = row.iter().zip(&*columns).map(|(party, column)| {
            let mut lines = setter.lines(&party.label, LABEL, column.width);
            lines.extend(setter.lines(&party.name, STRONG, column.width));
            for line in &party.lines {
                lines.extend(setter.lines(line, BODY, column.width));
            }
            lines
        });
        let cells = cells.collect();
        flow.band(&Band { columns: Rc::clone(&columns), cells, leading: LEADING });
        flow.gap(6.0);
    }
}

/// The sums, measured.
struct Totals<'a> {
    sums: &'a [Total],
    rows: Vec<Band>,
    left: f32,
}

impl<'a> Totals<'a> {
    const GAP: f32 = 2.0;

    fn new(totals: &'a [Total], frame: &Frame, setter: &mut Setter<'_>) -> Self {
        let right = frame.left + frame.width;
        let left = right - TOTALS_WIDTH;
        let style = |total: &Total| if total.grand { GRAND } else { BODY };
        let (usual, most) = AMOUNTS_WIDTH;
        let widths = totals.iter().map(|total| setter.line(&total.amount, style(total)).width.ceil());
        let width = widths.fold(usual, f32::max);
        // what is broken anyway takes no room from the others
        let width = if width > most { usual } else { width };
        let labels = Column { x: left, width: TOTALS_WIDTH - width - GUTTER, align: Align::Left };
        let amounts = Column { x: right - width, width, align: Align::Right };
        let columns: Rc<[Column]> = Rc::new([labels, amounts]);
        let row = |total: &Total| {
            let style = style(total);
            let texts = [&total.label, &total.amount].into_iter().zip(&*columns);
            let mut cells: Vec<_> =
                texts.map(|(text, column)| setter.lines(text, style, column.width)).collect();
            if let (Some(cell), Some(column)) = (cells.first_mut(), columns.first()) {
                cell.extend(total.notes.iter().flat_map(|note| setter.lines(note, LABEL, column.width)));
            }
            Band { columns: Rc::clone(&columns), cells, leading: LEADING + 1.0 }
        };
        Self { sums: totals, rows: totals.iter().map(row).collect(), left }
    }

    fn height(&self) -> f32 {
        let rules = self.sums.iter().filter(|total| total.grand).count();
        #[expect(clippy::cast_precision_loss, reason = "one or two")]
        let rules = 10.0 * rules as f32;
        Self::GAP + rules + self.rows.iter().map(Band::height).sum::<f32>()
    }

    fn set(&self, flow: &mut Flow) {
        flow.gap(Self::GAP);
        for (n, (total, row)) in self.sums.iter().zip(&self.rows).enumerate() {
            if total.grand && n > 0 {
                flow.gap(3.0);
                flow.heavy(self.left, TOTALS_WIDTH, Tone::Ink);
            }
            flow.band(row);
            if total.grand && n == 0 {
                flow.gap(3.0);
            }
        }
    }
}

/// What follows the table, measured: sums, notes and the options' text.
struct End<'a> {
    totals: Totals<'a>,
    passages: Vec<Passage>,
}

impl<'a> End<'a> {
    /// Notes up to this height are not parted from the sums.
    const SHORT: f32 = 110.0;

    fn new(sheet: &'a Sheet, frame: &Frame, setter: &mut Setter<'_>) -> Self {
        setter.set_place("order header");
        let totals = Totals::new(&sheet.totals, frame, setter);
        let note = |note: &Fact| {
            let mut lines = setter.lines(&note.label, STRONG, MEASURE);
            lines.extend(setter.lines(&note.value, BODY, MEASURE));
            Passage::new(14.0, vec![lines], frame)
        };
        let mut passages: Vec<_> = sheet.notes.iter().map(note).collect();
        setter.set_place("options");
        passages.extend(passage(&sheet.below, frame, setter));
        Self { totals, passages }
    }

    /// How much of it stands on one page with the last line of the table.
    fn height(&self) -> f32 {
        let notes: f32 = self.passages.iter().map(Passage::height).sum();
        self.totals.height() + if notes <= Self::SHORT { notes } else { 0.0 }
    }

    fn set(&self, flow: &mut Flow) {
        flow.need(self.height());
        self.totals.set(flow);
        self.passages.iter().for_each(|passage| passage.set(flow));
    }
}

/// A text with white above it.
struct Passage {
    gap: f32,
    band: Band,
}

impl Passage {
    fn new(gap: f32, cells: Vec<Vec<Line>>, frame: &Frame) -> Self {
        Self { gap, band: Band { columns: column(frame.left, MEASURE), cells, leading: LEADING } }
    }

    fn height(&self) -> f32 {
        self.gap + self.band.height()
    }

    fn set(&self, flow: &mut Flow) {
        self.set_before(0.0, flow);
    }

    /// Sets it where what follows, so high, finds room too.
    fn set_before(&self, follows: f32, flow: &mut Flow) {
        flow.gap(self.gap);
        flow.band_before(&self.band, follows);
    }
}

/// A text of the options, if there is one.
fn passage(text: &str, frame: &Frame, setter: &mut Setter<'_>) -> Option<Passage> {
    let cells = vec![setter.lines(text, BODY, MEASURE)];
    (!text.trim().is_empty()).then(|| Passage::new(12.0, cells, frame))
}

/// What has no place above: where it stands in the order, and what it says.
fn further(groups: &[Group], texts: &Texts, setter: &mut Setter<'_>, flow: &mut Flow) {
    const LEADING: f32 = 11.0;
    const PATHS: f32 = 190.0;
    let Frame { left, width, .. } = flow.frame;
    let paths = Column { x: left, width: PATHS, align: Align::Left };
    let values = Column { x: left + PATHS + GUTTER, width: width - PATHS - GUTTER, align: Align::Left };
    let columns: Rc<[Column]> = Rc::new([paths, values]);
    for (n, group) in groups.iter().enumerate() {
        setter.set_place(group.place.as_str());
        if n == 0 {
            flow.gap(22.0);
            // the title, what it is about, and the first facts
            flow.need(22.0 + 4.0 * LEADING);
            let cells = vec![setter.lines(texts.further, SECTION, width)];
            flow.band(&Band { columns: column(left, width), cells, leading: 15.0 });
            flow.rule_here();
        } else {
            flow.gap(6.0);
            flow.need(3.0 * LEADING);
        }
        let cells = vec![setter.lines(&group.label, GROUP, width)];
        flow.band(&Band { columns: column(left, width), cells, leading: LEADING });
        for fact in &group.facts {
            let cells = [(&fact.label, LABEL), (&fact.value, VALUE)].into_iter().zip(&*columns);
            let cells =
                cells.map(|((text, style), column)| setter.lines(text, style, column.width)).collect();
            flow.band(&Band { columns: Rc::clone(&columns), cells, leading: LEADING });
        }
    }
}

fn labelled(fact: &Fact, width: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    let mut lines = setter.lines(&fact.label, LABEL, width);
    lines.extend(setter.lines(&fact.value, BODY, width));
    lines
}

/// The order, and whose it is, for the foot of every page.
struct Foot(Vec<Line>);

impl Foot {
    const LEADING: f32 = 9.0;
    /// What the number of the page has for itself.
    const PAGE: f32 = 100.0;
    /// So many lines at most: pages are there for the order.
    const MOST: usize = 24;

    /// The number of the order is whole, however long, since a page that got
    /// apart is found by it. Whose it is may lose its end.
    fn new(sheet: &Sheet, frame: &Frame, setter: &mut Setter<'_>) -> Self {
        let width = frame.width - Self::PAGE - GUTTER;
        let title = sheet.title();
        let mut lines = setter.lines(&title, LABEL, width);
        if lines.len() > Self::MOST {
            lines.truncate(Self::MOST - 1);
            let shown: usize = lines.iter().map(|line| line.text.chars().count()).sum();
            let rest: String = title.chars().skip(shown).collect();
            lines.push(setter.elided(&rest, LABEL, width));
        }
        if lines.len() == 1 && !sheet.buyer.is_empty() {
            lines = vec![setter.elided(&format!("{title} · {}", sheet.buyer), LABEL, width)];
        }
        Self(lines)
    }

    /// From the top of its first line to where its last one stands.
    fn height(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "some lines")]
        let more = self.0.len().saturating_sub(1) as f32;
        more * Self::LEADING + LABEL.size
    }

    fn stand(&self, page: &mut Page, frame: &Frame) {
        let mut baseline = frame.foot - self.height() + LABEL.size;
        for line in &self.0 {
            stand(page, line, frame.left, frame.width - Self::PAGE - GUTTER, Align::Left, baseline);
            baseline += Self::LEADING;
        }
    }
}

/// The order, whose it is, and the page's number; only now is it known how
/// many there are. Later pages say at their head what the first one says in
/// large letters.
fn frames(
    pages: &mut [Page],
    sheet: &Sheet,
    foot: &Foot,
    texts: &Texts,
    frame: &Frame,
    setter: &mut Setter<'_>,
) {
    const ALERT: f32 = 160.0;
    let all = pages.len();
    let Frame { left, width, head, .. } = *frame;
    let alert = sheet.alert.as_ref().map(|alert| setter.elided(&alert.title, ALERT_HEAD, ALERT));
    let room = if alert.is_some() { width - ALERT - GUTTER } else { width };
    let number = setter.elided(&sheet.title(), STRONG, room);
    for (n, page) in pages.iter_mut().enumerate() {
        if n > 0 {
            stand(page, &number, left, room, Align::Left, head);
            if let Some(alert) = &alert {
                stand(page, alert, left + width - ALERT, ALERT, Align::Right, head);
            }
            page.rules.push(Rule { x: left, y: head + 7.0, width, height: 0.5, tone: Tone::Hairline });
        }
        let page_number = setter.line(&format!("{} {} {} {all}", texts.page, n + 1, texts.of), LABEL);
        foot.stand(page, frame);
        stand(page, &page_number, left + width - Foot::PAGE, Foot::PAGE, Align::Right, frame.foot);
    }
}

/// Sets a line in a cell of its own, outside the flow.
fn stand(page: &mut Page, line: &Line, x: f32, width: f32, align: Align, baseline: f32) {
    let indent = if matches!(align, Align::Left) { 0.0 } else { width - line.width };
    let texts = page.texts.len()..page.texts.len() + 1;
    page.texts.push(line.placed(x + indent, baseline));
    let height = line.style.size * 1.2;
    page.cells.push(Cell { x, y: baseline - line.style.size * 0.9, width, height, texts });
}

pub(super) fn column(x: f32, width: f32) -> Rc<[Column]> {
    Rc::new([Column { x, width, align: Align::Left }])
}

pub(super) fn abreast(frame: &Frame) -> Rc<[Column]> {
    #[expect(clippy::cast_precision_loss, reason = "three")]
    let step = (frame.width + GUTTER) / ABREAST as f32;
    let mut x = frame.left - step;
    std::iter::repeat_with(|| {
        x += step;
        Column { x, width: step - GUTTER, align: Align::Left }
    })
    .take(ABREAST)
    .collect()
}
