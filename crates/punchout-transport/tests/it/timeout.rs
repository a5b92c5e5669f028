use crate::{SHARED_SECRET, at_once, at_the_limit, everything, failure, order, says};
use punchout_transport::Disposition::{NotDelivered, Unknown};
use punchout_transport::{
    Capabilities, Consignment, Delivery, Kind, OrderTransport, Progress, Recorder, Retry, Schedule, Timeout,
};
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

/// Never answers; says how far it came, or does not.
#[derive(Default)]
struct Silent {
    leaves: Option<bool>,
    began: AtomicU32,
    dropped: AtomicU32,
}

impl Silent {
    fn telling(leaves: bool) -> Self {
        Self { leaves: Some(leaves), ..Self::default() }
    }

    async fn wait_for_ever(&self) -> ! {
        struct Dropped<'a>(&'a AtomicU32);
        impl Drop for Dropped<'_> {
            fn drop(&mut self) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
        self.began.fetch_add(1, Ordering::SeqCst);
        let _dropped = Dropped(&self.dropped);
        pending().await
    }
}

impl OrderTransport for Silent {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
        Box::pin(async { self.wait_for_ever().await })
    }

    fn send_watched<'a>(&'a self, _: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(async move {
            // what cannot tell leaves the way the trait does without its own method
            if self.leaves != Some(false) {
                progress.leaves();
            }
            self.wait_for_ever().await
        })
    }
}

/// Has only what the trait asks for.
struct Plain;

impl OrderTransport for Plain {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
        Box::pin(pending())
    }
}

#[test]
fn a_passed_limit_is_unknown_unless_nothing_left() {
    let table: [(Box<dyn OrderTransport>, _, _); 3] = [
        (Box::new(Plain), Unknown, "whether the order arrived is not known"),
        (Box::new(Silent::telling(true)), Unknown, "whether the order arrived is not known"),
        (Box::new(Silent::telling(false)), NotDelivered, "nothing of the order had left"),
    ];
    for (transport, disposition, text) in table {
        let error = at_once(&Timeout::new(transport, LIMIT, at_the_limit), &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::Timeout, disposition));
        assert!(error.to_string().contains(text) && error.to_string().contains("30s"), "{error}");
        assert_eq!(error.evidence().unwrap().sent.len(), 1);
        assert!(!everything(&error).contains(SHARED_SECRET));
    }
}

#[tokio::test(start_paused = true)]
async fn waits_for_its_limit_and_drops_the_attempt() {
    let silent = Arc::new(Silent::default());
    let started = tokio::time::Instant::now();
    let limited = Timeout::new(Arc::clone(&silent), LIMIT, tokio::time::sleep);
    limited.send(&order()).await.unwrap_err();
    assert_eq!(started.elapsed(), LIMIT);
    assert_eq!((silent.began.load(Ordering::SeqCst), silent.dropped.load(Ordering::SeqCst)), (1, 1));
}

#[test]
fn an_outcome_in_time_is_the_outcome() {
    let recorder =
        Recorder::new().then(Err(failure(Kind::Refused, punchout_transport::Disposition::Rejected)));
    let limited = Timeout::new(&recorder, LIMIT, |_| pending());
    assert_eq!(at_once(&limited, &order()).unwrap_err().kind(), Kind::Refused);
    at_once(&limited, &order()).unwrap();
    assert_eq!(recorder.sent().len(), 2);
}

#[test]
fn dropped_before_the_limit_it_drops_the_attempt() {
    let silent = Arc::new(Silent::telling(false));
    let limited = Timeout::new(Arc::clone(&silent), LIMIT, |_| pending());
    let (order, progress) = (order(), Progress::new());
    let mut delivery = limited.send_watched(&order, progress.clone());
    assert!(delivery.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(silent.dropped.load(Ordering::SeqCst), 0);
    drop(delivery);
    assert_eq!(silent.dropped.load(Ordering::SeqCst), 1);
    assert!(!progress.may_have_left(), "who drops it learns what the transport said");
}

#[test]
fn inside_a_retry_each_attempt_is_limited() {
    for (leaves, sends) in [(true, 1), (false, 4)] {
        let silent = Arc::new(Silent::telling(leaves));
        let limited = Timeout::new(Arc::clone(&silent), LIMIT, at_the_limit);
        let retry = Retry::new(limited, Schedule::new(3, LIMIT), at_the_limit);
        let error = at_once(&retry, &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::Timeout, if leaves { Unknown } else { NotDelivered }));
        assert_eq!(silent.began.load(Ordering::SeqCst), sends);
        assert_eq!(error.evidence().unwrap().attempt, sends);
    }
}

#[test]
fn around_a_retry_it_knows_that_nothing_is_under_way() {
    for (first, disposition) in [(NotDelivered, NotDelivered), (Unknown, Unknown)] {
        let peer = Recorder::new()
            .with_capabilities(Capabilities::new().with_idempotent(true))
            .then(Err(failure(Kind::Interrupted, first)));
        let retry = Retry::new(&peer, Schedule::default(), |_| pending()).with_unknown_sent_again(true);
        let error = at_once(&Timeout::new(retry, LIMIT, at_the_limit), &order()).unwrap_err();
        assert_eq!(says(&error), (Kind::Timeout, disposition));
        assert!(error.to_string().contains("with recorder"), "{error}");
    }
}
