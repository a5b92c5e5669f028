use punchout_core::Amount;

use crate::choice::choice;
use crate::element::element;
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

    /// Adds a line.
    #[must_use]
    pub fn with_line(mut self, line: impl Into<InvoiceDetailLine>) -> Self {
        self.line.push(line.into());
        self
    }

    /// Says which receipt.
    #[must_use]
    pub fn with_invoice_detail_receipt_info(mut self, info: impl Into<InvoiceDetailReceiptInfo>) -> Self {
        self.invoice_detail_receipt_info = Some(info.into());
        self
    }

    /// Says which ship notice.
    #[must_use]
    pub fn with_invoice_detail_ship_notice_info(
        mut self,
        info: impl Into<InvoiceDetailShipNoticeInfo>,
    ) -> Self {
        self.invoice_detail_ship_notice_info = Some(info.into());
        self
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

    /// Sets when the goods changed hands for the tax.
    #[must_use]
    pub fn with_inspection_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.inspection_date = Some(date.into());
        self
    }

    /// Sets when the service was rendered.
    #[must_use]
    pub fn with_period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Sets the tax.
    #[must_use]
    pub fn with_tax(mut self, tax: Tax) -> Self {
        self.tax = Some(Box::new(tax));
        self
    }

    /// Sets special handling.
    #[must_use]
    pub fn with_invoice_detail_line_special_handling(
        mut self,
        handling: InvoiceDetailLineSpecialHandling,
    ) -> Self {
        self.invoice_detail_line_special_handling = Some(handling);
        self
    }

    /// Sets shipping.
    #[must_use]
    pub fn with_invoice_detail_line_shipping(mut self, shipping: InvoiceDetailLineShipping) -> Self {
        self.invoice_detail_line_shipping = Some(Box::new(shipping));
        self
    }

    /// Sets the gross amount.
    #[must_use]
    pub fn with_gross_amount(mut self, money: Money) -> Self {
        self.gross_amount = Some(money);
        self
    }

    /// Sets the discount.
    #[must_use]
    pub fn with_invoice_detail_discount(mut self, discount: InvoiceDetailDiscount) -> Self {
        self.invoice_detail_discount = Some(discount);
        self
    }

    /// Sets the net amount.
    #[must_use]
    pub fn with_net_amount(mut self, money: Money) -> Self {
        self.net_amount = Some(money);
        self
    }

    /// Sets a comment.
    #[must_use]
    pub fn with_comments(mut self, comments: impl Into<Comments>) -> Self {
        self.comments = Some(comments.into());
        self
    }

    /// Adds a named value.
    #[must_use]
    pub fn with_extrinsic(mut self, extrinsic: Extrinsic) -> Self {
        self.extrinsic.push(extrinsic);
        self
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
