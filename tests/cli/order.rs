//! `punchout order …`

use std::fs;
use std::process::Command;

use crate::support::{self, Call, command, data, finished};

const OPTIONS: &str = "--options=town-hall.options.toml";

fn run(arguments: &[&str]) -> Call {
    support::run(&[&["order"], arguments].concat())
}

#[test]
fn text_says_what_the_order_says() {
    for lang in ["en", "nl", "de", "fr"] {
        let call = run(&["text", OPTIONS, "--lang", lang, "../cxml/order.xml"]);
        assert_eq!(call.status, 0, "{}", call.stderr);
        support::golden(&format!("order.{lang}.txt"), &call.stdout);
        assert!(!call.stdout.contains("s3cret") && !call.stdout.contains("4111"), "{}", call.stdout);
    }
}

#[test]
fn pdf_is_written_with_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("order.pdf");
    let out = out.to_str().unwrap();
    let call = run(&["pdf", OPTIONS, "--lang=nl", "../cxml/order.xml", "-o", out]);
    assert_eq!((call.status, &*call.stdout), (0, ""), "{}", call.stderr);
    let first = fs::read(out).unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    run(&["pdf", OPTIONS, "--lang=nl", "../cxml/order.xml", "-o", out]);
    assert!(fs::read(out).unwrap() == first, "the same bytes again");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");

    let detached = Command::new("pdfdetach").args(["-saveall", out]).current_dir(&folder).output();
    if detached.is_err() {
        assert!(std::env::var("PUNCHOUT_REQUIRE").is_err(), "pdfdetach is required but not installed");
        println!("skipped: pdfdetach is not installed");
    }
    if let Ok(output) = detached {
        assert!(output.status.success());
        let mut files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let saved = files.find(|path| path.extension().is_some_and(|end| end == "xml")).unwrap();
        let sent = fs::read_to_string(data().join("../cxml/order.xml")).unwrap();
        let saved = fs::read_to_string(saved).unwrap();
        assert!(saved.contains("<SharedSecret>***</SharedSecret>"), "{saved}");
        let parts = saved.split("***").collect::<Vec<_>>();
        let mut rest = sent.as_str();
        for part in &parts {
            let at = rest.find(part).unwrap_or_else(|| panic!("not in the order: {part}"));
            rest = &rest[at + part.len()..];
        }
        assert!(sent.starts_with(parts[0]) && rest.is_empty(), "all but the secrets is the order's");
    }
}

#[test]
fn what_is_missing_is_reported() {
    let call = run(&["text", "../cxml/order.xml"]);
    assert_eq!(call.status, 1, "{}", call.stderr);
    assert!(call.stderr.contains("PDF-OPTION"), "{}", call.stderr);
    assert!(call.stdout.contains("450"), "{}", call.stdout);
}

#[test]
fn nothing_is_written_when_something_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("order.pdf");
    let out = path.to_str().unwrap();
    for (arguments, said) in [
        (&["../cxml/refused.xml"][..], "is no order"),
        (&["../cxml/broken.xml"], "cannot read ../cxml/broken.xml"),
        (&["nowhere.xml"], "cannot read nowhere.xml"),
        (&["../cxml/order.xml", "--logo", "basket.form"], "neither a PNG nor a JPEG file"),
        (&["../cxml/order.xml", "--options", "town-hall.toml"], "the options cannot be read"),
        (&["../cxml/order.xml", "--options", "nowhere.toml"], "cannot read nowhere.toml"),
        (&["../cxml/order.xml", "--lang", "tlh"], "no language of documents"),
    ] {
        let call = run(&[&["pdf", "-o", out], arguments].concat());
        assert_eq!((call.status, &*call.stdout), (2, ""), "{}", call.stderr);
        assert!(call.stderr.contains(said), "{}", call.stderr);
        assert!(!path.exists(), "{said}");
    }
    let own = folder.path().join("order.xml");
    fs::copy(data().join("../cxml/order.xml"), &own).unwrap();
    let mut command = command(&["order", "pdf", "order.xml", "-o", "order.xml"]);
    finished(command.current_dir(folder.path()), b"").refused("is the input too");
}
