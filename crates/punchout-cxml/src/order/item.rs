use punchout_core::{Amount, Text};

use super::{Distribution, ItemDetail};
use crate::element::element;
use crate::token::token;
use crate::{
    AnyContent, Comments, Contact, Extrinsic, IdReference, Other, ShipTo, Shipping, Tax, TermsOfDelivery,
    Timestamp,
};

/// A line of an order.
///
/// What few lines have and takes much room stands in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "the attributes are independent yes-flags")]
pub struct ItemOut {
    /// How many, in the unit of measure of the item detail.
    pub quantity: Amount,
    /// The number of the line; it stays the same through all changes.
    pub line_number: Option<Amount>,
    /// The buyer's requisition; here or in the header.
    pub requisition_id: Option<Text>,
    /// The line of the agreement that is called off.
    pub agreement_item_number: Option<Text>,
    /// When the goods are wanted.
    pub requested_delivery_date: Option<Timestamp>,
    /// Whether the article comes from no catalogue.
    pub is_ad_hoc: bool,
    /// The line that this one is a part of.
    pub parent_line_number: Option<Amount>,
    /// Whether the line has parts, or is one.
    pub item_type: Option<ItemType>,
    /// Whether a service entry sheet must come before the invoice.
    pub requires_service_entry: bool,
    /// By when to confirm.
    pub confirmation_due_date: Option<Timestamp>,
    /// Where a line with parts has its price.
    pub composite_item_type: Option<CompositeItemType>,
    /// `material` or `service`.
    pub item_classification: Option<Text>,
    /// The item category of the buyer's system, such as `consignment`.
    pub item_category: Option<Text>,
    /// What sort of subcontracting it is.
    pub subcontracting_type: Option<Text>,
    /// `intra` or `inter`.
    pub stock_transfer_type: Option<Text>,
    /// When the goods are to leave.
    pub requested_shipment_date: Option<Timestamp>,
    /// Whether the goods go back to the supplier.
    pub is_return: bool,
    /// The supplier's consent to that.
    pub return_authorization_number: Option<Text>,
    /// Whether nothing more is expected.
    pub is_delivery_completed: bool,
    /// Whether more than ordered may come.
    pub unlimited_delivery: bool,
    /// Whether a change order changed this line.
    pub is_item_changed: bool,
    /// Whether it is a kanban line.
    pub is_kanban: bool,
    /// `full` or `partial`.
    pub sto_delivery: Option<Text>,
    /// Whether stock transport orders may be combined.
    pub sto_order_combination: bool,
    /// Whether it is the last delivery of a stock transport.
    pub sto_final_delivery: bool,
    /// Whether a change order deletes or blocks the line.
    pub operation: Option<ItemOutOperation>,
    /// The article's keys.
    pub item_id: ItemId,
    /// Price, description, unit.
    pub item_detail: Option<ItemDetail>,
    /// Where the goods go; here on every line, or in the header.
    pub ship_to: Option<Box<ShipTo>>,
    /// What shipping costs; here on every line, or in the header.
    pub shipping: Option<Box<Shipping>>,
    /// The tax of the line.
    pub tax: Option<Box<Tax>>,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// Who bears cost and risk of the transport.
    pub terms_of_delivery: Option<Box<TermsOfDelivery>>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What of it is wanted when.
    pub schedule_line: Vec<ScheduleLine>,
    /// Children without a field of their own, such as `SupplierID`; they are
    /// written at their place in the DTD.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ItemOut {
    /// So many of an article.
    #[must_use]
    pub fn new(quantity: impl Into<Amount>, item_id: impl Into<ItemId>) -> Self {
        Self {
            quantity: quantity.into(),
            line_number: None,
            requisition_id: None,
            agreement_item_number: None,
            requested_delivery_date: None,
            is_ad_hoc: false,
            parent_line_number: None,
            item_type: None,
            requires_service_entry: false,
            confirmation_due_date: None,
            composite_item_type: None,
            item_classification: None,
            item_category: None,
            subcontracting_type: None,
            stock_transfer_type: None,
            requested_shipment_date: None,
            is_return: false,
            return_authorization_number: None,
            is_delivery_completed: false,
            unlimited_delivery: false,
            is_item_changed: false,
            is_kanban: false,
            sto_delivery: None,
            sto_order_combination: false,
            sto_final_delivery: false,
            operation: None,
            item_id: item_id.into(),
            item_detail: None,
            ship_to: None,
            shipping: None,
            tax: None,
            distribution: Vec::new(),
            contact: Vec::new(),
            terms_of_delivery: None,
            comments: Vec::new(),
            schedule_line: Vec::new(),
            other: Other::default(),
        }
    }

