//! Names, indexes and the order of pairs.

use punchout_core::{All, First, Severity};
use punchout_oci::{Basket, Decoder, Field, Profile};

use super::{BOLT, bolt_with, codes, descriptions, lenient, read, short, strict};

#[test]
fn a_plain_item_has_no_findings() {
    for decoder in [Decoder::strict(), Decoder::lenient()] {
        let (basket, found) = read(&decoder, bolt_with("NEW_ITEM-PRICE[1]=12.500&NEW_ITEM-CURRENCY[1]=EUR"));
        assert!(found.is_empty(), "{found:?}");
        let item = &basket.items[0];
        assert_eq!((item.index, basket.items.len()), (1, 1));
        assert_eq!(item.description.as_deref(), Some("Bolt"));
        assert_eq!(item.quantity.as_ref().unwrap().value().to_string(), "2");
        assert_eq!(item.unit_code(), Some("PCE"));
        assert_eq!(item.price.as_ref().unwrap().as_sent(), "12.500");
        assert_eq!(item.line_total().unwrap().normalize().to_string(), "25");
    }
}

#[test]
fn every_spelling_of_a_name_is_read() {
    for (name, found) in [
        ("NEW_ITEM-VENDOR[1]", vec![]),
        ("NEW_ITEM-VENDOR%5B1%5D", vec![]),
        ("NEW_ITEM-VENDOR%5b1%5d", vec![]),
        ("%4EEW_ITEM-VENDOR[1]", vec![]),
        ("new_item-vendor[1]", vec!["warning NAME-CASE"]),
        ("NEW_ITEM-Vendor[1]", vec!["warning NAME-CASE"]),
        ("NEW_ITEM_VENDOR[1]", vec!["error NAME-SEP"]),
        ("NEW-ITEM-VENDOR[1]", vec!["error NAME-SEP"]),
        ("NEW_ITEM+VENDOR[1]", vec!["error NAME-SEP"]),
        ("new_item_vendor[1]", vec!["warning NAME-CASE", "error NAME-SEP"]),
        ("NEW_ITEM-VENDOR+[1]", vec!["warning IDX-BLANK"]),
        ("NEW_ITEM-VENDOR[+1+]", vec!["warning IDX-BLANK"]),
        ("+NEW_ITEM-VENDOR[1]", vec!["warning IDX-BLANK"]),
        ("NEW_ITEM-VENDOR[01]", vec!["warning IDX-FORM"]),
        ("NEW_ITEM-VENDOR[1][0]", vec!["warning IDX-FORM"]),
        ("NEW_ITEM-VENDOR", vec!["error IDX-NONE"]),
        ("NEW_ITEM-VENDOR[]", vec!["error IDX-NONE"]),
    ] {
        let (basket, got) = strict(bolt_with(&format!("{name}=100042")));
        assert_eq!(basket.items[0].vendor.as_deref(), Some("100042"), "{name}");
        let want: Vec<_> = found.iter().map(|found| format!("{found} at item 1 / VENDOR")).collect();
        assert_eq!(short(&got), want, "{name}");
    }
}

#[test]
fn what_is_no_item_is_kept_as_a_control() {
    let body = format!(
        "~OkCode=ADDI&{BOLT}&_snowman=%E2%98%83&submit1=&sap-client=100&NEW_ITEM=x&NEW_ITEMS-UNIT[1]=y&flag&~OkCode=2"
    );
    let (basket, found) = lenient(&body);
    let controls: Vec<_> = basket.controls.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
    assert_eq!(
        controls,
        [
            ("~OkCode", "ADDI"),
            ("_snowman", "☃"),
            ("submit1", ""),
            ("sap-client", "100"),
            ("NEW_ITEM", "x"),
            ("NEW_ITEMS-UNIT[1]", "y"),
            ("flag", ""),
            ("~OkCode", "2"),
        ]
    );
    assert_eq!(basket.control("~OKCODE"), Some("ADDI"));
    assert_eq!(basket.control("~TARGET"), None);
    // browsers send an equals sign with everything
    assert_eq!(short(&found), ["warning LINE-FORM at flag"]);
}

