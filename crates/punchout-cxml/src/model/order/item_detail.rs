use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    AttachmentReference, Description, Extrinsic, ItemDetailIndustry, Modifications, Money, Other,
    PricingConditions, Url,
};

/// Price, description and unit of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemDetail {
    /// The price of one price unit.
    pub unit_price: UnitPrice,
    /// What it is; one for each language.
    pub description: Vec<Description>,
    /// The most that a limit item may cost.
    pub overall_limit: Option<Box<Money>>,
    /// What a limit item is expected to cost.
    pub expected_limit: Option<Box<Money>>,
    /// The unit that is ordered, a code of UN/ECE Recommendation 20.
    pub unit_of_measure: Text,
    /// What the unit price is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// The commodity; at least one.
    pub classification: Vec<Classification>,
    /// The manufacturer's part number.
    pub manufacturer_part_id: Option<Text>,
    /// The manufacturer.
    pub manufacturer_name: Option<ManufacturerName>,
    /// A page about it.
    pub url: Option<Url>,
    /// Days from order to delivery.
    pub lead_time: Option<Amount>,
    /// Sizes and weights.
    pub dimension: Vec<Dimension>,
    /// What only some trades need to know of it.
    pub item_detail_industry: Option<Box<ItemDetailIndustry>>,
    /// Files about it that are had from elsewhere.
    pub attachment_reference: Vec<AttachmentReference>,
    /// Days that acceptance takes.
    pub planned_acceptance_days: Option<Box<Amount>>,
    /// What else belongs to the line.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What every [`ItemDetail`] has.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "it is made to be written out in full")]
pub struct ItemDetailInit {
    /// The price of one price unit.
    pub unit_price: UnitPrice,
    /// What it is.
    pub description: Description,
    /// The unit that is ordered, a code of UN/ECE Recommendation 20.
    pub unit_of_measure: Text,
    /// The commodity.
    pub classification: Classification,
}

