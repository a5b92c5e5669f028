mod broken;
mod door;
mod doubt;
pub(crate) mod login;
mod proxy;
pub(crate) mod scripted;
mod slow;
pub(crate) mod sshd;

use crate::suite::{Subject, behaves};
use crate::{at_once, everything, order, says};
use punchout_transport::{
    Consignment, Directory, Disposition, Error, File, Kind, OrderTransport, Party, Receipt, Sftp, SftpOptions,
};
use sshd::{Sshd, everything_in};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::tempdir;

async fn send(options: SftpOptions, order: &Consignment) -> Result<Receipt, Error> {
    Sftp::new(options).unwrap().send(order).await
}

/// Puts something at a path.
type Put<'a> = &'a dyn Fn(&Path);

/// An order that takes several requests to write and to compare.
fn large_order() -> Consignment {
    let bytes: Vec<u8> = (0..100_000_u32).map(|n| b'a' + u8::try_from(n % 23).unwrap()).collect();
    Consignment::new("large", "18").with_file(File::new("18.xml", "text/xml", bytes))
}

#[tokio::test]
async fn behaves_like_every_transport() {
    let Some(sshd) = Sshd::start() else { return };
    behaves(async || {
        let place = tempdir().unwrap();
        let transport = Sftp::new(sshd.options(place.path())).unwrap();
        let arrived = move || {
            let reader = Directory::new(place.path());
            let names: Vec<_> = reader.entries().unwrap().into_iter().map(|entry| entry.name).collect();
            assert_eq!(everything_in(place.path()), names, "nothing hidden is left behind");
            names.iter().map(|name| Arc::from(reader.read(name).unwrap())).collect()
        };
        Subject { transport: Box::new(transport), arrived: Box::new(arrived) }
    })
    .await;
}

#[tokio::test]
async fn the_evidence_says_where_and_what() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    let order = large_order();
    let receipt = send(sshd.options(place.path()), &order).await.unwrap();
    assert_eq!(fs::read(place.path().join("18.xml")).unwrap(), *order.files[0].bytes);
    let evidence = &receipt.evidence;
    assert_eq!(
        evidence.endpoint,
        format!("sftp://127.0.0.1:{}{}", sshd.address.port(), place.path().display())
    );
    let key = format!("ssh-ed25519 {}", sshd::fingerprint(&sshd.keys.path().join("host_ed25519.pub")));
    assert_eq!(evidence.host_key.as_ref(), Some(&key));
    assert_eq!(evidence.replies, ["18.xml: 100000 bytes kept", "18.xml: renamed"]);
    assert!(receipt.timings.answered.unwrap() < receipt.timings.total);

    let receipt = send(sshd.options(place.path()), &order.with_attempt(2)).await.unwrap();
    assert!(receipt.already_there);
    assert_eq!(receipt.evidence.host_key, Some(key));
    assert_eq!(receipt.evidence.replies, ["18.xml: is there with the same bytes"]);
}

#[tokio::test]
async fn the_directory_may_be_where_the_user_logs_in() {
    let Some(sshd) = Sshd::start() else { return };
    let missing = sshd.options(Path::new("punchout-no-such-directory"));
    let error = send(missing, &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::NoDirectory, Disposition::NotDelivered));
    let endpoint = format!("sftp://127.0.0.1:{}/~/punchout-no-such-directory", sshd.address.port());
    assert_eq!(error.evidence().unwrap().endpoint, endpoint);

    let place = tempdir().unwrap();
    let Some(sshd) = Sshd::with_subsystem(&format!("internal-sftp -d {}", place.path().display())) else {
        return;
    };
    fs::create_dir(place.path().join("in")).unwrap();
    for (directory, already_there) in [("", false), ("in", false), ("in/", true)] {
        let receipt = send(sshd.options(Path::new(directory)), &order()).await.unwrap();
        assert_eq!(receipt.already_there, already_there, "{directory}");
        assert_eq!(everything_in(&place.path().join("in")).len(), usize::from(!directory.is_empty()));
    }
    assert_eq!(everything_in(place.path()), ["4500000017.xml", "in"]);
}

