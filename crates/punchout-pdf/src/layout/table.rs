//! The table of lines.

use std::borrow::Cow;
use std::rc::Rc;

use super::compose::{BODY, LABEL, LEADING, STRONG};
use super::flow::{Band, Column, Flow, Frame, PAD, Rest};
use super::setter::{Line, Setter, Style};
use super::{Tone, Weight};
use crate::sheet::{Fact, Item, Sheet};
use crate::texts::Texts;
use columns::{Columns, GUTTER};

mod columns;

/// A description of more lines than this is rather a text than a cell.
const LONG: usize = 10;
/// So many lines must be saved before it stands apart from its row.
const WORTH: usize = 3;

const ALERT: Style = Style::new(8.5, Weight::Bold, Tone::Accent);

/// The columns, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Line,
    Part,
    Description,
    Quantity,
    Unit,
    Price,
    Tax,
    Amount,
}

impl Kind {
    fn heading<'a>(self, sheet: &'a Sheet, texts: &'a Texts) -> &'a str {
        match self {
            Self::Line => texts.line,
            Self::Part => &sheet.headings.part,
            Self::Description => texts.description,
            Self::Quantity => texts.quantity,
            Self::Unit => texts.unit,
            Self::Price => &sheet.headings.price,
            Self::Tax => texts.tax,
            Self::Amount => &sheet.headings.amount,
        }
    }

    /// The columns that this order needs.
    fn of(sheet: &Sheet) -> Vec<Self> {
        let has = |text: fn(&Item) -> &String| sheet.items.iter().any(|item| !text(item).is_empty());
        let mut kinds = vec![Self::Line, Self::Part, Self::Description, Self::Quantity, Self::Unit];
        let has_prices = has(|item| &item.price) || has(|item| &item.price_note) || has(|item| &item.amount);
        kinds.extend(has_prices.then_some(Self::Price));
        kinds.extend(has(|item| &item.tax).then_some(Self::Tax));
        kinds.extend(has_prices.then_some(Self::Amount));
        kinds
    }

    /// The lines of a cell.
    fn cell(self, item: &Item, width: f32, texts: &Texts, setter: &mut Setter<'_>) -> Vec<Line> {
        let body = toned(BODY, item);
        let mut number = |text: &str, note: &str| {
            let line = setter.number(text, texts.point, body);
            let mut lines = if line.width <= width { vec![line] } else { setter.lines(text, body, width) };
            lines.extend(setter.lines(note, LABEL, width));
            lines
        };
        match self {
            Self::Line => setter.lines(&item.number, body, width),
            Self::Part => {
                let mut lines = setter.lines(&item.part, body, width);
                lines.extend(setter.lines(&item.buyer_part, LABEL, width));
                lines
            }
            Self::Description => {
                let mut lines = named(item, width, setter);
                lines.extend(setter.lines(&item.description, body, width));
                lines
            }
            Self::Quantity => number(&item.quantity, ""),
            Self::Unit => setter.lines(&item.unit, body, width),
            Self::Price => number(&item.price, &item.price_note),
            Self::Tax => setter.lines(&item.tax, body, width),
            Self::Amount => number(&item.amount, &item.amount_note),
        }
    }
}

/// The table, measured as far as what is above it must know.
pub(super) struct Table<'a> {
    sheet: &'a Sheet,
    texts: &'a Texts,
    columns: Columns,
    heading: Band,
    /// The first row.
    first: Vec<Band>,
}

impl<'a> Table<'a> {
    pub(super) fn new(sheet: &'a Sheet, texts: &'a Texts, frame: &Frame, setter: &mut Setter<'_>) -> Self {
        let kinds = Kind::of(sheet);
        let columns = Columns::new(&kinds, sheet, texts, frame, setter);
        let cells = columns.kinds.iter().zip(&*columns.across).map(|(kind, column)| {
            let mut lines = heading(kind.heading(sheet, texts), column.width, setter);
            if *kind == Kind::Part && columns.description.is_none() {
                lines.extend(heading(texts.description, column.width, setter));
            }
            lines
        });
        let heading = Band { cells: cells.collect(), columns: Rc::clone(&columns.across), leading: 10.0 };
        let first = sheet.items.first().map(|item| {
            setter.set_place(&item.place);
            row(item, &columns, texts, setter)
        });
        let first = first.unwrap_or_default();
        Self { sheet, texts, columns, heading, first }
    }

    /// How high the heading and what stays with it of the first row are, with
    /// so much room behind the last row.
    pub(super) fn beginning(&self, behind: f32) -> f32 {
        if self.first.is_empty() {
            return 0.0;
        }
        Flow::heading(&self.heading) + Flow::beginning(&self.first, self.tail(0, behind))
    }

    /// Sets the lines; the last one keeps so much room behind it on its page.
    pub(super) fn set(self, behind: f32, setter: &mut Setter<'_>, flow: &mut Flow) {
        let beginning = self.beginning(behind);
        let first = (!self.first.is_empty()).then_some(&self.first);
        if first.is_some() {
            flow.begin_table(self.heading.clone(), beginning);
        }
        for (n, item) in self.sheet.items.iter().enumerate() {
            let tail = self.tail(n, behind);
            setter.set_place(&item.place);
            let measured = first.filter(|_| n == 0).map_or_else(
                || Cow::Owned(row(item, &self.columns, self.texts, setter)),
                |first| Cow::Borrowed(&**first),
            );
            let rest = if Flow::may_part(&measured) { self.rest(item, setter) } else { None };
            flow.row(&measured, rest, tail);
            flow.hairline();
        }
        flow.end_table();
    }

