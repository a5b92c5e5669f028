//! Confirmations and ship notices made from bytes.

use punchout_cxml::{
    ActivityStepType, Body, CarrierIdentifier, Classification, ComponentConsumptionDetails,
    ComponentConsumptionKind, CompositeItemType, ConfirmationHeader, ConfirmationItem, ConfirmationItemInit,
    ConfirmationKind, ConfirmationOperation, ConfirmationRequest, ConfirmationStatus, ConfirmationStatusKind,
    Document, ExpiryDate, FulfillmentType, Hazard, ImportInfo, IncoTerms, ItemId, ItemType, IuidInfo,
    LangText, ManufacturerName, OrderReference, OrderStatusRequest, OrderStatusRequestIdInfo,
    OrderStatusRequestReference, OutboundType, PackageIdentification, Payload, ScheduleLineReference,
    ShipControl, ShipControlRoute, ShipNoticeBatch, ShipNoticeHeader, ShipNoticeItem, ShipNoticeItemDetail,
    ShipNoticeItemIndustry, ShipNoticeItemRetail, ShipNoticeOperation, ShipNoticePortion, ShipNoticeReason,
    ShipNoticeRequest, ShipmentIdentifier, ShipmentType, StockTransferType, TermsOfTransport, YesNo,
};

use crate::draw::Draw;

const ITEM_TYPES: &[&str] = &["composite", "item", "lean"];
const COMPOSITE_ITEM_TYPES: &[&str] = &["groupLevel", "itemLevel"];
const LIFE_SCIENCES: &str =
    "<ShipNoticeItemLifeSciences><ProtocolID>P</ProtocolID></ShipNoticeItemLifeSciences>";