#[tokio::test]
async fn what_is_in_the_way_stays() {
    let Some(sshd) = Sshd::start() else { return };
    let outside = tempdir().unwrap();
    fs::write(outside.path().join("same"), &order().files[0].bytes).unwrap();
    let same_size = vec![b'x'; order().files[0].bytes.len()];
    let ways: [(&str, Put); 4] = [
        ("a file with other content", &|path| fs::write(path, "another order").unwrap()),
        ("a file with other content", &|path| fs::write(path, &same_size).unwrap()),
        ("a directory", &|path| fs::create_dir(path).unwrap()),
        ("a link", &|path| std::os::unix::fs::symlink(outside.path().join("same"), path).unwrap()),
    ];
    for (name, put) in ways {
        let place = tempdir().unwrap();
        let path = place.path().join("4500000017.xml");
        put(&path);
        let before = fs::symlink_metadata(&path).unwrap().modified().unwrap();
        let with_plan = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
        let error = send(sshd.options(place.path()), &with_plan).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected), "{name}: {error}");
        assert!(error.to_string().contains("`4500000017.xml`"), "{error}");
        assert!(error.to_string().starts_with(name), "{error}");
        assert_eq!(everything_in(place.path()), ["4500000017.xml"], "{name}");
        assert_eq!(fs::symlink_metadata(&path).unwrap().modified().unwrap(), before, "{name}");
    }
}

#[tokio::test]
async fn one_file_in_the_way_keeps_all_away() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    fs::write(place.path().join("plan.pdf"), "another plan").unwrap();
    let order = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let error = send(sshd.options(place.path()), &order).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected));
    assert!(error.to_string().contains("`plan.pdf`"), "{error}");
    assert_eq!(everything_in(place.path()), ["plan.pdf"], "the order's temporary is removed");

    // what an earlier attempt began is completed
    fs::write(place.path().join("plan.pdf"), "%PDF").unwrap();
    assert!(!send(sshd.options(place.path()), &order).await.unwrap().already_there);
    assert!(send(sshd.options(place.path()), &order).await.unwrap().already_there);
}

#[tokio::test]
async fn a_missing_directory_is_named() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    let missing = place.path().join("outbox");
    let error = send(sshd.options(&missing), &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::NoDirectory, Disposition::NotDelivered));
    assert!(error.to_string().contains(missing.to_str().unwrap()), "{error}");
    assert!(error.to_string().contains("does not exist"), "{error}");
    fs::write(&missing, "a file").unwrap();
    let error = send(sshd.options(&missing), &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::NoDirectory, Disposition::NotDelivered));
    assert!(error.to_string().contains("is no directory"), "{error}");
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_the_supplier_s_to_mend() {
    // the first refuses to write, the second everything that puts a file in place
    for (subsystem, says_so) in [
        ("internal-sftp -R", "cannot be written"),
        ("internal-sftp -P rename,posix-rename", "cannot be put in place"),
        ("internal-sftp -P lstat", "cannot be looked for"),
        ("internal-sftp -P write", "cannot be written"),
    ] {
        let Some(sshd) = Sshd::with_subsystem(subsystem) else { return };
        let place = tempdir().unwrap();
        let error = send(sshd.options(place.path()), &order()).await.unwrap_err();
        assert_eq!(says(&error), (Kind::AccessDenied, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), Party::Supplier);
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(everything(&error).contains("permission denied"), "{}", everything(&error));
        assert_eq!(everything_in(place.path()), [""; 0], "{subsystem}: the temporary is removed");
    }
}

#[tokio::test]
async fn what_cannot_be_compared_is_unknown() {
    let Some(sshd) = Sshd::with_subsystem("internal-sftp -P read") else { return };
    let place = tempdir().unwrap();
    assert!(!send(sshd.options(place.path()), &order()).await.unwrap().already_there);
    let error = send(sshd.options(place.path()), &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::AccessDenied, Disposition::Unknown));
    assert!(error.to_string().contains("cannot be compared"), "{error}");
}

