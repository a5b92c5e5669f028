use punchout_core::Amount;

use crate::choice::choice;
use crate::element::element;
use crate::setters::setters;
use crate::{
    Comments, Extrinsic, InvoiceDetailDiscount, InvoiceDetailItem, InvoiceDetailLineShipping,
    InvoiceDetailLineSpecialHandling, InvoiceDetailOrderInfo, InvoiceDetailReceiptInfo,
    InvoiceDetailServiceItem, InvoiceDetailShipNoticeInfo, Money, Other, Period, Tax, Timestamp,
};

/// An order that is invoiced line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailOrder {
    /// Which order.
    pub invoice_detail_order_info: InvoiceDetailOrderInfo,
    /// Which receipt.
    pub invoice_detail_receipt_info: Option<InvoiceDetailReceiptInfo>,
    /// Which ship notice.
    pub invoice_detail_ship_notice_info: Option<InvoiceDetailShipNoticeInfo>,
    /// The lines; at least one.
    pub line: Vec<InvoiceDetailLine>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailOrder {
    /// Which order, and its lines, of which there is at least one.
    #[must_use]
    pub fn new<L: Into<InvoiceDetailLine>>(
        order: impl Into<InvoiceDetailOrderInfo>,
        lines: impl IntoIterator<Item = L>,
    ) -> Self {
        Self {
            invoice_detail_order_info: order.into(),
            invoice_detail_receipt_info: None,
            invoice_detail_ship_notice_info: None,
            line: lines.into_iter().map(Into::into).collect(),
            other: Other::default(),
        }
    }
}

setters! {
    InvoiceDetailOrder {
        /// Adds a line.
        line: with_line(line: impl Into<InvoiceDetailLine>),
        /// Says which receipt.
        invoice_detail_receipt_info: with_invoice_detail_receipt_info(info: impl Into<InvoiceDetailReceiptInfo>),
        /// Says which ship notice.
        invoice_detail_ship_notice_info: with_invoice_detail_ship_notice_info(info: impl Into<InvoiceDetailShipNoticeInfo>),
    }
}

choice! {
    /// A line of an invoice.
    pub enum InvoiceDetailLine {
        /// Goods.
        Item(Box<InvoiceDetailItem>) = "InvoiceDetailItem",
        /// A service.
        ServiceItem(Box<InvoiceDetailServiceItem>) = "InvoiceDetailServiceItem",
    }
}

impl InvoiceDetailLine {
    /// The number of the line in the invoice.
    #[must_use]
    pub fn invoice_line_number(&self) -> &Amount {
        match self {
            Self::Item(item) => &item.invoice_line_number,
            Self::ServiceItem(item) => &item.invoice_line_number,
        }
    }

    /// The price before all else, where it is stated.
    #[must_use]
    pub fn subtotal_amount(&self) -> Option<&Money> {
        match self {
            Self::Item(item) => item.subtotal_amount.as_ref(),
            Self::ServiceItem(item) => Some(&item.subtotal_amount),
        }
    }

    /// The goods, where it is a line of goods.
    #[must_use]
    pub fn item(&self) -> Option<&InvoiceDetailItem> {
        match self {
            Self::Item(item) => Some(item),
            Self::ServiceItem(_) => None,
        }
    }

    /// The service, where it is a line of a service.
    #[must_use]
    pub fn service_item(&self) -> Option<&InvoiceDetailServiceItem> {
        match self {
            Self::ServiceItem(item) => Some(item),
            Self::Item(_) => None,
        }
    }
}

impl From<InvoiceDetailItem> for InvoiceDetailLine {
    fn from(item: InvoiceDetailItem) -> Self {
        Self::Item(Box::new(item))
    }
}

impl From<InvoiceDetailServiceItem> for InvoiceDetailLine {
    fn from(item: InvoiceDetailServiceItem) -> Self {
        Self::ServiceItem(Box::new(item))
    }
}

