//! The examples of the program's README are what the program does.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::support::{data, finished, run};

const README: &str = include_str!("../../crates/punchout-cli/README.md");

/// The directory of the program first, so that examples can call it.
fn path_with_program() -> OsString {
    let own = Path::new(env!("CARGO_BIN_EXE_punchout")).parent().map(Path::to_path_buf);
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&others)))
        .expect("no directory has a colon in its name")
}

/// Runs each line after `$ ` and compares what follows it, up to the next one.
#[test]
fn examples_are_true() {
    let path = path_with_program();
    let mut examples = 0;
    for block in README.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for example in block.split("$ ").skip(1) {
            let (line, expected) = example.split_once('\n').unwrap();
            let folder = data().join(if line.contains("punchout cxml") { "../cxml" } else { "." });
            let mut shell = Command::new("sh");
            let call = finished(shell.args(["-c", line]).current_dir(folder).env("PATH", &path), b"");
            assert_eq!(call.stdout + &call.stderr, expected, "{line}");
            examples += 1;
        }
    }
    assert!(examples >= 4, "{examples} examples");
}

/// The options that it shows for documents are such.
#[test]
fn options_are_read() {
    let (_, rest) = README.split_once("```toml\n").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("options.toml");
    std::fs::write(&file, rest.split_once("```").unwrap().0).unwrap();
    let call = run(&["order", "text", "../cxml/order.xml", "--options", file.to_str().unwrap()]);
    assert_eq!((call.status, &*call.stderr), (0, ""));
    assert!(call.stdout.contains("Wij bestellen graag bij u:"), "{}", call.stdout);
}

/// The shell code in the README of the project does what it is there to show.
#[test]
fn shell_code_of_the_project_runs() {
    let readme = include_str!("../../README.md");
    let blocks: Vec<_> =
        readme.split("```sh\n").skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0)).collect();
    assert_eq!(blocks.len(), 2);
    for (block, shown) in blocks.into_iter().zip(["exit status 1", "\"code\": \"OCI-IDX-0\""]) {
        let folder = tempfile::tempdir().unwrap();
        let shell = Command::new("sh")
            .args(["-eu", "-c", block])
            .current_dir(&folder)
            .env("PATH", path_with_program())
            .output();
        let Ok(output) = shell else {
            println!("skipped: there is no sh");
            return;
        };
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && printed.contains(shown), "{block}\n{output:?}");
    }
}