/// Somebody joined pairs by something else than `&`, or put something in front.
#[test]
fn fields_that_hide_in_other_names_are_reported() {
    for (name, is_lost) in [
        ("payload:NEW_ITEM-VENDOR[1]", true),
        ("x;new_item_vendor[1]", true),
        ("%3FNEW_ITEM-VENDOR[1]", true),
        ("a=NEW_ITEM-VENDOR[1]", false),
    ] {
        let (basket, found) = lenient(bolt_with(&format!("{name}=100042")));
        assert_eq!(basket.items[0].vendor, None, "{name}");
        assert_eq!(basket.controls.len(), 1, "{name}");
        // what stands in a value is a value
        let want: &[&str] = if is_lost { &["NAME-LOST"] } else { &[] };
        assert_eq!(codes(&found), want, "{name}");
    }
}

#[test]
fn unknown_fields_keep_spelling_and_order() {
    let (basket, found) = strict(bolt_with(
        "NEW_ITEM-TAX_RATE[1]=0.19&NEW_ITEM-Gtin[1]=+4006381333931+&NEW_ITEM_CERT[1]=&NEW_ITEM-TAX_RATE[1]=0.07",
    ));
    let extra: Vec<_> =
        basket.items[0].extra.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
    assert_eq!(
        extra,
        [("TAX_RATE", "0.19"), ("Gtin", " 4006381333931 "), ("CERT", ""), ("TAX_RATE", "0.07")]
    );
    assert_eq!(short(&found), ["error NAME-SEP at item 1 / CERT", "warning DUP at item 1 / TAX_RATE"]);
}

/// Each row: the indexes as sent, the items, the findings about indexes under
/// the lenient rules.
#[test]
fn indexes() {
    type Row = (&'static [&'static str], &'static [(u32, &'static str)], &'static [&'static str]);
    let rows: [Row; 11] = [
        (&["1", "2", "3"], &[(1, "a"), (2, "b"), (3, "c")], &[]),
        (&["3", "1", "2"], &[(1, "b"), (2, "c"), (3, "a")], &[]),
        (&["0", "1"], &[(1, "a"), (2, "b")], &["error IDX-0 at item 1"]),
        (&["0"], &[(1, "a")], &["error IDX-0 at item 1"]),
        // with a gap nobody knows what 0 was meant to be
        (&["0", "2"], &[(0, "a"), (2, "b")], &["error IDX-0 at item 0", "warning IDX-GAP at item 2"]),
        (&["1", "3", "4"], &[(1, "a"), (3, "b"), (4, "c")], &["warning IDX-GAP at item 3"]),
        (&["2"], &[(2, "a")], &["warning IDX-GAP at item 2"]),
        (
            &["1", "5", "9"],
            &[(1, "a"), (5, "b"), (9, "c")],
            &["warning IDX-GAP at item 5", "warning IDX-GAP at item 9"],
        ),
        (&["999999999"], &[(999_999_999, "a")], &["warning IDX-GAP at item 999999999"]),
        (&["1", "999999999"], &[(1, "a"), (999_999_999, "b")], &["warning IDX-GAP at item 999999999"]),
        (&["", "2"], &[(1, "a"), (2, "b")], &["warning IDX-NONE at item 1 / DESCRIPTION"]),
    ];
    for (indexes, items, want) in rows {
        let pair = |(index, text): (&&str, &str)| format!("NEW_ITEM-DESCRIPTION[{index}]={text}");
        let body: Vec<_> = indexes.iter().zip(["a", "b", "c"]).map(pair).collect();
        let (basket, mut found) = lenient(body.join("&"));
        assert_eq!(descriptions(&basket), items, "{indexes:?}");
        found.retain(|finding| finding.code.as_str().starts_with("OCI-IDX"));
        assert_eq!(short(&found), want, "{indexes:?}");
    }
}

