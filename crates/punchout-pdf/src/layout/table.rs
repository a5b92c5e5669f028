//! The table of lines.

use std::rc::Rc;

use super::compose::{BODY, LABEL, LEADING, STRONG};
use super::flow::{Align, Band, Column, Flow, Frame, PAD};
use super::setter::{Line, Setter, Style};
use super::{Tone, Weight};
use crate::sheet::{Fact, Item, Sheet};
use crate::texts::Texts;

const ALERT: Style = Style::new(8.5, Weight::Bold, Tone::Accent);
/// Between two columns.
const GUTTER: f32 = 9.0;
/// The narrowest that the description may get, if others can give way.
const DESCRIPTION: f32 = 132.0;

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
    /// The widest that a column may get, and the narrowest that it is made
    /// for the sake of the description. What is wider is broken into lines.
    fn bounds(self) -> (f32, f32) {
        match self {
            Self::Line => (30.0, 30.0),
            Self::Part => (92.0, 60.0),
            Self::Description => (0.0, 0.0),
            Self::Quantity => (60.0, 60.0),
            Self::Unit => (54.0, 36.0),
            Self::Price => (70.0, 62.0),
            Self::Tax => (34.0, 34.0),
            Self::Amount => (72.0, 68.0),
        }
    }

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
        let has_prices = has(|item| &item.price) || has(|item| &item.amount);
        kinds.extend(has_prices.then_some(Self::Price));
        kinds.extend(has(|item| &item.tax).then_some(Self::Tax));
        kinds.extend(has_prices.then_some(Self::Amount));
        kinds
    }

    /// The lines of a cell.
    fn cell(self, item: &Item, width: f32, texts: &Texts, setter: &mut Setter<'_>) -> Vec<Line> {
        let mut number = |text: &str, note: &str| {
            let line = setter.number(text, texts.point, BODY);
            let mut lines = if line.width <= width { vec![line] } else { setter.lines(text, BODY, width) };
            lines.extend(setter.lines(note, LABEL, width));
            lines
        };
        match self {
            Self::Line => setter.lines(&item.number, BODY, width),
            Self::Part => {
                let mut lines = setter.lines(&item.part, BODY, width);
                lines.extend(setter.lines(&item.buyer_part, LABEL, width));
                lines
            }
            Self::Description => {
                let mut lines = setter.lines(&item.alert, ALERT, width);
                lines.extend(setter.lines(&item.name, STRONG, width));
                lines.extend(setter.lines(&item.description, BODY, width));
                let (keys, others): (Vec<_>, Vec<_>) = item.details.iter().partition(|fact| fact.is_key);
                for key in keys {
                    lines.extend(setter.lines(&texts.fact(key), BODY, width));
                }
                for paragraph in paragraphs(&others, width, texts, setter) {
                    lines.extend(setter.lines(&paragraph, LABEL, width));
                }
                lines
            }
            Self::Quantity => number(&item.quantity, ""),
            Self::Unit => setter.lines(&item.unit, BODY, width),
            Self::Price => number(&item.price, &item.price_note),
            Self::Tax => setter.lines(&item.tax, BODY, width),
            Self::Amount => number(&item.amount, &item.amount_note),
        }
    }
}

