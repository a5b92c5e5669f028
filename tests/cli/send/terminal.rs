//! The line about a delivery, on a terminal.

use std::process::{Command, Stdio};

use super::{Folder, ORDER};
use crate::http::nobody;
use crate::support::{command, data, skips};

/// What a terminal shows in the end, line by line.
fn screen(written: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut column = 0;
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let line = lines.last_mut().unwrap();
        if let Some(after) = rest.strip_prefix("\x1b[K") {
            *line = line.chars().take(column).collect();
            rest = after;
            continue;
        }
        match c {
            '\r' => column = 0,
            '\n' => lines.push(String::new()),
            c => {
                assert!(!c.is_control(), "nothing else is sent to a terminal: {written:?}");
                let before: String = line.chars().take(column).collect();
                let after: String = line.chars().skip(column + 1).collect();
                *line = format!("{before}{c}{after}");
                column += 1;
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    lines
}

/// On one of 60 columns.
#[test]
fn a_terminal_shows_how_far_it_is() {
    let folder = Folder::new(&nobody(), "retry = { retries = 1, wait_seconds = 1 }");
    let program = command(&[]).get_program().to_str().unwrap().to_owned();
    let line = format!(
        "stty rows 24 cols 60; exec '{program}' order send {ORDER} --connection '{}'",
        folder.text("shop.toml")
    );
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(data()).stdin(Stdio::null());
    let Ok(ended) = script.output() else { return skips("script") };
    let said = String::from_utf8(ended.stdout).unwrap();
    assert_eq!(ended.status.code(), Some(4), "{said}");
    let shown: Vec<_> = said.split("\r\x1b[K").skip(1).filter_map(|rest| rest.split('\r').next()).collect();
    assert!(
        shown.iter().any(|line| line.contains("attempt 1 was not delivered, the next one in 1 s")),
        "{said:?}"
    );
    for line in shown.iter().filter(|line| line.contains("attempt ")) {
        assert!(line.chars().count() < 60, "{line}");
    }
    // nothing of the line is left beside the outcome
    let left = screen(&said);
    assert_eq!(left.first().map(String::as_str), Some("outcome      not delivered"), "{said:?}");
    let names =
        ["outcome", "order", "identity", "subject", "why", "who can act", "endpoint", "attempt", "began"];
    for (line, name) in left.iter().zip(names) {
        assert!(line.starts_with(&format!("{name:<13}")), "{name}: {line:?}");
    }
    assert!(left.iter().any(|line| line == "attempt      2"), "{left:?}");
    assert_eq!(left.last().map(String::as_str), Some(""), "it ends with a line end: {said:?}");
}
