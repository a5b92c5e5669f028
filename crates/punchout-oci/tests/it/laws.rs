//! What holds for any basket and for any bytes. The fuzz targets hold the
//! same laws against bytes of their own making.

use std::ops::Range;
use std::sync::LazyLock;

use proptest::prelude::*;
use punchout_core::{All, Amount, Ignore, Severity};
#[cfg(feature = "html")]
use punchout_oci::markup::FormPage;
use punchout_oci::{Basket, Decoder, Encoder, Error, Field, Input, Item, Profile, ReturnTo};

use super::draw::{any_input, basket, odd_body, odd_pairs};

// made once: a decoder costs more than most of the inputs here
static STRICT: LazyLock<Decoder> = LazyLock::new(Decoder::strict);
static LENIENT: LazyLock<Decoder> = LazyLock::new(Decoder::lenient);
static WRITER: LazyLock<Encoder> = LazyLock::new(Encoder::strict);
/// Each shipped profile's writer and reader.
static ALL: LazyLock<Vec<(Encoder, Decoder)>> =
    LazyLock::new(|| Profile::builtin().map(|it| (Encoder::new(it), Decoder::new(it))).collect());

fn to() -> ReturnTo {
    ReturnTo::new("https://erp.example/return?session=1")
}

/// What was meant and what was read, without the pairs as sent.
fn same(read: &Basket, meant: &Basket) -> Result<(), TestCaseError> {
    prop_assert_eq!(&read.items, &meant.items);
    prop_assert_eq!(&read.controls, &meant.controls);
    Ok(())
}

fn lies_inside(span: Range<usize>, input: &[u8]) -> Result<(), TestCaseError> {
    prop_assert!(input.get(span.clone()).is_some(), "{:?} of {} bytes", span, input.len());
    if let Ok(text) = std::str::from_utf8(input) {
        prop_assert!(text.get(span.clone()).is_some(), "{:?} cuts a character", span);
    }
    Ok(())
}

/// Items rise, each has pairs, each pair has an item, parents exist.
fn is_sound(basket: &Basket, input: &[u8]) -> Result<(), TestCaseError> {
    prop_assert!(basket.items.is_sorted_by(|a, b| a.index < b.index));
    let position = |index| basket.items.binary_search_by_key(&index, |item: &Item| item.index).ok();
    let mut has_pairs = vec![false; basket.items.len()];
    for field in basket.sent.iter() {
        lies_inside(field.span.clone(), input)?;
        let Some(position) = position(field.index) else {
            return Err(TestCaseError::fail(format!("{field:?} has no item")));
        };
        has_pairs[position] = true;
    }
    prop_assert!(has_pairs.into_iter().all(|has| has), "an item out of nothing");
    for item in &basket.items {
        prop_assert!(item.parent.is_none_or(|parent| position(parent).is_some()));
    }
    Ok(())
}

type Way<'a> = &'a dyn Fn(&Decoder, &mut All) -> Result<Basket, Error>;

/// Reads strictly and leniently; gives what the lenient reading made of it.
fn read(input: &[u8], way: Way<'_>) -> Result<Option<Basket>, TestCaseError> {
    let (mut strict_found, mut found) = (All::new(), All::new());
    let strict = way(&STRICT, &mut strict_found);
    let basket = way(&LENIENT, &mut found);
    let (strict, basket) = match (strict, basket) {
        (Ok(strict), Ok(basket)) => (strict, basket),
        (Err(strict), Err(lenient)) => {
            prop_assert_eq!(strict.kind(), lenient.kind());
            return Ok(None);
        }
        one => return Err(TestCaseError::fail(format!("one reads, the other stops: {one:?}"))),
    };
    prop_assert!(strict_found.worst() >= found.worst(), "{:?} {:?}", strict_found.found(), found.found());
    // there is one parser: only the severities differ
    prop_assert_eq!(&strict, &basket);
    for finding in strict_found.found().iter().chain(found.found()) {
        if let Some(span) = finding.span.clone() {
            lies_inside(span, input)?;
        }
        prop_assert!(finding.message.len() < 400, "{}", finding);
        prop_assert!(!finding.message.ends_with('.') && finding.help.is_some(), "{}", finding);
    }
    let mut again = All::new();
    prop_assert_eq!(way(&LENIENT, &mut again).unwrap(), basket.clone());
    prop_assert_eq!(again.found(), found.found());
    is_sound(&basket, input)?;
    Ok(Some(basket))
}

