//! Verdicts: who hears the findings changes nothing, and what is valid stays so.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::{All, Ignore, Limits, Severity};
use punchout_cxml::{Document, Dtd, ErrorKind, Validator, code};
use punchout_fuzz::findings_lie_inside;

fuzz_target!(|bytes: &[u8]| {
    let mut found = All::new();
    let validator = Validator::new();
    let Ok(report) = validator.validate(bytes, &mut found) else { return };
    findings_lie_inside(&found, bytes);
    // With no room left there may be errors that nobody was told.
    let all_told = found.found().len() < Limits::default().diagnostics;
    assert_eq!(validator.validate(bytes, &mut Ignore).ok().as_ref(), Some(&report));
    let errors = found.found().iter().any(|finding| finding.severity == Severity::Error);
    assert!(!errors || !report.valid, "{:?}", found.found());
    assert!(errors || report.valid || !all_told, "{:?}", found.found());
    assert!(report.well_formed || !report.valid);

    match Document::read(bytes, &mut Ignore) {
        Ok(document) => {
            // What names an entity that nothing declares is read all the same.
            let is_told = found.found().iter().any(|finding| finding.code == code::ENTITY);
            assert!(report.well_formed || is_told || !all_told);
            if report.valid {
                let written = document.write_unchecked().expect("what was read can be written");
                let again = validator.validate(&written, &mut found).expect("it is no larger than limits");
                assert!(again.valid, "{:?}\n{}", found.found().last(), String::from_utf8_lossy(&written));
            }
        }
        Err(error) if error.kind() == ErrorKind::Malformed => assert!(!report.well_formed, "{error}"),
        Err(_) => {}
    }
    if let Ok(declared) = Validator::new().with_declared_version().validate(bytes, &mut Ignore) {
        assert_eq!(declared.well_formed, report.well_formed);
        assert!(!declared.valid || report.valid, "{} and {}", declared.dtd, report.dtd);
    }
    if let Ok(dtd) = Dtd::parse(bytes) {
        let document = b"<!DOCTYPE a><a b='c'><d/>e</a>";
        let _ = Validator::new().with_dtd(dtd).validate(document, &mut Ignore);
    }
});
