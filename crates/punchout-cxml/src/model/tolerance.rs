//! How far a delivery may be from the order.

use punchout_core::Amount;

use crate::element::{Element as _, element};
use crate::setters::setters;
use crate::token::token;
use crate::{MoneyOrPercentage, Other, Percentage};

/// How far quantity, price and date may be from the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Tolerances {
    /// In quantity.
    pub quantity_tolerance: Option<QuantityTolerance>,
    /// In price.
    pub price_tolerance: Option<MoneyOrPercentage>,
    /// In time.
    pub time_tolerance: Option<TimeTolerance>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

setters! {
    Tolerances {
        /// Sets how far the quantity may be off.
        quantity_tolerance: with_quantity_tolerance(quantity_tolerance: QuantityTolerance),
        /// Sets how far the price may be off.
        price_tolerance: with_price_tolerance(price_tolerance: impl Into<MoneyOrPercentage>),
        /// Sets how far the date may be off.
        time_tolerance: with_time_tolerance(time_tolerance: TimeTolerance),
    }
}

/// How far a quantity may be off: exactly one of percentage and value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct QuantityTolerance {
    /// In percent.
    pub percentage: Option<Percentage>,
    /// In the unit of the line.
    pub value: Option<ToleranceValue>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl QuantityTolerance {
    /// So many percent.
    #[must_use]
    pub fn percent(percent: impl Into<Amount>) -> Self {
        Self { percentage: Some(Percentage::new(percent)), ..Self::blank() }
    }

    /// So many.
    #[must_use]
    pub fn value(value: impl Into<Amount>) -> Self {
        Self { value: Some(ToleranceValue::new(value)), ..Self::blank() }
    }
}

/// A number that a quantity may be off.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ToleranceValue {
    /// The number.
    pub value: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ToleranceValue {
    /// So many.
    #[must_use]
    pub fn new(value: impl Into<Amount>) -> Self {
        Self { value: value.into(), other: Other::default() }
    }
}

/// How far a date may be off.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeTolerance {
    /// How many of the unit of time.
    pub limit: Amount,
    /// The unit of time: the attribute `type`.
    pub kind: TimeUnit,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TimeTolerance {
    /// So many days.
    #[must_use]
    pub fn new(limit: impl Into<Amount>) -> Self {
        Self { limit: limit.into(), kind: TimeUnit::default(), other: Other::default() }
    }
}

token! {
    /// A unit of time.
    pub enum TimeUnit default Days {
        /// Minutes.
        Minutes = "minutes",
        /// Hours.
        Hours = "hours",
        /// Days.
        Days = "days",
        /// Weeks.
        Weeks = "weeks",
    }
}

element!(Tolerances {
    children {
        quantity_tolerance: "QuantityTolerance",
        price_tolerance: "PriceTolerance",
        time_tolerance: "TimeTolerance",
    }
});

element!(QuantityTolerance {
    children { percentage: "Percentage", value: "Value", }
    need { percentage | value, }
});

element!(ToleranceValue {
    attributes { value: "value", }
});

element!(TimeTolerance {
    attributes { limit: "limit", kind: "type", }
});
