//! What programs read when the program could not run.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use serde_json::Value;

use crate::support::{keys, run};

/// All commands that write JSON, each with what it needs, and something wrong.
const COMMANDS: [&[&str]; 9] = [
    &["order", "send", "nowhere.xml", "--connection", "nowhere.toml"],
    &["order", "release", "held/none", "--connection", "nowhere.toml"],
    &["connection", "check", "nowhere.toml"],
    &["cxml", "check", "--dtd", "nowhere.dtd", "order.xml"],
    &["oci", "decode", "nowhere.form"],
    &["oci", "callup", "read", "nowhere.form"],
    &["oci", "callup", "build", "--url", "https://shop.example/"],
    &["oci", "profiles", "nowhere"],
    &["oci", "rules", "OCI-NONE"],
];

/// Asserts that the only document says why, and standard error does.
fn says_why(arguments: &[&str]) -> Value {
    let call = run(arguments);
    assert_eq!(call.status, 2, "{arguments:?}: {}", call.stderr);
    let said = call.json();
    assert_eq!(keys(&said), ["advice", "error", "evidence", "order", "outcome", "receipt"]);
    assert_eq!((&said["outcome"], &said["error"]["kind"]), (&"not-run".into(), &"not-run".into()));
    assert_eq!(call.stdout.lines().count(), 1, "one line, as for a document of many");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = said["error"]["message"].as_str().unwrap();
    assert!(words(&call.stderr).contains(message), "{message}: {}", call.stderr);
    said["error"].clone()
}

#[test]
fn every_command_says_it_in_json() {
    for command in COMMANDS {
        if command[..3] != ["oci", "callup", "build"] {
            says_why(&[command, &["--format", "json"]].concat());
        }
        // without JSON there is nothing on standard output
        run(command).refused("");
    }
}

#[test]
fn wrong_arguments_are_said_in_json_too() {
    for command in COMMANDS {
        for json in [&["--format", "json"][..], &["--format=json"]] {
            // before the command there is no such option
            let error = says_why(&[json, command].concat());
            assert_eq!(error["who_can_act"], "caller", "{error}");
            assert!(error["message"].as_str().unwrap().contains("--format"), "{error}");
            let error = says_why(&[command, json, &["--no-such-thing"]].concat());
            let message = error["message"].as_str().unwrap();
            assert!(message == "unexpected argument '--no-such-thing' found" || message.contains("'json'"));
        }
        run(&[command, &["--no-such-thing"]].concat()).refused("'--no-such-thing'");
    }
    let error = says_why(&["order", "send", "--format", "json"]);
    let missing = "the following required arguments were not provided: --connection <FILE> <ORDER>";
    assert_eq!(error["message"], missing);
}

/// That is no failure, and what it writes is for people.
#[test]
fn a_manual_stays_a_manual() {
    for arguments in
        [&["order", "send", "--format", "json", "--help"][..], &["--version", "--format=json"], &["--help"]]
    {
        let call = run(arguments);
        assert_eq!((call.status, &*call.stderr), (0, ""), "{arguments:?}");
        assert!(call.stdout.starts_with("Send a cXML order") || call.stdout.contains("punchout"));
        assert!(!call.stdout.contains("not-run\""), "{}", call.stdout);
    }
}
