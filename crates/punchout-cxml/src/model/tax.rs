//! Tax of an order or a line.

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{Description, Distribution, Extrinsic, LangText, Money, Other, Timestamp};

/// The tax of an order or a line, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Tax {
    /// The tax in all.
    pub money: Money,
    /// A correction of it.
    pub tax_adjustment_amount: Option<Money>,
    /// What it is, such as `VAT`.
    pub description: Description,
    /// One for each kind and rate.
    pub tax_detail: Vec<TaxDetail>,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Tax {
    /// A tax and what it is.
    #[must_use]
    pub fn new(money: Money, description: Description) -> Self {
        Self {
            money,
            tax_adjustment_amount: None,
            description,
            tax_detail: Vec::new(),
            distribution: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds one kind and rate.
    #[must_use]
    pub fn with_tax_detail(mut self, detail: TaxDetail) -> Self {
        self.tax_detail.push(detail);
        self
    }
}

/// The tax of one kind and rate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "the attributes are independent yes-flags")]
pub struct TaxDetail {
    /// The `Id` of the element that is taxed.
    pub taxed_element: Option<Text>,
    /// What is taxed, such as `tax` or `shippingTax`.
    pub purpose: Option<Text>,
    /// The kind, such as `vat`; free text.
    pub category: Text,
    /// The rate in percent.
    pub percentage_rate: Option<Amount>,
    /// Whether the buyer gets it back.
    pub is_vat_recoverable: bool,
    /// When the tax falls due.
    pub tax_point_date: Option<Timestamp>,
    /// When it is to be paid.
    pub payment_date: Option<Timestamp>,
    /// Whether three countries are involved.
    pub is_triangular_transaction: bool,
    /// Why there is none.
    pub exempt_detail: Option<ExemptDetail>,
    /// Whether it is withheld.
    pub is_withholding_tax: bool,
    /// The kind of rate.
    pub tax_rate_type: Option<Text>,
    /// The share of the price that the rate applies to, in percent.
    pub base_percentage_rate: Option<Amount>,
    /// Whether the price has it in it already.
    pub is_included_in_price: bool,
    /// What the rate applies to.
    pub taxable_amount: Option<Money>,
    /// The tax.
    pub tax_amount: Money,
    /// Where it applies.
    pub tax_location: Option<LangText>,
    /// A correction of it.
    pub tax_adjustment_amount: Option<Money>,
    /// What it is.
    pub description: Option<Description>,
    /// The law that a triangular transaction refers to.
    pub triangular_transaction_law_reference: Option<LangText>,
    /// The tax regime.
    pub tax_regime: Option<Text>,
    /// By what rule there is none.
    pub tax_exemption: Option<TaxExemption>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TaxDetail {
    /// A kind of tax and its amount.
    #[must_use]
    pub fn new(category: impl Into<Text>, tax_amount: Money) -> Self {
        Self {
            taxed_element: None,
            purpose: None,
            category: category.into(),
            percentage_rate: None,
            is_vat_recoverable: false,
            tax_point_date: None,
            payment_date: None,
            is_triangular_transaction: false,
            exempt_detail: None,
            is_withholding_tax: false,
            tax_rate_type: None,
            base_percentage_rate: None,
            is_included_in_price: false,
            taxable_amount: None,
            tax_amount,
            tax_location: None,
            tax_adjustment_amount: None,
            description: None,
            triangular_transaction_law_reference: None,
            tax_regime: None,
            tax_exemption: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    TaxDetail {
        /// Sets the rate in percent.
        percentage_rate: with_percentage_rate(rate: impl Into<Amount>),
        /// Sets what the rate applies to.
        taxable_amount: with_taxable_amount(money: Money),
    }
}

token! {
    /// Why there is no tax.
    pub enum ExemptDetail {
        /// The rate is zero.
        ZeroRated = "zeroRated",
        /// The goods are exempt.
        Exempt = "exempt",
    }
}

/// By what rule there is no tax.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TaxExemption {
    /// The code that the tax authority gave the rule.
    pub exempt_code: Text,
    /// The rule in words.
    pub exempt_reason: Option<LangText>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TaxExemption {
    /// A rule by its code.
    #[must_use]
    pub fn new(exempt_code: impl Into<Text>) -> Self {
        Self { exempt_code: exempt_code.into(), exempt_reason: None, other: Other::default() }
    }
}

element!(Tax {
    children {
        money: "Money",
        tax_adjustment_amount: "TaxAdjustmentAmount" / "Money",
        description: "Description",
        tax_detail: "TaxDetail",
        distribution: "Distribution",
        extrinsic: "Extrinsic",
    }
});

element!(TaxDetail {
    attributes {
        taxed_element: "taxedElement",
        purpose: "purpose",
        category: "category",
        percentage_rate: "percentageRate",
        is_vat_recoverable: "isVatRecoverable",
        tax_point_date: "taxPointDate",
        payment_date: "paymentDate",
        is_triangular_transaction: "isTriangularTransaction",
        exempt_detail: "exemptDetail",
        is_withholding_tax: "isWithholdingTax",
        tax_rate_type: "taxRateType",
        base_percentage_rate: "basePercentageRate",
        is_included_in_price: "isIncludedInPrice",
    }
    children {
        taxable_amount: "TaxableAmount" / "Money",
        tax_amount: "TaxAmount" / "Money",
        tax_location: "TaxLocation",
        tax_adjustment_amount: "TaxAdjustmentAmount" / "Money",
        description: "Description",
        triangular_transaction_law_reference: "TriangularTransactionLawReference",
        tax_regime: "TaxRegime",
        tax_exemption: "TaxExemption",
        extrinsic: "Extrinsic",
    }
});

element!(TaxExemption {
    attributes { exempt_code: "exemptCode", }
    children { exempt_reason: "ExemptReason", }
});
