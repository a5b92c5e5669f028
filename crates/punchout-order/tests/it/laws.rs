//! What holds for any basket.

use proptest::prelude::*;
use punchout_core::{All, Amount, Ignore, Text};
use punchout_cxml::Document;
use punchout_oci::{Basket, Field, Item};
use punchout_order::OrderDraft;
use roxmltree::{Node, ParsingOptions};
use rust_decimal::Decimal;

use crate::support::{basket, document, draft};

/// Any characters, those that XML cannot say among them, around a word that
/// no other field has.
fn text() -> impl Strategy<Value = Option<(String, String)>> {
    let around =
        || prop_oneof![Just(String::new()), "[\\x00-\\x7fäß€<>&\"' \r\n\t\u{fffe}]{0,6}", "\\PC{0,6}"];
    prop::option::weighted(0.6, (around(), around()))
}

fn named(around: Option<(String, String)>, field: &str) -> Option<Text> {
    around.map(|(before, after)| Text::from(format!("{before}<{field}>{after}")))
}

fn number(digits: u32, scale: u32) -> impl Strategy<Value = Amount> {
    (1..10_u64.pow(digits), 0..=scale)
        .prop_map(|(number, scale)| Decimal::new(number.cast_signed(), scale).into())
}

prop_compose! {
    fn any_item()(
        texts in prop::collection::vec(text(), Field::COUNT),
        extra in prop::collection::vec(text(), 0..3),
        quantity in number(9, 3),
        price in number(9, 4),
        per in prop_oneof![Just(1_u32), 1..2000_u32],
        unit in prop_oneof![Just("PCE"), Just("Stk."), Just("EA"), Just(" kg "), Just("Kuddelmuddel")],
        lead_time in prop::option::of(0..400_u32),
        category in prop::option::of(prop_oneof![Just("31161500"), Just("00107")]),
        manufacturer in prop::option::of(prop_oneof![Just("000100234"), Just("Bosch")]),
        service in prop::option::of(prop_oneof![Just("X"), Just("Service")]),
        parent in prop::option::weighted(0.3, 1..8_u32),
    ) -> Item {
        let mut texts = texts.into_iter();
        let mut text = |field: Field| named(texts.next().unwrap(), field.as_str());
        let mut item = Item::new("", quantity, unit).with_price(price, "EUR", per);
        item.description = text(Field::Description);
        item.long_text = text(Field::LongText);
        item.matnr = text(Field::Matnr);
        item.vendor = text(Field::Vendor);
        item.vendor_mat = text(Field::VendorMat);
        item.manufact_mat = text(Field::ManufactMat);
        item.contract = text(Field::Contract);
        item.contract_item = text(Field::ContractItem);
        item.ext_quote_id = text(Field::ExtQuoteId);
        item.ext_quote_item = text(Field::ExtQuoteItem);
        item.ext_product_id = text(Field::ExtProductId);
        item.attachment = text(Field::Attachment);
        item.attachment_title = text(Field::AttachmentTitle);
        item.attachment_purpose = text(Field::AttachmentPurpose);
        item.ext_schema_type = text(Field::ExtSchemaType);
        item.ext_category_id = text(Field::ExtCategoryId);
        item.ext_category = text(Field::ExtCategory);
        item.sld_sys_name = text(Field::SldSysName);
        for (slot, field) in item.cust_fields.iter_mut().zip([
            Field::CustField1, Field::CustField2, Field::CustField3, Field::CustField4, Field::CustField5,
        ]) {
            *slot = text(field);
        }
        item.item_type = text(Field::ItemType).map(Into::into);
        item.tax = text(Field::Tax);
        item.lead_time = lead_time.map(Amount::from);
        item.matgroup = category.map(Text::from);
        item.manufact_code = manufacturer.map(Text::from);
        item.service = service.map(Text::from);
        item.parent = parent;
        item.parent_id = parent.map(|parent| Text::from(parent.to_string()));
        for (number, around) in extra.into_iter().enumerate() {
            if let Some(value) = named(around, &format!("extra {number}")) {
                item = item.with_extra(format!("EXTRA {number}"), value);
            }
        }
        item
    }
}

fn any_basket() -> impl Strategy<Value = Basket> {
    prop::collection::vec(any_item(), 1..8).prop_map(basket)
}

pub(crate) fn any_document() -> impl Strategy<Value = Document> {
    any_basket().prop_map(|basket| document(&draft().with_basket(&basket, &mut Ignore)))
}

/// What the line costs in the smallest coin, by whole numbers alone.
fn coins(item: &Item, decimals: u32) -> u128 {
    let part = |amount: &Amount| (amount.value().mantissa().unsigned_abs(), amount.value().scale());
    let (quantity, quantity_scale) = part(item.quantity.as_ref().unwrap());
    let (price, price_scale) = part(item.price.as_ref().unwrap());
    let per = item.price_unit.as_ref().unwrap().value().mantissa().unsigned_abs();
    let over = quantity * price * 10_u128.pow(decimals);
    let under = per * 10_u128.pow(quantity_scale + price_scale);
    (2 * over + under) / (2 * under)
}

