mod crash;
mod damage;
mod model;

use crate::suite::{Subject, behaves};
use crate::{SHARED_SECRET, at_once, at_the_limit, everything, failure, says};
use punchout_transport::Disposition::{NotDelivered, Rejected, Unknown};
use punchout_transport::{
    Capabilities, Claim, Consignment, Delivery, Digest, Directory, Error, Evidence, File, Held, Intercept,
    Journal, Journaled, Kind, MemoryJournal, OrderTransport, Outcome, Receipt, Recorder, Redacted, Retry,
    Schedule, Timeout,
};
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tempfile::{TempDir, tempdir};

/// An order that says when it was made; of one that does not, a test of its
/// own says what is kept.
fn order() -> Consignment {
    crate::order().with_created(chrono::DateTime::from_timestamp(1_732_190_400, 0).unwrap())
}

fn hidden(directory: &Path) -> Vec<String> {
    let names = fs::read_dir(directory).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

fn subject_with(capabilities: Capabilities) -> Subject {
    let place = tempdir().unwrap();
    let other = Recorder::new().with_capabilities(capabilities);
    let intercept = Intercept::new(place.path()).standing_in_for(other);
    let reader = Intercept::new(place.path());
    let arrived = move || {
        assert!(hidden(place.path()).is_empty(), "nothing hidden is left behind");
        let kept = reader.entries().unwrap().into_iter().map(|held| reader.consignment(&held.id).unwrap());
        kept.flat_map(|order| order.files).map(|file| file.bytes).collect()
    };
    Subject { transport: Box::new(intercept), arrived: Box::new(arrived) }
}

pub(crate) fn subject() -> Subject {
    subject_with(Capabilities::new().with_attachments(true))
}

pub(crate) fn subject_for_one_file() -> Subject {
    subject_with(Capabilities::new())
}

#[tokio::test]
async fn behaves_like_every_transport() {
    behaves(async || subject()).await;
    behaves(async || subject_for_one_file()).await;
}

/// Runs what needs no runtime.
fn now<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("nothing to wait for"),
    }
}

fn large_order() -> Consignment {
    let all_bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    order()
        .with_attempt(2)
        .with_created(chrono::DateTime::from_timestamp(1_732_222_222, 7).unwrap())
        .with_file(File::new("Lageplan ü.pdf", "application/pdf; version=1.7", all_bytes))
        .with_file(File::new("photo.jpg", "image/jpeg", *b"\r\n.\r\n"))
}

/// What a runtime with many threads can take.
fn sendable<T: Send>(future: T) -> T {
    future
}

/// A directory that keeps one order.
fn kept() -> (TempDir, Intercept, String) {
    let place = tempdir().unwrap();
    let intercept = Intercept::new(place.path());
    let id = at_once(&intercept, &order()).unwrap().intercepted.unwrap();
    (place, intercept, id)
}

fn release(intercept: &Intercept, id: &str, transport: &dyn OrderTransport) -> Result<Receipt, Error> {
    now(intercept.release(id, transport))
}

fn anyway(intercept: &Intercept, id: &str, transport: &dyn OrderTransport) -> Result<Receipt, Error> {
    now(intercept.release_anyway(id, transport))
}

fn outcome(intercept: &Intercept, id: &str) -> Outcome {
    intercept.entry(id).unwrap().outcome
}

