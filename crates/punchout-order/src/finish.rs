//! From a draft to the order: what is derived, and what must hold.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use punchout_core::{Diagnostic, Severity, Sink, excerpt};
use punchout_cxml::{ItemClassification, OrderRequest, Timestamp};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::draft::OrderDraft;
use crate::line::is_open;
use crate::total::Total;
use crate::{DraftLine, Error, ErrorKind, code};

impl OrderDraft {
    /// Makes the order: numbers the lines, adds them up, sets delivery dates.
    ///
    /// The draft stays as it is, so an order can be made as often as it is
    /// edited. What is derived:
    ///
    /// * The **total** is that of [`OrderDraft::total`].
    /// * A line without a **number** gets the next one above all others; gaps
    ///   stay, since the numbers of lines never change.
    /// * A line without a **delivery date** gets the order date plus its lead
    ///   time in calendar days. A lead time of 0 gives none: it is what shops
    ///   send that do not know.
    ///
    /// # Errors
    /// When something that every order has is missing, or parts do not fit
    /// together: an order without number, date or lines; a line without
    /// quantity, unit or price; two currencies; two lines of one number; a
    /// parent line that is not there.
    pub fn to_order_request(&self, sink: &mut dyn Sink) -> Result<OrderRequest, Error> {
        let mut header = self.header.clone();
        if header.order_id.trim().is_empty() {
            return Err(Error::order(ErrorKind::Incomplete, "the order has no number; set `order_id`"));
        }
        let (order_date, day) = order_date(&header.order_date, sink)?;
        header.order_date = order_date;
        let total = Total::of(&self.lines)?;
        for (at, line) in self.lines.iter().enumerate() {
            check_unit(line, at)?;
        }
        let numbers = line_numbers(&self.lines)?;
        check_parents(&self.lines, &numbers)?;

        total.report(&self.lines, sink);
        header.total = total.money.into();
        self.report_ship_to(sink);
        let lines = self.lines.iter().zip(numbers).map(|(line, number)| {
            let mut item = line.item_out.clone();
            if item.line_number.as_ref().is_none_or(is_open) {
                item.line_number = Some(number.into());
            }
            if item.requested_delivery_date.is_none() {
                item.requested_delivery_date = delivery_date(line, number, day, sink);
            }
            item
        });
        Ok(OrderRequest::new(header, lines))
    }

    /// Ship-to is either in the header or on every line.
    fn report_ship_to(&self, sink: &mut dyn Sink) {
        let in_header = self.header.ship_to.is_some();
        let on_lines = self.lines.iter().filter(|line| line.item_out.ship_to.is_some()).count();
        let is_service =
            |line: &DraftLine| line.item_out.item_classification == Some(ItemClassification::Service);
        let (severity, message, help) = if in_header && on_lines > 0 {
            (
                Severity::Warning,
                "the header says where the goods go, and lines do too",
                "cXML wants it in one of the two: put it on every line, or leave it to the header",
            )
        } else if !in_header && on_lines > 0 && on_lines < self.lines.len() {
            (
                Severity::Warning,
                "only some lines say where their goods go",
                "put it on every line, or into the header",
            )
        } else if !in_header && on_lines == 0 && !self.lines.iter().all(is_service) {
            (Severity::Note, "the order does not say where the goods go", "set `ship_to` of the header")
        } else {
            return;
        };
        sink.report(Diagnostic::new(code::SHIP_TO, severity, message).at("order / ShipTo").help(help));
    }
}

/// The order date in the spelling of cXML, and its day.
fn order_date(sent: &Timestamp, sink: &mut dyn Sink) -> Result<(Timestamp, NaiveDate), Error> {
    let Some(day) = sent.date() else {
        let message =
            "the order date is neither date nor time; set `order_date` as YYYY-MM-DDThh:mm:ss+hh:mm";
        return Err(Error::order(ErrorKind::Incomplete, message));
    };
    if sent.is_strict() {
        return Ok((sent.clone(), day));
    }
    let (severity, message, date) = match sent.normalized() {
        Some(date) => (Severity::Note, "the order date is spelled as cXML wants", date),
        None => (Severity::Warning, "the order date has no time zone; it stays as it is", sent.clone()),
    };
    let finding = Diagnostic::new(code::DATE, severity, message).at("order / orderDate");
    sink.report(
        finding.help("give a date and time with a numeric offset, such as 2026-03-02T09:00:00+01:00"),
    );
    Ok((date, day))
}

