//! Documents of other systems, where `PUNCHOUT_DATA` has them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::{env, fs};

use punchout::core::Ignore;
use punchout::cxml::Document;
use serde_json::Value;

use super::run;

/// A row of the corpus's index.
struct Case {
    path: String,
    well_formed: bool,
    /// The newest DTD that the document belongs to, and what it says.
    dtd: String,
    is_valid: bool,
}

/// None where there is no data.
fn cases() -> Vec<Case> {
    let Some(root) = env::var_os("PUNCHOUT_DATA") else {
        let required = env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
        assert!(!required, "PUNCHOUT_DATA is not set");
        return Vec::new();
    };
    let folder = PathBuf::from(root).join("cxml/corpus");
    let index = fs::read_to_string(folder.join("index.tsv")).expect("the corpus has an index");
    let mut lines = index.lines();
    let names: Vec<_> = lines.next().unwrap_or_default().split('\t').collect();
    let case = |line: &str| {
        let row: HashMap<_, _> = names.iter().copied().zip(line.split('\t')).collect();
        let cell = |name: &str| *row.get(name).expect("the index has this column");
        Case {
            path: folder.join(cell("file")).into_os_string().into_string().expect("the path is UTF-8"),
            well_formed: cell("wellformed") == "yes",
            dtd: cell("dtd_newest").trim_end_matches(".dtd").to_owned(),
            is_valid: cell("verdict_newest") == "valid",
        }
    };
    let cases: Vec<_> = lines.map(case).collect();
    assert!(cases.len() > 300, "{} documents", cases.len());
    cases
}

#[test]
fn verdicts_are_those_of_the_index() {
    let cases = cases();
    if cases.is_empty() {
        println!("skipped: PUNCHOUT_DATA is not set");
        return;
    }
    let files: Vec<&str> = cases.iter().map(|case| &*case.path).collect();
    let call = run(&[&["check", "--format=json"], &*files].concat());
    assert_eq!((call.status, call.stderr.as_str()), (1, ""));
    let documents: Vec<Value> = call.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), cases.len());
    for (case, document) in cases.iter().zip(&documents) {
        assert_eq!(document["file"], *case.path);
        assert_eq!(document["well_formed"], case.well_formed, "{}", case.path);
        assert_eq!(document["valid"], case.well_formed && case.is_valid, "{}", case.path);
        if case.well_formed {
            assert_eq!(document["dtd"], *case.dtd, "{}", case.path);
        }
        let has_error =
            document["diagnostics"].as_array().unwrap().iter().any(|finding| finding["severity"] == "error");
        assert_eq!(has_error, document["valid"] == false, "{}", case.path);
    }

    let text = run(&[&["check"], &*files].concat());
    let junit = run(&[&["check", "--format=junit"], &*files].concat());
    assert_eq!((text.status, junit.status), (1, 1));
    let count = |is_such: &dyn Fn(&&Case) -> bool| cases.iter().filter(is_such).count();
    let valid = count(&|case| case.well_formed && case.is_valid);
    let malformed = count(&|case| !case.well_formed);
    let invalid = cases.len() - valid - malformed;
    let told = format!(
        "\n{} documents: {valid} valid, {invalid} not valid, {malformed} not well-formed\n",
        cases.len()
    );
    assert!(text.stdout.ends_with(&told), "{told}");
    let report = roxmltree::Document::parse(&junit.stdout).unwrap();
    let failures = report.descendants().filter(|node| node.has_tag_name("failure")).count();
    assert_eq!(failures, invalid + malformed);
    assert_eq!(report.descendants().filter(|node| node.has_tag_name("testcase")).count(), cases.len());
}

/// What stands between the tags of this element, as far as it is plain text.
fn contents<'a>(source: &'a str, element: &str) -> Vec<&'a str> {
    let tag = format!("<{element}>");
    let texts = source.split(&tag).skip(1).filter_map(|rest| rest.split('<').next()).map(str::trim);
    texts.filter(|text| text.len() > 6 && !text.contains(['&', '*'])).collect()
}

#[test]
fn documents_are_shown_without_secrets() {
    let cases = cases();
    if cases.is_empty() {
        println!("skipped: PUNCHOUT_DATA is not set");
        return;
    }
    let mut secrets = 0;
    for case in cases {
        let call = run(&["show", &case.path]);
        if !case.well_formed {
            call.refused("cannot read ");
            continue;
        }
        assert_eq!((call.status, call.stderr.as_str()), (0, ""), "{}", case.path);
        assert!(!call.stdout.chars().any(|c| c.is_control() && c != '\n'), "{}", case.path);
        let longest = call.stdout.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest < 1_000, "{}: {longest}", case.path);
        let source = String::from_utf8_lossy(&fs::read(&case.path).unwrap()).into_owned();
        // some use words that stand elsewhere too
        let hidden: Vec<_> = contents(&source, "SharedSecret")
            .into_iter()
            .filter(|text| source.matches(text).count() == 1)
            .collect();
        if hidden.is_empty() {
            continue;
        }
        secrets += hidden.len();
        let outline = run(&["show", "--outline", &case.path]).stdout;
        let check = run(&["check", &case.path]).stdout;
        for secret in hidden {
            for shown in [&call.stdout, &outline, &check] {
                assert!(!shown.contains(secret), "{}: {secret}", case.path);
            }
        }
    }
    assert!(secrets > 50, "{secrets}");
}

#[test]
fn copies_keep_every_byte_or_all_that_is_said() {
    let cases = cases();
    if cases.is_empty() {
        println!("skipped: PUNCHOUT_DATA is not set");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).into_os_string().into_string().expect("it is UTF-8");
    let (by_bytes, by_model) = (place("document.xml"), place("model.xml"));
    let mut copied = 0;
    for case in cases.iter().filter(|case| case.well_formed) {
        let bytes = fs::read(&case.path).unwrap();
        let call = run(&["copy", &case.path, "-o", &by_bytes, "--through=document"]);
        assert!(call.status < 2, "{}: {}", case.path, call.stderr);
        assert!(fs::read(&by_bytes).unwrap() == bytes, "{}", case.path);
        let call = run(&["copy", &case.path, "-o", &by_model, "--through=model"]);
        assert!(call.status < 2, "{}: {}", case.path, call.stderr);
        let model = fs::read(&by_model).unwrap();
        let read = |bytes: &[u8]| Document::read(bytes, &mut Ignore).ok();
        let (before, after) = (read(&bytes), read(&model));
        let same = before
            .as_ref()
            .zip(after.as_ref())
            .is_none_or(|(before, after)| (&before.body, &before.other) == (&after.body, &after.other));
        assert!(same && before.is_some() == after.is_some(), "{}", case.path);
        copied += 1;
    }
    assert_eq!(copied, 319);
}
