//! Invoices made from bytes.

use punchout_cxml::{
    AdditionalAmounts, Body, CarrierIdentifier, Doctype, Document, InvoiceDetailDiscount,
    InvoiceDetailHeaderIndicator, InvoiceDetailHeaderOrder, InvoiceDetailLineIndicator,
    InvoiceDetailLineShipping, InvoiceDetailLineSpecialHandling, InvoiceDetailOrder, InvoiceDetailOrderInfo,
    InvoiceDetailOrderSummary, InvoiceDetailPaymentTerm, InvoiceDetailReceiptInfo, InvoiceDetailRequest,
    InvoiceDetailRequestHeader, InvoiceDetailShipNoticeInfo, InvoiceDetailShipping, InvoiceDetailSummary,
    InvoiceDetailSummaryRetail, InvoiceIdInfo, InvoiceOperation, InvoiceOrigin, InvoicePartner,
    InvoicePurpose, OrderIdInfo, OrderReference, PaymentInformation, PaymentProposalIdInfo, PaymentTerm,
    ReceiptIdInfo, ReceiptReference, Request, ShipNoticeIdInfo, ShipNoticeReference, ShipmentIdentifier,
    ShippingAmount, SpecialHandlingAmount, SupplierOrderInfo,
};

use crate::draw::Draw;

