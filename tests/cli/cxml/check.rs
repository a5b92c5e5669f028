use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use serde_json::{Value, json};

use super::{assert_without_secrets, command, document, folder, golden, run, run_with_input};
use crate::support::{Call, keys};

const ALL: [&str; 7] =
    ["broken.xml", "note.xml", "order-slips.xml", "order.xml", "refused.xml", "setup.xml", "started.xml"];

/// The documents on standard output, one a line.
fn lines(call: &Call) -> Vec<Value> {
    call.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn json(arguments: &[&str]) -> Vec<Value> {
    lines(&run(&[&["check", "--format=json"], arguments].concat()))
}

#[test]
fn outputs_are_as_expected() {
    for (format, expected) in [("text", "check.txt"), ("json", "check.jsonl"), ("junit", "check.junit.xml")] {
        let call = run(&[&["check", "--format", format], &ALL[..]].concat());
        assert_eq!((call.status, call.stderr.as_str()), (1, ""), "{expected}");
        assert_without_secrets(&call);
        golden(expected, &call.stdout);
    }
}

#[test]
fn the_status_is_that_of_the_worst_document() {
    for (files, status) in [
        (&["order.xml"][..], 0),
        (&["refused.xml"], 0),
        (&["order.xml", "setup.xml", "started.xml", "refused.xml"], 0),
        (&["order-slips.xml"], 1),
        (&["broken.xml"], 1),
        (&["order.xml", "order-slips.xml", "setup.xml"], 1),
        (&["nothing.xml"], 2),
        (&["nothing.xml", "broken.xml"], 2),
    ] {
        for format in ["text", "json", "junit"] {
            assert_eq!(run(&[&["check", "--format", format], files].concat()).status, status, "{files:?}");
        }
    }
}

#[test]
fn json_has_all_keys_in_their_order() {
    let call = run(&["check", "--no-advice", "--format=json", "order-slips.xml", "order.xml"]);
    let [slips, good] = &*lines(&call) else { panic!("{}", call.stdout) };
    assert_eq!(keys(slips), ["diagnostics", "dtd", "file", "kind", "valid", "well_formed"]);
    assert!(call.stdout.starts_with(
        "{\"file\":\"order-slips.xml\",\"kind\":\"OrderRequest\",\"well_formed\":true,\"valid\":false,\
         \"dtd\":\"1.2.071/cXML\",\"diagnostics\":[{\"code\":\"CXML-DTD-MISSING\",\"severity\":\"error\",\
         \"message\":"
    ));
    assert_eq!(
        (&good["valid"], &good["diagnostics"], &good["file"]),
        (&json!(true), &json!([]), &json!("order.xml"))
    );

    let source = fs::read_to_string(folder().join("order-slips.xml")).unwrap();
    let findings = slips["diagnostics"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    for (finding, pointed_at) in findings.iter().zip(["</Sender>", "change"]) {
        assert_eq!(
            keys(finding),
            ["code", "column", "help", "line", "message", "path", "severity", "span"],
            "{finding}"
        );
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let (start, end) = (number(&finding["span"][0]), number(&finding["span"][1]));
        assert_eq!(&source[start..end], pointed_at);
        let line = source.lines().nth(number(&finding["line"]) - 1).unwrap();
        assert!(line[number(&finding["column"]) - 1..].starts_with(pointed_at), "{finding}");
    }
    assert_eq!(findings[1]["path"], "cXML/Request/OrderRequest/OrderRequestHeader/@type");
}

#[test]
fn a_document_that_is_no_xml_is_a_finding() {
    let [broken] = &*json(&["broken.xml"]) else { panic!("one document") };
    assert_eq!((&broken["well_formed"], &broken["valid"]), (&json!(false), &json!(false)));
    let finding = broken["diagnostics"].as_array().unwrap().last().unwrap();
    assert_eq!((&finding["code"], &finding["line"]), (&json!("CXML-DTD-MALFORMED"), &json!(3)));
    for input in [&b""[..], b"OK", b"<html>", b"\xff\xfe<", b"<?xml version='1.0' encoding='klingon'?><a/>"] {
        let call = run_with_input(&["check", "--format=json", "-"], input);
        assert_eq!((call.status, &lines(&call)[0]["well_formed"]), (1, &json!(false)), "{input:?}");
    }
}

#[test]
fn an_entity_is_a_finding_and_its_secret_is_none() {
    let source = "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd\">\n\
        <cXML payloadID='1&nbsp;' timestamp='2026-03-01T14:05:00+01:00'><Message><SharedSecret>&gehe1m;</SharedSecret>\
        <Extrinsic name='password'>&s3cret;&t0ken;</Extrinsic></Message></cXML>";
    for source in [source, source.split_once('\n').unwrap().1] {
        let call = run_with_input(&["check", "--no-advice", "--format=json", "-"], source.as_bytes());
        assert_without_secrets(&call);
        let [document] = &*lines(&call) else { panic!("{}", call.stdout) };
        assert_eq!(document["well_formed"], json!(source.starts_with("<!DOCTYPE")), "{}", call.stdout);
        let findings = document["diagnostics"].as_array().unwrap().iter();
        let entities: Vec<_> = findings.filter(|finding| finding["code"] == "CXML-DTD-ENTITY").collect();
        assert_eq!(entities.len(), 4, "{}", call.stdout);
        assert!(entities[0]["help"].as_str().unwrap().contains("`&#160;`"), "{}", call.stdout);
        let text = run_with_input(&["check", "-"], source.as_bytes());
        assert_without_secrets(&text);
        assert!(text.stdout.contains("payloadID='1&nbsp;'"), "{}", text.stdout);
    }
}

#[test]
fn standard_input_is_a_document_once() {
    let source = fs::read(folder().join("order.xml")).unwrap();
    let call = run_with_input(&["check", "--format=json", "-", "setup.xml"], &source);
    let files: Vec<_> = lines(&call).iter().map(|document| document["file"].clone()).collect();
    assert_eq!((call.status, files), (0, vec![json!("<stdin>"), json!("setup.xml")]));
    run(&["check", "-", "-"]).refused("standard input can be read once only");
    run(&["check"]).refused("<FILE>");
}

#[test]
fn what_cannot_be_read_does_not_keep_the_others_from_being_checked() {
    let arguments = ["order.xml", "nothing.xml", "refused.xml", "."];
    let call = run(&[&["check", "--format=json"][..], &arguments].concat());
    let files: Vec<_> = lines(&call).iter().map(|document| document["file"].clone()).collect();
    assert_eq!((call.status, files), (2, vec![json!("order.xml"), json!("refused.xml")]));
    assert!(call.stderr.starts_with("error: cannot read nothing.xml: "), "{}", call.stderr);
    assert!(call.stderr.contains("\nerror: cannot read .: "), "{}", call.stderr);

    let call = run(&[&["check"][..], &arguments].concat());
    assert!(call.stdout.ends_with("\n4 documents: 2 valid, 2 not read\n"), "{}", call.stdout);
    let call = run(&["check", "--no-advice", "order.xml"]);
    assert_eq!(call.stdout, "order.xml: OrderRequest, valid by 1.2.071/cXML; no findings\n");
}

#[test]
fn what_is_beyond_the_limits_is_told_in_every_format() {
    let deep = "<cXML>".repeat(300);
    let call = run_with_input(&["check", "--format=json", "-", "order.xml"], deep.as_bytes());
    let [document, good] = &*lines(&call) else { panic!("{}", call.stdout) };
    assert_eq!((call.status, call.stderr.as_str(), &good["valid"]), (2, "", &json!(true)));
    for key in ["kind", "well_formed", "valid", "dtd"] {
        assert_eq!(document[key], Value::Null, "{key}");
    }
    let finding = &document["diagnostics"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("CXML-DTD-LIMIT"), &json!("error")));
    assert!(finding["message"].as_str().unwrap().contains("the limit of 256"), "{finding}");

    let call = run_with_input(&["check", "-"], deep.as_bytes());
    assert_eq!((call.status, call.stderr.as_str()), (2, ""));
    assert!(
        call.stdout.starts_with("error[CXML-DTD-LIMIT]: the document is beyond its limits: "),
        "{}",
        call.stdout
    );
    assert!(call.stdout.contains("\n<stdin>: not checked to its end; "), "{}", call.stdout);
    let call = run_with_input(&["check", "--format=junit", "-"], deep.as_bytes());
    assert_eq!((call.status, call.stderr.as_str()), (2, ""));
    assert!(
        call.stdout.contains("type=\"CXML-DTD-LIMIT\">") && call.stdout.contains("errors=\"1\""),
        "{}",
        call.stdout
    );
}

#[cfg(unix)]
#[test]
fn names_of_files_are_fit_for_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\n\u{1b}[2J.xml";
    fs::write(folder.path().join(name), "<a").unwrap();
    let missing = "b\u{1b}.xml";
    for arguments in [
        &["check", name, missing][..],
        &["show", name],
        &["show", missing],
        &["copy", name, "-o", "-", "--through=model"],
        &["copy", name, "-o", name, "--through=model"],
        &["anonymise", name, "-o", name],
        &["check", "--dtd", missing, name],
        &["check", "--profile", missing, name],
    ] {
        let call = crate::support::finished(command(arguments).current_dir(folder.path()), b"");
        assert_ne!(call.status, 0);
        let said = call.stdout + &call.stderr;
        assert!(said.contains("<U+001B>"), "{arguments:?}: {said}");
        assert!(!said.chars().any(|c| c.is_control() && c != '\n') && !said.contains("a\n<"), "{said:?}");
    }
}

#[test]
fn advice_leaves_a_document_valid() {
    let codes = |arguments: &[&str]| {
        let call = run(&[&["check", "--format=json", "order.xml"], arguments].concat());
        assert_eq!((call.status, call.stderr.as_str()), (0, ""));
        let [document] = &*lines(&call) else { panic!("{}", call.stdout) };
        let findings = document["diagnostics"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["--no-advice"]), [""; 0]);
    assert_eq!(codes(&[]), ["CXML-ADV-CARD"]);
    assert_eq!(codes(&["--profile=coupa"]), ["CXML-ADV-PARTNER-VERSION", "CXML-ADV-CARD"]);

    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.toml");
    let profile =
        |text: &str| fs::write(&own, format!("name='own'\ntitle='Own'\nsource='us'\n{text}")).unwrap();
    let argument = format!("--profile={}", own.display());
    profile(
        "[severities]\nCXML-ADV-CARD='off'\n[[limit]]\nat='OrderRequestHeader@orderID'\ncharacters=3\nsource='us'",
    );
    assert_eq!(codes(&[&argument]), ["CXML-ADV-LIMIT"]);
    profile("colour='red'");
    run(&["check", "order.xml", &argument]).refused("cannot use the profile ");
    run(&["check", "order.xml", "--profile=nobody"])
        .refused("profile `nobody` is not shipped: take one of amazon-business, ");
}

#[test]
fn the_version_is_chosen() {
    // an attribute of 1.2.048
    let source = fs::read_to_string(folder().join("order.xml")).unwrap();
    let source = source
        .replace("requisitionID=", "isSTOOutbound=\"yes\" requisitionID=")
        .replace("1.2.071", "1.2.014");
    let verdict = |arguments: &[&str]| {
        let call = run_with_input(&[&["check", "--format=json", "-"], arguments].concat(), source.as_bytes());
        let [document] = &*lines(&call) else { panic!("{}{}", call.stdout, call.stderr) };
        (document["valid"].as_bool().unwrap(), document["dtd"].as_str().unwrap().to_owned())
    };
    let newest = (true, "1.2.071/cXML".to_owned());
    let old = (false, "1.2.014/cXML".to_owned());
    assert_eq!(verdict(&[]), newest);
    assert_eq!(verdict(&["--dtd-version=1.2.071"]), newest);
    assert_eq!(verdict(&["--dtd-version", "1.2.014"]), old);
    assert_eq!(verdict(&["--dtd-version=1.2.010"]).1, old.1, "the next newer one");
    assert_eq!(verdict(&["--dtd-version=declared"]), old);

    for version in ["9.9", "newest", ""] {
        let refused = run(&["check", "--dtd-version", version, "order.xml"]);
        refused.refused(&format!("version `{version}` of cXML is not known: take one up to 1.2.071"));
    }
}

#[test]
fn a_dtd_of_ones_own_is_chosen() {
    let [note] = &*json(&["--dtd", "note.dtd", "note.xml"]) else { panic!("one document") };
    assert_eq!((&note["dtd"], &note["valid"]), (&json!("note"), &json!(false)));
    assert_eq!(note["diagnostics"][0]["message"], "`to` is missing");
    let good = run_with_input(&["check", "--dtd", "note.dtd", "-"], b"<!DOCTYPE note><note><to/></note>");
    assert_eq!((good.status, good.stdout.as_str()), (0, "<stdin>: note, valid by note; no findings\n"));

    run(&["check", "--dtd", "nothing.dtd", "note.xml"]).refused("cannot read nothing.dtd: ");
    run(&["check", "--dtd", "order.xml", "note.xml"]).refused("cannot use the DTD order.xml: ");
    run(&["check", "--dtd", "note.dtd", "--dtd-version=1.2.014", "note.xml"]).refused("cannot be used with");
}

#[test]
fn a_document_in_another_encoding_has_findings_without_places() {
    let source = fs::read_to_string(folder().join("order-slips.xml")).unwrap().replace("UTF-8", "UTF-16");
    let wide: Vec<u8> = format!("\u{feff}{source}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let call = run_with_input(&["check", "--format=json", "-"], &wide);
    let finding = &lines(&call)[0]["diagnostics"][0];
    assert_eq!(finding["path"], "cXML/Header/Sender");
    for key in ["span", "line", "column"] {
        assert_eq!(finding[key], Value::Null, "{key}");
    }
    let text = run_with_input(&["check", "-"], &wide);
    assert!(text.stdout.contains("\n  --> <stdin> (cXML/Header/Sender)\n"), "{}", text.stdout);
}

#[test]
fn text_is_fit_for_a_terminal_and_without_secrets() {
    let parts = "<Header><SharedSecret>\u{9b}gehe1m</SharedSecret><PCard number='4111' expiration='\u{9b}'/>\
                 <URL>http://u:s3cret@x.example/?token=t0ken&amp;a=1</URL>\u{85}text</Header>";
    for body in
        [parts.to_owned(), format!("{parts}<a\u{9b}b/>"), format!("{parts}<PCard \u{202e}number='4111'/>")]
    {
        let call = run_with_input(&["check", "-"], document(&body).as_bytes());
        assert_eq!(call.status, 1);
        assert!(call.stdout.contains("***") && call.stdout.contains(" | "), "{}", call.stdout);
        assert!(!call.stdout.chars().any(|c| c.is_control() && c != '\n'), "{:?}", call.stdout);
        assert_without_secrets(&call);
    }
}

/// A response of so many elements that nobody knows.
fn wrong(count: usize) -> String {
    document(&format!(
        "<Response><Status code=\"200\" text=\"OK\">{}</Status></Response>",
        "<x/>".repeat(count)
    ))
}

#[test]
fn findings_beyond_the_cap_are_counted() {
    let source = wrong(10_100);
    let call = run_with_input(&["check", "--format=json", "-"], source.as_bytes());
    let kept = lines(&call)[0]["diagnostics"].as_array().unwrap().len();
    let note = "note: <stdin>: ";
    assert_eq!((call.status, kept), (1, 10_000));
    let dropped =
        call.stderr.strip_prefix(note).unwrap().split(' ').next().unwrap().parse::<usize>().unwrap();
    assert!(dropped >= 100, "{}", call.stderr);

    let call = run_with_input(&["check", "-"], source.as_bytes());
    let told = format!("; 10000 errors, {dropped} more dropped after the first 10000\n");
    assert!(call.stdout.ends_with(&told), "{}", &call.stdout[call.stdout.len() - 200..]);
    let call = run_with_input(&["check", "--format=junit", "-"], source.as_bytes());
    assert!(call.stdout.contains(&format!("\nand {} more</failure>", 9_900 + dropped)));
    assert_eq!(call.stdout.lines().filter(|line| line.contains("error[")).count(), 100);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), wrong(5_000)).unwrap();
    let path = file.path().to_str().unwrap();
    for format in ["text", "json", "junit"] {
        let mut command = command(&["check", "--format", format, path, path]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.stderr.as_slice(), output.status.code()), (&b""[..], Some(1)), "{format}");
    }
}
