//! What a shop writes.

use punchout_core::{All, Amount};
use punchout_oci::markup::{FormPage, Submit};
use punchout_oci::profile::{LongTextForm, Method};
use punchout_oci::{
    Basket, CallUpDecoder, Control, Decoder, Encoder, ErrorKind, Item, ItemType, Profile, ReturnTo,
};

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

fn body(basket: &Basket, to: &ReturnTo) -> (String, Vec<String>) {
    let mut found = All::new();
    let body = Encoder::strict().body(basket, to, &mut found).unwrap();
    (body, short(found.found()))
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
    let encoded = Encoder::strict().body(&Basket::new(vec![item.clone()]), &ReturnTo::new("x"), &mut All::new());
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
    assert_eq!((pairs[1].as_str(), found), ("QUANTITY[1]=0.0625", vec!["warning NUM-DEC at item 1 / QUANTITY".to_owned()]));
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
        assert_eq!(pairs[3..], [
            format!("PRICE[1]={want_price}"),
            "CURRENCY[1]=EUR".to_owned(),
            format!("PRICEUNIT[1]={want_unit}"),
        ]);
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
    assert_eq!(found, ["warning OUT-PARENT at item 7 / PARENT_ID", "warning OUT-PARENT at item 8 / PARENT_ID"]);
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
    for (text, want) in [(format!("{long} and more"), format!("{long} and more")), ("more".to_owned(), format!("{long}\nmore"))] {
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

#[test]
fn a_body_is_url_encoded_in_the_charset_that_was_asked_for() {
    let basket = Basket::new(vec![Item::new("Öl & Fett, 5 €", 1, "PCE")]);
    for (charset, want, found) in [
        (None, "%C3%96l+%26+Fett%2C+5+%E2%82%AC", vec![]),
        (Some("utf-8"), "%C3%96l+%26+Fett%2C+5+%E2%82%AC", vec![]),
        (Some("iso-8859-1"), "%D6l+%26+Fett%2C+5+%80", vec![]),
        (Some("iso-8859-15"), "%D6l+%26+Fett%2C+5+%A4", vec![]),
        (Some("iso-8859-2"), "%D6l+%26+Fett%2C+5+%26%238364%3B", vec!["warning OUT-CHARSET at item 1 / DESCRIPTION"]),
        (Some("utf-16"), "%C3%96l+%26+Fett%2C+5+%E2%82%AC", vec![]),
    ] {
        let mut to = ReturnTo::new("https://erp.example/r");
        to.charset = charset.map(Into::into);
        let (body, got) = body(&basket, &to);
        assert!(body.starts_with(&format!("NEW_ITEM-DESCRIPTION%5B1%5D={want}&")), "{body}");
        assert_eq!(got, found, "{charset:?}");
    }
    let mut to = ReturnTo::new("https://erp.example/r");
    to.charset = Some("no-such".into());
    let error = Encoder::strict().body(&basket, &to, &mut All::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
}

#[test]
fn a_call_up_says_where_to_and_how() {
    let read = |query: &str| CallUpDecoder::lenient().body(query, &mut All::new()).unwrap();
    let call_up = read("HOOK_URL=https%3A%2F%2Ferp.example%2Fr%3Fs%3D1&~OkCode=ADDI&~target=_parent&~caller=CTLG&http_content_charset=iso-8859-1");
    let to = ReturnTo::of(&call_up).unwrap();
    assert_eq!((to.target.as_deref(), to.charset.as_deref()), (Some("_parent"), Some("iso-8859-1")));
    let (body, found) = body(&Basket::new(vec![Item::new("Öl", 1, "PCE")]), &to);
    assert_eq!(
        body,
        "%7EOkCode=ADDI&%7Etarget=_parent&%7Ecaller=CTLG&NEW_ITEM-DESCRIPTION%5B1%5D=%D6l\
         &NEW_ITEM-QUANTITY%5B1%5D=1.000&NEW_ITEM-UNIT%5B1%5D=PCE"
    );
    assert!(found.is_empty(), "{found:?}");
    let target = |query: &str| ReturnTo::of(&read(query)).unwrap().target;
    assert_eq!(target("HOOK_URL=x&~TARGET=_self&returntarget=_parent").as_deref(), Some("_parent"));
    assert_eq!(target("HOOK_URL=x&~TARGET=_self").as_deref(), Some("_self"));
    assert_eq!(target("HOOK_URL=x").as_deref(), Some("_top"));
    assert_eq!(ReturnTo::of(&read("USERNAME=x")).unwrap_err().kind(), ErrorKind::Misuse);
}

/// The line of a page that opens its form, and the names of its inputs.
fn form_of(page: &str) -> (&str, Vec<&str>) {
    let name = |line: &str| line.strip_prefix("<input type=\"hidden\" name=\"").map(str::len);
    let names = page.lines().filter(|line| name(line).is_some());
    let names = names.map(|line| line.split('"').nth(3).unwrap()).collect();
    (page.lines().find(|line| line.starts_with("<form")).unwrap(), names)
}

#[test]
fn a_page_posts_to_the_address_as_it_came() {
    let to = ReturnTo::new("https://erp.example/r?sap-client=100&sap-sessionid=<x>'\"#top");
    let page = FormPage::new("Back", "Continue");
    let page = Encoder::strict().page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap();
    let (form, names) = form_of(&page);
    assert_eq!(
        form,
        "<form method=\"post\" action=\"https://erp.example/r?sap-client=100&amp;sap-sessionid=&lt;x&gt;&#39;&quot;#top\" \
         target=\"_top\" accept-charset=\"utf-8\">"
    );
    assert_eq!(names[0], "NEW_ITEM-DESCRIPTION[1]");
    let to = ReturnTo::new("SAPEVENT:POST");
    let page = FormPage::new("Back", "Continue");
    let page = Encoder::strict().page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap();
    assert!(form_of(&page).0.contains("action=\"SAPEVENT:POST\""));
}

/// A browser drops the query of a GET form's address.
#[test]
fn a_page_for_get_makes_inputs_of_the_query() {
    let mut split = Profile::strict().clone();
    split.encode.split_hook_query = true;
    let mut to = ReturnTo::new("https://erp.example/r?sap-client=100&x=a%26b+c#top");
    to.controls.push(Control::new("~OkCode", "ADDI"));
    for (encoder, to, method) in
        [(Encoder::strict(), to.clone().with_method(Method::Get), "get"), (Encoder::new(&split), to, "post")]
    {
        let page = FormPage::new("Back", "Continue");
        let page = encoder.page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap();
        let (form, names) = form_of(&page);
        assert!(form.starts_with(&format!("<form method=\"{method}\" action=\"https://erp.example/r#top\"")), "{form}");
        assert_eq!(names[..4], ["sap-client", "x", "~OkCode", "NEW_ITEM-DESCRIPTION[1]"]);
        assert!(page.contains("name=\"x\" value=\"a&amp;b c\""));
    }
}

#[test]
fn controls_go_back_once() {
    let mut to = ReturnTo::new("https://erp.example/r");
    to.controls = vec![Control::new("~OkCode", "ADDI"), Control::new("~CALLER", "CTLG")];
    let mut basket = Basket::new(vec![bolt()]);
    basket.controls = vec![Control::new("~okcode", "OTHER"), Control::new("token", "1")];
    let lead = |encoder: &Encoder| {
        let body = encoder.body(&basket, &to, &mut All::new()).unwrap();
        body.split("&NEW_ITEM").next().unwrap().to_owned()
    };
    assert_eq!(lead(&Encoder::strict()), "%7EOkCode=ADDI&%7ECALLER=CTLG&token=1");
    let mut profile = Profile::strict().clone();
    profile.encode.echo_controls = false;
    assert_eq!(lead(&Encoder::new(&profile)), "%7Eokcode=OTHER&token=1");
}

#[test]
fn an_answer_to_validate_shows_nothing_and_one_to_a_search_waits() {
    let page = |submit: Submit| {
        let mut page = FormPage::new("Back", "Continue");
        (page.submit, page.text) = (submit, "One moment".into());
        let to = ReturnTo::new("https://erp.example/r");
        Encoder::strict().page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap()
    };
    let silent = page(Submit::Silent);
    assert!(silent.contains("<script>") && !silent.contains("One moment"));
    let button = page(Submit::Button);
    assert!(!button.contains("<script") && button.contains("<button type=\"submit\">Continue</button>"));
}

#[test]
fn an_empty_basket_is_written_as_nothing_but_controls() {
    let (body, found) = body(&Basket::default(), &ReturnTo::new("https://erp.example/r"));
    assert_eq!((body.as_str(), found), ("", vec!["note EMPTY at the return".to_owned()]));
    let mut basket = Basket::default();
    basket.controls.push(Control::new("~OkCode", "ADDI"));
    let xml = Encoder::strict().xml_pairs(&basket, &mut All::new()).unwrap();
    let names: Vec<_> = xml.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["~OkCode", "~xmlDocument", "~xml_type"]);
}

#[test]
fn the_xml_variant_is_one_line_of_base64() {
    let basket = Basket::new(vec![bolt().with_long_text("5 < 6\r\n\t& \"more\"")]);
    let mut found = All::new();
    let document = Encoder::strict().xml(&basket, &mut found).unwrap();
    assert!(document.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BusinessDocument>\n"));
    assert!(document.contains("<Quantity UoM=\"PCE\">200.000</Quantity>"));
    assert!(found.found().is_empty());
    let pairs = Encoder::strict().xml_pairs(&basket, &mut All::new()).unwrap();
    assert!(pairs[0].1.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)));
    assert_eq!(pairs[1], ("~xml_type".to_owned(), "ESAPO".to_owned()));
    let to = ReturnTo::new("https://erp.example/r");
    let page = Encoder::strict().xml_page(&basket, &to, &FormPage::new("a", "b"), &mut All::new()).unwrap();
    assert_eq!(form_of(&page).1, ["~xmlDocument", "~xml_type"]);
    let odd = Basket::new(vec![Item::new("a\u{1}b", 1, "PCE")]);
    assert_eq!(Encoder::strict().xml(&odd, &mut All::new()).unwrap_err().kind(), ErrorKind::Misuse);
}
