//! The XML variant: a `BusinessDocument`, by itself or in a form field.

use punchout_core::{All, Diagnostic, Limits};
use punchout_oci::{Basket, Decoder, ErrorKind};

use super::{codes, descriptions, short};

fn read(document: impl AsRef<[u8]>) -> (Basket, Vec<Diagnostic>) {
    let mut found = All::new();
    let basket = Decoder::lenient().xml(document.as_ref(), &mut found).unwrap();
    (basket, found.into_found())
}

fn document(products: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BusinessDocument><Catalog>{products}</Catalog></BusinessDocument>"
    )
}

/// A product with these elements beside what it needs.
fn product(more: &str, in_basket: &str) -> String {
    format!(
        "<Product ProductType='Product'><Description>Bolt</Description>{more}<ShoppingBasketItem RefVendorDescription='0' \
         RefManufacturerDescription='1'><Quantity UoM='PCE'>2</Quantity>{in_basket}</ShoppingBasketItem></Product>"
    )
}

/// Base64 as the protocol wants it: padded, on one line.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.as_bytes().chunks(3).flat_map(|chunk| {
        let bits = chunk
            .iter()
            .enumerate()
            .fold(0_usize, |bits, (at, byte)| bits | (*byte as usize) << (16 - 8 * at));
        (0..=chunk.len()).map(move |at| char::from(DIGITS[bits >> (18 - 6 * at) & 63]))
    });
    let text: String = digits.collect();
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    text + &padding
}

#[test]
fn each_element_has_its_field() {
    let (basket, found) = read(document(
        "<Product ProductType='Service'>
           <ProductID Code='Buyer'>700123</ProductID><CatalogKey>KEY-1</CatalogKey><ParentCategoryID>44</ParentCategoryID>
           <Attachment><URL>https://shop.example/a.pdf</URL><Description>Drawing</Description><Purpose>C</Purpose></Attachment>
           <ShoppingBasketItem RefVendorDescription='0' RefManufacturerDescription='1'>
             <Quantity UoM='PCE'>200.000</Quantity>
             <NetPrice><Price Currency='EUR'>12.500</Price><PriceUnit>100</PriceUnit></NetPrice>
             <LeadTime>14</LeadTime><Quote><QuoteID>Q1</QuoteID><QuoteItemID>10</QuoteItemID></Quote>
             <ItemText><![CDATA[5 < 6 & more]]></ItemText>
           </ShoppingBasketItem>
           <ManufacturerDescription ID='1'><PartnerProductID>M-1</PartnerProductID><PartnerID>M</PartnerID></ManufacturerDescription>
           <VendorDescription ID='0'><PartnerProductID>V-1</PartnerProductID><PartnerID>100001</PartnerID>
             <BuyerContract><ContractID>46</ContractID><ContractItemID>1</ContractItemID></BuyerContract></VendorDescription>
           <CUST_FIELD1>cf</CUST_FIELD1><GTIN>4006381333931</GTIN>
         </Product>",
    ));
    assert!(found.is_empty(), "{found:?}");
    let item = &basket.items[0];
    let fields: Vec<_> = punchout_oci::Field::all()
        .filter_map(|field| item.text(field).map(|text| format!("{field}={text}")))
        .collect();
    assert_eq!(
        fields,
        [
            "MATNR=700123",
            "MATGROUP=44",
            "QUANTITY=200.000",
            "UNIT=PCE",
            "PRICE=12.500",
            "CURRENCY=EUR",
            "PRICEUNIT=100",
            "LEADTIME=14",
            "LONGTEXT=5 < 6 & more",
            "VENDOR=100001",
            "VENDORMAT=V-1",
            "MANUFACTCODE=M",
            "MANUFACTMAT=M-1",
            "CONTRACT=46",
            "CONTRACT_ITEM=1",
            "SERVICE=X",
            "EXT_QUOTE_ID=Q1",
            "EXT_QUOTE_ITEM=10",
            "EXT_PRODUCT_ID=KEY-1",
            "ATTACHMENT=https://shop.example/a.pdf",
            "ATTACHMENT_TITLE=Drawing",
            "ATTACHMENT_PURPOSE=C",
            "CUST_FIELD1=cf",
        ]
    );
    assert_eq!((item.extra[0].name.as_str(), item.extra[0].value.as_str()), ("GTIN", "4006381333931"));
}

