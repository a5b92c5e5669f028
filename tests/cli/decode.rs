use std::io::Read as _;
use std::process::Stdio;

use serde_json::json;

use crate::support::{command, golden, keys, run, run_with_input};

const ITEM_KEYS: [&str; 12] = [
    "currency",
    "description",
    "extra",
    "fields",
    "index",
    "long_text",
    "price",
    "price_unit",
    "quantity",
    "unit",
    "unit_price",
    "unit_resolved",
];

#[test]
fn outputs_are_as_expected() {
    for (arguments, expected, status) in [
        (["oci", "decode", "basket.form", "--format=json"], "basket.json", 1),
        (["oci", "decode", "basket.form", "--format=text"], "basket.txt", 1),
        (["oci", "decode", "good.form", "--format=text"], "good.txt", 0),
    ] {
        let call = run(&arguments);
        assert_eq!((call.status, call.stderr.as_str()), (status, ""), "{expected}");
        golden(expected, &call.stdout);
    }
}

#[test]
fn json_has_all_keys_and_exact_values() {
    let call = run(&["oci", "decode", "--format", "json", "basket.form"]);
    let document = call.json();
    assert_eq!(keys(&document), ["controls", "diagnostics", "items"]);
    let [first, second, fourth] = document["items"].as_array().unwrap().as_slice() else {
        panic!("three items")
    };
    for item in [first, second, fourth] {
        assert_eq!(keys(item), ITEM_KEYS);
    }

    assert_eq!(first["fields"]["PRICE"], "12,34", "as decoded");
    assert_eq!(first["price"], "12.34");
    assert_eq!(first["price_unit"], "100");
    assert_eq!(first["unit_price"], "0.1234");
    assert_eq!(first["unit_resolved"], json!({"code": "PCE", "tier": "sap_iso"}));
    assert_eq!(first["description"], "Sechskantschraube M8x40 \"verzinkt\"");
    assert_eq!(first["long_text"], "DIN 933, Güte 8.8, 100 Stück je Karton", "joined");
    assert_eq!(first["fields"]["LONGTEXT"], first["long_text"]);
    assert_eq!(first["extra"], json!({}));

    assert_eq!(second["fields"]["QUANTITY"], "2.500");
    assert_eq!(second["quantity"], "2.5");
    assert_eq!(second["price_unit"], json!(null));
    assert_eq!(second["unit_price"], "0.0215");
    assert_eq!(second["long_text"], json!(null));
    assert_eq!(second["extra"], json!({"COLOUR": ["grün", "blau"], "Size": "L"}), "as spelled");

    assert_eq!(fourth["index"], 4, "a gap stays a gap");
    assert_eq!(fourth["description"], "Besen", "the first value that is not empty");
    assert_eq!(fourth["fields"]["DESCRIPTION"], "Besen");
    assert_eq!(fourth["fields"]["MATGROUP"], "", "sent, and empty");
    assert_eq!(fourth["quantity"], json!(null), "unreadable");
    assert_eq!(fourth["fields"]["QUANTITY"], "zwei");
    assert_eq!(fourth["unit_resolved"], json!({"code": "PCE", "tier": "alias"}));

    assert_eq!(document["controls"], json!({"~OkCode": "ADDI", "~caller": ["CTLG", "again"]}));
    let findings = document["diagnostics"].as_array().unwrap();
    for finding in findings {
        assert_eq!(keys(finding), ["at", "code", "help", "message", "severity", "span"]);
    }
    let bad = findings.iter().find(|finding| finding["code"] == "OCI-NUM-BAD").unwrap();
    assert_eq!((&bad["at"], &bad["severity"]), (&json!("item 4 / QUANTITY"), &json!("error")));
    let body = std::fs::read_to_string(crate::support::data().join("basket.form")).unwrap();
    let place = |end: usize| usize::try_from(bad["span"][end].as_u64().unwrap()).unwrap();
    assert_eq!(&body[place(0)..place(1)], "NEW_ITEM-QUANTITY%5B4%5D=zwei");
}

#[test]
fn keys_keep_their_order() {
    let call = run(&["oci", "decode", "--format", "json", "good.form"]);
    let order = [
        "items",
        "index",
        "fields",
        "DESCRIPTION",
        "description",
        "quantity",
        "unit",
        "unit_resolved",
        "price",
        "price_unit",
        "unit_price",
        "currency",
        "long_text",
        "extra",
        "controls",
        "diagnostics",
    ];
    let mut rest = call.stdout.as_str();
    for key in order {
        let quoted = format!("\"{key}\": ");
        rest = rest.split_once(&quoted).unwrap_or_else(|| panic!("{key} is not where it belongs: {rest}")).1;
    }
}