#[tokio::test]
async fn the_other_rename_will_do_as_well() {
    let Some(sshd) = Sshd::with_subsystem("internal-sftp -P rename") else { return };
    let place = tempdir().unwrap();
    send(sshd.options(place.path()), &order()).await.unwrap();
    assert_eq!(everything_in(place.path()), ["4500000017.xml"]);
    let mut other = order();
    other.files[0].bytes = Arc::from(*b"<cXML/>");
    let error = send(sshd.options(place.path()), &other).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected));
    assert_eq!(fs::read(place.path().join("4500000017.xml")).unwrap(), *order().files[0].bytes);
}

#[tokio::test]
async fn a_file_may_be_replaced_if_that_is_asked_for() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    let path = place.path().join("4500000017.xml");
    let replacing = || sshd.options(place.path()).replace_existing();
    fs::write(&path, "another order").unwrap();
    let receipt = send(replacing(), &order()).await.unwrap();
    assert!(!receipt.already_there);
    assert_eq!(fs::read(&path).unwrap(), *order().files[0].bytes);
    assert!(send(replacing(), &order()).await.unwrap().already_there);
    assert_eq!(everything_in(place.path()), ["4500000017.xml"]);

    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let error = send(replacing(), &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected), "a directory stays: {error:?}");

    let Some(sshd) = Sshd::with_subsystem("internal-sftp -P posix-rename") else { return };
    let place = tempdir().unwrap();
    fs::write(place.path().join("4500000017.xml"), "another order").unwrap();
    let error = send(sshd.options(place.path()).replace_existing(), &order()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::NotDelivered, "{error:?}");
    assert!(error.to_string().contains("cannot be put in place"), "{error}");
    assert_eq!(fs::read(place.path().join("4500000017.xml")).unwrap(), b"another order");
    assert_eq!(everything_in(place.path()), ["4500000017.xml"], "the temporary is removed");
}

/// What the server writes may have 32 KiB at most, as on a disk that is full.
#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_left_there() {
    let Some(sshd) = Sshd::with_limit(64) else { return };
    let place = tempdir().unwrap();
    let error = send(sshd.options(place.path()), &large_order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, Disposition::NotDelivered), "{error:?}");
    assert_eq!(error.who_can_act(), Party::Supplier);
    assert!(error.to_string().contains("disk may be full"), "{error}");
    assert_eq!(everything_in(place.path()), [""; 0], "the temporary is removed");
    send(sshd.options(place.path()), &order()).await.unwrap();
    assert_eq!(everything_in(place.path()), ["4500000017.xml"]);
}

#[tokio::test]
async fn many_senders_leave_one_order() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    let senders: Vec<_> = (0..8_u8)
        .map(|sender| {
            let transport = Sftp::new(sshd.options(place.path())).unwrap();
            let mut order = order();
            order.files[0].bytes = Arc::from([b'0' + sender; 4096]);
            tokio::spawn(async move { transport.send(&order).await })
        })
        .collect();
    let mut delivered = Vec::new();
    for (number, sender) in (0..).zip(senders) {
        match sender.await.unwrap() {
            Ok(receipt) => {
                assert!(!receipt.already_there);
                delivered.push(b'0' + number);
            }
            Err(error) => assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected), "{error}"),
        }
    }
    let [winner] = delivered[..] else { panic!("{delivered:?}") };
    assert_eq!(everything_in(place.path()), ["4500000017.xml"]);
    assert_eq!(fs::read(place.path().join("4500000017.xml")).unwrap(), [winner; 4096]);
}

#[test]
fn a_host_with_a_password_in_it_is_refused_and_not_shown() {
    for host in ["buyer:hunter2@127.0.0.1", "sftp://hunter2", "shop.example/hunter2", "127.0.0.1:22"] {
        let options = SftpOptions::new(host, "buyer")
            .with_password("pass")
            .with_host_key("SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o");
        let error = Sftp::new(options.clone()).unwrap_err();
        assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
        assert!(error.to_string().contains("without user, password, port"), "{error}");
        assert!(!format!("{options:?} {}", everything(&error)).contains("hunter2"), "{error:?}");
    }
}

#[test]
fn without_a_runtime_it_says_so() {
    let options = SftpOptions::new("127.0.0.1", "buyer")
        .with_password("hunter2")
        .with_host_key("SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o");
    let error = at_once(&Sftp::new(options).unwrap(), &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
    assert!(error.to_string().contains("tokio"), "{error}");
}
