//! The sum of the lines.

use punchout_core::{Diagnostic, Severity, Sink, Text, excerpt};
use punchout_cxml::Money;
use punchout_oci::currency::{Currency, look_up};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::line::NoAmount;
use crate::{DraftLine, Error, ErrorKind, code};

/// The total of an order, and what should be said about it.
pub(crate) struct Total {
    pub(crate) money: Money,
    /// The sum of the lines, each rounded only once all are added.
    rounded_last: Decimal,
    digits: Option<u32>,
}

impl Total {
    /// Adds the lines up, each rounded to the smallest coin, halves away from
    /// zero: so does who prints the amounts of lines, and an invoice must.
    pub(crate) fn of(lines: &[DraftLine]) -> Result<Self, Error> {
        let currency = currency(lines)?;
        let digits = digits(currency);
        let decimals = digits.unwrap_or(2);
        let mut exact = Decimal::ZERO;
        let mut sum = Decimal::ZERO;
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_deleted()) {
            let added = line.checked_amount().and_then(|amount| {
                exact = exact.checked_add(amount).ok_or(NoAmount::TooLarge)?;
                sum.checked_add(round(amount, decimals)).ok_or(NoAmount::TooLarge)
            });
            sum = added.map_err(|why| {
                let kind =
                    if why == NoAmount::TooLarge { ErrorKind::TooLarge } else { ErrorKind::Incomplete };
                Error::line_at(kind, at, &line.place(at), why.message())
            })?;
        }
        sum.rescale(decimals);
        Ok(Self { money: Money::new(sum, currency.clone()), rounded_last: round(exact, decimals), digits })
    }

    pub(crate) fn report(&self, lines: &[DraftLine], sink: &mut dyn Sink) {
        let at = "order / Total";
        let said = self.money.amount.value();
        if said != self.rounded_last {
            let message =
                format!("the lines add up to {said} when each is rounded, to {} when not", self.rounded_last);
            let finding = Diagnostic::new(code::TOTAL_ROUNDED, Severity::Note, message).at(at);
            sink.report(finding.help("agree with the supplier when to round, if the difference matters"));
        }
        if self.digits.is_none() {
            let currency = excerpt(&self.money.currency);
            let message = format!("currency {currency} is not known; the total has two decimals");
            let finding = Diagnostic::new(code::TOTAL_CURRENCY, Severity::Warning, message).at(at);
            sink.report(finding.help("set an ISO 4217 code as currency of each line"));
        }
        let modified = |line: &&DraftLine| {
            line.item_out.item_detail.as_ref().is_some_and(|detail| detail.unit_price.is_modified())
        };
        for (position, line) in lines.iter().enumerate().filter(|(_, line)| modified(line)) {
            let message = "the price has modifications, which the total leaves out";
            let finding =
                Diagnostic::new(code::TOTAL_PARTIAL, Severity::Warning, message).at(line.place(position));
            sink.report(finding.help("correct the total in the order that is made"));
        }
    }
}

/// The one currency of all lines.
fn currency(lines: &[DraftLine]) -> Result<&Text, Error> {
    let mut common: Option<(usize, &Text)> = None;
    for (at, line) in lines.iter().enumerate() {
        let place = || line.place(at);
        let Some(money) = line.money() else {
            return Err(Error::line_at(ErrorKind::Incomplete, at, &place(), NoAmount::Detail.message()));
        };
        if money.currency.trim().is_empty() {
            let message = "the currency is missing; set it, or drop the line";
            return Err(Error::line_at(ErrorKind::Incomplete, at, &place(), message));
        }
        match common {
            None => common = Some((at, &money.currency)),
            Some((_, currency)) if *currency == money.currency => {}
            Some((first, currency)) => {
                let first = lines.get(first).map(|line| line.place(first)).unwrap_or_default();
                let message = format!(
                    "the price is in {}, that of {first} in {}; make an order for each currency",
                    excerpt(&money.currency),
                    excerpt(currency),
                );
                return Err(Error::line_at(ErrorKind::Contradictory, at, &place(), &message));
            }
        }
    }
    common
        .map(|(_, currency)| currency)
        .ok_or_else(|| Error::order(ErrorKind::Incomplete, "the order has no lines; add one"))
}

/// The digits of the smallest coin; a replaced currency counts as the one that
/// took its place.
fn digits(currency: &str) -> Option<u32> {
    match look_up(currency) {
        Currency::Active { digits } => Some(u32::from(digits)),
        Currency::Retired { successor: code } | Currency::Word { code } => match look_up(code) {
            Currency::Active { digits } => Some(u32::from(digits)),
            _ => None,
        },
        _ => None,
    }
}

fn round(amount: Decimal, decimals: u32) -> Decimal {
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_halves_away_from_zero() {
        for (amount, decimals, rounded) in
            [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("0.124", 2, "0.12")]
        {
            assert_eq!(round(amount.parse().unwrap(), decimals).to_string(), rounded);
        }
    }

    #[test]
    fn knows_coins() {
        let rows = [
            ("EUR", Some(2)),
            ("JPY", Some(0)),
            ("KWD", Some(3)),
            ("ROL", Some(2)),
            ("Euro", Some(2)),
            ("---", None),
        ];
        for (currency, expected) in rows {
            assert_eq!(digits(currency), expected, "{currency}");
        }
    }
}