impl From<ItemDetailInit> for ItemDetail {
    fn from(init: ItemDetailInit) -> Self {
        let ItemDetailInit { unit_price, description, unit_of_measure, classification } = init;
        Self {
            unit_price,
            description: vec![description],
            overall_limit: None,
            expected_limit: None,
            unit_of_measure,
            price_basis_quantity: None,
            classification: vec![classification],
            manufacturer_part_id: None,
            manufacturer_name: None,
            url: None,
            lead_time: None,
            dimension: Vec::new(),
            item_detail_industry: None,
            attachment_reference: Vec::new(),
            planned_acceptance_days: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

impl ItemDetail {
    /// Sets the manufacturer and its part number.
    #[must_use]
    pub fn with_manufacturer(mut self, name: impl Into<Text>, part_id: impl Into<Text>) -> Self {
        self.manufacturer_part_id = Some(part_id.into());
        self.manufacturer_name = Some(ManufacturerName::new(name));
        self
    }

    /// Sets the days that acceptance takes.
    #[must_use]
    pub fn with_planned_acceptance_days(mut self, days: u32) -> Self {
        self.planned_acceptance_days = Some(Box::new(days.into()));
        self
    }
}

setters! {
    ItemDetail {
        /// Adds the description in another language.
        description: with_description(description: Description),
        /// Sets the most that a limit item may cost.
        overall_limit: with_overall_limit(limit: Money),
        /// Sets what a limit item is expected to cost.
        expected_limit: with_expected_limit(limit: Money),
        /// Sets what the unit price is for.
        price_basis_quantity: with_price_basis_quantity(basis: PriceBasisQuantity),
        /// Adds a commodity of another classification.
        classification: with_classification(classification: Classification),
        /// Sets the days from order to delivery.
        lead_time: with_lead_time(days: u32),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

/// The price of one price unit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnitPrice {
    /// The price.
    pub money: Money,
    /// How the price came about from another.
    pub modifications: Option<Modifications>,
    /// What it is by date and quantity.
    pub pricing_conditions: Option<Box<PricingConditions>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl UnitPrice {
    /// A price.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { money, modifications: None, pricing_conditions: None, other: Other::default() }
    }

    /// Whether something stands with the price that may change what is paid.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.modifications.is_some()
            || self.pricing_conditions.is_some()
            || self.other.elements().next().is_some()
    }
}

impl From<Money> for UnitPrice {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// What a unit price is for.
///
/// The price is for `quantity` of `unit_of_measure`; one ordered unit is
/// `conversion_factor` of these. A line costs quantity × conversion factor ×
/// unit price ÷ basis quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PriceBasisQuantity {
    /// How many units the price is for, such as `100`.
    pub quantity: Amount,
    /// How many price units one ordered unit has.
    pub conversion_factor: Amount,
    /// The unit of the price.
    pub unit_of_measure: Text,
    /// The same in words.
    pub description: Option<Description>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PriceBasisQuantity {
    /// A price for so many of the ordered unit itself.
    #[must_use]
    pub fn new(quantity: impl Into<Amount>, unit_of_measure: impl Into<Text>) -> Self {
        Self {
            quantity: quantity.into(),
            conversion_factor: Amount::from(1),
            unit_of_measure: unit_of_measure.into(),
            description: None,
            other: Other::default(),
        }
    }

    /// Sets how many price units one ordered unit has.
    #[must_use]
    pub fn with_conversion_factor(mut self, factor: impl Into<Amount>) -> Self {
        self.conversion_factor = factor.into();
        self
    }
}

/// The commodity that an article is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Classification {
    /// Whose classification it is, such as `UNSPSC`.
    pub domain: Text,
    /// The key, where the content is the name.
    pub code: Option<Text>,
    /// The key, or its name.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Classification {
    /// A key of a classification.
    #[must_use]
    pub fn new(domain: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { domain: domain.into(), code: None, value: value.into(), other: Other::default() }
    }
}

/// Who made an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ManufacturerName {
    /// Language tag such as `en-US`.
    pub lang: Option<Text>,
    /// The name.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ManufacturerName {
    /// A name in no stated language.
    #[must_use]
    pub fn new(text: impl Into<Text>) -> Self {
        Self { lang: None, text: text.into(), other: Other::default() }
    }
}

/// A size or weight.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Dimension {
    /// How much.
    pub quantity: Amount,
    /// What is measured.
    pub kind: DimensionType,
    /// In what unit.
    pub unit_of_measure: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Dimension {
    /// So much of what is measured.
    #[must_use]
    pub fn new(
        kind: impl Into<DimensionType>,
        quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            kind: kind.into(),
            unit_of_measure: unit_of_measure.into(),
            other: Other::default(),
        }
    }
}

token! {
    /// What a dimension measures.
    pub enum DimensionType {
        /// How long it is.
        Length = "length",
        /// How wide it is.
        Width = "width",
        /// How high it is.
        Height = "height",
        /// How heavy it is.
        Weight = "weight",
        /// How much room it takes.
        Volume = "volume",
        /// How high it may be stacked.
        StackHeight = "stackHeight",
        /// How heavy it is with packaging.
        GrossWeight = "grossWeight",
        /// How much room it takes with packaging.
        GrossVolume = "grossVolume",
        /// How heavy one unit is with packaging.
        UnitGrossWeight = "unitGrossWeight",
        /// How heavy one unit is without packaging.
        UnitNetWeight = "unitNetWeight",
    }
}

element!(ItemDetail {
    children {
        unit_price: "UnitPrice",
        description: "Description",
        overall_limit: "OverallLimit" / "Money",
        expected_limit: "ExpectedLimit" / "Money",
        unit_of_measure: "UnitOfMeasure",
        price_basis_quantity: "PriceBasisQuantity",
        classification: "Classification",
        manufacturer_part_id: "ManufacturerPartID",
        manufacturer_name: "ManufacturerName",
        url: "URL",
        lead_time: "LeadTime",
        dimension: "Dimension",
        item_detail_industry: "ItemDetailIndustry",
        attachment_reference: "AttachmentReference",
        planned_acceptance_days: "PlannedAcceptanceDays",
        extrinsic: "Extrinsic",
    }
    need { description, classification, }
});

element!(UnitPrice {
    children {
        money: "Money",
        modifications: "Modifications",
        pricing_conditions: "PricingConditions" / "ValidityPeriods",
    }
});

element!(PriceBasisQuantity {
    attributes { quantity: "quantity", conversion_factor: "conversionFactor", }
    children { unit_of_measure: "UnitOfMeasure", description: "Description", }
});

element!(Classification {
    attributes { domain: "domain", code: "code", }
    text value;
});

element!(ManufacturerName {
    attributes { lang: "xml:lang", }
    text text;
});

element!(Dimension {
    attributes { quantity: "quantity", kind: "type", }
    children { unit_of_measure: "UnitOfMeasure", }
});