#[test]
fn an_index_that_cannot_be_read_leaves_the_pair_among_the_controls() {
    for index in ["x", "1000000000", "99999999999", "-1", "+1", "1.0", "0x1", "١"] {
        let name = format!("NEW_ITEM-VENDOR[{index}]");
        let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let (basket, found) = lenient(bolt_with(&format!("{encoded}=100042")));
        assert_eq!(basket.items[0].vendor, None, "{index}");
        assert_eq!(basket.control(&name), Some("100042"), "{index}");
        assert_eq!(short(&found), [format!("error IDX-BAD at {name}")], "{index}");
    }
}

#[test]
fn a_pair_without_index_belongs_to_the_first_item() {
    let (basket, found) = lenient("NEW_ITEM-QUANTITY=3&NEW_ITEM-DESCRIPTION[0]=a&NEW_ITEM-DESCRIPTION[1]=b");
    assert_eq!(descriptions(&basket), [(1, "a"), (2, "b")]);
    assert_eq!(basket.items[0].quantity.as_ref().unwrap().as_sent(), "3");
    assert_eq!(short(&found)[..2], ["warning IDX-NONE at item 1 / QUANTITY", "error IDX-0 at item 1"]);
    let (basket, _) = lenient("NEW_ITEM-DESCRIPTION=a&NEW_ITEM-DESCRIPTION[3]=c");
    assert_eq!(descriptions(&basket), [(1, "a"), (3, "c")]);
}

#[test]
fn a_profile_may_count_from_0() {
    let mut profile = Profile::lenient().clone();
    profile.index.start = 0;
    let decoder = Decoder::new(&profile);
    let (basket, found) = read(&decoder, BOLT.replace("[1]", "[0]"));
    assert_eq!(descriptions(&basket), [(1, "Bolt")]);
    assert!(found.is_empty(), "{found:?}");
    let (basket, found) = read(&decoder, BOLT);
    assert_eq!(descriptions(&basket), [(2, "Bolt")]);
    assert_eq!(short(&found), ["warning IDX-GAP at item 2"]);
}

#[test]
fn items_may_be_interleaved() {
    let (basket, found) = strict(
        "NEW_ITEM-UNIT[2]=KGM&NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[2]=5&NEW_ITEM-UNIT[1]=PCE\
         &NEW_ITEM-QUANTITY[1]=3&NEW_ITEM-DESCRIPTION[2]=b",
    );
    assert_eq!(descriptions(&basket), [(1, "a"), (2, "b")]);
    assert_eq!(basket.items[1].unit_code(), Some("KGM"));
    assert!(found.is_empty(), "{found:?}");
    let order: Vec<_> = basket.sent.by_item().iter().map(|it| (it.index, it.name.to_owned())).collect();
    let name = |index, name: &str| (index, name.to_owned());
    assert_eq!(
        order,
        [
            name(1, "DESCRIPTION"),
            name(1, "UNIT"),
            name(1, "QUANTITY"),
            name(2, "UNIT"),
            name(2, "QUANTITY"),
            name(2, "DESCRIPTION"),
        ]
    );
}

#[test]
fn the_first_value_that_says_something_counts() {
    for (values, want, codes_wanted) in [
        (["a", "b"], Some("a"), vec!["DUP"]),
        (["", "b"], Some("b"), vec!["DUP"]),
        (["+", "b"], Some("b"), vec!["DUP"]),
        (["a", ""], Some("a"), vec!["DUP"]),
        (["", ""], None, vec!["DUP"]),
    ] {
        let [first, second] = values;
        let (basket, found) =
            strict(bolt_with(&format!("NEW_ITEM-VENDORMAT[1]={first}&NEW_ITEM-VENDORMAT[1]={second}")));
        assert_eq!(basket.items[0].vendor_mat.as_deref(), want, "{values:?}");
        assert_eq!(codes(&found), codes_wanted, "{values:?}");
        let sent: Vec<_> = basket.sent.iter().filter(|it| it.field == Some(Field::VendorMat)).collect();
        assert_eq!(sent.len(), 2, "{values:?}");
    }
    // numbers and units go by the same rule
    let (basket, _) = lenient(bolt_with(
        "NEW_ITEM-QUANTITY[1]=7&NEW_ITEM-UNIT[1]=KGM&NEW_ITEM-PRICE[1]=&NEW_ITEM-PRICE[1]=4.50",
    ));
    let item = &basket.items[0];
    assert_eq!((item.quantity.as_ref().unwrap().as_sent(), item.unit_code()), ("2", Some("PCE")));
    assert_eq!(item.price.as_ref().unwrap().as_sent(), "4.50");
}

