//! Items as a shop writes them.

use punchout_core::{All, Amount};
use punchout_oci::profile::LongTextForm;
use punchout_oci::{Basket, Decoder, Encoder, ErrorKind, Item, ItemType, Profile, ReturnTo};

use super::short;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn bolt() -> Item {
    Item::new("Bolt", 200, "PCE").with_price(amount("12.5"), "EUR", 100)
}

/// What is written for an item, without `NEW_ITEM-`, and the findings.
fn written(encoder: &Encoder, items: Vec<Item>) -> (Vec<String>, Vec<String>) {
    let mut found = All::new();
    let pairs = encoder.pairs(&Basket::new(items), &mut found).unwrap();
    let pairs = pairs.iter().map(|(name, value)| format!("{}={value}", name.trim_start_matches("NEW_ITEM-")));
    (pairs.collect(), short(found.found()))
}

fn strict(item: Item) -> (Vec<String>, Vec<String>) {
    written(&Encoder::strict(), vec![item])
}

#[test]
fn an_item_is_written_by_the_letter() {
    let item = bolt().with_article("4711").with_long_text("two\nlines").with_extra("GTIN", "40063");
    let (pairs, found) = strict(item);
    assert_eq!(
        pairs,
        [
            "DESCRIPTION[1]=Bolt",
            "QUANTITY[1]=200.000",
            "UNIT[1]=PCE",
            "PRICE[1]=12.500",
            "CURRENCY[1]=EUR",
            "PRICEUNIT[1]=100",
            "VENDORMAT[1]=4711",
            "EXT_PRODUCT_ID[1]=4711",
            "LONGTEXT_1:132[]=two\nlines",
            "GTIN[1]=40063",
        ]
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_field_has_its_pair() {
    let mut item = Item::default();
    let text = |text: &str| Some(text.into());
    item.index = 1;
    item.description = text("d");
    item.matgroup = text("mg");
    item.quantity = Some(amount("1"));
    item.unit = text("PCE");
    item.price = Some(amount("1"));
    item.currency = text("EUR");
    item.price_unit = Some(amount("1"));
    item.lead_time = Some(amount("3"));
    item.long_text = text("lt");
    item.vendor = text("v");
    item.vendor_mat = text("vm");
    item.manufact_code = text("mc");
    item.manufact_mat = text("mm");
    item.contract = text("c");
    item.contract_item = text("ci");
    item.service = text("X");
    item.ext_quote_id = text("q");
    item.ext_quote_item = text("qi");
    item.ext_product_id = text("p");
    item.attachment = text("https://shop.example/a");
    item.attachment_title = text("at");
    item.attachment_purpose = text("C");
    item.ext_schema_type = text("UNSPSC");
    item.ext_category_id = text("31161500");
    item.ext_category = text("31161500-v2");
    item.sld_sys_name = text("s");
    item.cust_fields = [text("1"), text("2"), text("3"), text("4"), text("5")];
    item.item_type = Some(ItemType::Root);
    item.tax = text("19");
    let (pairs, found) = strict(item.clone());
    // all but MATNR and PARENT_ID
    assert_eq!(pairs.len(), 33);
    assert!(found.is_empty(), "{found:?}");
    let encoded =
        Encoder::strict().body(&Basket::new(vec![item.clone()]), &ReturnTo::new("x"), &mut All::new());
    let read = Decoder::strict().form(encoded.unwrap().as_bytes(), &mut All::new()).unwrap();
    for field in punchout_oci::Field::all().filter(|field| field.kind() == punchout_oci::Kind::Text) {
        assert_eq!(read.items[0].text(field), item.text(field), "{field}");
    }
}

#[test]
fn numbers_are_written_with_three_decimals() {
    for (quantity, want) in [("2", "2.000"), ("2.5", "2.500"), ("0002.50000", "2.500"), ("-1", "-1.000")] {
        let (pairs, _) = strict(Item::new("a", amount(quantity), "PCE"));
        assert_eq!(pairs[1], format!("QUANTITY[1]={want}"));
    }
    // a quantity cannot be written for more units
    let (pairs, found) = strict(Item::new("a", amount("0.0625"), "PCE"));
    assert_eq!(
        (pairs[1].as_str(), found),
        ("QUANTITY[1]=0.0625", vec!["warning NUM-DEC at item 1 / QUANTITY".to_owned()])
    );
}

/// A price with more decimals is written for ten times as many units.
#[test]
fn prices_save_their_decimals() {
    for (price, unit, want_price, want_unit, is_scaled) in [
        ("12.5", "100", "12.500", "100", false),
        ("0.0215", "1", "0.215", "10", true),
        ("0.00125", "1", "0.125", "100", true),
        ("17.5000", "1", "17.500", "1", false),
        ("0.12345", "1000", "0.12345", "1000", false),
    ] {
        let item = Item::new("a", 1, "PCE").with_price(amount(price), "EUR", amount(unit));
        let unit_price = item.unit_price().unwrap();
        let (pairs, found) = strict(item);
        assert_eq!(
            pairs[3..],
            [
                format!("PRICE[1]={want_price}"),
                "CURRENCY[1]=EUR".to_owned(),
                format!("PRICEUNIT[1]={want_unit}"),
            ]
        );
        assert_eq!(found.contains(&"note OUT-SCALED at item 1 / PRICE".to_owned()), is_scaled, "{price}");
        let again = amount(want_price).value() / amount(want_unit).value();
        assert_eq!(again, unit_price, "{price} for {unit}");
    }
}

#[test]
fn a_price_always_has_its_price_unit() {
    let mut item = bolt();
    item.price_unit = None;
    assert!(strict(item.clone()).0.contains(&"PRICEUNIT[1]=1".to_owned()));
    item.price_unit = Some(amount("0"));
    assert!(strict(item).0.contains(&"PRICEUNIT[1]=1".to_owned()));
}

#[test]
fn items_are_counted_anew() {
    let mut items = vec![bolt(), bolt(), bolt()];
    for (item, index) in items.iter_mut().zip([7, 3, 3]) {
        item.index = index;
    }
    let (pairs, found) = written(&Encoder::strict(), items.clone());
    let indexes: Vec<_> = pairs.iter().filter(|pair| pair.starts_with("UNIT")).collect();
    assert_eq!(indexes, ["UNIT[1]=PCE", "UNIT[2]=PCE", "UNIT[3]=PCE"]);
    assert!(found.is_empty());
    let mut profile = Profile::strict().clone();
    profile.index.start = 0;
    let (pairs, found) = written(&Encoder::new(&profile), items);
    assert!(pairs.contains(&"UNIT[0]=PCE".to_owned()) && !pairs.contains(&"UNIT[3]=PCE".to_owned()));
    assert!(found.is_empty(), "the profile wants it so: {found:?}");
}

#[test]
fn parents_are_counted_anew() {
    let mut root = bolt();
    (root.index, root.item_type) = (5, Some(ItemType::Root));
    let mut child = bolt();
    (child.index, child.item_type, child.parent) = (6, Some(ItemType::Function), Some(5));
    let mut orphan = child.clone();
    (orphan.index, orphan.parent, orphan.parent_id) = (7, Some(99), Some("99".into()));
    let mut unread = child.clone();
    (unread.index, unread.parent, unread.parent_id) = (8, None, Some("x".into()));
    let (pairs, found) = written(&Encoder::strict(), vec![root, child, orphan, unread]);
    let parents: Vec<_> = pairs.iter().filter(|pair| pair.starts_with("PARENT_ID")).collect();
    assert_eq!(parents, ["PARENT_ID[2]=1"]);
    assert_eq!(
        found,
        ["warning OUT-PARENT at item 7 / PARENT_ID", "warning OUT-PARENT at item 8 / PARENT_ID"]
    );
}

#[test]
fn a_description_is_cut_on_a_character() {
    let long = "Größenverstellbarer Schutzhelm, gelb, mit Kinnriemen";
    let (pairs, found) = strict(Item::new(long, 1, "PCE"));
    assert_eq!(pairs[0], "DESCRIPTION[1]=Größenverstellbarer Schutzhelm, gelb, mi");
    assert_eq!(pairs[3], format!("LONGTEXT_1:132[]={long}"));
    assert_eq!(found, ["note OUT-CUT at item 1 / DESCRIPTION"]);
    // exactly as long as the field
    let fits = "ä".repeat(40);
    assert_eq!(strict(Item::new(fits.as_str(), 1, "PCE")).1, Vec::<String>::new());
    // a blank at the cut goes too
    let (pairs, _) = strict(Item::new(format!("{} b", "a".repeat(39)), 1, "PCE"));
    assert_eq!(pairs[0], format!("DESCRIPTION[1]={}", "a".repeat(39)));
    // the long text has it in front already, or gets it in front
    for (text, want) in [
        (format!("{long} and more"), format!("{long} and more")),
        ("more".to_owned(), format!("{long}\nmore")),
    ] {
        let (pairs, _) = strict(Item::new(long, 1, "PCE").with_long_text(text));
        assert_eq!(pairs[3], format!("LONGTEXT_1:132[]={want}"));
    }
    let mut profile = Profile::strict().clone();
    profile.encode.cut_description = false;
    let (pairs, found) = written(&Encoder::new(&profile), vec![Item::new(long, 1, "PCE")]);
    assert_eq!(pairs[0], format!("DESCRIPTION[1]={long}"));
    assert_eq!(found, ["error LEN-DESCRIPTION at item 1 / DESCRIPTION"]);
}

#[test]
fn the_buyers_number_is_written_where_the_profile_says_so() {
    let mut item = bolt();
    item.matnr = Some("700123".into());
    let (pairs, found) = strict(item.clone());
    assert!(!pairs.iter().any(|pair| pair.starts_with("MATNR")));
    assert_eq!(found, ["warning OUT-MATNR at item 1 / MATNR"]);
    // without a description it is all that says what the item is
    let mut bare = item.clone();
    bare.description = None;
    assert_eq!(strict(bare).0[0], "MATNR[1]=700123");
    let mut profile = Profile::strict().clone();
    profile.encode.matnr = true;
    let (pairs, found) = written(&Encoder::new(&profile), vec![item]);
    assert_eq!(pairs[1], "MATNR[1]=700123");
    assert_eq!(found, ["warning BOTH-DESC-MATNR at item 1 / MATNR"]);
}

#[test]
fn long_texts_are_named_as_the_profile_has_it() {
    let mut profile = Profile::strict().clone();
    profile.encode.long_text = LongTextForm::Indexed;
    let (pairs, _) = written(&Encoder::new(&profile), vec![bolt().with_long_text("x")]);
    assert!(pairs.contains(&"LONGTEXT[1]=x".to_owned()));
}

/// What the basket itself gets wrong is said when it is written.
#[test]
fn the_output_is_checked() {
    let item = Item::new("<b>Bolt</b>", amount("0"), "Stueck").with_price(amount("1"), "Euro", 7);
    let (_, found) = strict(item);
    assert_eq!(
        found,
        [
            "warning HTML-TEXT at item 1 / DESCRIPTION",
            "error QTY-ZERO at item 1 / QUANTITY",
            "error UNIT-LEN at item 1 / UNIT",
            "error UNIT-ALIAS at item 1 / UNIT",
            "error CUR-UNK at item 1 / CURRENCY",
            "warning PU-ODD at item 1 / PRICEUNIT",
        ]
    );
}

#[test]
fn extra_fields_that_would_not_come_back_are_refused() {
    let encoder = Encoder::strict();
    for name in ["MATNR", "price", "LONGTEXT", "LONGTEXT_1:132", "GTIN ", "G[1]", "[", ""] {
        let basket = Basket::new(vec![bolt().with_extra(name, "x")]);
        let error = encoder.pairs(&basket, &mut All::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Misuse, "{name:?}");
        assert!(error.to_string().contains("extra field"), "{error}");
    }
    for name in ["GTIN", "gtin", " GTIN", "Größe", "A B", "TAX_RATE", "x:y"] {
        let (pairs, _) = strict(bolt().with_extra(name, "x"));
        assert_eq!(pairs.last().unwrap(), &format!("{name}[1]=x"));
    }
}
