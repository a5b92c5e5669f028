//! Dates and times as cXML writes them.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use punchout_core::Text;

/// A date or a time that keeps the spelling it was sent with.
///
/// cXML writes `2026-03-01T14:05:00+01:00`: local time with its numeric offset,
/// and never `Z`. Many senders do otherwise, so whatever was read is kept and
/// written back, and the value is there when the spelling could be understood.
/// A timestamp made from a value is always spelled correctly.
///
/// Two timestamps are equal when they are spelled alike.
///
/// ```
/// use punchout_cxml::Timestamp;
///
/// let sent = Timestamp::from("2026-03-01T13:05:00Z");
/// assert_eq!(sent.as_sent(), "2026-03-01T13:05:00Z");
/// assert_eq!(sent.normalized().unwrap().as_sent(), "2026-03-01T13:05:00+00:00");
/// assert!(Timestamp::from("soon").value().is_none());
/// ```
#[derive(Clone)]
pub struct Timestamp {
    sent: Text,
    value: Option<TimestampValue>,
}

/// What a [`Timestamp`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampValue {
    /// A moment.
    Moment(DateTime<FixedOffset>),
    /// A time of nobody knows what time zone.
    Local(NaiveDateTime),
    /// A day.
    Day(NaiveDate),
}

impl Timestamp {
    /// The characters that were sent.
    #[must_use]
    pub fn as_sent(&self) -> &str {
        &self.sent
    }

    /// What they say; `None` when they are neither date nor time.
    #[must_use]
    pub fn value(&self) -> Option<TimestampValue> {
        self.value
    }

    /// The moment, when date, time and offset are there.
    #[must_use]
    pub fn date_time(&self) -> Option<DateTime<FixedOffset>> {
        match self.value? {
            TimestampValue::Moment(moment) => Some(moment),
            TimestampValue::Local(_) | TimestampValue::Day(_) => None,
        }
    }

    /// The day, as it is where the sender is.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        Some(match self.value? {
            TimestampValue::Moment(moment) => moment.date_naive(),
            TimestampValue::Local(time) => time.date(),
            TimestampValue::Day(day) => day,
        })
    }

    /// The same value in the spelling of cXML.
    ///
    /// `None` when it cannot be had without guessing: there is no value, or a
    /// time without an offset.
    #[must_use]
    pub fn normalized(&self) -> Option<Self> {
        match self.value? {
            TimestampValue::Moment(moment) => Some(Self::from(moment)),
            TimestampValue::Day(day) => Some(Self::from(day)),
            TimestampValue::Local(_) => None,
        }
    }

    /// Reads it and says whether it is spelled as cXML wants.
    pub(crate) fn with_form(sent: Text) -> (Self, bool) {
        let text = sent.as_str();
        if let Some(moment) = read_usual(text) {
            return (Self { sent, value: Some(TimestampValue::Moment(moment)) }, true);
        }
        let value = read(text.trim());
        let is_strict = is_strict(text) && value.is_some();
        (Self { sent, value }, is_strict)
    }

    /// Whether it is spelled as cXML wants: a full time with numeric offset, or
    /// a plain date.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        is_strict(&self.sent) && self.value.is_some()
    }
}

/// Reads what senders send, from the correct form to what is common.
impl From<&str> for Timestamp {
    fn from(sent: &str) -> Self {
        Self::from(Text::from(sent))
    }
}

impl From<Text> for Timestamp {
    fn from(sent: Text) -> Self {
        Self::with_form(sent).0
    }
}

impl From<DateTime<FixedOffset>> for Timestamp {
    fn from(moment: DateTime<FixedOffset>) -> Self {
        // A fraction of a second is written when there is one.
        let sent = Text::from(moment.format("%Y-%m-%dT%H:%M:%S%.f%:z").to_string());
        Self { sent, value: Some(TimestampValue::Moment(moment)) }
    }
}

impl From<NaiveDate> for Timestamp {
    fn from(day: NaiveDate) -> Self {
        Self { sent: Text::from(day.format("%Y-%m-%d").to_string()), value: Some(TimestampValue::Day(day)) }
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.sent == other.sent
    }
}

impl Eq for Timestamp {}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.sent, f)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.sent)
    }
}

