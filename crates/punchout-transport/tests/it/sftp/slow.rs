//! Servers that take their time, and ways that have ended unseen.

use super::proxy::{Proxy, Then};
use super::scripted::{Rename, Script, Server};
use super::{large_order, send};
use crate::{order, says};
use punchout_transport::{Disposition, File, Kind, OrderTransport as _, Party, Sftp, Timeout};
use std::time::{Duration, Instant};

/// Longer than any test may take.
const NEVER: Duration = Duration::from_secs(600);

/// Each of its answers is just in time.
#[tokio::test]
async fn a_server_that_drips_is_left_in_time() {
    let pause = Some(("", Duration::from_millis(50)));
    let reading = Script { piece: 1, pause, ..Script::new() };
    for (script, order, disposition) in [
        (Script { pause, ..Script::new() }, large_order(), Disposition::NotDelivered),
        (Script { pause: Some(("rename", NEVER)), ..Script::new() }, order(), Disposition::Unknown),
        // it cannot be told whether that is the order
        (reading.holds("4500000017.xml", &order().files[0].bytes), order(), Disposition::Unknown),
    ] {
        let server = Server::start(script).await;
        let options = server.options().with_answer_timeout(NEVER).with_timeout(Duration::from_millis(400));
        let error = send(options, &order).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Timeout, disposition), "{error}");
        assert!(error.to_string().contains("was not done with the order within 400ms"), "{error}");
        assert_eq!(error.evidence().unwrap().sent.len(), 1);
        assert!(!server.has().files.contains_key("orders/18.xml"), "nothing is put in place any more");
    }
}

#[tokio::test]
async fn the_time_for_everything_includes_the_log_in() {
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Server::start(Script::new()).await;
    let options = server
        .options()
        .with_port(mute.local_addr().unwrap().port())
        .with_connect_timeout(NEVER)
        .with_timeout(Duration::from_millis(100));
    let error = send(options, &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Timeout, Disposition::NotDelivered));
    assert!(error.to_string().contains("not logged in") && error.to_string().contains("100ms"), "{error}");
}

/// Everything after the log-in is swallowed: nobody closes anything.
#[tokio::test]
async fn a_way_that_ended_unseen_is_found_by_signs_of_life() {
    let server = Server::start(Script::new()).await;
    let whole = {
        let proxy = Proxy::start(server.address, u64::MAX, Then::Cut);
        let options = server.options().with_port(proxy.address.port());
        send(options, &large_order()).await.unwrap();
        tokio::task::spawn_blocking(|| proxy.finish()).await.unwrap()
    };
    // within the transfer
    let proxy = Proxy::start(server.address, whole / 2, Then::Stall);
    let options = server
        .options()
        .with_port(proxy.address.port())
        .with_directory("orders")
        .with_answer_timeout(NEVER)
        .with_keep_alive(Duration::from_millis(100));
    let mut other = large_order();
    other.files[0].name = "19.xml".to_owned();
    let started = Instant::now();
    let error = send(options, &other).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Interrupted, Disposition::NotDelivered), "{error:?}");
    assert_eq!(error.who_can_act(), Party::Network);
    // four times the interval, on a busy machine
    let taken = started.elapsed();
    assert!((Duration::from_millis(400)..NEVER / 10).contains(&taken), "{taken:?}");
}

#[tokio::test]
async fn a_server_that_thinks_for_long_is_waited_for() {
    let pause = Some(("close", Duration::from_millis(1500)));
    let server = Server::start(Script { pause, ..Script::new() }).await;
    let options = server.options().with_keep_alive(Duration::from_millis(100));
    send(options, &order()).await.unwrap();
    assert!(server.has().files.contains_key("orders/4500000017.xml"));
}

/// It has decided, and then has no answer to what follows.
#[tokio::test]
async fn what_is_known_is_not_lost_in_the_goodbye() {
    let pause = Some(("remove", NEVER));
    let limited = |server: &Server| {
        let sftp = Sftp::new(server.options().with_answer_timeout(NEVER)).unwrap();
        Timeout::new(sftp, Duration::from_millis(900), tokio::time::sleep)
    };
    // another sender was faster, and this one's temporary file is left to be removed
    let server = Server::start(Script { rename: Rename::ComesSecond, pause, ..Script::new() }).await;
    let receipt = limited(&server).send(&order()).await.unwrap();
    assert!(receipt.already_there);

    // an attachment is refused when the order's temporary file is there
    let server = Server::start(Script { pause, ..Script::new() }.holds("plan.pdf", b"no plan")).await;
    let with_plan = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF..."));
    let error = limited(&server).send(&with_plan).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::NotDelivered, "{error}");
    assert_eq!(server.has().requests.last(), Some(&"remove"));
}
