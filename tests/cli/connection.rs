//! `punchout connection check`: findings, exit statuses, and no secret.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::send::{Folder, discreet};
use crate::support::{Call, command, finished, golden};

/// Checks a description beside the other data.
fn check(arguments: &[&str]) -> Call {
    let mut command = command(&[&["connection", "check"], arguments].concat());
    discreet(finished(command.env("BOLTS_PASSWORD", "hunter2-and-more"), b""))
}

#[test]
fn connections_are_checked() {
    let call = check(&["good.connection.toml"]);
    assert_eq!((call.status, &*call.stderr), (0, ""), "{}", call.stdout);
    golden("good.connection.txt", &call.stdout);
    let said = check(&["good.connection.toml", "--format", "json"]).json();
    assert_eq!(
        (&said["usable"], &said["endpoint"]),
        (&Value::from(true), &Value::from("https://shop.example/orders"))
    );

    let call = check(&["bad.connection.toml"]);
    assert_eq!((call.status, &*call.stderr), (1, ""), "{}", call.stdout);
    golden("bad.connection.txt", &call.stdout);
    let call = check(&["bad.connection.toml", "--format", "json"]);
    assert_eq!(call.status, 1);
    golden("bad.connection.json", &call.stdout);
}

#[test]
fn a_check_looks_for_what_is_named() {
    let folder = Folder::new("https://shop.example/orders", "");
    let file = folder.text("shop.toml");
    assert_eq!(check(&[&file]).status, 0);
    fs::remove_file(folder.path("password")).unwrap();
    let call = check(&[&file]);
    assert_eq!(call.status, 1);
    assert!(
        call.stdout.contains("error: order.https.password: the secret is not to be had: file "),
        "{}",
        call.stdout
    );
    assert!(call.stdout.contains("no order can be sent; 1 problem, "), "{}", call.stdout);
    fs::write(&file, "[order]\nroute = 'none'\n").unwrap();
    let call = check(&[&file]);
    assert_eq!(
        (call.status, call.stdout.trim_end().ends_with("no order leg; no findings")),
        (0, true),
        "{}",
        call.stdout
    );
    fs::write(&file, "[order]\npassword = 'hunter2-and-more'\n").unwrap();
    check(&[&file]).refused("line 2: order: unknown key `password`");
    check(&["nowhere.toml"]).refused("cannot read nowhere.toml");
    assert!(Path::new(&file).exists());
}

#[test]
fn a_check_names_the_directory_that_is_not_there() {
    let folder = Folder::new("https://shop.example/orders", "journal = 'nowhere'");
    let call = check(&[&folder.text("shop.toml")]);
    assert_eq!(call.status, 1);
    assert!(call.stdout.contains("error[CON-FILE]"), "{}", call.stdout);
    assert!(call.stdout.contains("shop.toml:5:1 (order.journal)"), "{}", call.stdout);

    let folder = Folder::new("https://shop.example/orders", "intercept = 'held'");
    fs::create_dir(folder.path("held")).unwrap();
    let call = check(&[&folder.text("shop.toml")]);
    let said = format!("https, but orders are kept in {} instead of sent", folder.text("held"));
    assert!(call.status == 0 && call.stdout.contains(&said), "{}", call.stdout);
}
