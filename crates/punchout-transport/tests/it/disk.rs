//! Disks that are full or closed, as the system makes them.

use crate::{at_once, order, says};
use punchout_transport::{Directory, Disposition, File, Intercept, Kind, OrderTransport, Outcome, Recorder};
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};
use tempfile::tempdir;

/// Tells the process that has such disks where they are.
const DISKS: &str = "PUNCHOUT_TEST_DISKS";

/// Mounts two small ones that only this process and its children see.
const MOUNT: &str = r#"
    mount -t tmpfs -o size=64k none "$1/small" &&
    mount -t tmpfs -o ro,size=64k none "$1/closed" || exit 99
    shift
    exec "$@"
"#;

#[test]
fn full_and_closed_disks_are_told_apart() {
    if let Some(disks) = std::env::var_os(DISKS) {
        let disks = Path::new(&disks);
        full(&disks.join("small"));
        full_while_releasing(&disks.join("small"));
        closed(&disks.join("closed"));
        fs::write(disks.join("done"), "").unwrap();
        return;
    }
    let disks = tempdir().unwrap();
    fs::create_dir(disks.path().join("small")).unwrap();
    fs::create_dir(disks.path().join("closed")).unwrap();
    let name = concat!(module_path!(), "::full_and_closed_disks_are_told_apart");
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh"])
        .arg(disks.path())
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name.split_once("::").unwrap().1])
        .env(DISKS, disks.path())
        .output();
    match ran {
        Ok(ran) if ran.status.success() => assert!(disks.path().join("done").exists(), "{ran:?}"),
        Ok(ran) if ran.status.code() == Some(101) => panic!("{}", String::from_utf8_lossy(&ran.stdout)),
        refused => println!("skipped: no disk can be mounted here: {refused:?}"),
    }
}

fn says_full(transport: &dyn OrderTransport, place: &Path) {
    let large = order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 1 << 20]));
    let error = at_once(transport, &large).unwrap_err();
    assert_eq!(says(&error), (Kind::StorageFull, Disposition::NotDelivered));
    for part in ["disk is full", place.to_str().unwrap()] {
        assert!(error.to_string().contains(part), "{error}");
    }
    assert_eq!(error.evidence().unwrap().sent.len(), 2);
    assert!(fs::read_dir(place).unwrap().next().is_none(), "nothing is left behind");
}

fn full(place: &Path) {
    says_full(&Directory::new(place), place);
    says_full(&Intercept::new(place), place);
    at_once(&Directory::new(place), &order()).unwrap();
    fs::remove_file(place.join("4500000017.xml")).unwrap();
}

fn full_while_releasing(place: &Path) {
    let intercept = Intercept::new(place);
    let id = at_once(&intercept, &order()).unwrap().intercepted.unwrap();
    let _ = fs::write(place.join("filler"), vec![0; 1 << 20]);
    let recorder = Recorder::new();
    let Poll::Ready(released) =
        pin!(intercept.release(&id, &recorder)).poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("nothing to wait for")
    };
    let error = released.unwrap_err();
    assert_eq!(says(&error), (Kind::StorageFull, Disposition::NotDelivered));
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert!(recorder.sent().is_empty());
    assert_eq!(intercept.entry(&id).unwrap().outcome, Outcome::Intercepted);
}

fn closed(place: &Path) {
    for transport in [&Directory::new(place) as &dyn OrderTransport, &Intercept::new(place)] {
        let error = at_once(transport, &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::AccessDenied, Disposition::NotDelivered));
        for part in ["read-only", place.to_str().unwrap()] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}