/// `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm:ss`, a fraction, `±hh:mm`.
fn is_strict(sent: &str) -> bool {
    let shaped = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(b, s)| if s == b'0' { b.is_ascii_digit() } else { b == s })
    };
    if sent.len() == 10 {
        return shaped(sent, "0000-00-00");
    }
    let (Some(time), Some(rest)) = (sent.get(..19), sent.get(19..)) else { return false };
    let Some((fraction, offset)) = rest.find(['+', '-']).map(|at| rest.split_at(at)) else { return false };
    let digits = fraction.strip_prefix('.').map_or(fraction.is_empty(), |digits| {
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    shaped(time, "0000-00-00T00:00:00") && digits && (shaped(offset, "+00:00") || shaped(offset, "-00:00"))
}

/// Understands `YYYY-MM-DDThh:mm:ss±hh:mm`, which nearly all are.
fn read_usual(sent: &str) -> Option<DateTime<FixedOffset>> {
    let bytes: &[u8; 25] = sent.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', time @ ..] = bytes else { return None };
    let [h1, h2, b':', i1, i2, b':', s1, s2, sign, hour, ten, b':', minute, one] = time else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let two = |tens: &u8, ones: &u8| Some(digit(tens)? * 10 + digit(ones)?);
    let sign = match sign {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let year = i32::try_from(two(y1, y2)? * 100 + two(y3, y4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, two(m1, m2)?, two(d1, d2)?)?;
    let local = day.and_hms_opt(two(h1, h2)?, two(i1, i2)?, two(s1, s2)?)?;
    let (hours, minutes) = (two(hour, ten)?, two(minute, one)?);
    let is_offset = hours <= 14 && minutes <= 59;
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|_| is_offset)?;
    local.and_local_timezone(FixedOffset::east_opt(sign * seconds)?).single()
}

/// Understands the correct form and those that are common without being it:
/// `Z`, a blank for the `T`, offsets without colon or with one digit, a blank
/// before the offset, no seconds, no offset, no time.
fn read(sent: &str) -> Option<TimestampValue> {
    let day = NaiveDate::parse_from_str(sent.get(..10)?, "%Y-%m-%d").ok()?;
    let Some(rest) = sent.get(10..).filter(|rest| !rest.is_empty()) else {
        return Some(TimestampValue::Day(day));
    };
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, offset) = match rest.find(['+', '-', 'Z', 'z']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let clock = clock.trim_end();
    let time = ["%H:%M:%S%.f", "%H:%M"]
        .iter()
        .find_map(|form| chrono::NaiveTime::parse_from_str(clock, form).ok())?;
    let local = day.and_time(time);
    if offset.is_empty() {
        return Some(TimestampValue::Local(local));
    }
    local.and_local_timezone(read_offset(offset)?).single().map(TimestampValue::Moment)
}

fn read_offset(offset: &str) -> Option<FixedOffset> {
    if offset.eq_ignore_ascii_case("z") {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let number = |text: &str, most: i32| -> Option<i32> {
        let plain = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|&number| plain && number <= most)
    };
    FixedOffset::east_opt(sign * (number(hours, 14)? * 3600 + number(minutes, 59)? * 60))
}

#[cfg(feature = "serde")]
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.sent)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_form_is_read_like_any_other() {
        for sent in [
            "2026-03-01T14:05:00+01:00",
            "2024-02-29T23:59:59-14:00",
            "0000-01-01T00:00:00+00:00",
            "9999-12-31T23:59:59+14:59",
        ] {
            let usual = read_usual(sent).map(TimestampValue::Moment);
            assert!(usual.is_some() && usual == read(sent) && is_strict(sent), "{sent}");
        }
        for odd in [
            "2026-02-29T14:05:00+01:00",
            "2026-03-01T24:05:00+01:00",
            "2026-03-01T14:05:60+01:00",
            "2026-03-01T14:05:00+15:00",
            "2026-03-01T14:05:00+01:60",
            "2026-03-01T14:05:00 01:00",
            "2026-03-01 14:05:00+01:00",
            "2026-03-01T14-05-00+01:00",
            "2026-03-01T14:05:0é+01:0",
            "+026-03-01T14:05:00+01:00",
        ] {
            assert_eq!(read_usual(odd), None, "{odd}");
        }
    }
}
