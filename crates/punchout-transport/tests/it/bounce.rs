//! Mails that come back: a file for each form, and laws for all bytes.

use proptest::prelude::*;
use punchout_core::Limits;
use punchout_transport::bounce::{self, Kind, MailIds, Notice, Outcome, Place, Reader};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bounce")
}

/// Every sample with its name, in order.
fn samples() -> Vec<(String, Vec<u8>)> {
    let paths = fs::read_dir(directory()).unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    samples.sort();
    assert!(samples.len() > 20, "the samples are gone");
    samples
}

fn the_order() -> MailIds {
    MailIds::new("1732222222.7@buyer.example", "buyer.example", "4500000017")
}

/// What the reader makes of it, for people.
fn told(notice: &Notice) -> String {
    let mut told = format!("{:?}: {:?}\n", notice.kind, notice.outcome());
    match notice.concerns(&the_order()) {
        Some(place) => writeln!(told, "the order: {place:?}, strong: {}", place.is_strong()).unwrap(),
        None => told += "no order\n",
    }
    if let Some(name) = &notice.reporting_mta {
        writeln!(told, "reported by {name}").unwrap();
    }
    for recipient in &notice.recipients {
        writeln!(told, "- {} {}", recipient.address.as_deref().unwrap_or("?"), recipient.action).unwrap();
        if let Some(status) = recipient.status {
            writeln!(told, "  {status}: {}", status.meaning()).unwrap();
        }
        for (name, value) in [
            ("given as", recipient.original.clone()),
            ("said", recipient.diagnostic.clone()),
            ("by", recipient.remote_mta.clone()),
            ("until", recipient.retry_until.map(|date| date.to_rfc3339())),
        ] {
            if let Some(value) = value {
                writeln!(told, "  {name}: {value}").unwrap();
            }
        }
    }
    for clue in &notice.clues {
        writeln!(told, "{:?}: {}", clue.place, clue.value).unwrap();
    }
    told
}

#[test]
fn every_form_is_read() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (name, mail) in samples() {
        let path = directory().join(&name).with_extension("txt");
        let told = told(&bounce::read(&mail).unwrap());
        if update {
            fs::write(&path, &told).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(told, golden, "{name}: UPDATE_GOLDEN=1 writes it anew");
        let on_the_wire = String::from_utf8(mail).unwrap().replace('\n', "\r\n");
        assert_eq!(
            bounce::read(on_the_wire.as_bytes()).unwrap(),
            bounce::read(on_the_wire.replace('\r', "").as_bytes()).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn only_reports_say_what_became_of_an_order() {
    for (name, mail) in samples() {
        let notice = bounce::read(&mail).unwrap();
        let is_report = matches!(notice.kind, Kind::Delivery | Kind::Disposition | Kind::Informal);
        assert!(is_report || notice.recipients.is_empty(), "{name}");
        assert!(is_report || notice.outcome() == Outcome::Unknown, "{name}");
        assert!(notice.clues.is_sorted_by_key(|clue| clue.place), "{name}");
    }
}

fn sample(name: &str) -> Notice {
    let (_, mail) = samples().into_iter().find(|(found, _)| found == name).unwrap();
    bounce::read(&mail).unwrap()
}

/// A question about the order came back: the order did not.
#[test]
fn a_follow_up_is_not_the_order() {
    let notice = sample("dsn-follow-up");
    assert_eq!(notice.concerns(&the_order()), Some(Place::Thread));
    assert!(!Place::Thread.is_strong(), "its mails before are in it too");
    let question = MailIds::new("question.1@buyer.example", "buyer.example", "4500000017");
    assert_eq!(notice.concerns(&question), Some(Place::EnvelopeId));
    let ids: Vec<_> = notice.ids().collect();
    assert_eq!(ids.first(), Some(&"question.1@buyer.example"), "the best evidence first: {ids:?}");
    assert!(ids.contains(&"1732222222.7@buyer.example"), "to be looked for all the same");
}

/// Somebody who had a copy is gone; the supplier has the order.
#[test]
fn copies_do_not_fail_an_order() {
    let notice = sample("dsn-copy-failed");
    assert_eq!(notice.outcome(), Outcome::Failed);
    for (addresses, outcome) in [
        (&["Sales@shop.example"][..], Outcome::Delivered),
        (&["colleague@buyer.example"], Outcome::Failed),
        (&["sales@shop.example", "colleague@buyer.example"], Outcome::Failed),
        (&["somebody@shop.example"], Outcome::Unknown),
        (&[], Outcome::Unknown),
    ] {
        assert_eq!(notice.outcome_for(addresses), outcome, "{addresses:?}");
    }
    // the address that was given counts where another one was put in its place
    assert_eq!(sample("dsn-failed").outcome_for(&["sales@shop.example"]), Outcome::Failed);
    // and who is not named may be anybody
    assert_eq!(sample("dsn-nobody-named").outcome_for(&["sales@shop.example"]), Outcome::Failed);
}

#[test]
fn limits_are_kept() {
    let (_, mail) = samples().into_iter().find(|(name, _)| name == "dsn-failed").unwrap();
    let usual = Limits::default();
    for (limits, fits) in [
        (usual, true),
        (usual.with_bytes(mail.len()), true),
        (usual.with_bytes(mail.len() - 1), false),
        (usual.with_items(3), true),
        (usual.with_items(2), false),
        (usual.with_depth(1), true),
        (usual.with_depth(0), false),
        (usual.with_value_bytes(100), false),
    ] {
        assert_eq!(Reader::new().with_limits(limits).read(&mail).is_ok(), fits, "{limits:?}");
    }
}

/// Cheap for the sender, and no dearer for the reader.
#[test]
fn hostile_mails_cost_no_more_than_their_size() {
    let nested: String = (0..100_000).fold(String::new(), |mut mail, _| {
        mail += "Content-Type: message/rfc822\n\n";
        mail
    });
    let mut unfinished = String::new();
    for level in 0..50_000 {
        write!(unfinished, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n").unwrap();
    }
    let brackets = "<".repeat(1 << 20);
    let signs = "host ".repeat(1 << 18);
    let daemon = |body: &str| format!("From: MAILER-DAEMON@x\nX-Failed-Recipients: a@b\n\n{body}");
    let folded = format!("References: {}\n\n", "<a@b>\n ".repeat(30_000));
    for mail in [
        nested,
        unfinished,
        daemon(&brackets),
        daemon(&signs),
        daemon(&"a@b\n\n".repeat(900)),
        folded,
        daemon(&"Message-ID: ".repeat(1 << 16)),
    ] {
        let _ = bounce::read(mail.as_bytes());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let _ = bounce::read(&bytes);
    }

    #[test]
    fn damaged_mails_are_read(
        index in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        piece in proptest::collection::vec(any::<u8>(), 0..8),
        from in any::<prop::sample::Index>(),
    ) {
        let samples = samples();
        let (_, mail) = index.get(&samples);
        let (start, end) = (cut.index(mail.len()), from.index(mail.len()));
        let damaged = [&mail[..start], &piece, &mail[end..]].concat();
        if let Ok(notice) = bounce::read(&damaged) {
            // nothing but the id itself names the order
            let other = MailIds::new("another.order@buyer.example", "buyer.example", "OTHER-99");
            prop_assert_eq!(notice.concerns(&other), None);
        }
    }
}