#[test]
fn the_partners_that_the_item_refers_to_count() {
    let partners = "<VendorDescription ID='7'><PartnerProductID>other</PartnerProductID></VendorDescription>
        <VendorDescription ID='0'><PartnerProductID>own</PartnerProductID></VendorDescription>";
    let (basket, _) = read(document(&format!(
        "<Product><Description>Bolt</Description><ShoppingBasketItem RefVendorDescription='0'/>{partners}</Product>"
    )));
    assert_eq!(basket.items[0].vendor_mat.as_deref(), Some("own"));
    assert_eq!(basket.items[0].extra[0].value, "other", "kept all the same");
}

#[test]
fn markup_in_a_text_is_kept_as_text() {
    for (text, want) in [
        ("a &lt;b&gt; &amp; &#246; &#x2603;", "a <b> & ö ☃"),
        ("<![CDATA[a]]> and <![CDATA[<b>]]>", "a and <b>"),
        ("a<!-- no -->b", "ab"),
        (" kept  blanks ", " kept  blanks "),
    ] {
        let (basket, _) = read(document(&product("", &format!("<ItemText>{text}</ItemText>"))));
        assert_eq!(basket.items[0].long_text.as_deref(), Some(want));
    }
    let (basket, found) = read(document(&product("", "<ItemText>one<br/>two <b>three</b></ItemText>")));
    let text = basket.items[0].long_text.as_deref().unwrap_or_default();
    assert!(["one", "two", "three"].iter().all(|word| text.contains(word)), "{text:?}");
    assert!(!found.is_empty(), "{found:?}");
}

#[test]
fn documents_that_are_broken_are_read_as_far_as_they_go() {
    let whole = document(&product("", ""));
    assert_eq!(short(&read(&whole).1), Vec::<String>::new());
    for (odd, items) in [
        (whole.replace("</Product>", ""), 1),
        (whole.replace("</Catalog></BusinessDocument>", ""), 1),
        (whole.replace("<Quantity", "<Quantity a=b"), 1),
        (whole.replace("Bolt", "&nosuch;"), 1),
        (whole.replace("Bolt", "<"), 0),
        (format!("{whole}junk"), 1),
        (format!("{whole}<BusinessDocument/>"), 1),
        ("<a>".to_owned(), 0),
        ("<p>no document".to_owned(), 0),
    ] {
        let (basket, found) = read(&odd);
        assert!(codes(&found).contains(&"XML-BAD"), "{odd}: {found:?}");
        assert_eq!(basket.items.len(), items, "{odd}");
    }
}

#[test]
fn what_is_no_xml_is_refused() {
    for text in ["", "no xml", "NEW_ITEM-UNIT[1]=PCE", "####"] {
        let error = Decoder::lenient().xml(text.as_bytes(), &mut All::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Garbage, "{text}");
    }
}

#[test]
fn base64_may_be_broken_into_lines() {
    let whole = document(&product("", ""));
    let plain = base64(&whole);
    let folded: Vec<_> = plain.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    for text in
        [plain.clone(), folded.join("\r\n"), plain.trim_end_matches('=').to_owned(), format!(" {plain}\n")]
    {
        assert_eq!(read(&text).0.items, read(&whole).0.items);
    }
}

/// Under which name the type stands, and whether buyers overlook it.
#[test]
fn a_form_carries_the_document() {
    let document = url::form_urlencoded::byte_serialize(base64(&document(&product("", ""))).as_bytes())
        .collect::<String>();
    for (name, kind, want) in [
        ("~xmlDocument", "~xml_type=ESAPO", vec![]),
        ("~xmlDocument", "~xmlType=ESAPO-3.5", vec![]),
        ("~xmlDocument", "xmltype=ESBAS", vec![]),
        ("~XMLDOCUMENT", "~xml_type=ESAPO", vec![]),
        ("xml_document", "~xml_type=ESAPO", vec![]),
        ("~xmlDocument", "~XML_TYPE=ESAPO", vec!["warning XML-TYPE"]),
        ("~xmlDocument", "~xml_type=CXML", vec!["warning XML-TYPE"]),
        ("~xmlDocument", "~OkCode=ADDI", vec!["warning XML-TYPE"]),
    ] {
        let body = format!("{name}={document}&{kind}");
        let mut found = All::new();
        let basket = Decoder::lenient().form(body.as_bytes(), &mut found).unwrap();
        assert_eq!(descriptions(&basket), [(1, "Bolt")], "{name} {kind}");
        let want: Vec<_> = want.iter().map(|line| format!("{line} at {name}")).collect();
        assert_eq!(short(found.found()), want, "{name} {kind}");
        assert!(basket.sent.iter().all(|field| body[field.span].starts_with(name)));
    }
}

