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
        assert!(call.stdout.lines().all(|line| line.chars().count() <= 78), "{}", call.stdout);
    }
}

/// However narrow, it says the same in the same words.
#[test]
fn text_fits_its_columns() {
    let said = |columns: &str| {
        let call = run(&["text", OPTIONS, "--lang=de", "--columns", columns, "../cxml/order.xml"]);
        assert_eq!(call.status, 0, "{}", call.stderr);
        call.stdout
    };
    let wide = said("1000");
    let words = |text: &str| {
        // the line below the title is as long as that
        let text = text.lines().filter(|line| !line.starts_with("==")).collect::<Vec<_>>().join("\n");
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let mut broken = 0;
    for columns in [20, 40, 60] {
        let narrow = said(&columns.to_string());
        assert_eq!(words(&narrow), words(&wide), "{narrow}");
        for line in narrow.lines().filter(|line| line.chars().count() > columns) {
            assert_eq!(line.split_whitespace().count(), 1, "{line} in {narrow}");
        }
        broken += usize::from(narrow.lines().count() > wide.lines().count());
    }
    assert_eq!(broken, 3, "{wide}");
    let call = run(&["text", "--columns=5", "../cxml/order.xml"]);
    assert_eq!((call.status, &*call.stdout), (2, ""));
    assert!(call.stderr.contains("no number from 20 on"), "{}", call.stderr);
}

/// As wide as the terminal, where nobody says how wide.
#[cfg(target_os = "linux")]
#[test]
fn text_fits_its_terminal() {
    let said = run(&["text", OPTIONS, "--columns=40", "../cxml/order.xml"]).stdout;
    let program = command(&[]).get_program().to_str().unwrap().to_owned();
    let line =
        format!("stty rows 24 cols 40; exec '{program}' order text {OPTIONS} ../cxml/order.xml 2>/dev/null");
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(data()).stdin(std::process::Stdio::null());
    let Ok(ended) = script.output() else { return support::skips("script") };
    assert_eq!(String::from_utf8(ended.stdout).unwrap().replace("\r\n", "\n"), said);
}

/// Whoever saves what is attached finds it beside the document.
#[test]
fn the_attached_order_is_called_as_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for (file, attached) in [
        ("rich.pdf", "rich.xml"),
        ("PO 4711 (v1.2).pdf", "PO 4711 (v1.2).xml"),
        ("Größe-Ωмега.pdf", "Größe-Ωмега.xml"),
        (".pdf", ".pdf.xml"),
    ] {
        let out = folder.path().join(file);
        let call = run(&["pdf", OPTIONS, "../cxml/order.xml", "-o", out.to_str().unwrap()]);
        assert_eq!((call.status, &*call.stdout), (0, ""), "{}", call.stderr);
        let Ok(listed) = Command::new("pdfdetach").args(["-enc", "UTF-8", "-list"]).arg(&out).output() else {
            assert!(std::env::var("PUNCHOUT_REQUIRE").is_err(), "pdfdetach is required but not installed");
            println!("skipped: pdfdetach is not installed");
            return;
        };
        let listed = String::from_utf8(listed.stdout).unwrap();
        let attached = attached.trim_start_matches('.');
        assert!(listed.lines().any(|line| line == format!("1: {attached}")), "{file}: {listed}");
    }
    // without a file it is called as the order
    let mut command = command(&["order", "pdf", OPTIONS, "../cxml/order.xml", "-o", "-"]);
    let pdf = command.output().unwrap().stdout;
    let out = folder.path().join("from-standard-output.pdf");
    fs::write(&out, pdf).unwrap();
    let listed = Command::new("pdfdetach").arg("-list").arg(&out).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("1: 4500") && listed.contains(".xml"), "{listed}");
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
