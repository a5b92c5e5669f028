use crate::Other;
use crate::element::element;

/// What is true of all lines of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailHeaderIndicator {
    /// Whether the orders stand without their lines.
    pub is_header_invoice: bool,
    /// Whether the buyer gets all value added tax back.
    pub is_vat_recoverable: bool,
    /// Whether a credit corrects prices, not quantities.
    pub is_price_based_line_level_credit_memo: bool,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailHeaderIndicator {
    /// Says that the orders stand without their lines.
    #[must_use]
    pub fn with_is_header_invoice(mut self) -> Self {
        self.is_header_invoice = true;
        self
    }

    /// Says that the buyer gets all value added tax back.
    #[must_use]
    pub fn with_is_vat_recoverable(mut self) -> Self {
        self.is_vat_recoverable = true;
        self
    }
}

/// What stands on the lines of an invoice.
///
/// What is not marked here counts in the summary only, whatever the lines say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "the attributes are independent yes-flags")]
pub struct InvoiceDetailLineIndicator {
    /// Tax.
    pub is_tax_in_line: bool,
    /// Special handling.
    pub is_special_handling_in_line: bool,
    /// Shipping.
    pub is_shipping_in_line: bool,
    /// Discounts.
    pub is_discount_in_line: bool,
    /// Accounts.
    pub is_accounting_in_line: bool,
    /// Changes of the price.
    pub is_price_adjustment_in_line: bool,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailLineIndicator {
    /// Says that tax stands on the lines.
    #[must_use]
    pub fn with_is_tax_in_line(mut self) -> Self {
        self.is_tax_in_line = true;
        self
    }

    /// Says that special handling stands on the lines.
    #[must_use]
    pub fn with_is_special_handling_in_line(mut self) -> Self {
        self.is_special_handling_in_line = true;
        self
    }

    /// Says that shipping stands on the lines.
    #[must_use]
    pub fn with_is_shipping_in_line(mut self) -> Self {
        self.is_shipping_in_line = true;
        self
    }

    /// Says that discounts stand on the lines.
    #[must_use]
    pub fn with_is_discount_in_line(mut self) -> Self {
        self.is_discount_in_line = true;
        self
    }

    /// Says that accounts stand on the lines.
    #[must_use]
    pub fn with_is_accounting_in_line(mut self) -> Self {
        self.is_accounting_in_line = true;
        self
    }
}

element!(InvoiceDetailHeaderIndicator {
    attributes {
        is_header_invoice: "isHeaderInvoice",
        is_vat_recoverable: "isVatRecoverable",
        is_price_based_line_level_credit_memo: "isPriceBasedLineLevelCreditMemo",
    }
});

element!(InvoiceDetailLineIndicator {
    attributes {
        is_tax_in_line: "isTaxInLine",
        is_special_handling_in_line: "isSpecialHandlingInLine",
        is_shipping_in_line: "isShippingInLine",
        is_discount_in_line: "isDiscountInLine",
        is_accounting_in_line: "isAccountingInLine",
        is_price_adjustment_in_line: "isPriceAdjustmentInLine",
    }
});