impl Draw<'_> {
    /// A confirmation or a ship notice.
    pub(crate) fn fulfil_document(&mut self) -> Document {
        let payload: Payload = match self.byte() % 2 {
            0 => self.confirmation().into(),
            _ => self.ship_notice().into(),
        };
        Document::new(self.text(), self.time(), Body::request(self.header(), payload))
    }

    pub(crate) fn confirmation(&mut self) -> ConfirmationRequest {
        let mut confirmation = ConfirmationRequest::new(self.confirmation_header(), self.order_reference());
        confirmation.order_status_request = self.many(|d| {
            if d.byte() % 2 == 0 {
                let mut question = OrderStatusRequestReference::new(d.text());
                question.order_status_request_id = d.texts();
                question.order_status_request_date = d.maybe(Self::time);
                OrderStatusRequest::from(question)
            } else {
                let mut question = OrderStatusRequestIdInfo::new(d.text());
                question.order_status_request_date = d.maybe(Self::time);
                question.into()
            }
        });
        confirmation.confirmation_item = self.many(Self::confirmation_item);
        confirmation
    }

    fn confirmation_header(&mut self) -> ConfirmationHeader {
        let kinds = &["accept", "allDetail", "detail", "backordered", "except", "reject", "replace"];
        let kind = self.token::<ConfirmationKind>(kinds);
        let mut header = ConfirmationHeader::new(kind, self.time());
        header.confirm_id = self.texts();
        header.operation = self.token::<ConfirmationOperation>(&["new", "update"]);
        header.invoice_id = self.texts();
        header.inco_terms = self.maybe(|d| d.token::<IncoTerms>(&["exw", "fob", "ddp"]));
        header.version = self.texts();
        header.document_reference = self.maybe(Self::document_reference);
        header.total = self.maybe(Self::total);
        header.shipping = self.maybe(Self::shipping);
        header.tax = self.maybe(Self::tax);
        header.contact = self.many(Self::contact);
        header.hazard = self.many(Self::hazard);
        header.comments = self.many(Self::comments);
        header.id_reference = self.many(Self::id_reference);
        header.extrinsic = self.many(Self::extrinsic);
        header
    }

    fn confirmation_item(&mut self) -> ConfirmationItem {
        let mut item = ConfirmationItem::from(ConfirmationItemInit {
            line_number: self.amount(),
            quantity: self.amount(),
            unit_of_measure: self.text(),
            confirmation_status: ConfirmationStatus::new(ConfirmationStatusKind::Accept, 1, ""),
        });
        item.parent_line_number = self.maybe(Self::amount);
        item.item_type = self.maybe(|d| d.token::<ItemType>(ITEM_TYPES));
        item.composite_item_type = self.maybe(|d| d.token::<CompositeItemType>(COMPOSITE_ITEM_TYPES));
        item.contact = self.many(Self::contact);
        item.hazard = self.many(Self::hazard);
        item.confirmation_status = self.some(Self::confirmation_status);
        item
    }

    fn confirmation_status(&mut self) -> ConfirmationStatus {
        let kinds = &["accept", "allDetail", "detail", "backordered", "reject", "unknown", "requestToPay"];
        let kind = self.token::<ConfirmationStatusKind>(kinds);
        let mut status = ConfirmationStatus::new(kind, self.amount(), self.text());
        status.shipment_date = self.maybe(Self::time);
        status.delivery_date = self.maybe(Self::time);
        if !self.full {
            status.item_in = self.maybe(|d| Box::new(d.item_in()));
        }
        // Another article, or what changes about this one.
        if status.item_in.is_none() || !self.valid {
            status.unit_price = self.maybe(Self::unit_price);
            status.tax = self.maybe(Self::tax).map(Box::new);
            status.shipping = self.maybe(Self::shipping).map(Box::new);
        }
        status.supplier_batch_id = self.texts();
        status.schedule_line_reference = self
            .maybe(|d| {
                let mut line = ScheduleLineReference::new(d.amount(), d.time());
                line.line_number = d.maybe(Self::amount);
                line.extrinsic = d.many(Self::extrinsic);
                line
            })
            .map(Box::new);
        status.component_consumption_details = self.many(Self::component);
        status.comments = self.many(Self::comments);
        status.extrinsic = self.many(Self::extrinsic);
        status
    }

    fn component(&mut self) -> ComponentConsumptionDetails {
        let product = self.product();
        let mut component = ComponentConsumptionDetails::new(product, self.amount(), self.text());
        component.line_number = self.maybe(Self::amount);
        component.kind = self
            .maybe(|d| d.token::<ComponentConsumptionKind>(&["blocked", "qualityRestricted", "scrapped"]));
        component.usage = self.maybe(|d| d.token::<YesNo>(&["yes", "no"]));
        component.buyer_batch_id = self.texts();
        component.supplier_batch_id = self.texts();
        component.reference_document_info = self.many(Self::reference_document_info);
        component.asset_info = self.many(Self::asset_info);
        component.dimension = self.many(Self::dimension);
        component.extrinsic = self.many(Self::extrinsic);
        component
    }

    fn hazard(&mut self) -> Hazard {
        let mut hazard = match self.byte() % 2 {
            0 => Hazard::new(self.description()),
            _ => Hazard::classified(Classification::new("UN", self.text())),
        };
        hazard.description.extend(self.many(Self::description));
        hazard.classification.extend(self.many(|d| Classification::new("GHS", d.text())));
        hazard
    }

    fn order_reference(&mut self) -> OrderReference {
        let mut reference = OrderReference::new(self.text());
        reference.order_id = self.texts();
        reference.order_date = self.maybe(Self::time);
        reference
    }

    pub(crate) fn ship_notice(&mut self) -> ShipNoticeRequest {
        let mut notice = ShipNoticeRequest::new(self.ship_notice_header());
        notice.ship_control = self.many(Self::ship_control);
        notice.ship_notice_portion = self.many(Self::ship_notice_portion);
        notice
    }

    fn ship_notice_header(&mut self) -> ShipNoticeHeader {
        let mut header = ShipNoticeHeader::new(self.text(), self.time());
        header.operation = self.token::<ShipNoticeOperation>(&["new", "update", "delete"]);
        header.shipment_date = self.maybe(Self::time);
        header.delivery_date = self.maybe(Self::time);
        header.shipment_type = self.maybe(|d| d.token::<ShipmentType>(&["actual", "planned"]));
        header.fulfillment_type = self.maybe(|d| d.token::<FulfillmentType>(&["partial", "complete"]));
        header.requested_delivery_date = self.maybe(Self::time);
        header.reason = self.maybe(|d| d.token::<ShipNoticeReason>(&["return"]));
        header.activity_step_type =
            self.maybe(|d| d.token::<ActivityStepType>(&["stockTransfer", "stockShippingAdvice"]));
        header.service_level = self.many(|d| LangText::new(d.text(), d.text()));
        header.document_reference = self.maybe(Self::document_reference);
        header.contact = self.many(Self::contact);
        header.legal_entity = self.maybe(Self::id_reference);
        header.organizational_unit = self.many(Self::id_reference);
        header.hazard = self.many(Self::hazard);
        header.comments = self.many(Self::comments);
        header.terms_of_delivery = self.maybe(Self::terms_of_delivery);
        header.terms_of_transport = self.many(|d| {
            let mut terms = TermsOfTransport::default();
            terms.seal_id = d.texts();
            terms.sealing_party_code = d.texts();
            terms.equipment_identification_code = d.texts();
            terms.transport_terms = d.maybe(|d| d.text().as_str().into());
            terms.dimension = d.many(Self::dimension);
            terms.extrinsic = d.many(Self::extrinsic);
            terms
        });
        header.packaging = self.maybe(Self::packaging).map(Box::new);
        header.extrinsic = self.many(Self::extrinsic);
        header.id_reference = self.many(Self::id_reference);
        header.reference_document_info = self.many(Self::reference_document_info);
        header
    }

    fn ship_control(&mut self) -> ShipControl {
        let carrier = CarrierIdentifier::new(self.text(), self.text());
        let mut control = ShipControl::new(carrier, "");
        control.start_date = self.maybe(Self::time);
        control.carrier_identifier.extend(self.many(|d| CarrierIdentifier::new(d.text(), d.text())));
        control.shipment_identifier = self.some(|d| {
            let mut identifier = ShipmentIdentifier::new(d.text());
            identifier.domain = d.texts();
            identifier.tracking_number_date = d.maybe(Self::time);
            identifier.tracking_url = d.texts();
            identifier
        });
        control.package_identification = self.maybe(|d| PackageIdentification::new(d.text(), d.text()));
        control.route = self.many(|d| {
            if d.byte() % 2 == 0 {
                ShipControlRoute::from(d.route())
            } else {
                d.transport_information().into()
            }
        });
        control.contact = self.many(Self::contact);
        control.comments = self.many(Self::comments);
        control.extrinsic = self.many(Self::extrinsic);
        control
    }

    fn ship_notice_portion(&mut self) -> ShipNoticePortion {
        let mut portion = ShipNoticePortion::new(self.order_reference());
        match self.byte() % 3 {
            0 => {}
            1 => {
                let agreement = self.master_agreement_reference();
                portion.master_agreement_reference = Some(Box::new(agreement));
            }
            _ => {
                let agreement = self.master_agreement_id_info();
                portion.master_agreement_id_info = Some(Box::new(agreement));
            }
        }
        portion.contact = self.many(Self::contact);
        portion.comments = self.many(Self::comments);
        portion.extrinsic = self.many(Self::extrinsic);
        portion.ship_notice_item = self.many(Self::ship_notice_item);
        portion.reference_document_info = self.many(Self::reference_document_info);
        portion
    }

    fn ship_notice_item(&mut self) -> ShipNoticeItem {
        let mut item = ShipNoticeItem::new(self.amount(), self.amount(), self.text());
        item.parent_line_number = self.maybe(Self::amount);
        item.ship_notice_line_number = self.maybe(Self::amount);
        item.item_type = self.maybe(|d| d.token::<ItemType>(ITEM_TYPES));
        item.composite_item_type = self.maybe(|d| d.token::<CompositeItemType>(COMPOSITE_ITEM_TYPES));
        item.stock_transfer_type = self.maybe(|d| d.token::<StockTransferType>(&["intra", "inter"]));
        item.outbound_type = self.maybe(|d| d.token::<OutboundType>(&["stockTransport"]));
        item.item_id = self.maybe(|d| {
            let mut id = ItemId::new(d.supplier_part_id());
            id.supplier_part_auxiliary_id = d.maybe(Self::any_content);
            id.buyer_part_id = d.texts();
            id.id_reference = d.many(Self::id_reference);
            id
        });
        item.ship_notice_item_detail = self.maybe(Self::ship_notice_item_detail).map(Box::new);
        item.packaging = self.many(Self::packaging);
        item.hazard = self.many(Self::hazard);
        item.batch = self.many(|d| match d.byte() % 2 {
            0 => ShipNoticeBatch::from(d.batch()),
            _ => d.text().into(),
        });
        item.asset_info = self.many(Self::asset_info);
        item.terms_of_delivery = self.maybe(Self::terms_of_delivery).map(Box::new);
        item.ordered_quantity = self.maybe(Self::packed_quantity);
        item.ship_notice_item_industry = self
            .maybe(|d| {
                let mut industry = ShipNoticeItemIndustry::default();
                industry.ship_notice_item_retail = d.maybe(|d| {
                    let mut retail = ShipNoticeItemRetail::default();
                    retail.best_before_date = d.maybe(Self::best_before_date);
                    retail.expiry_date = d.maybe(|d| ExpiryDate::new(d.time()));
                    retail.free_goods_quantity = d.maybe(Self::packed_quantity);
                    retail.promotion_deal_id = d.texts();
                    retail.promotion_variant_id = d.texts();
                    retail
                });
                industry.other = d.raw(&[LIFE_SCIENCES]);
                industry
            })
            .map(Box::new);
        item.component_consumption_details = self.many(Self::component);
        item.reference_document_info = self.many(Self::reference_document_info);
        item.comments = self.many(Self::comments);
        item.extrinsic = self.many(Self::extrinsic);
        item.iuid_info = self
            .maybe(|d| {
                let mut info = IuidInfo::default();
                info.requires_iuid = d.flag();
                info.iuid_number = d.many(Self::text);
                info
            })
            .map(Box::new);
        item
    }

    fn ship_notice_item_detail(&mut self) -> ShipNoticeItemDetail {
        let mut detail = ShipNoticeItemDetail::default();
        detail.unit_price = self.maybe(Self::unit_price);
        detail.description = self.many(Self::description);
        detail.unit_of_measure = self.texts();
        detail.price_basis_quantity = self.maybe(Self::price_basis_quantity);
        detail.classification = self.many(Self::classification);
        detail.manufacturer_part_id = self.texts();
        detail.manufacturer_name = self.maybe(|d| ManufacturerName::new(d.text()));
        detail.dimension = self.many(Self::dimension);
        detail.item_detail_industry = self.maybe(Self::item_detail_industry).map(Box::new);
        detail.extrinsic = self.many(Self::extrinsic);
        detail.import_info = self.maybe(|d| {
            let mut info = ImportInfo::default();
            info.hts_code = d.texts();
            info.importer_of_record = d.texts();
            info
        });
        detail
    }
}
