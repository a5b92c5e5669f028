use crate::server::{Reaction, Request, Server};
use crate::suite::{Subject, behaves};
use crate::{SHARED_SECRET, at_once, everything, order, says};
use punchout_transport::{
    Digest, Disposition, Error, File, HttpReply, Https, HttpsOptions, Kind, OrderTransport, Party, Receipt,
    Timeout, Verdict,
};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const SOON: Duration = Duration::from_millis(100);
/// Long enough for a request to arrive on a busy machine.
const LATER: Duration = Duration::from_secs(1);

fn options(server: &Server) -> HttpsOptions {
    HttpsOptions::new(format!("http://{}/orders?key=k3y", server.address).parse().unwrap()).allow_plain_http()
}

async fn send(options: HttpsOptions) -> Result<Receipt, Error> {
    Https::new(options).unwrap().send(&order()).await
}

/// Sends to a server that reacts like this; it has the order in any case.
async fn fails(reaction: Reaction) -> Error {
    let timeout = if matches!(reaction, Reaction::Silence) { LATER } else { 30 * LATER };
    fails_in(reaction, timeout).await
}

async fn fails_in(reaction: Reaction, timeout: Duration) -> Error {
    let server = Server::plain(reaction).await;
    let error =
        send(options(&server).with_answer_timeout(timeout).with_answer_limit(1000)).await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    assert_eq!(server.seen()[0].body, *order().files[0].bytes);
    let endpoint = format!("http://{}/orders", server.address);
    assert!(error.to_string().contains(&endpoint), "{error}");
    assert_eq!(error.evidence().unwrap().endpoint, endpoint);
    assert!(!everything(&error).contains("k3y"), "{error:?}");
    error
}

#[tokio::test]
async fn behaves_like_every_transport() {
    behaves(async || {
        let server = Server::plain(Reaction::status("200 OK", "")).await;
        let transport = Https::new(options(&server)).unwrap();
        let arrived = move || server.seen().iter().flat_map(Request::files).map(Arc::from).collect();
        Subject { transport: Box::new(transport), arrived: Box::new(arrived) }
    })
    .await;
}

#[tokio::test]
async fn posts_the_order_and_reads_the_answer() {
    let server = Server::plain(Reaction::status("201 Created", "<cXML/>")).await;
    let before = SystemTime::now();
    let options = options(&server).with_basic("buyer", "hunter2").with_header("X-Tenant", "blue");
    let receipt = send(options).await.unwrap();

    let [request] = &server.seen()[..] else { panic!("one request") };
    assert!(request.head.starts_with("POST /orders?key=k3y HTTP/1.1\r\n"), "{}", request.head);
    assert_eq!(request.body, *order().files[0].bytes);
    for (name, value) in [
        ("content-type", "text/xml; charset=UTF-8"),
        ("content-length", &request.body.len().to_string()),
        ("authorization", "Basic YnV5ZXI6aHVudGVyMg=="),
        ("x-tenant", "blue"),
        ("host", &server.address.to_string()),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert_eq!(request.header("transfer-encoding"), None);

    let answer = receipt.answer.unwrap();
    assert_eq!((answer.media_type.as_deref(), &answer.bytes[..]), (Some("text/xml"), &b"<cXML/>"[..]));
    assert!(receipt.timings.answered.unwrap() > Duration::ZERO);
    assert_eq!(receipt.evidence.endpoint, format!("http://{}/orders", server.address));
    assert_eq!(receipt.evidence.replies, ["HTTP/1.1 201 Created", "content-type: text/xml"]);
    assert_eq!(receipt.evidence.tls, None);
    let began: SystemTime = receipt.evidence.began.unwrap().into();
    assert!(before <= began && began <= SystemTime::now(), "{began:?}");
    let package = receipt.evidence.package.unwrap();
    assert_eq!((&*package.media_type, package.bytes), ("text/xml; charset=UTF-8", request.body.len()));
    assert_eq!(package.sha256, Digest::of(&request.body));
}

#[tokio::test]
async fn what_went_over_the_wire_is_hashed_as_it_went() {
    let server = Server::plain(Reaction::status("500 Internal Server Error", "")).await;
    let two = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let error = Https::new(options(&server)).unwrap().send(&two).await.unwrap_err();
    let package = error.evidence().unwrap().package.as_ref().unwrap();
    let [request] = &server.seen()[..] else { panic!("one request") };
    assert_eq!(Some(&*package.media_type), request.header("content-type"));
    assert_eq!((package.bytes, package.sha256), (request.body.len(), Digest::of(&request.body)));
}

#[tokio::test]
async fn a_yes_is_none_before_the_whole_order_left() {
    let large = order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 32 << 20]));
    for (line, expected) in [
        ("200 OK", (Kind::Unclear, Disposition::Unknown)),
        ("409 Conflict", (Kind::Refused, Disposition::Rejected)),
        ("413 Payload Too Large", (Kind::Configuration, Disposition::NotDelivered)),
        ("429 Too Many Requests", (Kind::Later, Disposition::NotDelivered)),
        ("502 Bad Gateway", (Kind::Unclear, Disposition::Unknown)),
    ] {
        let server = Server::plain(Reaction::early(line)).await;
        let error = Https::new(options(&server)).unwrap().send(&large).await.unwrap_err();
        assert_eq!(says(&error), expected, "{line}: {error}");
        assert!(error.to_string().contains(&line[..3]), "{error}");
        assert_eq!(error.evidence().unwrap().replies[0], format!("HTTP/1.1 {line}"));
        assert!(error.answer().is_some());
    }
}

