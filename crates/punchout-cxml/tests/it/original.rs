use std::ops::Range;

use proptest::prelude::*;
use punchout_core::{Ignore, Limits};
use punchout_cxml::{Body, Doctype, Document, ErrorKind, ItemOut, Original, Payload, RawElement, Reader};

use crate::corpus::cases;
use crate::draw::Draw;
use crate::support::{ORDER, data, difference};

/// An order as nobody's writer would write it.
const ODD: &str = "<?xml version='1.0'?>\r
<!-- made by hand --><!DOCTYPE cXML SYSTEM 'http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd'[ ]>\r
<cXML  timestamp='2026-03-01T14:05:00+01:00'\r
       payloadID='a&#64;b'>\r
\t<!-- no header's place -->\r
\t<Request ><OrderRequest>\r
\t\t<ItemOut lineNumber = '2' quantity='1'>\r
\t\t\t<!-- two -->\r
\t\t\t<ItemID><SupplierPartID><![CDATA[<2>]]></SupplierPartID></ItemID>\r
\t\t\t<Comments>it&apos;s<!-- so --> big</Comments>\r
\t\t</ItemOut>\r
\r
\t\t<!-- the header comes late -->\r
\t\t<OrderRequestHeader type=\"new\" orderID='4' orderDate='2026-03-01'>\r
\t\t\t<BillTo><Address><Name xml:lang='en'>Buyer</Name></Address></BillTo>\r
\t\t\t<Total><Money currency='EUR'>1,000.50</Money></Total>\r
\t\t\t<Extrinsic name='a'/>\r
\t\t\t<Extrinsic name='b'><deep>\r
 <er>1</er></deep></Extrinsic>\r
\t\t</OrderRequestHeader>\r
\t\t<ItemOut quantity='1' lineNumber='3'><ItemID><SupplierPartID>3</SupplierPartID></ItemID></ItemOut>\r
\t</OrderRequest></Request>\r
\t<Header><From/><To></To><Sender>\r
\t</Sender></Header>\r
</cXML>\r
<!-- the end -->";

fn order(document: &mut Document) -> &mut punchout_cxml::OrderRequest {
    let Body::Request(_, request) = &mut document.body else { panic!("no request") };
    let Payload::OrderRequest(order) = &mut request.payload else { panic!("no order") };
    order
}

/// What becomes of a document when its order is changed.
#[track_caller]
fn changed(bytes: &[u8], change: impl FnOnce(&mut punchout_cxml::OrderRequest)) -> Vec<u8> {
    let (original, mut document) = Original::read(bytes, &mut Ignore).unwrap();
    change(order(&mut document));
    let written = original.write(&document).unwrap();
    let back = Document::read(&written, &mut Ignore).unwrap();
    assert_eq!(difference(&back, &document), None);
    written
}

#[track_caller]
fn becomes(change: impl FnOnce(&mut punchout_cxml::OrderRequest), old: &str, new: &str) {
    assert_eq!(ODD.matches(old).count(), 1, "{old}");
    let written = String::from_utf8(changed(ODD.as_bytes(), change)).unwrap();
    assert_eq!(written, ODD.replace(old, new));
}

#[test]
fn a_change_changes_nothing_else() {
    becomes(|order| order.item_out[1].quantity = 5.into(), "<ItemOut quantity='1'", "<ItemOut quantity='5'");
    becomes(
        |order| order.item_out[0].item_id.supplier_part_id = "<9>".into(),
        "<![CDATA[<2>]]>",
        "<![CDATA[<9>]]>",
    );
    becomes(
        |order| order.item_out[1].item_id.supplier_part_id = "a<b\u{20ac}".into(),
        ">3</Sup",
        ">a&lt;b\u{20ac}</Sup",
    );
    becomes(
        |order| order.item_out[0].comments[0].text = "small".into(),
        "it&apos;s<!-- so --> big",
        "small<!-- so -->",
    );
    becomes(
        |order| order.order_request_header.order_id = "it's \"4\"".into(),
        "orderID='4'",
        "orderID='it&apos;s &quot;4&quot;'",
    );
    becomes(|order| order.item_out[0].line_number = None, " lineNumber = '2'", "");
    becomes(|order| order.item_out[1].is_ad_hoc = true, "lineNumber='3'", "lineNumber='3' isAdHoc=\"yes\"");
    becomes(
        |order| order.order_request_header.extrinsic[0].value = "x".into(),
        "<Extrinsic name='a'/>",
        "<Extrinsic name='a'>x</Extrinsic>",
    );
    becomes(
        |order| {
            let xml = punchout_cxml::AnyContent::xml("<deep> <er>2</er></deep>").unwrap();
            order.order_request_header.extrinsic[1].value = xml;
        },
        "<deep>\r\n <er>1</er></deep>",
        "<deep> <er>2</er></deep>",
    );
}

