use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    BillTo, BusinessPartner, Comments, Contact, ControlKeys, Extrinsic, IdReference,
    OrderRequestHeaderIndustry, Other, Payment, PaymentTerm, Period, ShipTo, Shipping, Tax, TermsOfDelivery,
    Timestamp, Total, Url,
};

/// What is true of a whole order.
///
/// It has no meaning for the lines: cXML knows no inheritance, and ship-to,
/// shipping and contacts are either here or on every line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "the attributes are independent yes-flags")]
pub struct OrderRequestHeader {
    /// The purchase order number.
    pub order_id: Text,
    /// The date of the order.
    pub order_date: Timestamp,
    /// What sort of order it is.
    pub order_type: OrderType,
    /// Whether a blanket order waits for releases.
    pub release_required: bool,
    /// Whether it is new, changed or cancelled: the attribute `type`.
    pub kind: OrderKind,
    /// Counts the versions of the order from 1.
    pub order_version: Option<Amount>,
    /// Whether this version is for the buyer's own use.
    pub is_internal_version: bool,
    /// The agreement above a blanket order.
    pub parent_agreement_id: Option<Text>,
    /// The document of that agreement.
    pub parent_agreement_payload_id: Option<Text>,
    /// From when a blanket order holds.
    pub effective_date: Option<Timestamp>,
    /// Until when it holds.
    pub expiration_date: Option<Timestamp>,
    /// The agreement that is called off.
    pub agreement_id: Option<Text>,
    /// The document of that agreement.
    pub agreement_payload_id: Option<Text>,
    /// The buyer's requisition; here or on the lines.
    pub requisition_id: Option<Text>,
    /// Whether to ship nothing before all is there.
    pub ship_complete: bool,
    /// When the goods are fetched.
    pub pick_up_date: Option<Timestamp>,
    /// When the goods are wanted.
    pub requested_delivery_date: Option<Timestamp>,
    /// Whether a stock transport leaves the buyer.
    pub is_sto_outbound: bool,
    /// The sum of the lines, without tax and shipping.
    pub total: Total,
    /// Where the goods go.
    pub ship_to: Option<ShipTo>,
    /// Who gets the invoice.
    pub bill_to: BillTo,
    /// Other organisations that take part.
    pub business_partner: Vec<BusinessPartner>,
    /// The buyer's legal entity.
    pub legal_entity: Option<IdReference>,
    /// The buyer's organisational units, such as the purchasing group.
    pub organizational_unit: Vec<IdReference>,
    /// What shipping costs.
    pub shipping: Option<Shipping>,
    /// The tax of the order.
    pub tax: Option<Tax>,
    /// What pays, where the order itself says so.
    pub payment: Option<Payment>,
    /// By when to pay.
    pub payment_term: Vec<PaymentTerm>,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// Where status updates go; deprecated.
    pub followup: Option<Url>,
    /// Which documents the supplier may send.
    pub control_keys: Option<Box<ControlKeys>>,
    /// The document that this one changes or cancels.
    pub document_reference: Option<DocumentReference>,
    /// The supplier's own order number.
    pub supplier_order_info: Option<SupplierOrderInfo>,
    /// Who bears cost and risk of the transport.
    pub terms_of_delivery: Option<TermsOfDelivery>,
    /// When the goods may arrive.
    pub delivery_period: Option<Period>,
    /// Keys of the order in other systems.
    pub id_reference: Vec<IdReference>,
    /// What only some trades need to know of it.
    pub order_request_header_industry: Option<Box<OrderRequestHeaderIndustry>>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What every [`OrderRequestHeader`] has.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "it is made to be written out in full")]
pub struct OrderRequestHeaderInit {
    /// The purchase order number.
    pub order_id: Text,
    /// The date of the order.
    pub order_date: Timestamp,
    /// The sum of the lines, without tax and shipping.
    pub total: Total,
    /// Who gets the invoice.
    pub bill_to: BillTo,
}

