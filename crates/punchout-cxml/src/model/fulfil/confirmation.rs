use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    Comments, ConfirmationItem, Contact, DocumentReference, Extrinsic, Hazard, IdReference, OrderReference,
    OrderStatusRequest, Other, Shipping, Tax, Timestamp, Total,
};

/// What a supplier says to an order: that it will be done, or what will be done
/// otherwise.
///
/// Acceptance or rejection of the whole order needs no lines.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConfirmationRequest {
    /// What is true of the whole confirmation.
    pub confirmation_header: ConfirmationHeader,
    /// The order that is meant.
    pub order_reference: OrderReference,
    /// The questions about the order that are answered.
    pub order_status_request: Vec<OrderStatusRequest>,
    /// The lines that there is something to say about.
    pub confirmation_item: Vec<ConfirmationItem>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ConfirmationRequest {
    /// What is said of an order as a whole.
    #[must_use]
    pub fn new(confirmation_header: ConfirmationHeader, order_reference: OrderReference) -> Self {
        Self {
            confirmation_header,
            order_reference,
            order_status_request: Vec::new(),
            confirmation_item: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ConfirmationRequest {
        /// Names a question that is answered.
        order_status_request: with_order_status_request(request: impl Into<OrderStatusRequest>),
        /// Adds a line.
        confirmation_item: with_confirmation_item(item: ConfirmationItem),
    }
}

/// What is true of a whole confirmation.
///
/// Total, shipping and tax stand here only where they differ from the order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ConfirmationHeader {
    /// The supplier's number of the confirmation; updates repeat it.
    pub confirm_id: Option<Text>,
    /// Whether it is new or replaces an earlier one.
    pub operation: ConfirmationOperation,
    /// What is said of the order: the attribute `type`.
    pub kind: ConfirmationKind,
    /// When it was made.
    pub notice_date: Timestamp,
    /// The invoice for what is confirmed.
    pub invoice_id: Option<Text>,
    /// Who bears cost and risk of the transport.
    pub inco_terms: Option<IncoTerms>,
    /// Counts the versions of the confirmation.
    pub version: Option<Text>,
    /// The confirmation that this one replaces.
    pub document_reference: Option<DocumentReference>,
    /// What the order comes to now.
    pub total: Option<Total>,
    /// What shipping costs now.
    pub shipping: Option<Shipping>,
    /// The tax now.
    pub tax: Option<Tax>,
    /// Whom to ask, and where the goods come from; each role once.
    pub contact: Vec<Contact>,
    /// Dangers of everything that is confirmed.
    pub hazard: Vec<Hazard>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// Keys of the confirmation in other systems, such as the supplier's.
    pub id_reference: Vec<IdReference>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ConfirmationHeader {
    /// What is said of the order, and when.
    #[must_use]
    pub fn new(kind: ConfirmationKind, notice_date: impl Into<Timestamp>) -> Self {
        Self {
            confirm_id: None,
            operation: ConfirmationOperation::default(),
            kind,
            notice_date: notice_date.into(),
            invoice_id: None,
            inco_terms: None,
            version: None,
            document_reference: None,
            total: None,
            shipping: None,
            tax: None,
            contact: Vec::new(),
            hazard: Vec::new(),
            comments: Vec::new(),
            id_reference: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Makes it replace the confirmation that was last sent under this payload
    /// id. It repeats that one's `confirm_id`.
    #[must_use]
    pub fn with_update_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.operation = ConfirmationOperation::Update;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }
}

setters! {
    ConfirmationHeader {
        /// Sets the supplier's number of the confirmation.
        confirm_id: with_confirm_id(id: impl Into<Text>),
        /// Sets what the order comes to now.
        total: with_total(total: impl Into<Total>),
        /// Sets what shipping costs now.
        shipping: with_shipping(shipping: Shipping),
        /// Sets the tax now.
        tax: with_tax(tax: Tax),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a danger of everything that is confirmed.
        hazard: with_hazard(hazard: Hazard),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

token! {
    /// Whether a confirmation is new.
    pub enum ConfirmationOperation default New {
        /// A first confirmation.
        New = "new",
        /// It replaces an earlier one.
        Update = "update",
    }
}

token! {
    /// What a confirmation says of the order.
    ///
    /// `accept`, `reject` and `except` speak for the whole order, and the newest
    /// of them counts. The others speak for the lines that are listed.
    pub enum ConfirmationKind {
        /// All will be done as ordered.
        Accept = "accept",
        /// All lines are listed, and only these count.
        AllDetail = "allDetail",
        /// The listed lines change; the others stay as they are.
        Detail = "detail",
        /// The listed lines will come later.
        Backordered = "backordered",
        /// All will be done as ordered, except for the listed lines.
        Except = "except",
        /// Nothing will be done.
        Reject = "reject",
        /// The supplier asks to be paid.
        RequestToPay = "requestToPay",
        /// The listed lines are replaced.
        Replace = "replace",
    }
}

token! {
    /// Who bears cost and risk of the transport, by the Incoterms.
    pub enum IncoTerms {
        /// Cost and freight.
        Cfr = "cfr",
        /// Cost, insurance and freight.
        Cif = "cif",
        /// Carriage and insurance paid to.
        Cip = "cip",
        /// Carriage paid to.
        Cpt = "cpt",
        /// Delivered at frontier.
        Daf = "daf",
        /// Delivered at place.
        Dap = "dap",
        /// Delivered duty paid.
        Ddp = "ddp",
        /// Delivered duty unpaid.
        Ddu = "ddu",
        /// Delivered at place unloaded.
        Dpu = "dpu",
        /// Delivered ex quay.
        Deq = "deq",
        /// Delivered ex ship.
        Des = "des",
        /// Ex works.
        Exw = "exw",
        /// Free alongside ship.
        Fas = "fas",
        /// Free carrier.
        Fca = "fca",
        /// Free on board.
        Fob = "fob",
    }
}

element!(ConfirmationRequest {
    children {
        confirmation_header: "ConfirmationHeader",
        order_reference: "OrderReference",
        order_status_request: "OrderStatusRequestReference" | "OrderStatusRequestIDInfo",
        confirmation_item: "ConfirmationItem",
    }
});

element!(ConfirmationHeader {
    attributes {
        confirm_id: "confirmID",
        operation: "operation",
        kind: "type",
        notice_date: "noticeDate",
        invoice_id: "invoiceID",
        inco_terms: "incoTerms",
        version: "version",
    }
    children {
        document_reference: "DocumentReference",
        total: "Total",
        shipping: "Shipping",
        tax: "Tax",
        contact: "Contact",
        hazard: "Hazard",
        comments: "Comments",
        id_reference: "IdReference",
        extrinsic: "Extrinsic",
    }
});
