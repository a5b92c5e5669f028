use crate::element::element;
use crate::setters::setters;
use crate::{
    InvoiceDetailDiscount, InvoiceDetailSummaryIndustry, Modifications, Money, Other, ShippingAmount,
    SpecialHandlingAmount, Tax,
};

/// The sums of an invoice.
///
/// In a credit they are below zero.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailSummary {
    /// The prices of all lines.
    pub subtotal_amount: Money,
    /// The tax.
    pub tax: Tax,
    /// Special handling.
    pub special_handling_amount: Option<SpecialHandlingAmount>,
    /// Shipping.
    pub shipping_amount: Option<ShippingAmount>,
    /// All of these together, before discounts.
    pub gross_amount: Option<Money>,
    /// The discounts.
    pub invoice_detail_discount: Option<InvoiceDetailDiscount>,
    /// Charges and allowances of the header, one by one.
    pub invoice_header_modifications: Option<Box<Modifications>>,
    /// Charges and allowances of all lines together.
    pub invoice_detail_summary_line_item_modifications: Option<Box<Modifications>>,
    /// All charges, of the header and of the lines.
    pub total_charges: Option<Money>,
    /// All allowances, of the header and of the lines.
    pub total_allowances: Option<Money>,
    /// The prices with charges and allowances, without tax.
    pub total_amount_without_tax: Option<Money>,
    /// The gross amount without the discounts.
    pub net_amount: Money,
    /// What was paid before.
    pub deposit_amount: Option<Money>,
    /// What is to be paid: the net amount without the deposit.
    pub due_amount: Option<Money>,
    /// What only some trades say.
    pub invoice_detail_summary_industry: Option<Box<InvoiceDetailSummaryIndustry>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailSummary {
    /// The prices, the tax and the net amount.
    #[must_use]
    pub fn new(subtotal_amount: Money, tax: Tax, net_amount: Money) -> Self {
        Self {
            subtotal_amount,
            tax,
            special_handling_amount: None,
            shipping_amount: None,
            gross_amount: None,
            invoice_detail_discount: None,
            invoice_header_modifications: None,
            invoice_detail_summary_line_item_modifications: None,
            total_charges: None,
            total_allowances: None,
            total_amount_without_tax: None,
            net_amount,
            deposit_amount: None,
            due_amount: None,
            invoice_detail_summary_industry: None,
            other: Other::default(),
        }
    }

    /// Sets charges and allowances of the header.
    #[must_use]
    pub fn with_invoice_header_modifications(mut self, modifications: impl Into<Modifications>) -> Self {
        self.invoice_header_modifications = Some(Box::new(modifications.into()));
        self
    }
}

setters! {
    InvoiceDetailSummary {
        /// Sets special handling.
        special_handling_amount: with_special_handling_amount(amount: SpecialHandlingAmount),
        /// Sets shipping.
        shipping_amount: with_shipping_amount(amount: ShippingAmount),
        /// Sets the gross amount.
        gross_amount: with_gross_amount(money: Money),
        /// Sets the discounts.
        invoice_detail_discount: with_invoice_detail_discount(discount: InvoiceDetailDiscount),
        /// Sets what was paid before.
        deposit_amount: with_deposit_amount(money: Money),
        /// Sets what is to be paid.
        due_amount: with_due_amount(money: Money),
    }
}

element!(InvoiceDetailSummary {
    children {
        subtotal_amount: "SubtotalAmount" / "Money",
        tax: "Tax",
        special_handling_amount: "SpecialHandlingAmount",
        shipping_amount: "ShippingAmount",
        gross_amount: "GrossAmount" / "Money",
        invoice_detail_discount: "InvoiceDetailDiscount",
        invoice_header_modifications: "InvoiceHeaderModifications",
        invoice_detail_summary_line_item_modifications: "InvoiceDetailSummaryLineItemModifications",
        total_charges: "TotalCharges" / "Money",
        total_allowances: "TotalAllowances" / "Money",
        total_amount_without_tax: "TotalAmountWithoutTax" / "Money",
        net_amount: "NetAmount" / "Money",
        deposit_amount: "DepositAmount" / "Money",
        due_amount: "DueAmount" / "Money",
        invoice_detail_summary_industry: "InvoiceDetailSummaryIndustry",
    }
});
