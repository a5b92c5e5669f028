//! Baskets and bodies to hold the laws against.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use punchout_core::Amount;
use punchout_oci::{Basket, Control, ExtraField, Field, Item, ItemType, unit};

/// Text that says something, of any characters that a form can carry.
///
/// The carriage return is among them: pages and documents must save it from
/// their parsers.
fn text(most: usize) -> impl Strategy<Value = String> {
    let plain = prop::string::string_regex(&format!("[ -~\\n\\r\\täöüß€ÃÂ☃]{{1,{most}}}")).unwrap();
    let any = prop::string::string_regex(&format!("\\PC{{1,{most}}}")).unwrap();
    prop_oneof![plain, any].prop_filter("says something", |text| !text.trim().is_empty())
}

/// A number as the writer spells it.
fn spelled(pattern: &str) -> impl Strategy<Value = Amount> + use<> {
    prop::string::string_regex(pattern).unwrap().prop_map(|text| text.parse().unwrap())
}

/// A name that means nothing to OCI.
fn extra_name() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9_.:-]{0,9}".prop_filter("unknown to OCI", |name| {
        let name = name.to_ascii_uppercase();
        Field::named(&name).is_none() && !name.starts_with("LONGTEXT")
    })
}

/// A control that is no field, and not the XML variant either.
fn control() -> impl Strategy<Value = Control> {
    let name = prop_oneof![
        select(vec!["~OkCode", "~TARGET", "~CALLER", "submit1", "_snowman"]).prop_map(str::to_owned),
        "[a-z]{1,3}[\\[\\]&=+% ü]{0,2}[a-z]",
    ];
    let is_xml = |name: &str| name.to_ascii_lowercase().contains("xml");
    (name.prop_filter("no document", move |name| !is_xml(name)), "\\PC{0,12}")
        .prop_map(|(name, value)| Control::new(name, value))
}

prop_compose! {
    /// An item as the writer leaves it: three decimals, a description that
    /// fits, no MATNR. Its place in the basket comes later.
    fn item()(
        description in text(40),
        quantity in spelled("(0|[1-9][0-9]{0,7})\\.[0-9]{3}"),
        unit in select(vec!["PCE", "EA", "KGM", "H87", "ST", "Stk", "XBX", "PAL", "???", "1"]),
        price in option::of((spelled("(0|[1-9][0-9]{0,7})\\.[0-9]{3}"), select(vec!["1", "10", "100", "1000", "7"]))),
        currency in option::of(select(vec!["EUR", "USD", "Euro", "ROL"])),
        lead_time in option::of(spelled("0|[1-9][0-9]{0,3}")),
        long_text in option::of(text(200)),
        texts in prop::collection::vec(option::weighted(0.2, text(20)), Field::COUNT),
        attachment in option::weighted(0.2, "https://shop\\.example/[a-z]{1,9}"),
        kind in option::weighted(0.4, select(vec!["R", "O", "F", "r", "bundle"])),
        extra in prop::collection::vec((extra_name(), text(12)), 0..3),
    ) -> Item {
        let mut item = Item::new(description, quantity, unit);
        item.unit_resolved = unit::resolve(unit);
        item.currency = currency.map(Into::into);
        if let Some((price, per)) = price {
            item.price = Some(price);
            item.price_unit = Some(per.parse().unwrap());
        }
        item.lead_time = lead_time;
        item.long_text = long_text.map(Into::into);
        item.attachment = attachment.map(Into::into);
        item.item_type = kind.map(ItemType::from);
        for (field, text) in Field::all().zip(texts) {
            if let Some(place) = free_text(&mut item, field) {
                *place = text.map(Into::into);
            }
        }
        item.extra = extra.into_iter().map(|(name, value)| ExtraField::new(name, value)).collect();
        item
    }
}

/// The fields that may hold whatever the shop likes.
fn free_text(item: &mut Item, field: Field) -> Option<&mut Option<punchout_core::Text>> {
    Some(match field {
        Field::Matgroup => &mut item.matgroup,
        Field::Vendor => &mut item.vendor,
        Field::VendorMat => &mut item.vendor_mat,
        Field::ManufactCode => &mut item.manufact_code,
        Field::ManufactMat => &mut item.manufact_mat,
        Field::Contract => &mut item.contract,
        Field::ContractItem => &mut item.contract_item,
        Field::ExtQuoteId => &mut item.ext_quote_id,
        Field::ExtQuoteItem => &mut item.ext_quote_item,
        Field::ExtProductId => &mut item.ext_product_id,
        Field::AttachmentTitle => &mut item.attachment_title,
        Field::ExtSchemaType => &mut item.ext_schema_type,
        Field::ExtCategoryId => &mut item.ext_category_id,
        Field::ExtCategory => &mut item.ext_category,
        Field::SldSysName => &mut item.sld_sys_name,
        Field::CustField1 => &mut item.cust_fields[0],
        Field::CustField5 => &mut item.cust_fields[4],
        Field::Tax => &mut item.tax,
        _ => return None,
    })
}

prop_compose! {
    /// A basket that is written without a change.
    pub(crate) fn basket()(
        items in prop::collection::vec((item(), option::weighted(0.4, any::<Index>())), 0..6),
        controls in prop::collection::vec(control(), 0..4),
    ) -> Basket {
        let place = |(index, (mut item, above)): (u32, (Item, Option<Index>))| {
            item.index = index;
            // above is a line before, so that there are no rings
            item.parent = above.filter(|_| index > 1).map(|above| 1 + u32::try_from(above.index(index as usize - 1)).unwrap());
            item.parent_id = item.parent.map(|parent| parent.to_string().into());
            item
        };
        let mut basket = Basket::new((1..).zip(items).map(place).collect());
        basket.controls = controls;
        basket
    }
}

