//! Lines of invoices made from bytes.

use punchout_cxml::{
    AdditionalPrice, AdditionalPrices, CompositeItemType, Country, CustomsInfo, InvoiceDetailItem,
    InvoiceDetailItemIndustry, InvoiceDetailItemInit, InvoiceDetailItemReference,
    InvoiceDetailItemReferenceIndustry, InvoiceDetailItemReferenceRetail, InvoiceDetailItemRetail,
    InvoiceDetailServiceItem, InvoiceDetailServiceItemReference, InvoiceItemReason, InvoiceLaborDetail,
    InvoiceTimeCardDetail, ItemId, ItemIndicator, ItemType, ManufacturerName, ProductMovementItemIdInfo,
    ReceiptLineItemReference, ServiceEntryItemIdInfo, ServiceEntryItemReference, ShipNoticeLineItemReference,
    TimeCardIdInfo, TimeCardReference,
};

use crate::draw::Draw;

impl Draw<'_> {
    pub(crate) fn invoice_item(&mut self) -> InvoiceDetailItem {
        let mut item = InvoiceDetailItem::from(InvoiceDetailItemInit {
            invoice_line_number: self.amount(),
            quantity: self.amount(),
            unit_of_measure: self.text(),
            unit_price: self.unit_price(),
            invoice_detail_item_reference: self.invoice_item_reference(),
        });
        item.reference_date = self.maybe(Self::time);
        item.inspection_date = self.maybe(Self::time);
        item.parent_invoice_line_number = self.maybe(Self::amount);
        item.item_type = self.maybe(|d| d.token::<ItemType>(&["composite", "item", "lean"]));
        item.composite_item_type = self.maybe(|d| d.token::<CompositeItemType>(&["groupLevel", "itemLevel"]));
        item.reason = self.maybe(|d| d.token::<InvoiceItemReason>(&["return"]));
        item.is_ad_hoc = self.flag();
        item.price_basis_quantity = self.maybe(Self::price_basis_quantity);
        item.receipt_line_item_reference = self.maybe(|d| ReceiptLineItemReference::new(d.amount()));
        item.ship_notice_line_item_reference = self.maybe(|d| ShipNoticeLineItemReference::new(d.amount()));
        (item.service_entry_item_reference, item.service_entry_item_id_info) = self.invoice_service_entry();
        item.product_movement_item_id_info = self.maybe(|d| {
            let mut info = ProductMovementItemIdInfo::new(d.amount(), d.text(), d.time());
            info.id_reference = d.many(Self::id_reference);
            Box::new(info)
        });
        item.subtotal_amount = self.maybe(Self::money);
        item.tax = self.maybe(Self::tax).map(Box::new);
        item.invoice_detail_line_special_handling =
            self.maybe(Self::invoice_line_special_handling).map(Box::new);
        item.invoice_detail_line_shipping = self.maybe(Self::invoice_line_shipping).map(Box::new);
        item.ship_notice_id_info = self.maybe(Self::invoice_ship_notice_id_info).map(Box::new);
        item.gross_amount = self.maybe(Self::money);
        item.invoice_detail_discount = self.maybe(Self::invoice_discount).map(Box::new);
        item.total_charges = self.maybe(Self::money);
        item.total_allowances = self.maybe(Self::money);
        item.total_amount_without_tax = self.maybe(Self::money);
        item.net_amount = self.maybe(Self::money);
        item.distribution = self.many(Self::distribution);
        item.comments = self.maybe(Self::comments);
        item.customs_info = self.maybe(|d| Box::new(CustomsInfo::new(d.address(), d.document_info())));
        item.extrinsic = self.many(Self::extrinsic);
        item.invoice_item_modifications = self.maybe(Self::modifications).map(Box::new);
        item.packaging = self.many(Self::packaging);
        item.invoice_detail_item_industry = self.maybe(|d| {
            let mut industry = InvoiceDetailItemIndustry::default();
            industry.invoice_detail_item_retail = d.maybe(Self::invoice_item_retail);
            Box::new(industry)
        });
        item
    }

    fn invoice_item_retail(&mut self) -> InvoiceDetailItemRetail {
        let price = |d: &mut Self| {
            let mut price = AdditionalPrice::new(d.money());
            price.price_basis_quantity = d.maybe(Self::price_basis_quantity);
            price
        };
        let mut retail = InvoiceDetailItemRetail::default();
        retail.additional_prices = self.maybe(|d| {
            let mut prices = AdditionalPrices::default();
            prices.unit_gross_price = d.maybe(price);
            prices.informational_price = d.maybe(price);
            prices.informational_price_excl_tax = d.maybe(price);
            prices.unit_net_price_correction = d.maybe(price);
            prices
        });
        retail.total_retail_amount = self.maybe(Self::money);
        retail.item_indicator = self.many(|d| ItemIndicator::new(d.text(), d.text()));
        retail.promotion_deal_id = self.texts();
        retail.promotion_variant_id = self.texts();
        retail
    }

    /// By document, by number, or not at all.
    fn invoice_service_entry(
        &mut self,
    ) -> (Option<Box<ServiceEntryItemReference>>, Option<Box<ServiceEntryItemIdInfo>>) {
        match self.byte() % 3 {
            0 => {
                let mut reference = ServiceEntryItemReference::new(self.amount(), self.text());
                reference.service_entry_id = self.texts();
                reference.service_entry_date = self.maybe(Self::time);
                (Some(Box::new(reference)), None)
            }
            1 => {
                let mut info = ServiceEntryItemIdInfo::new(self.amount(), self.text());
                info.service_entry_date = self.maybe(Self::time);
                info.id_reference = self.many(Self::id_reference);
                (None, Some(Box::new(info)))
            }
            _ => (None, None),
        }
    }

    fn invoice_item_reference(&mut self) -> InvoiceDetailItemReference {
        let mut reference = InvoiceDetailItemReference::new(self.amount());
        reference.serial_number_attribute = self.texts();
        reference.item_id = self.maybe(Self::invoice_item_id);
        reference.description = self.maybe(Self::description);
        reference.classification = self.many(Self::classification);
        if self.flag() {
            reference.manufacturer_part_id = Some(self.text());
            reference.manufacturer_name = Some(ManufacturerName::new(self.text()));
        }
        reference.country = self.maybe(|d| Country::new(d.text(), d.text()));
        reference.serial_number = self.many(Self::text);
        reference.supplier_batch_id = self.texts();
        reference.invoice_detail_item_reference_industry = self.maybe(|d| {
            let mut industry = InvoiceDetailItemReferenceIndustry::default();
            industry.invoice_detail_item_reference_retail = d.maybe(|d| {
                let mut retail = InvoiceDetailItemReferenceRetail::default();
                retail.ean_id = d.texts();
                retail.european_waste_catalog_id = d.texts();
                retail.characteristic = d.many(Self::characteristic);
                retail
            });
            Box::new(industry)
        });
        reference
    }

    fn invoice_item_id(&mut self) -> ItemId {
        let mut id = ItemId::new(self.text());
        id.supplier_part_auxiliary_id = self.maybe(Self::any_content);
        id.buyer_part_id = self.texts();
        id.id_reference = self.many(Self::id_reference);
        id
    }

    pub(crate) fn invoice_service_item(&mut self) -> InvoiceDetailServiceItem {
        let mut reference = InvoiceDetailServiceItemReference::default();
        reference.line_number = self.maybe(Self::amount);
        reference.classification = self.many(Self::classification);
        reference.item_id = self.maybe(Self::invoice_item_id);
        reference.description = self.maybe(Self::description);
        let mut item = InvoiceDetailServiceItem::new(self.amount(), reference, self.money());
        item.quantity = self.maybe(Self::amount);
        item.reference_date = self.maybe(Self::time);
        item.inspection_date = self.maybe(Self::time);
        item.parent_invoice_line_number = self.maybe(Self::amount);
        item.item_type = self.maybe(|d| d.token::<ItemType>(&["composite", "item", "lean"]));
        item.is_ad_hoc = self.flag();
        (item.service_entry_item_reference, item.service_entry_item_id_info) = self.invoice_service_entry();
        item.period = self.maybe(Self::period);
        match self.byte() % 3 {
            0 => item.unit_rate = Some(Box::new(self.unit_rate())),
            1 => {
                item.unit_of_measure = Some(self.text());
                item.unit_price = Some(self.unit_price());
                item.price_basis_quantity = self.maybe(Self::price_basis_quantity);
            }
            _ => {}
        }
        item.tax = self.maybe(Self::tax).map(Box::new);
        item.gross_amount = self.maybe(Self::money);
        item.invoice_detail_discount = self.maybe(Self::invoice_discount).map(Box::new);
        item.total_charges = self.maybe(Self::money);
        item.total_allowances = self.maybe(Self::money);
        item.total_amount_without_tax = self.maybe(Self::money);
        item.net_amount = self.maybe(Self::money);
        item.distribution = self.many(Self::distribution);
        item.comments = self.maybe(Self::comments);
        item.invoice_item_modifications = self.maybe(Self::modifications).map(Box::new);
        item.invoice_labor_detail = self.maybe(Self::invoice_labor_detail).map(Box::new);
        item.extrinsic = self.many(Self::extrinsic);
        item
    }

    fn invoice_labor_detail(&mut self) -> InvoiceLaborDetail {
        let mut detail = InvoiceLaborDetail::default();
        detail.contractor = self.maybe(Self::contractor);
        detail.job_description = self.maybe(Self::description);
        detail.supervisor = self.maybe(Self::contact);
        detail.work_location = self.maybe(Self::address);
        detail.invoice_time_card_detail = self.maybe(|d| {
            if d.flag() {
                let mut reference = TimeCardReference::new(d.text());
                reference.time_card_id = d.texts();
                InvoiceTimeCardDetail::from(reference)
            } else {
                TimeCardIdInfo::new(d.text()).into()
            }
        });
        detail
    }
}
