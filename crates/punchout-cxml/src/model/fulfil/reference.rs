use punchout_core::Text;

use crate::choice::choice;
use crate::element::element;
use crate::setters::setters;
use crate::{Document, DocumentReference, Other, Timestamp};

/// Points at an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderReference {
    /// The purchase order number.
    pub order_id: Option<Text>,
    /// The date of the order.
    pub order_date: Option<Timestamp>,
    /// The document with the order.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderReference {
    /// Points at the document with the order.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>) -> Self {
        Self {
            order_id: None,
            order_date: None,
            document_reference: DocumentReference::new(payload_id),
            other: Other::default(),
        }
    }

    /// Points at the order that a document has; `None` when it has none.
    #[must_use]
    pub fn to(document: &Document) -> Option<Self> {
        let header = &document.order_request()?.order_request_header;
        let reference = Self::new(document.payload_id.clone());
        Some(reference.with_order_id(header.order_id.clone()).with_order_date(header.order_date.clone()))
    }
}

setters! {
    OrderReference {
        /// Sets the purchase order number.
        order_id: with_order_id(id: impl Into<Text>),
        /// Sets the date of the order.
        order_date: with_order_date(date: impl Into<Timestamp>),
    }
}

choice! {
    /// A question about an order that was asked before.
    pub enum OrderStatusRequest {
        /// By its document.
        Reference(OrderStatusRequestReference) = "OrderStatusRequestReference",
        /// By its number.
        IdInfo(OrderStatusRequestIdInfo) = "OrderStatusRequestIDInfo",
    }
}

/// Points at the document with a question about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderStatusRequestReference {
    /// The number of the question.
    pub order_status_request_id: Option<Text>,
    /// When it was asked.
    pub order_status_request_date: Option<Timestamp>,
    /// The document.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderStatusRequestReference {
    /// Points at the document.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>) -> Self {
        Self {
            order_status_request_id: None,
            order_status_request_date: None,
            document_reference: DocumentReference::new(payload_id),
            other: Other::default(),
        }
    }
}

/// Names a question about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderStatusRequestIdInfo {
    /// The number of the question.
    pub order_status_request_id: Text,
    /// When it was asked.
    pub order_status_request_date: Option<Timestamp>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderStatusRequestIdInfo {
    /// A question by its number.
    #[must_use]
    pub fn new(order_status_request_id: impl Into<Text>) -> Self {
        Self {
            order_status_request_id: order_status_request_id.into(),
            order_status_request_date: None,
            other: Other::default(),
        }
    }
}

element!(OrderReference {
    attributes {
        order_id: "orderID",
        order_date: "orderDate",
    }
    children {
        document_reference: "DocumentReference",
    }
});

element!(OrderStatusRequestReference {
    attributes {
        order_status_request_id: "orderStatusRequestID",
        order_status_request_date: "orderStatusRequestDate",
    }
    children {
        document_reference: "DocumentReference",
    }
});

element!(OrderStatusRequestIdInfo {
    attributes {
        order_status_request_id: "orderStatusRequestID",
        order_status_request_date: "orderStatusRequestDate",
    }
});
