use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::Text;

/// An exact decimal number that keeps the spelling it was sent with.
///
/// `0001730.900`, `1730.9` and `1 730,90` are one value and three spellings; a
/// buyer calculates with the value and a lossless writer sends the spelling
/// back. The spelling is what makes two amounts differ under `==`; compare
/// [`Amount::value`] to compare numbers.
///
/// Values have at most 28 significant digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    value: Decimal,
    sent: Text,
}

impl Amount {
    /// Joins a value and the spelling that it was read from.
    ///
    /// The caller vouches that the spelling means the value; decoders do so
    /// after applying their number policy.
    #[must_use]
    pub fn with_spelling(value: Decimal, sent: impl Into<Text>) -> Self {
        Self { value, sent: sent.into() }
    }

    /// The number itself.
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The characters that were sent, blanks and all.
    #[must_use]
    pub fn as_sent(&self) -> &str {
        &self.sent
    }

    /// The number that [`Amount::from_str`] reads, for who has the text already
    /// and joins the two by [`Amount::with_spelling`].
    ///
    /// # Errors
    /// When it is more or less than a sign, digits, and a dot with more digits.
    pub fn number(s: &str) -> Result<Decimal, AmountError> {
        if let Some(value) = short(s) {
            return Ok(value);
        }
        let digits = s.strip_prefix(['+', '-']).unwrap_or(s);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(AmountError::NotANumber);
        }
        Decimal::from_str_exact(s).map_err(|_| AmountError::TooManyDigits)
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Self { value, sent: Text::from(value.to_string()) }
    }
}

impl From<u32> for Amount {
    fn from(value: u32) -> Self {
        Self::from(Decimal::from(value))
    }
}

/// Reads an optional sign, digits, and an optional dot with more digits.
///
/// Nothing else: blanks, commas and exponents belong to a decoder's number
/// policy, which reports what it changed.
impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::number(s).map(|value| Self::with_spelling(value, s))
    }
}

/// Reads what nearly all amounts are: few digits, and a dot among them perhaps.
fn short(s: &str) -> Option<Decimal> {
    const DIGITS: usize = 18;
    if !(1..=DIGITS).contains(&s.len()) {
        return None;
    }
    let mut number = 0_i64;
    let mut dot = None;
    for (at, byte) in s.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'.' if dot.is_none() && at > 0 => dot = Some(at),
            _ => return None,
        }
    }
    let scale = dot.map_or(0, |dot| s.len() - dot - 1);
    (dot.is_none() || scale > 0).then(|| Decimal::new(number, u32::try_from(scale).unwrap_or_default()))
}

/// Shows the spelling as sent.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.sent)
    }
}

/// Why a text is no [`Amount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AmountError {
    /// The text is not of the form digits, dot, digits.
    #[error("not a decimal number")]
    NotANumber,
    /// The number has more than 28 significant digits.
    #[error("more than 28 significant digits")]
    TooManyDigits,
}

#[cfg(feature = "serde")]
mod with_serde {
    use rust_decimal::Decimal;
    use serde::de::{Deserialize, Deserializer, Error as _};
    use serde::ser::{Serialize, SerializeStruct, Serializer};

    use super::Amount;

    /// A string when the spelling is the plain one, else `{value, sent}`.
    impl Serialize for Amount {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let value = self.value.to_string();
            if value == self.as_sent() {
                return serializer.serialize_str(&value);
            }
            let mut both = serializer.serialize_struct("Amount", 2)?;
            both.serialize_field("value", &value)?;
            both.serialize_field("sent", self.as_sent())?;
            both.end()
        }
    }

    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Form {
        Plain(String),
        Both { value: String, sent: String },
    }

    impl<'de> Deserialize<'de> for Amount {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            match Form::deserialize(deserializer)? {
                Form::Plain(text) => text.parse().map_err(D::Error::custom),
                Form::Both { value, sent } => {
                    let value = Decimal::from_str_exact(&value).map_err(D::Error::custom)?;
                    Ok(Self::with_spelling(value, sent))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_spelling() {
        for (sent, value) in
            [("1", "1"), ("00000001730.900", "1730.900"), ("-2.50", "-2.50"), ("0.0215", "0.0215")]
        {
            let amount: Amount = sent.parse().unwrap();
            assert_eq!(amount.to_string(), sent);
            assert_eq!(amount.value().to_string(), value);
        }
    }

    #[test]
    fn short_numbers_are_read_like_long_ones() {
        for whole in ["0", "7", "007", "12", "123456789", "99999999999999999", "999999999999999999"] {
            for fraction in ["", ".0", ".5", ".00", ".050", ".123456789", ".99999999999999999"] {
                let text = format!("{whole}{fraction}");
                let exact = Decimal::from_str_exact(&text).ok();
                let read = text.parse::<Amount>().ok().map(|amount| amount.value());
                assert_eq!(read.map(|value| value.unpack()), exact.map(|value| value.unpack()), "{text}");
                if let Some(short) = short(&text) {
                    assert_eq!(Some(short.unpack()), exact.map(|value| value.unpack()), "{text}");
                }
            }
        }
        assert!(short("123456789.12345678").is_some() && short("123456789.123456789").is_none());
    }

    #[test]
    fn refuses_what_needs_a_policy() {
        for text in ["", ".", "1.", ".5", "1,5", " 1", "1e3", "١", "--1", "1.2.3"] {
            assert_eq!(text.parse::<Amount>(), Err(AmountError::NotANumber), "{text:?}");
        }
        let long = "9".repeat(29);
        assert_eq!(long.parse::<Amount>(), Err(AmountError::TooManyDigits));
        assert_eq!(format!("0.{long}").parse::<Amount>(), Err(AmountError::TooManyDigits));
    }
}