/// The same text of a name in another spelling.
fn odd_name() -> impl Strategy<Value = String> {
    let field = select(vec![
        "DESCRIPTION",
        "QUANTITY",
        "UNIT",
        "PRICE",
        "CURRENCY",
        "PRICEUNIT",
        "MATNR",
        "VENDORMAT",
        "LEADTIME",
        "SERVICE",
        "ITEM_TYPE",
        "PARENT_ID",
        "TAX",
        "CUST_FIELD1",
        "price",
        "GTIN",
        "Über",
        "LONGTEXT",
        "LONGTEXT_1",
        "LONGTEXT_2:132",
        "LONGTEXT_0:132",
        "LONGTEXT_n:132",
        "CUST_FIELD16",
    ]);
    let prefix = select(vec![
        "NEW_ITEM-",
        "NEW_ITEM-",
        "NEW_ITEM-",
        "new_item-",
        "NEW_ITEM_",
        "NEW-ITEM-",
        "NEW_ITEM ",
    ]);
    let index = select(vec![
        "[1]",
        "[1]",
        "[2]",
        "[3]",
        "[0]",
        "[]",
        "",
        " [1]",
        "[01]",
        "[1][2]",
        "[x]",
        "[999999999]",
        "[4294967295]",
        "%5B1%5D",
        "[70000]",
    ]);
    prop_oneof![
        8 => (prefix, field, index).prop_map(|(prefix, field, index)| format!("{prefix}{field}{index}")),
        1 => "[~a-z\\[\\]]{0,6}",
    ]
}

fn odd_value() -> impl Strategy<Value = String> {
    let seen = select(vec![
        "",
        " ",
        "1",
        "2.500",
        "780,12",
        "1,234",
        "1.234,56",
        "-1",
        "0",
        "PCE",
        "Stk",
        "EACH",
        "EUR",
        "Euro",
        "R",
        "O",
        "2",
        "X",
        "x",
        "<b>fat</b>",
        "19\" Rack",
        "a&amp;b",
        "GehÃ¶r",
        "Geh?r",
        "%F6",
        "%",
        "100%",
        "%zz",
        "%2520",
        "\u{0}",
        "https://shop.example/a",
        "a\r\nb",
        "99999999999999999999999999999",
    ]);
    prop_oneof![4 => seen.prop_map(str::to_owned), 1 => "\\PC{0,50}"]
}

/// Odd names and values.
pub(crate) fn odd_pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((odd_name(), odd_value()), 0..16)
}

/// A body of odd pairs, partly encoded, with some bytes struck or changed.
pub(crate) fn odd_body() -> impl Strategy<Value = Vec<u8>> {
    let joined = (odd_pairs(), prop::collection::vec(any::<u8>(), 16)).prop_map(|(pairs, ways)| {
        let mut body = Vec::new();
        for ((name, value), way) in pairs.iter().zip(ways) {
            let encode =
                |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let pair = match way % 8 {
                0 => format!("{name}={value}"),
                1 => encode(&format!("{name}={value}")),
                2 => format!("{}={}", encode(&encode(name)), encode(&encode(value))),
                3 => encode(name),
                _ => format!("{}={}", encode(name), encode(value)),
            };
            body.extend_from_slice(pair.as_bytes());
            body.push(b'&');
        }
        body
    });
    let changes = prop::collection::vec((any::<Index>(), any::<u8>()), 0..4);
    (joined, changes).prop_map(|(mut body, changes)| {
        for (at, byte) in changes {
            if !body.is_empty() {
                let at = at.index(body.len());
                match byte {
                    0..64 => drop(body.remove(at)),
                    _ => body[at] = byte,
                }
            }
        }
        body
    })
}

/// Something that looks like a page, a document, a capture, or nothing.
pub(crate) fn any_input() -> impl Strategy<Value = Vec<u8>> {
    let tags = select(vec![
        "<form method=post>",
        "</form>",
        "<input name='NEW_ITEM-UNIT[1]' value=PCE>",
        "<input name=a",
        "value=\"19\" Rack\">",
        "<textarea name='NEW_ITEM-LONGTEXT_1:132[]'>",
        "</textarea>",
        "<select name=b>",
        "<option selected>",
        "</select>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<meta charset=iso-8859-2>",
        "&quot;",
        "&#xD800;",
        "\u{f6}",
        ">",
        "'",
        "\"",
        "<BusinessDocument>",
        "<Catalog>",
        "<Product>",
        "</Product>",
        "<Description>",
        "</Description>",
        "<![CDATA[",
        "]]>",
        "<?xml version='1.0'?>",
        "HTTP/1.1 200 OK\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        "4\r\n",
        "0\r\n",
        "{\"NEW_ITEM-UNIT[1]\":",
        "[",
        "]",
        "}",
        ",",
        "1e999",
        "\"x\"",
        "null",
        "NEW_ITEM-QUANTITY[1]=2&",
        "\n",
        "PD94bWwg",
        "~xmlDocument=PEJ1c2luZXNzRG9jdW1lbnQ%2B&~xml_type=ESAPO&",
    ]);
    let bytes = prop_oneof![
        9 => tags.prop_map(|tag| tag.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop_oneof![
        prop::collection::vec(bytes, 0..24).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(any::<u8>(), 0..120),
    ]
}
