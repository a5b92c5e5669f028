//! What became of a document, told later.

mod payment;

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    Comments, DocumentInfo, DocumentReference, Extrinsic, InvoiceIdInfo, Money, Other, ReferenceDocumentInfo,
    SourcingStatus, Status, Timestamp, YesNo,
};

pub use payment::{PaymentStatus, PaymentStatusInit, PaymentType};

/// Tells what became of a document that was sent before.
///
/// Beside the status there is one of the five details, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StatusUpdateRequest {
    /// The document that it is about.
    pub document_reference: Option<DocumentReference>,
    /// How it goes.
    pub status: Status,
    /// What became of a payment by card.
    pub payment_status: Option<Box<PaymentStatus>>,
    /// What to do with a negotiation.
    pub sourcing_status: Option<SourcingStatus>,
    /// What became of an invoice.
    pub invoice_status: Option<Box<InvoiceStatus>>,
    /// What became of another document.
    pub document_status: Option<Box<DocumentStatus>>,
    /// What became of a document in the systems behind.
    pub integration_status: Option<Box<IntegrationStatus>>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl StatusUpdateRequest {
    /// A status.
    #[must_use]
    pub fn new(status: impl Into<Status>) -> Self {
        Self {
            document_reference: None,
            status: status.into(),
            payment_status: None,
            sourcing_status: None,
            invoice_status: None,
            document_status: None,
            integration_status: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Names the document that it is about.
    #[must_use]
    pub fn with_document_reference(mut self, payload_id: impl Into<Text>) -> Self {
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }
}

setters! {
    StatusUpdateRequest {
        /// Says what became of an invoice.
        invoice_status: with_invoice_status(status: InvoiceStatus),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

/// What became of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceStatus {
    /// How far it is.
    pub kind: InvoiceStatusType,
    /// When its net amount falls due.
    pub payment_net_due_date: Option<Timestamp>,
    /// The invoice, where no payload id names it.
    pub invoice_id_info: Option<InvoiceIdInfo>,
    /// What is paid, if that is not all.
    pub partial_amount: Option<Money>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceStatus {
    /// How far an invoice is.
    #[must_use]
    pub fn new(kind: InvoiceStatusType) -> Self {
        Self {
            kind,
            payment_net_due_date: None,
            invoice_id_info: None,
            partial_amount: None,
            comments: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    InvoiceStatus {
        /// Names the invoice.
        invoice_id_info: with_invoice(invoice: InvoiceIdInfo),
        /// Sets what is paid, if that is not all.
        partial_amount: with_partial_amount(amount: Money),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
    }
}

token! {
    /// How far an invoice is.
    pub enum InvoiceStatusType {
        /// The buyer looks at it.
        Processing = "processing",
        /// It was called off.
        Canceled = "canceled",
        /// It is right and waits for payment.
        Reconciled = "reconciled",
        /// The buyer refuses it.
        Rejected = "rejected",
        /// It is being paid.
        Paying = "paying",
        /// It is paid.
        Paid = "paid",
    }
}

/// What became of a document that is neither payment nor invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DocumentStatus {
    /// How far it is; a word that both sides agreed on, such as `approved`.
    pub kind: Text,
    /// The document, where no payload id names it.
    pub document_info: Option<DocumentInfo>,
    /// What became of its lines.
    pub item_status: Vec<ItemStatus>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl DocumentStatus {
    /// How far a document is.
    #[must_use]
    pub fn new(kind: impl Into<Text>) -> Self {
        Self {
            kind: kind.into(),
            document_info: None,
            item_status: Vec::new(),
            comments: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    DocumentStatus {
        /// Names the document.
        document_info: with_document(document: DocumentInfo),
        /// Adds what became of a line.
        item_status: with_item_status(status: ItemStatus),
    }
}

/// What became of a part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemStatus {
    /// How far it is; a word that both sides agreed on.
    pub kind: Text,
    /// The same as a key.
    pub code: Option<Text>,
    /// The line that it is a part of.
    pub parent_line_number: Option<Amount>,
    /// The line, by its document and number.
    pub reference_document_info: ReferenceDocumentInfo,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ItemStatus {
    /// How far a line is.
    #[must_use]
    pub fn new(kind: impl Into<Text>, line: ReferenceDocumentInfo) -> Self {
        Self {
            kind: kind.into(),
            code: None,
            parent_line_number: None,
            reference_document_info: line,
            comments: Vec::new(),
            other: Other::default(),
        }
    }
}

/// What became of a document in the systems behind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct IntegrationStatus {
    /// How far it is.
    pub document_status: DeliveryStatus,
    /// What the system behind said.
    pub integration_message: Option<IntegrationMessage>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl IntegrationStatus {
    /// How far a document is.
    #[must_use]
    pub fn new(document_status: DeliveryStatus) -> Self {
        Self { document_status, integration_message: None, other: Other::default() }
    }
}

token! {
    /// How far a document is in the systems behind.
    pub enum DeliveryStatus {
        /// It was delivered.
        Successful = "deliverySuccessful",
        /// It will be delivered later.
        Delayed = "deliveryDelayed",
        /// It could not be delivered.
        Failed = "deliveryFailed",
        /// It waits to be fetched.
        Ready = "deliveryReady",
        /// The customer agreed.
        CustomerConfirmed = "customerConfirmed",
        /// The customer has it.
        CustomerReceived = "customerReceived",
        /// The customer could not use it.
        CustomerFailed = "customerFailed",
    }
}

/// What a system behind said about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct IntegrationMessage {
    /// Whether it took the document.
    pub is_successful: YesNo,
    /// What sort of message it is.
    pub kind: Text,
    /// The message.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl IntegrationMessage {
    /// Whether the system took the document, and what it said.
    #[must_use]
    pub fn new(is_successful: bool, kind: impl Into<Text>, text: impl Into<Text>) -> Self {
        Self {
            is_successful: is_successful.into(),
            kind: kind.into(),
            text: text.into(),
            other: Other::default(),
        }
    }
}

element!(StatusUpdateRequest {
    children {
        document_reference: "DocumentReference",
        status: "Status",
        payment_status: "PaymentStatus",
        sourcing_status: "SourcingStatus",
        invoice_status: "InvoiceStatus",
        document_status: "DocumentStatus",
        integration_status: "IntegrationStatus",
        extrinsic: "Extrinsic",
    }
});

element!(InvoiceStatus {
    attributes { kind: "type", payment_net_due_date: "paymentNetDueDate", }
    children {
        invoice_id_info: "InvoiceIDInfo",
        partial_amount: "PartialAmount" / "Money",
        comments: "Comments",
    }
});

element!(DocumentStatus {
    attributes { kind: "type", }
    children { document_info: "DocumentInfo", item_status: "ItemStatus", comments: "Comments", }
});

element!(ItemStatus {
    attributes { kind: "type", code: "code", parent_line_number: "parentLineNumber", }
    children { reference_document_info: "ReferenceDocumentInfo", comments: "Comments", }
});

element!(IntegrationStatus {
    attributes { document_status: "documentStatus", }
    children { integration_message: "IntegrationMessage", }
});

element!(IntegrationMessage {
    attributes { is_successful: "isSuccessful", kind: "type", }
    text text;
});
