use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::{DocumentReference, IdReference, Other, Timestamp};

/// Points at an order by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderIdInfo {
    /// The number.
    pub order_id: Text,
    /// The order's date.
    pub order_date: Option<Timestamp>,
    /// Keys of the order in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderIdInfo {
    /// A number.
    #[must_use]
    pub fn new(order_id: impl Into<Text>) -> Self {
        Self {
            order_id: order_id.into(),
            order_date: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds the order's date.
    #[must_use]
    pub fn with_order_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.order_date = Some(date.into());
        self
    }
}

/// Points at an invoice by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceIdInfo {
    /// The number.
    pub invoice_id: Text,
    /// The invoice's date.
    pub invoice_date: Option<Timestamp>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceIdInfo {
    /// A number.
    #[must_use]
    pub fn new(invoice_id: impl Into<Text>) -> Self {
        Self { invoice_id: invoice_id.into(), invoice_date: None, other: Other::default() }
    }

    /// Adds the invoice's date.
    #[must_use]
    pub fn with_invoice_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.invoice_date = Some(date.into());
        self
    }
}

/// Points at a receipt by its document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReceiptReference {
    /// The receipt's number.
    pub receipt_id: Option<Text>,
    /// The receipt's date.
    pub receipt_date: Option<Timestamp>,
    /// The document.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ReceiptReference {
    /// Points at the document with this payload id.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>) -> Self {
        Self {
            receipt_id: None,
            receipt_date: None,
            document_reference: DocumentReference::new(payload_id),
            other: Other::default(),
        }
    }

    /// Adds the receipt's number.
    #[must_use]
    pub fn with_receipt_id(mut self, id: impl Into<Text>) -> Self {
        self.receipt_id = Some(id.into());
        self
    }
}

/// Points at a receipt by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReceiptIdInfo {
    /// The number.
    pub receipt_id: Text,
    /// The receipt's date.
    pub receipt_date: Option<Timestamp>,
    /// Keys of the receipt in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ReceiptIdInfo {
    /// A number.
    #[must_use]
    pub fn new(receipt_id: impl Into<Text>) -> Self {
        Self {
            receipt_id: receipt_id.into(),
            receipt_date: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

/// Points at a ship notice by its document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeReference {
    /// The ship notice's number.
    pub ship_notice_id: Option<Text>,
    /// The ship notice's date.
    pub ship_notice_date: Option<Timestamp>,
    /// The document.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeReference {
    /// Points at the document with this payload id.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>) -> Self {
        Self {
            ship_notice_id: None,
            ship_notice_date: None,
            document_reference: DocumentReference::new(payload_id),
            other: Other::default(),
        }
    }

    /// Adds the ship notice's number.
    #[must_use]
    pub fn with_ship_notice_id(mut self, id: impl Into<Text>) -> Self {
        self.ship_notice_id = Some(id.into());
        self
    }
}

/// Points at a ship notice by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeIdInfo {
    /// The number.
    pub ship_notice_id: Text,
    /// The ship notice's date.
    pub ship_notice_date: Option<Timestamp>,
    /// Keys of the shipment, such as a delivery note.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeIdInfo {
    /// A number.
    #[must_use]
    pub fn new(ship_notice_id: impl Into<Text>) -> Self {
        Self {
            ship_notice_id: ship_notice_id.into(),
            ship_notice_date: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ShipNoticeIdInfo {
        /// Adds the ship notice's date.
        ship_notice_date: with_ship_notice_date(date: impl Into<Timestamp>),
        /// Adds a key.
        id_reference: with_id_reference(reference: IdReference),
    }
}

element!(OrderIdInfo {
    attributes { order_id: "orderID", order_date: "orderDate", }
    children { id_reference: "IdReference", }
});

element!(InvoiceIdInfo {
    attributes { invoice_id: "invoiceID", invoice_date: "invoiceDate", }
});

element!(ReceiptReference {
    attributes { receipt_id: "receiptID", receipt_date: "receiptDate", }
    children { document_reference: "DocumentReference", }
});

element!(ReceiptIdInfo {
    attributes { receipt_id: "receiptID", receipt_date: "receiptDate", }
    children { id_reference: "IdReference", }
});

element!(ShipNoticeReference {
    attributes { ship_notice_id: "shipNoticeID", ship_notice_date: "shipNoticeDate", }
    children { document_reference: "DocumentReference", }
});

element!(ShipNoticeIdInfo {
    attributes { ship_notice_id: "shipNoticeID", ship_notice_date: "shipNoticeDate", }
    children { id_reference: "IdReference", }
});
