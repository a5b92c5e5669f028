use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    CodedText, Comments, Contact, Dimension, DocumentReference, Extrinsic, Hazard, IdReference, LangText,
    Other, Packaging, ReferenceDocumentInfo, ShipControl, ShipNoticePortion, TermsOfDelivery, Timestamp,
};

/// What a supplier says about a shipment: what is in it, and how it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeRequest {
    /// What is true of the whole shipment.
    pub ship_notice_header: ShipNoticeHeader,
    /// Who moves it, one after the other in the order of travel.
    pub ship_control: Vec<ShipControl>,
    /// What is shipped; one for each order.
    pub ship_notice_portion: Vec<ShipNoticePortion>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeRequest {
    /// A shipment without contents yet.
    #[must_use]
    pub fn new(ship_notice_header: ShipNoticeHeader) -> Self {
        Self {
            ship_notice_header,
            ship_control: Vec::new(),
            ship_notice_portion: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ShipNoticeRequest {
        /// Adds who moves it next.
        ship_control: with_ship_control(control: ShipControl),
        /// Adds what is shipped for an order.
        ship_notice_portion: with_ship_notice_portion(portion: ShipNoticePortion),
    }
}

/// What is true of a whole shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipNoticeHeader {
    /// The supplier's number of the shipment; updates repeat it.
    pub shipment_id: Text,
    /// Whether it is new, replaced or cancelled.
    pub operation: ShipNoticeOperation,
    /// When the notice was made.
    pub notice_date: Timestamp,
    /// When the shipment left; to be said unless it is cancelled.
    pub shipment_date: Option<Timestamp>,
    /// When it will arrive; to be said unless it is cancelled.
    pub delivery_date: Option<Timestamp>,
    /// Whether it has left.
    pub shipment_type: Option<ShipmentType>,
    /// Whether it is all that was ordered.
    pub fulfillment_type: Option<FulfillmentType>,
    /// When the goods were wanted.
    pub requested_delivery_date: Option<Timestamp>,
    /// Why the goods travel.
    pub reason: Option<ShipNoticeReason>,
    /// The step of a stock transport.
    pub activity_step_type: Option<ActivityStepType>,
    /// How fast the carrier is, such as `overnight`; one for each language.
    pub service_level: Vec<LangText>,
    /// The notice that this one replaces or cancels.
    pub document_reference: Option<DocumentReference>,
    /// Whom to ask, and where the goods come from and go to; each role once.
    pub contact: Vec<Contact>,
    /// The buyer's legal entity.
    pub legal_entity: Option<IdReference>,
    /// The buyer's organisational units, such as the purchasing group.
    pub organizational_unit: Vec<IdReference>,
    /// Dangers of the whole shipment.
    pub hazard: Vec<Hazard>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// Who bears cost and risk of the transport.
    pub terms_of_delivery: Option<TermsOfDelivery>,
    /// Seals and equipment.
    pub terms_of_transport: Vec<TermsOfTransport>,
    /// How the whole shipment is packed.
    pub packaging: Option<Box<Packaging>>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// Keys of the shipment in other systems.
    pub id_reference: Vec<IdReference>,
    /// Other documents that it is about.
    pub reference_document_info: Vec<ReferenceDocumentInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipNoticeHeader {
    /// The supplier's number of the shipment, and when this was written.
    #[must_use]
    pub fn new(shipment_id: impl Into<Text>, notice_date: impl Into<Timestamp>) -> Self {
        Self {
            shipment_id: shipment_id.into(),
            operation: ShipNoticeOperation::default(),
            notice_date: notice_date.into(),
            shipment_date: None,
            delivery_date: None,
            shipment_type: None,
            fulfillment_type: None,
            requested_delivery_date: None,
            reason: None,
            activity_step_type: None,
            service_level: Vec::new(),
            document_reference: None,
            contact: Vec::new(),
            legal_entity: None,
            organizational_unit: Vec::new(),
            hazard: Vec::new(),
            comments: Vec::new(),
            terms_of_delivery: None,
            terms_of_transport: Vec::new(),
            packaging: None,
            extrinsic: Vec::new(),
            id_reference: Vec::new(),
            reference_document_info: Vec::new(),
            other: Other::default(),
        }
    }

    /// Makes it replace the notice that was last sent under this payload id. It
    /// repeats that one's `shipment_id` and all that still holds.
    #[must_use]
    pub fn with_update_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.operation = ShipNoticeOperation::Update;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }

    /// Makes it cancel the notice that was last sent under this payload id. It
    /// repeats that one's `shipment_id`.
    #[must_use]
    pub fn with_delete_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.operation = ShipNoticeOperation::Delete;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }
}