#[tokio::test]
async fn a_peer_is_quoted_in_part() {
    let long = "x".repeat(30_000);
    for status in ["302 Found", "200 OK"] {
        let line = format!("{status}\r\nLocation: /{long}");
        let Reaction::Answer(answer) = Reaction::status(&line, "") else { unreachable!() };
        let answer = String::from_utf8(answer).unwrap().replace("text/xml", &format!("text/{long}"));
        let server = Server::plain(Reaction::Answer(answer.into_bytes())).await;
        let said = long.clone();
        let options =
            options(&server).with_classifier(move |_: &HttpReply| Verdict::Unclear { reason: said.clone() });
        let error = send(options).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown);
        let media_type = error.answer().unwrap().media_type.clone().unwrap();
        assert!(media_type.len() < 600 && media_type.starts_with("text/xxx"), "{media_type}");
        assert!(everything(&error).len() < 4000, "{}", everything(&error).len());
    }
}

#[tokio::test]
async fn parts_of_secrets_stay_secret_too() {
    for secret in ["qu3ry-value", "two words", "two%20words", "t0ken-of-header", "passw0rd-of-proxy"] {
        let server = Server::plain(Reaction::status("400 Bad Request", "")).await;
        let url = format!("http://{}/orders?key=qu3ry-value&other=two%20words", server.address);
        let options = HttpsOptions::new(url.parse().unwrap())
            .allow_plain_http()
            .with_header("Authorization", "Bearer t0ken-of-header")
            // buyer:passw0rd-of-proxy
            .with_header("Proxy-Authorization", "Basic YnV5ZXI6cGFzc3cwcmQtb2YtcHJveHk=")
            .with_classifier(move |_: &HttpReply| Verdict::Rejected {
                reason: format!("unknown key {secret}!"),
            });
        let error = send(options).await.unwrap_err();
        assert!(error.to_string().ends_with("unknown key ***!"), "{error}");
        assert!(!everything(&error).contains(secret));
    }
}

