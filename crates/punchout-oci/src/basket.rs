//! What a shop returned: items, and whatever came with them.

use punchout_core::{Amount, Text};
use rust_decimal::Decimal;

use crate::field::Field;
use crate::sent::Sent;
use crate::unit::Resolved;

/// The basket that a shop returned.
///
/// `items` is what a buyer works with, sorted by index. `sent` is the return
/// as it came, pair by pair, so that nothing is lost: what could not be read,
/// what came twice, what was empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Basket {
    /// The items, by rising index.
    pub items: Vec<Item>,
    /// The pairs that belong to no item, such as `~OkCode`, in their order.
    pub controls: Vec<Control>,
    /// All pairs of items, in the order in which they were sent.
    pub sent: Sent,
}

impl Basket {
    /// Starts a basket of items; they are numbered from 1 unless their numbers
    /// rise already.
    #[must_use]
    pub fn new(mut items: Vec<Item>) -> Self {
        if !items.is_sorted_by(|one, other| one.index < other.index) {
            for (number, item) in (1..).zip(&mut items) {
                item.index = number;
            }
        }
        Self { items, controls: Vec::new(), sent: Sent::default() }
    }

    /// The first control of this name, in any case.
    #[must_use]
    pub fn control(&self, name: &str) -> Option<&str> {
        self.controls
            .iter()
            .find(|control| control.name.eq_ignore_ascii_case(name))
            .map(|control| &*control.value)
    }

    /// The exact sum of the lines, if all items have a price in one currency.
    ///
    /// Each line is quantity times price by price unit; nothing is rounded but
    /// the 28th digit.
    #[must_use]
    pub fn total(&self) -> Option<Decimal> {
        let currency = self.items.first()?.currency.as_ref();
        let sum = self.items.iter().try_fold(Decimal::ZERO, |sum, item| {
            (item.currency.as_ref() == currency).then(|| sum.checked_add(item.line_total()?)).flatten()
        });
        sum.map(|sum| sum.normalize())
    }
}

/// One line of a basket.
///
/// The fields are named as in OCI. A field that was not sent, or was sent
/// empty, or could not be read, is `None`; [`Basket::sent`] tells these apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct Item {
    /// Its number in the basket, from 1.
    pub index: u32,
    /// DESCRIPTION: item text; at most 40 characters by the protocol.
    pub description: Option<Text>,
    /// MATNR: the buyer's own product number.
    pub matnr: Option<Text>,
    /// MATGROUP: the buyer's material group.
    pub matgroup: Option<Text>,
    /// QUANTITY: ordered quantity in `unit`.
    pub quantity: Option<Amount>,
    /// UNIT: unit of the quantity, as sent.
    pub unit: Option<Text>,
    /// What `unit` means, if that is known.
    pub unit_resolved: Option<Resolved>,
    /// PRICE: net price of `price_unit` units.
    pub price: Option<Amount>,
    /// CURRENCY: ISO 4217 code, as sent.
    pub currency: Option<Text>,
    /// PRICEUNIT: how many units the price is for; 1 when absent.
    pub price_unit: Option<Amount>,
    /// PRICEUNIT was sent and could not be read: nobody knows how many units
    /// the price is for, and nothing is calculated with it.
    pub price_unit_unread: bool,
    /// LEADTIME: delivery time in days.
    pub lead_time: Option<Amount>,
    /// LONGTEXT: all its pieces, joined in the order they came.
    pub long_text: Option<Text>,
    /// VENDOR: the supplier's number in the buyer's system.
    pub vendor: Option<Text>,
    /// VENDORMAT: the supplier's article number, inner blanks and all.
    pub vendor_mat: Option<Text>,
    /// MANUFACTCODE: the manufacturer's number in the buyer's system.
    pub manufact_code: Option<Text>,
    /// MANUFACTMAT: the manufacturer's part number.
    pub manufact_mat: Option<Text>,
    /// CONTRACT: the buyer's contract number.
    pub contract: Option<Text>,
    /// `CONTRACT_ITEM`: line of the contract.
    pub contract_item: Option<Text>,
    /// SERVICE: `X` for a service.
    pub service: Option<Text>,
    /// `EXT_QUOTE_ID`: the supplier's quote number.
    pub ext_quote_id: Option<Text>,
    /// `EXT_QUOTE_ITEM`: line of the quote.
    pub ext_quote_item: Option<Text>,
    /// `EXT_PRODUCT_ID`: the shop's key of the product.
    pub ext_product_id: Option<Text>,
    /// ATTACHMENT: URL of a file.
    pub attachment: Option<Text>,
    /// `ATTACHMENT_TITLE`: title of the file.
    pub attachment_title: Option<Text>,
    /// `ATTACHMENT_PURPOSE`: `C` for a configuration.
    pub attachment_purpose: Option<Text>,
    /// `EXT_SCHEMA_TYPE`: name of the classification, such as `UNSPSC`.
    pub ext_schema_type: Option<Text>,
    /// `EXT_CATEGORY_ID`: category key in the classification.
    pub ext_category_id: Option<Text>,
    /// `EXT_CATEGORY`: category key with version, or name.
    pub ext_category: Option<Text>,
    /// `SLD_SYS_NAME`: logical name of the selling system.
    pub sld_sys_name: Option<Text>,
    /// `CUST_FIELD1` to `CUST_FIELD5`: free, by agreement.
    pub cust_fields: [Option<Text>; 5],
    /// `ITEM_TYPE`: place in a hierarchy.
    pub item_type: Option<ItemType>,
    /// `PARENT_ID`: index of the line above, as sent.
    pub parent_id: Option<Text>,
    /// The index that `parent_id` points to, counted as in `index`.
    pub parent: Option<u32>,
    /// TAX: tax percentage or code.
    pub tax: Option<Text>,
    /// The fields that OCI does not know, in their order.
    pub extra: Vec<ExtraField>,
}