#[test]
fn keeps_everything_and_releases_the_very_same_bytes() {
    let (place, inbox) = (tempdir().unwrap(), tempdir().unwrap());
    let supplier = Directory::new(inbox.path());
    let order = large_order();
    let receipt = {
        let intercept = Intercept::new(place.path()).standing_in_for(supplier.clone());
        at_once(&intercept, &order).unwrap()
    };
    let id = receipt.intercepted.unwrap();
    assert_eq!(receipt.evidence.endpoint, place.path().join(&id).display().to_string());
    assert!(fs::read_dir(inbox.path()).unwrap().next().is_none(), "nothing leaves");

    // somebody else, later
    let intercept = Intercept::new(place.path());
    let held: Held = intercept.entry(&id).unwrap();
    assert_eq!(intercept.entries().unwrap(), std::slice::from_ref(&held));
    assert_eq!(intercept.ids().unwrap(), std::slice::from_ref(&id));
    assert_eq!(
        (held.identity, held.order_number, held.subject, held.attempt),
        (order.identity.clone(), order.order_number.clone(), order.subject.clone(), 2)
    );
    assert_eq!(held.endpoint, inbox.path().display().to_string());
    assert_eq!(held.files, Evidence::new("", &order).sent);
    assert_eq!(
        (held.outcome, held.released_to, held.detail),
        (Outcome::Intercepted, String::new(), String::new())
    );
    assert_eq!(intercept.consignment(&id).unwrap(), order);

    let recorder = Recorder::new();
    let sent = now(intercept.release_elsewhere(&id, &recorder)).unwrap().evidence.sent;
    assert_eq!(recorder.sent(), std::slice::from_ref(&order), "identity, subject, media types, bytes");
    assert_eq!(sent, receipt.evidence.sent, "the same hashes");

    let (_place, intercept, id) = {
        let place = tempdir().unwrap();
        let intercept = Intercept::new(place.path());
        at_once(&intercept, &order).unwrap();
        (place, intercept, id)
    };
    release(&intercept, &id, &supplier).unwrap();
    for file in &order.files {
        assert_eq!(Digest::of(&supplier.read(&file.name).unwrap()), Digest::of(&file.bytes));
    }
}

#[test]
fn what_may_be_released_again() {
    for (first, first_is, plain, with_anyway) in [
        (None, Outcome::Delivered, false, false),
        (Some((Kind::Connect, NotDelivered)), Outcome::NotDelivered, true, true),
        (Some((Kind::Refused, Rejected)), Outcome::Rejected, false, true),
        (Some((Kind::Timeout, Unknown)), Outcome::Unknown, false, true),
    ] {
        for (asked, sends) in [(false, plain), (true, with_anyway)] {
            let (place, intercept, id) = kept();
            let taken = || Ok(Receipt::new(Evidence::new("shop", &order())).with_reference("SO-1"));
            let peer = Recorder::new().then(match first {
                None => taken(),
                Some((kind, disposition)) => Err(failure(kind, disposition)),
            });
            let once = release(&intercept, &id, &peer);
            assert_eq!(Outcome::of(once.as_ref()), first_is);
            let held = intercept.entry(&id).unwrap();
            assert_eq!((held.outcome, held.released_to.as_str()), (first_is, "recorder"));
            assert_eq!(held.detail, once.map_or_else(|error| error.to_string(), |_| "SO-1".into()));

            // after a restart
            let intercept = Intercept::new(place.path());
            let again = if asked { anyway(&intercept, &id, &peer) } else { release(&intercept, &id, &peer) };
            let case = format!("{first:?}, asked {asked}: {again:?}");
            assert_eq!(peer.sent().len(), if sends { 2 } else { 1 }, "{case}");
            if sends {
                assert_eq!(peer.sent()[1], order().with_attempt(2).with_again(asked), "{case}");
                assert!(!again.unwrap().already_there);
                assert_eq!(outcome(&intercept, &id), Outcome::Delivered);
            } else if let Some((_, disposition)) = first {
                let error = again.unwrap_err();
                assert_eq!(says(&error), (Kind::Released, disposition), "{case}");
                assert!(error.to_string().contains(&id), "{error}");
                assert_eq!(error.evidence().unwrap().sent, held.files);
                assert_eq!(outcome(&intercept, &id), first_is);
            } else {
                let receipt = again.unwrap();
                assert!(receipt.already_there && receipt.intercepted.is_none());
                assert_eq!(receipt.reference.as_deref(), Some("SO-1"));
                assert_eq!((receipt.evidence.endpoint.as_str(), receipt.evidence.attempt), ("recorder", 1));
                assert_eq!(receipt.evidence.sent, held.files);
            }
        }
    }
}