#[test]
fn a_document_in_a_form_that_cannot_be_read() {
    for value in ["####", "PEJ1c2luZXNzRG9jdW1lbnQ%2B", ""] {
        let body = format!("~xmlDocument={value}&~xml_type=ESAPO");
        let mut found = All::new();
        let basket = Decoder::lenient().form(body.as_bytes(), &mut found).unwrap();
        assert!(basket.items.is_empty());
        assert_eq!(
            short(found.found()),
            ["error XML-BAD at ~xmlDocument", "note EMPTY at the return"],
            "{value}"
        );
    }
    // an unencoded plus arrives as a blank
    let body = format!("~xmlDocument={}&~xml_type=ESAPO", base64(&document(&product("<A>~~~???</A>", ""))));
    assert!(body.contains('+') || body.contains('/'));
    let basket = Decoder::lenient().form(body.as_bytes(), &mut All::new()).unwrap();
    assert_eq!(descriptions(&basket), [(1, "Bolt")]);
}

#[test]
fn items_of_the_form_come_first() {
    let body = format!("{}&~xmlDocument=####", super::BOLT);
    let mut found = All::new();
    let basket = Decoder::lenient().form(body.as_bytes(), &mut found).unwrap();
    assert_eq!((basket.items.len(), basket.control("~xmlDocument")), (1, Some("####")));
    assert_eq!(short(found.found()), ["error XML-BESIDE at ~xmlDocument"]);
}

#[test]
fn documents_in_other_charsets() {
    let utf8 = document(&product("", "<ItemText>größer</ItemText>"));
    let latin = |declared: &str| -> Vec<u8> {
        utf8.replace("utf-8", declared).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    };
    let (basket, found) = read(latin("iso-8859-1"));
    assert_eq!(basket.items[0].long_text.as_deref(), Some("größer"));
    assert!(found.is_empty(), "it is what it says: {found:?}");
    let (basket, found) = read(latin("utf-8"));
    assert_eq!(basket.items[0].long_text.as_deref(), Some("größer"));
    assert_eq!(codes(&found), ["CHARSET"]);
    let bom = [&b"\xEF\xBB\xBF"[..], utf8.as_bytes()].concat();
    assert_eq!(read(bom).0.items, read(&utf8).0.items);
}

#[test]
fn findings_point_at_the_element() {
    let document = document(&product("", "<LeadTime>1.5</LeadTime>"));
    let (basket, found) = read(&document);
    assert_eq!(short(&found), ["warning LEAD-NONINT at item 1 / LEADTIME"]);
    let span = found[0].span.clone().unwrap();
    assert!(document[span.clone()].ends_with("</LeadTime>"), "{}", &document[span]);
    assert!(basket.sent.iter().all(|field| document.get(field.span).is_some()));
}

#[test]
fn limits_end_the_reading_of_a_document() {
    let whole = document(&product("", ""));
    let deep = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
    let kind = |limits: Limits, text: &str| {
        let decoder = Decoder::lenient().with_limits(limits);
        decoder.xml(text.as_bytes(), &mut All::new()).map(|_| ()).map_err(|error| error.kind())
    };
    let limits = Limits::default();
    assert_eq!(kind(limits, &deep(256)), Ok(()));
    assert_eq!(kind(limits, &deep(257)), Err(ErrorKind::Limit));
    assert_eq!(kind(limits, &deep(100_000)), Err(ErrorKind::Limit));
    for (enough, short) in [
        (limits.with_bytes(whole.len()), limits.with_bytes(whole.len() - 1)),
        (limits.with_fields(3), limits.with_fields(2)),
        (limits.with_items(1), limits.with_items(0)),
        (limits.with_value_bytes(4), limits.with_value_bytes(3)),
    ] {
        assert_eq!(kind(enough, &whole), Ok(()));
        assert_eq!(kind(short, &whole), Err(ErrorKind::Limit), "{short:?}");
    }
}

#[test]
fn entities_are_not_expanded() {
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>{}",
        document(&product("", "<ItemText>&b;</ItemText>")).split_once("?>").unwrap().1
    );
    let (basket, found) = read(bomb);
    assert!(codes(&found).contains(&"XML-BAD"));
    assert_eq!(basket.items[0].long_text.as_deref(), Some("&b;"), "as it was written");
}
