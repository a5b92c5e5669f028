//! What a program that asked for JSON reads when the program could not run.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use punchout::transport::Party;
use serde::Serialize;

use crate::failure::Failure;
use crate::output;

/// It has the fields that the outcome of an order has, so that whoever sends
/// one looks for it in one place.
#[derive(Debug, Serialize)]
struct Document {
    outcome: &'static str,
    order: Option<()>,
    receipt: Option<()>,
    error: Why,
    evidence: Option<()>,
    advice: &'static str,
}

#[derive(Debug, Serialize)]
struct Why {
    kind: &'static str,
    message: String,
    who_can_act: &'static str,
    answered_seconds: Option<f64>,
    total_seconds: Option<f64>,
    retry_after_seconds: Option<u64>,
    answer: Option<()>,
}

/// Says why the program could not run; the exit status that says so too.
pub(crate) fn tell(failure: &Failure, wants_json: bool) -> ExitCode {
    failure.tell();
    // what was not written for want of room has none for this either
    if wants_json && !matches!(failure, Failure::Write(_)) {
        write(failure.in_full());
    }
    ExitCode::from(2)
}

/// Says that the arguments were not understood, or what was asked about them;
/// the exit status of that.
pub(crate) fn tell_of_arguments(error: &clap::Error, wants_json: bool) -> ExitCode {
    // with nobody there to read it, the status still says so
    let _ = error.print();
    let _ = io::stdout().flush();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    if wants_json {
        write(in_short(&error.to_string()));
    }
    ExitCode::from(2)
}

/// Whether the arguments ask for JSON, as far as they can be understood.
pub(crate) fn wants_json(arguments: &[OsString]) -> bool {
    let options = arguments.iter().take_while(|argument| *argument != "--");
    let next = options.clone().skip(1);
    options.zip(next.map(Some).chain([None])).any(|(argument, value)| {
        argument == "--format=json" || (argument == "--format" && value.is_some_and(|value| value == "json"))
    })
}

/// On one line: what is asked for may be a line for each document.
fn write(message: String) {
    let error = Why {
        kind: "not-run",
        message,
        who_can_act: Party::Caller.as_str(),
        answered_seconds: None,
        total_seconds: None,
        retry_after_seconds: None,
        answer: None,
    };
    let document = Document {
        outcome: "not-run",
        order: None,
        receipt: None,
        error,
        evidence: None,
        advice: "you: mend what the error says; nothing was sent",
    };
    // standard error has said it
    let _ = output::write(|out| {
        serde_json::to_writer(&mut *out, &document)?;
        writeln!(out)
    });
}

/// What is wrong with the arguments, without the manual that follows it.
fn in_short(text: &str) -> String {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_asked_for_by_one_argument_or_two() {
        for (line, expected) in [
            ("order send --format json", true),
            ("--format=json", true),
            ("order send --format", false),
            ("order send --format text json", false),
            ("order send --format text --format json", true),
            ("order send -- --format json", false),
            ("order send --format -- json", false),
            ("", false),
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            assert_eq!(wants_json(&arguments), expected, "{line}");
        }
    }

    #[test]
    fn of_a_manual_the_reason_is_left() {
        let text = "error: these were not given:\n  --connection <FILE>\n  <ORDER>\n\nUsage: punchout …\n";
        assert_eq!(in_short(text), "these were not given: --connection <FILE> <ORDER>");
        assert_eq!(in_short("of another form"), "of another form");
    }
}
