use punchout_core::Text;

use crate::element::element;
use crate::token::token;
use crate::{Extrinsic, Other, PCard, Shipping, Tax, Timestamp, Total};

/// What became of a payment by purchasing card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PaymentStatus {
    /// The order that is paid.
    pub order_id: Text,
    /// When it happened.
    pub transaction_timestamp: Timestamp,
    /// What happened.
    pub kind: PaymentType,
    /// Whether it came to nothing.
    pub is_failed: bool,
    /// The bank's number of it.
    pub transaction_id: Option<Text>,
    /// The bank's number of the permission.
    pub authorization_id: Option<Text>,
    /// The card.
    pub p_card: PCard,
    /// How much, without tax and shipping.
    pub total: Total,
    /// What shipping cost.
    pub shipping: Option<Shipping>,
    /// The tax.
    pub tax: Option<Tax>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What every [`PaymentStatus`] has.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "it is made to be written out in full")]
pub struct PaymentStatusInit {
    /// The order that is paid.
    pub order_id: Text,
    /// When it happened.
    pub transaction_timestamp: Timestamp,
    /// What happened.
    pub kind: PaymentType,
    /// The card.
    pub p_card: PCard,
    /// How much, without tax and shipping.
    pub total: Total,
}

impl From<PaymentStatusInit> for PaymentStatus {
    fn from(init: PaymentStatusInit) -> Self {
        let PaymentStatusInit { order_id, transaction_timestamp, kind, p_card, total } = init;
        Self {
            order_id,
            transaction_timestamp,
            kind,
            is_failed: false,
            transaction_id: None,
            authorization_id: None,
            p_card,
            total,
            shipping: None,
            tax: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

token! {
    /// What happens with a purchasing card.
    pub enum PaymentType {
        /// The amount is put aside.
        Authorization = "Authorization",
        /// What was put aside is paid.
        Settlement = "Settlement",
        /// It is paid at once.
        Sale = "Sale",
        /// It is paid back.
        Credit = "Credit",
    }
}

element!(PaymentStatus {
    attributes {
        order_id: "orderID",
        transaction_timestamp: "transactionTimestamp",
        kind: "type",
        is_failed: "isFailed",
        transaction_id: "transactionID",
        authorization_id: "authorizationID",
    }
    children {
        p_card: "PCard",
        total: "Total",
        shipping: "Shipping",
        tax: "Tax",
        extrinsic: "Extrinsic",
    }
});