setters! {
    ShipNoticeHeader {
        /// Sets when the shipment left.
        shipment_date: with_shipment_date(date: impl Into<Timestamp>),
        /// Sets when it will arrive.
        delivery_date: with_delivery_date(date: impl Into<Timestamp>),
        /// Says whether it has left.
        shipment_type: with_shipment_type(kind: ShipmentType),
        /// Says whether it is all that was ordered.
        fulfillment_type: with_fulfillment_type(kind: FulfillmentType),
        /// Adds how fast the carrier is.
        service_level: with_service_level(level: LangText),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a danger of the whole shipment.
        hazard: with_hazard(hazard: Hazard),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Sets who bears cost and risk of the transport.
        terms_of_delivery: with_terms_of_delivery(delivery: TermsOfDelivery),
        /// Adds a seal or equipment.
        terms_of_transport: with_terms_of_transport(transport: TermsOfTransport),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

token! {
    /// Whether a ship notice is new, replaced or cancelled.
    pub enum ShipNoticeOperation default New {
        /// A first notice.
        New = "new",
        /// It replaces an earlier one as a whole.
        Update = "update",
        /// It cancels an earlier one.
        Delete = "delete",
    }
}

token! {
    /// Whether a shipment has left.
    pub enum ShipmentType {
        /// It has left.
        Actual = "actual",
        /// It will leave.
        Planned = "planned",
    }
}

token! {
    /// Whether a shipment is all that was ordered.
    pub enum FulfillmentType {
        /// A part of it.
        Partial = "partial",
        /// All of it.
        Complete = "complete",
    }
}

token! {
    /// Why goods travel.
    pub enum ShipNoticeReason {
        /// They go back to the supplier.
        Return = "return",
    }
}

token! {
    /// The step of a stock transport.
    pub enum ActivityStepType {
        /// The buyer tells the supplier.
        StockTransfer = "stockTransfer",
        /// The supplier tells the buyer.
        StockShippingAdvice = "stockShippingAdvice",
    }
}

/// How goods are sealed and carried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TermsOfTransport {
    /// The number on the seal.
    pub seal_id: Option<Text>,
    /// Who put it there.
    pub sealing_party_code: Option<Text>,
    /// The container or vehicle.
    pub equipment_identification_code: Option<Text>,
    /// The Incoterm, such as `FreeOnBoard`, or `Other` and a text.
    pub transport_terms: Option<CodedText>,
    /// Sizes and weights.
    pub dimension: Vec<Dimension>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

setters! {
    TermsOfTransport {
        /// Sets the number on the seal.
        seal_id: with_seal_id(id: impl Into<Text>),
        /// Sets the container or vehicle.
        equipment_identification_code: with_equipment_identification_code(code: impl Into<Text>),
        /// Sets the Incoterm.
        transport_terms: with_transport_terms(terms: impl Into<CodedText>),
    }
}

element!(ShipNoticeRequest {
    children {
        ship_notice_header: "ShipNoticeHeader",
        ship_control: "ShipControl",
        ship_notice_portion: "ShipNoticePortion",
    }
});

element!(ShipNoticeHeader {
    attributes {
        shipment_id: "shipmentID",
        operation: "operation",
        notice_date: "noticeDate",
        shipment_date: "shipmentDate",
        delivery_date: "deliveryDate",
        shipment_type: "shipmentType",
        fulfillment_type: "fulfillmentType",
        requested_delivery_date: "requestedDeliveryDate",
        reason: "reason",
        activity_step_type: "activityStepType",
    }
    children {
        service_level: "ServiceLevel",
        document_reference: "DocumentReference",
        contact: "Contact",
        legal_entity: "LegalEntity" / "IdReference",
        organizational_unit: "OrganizationalUnit" / "IdReference",
        hazard: "Hazard",
        comments: "Comments",
        terms_of_delivery: "TermsOfDelivery",
        terms_of_transport: "TermsOfTransport",
        packaging: "Packaging",
        extrinsic: "Extrinsic",
        id_reference: "IdReference",
        reference_document_info: "ReferenceDocumentInfo",
    }
});

element!(TermsOfTransport {
    children {
        seal_id: "SealID",
        sealing_party_code: "SealingPartyCode",
        equipment_identification_code: "EquipmentIdentificationCode",
        transport_terms: "TransportTerms",
        dimension: "Dimension",
        extrinsic: "Extrinsic",
    }
});
