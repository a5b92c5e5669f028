use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::Value;

/// What a call of the program came to.
pub(crate) struct Call {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Call {
    /// The only document on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }

    /// Asserts that the program could not run, wrote nothing, and said this.
    pub(crate) fn refused(&self, said: &str) {
        assert_eq!((self.status, self.stdout.as_str()), (2, ""), "{}", self.stderr);
        assert!(self.stderr.starts_with("error: ") && self.stderr.contains(said), "{}", self.stderr);
    }
}

pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cli")
}

/// The program, ready to be called.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_punchout"));
    command.args(arguments).current_dir(data()).stdin(Stdio::null());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Call {
    finished(&mut command(arguments), b"")
}

pub(crate) fn run_with_input(arguments: &[&str], input: &[u8]) -> Call {
    finished(command(arguments).stdin(Stdio::piped()), input)
}

pub(crate) fn finished(command: &mut Command, input: &[u8]) -> Call {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    if let Some(mut stdin) = child.stdin.take() {
        // the program reads everything before it writes
        stdin.write_all(input).expect("the program takes its input");
    }
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Call {
        status: output.status.code().expect("no signal ends the program"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Holds an output against the file of this name.
pub(crate) fn golden(name: &str, actual: &str) {
    let path = data().join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, actual).expect("the expected output can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(actual, expected, "{name}: if that is right, run again with UPDATE_GOLDEN=1");
}

/// The names in an object.
pub(crate) fn keys(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Says that something is missing, or fails where everything is required.
#[cfg(unix)]
#[expect(clippy::print_stdout, reason = "who reads what tests print is told")]
pub(crate) fn skips(what: &str) {
    let required = env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
    assert!(!required, "{what} is not here");
    println!("skipped: {what} is not here");
}
