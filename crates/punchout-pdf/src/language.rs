use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::texts::{DUTCH, ENGLISH, FRENCH, GERMAN, Texts};
use crate::{Error, ErrorKind};

/// The language that a document is written in.
///
/// It decides the document's own words, the names of units and how numbers,
/// dates and money look. What the order says stays as it was sent.
///
/// ```
/// use punchout_pdf::Language;
///
/// assert_eq!("nl-BE".parse::<Language>()?, Language::Dutch);
/// assert!("tlh".parse::<Language>().is_err());
/// # Ok::<(), punchout_pdf::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[non_exhaustive]
pub enum Language {
    /// English, with `1,234.50` and `2 January 2026`.
    #[default]
    English,
    /// Dutch, with `1.234,50` and `2 januari 2026`.
    Dutch,
    /// German, with `1.234,50` and `2. Januar 2026`.
    German,
    /// French, with `1 234,50` and `2 janvier 2026`.
    French,
}

impl Language {
    /// All languages that there are.
    pub const ALL: [Self; 4] = [Self::English, Self::Dutch, Self::German, Self::French];

    /// The language tag (BCP 47), such as `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
            Self::Dutch => &DUTCH,
            Self::German => &GERMAN,
            Self::French => &FRENCH,
        }
    }
}

/// Reads a language tag; what follows the language, as in `nl-BE`, counts for
/// nothing.
impl FromStr for Language {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let known = Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary));
        known.ok_or_else(|| {
            let tags = Self::ALL.map(Self::tag).join(", ");
            let message =
                format!("{} is no language of documents; there are {tags}", punchout_core::excerpt(tag));
            Error::new(ErrorKind::Options, message)
        })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl TryFrom<String> for Language {
    type Error = Error;

    fn try_from(tag: String) -> Result<Self, Error> {
        tag.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.tag().to_owned()
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

    /// A number of hundredths.
    pub(crate) fn percentage(&self, value: Decimal) -> String {
        format!("{}{}", self.number(value, 0), self.percent)
    }

    /// A day with the month spelled out, which no reader takes for another.
    pub(crate) fn date(&self, date: NaiveDate) -> String {
        let month = self.months.get(date.month0() as usize).expect("a date has one of twelve months");
        match date.day() {
            1 => format!("{} {month} {}", self.first_day, date.year()),
            day => format!("{day}{} {month} {}", self.day_suffix, date.year()),
        }
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
        let number = "-1234567.5".parse().unwrap();
        let shown = Language::ALL.map(|language| language.texts().number(number, 2));
        assert_eq!(shown, ["-1,234,567.50", "-1.234.567,50", "-1.234.567,50", "-1\u{A0}234\u{A0}567,50"]);
        let shown = Language::ALL.map(|language| language.texts().percentage("5.5".parse().unwrap()));
        assert_eq!(shown, ["5.5%", "5,5%", "5,5\u{A0}%", "5,5\u{A0}%"]);
    }

    #[test]
    fn dates_name_their_month() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 2, day).unwrap();
        let shown = |date| Language::ALL.map(|language| language.texts().date(date));
        assert_eq!(
            shown(day(1)),
            ["1 February 2026", "1 februari 2026", "1. Februar 2026", "1er février 2026"]
        );
        assert_eq!(
            shown(day(3)),
            ["3 February 2026", "3 februari 2026", "3. Februar 2026", "3 février 2026"]
        );
    }

    #[test]
    fn languages_are_named_by_their_tags() {
        for language in Language::ALL {
            assert_eq!(language.tag().parse::<Language>().unwrap(), language);
            assert_eq!(language.texts().language, language);
        }
        assert_eq!("DE_at".parse::<Language>().unwrap(), Language::German);
        let error = "tlh".parse::<Language>().unwrap_err();
        assert_eq!(error.to_string(), "`tlh` is no language of documents; there are en, nl, de, fr");
        assert!("".parse::<Language>().is_err());
    }
}
