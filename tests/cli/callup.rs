use std::fs;

use serde_json::json;

use crate::support::{command, finished, golden, run, run_with_input};

const BUILD: [&str; 6] = [
    "oci",
    "callup",
    "build",
    "--url=https://shop.example/oci?client=7",
    "--hook-url",
    "https://erp.example/r?s=1",
];

fn build(arguments: &[&str]) -> crate::support::Call {
    let mut command = command(&BUILD);
    finished(command.args(arguments).env("SHOP_PASSWORD", "gehe1m&").env_remove("SHOP_NOTHING"), b"")
}

#[test]
fn outputs_are_as_expected() {
    for (format, expected) in [("json", "call-up.json"), ("text", "call-up.txt")] {
        let call = run(&["oci", "callup", "read", "call-up.form", "--format", format]);
        assert_eq!((call.status, call.stderr.as_str()), (0, ""));
        golden(expected, &call.stdout);
    }
    let call = build(&["--user=ann", "--password-env=SHOP_PASSWORD", "--format=html"]);
    assert_eq!(call.status, 0, "{}", call.stderr);
    golden("call-up.html", &call.stdout);
}

#[test]
fn secrets_are_never_shown() {
    let secrets = ["gehe1m", "t0ken", "s3cret"];
    let body = fs::read(crate::support::data().join("call-up.form")).unwrap();
    let body_text = String::from_utf8(body.clone()).unwrap();
    assert!(secrets.iter().all(|secret| body_text.contains(secret)));
    let url = format!("https://gehe1m:gehe1m@shop.example/a=b?{body_text}");
    let raw = "PASSWORD=gehe1m&HOOK_URL=http://gehe1m@erp.example/r?a=1&TOKEN=t0ken&my_secret=s3cret";
    for input in [body_text.as_str(), &url, raw] {
        for arguments in [["--format=json", "--profile=lenient"], ["--format=text", "--profile=oci-4.0"]] {
            let call =
                run_with_input(&[&["oci", "callup", "read", "-"][..], &arguments].concat(), input.as_bytes());
            assert!(call.stdout.contains("***") && call.status < 2, "{}{}", call.stdout, call.stderr);
            for secret in secrets {
                assert!(
                    !call.stdout.contains(secret) && !call.stderr.contains(secret),
                    "{secret}: {}",
                    call.stdout
                );
            }
        }
    }
    let typed = run(&["oci", "callup", "read", "USERNAME=ann&PASSWORD=gehe1m"]);
    typed.refused("there is no file of this name");
    assert!(!typed.stderr.contains("gehe1m"));
}

#[test]
fn an_empty_secret_is_seen_to_be_empty() {
    let call = run_with_input(
        &["oci", "callup", "read", "--format=json", "-"],
        b"PASSWORD=&TOKEN=&HOOK_URL=SAPEVENT:POST",
    );
    let document = call.json();
    assert_eq!((&document["password"], &document["extra"]["TOKEN"]), (&json!(""), &json!("")));
    assert_eq!(document["hook_url"], "SAPEVENT:POST");
}

#[test]
fn a_call_up_is_taken_as_url_query_or_body() {
    let pairs = "USERNAME=ann&HOOK_URL=https%3A%2F%2Ferp.example%2Fr&FUNCTION=DETAIL&PRODUCTID=4711";
    let url = format!("https://shop.example/oci?{pairs}#top");
    let query = format!("?{pairs}\n");
    let as_argument = run(&["oci", "callup", "read", "--format=json", &url]);
    let expected = as_argument.json();
    assert_eq!(
        (&expected["username"], &expected["hook_url"]),
        (&json!("ann"), &json!("https://erp.example/r"))
    );
    assert_eq!(expected["function"], json!({"name": "DETAIL", "parameters": {"PRODUCTID": "4711"}}));
    for (told, input) in [
        ("auto", url.as_str()),
        ("url", &url),
        ("auto", &query),
        ("query", &query),
        ("query", pairs),
        ("auto", pairs),
        ("form", pairs),
    ] {
        let call = run_with_input(
            &["oci", "callup", "read", "--format=json", "--input", told, "-"],
            input.as_bytes(),
        );
        assert_eq!(call.json(), expected, "{told}: {input}");
    }
}

#[test]
fn reading_has_the_exit_status_of_its_findings() {
    let status = |arguments: &[&str], input: &str| {
        run_with_input(&[&["oci", "callup", "read", "-"], arguments].concat(), input.as_bytes()).status
    };
    assert_eq!(status(&[], "HOOK_URL=https%3A%2F%2Fx.example"), 0);
    assert_eq!(status(&[], "HOOK_URL=http%3A%2F%2Fx.example"), 0);
    assert_eq!(status(&["--strict"], "HOOK_URL=http%3A%2F%2Fx.example"), 1);
    assert_eq!(status(&[], "USERNAME=ann"), 1);
    assert_eq!(status(&["--profile=nowhere"], "USERNAME=ann"), 2);
    run(&["oci", "callup", "read", "nothing.form"]).refused("cannot read nothing.form: ");
}