impl Item {
    /// Starts an item with what every item has.
    #[must_use]
    pub fn new(description: impl Into<Text>, quantity: impl Into<Amount>, unit: impl Into<Text>) -> Self {
        Self {
            index: 1,
            description: Some(description.into()),
            quantity: Some(quantity.into()),
            unit: Some(unit.into()),
            ..Self::default()
        }
    }

    /// Sets the price, its currency, and how many units it is for.
    #[must_use]
    pub fn with_price(
        mut self,
        price: impl Into<Amount>,
        currency: impl Into<Text>,
        price_unit: impl Into<Amount>,
    ) -> Self {
        self.price = Some(price.into());
        self.currency = Some(currency.into());
        self.price_unit = Some(price_unit.into());
        self
    }

    /// Sets the supplier's article number, which is also the product key.
    #[must_use]
    pub fn with_article(mut self, number: impl Into<Text>) -> Self {
        let number = number.into();
        self.vendor_mat = Some(number.clone());
        self.ext_product_id = Some(number);
        self
    }

    /// Sets the long text.
    #[must_use]
    pub fn with_long_text(mut self, text: impl Into<Text>) -> Self {
        self.long_text = Some(text.into());
        self
    }

    /// Adds a field that OCI does not know.
    #[must_use]
    pub fn with_extra(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.extra.push(ExtraField::new(name, value));
        self
    }

    /// The number of units that the price is for: `price_unit`, or 1.
    #[must_use]
    pub fn price_unit_or_one(&self) -> Decimal {
        self.price_unit.as_ref().map(Amount::value).filter(|unit| !unit.is_zero()).unwrap_or(Decimal::ONE)
    }

    /// The price, if it is known what it is for.
    fn priced(&self) -> Option<&Amount> {
        self.price.as_ref().filter(|_| !self.price_unit_unread)
    }

    /// The price of one unit: price by price unit.
    ///
    /// `None` without a price, or when its unit could not be read.
    ///
    /// Without trailing zeros; exact as long as the quotient has at most 28 digits; 10 for 3 has not.
    /// To calculate a line take [`Item::line_total`], which divides last.
    #[must_use]
    pub fn unit_price(&self) -> Option<Decimal> {
        Some(self.priced()?.value().checked_div(self.price_unit_or_one())?.normalize())
    }

