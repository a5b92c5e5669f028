//! Orders against the DTDs of cXML, as libxml2 sees them.

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use punchout_cxml::Document;

use crate::laws::any_document;
use crate::support::{document, item, mapped, number};

/// The folder of DTDs, if all that the test needs is there; a run that
/// requires all fails without.
fn dtds() -> Option<PathBuf> {
    let required = std::env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
    let missing = |what: &str| {
        assert!(!required, "{what} is required but missing");
        println!("skipped: {what} is missing");
        None
    };
    if Command::new("xmllint").arg("--version").output().is_err() {
        return missing("the program xmllint");
    }
    match std::env::var_os("PUNCHOUT_DATA") {
        Some(data) => Some(PathBuf::from(data).join("cxml/dtd")),
        None => missing("the variable PUNCHOUT_DATA"),
    }
}

fn assert_valid(documents: &[Document], dtds: &Path, versions: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let write = |(number, document): (usize, &Document)| {
        let file = folder.path().join(format!("{number}.xml"));
        std::fs::write(&file, document.write().unwrap()).unwrap();
        file
    };
    let files: Vec<_> = documents.iter().enumerate().map(write).collect();
    for version in versions {
        let dtd = dtds.join(version).join("cXML.dtd");
        assert!(dtd.is_file(), "PUNCHOUT_DATA has no DTD of version {version}");
        let mut xmllint = Command::new("xmllint");
        let output =
            xmllint.args(["--noout", "--nonet", "--dtdvalid"]).arg(dtd).args(&files).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        // the DTD that the document names is not fetched, which it reports too
        let first = said.lines().find(|line| line.contains("error :")).unwrap_or_default();
        assert!(output.status.success(), "{version}: {first}");
    }
}

#[test]
fn any_order_is_valid() {
    let Some(dtds) = dtds() else { return };
    let mut runner = TestRunner::deterministic();
    let documents: Vec<_> =
        (0..64).map(|_| any_document().new_tree(&mut runner).unwrap().current()).collect();
    // the first of them is the first here that knows services and materials apart
    assert_valid(&documents, &dtds, &["1.2.048", "1.2.063", "1.2.071"]);
}

/// Suppliers may be as old as their DTD: what needs nothing new says nothing
/// new.
#[test]
fn a_plain_order_is_valid_in_old_versions() {
    let Some(dtds) = dtds() else { return };
    let plain =
        item().with_price(number("12.50"), "EUR", 1).with_long_text("zinc plated").with_extra("GTIN", "400");
    let documents = [document(&mapped([plain.clone(), plain]).0)];
    assert_valid(&documents, &dtds, &["1.2.014", "1.2.020", "1.2.036", "1.2.071"]);
}
