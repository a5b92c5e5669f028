//! The rarer parts of orders: all that the DTD knows has its field.

use proptest::prelude::*;
use punchout_core::{All, Ignore};
use punchout_cxml::{
    AdditionalDeduction, Address, BlanketItemDetail, Body, Classification, CommitmentCode, ControlKeys,
    Credential, Description, Dimension, DimensionType, Document, FeeDetail, Header, ItemOut,
    MasterAgreementIdInfo, Modification, ModificationDetail, Modifications, Money, Name, OcInstruction,
    OcRule, OrderRequest, OrderRequestHeader, OrderRequestHeaderInit, PCard, Packaging, Payment,
    PaymentToken, Percentage, QuantityTolerance, ReleaseInfo, ReleaseType, Route, RouteMethod, ScheduleLine,
    ScheduleLineReleaseInfo, Sender, ShipTo, SubcontractingComponent, SupplierId, SupplierPartId,
    TimeTolerance, TimeUnit, Tolerances, TransportInformation, UnitRate, Validator, code,
};

use crate::corpus::cases;
use crate::draw::Draw;
#[cfg(feature = "serde")]
use crate::support::never_filled;
use crate::support::{ORDER, data, difference, read};

const FULL: &str = include_str!("order_model.xml");

fn order(document: &Document) -> &OrderRequest {
    document.order_request().unwrap()
}

/// Written, valid, and read back as it was without a finding.
fn assert_sound(document: &Document) {
    let xml = String::from_utf8(document.write().unwrap()).unwrap();
    let mut found = All::new();
    let report = Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
    assert!(report.valid, "{:?}\n{xml}", found.found());
    let (back, found) = read(&xml);
    assert!(found.found().is_empty(), "{:?}\n{xml}", found.found());
    assert_eq!(difference(&back, document), None, "{xml}");
}

#[test]
fn an_order_with_everything_is_read_whole() {
    let mut found = All::new();
    assert!(Validator::new().validate(FULL.as_bytes(), &mut found).unwrap().valid, "{:?}", found.found());
    let (document, found) = read(FULL);
    assert!(found.found().is_empty(), "{:?}", found.found());
    assert_sound(&document);

    let header = &order(&document).order_request_header;
    let modification = &header.total.modifications.as_ref().unwrap().modification[0];
    let percent = modification.additional_deduction.as_ref().unwrap().deduction_percent.as_ref().unwrap();
    assert_eq!(percent.percent.value(), 10.into());
    let keys = header.control_keys.as_ref().unwrap();
    let confirmation = keys.oc_instruction.as_ref().unwrap();
    assert_eq!(confirmation.value, OcRule::RequiredBeforeAsn);
    let late = confirmation.upper.as_ref().unwrap().time_tolerance.as_ref().unwrap();
    assert_eq!((late.limit.as_sent(), &late.kind), ("4", &TimeUnit::Hours));
    let route = &header.ship_to.as_ref().unwrap().transport_information[0].route.as_ref().unwrap();
    assert_eq!((&route.method, route.text.trim(), route.contact.len()), (&RouteMethod::Rail, "by night", 1));

    let [line, blanket, _] = &order(&document).item_out[..] else { panic!("three lines") };
    assert_eq!(line.item_id.supplier_part_id, SupplierPartId::new("A-1").with_revision_id("B"));
    let tolerances = line.tolerances.as_ref().unwrap();
    assert_eq!(tolerances.time_tolerance, Some(TimeTolerance::new(2)), "days are what is meant");
    let price = &line.item_detail.as_ref().unwrap().unit_price;
    assert!(price.is_modified());
    let period = &price.pricing_conditions.as_ref().unwrap().validity_period[0];
    let scales = period.condition_types.condition_type[0].scales.as_ref().unwrap();
    assert_eq!(scales.scale[1].from.as_ref().unwrap().as_sent(), "101");
    assert_eq!(line.item_detail.as_ref().unwrap().dimension[0].kind, DimensionType::Length);
    let methods = &blanket.supplier_list.as_ref().unwrap().supplier[0].supplier_location[0].order_methods;
    assert_eq!(methods.order_method[1].order_target.email.as_ref().unwrap().value, "orders@example.com");
}

