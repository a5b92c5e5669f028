use crate::{SHARED_SECRET, at_once, at_the_limit, everything, failure, order, says};
use punchout_transport::{
    Answer, Capabilities, Claim, Claiming, Consignment, Delivery, Digest, DirectoryJournal, Disposition,
    Error, Evidence, File, Journal, Journaled, Kind, MemoryJournal, Noted, OrderTransport, Outcome, Package,
    Party, Past, Receipt, Recorder, Retry, Schedule,
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
        let _ = at_once(&retry, &order().with_attempt(number).with_again(true));
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

/// A journal whose disk is full, and what it knows.
struct Full(Option<Past>);

impl Journal for Full {
    fn claim<'a>(&'a self, _: &'a str) -> Claiming<'a> {
        Box::pin(async { Ok(Claim::new(self.0.clone())) })
    }

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
    let error = at_once(&Journaled::new(&peer, Full(None)), &order()).unwrap_err();
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
    let mail = Package::of("message/rfc822", &["a mail"]);
    let sent_as = format!("  sent as: message/rfc822, 6 bytes, SHA-256 {}", mail.sha256);
    let mut evidence = Evidence::new("shop", &order).with_package(mail);
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
        &sent_as,
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

/// With the directory goes what is known of the order: it may have been
/// delivered before.
#[test]
fn without_its_directory_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let journal = DirectoryJournal::new(folder.path().join("nowhere"));
    let peer = Recorder::new();
    let error = at_once(&Journaled::new(&peer, journal.clone()), &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::NoDirectory, Disposition::Unknown));
    assert_eq!(error.who_can_act(), Party::Caller);
    assert!(everything(&error).contains("does not exist: create or mount it"), "{error:?}");
    assert!(peer.sent().is_empty());
    assert!(everything(&error).contains(folder.path().to_str().unwrap()), "it is named: {error:?}");
    assert_eq!(says(&journal.past("x").unwrap_err()), (Kind::NoDirectory, Disposition::Unknown));
}

/// What is known of an order is known without its lock, and nothing is sent.
#[test]
fn without_its_lock_the_journal_still_knows() {
    let lost = || Err(failure(Kind::Timeout, Disposition::Unknown));
    let failed = || Err(failure(Kind::Connect, Disposition::NotDelivered));
    let delivered = || Ok(Receipt::new(Evidence::new("shop", &order())));
    let doubt = Some(Disposition::Unknown);
    for (came, plain, again) in [
        (None, Some(Disposition::NotDelivered), Some(Disposition::NotDelivered)),
        (Some(failed()), Some(Disposition::NotDelivered), Some(Disposition::NotDelivered)),
        (Some(lost()), doubt, doubt),
        (Some(delivered()), None, doubt),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let journal = DirectoryJournal::new(folder.path());
        if let Some(came) = came {
            after(&journal, came);
        }
        let lock = journal.file(&order().identity).with_extension("lock");
        let _ = std::fs::remove_file(&lock);
        std::fs::create_dir(&lock).unwrap();
        let peer = Recorder::new();
        for (asked, says) in [(order(), plain), (order().with_again(true), again)] {
            let outcome = at_once(&Journaled::new(&peer, journal.clone()), &asked);
            assert_eq!(outcome.as_ref().err().map(Error::disposition), says, "{outcome:?}");
            assert!(
                outcome.is_err_and(|error| everything(&error).contains("nothing was sent")) || says.is_none()
            );
        }
        assert!(peer.sent().is_empty());
        // nor does it call what it cannot read not delivered
        let log = lock.with_extension("log");
        let _ = std::fs::remove_file(&log);
        std::fs::create_dir(&log).unwrap();
        let error = at_once(&Journaled::new(&peer, journal), &order()).unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown);
    }
}

fn changed() -> Consignment {
    let mut changed = order();
    changed.files[0].bytes = Arc::from(*b"<cXML payloadID='the same'/>");
    changed
}

/// Sends by a journal that knows what an attempt before came to.
fn after(journal: &impl Journal, came: Result<Receipt, Error>) {
    let before = Journaled::new(Recorder::new().then(came), journal);
    let _ = at_once(&before, &order());
}

