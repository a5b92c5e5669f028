//! What is kept and not as it was.

use super::{anyway, kept, order, release};
use crate::{SHARED_SECRET, at_once, everything, failure, says};
use punchout_core::Limits;
use punchout_transport::Disposition::{NotDelivered, Unknown};
use punchout_transport::{Intercept, Kind, Recorder};
use std::fs;
use std::path::Path;

#[test]
fn what_was_changed_is_not_sent() {
    let change = |path: &Path, bytes: &[u8]| fs::write(path, bytes).unwrap();
    let xml = order().files[0].bytes.to_vec();
    let mut flipped = xml.clone();
    flipped[3] ^= 1;
    let cut = &xml[..xml.len() - 1];
    let long = [&xml[..], b"\n"].concat();
    for (file, bytes) in [
        ("files/4500000017.xml", Some(&flipped[..])),
        ("files/4500000017.xml", Some(cut)),
        ("files/4500000017.xml", Some(&long)),
        ("files/4500000017.xml", None),
        ("consignment", Some(b"")),
        ("consignment", Some(b"\xFF")),
        ("consignment", None),
        ("releases", Some(b"")),
        ("releases", Some(b"delivered 1")),
        ("releases", Some(b"perhaps 1 x\n")),
    ] {
        let (place, intercept, id) = kept();
        let path = place.path().join(&id).join(file);
        match bytes {
            Some(bytes) => change(&path, bytes),
            None => fs::remove_file(&path).unwrap(),
        }
        let recorder = Recorder::new();
        let disposition = if file == "releases" { Unknown } else { NotDelivered };
        for released in [release(&intercept, &id, &recorder), anyway(&intercept, &id, &recorder)] {
            let error = released.unwrap_err();
            assert_eq!(says(&error), (Kind::Damaged, disposition), "{file}");
            assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
            assert!(!everything(&error).contains(SHARED_SECRET));
        }
        assert!(recorder.sent().is_empty(), "{file}");
        // and it is not kept over it either
        assert_eq!(at_once(&intercept, &order()).unwrap_err().kind(), Kind::Damaged, "{file}");
    }
}

/// Without its history an order that was released is not as one that was not.
#[test]
fn a_lost_history_shows() {
    for came in [None, Some(NotDelivered), Some(Unknown)] {
        let (place, intercept, id) = kept();
        let peer = Recorder::new();
        let peer = match came {
            None => peer,
            Some(disposition) => peer.then(Err(failure(Kind::Connect, disposition))),
        };
        let _ = release(&intercept, &id, &peer);
        fs::remove_file(place.path().join(&id).join("releases")).unwrap();
        for released in [release(&intercept, &id, &peer), anyway(&intercept, &id, &peer)] {
            let error = released.unwrap_err();
            assert_eq!(says(&error), (Kind::Damaged, Unknown), "{came:?}");
            assert!(error.to_string().contains("there was a release"), "{error}");
        }
        assert_eq!(says(&at_once(&intercept, &order()).unwrap_err()), (Kind::Damaged, Unknown));
        assert_eq!(peer.sent().len(), 1);
    }
}

#[test]
fn an_entry_does_not_speak_for_another_order() {
    let (place, intercept, id) = kept();
    let other = "0".repeat(32);
    fs::rename(place.path().join(&id), place.path().join(&other)).unwrap();
    let error = release(&intercept, &other, &Recorder::new()).unwrap_err();
    assert_eq!(error.kind(), Kind::Damaged);
    assert!(error.to_string().contains("another order"), "{error}");
    assert_eq!(intercept.entries().unwrap_err().kind(), Kind::Damaged);
    assert_eq!(intercept.ids().unwrap(), [other]);
}

#[test]
fn what_is_no_order_is_said() {
    let (place, intercept, id) = kept();
    fs::create_dir(place.path().join(".punchout-1-0.part")).unwrap();
    fs::create_dir(place.path().join("done")).unwrap();
    assert_eq!(intercept.ids().unwrap(), std::slice::from_ref(&id));
    for no_id in ["", "..", "done", &id.to_uppercase(), &id[1..], &format!("../{id}"), &"0".repeat(32)] {
        let error = release(&intercept, no_id, &Recorder::new()).unwrap_err();
        assert_eq!(says(&error), (Kind::Consignment, NotDelivered), "{no_id}");
        assert_eq!(intercept.entry(no_id).unwrap_err().kind(), Kind::Consignment);
    }
    assert!(!place.path().join("0".repeat(32)).exists(), "asking makes nothing");

    let missing = Intercept::new(place.path().join("missing"));
    assert_eq!(says(&at_once(&missing, &order()).unwrap_err()), (Kind::NoDirectory, NotDelivered));
    assert_eq!(missing.ids().unwrap_err().kind(), Kind::NoDirectory);
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_it_and_no_link_leads_out() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (place, intercept, id) = kept();
    let entry = place.path().join(&id);
    assert_eq!(fs::metadata(&entry).unwrap().permissions().mode() & 0o777, 0o700);
    let (file, moved) = (entry.join("files/4500000017.xml"), place.path().join("moved"));
    fs::rename(&file, &moved).unwrap();
    symlink(&moved, &file).unwrap();
    let error = release(&intercept, &id, &Recorder::new()).unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, NotDelivered));
    assert!(error.to_string().contains("4500000017.xml"), "{error}");
}

#[test]
fn what_is_larger_than_its_limit_is_not_read() {
    let (_place, intercept, id) = kept();
    let small = intercept.with_limits(Limits::default().with_bytes(10));
    let error = release(&small, &id, &Recorder::new()).unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, NotDelivered));
    assert!(everything(&error).contains("limit of 10"), "{error:?}");
}
