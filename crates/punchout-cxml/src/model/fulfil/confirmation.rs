use punchout_core::Text;

use crate::element::element;
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

    /// Names a question that is answered.
    #[must_use]
    pub fn with_order_status_request(mut self, request: impl Into<OrderStatusRequest>) -> Self {
        self.order_status_request.push(request.into());
        self
    }

    /// Adds a line.
    #[must_use]
    pub fn with_confirmation_item(mut self, item: ConfirmationItem) -> Self {
        self.confirmation_item.push(item);
        self
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

    /// Sets the supplier's number of the confirmation.
    #[must_use]
    pub fn with_confirm_id(mut self, id: impl Into<Text>) -> Self {
        self.confirm_id = Some(id.into());
        self
    }

    /// Sets what the order comes to now.
    #[must_use]
    pub fn with_total(mut self, total: impl Into<Total>) -> Self {
        self.total = Some(total.into());
        self
    }

    /// Sets what shipping costs now.
    #[must_use]
    pub fn with_shipping(mut self, shipping: Shipping) -> Self {
        self.shipping = Some(shipping);
        self
    }

    /// Sets the tax now.
    #[must_use]
    pub fn with_tax(mut self, tax: Tax) -> Self {
        self.tax = Some(tax);
        self
    }

    /// Adds a contact.
    #[must_use]
    pub fn with_contact(mut self, contact: Contact) -> Self {
        self.contact.push(contact);
        self
    }

    /// Adds a danger of everything that is confirmed.
    #[must_use]
    pub fn with_hazard(mut self, hazard: Hazard) -> Self {
        self.hazard.push(hazard);
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

    /// Makes it replace the confirmation that was last sent under this payload
    /// id. It repeats that one's `confirm_id`.
    #[must_use]
    pub fn with_update_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.operation = ConfirmationOperation::Update;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
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