/// What has no field would stand under `other`; what is not there is null or
/// empty. Types are told apart by their fields.
#[cfg(feature = "serde")]
#[test]
fn every_field_of_an_order_is_filled() {
    let order = serde_json::to_value(order(&read(FULL).0)).unwrap();
    assert!(!order.to_string().contains("\"other\":"), "{order}");
    let (never, types) = never_filled([&order]);
    // An IDREF needs an ID, which no order has; the DTD by itself has no tokens here.
    assert_eq!(never, ["payment_token", "taxed_element"]);
    assert!(types > 90, "{types} types");
}

#[test]
fn constructors_make_what_is_valid() {
    let eur = |amount: u32| Money::new(amount, "EUR");
    let text = |text: &str| Description::new(text, "en");
    let discount = Modification::deduction(AdditionalDeduction::percent(10))
        .with_modification_detail(ModificationDetail::new("Allowance").with_description(text("sale")));
    let discounts = Modifications::new(discount)
        .with_modification(Modification::deduction(AdditionalDeduction::amount(eur(1))))
        .with_modification(Modification::deduction(AdditionalDeduction::price(eur(80))))
        .with_modification(Modification::cost(eur(1)))
        .with_modification(Modification::cost(Percentage::new(1)));
    let mut header = OrderRequestHeaderInit {
        order_id: "PO-1".into(),
        order_date: "2026-03-01".into(),
        total: eur(80).into(),
        bill_to: Address::new(Name::new("Buyer", "en")).into(),
    };
    header.total.modifications = Some(discounts);
    let mut transport = TransportInformation::default();
    transport.route = Some(Route::new(RouteMethod::NotKnown));
    let mut ship_to = ShipTo::new(Address::new(Name::new("Plant", "en")));
    ship_to.transport_information.push(transport);
    let mut header = OrderRequestHeader::from(header)
        .with_ship_to(ship_to)
        .with_payment(PCard::new("4111111111111111", "2027-12-31"));
    let tolerances = Tolerances::default()
        .with_quantity_tolerance(QuantityTolerance::percent(5))
        .with_price_tolerance(Percentage::new(1))
        .with_time_tolerance(TimeTolerance::new(2));
    let mut confirmation = OcInstruction::new(OcRule::Allowed);
    confirmation.upper = Some(tolerances.clone());
    let mut keys = ControlKeys::default();
    keys.oc_instruction = Some(confirmation);
    header.control_keys = Some(Box::new(keys));

    let blanket = BlanketItemDetail::new(text("office supplies"))
        .with_max_amount(eur(1000))
        .with_unit_price(eur(20).into())
        .with_unit_of_measure("EA")
        .with_classification(Classification::new("UNSPSC", "44120000"));
    let schedule = {
        let mut line = ScheduleLine::new(5, "EA", "2026-03-10");
        line.schedule_line_release_info = Some(ScheduleLineReleaseInfo::new(CommitmentCode::Firm, 5, "EA"));
        line.subcontracting_component.push(SubcontractingComponent::new(1, "K-1", "EA"));
        line
    };
    let mut line = ItemOut::new(5, "A-1")
        .with_line_number(1)
        .with_blanket_item_detail(blanket)
        .with_supplier_id(SupplierId::new("DUNS", "123456789"))
        .with_schedule_line(schedule)
        .with_master_agreement_id_info(MasterAgreementIdInfo::new("A-1"));
    line.spend_detail = Some(Box::new(FeeDetail::new(UnitRate::new(eur(1), "EA")).into()));
    line.tolerances = Some(Box::new(tolerances));
    line.item_out_industry = Some(Box::default());
    line.release_info = Some(Box::new(ReleaseInfo::new(ReleaseType::Jit, 3, "EA")));
    line.batch = Some(Box::default());
    line.packaging.push(Packaging::measured(Dimension::new("weight", 2, "KGM")));

    let sender = Sender::new(Credential::new("DUNS", "1").with_shared_secret("s"), "Example ERP");
    let parties = Header::new(Credential::new("DUNS", "1"), Credential::new("DUNS", "2"), sender);
    let order = OrderRequest::new(header, [line]);
    assert_sound(&Document::new("1@example.com", "2026-03-01", Body::request(parties, order)));
}