/// Each spelling names the item that the text lands on.
#[test]
fn every_spelling_of_a_long_text_lands_on_its_item() {
    for (name, index, is_canonical) in [
        ("LONGTEXT_2:132[]", 2, true),
        ("LONGTEXT_2%3A132%5B%5D", 2, true),
        ("LONGTEXT_2:132[2]", 2, false),
        ("LONGTEXT_2:132[1]", 2, false),
        ("LONGTEXT:132[2]", 2, false),
        ("LONGTEXT[2]", 2, false),
        ("LONGTEXT_2[]", 2, false),
        ("LONGTEXT_2", 2, false),
        ("LONGTEXT_2:132", 2, false),
        ("LONGTEXT_2:132[][2]", 2, false),
        ("LONGTEXT_2:70[]", 2, false),
        ("LONGTEXT_02:132[]", 2, false),
        ("LONGTEXT", 1, false),
        ("LONGTEXT:132[]", 1, false),
    ] {
        let body = format!("{BOLT}&{}&NEW_ITEM-{name}=long", BOLT.replace("[1]", "[2]"));
        let (basket, found) = lenient(&body);
        for item in &basket.items {
            let want = (item.index == index).then_some("long");
            assert_eq!(item.long_text.as_deref(), want, "{name}, item {}", item.index);
        }
        let want = usize::from(!is_canonical);
        assert_eq!(codes(&found).iter().filter(|code| **code == "LT-FORM").count(), want, "{name}");
    }
}

