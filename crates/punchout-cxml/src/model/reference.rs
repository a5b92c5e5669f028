//! Other documents, dates and assets that something is about.

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::token::token;
use crate::{Contact, DocumentReference, Extrinsic, Other, Timestamp};

/// Another document and what of it is meant. It is named by at most one of
/// number and payload id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReferenceDocumentInfo {
    /// The line of it.
    pub line_number: Option<Amount>,
    /// The schedule line of it.
    pub schedule_line_number: Option<Amount>,
    /// How far it is.
    pub status: Option<ReferenceStatus>,
    /// The document, by its number.
    pub document_info: Option<DocumentInfo>,
    /// The document, by its payload id.
    pub document_reference: Option<DocumentReference>,
    /// Its dates.
    pub date_info: Vec<DateInfo>,
    /// Whom to ask about it.
    pub contact: Vec<Contact>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A document, by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DocumentInfo {
    /// The number.
    pub document_id: Text,
    /// What it is, such as `PurchaseOrder`.
    pub document_type: Text,
    /// Its date.
    pub document_date: Option<Timestamp>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl DocumentInfo {
    /// A number and what sort of document it is.
    #[must_use]
    pub fn new(document_id: impl Into<Text>, document_type: impl Into<Text>) -> Self {
        Self {
            document_id: document_id.into(),
            document_type: document_type.into(),
            document_date: None,
            other: Other::default(),
        }
    }
}

/// A date and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DateInfo {
    /// What the date stands for.
    pub kind: DateInfoType,
    /// The date.
    pub date: Timestamp,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl DateInfo {
    /// What the date stands for, and the date.
    #[must_use]
    pub fn new(kind: DateInfoType, date: impl Into<Timestamp>) -> Self {
        Self { kind, date: date.into(), extrinsic: Vec::new(), other: Other::default() }
    }
}

token! {
    /// How far a document is.
    pub enum ReferenceStatus {
        /// It exists.
        Created = "created",
        /// It is released.
        Released = "released",
        /// It is being worked on.
        Open = "open",
        /// It is done.
        Completed = "completed",
        /// It is closed.
        Closed = "closed",
        /// It is cancelled.
        Cancelled = "cancelled",
    }
}

token! {
    /// What a date stands for.
    pub enum DateInfoType {
        /// When it should leave.
        ExpectedShipmentDate = "expectedShipmentDate",
        /// When production begins.
        ProductionStartDate = "productionStartDate",
        /// When production ends.
        ProductionFinishDate = "productionFinishDate",
        /// When it is wanted to be fetched.
        RequestedPickUpDate = "requestedPickUpDate",
        /// When it should be fetched.
        ExpectedPickUpDate = "expectedPickUpDate",
        /// When it was fetched.
        ActualPickUpDate = "actualPickUpDate",
        /// When it is wanted.
        RequestedDeliveryDate = "requestedDeliveryDate",
        /// When it should arrive.
        ExpectedDeliveryDate = "expectedDeliveryDate",
        /// When it arrived.
        ActualDeliveryDate = "actualDeliveryDate",
        /// When it will leave, by the supplier's word.
        ConfirmedShipmentDate = "confirmedShipmentDate",
        /// When it will arrive, by the supplier's word.
        ConfirmedDeliveryDate = "confirmedDeliveryDate",
    }
}

/// An asset, such as a machine or a returnable container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AssetInfo {
    /// Says that the item does not just refer to it.
    pub is_referenced_asset: Option<ReferencedAsset>,
    /// The number on its tag.
    pub tag_number: Option<Text>,
    /// Its serial number.
    pub serial_number: Option<Text>,
    /// Where it is.
    pub location: Option<Text>,
    /// The equipment that it belongs to.
    pub equipment_id: Option<Text>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

token! {
    /// Whether an item refers to an asset. The DTD knows one answer.
    pub enum ReferencedAsset {
        /// It does not.
        No = "no",
    }
}

/// Something about a line that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Indicator {
    /// What it is about.
    pub kind: Option<Text>,
    /// How bad it is.
    pub level: Option<IndicatorLevel>,
    /// The words.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Indicator {
    /// Says something.
    #[must_use]
    pub fn new(text: impl Into<Text>) -> Self {
        Self { kind: None, level: None, text: text.into(), other: Other::default() }
    }
}

token! {
    /// How bad it is.
    pub enum IndicatorLevel {
        /// It may be right.
        Warning = "warning",
        /// It is wrong.
        Error = "error",
    }
}

element!(ReferenceDocumentInfo {
    attributes { line_number: "lineNumber", schedule_line_number: "scheduleLineNumber", status: "status", }
    children {
        document_info: "DocumentInfo",
        document_reference: "DocumentReference",
        date_info: "DateInfo",
        contact: "Contact",
        extrinsic: "Extrinsic",
    }
});

element!(DocumentInfo {
    attributes { document_id: "documentID", document_type: "documentType", document_date: "documentDate", }
});

element!(DateInfo {
    attributes { kind: "type", date: "date", }
    children { extrinsic: "Extrinsic", }
});

element!(AssetInfo {
    attributes {
        is_referenced_asset: "isReferencedAsset",
        tag_number: "tagNumber",
        serial_number: "serialNumber",
        location: "location",
        equipment_id: "equipmentId",
    }
    children { extrinsic: "Extrinsic", }
});

element!(Indicator {
    attributes { kind: "type", level: "level", }
    text text;
});
