use crate::suite::{Subject, behaves};
use crate::{at_once, order, says};
use punchout_core::Limits;
use punchout_transport::{Directory, Disposition, File, Kind};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::{TempDir, tempdir};

fn names(directory: &TempDir) -> Vec<String> {
    Directory::new(directory.path()).entries().unwrap().into_iter().map(|entry| entry.name).collect()
}

/// What lies there, hidden files included.
fn everything_in(directory: &TempDir) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn subject() -> Subject {
    let place = tempdir().unwrap();
    let transport = Directory::new(place.path());
    let reader = transport.clone();
    let arrived = move || {
        assert_eq!(everything_in(&place), names(&place), "nothing hidden is left behind");
        let entries = reader.entries().unwrap();
        entries.iter().map(|entry| Arc::from(reader.read(&entry.name).unwrap())).collect()
    };
    Subject { transport: Box::new(transport), arrived: Box::new(arrived) }
}

#[tokio::test]
async fn behaves_like_every_transport() {
    behaves(async || subject()).await;
}

#[test]
fn passes_over_what_is_not_finished() {
    let place = tempdir().unwrap();
    let directory = Directory::new(place.path());
    at_once(&directory, &order()).unwrap();
    fs::write(place.path().join(".punchout-1-0.part"), "<cX").unwrap();
    fs::create_dir(place.path().join("done")).unwrap();
    fs::write(place.path().join("a:b"), "x").unwrap();

    let entries = directory.entries().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(
        (entries[0].name.as_str(), entries[0].bytes),
        ("4500000017.xml", order().files[0].bytes.len() as u64)
    );
    for name in [".punchout-1-0.part", "../x", "a:b"] {
        assert_eq!(directory.read(name).unwrap_err().kind(), Kind::Consignment, "{name}");
    }
    for name in ["done", "missing"] {
        let error = directory.read(name).unwrap_err();
        assert_eq!(error.kind(), Kind::Storage);
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
    let small = directory.with_limits(Limits::default().with_bytes(10));
    assert_eq!(small.read("4500000017.xml").unwrap_err().kind(), Kind::Storage);
}

#[test]
fn a_missing_directory_is_named() {
    let place = tempdir().unwrap();
    let missing = place.path().join("outbox");
    let directory = Directory::new(&missing);
    let error = at_once(&directory, &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::NoDirectory, Disposition::NotDelivered));
    assert!(error.to_string().contains(missing.to_str().unwrap()), "{error}");
    assert_eq!(directory.entries().unwrap_err().kind(), Kind::NoDirectory);

    fs::write(&missing, "a file").unwrap();
    assert_eq!(
        says(&at_once(&directory, &order()).unwrap_err()),
        (Kind::NoDirectory, Disposition::NotDelivered)
    );
}

#[test]
fn one_file_in_the_way_keeps_all_away() {
    let place = tempdir().unwrap();
    fs::write(place.path().join("plan.pdf"), "another plan").unwrap();
    let order = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let error = at_once(&Directory::new(place.path()), &order).unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected));
    assert!(error.to_string().contains("`plan.pdf`"), "{error}");
    assert_eq!(everything_in(&place), ["plan.pdf"]);
    assert_eq!(fs::read(place.path().join("plan.pdf")).unwrap(), b"another plan");
}

#[test]
fn an_order_that_lies_there_is_not_undelivered_for_want_of_an_attachment() {
    let place = tempdir().unwrap();
    let directory = Directory::new(place.path());
    at_once(&directory, &order()).unwrap();
    fs::write(place.path().join("plan.pdf"), "another plan").unwrap();
    let order = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let error = at_once(&directory, &order).unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Unknown), "{error}");
    assert!(error.to_string().contains("an earlier attempt"), "{error}");
}

#[test]
fn completes_what_an_earlier_attempt_began() {
    let place = tempdir().unwrap();
    let directory = Directory::new(place.path());
    let order = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    fs::write(place.path().join("plan.pdf"), "%PDF").unwrap();
    assert!(!at_once(&directory, &order).unwrap().already_there);
    assert!(at_once(&directory, &order).unwrap().already_there);
    assert_eq!(everything_in(&place), ["4500000017.xml", "plan.pdf"]);
}

#[test]
fn what_is_in_the_way_is_named() {
    type Put<'a> = &'a dyn Fn(&Path);
    let ways: [(&str, Put); 2] = [
        ("a file with other content lies in", &|path| fs::write(path, "another order").unwrap()),
        ("a directory lies in", &|path| fs::create_dir(path).unwrap()),
    ];
    for (says_so, put) in ways {
        let place = tempdir().unwrap();
        put(&place.path().join("4500000017.xml"));
        let error = at_once(&Directory::new(place.path()), &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected));
        assert!(error.to_string().contains(says_so), "{error}");
        assert_eq!(everything_in(&place), ["4500000017.xml"]);
    }
}

#[cfg(unix)]
#[test]
fn follows_no_link() {
    let place = tempdir().unwrap();
    let outside = tempdir().unwrap();
    let target = outside.path().join("target");
    std::os::unix::fs::symlink(&target, place.path().join("4500000017.xml")).unwrap();
    let directory = Directory::new(place.path());
    let error = at_once(&directory, &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected));
    assert!(error.to_string().contains("a link lies in"), "{error}");
    assert!(!target.exists());
    fs::write(&target, "secret of another").unwrap();
    assert_eq!(directory.read("4500000017.xml").unwrap_err().kind(), Kind::Storage);
    assert!(directory.entries().unwrap().is_empty());
}

#[test]
fn many_senders_leave_one_order() {
    let place = tempdir().unwrap();
    let directory = Directory::new(place.path());
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..8_u8)
            .map(|sender| {
                let directory = &directory;
                let mut order = order();
                order.files[0].bytes = Arc::from([b'0' + sender; 4096]);
                scope.spawn(move || at_once(directory, &order))
            })
            .collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    let winner = outcomes.iter().position(Result::is_ok).unwrap();
    for (sender, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Ok(receipt) => assert!(sender == winner && !receipt.already_there),
            Err(error) => assert_eq!(says(error), (Kind::Exists, Disposition::Rejected)),
        }
    }
    assert_eq!(directory.read("4500000017.xml").unwrap(), [b'0' + u8::try_from(winner).unwrap(); 4096]);
    assert_eq!(everything_in(&place), ["4500000017.xml"]);
}