/// What an attempt came to, or is to come to; nothing is a delivery.
type Says = Option<(Kind, Disposition)>;

/// What was sent before, what is sent then, what that comes to, and whether it
/// goes out.
type Case = (Says, Consignment, Says, bool);

/// Sends into a journal, whatever journal that is.
fn obeys(new: impl Fn() -> Box<dyn Journal>) {
    let lost = Some((Kind::Timeout, Disposition::Unknown));
    let unclear = Some((Kind::Unclear, Disposition::Unknown));
    let cases: [Case; 8] = [
        (None, order(), None, false),
        (None, changed(), Some((Kind::Exists, Disposition::Rejected)), false),
        (lost, order(), unclear, false),
        (lost, changed(), unclear, false),
        (Some((Kind::Connect, Disposition::NotDelivered)), changed(), None, true),
        (Some((Kind::Refused, Disposition::Rejected)), order(), None, true),
        (None, changed().with_again(true), None, true),
        (lost, order().with_again(true), None, true),
    ];
    for (before, next, says_then, sends) in cases {
        let journal = new();
        let first = match before {
            None => Ok(Receipt::new(Evidence::new("shop", &order()))),
            Some((kind, disposition)) => Err(failure(kind, disposition)),
        };
        after(&journal, first);
        let peer = Recorder::new();
        // as a new process, which counts from 1
        let outcome = at_once(&Journaled::new(&peer, &journal), &next);
        let case = format!("{before:?}: {outcome:?}");
        assert_eq!(outcome.as_ref().err().map(says), says_then, "{case}");
        if sends {
            assert_eq!(peer.sent(), [next.with_attempt(2)], "{case}");
            assert!(!outcome.unwrap().already_there, "{case}");
            continue;
        }
        assert!(peer.sent().is_empty(), "{case}");
        let evidence = match &outcome {
            Ok(receipt) => &receipt.evidence,
            Err(error) => error.evidence().unwrap(),
        };
        assert_eq!((evidence.endpoint.as_str(), evidence.attempt), ("recorder", 1), "{case}");
        let what = if matches!(says_then, Some((Kind::Exists, _))) { &next } else { &order() };
        assert_eq!(evidence.sent, Evidence::new("", what).sent, "{case}");
        match outcome {
            Ok(receipt) => assert!(receipt.already_there),
            Err(error) => {
                assert_eq!(error.who_can_act(), Party::Caller);
                assert!(error.to_string().starts_with("nothing was sent: "), "{error}");
                let advice = if error.kind() == Kind::Exists { "new payloadID" } else { "ask the supplier" };
                assert!(error.to_string().contains(advice), "{error}");
            }
        }
    }
}

#[test]
fn what_is_noted_forbids_another_attempt() {
    obeys(|| Box::new(MemoryJournal::new()));
    let folder = tempfile::tempdir().unwrap();
    obeys(|| Box::new(DirectoryJournal::new(tempfile::tempdir_in(folder.path()).unwrap().keep())));
}

#[test]
fn a_later_failure_does_not_undo_the_doubt() {
    for (came, told) in [
        (Err(failure(Kind::Timeout, Disposition::Unknown)), "may have arrived"),
        (Ok(Receipt::new(Evidence::new("shop", &order()))), "was delivered"),
    ] {
        let journal = MemoryJournal::new();
        let before = Outcome::of(came.as_ref());
        after(&journal, came);
        let again = order().with_again(true);
        let peer = Recorder::new().then(Err(failure(Kind::Connect, Disposition::NotDelivered)));
        let error = at_once(&Journaled::new(peer, &journal), &again).unwrap_err();
        assert_eq!(says(&error), (Kind::Connect, Disposition::Unknown));
        assert!(error.to_string().contains(told), "{error}");
        // of the attempt itself it is noted as it was
        assert_eq!(journal.attempts()[1].outcome, Some(Outcome::NotDelivered));
        // nor does one that cannot begin
        let full = Full(Some(Past::new(before, 1)));
        let error = at_once(&Journaled::new(Recorder::new(), full), &again).unwrap_err();
        assert_eq!(says(&error), (Kind::Storage, Disposition::Unknown));
        assert!(error.to_string().contains(told), "{error}");
    }
}

