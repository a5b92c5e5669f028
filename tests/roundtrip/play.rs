//! Both scenarios of the round trip, from start to end.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use punchout::core::{All, Amount};
use punchout::cxml::{Document, ItemDetail};
use punchout::oci::Decoder;

use crate::support::{dtds, example, is_there, said};

const XML: &str = "4500017001.xml";
const PDF: &str = "4500017001.pdf";

fn play(arguments: &[&str], files: &Path) -> String {
    let story = said(example("roundtrip").args(arguments).arg("--out").arg(files));
    assert!(story.ends_with("\nAll went well.\n"), "{story}");
    story
}

/// The names of the files in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn order_goes_all_the_way() {
    let files = tempfile::tempdir().unwrap();
    let story = play(&[], files.path());
    let lines: Vec<_> = story.lines().collect();
    for step in ["1. Call-up", "2. Shop", "3. Return", "4. Order", "5. Delivery", "6. Check"] {
        assert!(lines.iter().any(|line| line.starts_with(step)), "{step}\n{story}");
    }
    for file in ["basket.form", XML, PDF] {
        let path = files.path().join(file);
        assert!(lines.iter().any(|line| line.ends_with(path.to_str().unwrap())), "{file}\n{story}");
    }
    assert!(story.contains("PASSWORD=***") && !story.contains("geheim"), "{story}");
    assert!(story.contains("The buyer finds: warning[OCI-UNIT-ALIAS]: item 3 / UNIT"), "{story}");
    assert!(story.contains("The shop answers in cXML: 200 OK: taken as S-7001"), "{story}");
    assert_eq!(names(files.path()), [PDF, XML, "basket.form"]);
}

#[test]
fn order_on_disk_says_what_was_in_the_basket() {
    let files = tempfile::tempdir().unwrap();
    play(&["--scenario", "order"], files.path());
    let xml = files.path().join(XML);
    let mut found = All::new();
    let document = Document::read(&fs::read(&xml).unwrap(), &mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
    let order = document.order_request().unwrap();

    let rows: Vec<_> = order.item_out.iter().map(|line| (line, line.item_detail.as_ref().unwrap())).collect();
    let basis =
        |detail: &ItemDetail| detail.price_basis_quantity.as_ref().map(|basis| basis.quantity.value());
    let hundred = Amount::from(100).value();
    let short = |detail: &ItemDetail| detail.description[0].short_name.clone().unwrap();
    let facts: Vec<_> = rows
        .iter()
        .map(|(line, detail)| {
            let price = detail.unit_price.money.amount.value().normalize().to_string();
            (
                line.quantity.value().normalize().to_string(),
                detail.unit_of_measure.as_str(),
                price,
                basis(detail),
            )
        })
        .collect();
    assert_eq!(
        facts,
        [
            ("250".to_owned(), "PCE", "12.34".to_owned(), Some(hundred)),
            ("2".to_owned(), "PCE", "899".to_owned(), None),
            ("12".to_owned(), "PR", "3.955".to_owned(), None),
        ]
    );
    assert_eq!(short(rows[0].1), "Sechskantschraube M8 × 40, für Außen");
    assert_eq!(short(rows[1].1), "Rack 19\" 42 HE, schwarz");
    let long_text = &rows[2].1.description[0].text;
    assert!(
        long_text.len() > 500 && long_text.contains("< -10 °C") && long_text.ends_with("HS-9/S."),
        "{long_text}"
    );
    assert_eq!(order.order_request_header.total.money.amount.as_sent(), "1876.31");

    let Some(dtds) = dtds().filter(|_| is_there("xmllint")) else { return };
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--noout", "--nonet", "--dtdvalid"]).arg(dtds.join("cXML.dtd")).arg(&xml);
    assert_eq!(said(&mut xmllint), "");
}

#[test]
fn pdf_on_disk_shows_the_order() {
    let files = tempfile::tempdir().unwrap();
    play(&[], files.path());
    let pdf = files.path().join(PDF);
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-"));
    if !is_there("pdftotext") {
        return;
    }
    let text = said(Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&pdf).arg("-"));
    for part in ["4500017001", "für Außen", "per 100 pieces", "Rack 19\"", "ölige", "1,876.31"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn rental_ends_with_the_return() {
    let files = tempfile::tempdir().unwrap();
    let story = play(&["--scenario", "rental"], files.path());
    assert!(story.contains("R-5001 is registered for Fuhrpark Süd"), "{story}");
    assert!(!story.contains("PASSWORD"), "{story}");
    assert_eq!(names(files.path()), ["basket.form"], "no order is made");

    let body = fs::read(files.path().join("basket.form")).unwrap();
    let basket = Decoder::lenient().form(&body, &mut All::new()).unwrap();
    let [item] = basket.items.as_slice() else { panic!("{basket:?}") };
    assert!(item.is_service());
    let [from, until, ..] = &item.cust_fields;
    assert_eq!((from.as_deref(), until.as_deref()), (Some("2027-03-01"), Some("2027-03-04")));
    assert_eq!(item.line_total().unwrap().normalize().to_string(), "172.5");
}

#[test]
fn files_are_below_the_target_directory() {
    let story = said(&mut example("roundtrip"));
    let printed = story.lines().find_map(|line| line.trim().strip_prefix("cXML: ")).unwrap();
    let program = PathBuf::from(example("roundtrip").get_program());
    let profile = program.parent().and_then(Path::parent).unwrap();
    let file = profile.with_file_name("roundtrip").join(XML);
    assert!(file.is_file() && file.ends_with(printed), "{printed}");
}

#[test]
fn trouble_is_loud() {
    let files = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = example("roundtrip").args(["--port", &port, "--out"]).arg(files.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("The round trip failed: "), "{complaint}");

    let output = example("roundtrip").args(["--scenario", "barter"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