#[tokio::test]
async fn the_status_decides_unless_told_otherwise() {
    for (line, kind, disposition, party) in [
        ("400 Bad Request", Kind::Refused, Disposition::Rejected, Party::Caller),
        ("401 Unauthorized", Kind::Configuration, Disposition::NotDelivered, Party::Caller),
        ("404 Not Found", Kind::Configuration, Disposition::NotDelivered, Party::Caller),
        ("409 Conflict", Kind::Refused, Disposition::Rejected, Party::Caller),
        ("429 Too Many Requests", Kind::Later, Disposition::NotDelivered, Party::Supplier),
        ("500 Internal Server Error", Kind::Unclear, Disposition::Unknown, Party::Supplier),
        ("503 Service Unavailable", Kind::Unclear, Disposition::Unknown, Party::Supplier),
    ] {
        let error = fails(Reaction::status(&format!("{line}\r\nRetry-After: 30"), "<cXML/>")).await;
        assert_eq!((says(&error), error.who_can_act()), ((kind, disposition), party), "{line}");
        assert!(error.to_string().contains(&line[..3]), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
        assert_eq!(error.answer().unwrap().bytes, b"<cXML/>");
        assert_eq!(
            error.evidence().unwrap().replies,
            [format!("HTTP/1.1 {line}"), "content-type: text/xml".into()]
        );
        let timings = error.timings().unwrap();
        assert!(timings.answered.unwrap() <= timings.total && timings.total > Duration::ZERO);
    }
}

#[tokio::test]
async fn a_classifier_decides() {
    let server = Server::plain(Reaction::status("200 OK", "<Status code=\"500\"/>")).await;
    let options = options(&server);
    let verdicts = [
        (Verdict::Accepted { reference: Some("SO-1".into()) }, None),
        (
            Verdict::TurnedAway { reason: "no such buyer".into() },
            Some((Kind::Configuration, Disposition::NotDelivered)),
        ),
        (Verdict::Rejected { reason: "no such buyer".into() }, Some((Kind::Refused, Disposition::Rejected))),
        (
            Verdict::Retry { after: Some(SOON), reason: "no such buyer".into() },
            Some((Kind::Later, Disposition::NotDelivered)),
        ),
        (Verdict::Unclear { reason: "no such buyer".into() }, Some((Kind::Unclear, Disposition::Unknown))),
    ];
    for (verdict, expected) in verdicts {
        let classifier = move |reply: &HttpReply| {
            assert_eq!((reply.status, reply.media_type().as_deref()), (200, Some("text/xml")));
            assert_eq!(reply.body, b"<Status code=\"500\"/>");
            verdict.clone()
        };
        match (send(options.clone().with_classifier(classifier)).await, expected) {
            (Ok(receipt), None) => assert_eq!(receipt.reference.as_deref(), Some("SO-1")),
            (Err(error), Some(expected)) => {
                assert_eq!(says(&error), expected);
                assert!(error.to_string().contains("no such buyer"), "{error}");
                assert_eq!(error.retry_after(), (error.kind() == Kind::Later).then_some(SOON));
            }
            (outcome, _) => panic!("{outcome:?}"),
        }
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Server::plain(Reaction::status("200 OK", "")).await;
    for (line, disposition) in [
        ("301 Moved Permanently", Disposition::Unknown),
        ("302 Found", Disposition::Unknown),
        ("303 See Other", Disposition::Unknown),
        ("307 Temporary Redirect", Disposition::Rejected),
        ("308 Permanent Redirect", Disposition::Rejected),
    ] {
        let target = format!("http://u:pass@{}/new", elsewhere.address);
        let error = fails(Reaction::status(&format!("{line}\r\nLocation: {target}?token=t0ken"), "")).await;
        assert_eq!(says(&error), (Kind::Redirect, disposition), "{line}");
        assert!(error.to_string().contains(&format!("to http://{}/new", elsewhere.address)), "{error}");
        assert!(!everything(&error).contains("t0ken") && !everything(&error).contains("pass@"), "{error:?}");
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn what_arrived_is_never_called_undelivered() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<cXML>".to_vec();
    for (name, reaction, kind) in [
        ("closes without an answer", Reaction::Close, Kind::Interrupted),
        ("closes within the answer", Reaction::Answer(cut), Kind::Interrupted),
        ("answers with garbage", Reaction::Answer(b"\x15\x03\x03 what?\r\n\r\n".to_vec()), Kind::Interrupted),
        ("never answers", Reaction::Silence, Kind::Timeout),
        ("answers too much", Reaction::status("200 OK", &"x".repeat(1001)), Kind::AnswerTooLarge),
        (
            "refuses with too much",
            Reaction::status("400 Bad Request", &"x".repeat(100_000)),
            Kind::AnswerTooLarge,
        ),
    ] {
        let error = fails(reaction).await;
        assert_eq!(says(&error), (kind, Disposition::Unknown), "{name}: {error}");
    }
    let server = Server::plain(Reaction::status("200 OK", &"x".repeat(1000))).await;
    send(options(&server).with_answer_limit(1000)).await.unwrap();
}

#[tokio::test]
async fn what_did_not_leave_is_not_delivered() {
    let server = Server::plain(Reaction::Silence).await;
    let refused = options(&server);
    let address = server.address;
    drop(server);
    // the listener goes with its task, at the next turn of the runtime
    while tokio::net::TcpStream::connect(address).await.is_ok() {}

    // accepts connections and never says hello
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = HttpsOptions::new(format!("https://{}/orders", mute.local_addr().unwrap()).parse().unwrap());
    // a label has 63 characters at most, so no name server is asked
    let nowhere = HttpsOptions::new(format!("http://{}.localhost/", "x".repeat(64)).parse().unwrap())
        .allow_plain_http();
    for (options, kind, says_so) in [
        (refused, Kind::Connect, "no connection to http://127.0.0.1:"),
        (tls.with_connect_timeout(SOON), Kind::Timeout, "within 100ms"),
        (nowhere, Kind::Connect, "no address is known for host xxx"),
    ] {
        let error = send(options).await.unwrap_err();
        assert_eq!(says(&error), (kind, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), Party::Network);
        assert!(error.to_string().contains(says_so), "{}", everything(&error));
    }
}

#[tokio::test]
async fn the_same_server_may_have_it_elsewhere() {
    let moved = |to: &str| {
        format!("HTTP/1.1 308 Permanent Redirect\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
    };
    let Reaction::Answer(taken) = Reaction::status("200 OK", "<cXML/>") else { unreachable!() };
    let server = Server::plain(Reaction::InTurn(vec![moved("/new?token=t0ken"), taken])).await;
    let two = order().with_file(File::new("plan.pdf", "application/pdf", *b"%PDF"));
    let options = options(&server).with_basic("buyer", "hunter2");
    let receipt = Https::new(options.clone()).unwrap().send(&two).await.unwrap();
    let [first, second] = &server.seen()[..] else { panic!("two requests") };
    assert!(second.head.starts_with("POST /new?token=t0ken HTTP/1.1\r\n"), "{}", second.head);
    assert_eq!(first.body, second.body);
    for name in ["authorization", "content-type", "content-length"] {
        assert_eq!(first.header(name), second.header(name), "{name}");
    }
    let on = format!("goes on to http://{}/new", server.address);
    assert_eq!(
        receipt.evidence.replies,
        ["HTTP/1.1 308 Permanent Redirect", &on, "HTTP/1.1 200 OK", "content-type: text/xml"]
    );

    let round = Server::plain(Reaction::Answer(moved("/orders"))).await;
    let error = send(self::options(&round)).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Redirect, Disposition::Rejected));
    assert_eq!(round.seen().len(), 4, "once, and three times more");
}

#[tokio::test]
async fn each_step_has_its_time() {
    let large = order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 32 << 20]));
    let server = Server::plain(Reaction::Deaf).await;
    let options = options(&server).with_send_timeout(SOON);
    let error = Https::new(options).unwrap().send(&large).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Timeout, Disposition::Unknown), "{error:?}");
    assert!(error.to_string().contains("did not take the order within 100ms"), "{error}");

    let error = fails_in(Reaction::Drip, LATER).await;
    assert_eq!(says(&error), (Kind::Timeout, Disposition::Unknown), "{error:?}");
    assert!(error.to_string().contains("took longer than 1s"), "{error}");
    assert_eq!(error.evidence().unwrap().replies, ["HTTP/1.1 200 OK"]);
    let error = fails_in(Reaction::Silence, LATER).await;
    assert!(error.to_string().contains("within 1s"), "{error}");
}

