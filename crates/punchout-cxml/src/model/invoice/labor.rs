use punchout_core::Text;

use crate::element::{Element as _, element};
use crate::setters::setters;
use crate::{Address, Contact, Contractor, Description, DocumentReference, Other};

/// Who worked, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceLaborDetail {
    /// Who worked.
    pub contractor: Option<Contractor>,
    /// At what.
    pub job_description: Option<Description>,
    /// Who had the oversight.
    pub supervisor: Option<Contact>,
    /// Where.
    pub work_location: Option<Address>,
    /// The time card that it was reported on.
    pub invoice_time_card_detail: Option<InvoiceTimeCardDetail>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

setters! {
    InvoiceLaborDetail {
        /// Says who worked.
        contractor: with_contractor(contractor: Contractor),
        /// Says at what.
        job_description: with_job_description(description: Description),
        /// Says who had the oversight.
        supervisor: with_supervisor(supervisor: Contact),
        /// Says where.
        work_location: with_work_location(address: Address),
        /// Sets the time card.
        invoice_time_card_detail: with_invoice_time_card_detail(detail: InvoiceTimeCardDetail),
    }
}

/// Which time card is invoiced: exactly one of document and key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceTimeCardDetail {
    /// By its document.
    pub time_card_reference: Option<TimeCardReference>,
    /// By its key.
    pub time_card_id_info: Option<TimeCardIdInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<TimeCardReference> for InvoiceTimeCardDetail {
    fn from(time_card_reference: TimeCardReference) -> Self {
        Self { time_card_reference: Some(time_card_reference), ..Self::blank() }
    }
}

impl From<TimeCardIdInfo> for InvoiceTimeCardDetail {
    fn from(time_card_id_info: TimeCardIdInfo) -> Self {
        Self { time_card_id_info: Some(time_card_id_info), ..Self::blank() }
    }
}

/// Points at a time card by its document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeCardReference {
    /// Its key.
    pub time_card_id: Option<Text>,
    /// Its document.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TimeCardReference {
    /// Points at the document with this payload id.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>) -> Self {
        Self {
            time_card_id: None,
            document_reference: DocumentReference::new(payload_id),
            other: Other::default(),
        }
    }
}

/// Points at a time card by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeCardIdInfo {
    /// The key.
    pub time_card_id: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TimeCardIdInfo {
    /// A key.
    #[must_use]
    pub fn new(time_card_id: impl Into<Text>) -> Self {
        Self { time_card_id: time_card_id.into(), other: Other::default() }
    }
}

element!(InvoiceLaborDetail {
    children {
        contractor: "Contractor",
        job_description: "JobDescription" / "Description",
        supervisor: "Supervisor" / "Contact",
        work_location: "WorkLocation" / "Address",
        invoice_time_card_detail: "InvoiceTimeCardDetail",
    }
});

element!(InvoiceTimeCardDetail {
    children { time_card_reference: "TimeCardReference", time_card_id_info: "TimeCardIDInfo", }
    need { time_card_reference | time_card_id_info, }
});

element!(TimeCardReference {
    attributes { time_card_id: "timeCardID", }
    children { document_reference: "DocumentReference", }
});

element!(TimeCardIdInfo {
    attributes { time_card_id: "timeCardID", }
});
