//! What many documents share, drawn from bytes.

use punchout_cxml::{
    AdditionalDeduction, AgreementType, AsnInstruction, AssetInfo, Batch, BestBeforeDate, Characteristic,
    ConditionType, ConditionTypes, ControlKeys, DateInfo, DateInfoType, DocumentInfo, DocumentRule,
    Indicator, IndicatorLevel, InvoiceInstruction, InvoiceRule, LangText, MasterAgreementIdInfo,
    MasterAgreementReference, Modification, ModificationDetail, Modifications, MoneyOrPercentage,
    OcInstruction, OcRule, OrderMethod, OrderMethods, OrderTarget, OriginalPrice, PackageId, Packaging,
    PackedQuantity, Percentage, PricingConditions, PropertyReference, PropertyValuation, PropertyValue,
    QuantityTolerance, ReferenceDocumentInfo, ReferenceStatus, ReferencedAsset, Route, RouteMethod, Scale,
    ScaleBasis, ScaleType, Scales, SesInstruction, ShippingInstructions, Supplier, SupplierId, SupplierList,
    SupplierLocation, TemporaryPrice, TimeTolerance, TimeUnit, Tolerances, TransportInformation,
    ValidityPeriod, ValueGroup, VerificationType, YesNo,
};

use crate::draw::Draw;