impl From<OrderRequestHeaderInit> for OrderRequestHeader {
    fn from(init: OrderRequestHeaderInit) -> Self {
        let OrderRequestHeaderInit { order_id, order_date, total, bill_to } = init;
        Self {
            order_id,
            order_date,
            order_type: OrderType::default(),
            release_required: false,
            kind: OrderKind::default(),
            order_version: None,
            is_internal_version: false,
            parent_agreement_id: None,
            parent_agreement_payload_id: None,
            effective_date: None,
            expiration_date: None,
            agreement_id: None,
            agreement_payload_id: None,
            requisition_id: None,
            ship_complete: false,
            pick_up_date: None,
            requested_delivery_date: None,
            is_sto_outbound: false,
            total,
            ship_to: None,
            bill_to,
            business_partner: Vec::new(),
            legal_entity: None,
            organizational_unit: Vec::new(),
            shipping: None,
            tax: None,
            payment: None,
            payment_term: Vec::new(),
            contact: Vec::new(),
            comments: Vec::new(),
            followup: None,
            control_keys: None,
            document_reference: None,
            supplier_order_info: None,
            terms_of_delivery: None,
            delivery_period: None,
            id_reference: Vec::new(),
            order_request_header_industry: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

impl OrderRequestHeader {
    /// Makes it a change of the order that was last sent under this payload id.
    #[must_use]
    pub fn with_update_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.kind = OrderKind::Update;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }

    /// Makes it the cancellation of the order that was last sent under this
    /// payload id.
    #[must_use]
    pub fn with_delete_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.kind = OrderKind::Delete;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }
}

setters! {
    OrderRequestHeader {
        /// Sets the version of the order, counted from 1.
        order_version: with_order_version(version: u32),
        /// Sets the buyer's requisition.
        requisition_id: with_requisition_id(id: impl Into<Text>),
        /// Sets when the goods are wanted.
        requested_delivery_date: with_requested_delivery_date(date: impl Into<Timestamp>),
        /// Sets where the goods go.
        ship_to: with_ship_to(ship_to: impl Into<ShipTo>),
        /// Sets what shipping costs.
        shipping: with_shipping(shipping: Shipping),
        /// Sets the tax of the order.
        tax: with_tax(tax: Tax),
        /// Sets what pays.
        payment: with_payment(payment: impl Into<Payment>),
        /// Adds a term of payment.
        payment_term: with_payment_term(term: PaymentTerm),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

token! {
    /// Whether an order is new, changed or cancelled.
    pub enum OrderKind default New {
        /// A first order.
        New = "new",
        /// A change; it replaces the whole order.
        Update = "update",
        /// A cancellation.
        Delete = "delete",
    }
}

token! {
    /// What sort of order it is.
    pub enum OrderType default Regular {
        /// A call-off from an agreement.
        Release = "release",
        /// An ordinary order.
        Regular = "regular",
        /// A frame for later call-offs or invoices.
        Blanket = "blanket",
        /// Moves stock between plants.
        StockTransport = "stockTransport",
        /// Calls stock off between plants.
        StockTransportRelease = "stockTransportRelease",
    }
}

/// Points at a document by its payload id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DocumentReference {
    /// The payload id of that document.
    pub payload_id: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl DocumentReference {
    /// Points at a document.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>) -> Self {
        Self { payload_id: payload_id.into(), other: Other::default() }
    }
}

/// The supplier's own number of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SupplierOrderInfo {
    /// The number.
    pub order_id: Text,
    /// Its date.
    pub order_date: Option<Timestamp>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SupplierOrderInfo {
    /// The supplier's own number.
    #[must_use]
    pub fn new(order_id: impl Into<Text>) -> Self {
        Self { order_id: order_id.into(), order_date: None, other: Other::default() }
    }
}

element!(OrderRequestHeader {
    attributes {
        order_id: "orderID",
        order_date: "orderDate",
        order_type: "orderType",
        release_required: "releaseRequired",
        kind: "type",
        order_version: "orderVersion",
        is_internal_version: "isInternalVersion",
        parent_agreement_id: "parentAgreementID",
        parent_agreement_payload_id: "parentAgreementPayloadID",
        effective_date: "effectiveDate",
        expiration_date: "expirationDate",
        agreement_id: "agreementID",
        agreement_payload_id: "agreementPayloadID",
        requisition_id: "requisitionID",
        ship_complete: "shipComplete",
        pick_up_date: "pickUpDate",
        requested_delivery_date: "requestedDeliveryDate",
        is_sto_outbound: "isSTOOutbound",
    }
    children {
        total: "Total",
        ship_to: "ShipTo",
        bill_to: "BillTo",
        business_partner: "BusinessPartner",
        legal_entity: "LegalEntity" / "IdReference",
        organizational_unit: "OrganizationalUnit" / "IdReference",
        shipping: "Shipping",
        tax: "Tax",
        payment: "Payment",
        payment_term: "PaymentTerm",
        contact: "Contact",
        comments: "Comments",
        followup: "Followup" / "URL",
        control_keys: "ControlKeys",
        document_reference: "DocumentReference",
        supplier_order_info: "SupplierOrderInfo",
        terms_of_delivery: "TermsOfDelivery",
        delivery_period: "DeliveryPeriod" / "Period",
        id_reference: "IdReference",
        order_request_header_industry: "OrderRequestHeaderIndustry",
        extrinsic: "Extrinsic",
    }
});

element!(DocumentReference {
    attributes { payload_id: "payloadID", }
});

element!(SupplierOrderInfo {
    attributes { order_id: "orderID", order_date: "orderDate", }
});
