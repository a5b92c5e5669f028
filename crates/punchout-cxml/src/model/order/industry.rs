use punchout_core::{Amount, Text};

use crate::element::element;
use crate::token::token;
use crate::{AssetInfo, Description, IdReference, Other, PropertyValue, ReferenceDocumentInfo};

/// What only some trades need to know of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderRequestHeaderIndustry {
    /// The trade.
    pub industry_type: Option<IndustryType>,
    /// Other documents that belong to it.
    pub reference_document_info: Vec<ReferenceDocumentInfo>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// What sort of document it is in the buyer's system.
    pub external_document_type: Option<ExternalDocumentType>,
    /// What proof of quality is wanted.
    pub quality_info: Option<QualityInfo>,
    /// The assets that it is about.
    pub asset_info: Vec<AssetInfo>,
    /// `LifeSciences` and `DPAS` and `AuthorizationLabels` and
    /// `AerospaceAndDefense`, as raw elements.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

token! {
    /// A trade that has rules of its own.
    pub enum IndustryType {
        /// Medicine.
        LifeSciences = "lifeSciences",
        /// Aircraft and arms.
        AerospaceAndDefense = "aerospaceAndDefense",
    }
}

/// What only some trades need to know of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemOutIndustry {
    /// How production is planned.
    pub planning_type: Option<PlanningType>,
    /// Whether consumption is to be reported at once.
    pub requires_real_time_consumption: bool,
    /// Whether it must come in handling units.
    pub is_hu_mandatory: bool,
    /// For retail.
    pub item_out_retail: Option<ItemOutRetail>,
    /// Other documents that belong to it.
    pub reference_document_info: Vec<ReferenceDocumentInfo>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// What proof of quality is wanted.
    pub quality_info: Option<QualityInfo>,
    /// What serial numbers are wanted.
    pub serial_number_info: Option<SerialNumberInfo>,
    /// Whether batch numbers are wanted.
    pub batch_info: Option<BatchInfo>,
    /// The assets that it is about.
    pub asset_info: Vec<AssetInfo>,
    /// How it is spread among stores.
    pub packaging_distribution: Vec<PackagingDistribution>,
    /// `ItemOutLifeSciences` and `ItemOutAerospaceAndDefense` and `IUIDInfo`,
    /// as raw elements.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

token! {
    /// How production is planned.
    pub enum PlanningType {
        /// Made to order.
        Mto = "MTO",
        /// Made to stock.
        Mts = "MTS",
        /// Assembled to order.
        Ato = "ATO",
        /// Configured to order.
        Cto = "CTO",
    }
}

/// What retail needs to know of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemOutRetail {
    /// The variant that is promoted.
    pub promotion_variant_id: Option<Text>,
    /// The supplier's number of the promotion.
    pub promotion_deal_id: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// How urgent something is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Priority {
    /// How urgent.
    pub level: PriorityLevel,
    /// Its place among what is as urgent.
    pub sequence: Option<Amount>,
    /// How full the stock is, in percent of what it should be.
    pub inventory_level: Option<Amount>,
    /// In words.
    pub description: Option<Description>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Priority {
    /// How urgent it is.
    #[must_use]
    pub fn new(level: PriorityLevel) -> Self {
        Self { level, sequence: None, inventory_level: None, description: None, other: Other::default() }
    }
}

token! {
    /// How urgent something is.
    pub enum PriorityLevel {
        /// Very urgent.
        VeryHigh = "1",
        /// Urgent.
        High = "2",
        /// As usual.
        Medium = "3",
        /// Less urgent.
        MediumLow = "4",
        /// Not urgent.
        Low = "5",
    }
}

/// What sort of document an order is in the buyer's system.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExternalDocumentType {
    /// The key, such as `NB`.
    pub document_type: Text,
    /// In words.
    pub description: Option<Description>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ExternalDocumentType {
    /// A key.
    #[must_use]
    pub fn new(document_type: impl Into<Text>) -> Self {
        Self { document_type: document_type.into(), description: None, other: Other::default() }
    }
}

