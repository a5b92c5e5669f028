//! What holds for every transport, with the cases that its capabilities ask for.

use crate::{SHARED_SECRET, everything, order, says};
use punchout_transport::{Consignment, Digest, Disposition, File, Kind, OrderTransport, Progress};
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

/// A transport and what its peer has.
pub(crate) struct Subject {
    pub(crate) transport: Box<dyn OrderTransport>,
    pub(crate) arrived: Box<dyn Fn() -> Vec<Arc<[u8]>>>,
}

type Case = fn(Subject) -> Pin<Box<dyn Future<Output = ()>>>;

/// Runs all cases, each with a peer of its own, as long as there is one.
pub(crate) async fn behaves<S: Into<Option<Subject>>>(new: impl AsyncFn() -> S) {
    let cases: [Case; 9] = [
        |subject| Box::pin(delivers(subject)),
        |subject| Box::pin(refuses_what_cannot_be_sent(subject)),
        |subject| Box::pin(does_nothing_before_it_is_polled(subject)),
        |subject| Box::pin(carries_attachments_or_says_no(subject)),
        |subject| Box::pin(sends_once_per_call(subject)),
        |subject| Box::pin(never_replaces(subject)),
        |subject| Box::pin(says_where_it_leads(subject)),
        |subject| Box::pin(says_when_it_leaves(subject)),
        |subject| Box::pin(carries_any_bytes(subject)),
    ];
    for case in cases {
        let Some(subject) = new().await.into() else { return };
        case(subject).await;
    }
}

fn bytes(consignment: &Consignment) -> Vec<Arc<[u8]>> {
    consignment.files.iter().map(|file| file.bytes.clone()).collect()
}

async fn delivers(Subject { transport, arrived }: Subject) {
    let order = order();
    let before = SystemTime::now();
    let receipt = transport.send(&order).await.unwrap();
    assert_eq!(arrived(), bytes(&order));
    assert!(!receipt.already_there);
    match receipt.evidence.began {
        Some(began) => {
            let began = SystemTime::from(began);
            assert!((before..=SystemTime::now()).contains(&began), "{began:?}");
        }
        None => assert_eq!(receipt.evidence.endpoint, "recorder", "everybody else looks at the clock"),
    }
    assert!(receipt.timings.answered.unwrap_or_default() <= receipt.timings.total);
    let [sent] = &receipt.evidence.sent[..] else { panic!("{receipt:?}") };
    assert_eq!(sent.name, "4500000017.xml");
    assert_eq!(sent.bytes, order.files[0].bytes.len());
    assert_eq!(sent.sha256, Digest::of(&order.files[0].bytes));
    assert!(!format!("{receipt:?} {order:?}").contains(SHARED_SECRET));
}

async fn refuses_what_cannot_be_sent(Subject { transport, arrived }: Subject) {
    let file = |name: &str| File::new(name, "text/xml", *b"<cXML/>");
    let without = Consignment::new("id", "17");
    for (consignment, names) in [
        (without.clone(), "files"),
        (Consignment::new("", "17").with_file(file("a.xml")), "identity"),
        (without.clone().with_file(file("../x")), "`../x`"),
        (without.clone().with_file(file("/etc/x")), "`/etc/x`"),
        (without.clone().with_file(file("a.xml")).with_subject("a\nb"), "subject"),
    ] {
        let error = transport.send(&consignment).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Consignment, Disposition::NotDelivered));
        assert!(error.to_string().contains(names), "{error}");
    }
    assert!(arrived().is_empty());
}

async fn does_nothing_before_it_is_polled(Subject { transport, arrived }: Subject) {
    let order = order();
    drop(transport.send(&order));
    assert!(arrived().is_empty());
    transport.send(&order).await.unwrap();
    assert_eq!(arrived().len(), 1);
}

async fn carries_attachments_or_says_no(Subject { transport, arrived }: Subject) {
    let order = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let outcome = transport.send(&order).await;
    if transport.capabilities().attachments {
        assert_eq!(outcome.unwrap().evidence.sent.len(), 2);
        assert_eq!(arrived(), bytes(&order));
    } else {
        let error = outcome.unwrap_err();
        assert_eq!(says(&error), (Kind::Consignment, Disposition::NotDelivered));
        assert!(arrived().is_empty());
    }
}

async fn sends_once_per_call(Subject { transport, arrived }: Subject) {
    let order = order();
    transport.send(&order).await.unwrap();
    assert_eq!(arrived().len(), 1);
    let again = transport.send(&order.clone().with_attempt(2).with_again(true)).await.unwrap();
    let idempotent = transport.capabilities().idempotent;
    assert_eq!(arrived().len(), if idempotent { 1 } else { 2 });
    assert_eq!(again.already_there, idempotent);
}

async fn never_replaces(Subject { transport, arrived }: Subject) {
    if !transport.capabilities().read_back {
        return;
    }
    let order = order();
    transport.send(&order).await.unwrap();
    let mut other = order.clone();
    other.files[0].bytes = Arc::from(*b"<cXML/>");
    let error = transport.send(&other).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Exists, Disposition::Rejected));
    assert!(error.to_string().contains("`4500000017.xml`"), "{error}");
    assert_eq!(error.evidence().unwrap().sent[0].bytes, 7);
    assert!(!everything(&error).contains(SHARED_SECRET));
    assert_eq!(arrived(), bytes(&order));
}

async fn says_where_it_leads(Subject { transport, arrived }: Subject) {
    let endpoint = transport.endpoint().expect("every transport here knows");
    assert!(arrived().is_empty(), "asking sends nothing");
    let receipt = transport.send(&order()).await.unwrap();
    match receipt.intercepted {
        // below what is said beforehand
        Some(id) => assert!(receipt.evidence.endpoint.ends_with(&id)),
        None => assert_eq!(receipt.evidence.endpoint, endpoint),
    }
}

async fn says_when_it_leaves(Subject { transport, arrived }: Subject) {
    let progress = Progress::new();
    let bad = Consignment::new("", "17");
    let sending = transport.send_watched(&bad, progress.clone());
    assert!(!progress.may_have_left(), "nothing happens before the first poll");
    sending.await.unwrap_err();
    assert!(arrived().is_empty());
    let progress = Progress::new();
    transport.send_watched(&order(), progress.clone()).await.unwrap();
    assert!(progress.may_have_left());
}

/// Also those that mean something on the way: the end of a mail, of a part, of a request.
async fn carries_any_bytes(Subject { transport, arrived }: Subject) {
    let mut all: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    all.extend_from_slice(b"\r\n.\r\nQUIT\r\n--\r\n\r\n0\r\n\r\n");
    let mut order = order().with_subject("Bestellung für Köln: 4500000017").with_attempt(3);
    order.files[0] = File::new("Bänder 17.bin", "application/octet-stream", all);
    if transport.capabilities().attachments {
        order = order.with_file(File::new("plan.pdf", "application/pdf", *b"\n.\n"));
    }
    let receipt = transport.send(&order).await.unwrap();
    assert_eq!(arrived(), bytes(&order));
    assert_eq!(receipt.evidence.attempt, 3);
    assert_eq!(receipt.evidence.sent.len(), order.files.len());
}
