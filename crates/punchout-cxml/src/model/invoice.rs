//! The invoice: its header, what it holds, and its sums.

mod header;
mod indicator;
mod item;
mod item_reference;
mod labor;
mod line_reference;
mod order;
mod order_info;
mod reference;
mod retail;
mod service;
mod shipping;
mod summary;

use crate::Other;
use crate::element::element;
use crate::setters::setters;

pub use header::{
    InvoiceDetailPaymentTerm, InvoiceDetailRequestHeader, InvoiceOperation, InvoiceOrigin, InvoicePartner,
    InvoicePurpose, PaymentInformation, PaymentProposalIdInfo,
};
pub use indicator::{InvoiceDetailHeaderIndicator, InvoiceDetailLineIndicator};
pub use item::{InvoiceDetailItem, InvoiceDetailItemInit, InvoiceItemReason};
pub use item_reference::{CustomsInfo, InvoiceDetailItemReference};
pub use labor::{InvoiceLaborDetail, InvoiceTimeCardDetail, TimeCardIdInfo, TimeCardReference};
pub use line_reference::{
    ProductMovementItemIdInfo, ReceiptLineItemReference, ServiceEntryItemIdInfo, ServiceEntryItemReference,
    ShipNoticeLineItemReference,
};
pub use order::{InvoiceDetailHeaderOrder, InvoiceDetailLine, InvoiceDetailOrder, InvoiceDetailOrderSummary};
pub use order_info::{InvoiceDetailOrderInfo, InvoiceDetailReceiptInfo, InvoiceDetailShipNoticeInfo};
pub use reference::{
    InvoiceIdInfo, OrderIdInfo, ReceiptIdInfo, ReceiptReference, ShipNoticeIdInfo, ShipNoticeReference,
};
pub use retail::{
    AdditionalAmounts, AdditionalPrice, AdditionalPrices, InvoiceDetailItemIndustry,
    InvoiceDetailItemReferenceIndustry, InvoiceDetailItemReferenceRetail, InvoiceDetailItemRetail,
    InvoiceDetailSummaryIndustry, InvoiceDetailSummaryRetail, ItemIndicator,
};
pub use service::{InvoiceDetailServiceItem, InvoiceDetailServiceItemReference};
pub use shipping::{
    InvoiceDetailDiscount, InvoiceDetailLineShipping, InvoiceDetailLineSpecialHandling,
    InvoiceDetailShipping, ShippingAmount, SpecialHandlingAmount,
};
pub use summary::InvoiceDetailSummary;

/// An invoice, a credit memo, or the taking back of one.
///
/// It has orders with lines, or orders as a whole, never both: which of them
/// [`InvoiceDetailHeaderIndicator::is_header_invoice`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailRequest {
    /// What is true of the whole invoice.
    pub invoice_detail_request_header: InvoiceDetailRequestHeader,
    /// Orders that are invoiced line by line.
    pub invoice_detail_order: Vec<InvoiceDetailOrder>,
    /// Orders that are invoiced as a whole.
    pub invoice_detail_header_order: Vec<InvoiceDetailHeaderOrder>,
    /// The sums.
    pub invoice_detail_summary: InvoiceDetailSummary,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailRequest {
    /// An invoice of orders line by line, of which there is at least one.
    #[must_use]
    pub fn new(
        header: impl Into<InvoiceDetailRequestHeader>,
        orders: impl IntoIterator<Item = InvoiceDetailOrder>,
        summary: InvoiceDetailSummary,
    ) -> Self {
        Self {
            invoice_detail_request_header: header.into(),
            invoice_detail_order: orders.into_iter().collect(),
            invoice_detail_header_order: Vec::new(),
            invoice_detail_summary: summary,
            other: Other::default(),
        }
    }

    /// An invoice of orders as a whole, of which there is at least one.
    /// It sets the header's indicator of that, too.
    #[must_use]
    pub fn header_invoice(
        header: impl Into<InvoiceDetailRequestHeader>,
        orders: impl IntoIterator<Item = InvoiceDetailHeaderOrder>,
        summary: InvoiceDetailSummary,
    ) -> Self {
        let mut invoice = Self::new(header, [], summary);
        invoice.invoice_detail_header_order.extend(orders);
        invoice.invoice_detail_request_header.invoice_detail_header_indicator.is_header_invoice = true;
        invoice
    }
}

setters! {
    InvoiceDetailRequest {
        /// Adds an order with lines.
        invoice_detail_order: with_invoice_detail_order(order: InvoiceDetailOrder),
        /// Adds an order as a whole.
        invoice_detail_header_order: with_invoice_detail_header_order(order: InvoiceDetailHeaderOrder),
    }
}

element!(InvoiceDetailRequest {
    children {
        invoice_detail_request_header: "InvoiceDetailRequestHeader",
        invoice_detail_order: "InvoiceDetailOrder",
        invoice_detail_header_order: "InvoiceDetailHeaderOrder",
        invoice_detail_summary: "InvoiceDetailSummary",
    }
    need { invoice_detail_order | invoice_detail_header_order, }
});