    /// Quantity times price by price unit, without trailing zeros.
    #[must_use]
    pub fn line_total(&self) -> Option<Decimal> {
        let (quantity, price) = (self.quantity.as_ref()?.value(), self.priced()?.value());
        Some(quantity.checked_mul(price)?.checked_div(self.price_unit_or_one())?.normalize())
    }

    /// The lead time in whole days, if it is that.
    #[must_use]
    pub fn lead_time_days(&self) -> Option<u32> {
        let days = self.lead_time.as_ref()?.value();
        days.is_integer().then(|| u32::try_from(days).ok()).flatten()
    }

    /// Whether the line is a service: SERVICE is filled.
    #[must_use]
    pub fn is_service(&self) -> bool {
        self.service.as_ref().is_some_and(|service| !service.trim().is_empty())
    }

    /// The unit's code to work with: the resolved one, else what was sent.
    #[must_use]
    pub fn unit_code(&self) -> Option<&str> {
        match &self.unit_resolved {
            Some(resolved) => Some(&resolved.code),
            None => self.unit.as_deref(),
        }
    }

    /// The text of a field as the model has it.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Description => self.description.as_deref(),
            Field::Matnr => self.matnr.as_deref(),
            Field::Matgroup => self.matgroup.as_deref(),
            Field::Quantity => self.quantity.as_ref().map(Amount::as_sent),
            Field::Unit => self.unit.as_deref(),
            Field::Price => self.price.as_ref().map(Amount::as_sent),
            Field::Currency => self.currency.as_deref(),
            Field::PriceUnit => self.price_unit.as_ref().map(Amount::as_sent),
            Field::LeadTime => self.lead_time.as_ref().map(Amount::as_sent),
            Field::LongText => self.long_text.as_deref(),
            Field::Vendor => self.vendor.as_deref(),
            Field::VendorMat => self.vendor_mat.as_deref(),
            Field::ManufactCode => self.manufact_code.as_deref(),
            Field::ManufactMat => self.manufact_mat.as_deref(),
            Field::Contract => self.contract.as_deref(),
            Field::ContractItem => self.contract_item.as_deref(),
            Field::Service => self.service.as_deref(),
            Field::ExtQuoteId => self.ext_quote_id.as_deref(),
            Field::ExtQuoteItem => self.ext_quote_item.as_deref(),
            Field::ExtProductId => self.ext_product_id.as_deref(),
            Field::Attachment => self.attachment.as_deref(),
            Field::AttachmentTitle => self.attachment_title.as_deref(),
            Field::AttachmentPurpose => self.attachment_purpose.as_deref(),
            Field::ExtSchemaType => self.ext_schema_type.as_deref(),
            Field::ExtCategoryId => self.ext_category_id.as_deref(),
            Field::ExtCategory => self.ext_category.as_deref(),
            Field::SldSysName => self.sld_sys_name.as_deref(),
            Field::CustField1 => self.cust_fields.first().and_then(|text| text.as_deref()),
            Field::CustField2 => self.cust_fields.get(1).and_then(|text| text.as_deref()),
            Field::CustField3 => self.cust_fields.get(2).and_then(|text| text.as_deref()),
            Field::CustField4 => self.cust_fields.get(3).and_then(|text| text.as_deref()),
            Field::CustField5 => self.cust_fields.get(4).and_then(|text| text.as_deref()),
            Field::ItemType => self.item_type.as_ref().map(ItemType::as_str),
            Field::ParentId => self.parent_id.as_deref(),
            Field::Tax => self.tax.as_deref(),
        }
    }

    /// The place of a field that holds plain text.
    pub(crate) fn text_mut(&mut self, field: Field) -> Option<&mut Option<Text>> {
        Some(match field {
            Field::Description => &mut self.description,
            Field::Matnr => &mut self.matnr,
            Field::Matgroup => &mut self.matgroup,
            Field::Unit => &mut self.unit,
            Field::Currency => &mut self.currency,
            Field::LongText => &mut self.long_text,
            Field::Vendor => &mut self.vendor,
            Field::VendorMat => &mut self.vendor_mat,
            Field::ManufactCode => &mut self.manufact_code,
            Field::ManufactMat => &mut self.manufact_mat,
            Field::Contract => &mut self.contract,
            Field::ContractItem => &mut self.contract_item,
            Field::Service => &mut self.service,
            Field::ExtQuoteId => &mut self.ext_quote_id,
            Field::ExtQuoteItem => &mut self.ext_quote_item,
            Field::ExtProductId => &mut self.ext_product_id,
            Field::Attachment => &mut self.attachment,
            Field::AttachmentTitle => &mut self.attachment_title,
            Field::AttachmentPurpose => &mut self.attachment_purpose,
            Field::ExtSchemaType => &mut self.ext_schema_type,
            Field::ExtCategoryId => &mut self.ext_category_id,
            Field::ExtCategory => &mut self.ext_category,
            Field::SldSysName => &mut self.sld_sys_name,
            Field::CustField1 => self.cust_fields.first_mut()?,
            Field::CustField2 => self.cust_fields.get_mut(1)?,
            Field::CustField3 => self.cust_fields.get_mut(2)?,
            Field::CustField4 => self.cust_fields.get_mut(3)?,
            Field::CustField5 => self.cust_fields.get_mut(4)?,
            Field::ParentId => &mut self.parent_id,
            Field::Tax => &mut self.tax,
            Field::Quantity | Field::Price | Field::PriceUnit | Field::LeadTime | Field::ItemType => {
                return None;
            }
        })
    }

    /// The place of a field that holds a number.
    pub(crate) fn amount_mut(&mut self, field: Field) -> Option<&mut Option<Amount>> {
        Some(match field {
            Field::Quantity => &mut self.quantity,
            Field::Price => &mut self.price,
            Field::PriceUnit => &mut self.price_unit,
            Field::LeadTime => &mut self.lead_time,
            _ => return None,
        })
    }
}

