use punchout_core::{Amount, Text};

use crate::element::element;
use crate::{Characteristic, Description, Name, Other, Url};

/// Names a file about an article that is had from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AttachmentReference {
    /// How long it is, in bytes.
    pub length: Option<Amount>,
    /// Its version.
    pub version: Option<Text>,
    /// What it is called.
    pub name: Name,
    /// What it is.
    pub description: Description,
    /// Its key where it is kept.
    pub internal_id: InternalId,
    /// Where it is.
    pub url: Option<Url>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl AttachmentReference {
    /// A name, what it is and its key.
    #[must_use]
    pub fn new(name: Name, description: Description, internal_id: InternalId) -> Self {
        Self {
            length: None,
            version: None,
            name,
            description,
            internal_id,
            url: None,
            other: Other::default(),
        }
    }
}

/// A key in some system.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InternalId {
    /// Whose key it is.
    pub domain: Option<Text>,
    /// The key.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InternalId {
    /// A key.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { domain: None, value: value.into(), other: Other::default() }
    }
}

/// What only some trades need to know of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemDetailIndustry {
    /// Whether it is configured by its characteristics.
    pub is_configurable_material: bool,
    /// For retail.
    pub item_detail_retail: Option<ItemDetailRetail>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What retail needs to know of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemDetailRetail {
    /// Its EAN; deprecated, keys belong into the item id.
    pub eanid: Option<Text>,
    /// Its number in the European Waste Catalogue.
    pub european_waste_catalog_id: Option<Text>,
    /// Its properties.
    pub characteristic: Vec<Characteristic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

element!(AttachmentReference {
    attributes { length: "length", version: "version", }
    children { name: "Name", description: "Description", internal_id: "InternalID", url: "URL", }
});

element!(InternalId {
    attributes { domain: "domain", }
    text value;
});

element!(ItemDetailIndustry {
    attributes { is_configurable_material: "isConfigurableMaterial", }
    children { item_detail_retail: "ItemDetailRetail", }
});

element!(ItemDetailRetail {
    children {
        eanid: "EANID",
        european_waste_catalog_id: "EuropeanWasteCatalogID",
        characteristic: "Characteristic",
    }
});
