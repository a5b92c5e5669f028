//! How goods are packed.

use punchout_core::{Amount, Text};

use crate::element::{Element as _, element};
use crate::{AssetInfo, Description, Dimension, Extrinsic, LangText, Other, Timestamp};

/// How goods are packed. Packaging codes or dimensions are there, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Packaging {
    /// What sort of packaging it is, in the words of each language.
    pub packaging_code: Vec<LangText>,
    /// Sizes and weights.
    pub dimension: Vec<Dimension>,
    /// In words.
    pub description: Option<Description>,
    /// At what level of packing it is, such as `0001` for the outermost.
    pub packaging_level_code: Option<Text>,
    /// The type of package, a code of UN/ECE Recommendation 21.
    pub package_type_code_identifier_code: Option<Text>,
    /// The serial shipping container code, SSCC.
    pub shipping_container_serial_code: Option<Text>,
    /// The SSCC of the package that it is in.
    pub shipping_container_serial_code_reference: Option<Text>,
    /// Its numbers.
    pub package_id: Option<PackageId>,
    /// What is written on it.
    pub shipping_mark: Vec<Text>,
    /// How much was ordered.
    pub ordered_quantity: Option<PackedQuantity>,
    /// How much is in it.
    pub dispatch_quantity: Option<PackedQuantity>,
    /// How much of that is free of charge.
    pub free_goods_quantity: Option<PackedQuantity>,
    /// Why these differ.
    pub quantity_variance_note: Option<Text>,
    /// Until when it is best.
    pub best_before_date: Option<BestBeforeDate>,
    /// The returnable containers.
    pub asset_info: Vec<AssetInfo>,
    /// The store that it is for.
    pub store_code: Option<Text>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// `PackagingIndustry`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Packaging {
    /// Packaging of a sort, in the words of a language.
    #[must_use]
    pub fn new(packaging_code: LangText) -> Self {
        Self { packaging_code: vec![packaging_code], ..Self::blank() }
    }

    /// Packaging of which a size or weight is known.
    #[must_use]
    pub fn measured(dimension: Dimension) -> Self {
        Self { dimension: vec![dimension], ..Self::blank() }
    }

    /// Adds a size or weight.
    #[must_use]
    pub fn with_dimension(mut self, dimension: Dimension) -> Self {
        self.dimension.push(dimension);
        self
    }
}

/// The numbers of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PackageId {
    /// The GS1 number of a returnable container, GIAI.
    pub global_individual_asset_id: Option<Text>,
    /// The owner's number of a returnable container.
    pub returnable_package_id: Option<Text>,
    /// The carrier's number.
    pub package_tracking_id: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// How much is in a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PackedQuantity {
    /// How much.
    pub quantity: Option<Amount>,
    /// In what unit.
    pub unit_of_measure: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Until when something is best.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BestBeforeDate {
    /// The date.
    pub date: Timestamp,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl BestBeforeDate {
    /// A date.
    #[must_use]
    pub fn new(date: impl Into<Timestamp>) -> Self {
        Self { date: date.into(), other: Other::default() }
    }
}

element!(Packaging {
    children {
        packaging_code: "PackagingCode",
        dimension: "Dimension",
        description: "Description",
        packaging_level_code: "PackagingLevelCode",
        package_type_code_identifier_code: "PackageTypeCodeIdentifierCode",
        shipping_container_serial_code: "ShippingContainerSerialCode",
        shipping_container_serial_code_reference: "ShippingContainerSerialCodeReference",
        package_id: "PackageID",
        shipping_mark: "ShippingMark",
        ordered_quantity: "OrderedQuantity",
        dispatch_quantity: "DispatchQuantity",
        free_goods_quantity: "FreeGoodsQuantity",
        quantity_variance_note: "QuantityVarianceNote",
        best_before_date: "BestBeforeDate",
        asset_info: "AssetInfo" ["PackagingIndustry"],
        store_code: "StoreCode",
        extrinsic: "Extrinsic",
    }
    need { packaging_code | dimension, }
});

element!(PackageId {
    children {
        global_individual_asset_id: "GlobalIndividualAssetID",
        returnable_package_id: "ReturnablePackageID",
        package_tracking_id: "PackageTrackingID",
    }
});

element!(PackedQuantity {
    attributes { quantity: "quantity", }
    children { unit_of_measure: "UnitOfMeasure", }
});

element!(BestBeforeDate {
    attributes { date: "date", }
});
