use punchout_core::{Amount, Text};

use crate::element::element;
use crate::{DocumentReference, IdReference, Other, Timestamp};

/// Points at a line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReceiptLineItemReference {
    /// The number of the line.
    pub receipt_line_number: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ReceiptLineItemReference {
    /// A line.
    #[must_use]
    pub fn new(receipt_line_number: impl Into<Amount>) -> Self {
        Self { receipt_line_number: receipt_line_number.into(), other: Other::default() }
    }
}

/// Points at a line of a ship notice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeLineItemReference {
    /// The number of the line.
    pub ship_notice_line_number: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeLineItemReference {
    /// A line.
    #[must_use]
    pub fn new(ship_notice_line_number: impl Into<Amount>) -> Self {
        Self { ship_notice_line_number: ship_notice_line_number.into(), other: Other::default() }
    }
}

/// Points at a line of a service entry sheet by its document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ServiceEntryItemReference {
    /// The number of the line.
    pub service_line_number: Amount,
    /// The sheet's number.
    pub service_entry_id: Option<Text>,
    /// The sheet's date.
    pub service_entry_date: Option<Timestamp>,
    /// The document.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ServiceEntryItemReference {
    /// A line of the document with this payload id.
    #[must_use]
    pub fn new(service_line_number: impl Into<Amount>, payload_id: impl Into<Text>) -> Self {
        Self {
            service_line_number: service_line_number.into(),
            service_entry_id: None,
            service_entry_date: None,
            document_reference: DocumentReference::new(payload_id),
            other: Other::default(),
        }
    }
}

/// Points at a line of a service entry sheet by the sheet's number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ServiceEntryItemIdInfo {
    /// The number of the line.
    pub service_line_number: Amount,
    /// The sheet's number.
    pub service_entry_id: Text,
    /// The sheet's date.
    pub service_entry_date: Option<Timestamp>,
    /// Keys of the sheet in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ServiceEntryItemIdInfo {
    /// A line of a sheet.
    #[must_use]
    pub fn new(service_line_number: impl Into<Amount>, service_entry_id: impl Into<Text>) -> Self {
        Self {
            service_line_number: service_line_number.into(),
            service_entry_id: service_entry_id.into(),
            service_entry_date: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

/// Points at a line of a consignment movement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ProductMovementItemIdInfo {
    /// The number of the line.
    pub movement_line_number: Amount,
    /// The movement's number.
    pub movement_id: Text,
    /// The movement's date.
    pub movement_date: Timestamp,
    /// Keys of the movement in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ProductMovementItemIdInfo {
    /// A line of a movement.
    #[must_use]
    pub fn new(
        movement_line_number: impl Into<Amount>,
        movement_id: impl Into<Text>,
        movement_date: impl Into<Timestamp>,
    ) -> Self {
        Self {
            movement_line_number: movement_line_number.into(),
            movement_id: movement_id.into(),
            movement_date: movement_date.into(),
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

element!(ReceiptLineItemReference {
    attributes { receipt_line_number: "receiptLineNumber", }
});

element!(ShipNoticeLineItemReference {
    attributes { ship_notice_line_number: "shipNoticeLineNumber", }
});

element!(ServiceEntryItemReference {
    attributes {
        service_line_number: "serviceLineNumber",
        service_entry_id: "serviceEntryID",
        service_entry_date: "serviceEntryDate",
    }
    children { document_reference: "DocumentReference", }
});

element!(ServiceEntryItemIdInfo {
    attributes {
        service_line_number: "serviceLineNumber",
        service_entry_id: "serviceEntryID",
        service_entry_date: "serviceEntryDate",
    }
    children { id_reference: "IdReference", }
});

element!(ProductMovementItemIdInfo {
    attributes {
        movement_line_number: "movementLineNumber",
        movement_id: "movementID",
        movement_date: "movementDate",
    }
    children { id_reference: "IdReference", }
});
