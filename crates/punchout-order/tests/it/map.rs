//! From the basket to the draft, field by field.

use punchout_core::Amount;
use punchout_cxml::{CompositeItemType, Description, ItemClassification, ItemType};
use punchout_oci::{Field, Item};

use crate::support::{detail, extrinsic, item, line, mapped, number};

fn none(found: &[String]) {
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn an_ordinary_item_has_no_findings() {
    let (line, found) = line(item());
    none(&found);
    let detail = detail(&line);
    assert_eq!(line.quantity.as_sent(), "250");
    assert_eq!(line.line_number, Some(1.into()));
    assert_eq!(line.item_id.supplier_part_id.value, "4711");
    assert_eq!(line.item_id.supplier_part_auxiliary_id, None);
    assert_eq!(detail.unit_price.money.amount.as_sent(), "12.50");
    assert_eq!(detail.unit_price.money.currency, "EUR");
    assert_eq!(detail.unit_of_measure, "PCE");
    assert_eq!(detail.description, [Description::new("Hex bolt M8x40", "en")]);
    let basis = detail.price_basis_quantity.as_ref().unwrap();
    assert_eq!((basis.quantity.as_sent(), basis.conversion_factor.as_sent()), ("100", "1"));
    assert_eq!(basis.unit_of_measure, "PCE");
    assert_eq!((&*detail.classification[0].domain, &*detail.classification[0].value), ("UNSPSC", "31161500"));
    assert_eq!(detail.extrinsic, []);
    assert_eq!((line.item_type, line.item_classification, line.requested_delivery_date), (None, None, None));
}

#[test]
fn prices_stay_as_they_were_sent() {
    for (sent, value, written) in
        [("0.0215", "0.0215", "0.0215"), ("17.5000", "17.5", "17.5000"), (" 1.730,90", "1730.90", "1730.90")]
    {
        let price = Amount::with_spelling(value.parse().unwrap(), sent);
        let (line, found) = line(item().with_price(price, "EUR", 1));
        none(&found);
        assert_eq!(detail(&line).unit_price.money.amount.as_sent(), written);
        assert_eq!(detail(&line).price_basis_quantity, None);
    }
    let (free, found) = line(item().with_price(number("0.00"), "EUR", 1));
    assert_eq!(found, ["warning ORDER-PRICE-ZERO item 1 / PRICE"]);
    assert_eq!(detail(&free).unit_price.money.amount.as_sent(), "0.00");
}

#[test]
fn what_is_missing_is_left_open() {
    let (line, found) = line(Item::default());
    let mut expected = [
        "error ORDER-QUANTITY item 1 / QUANTITY",
        "error ORDER-PART-ID item 1 / VENDORMAT",
        "error ORDER-UNIT item 1 / UNIT",
        "error ORDER-PRICE item 1 / PRICE",
        "error ORDER-CURRENCY item 1 / CURRENCY",
        "note ORDER-CLASS-NONE item 1 / MATGROUP",
        "warning ORDER-DESCRIPTION item 1 / DESCRIPTION",
    ];
    let mut found = found;
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let detail = detail(&line);
    let money = &detail.unit_price.money;
    assert_eq!((line.quantity.as_sent(), money.amount.as_sent()), ("", ""));
    assert_eq!((&*money.currency, &*detail.unit_of_measure, &*detail.description[0].text), ("", "", ""));
    assert_eq!((&*detail.classification[0].domain, &*detail.classification[0].value), ("custom", "unknown"));
}

#[test]
fn the_part_number_is_the_suppliers() {
    let of = |vendor_mat: &str, product: &str, manufact_mat: &str| {
        let text = |text: &str| (!text.is_empty()).then(|| text.into());
        let mut item = item();
        (item.vendor_mat, item.ext_product_id) = (text(vendor_mat), text(product));
        (item.manufact_mat, item.matnr) = (text(manufact_mat), text("MAT"));
        let (line, found) = line(item);
        assert_eq!(line.item_id.buyer_part_id.as_deref(), Some("MAT"));
        assert_eq!(detail(&line).manufacturer_part_id.as_deref().unwrap_or_default(), manufact_mat);
        let auxiliary = line.item_id.supplier_part_auxiliary_id;
        let auxiliary = auxiliary.as_ref().and_then(|id| id.as_text()).unwrap_or_default();
        (line.item_id.supplier_part_id.value.to_string(), auxiliary.to_owned(), found)
    };
    let is = |part: &str, auxiliary: &str, found: &[&str]| {
        (part.to_owned(), auxiliary.to_owned(), found.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(of("031710    005  100", "p/7?c=1", "M"), is("031710    005  100", "p/7?c=1", &[]));
    assert_eq!(of("V", "V", ""), is("V", "", &[]));
    assert_eq!(of("", "P", "M"), is("P", "", &["warning ORDER-PART-ID item 1 / VENDORMAT"]));
    assert_eq!(of("", "", "M"), is("M", "", &["error ORDER-PART-ID item 1 / VENDORMAT"]));
    assert_eq!(of("", "", ""), is("", "", &["error ORDER-PART-ID item 1 / VENDORMAT"]));
}

#[test]
fn units_are_codes() {
    for (sent, written, found_code) in [
        ("PCE", "PCE", None),
        ("H87", "H87", None),
        ("EA", "EA", None),
        ("BX", "BX", None),
        (" KGM ", "KGM", None),
        ("ST", "PCE", Some("warning ORDER-UNIT-CODE item 1 / UNIT")),
        ("Stk.", "PCE", Some("warning ORDER-UNIT-CODE item 1 / UNIT")),
        ("KG", "KGM", Some("warning ORDER-UNIT-CODE item 1 / UNIT")),
        ("PAL", "PF", Some("warning ORDER-UNIT-CODE item 1 / UNIT")),
        ("Kuddelmuddel", "Kuddelmuddel", Some("warning ORDER-UNIT-UNKNOWN item 1 / UNIT")),
        ("34", "34", Some("warning ORDER-UNIT-UNKNOWN item 1 / UNIT")),
    ] {
        let mut item = item();
        item.unit = Some(sent.into());
        let (line, found) = line(item);
        assert_eq!(detail(&line).unit_of_measure, written, "{sent}");
        assert_eq!(detail(&line).price_basis_quantity.as_ref().unwrap().unit_of_measure, written);
        assert_eq!(found, Vec::from_iter(found_code), "{sent}");
        assert_eq!(extrinsic(&line, "UNIT"), (sent.trim() != written).then_some(sent));
    }
}

#[test]
fn currencies_are_codes() {
    for (sent, written, found_code) in [
        ("EUR", "EUR", None),
        (" EUR", "EUR", None),
        ("eur", "EUR", Some("warning ORDER-CURRENCY-READ item 1 / CURRENCY")),
        ("Euro", "EUR", Some("error ORDER-CURRENCY-READ item 1 / CURRENCY")),
        ("$", "USD", Some("error ORDER-CURRENCY-READ item 1 / CURRENCY")),
        ("ROL", "ROL", Some("error ORDER-CURRENCY item 1 / CURRENCY")),
        ("---", "---", Some("error ORDER-CURRENCY item 1 / CURRENCY")),
    ] {
        let (line, found) = line(item().with_price(1, sent, 1));
        assert_eq!(detail(&line).unit_price.money.currency, written, "{sent}");
        assert_eq!(found, Vec::from_iter(found_code), "{sent}");
        assert_eq!(extrinsic(&line, "CURRENCY"), (sent.trim() != written).then_some(sent));
    }
}

#[test]
fn long_texts_are_descriptions() {
    let of = |name: &str, long: &str| {
        let mut item = item().with_long_text(long);
        item.description = Some(name.into());
        let (line, found) = line(item);
        (detail(&line).description[0].clone(), found)
    };
    // a browser sends each line end as CR LF
    let (text, found) = of("Bolt", "Steel 8.8, zinc plated\r\n500 hours");
    let long = "Steel 8.8, zinc plated\n500 hours";
    none(&found);
    assert_eq!(text, Description::new(long, "en").with_short_name("Bolt"));
    assert_eq!(of("Bolt", "Bolt ").0, Description::new("Bolt ", "en"));
    assert_eq!(of("  ", long).0, Description::new(long, "en"));

    let name = "x".repeat(51);
    let (text, found) = of(&name, long);
    assert_eq!(text, Description::new(format!("{name}\n{long}"), "en"));
    assert_eq!(found, ["note ORDER-SHORT-NAME item 1 / DESCRIPTION"]);
    let (text, found) = of(&name, &format!("{name} and more"));
    none(&found);
    assert_eq!(text, Description::new(format!("{name} and more"), "en"));
    assert_eq!(of(&"ü".repeat(50), long).0.short_name.as_deref(), Some(&*"ü".repeat(50)));
}

#[test]
fn categories_are_classifications() {
    let of = |group: &str, scheme: &str, id: &str, category: &str| {
        let text = |text: &str| (!text.is_empty()).then(|| text.into());
        let mut item = item();
        (item.matgroup, item.ext_schema_type) = (text(group), text(scheme));
        (item.ext_category_id, item.ext_category) = (text(id), text(category));
        let (line, found) = line(item);
        let said: Vec<_> = detail(&line)
            .classification
            .iter()
            .map(|said| format!("{}={}", said.domain, said.value))
            .collect();
        let beside: Vec<_> =
            detail(&line).extrinsic.iter().map(|extrinsic| extrinsic.name.to_string()).collect();
        (said.join(" "), beside.join(" "), found.join(" "))
    };
    let is = |said: &str, beside: &str, found: &str| (said.to_owned(), beside.to_owned(), found.to_owned());
    let guessed = "warning ORDER-CLASS-UNSPSC item 1 / MATGROUP";
    assert_eq!(of("", "UNSPSC", "31161500", ""), is("UNSPSC=31161500", "", ""));
    assert_eq!(of("", "unspsc_13", "31161500", ""), is("UNSPSC=31161500", "EXT_SCHEMA_TYPE", ""));
    assert_eq!(of("", "ECLASS", "23110101", "23-11-01-01 [9.1]"), is("ECLASS=23110101", "EXT_CATEGORY", ""));
    assert_eq!(of("", "ECLASS", "", "23-11-01-01"), is("ECLASS=23-11-01-01", "", ""));
    assert_eq!(of("", "", "bolts", ""), is("EXT_CATEGORY_ID=bolts", "", ""));
    assert_eq!(
        of("", "", "31161500", ""),
        is("UNSPSC=31161500", "", "warning ORDER-CLASS-UNSPSC item 1 / EXT_CATEGORY_ID")
    );
    assert_eq!(of("31161500", "", "", ""), is("UNSPSC=31161500", "", guessed));
    assert_eq!(of("31161500", "UNSPSC", "", ""), is("UNSPSC=31161500", "EXT_SCHEMA_TYPE", ""));
    assert_eq!(of("23110101", "ECLASS", "", ""), is("MaterialGroup=23110101", "EXT_SCHEMA_TYPE", ""));
    assert_eq!(of("24-26-09-01", "", "", ""), is("MaterialGroup=24-26-09-01", "", ""));
    assert_eq!(of("31161500", "UNSPSC", "31161500", ""), is("UNSPSC=31161500", "", ""));
    assert_eq!(of("00107", "UNSPSC", "31161500", ""), is("UNSPSC=31161500 MaterialGroup=00107", "", ""));
    assert_eq!(of("", "", "", ""), is("custom=unknown", "", "note ORDER-CLASS-NONE item 1 / MATGROUP"));
}

#[test]
fn manufacturers_have_names_or_numbers() {
    let mut item = item();
    (item.manufact_mat, item.manufact_code) = (Some("A-1".into()), Some("Bosch".into()));
    let (named, found) = line(item.clone());
    none(&found);
    let name = detail(&named).manufacturer_name.as_ref().unwrap();
    assert_eq!((&*name.text, name.lang.as_deref()), ("Bosch", Some("en")));
    item.manufact_code = Some("0000100234".into());
    let (numbered, found) = line(item);
    none(&found);
    assert_eq!(detail(&numbered).manufacturer_name, None);
    assert_eq!(extrinsic(&numbered, "MANUFACTCODE"), Some("0000100234"));
}

#[test]
fn agreements_and_services_are_named() {
    let mut item = item();
    (item.contract, item.contract_item) = (Some("46<\"&".into()), Some("00010".into()));
    item.service = Some("X".into());
    let (of_contract, found) = line(item.clone());
    none(&found);
    assert_eq!(of_contract.master_agreement_id_info.as_ref().unwrap().agreement_id, "46<\"&");
    assert_eq!(of_contract.agreement_item_number.as_deref(), Some("00010"));
    assert_eq!(of_contract.item_classification, Some(ItemClassification::Service));
    assert_eq!(extrinsic(&of_contract, "SERVICE"), None);
    item.service = Some("Service".into());
    let (service, _) = line(item);
    assert_eq!(service.item_classification, Some(ItemClassification::Service));
    assert_eq!(extrinsic(&service, "SERVICE"), Some("Service"));
}

#[test]
fn lead_times_are_days() {
    for (sent, written, kept) in
        [("5", Some("5"), None), ("005", Some("005"), None), ("3.0", Some("3"), None)]
    {
        let mut item = item();
        item.lead_time = Some(number(sent));
        let (line, found) = line(item);
        none(&found);
        assert_eq!(detail(&line).lead_time.as_ref().map(Amount::as_sent), written);
        assert_eq!(extrinsic(&line, "LEADTIME"), kept);
    }
    let mut item = item();
    item.lead_time = Some(number("2.5"));
    let (line, found) = line(item);
    assert_eq!(found, ["warning ORDER-LEAD-TIME item 1 / LEADTIME"]);
    assert_eq!((detail(&line).lead_time.as_ref(), extrinsic(&line, "LEADTIME")), (None, Some("2.5")));
}

#[test]
fn other_fields_keep_their_names() {
    let mut item = item().with_extra("GTIN", "4006381333931").with_extra("Leer", " ");
    item.vendor = Some("0000100001".into());
    item.ext_quote_id = Some("Q-1".into());
    item.cust_fields[4] = Some("cost centre 7".into());
    item.attachment = Some("https://shop.example/c.pdf".into());
    item.tax = Some("21".into());
    let (line, found) = line(item);
    none(&found);
    let kept: Vec<_> =
        detail(&line).extrinsic.iter().map(|one| (&*one.name, one.value.as_text().unwrap())).collect();
    let expected = [
        ("VENDOR", "0000100001"),
        ("EXT_QUOTE_ID", "Q-1"),
        ("ATTACHMENT", "https://shop.example/c.pdf"),
        ("CUST_FIELD5", "cost centre 7"),
        ("TAX", "21"),
        ("GTIN", "4006381333931"),
    ];
    assert_eq!(kept, expected);
}

#[test]
fn characters_that_xml_cannot_say_become_blanks() {
    let mut item = item().with_extra("A\u{1}B", "\u{0}c");
    item.description = Some("bolt\u{b}M8 \u{fffe}".into());
    let (line, found) = line(item);
    assert_eq!(
        found,
        [
            "warning ORDER-CHARACTER item 1 / DESCRIPTION",
            "warning ORDER-CHARACTER item 1 / A\u{1}B",
            "warning ORDER-CHARACTER item 1 / A\u{1}B"
        ]
    );
    assert_eq!(detail(&line).description[0].text, "bolt M8  ");
    assert_eq!(extrinsic(&line, "A B"), Some(" c"));
}

/// An item below another one; an empty price is none.
fn part(of: u32, price: &str) -> Item {
    let mut item = item();
    item.price = (!price.is_empty()).then(|| number(price));
    if price.is_empty() {
        item.currency = None;
    }
    if of > 0 {
        (item.parent, item.parent_id) = (Some(of), Some(of.to_string().into()));
    }
    item
}

#[test]
fn groups_have_one_price_or_one_for_each_part() {
    use CompositeItemType::{GroupLevel, ItemLevel};
    let levels = |items: &[(u32, &str)]| {
        let (draft, found) = mapped(items.iter().map(|(of, price)| part(*of, price)));
        let levels: Vec<_> =
            draft.lines.iter().map(|line| line.item_out.composite_item_type.clone()).collect();
        for (line, (of, _)) in draft.lines.iter().zip(items) {
            assert_eq!(line.item_out.parent_line_number, (*of > 0).then(|| (*of).into()));
            let expected = match (&line.item_out.composite_item_type, of) {
                (Some(_), _) => Some(ItemType::Composite),
                (None, 0) => None,
                (None, _) => Some(ItemType::Item),
            };
            assert_eq!(line.item_out.item_type, expected);
            assert_eq!(detail(&line.item_out).unit_price.money.currency, "EUR");
        }
        (levels, found)
    };
    let part_price = |line: u32| format!("note ORDER-PART-PRICE item {line} / PRICE");
    assert_eq!(
        levels(&[(0, "9"), (1, ""), (1, "0"), (0, "1")]),
        (vec![Some(GroupLevel), None, None, None], vec![part_price(2)])
    );
    assert_eq!(
        levels(&[(0, ""), (1, "2"), (2, "3"), (1, "")]),
        (
            vec![Some(ItemLevel), Some(ItemLevel), None, None],
            vec![part_price(1), "error ORDER-GROUP-PRICE item 2 / PRICE".to_owned(), part_price(4)]
        )
    );
    // the deepest part has the price
    assert_eq!(
        levels(&[(0, ""), (1, ""), (2, "3")]),
        (vec![Some(ItemLevel), Some(ItemLevel), None], vec![part_price(1), part_price(2)])
    );
}

#[test]
fn a_group_without_any_price_is_left_open() {
    let (draft, found) = mapped([part(0, ""), part(1, "")]);
    assert_eq!(found.iter().filter(|found| found.contains("ORDER-PRICE")).count(), 2, "{found:?}");
    assert!(draft.lines.iter().all(|line| line.amount().is_none()));
}

#[test]
fn lost_parents_are_reported() {
    let mut ring = part(2, "1");
    ring.item_type = Some("R".into());
    let (draft, found) = mapped([ring, part(1, "1"), part(7, "1"), part(3, "1")]);
    let lost = |item: u32| format!("error ORDER-PARENT item {item} / PARENT_ID");
    assert_eq!(
        found.iter().filter(|found| found.contains("PARENT")).cloned().collect::<Vec<_>>(),
        [lost(1), lost(2), lost(3)]
    );
    let parents: Vec<_> = draft.lines.iter().map(|line| line.item_out.parent_line_number.clone()).collect();
    assert_eq!(parents, [None, None, None, Some(3.into())]);
    assert_eq!(extrinsic(&draft.lines[0].item_out, "PARENT_ID"), Some("2"));
    assert_eq!(extrinsic(&draft.lines[0].item_out, "ITEM_TYPE"), Some("R"));
    assert_eq!(extrinsic(&draft.lines[3].item_out, "PARENT_ID"), None);
}

#[test]
fn each_line_knows_its_item() {
    let mut basket = crate::support::basket([item(), item()]);
    basket.items[1].index = 5;
    let mut ignore = punchout_core::Ignore;
    let draft = crate::support::draft()
        .with_basket(&basket, &mut ignore)
        .with_lang("de")
        .with_basket(&basket, &mut ignore);
    let links: Vec<_> = draft
        .lines
        .iter()
        .map(|line| (line.basket_index.unwrap(), line.item_out.line_number.clone().unwrap()))
        .collect();
    assert_eq!(links, [(1, 1.into()), (5, 2.into()), (1, 3.into()), (5, 4.into())]);
    let languages: Vec<_> =
        draft.lines.iter().map(|line| detail(&line.item_out).description[0].lang.to_string()).collect();
    assert_eq!(languages, ["en", "en", "de", "de"]);
}

/// A field that OCI gets one day is not forgotten here.
#[test]
fn every_field_is_looked_at() {
    let mut item = item().with_long_text("long text");
    for field in Field::all() {
        let value = format!("value of {field}");
        match field {
            Field::ItemType => item.item_type = Some(value.as_str().into()),
            Field::Matnr => item.matnr = Some(value.into()),
            Field::Matgroup => item.matgroup = Some(value.into()),
            Field::LeadTime => item.lead_time = Some(number("17")),
            Field::Vendor => item.vendor = Some(value.into()),
            Field::VendorMat => item.vendor_mat = Some(value.into()),
            Field::ManufactCode => item.manufact_code = Some(value.into()),
            Field::ManufactMat => item.manufact_mat = Some(value.into()),
            Field::Contract => item.contract = Some(value.into()),
            Field::ContractItem => item.contract_item = Some(value.into()),
            Field::Service => item.service = Some(value.into()),
            Field::ExtQuoteId => item.ext_quote_id = Some(value.into()),
            Field::ExtQuoteItem => item.ext_quote_item = Some(value.into()),
            Field::ExtProductId => item.ext_product_id = Some(value.into()),
            Field::Attachment => item.attachment = Some(value.into()),
            Field::AttachmentTitle => item.attachment_title = Some(value.into()),
            Field::AttachmentPurpose => item.attachment_purpose = Some(value.into()),
            Field::ExtSchemaType => item.ext_schema_type = Some(value.into()),
            Field::ExtCategoryId => item.ext_category_id = Some(value.into()),
            Field::ExtCategory => item.ext_category = Some(value.into()),
            Field::SldSysName => item.sld_sys_name = Some(value.into()),
            Field::CustField1 => item.cust_fields[0] = Some(value.into()),
            Field::CustField2 => item.cust_fields[1] = Some(value.into()),
            Field::CustField3 => item.cust_fields[2] = Some(value.into()),
            Field::CustField4 => item.cust_fields[3] = Some(value.into()),
            Field::CustField5 => item.cust_fields[4] = Some(value.into()),
            Field::ParentId => item.parent_id = Some(value.into()),
            Field::Tax => item.tax = Some(value.into()),
            _ => assert!(item.text(field).is_some(), "{field} has no value in this test"),
        }
    }
    let (line, _) = line(item.clone());
    let shown = format!("{line:?}");
    for field in Field::all() {
        let value = item.text(field).unwrap();
        assert!(shown.contains(value), "{field}");
    }
}
