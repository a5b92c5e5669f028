use punchout_core::Text;

use crate::element::element;
use crate::{Characteristic, Money, Other, PriceBasisQuantity};

/// What only some trades say about a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailItemIndustry {
    /// Retail.
    pub invoice_detail_item_retail: Option<InvoiceDetailItemRetail>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<InvoiceDetailItemRetail> for InvoiceDetailItemIndustry {
    fn from(invoice_detail_item_retail: InvoiceDetailItemRetail) -> Self {
        Self { invoice_detail_item_retail: Some(invoice_detail_item_retail), ..Self::default() }
    }
}

/// What retail says about a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailItemRetail {
    /// Other prices.
    pub additional_prices: Option<AdditionalPrices>,
    /// What the line costs in the shop.
    pub total_retail_amount: Option<Money>,
    /// Marks of the article.
    pub item_indicator: Vec<ItemIndicator>,
    /// The supplier's number of the promotion.
    pub promotion_deal_id: Option<Text>,
    /// The variant that is promoted.
    pub promotion_variant_id: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Other prices of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AdditionalPrices {
    /// The price of one unit before discounts.
    pub unit_gross_price: Option<AdditionalPrice>,
    /// A price that nothing follows from.
    pub informational_price: Option<AdditionalPrice>,
    /// The same without tax.
    pub informational_price_excl_tax: Option<AdditionalPrice>,
    /// A correction of the price of one unit.
    pub unit_net_price_correction: Option<AdditionalPrice>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// Another price of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AdditionalPrice {
    /// The price.
    pub money: Money,
    /// What it is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl AdditionalPrice {
    /// A price.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { money, price_basis_quantity: None, other: Other::default() }
    }
}

impl From<Money> for AdditionalPrice {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// A mark of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemIndicator {
    /// What is marked.
    pub domain: Text,
    /// The mark.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ItemIndicator {
    /// What is marked, and the mark.
    #[must_use]
    pub fn new(domain: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { domain: domain.into(), value: value.into(), other: Other::default() }
    }
}

/// What only some trades say about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailItemReferenceIndustry {
    /// Retail.
    pub invoice_detail_item_reference_retail: Option<InvoiceDetailItemReferenceRetail>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<InvoiceDetailItemReferenceRetail> for InvoiceDetailItemReferenceIndustry {
    fn from(invoice_detail_item_reference_retail: InvoiceDetailItemReferenceRetail) -> Self {
        Self {
            invoice_detail_item_reference_retail: Some(invoice_detail_item_reference_retail),
            ..Self::default()
        }
    }
}

/// What retail says about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailItemReferenceRetail {
    /// Its EAN; deprecated, an `IdReference` among its keys says it now.
    pub ean_id: Option<Text>,
    /// Its key in the European waste catalogue.
    pub european_waste_catalog_id: Option<Text>,
    /// Size, colour and the like.
    pub characteristic: Vec<Characteristic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What only some trades say about the sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailSummaryIndustry {
    /// Retail.
    pub invoice_detail_summary_retail: Option<InvoiceDetailSummaryRetail>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<InvoiceDetailSummaryRetail> for InvoiceDetailSummaryIndustry {
    fn from(invoice_detail_summary_retail: InvoiceDetailSummaryRetail) -> Self {
        Self { invoice_detail_summary_retail: Some(invoice_detail_summary_retail), ..Self::default() }
    }
}

/// What retail says about the sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailSummaryRetail {
    /// Other sums.
    pub additional_amounts: Option<AdditionalAmounts>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<AdditionalAmounts> for InvoiceDetailSummaryRetail {
    fn from(additional_amounts: AdditionalAmounts) -> Self {
        Self { additional_amounts: Some(additional_amounts), ..Self::default() }
    }
}

/// Other sums of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AdditionalAmounts {
    /// What all of it costs in the shop.
    pub total_retail_amount: Option<Money>,
    /// A sum that nothing follows from.
    pub informational_amount: Option<Money>,
    /// A payment by progress, with tax.
    pub gross_progress_payment_amount: Option<Money>,
    /// The deposit on what is returnable.
    pub total_returnable_items_deposit_amount: Option<Money>,
    /// Goods and services.
    pub goods_and_service_amount: Option<Money>,
    /// The sum before it was rounded.
    pub exact_amount: Option<Money>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

element!(InvoiceDetailItemIndustry {
    children { invoice_detail_item_retail: "InvoiceDetailItemRetail", }
});

element!(InvoiceDetailItemRetail {
    children {
        additional_prices: "AdditionalPrices",
        total_retail_amount: "TotalRetailAmount" / "Money",
        item_indicator: "ItemIndicator",
        promotion_deal_id: "PromotionDealID",
        promotion_variant_id: "PromotionVariantID",
    }
});

element!(AdditionalPrices {
    children {
        unit_gross_price: "UnitGrossPrice",
        informational_price: "InformationalPrice",
        informational_price_excl_tax: "InformationalPriceExclTax",
        unit_net_price_correction: "UnitNetPriceCorrection",
    }
});

element!(AdditionalPrice {
    children { money: "Money", price_basis_quantity: "PriceBasisQuantity", }
});

element!(ItemIndicator {
    attributes { domain: "domain", value: "value", }
});

element!(InvoiceDetailItemReferenceIndustry {
    children { invoice_detail_item_reference_retail: "InvoiceDetailItemReferenceRetail", }
});

element!(InvoiceDetailItemReferenceRetail {
    children {
        ean_id: "EANID",
        european_waste_catalog_id: "EuropeanWasteCatalogID",
        characteristic: "Characteristic",
    }
});

element!(InvoiceDetailSummaryIndustry {
    children { invoice_detail_summary_retail: "InvoiceDetailSummaryRetail", }
});

element!(InvoiceDetailSummaryRetail {
    children { additional_amounts: "AdditionalAmounts", }
});

element!(AdditionalAmounts {
    children {
        total_retail_amount: "TotalRetailAmount" / "Money",
        informational_amount: "InformationalAmount" / "Money",
        gross_progress_payment_amount: "GrossProgressPaymentAmount" / "Money",
        total_returnable_items_deposit_amount: "TotalReturnableItemsDepositAmount" / "Money",
        goods_and_service_amount: "GoodsAndServiceAmount" / "Money",
        exact_amount: "ExactAmount" / "Money",
    }
});