/// What is written and read again says the same, and from then on is the
/// same.
///
/// Which profile writes does not matter, only that all get their turn.
fn is_kept(number: usize, basket: &Basket) -> Result<(), TestCaseError> {
    let (encoder, decoder) = &ALL[number % ALL.len()];
    let again = |basket: &Basket| {
        let body = encoder.body(basket, &to(), &mut Ignore).ok()?;
        Some(decoder.form(body.as_bytes(), &mut Ignore).unwrap())
    };
    // an extra field that would not come back is refused
    let Some(once) = again(basket) else { return Ok(()) };
    says_the_same(basket, &once)?;
    let twice = again(&once).expect("what was written once can be written");
    same(&twice, &once)?;
    let pairs = encoder.pairs(basket, &mut Ignore).expect("what has a body has pairs");
    same(&decoder.pairs(pairs, &mut Ignore).unwrap(), &once)
}

/// Compares what no writer may change.
fn says_the_same(before: &Basket, after: &Basket) -> Result<(), TestCaseError> {
    // a parent and nothing else is no item
    let says_something = |item: &&Item| {
        let mut fields = Field::all().filter(|field| *field != Field::ParentId);
        fields.any(|field| item.text(field).is_some()) || !item.extra.is_empty()
    };
    let items: Vec<_> = before.items.iter().filter(says_something).collect();
    prop_assert_eq!(items.len(), after.items.len());
    prop_assert_eq!(&before.controls, &after.controls);
    for (before, after) in items.into_iter().zip(&after.items) {
        let value = |amount: &Option<Amount>| amount.as_ref().map(Amount::value);
        prop_assert_eq!(value(&before.quantity), value(&after.quantity));
        prop_assert_eq!(value(&before.lead_time), value(&after.lead_time));
        // 0.0125 for 1 may become 0.125 for 10
        let crosswise = |one: &Item, other: &Item| value(&one.price)?.checked_mul(other.price_unit_or_one());
        prop_assert_eq!(before.price.is_some(), after.price.is_some());
        prop_assert_eq!(crosswise(before, after), crosswise(after, before));
        prop_assert_eq!(&before.extra, &after.extra);
        for field in Field::all().filter(|field| is_kept_as_text(*field)) {
            prop_assert_eq!(before.text(field), after.text(field), "{}", field);
        }
        let text = |item: &Item| item.long_text.as_deref().unwrap_or_default().to_owned();
        prop_assert!(text(after).ends_with(&text(before)));
    }
    Ok(())
}

/// Numbers may be respelled, descriptions cut, parents renumbered, and MATNR
/// left out.
fn is_kept_as_text(field: Field) -> bool {
    use Field::{Description, LeadTime, LongText, Matnr, ParentId, Price, PriceUnit, Quantity};
    !matches!(field, Description | LeadTime | LongText | Matnr | ParentId | Price | PriceUnit | Quantity)
}

