//! The document from head to foot.

use std::rc::Rc;

use punchout_core::Sink;

use super::flow::{Align, Band, Column, FOOT_BASELINE, Flow, LEFT, WIDTH};
use super::setter::{Line, Setter, Style};
use super::{Layout, Page, Tone, Weight, table};
use crate::Options;
use crate::font::Fonts;
use crate::sheet::{Fact, Party, Sheet, Total};
use crate::texts::Texts;

const KIND: Style = Style::new(12.0, Weight::Regular, Tone::Accent);
const NUMBER: Style = Style::new(22.0, Weight::Bold, Tone::Ink);
const LABEL: Style = Style::new(7.5, Weight::Regular, Tone::Muted);
const BODY: Style = Style::new(9.0, Weight::Regular, Tone::Ink);
const STRONG: Style = Style::new(9.0, Weight::Bold, Tone::Ink);
const GRAND: Style = Style::new(10.5, Weight::Bold, Tone::Ink);
const FOOT: Style = Style::new(7.5, Weight::Regular, Tone::Muted);
const LEADING: f32 = 12.0;

/// Columns of the raster that facts and parties stand in.
const ABREAST: usize = 3;
const GUTTER: f32 = 16.0;
const TOTALS_WIDTH: f32 = 240.0;
/// Lines much longer than this are hard to read.
const MEASURE: f32 = 400.0;

/// Places everything that the sheet says.
pub(crate) fn compose(sheet: &Sheet, options: &Options, fonts: &Fonts, sink: &mut dyn Sink) -> Layout {
    let texts = options.language.texts();
    let mut setter = Setter::new(fonts);
    let mut flow = Flow::new();

    setter.set_place("order header");
    title(sheet, &mut setter, &mut flow);
    facts(&sheet.facts, &mut setter, &mut flow);
    parties(&sheet.parties, &mut setter, &mut flow);
    if !sheet.items.is_empty() {
        flow.gap(14.0);
        table::set(sheet, texts, &mut setter, &mut flow);
    }
    setter.set_place("order header");
    totals(&sheet.totals, &mut setter, &mut flow);
    notes(&sheet.notes, &mut setter, &mut flow);

    let mut pages = flow.finish();
    feet(&mut pages, sheet, texts, &mut setter);
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

fn title(sheet: &Sheet, setter: &mut Setter<'_>, flow: &mut Flow) {
    let whole = column(LEFT, WIDTH);
    let kind = setter.lines(&sheet.kind, KIND, WIDTH);
    flow.band(&Band { columns: Rc::clone(&whole), cells: vec![kind], leading: 17.0 });
    let number = setter.lines(&sheet.number, NUMBER, WIDTH);
    flow.band(&Band { columns: whole, cells: vec![number], leading: 28.0 });
    flow.gap(10.0);
}

fn facts(facts: &[Fact], setter: &mut Setter<'_>, flow: &mut Flow) {
    let columns = abreast();
    for row in facts.chunks(ABREAST) {
        let cells =
            row.iter().zip(&*columns).map(|(fact, column)| labelled(fact, column.width, setter)).collect();
        flow.band(&Band { columns: Rc::clone(&columns), cells, leading: LEADING });
        flow.gap(6.0);
    }
}

fn parties(parties: &[Party], setter: &mut Setter<'_>, flow: &mut Flow) {
    let columns = abreast();
    for row in parties.chunks(ABREAST) {
        flow.gap(2.0);
        flow.hairline();
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

fn totals(totals: &[Total], setter: &mut Setter<'_>, flow: &mut Flow) {
    let left = LEFT + WIDTH - TOTALS_WIDTH;
    let labels = Column { x: left, width: TOTALS_WIDTH - 100.0, align: Align::Left };
    let amounts = Column { x: LEFT + WIDTH - 90.0, width: 90.0, align: Align::Right };
    let columns: Rc<[Column]> = Rc::new([labels, amounts]);
    let rows: Vec<Band> = totals
        .iter()
        .map(|total| {
            let style = if total.grand { GRAND } else { BODY };
            let texts = [&total.label, &total.amount].into_iter().zip(&*columns);
            let mut cells: Vec<_> =
                texts.map(|(text, column)| setter.lines(text, style, column.width)).collect();
            if let (Some(cell), Some(column)) = (cells.first_mut(), columns.first()) {
                cell.extend(total.notes.iter().flat_map(|note| setter.lines(note, LABEL, column.width)));
            }
            Band { columns: Rc::clone(&columns), cells, leading: LEADING + 1.0 }
        })
        .collect();

    flow.gap(2.0);
    flow.need(rows.iter().map(Band::height).sum::<f32>() + 10.0);
    for (total, row) in totals.iter().zip(rows) {
        if total.grand && totals.len() > 1 {
            flow.gap(3.0);
            flow.heavy(left, TOTALS_WIDTH, Tone::Ink);
        }
        flow.band(&row);
    }
}

fn notes(notes: &[Fact], setter: &mut Setter<'_>, flow: &mut Flow) {
    let columns = column(LEFT, MEASURE);
    for note in notes {
        flow.gap(14.0);
        let cells = vec![labelled(note, MEASURE, setter)];
        flow.band(&Band { columns: Rc::clone(&columns), cells, leading: LEADING });
    }
}

fn labelled(fact: &Fact, width: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    let mut lines = setter.lines(&fact.label, LABEL, width);
    lines.extend(setter.lines(&fact.value, BODY, width));
    lines
}

/// The order and the page's number; only now is it known how many there are.
fn feet(pages: &mut [Page], sheet: &Sheet, texts: &Texts, setter: &mut Setter<'_>) {
    let all = pages.len();
    let title = sheet.title();
    let name = if sheet.buyer.is_empty() { title } else { format!("{title}  ·  {}", sheet.buyer) };
    let name = setter.elided(&name, FOOT, WIDTH - 100.0);
    for (n, page) in pages.iter_mut().enumerate() {
        let number = setter.line(&format!("{} {} {} {all}", texts.page, n + 1, texts.of), FOOT);
        page.texts.push(name.placed(LEFT, FOOT_BASELINE));
        page.texts.push(number.placed(LEFT + WIDTH - number.width, FOOT_BASELINE));
    }
}

fn column(x: f32, width: f32) -> Rc<[Column]> {
    Rc::new([Column { x, width, align: Align::Left }])
}

fn abreast() -> Rc<[Column]> {
    #[expect(clippy::cast_precision_loss, reason = "three")]
    let step = (WIDTH + GUTTER) / ABREAST as f32;
    let mut x = LEFT - step;
    std::iter::repeat_with(|| {
        x += step;
        Column { x, width: step - GUTTER, align: Align::Left }
    })
    .take(ABREAST)
    .collect()
}
