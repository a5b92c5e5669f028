use punchout_core::{Amount, Text};

use crate::choice::choice;
use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    AssetInfo, Batch, Comments, ComponentConsumptionDetails, CompositeItemType, Contact, Extrinsic, Hazard,
    ItemId, ItemType, IuidInfo, MasterAgreementIdInfo, MasterAgreementReference, OrderReference, Other,
    Packaging, PackedQuantity, ReferenceDocumentInfo, ShipNoticeItemDetail, ShipNoticeItemIndustry,
    StockTransferType, TermsOfDelivery,
};

/// What is shipped for an order; without lines, all that was ordered.
///
/// An order has one portion in a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticePortion {
    /// The order.
    pub order_reference: OrderReference,
    /// The agreement behind it, by its document.
    pub master_agreement_reference: Option<Box<MasterAgreementReference>>,
    /// The agreement behind it, by its number; only where it is not named by its
    /// document.
    pub master_agreement_id_info: Option<Box<MasterAgreementIdInfo>>,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// The lines that are shipped.
    pub ship_notice_item: Vec<ShipNoticeItem>,
    /// Other documents that it is about.
    pub reference_document_info: Vec<ReferenceDocumentInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticePortion {
    /// All of an order.
    #[must_use]
    pub fn new(order_reference: OrderReference) -> Self {
        Self {
            order_reference,
            master_agreement_reference: None,
            master_agreement_id_info: None,
            contact: Vec::new(),
            comments: Vec::new(),
            extrinsic: Vec::new(),
            ship_notice_item: Vec::new(),
            reference_document_info: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ShipNoticePortion {
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
        /// Adds a line.
        ship_notice_item: with_ship_notice_item(item: ShipNoticeItem),
    }
}

/// A line of an order, and how much of it is shipped.
///
/// What few lines have and takes much room stands in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeItem {
    /// How many are shipped.
    pub quantity: Amount,
    /// The number that the line has in the order.
    pub line_number: Amount,
    /// The line that this one is a part of.
    pub parent_line_number: Option<Amount>,
    /// The number that the line has in the notice.
    pub ship_notice_line_number: Option<Amount>,
    /// Whether the line has parts, or is one.
    pub item_type: Option<ItemType>,
    /// Where a line with parts has its price.
    pub composite_item_type: Option<CompositeItemType>,
    /// Between what plants it is moved.
    pub stock_transfer_type: Option<StockTransferType>,
    /// Why it leaves.
    pub outbound_type: Option<OutboundType>,
    /// The article's keys.
    pub item_id: Option<ItemId>,
    /// What the article is, where that differs from the order or there is none.
    pub ship_notice_item_detail: Option<Box<ShipNoticeItemDetail>>,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// How it is packed.
    pub packaging: Vec<Packaging>,
    /// Dangers of the article.
    pub hazard: Vec<Hazard>,
    /// The batches that it comes from.
    pub batch: Vec<ShipNoticeBatch>,
    /// The pieces.
    pub asset_info: Vec<AssetInfo>,
    /// Who bears cost and risk of the transport.
    pub terms_of_delivery: Option<Box<TermsOfDelivery>>,
    /// How many were ordered.
    pub ordered_quantity: Option<PackedQuantity>,
    /// What an industry needs to know.
    pub ship_notice_item_industry: Option<Box<ShipNoticeItemIndustry>>,
    /// The parts that went into it.
    pub component_consumption_details: Vec<ComponentConsumptionDetails>,
    /// Other documents that it is about.
    pub reference_document_info: Vec<ReferenceDocumentInfo>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// The unique identifiers of the pieces.
    pub iuid_info: Option<Box<IuidInfo>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeItem {
    /// So many of a line of the order.
    #[must_use]
    pub fn new(
        line_number: impl Into<Amount>,
        quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            line_number: line_number.into(),
            parent_line_number: None,
            ship_notice_line_number: None,
            item_type: None,
            composite_item_type: None,
            stock_transfer_type: None,
            outbound_type: None,
            item_id: None,
            ship_notice_item_detail: None,
            unit_of_measure: unit_of_measure.into(),
            packaging: Vec::new(),
            hazard: Vec::new(),
            batch: Vec::new(),
            asset_info: Vec::new(),
            terms_of_delivery: None,
            ordered_quantity: None,
            ship_notice_item_industry: None,
            component_consumption_details: Vec::new(),
            reference_document_info: Vec::new(),
            comments: Vec::new(),
            extrinsic: Vec::new(),
            iuid_info: None,
            other: Other::default(),
        }
    }

    /// Sets what the article is.
    #[must_use]
    pub fn with_ship_notice_item_detail(mut self, detail: impl Into<ShipNoticeItemDetail>) -> Self {
        self.ship_notice_item_detail = Some(Box::new(detail.into()));
        self
    }
}

setters! {
    ShipNoticeItem {
        /// Sets the number that the line has in the notice.
        ship_notice_line_number: with_ship_notice_line_number(number: impl Into<Amount>),
        /// Sets the article's keys.
        item_id: with_item_id(id: impl Into<ItemId>),
        /// Adds how it is packed.
        packaging: with_packaging(packaging: Packaging),
        /// Adds a danger of the article.
        hazard: with_hazard(hazard: Hazard),
        /// Adds a batch that it comes from.
        batch: with_batch(batch: impl Into<ShipNoticeBatch>),
        /// Sets how many were ordered.
        ordered_quantity: with_ordered_quantity(quantity: PackedQuantity),
        /// Adds a part that went into it.
        component_consumption_details: with_component_consumption_details(details: ComponentConsumptionDetails),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

choice! {
    /// Goods of one manufacturing run.
    pub enum ShipNoticeBatch {
        /// With what is known about it.
        Batch(Box<Batch>) = "Batch",
        /// By the supplier's number alone.
        SupplierBatchId(Text) = "SupplierBatchID",
    }
}

impl From<Batch> for ShipNoticeBatch {
    fn from(batch: Batch) -> Self {
        Self::Batch(Box::new(batch))
    }
}

token! {
    /// Why goods leave.
    pub enum OutboundType {
        /// Stock is moved.
        StockTransport = "stockTransport",
    }
}

element!(ShipNoticePortion {
    children {
        order_reference: "OrderReference",
        master_agreement_reference: "MasterAgreementReference",
        master_agreement_id_info: "MasterAgreementIDInfo",
        contact: "Contact",
        comments: "Comments",
        extrinsic: "Extrinsic",
        ship_notice_item: "ShipNoticeItem",
        reference_document_info: "ReferenceDocumentInfo",
    }
});

element!(ShipNoticeItem {
    attributes {
        quantity: "quantity",
        line_number: "lineNumber",
        parent_line_number: "parentLineNumber",
        ship_notice_line_number: "shipNoticeLineNumber",
        item_type: "itemType",
        composite_item_type: "compositeItemType",
        stock_transfer_type: "stockTransferType",
        outbound_type: "outboundType",
    }
    children {
        item_id: "ItemID",
        ship_notice_item_detail: "ShipNoticeItemDetail",
        unit_of_measure: "UnitOfMeasure",
        packaging: "Packaging",
        hazard: "Hazard",
        batch: "Batch" | "SupplierBatchID",
        asset_info: "AssetInfo",
        terms_of_delivery: "TermsOfDelivery",
        ordered_quantity: "OrderedQuantity",
        ship_notice_item_industry: "ShipNoticeItemIndustry",
        component_consumption_details: "ComponentConsumptionDetails",
        reference_document_info: "ReferenceDocumentInfo",
        comments: "Comments",
        extrinsic: "Extrinsic",
        iuid_info: "IUIDInfo",
    }
});
