//! Amounts of money and what carries them.

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::{Description, Modifications, Other};

/// An amount in a currency.
///
/// The amount is exact and keeps its spelling: `100.00` is written as
/// `100.00`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Money {
    /// ISO 4217 code, such as `EUR`.
    pub currency: Text,
    /// The same in another currency.
    pub alternate_amount: Option<Box<Amount>>,
    /// The currency of that.
    pub alternate_currency: Option<Text>,
    /// How much.
    pub amount: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Money {
    /// An amount in a currency.
    #[must_use]
    pub fn new(amount: impl Into<Amount>, currency: impl Into<Text>) -> Self {
        Self {
            currency: currency.into(),
            alternate_amount: None,
            alternate_currency: None,
            amount: amount.into(),
            other: Other::default(),
        }
    }

    /// Sets the same in another currency.
    #[must_use]
    pub fn with_alternate(mut self, amount: impl Into<Amount>, currency: impl Into<Text>) -> Self {
        self.alternate_amount = Some(Box::new(amount.into()));
        self.alternate_currency = Some(currency.into());
        self
    }
}

/// The sum of an order's lines, without tax and shipping.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Total {
    /// The sum.
    pub money: Money,
    /// How the sum came about from another.
    pub modifications: Option<Modifications>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Total {
    /// The sum of the lines.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { money, modifications: None, other: Other::default() }
    }
}

impl From<Money> for Total {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// What shipping costs, and how to follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Shipping {
    /// The carrier's domain of the tracking number, such as `SCAC`.
    pub tracking_domain: Option<Text>,
    /// Identifies the shipment to a tracking service.
    pub tracking_id: Option<Text>,
    /// The tracking number.
    pub tracking: Option<Text>,
    /// The cost.
    pub money: Money,
    /// What it is, such as `Parcel`.
    pub description: Description,
    /// How the cost came about from another.
    pub modifications: Option<Modifications>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Shipping {
    /// A cost and what it is for.
    #[must_use]
    pub fn new(money: Money, description: Description) -> Self {
        Self {
            tracking_domain: None,
            tracking_id: None,
            tracking: None,
            money,
            description,
            modifications: None,
            other: Other::default(),
        }
    }
}

element!(Money {
    attributes { currency: "currency", alternate_amount: "alternateAmount", alternate_currency: "alternateCurrency", }
    text amount;
});

element!(Total {
    children { money: "Money", modifications: "Modifications", }
});

element!(Shipping {
    attributes { tracking_domain: "trackingDomain", tracking_id: "trackingId", tracking: "tracking", }
    children { money: "Money", description: "Description", modifications: "Modifications", }
});
