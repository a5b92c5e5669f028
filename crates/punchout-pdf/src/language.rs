use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::texts::{ENGLISH, Texts};

/// The language that a document is written in.
///
/// It decides the document's own words and how numbers and dates look. What
/// the order says stays as it was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English, with `1,234.50` and `2 January 2026`.
    #[default]
    English,
}

impl Language {
    /// The language tag (BCP 47), such as `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
        }
    }
}

impl Texts {
    /// An exact number with at least `places` decimals, more if it has them.
    pub(crate) fn number(&self, value: Decimal, places: u32) -> String {
        let mut value = value.normalize();
        if value.scale() < places {
            // cannot round: it only adds zeros, or leaves a full number as it is
            value.rescale(places);
        }
        let plain = value.abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
        if value.is_sign_negative() && !value.is_zero() {
            text.push('-');
        }
        for (n, digit) in whole.chars().enumerate() {
            if n > 0 && (whole.len() - n).is_multiple_of(3) {
                text.push(self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.point);
            text.push_str(fraction);
        }
        text
    }

    /// A day with the month spelled out, which no reader takes for another.
    pub(crate) fn date(&self, date: NaiveDate) -> String {
        let month = self.months.get(date.month0() as usize).expect("a date has one of twelve months");
        format!("{}{} {month} {}", date.day(), self.day_suffix, date.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_grouped() {
        for (sent, places, shown) in [
            ("0", 2, "0.00"),
            ("1234567.5", 2, "1,234,567.50"),
            ("999", 0, "999"),
            ("1000", 0, "1,000"),
            ("0.021500", 2, "0.0215"),
            ("10.000", 0, "10"),
            ("-1234", 2, "-1,234.00"),
            ("-0.00", 2, "0.00"),
            ("79228162514264337593543950335", 2, "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(ENGLISH.number(sent.parse().unwrap(), places), shown, "{sent}");
        }
    }

    #[test]
    fn dates_name_their_month() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        assert_eq!(ENGLISH.date(day), "1 February 2026");
    }
}
