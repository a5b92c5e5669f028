//! What pays.

use punchout_core::{Secret, Text};

use crate::element::element;
use crate::{Other, PostalAddress, Timestamp};

/// What pays: exactly one of card and token.
///
/// The DTD leaves the choice to networks; what else they put here is kept in
/// `other`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Payment {
    /// A purchasing card.
    pub pcard: Option<PCard>,
    /// A virtual card. Only a network that has changed the DTD knows it here.
    pub payment_token: Option<PaymentToken>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<PCard> for Payment {
    fn from(card: PCard) -> Self {
        Self { pcard: Some(card), ..Self::default() }
    }
}

impl From<PaymentToken> for Payment {
    fn from(token: PaymentToken) -> Self {
        Self { payment_token: Some(token), ..Self::default() }
    }
}

/// A purchasing card. Its number travels in clear text and prints as `***`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PCard {
    /// The card's number; serde leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub number: Secret,
    /// When it expires.
    pub expiration: Timestamp,
    /// The holder.
    pub name: Option<Text>,
    /// The holder's address.
    pub postal_address: Option<PostalAddress>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PCard {
    /// A card and its last day.
    #[must_use]
    pub fn new(number: impl Into<Secret>, expiration: impl Into<Timestamp>) -> Self {
        Self {
            number: number.into(),
            expiration: expiration.into(),
            name: None,
            postal_address: None,
            other: Other::default(),
        }
    }
}

/// A virtual card. Number and token travel in clear text and print as `***`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PaymentToken {
    /// The card's number; serde leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub number: Secret,
    /// When it expires.
    pub expiration: Timestamp,
    /// The holder.
    pub name: Option<Text>,
    /// What stands for the card; serde leaves it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub token: Secret,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PaymentToken {
    /// A card, its last day and what stands for it.
    #[must_use]
    pub fn new(
        number: impl Into<Secret>,
        expiration: impl Into<Timestamp>,
        token: impl Into<Secret>,
    ) -> Self {
        Self {
            number: number.into(),
            expiration: expiration.into(),
            name: None,
            token: token.into(),
            other: Other::default(),
        }
    }
}

element!(Payment {
    children { pcard: "PCard", payment_token: "PaymentToken", }
    need { pcard | payment_token, }
});

element!(PCard {
    attributes { number: "number", expiration: "expiration", name: "name", }
    children { postal_address: "PostalAddress", }
});

element!(PaymentToken {
    attributes { number: "number", expiration: "expiration", name: "name", token: "token", }
});
