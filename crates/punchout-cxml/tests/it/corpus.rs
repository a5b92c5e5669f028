use std::borrow::Cow;
use std::path::Path;

use punchout_core::All;
use punchout_cxml::{Document, ErrorKind, RawDocument};

use crate::support::{data, difference};

/// A row of the corpus's index.
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) kind: String,
    pub(crate) well_formed: bool,
    pub(crate) dtd: String,
    pub(crate) is_valid: bool,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn cases(folder: &Path) -> Vec<Case> {
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let mut lines = index.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| names.iter().position(|&column| column == name).unwrap();
    let (file, kind, well_formed) = (column("file"), column("kind"), column("wellformed"));
    let (dtd, verdict) = (column("dtd_newest"), column("verdict_newest"));
    let cases: Vec<Case> = lines
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|cells| Case {
            file: cells[file].into(),
            kind: cells[kind].into(),
            well_formed: cells[well_formed] == "yes",
            dtd: cells[dtd].into(),
            is_valid: cells[verdict] == "valid",
            bytes: std::fs::read(folder.join(cells[file])).unwrap(),
        })
        .collect();
    assert!(!cases.is_empty(), "the corpus is empty");
    cases
}

#[test]
fn reads_every_order_that_is_well_formed() {
    let Some(folder) = data("reads_every_order_that_is_well_formed", "cxml/corpus") else { return };
    let mut orders = 0;
    for case in cases(&folder).iter().filter(|case| case.kind == "OrderRequest") {
        let read = Document::read(&case.bytes, &mut All::new());
        match (&read, case.well_formed) {
            (Ok(document), true) => {
                assert!(document.order_request().is_some(), "{}: no order", case.file);
                orders += 1;
            }
            (Err(error), false) => assert_eq!(error.kind(), ErrorKind::Malformed, "{}: {error}", case.file),
            _ => panic!("{}: {:?}", case.file, read.err()),
        }
    }
    assert!(orders >= 30, "{orders} orders");
}

#[test]
fn refuses_what_is_not_well_formed() {
    let Some(folder) = data("refuses_what_is_not_well_formed", "cxml/corpus") else { return };
    let mut refused = 0;
    for case in cases(&folder) {
        match Document::read(&case.bytes, &mut All::new()) {
            Ok(_) => assert!(case.well_formed, "{} was read", case.file),
            Err(error) if case.well_formed => {
                assert_eq!(error.kind(), ErrorKind::NotCxml, "{}: {error}", case.file);
            }
            Err(_) => refused += 1,
        }
    }
    assert!(refused >= 20, "{refused} refused");
}

#[test]
fn writing_what_was_read_is_stable() {
    let Some(folder) = data("writing_what_was_read_is_stable", "cxml/corpus") else { return };
    for case in cases(&folder) {
        let Ok(document) = Document::read(&case.bytes, &mut All::new()) else { continue };
        let written = document.write_unchecked().unwrap();
        let again = Document::read(&written, &mut All::new()).unwrap();
        assert_eq!(difference(&again, &document), None, "{}", case.file);
        assert_eq!(again.write_unchecked().unwrap(), written, "{}", case.file);
    }
}

#[test]
fn nothing_is_lost_through_the_model() {
    let Some(folder) = data("nothing_is_lost_through_the_model", "cxml/corpus") else { return };
    let mut kept = 0;
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let Ok(document) = Document::read(&case.bytes, &mut All::new()) else { continue };
        let (before, _) = encoding_rs::UTF_8.decode_without_bom_handling(&case.bytes);
        let after = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
        let (before, after) = (outline(&before, case.is_valid), outline(&after, case.is_valid));
        let parted = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        assert!(before == after, "{}: {parted:?}", case.file);
        kept += 1;
    }
    assert!(kept >= 310, "{kept} documents");
}

