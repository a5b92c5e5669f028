//! The head of the first page: logo, sender, title, and what is in large
//! letters.

use std::rc::Rc;

use super::compose::{LABEL, abreast, column};
use super::flow::{Band, Column, Flow, Frame};
use super::setter::{Line, Setter, Style};
use super::{Tone, Weight};
use crate::sheet::{Alert, Party, Sheet};
use crate::{Logo, Options};

const KIND: Style = Style::new(12.0, Weight::Regular, Tone::Accent);
const NUMBER: Style = Style::new(22.0, Weight::Bold, Tone::Ink);
const SENDER: Style = Style::new(12.0, Weight::Bold, Tone::Ink);
const SENDER_LINE: Style = Style::new(8.0, Weight::Regular, Tone::Muted);
const LARGE: Style = Style::new(24.0, Weight::Bold, Tone::OnAccent);
const LARGE_NOTE: Style = Style::new(9.0, Weight::Regular, Tone::OnAccent);
const KIND_LEADING: f32 = 17.0;
const NUMBER_LEADING: f32 = 28.0;
/// Of its label, its name, and what is below.
const SENDER_LEADING: [f32; 3] = [11.5, 15.0, 11.5];
/// The box that a logo is fitted into.
const LOGO: (f32, f32) = (170.0, 48.0);
/// Between the logo and the title.
const BELOW_LOGO: f32 = 20.0;
/// A longer sender, or a longer number, does not stand beside the other.
const LONGEST: (usize, usize) = (14, 3);

pub(super) fn set(sheet: &Sheet, options: &Options, setter: &mut Setter<'_>, flow: &mut Flow) {
    let Frame { left, width, top, .. } = flow.frame;
    let columns = abreast(&flow.frame);
    let right = columns.last().expect("the raster has columns").clone();
    let beside = right.x - left - 16.0;

    if let Some(logo) = &options.logo {
        let (width, height) = fitted(logo);
        flow.image(width, height);
        flow.set_y(top + height + BELOW_LOGO);
    }
    let sender = sender(&sheet.sender, right.width, setter);
    let number = setter.lines(&sheet.number, NUMBER, beside);
    let is_short = sender.iter().map(Vec::len).sum::<usize>() <= LONGEST.0 && number.len() <= LONGEST.1;
    let number = if is_short { number } else { setter.lines(&sheet.number, NUMBER, width) };
    let kind = setter.lines(&sheet.kind, KIND, if is_short { beside } else { width });
    let room = if is_short { beside } else { width };
    let mut titled = |lines: Vec<Line>, leading| {
        flow.band(&Band { columns: column(left, room), cells: vec![lines], leading });
    };
    titled(kind, KIND_LEADING);
    titled(number, NUMBER_LEADING);
    if is_short {
        let title = flow.y();
        // the first line of the sender stands with the top of what is beside it
        flow.set_y(if options.logo.is_some() { top } else { top + 3.0 });
        stand(sender, &Rc::from([right]), flow);
        flow.set_y(title.max(flow.y()));
    } else {
        flow.gap(6.0);
        stand(self::sender(&sheet.sender, width, setter), &column(left, width), flow);
    }
    flow.gap(12.0);
    if let Some(alert) = &sheet.alert {
        large(alert, setter, flow);
        flow.gap(12.0);
    }
}

fn sender(party: &Party, width: f32, setter: &mut Setter<'_>) -> [Vec<Line>; 3] {
    let lines = party.lines.iter().flat_map(|line| setter.lines(line, SENDER_LINE, width)).collect();
    [setter.lines(&party.label, LABEL, width), setter.lines(&party.name, SENDER, width), lines]
}

fn stand(sender: [Vec<Line>; 3], columns: &Rc<[Column]>, flow: &mut Flow) {
    for (lines, leading) in sender.into_iter().zip(SENDER_LEADING) {
        flow.band(&Band { columns: Rc::clone(columns), cells: vec![lines], leading });
    }
}

/// White letters on an area of accent from margin to margin.
fn large(alert: &Alert, setter: &mut Setter<'_>, flow: &mut Flow) {
    const PAD: f32 = 12.0;
    let Frame { left, width, .. } = flow.frame;
    let inside = Column { x: left + PAD, width: width - 2.0 * PAD, align: super::flow::Align::Left };
    let columns: Rc<[Column]> = Rc::new([inside]);
    let rows =
        [(&alert.title, LARGE, 30.0), (&alert.note, LARGE_NOTE, 13.0)].map(|(text, style, leading)| {
            let lines = setter.lines(text, style, width - 2.0 * PAD);
            Band { columns: Rc::clone(&columns), cells: vec![lines], leading }
        });
    let height = rows.iter().map(Band::height).sum::<f32>() + 18.0;
    flow.need(height);
    flow.area(height, Tone::Accent);
    let bottom = flow.y() + height;
    flow.set_y(flow.y() + 7.0);
    for row in rows {
        flow.band(&row);
    }
    flow.set_y(bottom);
}

/// As large as the box allows, in its own proportions.
fn fitted(logo: &Logo) -> (f32, f32) {
    #[expect(clippy::cast_precision_loss, reason = "a pixel more or less of millions")]
    let (width, height) = (logo.width() as f32, logo.height() as f32);
    let scale = (LOGO.0 / width).min(LOGO.1 / height);
    (width * scale, height * scale)
}
