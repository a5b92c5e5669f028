//! Drawing what is exchanged around orders: profiles, status updates, copies
//! and what waits to be fetched.

use punchout_core::Text;
use punchout_cxml::{
    Attachment, Body, CopyRequest, DeliveryStatus, Document, DocumentReference, DocumentStatus,
    GetPendingRequest, GetPendingResponse, IntegrationMessage, IntegrationStatus, InvoiceIdInfo,
    InvoiceStatus, InvoiceStatusType, ItemStatus, PCard, Payload, PaymentStatus, PaymentStatusInit,
    PaymentType, ProcessingMode, ProfileOption, ProfileRequest, ProfileResponse, Response, ResponsePayload,
    StatusUpdateRequest, Transaction,
};

use crate::draw::Draw;

/// How many sorts of body [`Draw::exchange_body_of`] knows.
pub(crate) const SORTS: usize = 9;

impl Draw<'_> {
    pub(crate) fn exchange_body(&mut self) -> Body {
        let sort = self.byte();
        self.exchange_body_of(sort % SORTS)
    }

    pub(crate) fn exchange_body_of(&mut self, sort: usize) -> Body {
        let request: Payload = match sort {
            0 => self.punch_out_setup_request().into(),
            1 => ProfileRequest::new().into(),
            2 => self.status_update_request().into(),
            3 => self.get_pending_request().into(),
            4 => self.copy_request().into(),
            5 => {
                let cart = self.punch_out_order_message();
                return self.message_body(cart.into());
            }
            6 => return self.response_body(|d| d.punch_out_setup_response().into()),
            7 => return self.response_body(|d| d.profile_response().into()),
            _ => return self.response_body(|d| d.get_pending_response().into()),
        };
        let header = self.header();
        self.request_body(header, request)
    }

    fn response_body(&mut self, payload: impl FnOnce(&mut Self) -> ResponsePayload) -> Body {
        let mut response = Response::new(self.status());
        response.id = self.maybe(|d| d.word(&["cXMLData"]));
        response.with_payload(payload(self)).into()
    }

    fn profile_response(&mut self) -> ProfileResponse {
        let mut profile = ProfileResponse::new(self.time(), self.transaction());
        profile.last_refresh = self.maybe(Self::time);
        profile.a_dtype = self.maybe(|d| d.word(&["effectiveDate dateTime.tz lastRefresh dateTime.tz"]));
        profile.option = self.many(Self::profile_option);
        profile.transaction = self.some(Self::transaction);
        profile
    }

    fn transaction(&mut self) -> Transaction {
        let mut transaction = Transaction::new(self.text(), self.url());
        transaction.a_dtype = self.maybe(|d| d.word(&["requestName NMTOKEN"]));
        transaction.option = self.many(Self::profile_option);
        transaction
    }

    fn profile_option(&mut self) -> ProfileOption {
        let mut option = ProfileOption::new(self.text(), self.text());
        option.a_dtype = self.maybe(|d| d.word(&["name string"]));
        option
    }

    fn status_update_request(&mut self) -> StatusUpdateRequest {
        let mut update = StatusUpdateRequest::new(self.status());
        update.document_reference = self.maybe(|d| DocumentReference::new(d.text()));
        for detail in 0..5 {
            // the DTD has one of them; a sender may have others
            let is_there = if self.valid { self.byte() % 6 == detail } else { self.flag() };
            match detail {
                _ if !is_there => continue,
                0 => update.payment_status = Some(Box::new(self.payment_status())),
                1 => update.sourcing_status = Some(self.sourcing_status()),
                2 => update.invoice_status = Some(Box::new(self.invoice_status())),
                3 => update.document_status = Some(Box::new(self.document_status())),
                _ => update.integration_status = Some(Box::new(self.integration_status())),
            }
            if self.valid {
                break;
            }
        }
        update.extrinsic = self.many(Self::extrinsic);
        update
    }

    pub(crate) fn payment_status(&mut self) -> PaymentStatus {
        let mut payment = PaymentStatus::from(PaymentStatusInit {
            order_id: self.text(),
            transaction_timestamp: self.time(),
            kind: self.token::<PaymentType>(&["Authorization", "Settlement", "Sale", "Credit"]),
            p_card: PCard::new("4111111111111111", self.time()),
            total: self.total(),
        });
        payment.is_failed = self.flag();
        payment.transaction_id = self.texts();
        payment.authorization_id = self.texts();
        payment.shipping = self.maybe(Self::shipping);
        payment.tax = self.maybe(Self::tax);
        payment.extrinsic = self.many(Self::extrinsic);
        payment
    }

    pub(crate) fn invoice_status(&mut self) -> InvoiceStatus {
        let kinds = ["processing", "canceled", "reconciled", "rejected", "paying", "paid"];
        let mut status = InvoiceStatus::new(self.token::<InvoiceStatusType>(&kinds));
        status.payment_net_due_date = self.maybe(Self::time);
        status.invoice_id_info = self.maybe(|d| {
            let mut info = InvoiceIdInfo::new(d.text());
            info.invoice_date = d.maybe(Self::time);
            info
        });
        status.partial_amount = self.maybe(Self::money);
        status.comments = self.many(Self::comments);
        status
    }

    pub(crate) fn document_status(&mut self) -> DocumentStatus {
        let mut status = DocumentStatus::new(self.text());
        status.document_info = self.maybe(Self::document_info);
        status.comments = self.many(Self::comments);
        status.item_status = self.many(|d| {
            let mut item = ItemStatus::new(d.text(), d.reference_document_info());
            item.code = d.texts();
            item.parent_line_number = d.maybe(Self::amount);
            item.comments = d.many(Self::comments);
            item
        });
        status
    }

    pub(crate) fn integration_status(&mut self) -> IntegrationStatus {
        let how = ["deliverySuccessful", "deliveryFailed", "customerConfirmed"];
        let mut status = IntegrationStatus::new(self.token::<DeliveryStatus>(&how));
        status.integration_message = self.maybe(|d| {
            let mut message = IntegrationMessage::new(d.flag(), d.text(), d.text());
            message.is_successful = d.token(&["yes", "no"]);
            message
        });
        status
    }

    fn get_pending_request(&mut self) -> GetPendingRequest {
        let mut request = GetPendingRequest::new(Text::EMPTY);
        request.max_messages = self.maybe(Self::amount);
        request.last_received_timestamp = self.maybe(Self::time);
        request.message_type = self.some(Self::text);
        request
    }

    fn get_pending_response(&mut self) -> GetPendingResponse {
        let mut response = GetPendingResponse::new(self.inner_document());
        response.cxml = self.some(Self::inner_document);
        response
    }

    fn copy_request(&mut self) -> CopyRequest {
        let mut copy = match self.byte() % 2 {
            0 => CopyRequest::from(self.inner_document()),
            _ => CopyRequest::from(Attachment::new(self.url())),
        };
        copy.processing_mode = self.maybe(|d| d.token::<ProcessingMode>(&["info", "process", "copy"]));
        copy
    }

    /// A document in another one: it names no DTD, and repeats no `Id`.
    fn inner_document(&mut self) -> Document {
        let mut body = match self.byte() % 4 {
            0 | 1 => {
                let cart = self.punch_out_order_message();
                self.message_body(cart.into())
            }
            2 => self.response_body(|d| d.punch_out_setup_response().into()),
            _ => self.order_body(),
        };
        match &mut body {
            Body::Request(_, request) => request.id = None,
            Body::Message(_, message) => message.id = None,
            Body::Response(response) => response.id = None,
            _ => {}
        }
        let mut document = Document::new(self.text(), self.time(), body);
        document.lang = self.texts();
        document
    }
}
