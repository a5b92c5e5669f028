use punchout_core::{Amount, Text};

use crate::choice::choice;
use crate::element::element;
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

    /// Adds a contact.
    #[must_use]
    pub fn with_contact(mut self, contact: Contact) -> Self {
        self.contact.push(contact);
        self
    }

    /// Adds a comment.
    #[must_use]
    pub fn with_comments(mut self, comments: impl Into<Comments>) -> Self {
        self.comments.push(comments.into());
        self
    }

    /// Adds a named value.
    #[must_use]
    pub fn with_extrinsic(mut self, extrinsic: Extrinsic) -> Self {
        self.extrinsic.push(extrinsic);
        self
    }

    /// Adds a line.
    #[must_use]
    pub fn with_ship_notice_item(mut self, item: ShipNoticeItem) -> Self {
        self.ship_notice_item.push(item);
        self
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

    /// Sets the number that the line has in the notice.
    #[must_use]
    pub fn with_ship_notice_line_number(mut self, number: impl Into<Amount>) -> Self {
        self.ship_notice_line_number = Some(number.into());
        self
    }

    /// Sets the article's keys.
    #[must_use]
    pub fn with_item_id(mut self, id: impl Into<ItemId>) -> Self {
        self.item_id = Some(id.into());
        self
    }

    /// Sets what the article is.
    #[must_use]
    pub fn with_ship_notice_item_detail(mut self, detail: impl Into<ShipNoticeItemDetail>) -> Self {
        self.ship_notice_item_detail = Some(Box::new(detail.into()));
        self
    }

    /// Adds how it is packed.
    #[must_use]
    pub fn with_packaging(mut self, packaging: Packaging) -> Self {
        self.packaging.push(packaging);
        self
    }

    /// Adds a danger of the article.
    #[must_use]
    pub fn with_hazard(mut self, hazard: Hazard) -> Self {
        self.hazard.push(hazard);
        self
    }

    /// Adds a batch that it comes from.
    #[must_use]
    pub fn with_batch(mut self, batch: impl Into<ShipNoticeBatch>) -> Self {
        self.batch.push(batch.into());
        self
    }

    /// Sets how many were ordered.
    #[must_use]
    pub fn with_ordered_quantity(mut self, quantity: PackedQuantity) -> Self {
        self.ordered_quantity = Some(quantity);
        self
    }

    /// Adds a part that went into it.
    #[must_use]
    pub fn with_component_consumption_details(mut self, details: ComponentConsumptionDetails) -> Self {
        self.component_consumption_details.push(details);
        self
    }

    /// Adds a comment.
    #[must_use]
    pub fn with_comments(mut self, comments: impl Into<Comments>) -> Self {
        self.comments.push(comments.into());
        self
    }

    /// Adds a named value.
    #[must_use]
    pub fn with_extrinsic(mut self, extrinsic: Extrinsic) -> Self {
        self.extrinsic.push(extrinsic);
        self
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