/// From the look to the end it belongs to one.
#[test]
fn one_sender_at_a_time() {
    struct Silent;
    impl OrderTransport for Silent {
        fn capabilities(&self) -> Capabilities {
            Capabilities::new()
        }
        fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
            Box::pin(pending())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let memory = Arc::new(MemoryJournal::new());
    let journals: [[Box<dyn Journal>; 2]; 2] = [
        [Box::new(Arc::clone(&memory)), Box::new(memory)],
        // as in two processes
        [Box::new(DirectoryJournal::new(folder.path())), Box::new(DirectoryJournal::new(folder.path()))],
    ];
    for [one, another] in journals {
        let (first, order, peer) = (Journaled::new(Silent, one), order(), Recorder::new());
        let second = Journaled::new(&peer, another);
        let mut sending = first.send(&order);
        assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        for asked in [order.clone(), order.clone().with_again(true)] {
            let error = at_once(&second, &asked).unwrap_err();
            assert_eq!(says(&error), (Kind::Unclear, Disposition::Unknown));
            assert!(error.to_string().contains("by somebody else at this moment"), "{error}");
        }
        // another order is another matter
        let mut other = order.clone();
        other.identity.push('x');
        at_once(&second, &other).unwrap();
        drop(sending);
        // it began and did not end
        let error = at_once(&second, &order).unwrap_err();
        assert!(error.to_string().contains("ask the supplier"), "{error}");
        assert_eq!(at_once(&second, &order.clone().with_again(true)).unwrap().evidence.attempt, 2);
        assert_eq!(peer.sent().len(), 2);
    }
}

#[test]
fn of_many_senders_one_sends() {
    let folder = tempfile::tempdir().unwrap();
    let peer = Recorder::new();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let send = || at_once(&Journaled::new(&peer, DirectoryJournal::new(folder.path())), &order());
        let senders: Vec<_> = (0..16).map(|_| scope.spawn(send)).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    assert_eq!(peer.sent().len(), 1);
    let first =
        outcomes.iter().filter(|outcome| outcome.as_ref().is_ok_and(|receipt| !receipt.already_there));
    assert_eq!(first.count(), 1);
    for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert_eq!(says(error), (Kind::Unclear, Disposition::Unknown));
    }
}

/// What a retry sends again on purpose is not held back, and what another
/// process left in doubt is.
#[test]
fn a_series_goes_on_where_it_was_asked_to() {
    let lost = || Err(failure(Kind::Timeout, Disposition::Unknown));
    let idempotent = Capabilities::new().with_idempotent(true);
    let peer = Recorder::new().with_capabilities(idempotent).then(lost()).then(lost());
    let journal = Arc::new(MemoryJournal::new());
    let series = |retries| {
        Retry::new(
            Journaled::new(&peer, Arc::clone(&journal)),
            Schedule::new(retries, std::time::Duration::ZERO),
            at_the_limit,
        )
        .with_unknown_sent_again(true)
    };
    assert_eq!(at_once(&series(1), &order()).unwrap_err().disposition(), Disposition::Unknown);
    assert_eq!(peer.sent().len(), 2);
    assert_eq!(at_once(&series(5), &order()).unwrap_err().kind(), Kind::Unclear);
    assert_eq!(peer.sent().len(), 2, "nobody asked for that");
    let receipt = at_once(&series(0), &order().with_again(true)).unwrap();
    assert_eq!(receipt.evidence.attempt, 3, "the number goes on");
}

