use std::path::Path;
use std::{fs, io};

use punchout::core::Ignore;
use punchout::cxml::Document;

use super::{assert_without_secrets, command, document, folder, run, run_with_input};
use crate::support::{Call, finished};

const THROUGH: &str = "--through=model";

/// Copies within a folder.
fn copy(folder: &Path, from: &str, to: &str) -> Call {
    finished(command(&["copy", from, "-o", to, THROUGH]).current_dir(folder), b"")
}

fn source(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect("the document is there")
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let name = |entry: io::Result<fs::DirEntry>| entry.expect("the entry can be read").file_name();
    let mut names: Vec<_> =
        entries.map(|entry| name(entry).into_string().expect("the name was given here")).collect();
    names.sort();
    names
}

#[test]
fn a_copy_means_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["order.xml", "setup.xml", "started.xml", "refused.xml"] {
        fs::write(folder.path().join(name), source(name)).unwrap();
        let call = copy(folder.path(), name, "copy.xml");
        assert_eq!((call.status, call.stdout.as_str()), (0, ""), "{}", call.stderr);
        let copied = fs::read(folder.path().join("copy.xml")).unwrap();
        let read = |bytes: &[u8]| Document::read(bytes, &mut Ignore).unwrap();
        assert_eq!(read(&copied), read(&source(name)), "{name}");
        let call = copy(folder.path(), "copy.xml", "-");
        assert_eq!(call.stdout.as_bytes(), copied, "a copy of a copy");
    }
    assert_eq!(names(folder.path()).len(), 5, "nothing is left over");
}

#[test]
fn other_documents_are_copied_as_trees() {
    let call = run_with_input(&["copy", "-", "-o", "-", THROUGH], &source("note.xml"));
    assert_eq!(call.status, 0, "{}", call.stderr);
    assert!(call.stdout.contains("<note>") && call.stdout.contains("</note>"), "{}", call.stdout);
    for name in ["note.xml", "order.xml", "order-slips.xml"] {
        let call = run_with_input(&["copy", "-", "-o", "-", "--through=document"], &source(name));
        assert_eq!(call.stdout.as_bytes(), source(name), "{name}");
    }
}

#[test]
fn findings_go_to_standard_error() {
    let call = run_with_input(&["copy", "-", "-o", "-", THROUGH], &source("order-slips.xml"));
    assert!(call.stdout.ends_with("</cXML>\n"), "{}", call.stdout);
    assert!(call.stderr.contains("error[CXML-MISSING]"), "{}", call.stderr);
    assert!(call.stderr.lines().last().unwrap().starts_with("<stdin>: "), "{}", call.stderr);
    assert_eq!(call.status, 1);
    assert!(!call.stderr.contains("gehe1m"));
    let good = run_with_input(&["copy", "-", "-o", "-", THROUGH], &source("order.xml"));
    assert_eq!((good.status, good.stderr.as_str()), (0, ""));
}

#[test]
fn the_input_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("order.xml"), source("order.xml")).unwrap();
    copy(folder.path(), "order.xml", "./order.xml").refused("is the input too");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("order.xml", folder.path().join("link.xml")).unwrap();
        copy(folder.path(), "order.xml", "link.xml").refused("link.xml is the input too");
        copy(folder.path(), "link.xml", "order.xml").refused("order.xml is the input too");
    }
    assert_eq!(fs::read(folder.path().join("order.xml")).unwrap(), source("order.xml"));
}

#[test]
fn what_fails_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("broken.xml", source("broken.xml")),
        ("out.xml", b"as it was".to_vec()),
        ("order.xml", source("order.xml")),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let before = names(folder.path());
    let broken = copy(folder.path(), "broken.xml", "out.xml");
    broken.refused("cannot read broken.xml: ");
    assert_without_secrets(&broken);
    copy(folder.path(), "nothing.xml", "out.xml").refused("cannot read nothing.xml: ");
    copy(folder.path(), "order.xml", "nowhere/out.xml").refused("cannot write nowhere/out.xml: ");
    let nowhere = copy(folder.path(), "order.xml", "nowhere/out.xml").stderr;
    assert!(!nowhere.contains(".punchout-") && !nowhere.contains(" at path"), "{nowhere}");
    copy(folder.path(), "order.xml", ".").refused("cannot write .: ");
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read(folder.path().join("out.xml")).unwrap(), b"as it was");
}

#[cfg(unix)]
#[test]
fn a_hard_link_of_the_input_becomes_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("order.xml"), source("order.xml")).unwrap();
    fs::hard_link(place("order.xml"), place("link.xml")).unwrap();
    let call = copy(folder.path(), "order.xml", "link.xml");
    assert_eq!((call.status, call.stderr.as_str()), (0, ""));
    assert_eq!(fs::read(place("order.xml")).unwrap(), source("order.xml"), "the input stays");
    assert_ne!(fs::read(place("link.xml")).unwrap(), source("order.xml"));
    assert_eq!(names(folder.path()), ["link.xml", "order.xml"]);
}

#[test]
fn arguments_are_checked() {
    run(&["copy", "order.xml", THROUGH]).refused("--output <FILE>");
    run(&["copy", "order.xml", "-o", "-"]).refused("--through <THROUGH>");
    run(&["copy", "order.xml", "-o", "-", "--through=fire"]).refused("possible values: ");
}

#[cfg(unix)]
#[test]
fn files_keep_their_rights_links_and_kind() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("in.xml"), document("<Response><Status code='200' text='OK'/></Response>")).unwrap();
    fs::write(place("plain"), "").unwrap();
    fs::write(place("target"), "old").unwrap();
    fs::set_permissions(place("target"), PermissionsExt::from_mode(0o640)).unwrap();
    symlink("target", place("link")).unwrap();
    for out in ["new", "link", "/dev/null"] {
        let call = copy(folder.path(), "in.xml", out);
        assert_eq!((call.status, call.stderr.as_str()), (0, ""), "{out}");
    }
    let mode = |name: &str| fs::metadata(place(name)).unwrap().permissions().mode();
    assert_eq!(mode("new"), mode("plain"), "as any new file");
    assert_eq!(mode("target") & 0o777, 0o640);
    assert!(fs::symlink_metadata(place("link")).unwrap().is_symlink());
    assert_eq!(fs::read(place("target")).unwrap(), fs::read(place("new")).unwrap());
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert_eq!(names(folder.path()), ["in.xml", "link", "new", "plain", "target"]);
}