impl Draw<'_> {
    pub(crate) fn modifications(&mut self) -> Modifications {
        let mut modifications = Modifications::new(self.modification());
        modifications.modification = self.some(Self::modification);
        modifications
    }

    pub(crate) fn modification(&mut self) -> Modification {
        let (level, original_price) = (self.maybe(Self::amount), self.maybe(Self::original_price));
        let mut modification = match self.byte() % 2 {
            0 => Modification::deduction(self.additional_deduction()),
            _ => Modification::cost(self.money_or_percentage()),
        };
        modification.level = level;
        modification.original_price = original_price;
        modification.tax = self.maybe(|d| Box::new(d.tax()));
        modification.modification_detail = self.maybe(Self::modification_detail);
        modification
    }

    pub(crate) fn original_price(&mut self) -> OriginalPrice {
        let mut price = OriginalPrice::new(self.money());
        price.kind = self.texts();
        price
    }

    pub(crate) fn additional_deduction(&mut self) -> AdditionalDeduction {
        let kind = self.texts();
        let mut deduction = match self.byte() % 3 {
            0 => AdditionalDeduction::amount(self.money()),
            1 => AdditionalDeduction::percent(self.amount()),
            _ => AdditionalDeduction::price(self.money()),
        };
        deduction.kind = kind;
        deduction
    }

    pub(crate) fn money_or_percentage(&mut self) -> MoneyOrPercentage {
        match self.byte() % 2 {
            0 => self.money().into(),
            _ => self.percentage().into(),
        }
    }

    pub(crate) fn percentage(&mut self) -> Percentage {
        Percentage::new(self.amount())
    }

    pub(crate) fn modification_detail(&mut self) -> ModificationDetail {
        let mut detail = ModificationDetail::new(self.text());
        detail.code = self.texts();
        detail.start_date = self.maybe(Self::time);
        detail.end_date = self.maybe(Self::time);
        detail.scope = self.texts();
        detail.calculation_type = self.texts();
        detail.description = self.maybe(Self::description);
        detail.id_reference = self.maybe(Self::id_reference);
        detail.parent_id = self.texts();
        detail.extrinsic = self.many(Self::extrinsic);
        detail
    }

    pub(crate) fn pricing_conditions(&mut self) -> PricingConditions {
        let mut conditions = PricingConditions::new(self.validity_period());
        conditions.validity_period = self.some(Self::validity_period);
        conditions
    }

    pub(crate) fn validity_period(&mut self) -> ValidityPeriod {
        ValidityPeriod::new(self.time(), self.time(), self.condition_types())
    }

    pub(crate) fn condition_types(&mut self) -> ConditionTypes {
        let mut types = ConditionTypes::new(self.condition_type());
        types.condition_type = self.some(Self::condition_type);
        types
    }

    pub(crate) fn condition_type(&mut self) -> ConditionType {
        let mut this = ConditionType::new(self.text());
        this.cost_term_value = self.maybe(Self::money_or_percentage);
        this.scales = self.maybe(Self::scales);
        this
    }

    pub(crate) fn scales(&mut self) -> Scales {
        let mut scales = Scales::new(self.token::<ScaleType>(&["From", "To", "Graduated"]), self.scale());
        scales.scale_basis = self.token::<ScaleBasis>(&["quantity"]);
        scales.scale = self.some(Self::scale);
        scales
    }

    pub(crate) fn scale(&mut self) -> Scale {
        let mut scale = Scale::new(self.money_or_percentage());
        scale.from = self.maybe(Self::amount);
        scale.to = self.maybe(Self::amount);
        scale.cost_term_value = self.some(Self::money_or_percentage);
        scale
    }

    pub(crate) fn tolerances(&mut self) -> Tolerances {
        let mut tolerances = Tolerances::default();
        tolerances.quantity_tolerance = self.maybe(Self::quantity_tolerance);
        tolerances.price_tolerance = self.maybe(Self::money_or_percentage);
        tolerances.time_tolerance = self.maybe(Self::time_tolerance);
        tolerances
    }

    pub(crate) fn quantity_tolerance(&mut self) -> QuantityTolerance {
        match self.byte() % 2 {
            0 => QuantityTolerance::percent(self.amount()),
            _ => QuantityTolerance::value(self.amount()),
        }
    }

    pub(crate) fn time_tolerance(&mut self) -> TimeTolerance {
        let mut tolerance = TimeTolerance::new(self.amount());
        tolerance.kind = self.token::<TimeUnit>(&["minutes", "hours", "days", "weeks"]);
        tolerance
    }

    pub(crate) fn control_keys(&mut self) -> ControlKeys {
        let mut keys = ControlKeys::default();
        keys.oc_instruction = self.maybe(Self::oc_instruction);
        keys.asn_instruction = self.maybe(Self::asn_instruction);
        keys.invoice_instruction = self.maybe(Self::invoice_instruction);
        keys.ses_instruction = self.maybe(Self::ses_instruction);
        keys
    }

    pub(crate) fn oc_instruction(&mut self) -> OcInstruction {
        let mut instruction =
            OcInstruction::new(self.token::<OcRule>(&["allowed", "notAllowed", "requiredBeforeASN"]));
        instruction.lower = self.maybe(Self::tolerances);
        instruction.upper = self.maybe(Self::tolerances);
        instruction
    }

    pub(crate) fn asn_instruction(&mut self) -> AsnInstruction {
        let mut instruction = AsnInstruction::new(self.token::<DocumentRule>(&["allowed", "notAllowed"]));
        instruction.lower = self.maybe(Self::tolerances);
        instruction.upper = self.maybe(Self::tolerances);
        instruction
    }

    pub(crate) fn invoice_instruction(&mut self) -> InvoiceInstruction {
        let mut instruction = InvoiceInstruction::default();
        instruction.value =
            self.maybe(|d| d.token::<InvoiceRule>(&["isERS", "isNotERS", "allowed", "notAllowed"]));
        instruction.verification_type = self.maybe(|d| d.token::<VerificationType>(&["goodsReceipt"]));
        instruction.unit_price_editable = self.maybe(|d| d.token::<YesNo>(&["yes", "no"]));
        instruction.temporary_price = self.maybe(Self::temporary_price);
        instruction.lower = self.maybe(Self::tolerances);
        instruction.upper = self.maybe(Self::tolerances);
        instruction
    }

    pub(crate) fn temporary_price(&mut self) -> TemporaryPrice {
        TemporaryPrice::new(self.token::<YesNo>(&["yes", "no"]))
    }

    pub(crate) fn ses_instruction(&mut self) -> SesInstruction {
        let mut instruction = SesInstruction::new(self.token::<DocumentRule>(&["allowed", "notAllowed"]));
        instruction.unit_price_editable = self.maybe(|d| d.token::<YesNo>(&["yes", "no"]));
        instruction.lower = self.maybe(Self::tolerances);
        instruction.upper = self.maybe(Self::tolerances);
        instruction
    }

    pub(crate) fn master_agreement_reference(&mut self) -> MasterAgreementReference {
        let mut reference = MasterAgreementReference::new(self.document_reference());
        reference.agreement_id = self.texts();
        reference.agreement_date = self.maybe(Self::time);
        reference.agreement_type = self.maybe(|d| d.token::<AgreementType>(&["scheduling_agreement"]));
        reference
    }

    pub(crate) fn master_agreement_id_info(&mut self) -> MasterAgreementIdInfo {
        let mut info = MasterAgreementIdInfo::new(self.text());
        info.agreement_date = self.maybe(Self::time);
        info.agreement_type = self.maybe(|d| d.token::<AgreementType>(&["scheduling_agreement"]));
        info.id_reference = self.many(Self::id_reference);
        info
    }

    pub(crate) fn reference_document_info(&mut self) -> ReferenceDocumentInfo {
        let mut info = ReferenceDocumentInfo::default();
        info.line_number = self.maybe(Self::amount);
        info.schedule_line_number = self.maybe(Self::amount);
        info.status = self.maybe(|d| {
            d.token::<ReferenceStatus>(&["created", "released", "open", "completed", "closed", "cancelled"])
        });
        match self.byte() % 3 {
            0 => info.document_info = Some(self.document_info()),
            1 => info.document_reference = Some(self.document_reference()),
            _ => {}
        }
        info.date_info = self.many(Self::date_info);
        info.contact = self.many(Self::contact);
        info.extrinsic = self.many(Self::extrinsic);
        info
    }

    pub(crate) fn document_info(&mut self) -> DocumentInfo {
        let mut info = DocumentInfo::new(self.text(), self.text());
        info.document_date = self.maybe(Self::time);
        info
    }

    pub(crate) fn date_info(&mut self) -> DateInfo {
        let mut info = DateInfo::new(
            self.token::<DateInfoType>(&[
                "expectedShipmentDate",
                "productionStartDate",
                "productionFinishDate",
                "requestedPickUpDate",
                "expectedPickUpDate",
                "actualPickUpDate",
                "requestedDeliveryDate",
                "expectedDeliveryDate",
                "actualDeliveryDate",
                "confirmedShipmentDate",
                "confirmedDeliveryDate",
            ]),
            self.time(),
        );
        info.extrinsic = self.many(Self::extrinsic);
        info
    }

    pub(crate) fn asset_info(&mut self) -> AssetInfo {
        let mut info = AssetInfo::default();
        info.is_referenced_asset = self.maybe(|d| d.token::<ReferencedAsset>(&["no"]));
        info.tag_number = self.texts();
        info.serial_number = self.texts();
        info.location = self.texts();
        info.equipment_id = self.texts();
        info.extrinsic = self.many(Self::extrinsic);
        info
    }

    pub(crate) fn indicator(&mut self) -> Indicator {
        let mut indicator = Indicator::new(self.text());
        indicator.kind = self.texts();
        indicator.level = self.maybe(|d| d.token::<IndicatorLevel>(&["warning", "error"]));
        indicator
    }

    pub(crate) fn transport_information(&mut self) -> TransportInformation {
        let mut information = TransportInformation::default();
        information.route = self.maybe(Self::route);
        information.shipping_contract_number = self.texts();
        information.shipping_instructions = self.maybe(Self::shipping_instructions);
        information
    }

    pub(crate) fn route(&mut self) -> Route {
        let methods =
            ["air", "motor", "rail", "ship", "mail", "multimodal", "inlandWater", "unknown", "custom"];
        let mut route = Route::new(self.token::<RouteMethod>(&methods));
        route.text = self.text();
        route.means = self.maybe(|d| d.word(&["31", "barge"]));
        route.start_date = self.maybe(Self::time);
        route.end_date = self.maybe(Self::time);
        route.contact = self.many(Self::contact);
        route
    }

    pub(crate) fn shipping_instructions(&mut self) -> ShippingInstructions {
        let mut instructions = ShippingInstructions::default();
        instructions.description = self.maybe(Self::description);
        instructions
    }

    pub(crate) fn supplier_id(&mut self) -> SupplierId {
        SupplierId::new(self.text(), self.text())
    }

    pub(crate) fn supplier_list(&mut self) -> SupplierList {
        let mut list = SupplierList::new(self.supplier());
        list.supplier = self.some(Self::supplier);
        list
    }

    pub(crate) fn supplier(&mut self) -> Supplier {
        let mut supplier = Supplier::new(self.name(), self.supplier_id());
        supplier.corporate_url = self.texts();
        supplier.store_front_url = self.texts();
        supplier.comments = self.maybe(Self::comments);
        supplier.supplier_id = self.some(Self::supplier_id);
        supplier.supplier_location = self.many(Self::supplier_location);
        supplier
    }

    pub(crate) fn supplier_location(&mut self) -> SupplierLocation {
        SupplierLocation::new(self.address(), self.order_methods())
    }

    pub(crate) fn order_methods(&mut self) -> OrderMethods {
        let mut methods = OrderMethods::new(self.order_method());
        methods.order_method = self.some(Self::order_method);
        methods.contact = self.maybe(Self::contact);
        methods
    }

    pub(crate) fn order_method(&mut self) -> OrderMethod {
        let mut method = OrderMethod::new(self.order_target());
        method.order_protocol = self.texts();
        method
    }

    pub(crate) fn order_target(&mut self) -> OrderTarget {
        let mut target = OrderTarget::default();
        match self.byte() % 4 {
            0 => target.phone = Some(self.phone()),
            1 => target.email = Some(self.email()),
            2 => target.fax = Some(self.fax()),
            _ => target.url = Some(self.url()),
        }
        target
    }

    pub(crate) fn batch(&mut self) -> Batch {
        let mut batch = Batch::default();
        batch.production_date = self.maybe(Self::time);
        batch.expiration_date = self.maybe(Self::time);
        batch.inspection_date = self.maybe(Self::time);
        batch.shelf_life = self.texts();
        batch.origin_country_code = self.texts();
        batch.batch_quantity = self.maybe(Self::amount);
        batch.buyer_batch_id = self.texts();
        batch.supplier_batch_id = self.texts();
        batch.property_valuation = self.many(Self::property_valuation);
        batch
    }

    pub(crate) fn property_valuation(&mut self) -> PropertyValuation {
        let mut valuation = PropertyValuation::default();
        valuation.property_reference = self.maybe(Self::property_reference);
        valuation.value_group = self.many(Self::value_group);
        valuation
    }

    pub(crate) fn property_reference(&mut self) -> PropertyReference {
        let mut reference = PropertyReference::default();
        reference.id_reference = self.many(Self::id_reference);
        reference
    }

    pub(crate) fn value_group(&mut self) -> ValueGroup {
        let mut group = ValueGroup::default();
        group.id_reference = self.maybe(Self::id_reference);
        group.parent_id = self.texts();
        group.property_value = self.many(Self::property_value);
        group
    }

    pub(crate) fn property_value(&mut self) -> PropertyValue {
        let mut value = PropertyValue::default();
        value.name = self.texts();
        value.characteristic = self.many(Self::characteristic);
        value
    }

    pub(crate) fn characteristic(&mut self) -> Characteristic {
        let mut characteristic = Characteristic::new(self.text(), self.text());
        characteristic.code = self.texts();
        characteristic
    }

    pub(crate) fn packaging(&mut self) -> Packaging {
        let mut packaging = Packaging::new(LangText::new("", ""));
        packaging.packaging_code = self.many(Self::lang_text);
        packaging.dimension = if packaging.packaging_code.is_empty() {
            self.some(Self::dimension)
        } else {
            self.many(Self::dimension)
        };
        packaging.description = self.maybe(Self::description);
        packaging.packaging_level_code = self.texts();
        packaging.package_type_code_identifier_code = self.texts();
        packaging.shipping_container_serial_code = self.texts();
        packaging.shipping_container_serial_code_reference = self.texts();
        packaging.package_id = self.maybe(Self::package_id);
        packaging.shipping_mark = self.many(Self::text);
        packaging.ordered_quantity = self.maybe(Self::packed_quantity);
        packaging.dispatch_quantity = self.maybe(Self::packed_quantity);
        packaging.free_goods_quantity = self.maybe(Self::packed_quantity);
        packaging.quantity_variance_note = self.texts();
        packaging.best_before_date = self.maybe(Self::best_before_date);
        packaging.asset_info = self.many(Self::asset_info);
        packaging.store_code = self.texts();
        packaging.extrinsic = self.many(Self::extrinsic);
        packaging
    }

    pub(crate) fn package_id(&mut self) -> PackageId {
        let mut id = PackageId::default();
        id.global_individual_asset_id = self.texts();
        id.returnable_package_id = self.texts();
        id.package_tracking_id = self.texts();
        id
    }

    pub(crate) fn packed_quantity(&mut self) -> PackedQuantity {
        let mut quantity = PackedQuantity::default();
        quantity.quantity = self.maybe(Self::amount);
        quantity.unit_of_measure = self.texts();
        quantity
    }

    pub(crate) fn best_before_date(&mut self) -> BestBeforeDate {
        BestBeforeDate::new(self.time())
    }
}