#[test]
fn nothing_is_lost_through_elements() {
    let Some(folder) = data("nothing_is_lost_through_elements", "cxml/corpus") else { return };
    let (mut kept, mut roots) = (0, 0);
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let document = RawDocument::read(&case.bytes, &mut All::new()).unwrap();
        let (before, _) = encoding_rs::UTF_8.decode_without_bom_handling(&case.bytes);
        let after = document.write().unwrap();
        assert!(outline(&before, true) == outline(str::from_utf8(&after).unwrap(), true), "{}", case.file);
        assert_eq!(RawDocument::read(&after, &mut All::new()).unwrap(), document, "{}", case.file);
        kept += 1;
        roots += usize::from(document.root.name() != "cXML");
    }
    assert!(kept == 319 && roots >= 1, "{kept} documents, {roots} other roots");
}

/// The document with its references to entities as text, if it has any: what
/// parses it here would look for what they stand for.
pub(crate) fn without_entities(xml: &str) -> Cow<'_, str> {
    if !matches!(parse(xml), Err(roxmltree::Error::UnknownEntityReference(..))) {
        return xml.into();
    }
    let own =
        |rest: &str| ["#", "amp;", "lt;", "gt;", "quot;", "apos;"].iter().any(|name| rest.starts_with(name));
    let mut pieces = xml.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text += if own(piece) { "&" } else { "&amp;" };
        text += piece;
    }
    text.into()
}

fn parse(xml: &str) -> Result<roxmltree::Document<'_>, roxmltree::Error> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(xml, options)
}

/// Everything a document says: elements, attributes and text. What is not valid
/// may be put into another order.
fn outline(xml: &str, in_order: bool) -> String {
    let xml = without_entities(xml);
    let document = parse(&xml).unwrap();
    outline_of(document.root_element(), in_order)
}

/// Elements of the corpus that hold white space alone, and must hold elements or
/// nothing: it is layout.
const HOLD_ELEMENTS: &[&str] = &[
    "ConfirmationHeader",
    "Discount",
    "DocumentReference",
    "Header",
    "InvoiceIDInfo",
    "ItemOut",
    "OrderRequest",
    "PCard",
    "Payment",
    "PunchOutOrderMessage",
];
/// Elements that hold text among elements. In others, white space around text
/// that should not be there is layout.
const MIXED: &[&str] = &["BuyerCookie", "Comments", "Description", "Extrinsic", "SupplierPartAuxiliaryID"];

fn outline_of(element: roxmltree::Node<'_, '_>, in_order: bool) -> String {
    let mut attributes: Vec<_> = element
        .attributes()
        .map(|attribute| format!(" {:?}{}={:?}", attribute.namespace(), attribute.name(), attribute.value()))
        .collect();
    attributes.sort();
    let name = element.tag_name();
    let mut out = format!("<{:?}{}{}>\n", name.namespace(), name.name(), attributes.concat());
    let is_leaf = !element.children().any(|node| node.is_element()) && !HOLD_ELEMENTS.contains(&name.name());
    let is_exact = is_leaf || MIXED.contains(&name.name());
    let mut parts = Vec::new();
    let mut text = String::new();
    for node in element.children() {
        if node.is_element() {
            if is_exact || in_order {
                parts.push(("", piece(&mut text, is_exact)));
            }
            parts.push((node.tag_name().name(), outline_of(node, in_order)));
        } else if node.is_text() {
            text.push_str(node.text().unwrap());
        }
    }
    parts.push(("", piece(&mut text, is_exact)));
    if !in_order {
        parts.sort_by_key(|(name, _)| *name);
    }
    for (_, part) in parts {
        out.push_str(&part);
    }
    out + "</>\n"
}

fn piece(text: &mut String, is_exact: bool) -> String {
    let text = std::mem::take(text);
    if is_exact {
        return format!("{text:?}\n");
    }
    let words: Vec<_> = text.split_whitespace().collect();
    if words.is_empty() { String::new() } else { format!("{words:?}\n") }
}
