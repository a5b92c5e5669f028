//! Prices that depend on date and quantity.

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{MoneyOrPercentage, Other, Timestamp};

/// Prices by date and quantity, as a contract has them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PricingConditions {
    /// One for each span of time; at least one.
    pub validity_period: Vec<ValidityPeriod>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PricingConditions {
    /// The prices of one span of time.
    #[must_use]
    pub fn new(validity_period: ValidityPeriod) -> Self {
        Self { validity_period: vec![validity_period], other: Other::default() }
    }

    /// Adds the prices of another span of time.
    #[must_use]
    pub fn with_validity_period(mut self, validity_period: ValidityPeriod) -> Self {
        self.validity_period.push(validity_period);
        self
    }
}

/// The prices of a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ValidityPeriod {
    /// The beginning.
    pub from: Timestamp,
    /// The end.
    pub to: Timestamp,
    /// What the price consists of.
    pub condition_types: ConditionTypes,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ValidityPeriod {
    /// What the price consists of, from when until when.
    #[must_use]
    pub fn new(
        from: impl Into<Timestamp>,
        to: impl Into<Timestamp>,
        condition_types: ConditionTypes,
    ) -> Self {
        Self { from: from.into(), to: to.into(), condition_types, other: Other::default() }
    }
}

/// The parts of a price.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConditionTypes {
    /// At least one.
    pub condition_type: Vec<ConditionType>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ConditionTypes {
    /// One part.
    #[must_use]
    pub fn new(condition_type: ConditionType) -> Self {
        Self { condition_type: vec![condition_type], other: Other::default() }
    }

    /// Adds a part.
    #[must_use]
    pub fn with_condition_type(mut self, condition_type: ConditionType) -> Self {
        self.condition_type.push(condition_type);
        self
    }
}

impl From<ConditionType> for ConditionTypes {
    fn from(condition_type: ConditionType) -> Self {
        Self::new(condition_type)
    }
}

/// A part of a price, such as a surcharge.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConditionType {
    /// What it is, such as `Price` or `Surcharge`.
    pub name: Text,
    /// How much, where no scale says otherwise.
    pub cost_term_value: Option<MoneyOrPercentage>,
    /// How much, by quantity.
    pub scales: Option<Scales>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ConditionType {
    /// A named part.
    #[must_use]
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into(), cost_term_value: None, scales: None, other: Other::default() }
    }
}

setters! {
    ConditionType {
        /// Sets how much it is.
        cost_term_value: with_cost_term_value(cost_term_value: impl Into<MoneyOrPercentage>),
        /// Sets how much it is by quantity.
        scales: with_scales(scales: Scales),
    }
}

/// What something costs, by quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Scales {
    /// How the bounds are meant.
    pub scale_type: ScaleType,
    /// What is scaled by.
    pub scale_basis: ScaleBasis,
    /// The steps; at least one.
    pub scale: Vec<Scale>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Scales {
    /// A scale with one step.
    #[must_use]
    pub fn new(scale_type: ScaleType, scale: Scale) -> Self {
        Self { scale_type, scale_basis: ScaleBasis::default(), scale: vec![scale], other: Other::default() }
    }

    /// Adds a step.
    #[must_use]
    pub fn with_scale(mut self, scale: Scale) -> Self {
        self.scale.push(scale);
        self
    }
}

/// A step of a scale. It has the bounds that the type of the scale asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Scale {
    /// From this quantity on.
    pub from: Option<Amount>,
    /// Up to this quantity.
    pub to: Option<Amount>,
    /// What it costs; at least one.
    pub cost_term_value: Vec<MoneyOrPercentage>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Scale {
    /// What a step costs.
    #[must_use]
    pub fn new(cost_term_value: impl Into<MoneyOrPercentage>) -> Self {
        Self { from: None, to: None, cost_term_value: vec![cost_term_value.into()], other: Other::default() }
    }
}

setters! {
    Scale {
        /// Sets the lower bound.
        from: with_from(from: impl Into<Amount>),
        /// Sets the upper bound.
        to: with_to(to: impl Into<Amount>),
    }
}

token! {
    /// How the bounds of a scale are meant.
    pub enum ScaleType {
        /// Each step has a lower bound.
        From = "From",
        /// Each step has an upper bound.
        To = "To",
        /// Each step has both.
        Graduated = "Graduated",
    }
}

token! {
    /// What a scale goes by.
    pub enum ScaleBasis (open) default Quantity {
        /// The quantity that is ordered.
        Quantity = "quantity",
    }
}

element!(PricingConditions {
    children { validity_period: "ValidityPeriod", }
    need { validity_period, }
});

element!(ValidityPeriod {
    attributes { from: "from", to: "to", }
    children { condition_types: "ConditionTypes", }
});

element!(ConditionTypes {
    children { condition_type: "ConditionType", }
    need { condition_type, }
});

element!(ConditionType {
    attributes { name: "name", }
    children { cost_term_value: "CostTermValue", scales: "Scales", }
});

element!(Scales {
    attributes { scale_type: "scaleType", scale_basis: "scaleBasis", }
    children { scale: "Scale", }
    need { scale, }
});

element!(Scale {
    attributes { from: "from", to: "to", }
    children { cost_term_value: "CostTermValue", }
    need { cost_term_value, }
});
