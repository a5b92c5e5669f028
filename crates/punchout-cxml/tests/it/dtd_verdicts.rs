//! Verdicts on the corpus, against those of two other validators.

use std::path::Path;

use punchout_core::{All, Severity};
use punchout_cxml::{Report, Validator};

use crate::support::data;

struct Case {
    file: String,
    bytes: Vec<u8>,
    well_formed: bool,
    /// DTD and verdict: of the version closest to the declared one, and of the
    /// newest.
    closest: (String, bool),
    newest: (String, bool),
}

fn cases(folder: &Path) -> Vec<Case> {
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let mut lines = index.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let column = |name: &str| names.iter().position(|&column| column == name).unwrap();
    let columns =
        ["file", "wellformed", "dtd_closest", "verdict_closest", "dtd_newest", "verdict_newest"].map(column);
    let cases: Vec<_> = lines
        .map(|cells| {
            let [file, well_formed, closest, closest_verdict, newest, newest_verdict] =
                columns.map(|column| cells[column]);
            let dtd = |dtd: &str| dtd.trim_end_matches(".dtd").to_owned();
            Case {
                file: file.into(),
                bytes: std::fs::read(folder.join(file)).unwrap(),
                well_formed: well_formed == "yes",
                closest: (dtd(closest), closest_verdict == "valid"),
                newest: (dtd(newest), newest_verdict == "valid"),
            }
        })
        .collect();
    assert!(cases.len() > 300, "{} documents", cases.len());
    cases
}

/// Validates and holds the findings against the report.
fn validate(validator: &Validator, case: &Case) -> (Report, All) {
    let mut found = All::new();
    let report = validator.validate(&case.bytes, &mut found).unwrap();
    let has_error = found.worst() == Some(Severity::Error);
    assert_eq!(report.valid, !has_error, "{}: {:?}", case.file, found.found());
    for finding in found.found() {
        let span = finding.span.clone().unwrap_or(0..0);
        assert!(span.start <= span.end && span.end <= case.bytes.len(), "{}: {finding:?}", case.file);
        assert!(!finding.message.ends_with('.') && finding.message.len() < 400, "{}: {finding}", case.file);
    }
    (report, found)
}

#[test]
fn verdicts_of_the_newest_version() {
    let Some(folder) = data("verdicts_of_the_newest_version", "cxml/corpus") else { return };
    let validator = Validator::new();
    let (mut valid, mut invalid, mut malformed) = (0, 0, 0);
    let mut disagree = Vec::new();
    for case in cases(&folder) {
        let (report, found) = validate(&validator, &case);
        assert_eq!(report.well_formed, case.well_formed, "{}: {:?}", case.file, found.found());
        if !case.well_formed {
            assert!(!report.valid, "{}", case.file);
            malformed += 1;
            continue;
        }
        let (dtd, is_valid) = &case.newest;
        if (&report.dtd, report.valid) != (dtd, *is_valid) {
            disagree.push(format!("{} by {dtd}: {report:?} {:?}", case.file, found.found()));
        }
        *if *is_valid { &mut valid } else { &mut invalid } += 1;
    }
    assert!(disagree.is_empty(), "{}", disagree.join("\n"));
    assert!(valid > 150 && invalid > 130 && malformed > 20, "{valid} {invalid} {malformed}");
}

#[test]
fn verdicts_of_the_closest_version() {
    let Some(folder) = data("verdicts_of_the_closest_version", "cxml/corpus") else { return };
    let mut exact = 0;
    let mut disagree = Vec::new();
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let (dtd, is_valid) = &case.closest;
        let (version, _) = dtd.split_once('/').unwrap();
        let validator = Validator::new().with_version(version).unwrap();
        let (report, found) = validate(&validator, case);
        // Versions that are not built in are judged by the next newer one.
        exact += usize::from(report.dtd == *dtd);
        if report.valid != *is_valid {
            disagree.push(format!("{} by {dtd}: {report:?} {:?}", case.file, found.found()));
        }
    }
    assert!(disagree.is_empty(), "{}", disagree.join("\n"));
    assert!(exact > 200, "{exact} by the same DTD");
}