#[test]
fn a_later_failure_does_not_undo_the_doubt() {
    for (kind, disposition) in [(Kind::Connect, NotDelivered), (Kind::Refused, Rejected)] {
        let (_place, intercept, id) = kept();
        let peer =
            Recorder::new().then(Err(failure(Kind::Timeout, Unknown))).then(Err(failure(kind, disposition)));
        release(&intercept, &id, &peer).unwrap_err();
        let error = anyway(&intercept, &id, &peer).unwrap_err();
        assert_eq!(says(&error), (kind, Unknown));
        assert_eq!(outcome(&intercept, &id), Outcome::Unknown);
        assert_eq!(release(&intercept, &id, &peer).unwrap_err().kind(), Kind::Released);
        assert_eq!(peer.sent().len(), 2);
    }
}

/// Never says what became of an order.
struct Silent;

impl OrderTransport for Silent {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
        Box::pin(std::future::pending())
    }
}

/// What was held back never left: it is as it was, and needs no asking.
#[test]
fn an_attempt_that_was_never_made_leaves_no_trace() {
    let refused = || Recorder::new().then(Err(failure(Kind::Refused, Rejected)));
    for before in [None, Some(refused())] {
        let (place, intercept, id) = kept();
        if let Some(peer) = &before {
            release(&intercept, &id, peer).unwrap_err();
        }
        let held = intercept.entry(&id).unwrap();
        let history = || fs::read_to_string(place.path().join(&id).join("releases")).ok();
        let then = history();
        let (journal, peer, order) = (Arc::new(MemoryJournal::new()), Recorder::new(), order());
        let elsewhere = Journaled::new(Silent, Arc::clone(&journal));
        let here = Retry::new(Journaled::new(&peer, Arc::clone(&journal)), Schedule::default(), at_the_limit);
        let mut sending = elsewhere.send(&order);
        assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let try_it = || match before {
            None => release(&intercept, &id, &here),
            Some(_) => anyway(&intercept, &id, &here),
        };
        assert_eq!(says(&try_it().unwrap_err()), (Kind::Unclear, Unknown), "somebody else has it");
        assert_eq!((intercept.entry(&id).unwrap(), history()), (held.clone(), then.clone()));
        drop(sending);
        if before.is_none() {
            assert_eq!(says(&try_it().unwrap_err()), (Kind::Unclear, Unknown), "by the journal");
            assert_eq!((intercept.entry(&id).unwrap(), history()), (held, then));
        }
        assert!(peer.sent().is_empty());
        anyway(&intercept, &id, &here).unwrap();
        assert_eq!(outcome(&intercept, &id), Outcome::Delivered);
    }
}

/// One attempt was made, and the next one was held back.
#[test]
fn a_series_that_was_held_back_in_its_midst_is_noted() {
    /// Takes the order for itself when the first attempt has failed.
    struct Takes(MemoryJournal, std::sync::Mutex<Vec<Claim>>);
    impl OrderTransport for Takes {
        fn capabilities(&self) -> Capabilities {
            Capabilities::new()
        }
        fn send<'a>(&'a self, order: &'a Consignment) -> Delivery<'a> {
            Box::pin(async {
                let attempt =
                    Journaled::new(Recorder::new().then(Err(failure(Kind::Later, NotDelivered))), &self.0);
                let outcome = now(attempt.send(order));
                self.1.lock().unwrap().extend(now(self.0.claim(&order.identity)));
                outcome
            })
        }
    }
    let (_place, intercept, id) = kept();
    let peer = Takes(MemoryJournal::new(), std::sync::Mutex::default());
    let series = Retry::new(peer, Schedule::new(1, std::time::Duration::ZERO), at_the_limit);
    assert_eq!(says(&release(&intercept, &id, &series).unwrap_err()), (Kind::Unclear, Unknown));
    assert_eq!(outcome(&intercept, &id), Outcome::Unknown);
}