fn delivery_date(
    line: &DraftLine,
    number: Decimal,
    order_day: NaiveDate,
    sink: &mut dyn Sink,
) -> Option<Timestamp> {
    let sent = line.item_out.item_detail.as_ref()?.lead_time.as_ref()?;
    let days = Some(sent.value()).filter(Decimal::is_integer).and_then(|days| days.to_u64());
    let (severity, message) = match days {
        Some(0) => (Severity::Note, "a lead time of 0 gives no delivery date".to_owned()),
        Some(days) => match order_day.checked_add_days(Days::new(days)) {
            Some(day) => return Some(day.into()),
            None => (Severity::Warning, format!("a lead time of {days} days gives no delivery date")),
        },
        None => {
            (Severity::Warning, format!("lead time {} is no whole number of days", excerpt(sent.as_sent())))
        }
    };
    let finding = Diagnostic::new(code::LEAD_TIME, severity, message).at(format!("line {number} / LeadTime"));
    sink.report(finding.help("set the delivery date of the line, if there is one"));
    None
}

fn check_unit(line: &DraftLine, at: usize) -> Result<(), Error> {
    let unit = line.item_out.item_detail.as_ref().map(|detail| detail.unit_of_measure.trim());
    if unit.is_some_and(str::is_empty) {
        let message = "the unit of measure is missing; set it, or drop the line";
        return Err(Error::line_at(ErrorKind::Incomplete, at, &line.place(at), message));
    }
    Ok(())
}

/// The numbers of all lines: their own, or the next ones above.
fn line_numbers(lines: &[DraftLine]) -> Result<Vec<Decimal>, Error> {
    let own = |line: &DraftLine| {
        line.item_out
            .line_number
            .as_ref()
            .filter(|number| !is_open(number))
            .map(|number| number.value().normalize())
    };
    let mut taken: BTreeMap<Decimal, usize> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(number) = own(line) else { continue };
        if number.is_sign_negative() || !number.is_integer() {
            let message = "the line number is no whole number; correct it, or leave it out";
            return Err(Error::line_at(ErrorKind::Contradictory, at, &line.place(at), message));
        }
        if taken.insert(number, at).is_some() {
            let message = "another line has this number too; change one of them";
            return Err(Error::line_at(ErrorKind::Contradictory, at, &line.place(at), message));
        }
    }
    let mut last = taken.last_key_value().map_or(Decimal::ZERO, |(number, _)| *number);
    let number = |(at, line): (usize, &DraftLine)| {
        own(line).map_or_else(
            || {
                last = last.checked_add(Decimal::ONE).ok_or_else(|| {
                    Error::line_at(ErrorKind::TooLarge, at, &line.place(at), "the line numbers are too large")
                })?;
                Ok(last)
            },
            Ok,
        )
    };
    lines.iter().enumerate().map(number).collect()
}

fn check_parents(lines: &[DraftLine], numbers: &[Decimal]) -> Result<(), Error> {
    if lines.iter().all(|line| line.item_out.parent_line_number.is_none()) {
        return Ok(());
    }
    let positions: BTreeMap<Decimal, usize> =
        numbers.iter().enumerate().map(|(at, number)| (*number, at)).collect();
    let mut parents = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let parent = line.item_out.parent_line_number.as_ref();
        let position = parent.and_then(|parent| positions.get(&parent.value().normalize()).copied());
        if let (Some(parent), None) = (parent, position) {
            let message = format!(
                "its parent, line {}, is not in the order; drop this line too, or leave `parent_line_number` out",
                parent.value().normalize()
            );
            return Err(Error::line_at(ErrorKind::Contradictory, at, &line.place(at), &message));
        }
        parents.push(position);
    }
    match punchout_core::rings(&parents).first().and_then(|at| Some((*at, lines.get(*at)?))) {
        Some((at, line)) => {
            let message = "the line is a part of itself; correct `parent_line_number`";
            Err(Error::line_at(ErrorKind::Contradictory, at, &line.place(at), message))
        }
        None => Ok(()),
    }
}