#[test]
fn numbers_are_never_written_with_an_exponent_or_blanks_at_the_end() {
    for (sent, written) in [
        ("100", "100"),
        ("2.500", "2.5"),
        ("0001730.900", "1730.9"),
        ("10000000000000000000000000", "10000000000000000000000000"),
        ("0.0000001", "0.0000001"),
        ("0", "0"),
    ] {
        let body = format!("NEW_ITEM-PRICE[1]={sent}");
        let call = run_with_input(&["oci", "decode", "--format=json", "-"], body.as_bytes());
        assert_eq!(call.json()["items"][0]["price"], written);
        assert_eq!(call.json()["items"][0]["fields"]["PRICE"], sent);
    }
}

#[test]
fn an_empty_return_is_a_document_too() {
    let call = run_with_input(&["oci", "decode", "-", "--format=json"], b"");
    let document = call.json();
    assert_eq!((call.status, &document["items"], &document["controls"]), (0, &json!([]), &json!({})));
    let finding = &document["diagnostics"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("OCI-EMPTY"), &json!("note")));
    assert_eq!((&finding["at"], &finding["span"]), (&json!(""), &json!(null)));
}

#[test]
fn status_follows_the_worst_finding() {
    let warning = "NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=1,5&NEW_ITEM-UNIT[1]=PCE";
    let note = "NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=1.1234&NEW_ITEM-UNIT[1]=PCE";
    let error = "NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-UNIT[1]=PCE";
    for (body, lenient, strict) in [(note, 0, 0), (warning, 0, 1), (error, 1, 1)] {
        let normal = run_with_input(&["oci", "decode", "-"], body.as_bytes());
        let severe = run_with_input(&["oci", "decode", "--strict", "-"], body.as_bytes());
        assert_eq!((normal.status, severe.status), (lenient, strict), "{body}");
        assert_eq!(normal.stdout, severe.stdout, "the threshold changes the status alone");
    }
}

#[test]
fn a_profile_decides_the_severity() {
    let status = |profile| run(&["oci", "decode", "--profile", profile, "basket-comma.form"]).status;
    assert_eq!(status("lenient"), 0);
    assert_eq!(status("oci-4.0"), 1);
    assert_eq!(status("town-hall.toml"), 1, "a file that makes the comma an error");
}

#[test]
fn a_profile_that_is_not_there_or_not_readable_is_refused() {
    let call = run(&["oci", "decode", "--profile", "nowhere", "good.form"]);
    call.refused("there is no profile and no file `nowhere`");
    assert!(call.stderr.contains("ifs-cloud, lenient,"), "{}", call.stderr);
    run(&["oci", "decode", "--profile", "good.form", "good.form"])
        .refused("cannot read the profile good.form: line 1");
    run(&["oci", "decode", "--profile", ".", "good.form"]).refused("cannot read .");
    #[cfg(unix)]
    run(&["oci", "decode", "--profile", "/dev/zero", "good.form"])
        .refused("/dev/zero has more than 1048576 bytes");
}

#[test]
fn what_cannot_be_read_is_refused() {
    run(&["oci", "decode", "nothing.form"]).refused("cannot read nothing.form: ");
    run(&["oci", "decode", "--input=json", "good.form"]).refused("cannot read good.form: ");
    run(&["oci", "decode", "--input=response", "good.form"]).refused("cannot read good.form: ");
    run(&["oci", "decode", "--input=tape", "good.form"])
        .refused("possible values: auto, form, html, pairs, xml");
    run(&["oci", "decode"]).refused("<FILE>");
}