/// What of a basket cannot be found in the written order.
pub(crate) fn lost(basket: &Basket, bytes: &[u8]) -> Vec<String> {
    let xml = std::str::from_utf8(bytes).unwrap();
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).unwrap();
    let lines: Vec<_> = document.descendants().filter(|node| node.has_tag_name("ItemOut")).collect();
    assert_eq!(lines.len(), basket.items.len());
    let mut lost = Vec::new();
    for (item, line) in basket.items.iter().zip(lines) {
        let said = said(line);
        let is_said = |text: &str| {
            let sayable: String = text.chars().map(|c| if is_sayable(c) { c } else { ' ' }).collect();
            // the line ends of texts are line feeds
            let with_line_feeds = sayable.replace("\r\n", "\n");
            said.iter().any(|said| said.contains(sayable.trim()) || said.contains(with_line_feeds.trim()))
        };
        let is_value = |value: &Amount| {
            said.iter().any(|said| said.parse::<Decimal>().is_ok_and(|said| said == value.value()))
        };
        let is_carried = |field: Field| match field {
            Field::Service if item.text(field) == Some("X") => said.contains(&"service"),
            Field::PriceUnit => {
                item.price_unit_or_one() == Decimal::ONE || item.price_unit.as_ref().is_none_or(is_value)
            }
            Field::Quantity => item.quantity.as_ref().is_none_or(is_value),
            Field::Price => item.price.as_ref().is_none_or(is_value),
            Field::LeadTime => item.lead_time.as_ref().is_none_or(is_value),
            _ => item.text(field).is_none_or(is_said),
        };
        let place = |name: &str| format!("item {} / {name}", item.index);
        lost.extend(Field::all().filter(|field| !is_carried(*field)).map(|field| place(field.as_str())));
        let extra = item.extra.iter().filter(|extra| !extra.value.trim().is_empty());
        lost.extend(
            extra
                .filter(|extra| !is_said(&extra.name) || !is_said(&extra.value))
                .map(|extra| place(&extra.name)),
        );
    }
    lost
}

/// All that a line says: texts and values of attributes.
fn said<'a>(line: Node<'a, 'a>) -> Vec<&'a str> {
    let texts = line.descendants().filter(Node::is_text).filter_map(|node| node.text());
    let values = line.descendants().flat_map(|node| node.attributes()).map(|attribute| attribute.value());
    texts.chain(values).collect()
}

/// The characters of XML 1.0.
fn is_sayable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_total_is_the_sum(basket in any_basket(), currency in prop_oneof![Just(("EUR", 2)), Just(("JPY", 0)), Just(("KWD", 3))]) {
        let (currency, decimals) = currency;
        let mut basket = basket;
        basket.items.iter_mut().for_each(|item| item.currency = Some(currency.into()));
        let expected: u128 = basket.items.iter().map(|item| coins(item, decimals)).sum();
        let total = draft().with_basket(&basket, &mut Ignore).total().unwrap();
        prop_assert_eq!(total.amount.value(), Decimal::from_i128_with_scale(expected.cast_signed(), decimals));
        prop_assert_eq!(total.amount.value().scale(), decimals);
    }

    #[test]
    fn nothing_of_an_item_is_lost(basket in any_basket()) {
        let bytes = document(&draft().with_basket(&basket, &mut Ignore)).write().unwrap();
        prop_assert_eq!(lost(&basket, &bytes), [] as [&str; 0]);
    }

    #[test]
    fn what_is_written_reads_back(document in any_document()) {
        let mut found = All::new();
        let read = Document::read(&document.write().unwrap(), &mut found).unwrap();
        prop_assert_eq!(found.found(), &[]);
        prop_assert_eq!(&read, &document);

        // and an order is a draft that gives the same order again
        let order = read.order_request().unwrap();
        let again = OrderDraft::from(order.clone());
        prop_assert_eq!(&again.to_order_request(&mut Ignore).unwrap(), order);
        for (line, item) in again.lines.iter().zip(&document.order_request().unwrap().item_out) {
            prop_assert_eq!(&line.item_out, item);
        }
    }

    #[test]
    fn nothing_panics(
        basket in any_basket(),
        numbers in prop::collection::vec((any::<i128>(), 0..=28_u32), 8),
        dropped in prop::collection::vec(any::<bool>(), 8),
    ) {
        let mut basket = basket;
        for (item, (mantissa, scale)) in basket.items.iter_mut().zip(&numbers) {
            let amount = Amount::from(Decimal::try_from_i128_with_scale(mantissa >> 33, *scale).unwrap_or(Decimal::MAX));
            item.quantity = Some(amount.clone());
            item.price = Some(amount.clone());
            item.price_unit = Some(amount.clone());
            item.lead_time = Some(amount);
        }
        let mut draft = draft().with_basket(&basket, &mut All::new());
        let mut dropped = dropped.into_iter();
        draft.lines.retain(|_| !dropped.next().unwrap());
        if let Err(error) = draft.to_order_request(&mut All::new()) {
            prop_assert!(error.line().is_none_or(|line| line < draft.lines.len()));
        }
    }
}
