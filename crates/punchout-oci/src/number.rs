//! Reading the numbers that shops send.

use rust_decimal::Decimal;

use crate::profile::DecimalMark;

/// A number and in what its spelling departs from digits, dot, digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Number {
    /// The exact value.
    pub value: Decimal,
    /// Blanks around it or in it.
    pub blanks: bool,
    /// A comma as the decimal mark.
    pub decimal_comma: bool,
    /// The mark between thousands: dot, comma or apostrophe.
    pub group: Option<char>,
    /// A plus sign, or a mark with no digits on one side.
    pub loose: bool,
    /// How many digits stand after the decimal mark.
    pub fraction_digits: u32,
}

/// Why a text is not read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotRead {
    /// Nothing but blanks.
    Empty,
    /// A lone mark before exactly three digits: one or a thousand times one.
    Ambiguous,
    /// No number in any spelling that is known.
    Malformed,
    /// More than 28 significant digits.
    TooLong,
}

/// Reads a number in any spelling whose meaning is certain.
///
/// Blanks, also non-breaking ones, are passed over. If both dot and comma
/// occur, the last one is the decimal mark and the other one groups thousands;
/// a mark that occurs more than once groups thousands. A lone mark is the
/// decimal one; if exactly three digits follow it and it is not the mark that
/// `mark` expects, it may as well group thousands, and the text is not read.
///
/// # Errors
/// Says why the text is not read.
pub fn read(text: &str, mark: DecimalMark) -> Result<Number, NotRead> {
    if let Some(number) = read_plain(text.as_bytes())
        && (mark != DecimalMark::Comma || number.fraction_digits != 3)
    {
        return Ok(number);
    }
    let mut kept = String::with_capacity(text.len());
    kept.extend(text.chars().filter(|c| !is_blank(*c)));
    let blanks = kept.len() != text.len();
    if kept.is_empty() {
        return Err(NotRead::Empty);
    }
    let (sign, unsigned) = match kept.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", kept.strip_prefix('+').unwrap_or(&kept)),
    };
    let plus = kept.starts_with('+');

    let Marks { decimal, group } = marks(unsigned, mark)?;
    let (whole, fraction) = match decimal {
        Some(at) => (unsigned.get(..at).unwrap_or_default(), unsigned.get(at + 1..).unwrap_or_default()),
        None => (unsigned, ""),
    };
    let mut digits = String::with_capacity(kept.len() + 2);
    digits.push_str(sign);
    match group {
        Some(mark) => digits.extend(grouped(whole, mark).ok_or(NotRead::Malformed)?),
        None => digits.push_str(whole),
    }
    let loose = plus || whole.is_empty() || (decimal.is_some() && fraction.is_empty());
    if whole.is_empty() {
        digits.push('0');
    }
    if !fraction.is_empty() {
        digits.push('.');
        digits.push_str(fraction);
    }
    let only_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty())
        || !only_digits(fraction)
        || (group.is_none() && !only_digits(whole))
    {
        return Err(NotRead::Malformed);
    }
    Ok(Number {
        value: Decimal::from_str_exact(&digits).map_err(|_| NotRead::TooLong)?,
        blanks,
        decimal_comma: decimal.is_some_and(|at| unsigned.as_bytes().get(at) == Some(&b',')),
        group,
        loose,
        fraction_digits: u32::try_from(fraction.len()).unwrap_or(u32::MAX),
    })
}

/// The way of nearly every number: up to 18 digits with at most one dot.
fn read_plain(text: &[u8]) -> Option<Number> {
    if text.len() > 19 || !text.first()?.is_ascii_digit() || !text.last()?.is_ascii_digit() {
        return None;
    }
    let mut value = 0_i64;
    let mut dot = None;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?,
            b'.' if dot.is_none() => dot = Some(at),
            _ => return None,
        }
    }
    let fraction_digits = dot.map_or(0, |at| u32::try_from(text.len() - at - 1).unwrap_or(0));
    Some(Number {
        value: Decimal::new(value, fraction_digits),
        blanks: false,
        decimal_comma: false,
        group: None,
        loose: false,
        fraction_digits,
    })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

struct Marks {
    decimal: Option<usize>,
    group: Option<char>,
}

/// Finds out which mark is the decimal one and which groups thousands.
fn marks(unsigned: &str, expected: DecimalMark) -> Result<Marks, NotRead> {
    let count = |mark| unsigned.matches(mark).count();
    let last = |mark| unsigned.rfind(mark);
    let (dots, commas) = (count('.'), count(','));
    let apostrophe = ['\'', '’'].into_iter().find(|mark| unsigned.contains(*mark));
    let lone = |mark, is_expected: bool| {
        let digits_after = last(mark).map_or(0, |at| unsigned.len() - at - 1);
        if digits_after == 3 && !is_expected && apostrophe.is_none() {
            return Err(NotRead::Ambiguous);
        }
        Ok(Marks { decimal: last(mark), group: apostrophe })
    };
    Ok(match (dots, commas) {
        (0, 0) => Marks { decimal: None, group: apostrophe },
        (1, 0) => lone('.', expected != DecimalMark::Comma)?,
        (0, 1) => lone(',', expected == DecimalMark::Comma)?,
        _ if apostrophe.is_some() => return Err(NotRead::Malformed),
        (_, 0) => Marks { decimal: None, group: Some('.') },
        (0, _) => Marks { decimal: None, group: Some(',') },
        _ => {
            let (dot, comma) = (last('.'), last(','));
            let (decimal, group) = if dot > comma { (dot, ',') } else { (comma, '.') };
            Marks { decimal, group: Some(group) }
        }
    })
}