#[test]
fn attempts_inside_a_release_count() {
    let (_place, intercept, id) = kept();
    let busy = || {
        Err(failure(Kind::Later, NotDelivered).with_evidence(Evidence::new("shop", &order().with_attempt(3))))
    };
    let peer = Recorder::new().then(busy()).then(busy()).then(busy());
    let retry = Retry::new(&peer, Schedule::default(), at_the_limit);
    let once = Retry::new(&peer, Schedule::new(2, std::time::Duration::ZERO), at_the_limit);
    release(&intercept, &id, &once).unwrap_err();
    assert_eq!(intercept.entry(&id).unwrap().attempt, 3);
    release(&intercept, &id, &retry).unwrap();
    let attempts: Vec<_> = peer.sent().iter().map(|sent| sent.attempt).collect();
    assert_eq!(attempts, [1, 2, 3, 4]);
}

#[test]
fn a_dropped_release_is_unknown_and_locks_nothing() {
    let (_place, intercept, id) = kept();
    drop(sendable(intercept.release(&id, &Silent)));
    assert_eq!(outcome(&intercept, &id), Outcome::Intercepted, "nothing happens before it is polled");
    {
        let mut releasing = pin!(intercept.release(&id, &Silent));
        assert!(releasing.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let recorder = Recorder::new();
        for meanwhile in [release(&intercept, &id, &recorder), anyway(&intercept, &id, &recorder)] {
            let error = meanwhile.unwrap_err();
            assert_eq!(says(&error), (Kind::Released, Unknown));
            assert!(error.to_string().contains("at this moment"), "{error}");
        }
        assert!(recorder.sent().is_empty());
    }
    assert_eq!(outcome(&intercept, &id), Outcome::Unknown);
    let recorder = Recorder::new();
    assert_eq!(says(&release(&intercept, &id, &recorder).unwrap_err()), (Kind::Released, Unknown));
    anyway(&intercept, &id, &recorder).unwrap();
    assert_eq!(recorder.sent(), [order().with_attempt(2).with_again(true)]);
}

#[test]
fn into_another_intercept_is_not_delivered() {
    let (_place, intercept, id) = kept();
    let second = tempdir().unwrap();
    let other = Intercept::new(second.path());
    assert_eq!(release(&intercept, &id, &other).unwrap().intercepted.as_deref(), Some(id.as_str()));
    assert_eq!(outcome(&intercept, &id), Outcome::Intercepted);
    assert_eq!(other.consignment(&id).unwrap(), order());
}

/// Its receipt never says that the peer does not have what it has.
#[test]
fn sent_again_after_its_release_it_says_what_became_of_it() {
    let script = |kind, disposition| Recorder::new().then(Err(failure(kind, disposition)));
    let delivered =
        Recorder::new().then(Ok(Receipt::new(Evidence::new("shop", &order())).with_reference("SO-1")));
    for (peer, became) in [
        (delivered, Outcome::Delivered),
        (script(Kind::Connect, NotDelivered), Outcome::NotDelivered),
        (script(Kind::Refused, Rejected), Outcome::Rejected),
        (script(Kind::Timeout, Unknown), Outcome::Unknown),
    ] {
        let (_place, intercept, id) = kept();
        let _ = release(&intercept, &id, &peer);
        let again = at_once(&intercept, &order().with_attempt(9));
        match (became, &again) {
            (Outcome::Delivered, Ok(receipt)) => {
                assert!(receipt.already_there && receipt.intercepted.is_none());
                assert_eq!(receipt.reference.as_deref(), Some("SO-1"));
                assert_eq!(receipt.evidence.endpoint, "recorder", "where it was released to");
            }
            (Outcome::NotDelivered, Ok(receipt)) => {
                assert!(receipt.already_there);
                assert_eq!(receipt.intercepted.as_deref(), Some(id.as_str()));
            }
            (Outcome::Rejected, Err(error)) => assert_eq!(says(error), (Kind::Released, Rejected)),
            (Outcome::Unknown, Err(error)) => assert_eq!(says(error), (Kind::Released, Unknown)),
            _ => panic!("{became:?}: {again:?}"),
        }
        assert_eq!(outcome(&intercept, &id), became);
    }
}

#[test]
fn what_says_no_time_is_kept_with_one() {
    let place = tempdir().unwrap();
    let intercept = Intercept::new(place.path());
    let now = || chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now());
    let before = now();
    let undated = crate::order();
    let id = at_once(&intercept, &undated).unwrap().intercepted.unwrap();
    let kept = intercept.consignment(&id).unwrap();
    let created = kept.created.expect("it is the time when it was kept");
    assert!(created >= before && created <= now());
    // later it is the same order still
    assert!(at_once(&intercept, &undated).unwrap().already_there);
    assert_eq!(intercept.consignment(&id).unwrap(), kept);
    let error = at_once(&intercept, &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Rejected));
    assert!(error.to_string().contains("the time when it was made"), "{error}");
    let recorder = Recorder::new();
    release(&intercept, &id, &recorder).unwrap();
    assert_eq!(recorder.sent(), [undated.with_created(created)]);
}

