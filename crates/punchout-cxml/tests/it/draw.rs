//! Documents made from bytes: the same bytes make the same document, and fewer
//! bytes a smaller one.

use punchout_core::{Amount, Text};
use punchout_cxml::{
    Accounting, AccountingSegment, Address, AnyContent, Attachment, BillTo, Body, BusinessPartner,
    BusinessPartnerRole, CarrierIdentifier, Classification, CodedText, Comments, CompositeItemType, Contact,
    Country, CountryCode, DeploymentMode, Description, Discount, Distribution, Doctype, Document, Email,
    ExemptDetail, Extrinsic, Fax, Header, IdReference, ItemCategory, ItemClassification, ItemDetail,
    ItemDetailInit, ItemId, ItemOut, ItemOutOperation, ItemType, ManufacturerName, Message, MessagePayload,
    Money, Municipality, Name, OrderKind, OrderRequest, OrderRequestHeader, OrderRequestHeaderInit,
    OrderType, Other, Payload, PaymentTerm, Phone, PostalAddress, RawElement, Request, Response,
    ScheduleLine, ScheduleLineType, Segment, ShipTo, Shipping, State, Status, StatusCode, StoDelivery,
    StockTransferType, SubcontractingType, SupplierOrderInfo, Tax, TaxDetail, TaxExemption, TelephoneNumber,
    TermsOfDelivery, Timestamp, Total, Url, Visibility,
};

const TEXTS: &[&str] = &[
    "EA",
    "",
    "Größe 5 € 漢字 🔩",
    "<b>a & b</b> \"c\" 'd'",
    " two\r\nlines\tand a ]]> in it ",
    "\n",
    "https://example.com/?a=1&amp;b=2",
    "a text that is long enough to be shared, not copied",
    "\u{85}\u{2028}\u{feff}",
];
const AMOUNTS: &[&str] = &["1", "10.000", "0", "-12.50", "00001", "0.0215", "79228162514264337593543950335"];
const ODD_AMOUNTS: &[&str] = &[" 12\n", "", "1,234.50", ".5", "twelve"];
const TIMES: &[&str] = &["2026-03-01T14:05:00+01:00", "2026-03-01", "2026-12-31T23:59:59.250-08:00"];
const ODD_TIMES: &[&str] = &["", "2026-03-01T14:05:00Z", "2026-03-01 14:05:00 -0500", "soon"];

/// Draws the parts of a document.
pub(crate) struct Draw<'a> {
    bytes: std::slice::Iter<'a, u8>,
    /// Whether only what the DTD allows may come out.
    pub(crate) valid: bool,
    /// Whether everything optional is there.
    pub(crate) full: bool,
}