/// Joins groups: one to three digits first, then exactly three each.
fn grouped(whole: &str, mark: char) -> Option<impl Iterator<Item = &str>> {
    let fits = whole.split(mark).enumerate().all(|(at, group)| {
        let length = if at == 0 { 1..=3 } else { 3..=3 };
        length.contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit())
    });
    fits.then(|| whole.split(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Result<String, NotRead> {
        read(text, DecimalMark::Dot).map(|number| number.value.to_string())
    }

    #[test]
    fn every_spelling() {
        for (text, want) in [
            ("1", "1"),
            ("1.234", "1.234"),
            ("00000001730.900", "1730.900"),
            ("17.5000", "17.5000"),
            (" 780,12", "780.12"),
            ("100 ", "100"),
            ("\u{a0}12\u{202f}", "12"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1,234,567.891", "1234567.891"),
            ("1.234.567", "1234567"),
            ("1,234,567", "1234567"),
            ("1 234,5", "1234.5"),
            ("1'234.50", "1234.50"),
            ("1’234,50", "1234.50"),
            ("0,5", "0.5"),
            ("0,0215", "0.0215"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+3", "3"),
            ("-3,5", "-3.5"),
            ("9999999999999999999999999999", "9999999999999999999999999999"),
        ] {
            assert_eq!(value(text).as_deref(), Ok(want), "{text}");
        }
    }

    #[test]
    fn what_is_not_read() {
        use NotRead::{Ambiguous, Empty, Malformed, TooLong};
        for (text, why) in [
            ("", Empty),
            (" \u{a0}", Empty),
            ("1,234", Ambiguous),
            ("-1,234", Ambiguous),
            (" 0,125", Ambiguous),
            ("12 pcs", Malformed),
            ("1e3", Malformed),
            (".", Malformed),
            ("-", Malformed),
            ("1.23.456", Malformed),
            ("1,23,456.7", Malformed),
            ("1234.567,8", Malformed),
            ("1.2,3.4", Malformed),
            ("1'234'56", Malformed),
            ("1.2.3'4", Malformed),
            ("٣", Malformed),
            ("--1", Malformed),
            ("99999999999999999999999999999", TooLong),
        ] {
            assert_eq!(value(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_profile_says_which_mark_is_expected() {
        let with = |text, mark| read(text, mark).map(|number| number.value.to_string());
        assert_eq!(with("1,234", DecimalMark::Comma).as_deref(), Ok("1.234"));
        assert_eq!(with("1.234", DecimalMark::Comma), Err(NotRead::Ambiguous));
        assert_eq!(with("1.234", DecimalMark::Either).as_deref(), Ok("1.234"));
        assert_eq!(with("1,234", DecimalMark::Either), Err(NotRead::Ambiguous));
    }

    #[test]
    fn the_spelling_is_described() {
        let number = read(" 1.234,5 ", DecimalMark::Dot).unwrap();
        assert!(number.blanks && number.decimal_comma && number.group == Some('.') && !number.loose);
        assert_eq!(number.fraction_digits, 1);
        assert_eq!(read("0.3500", DecimalMark::Dot).unwrap().fraction_digits, 4);
    }

    proptest! {
        #[test]
        fn a_number_written_in_any_convention_is_read_back(whole in 0_u64..10_000_000_000_000, cents in 0_u32..100) {
            let plain = format!("{whole}.{cents:02}");
            let group = |mark: &str| {
                let digits = whole.to_string();
                let mut groups: Vec<_> = digits.as_bytes().rchunks(3).map(|g| String::from_utf8(g.to_vec()).unwrap()).collect();
                groups.reverse();
                groups.join(mark)
            };
            let want: Decimal = plain.parse().unwrap();
            for text in [
                plain.clone(), format!("{whole},{cents:02}"), format!("{}.{cents:02}", group(",")), format!("{},{cents:02}", group(".")),
                format!("{},{cents:02}", group(" ")), format!("{}.{cents:02}", group("'")),
            ] {
                prop_assert_eq!(read(&text, DecimalMark::Dot).unwrap().value, want, "{}", text);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9., '\u{a0}]{0,24}|\\PC{0,12}") {
            for mark in [DecimalMark::Dot, DecimalMark::Comma, DecimalMark::Either] {
                if let Ok(number) = read(&text, mark) {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    let kept: String = number.value.to_string().chars().filter(char::is_ascii_digit).collect();
                    prop_assert_eq!(kept.trim_start_matches('0'), digits.trim_start_matches('0'));
                }
            }
        }
    }
}