#[test]
fn shapes_are_found_out_or_told() {
    let form = "NEW_ITEM-DESCRIPTION%5B1%5D=nut";
    let html =
        "<form method=post action=x><input type=hidden name=\"NEW_ITEM-DESCRIPTION[1]\" value=nut></form>";
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let xml = "<?xml version=\"1.0\"?><BusinessDocument><Catalog><Product><ShoppingBasketItem/>\
               <Description>nut</Description></Product></Catalog></BusinessDocument>";
    for (shape, input) in [
        ("form", form),
        ("html", html),
        ("pairs", "NEW_ITEM-DESCRIPTION[1]=nut\nNEW_ITEM-UNIT[1]=PCE\n"),
        ("json", "{\"NEW_ITEM-DESCRIPTION[1]\": \"nut\"}"),
        ("xml", xml),
        ("response", &response),
    ] {
        for told in ["auto", shape] {
            let arguments = ["oci", "decode", "--format=json", "--input", told, "-"];
            let call = run_with_input(&arguments, input.as_bytes());
            assert_eq!(call.json()["items"][0]["description"], "nut", "{shape} as {told}");
        }
    }
}

#[test]
fn charset_is_taken_where_utf_8_fails() {
    let body = b"NEW_ITEM-DESCRIPTION[1]=%A3%F3d%9F";
    let description = |arguments: &[&str]| {
        let call = run_with_input(&[&["oci", "decode", "--format=json", "-"], arguments].concat(), body);
        call.json()["items"][0]["description"].clone()
    };
    assert_eq!(description(&[]), "£ódŸ");
    assert_eq!(description(&["--charset", "iso-8859-2"]), "Łód\u{9f}");
}

#[test]
fn text_is_fit_for_a_terminal() {
    let body =
        b"NEW_ITEM-DESCRIPTION[1]=a%1B[31mb%0Ac&%1B[2J=x%07y&NEW_ITEM-%1B[2J[1]=1&NEW_ITEM-%1B[2J[1]=2";
    let call = run_with_input(&["oci", "decode", "-"], body);
    assert!(call.stdout.contains("a [31mb c"), "{}", call.stdout);
    assert!(call.stdout.contains("OCI-IDX-BAD"), "the name stands in a finding: {}", call.stdout);
    assert!(!call.stdout.chars().any(|c| c.is_control() && c != '\n'), "{:?}", call.stdout);
}

/// A body of so many items with one field each.
fn items(count: usize, field: &str, value: &str) -> String {
    let pairs: Vec<_> = (1..=count).map(|item| format!("NEW_ITEM-{field}[{item}]={value}")).collect();
    pairs.join("&")
}

#[test]
fn findings_beyond_the_cap_are_counted() {
    let body = items(10_100, "QUANTITY", "1,5");
    let call = run_with_input(&["oci", "decode", "--format=json", "-"], body.as_bytes());
    let kept = call.json()["diagnostics"].as_array().unwrap().len();
    assert_eq!(kept, 10_000);
    let dropped: usize =
        call.stderr.split_once("note: ").unwrap().1.split(' ').next().unwrap().parse().unwrap();
    assert!(dropped > 100, "{}", call.stderr);
    assert_eq!(call.status, 1);

    let call = run_with_input(&["oci", "decode", "-"], body.as_bytes());
    let summary = call.stdout.lines().last().unwrap();
    assert!(summary.ends_with(&format!(", {dropped} more dropped after the first 10000")), "{summary}");
    assert_eq!((call.status, call.stderr.as_str()), (1, ""));
}

#[test]
fn findings_in_a_large_body_come_with_their_place() {
    let padding = "x".repeat(15 << 20);
    let item = "NEW_ITEM-QUANTITY[1]=1,5&NEW_ITEM-PRICE[1]=1,5&NEW_ITEM-UNIT[1]=Stk&NEW_ITEM-CURRENCY[1]=EUR\
                &NEW_ITEM-LEADTIME[1]=1.5&NEW_ITEM-SERVICE[1]=Y";
    let body = format!("a={padding}&b={padding}&{item}");
    let column = body.find("NEW_ITEM-PRICE").unwrap() + 1;
    let call = run_with_input(&["oci", "decode", "--input=form", "-"], body.as_bytes());
    assert_eq!(call.stdout.matches("\n  --> <stdin>:1:").count(), 6, "{}", call.stdout);
    assert!(call.stdout.contains(&format!("\n  --> <stdin>:1:{column} (item 1 / PRICE)")), "{}", call.stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let body = items(20_000, "DESCRIPTION", "nut");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), body).unwrap();
    for format in ["text", "json"] {
        let path = file.path().to_str().unwrap();
        let mut command = command(&["oci", "decode", "--format", format, path]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        // in JSON the dropped findings are told, in text they are part of what nobody read
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.is_empty() || told.starts_with("note: "), "{told}");
        assert_eq!(output.status.code(), Some(1), "the verdict stands");
    }
}
