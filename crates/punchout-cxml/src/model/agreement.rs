//! Agreements that an order calls off from.

use punchout_core::Text;

use crate::element::element;
use crate::token::token;
use crate::{DocumentReference, IdReference, Other, Timestamp};

/// The agreement that a line calls off from, by its document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MasterAgreementReference {
    /// Its number.
    pub agreement_id: Option<Text>,
    /// Its date.
    pub agreement_date: Option<Timestamp>,
    /// What sort of agreement it is.
    pub agreement_type: Option<AgreementType>,
    /// Its document.
    pub document_reference: DocumentReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl MasterAgreementReference {
    /// Points at the document of an agreement.
    #[must_use]
    pub fn new(document_reference: DocumentReference) -> Self {
        Self {
            agreement_id: None,
            agreement_date: None,
            agreement_type: None,
            document_reference,
            other: Other::default(),
        }
    }
}

/// The agreement that a line calls off from, by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MasterAgreementIdInfo {
    /// Its number.
    pub agreement_id: Text,
    /// Its date.
    pub agreement_date: Option<Timestamp>,
    /// What sort of agreement it is.
    pub agreement_type: Option<AgreementType>,
    /// Its keys in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl MasterAgreementIdInfo {
    /// The number of an agreement.
    #[must_use]
    pub fn new(agreement_id: impl Into<Text>) -> Self {
        Self {
            agreement_id: agreement_id.into(),
            agreement_date: None,
            agreement_type: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds a key in another system.
    #[must_use]
    pub fn with_id_reference(mut self, id_reference: IdReference) -> Self {
        self.id_reference.push(id_reference);
        self
    }
}

token! {
    /// What sort of agreement it is.
    pub enum AgreementType {
        /// A scheduling agreement.
        SchedulingAgreement = "scheduling_agreement",
    }
}

element!(MasterAgreementReference {
    attributes {
        agreement_id: "agreementID",
        agreement_date: "agreementDate",
        agreement_type: "agreementType",
    }
    children { document_reference: "DocumentReference", }
});

element!(MasterAgreementIdInfo {
    attributes {
        agreement_id: "agreementID",
        agreement_date: "agreementDate",
        agreement_type: "agreementType",
    }
    children { id_reference: "IdReference", }
});
