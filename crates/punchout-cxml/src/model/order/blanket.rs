use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::{Classification, Description, Extrinsic, Money, Other, PriceBasisQuantity, UnitPrice};

/// What a line of a blanket order is about, and how far it may go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BlanketItemDetail {
    /// What it is; one for each language.
    pub description: Vec<Description>,
    /// The most that a limit item may cost.
    pub overall_limit: Option<Money>,
    /// What a limit item is expected to cost.
    pub expected_limit: Option<Money>,
    /// The most that may be spent.
    pub max_amount: Option<Money>,
    /// The least that is to be spent.
    pub min_amount: Option<Money>,
    /// The most that may be spent on what is under contract.
    pub max_contract_amount: Option<Money>,
    /// The most that may be spent on what is in no catalogue.
    pub max_adhoc_amount: Option<Money>,
    /// The most that may be called off.
    pub max_quantity: Option<Amount>,
    /// The least that is to be called off.
    pub min_quantity: Option<Amount>,
    /// The price of one price unit.
    pub unit_price: Option<UnitPrice>,
    /// The unit that is ordered, a code of UN/ECE Recommendation 20.
    pub unit_of_measure: Option<Text>,
    /// What the unit price is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// The commodity.
    pub classification: Vec<Classification>,
    /// What else belongs to the line.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl BlanketItemDetail {
    /// What it is.
    #[must_use]
    pub fn new(description: Description) -> Self {
        Self {
            description: vec![description],
            overall_limit: None,
            expected_limit: None,
            max_amount: None,
            min_amount: None,
            max_contract_amount: None,
            max_adhoc_amount: None,
            max_quantity: None,
            min_quantity: None,
            unit_price: None,
            unit_of_measure: None,
            price_basis_quantity: None,
            classification: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    BlanketItemDetail {
        /// Sets the most that may be spent.
        max_amount: with_max_amount(max_amount: Money),
        /// Sets the price of one price unit.
        unit_price: with_unit_price(unit_price: UnitPrice),
        /// Sets the unit that is ordered.
        unit_of_measure: with_unit_of_measure(unit_of_measure: impl Into<Text>),
        /// Adds a commodity.
        classification: with_classification(classification: Classification),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

element!(BlanketItemDetail {
    children {
        description: "Description",
        overall_limit: "OverallLimit" / "Money",
        expected_limit: "ExpectedLimit" / "Money",
        max_amount: "MaxAmount" / "Money",
        min_amount: "MinAmount" / "Money",
        max_contract_amount: "MaxContractAmount" / "Money",
        max_adhoc_amount: "MaxAdhocAmount" / "Money",
        max_quantity: "MaxQuantity",
        min_quantity: "MinQuantity",
        unit_price: "UnitPrice",
        unit_of_measure: "UnitOfMeasure",
        price_basis_quantity: "PriceBasisQuantity",
        classification: "Classification",
        extrinsic: "Extrinsic",
    }
    need { description, }
});