#[test]
fn method_and_format_follow_from_each_other() {
    let get = "https://shop.example/oci?client=7&USERNAME=ann&OCI_VERSION=4.0&OPI_VERSION=1.0\
               &HOOK_URL=https%3A%2F%2Ferp.example%2Fr%3Fs%3D1\n";
    let post = get.split_once("client=7&").unwrap().1;
    for (arguments, written) in [
        (&[][..], post),
        (&["--method=post"], post),
        (&["--format=body"], post),
        (&["--method=get"], get),
        (&["--format=url"], get),
        (&["--method=get", "--format=url"], get),
    ] {
        let call = build(&[arguments, &["--user=ann"]].concat());
        assert_eq!(
            (call.stdout.as_str(), call.stderr.as_str(), call.status),
            (written, "", 0),
            "{arguments:?}"
        );
    }
    build(&["--method=get", "--format=body"]).refused("a GET has no body");
    build(&["--method=post", "--format=url"]).refused("the URL of a POST holds no parameters");
    let page = build(&["--method=get", "--format=html"]).stdout;
    assert!(
        page.contains("method=\"get\" action=\"https://shop.example/oci\"")
            && page.contains("name=\"client\"")
    );
}

#[test]
fn a_password_comes_from_the_environment_or_a_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    for line_end in ["", "\n", "\r\n"] {
        fs::write(file.path(), format!("gehe1m&{line_end}")).unwrap();
        let call = build(&["--password-file", path]);
        assert!(call.stdout.starts_with("PASSWORD=gehe1m%26&OCI_VERSION"), "{}{}", call.stdout, call.stderr);
    }
    let mut from_stdin = command(&BUILD);
    from_stdin.args(["--password-file", "-"]).stdin(std::process::Stdio::piped());
    assert!(finished(&mut from_stdin, b"gehe1m&\n").stdout.starts_with("PASSWORD=gehe1m%26&OCI_VERSION"));
    assert!(build(&["--password-env=SHOP_PASSWORD"]).stdout.starts_with("PASSWORD=gehe1m%26&OCI_VERSION"));
    let call = build(&["--param-env", "TOKEN=SHOP_PASSWORD", "--param", "a=b=c"]);
    assert!(call.stdout.starts_with("a=b%3Dc&TOKEN=gehe1m%26&"), "{}", call.stdout);

    fs::write(file.path(), "one\ntwo\n").unwrap();
    build(&["--password-file", path]).refused("holds more than one line");
    build(&["--password-file=nothing.txt"]).refused("cannot read nothing.txt");
    build(&["--password-env=SHOP_NOTHING"]).refused("the environment variable SHOP_NOTHING is not set");
    build(&["--password=gehe1m"]).refused("unexpected argument '--password'");
}

#[test]
fn a_secret_gets_into_no_url_and_no_message() {
    for (arguments, said) in [
        (&["--password-env=SHOP_PASSWORD", "--format=url"][..], "PASSWORD must not stand in a URL"),
        (&["--param-env=TOKEN=SHOP_PASSWORD", "--method=get"], "TOKEN must not stand in a URL"),
        (&["--param=TOKEN=gehe1m&"], "--param-env TOKEN=VARIABLE"),
        (&["--password=gehe1m&"], "unexpected argument '--password'"),
    ] {
        let call = build(arguments);
        call.refused(said);
        assert!(!call.stderr.contains("gehe1m"), "{}", call.stderr);
    }
    let call = build(&["--password-env=SHOP_PASSWORD", "--profile=ifs-cloud", "--param=SENDERID=7"]);
    assert!(
        call.stdout.contains("&PASSWORD=gehe1m%26&"),
        "this profile allows it: {}{}",
        call.stdout,
        call.stderr
    );
}

#[test]
fn functions_take_their_own_parameters() {
    let call = build(&["--function=validate", "--product-id=47 11", "--quantity=2.5"]);
    assert!(
        call.stdout.starts_with("FUNCTION=VALIDATE&PRODUCTID=47+11&QUANTITY=2.5&"),
        "{}{}",
        call.stdout,
        call.stderr
    );
    let call = build(&["--function=SOURCING", "--search=bolt", "--vendor=7", "--language=EN"]);
    assert!(
        call.stdout.starts_with("sap-language=EN&FUNCTION=SOURCING&SEARCHSTRING=bolt&VENDOR=7&"),
        "{}",
        call.stdout
    );
    build(&["--function=DETAIL", "--product-id=1", "--quantity=2"])
        .refused("--quantity is no parameter of DETAIL");
    build(&["--function=DETAIL"]).refused("PRODUCTID is missing");
    build(&["--quantity=2"]).refused("--function");
    let call = build(&["--function=EVALUATE", "--quantity=2"]);
    assert!(call.stdout.starts_with("FUNCTION=EVALUATE&QUANTITY=2&"), "kept as it is: {}", call.stdout);
    run(&["oci", "callup", "build", "--url=https://shop.example/"]).refused("HOOK_URL is missing");
    build(&["--profile=flexfleet", "--param=oci_usermail=ann@example.org"])
        .refused("oci_userfullname is missing");
}

#[test]
fn what_is_built_can_be_read() {
    let built = build(&[
        "--user=ann",
        "--password-env=SHOP_PASSWORD",
        "--target=_top",
        "--charset=utf-8",
        "--param=a=b",
    ]);
    let read = run_with_input(&["oci", "callup", "read", "--format=json", "-"], built.stdout.as_bytes());
    let document = read.json();
    assert_eq!((read.status, &document["diagnostics"]), (0, &json!([])));
    assert_eq!(document["hook_url"], "https://erp.example/r?s=1");
    assert_eq!(document["extra"], json!({"a": "b"}));
    assert_eq!((&document["password"], &document["target"]), (&json!("***"), &json!("_top")));
}
