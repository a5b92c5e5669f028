//! Items as pairs of name and value.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use punchout_core::{Amount, excerpt, truncated};
use rust_decimal::Decimal;

use crate::basket::{Basket, Item};
use crate::encode::Encoder;
use crate::error::Error;
use crate::field::Field;
use crate::name::{self, FieldName};
use crate::profile::LongTextForm;
use crate::report::{At, Reporter};
use crate::rule::Rule;

impl Encoder {
    pub(super) fn item_pairs(
        &self,
        basket: &Basket,
        out: &mut Vec<(String, String)>,
        reporter: &mut Reporter<'_>,
    ) -> Result<(), Error> {
        let start = self.profile.index.start;
        let items = || basket.items.iter().filter(|item| says_something(item));
        let numbers: BTreeMap<u32, u32> = items().map(|item| item.index).zip(start..).collect();
        for (item, number) in items().zip(start..) {
            let written = Written::of(item, self, &numbers, reporter);
            for field in Field::all() {
                let value = match field {
                    Field::LongText => continue,
                    Field::Matnr if !written.matnr => None,
                    _ => written.text(item, field),
                };
                if let Some(value) = value {
                    out.push((format!("NEW_ITEM-{field}[{number}]"), value.to_owned()));
                }
            }
            if let Some(text) = written.text(item, Field::LongText) {
                let name = match self.profile.encode.long_text {
                    LongTextForm::Indexed => format!("NEW_ITEM-LONGTEXT[{number}]"),
                    LongTextForm::Canonical => format!("NEW_ITEM-LONGTEXT_{number}:132[]"),
                };
                out.push((name, text.to_owned()));
            }
            for extra in &item.extra {
                let name = format!("NEW_ITEM-{}[{number}]", extra.name);
                check_extra(&extra.name, &name)?;
                out.push((name, extra.value.to_string()));
            }
        }
        Ok(())
    }
}

/// An item without a single pair would leave a gap in the numbers; one that
/// has a parent and nothing else may lose that.
pub(super) fn says_something(item: &Item) -> bool {
    let mut fields = Field::all().filter(|field| *field != Field::ParentId);
    !item.extra.is_empty() || fields.any(|field| item.text(field).is_some())
}

/// An extra field must be read back as what it is.
fn check_extra(own: &str, name: &str) -> Result<(), Error> {
    match name::parse(name) {
        Some(parsed) => match parsed.field {
            FieldName::Unknown(place) if name.get(place.clone()) == Some(own) => Ok(()),
            FieldName::Known(field) => Err(Error::misuse(format!(
                "the extra field {} is the OCI field {field}: set that one",
                excerpt(own)
            ))),
            FieldName::Unknown(_) => Err(Error::misuse(format!(
                "the extra field {} has blanks around it or brackets in it",
                excerpt(own)
            ))),
        },
        None => Err(Error::misuse("an extra field has no name")),
    }
}

/// The values that are not written as the item has them.
#[derive(Default)]
pub(super) struct Written {
    changed: BTreeMap<Field, Option<String>>,
    pub(super) matnr: bool,
}

