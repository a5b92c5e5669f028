use crate::{SHARED_SECRET, at_once, at_the_limit, everything, failure, order, says};
use punchout_transport::{
    Answer, Capabilities, Consignment, Delivery, Digest, DirectoryJournal, Disposition, Error, Evidence,
    Journal, Journaled, Kind, MemoryJournal, Noted, OrderTransport, Outcome, Receipt, Recorder, Retry,
    Schedule,
};
use std::future::pending;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Waker};

/// Looks into the journal at the moment of sending, and then never answers.
struct Looks(Arc<MemoryJournal>);

impl OrderTransport for Looks {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
        Box::pin(async {
            let [begun] = &self.0.attempts()[..] else { panic!("an attempt has begun") };
            assert_eq!((begun.number, begun.outcome), (1, None));
            pending().await
        })
    }
}

#[test]
fn a_start_without_an_end_stays() {
    let journal = Arc::new(MemoryJournal::new());
    let journaled = Journaled::new(Looks(Arc::clone(&journal)), Arc::clone(&journal));
    let order = order();
    let mut delivery = journaled.send(&order);
    assert!(journal.attempts().is_empty());
    assert!(delivery.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(delivery);
    let [begun] = &journal.attempts()[..] else { panic!("it stays") };
    assert_eq!(begun.outcome, None);
    assert_eq!(
        (begun.identity.as_str(), begun.order_number.as_str()),
        ("1732222222.7@buyer.example", "4500000017")
    );
    assert_eq!(begun.sent[0].sha256, Digest::of(&order.files[0].bytes));
    assert!(!format!("{begun:?}").contains(SHARED_SECRET));
}

#[test]
fn each_attempt_and_each_outcome_is_noted() {
    let journal = Arc::new(MemoryJournal::new());
    let peer = Recorder::new()
        .then(Err(failure(Kind::Later, Disposition::NotDelivered)))
        .then(Err(failure(Kind::Timeout, Disposition::Unknown)))
        .then(Err(failure(Kind::Refused, Disposition::Rejected)))
        .then(Ok(Receipt::new(Evidence::new("held", &order())).with_intercepted("id")))
        .then(Ok(Receipt::new(Evidence::new("shop", &order())).with_reference("SO-1")));
    let attempts = Journaled::new(&peer, Arc::clone(&journal));
    let retry = Retry::new(attempts, Schedule::default(), at_the_limit);
    assert_eq!(at_once(&retry, &order()).unwrap_err().disposition(), Disposition::Unknown);
    for number in 3..=5 {
        let _ = at_once(&retry, &order().with_attempt(number));
    }
    let noted: Vec<_> = journal
        .attempts()
        .into_iter()
        .map(|attempt| (attempt.number, attempt.endpoint, attempt.outcome.unwrap(), attempt.detail))
        .collect();
    let noted: Vec<_> =
        noted.iter().map(|(n, to, came, detail)| (*n, to.as_str(), *came, detail.as_str())).collect();
    assert_eq!(
        noted,
        [
            (1, "recorder", Outcome::NotDelivered, "Later"),
            (2, "recorder", Outcome::Unknown, "Timeout"),
            (3, "recorder", Outcome::Rejected, "Refused"),
            (4, "recorder", Outcome::Intercepted, ""),
            (5, "recorder", Outcome::Delivered, "SO-1"),
        ]
    );
}

#[test]
fn what_cannot_be_sent_begins_nothing() {
    let journal = Arc::new(MemoryJournal::new());
    let journaled = Journaled::new(Recorder::new(), Arc::clone(&journal));
    let error = at_once(&journaled, &Consignment::new("", "17")).unwrap_err();
    assert_eq!(error.kind(), Kind::Consignment);
    assert!(journal.attempts().is_empty());
}

/// A journal whose disk is full.
struct Full;

impl Journal for Full {
    fn started<'a>(&'a self, _: &'a Consignment, _: Option<String>) -> Noted<'a> {
        Box::pin(async { Err(io::Error::from(io::ErrorKind::StorageFull).into()) })
    }

    fn ended<'a>(
        &'a self,
        _: &'a Consignment,
        _: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        panic!("what did not begin does not end")
    }
}

#[test]
fn what_cannot_be_noted_is_not_sent() {
    let peer = Recorder::new();
    let error = at_once(&Journaled::new(&peer, Full), &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, Disposition::NotDelivered));
    assert!(
        everything(&error).contains("journal") && everything(&error).contains("StorageFull"),
        "{error:?}"
    );
    assert_eq!(error.evidence().unwrap().endpoint, "recorder");
    assert!(!everything(&error).contains(SHARED_SECRET));
    assert!(peer.sent().is_empty());
}

#[test]
fn a_directory_keeps_what_happened() {
    let folder = tempfile::tempdir().unwrap();
    let journal = DirectoryJournal::new(folder.path());
    let order = order();
    assert_eq!(journal.past(&order.identity).unwrap(), None);
    let mut evidence = Evidence::new("shop", &order);
    evidence.replies = vec!["HTTP/1.1 200 OK\r\nattempt 9 ended now delivered".into()];
    let refused = Error::new(Kind::Refused, Disposition::Rejected, "no\n\nattempt 9 ended now delivered")
        .with_source(io::Error::other("below"))
        .with_answer(Answer::new(Some("text/xml".into()), SHARED_SECRET.into()));
    let peer = Recorder::new()
        .then(Err(failure(Kind::Later, Disposition::NotDelivered)))
        .then(Err(refused))
        .then(Ok(Receipt::new(evidence).with_reference("SO-1")));
    let journaled = Journaled::new(&peer, journal.clone());
    let mut came = Vec::new();
    for attempt in 1..=3 {
        let _ = at_once(&journaled, &order.clone().with_attempt(attempt));
        let past = journal.past(&order.identity).unwrap().unwrap();
        assert_eq!(past.attempt, attempt);
        came.push(past.outcome);
    }
    assert_eq!(came, [Outcome::NotDelivered, Outcome::Rejected, Outcome::Delivered]);
    let text = journal.text(&order.identity).unwrap();
    for line in [
        "  identity: 1732222222.7@buyer.example",
        "  order: 4500000017",
        "  to: recorder",
        "  error: no  attempt 9 ended now delivered",
        "  error: below",
        "  reference: SO-1",
        "  at: shop",
    ] {
        assert!(text.lines().any(|told| told == line), "{line}: {text}");
    }
    assert!(text.contains(&Digest::of(&order.files[0].bytes).to_string()));
    assert!(!text.contains(SHARED_SECRET), "{text}");
    // another order has a file of its own
    assert_eq!(journal.past("another").unwrap(), None);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(journal.file(&order.identity)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn without_its_directory_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let journal = DirectoryJournal::new(folder.path().join("nowhere"));
    let peer = Recorder::new();
    let error = at_once(&Journaled::new(&peer, journal.clone()), &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, Disposition::NotDelivered));
    assert!(everything(&error).contains("does not exist: create or mount it"), "{error:?}");
    assert!(peer.sent().is_empty());
    assert_eq!(journal.past("x").unwrap_err().kind(), Kind::NoDirectory);
}