    /// Sets the number of the line.
    #[must_use]
    pub fn with_line_number(mut self, number: u32) -> Self {
        self.line_number = Some(number.into());
        self
    }

    /// Sets when the goods are wanted.
    #[must_use]
    pub fn with_requested_delivery_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.requested_delivery_date = Some(date.into());
        self
    }

    /// Sets price, description and unit.
    #[must_use]
    pub fn with_item_detail(mut self, detail: impl Into<ItemDetail>) -> Self {
        self.item_detail = Some(detail.into());
        self
    }

    /// Sets where the goods go.
    #[must_use]
    pub fn with_ship_to(mut self, ship_to: impl Into<ShipTo>) -> Self {
        self.ship_to = Some(Box::new(ship_to.into()));
        self
    }

    /// Sets what shipping costs.
    #[must_use]
    pub fn with_shipping(mut self, shipping: Shipping) -> Self {
        self.shipping = Some(Box::new(shipping));
        self
    }

    /// Sets the tax of the line.
    #[must_use]
    pub fn with_tax(mut self, tax: Tax) -> Self {
        self.tax = Some(Box::new(tax));
        self
    }

    /// Adds an account.
    #[must_use]
    pub fn with_distribution(mut self, distribution: Distribution) -> Self {
        self.distribution.push(distribution);
        self
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
}

token! {
    /// Whether a line has parts, or is one.
    pub enum ItemType {
        /// It has parts.
        Composite = "composite",
        /// It may be a part.
        Item = "item",
        /// A part that is kept short.
        Lean = "lean",
    }
}

token! {
    /// Where a line with parts has its price.
    pub enum CompositeItemType {
        /// The whole has a price.
        GroupLevel = "groupLevel",
        /// Each part has its price.
        ItemLevel = "itemLevel",
    }
}

token! {
    /// What a change order does with a line.
    pub enum ItemOutOperation {
        /// The line is deleted.
        Delete = "delete",
        /// The line is blocked.
        Block = "block",
    }
}

/// The keys of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ItemId {
    /// The supplier's part number.
    pub supplier_part_id: Text,
    /// The supplier's second key, such as a configuration; it goes back exactly
    /// as it came.
    pub supplier_part_auxiliary_id: Option<AnyContent>,
    /// The buyer's part number.
    pub buyer_part_id: Option<Text>,
    /// Keys in other systems, such as an EAN.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ItemId {
    /// A supplier's part number.
    #[must_use]
    pub fn new(supplier_part_id: impl Into<Text>) -> Self {
        Self {
            supplier_part_id: supplier_part_id.into(),
            supplier_part_auxiliary_id: None,
            buyer_part_id: None,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }

    /// Sets the supplier's second key.
    #[must_use]
    pub fn with_supplier_part_auxiliary_id(mut self, id: impl Into<AnyContent>) -> Self {
        self.supplier_part_auxiliary_id = Some(id.into());
        self
    }

    /// Sets the buyer's part number.
    #[must_use]
    pub fn with_buyer_part_id(mut self, id: impl Into<Text>) -> Self {
        self.buyer_part_id = Some(id.into());
        self
    }
}

impl From<&str> for ItemId {
    fn from(supplier_part_id: &str) -> Self {
        Self::new(supplier_part_id)
    }
}

