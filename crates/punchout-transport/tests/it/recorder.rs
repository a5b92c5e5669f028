use crate::suite::{Subject, behaves};
use crate::{at_once, order};
use punchout_transport::{
    Capabilities, Disposition, Error, Evidence, Kind, OrderTransport, Party, Receipt, Recorder,
};
use std::sync::Arc;
use std::time::Duration;

pub(crate) fn subject() -> Subject {
    subject_with(Recorder::new())
}

pub(crate) fn subject_for_one_file() -> Subject {
    subject_with(Recorder::new().with_capabilities(Capabilities::new()))
}

fn subject_with(recorder: Recorder) -> Subject {
    let recorder = Arc::new(recorder);
    let seen = Arc::clone(&recorder);
    let arrived =
        move || seen.sent().into_iter().flat_map(|sent| sent.files).map(|file| file.bytes).collect();
    Subject { transport: Box::new(recorder), arrived: Box::new(arrived) }
}

#[tokio::test]
async fn behaves_like_every_transport() {
    behaves(async || subject()).await;
    behaves(async || subject_for_one_file()).await;
}

#[test]
fn follows_its_script_and_keeps_everything() {
    let busy = Error::new(Kind::Later, Disposition::NotDelivered, "the shop is closed")
        .with_retry_after(Duration::from_secs(3600))
        .with_party(Party::Network);
    let taken = Receipt::new(Evidence::new("shop", &order())).with_reference("SO-1");
    let recorder = Recorder::new().then(Err(busy)).then(Ok(taken)).with_capabilities(Capabilities::new());

    let error = at_once(&recorder, &order()).unwrap_err();
    assert_eq!(error.to_string(), "the shop is closed");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(error.who_can_act(), Party::Network);
    assert_eq!(at_once(&recorder, &order().with_attempt(2)).unwrap().reference.as_deref(), Some("SO-1"));
    assert_eq!(at_once(&recorder, &order().with_attempt(3)).unwrap().reference, None);

    assert_eq!(recorder.sent(), [order(), order().with_attempt(2), order().with_attempt(3)]);
    assert_eq!(recorder.capabilities(), Capabilities::new());
}
