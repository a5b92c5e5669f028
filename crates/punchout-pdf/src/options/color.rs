use std::fmt;
use std::str::FromStr;

use crate::{Error, ErrorKind};

/// A colour of a screen, such as `#005c73`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[non_exhaustive]
pub struct Color {
    /// How much red, up to 255.
    pub red: u8,
    /// How much green.
    pub green: u8,
    /// How much blue.
    pub blue: u8,
}

impl Color {
    /// A mix of red, green and blue.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// How light it looks, from 0 to 255.
    pub(crate) fn luma(self) -> u32 {
        (299 * u32::from(self.red) + 587 * u32::from(self.green) + 114 * u32::from(self.blue)) / 1000
    }
}

/// A dark petrol blue, legible as text and still a colour.
impl Default for Color {
    fn default() -> Self {
        Self::new(0, 0x5c, 0x73)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Reads `#rrggbb`, digits and letters of base 16.
impl FromStr for Color {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or_else(|| {
            let sent = punchout_core::excerpt(text);
            Error::new(ErrorKind::Options, format!("{sent} is no colour; write one such as `#005c73`"))
        })?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl TryFrom<String> for Color {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        assert_eq!("#7A1f3d".parse::<Color>().unwrap(), Color::new(0x7a, 0x1f, 0x3d));
        assert_eq!(Color::default().to_string(), "#005c73");
        for odd in ["", "005c73", "#05c", "#005c7g", "#+05c73", "red"] {
            assert_eq!(odd.parse::<Color>().unwrap_err().kind(), ErrorKind::Options, "{odd}");
        }
    }
}