proptest! {
    #[test]
    fn a_body_is_read_as_it_was_meant(basket in basket()) {
        let body = WRITER.body(&basket, &to(), &mut Ignore).unwrap();
        let read = STRICT.form(body.as_bytes(), &mut Ignore).unwrap();
        same(&read, &basket)?;
        // strict in what is written: no finding about how, only about what
        let mut found = All::new();
        STRICT.form(body.as_bytes(), &mut found).unwrap();
        for finding in found.found() {
            let code = finding.code.as_str();
            let about_how = ["OCI-IDX", "OCI-NAME", "OCI-LT", "OCI-ENC", "OCI-DUP", "OCI-NUM", "OCI-CHARSET-UNK"];
            prop_assert!(!about_how.iter().any(|how| code.starts_with(how)) || code == "OCI-DUP", "{}", finding);
        }
    }

    #[test]
    fn pairs_are_read_as_they_were_meant(basket in basket()) {
        let pairs = WRITER.pairs(&basket, &mut Ignore).unwrap();
        same(&LENIENT.pairs(pairs_of(&pairs), &mut Ignore).unwrap(), &basket)?;
    }

    #[cfg(feature = "html")]
    #[test]
    fn a_page_is_read_as_it_was_meant(basket in basket()) {
        let page = FormPage::new("Back & forth", "Continue");
        let page = WRITER.page(&basket, &to(), &page, &mut Ignore).unwrap();
        same(&LENIENT.html(page.as_bytes(), &mut Ignore).unwrap(), &basket)?;
    }

    #[test]
    fn the_xml_variant_is_read_as_it_was_meant(basket in basket()) {
        let document = WRITER.xml(&basket, &mut Ignore).unwrap();
        let mut found = All::new();
        let read = LENIENT.xml(document.as_bytes(), &mut found).unwrap();
        prop_assert_eq!(&read.items, &basket.items);
        prop_assert!(!found.found().iter().any(|finding| finding.code.as_str() == "OCI-XML-BAD"));
        let pairs = WRITER.xml_pairs(&basket, &mut Ignore).unwrap();
        let read = LENIENT.pairs(pairs_of(&pairs), &mut Ignore).unwrap();
        prop_assert_eq!(read.items, basket.items);
    }

    /// A charset that has all characters carries them, whatever it is.
    #[test]
    fn a_body_in_another_charset_is_read_as_it_was_meant(
        text in "[ -~äöüßé€]{1,40}".prop_filter("says something", |text| !text.trim().is_empty()),
        charset in prop::sample::select(vec!["utf-8", "iso-8859-15", "windows-1252", "iso-8859-1"]),
    ) {
        let mut to = to();
        to.charset = Some(charset.into());
        let basket = Basket::new(vec![Item::new(text.as_str(), 1, "PCE")]);
        let body = WRITER.body(&basket, &to, &mut Ignore).unwrap();
        let read = LENIENT.clone().with_charset(charset).form(body.as_bytes(), &mut Ignore).unwrap();
        // by chance the bytes of two characters may be UTF-8 of one
        if !std::str::from_utf8(&url_decoded(&body)).is_ok_and(|read| charset != "utf-8" && !read.is_ascii()) {
            prop_assert_eq!(read.items[0].description.as_deref(), Some(text.as_str()));
        }
    }

    #[test]
    fn the_order_of_pairs_makes_no_difference(
        (pairs, shuffled) in basket().prop_flat_map(|mut basket| {
            basket.controls.clear();
            let pairs = WRITER.pairs(&basket, &mut Ignore).unwrap();
            (Just(pairs.clone()), Just(pairs).prop_shuffle())
        }),
    ) {
        let items = |pairs: &[(String, String)]| {
            let mut items = LENIENT.pairs(pairs_of(pairs), &mut Ignore).unwrap().items;
            // unknown fields keep their order
            for item in &mut items {
                item.extra.sort_by(|a, b| (&a.name, &a.value).cmp(&(&b.name, &b.value)));
            }
            items
        };
        prop_assert_eq!(items(&pairs), items(&shuffled));
    }

    #[test]
    fn odd_bodies_are_read_soundly_and_kept(body in odd_body(), number in 0_usize..99) {
        let basket = read(&body, &|decoder, found| decoder.form(&body, found))?.expect("any bytes are a form");
        let pairs = body.trim_ascii_end().split(|b| *b == b'&').filter(|pair| !pair.is_empty()).count();
        prop_assert_eq!(basket.sent.len() + basket.controls.len(), pairs);
        is_kept(number, &basket)?;
    }

    #[test]
    fn odd_pairs_are_read_soundly_and_kept(pairs in odd_pairs(), number in 0_usize..99) {
        let text: String = pairs.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        let pairs = pairs_of(&pairs);
        let way = |decoder: &Decoder, found: &mut All| decoder.pairs(pairs.iter().copied(), found);
        let basket = read(text.as_bytes(), &way)?.expect("any pairs are a return");
        prop_assert_eq!(basket.sent.len() + basket.controls.len(), pairs.len());
        is_kept(number, &basket)?;
    }

    /// In every shape that the bytes could be taken for.
    #[test]
    fn any_input_is_read_or_refused(input in prop_oneof![any_input(), odd_body()], number in 0_usize..99) {
        let shapes = [Input::Form, Input::Pairs, Input::Xml, Input::Html, Input::Json, Input::Response, Input::of(&input)];
        for shape in shapes {
            let way = |decoder: &Decoder, found: &mut All| decoder.input(shape, &input, found);
            if let Some(basket) = read(&input, &way)? {
                is_kept(number, &basket)?;
            }
        }
    }

    /// No charset makes a reader stumble, and none loses ASCII.
    #[test]
    fn any_charset_is_survived(
        body in odd_body(),
        label in prop::sample::select(vec![
            "utf-8", "utf-16", "iso-8859-2", "windows-1251", "shift_jis", "big5", "gb18030", "euc-kr", "iso-2022-jp",
            "hz-gb-2312", "x-user-defined", "koi8-r", "macintosh", "no-such",
        ]),
    ) {
        let decoder = LENIENT.clone().with_charset(label);
        let basket = decoder.form(&body, &mut Ignore).unwrap();
        is_sound(&basket, &body)?;
        let plain = decoder.form(super::BOLT.as_bytes(), &mut Ignore).unwrap();
        prop_assert_eq!(&plain.items, &LENIENT.form(super::BOLT.as_bytes(), &mut Ignore).unwrap().items);
    }

    /// What strict reading accepts was read as it is written in the protocol.
    #[test]
    fn what_strict_accepts_lenient_accepts(body in odd_body()) {
        let (mut strict, mut lenient) = (All::new(), All::new());
        let one = STRICT.form(&body, &mut strict).unwrap();
        let other = LENIENT.form(&body, &mut lenient).unwrap();
        if strict.worst() < Some(Severity::Error) {
            prop_assert!(lenient.worst() < Some(Severity::Error));
            prop_assert_eq!(one, other);
        }
    }
}