/// What proof of quality is wanted: keys or certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct QualityInfo {
    /// Whether quality is inspected.
    pub requires_quality_process: bool,
    /// Keys, such as the control code.
    pub id_reference: Vec<IdReference>,
    /// Certificates.
    pub certificate_info: Vec<CertificateInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A certificate that may come with the goods.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CertificateInfo {
    /// Whether it must.
    pub is_required: bool,
    /// What certificate it is.
    pub id_reference: IdReference,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CertificateInfo {
    /// What certificate it is.
    #[must_use]
    pub fn new(id_reference: IdReference) -> Self {
        Self { is_required: false, id_reference, other: Other::default() }
    }
}

/// What serial numbers are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SerialNumberInfo {
    /// Whether the supplier must send them.
    pub requires_serial_number: bool,
    /// How they are given.
    pub kind: Option<SerialNumberType>,
    /// The numbers.
    pub serial_number: Vec<Text>,
    /// The range, or the form.
    pub property_value: Vec<PropertyValue>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

token! {
    /// How serial numbers are given.
    pub enum SerialNumberType {
        /// One by one.
        List = "list",
        /// By their form.
        Profile = "profile",
        /// From and to.
        Range = "range",
    }
}

/// Whether batch numbers are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BatchInfo {
    /// Whether the supplier must send them.
    pub requires_batch: bool,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// How much goes to a store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PackagingDistribution {
    /// How much.
    pub quantity: Amount,
    /// The store.
    pub store_code: Text,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PackagingDistribution {
    /// How much, for what store, in what unit.
    #[must_use]
    pub fn new(
        quantity: impl Into<Amount>,
        store_code: impl Into<Text>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            store_code: store_code.into(),
            unit_of_measure: unit_of_measure.into(),
            other: Other::default(),
        }
    }
}

element!(OrderRequestHeaderIndustry {
    attributes { industry_type: "industryType", }
    children {
        reference_document_info: "ReferenceDocumentInfo",
        priority: "Priority",
        external_document_type: "ExternalDocumentType",
        quality_info: "QualityInfo",
        asset_info: "AssetInfo" ["LifeSciences", "DPAS", "AuthorizationLabels", "AerospaceAndDefense"],
    }
});

element!(ItemOutIndustry {
    attributes {
        planning_type: "planningType",
        requires_real_time_consumption: "requiresRealTimeConsumption",
        is_hu_mandatory: "isHUMandatory",
    }
    children {
        item_out_retail: "ItemOutRetail",
        reference_document_info: "ReferenceDocumentInfo",
        priority: "Priority",
        quality_info: "QualityInfo",
        serial_number_info: "SerialNumberInfo",
        batch_info: "BatchInfo",
        asset_info: "AssetInfo",
        packaging_distribution: "PackagingDistribution" ["ItemOutLifeSciences", "ItemOutAerospaceAndDefense", "IUIDInfo"],
    }
});

element!(ItemOutRetail {
    children { promotion_variant_id: "PromotionVariantID", promotion_deal_id: "PromotionDealID", }
});

element!(Priority {
    attributes { level: "level", sequence: "sequence", inventory_level: "inventory_level", }
    children { description: "Description", }
});

element!(ExternalDocumentType {
    attributes { document_type: "documentType", }
    children { description: "Description", }
});

element!(QualityInfo {
    attributes { requires_quality_process: "requiresQualityProcess", }
    children { id_reference: "IdReference", certificate_info: "CertificateInfo", }
});

element!(CertificateInfo {
    attributes { is_required: "isRequired", }
    children { id_reference: "IdReference", }
});

element!(SerialNumberInfo {
    attributes { requires_serial_number: "requiresSerialNumber", kind: "type", }
    children { serial_number: "SerialNumber", property_value: "PropertyValue", }
});

element!(BatchInfo {
    attributes { requires_batch: "requiresBatch", }
});

element!(PackagingDistribution {
    attributes { quantity: "quantity", }
    children { store_code: "StoreCode", unit_of_measure: "UnitOfMeasure", }
});