#[test]
fn a_journal_beyond_its_limit_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let journal = DirectoryJournal::new(folder.path());
    at_once(&Journaled::new(Recorder::new(), journal.clone()), &order()).unwrap();
    let length = std::fs::metadata(journal.file(&order().identity)).unwrap().len();
    let limited = |bytes: u64| {
        let limits = punchout_core::Limits::default().with_bytes(usize::try_from(bytes).unwrap());
        journal.clone().with_limits(limits)
    };
    assert_eq!(limited(length).past(&order().identity).unwrap().unwrap().outcome, Outcome::Delivered);
    let error = limited(length - 1).past(&order().identity).unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, Disposition::Unknown));
    let peer = Recorder::new();
    let error = at_once(&Journaled::new(&peer, limited(length - 1)), &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, Disposition::Unknown));
    assert!(everything(&error).contains(journal.file(&order().identity).to_str().unwrap()), "{error:?}");
    assert!(peer.sent().is_empty());
}

/// It shows what was noted, also where a name or a type has blanks.
#[test]
fn files_are_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let journal = DirectoryJournal::new(folder.path());
    let order =
        order().with_file(File::new("plan, 2 bytes.pdf", "application/pdf; version=1.7, x", *b"%PDF"));
    at_once(&Journaled::new(Recorder::new(), journal.clone()), &order).unwrap();
    let past = journal.past(&order.identity).unwrap().unwrap();
    assert_eq!(past.files, Evidence::new("", &order).sent);
    assert_eq!(past.endpoint, "recorder");
}

/// Another renderer draws another document, and the order stays the same.
#[test]
fn what_goes_with_an_order_makes_no_other_order() {
    let pdf = |name: &str, bytes: &'static [u8]| File::new(name, "application/pdf", bytes);
    let sent = order().with_file(pdf("plan.pdf", b"%PDF-1"));
    for (now, others) in [
        (sent.clone(), &[][..]),
        (order(), &["plan.pdf"]),
        (order().with_file(pdf("plan.pdf", b"%PDF-2")), &["plan.pdf"]),
        (order().with_file(pdf("b.pdf", b"%PDF-1")), &["b.pdf", "plan.pdf"]),
    ] {
        let (journal, peer) = (MemoryJournal::new(), Recorder::new());
        at_once(&Journaled::new(Recorder::new(), &journal), &sent).unwrap();
        let receipt = at_once(&Journaled::new(&peer, &journal), &now).unwrap();
        assert!(receipt.already_there && peer.sent().is_empty());
        assert_eq!(receipt.evidence.sent, Evidence::new("", &sent).sent, "what the supplier has");
        let told = |name: &&str| format!("{name}: is not as it was when the order was delivered");
        assert_eq!(receipt.evidence.replies, others.iter().map(told).collect::<Vec<_>>());
    }
}

#[test]
fn a_journal_without_files_knows_of_no_other_bytes() {
    let journal = Full(Some(Past::new(Outcome::Delivered, 3)));
    let receipt = at_once(&Journaled::new(Recorder::new(), journal), &order()).unwrap();
    assert!(receipt.already_there);
    assert_eq!((receipt.evidence.attempt, receipt.evidence.replies.len()), (3, 0));
}

/// The disk goes while the order is under way.
#[test]
fn an_end_that_cannot_be_noted_is_told() {
    struct Pulls(std::path::PathBuf);
    impl OrderTransport for Pulls {
        fn capabilities(&self) -> Capabilities {
            Capabilities::new()
        }
        fn send<'a>(&'a self, order: &'a Consignment) -> Delivery<'a> {
            Box::pin(async {
                std::fs::rename(&self.0, self.0.with_extension("gone")).unwrap();
                Ok(Receipt::new(Evidence::new("shop", order)))
            })
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("journal");
    std::fs::create_dir(&place).unwrap();
    let journal = DirectoryJournal::new(&place);
    let journaled = Journaled::new(Pulls(place.clone()), journal.clone());
    at_once(&journaled, &order()).unwrap();
    let failure = journal.take_failure().unwrap();
    assert!(failure.to_string().contains(place.to_str().unwrap()), "{failure}");
    assert!(journal.take_failure().is_none(), "once");
    std::fs::rename(place.with_extension("gone"), &place).unwrap();
    assert_eq!(journal.past(&order().identity).unwrap().unwrap().outcome, Outcome::Unknown);
}
