//! What an item as a whole must have.

use crate::basket::Item;
use crate::decode::Decoder;
use crate::decode::assemble::Slot;
use crate::decode::value::is_usual_price_unit;
use crate::field::Field;
use crate::report::{At, Reporter};
use crate::rule::Rule;

impl Decoder {
    /// Items are counted from 1 without a gap.
    pub(super) fn check_numbering(
        &self,
        items: &[Item],
        slots: &[Slot],
        shift: u32,
        reporter: &mut Reporter<'_>,
    ) {
        let start = self.profile.index.start;
        let Some((first, slot)) = items.first().zip(slots.first()) else { return };
        if first.index == 0 || (shift == 1 && start == 1) {
            reporter.report(Rule::IdxZero, At::Item(first.index), Some(slot.first.range()), || match shift {
                0 => "an item has the index 0".into(),
                _ => "items are counted from 0; 1 is added to each index".into(),
            });
        }
        let mut expected = first.index.min(1);
        for (item, slot) in items.iter().zip(slots) {
            if item.index > expected {
                let before = item.index - 1;
                reporter.report(Rule::IdxGap, At::Item(item.index), Some(slot.first.range()), || {
                    if before == expected {
                        format!("there is no item {before}")
                    } else {
                        format!("there are no items {expected} to {before}")
                    }
                });
            }
            expected = item.index.saturating_add(1);
        }
    }

    /// The fields that are required always, or because of others.
    pub(super) fn check_item(&self, item: &Item, slot: Slot, reporter: &mut Reporter<'_>) {
        let index = item.index;
        let span = || Some(slot.first.range());
        let rules = &self.profile.conditions;
        let has = |field| slot.has(field);
        let mut missing = |rule: Rule, field: Field, message: &str| {
            reporter.report(rule, At::Field(index, field), span(), || message.to_owned());
        };

        if !has(Field::Quantity) {
            missing(Rule::ReqQuantity, Field::Quantity, "the item has no quantity");
        }
        let (description, matnr) = (has(Field::Description), has(Field::Matnr));
        if rules.description_or_matnr && !description && !matnr {
            missing(
                Rule::ReqDescription,
                Field::Description,
                "the item has neither description nor material number",
            );
        }
        if rules.not_description_and_matnr && description && matnr {
            missing(
                Rule::BothDescriptionMatnr,
                Field::Matnr,
                "the item has both description and material number",
            );
        }
        if rules.unit_without_matnr && !matnr && !has(Field::Unit) {
            missing(Rule::ReqUnit, Field::Unit, "the item has neither unit nor material number");
        }
        if rules.currency_with_price && has(Field::Price) && !has(Field::Currency) {
            missing(Rule::ReqCurrency, Field::Currency, "the item has a price and no currency");
        }
        if rules.contract_with_item && has(Field::ContractItem) && !has(Field::Contract) {
            missing(Rule::ReqContract, Field::Contract, "the item has a contract line and no contract");
        }
        if rules.quote_with_item && has(Field::ExtQuoteItem) && !has(Field::ExtQuoteId) {
            missing(Rule::ReqQuote, Field::ExtQuoteId, "the item has a quote line and no quote");
        }
        let category = has(Field::ExtCategoryId) || has(Field::ExtCategory);
        if rules.schema_with_category && category && !has(Field::ExtSchemaType) {
            missing(Rule::ReqSchema, Field::ExtSchemaType, "the item has a category and no classification");
        }
        if rules.product_id && !has(Field::ExtProductId) {
            missing(Rule::ReqProduct, Field::ExtProductId, "the item has no product key");
        }
        for field in &self.required {
            // a missing quantity is reported above
            if *field != Field::Quantity && !has(*field) {
                reporter.report(Rule::ReqField, At::Field(index, *field), span(), || {
                    format!("the item has no {field}, which {} requires", self.profile.name)
                });
            }
        }
        for field in &self.forbidden {
            if has(*field) {
                reporter.report(Rule::Forbidden, At::Field(index, *field), span(), || {
                    format!("the item has {field}, which {} forbids", self.profile.name)
                });
            }
        }
        check_price_unit(item, slot, reporter);
        // the limit counts for all pieces together
        if let Some(text) = &item.long_text {
            let at = At::Field(index, Field::LongText);
            self.check_length(Field::LongText, text, at, &slot.long_text.range(), reporter);
        }
    }
}

/// A price for far more units than are ordered is mostly a mix-up.
fn check_price_unit(item: &Item, slot: Slot, reporter: &mut Reporter<'_>) {
    let (Some(unit), Some(quantity)) = (&item.price_unit, &item.quantity) else { return };
    let (unit, quantity) = (unit.value(), quantity.value());
    let most = quantity.checked_mul(1000.into());
    let is_far_off = most.is_some_and(|most| !most.is_zero() && most.is_sign_positive() && unit > most);
    // an unusual one is reported with its own value
    if is_far_off && is_usual_price_unit(unit) {
        let at = At::Field(item.index, Field::PriceUnit);
        reporter.report(Rule::PriceUnitOdd, at, Some(slot.price_unit.range()), || {
            format!("price unit {unit} is more than 1000 times the quantity {quantity}")
        });
    }
}