#[test]
fn what_can_never_be_released_is_not_kept() {
    /// Takes what it is told to.
    struct Picky;
    impl OrderTransport for Picky {
        fn capabilities(&self) -> Capabilities {
            Capabilities::new().with_attachments(true)
        }
        fn accepts(&self, order: &Consignment) -> Result<(), Error> {
            match order.files[0].media_type.as_str() {
                "text/xml" => Ok(()),
                _ => Err(failure(Kind::Consignment, NotDelivered)),
            }
        }
        fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
            panic!("nothing leaves")
        }
    }
    let place = tempdir().unwrap();
    let whole = Retry::new(
        Journaled::new(
            Timeout::new(
                Redacted::new(Arc::new(Box::new(Picky)), |_: &Consignment| Vec::new()),
                std::time::Duration::from_secs(1),
                at_the_limit,
            ),
            MemoryJournal::new(),
        ),
        Schedule::default(),
        at_the_limit,
    );
    let intercept = Intercept::new(place.path()).standing_in_for(whole);
    let mut other = order();
    other.files[0].media_type = "message/rfc822".into();
    let error = at_once(&intercept, &other).unwrap_err();
    assert_eq!(says(&error), (Kind::Consignment, NotDelivered));
    assert!(intercept.ids().unwrap().is_empty());
    // and the other way round: what stands in for a stand-in
    assert_eq!(
        Intercept::new("x").standing_in_for(intercept.clone()).accepts(&other).unwrap_err().kind(),
        Kind::Consignment
    );
    at_once(&intercept, &order()).unwrap();
}

#[cfg(feature = "email")]
#[test]
fn what_no_mail_can_carry_is_not_kept() {
    use punchout_transport::{Email, EmailOptions};

    let place = tempdir().unwrap();
    let email = Email::new(EmailOptions::new("127.0.0.1", "o@buyer.example", "s@shop.example")).unwrap();
    let intercept = Intercept::new(place.path()).standing_in_for(email);
    let mail = Consignment::new("id", "17").with_file(File::new("17.eml", "message/rfc822", *b"x"));
    assert_eq!(says(&at_once(&intercept, &mail).unwrap_err()), (Kind::Consignment, NotDelivered));
    assert!(intercept.ids().unwrap().is_empty());
}

#[test]
fn a_release_does_not_lead_elsewhere_by_accident() {
    let (place, inbox) = (tempdir().unwrap(), tempdir().unwrap());
    let intercept = Intercept::new(place.path()).standing_in_for(Directory::new(inbox.path()));
    let id = at_once(&intercept, &order()).unwrap().intercepted.unwrap();
    let elsewhere = Recorder::new();
    let error = release(&intercept, &id, &elsewhere).unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, NotDelivered));
    for part in [inbox.path().to_str().unwrap(), "recorder", "nothing was sent"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    let error = release(&intercept, &id, &Silent).unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, NotDelivered));
    assert!(error.to_string().contains("does not say where it leads: nothing was sent"), "{error}");
    assert_eq!((elsewhere.sent().len(), outcome(&intercept, &id)), (0, Outcome::Intercepted));

    let lost = Recorder::new().then(Err(failure(Kind::Timeout, Unknown)));
    now(intercept.release_elsewhere(&id, &lost)).unwrap_err();
    let error = now(intercept.release_elsewhere(&id, &elsewhere)).unwrap_err();
    assert_eq!(says(&error), (Kind::Released, Unknown), "the doubt is another matter");
    anyway(&intercept, &id, &elsewhere).unwrap();
    assert_eq!(elsewhere.sent().len(), 1);
}

