//! Disks that are full or closed, as the system makes them.

use crate::{at_once, order, says, skips};
use punchout_transport::{
    Directory, DirectoryJournal, Disposition, File, Intercept, Journaled, Kind, OrderTransport, Outcome,
    Recorder,
};
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::process::{Command, Output};
use std::task::{Context, Poll, Waker};
use tempfile::tempdir;

/// Tells a process of its own what it has to do, and where.
const TASK: &str = "PUNCHOUT_TEST_DISK";

/// No file of this process and its children may have more than 32 KiB, and
/// they are told so instead of being ended.
const LIMITED: &str = "trap '' XFSZ; ulimit -f 64; exec \"$@\"";

/// None may have anything.
const NOTHING: &str = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";

/// Runs a test once more: after this script, and with this task.
fn again(test: &str, mut shell: Command, script: &str, task: &Path) -> Output {
    shell
        .args(["-c", script, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("disk::{test}")])
        .env(TASK, task)
        .output()
        .unwrap()
}

fn task() -> Option<std::path::PathBuf> {
    std::env::var_os(TASK).map(Into::into)
}

/// It ran, and ran this very test.
fn passed(ran: &Output) {
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn files_that_grow_no_further_are_not_left_behind() {
    if let Some(place) = task() {
        says_full(&Directory::new(&place), &place, "size of a file");
        says_full(&Intercept::new(&place), &place, "size of a file");
        at_once(&Directory::new(&place), &order()).unwrap();
        return;
    }
    let place = tempdir().unwrap();
    let test = "files_that_grow_no_further_are_not_left_behind";
    passed(&again(test, Command::new("sh"), LIMITED, place.path()));
    assert_eq!(Directory::new(place.path()).entries().unwrap().len(), 1, "what is small enough fits");
}

#[test]
fn what_cannot_be_noted_is_not_released() {
    if let Some(place) = task() {
        let [id] = &Intercept::new(&place).ids().unwrap()[..] else { panic!("one order") };
        not_released(&place, id);
        return;
    }
    let place = tempdir().unwrap();
    at_once(&Intercept::new(place.path()), &order()).unwrap();
    passed(&again("what_cannot_be_noted_is_not_released", Command::new("sh"), NOTHING, place.path()));
}

#[test]
fn a_start_that_was_cut_blocks_nothing_by_its_journal() {
    let journaled = |place: &Path| Journaled::new(Recorder::new(), DirectoryJournal::new(place));
    if let Some(place) = task() {
        let error = at_once(&journaled(&place), &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::Storage, Disposition::NotDelivered));
        return;
    }
    let place = tempdir().unwrap();
    let journal = DirectoryJournal::new(place.path());
    let log = journal.file(&order().identity);
    // the first line of a start fits, and not the rest
    let before = vec![b'\n'; 32 * 1024 - 80];
    fs::write(&log, &before).unwrap();
    let test = "a_start_that_was_cut_blocks_nothing_by_its_journal";
    passed(&again(test, Command::new("sh"), LIMITED, place.path()));
    assert!(fs::read(&log).unwrap() == before);
    assert!(!at_once(&journaled(place.path()), &order()).unwrap().already_there);
}

/// The kernel's own directories take no files, whoever asks.
#[test]
fn a_closed_directory_is_told_from_a_full_one() {
    let place = Path::new("/sys");
    for transport in [&Directory::new(place) as &dyn OrderTransport, &Intercept::new(place)] {
        let error = at_once(transport, &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::AccessDenied, Disposition::NotDelivered), "{error:?}");
        assert!(error.to_string().contains("/sys"), "{error}");
    }
}

/// Mounts two small ones that only this process and its children see.
const MOUNT: &str = r#"
    mount -t tmpfs -o size=64k none "$PUNCHOUT_TEST_DISK/small" &&
    mount -t tmpfs -o ro,size=64k none "$PUNCHOUT_TEST_DISK/closed" || exit 99
    exec "$@"
"#;

/// Where a user may mount disks, the same with real ones: elsewhere the tests
/// above stand for it.
#[test]
fn full_and_closed_disks_are_told_apart() {
    if let Some(disks) = task() {
        let small = disks.join("small");
        says_full(&Directory::new(&small), &small, "disk is full");
        says_full(&Intercept::new(&small), &small, "disk is full");
        let intercept = Intercept::new(&small);
        let id = at_once(&intercept, &order()).unwrap().intercepted.unwrap();
        let _ = fs::write(small.join("filler"), vec![0; 1 << 20]);
        not_released(&small, &id);
        let closed = disks.join("closed");
        for transport in [&Directory::new(&closed) as &dyn OrderTransport, &Intercept::new(&closed)] {
            let error = at_once(transport, &order()).unwrap_err();
            assert_eq!(says(&error), (Kind::AccessDenied, Disposition::NotDelivered));
            for part in ["read-only", closed.to_str().unwrap()] {
                assert!(error.to_string().contains(part), "{error}");
            }
        }
        return;
    }
    let disks = tempdir().unwrap();
    fs::create_dir(disks.path().join("small")).unwrap();
    fs::create_dir(disks.path().join("closed")).unwrap();
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "--mount"]);
    if !unshare.arg("true").status().is_ok_and(|status| status.success()) {
        return skips("a system where a user may mount disks (unshare)");
    }
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "--mount", "sh"]);
    let ran = again("full_and_closed_disks_are_told_apart", unshare, MOUNT, disks.path());
    if ran.status.code() == Some(99) {
        return skips("a system where a user may mount disks (mount)");
    }
    passed(&ran);
}

fn says_full(transport: &dyn OrderTransport, place: &Path, why: &str) {
    let large = order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 1 << 20]));
    let error = at_once(transport, &large).unwrap_err();
    assert_eq!(says(&error), (Kind::StorageFull, Disposition::NotDelivered), "{error:?}");
    for part in [why, place.to_str().unwrap()] {
        assert!(error.to_string().contains(part), "{error}");
    }
    assert_eq!(error.evidence().unwrap().sent.len(), 2);
    assert!(fs::read_dir(place).unwrap().next().is_none(), "nothing is left behind");
}

fn not_released(place: &Path, id: &str) {
    let intercept = Intercept::new(place);
    let recorder = Recorder::new();
    let Poll::Ready(released) =
        pin!(intercept.release(id, &recorder)).poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("nothing to wait for")
    };
    let error = released.unwrap_err();
    assert_eq!(says(&error), (Kind::StorageFull, Disposition::NotDelivered), "{error:?}");
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert!(recorder.sent().is_empty());
    assert_eq!(intercept.entry(id).unwrap().outcome, Outcome::Intercepted);
}
