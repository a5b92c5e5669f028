use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    AssetInfo, Classification, Description, Dimension, Extrinsic, Other, Product, ReferenceDocumentInfo,
    YesNo,
};

/// A part that went, or will go, into what is made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ComponentConsumptionDetails {
    /// Its place among the parts.
    pub line_number: Option<Amount>,
    /// How many.
    pub quantity: Amount,
    /// Why it could not be used: the attribute `type`.
    pub kind: Option<ComponentConsumptionKind>,
    /// Whether the part of the order is used at all; in confirmations only, and
    /// yes unless said otherwise.
    pub usage: Option<YesNo>,
    /// What it is.
    pub product: Product,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// The buyer's batch of it.
    pub buyer_batch_id: Option<Text>,
    /// The supplier's batch of it.
    pub supplier_batch_id: Option<Text>,
    /// The production orders that it is for.
    pub reference_document_info: Vec<ReferenceDocumentInfo>,
    /// The pieces; as many as the quantity says, if any.
    pub asset_info: Vec<AssetInfo>,
    /// Sizes and weights.
    pub dimension: Vec<Dimension>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ComponentConsumptionDetails {
    /// So many of a part.
    #[must_use]
    pub fn new(product: Product, quantity: impl Into<Amount>, unit_of_measure: impl Into<Text>) -> Self {
        Self {
            line_number: None,
            quantity: quantity.into(),
            kind: None,
            usage: None,
            product,
            unit_of_measure: unit_of_measure.into(),
            buyer_batch_id: None,
            supplier_batch_id: None,
            reference_document_info: Vec::new(),
            asset_info: Vec::new(),
            dimension: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ComponentConsumptionDetails {
        /// Sets the buyer's batch of it.
        buyer_batch_id: with_buyer_batch_id(id: impl Into<Text>),
        /// Sets the supplier's batch of it.
        supplier_batch_id: with_supplier_batch_id(id: impl Into<Text>),
    }
}

token! {
    /// Why a part could not be used.
    pub enum ComponentConsumptionKind {
        /// It is blocked and has no value.
        Blocked = "blocked",
        /// It is not good enough for everything.
        QualityRestricted = "qualityRestricted",
        /// It is too old, or was destroyed.
        Scrapped = "scrapped",
    }
}

/// What is dangerous about goods: a description, a classification, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Hazard {
    /// The danger in words; one for each language.
    pub description: Vec<Description>,
    /// Its key, such as a UN number.
    pub classification: Vec<Classification>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Hazard {
    /// A danger in words.
    #[must_use]
    pub fn new(description: Description) -> Self {
        Self { description: vec![description], classification: Vec::new(), other: Other::default() }
    }

    /// A danger by its key.
    #[must_use]
    pub fn classified(classification: Classification) -> Self {
        Self { description: Vec::new(), classification: vec![classification], other: Other::default() }
    }
}

setters! {
    Hazard {
        /// Adds the words in another language.
        description: with_description(description: Description),
        /// Adds a key of another classification.
        classification: with_classification(classification: Classification),
    }
}

element!(ComponentConsumptionDetails {
    attributes {
        line_number: "lineNumber",
        quantity: "quantity",
        kind: "type",
        usage: "usage",
    }
    children {
        product: "Product",
        unit_of_measure: "UnitOfMeasure",
        buyer_batch_id: "BuyerBatchID",
        supplier_batch_id: "SupplierBatchID",
        reference_document_info: "ReferenceDocumentInfo",
        asset_info: "AssetInfo",
        dimension: "Dimension",
        extrinsic: "Extrinsic",
    }
});

element!(Hazard {
    children {
        description: "Description",
        classification: "Classification",
    }
    need { description | classification, }
});