    /// What says on another page whose rest stands there: the line's number, as
    /// a part of something.
    fn rest(&self, item: &Item, setter: &mut Setter<'_>) -> Option<Rest> {
        let at = self.columns.kinds.iter().position(|kind| *kind == Kind::Line)?;
        let column = self.columns.across.get(at)?;
        // a mark is narrow enough for what parts the columns
        let width = column.width + GUTTER - 1.0;
        let line = setter.line(&format!("{}…", item.number), LABEL);
        let line = if line.width <= width { line } else { setter.elided(&item.number, LABEL, width) };
        Some(Rest { x: column.x, width, line })
    }

    /// What a row keeps free behind it.
    fn tail(&self, n: usize, behind: f32) -> f32 {
        if n + 1 == self.sheet.items.len() { 2.0 * PAD + 2.0 + behind } else { 0.0 }
    }
}

/// What stands side by side, and what stands below it: the description where it
/// has no column, and where that makes the row lower the details, or all of a
/// description that is a text of its own but the name.
fn row(item: &Item, columns: &Columns, texts: &Texts, setter: &mut Setter<'_>) -> Vec<Band> {
    let Columns { kinds, across, description, below } = columns;
    let cells = kinds.iter().zip(&**across);
    let mut cells: Vec<_> =
        cells.map(|(kind, column)| kind.cell(item, column.width, texts, setter)).collect();
    let width = below.iter().map(|column| column.width).sum();
    let mut under = Vec::new();
    if let Some(at) = *description {
        let others = cells.iter().enumerate().filter(|(n, _)| *n != at);
        let others = others.map(|(_, lines)| lines.len()).max().unwrap_or(0);
        if let (Some(cell), Some(column)) = (cells.get_mut(at), across.get(at)) {
            let beside = details(item, column.width, texts, setter);
            let height = cell.len() + beside.len();
            if cell.len() > LONG {
                let named = named(item, column.width, setter);
                let mut wide = setter.lines(&item.description, toned(BODY, item), width);
                wide.extend(details(item, width, texts, setter));
                if named.len().max(others) + wide.len() + WORTH <= height {
                    *cell = named;
                    return bands(cells, across, wide, below);
                }
            }
            if beside.len() > 1 && height > others {
                under = details(item, width, texts, setter);
            }
            if under.is_empty() || cell.len().max(others) + under.len() >= height {
                under.clear();
                cell.extend(beside);
            }
        }
    } else {
        under = Kind::Description.cell(item, width, texts, setter);
        under.extend(details(item, width, texts, setter));
    }
    bands(cells, across, under, below)
}

fn bands(cells: Vec<Vec<Line>>, across: &Rc<[Column]>, under: Vec<Line>, below: &Rc<[Column]>) -> Vec<Band> {
    let mut bands = vec![Band { cells, columns: Rc::clone(across), leading: LEADING }];
    if !under.is_empty() {
        bands.push(Band { cells: vec![under], columns: Rc::clone(below), leading: LEADING });
    }
    bands
}

/// What the article is called, below what must not be overlooked.
fn named(item: &Item, width: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    let mut lines = setter.lines(&item.alert, ALERT, width);
    lines.extend(setter.lines(&item.name, toned(STRONG, item), width));
    lines
}

fn details(item: &Item, width: f32, texts: &Texts, setter: &mut Setter<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let (keys, others): (Vec<_>, Vec<_>) = item.details.iter().partition(|fact| fact.is_key);
    for key in keys {
        lines.extend(setter.lines(&texts.fact(key), toned(BODY, item), width));
    }
    for paragraph in paragraphs(&others, width, texts, setter) {
        lines.extend(setter.lines(&paragraph, LABEL, width));
    }
    lines
}

/// What is no longer ordered does not look like what is.
fn toned(style: Style, item: &Item) -> Style {
    if item.is_deleted { Style { tone: Tone::Muted, ..style } } else { style }
}

/// What stands over a column. The currency in it may be whatever was sent; it
/// stands in full with the total, and a heading must leave room for rows.
fn heading(text: &str, width: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    /// So many lines may a line of a heading be broken into.
    const MOST: usize = 3;
    let set = text.lines().flat_map(|line| {
        let lines = setter.lines(line, LABEL, width);
        if lines.len() <= MOST { lines } else { vec![setter.elided(line, LABEL, width)] }
    });
    set.collect()
}

/// As many facts on a line as fit on it whole.
fn paragraphs(facts: &[&Fact], width: f32, texts: &Texts, setter: &mut Setter<'_>) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for fact in facts {
        let text = texts.fact(fact);
        if let Some(last) = paragraphs.last_mut() {
            let joined = format!("{last} · {text}");
            if !joined.contains('\n') && setter.width(&joined, LABEL) <= width {
                *last = joined;
                continue;
            }
        }
        paragraphs.push(text);
    }
    paragraphs
}
