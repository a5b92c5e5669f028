//! The rarer parts of orders, drawn from bytes.

use punchout_cxml::{
    Address, AttachmentReference, BatchInfo, BlanketItemDetail, Body, CertificateInfo, City, Classification,
    CommitmentCode, Contractor, ContractorDomain, ContractorIdentifier, Credential, Dimension, DimensionType,
    Document, DocumentReference, ExternalDocumentType, FeeDetail, Header, IndustryType, InternalId,
    ItemDetailIndustry, ItemDetailRetail, ItemOut, ItemOutIndustry, ItemOutRetail, LaborDetail, LangText,
    MaterialProvision, Money, Name, OrderRequest, OrderRequestHeader, OrderRequestHeaderIndustry,
    OrderRequestHeaderInit, PCard, PackagingDistribution, Payment, Period, PlanningType, PriceBasisQuantity,
    Priority, PriorityLevel, Product, QualityInfo, ReleaseInfo, ReleaseType, ScheduleLineReleaseInfo, Sender,
    SerialNumberInfo, SerialNumberType, ShipNoticeReference, ShipNoticeReleaseInfo, SpendDetail,
    SubcontractingComponent, SupplierPartId, TermReference, UnitPrice, UnitRate,
};

use crate::draw::Draw;

impl Draw<'_> {
    pub(crate) fn payment(&mut self) -> Payment {
        let mut card = PCard::new("4111111111111111", self.time());
        card.name = self.texts();
        card.postal_address = self.maybe(Self::postal_address);
        card.into()
    }

    pub(crate) fn unit_price(&mut self) -> UnitPrice {
        let mut price = UnitPrice::new(self.money());
        price.modifications = self.maybe(Self::modifications);
        price.pricing_conditions = self.maybe(Self::pricing_conditions).map(Box::new);
        price
    }

    pub(crate) fn price_basis_quantity(&mut self) -> PriceBasisQuantity {
        let mut basis =
            PriceBasisQuantity::new(self.amount(), self.text()).with_conversion_factor(self.amount());
        basis.description = self.maybe(Self::description);
        basis
    }

    pub(crate) fn classification(&mut self) -> Classification {
        let mut classification = Classification::new(self.text(), self.text());
        classification.code = self.texts();
        classification
    }

    pub(crate) fn dimension(&mut self) -> Dimension {
        let kind = self.token::<DimensionType>(&["length", "grossWeight", "unitNetWeight"]);
        Dimension::new(kind, self.amount(), self.text())
    }

    pub(crate) fn period(&mut self) -> Period {
        Period::new(self.time(), self.time())
    }

    pub(crate) fn document_reference(&mut self) -> DocumentReference {
        DocumentReference::new(self.text())
    }

    pub(crate) fn supplier_part_id(&mut self) -> SupplierPartId {
        let mut id = SupplierPartId::new(self.text());
        id.revision_id = self.texts();
        id
    }

    pub(crate) fn city(&mut self) -> City {
        let mut city = City::new(self.text());
        city.city_code = self.texts();
        city
    }

    pub(crate) fn lang_text(&mut self) -> LangText {
        LangText::new(self.text(), self.text())
    }

    pub(crate) fn blanket_item_detail(&mut self) -> BlanketItemDetail {
        let mut detail = BlanketItemDetail::new(self.description());
        detail.description = self.some(Self::description);
        detail.overall_limit = self.maybe(Self::money);
        detail.expected_limit = self.maybe(Self::money);
        detail.max_amount = self.maybe(Self::money);
        detail.min_amount = self.maybe(Self::money);
        detail.max_contract_amount = self.maybe(Self::money);
        detail.max_adhoc_amount = self.maybe(Self::money);
        detail.max_quantity = self.maybe(Self::amount);
        detail.min_quantity = self.maybe(Self::amount);
        detail.unit_price = self.maybe(Self::unit_price);
        detail.unit_of_measure = self.texts();
        detail.price_basis_quantity = self.maybe(Self::price_basis_quantity);
        detail.classification = self.many(Self::classification);
        detail.extrinsic = self.many(Self::extrinsic);
        detail
    }

    pub(crate) fn release_info(&mut self) -> ReleaseInfo {
        let mut info =
            ReleaseInfo::new(self.token::<ReleaseType>(&["forecast", "jit"]), self.amount(), self.text());
        info.release_number = self.texts();
        info.production_go_ahead_end_date = self.maybe(Self::time);
        info.material_go_ahead_end_date = self.maybe(Self::time);
        info.ship_notice_release_info = self.maybe(|d| {
            let number = d.invoice_ship_notice_id_info();
            let mut info = ShipNoticeReleaseInfo::new(d.amount(), d.text(), number);
            if d.byte() % 2 == 1 {
                info.ship_notice_id_info = None;
                let mut reference = ShipNoticeReference::new(d.text());
                reference.ship_notice_id = Some(d.text());
                reference.ship_notice_date = Some(d.time());
                info.ship_notice_reference = Some(reference);
            }
            info
        });
        info.extrinsic = self.many(Self::extrinsic);
        info
    }

    pub(crate) fn schedule_line_release_info(&mut self) -> ScheduleLineReleaseInfo {
        let mut info = ScheduleLineReleaseInfo::new(
            self.token::<CommitmentCode>(&["firm", "tradeoff", "forecast"]),
            self.amount(),
            self.text(),
        );
        info.received_quantity = self.maybe(Self::amount);
        info
    }

    pub(crate) fn subcontracting_component(&mut self) -> SubcontractingComponent {
        let mut component = SubcontractingComponent::new(self.amount(), self.text(), self.text());
        component.requirement_date = self.maybe(Self::time);
        component.material_provision_indicator =
            self.maybe(|d| d.token::<MaterialProvision>(&["reworkTo", "reworkFrom", "regular"]));
        component.description = self.maybe(Self::description);
        component.product = self.maybe(Self::product);
        component.product_revision_id = self.texts();
        component.batch = self.maybe(|d| Box::new(d.batch()));
        component
    }

    pub(crate) fn product(&mut self) -> Product {
        let mut product = Product::default();
        product.supplier_part_id = self.maybe(Self::supplier_part_id);
        product.supplier_part_auxiliary_id = self.maybe(Self::any_content);
        product.buyer_part_id = self.texts();
        product.id_reference = self.many(Self::id_reference);
        product
    }

    pub(crate) fn order_request_header_industry(&mut self) -> OrderRequestHeaderIndustry {
        let mut industry = OrderRequestHeaderIndustry::default();
        industry.industry_type =
            self.maybe(|d| d.token::<IndustryType>(&["lifeSciences", "aerospaceAndDefense"]));
        industry.reference_document_info = self.many(Self::reference_document_info);
        industry.priority = self.maybe(Self::priority);
        industry.external_document_type = self.maybe(Self::external_document_type);
        industry.quality_info = self.maybe(Self::quality_info);
        industry.asset_info = self.many(Self::asset_info);
        industry
    }

    pub(crate) fn item_out_industry(&mut self) -> ItemOutIndustry {
        let mut industry = ItemOutIndustry::default();
        industry.planning_type = self.maybe(|d| d.token::<PlanningType>(&["MTO", "MTS", "ATO", "CTO"]));
        industry.requires_real_time_consumption = self.flag();
        industry.is_hu_mandatory = self.flag();
        industry.item_out_retail = self.maybe(Self::item_out_retail);
        industry.reference_document_info = self.many(Self::reference_document_info);
        industry.priority = self.maybe(Self::priority);
        industry.quality_info = self.maybe(Self::quality_info);
        industry.serial_number_info = self.maybe(Self::serial_number_info);
        industry.batch_info = self.maybe(Self::batch_info);
        industry.asset_info = self.many(Self::asset_info);
        industry.packaging_distribution = self.many(Self::packaging_distribution);
        industry
    }

    pub(crate) fn item_out_retail(&mut self) -> ItemOutRetail {
        let mut retail = ItemOutRetail::default();
        retail.promotion_variant_id = self.texts();
        retail.promotion_deal_id = self.texts();
        retail
    }

    pub(crate) fn priority(&mut self) -> Priority {
        let mut priority = Priority::new(self.token::<PriorityLevel>(&["1", "2", "3", "4", "5"]));
        priority.sequence = self.maybe(Self::amount);
        priority.inventory_level = self.maybe(Self::amount);
        priority.description = self.maybe(Self::description);
        priority
    }

    pub(crate) fn external_document_type(&mut self) -> ExternalDocumentType {
        let mut this = ExternalDocumentType::new(self.text());
        this.description = self.maybe(Self::description);
        this
    }

    pub(crate) fn quality_info(&mut self) -> QualityInfo {
        let mut info = QualityInfo::default();
        info.requires_quality_process = self.flag();
        match self.byte() % 2 {
            0 => info.id_reference = self.some(Self::id_reference),
            _ => info.certificate_info = self.some(Self::certificate_info),
        }
        info
    }

    pub(crate) fn certificate_info(&mut self) -> CertificateInfo {
        let mut info = CertificateInfo::new(self.id_reference());
        info.is_required = self.flag();
        info
    }

    pub(crate) fn serial_number_info(&mut self) -> SerialNumberInfo {
        let mut info = SerialNumberInfo::default();
        info.requires_serial_number = self.flag();
        info.kind = self.maybe(|d| d.token::<SerialNumberType>(&["list", "profile", "range"]));
        info.serial_number = self.many(Self::text);
        info.property_value = self.many(Self::property_value);
        info
    }

    pub(crate) fn batch_info(&mut self) -> BatchInfo {
        let mut info = BatchInfo::default();
        info.requires_batch = self.flag();
        info
    }

    pub(crate) fn packaging_distribution(&mut self) -> PackagingDistribution {
        PackagingDistribution::new(self.amount(), self.text(), self.text())
    }

    pub(crate) fn attachment_reference(&mut self) -> AttachmentReference {
        let mut reference = AttachmentReference::new(self.name(), self.description(), self.internal_id());
        reference.length = self.maybe(Self::amount);
        reference.version = self.texts();
        reference.url = self.maybe(Self::url);
        reference
    }

    pub(crate) fn internal_id(&mut self) -> InternalId {
        let mut id = InternalId::new(self.text());
        id.domain = self.texts();
        id
    }

    pub(crate) fn item_detail_industry(&mut self) -> ItemDetailIndustry {
        let mut industry = ItemDetailIndustry::default();
        industry.is_configurable_material = self.flag();
        industry.item_detail_retail = self.maybe(Self::item_detail_retail);
        industry
    }

    pub(crate) fn item_detail_retail(&mut self) -> ItemDetailRetail {
        let mut retail = ItemDetailRetail::default();
        retail.eanid = self.texts();
        retail.european_waste_catalog_id = self.texts();
        retail.characteristic = self.many(Self::characteristic);
        retail
    }

    pub(crate) fn spend_detail(&mut self) -> SpendDetail {
        let mut detail = SpendDetail::default();
        match self.byte() % 3 {
            0 => detail.fee_detail = Some(self.fee_detail()),
            1 => detail.labor_detail = Some(self.labor_detail()),
            _ => detail.extrinsic = Some(self.extrinsic()),
        }
        detail
    }

    pub(crate) fn fee_detail(&mut self) -> FeeDetail {
        let mut detail = FeeDetail::new(self.unit_rate());
        detail.is_recurring = self.flag();
        detail.unit_rate = self.some(Self::unit_rate);
        detail.period = self.maybe(Self::period);
        detail
    }

    pub(crate) fn labor_detail(&mut self) -> LaborDetail {
        let mut detail = LaborDetail::new(self.unit_rate(), self.period());
        detail.supplier_reference_code = self.texts();
        detail.unit_rate = self.some(Self::unit_rate);
        detail.contractor = self.maybe(Self::contractor);
        detail.job_description = self.maybe(Self::description);
        detail.supervisor = self.maybe(|d| Box::new(d.contact()));
        detail.work_location = self.maybe(|d| Box::new(d.address()));
        detail.extrinsic = self.many(Self::extrinsic);
        detail
    }

    pub(crate) fn unit_rate(&mut self) -> UnitRate {
        let mut rate = UnitRate::new(self.money(), self.text());
        rate.price_basis_quantity = self.maybe(Self::price_basis_quantity);
        rate.term_reference = self.maybe(Self::term_reference);
        rate
    }

    pub(crate) fn term_reference(&mut self) -> TermReference {
        TermReference::new(self.text(), self.text())
    }

    pub(crate) fn contractor(&mut self) -> Contractor {
        Contractor::new(self.contractor_identifier(), self.contact())
    }

    pub(crate) fn contractor_identifier(&mut self) -> ContractorIdentifier {
        ContractorIdentifier::new(
            self.token::<ContractorDomain>(&["supplierReferenceID", "buyerReferenceID"]),
            self.text(),
        )
    }

    /// An order with little else than a few of the rarer parts.
    pub(crate) fn rare_document(&mut self) -> Document {
        let mut header = OrderRequestHeader::from(OrderRequestHeaderInit {
            order_id: "PO-1".into(),
            order_date: "2026-03-01".into(),
            total: Money::new(1, "EUR").into(),
            bill_to: Address::new(Name::new("Buyer", "en")).into(),
        });
        match self.byte() % 8 {
            0 => header.control_keys = Some(Box::new(self.control_keys())),
            1 => {
                header.order_request_header_industry = Some(Box::new(self.order_request_header_industry()));
            }
            2 => header.total.modifications = Some(self.modifications()),
            _ => {}
        }
        let lines = 0..=self.byte() % 3;
        let lines = lines.map(|_| {
            let mut item = ItemOut::new(1, "A-1");
            for _ in 0..=self.byte() % 3 {
                self.rare_part(&mut item);
            }
            item
        });
        let order = OrderRequest::new(header, lines);
        let sender = Sender::new(Credential::new("DUNS", "1"), "Example ERP");
        let parties = Header::new(Credential::new("DUNS", "1"), Credential::new("DUNS", "2"), sender);
        Document::new("rare", "2026-03-01", Body::request(parties, order))
    }

    fn rare_part(&mut self, item: &mut ItemOut) {
        match self.byte() % 16 {
            0 => item.item_id.supplier_part_id = self.supplier_part_id(),
            1 => {
                item.item_detail = None;
                item.blanket_item_detail = Some(Box::new(self.blanket_item_detail()));
            }
            2 => {
                item.blanket_item_detail = None;
                item.item_detail = Some(self.item_detail());
            }
            3 => {
                item.supplier_id = None;
                item.supplier_list = Some(Box::new(self.supplier_list()));
            }
            4 => item.spend_detail = Some(Box::new(self.spend_detail())),
            5 => item.indicator = self.some(Self::indicator),
            6 => item.tolerances = Some(Box::new(self.tolerances())),
            7 => item.control_keys = Some(Box::new(self.control_keys())),
            8 => item.schedule_line = self.some(Self::schedule_line),
            9 => {
                item.master_agreement_id_info = None;
                item.master_agreement_reference = Some(Box::new(self.master_agreement_reference()));
            }
            10 => {
                item.master_agreement_reference = None;
                item.master_agreement_id_info = Some(Box::new(self.master_agreement_id_info()));
            }
            11 => item.item_out_industry = Some(Box::new(self.item_out_industry())),
            12 => item.packaging = self.some(Self::packaging),
            13 => item.release_info = Some(Box::new(self.release_info())),
            14 => item.batch = Some(Box::new(self.batch())),
            _ => item.ship_to = Some(Box::new(self.ship_to())),
        }
    }
}
