//! How wide the columns are, by what goes into them.

use std::rc::Rc;

use super::Kind;
use crate::layout::compose::{BODY, LABEL};
use crate::layout::flow::{Align, Column, Frame};
use crate::layout::setter::Setter;
use crate::sheet::Sheet;
use crate::texts::Texts;

/// Between two columns.
pub(super) const GUTTER: f32 = 9.0;
/// The narrowest that a description can be read in.
const DESCRIPTION: f32 = 132.0;
/// The narrowest that a part number gets.
const PART: f32 = 60.0;

/// Where the cells of a row stand.
pub(super) struct Columns {
    /// What stands side by side.
    pub(super) kinds: Vec<Kind>,
    pub(super) across: Rc<[Column]>,
    /// Which of them is the description. It is none where the others leave no
    /// room for it between them.
    pub(super) description: Option<usize>,
    /// From the description, or from the part number if there is none, to the
    /// margin.
    pub(super) below: Rc<[Column]>,
}

impl Columns {
    /// Gives every column what it needs, within its bounds, and the description
    /// the rest.
    pub(super) fn new(
        kinds: &[Kind],
        sheet: &Sheet,
        texts: &Texts,
        frame: &Frame,
        setter: &Setter<'_>,
    ) -> Self {
        let mut widths: Vec<_> =
            kinds.iter().map(|kind| (*kind, Width::of(*kind, sheet, texts, setter))).collect();
        let mut shares = Shares::new(&widths, Kind::Description, frame.width);
        for giving in [Kind::Part, Kind::Unit, Kind::Price, Kind::Amount, Kind::Quantity] {
            shares.squeeze(giving, Kind::least, DESCRIPTION);
        }
        if shares.rest() >= DESCRIPTION {
            shares.tighten(Kind::Part, |width| widest(sheet, texts, width, setter));
            return Self::placed(&shares, frame);
        }
        widths.retain(|(kind, _)| *kind != Kind::Description);
        let mut shares = Shares::new(&widths, Kind::Part, frame.width);
        for giving in [Kind::Unit, Kind::Price, Kind::Amount, Kind::Quantity] {
            shares.squeeze(giving, Kind::least, PART);
        }
        // numbers that are too long together are broken into lines
        for giving in [Kind::Amount, Kind::Price, Kind::Quantity, Kind::Unit, Kind::Line] {
            shares.squeeze(giving, |kind, _| kind.narrowest(), PART);
        }
        Self::placed(&shares, frame)
    }

    fn placed(shares: &Shares<'_>, frame: &Frame) -> Self {
        let kinds: Vec<_> = shares.widths.iter().map(|(kind, _)| *kind).collect();
        let across = shares.placed(frame);
        let x = kinds.iter().zip(&*across).find(|(kind, _)| **kind == shares.flexible);
        let x = x.map_or(frame.left, |(_, column)| column.x);
        let below = Column { x, width: frame.left + frame.width - x, align: Align::Left };
        let description = kinds.iter().position(|kind| *kind == Kind::Description);
        Self { kinds, across, description, below: Rc::new([below]) }
    }
}

/// What part numbers need that are broken into lines of this width.
fn widest(sheet: &Sheet, texts: &Texts, width: f32, setter: &Setter<'_>) -> f32 {
    let heading = Kind::Part.heading(sheet, texts);
    let heading = heading.lines().map(|line| setter.width(line, LABEL));
    let items = sheet.items.iter().flat_map(|item| [(&item.part, BODY), (&item.buyer_part, LABEL)]);
    let items = items.map(|(text, style)| setter.widest(text, style, width));
    heading.chain(items).fold(0.0, f32::max)
}

/// What goes into a column.
#[derive(Clone, Copy, Debug, Default)]
struct Width {
    /// Of numbers, before their decimal point.
    whole: f32,
    /// Of numbers, from their decimal point on.
    behind: f32,
    /// Of what is no number: headings and notes, too.
    text: f32,
    /// The widest word of the texts.
    word: f32,
}

