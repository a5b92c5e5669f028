//! Terms of payment and delivery.

use punchout_core::{Amount, Text};

use crate::Other;
use crate::element::element;
use crate::{Address, Comments, Extrinsic, Money, Timestamp};

/// By when to pay, and what paying early earns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PaymentTerm {
    /// Days until payment.
    pub pay_in_number_of_days: Amount,
    /// Discount for paying within these days.
    pub discount: Option<Discount>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PaymentTerm {
    /// Payment in so many days, net.
    #[must_use]
    pub fn new(pay_in_number_of_days: u32) -> Self {
        Self {
            pay_in_number_of_days: pay_in_number_of_days.into(),
            discount: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Sets the discount.
    #[must_use]
    pub fn with_discount(mut self, discount: Discount) -> Self {
        self.discount = Some(discount);
        self
    }
}

/// A discount: exactly one of percent and amount.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Discount {
    /// In percent.
    pub discount_percent: Option<DiscountPercent>,
    /// As an amount.
    pub discount_amount: Option<Money>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Discount {
    /// So many percent.
    #[must_use]
    pub fn percent(percent: impl Into<Amount>) -> Self {
        Self {
            discount_percent: Some(DiscountPercent::new(percent)),
            discount_amount: None,
            other: Other::default(),
        }
    }

    /// So much money.
    #[must_use]
    pub fn amount(money: Money) -> Self {
        Self { discount_percent: None, discount_amount: Some(money), other: Other::default() }
    }
}

/// A discount in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DiscountPercent {
    /// The percentage.
    pub percent: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl DiscountPercent {
    /// So many percent.
    #[must_use]
    pub fn new(percent: impl Into<Amount>) -> Self {
        Self { percent: percent.into(), other: Other::default() }
    }
}

/// Who bears cost and risk of the transport.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TermsOfDelivery {
    /// Where the risk passes, such as `PriceCondition`.
    pub terms_of_delivery_code: CodedText,
    /// Who pays, such as `Account`.
    pub shipping_payment_method: CodedText,
    /// The Incoterm, such as `FreeOnBoard`, or `Other` and a text.
    pub transport_terms: Option<CodedText>,
    /// The place the terms refer to.
    pub address: Option<Address>,
    /// In words.
    pub comments: Vec<Comments>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TermsOfDelivery {
    /// Terms and who pays.
    #[must_use]
    pub fn new(terms: impl Into<CodedText>, payment_method: impl Into<CodedText>) -> Self {
        Self {
            terms_of_delivery_code: terms.into(),
            shipping_payment_method: payment_method.into(),
            transport_terms: None,
            address: None,
            comments: Vec::new(),
            other: Other::default(),
        }
    }
}

/// A code and, if need be, its meaning in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CodedText {
    /// The code.
    pub value: Text,
    /// The words, empty as a rule.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CodedText {
    /// A code without words.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { value: value.into(), text: Text::EMPTY, other: Other::default() }
    }
}

impl From<&str> for CodedText {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

/// From when until when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Period {
    /// The beginning.
    pub start_date: Timestamp,
    /// The end.
    pub end_date: Timestamp,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Period {
    /// From when until when.
    #[must_use]
    pub fn new(start_date: impl Into<Timestamp>, end_date: impl Into<Timestamp>) -> Self {
        Self { start_date: start_date.into(), end_date: end_date.into(), other: Other::default() }
    }
}

element!(PaymentTerm {
    attributes { pay_in_number_of_days: "payInNumberOfDays", }
    children { discount: "Discount", extrinsic: "Extrinsic", }
});

element!(Discount {
    children { discount_percent: "DiscountPercent", discount_amount: "DiscountAmount" / "Money", }
    need { discount_percent | discount_amount, }
});

element!(DiscountPercent {
    attributes { percent: "percent", }
});

element!(TermsOfDelivery {
    children {
        terms_of_delivery_code: "TermsOfDeliveryCode",
        shipping_payment_method: "ShippingPaymentMethod",
        transport_terms: "TransportTerms",
        address: "Address",
        comments: "Comments",
    }
});

element!(CodedText {
    attributes { value: "value", }
    text text;
});

element!(Period {
    attributes { start_date: "startDate", end_date: "endDate", }
});
