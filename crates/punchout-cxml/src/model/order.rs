//! The order: its header and what it holds.

mod accounting;
mod attachment;
mod blanket;
mod header;
mod industry;
mod item;
mod item_detail;
mod item_id;
mod item_kind;
mod release;
mod schedule_line;
mod spend;
mod subcontracting;

use crate::Other;
use crate::element::element;

pub use accounting::{Accounting, AccountingSegment, Distribution, Segment};
pub use attachment::{AttachmentReference, InternalId, ItemDetailIndustry, ItemDetailRetail};
pub use blanket::BlanketItemDetail;
pub use header::{
    DocumentReference, OrderKind, OrderRequestHeader, OrderRequestHeaderInit, OrderType, SupplierOrderInfo,
};
pub use industry::{
    BatchInfo, CertificateInfo, ExternalDocumentType, IndustryType, ItemOutIndustry, ItemOutRetail,
    OrderRequestHeaderIndustry, PackagingDistribution, PlanningType, Priority, PriorityLevel, QualityInfo,
    SerialNumberInfo, SerialNumberType,
};
pub use item::ItemOut;
pub use item_detail::{
    Classification, Dimension, DimensionType, ItemDetail, ItemDetailInit, ManufacturerName,
    PriceBasisQuantity, UnitPrice,
};
pub use item_id::{ItemId, SupplierPartId};
pub use item_kind::{
    CompositeItemType, ItemCategory, ItemClassification, ItemOutOperation, ItemType, StoDelivery,
    StockTransferType, SubcontractingType,
};
pub use release::{CommitmentCode, ReleaseInfo, ReleaseType, ScheduleLineReleaseInfo, ShipNoticeReleaseInfo};
pub use schedule_line::{ScheduleLine, ScheduleLineType};
pub use spend::{
    Contractor, ContractorDomain, ContractorIdentifier, FeeDetail, LaborDetail, SpendDetail, TermReference,
    UnitRate,
};
pub use subcontracting::{MaterialProvision, Product, SubcontractingComponent};

/// An order, a change of one, or its cancellation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderRequest {
    /// What is true of the whole order.
    pub order_request_header: OrderRequestHeader,
    /// The lines; at least one, even in a cancellation.
    pub item_out: Vec<ItemOut>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderRequest {
    /// An order and its lines, of which there is at least one.
    #[must_use]
    pub fn new(header: impl Into<OrderRequestHeader>, lines: impl IntoIterator<Item = ItemOut>) -> Self {
        Self {
            order_request_header: header.into(),
            item_out: lines.into_iter().collect(),
            other: Other::default(),
        }
    }

    /// Adds a line.
    #[must_use]
    pub fn with_item_out(mut self, item: ItemOut) -> Self {
        self.item_out.push(item);
        self
    }
}

element!(OrderRequest {
    children { order_request_header: "OrderRequestHeader", item_out: "ItemOut", }
    need { item_out, }
});