/// Whoever has to give up knows whether anything left.
#[tokio::test]
async fn who_watches_knows_when_it_leaves() {
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = HttpsOptions::new(format!("https://{}/", mute.local_addr().unwrap()).parse().unwrap());
    let server = Server::plain(Reaction::Silence).await;
    for (options, disposition) in [(tls, Disposition::NotDelivered), (options(&server), Disposition::Unknown)]
    {
        let transport = Https::new(options).unwrap();
        let endpoint = transport.endpoint().unwrap();
        let error = Timeout::new(transport, LATER, tokio::time::sleep).send(&order()).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Timeout, disposition), "{error}");
        assert!(error.to_string().contains(&endpoint) && !error.to_string().contains("k3y"), "{error}");
    }
}

#[test]
fn without_a_runtime_it_says_so() {
    let transport = Https::new(HttpsOptions::new("https://127.0.0.1:1/".parse().unwrap())).unwrap();
    let error = at_once(&transport, &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
    assert!(error.to_string().contains("tokio"), "{error}");
}

#[tokio::test]
async fn secrets_stay_secret_even_when_the_server_repeats_them() {
    let secrets = ["hunter2", "YnV5ZXI6aHVudGVyMg==", "t0ken", "k3y", "blue-header", SHARED_SECRET];
    let mut printed = String::new();
    for status in
        ["200 OK", "302 Found", "400 Bad Request", "429 Too Many Requests", "500 Internal Server Error"]
    {
        let server = Server::plain(Reaction::Repeat(status)).await;
        let options = options(&server).with_header("X-Key", "blue-header");
        for options in [options.clone().with_basic("buyer", "hunter2"), options.with_bearer("t0ken")] {
            write!(printed, "{options:?}").unwrap();
            let repeating = |reply: &HttpReply| {
                let said = format!("{reply:?} {}", String::from_utf8(reply.body.clone()).unwrap());
                match reply.status {
                    200 => Verdict::Accepted { reference: Some(said) },
                    400 => Verdict::Rejected { reason: said },
                    429 => Verdict::Retry { after: None, reason: said },
                    _ => Verdict::Unclear { reason: said },
                }
            };
            let transport = Https::new(options.with_classifier(repeating)).unwrap();
            write!(printed, "{transport:?}").unwrap();
            match transport.send(&order()).await {
                Ok(receipt) => write!(printed, "{receipt:?}").unwrap(),
                Err(error) => printed += &everything(&error),
            }
        }
    }
    assert!(printed.contains("***"), "the server did repeat them: {printed}");
    for secret in secrets {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
