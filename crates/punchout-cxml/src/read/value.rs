use std::borrow::Cow;

use punchout_core::{Amount, Code, Secret, Severity, Text, excerpt};
use rust_decimal::Decimal;

use super::Cursor;
use crate::element::{Characters, Value};
use crate::xml::Attribute;
use crate::{StatusCode, Timestamp, TimestampValue, code};

impl<T: Value> Value for Option<T> {
    const REQUIRED: bool = false;
    const IS_EXACT: bool = T::IS_EXACT;

    fn blank() -> Self {
        None
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        Some(T::read(cursor, attribute))
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(T::write)
    }

    fn fault(&self) -> Option<String> {
        self.as_ref().and_then(T::fault)
    }
}

impl<T: Value> Value for Box<T> {
    const REQUIRED: bool = T::REQUIRED;
    const IS_EXACT: bool = T::IS_EXACT;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        Self::new(T::read(cursor, attribute))
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        T::write(self)
    }
}

impl Value for Text {
    const REQUIRED: bool = true;

    fn blank() -> Self {
        Self::EMPTY
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        cursor.value(attribute)
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        Some(Cow::from(&**self))
    }
}

impl Value for Secret {
    const REQUIRED: bool = true;

    fn blank() -> Self {
        Self::default()
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        Self::from(cursor.value(attribute).as_str())
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        Some(Cow::from(self.expose()))
    }
}

impl Value for Amount {
    const REQUIRED: bool = true;

    fn blank() -> Self {
        Characters::blank()
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        let sent = cursor.value(attribute);
        let (amount, found) = read_amount(sent);
        if found.is_some() {
            report(cursor, found, Some(attribute), amount.as_sent());
        }
        amount
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        Some(Cow::from(self.as_sent()))
    }

    fn fault(&self) -> Option<String> {
        Characters::fault(self)
    }
}

impl Characters for Amount {
    fn blank() -> Self {
        Self::with_spelling(Decimal::ZERO, Text::EMPTY)
    }

    fn read(cursor: &mut Cursor<'_>, text: Text) -> Self {
        let (amount, found) = read_amount(text);
        if found.is_some() {
            report(cursor, found, None, amount.as_sent());
        }
        amount
    }

    fn write(&self) -> &str {
        self.as_sent()
    }

    fn fault(&self) -> Option<String> {
        let sent = self.as_sent();
        let digits = sent.strip_prefix(['+', '-']).unwrap_or(sent);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let is_plain = is_number(whole) && is_number(fraction);
        (!is_plain).then(|| {
            format!("{} is no number as cXML writes one; use digits and a dot, such as 12.50", excerpt(sent))
        })
    }
}

impl Value for Timestamp {
    const REQUIRED: bool = true;

    fn blank() -> Self {
        Self::from(Text::EMPTY)
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        let (timestamp, is_strict) = Self::with_form(cursor.value(attribute));
        let found = match timestamp.value() {
            None => Some(Found::NO_DATE),
            Some(_) if !is_strict => Some(Found::ODD_DATE),
            Some(_) => None,
        };
        if found.is_some() {
            report(cursor, found, Some(attribute), timestamp.as_sent());
        }
        timestamp
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        Some(Cow::from(self.as_sent()))
    }

    fn fault(&self) -> Option<String> {
        (!self.is_strict()).then(|| {
            let help = match self.value() {
                Some(TimestampValue::Local(_)) => "add the offset, such as +01:00",
                Some(TimestampValue::Moment(_)) if self.as_sent().ends_with('Z') => "write +00:00 for Z",
                _ => "use YYYY-MM-DDThh:mm:ss+hh:mm, or make it from a chrono value",
            };
            format!("{} is no time as cXML writes one; {help}", excerpt(self.as_sent()))
        })
    }
}

/// The flags of the DTD know `yes` and absence, nothing else.
impl Value for bool {
    const REQUIRED: bool = false;
    const IS_EXACT: bool = false;

    fn blank() -> Self {
        false
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        let sent = cursor.value(attribute);
        let word = sent.trim_ascii();
        if word == "yes" {
            return true;
        }
        let is_set = ["yes", "true", "1"].iter().any(|yes| word.eq_ignore_ascii_case(yes));
        let found = if is_set { Found::FLAG_SET } else { Found::FLAG_UNSET };
        report(cursor, Some(found), Some(attribute), &sent);
        is_set
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        self.then_some(Cow::from("yes"))
    }
}

impl Value for StatusCode {
    const REQUIRED: bool = true;
    const IS_EXACT: bool = false;

    fn blank() -> Self {
        Self::new(0)
    }

    fn read<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>) -> Self {
        let sent = cursor.value(attribute);
        let code = sent.trim_ascii().parse().ok();
        report(cursor, code.is_none().then_some(Found::NO_STATUS), Some(attribute), &sent);
        Self::new(code.unwrap_or_default())
    }

    fn write(&self) -> Option<Cow<'_, str>> {
        Some(Cow::from(self.to_string()))
    }
}

