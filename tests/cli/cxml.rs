mod anonymise;
mod check;
mod copy;
mod corpus;
mod junit;
mod secrets;
mod show;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::{self, Call};

/// The folder of the documents.
fn folder() -> PathBuf {
    support::data().join("../cxml")
}

/// `punchout cxml …`, ready to be called.
fn command(arguments: &[&str]) -> Command {
    let mut command = support::command(&[&["cxml"], arguments].concat());
    command.current_dir(folder());
    command
}

fn run(arguments: &[&str]) -> Call {
    support::finished(&mut command(arguments), b"")
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Call {
    support::finished(command(arguments).stdin(Stdio::piped()), input)
}

fn golden(name: &str, actual: &str) {
    support::golden(&format!("../cxml/{name}"), actual);
}

/// What stands in the documents of the folder and must never be shown.
const SECRETS: [&str; 4] = ["gehe1m", "t0ken", "s3cret", "4111"];

fn assert_without_secrets(call: &Call) {
    for secret in SECRETS {
        assert!(!call.stdout.contains(secret) && !call.stderr.contains(secret), "{secret}: {}", call.stdout);
    }
}

/// A document of this body.
fn document(body: &str) -> String {
    format!(
        "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd\">\n\
         <cXML payloadID=\"1@shop.example\" timestamp=\"2026-03-01T14:05:00+01:00\">{body}</cXML>\n"
    )
}