/// The place of a line in a hierarchy (OCI 5.0).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ItemType {
    /// `R`: the root of a group.
    Root,
    /// `O`: an outline, itself a child.
    Outline,
    /// `F`: an ordinary item.
    Function,
    /// Another spelling, as sent.
    #[doc(hidden)]
    Other(Text),
}

impl ItemType {
    /// The letter, or what was sent in its place.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Root => "R",
            Self::Outline => "O",
            Self::Function => "F",
            Self::Other(text) => text,
        }
    }
}

impl From<Text> for ItemType {
    fn from(text: Text) -> Self {
        match text.as_str() {
            "R" => Self::Root,
            "O" => Self::Outline,
            "F" => Self::Function,
            _ => Self::Other(text),
        }
    }
}

impl From<&str> for ItemType {
    fn from(text: &str) -> Self {
        Self::from(Text::from(text))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ItemType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ItemType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(Self::from)
    }
}

/// A field of an item that OCI does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtraField {
    /// Its name without `NEW_ITEM-` and index, as spelled.
    pub name: Text,
    /// Its value.
    pub value: Text,
}

impl ExtraField {
    /// Makes a field.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// A pair of a return that belongs to no item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Control {
    /// Its name, as spelled.
    pub name: Text,
    /// Its value.
    pub value: Text,
}

impl Control {
    /// Makes a control.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_exact() {
        let price = |price: &str, unit: &str| {
            Item::new("bolt", 250, "PCE").with_price(
                price.parse::<Amount>().unwrap(),
                "EUR",
                unit.parse::<Amount>().unwrap(),
            )
        };
        assert_eq!(price("50.00", "5").unit_price().unwrap().to_string(), "10");
        assert_eq!(price("12.34", "100").line_total().unwrap().to_string(), "30.85");
        assert_eq!(price("10", "3").line_total().unwrap().round_dp(4).to_string(), "833.3333");
        assert_eq!(price("7", "0").unit_price().unwrap().to_string(), "7");
        let mut basket = Basket::new(vec![price("1", "1"), price("0.01", "10")]);
        assert_eq!(basket.total().unwrap().to_string(), "250.25");
        basket.items[1].currency = Some("USD".into());
        assert_eq!(basket.total(), None);
    }
}
