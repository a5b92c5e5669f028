//! A basket as JSON. Programs read this: keys and their order stay.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use punchout::core::{Amount, Diagnostic};
use punchout::oci::{Basket, Field, Item, SentField};
use serde::Serialize;

use crate::output::named::Named;

#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    items: Vec<JsonItem<'a>>,
    controls: Named<'a>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Debug, Serialize)]
struct JsonItem<'a> {
    index: u32,
    fields: BTreeMap<Field, Cow<'a, str>>,
    description: Option<&'a str>,
    quantity: Option<String>,
    unit: Option<&'a str>,
    unit_resolved: Option<JsonUnit<'a>>,
    price: Option<String>,
    price_unit: Option<String>,
    unit_price: Option<String>,
    currency: Option<&'a str>,
    long_text: Option<&'a str>,
    extra: Named<'a>,
}

#[derive(Debug, Serialize)]
struct JsonUnit<'a> {
    code: &'a str,
    tier: &'static str,
}

impl<'a> Document<'a> {
    pub(super) fn new(basket: &'a Basket, diagnostics: &'a [Diagnostic]) -> Self {
        let mut sent = basket.sent.by_item().into_iter().peekable();
        let mut items = Vec::with_capacity(basket.items.len());
        for item in &basket.items {
            let own = std::iter::from_fn(|| sent.next_if(|field| field.index <= item.index));
            items.push(JsonItem::new(item, fields(own)));
        }
        let controls = basket.controls.iter().map(|control| (control.name.as_str(), control.value.as_str()));
        Self { items, controls: controls.collect(), diagnostics }
    }
}

impl<'a> JsonItem<'a> {
    fn new(item: &'a Item, fields: BTreeMap<Field, Cow<'a, str>>) -> Self {
        let number =
            |amount: &Option<Amount>| amount.as_ref().map(|amount| amount.value().normalize().to_string());
        Self {
            index: item.index,
            fields,
            description: item.description.as_deref(),
            quantity: number(&item.quantity),
            unit: item.unit.as_deref(),
            unit_resolved: item
                .unit_resolved
                .as_ref()
                .map(|unit| JsonUnit { code: &unit.code, tier: unit.tier.as_str() }),
            price: number(&item.price),
            price_unit: number(&item.price_unit),
            unit_price: item.unit_price().map(|price| price.normalize().to_string()),
            currency: item.currency.as_deref(),
            long_text: item.long_text.as_deref(),
            extra: item.extra.iter().map(|extra| (extra.name.as_str(), extra.value.as_str())).collect(),
        }
    }
}

/// The texts of an item's fields as decoded, also of those that could not be
/// read as what they should be.
///
/// The first value that is not blank counts, as in the model; the pieces of a
/// long text are joined.
fn fields<'a>(sent: impl Iterator<Item = SentField<'a>>) -> BTreeMap<Field, Cow<'a, str>> {
    let mut fields = BTreeMap::new();
    for SentField { field, value, .. } in sent {
        let Some(field) = field else { continue };
        match fields.entry(field) {
            Entry::Vacant(entry) => {
                entry.insert(Cow::Borrowed(value));
            }
            Entry::Occupied(mut entry) if field == Field::LongText => {
                entry.get_mut().to_mut().push_str(value);
            }
            Entry::Occupied(mut entry) if entry.get().trim().is_empty() => {
                entry.insert(Cow::Borrowed(value));
            }
            Entry::Occupied(_) => {}
        }
    }
    fields
}
