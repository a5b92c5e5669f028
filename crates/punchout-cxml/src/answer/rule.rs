//! What one partner means by its answers.

use std::fmt;
use std::str::FromStr;

use punchout_core::{Text, excerpt};
use thiserror::Error;

use super::{Answer, Kind, Meaning, Seen};
use crate::Status;

/// What one partner means by one sort of answer.
///
/// All conditions that are set must hold; a rule without any fits everything.
/// [`Meaning::TryAgain`] says of the partner that it does not have the document
/// when it answers like that; where that is not certain, say
/// [`Meaning::Unknown`].
///
/// In a file (feature `serde`), as TOML:
///
/// ```toml
/// [[rules]]
/// http = "200"
/// kind = "empty"
/// then = "accepted"
///
/// [[rules]]
/// status = "500"
/// text = "already processed"
/// contains = true
/// then = "accepted"
/// note = "their word for a repeated payload id"
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
#[must_use]
pub struct Rule {
    /// The status of HTTP.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub http: Option<Codes>,
    /// What the answer is.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<Kind>,
    /// The number in the status of the cXML response.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub status: Option<Codes>,
    /// The media type, without parameters.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub media_type: Option<Text>,
    /// The whole body without the white space around it, in any case of
    /// US-ASCII letters.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub text: Option<Text>,
    /// Whether `text` may stand anywhere in the body.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    pub contains: bool,
    /// What it means.
    pub then: Meaning,
    /// Why: it goes in front of the reason.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

impl Rule {
    /// A rule for every answer; conditions narrow it.
    pub fn new(then: Meaning) -> Self {
        Self {
            http: None,
            kind: None,
            status: None,
            media_type: None,
            text: None,
            contains: false,
            then,
            note: None,
        }
    }

    /// Narrows it to a status of HTTP.
    pub fn when_http(mut self, codes: impl Into<Codes>) -> Self {
        self.http = Some(codes.into());
        self
    }

    /// Narrows it to what the answer is.
    pub fn when_kind(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Narrows it to a number in the status of a response.
    pub fn when_status(mut self, codes: impl Into<Codes>) -> Self {
        self.status = Some(codes.into());
        self
    }

    /// Narrows it to a media type.
    pub fn when_media_type(mut self, media_type: impl Into<Text>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Narrows it to a body.
    pub fn when_text(mut self, text: impl Into<Text>) -> Self {
        (self.text, self.contains) = (Some(text.into()), false);
        self
    }

    /// Narrows it to bodies that contain a text.
    pub fn when_containing(mut self, text: impl Into<Text>) -> Self {
        (self.text, self.contains) = (Some(text.into()), true);
        self
    }

    /// Says why.
    pub fn with_note(mut self, note: impl Into<Text>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(super) fn fits(&self, answer: &Answer<'_>, seen: &Seen, status: Option<&Status>) -> bool {
        let within = |codes: Option<Codes>, code: Option<u16>| {
            codes.is_none_or(|codes| code.is_some_and(|code| codes.contains(code)))
        };
        let media_type = || {
            let bare = answer.content_type?.split(';').next()?;
            Some(bare.trim())
        };
        within(self.http, answer.http_status)
            && within(self.status, status.map(|status| status.code.as_u16()))
            && self.kind.is_none_or(|kind| kind == seen.kind)
            && self.media_type.as_deref().is_none_or(|wanted| {
                media_type().is_some_and(|media_type| media_type.eq_ignore_ascii_case(wanted))
            })
            && self.text.as_deref().is_none_or(|text| self.says(answer.body, text))
    }

    fn says(&self, body: &[u8], text: &str) -> bool {
        let (body, text) = (body.trim_ascii(), text.trim().as_bytes());
        if self.contains {
            memchr::memmem::find(&body.to_ascii_lowercase(), &text.to_ascii_lowercase()).is_some()
        } else {
            body.eq_ignore_ascii_case(text)
        }
    }
}

/// One number, a class such as `4xx`, or a range such as `500-503`.
///
/// ```
/// use punchout_cxml::answer::Codes;
///
/// let codes: Codes = "4xx".parse()?;
/// assert!(codes.contains(404) && !codes.contains(500));
/// assert_eq!("400-499".parse::<Codes>()?, codes);
/// assert_eq!(codes.to_string(), "4xx");
/// # Ok::<(), punchout_cxml::answer::CodesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Codes {
    first: u16,
    last: u16,
}

/// A text is no number, class or range.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} is no status; write one such as 200, 4xx or 500-503", excerpt(.0))]
pub struct CodesError(String);

impl Codes {
    /// From one number to another, both included.
    #[must_use]
    pub fn new(first: u16, last: u16) -> Self {
        Self { first, last }
    }

    /// Whether a number is one of them.
    #[must_use]
    pub fn contains(self, code: u16) -> bool {
        (self.first..=self.last).contains(&code)
    }
}

impl From<u16> for Codes {
    fn from(code: u16) -> Self {
        Self::new(code, code)
    }
}

impl FromStr for Codes {
    type Err = CodesError;

    fn from_str(text: &str) -> Result<Self, CodesError> {
        let wrong = || CodesError(text.to_owned());
        let number = |text: &str| text.trim().parse::<u16>().map_err(|_| wrong());
        let text = text.trim();
        if let Some(class) = text.to_ascii_lowercase().strip_suffix("xx") {
            let class = number(class).ok().filter(|class| (1..=9).contains(class)).ok_or_else(wrong)?;
            return Ok(Self::new(class * 100, class * 100 + 99));
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let codes = Self::new(number(first)?, number(last)?);
        if codes.first <= codes.last { Ok(codes) } else { Err(wrong()) }
    }
}

impl fmt::Display for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = *self;
        if first == last {
            write!(f, "{first}")
        } else if first % 100 == 0 && (100..=900).contains(&first) && last == first + 99 {
            write!(f, "{}xx", first / 100)
        } else {
            write!(f, "{first}-{last}")
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Codes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A number is taken as well as a text.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Codes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Form {
            Number(u16),
            Text(String),
        }
        match Form::deserialize(deserializer)? {
            Form::Number(code) => Ok(code.into()),
            Form::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbers_classes_or_ranges() {
        for (text, first, last, shown) in [
            ("200", 200, 200, "200"),
            (" 5XX ", 500, 599, "5xx"),
            ("200-204", 200, 204, "200-204"),
            ("200 - 299", 200, 299, "2xx"),
            ("0", 0, 0, "0"),
        ] {
            let codes: Codes = text.parse().unwrap();
            assert_eq!((codes, codes.to_string().as_str()), (Codes::new(first, last), shown));
        }
        for bad in ["", "xx", "0xx", "10xx", "-", "200-", "300-200", "2x", "70000", "+2xx-"] {
            assert!(bad.parse::<Codes>().is_err(), "{bad}");
        }
    }
}
