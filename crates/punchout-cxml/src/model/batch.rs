//! Batches of goods and their properties.

use punchout_core::{Amount, Text};

use crate::element::element;
use crate::{IdReference, Other, Timestamp};

/// Goods of one manufacturing run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Batch {
    /// When it was made.
    pub production_date: Option<Timestamp>,
    /// Until when it may be used.
    pub expiration_date: Option<Timestamp>,
    /// When it is inspected.
    pub inspection_date: Option<Timestamp>,
    /// How long it keeps, as an ISO 8601 duration.
    pub shelf_life: Option<Text>,
    /// Where it was made, ISO 3166-1 alpha-2.
    pub origin_country_code: Option<Text>,
    /// How much of it there is.
    pub batch_quantity: Option<Amount>,
    /// The buyer's number of it.
    pub buyer_batch_id: Option<Text>,
    /// The supplier's number of it.
    pub supplier_batch_id: Option<Text>,
    /// Its properties.
    pub property_valuation: Vec<PropertyValuation>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A property and its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PropertyValuation {
    /// The property.
    pub property_reference: Option<PropertyReference>,
    /// Its values.
    pub value_group: Vec<ValueGroup>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A property, by its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PropertyReference {
    /// The keys.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Values that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ValueGroup {
    /// The key of the group.
    pub id_reference: Option<IdReference>,
    /// The key of the group that it belongs to.
    pub parent_id: Option<Text>,
    /// The values.
    pub property_value: Vec<PropertyValue>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A value of a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PropertyValue {
    /// What it is called.
    pub name: Option<Text>,
    /// The value.
    pub characteristic: Vec<Characteristic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A property of an article and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Characteristic {
    /// What it is, such as `size` or `color`.
    pub domain: Text,
    /// The value.
    pub value: Text,
    /// The unit or currency of the value.
    pub code: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Characteristic {
    /// A property and its value.
    #[must_use]
    pub fn new(domain: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { domain: domain.into(), value: value.into(), code: None, other: Other::default() }
    }
}

element!(Batch {
    attributes {
        production_date: "productionDate",
        expiration_date: "expirationDate",
        inspection_date: "inspectionDate",
        shelf_life: "shelfLife",
        origin_country_code: "originCountryCode",
        batch_quantity: "batchQuantity",
    }
    children {
        buyer_batch_id: "BuyerBatchID",
        supplier_batch_id: "SupplierBatchID",
        property_valuation: "PropertyValuation",
    }
});

element!(PropertyValuation {
    children { property_reference: "PropertyReference", value_group: "ValueGroup", }
});

element!(PropertyReference {
    children { id_reference: "IdReference", }
});

element!(ValueGroup {
    children { id_reference: "IdReference", parent_id: "ParentID", property_value: "PropertyValue", }
});

element!(PropertyValue {
    attributes { name: "name", }
    children { characteristic: "Characteristic", }
});

element!(Characteristic {
    attributes { domain: "domain", value: "value", code: "code", }
});