impl Width {
    fn of(kind: Kind, sheet: &Sheet, texts: &Texts, setter: &Setter<'_>) -> Self {
        let mut width = Self::default();
        for line in kind.heading(sheet, texts).lines() {
            width.text = width.text.max(setter.width(line, LABEL));
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
                let [whole, behind] = setter.number_width(text, texts.point, BODY);
                width.whole = width.whole.max(whole);
                width.behind = width.behind.max(behind);
            } else {
                width.text = width.text.max(setter.width(text, BODY));
            }
            if kind == Kind::Unit {
                let words = text.split(' ').map(|word| setter.width(word, BODY));
                width.word = words.fold(width.word, f32::max);
            }
            if !note.is_empty() {
                width.text = width.text.max(setter.width(note, LABEL));
            }
        }
        width
    }

    fn number(&self) -> f32 {
        self.whole + self.behind
    }
}

impl Kind {
    /// What a column is given if there is room. What is wider is broken into
    /// lines.
    fn most(self, width: &Width) -> f32 {
        match self {
            Self::Description => 0.0,
            Self::Line => width.text.min(84.0),
            Self::Part => width.text.min(150.0),
            Self::Unit => width.text.min(width.word.max(54.0)).min(72.0),
            Self::Tax => width.text.min(34.0),
            Self::Quantity | Self::Price | Self::Amount => {
                width.text.min(72.0).max(width.number().min(110.0))
            }
        }
    }

    /// What it is left for the sake of another; numbers and words stay whole.
    fn least(self, width: &Width) -> f32 {
        match self {
            Self::Part => width.text.min(PART),
            Self::Unit => width.text.min(width.word.max(36.0)).min(72.0),
            Self::Quantity | Self::Price | Self::Amount => {
                width.text.min(62.0).max(width.number().min(110.0))
            }
            Self::Line | Self::Tax | Self::Description => self.most(width),
        }
    }

    /// What there is always room for.
    fn narrowest(self) -> f32 {
        match self {
            Self::Line => 40.0,
            Self::Unit => 48.0,
            _ => 66.0,
        }
    }
}

/// The widths of columns, one of which has what the others leave.
struct Shares<'a> {
    widths: &'a [(Kind, Width)],
    given: Vec<f32>,
    flexible: Kind,
    room: f32,
}

impl<'a> Shares<'a> {
    fn new(widths: &'a [(Kind, Width)], flexible: Kind, room: f32) -> Self {
        let given = widths.iter().map(|(kind, width)| kind.most(width).ceil()).collect();
        let gutters = widths.iter().skip(1).map(|_| GUTTER).sum::<f32>();
        Self { widths, given, flexible, room: room - gutters }
    }

    /// What is left for the flexible one.
    fn rest(&self) -> f32 {
        let others = self.widths.iter().zip(&self.given).filter(|((kind, _), _)| *kind != self.flexible);
        self.room - others.map(|(_, width)| width).sum::<f32>()
    }

    /// Narrows a column until the flexible one has what it wants, but not below
    /// a bound.
    fn squeeze(&mut self, giving: Kind, least: impl Fn(Kind, &Width) -> f32, wanted: f32) {
        let missing = wanted - self.rest();
        for ((kind, width), given) in self.widths.iter().zip(&mut self.given) {
            if *kind == giving && missing > 0.0 {
                *given = (*given - missing).max(least(*kind, width).ceil().min(*given));
            }
        }
    }

    /// Takes from a column what its lines leave white, where not all of it is on
    /// one line.
    fn tighten(&mut self, giving: Kind, lines: impl Fn(f32) -> f32) {
        for ((kind, width), given) in self.widths.iter().zip(&mut self.given) {
            if *kind == giving && *given < width.text {
                *given = given.min(lines(*given).ceil());
            }
        }
    }

    fn placed(&self, frame: &Frame) -> Rc<[Column]> {
        let rest = self.rest();
        let mut x = frame.left;
        (self.widths.iter().zip(&self.given))
            .map(|((kind, needed), given)| {
                let width = if *kind == self.flexible { rest } else { *given };
                let align = match kind {
                    // numbers that are too long together can still stand flush right
                    Kind::Quantity | Kind::Price | Kind::Amount if needed.number() > width => Align::Right,
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
}
