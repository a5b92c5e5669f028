use punchout_core::{Amount, Text};

use super::{
    BlanketItemDetail, CompositeItemType, Distribution, ItemCategory, ItemClassification, ItemDetail, ItemId,
    ItemOutIndustry, ItemOutOperation, ItemType, ReleaseInfo, ScheduleLine, SpendDetail, StoDelivery,
    StockTransferType, SubcontractingType,
};
use crate::element::element;
use crate::setters::setters;
use crate::{
    Batch, Comments, Contact, ControlKeys, Indicator, MasterAgreementIdInfo, MasterAgreementReference, Other,
    Packaging, Path, ShipTo, Shipping, SupplierId, SupplierList, Tax, TermsOfDelivery, Timestamp, Tolerances,
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
    pub confirmation_due_date: Option<Box<Timestamp>>,
    /// Where a line with parts has its price.
    pub composite_item_type: Option<CompositeItemType>,
    /// Whether it is goods or a service.
    pub item_classification: Option<ItemClassification>,
    /// How it is procured.
    pub item_category: Option<ItemCategory>,
    /// What sort of subcontracting it is.
    pub subcontracting_type: Option<SubcontractingType>,
    /// Between what plants stock is moved.
    pub stock_transfer_type: Option<StockTransferType>,
    /// When the goods are to leave.
    pub requested_shipment_date: Option<Box<Timestamp>>,
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
    /// How stock that is moved may be delivered.
    pub sto_delivery: Option<StoDelivery>,
    /// Whether stock transport orders may be combined.
    pub sto_order_combination: bool,
    /// Whether it is the last delivery of a stock transport.
    pub sto_final_delivery: bool,
    /// Whether a change order deletes or blocks the line.
    pub operation: Option<ItemOutOperation>,
    /// The article's keys.
    pub item_id: ItemId,
    /// The nodes of chained punch-out.
    pub path: Option<Box<Path>>,
    /// Price, description, unit; this or the next, if any.
    pub item_detail: Option<ItemDetail>,
    /// What a line of a blanket order is about, and how far it may go.
    pub blanket_item_detail: Option<Box<BlanketItemDetail>>,
    /// The supplier, where it is not that of the header; this or the next.
    pub supplier_id: Option<Box<SupplierId>>,
    /// Suppliers to choose from.
    pub supplier_list: Option<Box<SupplierList>>,
    /// Where the goods go; here on every line, or in the header.
    pub ship_to: Option<Box<ShipTo>>,
    /// What shipping costs; here on every line, or in the header.
    pub shipping: Option<Box<Shipping>>,
    /// The tax of the line.
    pub tax: Option<Box<Tax>>,
    /// A service that is bought, in detail.
    pub spend_detail: Option<Box<SpendDetail>>,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// Who bears cost and risk of the transport.
    pub terms_of_delivery: Option<Box<TermsOfDelivery>>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What somebody should look at.
    pub indicator: Vec<Indicator>,
    /// How far delivery may be from the order.
    pub tolerances: Option<Box<Tolerances>>,
    /// Which documents the supplier may send.
    pub control_keys: Option<Box<ControlKeys>>,
    /// What of it is wanted when.
    pub schedule_line: Vec<ScheduleLine>,
    /// The agreement that it calls off from, by its document; this or the next.
    pub master_agreement_reference: Option<Box<MasterAgreementReference>>,
    /// The agreement that it calls off from, by its number.
    pub master_agreement_id_info: Option<Box<MasterAgreementIdInfo>>,
    /// What only some trades need to know of it.
    pub item_out_industry: Option<Box<ItemOutIndustry>>,
    /// How it is to be packed.
    pub packaging: Vec<Packaging>,
    /// How far the deliveries of a scheduling agreement have come.
    pub release_info: Option<Box<ReleaseInfo>>,
    /// The batch that is wanted.
    pub batch: Option<Box<Batch>>,
    /// What has no field of its own.
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
            path: None,
            item_detail: None,
            blanket_item_detail: None,
            supplier_id: None,
            supplier_list: None,
            ship_to: None,
            shipping: None,
            tax: None,
            spend_detail: None,
            distribution: Vec::new(),
            contact: Vec::new(),
            terms_of_delivery: None,
            comments: Vec::new(),
            indicator: Vec::new(),
            tolerances: None,
            control_keys: None,
            schedule_line: Vec::new(),
            master_agreement_reference: None,
            master_agreement_id_info: None,
            item_out_industry: None,
            packaging: Vec::new(),
            release_info: None,
            batch: None,
            other: Other::default(),
        }
    }

    /// Sets by when to confirm.
    #[must_use]
    pub fn with_confirmation_due_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.confirmation_due_date = Some(Box::new(date.into()));
        self
    }

    /// Sets when the goods are to leave.
    #[must_use]
    pub fn with_requested_shipment_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.requested_shipment_date = Some(Box::new(date.into()));
        self
    }

    /// Sets where the goods go.
    #[must_use]
    pub fn with_ship_to(mut self, ship_to: impl Into<ShipTo>) -> Self {
        self.ship_to = Some(Box::new(ship_to.into()));
        self
    }
}

setters! {
    ItemOut {
        /// Sets the number of the line.
        line_number: with_line_number(number: u32),
        /// Sets when the goods are wanted.
        requested_delivery_date: with_requested_delivery_date(date: impl Into<Timestamp>),
        /// Sets price, description and unit.
        item_detail: with_item_detail(detail: impl Into<ItemDetail>),
        /// Sets what a line of a blanket order is about.
        blanket_item_detail: with_blanket_item_detail(detail: BlanketItemDetail),
        /// Sets the supplier.
        supplier_id: with_supplier_id(supplier_id: SupplierId),
        /// Sets what shipping costs.
        shipping: with_shipping(shipping: Shipping),
        /// Sets the tax of the line.
        tax: with_tax(tax: Tax),
        /// Adds an account.
        distribution: with_distribution(distribution: Distribution),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds what of it is wanted when.
        schedule_line: with_schedule_line(line: ScheduleLine),
        /// Sets the agreement that it calls off from.
        master_agreement_id_info: with_master_agreement_id_info(agreement: MasterAgreementIdInfo),
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
        item_id: "ItemID",
        path: "Path",
        item_detail: "ItemDetail",
        blanket_item_detail: "BlanketItemDetail",
        supplier_id: "SupplierID",
        supplier_list: "SupplierList",
        ship_to: "ShipTo",
        shipping: "Shipping",
        tax: "Tax",
        spend_detail: "SpendDetail",
        distribution: "Distribution",
        contact: "Contact",
        terms_of_delivery: "TermsOfDelivery",
        comments: "Comments",
        indicator: "Indicator",
        tolerances: "Tolerances",
        control_keys: "ControlKeys",
        schedule_line: "ScheduleLine",
        master_agreement_reference: "MasterAgreementReference",
        master_agreement_id_info: "MasterAgreementIDInfo",
        item_out_industry: "ItemOutIndustry",
        packaging: "Packaging",
        release_info: "ReleaseInfo",
        batch: "Batch",
    }
});
