//! The programs that read a PDF back.

use std::process::{Command, Output};

/// Whether a program is there; a missing one fails the run that requires all.
pub(crate) fn is_there(program: &str) -> bool {
    if Command::new(program).arg("--version").output().is_ok() {
        return true;
    }
    let required = std::env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
    assert!(!required, "{program} is required but not installed");
    println!("skipped: {program} is not installed");
    false
}

/// Runs a program on a PDF; `{}` stands for the file.
pub(crate) fn run(program: &str, arguments: &[&str], pdf: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("order.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    for argument in arguments {
        if *argument == "{}" {
            command.arg(&file);
        } else {
            command.arg(argument);
        }
    }
    command.output().unwrap()
}

/// The text of a PDF with every run of blanks as one.
pub(crate) fn text(pdf: &[u8]) -> String {
    let output = run("pdftotext", &["-enc", "UTF-8", "{}", "-"], pdf);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without blanks, so that it does not matter where lines end.
pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
