use std::path::Path;

use punchout_core::All;
use punchout_cxml::{Document, ErrorKind, code};

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
                let uses_entities = case.bytes.windows(8).any(|word| word == b"<!ENTITY");
                assert!(error.kind() == ErrorKind::NotCxml || uses_entities, "{}: {error}", case.file);
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
        let written = document.write().unwrap();
        let again = Document::read(&written, &mut All::new()).unwrap();
        assert_eq!(difference(&again, &document), None, "{}", case.file);
        assert_eq!(again.write().unwrap(), written, "{}", case.file);
    }
}

#[test]
fn a_valid_order_loses_nothing() {
    let Some(folder) = data("a_valid_order_loses_nothing", "cxml/corpus") else { return };
    let mut orders = 0;
    for case in cases(&folder).iter().filter(|case| case.is_valid && case.kind == "OrderRequest") {
        let mut found = All::new();
        Document::read(&case.bytes, &mut found).unwrap();
        let lost: Vec<_> = found.found().iter().filter(|finding| finding.code == code::DROPPED).collect();
        assert!(lost.is_empty(), "{}: {lost:?}", case.file);
        orders += 1;
    }
    assert!(orders >= 5, "{orders} orders");
}