fn pairs_of(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn url_decoded(body: &str) -> Vec<u8> {
    let value = body.split(['=', '&']).nth(1).unwrap_or_default();
    let mut bytes = value.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => {
                let mut digit = || char::from(bytes.next().unwrap()).to_digit(16).unwrap();
                decoded.push(u8::try_from(digit() * 16 + digit()).unwrap());
            }
            _ => decoded.push(byte),
        }
    }
    decoded
}

/// Names that the document's own elements have too.
#[test]
fn extra_fields_named_like_elements_come_back_from_xml() {
    for name in [
        "Quantity",
        "Price",
        "PriceUnit",
        "Catalog",
        "Product",
        "BusinessDocument",
        "VendorDescription",
        "PartnerID",
        "ShoppingBasketItem",
        "Attachment",
        "Quote",
        "URL",
        "Name",
        "Field",
        "xml",
        "xmlns",
        "a:b",
        "1st",
        "Größe",
        "Description",
        "ProductID",
        "CatalogKey",
        "ParentCategoryID",
        "ItemText",
        "BuyerContract",
        "ContractID",
    ] {
        let mut item = Item::new("Bolt", 1, "PCE").with_extra(name, "value").with_extra("AFTER", "it");
        item.vendor_mat = Some("4711".into());
        if Field::named(&name.to_ascii_uppercase()).is_some() {
            continue;
        }
        let basket = Basket::new(vec![item.clone(), item]);
        let document = WRITER.xml(&basket, &mut Ignore).unwrap();
        let read = LENIENT.xml(document.as_bytes(), &mut Ignore).unwrap();
        for item in &read.items {
            assert_eq!(item.extra, basket.items[0].extra, "{name}");
            assert_eq!(item.vendor_mat.as_deref(), Some("4711"), "{name}");
        }
        assert_eq!(read.items.len(), 2, "{name}");
    }
}
