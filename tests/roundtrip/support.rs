use std::env::{self, consts::EXE_SUFFIX};
use std::path::PathBuf;
use std::process::{Command, Output};

/// An example as a program.
///
/// Cargo builds all examples before the tests, and puts them beside the
/// directory of these.
pub(crate) fn example(name: &str) -> Command {
    let test = env::current_exe().unwrap();
    let program =
        test.parent().unwrap().parent().unwrap().join("examples").join(format!("{name}{EXE_SUFFIX}"));
    assert!(
        program.is_file(),
        "{} is not there: leave `--test` out, or `cargo build --examples` first",
        program.display()
    );
    Command::new(program)
}

/// What a program said, which must end well.
pub(crate) fn said(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(status.success(), "{status}\n{stdout}\n{stderr}");
    stdout
}

/// Whether a program is there; a missing one fails the run that requires all.
pub(crate) fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    found || skip(&format!("{program} is not installed"))
}

/// The folder of the newest DTDs in the sample data.
pub(crate) fn dtds() -> Option<PathBuf> {
    let folder = env::var_os("PUNCHOUT_DATA").map(|data| PathBuf::from(data).join("cxml/dtd/1.2.071"));
    let folder = folder.filter(|folder| folder.is_dir());
    if folder.is_none() {
        skip("PUNCHOUT_DATA has no folder cxml/dtd/1.2.071");
    }
    folder
}

fn skip(reason: &str) -> bool {
    assert!(env::var("PUNCHOUT_REQUIRE").as_deref() != Ok("1"), "{reason}");
    println!("skipped: {reason}");
    false
}
