use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::{
    BestBeforeDate, Classification, Description, Dimension, Extrinsic, ItemDetailIndustry, ManufacturerName,
    Other, PackedQuantity, PriceBasisQuantity, Timestamp, UnitPrice,
};

/// What an article is; where there is an order, that is known already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeItemDetail {
    /// The price of one price unit.
    pub unit_price: Option<UnitPrice>,
    /// What it is; one for each language.
    pub description: Vec<Description>,
    /// The unit of the price.
    pub unit_of_measure: Option<Text>,
    /// What the unit price is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// The commodity.
    pub classification: Vec<Classification>,
    /// The manufacturer's part number.
    pub manufacturer_part_id: Option<Text>,
    /// The manufacturer.
    pub manufacturer_name: Option<ManufacturerName>,
    /// Sizes and weights.
    pub dimension: Vec<Dimension>,
    /// What an industry needs to know.
    pub item_detail_industry: Option<Box<ItemDetailIndustry>>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What customs want to know.
    pub import_info: Option<ImportInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

setters! {
    ShipNoticeItemDetail {
        /// Sets the price of one price unit.
        unit_price: with_unit_price(price: impl Into<UnitPrice>),
        /// Adds a description.
        description: with_description(description: Description),
        /// Sets what the unit price is for.
        price_basis_quantity: with_price_basis_quantity(quantity: PriceBasisQuantity),
        /// Adds a commodity.
        classification: with_classification(classification: Classification),
        /// Adds a size or weight.
        dimension: with_dimension(dimension: Dimension),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

/// What customs want to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ImportInfo {
    /// The code of the tariff schedule.
    pub hts_code: Option<Text>,
    /// Who answers for the import.
    pub importer_of_record: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// The unique identifiers of the pieces, as the US military wants them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct IuidInfo {
    /// Whether the pieces must have some.
    pub requires_iuid: bool,
    /// The identifiers.
    pub iuid_number: Vec<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What an industry needs to know about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeItemIndustry {
    /// What retailers need.
    pub ship_notice_item_retail: Option<ShipNoticeItemRetail>,
    /// `ShipNoticeItemLifeSciences`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What retailers need to know about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeItemRetail {
    /// Until when it is at its best.
    pub best_before_date: Option<BestBeforeDate>,
    /// Until when it may be used.
    pub expiry_date: Option<ExpiryDate>,
    /// How many of it are free.
    pub free_goods_quantity: Option<PackedQuantity>,
    /// The promotion.
    pub promotion_deal_id: Option<Text>,
    /// The variant of the promotion.
    pub promotion_variant_id: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Until when something may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExpiryDate {
    /// The date.
    pub date: Timestamp,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ExpiryDate {
    /// A date.
    #[must_use]
    pub fn new(date: impl Into<Timestamp>) -> Self {
        Self { date: date.into(), other: Other::default() }
    }
}

element!(ShipNoticeItemDetail {
    children {
        unit_price: "UnitPrice",
        description: "Description",
        unit_of_measure: "UnitOfMeasure",
        price_basis_quantity: "PriceBasisQuantity",
        classification: "Classification",
        manufacturer_part_id: "ManufacturerPartID",
        manufacturer_name: "ManufacturerName",
        dimension: "Dimension",
        item_detail_industry: "ItemDetailIndustry",
        extrinsic: "Extrinsic",
        import_info: "ImportInfo",
    }
});

element!(ImportInfo {
    children {
        hts_code: "HTSCode",
        importer_of_record: "ImporterOfRecord",
    }
});

element!(IuidInfo {
    attributes {
        requires_iuid: "requiresIUID",
    }
    children {
        iuid_number: "IUIDNumber",
    }
});

element!(ShipNoticeItemIndustry {
    children {
        ship_notice_item_retail: "ShipNoticeItemRetail" ["ShipNoticeItemLifeSciences"],
    }
});

element!(ShipNoticeItemRetail {
    children {
        best_before_date: "BestBeforeDate",
        expiry_date: "ExpiryDate",
        free_goods_quantity: "FreeGoodsQuantity",
        promotion_deal_id: "PromotionDealID",
        promotion_variant_id: "PromotionVariantID",
    }
});

element!(ExpiryDate {
    attributes {
        date: "date",
    }
});
