//! Which documents the supplier may send for an order.

use crate::element::element;
use crate::token::token;
use crate::{Other, Tolerances, YesNo};

/// Which documents the supplier may send for an order or a line, whatever the
/// network's own rules are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ControlKeys {
    /// The order confirmation.
    pub oc_instruction: Option<OcInstruction>,
    /// The ship notice.
    pub asn_instruction: Option<AsnInstruction>,
    /// The invoice.
    pub invoice_instruction: Option<InvoiceInstruction>,
    /// The service entry sheet.
    pub ses_instruction: Option<SesInstruction>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Whether an order confirmation may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OcInstruction {
    /// Whether it may.
    pub value: OcRule,
    /// How much less it may say than the order.
    pub lower: Option<Tolerances>,
    /// How much more it may say.
    pub upper: Option<Tolerances>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OcInstruction {
    /// Whether it may be sent.
    #[must_use]
    pub fn new(value: OcRule) -> Self {
        Self { value, lower: None, upper: None, other: Other::default() }
    }
}

/// Whether a ship notice may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AsnInstruction {
    /// Whether it may.
    pub value: DocumentRule,
    /// How much less it may say than the order.
    pub lower: Option<Tolerances>,
    /// How much more it may say.
    pub upper: Option<Tolerances>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl AsnInstruction {
    /// Whether it may be sent.
    #[must_use]
    pub fn new(value: DocumentRule) -> Self {
        Self { value, lower: None, upper: None, other: Other::default() }
    }
}

/// Whether an invoice may be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceInstruction {
    /// Whether it may.
    pub value: Option<InvoiceRule>,
    /// What it is verified against.
    pub verification_type: Option<VerificationType>,
    /// Whether the unit price may differ from the order's.
    pub unit_price_editable: Option<YesNo>,
    /// Whether prices are final.
    pub temporary_price: Option<TemporaryPrice>,
    /// How much less it may say than the order.
    pub lower: Option<Tolerances>,
    /// How much more it may say.
    pub upper: Option<Tolerances>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Whether prices are final. What has a temporary price cannot be invoiced yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TemporaryPrice {
    /// `yes` while they are not.
    pub value: YesNo,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TemporaryPrice {
    /// Whether they are temporary.
    #[must_use]
    pub fn new(value: YesNo) -> Self {
        Self { value, other: Other::default() }
    }
}

/// Whether a service entry sheet may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SesInstruction {
    /// Whether it may.
    pub value: DocumentRule,
    /// Whether the unit price may differ from the order's.
    pub unit_price_editable: Option<YesNo>,
    /// How much less it may say than the order.
    pub lower: Option<Tolerances>,
    /// How much more it may say.
    pub upper: Option<Tolerances>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SesInstruction {
    /// Whether it may be sent.
    #[must_use]
    pub fn new(value: DocumentRule) -> Self {
        Self { value, unit_price_editable: None, lower: None, upper: None, other: Other::default() }
    }
}

token! {
    /// Whether a document may be sent.
    pub enum DocumentRule {
        /// It may.
        Allowed = "allowed",
        /// It may not.
        NotAllowed = "notAllowed",
    }
}

token! {
    /// Whether an order confirmation may be sent.
    pub enum OcRule {
        /// It may.
        Allowed = "allowed",
        /// It may not.
        NotAllowed = "notAllowed",
        /// It must, before any ship notice.
        RequiredBeforeAsn = "requiredBeforeASN",
    }
}

token! {
    /// Whether an invoice may be sent.
    pub enum InvoiceRule {
        /// The buyer settles by goods receipts.
        IsErs = "isERS",
        /// The buyer does not settle by goods receipts.
        IsNotErs = "isNotERS",
        /// It may.
        Allowed = "allowed",
        /// It may not.
        NotAllowed = "notAllowed",
    }
}

token! {
    /// What an invoice is verified against.
    pub enum VerificationType {
        /// The goods receipt.
        GoodsReceipt = "goodsReceipt",
    }
}

element!(ControlKeys {
    children {
        oc_instruction: "OCInstruction",
        asn_instruction: "ASNInstruction",
        invoice_instruction: "InvoiceInstruction",
        ses_instruction: "SESInstruction",
    }
});

element!(OcInstruction {
    attributes { value: "value", }
    children { lower: "Lower" / "Tolerances", upper: "Upper" / "Tolerances", }
});

element!(AsnInstruction {
    attributes { value: "value", }
    children { lower: "Lower" / "Tolerances", upper: "Upper" / "Tolerances", }
});

element!(InvoiceInstruction {
    attributes {
        value: "value",
        verification_type: "verificationType",
        unit_price_editable: "unitPriceEditable",
    }
    children {
        temporary_price: "TemporaryPrice",
        lower: "Lower" / "Tolerances",
        upper: "Upper" / "Tolerances",
    }
});

element!(TemporaryPrice {
    attributes { value: "value", }
});

element!(SesInstruction {
    attributes { value: "value", unit_price_editable: "unitPriceEditable", }
    children { lower: "Lower" / "Tolerances", upper: "Upper" / "Tolerances", }
});
