//! What is added to a price or taken off it.

use punchout_core::{Amount, Text};

use crate::element::{Element as _, element};
use crate::setters::setters;
use crate::{Description, Extrinsic, IdReference, Money, Other, Tax, Timestamp};

/// What is added to a price or taken off it, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Modifications {
    /// The steps; at least one.
    pub modification: Vec<Modification>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Modifications {
    /// One step.
    #[must_use]
    pub fn new(modification: Modification) -> Self {
        Self { modification: vec![modification], other: Other::default() }
    }

    /// Adds a step.
    #[must_use]
    pub fn with_modification(mut self, modification: Modification) -> Self {
        self.modification.push(modification);
        self
    }
}

impl From<Modification> for Modifications {
    fn from(modification: Modification) -> Self {
        Self::new(modification)
    }
}

/// One step of a price: an allowance or a charge. Exactly one of deduction and
/// cost is there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Modification {
    /// Its place in a cascade: steps of a higher level apply to what those of a
    /// lower one have made of the price.
    pub level: Option<Amount>,
    /// The price that it applies to.
    pub original_price: Option<OriginalPrice>,
    /// What is taken off.
    pub additional_deduction: Option<AdditionalDeduction>,
    /// What is added.
    pub additional_cost: Option<MoneyOrPercentage>,
    /// The tax on it.
    pub tax: Option<Box<Tax>>,
    /// What it is.
    pub modification_detail: Option<ModificationDetail>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Modification {
    /// Takes something off.
    #[must_use]
    pub fn deduction(deduction: AdditionalDeduction) -> Self {
        Self { additional_deduction: Some(deduction), ..Self::blank() }
    }

    /// Adds something.
    #[must_use]
    pub fn cost(cost: impl Into<MoneyOrPercentage>) -> Self {
        Self { additional_cost: Some(cost.into()), ..Self::blank() }
    }
}

setters! {
    Modification {
        /// Sets the price that it applies to.
        original_price: with_original_price(original_price: OriginalPrice),
        /// Sets the tax on it.
        tax: with_tax(tax: Tax),
        /// Says what it is.
        modification_detail: with_modification_detail(modification_detail: ModificationDetail),
    }
}

/// A price before it was modified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OriginalPrice {
    /// What price it is, such as `ListPrice`.
    pub kind: Option<Text>,
    /// The price.
    pub money: Money,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OriginalPrice {
    /// A price.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { kind: None, money, other: Other::default() }
    }
}

impl From<Money> for OriginalPrice {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// What is taken off a price: exactly one of amount, percentage and final
/// price.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AdditionalDeduction {
    /// What sort of deduction it is.
    pub kind: Option<Text>,
    /// As an amount.
    pub deduction_amount: Option<Money>,
    /// In percent.
    pub deduction_percent: Option<Percentage>,
    /// As the price that is left.
    pub deducted_price: Option<Money>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl AdditionalDeduction {
    /// So much money.
    #[must_use]
    pub fn amount(money: Money) -> Self {
        Self { deduction_amount: Some(money), ..Self::blank() }
    }

    /// So many percent.
    #[must_use]
    pub fn percent(percent: impl Into<Amount>) -> Self {
        Self { deduction_percent: Some(Percentage::new(percent)), ..Self::blank() }
    }

    /// Down to this price.
    #[must_use]
    pub fn price(money: Money) -> Self {
        Self { deducted_price: Some(money), ..Self::blank() }
    }
}

/// A cost: exactly one of money and percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MoneyOrPercentage {
    /// As an amount.
    pub money: Option<Money>,
    /// In percent.
    pub percentage: Option<Percentage>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<Money> for MoneyOrPercentage {
    fn from(money: Money) -> Self {
        Self { money: Some(money), ..Self::blank() }
    }
}

impl From<Percentage> for MoneyOrPercentage {
    fn from(percentage: Percentage) -> Self {
        Self { percentage: Some(percentage), ..Self::blank() }
    }
}

/// So many percent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Percentage {
    /// The percentage.
    pub percent: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Percentage {
    /// So many percent.
    #[must_use]
    pub fn new(percent: impl Into<Amount>) -> Self {
        Self { percent: percent.into(), other: Other::default() }
    }
}

/// What a modification is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ModificationDetail {
    /// Its name, such as `Allowance` or `Freight`.
    pub name: Text,
    /// The code of the service.
    pub code: Option<Text>,
    /// From when it holds.
    pub start_date: Option<Timestamp>,
    /// Until when it holds.
    pub end_date: Option<Timestamp>,
    /// What it applies to, such as `UnitPrice` or `LineItem`.
    pub scope: Option<Text>,
    /// How it is worked out, such as `fixedAmount` or `percentage`.
    pub calculation_type: Option<Text>,
    /// In words.
    pub description: Option<Description>,
    /// Its key in another system.
    pub id_reference: Option<IdReference>,
    /// The key of the modification that it belongs to.
    pub parent_id: Option<Text>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ModificationDetail {
    /// A named modification.
    #[must_use]
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            code: None,
            start_date: None,
            end_date: None,
            scope: None,
            calculation_type: None,
            description: None,
            id_reference: None,
            parent_id: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ModificationDetail {
        /// Describes it in words.
        description: with_description(description: Description),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

element!(Modifications {
    children { modification: "Modification", }
    need { modification, }
});

element!(Modification {
    attributes { level: "level", }
    children {
        original_price: "OriginalPrice",
        additional_deduction: "AdditionalDeduction",
        additional_cost: "AdditionalCost",
        tax: "Tax",
        modification_detail: "ModificationDetail",
    }
    need { additional_deduction | additional_cost, }
});

element!(OriginalPrice {
    attributes { kind: "type", }
    children { money: "Money", }
});

element!(AdditionalDeduction {
    attributes { kind: "type", }
    children {
        deduction_amount: "DeductionAmount" / "Money",
        deduction_percent: "DeductionPercent",
        deducted_price: "DeductedPrice" / "Money",
    }
    need { deduction_amount | deduction_percent | deducted_price, }
});

element!(MoneyOrPercentage {
    children { money: "Money", percentage: "Percentage", }
    need { money | percentage, }
});

element!(Percentage {
    attributes { percent: "percent", }
});

element!(ModificationDetail {
    attributes {
        name: "name",
        code: "code",
        start_date: "startDate",
        end_date: "endDate",
        scope: "scope",
        calculation_type: "calculationType",
    }
    children {
        description: "Description",
        id_reference: "IdReference",
        parent_id: "ParentID",
        extrinsic: "Extrinsic",
    }
});