/// Reports a token that the DTD does not list.
pub(crate) fn report_token<'a>(cursor: &mut Cursor<'a>, attribute: &Attribute<'a>, word: &str) {
    report(cursor, Some(Found::TOKEN), Some(attribute), word);
}

/// What may be said about a value.
#[derive(Clone, Copy)]
struct Found {
    code: Code,
    severity: Severity,
    says: &'static str,
    help: &'static str,
}

impl Found {
    const NO_NUMBER: Self = Self {
        code: code::NUMBER,
        severity: Severity::Error,
        says: "is no number and counts as 0",
        help: "send digits with a dot, such as 12.50",
    };
    const ODD_NUMBER: Self = Self {
        code: code::NUMBER_FORM,
        severity: Severity::Note,
        says: "is an odd way to write a number",
        help: "send digits with a dot, without blanks and commas",
    };
    const NO_DATE: Self = Self {
        code: code::DATE,
        severity: Severity::Error,
        says: "is neither date nor time",
        help: "send YYYY-MM-DDThh:mm:ss+hh:mm",
    };
    const ODD_DATE: Self = Self {
        code: code::DATE_FORM,
        severity: Severity::Note,
        says: "is not how cXML writes a time",
        help: "send YYYY-MM-DDThh:mm:ss+hh:mm with a numeric offset",
    };
    const FLAG_SET: Self = Self {
        code: code::FLAG,
        severity: Severity::Warning,
        says: "is read as yes",
        help: "send yes, or leave the attribute out",
    };
    const FLAG_UNSET: Self = Self { says: "is read as no", ..Self::FLAG_SET };
    const TOKEN: Self = Self {
        code: code::TOKEN,
        severity: Severity::Warning,
        says: "is not one of the values that the DTD lists",
        help: "send one of these values",
    };
    const NO_STATUS: Self = Self {
        code: code::STATUS,
        severity: Severity::Error,
        says: "is no status code and is read as 0",
        help: "send a number such as 200",
    };
}

fn report<'a>(cursor: &mut Cursor<'a>, found: Option<Found>, attribute: Option<&Attribute<'a>>, sent: &str) {
    let Some(Found { code, severity, says, help }) = found else { return };
    let span = attribute.map(|attribute| attribute.value.clone());
    cursor.report(code, severity, span, || {
        let of = attribute.map(|attribute| format!("attribute `{}`: ", attribute.name)).unwrap_or_default();
        (format!("{of}{} {says}", excerpt(sent)), help)
    });
}

/// The number that a text is, however it is written.
#[cfg(feature = "advice")]
pub(crate) fn number(sent: &str) -> Option<Decimal> {
    let (amount, found) = read_amount(sent.into());
    found.is_none_or(|found| found.severity < Severity::Error).then(|| amount.value())
}

/// Reads what senders send for a number; the spelling stays.
fn read_amount(sent: Text) -> (Amount, Option<Found>) {
    match Amount::number(&sent) {
        Ok(value) => (Amount::with_spelling(value, sent), None),
        Err(_) => odd_amount(sent),
    }
}

#[cold]
fn odd_amount(sent: Text) -> (Amount, Option<Found>) {
    match plain_number(&sent).and_then(|plain| Amount::number(&plain).ok()) {
        Some(value) => (Amount::with_spelling(value, sent), Some(Found::ODD_NUMBER)),
        None => (Amount::with_spelling(Decimal::ZERO, sent), Some(Found::NO_NUMBER)),
    }
}

/// Takes off what is odd but clear: white space around it, commas between
/// groups of three digits, a missing zero before or after the dot.
fn plain_number(sent: &str) -> Option<String> {
    let text = sent.trim_ascii();
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) if text.starts_with('-') => ("-", digits),
        Some(digits) => ("", digits),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = whole.contains(',');
    let groups_are_good =
        (!is_grouped || matches!(first.len(), 1..=3)) && groups.all(|group| group.len() == 3);
    let whole: String = whole.chars().filter(|&c| c != ',').collect();
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !groups_are_good || !is_digits(&whole) || !is_digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{dot}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_they_are_sent() {
        for (sent, value, odd) in [
            ("12.50", "12.50", false),
            ("10.000", "10.000", false),
            (" 12\n", "12", true),
            (".5", "0.5", true),
            ("5.", "5", true),
            ("1,234,567.8", "1234567.8", true),
            ("-1,234", "-1234", true),
        ] {
            let (amount, found) = read_amount(sent.into());
            assert_eq!(amount.as_sent(), sent);
            assert_eq!(amount.value().to_string(), value);
            assert_eq!(found.map(|found| found.severity), odd.then_some(Severity::Note));
        }
    }

    #[test]
    fn does_not_guess_numbers() {
        for sent in
            ["", " ", ".", "1,5", "12,34", "1,2345", ",123", "1.234,5", "1e3", "EUR 5", "1 000", "--1"]
        {
            let (amount, found) = read_amount(sent.into());
            assert_eq!(amount.as_sent(), sent);
            assert_eq!(found.map(|found| found.severity), Some(Severity::Error), "{sent}");
        }
    }
}
