//! Every wrapper around every transport that needs no server behaves as the
//! transport does.

use crate::suite::{Subject, behaves};
use crate::{SHARED_SECRET, at_the_limit, directory, intercept, order, recorder};
use punchout_transport::{
    Consignment, File, Journaled, MemoryJournal, OrderTransport, Retry, Schedule, Timeout,
};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

type Boxed = Box<dyn OrderTransport>;

fn retry(transport: Boxed) -> Retry<Boxed> {
    Retry::new(transport, Schedule::TEN_TIMES_HOURLY, at_the_limit).with_unknown_sent_again(true)
}

fn journaled(transport: Boxed) -> Journaled<Boxed, MemoryJournal> {
    Journaled::new(transport, MemoryJournal::new())
}

fn timeout(transport: Boxed) -> Timeout<Boxed> {
    Timeout::new(transport, Duration::ZERO, at_the_limit)
}

const WRAPPERS: [fn(Boxed) -> Boxed; 7] = [
    |transport| Box::new(retry(transport)),
    |transport| Box::new(journaled(transport)),
    |transport| Box::new(timeout(transport)),
    |transport| Box::new(retry(Box::new(journaled(Box::new(timeout(transport)))))),
    // not the recommended order, but nothing breaks
    |transport| Box::new(timeout(Box::new(journaled(Box::new(retry(transport)))))),
    |transport| Box::new(Arc::new(transport)),
    |transport| Box::new(&*Box::leak(Box::new(transport))),
];

#[tokio::test]
async fn behaves_like_every_transport() {
    let subjects: [fn() -> Subject; 5] = [
        directory::subject,
        recorder::subject,
        recorder::subject_for_one_file,
        intercept::subject,
        intercept::subject_for_one_file,
    ];
    for subject in subjects {
        for wrap in WRAPPERS {
            behaves(async || {
                let Subject { transport, arrived } = subject();
                Subject { transport: wrap(transport), arrived }
            })
            .await;
        }
    }
}

#[test]
fn says_what_the_transport_says() {
    for subject in [directory::subject, recorder::subject, intercept::subject_for_one_file] {
        for wrap in WRAPPERS {
            let Subject { transport, .. } = subject();
            let (capabilities, endpoint) = (transport.capabilities(), transport.endpoint());
            assert!(endpoint.is_some());
            let wrapped = wrap(transport);
            assert_eq!((wrapped.capabilities(), wrapped.endpoint()), (capabilities, endpoint));
        }
    }
}

#[test]
fn what_is_printed_names_the_way_and_nothing_else() {
    fn shown(transport: &dyn Debug, name: &str) {
        let text = format!("{transport:?}");
        assert!(text.starts_with(name) && text.contains("\"recorder\""), "{text}");
        assert!(!text.contains(SHARED_SECRET), "{text}");
    }
    let recorder = || recorder::subject().transport;
    shown(&retry(recorder()), "Retry");
    shown(&timeout(recorder()), "Timeout");
    let journal = Arc::new(MemoryJournal::new());
    let journaled = Journaled::new(recorder(), Arc::clone(&journal));
    crate::at_once(&journaled, &order()).unwrap();
    shown(&journaled, "Journaled");
    assert!(!format!("{journal:?}").contains(SHARED_SECRET));
}

/// Each attempt sends the same, apart from its number.
#[test]
fn a_consignment_is_handed_down_as_it_is() {
    let order: Consignment =
        order().with_attempt(7).with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    for wrap in WRAPPERS {
        let recorder = Arc::new(punchout_transport::Recorder::new());
        let receipt = crate::at_once(&*wrap(Box::new(Arc::clone(&recorder))), &order).unwrap();
        assert_eq!(recorder.sent(), std::slice::from_ref(&order));
        assert_eq!(receipt.evidence.attempt, 7);
    }
}