#[test]
fn what_goes_takes_its_line_with_it() {
    becomes(
        |order| drop(order.item_out.remove(1)),
        "\r\n\t\t<ItemOut quantity='1' lineNumber='3'><ItemID><SupplierPartID>3</SupplierPartID></ItemID></ItemOut>",
        "",
    );
    becomes(
        |order| drop(order.order_request_header.extrinsic.remove(0)),
        "\r\n\t\t\t<Extrinsic name='a'/>",
        "",
    );
    becomes(
        |order| order.item_out[0].comments.clear(),
        "\r\n\t\t\t<Comments>it&apos;s<!-- so --> big</Comments>",
        "",
    );
}

#[test]
fn what_is_new_is_laid_out_like_its_siblings() {
    becomes(
        |order| order.item_out.push(ItemOut::new(7, "7").with_line_number(4)),
        "</ItemOut>\r\n\t</OrderRequest>",
        "</ItemOut>\r\n\t\t<ItemOut quantity=\"7\" lineNumber=\"4\">\r\n\t\t\t<ItemID>\r\n\t\t\t\t<SupplierPartID>7</SupplierPartID>\r\n\t\t\t</ItemID>\r\n\t\t</ItemOut>\r\n\t</OrderRequest>",
    );
    // On one line where its siblings are.
    becomes(
        |order| order.item_out[1].comments.push("new".into()),
        "<SupplierPartID>3</SupplierPartID></ItemID>",
        "<SupplierPartID>3</SupplierPartID></ItemID><Comments>new</Comments>",
    );
    becomes(
        |order| order.item_out[0].other.push(RawElement::parse("<x>\n  <y/></x>").unwrap()),
        "big</Comments>",
        "big</Comments>\r\n\t\t\t<x>\n  <y/></x>",
    );
}

#[test]
fn the_dtd_can_be_another() {
    let (original, mut document) = Original::read(ODD, &mut Ignore).unwrap();
    document.doctype = Doctype::cxml("1.2.071");
    let written = String::from_utf8(original.write(&document).unwrap()).unwrap();
    let before = "SYSTEM 'http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd'[ ]>";
    let after = "SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd\"[ ]>";
    assert_eq!(written, ODD.replace(before, after));
}

type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[test]
fn other_encodings_stay() {
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let wide = |text: &str| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
    };
    let with_mark = |text: &str| ["\u{feff}", text].concat().into_bytes();
    let cases: [(&str, Encode<'_>, &str); 3] = [
        (" encoding='iso-8859-1'", &latin, "\u{e4}&#322;"),
        (" encoding='utf-16'", &wide, "\u{e4}\u{142}"),
        ("", &with_mark, "\u{e4}\u{142}"),
    ];
    for (declared, encode, name) in cases {
        let text = ODD.replace("'1.0'", &format!("'1.0'{declared}")).replace("made by hand", "h\u{e4}ndisch");
        let (original, document) = Original::read(encode(&text), &mut Ignore).unwrap();
        assert_eq!(original.write(&document).unwrap(), encode(&text));
        let written = changed(&encode(&text), |order| {
            order.item_out[0].item_id.supplier_part_id = "\u{e4}\u{142}".into();
            order.order_request_header.order_id = "\u{e4}\u{142}".into();
        });
        let part = if name.contains('#') { name.to_owned() } else { format!("<![CDATA[{name}]]>") };
        let expected =
            text.replace("<![CDATA[<2>]]>", &part).replace("orderID='4'", &format!("orderID='{name}'"));
        assert_eq!(written, encode(&expected), "{declared}");
    }
}

