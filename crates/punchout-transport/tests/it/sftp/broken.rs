//! Connections that fail at any point.

use super::proxy::{Proxy, Then};
use super::sshd::{Sshd, everything_in};
use super::{large_order, send};
use crate::{order, says};
use punchout_transport::{Consignment, Disposition, File, Kind, Party, SftpOptions};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::tempdir;

const SOON: Duration = Duration::from_millis(300);

/// Waits for threads and processes while the runtime goes on.
async fn aside<T: Send + 'static>(wait: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(wait).await.unwrap()
}

/// What is there of an order: nothing, part of it, or all; never part of a file.
fn files_there(place: &Path, order: &Consignment) -> usize {
    let mut there = 0;
    for name in everything_in(place).iter().filter(|name| !name.starts_with(".punchout-")) {
        let file = order.files.iter().find(|file| file.name == *name).expect("nothing else becomes visible");
        assert_eq!(fs::read(place.join(name)).unwrap(), *file.bytes, "{name} is there as a whole");
        there += 1;
    }
    there
}

/// Sends through a connection that fails after so many bytes; what is known
/// afterwards, whether the order is there, and how much passed.
async fn outcome(
    sshd: &Arc<Sshd>,
    order: &Consignment,
    limit: u64,
    then: Then,
) -> (Option<Disposition>, bool, u64) {
    let place = tempdir().unwrap();
    let proxy = Proxy::start(sshd.address, limit, then);
    let direct = sshd.options(place.path());
    let mut options = direct.clone().with_port(proxy.address.port());
    if then == Then::Stall {
        options = options.with_connect_timeout(4 * SOON).with_answer_timeout(SOON);
    }
    let result = send(options, order).await;
    let sshd = Arc::clone(sshd);
    let passed = aside(move || {
        let passed = proxy.finish();
        sshd.settle();
        passed
    })
    .await;
    let there = files_there(place.path(), order);
    let visible = place.path().join(&order.files[0].name).exists();
    assert!(!visible || there == order.files.len(), "the order shows last");
    let disposition = result.as_ref().err().map(|error| {
        let kind = if then == Then::Cut { Kind::Interrupted } else { Kind::Timeout };
        assert_eq!((error.kind(), error.who_can_act()), (kind, Party::Network), "after {limit}: {error:?}");
        error.disposition()
    });
    match disposition {
        None => assert!(visible, "delivered after {limit}, and not there"),
        Some(Disposition::NotDelivered) => {
            assert!(!visible, "not delivered after {limit}, and there: {result:?}");
        }
        Some(other) => assert_eq!(other, Disposition::Unknown, "after {limit}"),
    }
    // sending again settles it, without a second copy
    let again = send(direct, order).await.unwrap();
    assert_eq!(files_there(place.path(), order), order.files.len());
    assert!(visible <= again.already_there, "after {limit}");
    (disposition, visible, passed)
}

/// Where to fail: everywhere roughly, and closely where files get their names.
fn spread(whole: u64, coarse: u64, fine: u64) -> impl Iterator<Item = u64> {
    let end = whole.saturating_sub(1000);
    (0..end)
        .step_by(usize::try_from(coarse).unwrap())
        .chain((end..=whole).step_by(usize::try_from(fine).unwrap()))
}

#[tokio::test]
async fn wherever_it_is_cut_the_error_tells_the_truth() {
    let Some(sshd) = Sshd::start().map(Arc::new) else { return };
    let order = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let (delivered, _, whole) = outcome(&sshd, &order, u64::MAX, Then::Cut).await;
    assert_eq!(delivered, None);
    let mut seen = BTreeMap::new();
    for limit in spread(whole, 200, 40) {
        let (disposition, visible, _) = outcome(&sshd, &order, limit, Then::Cut).await;
        *seen.entry((disposition.map_or("delivered", Disposition::as_str), visible)).or_insert(0) += 1;
    }
    println!("of {whole} bytes: {seen:?}");
    // the cuts did hit what they were meant for
    for case in [("not delivered", false), ("unknown", false), ("delivered", true)] {
        assert!(seen.contains_key(&case), "{case:?} is missing in {seen:?}");
    }
}

#[tokio::test]
async fn a_large_order_is_never_there_in_part() {
    let Some(sshd) = Sshd::start().map(Arc::new) else { return };
    let order = large_order();
    let (delivered, _, whole) = outcome(&sshd, &order, u64::MAX, Then::Cut).await;
    assert_eq!(delivered, None);
    for limit in spread(whole, 12_000, 500) {
        outcome(&sshd, &order, limit, Then::Cut).await;
    }
}

#[tokio::test]
async fn silence_ends_in_time() {
    let Some(sshd) = Sshd::start().map(Arc::new) else { return };
    let order = order();
    let (_, _, whole) = outcome(&sshd, &order, u64::MAX, Then::Cut).await;
    let mut seen = Vec::new();
    for limit in spread(whole, 1500, 200) {
        seen.push(outcome(&sshd, &order, limit, Then::Stall).await.0);
    }
    assert!(
        seen.contains(&Some(Disposition::NotDelivered)) && seen.contains(&Some(Disposition::Unknown)),
        "{seen:?}"
    );
}

#[tokio::test]
async fn what_did_not_leave_is_not_delivered() {
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refused = gone.local_addr().unwrap();
    drop(gone);
    let options = |host: &str, port| {
        SftpOptions::new(host, "buyer")
            .with_port(port)
            .with_password("hunter2")
            .with_host_key("SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o")
    };
    // a label has 63 characters at most, so no name server is asked
    let nowhere = format!("{}.localhost", "x".repeat(64));
    for (options, kind, says_so) in [
        (
            options("127.0.0.1", mute.local_addr().unwrap().port()).with_connect_timeout(SOON),
            Kind::Timeout,
            "within 300ms",
        ),
        (options("127.0.0.1", refused.port()), Kind::Connect, "no connection to sftp://127.0.0.1:"),
        (options(&nowhere, 22), Kind::Connect, "no address is known for host xxx"),
    ] {
        let error = send(options, &order()).await.unwrap_err();
        assert_eq!(says(&error), (kind, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), Party::Network);
        assert!(error.to_string().contains(says_so), "{error}");
    }
}

#[tokio::test]
async fn a_server_of_another_kind_is_recognised() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        let (mut stream, _) = listener.accept().await.unwrap();
        let page = "<p>not here</p>\r\n".repeat(100);
        stream.write_all(format!("HTTP/1.1 400 Bad Request\r\n\r\n{page}").as_bytes()).await.unwrap();
        stream
    });
    let options = SftpOptions::new("127.0.0.1", "buyer")
        .with_port(port)
        .with_password("hunter2")
        .with_host_key("SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o");
    let error = send(options, &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{error:?}");
    assert_eq!(error.who_can_act(), Party::Caller);
    assert!(error.to_string().contains("does not speak SSH"), "{error}");
    drop(server.await.unwrap());
}
