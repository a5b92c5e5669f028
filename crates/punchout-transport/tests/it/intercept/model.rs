//! Any series of releases, against what must hold for all.

use super::{anyway, kept, order, outcome, release};
use crate::failure;
use proptest::prelude::*;
use punchout_transport::{
    Capabilities, Consignment, Delivery, Disposition, Evidence, Intercept, Kind, OrderTransport, Outcome,
    Receipt,
};
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Waker};

/// A release: whether by all means, and what the peer does; without that it
/// is dropped on its way.
type Step = (bool, Option<Outcome>);

/// Does as told, and keeps what it was sent.
#[derive(Default)]
struct Peer {
    does: Mutex<Option<Outcome>>,
    sent: Mutex<Vec<Consignment>>,
}

impl OrderTransport for Peer {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        Box::pin(async move {
            self.sent.lock().unwrap().push(consignment.clone());
            let does = *self.does.lock().unwrap();
            let disposition = match does {
                None => std::future::pending().await,
                Some(Outcome::Delivered) => return Ok(Receipt::new(Evidence::new("peer", consignment))),
                Some(Outcome::NotDelivered) => Disposition::NotDelivered,
                Some(Outcome::Rejected) => Disposition::Rejected,
                Some(_) => Disposition::Unknown,
            };
            Err(failure(Kind::Interrupted, disposition))
        })
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let does = prop::sample::select(vec![
        None,
        Some(Outcome::Unknown),
        Some(Outcome::Rejected),
        Some(Outcome::NotDelivered),
        Some(Outcome::NotDelivered),
        Some(Outcome::Delivered),
    ]);
    prop::collection::vec((any::<bool>(), does), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn holds_for_any_series(steps in steps()) {
        let (place, _, id) = kept();
        let peer = Peer::default();
        let mut in_doubt = false;
        let mut by_all_means_at = Vec::new();
        for (by_all_means, does) in steps {
            // each time as after a restart
            let intercept = Intercept::new(place.path());
            *peer.does.lock().unwrap() = does;
            let (before, sent) = (outcome(&intercept, &id), peer.sent.lock().unwrap().len());
            let came = if does.is_none() {
                let context = &mut Context::from_waker(Waker::noop());
                let _ = if by_all_means {
                    pin!(intercept.release_anyway(&id, &peer)).poll(context)
                } else {
                    pin!(intercept.release(&id, &peer)).poll(context)
                };
                None
            } else if by_all_means {
                Some(anyway(&intercept, &id, &peer))
            } else {
                Some(release(&intercept, &id, &peer))
            };
            let has_sent = peer.sent.lock().unwrap().len() > sent;
            let may_send = match before {
                Outcome::Intercepted | Outcome::NotDelivered => true,
                Outcome::Delivered => false,
                _ => by_all_means,
            };
            prop_assert_eq!(has_sent, may_send, "{:?}", before);
            if has_sent && by_all_means {
                by_all_means_at.push(u32::try_from(sent).unwrap() + 1);
            }
            let after = outcome(&intercept, &id);
            if !has_sent {
                prop_assert_eq!(after, before);
            }
            if let Some(came) = came {
                prop_assert_eq!(Outcome::of(came.as_ref()), after, "what is returned is what is kept");
            }
            in_doubt |= has_sent && matches!(does, None | Some(Outcome::Unknown));
            prop_assert!(!in_doubt || matches!(after, Outcome::Unknown | Outcome::Delivered));
        }
        for (attempt, sent) in (1..).zip(peer.sent.lock().unwrap().iter()) {
            prop_assert_eq!(sent, &order().with_attempt(attempt).with_again(sent.again));
            prop_assert!(!sent.again || by_all_means_at.contains(&attempt));
        }
    }
}
