use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    Comments, Contact, DocumentReference, Extrinsic, IdReference, InvoiceDetailHeaderIndicator,
    InvoiceDetailLineIndicator, InvoiceDetailShipping, InvoiceIdInfo, Other, PaymentTerm, Period,
    ShipNoticeIdInfo, Timestamp,
};

/// What is true of a whole invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailRequestHeader {
    /// The supplier's invoice number.
    pub invoice_id: Text,
    /// Whether the buyer need not do anything about it.
    pub is_information_only: bool,
    /// Whether it bills, credits or debits.
    pub purpose: InvoicePurpose,
    /// Whether it is new or takes another one back.
    pub operation: InvoiceOperation,
    /// The date of the invoice.
    pub invoice_date: Timestamp,
    /// Who made it.
    pub invoice_origin: Option<InvoiceOrigin>,
    /// Whether the buyer made it from receipts.
    pub is_ers: bool,
    /// What is true of all lines.
    pub invoice_detail_header_indicator: InvoiceDetailHeaderIndicator,
    /// What stands on the lines and not in the summary.
    pub invoice_detail_line_indicator: InvoiceDetailLineIndicator,
    /// Who takes part, such as `billTo` and `remitTo`.
    pub invoice_partner: Vec<InvoicePartner>,
    /// The document of the invoice that this one takes back or corrects.
    pub document_reference: Option<DocumentReference>,
    /// The number of that invoice.
    pub invoice_id_info: Option<InvoiceIdInfo>,
    /// The payment proposal that it is about.
    pub payment_proposal_id_info: Option<PaymentProposalIdInfo>,
    /// From where to where the goods went; here or on the lines.
    pub invoice_detail_shipping: Option<Box<InvoiceDetailShipping>>,
    /// The ship notice.
    pub ship_notice_id_info: Option<ShipNoticeIdInfo>,
    /// By when to pay, the old kind; deprecated.
    pub invoice_detail_payment_term: Vec<InvoiceDetailPaymentTerm>,
    /// By when to pay, instead of the old kind.
    pub payment_term: Vec<PaymentTerm>,
    /// The last day to pay.
    pub payment_information: Option<PaymentInformation>,
    /// When the services were rendered.
    pub period: Option<Period>,
    /// For a person to read.
    pub comments: Option<Comments>,
    /// Keys of the invoice in other systems.
    pub id_reference: Vec<IdReference>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailRequestHeader {
    /// An ordinary invoice.
    #[must_use]
    pub fn new(invoice_id: impl Into<Text>, invoice_date: impl Into<Timestamp>) -> Self {
        Self {
            invoice_id: invoice_id.into(),
            is_information_only: false,
            purpose: InvoicePurpose::default(),
            operation: InvoiceOperation::default(),
            invoice_date: invoice_date.into(),
            invoice_origin: None,
            is_ers: false,
            invoice_detail_header_indicator: InvoiceDetailHeaderIndicator::default(),
            invoice_detail_line_indicator: InvoiceDetailLineIndicator::default(),
            invoice_partner: Vec::new(),
            document_reference: None,
            invoice_id_info: None,
            payment_proposal_id_info: None,
            invoice_detail_shipping: None,
            ship_notice_id_info: None,
            invoice_detail_payment_term: Vec::new(),
            payment_term: Vec::new(),
            payment_information: None,
            period: None,
            comments: None,
            id_reference: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Makes it a credit or a debit.
    #[must_use]
    pub fn with_purpose(mut self, purpose: InvoicePurpose) -> Self {
        self.purpose = purpose;
        self
    }

    /// Makes it take back the invoice that was sent under this payload id.
    #[must_use]
    pub fn with_delete_of(mut self, payload_id: impl Into<Text>) -> Self {
        self.operation = InvoiceOperation::Delete;
        self.document_reference = Some(DocumentReference::new(payload_id));
        self
    }

    /// Says what is true of all lines.
    #[must_use]
    pub fn with_invoice_detail_header_indicator(mut self, indicator: InvoiceDetailHeaderIndicator) -> Self {
        self.invoice_detail_header_indicator = indicator;
        self
    }

    /// Says what stands on the lines.
    #[must_use]
    pub fn with_invoice_detail_line_indicator(mut self, indicator: InvoiceDetailLineIndicator) -> Self {
        self.invoice_detail_line_indicator = indicator;
        self
    }
}

setters! {
    InvoiceDetailRequestHeader {
        /// Points at the document of an earlier invoice.
        document_reference: with_document_reference(document: DocumentReference),
        /// Points at an earlier invoice by its number.
        invoice_id_info: with_invoice_id_info(info: InvoiceIdInfo),
        /// Adds one who takes part.
        invoice_partner: with_invoice_partner(partner: InvoicePartner),
        /// Sets from where to where the goods went.
        invoice_detail_shipping: with_invoice_detail_shipping(shipping: InvoiceDetailShipping),
        /// Adds a term of payment.
        payment_term: with_payment_term(term: PaymentTerm),
        /// Sets when the services were rendered.
        period: with_period(period: Period),
        /// Sets a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a key.
        id_reference: with_id_reference(reference: IdReference),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

token! {
    /// Whether an invoice bills, credits or debits.
    pub enum InvoicePurpose default Standard {
        /// It bills.
        Standard = "standard",
        /// It credits; a header invoice with amounts below zero.
        CreditMemo = "creditMemo",
        /// It debits; a header invoice.
        DebitMemo = "debitMemo",
        /// It credits line by line, with amounts below zero.
        LineLevelCreditMemo = "lineLevelCreditMemo",
        /// It debits line by line.
        LineLevelDebitMemo = "lineLevelDebitMemo",
    }
}

token! {
    /// Whether an invoice is new or takes another one back.
    pub enum InvoiceOperation default New {
        /// It is new.
        New = "new",
        /// It takes the invoice back that its document reference names.
        Delete = "delete",
    }
}

token! {
    /// Who made an invoice.
    pub enum InvoiceOrigin {
        /// The supplier.
        Supplier = "supplier",
        /// The buyer.
        Buyer = "buyer",
    }
}

/// Who takes part in an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoicePartner {
    /// Who, and in what role: `from`, `soldTo`, `billTo`, `remitTo`,
    /// `issuerOfInvoice`.
    pub contact: Contact,
    /// Keys, such as tax numbers and bank accounts.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoicePartner {
    /// One without keys.
    #[must_use]
    pub fn new(contact: Contact) -> Self {
        Self { contact, id_reference: Vec::new(), other: Other::default() }
    }

    /// Adds a key.
    #[must_use]
    pub fn with_id_reference(mut self, reference: IdReference) -> Self {
        self.id_reference.push(reference);
        self
    }
}

impl From<Contact> for InvoicePartner {
    fn from(contact: Contact) -> Self {
        Self::new(contact)
    }
}

/// By when to pay, the old kind; deprecated since 1.2.011.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailPaymentTerm {
    /// Days from the date of the invoice.
    pub pay_in_number_of_days: Amount,
    /// The discount in percent; below zero it is a penalty.
    pub percentage_rate: Amount,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailPaymentTerm {
    /// A discount for paying within so many days.
    #[must_use]
    pub fn new(pay_in_number_of_days: impl Into<Amount>, percentage_rate: impl Into<Amount>) -> Self {
        Self {
            pay_in_number_of_days: pay_in_number_of_days.into(),
            percentage_rate: percentage_rate.into(),
            other: Other::default(),
        }
    }
}

/// The last day to pay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PaymentInformation {
    /// From then on it is overdue, without any discount.
    pub payment_net_due_date: Option<Timestamp>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PaymentInformation {
    /// Sets the day.
    #[must_use]
    pub fn with_payment_net_due_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.payment_net_due_date = Some(date.into());
        self
    }
}

/// Points at a payment proposal by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PaymentProposalIdInfo {
    /// The key.
    pub payment_proposal_id: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PaymentProposalIdInfo {
    /// A key.
    #[must_use]
    pub fn new(payment_proposal_id: impl Into<Text>) -> Self {
        Self { payment_proposal_id: payment_proposal_id.into(), other: Other::default() }
    }
}

element!(InvoiceDetailRequestHeader {
    attributes {
        invoice_id: "invoiceID",
        is_information_only: "isInformationOnly",
        purpose: "purpose",
        operation: "operation",
        invoice_date: "invoiceDate",
        invoice_origin: "invoiceOrigin",
        is_ers: "isERS",
    }
    children {
        invoice_detail_header_indicator: "InvoiceDetailHeaderIndicator",
        invoice_detail_line_indicator: "InvoiceDetailLineIndicator",
        invoice_partner: "InvoicePartner",
        document_reference: "DocumentReference",
        invoice_id_info: "InvoiceIDInfo",
        payment_proposal_id_info: "PaymentProposalIDInfo",
        invoice_detail_shipping: "InvoiceDetailShipping",
        ship_notice_id_info: "ShipNoticeIDInfo",
        invoice_detail_payment_term: "InvoiceDetailPaymentTerm",
        payment_term: "PaymentTerm",
        payment_information: "PaymentInformation",
        period: "Period",
        comments: "Comments",
        id_reference: "IdReference",
        extrinsic: "Extrinsic",
    }
});

element!(InvoicePartner {
    children { contact: "Contact", id_reference: "IdReference", }
});

element!(InvoiceDetailPaymentTerm {
    attributes { pay_in_number_of_days: "payInNumberOfDays", percentage_rate: "percentageRate", }
});

element!(PaymentInformation {
    attributes { payment_net_due_date: "paymentNetDueDate", }
});

element!(PaymentProposalIdInfo {
    attributes { payment_proposal_id: "paymentProposalID", }
});
