use punchout_core::Amount;

use crate::element::{Element as _, element};
use crate::setters::setters;
use crate::{
    Batch, BillTo, Comments, CompositeItemType, Contact, DateInfo, Distribution, Extrinsic, ItemCategory,
    ItemClassification, ItemDetail, ItemId, ItemOut, ItemType, Other, Path, Period, ScheduleLine, ShipTo,
    Shipping, SpendDetail, SupplierId, SupplierList, Tax,
};

/// A line of a cart, or of what else a supplier tells.
///
/// What few lines have and takes much room stands in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemIn {
    /// How many, in the unit of measure of the item detail.
    pub quantity: Amount,
    /// How many of an order are still to come.
    pub open_quantity: Option<Amount>,
    /// How many of an order the supplier has promised.
    pub promised_quantity: Option<Amount>,
    /// The number of the line.
    pub line_number: Option<Amount>,
    /// The line that this one is a part of.
    pub parent_line_number: Option<Amount>,
    /// Whether the line has parts, or is one.
    pub item_type: Option<ItemType>,
    /// Where a line with parts has its price.
    pub composite_item_type: Option<CompositeItemType>,
    /// Whether it is goods or a service.
    pub item_classification: Option<ItemClassification>,
    /// How it is procured.
    pub item_category: Option<ItemCategory>,
    /// The article's keys.
    pub item_id: ItemId,
    /// The nodes of chained punch-out.
    pub path: Option<Box<Path>>,
    /// Price, description, unit.
    pub item_detail: ItemDetail,
    /// The supplier, where it is not that of the header; this or the next.
    pub supplier_id: Option<Box<SupplierId>>,
    /// Suppliers to choose from.
    pub supplier_list: Option<Box<SupplierList>>,
    /// Where the goods go.
    pub ship_to: Option<Box<ShipTo>>,
    /// What shipping costs.
    pub shipping: Option<Box<Shipping>>,
    /// The tax of the line.
    pub tax: Option<Box<Tax>>,
    /// A service that is bought, in detail.
    pub spend_detail: Option<Box<SpendDetail>>,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// For a person to read.
    pub comments: Option<Comments>,
    /// What of it comes when.
    pub schedule_line: Vec<ScheduleLine>,
    /// Who gets the invoice.
    pub bill_to: Option<Box<BillTo>>,
    /// The batch that it comes from.
    pub batch: Option<Box<Batch>>,
    /// When a service can be rendered.
    pub period: Option<Period>,
    /// When what happens to it.
    pub date_info: Vec<DateInfo>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ItemIn {
    /// So many of an article, and what it is.
    #[must_use]
    pub fn new(
        quantity: impl Into<Amount>,
        item_id: impl Into<ItemId>,
        item_detail: impl Into<ItemDetail>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            open_quantity: None,
            promised_quantity: None,
            line_number: None,
            parent_line_number: None,
            item_type: None,
            composite_item_type: None,
            item_classification: None,
            item_category: None,
            item_id: item_id.into(),
            path: None,
            item_detail: item_detail.into(),
            supplier_id: None,
            supplier_list: None,
            ship_to: None,
            shipping: None,
            tax: None,
            spend_detail: None,
            distribution: Vec::new(),
            contact: Vec::new(),
            comments: None,
            schedule_line: Vec::new(),
            bill_to: None,
            batch: None,
            period: None,
            date_info: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ItemIn {
        /// Sets the number of the line.
        line_number: with_line_number(number: u32),
        /// Sets what shipping costs.
        shipping: with_shipping(shipping: Shipping),
        /// Sets the tax of the line.
        tax: with_tax(tax: Tax),
        /// Sets what a person should read.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

/// The order of what a shop returned.
///
/// All that the shop said of the article goes back to it: keys to the last
/// character, item detail, extrinsics and what the model has no field for. An
/// order line keeps its extrinsics in the item detail, so those of the line go
/// there, behind the ones that are there already.
///
/// Left out is what an order line has no place for and is the buyer's to say in
/// an order: `open_quantity`, `promised_quantity`, `bill_to`, `period` and
/// `date_info`.
impl From<ItemIn> for ItemOut {
    fn from(item: ItemIn) -> Self {
        // every field by its name, so that none is forgotten
        let ItemIn {
            quantity,
            open_quantity: _,
            promised_quantity: _,
            line_number,
            parent_line_number,
            item_type,
            composite_item_type,
            item_classification,
            item_category,
            item_id,
            path,
            mut item_detail,
            supplier_id,
            supplier_list,
            ship_to,
            shipping,
            tax,
            spend_detail,
            distribution,
            contact,
            comments,
            schedule_line,
            bill_to: _,
            batch,
            period: _,
            date_info: _,
            extrinsic,
            other,
        } = item;
        item_detail.extrinsic.extend(extrinsic);
        // what was not there is not made up
        let is_absent = other.is_absent("ItemDetail") && item_detail == ItemDetail::blank();
        Self {
            line_number,
            parent_line_number,
            item_type,
            composite_item_type,
            item_classification,
            item_category,
            path,
            item_detail: (!is_absent).then_some(item_detail),
            supplier_id,
            supplier_list,
            ship_to,
            shipping,
            tax,
            spend_detail,
            distribution,
            contact,
            comments: comments.into_iter().collect(),
            schedule_line,
            batch,
            other: other.moved_to::<Self>(),
            ..Self::new(quantity, item_id)
        }
    }
}

element!(ItemIn {
    attributes {
        quantity: "quantity",
        open_quantity: "openQuantity",
        promised_quantity: "promisedQuantity",
        line_number: "lineNumber",
        parent_line_number: "parentLineNumber",
        item_type: "itemType",
        composite_item_type: "compositeItemType",
        item_classification: "itemClassification",
        item_category: "itemCategory",
    }
    children {
        item_id: "ItemID",
        path: "Path",
        item_detail: "ItemDetail",
        supplier_id: "SupplierID",
        supplier_list: "SupplierList",
        ship_to: "ShipTo",
        shipping: "Shipping",
        tax: "Tax",
        spend_detail: "SpendDetail",
        distribution: "Distribution",
        contact: "Contact",
        comments: "Comments",
        schedule_line: "ScheduleLine",
        bill_to: "BillTo",
        batch: "Batch",
        period: "Period",
        date_info: "DateInfo",
        extrinsic: "Extrinsic",
    }
});
