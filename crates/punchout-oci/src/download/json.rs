//! JSON whose numbers keep their digits.

use std::fmt;
use std::ops::Range;

use punchout_core::{Amount, Limits, Sink, Text, excerpt};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::item::RawField;
use crate::error::Error;
use crate::number::{self, NotRead};
use crate::profile::DecimalMark;
use crate::report::{At, Levels, Reporter};
use crate::rule::Rule;

/// The pairs of an object, in their order, all of them.
pub(super) struct Object<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }

        deserializer.deserialize_map(Pairs).map(Object)
    }
}

/// A key in the form by which it is looked up: `VENDOR_MAT` is `VENDORMAT`.
pub(super) fn key_of(name: &str) -> String {
    name.trim().chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_uppercase()).collect()
}

/// Reads values and reports what is wrong with them.
pub(super) struct Reader<'a> {
    /// The text that values are slices of, and where it starts in the input;
    /// `None` when the input is in another charset.
    pub(super) input: Option<(&'a str, usize)>,
    pub(super) limits: &'a Limits,
    pub(super) levels: &'a Levels,
    pub(super) sink: &'a mut dyn Sink,
}

impl Reader<'_> {
    pub(super) fn report(
        &mut self,
        rule: Rule,
        at: At<'_>,
        value: Option<&RawValue>,
        message: impl FnOnce() -> String,
    ) {
        let span = value.and_then(|value| self.span(value));
        Reporter::new(self.sink, self.levels).report(rule, at, span, message);
    }

    /// Where a value stands in the input.
    fn span(&self, value: &RawValue) -> Option<Range<usize>> {
        let (text, offset) = self.input?;
        let start = value.get().as_ptr().addr().checked_sub(text.as_ptr().addr())? + offset;
        Some(start..start + value.get().len())
    }

    fn shape(&mut self, at: At<'_>, value: &RawValue, wanted: &str) {
        self.report(Rule::DownloadShape, at, Some(value), || {
            format!("{} is not {wanted}", excerpt(value.get()))
        });
    }

    /// Reads an object's pairs.
    pub(super) fn object<'v>(&mut self, at: At<'_>, value: &'v RawValue) -> Option<Object<'v>> {
        let object = serde_json::from_str(value.get()).ok();
        if object.is_none() {
            self.shape(at, value, "an object");
        }
        object
    }

    /// Reads an array; null is an empty one, anything else an array of one.
    pub(super) fn array<'v>(&mut self, at: At<'_>, value: &'v RawValue) -> Vec<&'v RawValue> {
        if value.get() == "null" {
            return Vec::new();
        }
        serde_json::from_str(value.get()).unwrap_or_else(|_| {
            self.shape(at, value, "an array");
            vec![value]
        })
    }

    /// Reads a string, or a number or truth value as it is spelled.
    ///
    /// Like its siblings it says whether the value was taken; one that was not
    /// is reported, and the caller keeps it as it is.
    pub(super) fn text(
        &mut self,
        slot: &mut Option<Text>,
        at: At<'_>,
        value: &RawValue,
    ) -> Result<bool, Error> {
        let json = value.get();
        self.limits.check_value(json.len())?;
        if slot.is_some() {
            self.report(Rule::Dup, at, Some(value), || "sent again; the first value counts".to_owned());
            return Ok(false);
        }
        let text = match json.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<String>(json).ok(),
            Some(b'n') => Some(String::new()),
            Some(b'{' | b'[') | None => None,
            Some(_) => Some(json.to_owned()),
        };
        let Some(text) = text else {
            self.shape(at, value, "a text");
            return Ok(false);
        };
        *slot = Some(text).filter(|text| !text.trim().is_empty()).map(Text::from);
        Ok(true)
    }

    /// Reads a number, be it in a string, with all its digits.
    pub(super) fn amount(
        &mut self,
        slot: &mut Option<Amount>,
        at: At<'_>,
        value: &RawValue,
    ) -> Result<bool, Error> {
        let mut text = slot.as_ref().map(|amount| Text::from(amount.as_sent()));
        if !self.text(&mut text, at, value)? {
            return Ok(false);
        }
        let Some(text) = text else { return Ok(true) };
        if text.contains(['e', 'E'])
            && let Ok(value) = Decimal::from_scientific(&text)
        {
            *slot = Some(Amount::with_spelling(value, text));
            return Ok(true);
        }
        let number = match number::read(&text, DecimalMark::Dot) {
            Ok(number) => number,
            Err(why) => {
                let rule = if why == NotRead::Ambiguous { Rule::NumAmbiguous } else { Rule::NumBad };
                self.report(rule, at, Some(value), || format!("{} is not read as a number", excerpt(&text)));
                return Ok(false);
            }
        };
        let is_negative = number.value.is_sign_negative() && !number.value.is_zero();
        for (is_so, rule, what) in [
            (number.decimal_comma, Rule::NumComma, "has a decimal comma"),
            (number.group.is_some(), Rule::NumThousands, "has thousands separators"),
            (number.blanks, Rule::NumBlank, "has blanks"),
            (number.loose, Rule::NumForm, "is not in the plain form"),
            (is_negative, Rule::NumNegative, "is negative"),
        ] {
            if is_so {
                self.report(rule, at, Some(value), || format!("{} {what}", excerpt(&text)));
            }
        }
        *slot = Some(Amount::with_spelling(number.value, text));
        Ok(true)
    }

    /// Reads a count.
    pub(super) fn count(
        &mut self,
        slot: &mut Option<u32>,
        at: At<'_>,
        value: &RawValue,
    ) -> Result<bool, Error> {
        let mut amount = slot.map(Amount::from);
        if !self.amount(&mut amount, at, value)? {
            return Ok(false);
        }
        let Some(amount) = amount.map(|amount| amount.value()) else { return Ok(true) };
        *slot = amount.is_integer().then(|| u32::try_from(amount).ok()).flatten();
        if slot.is_none() {
            self.report(Rule::NumBad, at, Some(value), || format!("{amount} is no count"));
        }
        Ok(slot.is_some())
    }

    /// Reads an array of objects; what is no object goes to `extra`.
    pub(super) fn list<T>(
        &mut self,
        list: &mut Vec<T>,
        extra: &mut Vec<RawField>,
        (at, name): (At<'_>, &str),
        value: &RawValue,
        read: impl Fn(&mut Self, At<'_>, Object<'_>) -> Result<T, Error>,
    ) -> Result<bool, Error> {
        for entry in self.array(at, value) {
            match self.object(at, entry) {
                Some(object) => list.push(read(self, at, object)?),
                None => extra.push(raw_field(name, entry)),
            }
        }
        Ok(true)
    }
}

pub(super) fn raw_field(name: &str, value: &RawValue) -> RawField {
    RawField::new(name, value.get())
}