impl Written {
    pub(super) fn of(
        item: &Item,
        encoder: &Encoder,
        numbers: &BTreeMap<u32, u32>,
        reporter: &mut Reporter<'_>,
    ) -> Self {
        let digits = encoder.profile.encode.fraction_digits;
        let mut written = Self { changed: BTreeMap::new(), matnr: encoder.profile.encode.matnr };
        let mut set = |field, value: Option<String>| {
            written.changed.insert(field, value);
        };

        if let Some(quantity) = &item.quantity {
            set(Field::Quantity, Some(fixed(quantity.value(), digits)));
        }
        if let Some(days) = &item.lead_time {
            set(Field::LeadTime, Some(plain(days.value())));
        }
        let unit = item.price_unit.as_ref().map(Amount::value);
        match &item.price {
            Some(price) => {
                let unit = unit.filter(|unit| !unit.is_zero()).unwrap_or(Decimal::ONE);
                let (scaled, scaled_unit) = save_decimals(price.value(), unit, digits);
                if scaled_unit != unit {
                    reporter.report(Rule::OutScaled, At::Field(item.index, Field::Price), None, || {
                        format!("{} for {unit} is written as {scaled} for {scaled_unit}", price.value())
                    });
                }
                set(Field::Price, Some(fixed(scaled, digits)));
                set(Field::PriceUnit, Some(plain(scaled_unit)));
            }
            None => set(Field::PriceUnit, unit.map(plain)),
        }

        if let Some(parent) = item.parent {
            let number = numbers.get(&parent).map(ToString::to_string);
            if number.is_none() {
                left_parent(item, reporter);
            }
            set(Field::ParentId, number);
        } else if item.parent_id.as_deref().is_some_and(|sent| !sent.trim().is_empty()) {
            // renumbered items would turn it into another one's child
            left_parent(item, reporter);
            set(Field::ParentId, None);
        }

        let max = encoder
            .profile
            .field("DESCRIPTION")
            .and_then(|rule| rule.max)
            .map_or(usize::MAX, |max| max as usize);
        if encoder.profile.encode.cut_description
            && let Some(description) = item.description.as_deref()
            && let Some((cut, _)) = description.char_indices().nth(max)
        {
            let short = truncated(description, cut).trim_end();
            reporter.report(Rule::OutCut, At::Field(item.index, Field::Description), None, || {
                format!("{} is written as {}", excerpt(description), excerpt(short))
            });
            set(Field::Description, Some(short.to_owned()));
            let whole = match item.long_text.as_deref() {
                Some(text) if text.starts_with(description) => text.to_owned(),
                Some(text) => {
                    let mut whole = String::with_capacity(description.len() + text.len() + 1);
                    let _ = write!(whole, "{description}\n{text}");
                    whole
                }
                None => description.to_owned(),
            };
            set(Field::LongText, Some(whole));
        }

        if item.matnr.is_some() && !written.matnr {
            if item.description.is_none() {
                written.matnr = true;
            } else {
                reporter.report(Rule::OutMatnr, At::Field(item.index, Field::Matnr), None, || {
                    format!("MATNR {} is left out", excerpt(item.matnr.as_deref().unwrap_or_default()))
                });
            }
        }
        written
    }

    pub(super) fn text<'a>(&'a self, item: &'a Item, field: Field) -> Option<&'a str> {
        match self.changed.get(&field) {
            Some(changed) => changed.as_deref(),
            None => item.text(field),
        }
    }
}

fn left_parent(item: &Item, reporter: &mut Reporter<'_>) {
    reporter.report(Rule::OutParent, At::Field(item.index, Field::ParentId), None, || {
        format!("parent {} is left out", excerpt(item.parent_id.as_deref().unwrap_or_default()))
    });
}

/// With so many decimals, or more where the value has them.
fn fixed(value: Decimal, digits: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < digits {
        value.rescale(digits);
    }
    value.to_string()
}

fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Writes a price for ten, a hundred or a thousand times as many units, if
/// that is what it takes to have no decimals too many.
fn save_decimals(price: Decimal, unit: Decimal, digits: u32) -> (Decimal, Decimal) {
    const MOST: u32 = 99_999;
    let (mut scaled, mut scaled_unit) = (price.normalize(), unit.normalize());
    if !scaled_unit.is_integer() {
        return (price, unit);
    }
    while scaled.scale() > digits {
        let (Some(more), Some(units)) =
            (scaled.checked_mul(Decimal::TEN), scaled_unit.checked_mul(Decimal::TEN))
        else {
            return (price, unit);
        };
        if units > Decimal::from(MOST) {
            return (price, unit);
        }
        (scaled, scaled_unit) = (more.normalize(), units);
    }
    (scaled, scaled_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_saved() {
        let scaled = |price: &str, unit: &str| {
            let (price, unit) = save_decimals(price.parse().unwrap(), unit.parse().unwrap(), 3);
            (fixed(price, 3), plain(unit))
        };
        let want = |price: &str, unit: &str| (price.to_owned(), unit.to_owned());
        assert_eq!(scaled("12.5", "1"), want("12.500", "1"));
        assert_eq!(scaled("0.0215", "1"), want("0.215", "10"));
        assert_eq!(scaled("17.5000", "1"), want("17.500", "1"));
        assert_eq!(scaled("0.00001234", "1"), want("0.00001234", "1"));
        // a price unit has five digits
        assert_eq!(scaled("0.12345", "1000"), want("0.12345", "1000"));
        assert_eq!(scaled("0.0125", "0.5"), want("0.0125", "0.5"));
    }
}