#[test]
fn pieces_of_a_long_text_are_joined_in_the_order_they_came() {
    let (basket, found) = strict(bolt_with(
        "NEW_ITEM-LONGTEXT_1:132[]=one+&NEW_ITEM-LONGTEXT_1:132[]=&NEW_ITEM-VENDOR[1]=7\
         &NEW_ITEM-LONGTEXT_1:132[]=two%0A&NEW_ITEM-LONGTEXT_1:132[]=three",
    ));
    assert_eq!(basket.items[0].long_text.as_deref(), Some("one two\nthree"));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_was_encoded_wrongly_is_read_all_the_same() {
    for (pair, value, want) in [
        ("NEW_ITEM-VENDORMAT%5B1%5D%3DA%20B", "A B", vec!["error ENC-EQ at item 1 / VENDORMAT"]),
        ("NEW_ITEM-VENDORMAT%255B1%255D=A%2520B", "A B", vec!["error ENC-TWICE at item 1 / VENDORMAT"]),
        ("NEW_ITEM-VENDORMAT[1]=100%", "100%", vec!["error ENC-PERCENT at item 1 / VENDORMAT"]),
        ("NEW_ITEM-VENDORMAT[1]=%4", "%4", vec!["error ENC-PERCENT at item 1 / VENDORMAT"]),
        ("NEW_ITEM-VENDORMAT[1]=%zz%41", "%zzA", vec!["error ENC-PERCENT at item 1 / VENDORMAT"]),
        ("NEW_ITEM-VENDORMAT[1]=A&+B", "A", vec!["error LINE-FORM at  B"]),
        // only the name says that a pair was encoded twice
        ("NEW_ITEM-VENDORMAT[1]=A%2520B", "A%20B", vec![]),
        ("NEW_ITEM-VENDORMAT[1]=a=b=c", "a=b=c", vec![]),
    ] {
        let (basket, found) = strict(bolt_with(pair));
        assert_eq!(basket.items[0].vendor_mat.as_deref(), Some(value), "{pair}");
        assert_eq!(short(&found), want, "{pair}");
    }
}

#[test]
fn inner_blanks_are_part_of_an_article_number() {
    let (basket, found) = strict(bolt_with("NEW_ITEM-VENDORMAT[1]=031710++++005++100"));
    assert_eq!(basket.items[0].vendor_mat.as_deref(), Some("031710    005  100"));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_return_without_items_is_an_empty_basket() {
    for body in ["", "&", "&&", "\n", "~OkCode=ADDI&~target=_top&~CALLER=CTLG\n"] {
        let (basket, found) = strict(body);
        assert!(basket.items.is_empty() && basket.sent.is_empty());
        assert_eq!(short(&found), ["note EMPTY at the return"], "{body:?}");
        assert_eq!(basket.total(), None);
    }
}

#[test]
fn findings_point_at_the_pair() {
    let body = bolt_with("NEW_ITEM-PRICE[1]=12%2C50&NEW_ITEM-CURRENCY[1]=EUR");
    let (basket, found) = lenient(&body);
    assert_eq!(codes(&found), ["NUM-COMMA"]);
    assert_eq!(&body[found[0].span.clone().unwrap()], "NEW_ITEM-PRICE[1]=12%2C50");
    assert!(found[0].help.is_some());
    let spans: Vec<_> = basket.sent.iter().map(|it| &body[it.span]).collect();
    assert_eq!(spans, body.split('&').collect::<Vec<_>>());
}

/// Where the same pairs come from makes no difference to the items.
#[test]
fn all_ways_in_agree() {
    let pairs = [
        ("~OkCode", "ADDI"),
        ("NEW_ITEM-DESCRIPTION[1]", "Nut & bolt, 50 % = half"),
        ("NEW_ITEM-QUANTITY[1]", " 2,5"),
        ("new_item-unit[1]", "Stk"),
        ("NEW_ITEM-LONGTEXT[1]", "größer"),
        ("NEW_ITEM-GTIN[1]", "4006381333931"),
    ];
    let mut encoded = url::form_urlencoded::Serializer::new(String::new());
    let encoded = encoded.extend_pairs(pairs).finish();
    let lines: String = pairs.iter().map(|(name, value)| format!("{name}={value}\r\n")).collect();
    let decoder = Decoder::lenient();
    let way = |read: &dyn Fn(&mut All) -> Basket| {
        let mut found = All::new();
        let basket = read(&mut found);
        (basket.items, basket.controls, short(found.found()))
    };
    let from_form = way(&|found| decoder.form(encoded.as_bytes(), found).unwrap());
    assert_eq!(from_form, way(&|found| decoder.pairs(pairs, found).unwrap()));
    assert_eq!(from_form, way(&|found| decoder.lines(lines.as_bytes(), found).unwrap()));
    assert_eq!(
        from_form.2,
        [
            "note NUM-BLANK at item 1 / QUANTITY",
            "warning NUM-COMMA at item 1 / QUANTITY",
            "warning UNIT-ALIAS at item 1 / UNIT",
            "note NAME-CASE at item 1 / UNIT",
            "warning LT-FORM at item 1 / LONGTEXT",
        ]
    );
}

#[test]
fn a_sink_that_wants_less_gets_less() {
    let body = bolt_with("new_item-price[1]=+1&NEW_ITEM-PRICEUNIT[1]=0");
    let mut first = First::of(Severity::Warning);
    let basket = Decoder::lenient().form(body.as_bytes(), &mut first).unwrap();
    assert_eq!(first.found().unwrap().code.as_str(), "OCI-PU-ZERO");
    assert_eq!(basket.items, lenient(&body).0.items);
}
