use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::{AnyContent, IdReference, Other};

/// The keys of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemId {
    /// The supplier's part number.
    pub supplier_part_id: SupplierPartId,
    /// The supplier's second key, such as a configuration; it goes back exactly
    /// as it came.
    pub supplier_part_auxiliary_id: Option<AnyContent>,
    /// The buyer's part number.
    pub buyer_part_id: Option<Text>,
    /// Keys in other systems, such as an EAN.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ItemId {
    /// A supplier's part number.
    #[must_use]
    pub fn new(supplier_part_id: impl Into<SupplierPartId>) -> Self {
        Self {
            supplier_part_id: supplier_part_id.into(),
            supplier_part_auxiliary_id: None,
            buyer_part_id: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ItemId {
        /// Sets the supplier's second key.
        supplier_part_auxiliary_id: with_supplier_part_auxiliary_id(id: impl Into<AnyContent>),
        /// Sets the buyer's part number.
        buyer_part_id: with_buyer_part_id(id: impl Into<Text>),
    }
}

impl From<&str> for ItemId {
    fn from(supplier_part_id: &str) -> Self {
        Self::new(supplier_part_id)
    }
}

/// A supplier's part number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SupplierPartId {
    /// The revision of the part.
    pub revision_id: Option<Text>,
    /// The number.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SupplierPartId {
    /// A part number.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { revision_id: None, value: value.into(), other: Other::default() }
    }

    /// Sets the revision of the part.
    #[must_use]
    pub fn with_revision_id(mut self, revision_id: impl Into<Text>) -> Self {
        self.revision_id = Some(revision_id.into());
        self
    }
}

impl From<&str> for SupplierPartId {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl From<String> for SupplierPartId {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<Text> for SupplierPartId {
    fn from(value: Text) -> Self {
        Self::new(value)
    }
}

element!(ItemId {
    children {
        supplier_part_id: "SupplierPartID",
        supplier_part_auxiliary_id: "SupplierPartAuxiliaryID",
        buyer_part_id: "BuyerPartID",
        id_reference: "IdReference",
    }
});

element!(SupplierPartId {
    attributes { revision_id: "revisionID", }
    text value;
});
