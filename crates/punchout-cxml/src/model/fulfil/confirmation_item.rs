use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    Comments, ComponentConsumptionDetails, CompositeItemType, Contact, Extrinsic, Hazard, ItemIn, ItemType,
    Other, Shipping, Tax, Timestamp, UnitPrice,
};

/// A line of the order, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConfirmationItem {
    /// How many were ordered. The statuses share it out.
    pub quantity: Amount,
    /// The number that the line has in the order.
    pub line_number: Amount,
    /// The line that this one is a part of.
    pub parent_line_number: Option<Amount>,
    /// Whether the line has parts, or is one.
    pub item_type: Option<ItemType>,
    /// Where a line with parts has its price.
    pub composite_item_type: Option<CompositeItemType>,
    /// The unit of the quantity, that of the order.
    pub unit_of_measure: Text,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// Dangers of the article.
    pub hazard: Vec<Hazard>,
    /// What becomes of the quantity; at least one.
    pub confirmation_status: Vec<ConfirmationStatus>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What every [`ConfirmationItem`] has.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "it is made to be written out in full")]
pub struct ConfirmationItemInit {
    /// The number that the line has in the order.
    pub line_number: Amount,
    /// How many were ordered. The statuses share it out.
    pub quantity: Amount,
    /// The unit of the quantity, that of the order.
    pub unit_of_measure: Text,
    /// What becomes of the quantity, or of its first part.
    pub confirmation_status: ConfirmationStatus,
}

impl From<ConfirmationItemInit> for ConfirmationItem {
    fn from(init: ConfirmationItemInit) -> Self {
        Self {
            quantity: init.quantity,
            line_number: init.line_number,
            parent_line_number: None,
            item_type: None,
            composite_item_type: None,
            unit_of_measure: init.unit_of_measure,
            contact: Vec::new(),
            hazard: Vec::new(),
            confirmation_status: vec![init.confirmation_status],
            other: Other::default(),
        }
    }
}

setters! {
    ConfirmationItem {
        /// Adds what becomes of a part of the quantity, or of all.
        confirmation_status: with_confirmation_status(status: ConfirmationStatus),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a danger of the article.
        hazard: with_hazard(hazard: Hazard),
    }
}

/// What becomes of a quantity.
///
/// Price, tax and shipping stand here only where they differ from the order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConfirmationStatus {
    /// How many.
    pub quantity: Amount,
    /// What becomes of them.
    pub kind: ConfirmationStatusKind,
    /// When they will leave.
    pub shipment_date: Option<Timestamp>,
    /// When they will arrive.
    pub delivery_date: Option<Timestamp>,
    /// The unit of the quantity.
    pub unit_of_measure: Text,
    /// Another article, or another description; then price, tax and shipping
    /// are in there.
    pub item_in: Option<Box<ItemIn>>,
    /// The price now.
    pub unit_price: Option<UnitPrice>,
    /// The tax now.
    pub tax: Option<Box<Tax>>,
    /// What shipping costs now.
    pub shipping: Option<Box<Shipping>>,
    /// The supplier's batch that they come from.
    pub supplier_batch_id: Option<Text>,
    /// The schedule line of the order that they are for.
    pub schedule_line_reference: Option<Box<ScheduleLineReference>>,
    /// The parts that go into them.
    pub component_consumption_details: Vec<ComponentConsumptionDetails>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ConfirmationStatus {
    /// What becomes of so many of a unit.
    #[must_use]
    pub fn new(
        kind: ConfirmationStatusKind,
        quantity: impl Into<Amount>,
        unit_of_measure: impl Into<Text>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            kind,
            shipment_date: None,
            delivery_date: None,
            unit_of_measure: unit_of_measure.into(),
            item_in: None,
            unit_price: None,
            tax: None,
            shipping: None,
            supplier_batch_id: None,
            schedule_line_reference: None,
            component_consumption_details: Vec::new(),
            comments: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ConfirmationStatus {
        /// Sets when they will leave.
        shipment_date: with_shipment_date(date: impl Into<Timestamp>),
        /// Sets when they will arrive.
        delivery_date: with_delivery_date(date: impl Into<Timestamp>),
        /// Sets the price now.
        unit_price: with_unit_price(price: impl Into<UnitPrice>),
        /// Sets the tax now.
        tax: with_tax(tax: Tax),
        /// Sets what shipping costs now.
        shipping: with_shipping(shipping: Shipping),
        /// Names the schedule line of the order that they are for.
        schedule_line_reference: with_schedule_line_reference(reference: ScheduleLineReference),
        /// Adds a part that goes into them.
        component_consumption_details: with_component_consumption_details(details: ComponentConsumptionDetails),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

token! {
    /// What becomes of a quantity.
    pub enum ConfirmationStatusKind {
        /// It comes as ordered.
        Accept = "accept",
        /// It comes as is said here, and nothing else of the order holds.
        AllDetail = "allDetail",
        /// It comes as is said here.
        Detail = "detail",
        /// It comes later.
        Backordered = "backordered",
        /// It does not come.
        Reject = "reject",
        /// That is not known yet.
        NotKnown = "unknown",
        /// The supplier asks to be paid for it.
        RequestToPay = "requestToPay",
    }
}

/// Points at a schedule line of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ScheduleLineReference {
    /// How many that line wants.
    pub quantity: Amount,
    /// When it wants them.
    pub requested_delivery_date: Timestamp,
    /// Its number.
    pub line_number: Option<Amount>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ScheduleLineReference {
    /// How many that line wants, and when.
    #[must_use]
    pub fn new(quantity: impl Into<Amount>, requested_delivery_date: impl Into<Timestamp>) -> Self {
        Self {
            quantity: quantity.into(),
            requested_delivery_date: requested_delivery_date.into(),
            line_number: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Sets its number.
    #[must_use]
    pub fn with_line_number(mut self, number: impl Into<Amount>) -> Self {
        self.line_number = Some(number.into());
        self
    }
}

element!(ConfirmationItem {
    attributes {
        quantity: "quantity",
        line_number: "lineNumber",
        parent_line_number: "parentLineNumber",
        item_type: "itemType",
        composite_item_type: "compositeItemType",
    }
    children {
        unit_of_measure: "UnitOfMeasure",
        contact: "Contact",
        hazard: "Hazard",
        confirmation_status: "ConfirmationStatus",
    }
    need { confirmation_status, }
});

element!(ConfirmationStatus {
    attributes {
        quantity: "quantity",
        kind: "type",
        shipment_date: "shipmentDate",
        delivery_date: "deliveryDate",
    }
    children {
        unit_of_measure: "UnitOfMeasure",
        item_in: "ItemIn",
        unit_price: "UnitPrice",
        tax: "Tax",
        shipping: "Shipping",
        supplier_batch_id: "SupplierBatchID",
        schedule_line_reference: "ScheduleLineReference",
        component_consumption_details: "ComponentConsumptionDetails",
        comments: "Comments",
        extrinsic: "Extrinsic",
    }
});

element!(ScheduleLineReference {
    attributes {
        quantity: "quantity",
        requested_delivery_date: "requestedDeliveryDate",
        line_number: "lineNumber",
    }
    children {
        extrinsic: "Extrinsic",
    }
});