/// Sent, kept, and released: by one journal it goes once.
#[test]
fn a_journal_around_the_transport_knows_a_release() {
    let (journal, peer) = (Arc::new(MemoryJournal::new()), Arc::new(Recorder::new()));
    let whole = Journaled::new(Arc::clone(&peer), Arc::clone(&journal));
    at_once(&whole, &order()).unwrap();
    let (_place, intercept, id) = kept();
    assert!(release(&intercept, &id, &whole).unwrap().already_there);
    assert_eq!((peer.sent().len(), outcome(&intercept, &id)), (1, Outcome::Delivered));

    let (_place, intercept, id) = kept();
    let receipt = anyway(&intercept, &id, &whole).unwrap();
    assert_eq!((receipt.already_there, receipt.evidence.attempt), (false, 2), "the number goes on");
    assert_eq!(intercept.entry(&id).unwrap().attempt, 2);
}

#[test]
fn one_identity_is_one_order() {
    let (_place, intercept, _) = kept();
    let mut renamed = order();
    renamed.files[0].name = "other.xml".into();
    let mut retyped = order();
    retyped.files[0].media_type = "application/xml".into();
    let mut renumbered = order();
    renumbered.order_number = "4500000018".into();
    for (other, names) in [
        (renamed, "`other.xml`"),
        (retyped, "`4500000017.xml`"),
        (renumbered, "order number"),
        (order().with_subject("another"), "subject"),
        (order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF")), "number of its files"),
    ] {
        let error = at_once(&intercept, &other).unwrap_err();
        assert_eq!(says(&error), (Kind::Exists, Rejected));
        assert!(error.to_string().contains(names), "{error}");
    }
    assert_eq!(intercept.entries().unwrap().len(), 1);
    let mut other = order();
    other.identity.push('x');
    assert!(!at_once(&intercept, &other).unwrap().already_there);
    assert_eq!(intercept.entries().unwrap().len(), 2);
}

#[test]
fn many_senders_keep_one_order() {
    let place = tempdir().unwrap();
    let intercept = Intercept::new(place.path());
    let first: usize = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| at_once(&intercept, &large_order()).unwrap().already_there))
            .collect();
        senders.into_iter().map(|sender| usize::from(!sender.join().unwrap())).sum()
    });
    assert_eq!(first, 1);
    assert_eq!(intercept.entries().unwrap().len(), 1);
    assert!(hidden(place.path()).is_empty());

    // and of many releases one sends
    let (id, recorder) = (intercept.ids().unwrap().remove(0), Arc::new(Recorder::new()));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| match release(&intercept, &id, &recorder) {
                Ok(_) => {}
                Err(error) => assert_eq!(says(&error), (Kind::Released, Unknown)),
            });
        }
    });
    assert_eq!(recorder.sent().len(), 1);
}

#[test]
fn no_secret_is_printed_or_written_beside_the_files() {
    let (place, intercept, id) = kept();
    let peer = Recorder::new().then(Err(failure(Kind::Timeout, Unknown)));
    let error = release(&intercept, &id, &peer).unwrap_err();
    let held = intercept.entry(&id).unwrap();
    assert!(!format!("{intercept:?} {held:?} {}", everything(&error)).contains(SHARED_SECRET));
    for name in ["consignment", "releases", "lock"] {
        let text = fs::read_to_string(place.path().join(&id).join(name)).unwrap();
        assert!(!text.contains(SHARED_SECRET), "{name}");
    }
}
