//! A process that ends in the middle of a release.

use super::{anyway, kept, order, outcome, release};
use crate::says;
use punchout_transport::{
    Capabilities, Consignment, Delivery, Digest, Disposition, Intercept, Kind, OrderTransport, Outcome,
    Recorder,
};
use std::process::{Command, Stdio};

/// Tells the process that is to end where the order is kept.
const DIRECTORY: &str = "PUNCHOUT_TEST_ENDS_WHILE_RELEASING";

struct Ends;

impl OrderTransport for Ends {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn send<'a>(&'a self, _: &'a Consignment) -> Delivery<'a> {
        Box::pin(async { std::process::abort() })
    }
}

#[test]
fn leaves_the_order_unknown_and_whole() {
    if let Some(directory) = std::env::var_os(DIRECTORY) {
        let intercept = Intercept::new(directory);
        let id = intercept.ids().unwrap().remove(0);
        let outcome = release(&intercept, &id, &Ends);
        unreachable!("it has ended before {outcome:?}");
    }
    let (place, intercept, id) = kept();
    let name = concat!(module_path!(), "::leaves_the_order_unknown_and_whole");
    let ended = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name.split_once("::").unwrap().1])
        .env(DIRECTORY, place.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!ended.success());
    assert_eq!(outcome(&intercept, &id), Outcome::Unknown, "the release had begun");

    let recorder = Recorder::new();
    let error = release(&intercept, &id, &recorder).unwrap_err();
    assert_eq!(says(&error), (Kind::Released, Disposition::Unknown));
    anyway(&intercept, &id, &recorder).unwrap();
    let sent = recorder.sent();
    assert_eq!(sent, [order().with_attempt(2).with_again(true)]);
    assert_eq!(Digest::of(&sent[0].files[0].bytes), Digest::of(&order().files[0].bytes));
}