impl<'a> Draw<'a> {
    pub(crate) fn any(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter(), valid: false, full: false }
    }

    pub(crate) fn valid(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter(), valid: true, full: false }
    }

    /// Everything that may be there is there.
    pub(crate) fn full() -> Self {
        Self { bytes: [].iter(), valid: true, full: true }
    }

    pub(crate) fn byte(&mut self) -> usize {
        self.bytes.next().copied().unwrap_or_default().into()
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.byte() % 3 == 1 || self.full
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.byte() % choices.len()]
    }

    pub(crate) fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    pub(crate) fn many<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let least = if self.full { 2 } else { 0 };
        let count = [0, 0, 1, 3][self.byte() % 4].max(least);
        (0..count).map(|_| make(self)).collect()
    }

    /// At least one, where the DTD wants that.
    pub(crate) fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut several = self.many(&mut make);
        if several.is_empty() && (self.valid || self.flag()) {
            several.push(make(self));
        }
        several
    }

    pub(crate) fn text(&mut self) -> Text {
        self.one_of(TEXTS).into()
    }

    pub(crate) fn texts(&mut self) -> Option<Text> {
        self.maybe(Self::text)
    }

    /// A word of a list, or any text where the DTD need not agree.
    pub(crate) fn word(&mut self, words: &[&str]) -> Text {
        if !self.valid && self.flag() { self.text() } else { self.one_of(words).into() }
    }

    /// The same, trimmed as tokens are.
    pub(crate) fn token<T: for<'t> From<&'t str>>(&mut self, words: &[&str]) -> T {
        T::from(self.word(words).trim_ascii())
    }

    pub(crate) fn amount(&mut self) -> Amount {
        if !self.valid && self.flag() {
            let sent = self.one_of(ODD_AMOUNTS);
            let value = match sent {
                " 12\n" => "12",
                "1,234.50" => "1234.50",
                ".5" => "0.5",
                _ => "0",
            };
            return Amount::with_spelling(value.parse::<Amount>().unwrap().value(), sent);
        }
        self.one_of(AMOUNTS).parse().unwrap()
    }

    pub(crate) fn time(&mut self) -> Timestamp {
        let times = if !self.valid && self.flag() { ODD_TIMES } else { TIMES };
        Timestamp::from(self.one_of(times))
    }

    /// Elements without a field of their own.
    pub(crate) fn raw(&mut self, elements: &[&str]) -> Other {
        let raw: Vec<_> = elements
            .iter()
            .filter(|_| self.flag())
            .map(|element| RawElement::parse(element).unwrap())
            .collect();
        Other::from(raw)
    }

    pub(crate) fn any_content(&mut self) -> AnyContent {
        match self.byte() % 3 {
            0 | 1 => self.text().into(),
            _ => AnyContent::xml(" a <Money currency='EUR'>1</Money>\r\n<!-- b --> &#65;").unwrap(),
        }
    }

    pub(crate) fn document(&mut self) -> Document {
        let body = match self.byte() % 8 {
            0..=2 => self.order_body(),
            3 => self.response().into(),
            4..=6 => self.exchange_body(),
            _ => {
                let payload =
                    "<ProviderDoneMessage><OriginatorCookie>1</OriginatorCookie></ProviderDoneMessage>";
                let raw = if self.valid { payload } else { self.one_of(&[payload, "<TimeCardRequest/>"]) };
                self.message_body(RawElement::parse(raw).unwrap().into())
            }
        };
        let mut document = Document::new(self.text(), self.time(), body);
        document.doctype = match self.byte() % 3 {
            0 => Doctype::default(),
            1 => Doctype::cxml("1.2.014"),
            _ => Doctype::new("cXML.dtd"),
        };
        document.lang = self.texts();
        document.signature_version = self.maybe(|d| d.word(&["1.0"]));
        if !self.valid {
            document.other = self.raw(&["<ds:Signature xmlns:ds='x'/>"]);
        }
        document
    }

    /// An order with everything in it.
    pub(crate) fn order_document(&mut self) -> Document {
        let body = self.order_body();
        Document::new("full", "2026-03-01T14:05:00+01:00", body)
    }

    pub(crate) fn order_body(&mut self) -> Body {
        let header = self.header();
        let payload = match self.byte() % 5 {
            0..=3 => Payload::from(self.order()),
            _ => RawElement::parse("<SubscriptionListRequest/>").unwrap().into(),
        };
        self.request_body(header, payload)
    }

    pub(crate) fn message_body(&mut self, payload: MessagePayload) -> Body {
        let mut message = Message::new(payload);
        message.deployment_mode = self.token::<DeploymentMode>(&["production", "test"]);
        message.in_reply_to = self.texts();
        message.id = self.maybe(|d| d.word(&["cXMLData"]));
        message.status = self.maybe(|_| StatusCode::new(204).into());
        let header = self.header();
        Body::message(if self.valid { header.without_shared_secrets() } else { header }, message)
    }

    pub(crate) fn request_body(&mut self, header: Header, payload: Payload) -> Body {
        let mut request = Request::new(payload);
        request.deployment_mode = self.token::<DeploymentMode>(&["production", "test"]);
        request.id = self.maybe(|d| d.word(&["cXMLData"]));
        Body::request(header, request)
    }

    pub(crate) fn response(&mut self) -> Response {
        let mut response = Response::new(self.status());
        response.payload = self.maybe(|_| {
            RawElement::parse("<DataResponse><Attachment><URL/></Attachment></DataResponse>").unwrap().into()
        });
        response
    }

    pub(crate) fn status(&mut self) -> Status {
        let mut status = Status::new(StatusCode::new([200, 201, 406, 500, 0][self.byte() % 5]));
        status.text = self.text();
        status.lang = self.texts();
        status.message = self.text();
        status
    }

    pub(crate) fn order(&mut self) -> OrderRequest {
        let header = self.order_header();
        OrderRequest::new(header, self.some(Self::item))
    }

    pub(crate) fn order_header(&mut self) -> OrderRequestHeader {
        let bill_to = Address::new(self.name());
        let mut header = OrderRequestHeader::from(OrderRequestHeaderInit {
            order_id: self.text(),
            order_date: self.time(),
            total: self.total(),
            bill_to: BillTo::new(bill_to),
        });
        header.order_type = self.token::<OrderType>(&["regular", "release", "blanket", "stockTransport"]);
        header.release_required = self.flag();
        header.kind = self.token::<OrderKind>(&["new", "update", "delete"]);
        header.order_version = self.maybe(Self::amount);
        header.is_internal_version = self.flag();
        header.parent_agreement_id = self.texts();
        header.parent_agreement_payload_id = self.texts();
        header.effective_date = self.maybe(Self::time);
        header.expiration_date = self.maybe(Self::time);
        header.agreement_id = self.texts();
        header.agreement_payload_id = self.texts();
        header.requisition_id = self.texts();
        header.ship_complete = self.flag();
        header.pick_up_date = self.maybe(Self::time);
        header.requested_delivery_date = self.maybe(Self::time);
        header.is_sto_outbound = self.flag();
        header.ship_to = self.maybe(Self::ship_to);
        header.bill_to = BillTo::new(self.address());
        header.bill_to.id_reference = self.many(Self::id_reference);
        header.business_partner = self.many(|d| {
            let role =
                d.token::<BusinessPartnerRole>(&["soldTo", "shipFrom", "orderingAddress", "logistics"]);
            let mut partner = BusinessPartner::new(role, d.address());
            partner.id_reference = d.many(Self::id_reference);
            partner
        });
        header.legal_entity = self.maybe(Self::id_reference);
        header.organizational_unit = self.many(Self::id_reference);
        header.shipping = self.maybe(Self::shipping);
        header.tax = self.maybe(Self::tax);
        header.payment = self.maybe(Self::payment);
        header.payment_term =
            self.many(|d| {
                let mut term = PaymentTerm::new(30);
                term.pay_in_number_of_days = d.amount();
                term.discount = d.maybe(|d| {
                    if d.flag() { Discount::percent(d.amount()) } else { Discount::amount(d.money()) }
                });
                term.extrinsic = d.many(Self::extrinsic);
                term
            });
        header.contact = self.many(Self::contact);
        header.comments = self.many(Self::comments);
        header.followup = self.maybe(Self::url);
        header.control_keys = self.maybe(Self::control_keys).map(Box::new);
        header.document_reference = self.maybe(Self::document_reference);
        header.supplier_order_info = self.maybe(|d| {
            let mut info = SupplierOrderInfo::new(d.text());
            info.order_date = d.maybe(Self::time);
            info
        });
        header.terms_of_delivery = self.maybe(Self::terms_of_delivery);
        header.delivery_period = self.maybe(Self::period);
        header.id_reference = self.many(Self::id_reference);
        header.order_request_header_industry = self.maybe(Self::order_request_header_industry).map(Box::new);
        header.extrinsic = self.many(Self::extrinsic);
        header
    }

    pub(crate) fn item(&mut self) -> ItemOut {
        let mut id = ItemId::new(self.supplier_part_id());
        id.supplier_part_auxiliary_id = self.maybe(Self::any_content);
        id.buyer_part_id = self.texts();
        id.id_reference = self.many(Self::id_reference);
        let mut item = ItemOut::new(self.amount(), id);
        item.line_number = self.maybe(Self::amount);
        item.requisition_id = self.texts();
        item.agreement_item_number = self.texts();
        item.requested_delivery_date = self.maybe(Self::time);
        item.is_ad_hoc = self.flag();
        item.parent_line_number = self.maybe(Self::amount);
        item.item_type = self.maybe(|d| d.token::<ItemType>(&["composite", "item", "lean"]));
        item.requires_service_entry = self.flag();
        item.confirmation_due_date = self.maybe(Self::time).map(Box::new);
        item.composite_item_type = self.maybe(|d| d.token::<CompositeItemType>(&["groupLevel", "itemLevel"]));
        item.item_classification = self.maybe(|d| d.token::<ItemClassification>(&["material", "service"]));
        item.item_category =
            self.maybe(|d| d.token::<ItemCategory>(&["text", "consignment", "limit", "thirdParty"]));
        item.subcontracting_type = self.maybe(|d| d.token::<SubcontractingType>(&["regular", "replacement"]));
        item.stock_transfer_type = self.maybe(|d| d.token::<StockTransferType>(&["intra", "inter"]));
        item.requested_shipment_date = self.maybe(Self::time).map(Box::new);
        item.is_return = self.flag();
        item.return_authorization_number = self.texts();
        item.is_delivery_completed = self.flag();
        item.unlimited_delivery = self.flag();
        item.is_item_changed = self.flag();
        item.is_kanban = self.flag();
        item.sto_delivery = self.maybe(|d| d.token::<StoDelivery>(&["full", "partial"]));
        item.sto_order_combination = self.flag();
        item.sto_final_delivery = self.flag();
        item.operation = self.maybe(|d| d.token::<ItemOutOperation>(&["delete", "block"]));
        item.path = self.maybe(Self::path).map(Box::new);
        if self.flag() {
            item.item_detail = Some(self.item_detail());
        } else {
            item.blanket_item_detail = self.maybe(Self::blanket_item_detail).map(Box::new);
        }
        if self.flag() {
            item.supplier_id = Some(Box::new(self.supplier_id()));
        } else {
            item.supplier_list = self.maybe(Self::supplier_list).map(Box::new);
        }
        item.ship_to = self.maybe(Self::ship_to).map(Box::new);
        item.shipping = self.maybe(Self::shipping).map(Box::new);
        item.tax = self.maybe(Self::tax).map(Box::new);
        item.spend_detail = self.maybe(Self::spend_detail).map(Box::new);
        item.distribution = self.many(Self::distribution);
        item.contact = self.many(Self::contact);
        item.terms_of_delivery = self.maybe(Self::terms_of_delivery).map(Box::new);
        item.comments = self.many(Self::comments);
        item.indicator = self.many(Self::indicator);
        item.tolerances = self.maybe(Self::tolerances).map(Box::new);
        item.control_keys = self.maybe(Self::control_keys).map(Box::new);
        item.schedule_line = self.many(Self::schedule_line);
        if self.flag() {
            item.master_agreement_id_info = Some(Box::new(self.master_agreement_id_info()));
        } else {
            item.master_agreement_reference = self.maybe(Self::master_agreement_reference).map(Box::new);
        }
        item.item_out_industry = self.maybe(Self::item_out_industry).map(Box::new);
        item.packaging = self.many(Self::packaging);
        item.release_info = self.maybe(Self::release_info).map(Box::new);
        item.batch = self.maybe(Self::batch).map(Box::new);
        item
    }

    pub(crate) fn item_detail(&mut self) -> ItemDetail {
        let mut detail = ItemDetail::from(ItemDetailInit {
            unit_price: self.unit_price(),
            description: self.description(),
            unit_of_measure: self.text(),
            classification: Classification::new("UNSPSC", "1"),
        });
        detail.description = self.some(Self::description);
        detail.overall_limit = self.maybe(Self::money).map(Box::new);
        detail.expected_limit = self.maybe(Self::money).map(Box::new);
        detail.price_basis_quantity = self.maybe(Self::price_basis_quantity);
        detail.classification = self.some(Self::classification);
        detail.manufacturer_part_id = self.texts();
        detail.manufacturer_name = self.maybe(|d| {
            let mut name = ManufacturerName::new(d.text());
            name.lang = d.texts();
            name
        });
        detail.url = self.maybe(Self::url);
        detail.lead_time = self.maybe(Self::amount);
        detail.dimension = self.many(Self::dimension);
        detail.item_detail_industry = self.maybe(Self::item_detail_industry).map(Box::new);
        detail.attachment_reference = self.many(Self::attachment_reference);
        detail.planned_acceptance_days = self.maybe(Self::amount).map(Box::new);
        detail.extrinsic = self.many(Self::extrinsic);
        detail
    }

    pub(crate) fn schedule_line(&mut self) -> ScheduleLine {
        let mut line = ScheduleLine::new(self.amount(), self.text(), self.time());
        line.line_number = self.maybe(Self::amount);
        line.delivery_window = self.texts();
        line.requested_shipment_date = self.maybe(Self::time);
        line.original_requested_delivery_date = self.maybe(Self::time);
        line.kind = self.maybe(|d| d.token::<ScheduleLineType>(&["backlog", "immediate", "forecast"]));
        line.statistical_delivery_date = self.maybe(Self::time);
        line.schedule_line_release_info = self.maybe(Self::schedule_line_release_info);
        line.subcontracting_component = self.many(Self::subcontracting_component);
        line.ship_to = self.maybe(Self::ship_to).map(Box::new);
        line.extrinsic = self.many(Self::extrinsic);
        line.other = self.raw(&["<ScheduleLineIndustry/>"]);
        line
    }

    pub(crate) fn ship_to(&mut self) -> ShipTo {
        let mut ship_to = ShipTo::new(self.address());
        ship_to.carrier_identifier = self.many(|d| CarrierIdentifier::new(d.text(), d.text()));
        ship_to.transport_information = self.many(Self::transport_information);
        ship_to.id_reference = self.many(Self::id_reference);
        ship_to
    }

    pub(crate) fn address(&mut self) -> Address {
        let mut address = Address::new(self.name());
        address.iso_country_code = self.texts();
        address.address_id = self.texts();
        address.address_id_domain = self.texts();
        address.postal_address = self.maybe(Self::postal_address);
        address.email = self.maybe(Self::email);
        address.phone = self.maybe(Self::phone);
        address.fax = self.maybe(Self::fax);
        address.url = self.maybe(Self::url);
        address
    }

    pub(crate) fn postal_address(&mut self) -> PostalAddress {
        let mut country = Country::new("DE", "Germany");
        country.value = self.text();
        let mut address = PostalAddress::new(self.text(), self.city(), country);
        address.name = self.texts();
        address.deliver_to = self.many(Self::text);
        address.street = self.some(Self::text);
        address.municipality = self.maybe(|d| {
            let mut municipality = Municipality::new(d.text());
            municipality.municipality_code = d.texts();
            municipality
        });
        address.state = self.maybe(|d| {
            let mut state = State::new(d.text());
            state.iso_state_code = d.texts();
            state
        });
        address.postal_code = self.texts();
        address.extrinsic = self.many(Self::extrinsic);
        address
    }

    pub(crate) fn contact(&mut self) -> Contact {
        let mut contact = Contact::new(self.name());
        contact.role = self.maybe(|d| d.word(&["endUser", "purchasingAgent"]));
        contact.address_id = self.texts();
        contact.address_id_domain = self.texts();
        contact.postal_address = self.many(Self::postal_address);
        contact.email = self.many(Self::email);
        contact.phone = self.many(Self::phone);
        contact.fax = self.many(Self::fax);
        contact.url = self.many(Self::url);
        contact.id_reference = self.many(Self::id_reference);
        contact.extrinsic = self.many(Self::extrinsic);
        contact
    }

    pub(crate) fn email(&mut self) -> Email {
        let mut email = Email::new(self.text());
        email.name = self.texts();
        email.preferred_lang = self.texts();
        email
    }

    pub(crate) fn url(&mut self) -> Url {
        let mut url = Url::new(self.text());
        url.name = self.texts();
        url
    }

    pub(crate) fn phone(&mut self) -> Phone {
        let mut phone = Phone::new(self.telephone());
        phone.name = self.texts();
        phone
    }

    pub(crate) fn telephone(&mut self) -> TelephoneNumber {
        let country = CountryCode::new(self.text(), self.text());
        let mut number = TelephoneNumber::new(country, self.text(), self.text());
        number.extension = self.texts();
        number
    }

    pub(crate) fn fax(&mut self) -> Fax {
        let name = self.texts();
        let mut fax = Fax::new(TelephoneNumber::new(CountryCode::new("", ""), "", ""));
        fax.name = name;
        (fax.telephone_number, fax.url, fax.email) = match self.byte() % 3 {
            0 => (Some(self.telephone()), None, None),
            1 => (None, Some(self.url()), None),
            _ => (None, None, Some(self.email())),
        };
        fax
    }

    pub(crate) fn id_reference(&mut self) -> IdReference {
        let mut reference = IdReference::new(self.text(), self.text());
        reference.creator = self.maybe(Self::lang_text);
        reference.description = self.maybe(Self::description);
        reference
    }

    pub(crate) fn name(&mut self) -> Name {
        Name::new(self.text(), self.text())
    }

    pub(crate) fn description(&mut self) -> Description {
        let mut description = Description::new(self.text(), self.text());
        description.kind = self.texts();
        description.short_name = self.texts();
        description
    }

    pub(crate) fn comments(&mut self) -> Comments {
        let mut comments = Comments::new(self.text());
        comments.lang = self.texts();
        comments.kind = self.texts();
        comments.attachment = self.many(|d| {
            let mut attachment = Attachment::new(d.url());
            attachment.visibility = d.maybe(|d| d.token::<Visibility>(&["internal"]));
            attachment
        });
        comments
    }

    pub(crate) fn extrinsic(&mut self) -> Extrinsic {
        Extrinsic::new(self.text(), self.any_content())
    }

    pub(crate) fn money(&mut self) -> Money {
        let mut money = Money::new(self.amount(), self.text());
        money.alternate_amount = self.maybe(Self::amount).map(Box::new);
        money.alternate_currency = self.texts();
        money
    }

    pub(crate) fn total(&mut self) -> Total {
        let mut total = Total::new(self.money());
        total.modifications = self.maybe(Self::modifications);
        total
    }

    pub(crate) fn shipping(&mut self) -> Shipping {
        let mut shipping = Shipping::new(self.money(), self.description());
        shipping.tracking_domain = self.texts();
        shipping.tracking_id = self.texts();
        shipping.tracking = self.texts();
        shipping.modifications = self.maybe(Self::modifications);
        shipping
    }

    pub(crate) fn tax(&mut self) -> Tax {
        let mut tax = Tax::new(self.money(), self.description());
        tax.tax_adjustment_amount = self.maybe(Self::money);
        tax.tax_detail = self.many(Self::tax_detail);
        tax.distribution = self.many(Self::distribution);
        tax.extrinsic = self.many(Self::extrinsic);
        tax
    }

    pub(crate) fn tax_detail(&mut self) -> TaxDetail {
        let mut detail = TaxDetail::new(self.text(), self.money());
        if !self.valid {
            detail.taxed_element = self.texts();
        }
        detail.purpose = self.texts();
        detail.percentage_rate = self.maybe(Self::amount);
        detail.is_vat_recoverable = self.flag();
        detail.tax_point_date = self.maybe(Self::time);
        detail.payment_date = self.maybe(Self::time);
        detail.is_triangular_transaction = self.flag();
        detail.exempt_detail = self.maybe(|d| d.token::<ExemptDetail>(&["zeroRated", "exempt"]));
        detail.is_withholding_tax = self.flag();
        detail.tax_rate_type = self.texts();
        detail.base_percentage_rate = self.maybe(Self::amount);
        detail.is_included_in_price = self.flag();
        detail.taxable_amount = self.maybe(Self::money);
        detail.tax_location = self.maybe(Self::lang_text);
        detail.tax_adjustment_amount = self.maybe(Self::money);
        detail.description = self.maybe(Self::description);
        detail.triangular_transaction_law_reference = self.maybe(Self::lang_text);
        detail.tax_regime = self.texts();
        detail.tax_exemption = self.maybe(|d| {
            let mut exemption = TaxExemption::new(d.text());
            exemption.exempt_reason = d.maybe(Self::lang_text);
            exemption
        });
        detail.extrinsic = self.many(Self::extrinsic);
        detail
    }

    pub(crate) fn distribution(&mut self) -> Distribution {
        let name = self.text();
        let accounting = if self.flag() {
            Accounting::of_segments(name, self.some(|d| Segment::new(d.text(), d.text(), d.text())))
        } else {
            let segment = |d: &mut Self| AccountingSegment::new(d.text(), d.name(), d.description());
            Accounting::new(name, self.some(segment))
        };
        Distribution::new(accounting, self.money())
    }

    pub(crate) fn terms_of_delivery(&mut self) -> TermsOfDelivery {
        let coded = |d: &mut Self| {
            let mut coded = CodedText::new(d.text());
            coded.text = d.text();
            coded
        };
        let mut terms = TermsOfDelivery::new(coded(self), coded(self));
        terms.transport_terms = self.maybe(coded);
        terms.address = self.maybe(Self::address);
        terms.comments = self.many(Self::comments);
        terms
    }
}
