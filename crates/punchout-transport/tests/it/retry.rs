use crate::{at_once, at_the_limit, everything, failure, order, says};
use proptest::prelude::*;
use punchout_transport::Disposition::{NotDelivered, Rejected, Unknown};
use punchout_transport::{
    Capabilities, Disposition, Error, Evidence, Kind, OrderTransport, Outcome, Party, Progress, Receipt,
    Recorder, Retry, Schedule,
};
use std::future::{pending, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

/// What an attempt comes to: nothing is a delivery.
type Scripted = Option<(Kind, Disposition, Option<Duration>)>;

const HOUR: Duration = Duration::from_secs(3600);

fn recorder(script: &[Scripted], idempotent: bool) -> Arc<Recorder> {
    let recorder = Recorder::new().with_capabilities(Capabilities::new().with_idempotent(idempotent));
    Arc::new(script.iter().fold(recorder, |recorder, scripted| {
        recorder.then(match *scripted {
            None => Ok(Receipt::new(Evidence::new("shop", &order()))),
            Some((kind, disposition, None)) => Err(failure(kind, disposition)),
            Some((kind, disposition, Some(after))) => Err(failure(kind, disposition).with_retry_after(after)),
        })
    }))
}

/// What came of a script, how often it was sent, and how long each wait was.
struct Run {
    outcome: Result<Receipt, Error>,
    sent: usize,
    waits: Vec<Duration>,
}

fn run(script: &[Scripted], schedule: Schedule, idempotent: bool, unknown_too: bool, chance: f64) -> Run {
    let peer = recorder(script, idempotent);
    let waits = Arc::new(Mutex::new(Vec::new()));
    let timer = {
        let waits = Arc::clone(&waits);
        move |wait| {
            waits.lock().unwrap().push(wait);
            ready(())
        }
    };
    let retry = Retry::new(Arc::clone(&peer), schedule, timer)
        .with_unknown_sent_again(unknown_too)
        .with_jitter(move || chance);
    let first = order().with_attempt(3);
    let outcome = at_once(&retry, &first);
    let sent = peer.sent();
    let mut in_doubt = false;
    for ((number, sent), came) in (3..).zip(&sent).zip(script.iter().chain(std::iter::repeat(&None))) {
        let expected = first.clone().with_attempt(number).with_again(in_doubt);
        assert_eq!(*sent, expected, "only the number counts up, and what is in doubt is sent knowingly");
        in_doubt |= came.is_some_and(|(_, disposition, _)| disposition == Unknown);
    }
    let waits = waits.lock().unwrap().clone();
    Run { outcome, sent: sent.len(), waits }
}

#[test]
fn what_each_outcome_leads_to() {
    let script = |kind, disposition| [Some((kind, disposition, None)), None];
    for (kind, disposition, sends, sends_when_asked, asked_and_idempotent) in [
        (Kind::Connect, NotDelivered, 2, 2, 2),
        (Kind::Later, NotDelivered, 2, 2, 2),
        // an expired certificate is for the supplier to mend
        (Kind::Tls, NotDelivered, 2, 2, 2),
        // time mends nothing of what the sender must
        (Kind::StorageFull, NotDelivered, 1, 1, 1),
        (Kind::NoDirectory, NotDelivered, 1, 1, 1),
        (Kind::AccessDenied, NotDelivered, 1, 1, 1),
        (Kind::Damaged, NotDelivered, 1, 1, 1),
        (Kind::Consignment, NotDelivered, 1, 1, 1),
        (Kind::Configuration, NotDelivered, 1, 1, 1),
        (Kind::Refused, Rejected, 1, 1, 1),
        (Kind::Later, Rejected, 1, 1, 1),
        (Kind::Interrupted, Unknown, 1, 1, 2),
        (Kind::Timeout, Unknown, 1, 1, 2),
        (Kind::Redirect, Unknown, 1, 1, 1),
    ] {
        let script = script(kind, disposition);
        let sent = |idempotent, asked| {
            let run = run(&script, Schedule::TEN_TIMES_HOURLY, idempotent, asked, 0.0);
            match &run.outcome {
                Ok(_) => assert_eq!(run.sent, 2),
                Err(error) => assert_eq!(says(error), (kind, disposition)),
            }
            assert_eq!(run.waits, vec![HOUR; run.sent - 1]);
            run.sent
        };
        assert_eq!(sent(false, false), sends, "{kind:?} {disposition:?}");
        assert_eq!(sent(true, false), sends, "{kind:?} {disposition:?}: nobody asked");
        assert_eq!(sent(false, true), sends_when_asked, "{kind:?} {disposition:?}: not idempotent");
        assert_eq!(sent(true, true), asked_and_idempotent, "{kind:?} {disposition:?}");
    }
}

/// Whatever happened, it is the party that says whether waiting may help.
#[test]
fn who_can_act_decides() {
    for kind in [Kind::Tls, Kind::Connect, Kind::StorageFull, Kind::Configuration] {
        for (party, sends) in [(Party::Caller, 1), (Party::Supplier, 2), (Party::Network, 2)] {
            let peer = Recorder::new().then(Err(failure(kind, NotDelivered).with_party(party)));
            let outcome = at_once(&Retry::new(&peer, Schedule::default(), at_the_limit), &order());
            assert_eq!((outcome.is_ok(), peer.sent().len()), (sends == 2, sends), "{kind:?} {party:?}");
        }
    }
}

#[test]
fn tells_which_attempt_it_is_and_when_the_next_one_is() {
    let peer = recorder(&[Some((Kind::Later, NotDelivered, None))], false);
    let retry = Retry::new(Arc::clone(&peer), Schedule::TEN_TIMES_HOURLY, |_| pending());
    let (order, progress) = (order().with_attempt(4), Progress::new());
    let mut delivery = retry.send_watched(&order, progress.clone());
    assert_eq!((progress.attempt(), progress.next_in()), (None, None));
    assert!(delivery.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(progress.attempt(), Some(4));
    let next = progress.next_in().expect("it waits");
    assert!(next <= HOUR && next > HOUR / 2, "{next:?}");
    progress.begins(5);
    assert_eq!((progress.attempt(), progress.next_in()), (Some(5), None));
    progress.waits(Duration::ZERO);
    assert_eq!(progress.next_in(), Some(Duration::ZERO));
}

#[test]
fn gives_up_when_the_schedule_ends() {
    let busy = vec![Some((Kind::Later, NotDelivered, None)); 30];
    let run = run(&busy, Schedule::TEN_TIMES_HOURLY, false, false, 1.0);
    assert_eq!(says(&run.outcome.unwrap_err()), (Kind::Later, NotDelivered));
    assert_eq!((run.sent, run.waits), (11, vec![HOUR; 10]));
}

#[test]
fn a_peer_may_ask_for_longer_but_not_for_ever() {
    let day = 24 * HOUR;
    for (asked, waits) in [
        (Duration::ZERO, vec![HOUR]),
        (HOUR, vec![HOUR]),
        (2 * HOUR, vec![2 * HOUR]),
        (day, vec![day]),
        (day + Duration::from_nanos(1), vec![]),
        (Duration::MAX, vec![]),
    ] {
        let script = [Some((Kind::Later, NotDelivered, Some(asked))), None];
        let run = run(&script, Schedule::TEN_TIMES_HOURLY, false, false, 0.0);
        assert_eq!(run.outcome.is_ok(), !waits.is_empty(), "{asked:?}");
        assert_eq!(run.waits, waits, "{asked:?}");
    }
}

#[test]
fn what_is_in_doubt_once_stays_in_doubt() {
    for (kind, last) in [(Kind::Connect, NotDelivered), (Kind::Refused, Rejected)] {
        let script = [Some((Kind::Timeout, Unknown, None)), Some((kind, last, None))];
        let run = run(&script, Schedule::new(1, HOUR), true, true, 0.0);
        let error = run.outcome.unwrap_err();
        assert_eq!((run.sent, says(&error)), (2, (kind, Unknown)));
        assert!(error.to_string().contains("an earlier attempt may have arrived"), "{error}");
        assert!(everything(&error).contains("Unknown"));
    }
}

#[test]
fn tells_whether_anything_may_have_left_while_it_waits() {
    for (disposition, left) in [(NotDelivered, false), (Unknown, true)] {
        let peer = recorder(&[Some((Kind::Interrupted, disposition, None))], true);
        let retry = Retry::new(Arc::clone(&peer), Schedule::TEN_TIMES_HOURLY, |_| pending())
            .with_unknown_sent_again(true);
        let (order, progress) = (order(), Progress::new());
        let mut delivery = retry.send_watched(&order, progress.clone());
        assert!(!progress.may_have_left(), "nothing happens before it is polled");
        assert!(delivery.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert_eq!(progress.may_have_left(), left, "{disposition:?}");
        drop(delivery);
        assert_eq!(peer.sent().len(), 1, "a dropped one is not sent again");
    }
}

#[test]
fn an_intercepted_order_is_not_sent_again() {
    let held = Receipt::new(Evidence::new("held", &order())).with_intercepted("id");
    let peer = Recorder::new().then(Ok(held));
    let receipt = at_once(&Retry::new(&peer, Schedule::default(), at_the_limit), &order()).unwrap();
    assert_eq!(Outcome::of(Ok(&receipt)), Outcome::Intercepted);
    assert_eq!(peer.sent().len(), 1);
}

fn outcomes() -> impl Strategy<Value = Vec<Scripted>> {
    let kind = prop::sample::select(vec![
        Kind::Consignment,
        Kind::Configuration,
        Kind::Connect,
        Kind::Later,
        Kind::Refused,
        Kind::Interrupted,
    ]);
    // most often something that leads on
    let disposition = prop::sample::select(vec![NotDelivered, NotDelivered, NotDelivered, Unknown, Rejected]);
    let after = prop::option::of((0_u64..20_000).prop_map(Duration::from_millis));
    prop::collection::vec(prop::option::weighted(0.9, (kind, disposition, after)), 1..12)
}

fn schedules() -> impl Strategy<Value = Schedule> {
    (0_u32..8, 0_u64..10_000, 0_u32..4, 0_u64..30_000, 0_u64..20_000, 0_u32..200).prop_map(
        |(retries, wait, factor, longest, longest_after, jitter)| {
            Schedule::new(retries, Duration::from_millis(wait))
                .with_factor(factor)
                .with_longest_wait(Duration::from_millis(longest))
                .with_longest_retry_after(Duration::from_millis(longest_after))
                .with_jitter_percent(jitter)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn never_sends_what_it_must_not(
        script in outcomes(), schedule in schedules(), idempotent: bool, unknown_too: bool, chance in 0.0..=1.0_f64,
    ) {
        let Run { outcome, sent, waits } = run(&script, schedule, idempotent, unknown_too, chance);
        prop_assert!(sent >= 1 && sent <= 1 + schedule.retries as usize);
        prop_assert_eq!(waits.len(), sent - 1);
        // beyond its end the script delivers
        let came = |attempt: usize| script.get(attempt).copied().flatten();
        let leads_on = |scripted: Scripted| scripted.is_some_and(|(kind, disposition, after)| {
            let safe = match disposition {
                NotDelivered => true,
                Unknown => idempotent && unknown_too,
                _ => false,
            };
            let may_help = failure(kind, disposition).who_can_act() != Party::Caller;
            safe && may_help && after.unwrap_or_default() <= schedule.longest_retry_after
        });

        for (retry, wait) in (1..).zip(&waits) {
            let before = came(retry as usize - 1);
            prop_assert!(leads_on(before), "sent again after {:?}", before);
            let least = schedule.wait_before(retry).unwrap().max(before.unwrap().2.unwrap_or_default());
            let most = least.as_secs_f64() * (1.0 + f64::from(schedule.jitter_percent) / 100.0);
            prop_assert!(*wait >= least && wait.as_secs_f64() <= most + 1e-6, "{:?} for {:?}", wait, least);
            if schedule.jitter_percent == 0 {
                prop_assert_eq!(*wait, least);
            }
        }
        let last = came(sent - 1);
        prop_assert!(!leads_on(last) || sent == 1 + schedule.retries as usize, "gave up after {:?}", last);
        match (outcome, last) {
            (Ok(_), None) => {}
            (Err(error), Some((kind, disposition, _))) => {
                let in_doubt = (0..sent).any(|attempt| came(attempt).is_some_and(|scripted| scripted.1 == Unknown));
                prop_assert_eq!(says(&error), (kind, if in_doubt { Unknown } else { disposition }));
            }
            (outcome, last) => prop_assert!(false, "{:?} became {:?}", last, outcome),
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_schedule_is_data() {
    let schedule = Schedule::new(5, Duration::from_secs(60)).with_factor(2).with_jitter_percent(20);
    let text = serde_json::to_string(&schedule).unwrap();
    assert_eq!(
        text,
        r#"{"retries":5,"wait_seconds":60,"factor":2,"longest_wait_seconds":86400,"longest_retry_after_seconds":86400,"jitter_percent":20}"#
    );
    assert_eq!(serde_json::from_str::<Schedule>(&text).unwrap(), schedule);
    assert_eq!(serde_json::from_str::<Schedule>("{}").unwrap(), Schedule::TEN_TIMES_HOURLY);
    let once = serde_json::from_str::<Schedule>(r#"{"retries":0}"#).unwrap();
    assert_eq!((once.retries, once.wait), (0, HOUR));
    for wrong in [r#"{"wait":60}"#, r#"{"wait_seconds":-1}"#, r#"{"wait_seconds":"1h"}"#] {
        serde_json::from_str::<Schedule>(wrong).unwrap_err();
    }
    let error = serde_json::to_string(&Schedule::new(1, Duration::from_millis(1500))).unwrap_err();
    assert!(error.to_string().contains("1.5s is no whole number of seconds"), "{error}");
}
