//! The table of lines.

use std::rc::Rc;

use super::flow::{Align, Band, Column, Flow, LEFT, WIDTH};
use super::setter::{Line, Setter, Style};
use super::{Tone, Weight};
use crate::sheet::{Fact, Item, Sheet};
use crate::texts::Texts;

const HEADING: Style = Style::new(7.5, Weight::Regular, Tone::Muted);
const NAME: Style = Style::new(8.5, Weight::Bold, Tone::Ink);
const CELL: Style = Style::new(8.5, Weight::Regular, Tone::Ink);
const DETAIL: Style = Style::new(7.5, Weight::Regular, Tone::Muted);
const LEADING: f32 = 11.5;
/// Between two columns.
const GUTTER: f32 = 10.0;

/// The widest that the columns around the description may get: line, part,
/// quantity, unit, price, amount. What is wider is broken into lines.
const WIDEST: [f32; 6] = [30.0, 92.0, 60.0, 40.0, 70.0, 72.0];

pub(super) fn set(sheet: &Sheet, texts: &Texts, setter: &mut Setter<'_>, flow: &mut Flow) {
    let money = |label: &str| format!("{label} {}", sheet.currency);
    let headings = [
        texts.line,
        texts.part,
        texts.description,
        texts.quantity,
        texts.unit,
        &money(texts.price),
        &money(texts.amount),
    ];

    let mut widths = [Width::default(); 6];
    let [line, part, _, quantity, unit, price, amount] = headings;
    for (width, heading) in widths.iter_mut().zip([line, part, quantity, unit, price, amount]) {
        width.see(&setter.line(heading, HEADING));
    }
    for item in &sheet.items {
        setter.set_place(&item.place);
        let [line, part, quantity, unit, price, amount] = &mut widths;
        line.see(&setter.line(&item.number, CELL));
        part.see(&setter.line(&item.part, CELL));
        quantity.see(&setter.number(&item.quantity, texts.point, CELL));
        unit.see(&setter.line(&item.unit, CELL));
        price.see(&setter.number(&item.price, texts.point, CELL));
        price.see(&setter.line(&item.price_note, DETAIL));
        amount.see(&setter.number(&item.amount, texts.point, CELL));
        amount.see(&setter.line(&item.amount_note, DETAIL));
    }
    let columns = columns(widths);

    let cells =
        headings.iter().zip(&*columns).map(|(text, column)| setter.lines(text, HEADING, column.width));
    let heading = Band { cells: cells.collect(), columns: Rc::clone(&columns), leading: 10.0 };
    flow.begin_table(heading, 2.0 * LEADING);
    for item in &sheet.items {
        setter.set_place(&item.place);
        let cells = row(item, &columns, texts, setter);
        flow.band(&Band { cells, columns: Rc::clone(&columns), leading: LEADING });
        flow.hairline();
    }
    flow.end_table();
}

fn row(item: &Item, columns: &[Column], texts: &Texts, setter: &mut Setter<'_>) -> Vec<Vec<Line>> {
    let mut cells = Vec::with_capacity(columns.len());
    for (n, column) in columns.iter().enumerate() {
        let mut number = |text: &str, note: &str| {
            let line = setter.number(text, texts.point, CELL);
            let mut lines =
                if line.width <= column.width { vec![line] } else { setter.lines(text, CELL, column.width) };
            lines.extend(setter.lines(note, DETAIL, column.width));
            lines
        };
        cells.push(match n {
            0 => setter.lines(&item.number, CELL, column.width),
            1 => setter.lines(&item.part, CELL, column.width),
            2 => {
                let mut lines = setter.lines(&item.name, NAME, column.width);
                lines.extend(setter.lines(&item.description, CELL, column.width));
                for paragraph in paragraphs(&item.details, column.width, setter) {
                    lines.extend(setter.lines(&paragraph, DETAIL, column.width));
                }
                lines
            }
            3 => number(&item.quantity, ""),
            4 => setter.lines(&item.unit, CELL, column.width),
            5 => number(&item.price, &item.price_note),
            _ => number(&item.amount, &item.amount_note),
        });
    }
    cells
}

/// As many facts on a line as fit on it whole.
fn paragraphs(facts: &[Fact], width: f32, setter: &mut Setter<'_>) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for fact in facts {
        let text = fact.to_string();
        if let Some(last) = paragraphs.last_mut() {
            let joined = format!("{last} · {text}");
            if !joined.contains('\n') && setter.line(&joined, DETAIL).width <= width {
                *last = joined;
                continue;
            }
        }
        paragraphs.push(text);
    }
    paragraphs
}

/// How wide a column must be.
#[derive(Clone, Copy, Debug, Default)]
struct Width {
    whole: f32,
    behind: f32,
    text: f32,
}

impl Width {
    fn see(&mut self, line: &Line) {
        match line.whole {
            Some(whole) => {
                self.whole = self.whole.max(whole);
                self.behind = self.behind.max(line.width - whole);
            }
            None => self.text = self.text.max(line.width),
        }
    }

    fn needed(&self) -> f32 {
        self.text.max(self.whole + self.behind)
    }
}

/// Gives every column what it needs, within its bound, and the description
/// the rest.
fn columns(widths: [Width; 6]) -> Rc<[Column]> {
    let mut given = widths.iter().zip(WIDEST).map(|(width, widest)| width.needed().min(widest).ceil());
    let mut next = || given.next().unwrap_or_default();
    let before = [next(), next()];
    let after = [next(), next(), next(), next()];
    let taken: f32 = before.iter().chain(&after).sum();
    let description = WIDTH - taken - 6.0 * GUTTER;

    let [_, _, quantity, _, price, amount] = &widths;
    let [_, _, widest_quantity, _, widest_price, widest_amount] = WIDEST;
    let point = |width: &Width, widest: f32| {
        // numbers that are too long together can still stand flush right
        if width.whole + width.behind > widest { Align::Right } else { Align::Point(width.behind) }
    };
    let aligns = [
        Align::Left,
        Align::Left,
        Align::Left,
        point(quantity, widest_quantity),
        Align::Left,
        point(price, widest_price),
        point(amount, widest_amount),
    ];
    let mut x = LEFT;
    (before.into_iter().chain([description]).chain(after).zip(aligns))
        .map(|(width, align)| {
            let column = Column { x, width, align };
            x += width + GUTTER;
            column
        })
        .collect()
}