/// An order that is invoiced as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailHeaderOrder {
    /// Which order.
    pub invoice_detail_order_info: InvoiceDetailOrderInfo,
    /// The amounts.
    pub invoice_detail_order_summary: InvoiceDetailOrderSummary,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailHeaderOrder {
    /// An order and its amounts.
    #[must_use]
    pub fn new(
        invoice_detail_order_info: impl Into<InvoiceDetailOrderInfo>,
        invoice_detail_order_summary: InvoiceDetailOrderSummary,
    ) -> Self {
        Self {
            invoice_detail_order_info: invoice_detail_order_info.into(),
            invoice_detail_order_summary,
            other: Other::default(),
        }
    }
}

/// The amounts of an order that is invoiced as a whole.
///
/// It is the one line of that order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailOrderSummary {
    /// The number of the line in the invoice.
    pub invoice_line_number: Amount,
    /// When the goods changed hands for the tax.
    pub inspection_date: Option<Timestamp>,
    /// The price, before all else.
    pub subtotal_amount: Money,
    /// When the service was rendered.
    pub period: Option<Period>,
    /// The tax; it counts where the header says that tax stands on the lines.
    pub tax: Option<Box<Tax>>,
    /// Special handling, where the header says so.
    pub invoice_detail_line_special_handling: Option<InvoiceDetailLineSpecialHandling>,
    /// Shipping, where the header says so.
    pub invoice_detail_line_shipping: Option<Box<InvoiceDetailLineShipping>>,
    /// The price with tax, shipping and special handling.
    pub gross_amount: Option<Money>,
    /// The discount, where the header says so.
    pub invoice_detail_discount: Option<InvoiceDetailDiscount>,
    /// The gross amount without the discount.
    pub net_amount: Option<Money>,
    /// For a person to read.
    pub comments: Option<Comments>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailOrderSummary {
    /// A price for the whole order.
    #[must_use]
    pub fn new(invoice_line_number: impl Into<Amount>, subtotal_amount: Money) -> Self {
        Self {
            invoice_line_number: invoice_line_number.into(),
            inspection_date: None,
            subtotal_amount,
            period: None,
            tax: None,
            invoice_detail_line_special_handling: None,
            invoice_detail_line_shipping: None,
            gross_amount: None,
            invoice_detail_discount: None,
            net_amount: None,
            comments: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    InvoiceDetailOrderSummary {
        /// Sets when the goods changed hands for the tax.
        inspection_date: with_inspection_date(date: impl Into<Timestamp>),
        /// Sets when the service was rendered.
        period: with_period(period: Period),
        /// Sets the tax.
        tax: with_tax(tax: Tax),
        /// Sets special handling.
        invoice_detail_line_special_handling: with_invoice_detail_line_special_handling(handling: InvoiceDetailLineSpecialHandling),
        /// Sets shipping.
        invoice_detail_line_shipping: with_invoice_detail_line_shipping(shipping: InvoiceDetailLineShipping),
        /// Sets the gross amount.
        gross_amount: with_gross_amount(money: Money),
        /// Sets the discount.
        invoice_detail_discount: with_invoice_detail_discount(discount: InvoiceDetailDiscount),
        /// Sets the net amount.
        net_amount: with_net_amount(money: Money),
        /// Sets a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

element!(InvoiceDetailOrder {
    children {
        invoice_detail_order_info: "InvoiceDetailOrderInfo",
        invoice_detail_receipt_info: "InvoiceDetailReceiptInfo",
        invoice_detail_ship_notice_info: "InvoiceDetailShipNoticeInfo",
        line: "InvoiceDetailItem" | "InvoiceDetailServiceItem",
    }
    need { line, }
});

element!(InvoiceDetailHeaderOrder {
    children {
        invoice_detail_order_info: "InvoiceDetailOrderInfo",
        invoice_detail_order_summary: "InvoiceDetailOrderSummary",
    }
});

element!(InvoiceDetailOrderSummary {
    attributes { invoice_line_number: "invoiceLineNumber", inspection_date: "inspectionDate", }
    children {
        subtotal_amount: "SubtotalAmount" / "Money",
        period: "Period",
        tax: "Tax",
        invoice_detail_line_special_handling: "InvoiceDetailLineSpecialHandling",
        invoice_detail_line_shipping: "InvoiceDetailLineShipping",
        gross_amount: "GrossAmount" / "Money",
        invoice_detail_discount: "InvoiceDetailDiscount",
        net_amount: "NetAmount" / "Money",
        comments: "Comments",
        extrinsic: "Extrinsic",
    }
});
