//! Returns and call-ups of other systems, where `PUNCHOUT_DATA` has them.

use std::path::PathBuf;
use std::{env, fs};

use crate::support::{keys, run};

/// The files whose names start like this; none where there is no data.
fn vectors(prefix: &str) -> Vec<PathBuf> {
    let Some(root) = env::var_os("PUNCHOUT_DATA") else {
        let required = env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
        assert!(!required, "PUNCHOUT_DATA is not set");
        return Vec::new();
    };
    let entries =
        fs::read_dir(PathBuf::from(root).join("oci")).expect("the sample data has returns and call-ups");
    let files = entries.map(|entry| entry.expect("the folder can be read").path());
    let is_wanted = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(prefix))
    };
    let files: Vec<_> = files.filter(is_wanted).collect();
    assert!(!files.is_empty(), "no {prefix}* in the sample data");
    files
}

#[test]
fn returns_become_documents() {
    let files = vectors("ret-");
    if files.is_empty() {
        println!("skipped: PUNCHOUT_DATA is not set");
    }
    for path in files {
        let name = path.to_str().unwrap();
        let call = run(&["oci", "decode", "--format=json", name]);
        if name.contains("downloadjson") {
            // a page of a catalogue is no return
            continue;
        }
        let document = call.json();
        assert_eq!(keys(&document), ["controls", "diagnostics", "items"], "{name}");
        let is_bad =
            document["diagnostics"].as_array().unwrap().iter().any(|found| found["severity"] == "error");
        assert_eq!(call.status, i32::from(is_bad), "{name}");
        let text = run(&["oci", "decode", name]);
        assert_eq!(text.status, call.status, "{name}");
        let items = document["items"].as_array().unwrap().len();
        assert!(
            text.stdout.lines().last().unwrap().contains(&format!(": {items} item")),
            "{name}: {}",
            text.stdout
        );
    }
}

#[test]
fn call_ups_become_documents_without_secrets() {
    let files = vectors("call-");
    if files.is_empty() {
        println!("skipped: PUNCHOUT_DATA is not set");
    }
    for path in files {
        let call = run(&["oci", "callup", "read", "--format=json", path.to_str().unwrap()]);
        let document = call.json();
        let password = &document["password"];
        assert!(password.is_null() || password == "***" || password == "", "{}", path.display());
        assert_eq!(keys(&document).len(), 14, "{}", path.display());
    }
}