/// Sets the lines; the last one keeps so much room behind it on its page.
pub(super) fn set(sheet: &Sheet, texts: &Texts, behind: f32, setter: &mut Setter<'_>, flow: &mut Flow) {
    let kinds = Kind::of(sheet);
    let columns = columns(&kinds, sheet, texts, &flow.frame, setter);
    let cells = kinds.iter().zip(&*columns);
    let cells = cells.map(|(kind, column)| heading(kind.heading(sheet, texts), column.width, setter));
    let heading = Band { cells: cells.collect(), columns: Rc::clone(&columns), leading: 10.0 };
    let last = sheet.items.len().saturating_sub(1);
    for (n, item) in sheet.items.iter().enumerate() {
        setter.set_place(&item.place);
        let cells = kinds.iter().zip(&*columns);
        let cells = cells.map(|(kind, column)| kind.cell(item, column.width, texts, setter)).collect();
        let band = Band { cells, columns: Rc::clone(&columns), leading: LEADING };
        if n == 0 {
            flow.begin_table(heading.clone(), band.height().min(3.0 * LEADING));
        }
        if n == last {
            flow.set_tail(2.0 * PAD + 2.0 + behind);
        }
        flow.band(&band);
        flow.hairline();
    }
    flow.end_table();
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

/// How wide a column must be.
#[derive(Clone, Copy, Debug, Default)]
struct Width {
    whole: f32,
    behind: f32,
    text: f32,
}

impl Width {
    fn see(&mut self, text: f32) {
        self.text = self.text.max(text);
    }

    fn see_number(&mut self, [whole, behind]: [f32; 2]) {
        self.whole = self.whole.max(whole);
        self.behind = self.behind.max(behind);
    }

    fn needed(&self) -> f32 {
        self.text.max(self.whole + self.behind)
    }

    /// Of what goes into the column, heading included.
    fn of(kind: Kind, sheet: &Sheet, texts: &Texts, setter: &Setter<'_>) -> Self {
        let mut width = Self::default();
        for line in kind.heading(sheet, texts).lines() {
            width.see(setter.width(line, LABEL));
        }
        for item in &sheet.items {
            let (text, note) = match kind {
                Kind::Line => (&item.number, ""),
                Kind::Part => (&item.part, item.buyer_part.as_str()),
                Kind::Description => return width,
                Kind::Quantity => (&item.quantity, ""),
                Kind::Unit => (&item.unit, ""),
                Kind::Price => (&item.price, item.price_note.as_str()),
                Kind::Tax => (&item.tax, ""),
                Kind::Amount => (&item.amount, item.amount_note.as_str()),
            };
            if matches!(kind, Kind::Quantity | Kind::Price | Kind::Amount) {
                width.see_number(setter.number_width(text, texts.point, BODY));
            } else {
                width.see(setter.width(text, BODY));
            }
            width.see(setter.width(note, LABEL));
        }
        width
    }
}

/// Gives every column what it needs, within its bounds, and the description
/// the rest.
fn columns(kinds: &[Kind], sheet: &Sheet, texts: &Texts, frame: &Frame, setter: &Setter<'_>) -> Rc<[Column]> {
    let widths: Vec<_> = kinds.iter().map(|kind| Width::of(*kind, sheet, texts, setter)).collect();
    let mut given: Vec<_> =
        (kinds.iter().zip(&widths)).map(|(kind, width)| width.needed().min(kind.bounds().0).ceil()).collect();
    let gutters = kinds.iter().skip(1).map(|_| GUTTER).sum::<f32>();
    let rest = |given: &[f32], kinds: &[Kind]| {
        let others = kinds.iter().zip(given).filter(|(kind, _)| **kind != Kind::Description);
        frame.width - gutters - others.map(|(_, width)| width).sum::<f32>()
    };
    for giving in [Kind::Part, Kind::Unit, Kind::Price, Kind::Amount] {
        let missing = DESCRIPTION - rest(&given, kinds);
        for (kind, width) in kinds.iter().zip(&mut given) {
            if *kind == giving && missing > 0.0 {
                *width = (*width - missing).max(kind.bounds().1.min(*width));
            }
        }
    }
    let description = rest(&given, kinds);

    let mut x = frame.left;
    (kinds.iter().zip(&widths).zip(&given))
        .map(|((kind, needed), given)| {
            let width = if *kind == Kind::Description { description } else { *given };
            let align = match kind {
                // numbers that are too long together can still stand flush right
                Kind::Quantity | Kind::Price | Kind::Amount if needed.whole + needed.behind > width => {
                    Align::Right
                }
                Kind::Quantity | Kind::Price | Kind::Amount => Align::Point(needed.behind),
                Kind::Tax => Align::Right,
                _ => Align::Left,
            };
            let column = Column { x, width, align };
            x += width + GUTTER;
            column
        })
        .collect()
}
