//! The model has a field for every attribute that the DTD has.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use punchout_core::Ignore;

use crate::Document;
use crate::dtd::{payloads, shape};

/// What is modelled, and what it stands in.
const MODELLED: [(&str, &str); 13] = [
    ("Request", "CopyRequest"),
    ("Request", "GetPendingRequest"),
    ("Request", "OrderRequest"),
    ("Request", "ConfirmationRequest"),
    ("Request", "ShipNoticeRequest"),
    ("Request", "InvoiceDetailRequest"),
    ("Request", "ProfileRequest"),
    ("Request", "PunchOutSetupRequest"),
    ("Request", "StatusUpdateRequest"),
    ("Message", "PunchOutOrderMessage"),
    ("Response", "PunchOutSetupResponse"),
    ("Response", "ProfileResponse"),
    ("Response", "GetPendingResponse"),
];

/// The start tags of a path, the last element with all its attributes, and the
/// end tags.
fn document(file: &str, path: &[&str]) -> String {
    let mut xml = String::new();
    for (depth, name) in path.iter().enumerate() {
        xml.extend(["<", name]);
        if depth + 1 == path.len() {
            for (attribute, value) in shape(file, name).expect("it is declared").attributes {
                // the one without: it says nothing since 1.2.007, and is kept as it came
                if (*name, attribute) != ("cXML", "version") {
                    write!(xml, " {attribute}='{value}'").unwrap();
                }
            }
        }
        xml.push('>');
        // in its place, since a second header is no header
        if depth == 0 && path.get(1) != Some(&"Header") {
            xml.push_str("<Header/>");
        }
    }
    for name in path.iter().rev() {
        xml.extend(["</", name, ">"]);
    }
    xml
}

#[test]
fn every_attribute_has_a_field() {
    let (mut seen, mut without) = (BTreeSet::new(), BTreeSet::new());
    for (envelope, payload) in MODELLED {
        let file = payloads()[payload];
        // each pair of an element and its parent once, the nearest to the root first
        let mut paths = vec![vec!["cXML", "Header"], vec!["cXML", envelope]];
        let mut next = 0;
        while let Some(path) = paths.get(next).cloned() {
            next += 1;
            let read = Document::read(document(file, &path).as_bytes(), &mut Ignore).unwrap();
            if format!("{read:?}").contains("Attribute {") {
                without.insert(path.join("/"));
            }
            let parent = path[path.len() - 1];
            let children = shape(file, parent).unwrap().children;
            let is_wanted = |child: &&str| parent != envelope || *child == payload || *child == "Status";
            for child in children.into_iter().filter(is_wanted) {
                if seen.insert((payload, parent, child)) {
                    paths.push([&path[..], &[child]].concat());
                }
            }
        }
    }
    assert!(seen.len() > 3_000, "{}", seen.len());
    assert_eq!(without, BTreeSet::new());
}