/// What of a line is wanted when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ScheduleLine {
    /// How many.
    pub quantity: Amount,
    /// When.
    pub requested_delivery_date: Timestamp,
    /// The number of the schedule line.
    pub line_number: Option<Amount>,
    /// How long around that time delivery may happen, as an ISO 8601 duration.
    pub delivery_window: Option<Text>,
    /// When the goods are to leave.
    pub requested_shipment_date: Option<Timestamp>,
    /// When they were wanted at first.
    pub original_requested_delivery_date: Option<Timestamp>,
    /// How firm it is.
    pub kind: Option<ScheduleLineType>,
    /// The date that statistics count.
    pub statistical_delivery_date: Option<Timestamp>,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// Where the goods go.
    pub ship_to: Option<ShipTo>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// Children without a field of their own; they are written at their place
    /// in the DTD.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ScheduleLine {
    /// How many of what unit, and when.
    #[must_use]
    pub fn new(
        quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
        requested_delivery_date: impl Into<Timestamp>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            requested_delivery_date: requested_delivery_date.into(),
            line_number: None,
            delivery_window: None,
            requested_shipment_date: None,
            original_requested_delivery_date: None,
            kind: None,
            statistical_delivery_date: None,
            unit_of_measure: unit_of_measure.into(),
            ship_to: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

token! {
    /// How firm a schedule line is.
    pub enum ScheduleLineType {
        /// It should have come already.
        Backlog = "backlog",
        /// It is wanted now.
        Immediate = "immediate",
        /// It may be wanted.
        Forecast = "forecast",
    }
}

element!(ItemOut {
    attributes {
        quantity: "quantity",
        line_number: "lineNumber",
        requisition_id: "requisitionID",
        agreement_item_number: "agreementItemNumber",
        requested_delivery_date: "requestedDeliveryDate",
        is_ad_hoc: "isAdHoc",
        parent_line_number: "parentLineNumber",
        item_type: "itemType",
        requires_service_entry: "requiresServiceEntry",
        confirmation_due_date: "confirmationDueDate",
        composite_item_type: "compositeItemType",
        item_classification: "itemClassification",
        item_category: "itemCategory",
        subcontracting_type: "subcontractingType",
        stock_transfer_type: "stockTransferType",
        requested_shipment_date: "requestedShipmentDate",
        is_return: "isReturn",
        return_authorization_number: "returnAuthorizationNumber",
        is_delivery_completed: "isDeliveryCompleted",
        unlimited_delivery: "unlimitedDelivery",
        is_item_changed: "isItemChanged",
        is_kanban: "isKanban",
        sto_delivery: "stoDelivery",
        sto_order_combination: "stoOrderCombination",
        sto_final_delivery: "stoFinalDelivery",
        operation: "operation",
    }
    children {
        item_id: "ItemID" ["Path"],
        item_detail: "ItemDetail" ["BlanketItemDetail", "SupplierID", "SupplierList"],
        ship_to: "ShipTo",
        shipping: "Shipping",
        tax: "Tax" ["SpendDetail"],
        distribution: "Distribution",
        contact: "Contact",
        terms_of_delivery: "TermsOfDelivery",
        comments: "Comments" ["Indicator", "Tolerances", "ControlKeys"],
        schedule_line: "ScheduleLine" [
            "MasterAgreementReference", "MasterAgreementIDInfo", "ItemOutIndustry", "Packaging", "ReleaseInfo", "Batch"
        ],
    }
});

element!(ItemId {
    children {
        supplier_part_id: "SupplierPartID",
        supplier_part_auxiliary_id: "SupplierPartAuxiliaryID",
        buyer_part_id: "BuyerPartID",
        id_reference: "IdReference",
    }
});

element!(ScheduleLine {
    attributes {
        quantity: "quantity",
        requested_delivery_date: "requestedDeliveryDate",
        line_number: "lineNumber",
        delivery_window: "deliveryWindow",
        requested_shipment_date: "requestedShipmentDate",
        original_requested_delivery_date: "originalRequestedDeliveryDate",
        kind: "type",
        statistical_delivery_date: "statisticalDeliveryDate",
    }
    children {
        unit_of_measure: "UnitOfMeasure" ["ScheduleLineReleaseInfo", "SubcontractingComponent"],
        ship_to: "ShipTo" ["ScheduleLineIndustry"],
        extrinsic: "Extrinsic",
    }
});