/// Networks put other things here than the DTD by itself has.
#[test]
fn every_payment_is_kept() {
    let payments = [
        r#"<PaymentToken number="4111" expiration="2027-12-31" name="Ann" token="T"/>"#,
        r#"<PaymentService method="creditcard"/>"#,
        r#"<PCard number="4111" expiration="2027-12-31"/><PaymentService/>"#,
        "",
    ];
    for payment in payments {
        let bill_to = "<BillTo><Address><Name xml:lang=\"en\">Buyer</Name></Address></BillTo>";
        let xml = ORDER.replace(bill_to, &format!("{bill_to}<Payment>{payment}</Payment>"));
        let (document, _) = read(&xml);
        let written = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        let flat: String = written.lines().map(str::trim).collect();
        let expected = if payment.is_empty() {
            "<Payment/>".to_owned()
        } else {
            format!("<Payment>{payment}</Payment>")
        };
        assert!(flat.contains(&expected), "{written}");
        assert!(!format!("{document:?}").contains("4111"), "a card number is printed");
    }
    let token = PaymentToken::new("4111", "2027-12-31", "T");
    assert_eq!(Payment::from(token).payment_token.unwrap().token.expose(), "T");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rare_parts_of_lines_come_back(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let document = Draw::valid(&bytes).rare_document();
        assert_sound(&document);
    }

    #[test]
    fn rare_parts_of_lines_come_back_even_if_odd(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let document = Draw::any(&bytes).rare_document();
        let xml = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        let (back, _) = read(&xml);
        prop_assert_eq!(difference(&back, &document), None, "{}", xml);
    }
}

#[test]
fn valid_orders_of_others_have_a_field_for_everything() {
    let Some(folder) = data("valid_orders_of_others_have_a_field_for_everything", "cxml/corpus") else {
        return;
    };
    let mut orders = 0;
    for case in cases(&folder).iter().filter(|case| case.is_valid) {
        let mut found = All::new();
        let document = Document::read(&case.bytes, &mut found).unwrap();
        let Some(order) = document.order_request() else { continue };
        let unknown = found.found().iter().find(|finding| finding.code == code::UNKNOWN);
        assert!(unknown.is_none(), "{}: {unknown:?}", case.file);
        let header = &order.order_request_header;
        let lines = order.item_out.iter().map(|line| &line.other);
        for other in [&header.other, &header.total.other].into_iter().chain(lines) {
            assert_eq!(other.elements().count(), 0, "{}: {other:?}", case.file);
        }
        orders += 1;
    }
    assert!(orders >= 8, "{orders} orders");
}

#[test]
fn an_order_of_others_is_read_to_its_ends() {
    let Some(folder) = data("an_order_of_others_is_read_to_its_ends", "cxml/corpus") else { return };
    let of = |file: &str| {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        Document::read(&bytes, &mut Ignore).unwrap()
    };
    let document = of("002_OrderRequest.xml");
    let ship_to = order(&document).order_request_header.ship_to.as_ref().unwrap();
    assert_eq!(ship_to.transport_information.len(), 1);
    let document = of("020_OrderRequest.xml");
    let payment = order(&document).order_request_header.payment.as_ref().unwrap();
    assert_eq!(payment.other.elements().next().unwrap().name(), "PaymentService");
}