#[test]
fn strict_readers_find_no_other_characters() {
    for (declared, name) in
        [("us-ascii", "&#228;&#8364;"), ("latin1", "\u{e4}&#8364;"), ("cp1252", "\u{e4}\u{20ac}")]
    {
        let text = ODD.replace("'1.0'", &format!("'1.0' encoding='{declared}'"));
        let written = changed(text.as_bytes(), |order| {
            order.item_out[1].item_id.supplier_part_id = "\u{e4}\u{20ac}".into();
        });
        let expected = text.replace(">3</Sup", &format!(">{name}</Sup"));
        assert!(written == encoding_rs::WINDOWS_1252.encode(&expected).0.as_ref(), "{declared}");
    }
}

#[test]
fn markup_that_is_kept_is_written_as_it_is() {
    let bytes = "<!-- a --><cXML payloadID='1' timestamp='2026-03-01'><!-- b --><Response><Status code='200' text=''/>\
        <New><Part>1</Part></New></Response><x/></cXML>";
    let (original, mut document) = Original::read(bytes, &mut Ignore).unwrap();
    let Body::Response(response) = &mut document.body else { panic!("no response") };
    let new = "<New>\n <Part>2</Part></New>";
    response.payload = Some(RawElement::parse(new).unwrap().into());
    let written = String::from_utf8(original.write(&document).unwrap()).unwrap();
    assert_eq!(written, bytes.replace("<New><Part>1</Part></New>", new));

    // An element that looks the same to the writer and is not.
    let other = "<ds:Signature>\n    <New>1</New>\n  </ds:Signature>";
    document.other.push(RawElement::parse(other).unwrap());
    let written = String::from_utf8(original.write(&document).unwrap()).unwrap();
    assert!(
        written.starts_with("<!-- a --><cXML payloadID='1' timestamp='2026-03-01'><!-- b -->"),
        "{written}"
    );
    assert!(written.contains(other), "{written}");
}

#[test]
fn limits_hold_for_the_result() {
    let reader = Reader::new().with_limits(Limits::default().with_bytes(ODD.len() + 10));
    let (original, mut document) = reader.read_original(ODD, &mut Ignore).unwrap();
    order(&mut document).order_request_header.order_id = "4".repeat(100).into();
    assert!(original.write(&document).is_err());
    order(&mut document).order_request_header.order_id = "\u{1}".into();
    assert_eq!(original.write(&document).unwrap_err().kind(), ErrorKind::Unwritable);
}

#[test]
fn what_is_unchanged_is_written_byte_for_byte() {
    let Some(folder) = data("what_is_unchanged_is_written_byte_for_byte", "cxml/corpus") else { return };
    let mut same = 0;
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let Ok((original, document)) = Original::read(&*case.bytes, &mut Ignore) else { continue };
        assert!(original.write(&document).unwrap() == case.bytes, "{}", case.file);
        same += 1;
    }
    assert!(same >= 310, "{same} documents");
}

/// A change to a document that the writer wrote, and what may differ in the
/// original then.
enum Change {
    Value(Range<usize>),
    Gone(Range<usize>),
    Twice(Range<usize>),
}

fn changes(xml: &str) -> Vec<Change> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let Ok(tree) = roxmltree::Document::parse_with_options(xml, options) else { return Vec::new() };
    let mut changes = Vec::new();
    for node in tree.descendants().skip(1) {
        if node.is_text() && !node.text().unwrap().trim().is_empty() {
            changes.push(Change::Value(node.range()));
        }
        changes.extend(
            node.attributes()
                .filter(|attribute| !attribute.value().is_empty())
                .map(|attribute| Change::Value(attribute.range_value())),
        );
        if node.is_element() && node.parent_element().is_some() {
            // With its line, as far as it has one of its own.
            let range = node.range();
            let line = xml[..range.start].trim_end_matches(' ');
            let start = if line.ends_with('\n') { line.len() - 1 } else { range.start };
            changes.push(Change::Gone(start..range.end));
            changes.push(Change::Twice(start..range.end));
        }
    }
    changes
}