impl Draw<'_> {
    /// An invoice with everything in it.
    pub(crate) fn invoice_document(&mut self) -> Document {
        let body = Body::request(self.header(), Request::new(self.invoice()));
        Document::new("invoice", "2026-03-01T14:05:00+01:00", body)
            .with_doctype(Doctype::of(Doctype::NEWEST, "InvoiceDetail"))
    }

    fn invoice(&mut self) -> InvoiceDetailRequest {
        let (header, summary) = (self.invoice_header(), self.invoice_summary());
        if self.byte() % 4 < 3 {
            InvoiceDetailRequest::new(header, self.some(Self::invoice_order), summary)
        } else {
            let orders = self.some(|d| {
                let order = d.invoice_order_info();
                InvoiceDetailHeaderOrder::new(order, d.invoice_order_summary())
            });
            InvoiceDetailRequest::header_invoice(header, orders, summary)
        }
    }

    fn invoice_header(&mut self) -> InvoiceDetailRequestHeader {
        let mut header = InvoiceDetailRequestHeader::new(self.text(), self.time());
        header.is_information_only = self.flag();
        header.purpose = self.token::<InvoicePurpose>(&[
            "standard",
            "creditMemo",
            "debitMemo",
            "lineLevelCreditMemo",
            "lineLevelDebitMemo",
        ]);
        header.operation = self.token::<InvoiceOperation>(&["new", "delete"]);
        header.invoice_origin = self.maybe(|d| d.token::<InvoiceOrigin>(&["supplier", "buyer"]));
        header.is_ers = self.flag();
        header.invoice_detail_header_indicator = self.invoice_header_indicator();
        header.invoice_detail_line_indicator = self.invoice_line_indicator();
        header.invoice_partner = self.many(|d| {
            let mut partner = InvoicePartner::new(d.contact());
            partner.id_reference = d.many(Self::id_reference);
            partner
        });
        header.document_reference = self.maybe(Self::document_reference);
        header.invoice_id_info = self.maybe(|d| {
            let mut info = InvoiceIdInfo::new(d.text());
            info.invoice_date = d.maybe(Self::time);
            info
        });
        header.payment_proposal_id_info = self.maybe(|d| PaymentProposalIdInfo::new(d.text()));
        header.invoice_detail_shipping = self.maybe(Self::invoice_shipping).map(Box::new);
        header.ship_notice_id_info = self.maybe(Self::invoice_ship_notice_id_info);
        if self.flag() {
            header.payment_term = self.many(|d| {
                let mut term = PaymentTerm::new(30);
                term.pay_in_number_of_days = d.amount();
                term
            });
        } else {
            header.invoice_detail_payment_term =
                self.many(|d| InvoiceDetailPaymentTerm::new(d.amount(), d.amount()));
        }
        header.payment_information = self.maybe(|d| {
            let mut information = PaymentInformation::default();
            information.payment_net_due_date = d.maybe(Self::time);
            information
        });
        header.period = self.maybe(Self::period);
        header.comments = self.maybe(Self::comments);
        header.id_reference = self.many(Self::id_reference);
        header.extrinsic = self.many(Self::extrinsic);
        header
    }

    fn invoice_header_indicator(&mut self) -> InvoiceDetailHeaderIndicator {
        let mut indicator = InvoiceDetailHeaderIndicator::default();
        indicator.is_header_invoice = self.flag();
        indicator.is_vat_recoverable = self.flag();
        indicator.is_price_based_line_level_credit_memo = self.flag();
        indicator
    }

    fn invoice_line_indicator(&mut self) -> InvoiceDetailLineIndicator {
        let mut indicator = InvoiceDetailLineIndicator::default();
        indicator.is_tax_in_line = self.flag();
        indicator.is_special_handling_in_line = self.flag();
        indicator.is_shipping_in_line = self.flag();
        indicator.is_discount_in_line = self.flag();
        indicator.is_accounting_in_line = self.flag();
        indicator.is_price_adjustment_in_line = self.flag();
        indicator
    }

    fn invoice_shipping(&mut self) -> InvoiceDetailShipping {
        let mut shipping = InvoiceDetailShipping::new(self.contact(), self.contact());
        shipping.shipping_date = self.maybe(Self::time);
        shipping.contact.extend(self.many(Self::contact));
        if self.flag() {
            shipping.carrier_identifier = vec![CarrierIdentifier::new(self.text(), self.text())];
            shipping.shipment_identifier =
                vec![ShipmentIdentifier::new(self.text()).with_domain(self.text())];
        }
        shipping.document_reference = self.maybe(Self::document_reference);
        shipping
    }

    pub(crate) fn invoice_ship_notice_id_info(&mut self) -> ShipNoticeIdInfo {
        let mut info = ShipNoticeIdInfo::new(self.text());
        info.ship_notice_date = self.maybe(Self::time);
        info.id_reference = self.many(Self::id_reference);
        info
    }

    fn invoice_order(&mut self) -> InvoiceDetailOrder {
        let info = self.invoice_order_info();
        let receipt = self.maybe(Self::invoice_receipt_info);
        let ship_notice = self.maybe(Self::invoice_ship_notice_info);
        let mut order = InvoiceDetailOrder::new(info, self.some(Self::invoice_item));
        order.invoice_detail_receipt_info = receipt;
        order.invoice_detail_ship_notice_info = ship_notice;
        for line in self.many(Self::invoice_service_item) {
            let at = self.byte() % (order.line.len() + 1);
            order.line.insert(at, line.into());
        }
        order
    }

    fn invoice_order_info(&mut self) -> InvoiceDetailOrderInfo {
        let mut info = match self.byte() % 4 {
            0 => {
                let mut reference = OrderReference::new(self.text());
                reference.order_id = self.texts();
                reference.order_date = self.maybe(Self::time);
                let mut info = InvoiceDetailOrderInfo::from(reference);
                match self.byte() % 3 {
                    0 => info.master_agreement_reference = Some(self.master_agreement_reference()),
                    1 => info.master_agreement_id_info = Some(self.master_agreement_id_info()),
                    _ => {}
                }
                info
            }
            1 => self.invoice_order_id_info().into(),
            2 => {
                let mut info = if self.flag() {
                    InvoiceDetailOrderInfo::from(self.master_agreement_reference())
                } else {
                    self.master_agreement_id_info().into()
                };
                info.order_id_info = self.maybe(Self::invoice_order_id_info);
                info
            }
            _ => return SupplierOrderInfo::new(self.text()).into(),
        };
        info.supplier_order_info = self.maybe(|d| SupplierOrderInfo::new(d.text()));
        info
    }

    fn invoice_order_id_info(&mut self) -> OrderIdInfo {
        let mut info = OrderIdInfo::new(self.text());
        info.order_date = self.maybe(Self::time);
        info.id_reference = self.many(Self::id_reference);
        info
    }

    fn invoice_receipt_info(&mut self) -> InvoiceDetailReceiptInfo {
        if self.flag() {
            let mut reference = ReceiptReference::new(self.text());
            reference.receipt_id = self.texts();
            reference.receipt_date = self.maybe(Self::time);
            reference.into()
        } else {
            let mut info = ReceiptIdInfo::new(self.text());
            info.receipt_date = self.maybe(Self::time);
            info.id_reference = self.many(Self::id_reference);
            info.into()
        }
    }

    fn invoice_ship_notice_info(&mut self) -> InvoiceDetailShipNoticeInfo {
        if self.flag() {
            let mut reference = ShipNoticeReference::new(self.text());
            reference.ship_notice_id = self.texts();
            reference.ship_notice_date = self.maybe(Self::time);
            reference.into()
        } else {
            self.invoice_ship_notice_id_info().into()
        }
    }

    fn invoice_order_summary(&mut self) -> InvoiceDetailOrderSummary {
        let mut summary = InvoiceDetailOrderSummary::new(self.amount(), self.money());
        summary.inspection_date = self.maybe(Self::time);
        summary.period = self.maybe(Self::period);
        summary.tax = self.maybe(Self::tax).map(Box::new);
        summary.invoice_detail_line_special_handling = self.maybe(Self::invoice_line_special_handling);
        summary.invoice_detail_line_shipping = self.maybe(Self::invoice_line_shipping).map(Box::new);
        summary.gross_amount = self.maybe(Self::money);
        summary.invoice_detail_discount = self.maybe(Self::invoice_discount);
        summary.net_amount = self.maybe(Self::money);
        summary.comments = self.maybe(Self::comments);
        summary.extrinsic = self.many(Self::extrinsic);
        summary
    }

    pub(crate) fn invoice_line_special_handling(&mut self) -> InvoiceDetailLineSpecialHandling {
        let mut handling = InvoiceDetailLineSpecialHandling::new(self.money());
        handling.description = self.maybe(Self::description);
        handling.distribution = self.many(Self::distribution);
        handling
    }

    pub(crate) fn invoice_line_shipping(&mut self) -> InvoiceDetailLineShipping {
        let mut shipping = InvoiceDetailLineShipping::new(self.invoice_shipping(), self.money());
        shipping.distribution = self.many(Self::distribution);
        shipping
    }

    pub(crate) fn invoice_discount(&mut self) -> InvoiceDetailDiscount {
        let mut discount = InvoiceDetailDiscount::new(self.money());
        discount.percentage_rate = self.maybe(Self::amount);
        discount.distribution = self.many(Self::distribution);
        discount
    }

    fn invoice_summary(&mut self) -> InvoiceDetailSummary {
        let mut summary = InvoiceDetailSummary::new(self.money(), self.tax(), self.money());
        summary.special_handling_amount = self.maybe(|d| {
            let mut amount = SpecialHandlingAmount::new(d.money());
            amount.description = d.maybe(Self::description);
            amount.distribution = d.many(Self::distribution);
            amount
        });
        summary.shipping_amount = self.maybe(|d| {
            let mut amount = ShippingAmount::new(d.money());
            amount.distribution = d.many(Self::distribution);
            amount
        });
        summary.gross_amount = self.maybe(Self::money);
        summary.invoice_detail_discount = self.maybe(Self::invoice_discount);
        summary.total_charges = self.maybe(Self::money);
        summary.total_allowances = self.maybe(Self::money);
        summary.total_amount_without_tax = self.maybe(Self::money);
        summary.deposit_amount = self.maybe(Self::money);
        summary.due_amount = self.maybe(Self::money);
        summary.invoice_header_modifications = self.maybe(Self::modifications).map(Box::new);
        summary.invoice_detail_summary_line_item_modifications =
            self.maybe(Self::modifications).map(Box::new);
        summary.invoice_detail_summary_industry = self.maybe(|d| {
            let mut retail = InvoiceDetailSummaryRetail::default();
            retail.additional_amounts = d.maybe(|d| {
                let mut amounts = AdditionalAmounts::default();
                amounts.total_retail_amount = d.maybe(Self::money);
                amounts.informational_amount = d.maybe(Self::money);
                amounts.gross_progress_payment_amount = d.maybe(Self::money);
                amounts.total_returnable_items_deposit_amount = d.maybe(Self::money);
                amounts.goods_and_service_amount = d.maybe(Self::money);
                amounts.exact_amount = d.maybe(Self::money);
                amounts
            });
            Box::new(retail.into())
        });
        summary
    }
}
