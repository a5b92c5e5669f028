//! What is written holds to the DTD: xmllint says so.

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use punchout_core::All;
use punchout_cxml::Document;

use crate::corpus::cases;
use crate::draw::Draw;
use crate::support::{data, skip};

/// Has files validated against a DTD of the newest version.
fn validate(dtd: &Path, files: &[PathBuf]) {
    let output =
        Command::new("xmllint").args(["--noout", "--nonet", "--dtdvalid"]).arg(dtd).args(files).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The folder of the DTDs, when xmllint is there as well.
fn dtds(test: &str) -> Option<PathBuf> {
    if Command::new("xmllint").arg("--version").output().is_err() {
        skip(test, "the program xmllint");
        return None;
    }
    data(test, "cxml/dtd/1.2.071")
}

#[test]
fn generated_documents_are_valid() {
    let Some(dtds) = dtds("generated_documents_are_valid") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let bytes = proptest::collection::vec(proptest::num::u8::ANY, 0..3_000);
    let documents = (0..200).map(|_| Draw::valid(&bytes.new_tree(&mut runner).unwrap().current()).document());
    let files: Vec<PathBuf> = std::iter::once(Draw::full().order_document())
        .chain(documents)
        .enumerate()
        .map(|(number, document)| {
            let file = folder.path().join(format!("{number}.xml"));
            std::fs::write(&file, document.write_unchecked().unwrap()).unwrap();
            file
        })
        .collect();
    validate(&dtds.join("cXML.dtd"), &files);
}

#[test]
fn what_was_valid_stays_valid() {
    let Some(dtds) = dtds("what_was_valid_stays_valid") else { return };
    let Some(corpus) = data("what_was_valid_stays_valid", "cxml/corpus") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut checked = 0;
    for case in cases(&corpus).iter().filter(|case| case.is_valid) {
        let Ok(document) = Document::read(&case.bytes, &mut All::new()) else { continue };
        let dtd = dtds.join(Path::new(&case.dtd).file_name().unwrap());
        let file = folder.path().join(&case.file);
        std::fs::write(&file, document.write_unchecked().unwrap()).unwrap();
        validate(&dtd, &[file]);
        checked += 1;
    }
    assert!(checked >= 100, "{checked} checked");
}