/// What is left of both texts when what they begin and end with alike is taken
/// away.
fn parted<'a>(one: &'a [u8], other: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let before = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[before..], &other[before..]);
    let behind = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    (&one[..one.len() - behind], &other[..other.len() - behind])
}

fn has_text_beside_elements(xml: &str) -> bool {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = roxmltree::Document::parse_with_options(xml, options).unwrap();
    tree.descendants()
        .filter(|node| node.children().any(|child| child.is_element()))
        .any(|node| node.children().any(|child| child.is_text() && !child.text().unwrap().trim().is_empty()))
}

fn payload(document: &Document) -> &str {
    match &document.body {
        Body::Request(_, request) => request.payload.name(),
        Body::Message(_, message) => message.payload.name(),
        Body::Response(response) => response.payload.as_ref().map_or("", |payload| payload.name()),
        _ => "",
    }
}

#[test]
fn one_change_touches_one_place() {
    let Some(folder) = data("one_change_touches_one_place", "cxml/corpus") else { return };
    let (mut done, mut documents) = (0, 0);
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let Ok((original, document)) = Original::read(&*case.bytes, &mut Ignore) else { continue };
        let base = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        let possible = changes(&base);
        documents += 1;
        let has_stray_text = !case.is_valid && has_text_beside_elements(&base);
        let step = (possible.len() / 10).max(1);
        for change in possible.iter().skip(documents % step).step_by(step) {
            let mut xml = base.clone();
            match change {
                Change::Value(range) => xml.replace_range(range.clone(), "changed"),
                Change::Gone(range) => xml.replace_range(range.clone(), ""),
                Change::Twice(range) => xml.insert_str(range.end, &base[range.clone()]),
            }
            let Ok(new) = Document::read(xml.as_bytes(), &mut Ignore) else { continue };
            // What was understood before may be raw now, in the writer's layout.
            if payload(&new) != payload(&document) {
                continue;
            }
            // Some things, such as a second header, come to stand elsewhere.
            let stands = Document::read(&new.write_unchecked().unwrap(), &mut Ignore).unwrap() == new;
            if new == document || !stands || new.write_unchecked().unwrap() != xml.as_bytes() {
                continue;
            }
            let written = original.write(&new).unwrap();
            let back = Document::read(&written, &mut Ignore).unwrap();
            assert_eq!(difference(&back, &new), None, "{}", case.file);
            let (before, after) = parted(&case.bytes, &written);
            let say = || {
                format!(
                    "{}\n<-> {}\n<-> {}\n",
                    case.file,
                    String::from_utf8_lossy(before),
                    String::from_utf8_lossy(after)
                )
            };
            match change {
                // Text that must not be there may come to stand elsewhere.
                _ if has_stray_text => {}
                Change::Value(_) => assert!(!before.contains(&b'<') && !after.contains(&b'<'), "{}", say()),
                Change::Gone(_) => assert!(!after.contains(&b'<'), "{}", say()),
                Change::Twice(_) => assert!(!before.contains(&b'<'), "{}", say()),
            }
            done += 1;
        }
    }
    assert!(done >= 2_000 && documents >= 310, "{done} changes of {documents} documents");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_is_written_into_anything(
        one in prop::collection::vec(any::<u8>(), 0..1_500),
        cut in 0_usize..1_500,
        more in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let old = Draw::any(&one).document();
        // The beginning is the same.
        let more = [&one[..cut.min(one.len())], &more].concat();
        let new = Draw::any(&more).document();
        let xml = String::from_utf8(old.write_unchecked().unwrap()).unwrap();
        for xml in [xml.replace("\n  ", "\r\n<!-- c -->\r\n\t"), ORDER.into(), ODD.into()] {
            let Ok((original, read)) = Original::read(&*xml, &mut Ignore) else { continue };
            prop_assert!(original.write(&read).unwrap() == xml.as_bytes());
            let written = original.write(&new).unwrap();
            let back = Document::read(&written, &mut Ignore).unwrap();
            prop_assert_eq!(difference(&back, &new), None, "{}\n{}", xml, String::from_utf8_lossy(&written));
        }
    }
}
