//! What a failure says of the order, at every step, against what the server has.

use super::{LATER, options};
use crate::certificates::Certified;
use crate::smtp::Fault::{Cut, Says, Silence};
use crate::smtp::{Fault, NOBODY, Script, Server, Step};
use crate::{order, says};
use punchout_transport::Disposition::{NotDelivered, Rejected, Unknown};
use punchout_transport::{
    Consignment, Disposition, Email, EmailOptions, Error, File, Intercept, Kind, OrderTransport, Party,
    Receipt, Timeout,
};

const STEPS: [(Step, &str); 7] = [
    (Step::Greeting, "the greeting"),
    (Step::Hello, "EHLO"),
    (Step::Login, "AUTH PLAIN"),
    (Step::Sender, "MAIL FROM"),
    (Step::Recipient, "RCPT TO:<nobody@shop.example>"),
    (Step::Data, "DATA"),
    (Step::Dot, "the message"),
];

/// Sends against a fault and checks that the outcome agrees with what the server has.
async fn meets(step: Step, fault: Fault) -> (Result<Receipt, Error>, Server) {
    let server = Server::start(Script::new().offers("AUTH PLAIN").fails(step, fault)).await;
    let timeout = if fault == Silence { LATER } else { 30 * LATER };
    let options = options(&server).with_login("buyer", "hunter2").with_timeout(timeout);
    let order = if step == Step::Body { large() } else { order() };
    let outcome = Email::new(options).unwrap().send(&order).await;
    let kept = server.heard().kept.len();
    match &outcome {
        Ok(_) => assert_eq!(kept, 1, "{step:?} {fault:?}: it is called delivered"),
        Err(error) if error.disposition() == Unknown => assert_eq!(kept, 1, "{step:?} {fault:?}: {error}"),
        Err(error) => {
            assert_eq!(kept, 0, "{step:?} {fault:?}: it has the order, and is said not to: {error}");
        }
    }
    if let Err(error) = &outcome {
        let endpoint = format!("smtp://{}", server.address);
        assert!(error.to_string().contains(&endpoint), "{error}");
        assert_eq!(error.evidence().unwrap().endpoint, endpoint);
        assert_eq!(error.evidence().unwrap().sent.len(), order.files.len());
    }
    (outcome, server)
}

/// Larger than what the sockets hold, so that a cut within it is noticed within it.
fn large() -> Consignment {
    order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 12_000_000]))
}

async fn fails(step: Step, fault: Fault) -> Error {
    meets(step, fault).await.0.unwrap_err()
}

/// Before the dot nothing can have arrived; after it, nobody knows.
fn unless_ended(step: Step) -> Disposition {
    if step == Step::Dot { Unknown } else { NotDelivered }
}

#[tokio::test]
async fn cuts() {
    for (step, name) in STEPS.into_iter().chain([(Step::Body, "the message")]) {
        let error = fails(step, Cut).await;
        assert_eq!(says(&error), (Kind::Interrupted, unless_ended(step)), "{step:?}: {error}");
        assert_eq!(error.who_can_act(), Party::Network);
        assert!(error.to_string().contains(name), "{error}");
        assert!(error.answer().is_none());
    }
}

#[tokio::test]
async fn refusals_for_now_and_for_good() {
    for (step, name) in STEPS {
        // whoever refuses before the order is announced cannot mean the order
        let (kind, disposition, party) = match step {
            Step::Greeting | Step::Hello => (Kind::Connect, NotDelivered, Party::Supplier),
            Step::Login => (Kind::Configuration, NotDelivered, Party::Caller),
            _ => (Kind::Refused, Rejected, Party::Caller),
        };
        for (reply, kind, disposition, party) in [
            ("421 4.3.2 closing", Kind::Later, NotDelivered, Party::Supplier),
            ("451 4.7.1 come back later", Kind::Later, NotDelivered, Party::Supplier),
            ("554 5.7.1 go away", kind, disposition, party),
            ("550-5.7.1 go\r\n550 away", kind, disposition, party),
        ] {
            let error = fails(step, Says(reply)).await;
            assert_eq!(error.who_can_act(), party, "{step:?} {reply}: {error}");
            assert_eq!(says(&error), (kind, disposition), "{step:?} {reply}: {error}");
            for part in [name, &reply[..3], reply.rsplit(' ').next().unwrap()] {
                assert!(error.to_string().contains(part), "{step:?} {reply}: {error}");
            }
            assert_eq!(error.answer().unwrap().bytes, format!("{reply}\r\n").as_bytes());
            let last = error.evidence().unwrap().replies.last().unwrap();
            let said = last.strip_prefix("nobody@shop.example: ").unwrap_or(last);
            assert!(said.starts_with(&reply[..3]), "{last}");
        }
    }
}

#[tokio::test]
async fn a_server_that_wants_a_login_says_so_of_no_order() {
    for step in [Step::Sender, Step::Recipient, Step::Data] {
        let error = fails(step, Says("530 5.7.0 authentication required")).await;
        assert_eq!(says(&error), (Kind::Configuration, NotDelivered), "{step:?}: {error}");
        assert!(error.to_string().contains("wants user and password before"), "{error}");
    }
}

/// The order is not refused: with the right password it is taken.
#[tokio::test]
async fn a_wrong_password_does_not_close_the_way() {
    let script = Script::new().offers("AUTH PLAIN").fails(Step::Login, Says("535 5.7.8 wrong"));
    let (strict, server) =
        (Server::start(script).await, Server::start(Script::new().offers("AUTH PLAIN")).await);
    let with_login = |server: &Server| Email::new(options(server).with_login("buyer", "hunter2")).unwrap();
    let place = tempfile::tempdir().unwrap();
    let intercept = Intercept::new(place.path());
    let id = intercept.send(&order()).await.unwrap().intercepted.unwrap();
    let error = intercept.release(&id, &with_login(&strict)).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, NotDelivered));
    assert_eq!(error.who_can_act(), Party::Caller);
    assert!(error.to_string().contains("refuses user and password"), "{error}");
    intercept.release(&id, &with_login(&server)).await.unwrap();
    assert_eq!(server.heard().kept.len(), 1);
}

/// A limit from outside, while the server has no word for a farewell.
#[tokio::test]
async fn what_is_known_is_not_lost_in_the_goodbye() {
    let server = Server::start(Script::new().fails(Step::Quit, Silence)).await;
    let email = Email::new(options(&server)).unwrap();
    let limited = Timeout::new(email, LATER * 9 / 10, tokio::time::sleep);
    limited.send(&order()).await.unwrap();
    server.settle().await;
    assert_eq!(server.heard().commands.last().unwrap(), "QUIT");
}

#[tokio::test]
async fn one_recipient_refused_and_nobody_gets_it() {
    for (reply, expected) in [
        ("550 5.1.1 unknown", (Kind::Refused, Rejected)),
        ("450 4.2.0 greylisted", (Kind::Later, NotDelivered)),
    ] {
        let (outcome, server) = meets(Step::Recipient, Says(reply)).await;
        let error = outcome.unwrap_err();
        assert_eq!(says(&error), expected);
        for part in [&format!("RCPT TO:<{NOBODY}>: `{reply}`"), "it takes sales@shop.example, but nobody"] {
            assert!(error.to_string().contains(part), "{error}");
        }
        server.settle().await;
        let replies = &error.evidence().unwrap().replies;
        assert!(replies.contains(&"sales@shop.example: 250 2.1.5 Ok".to_owned()), "{replies:?}");
        assert_eq!(replies.last().unwrap(), &format!("{NOBODY}: {reply}"));
        let commands = server.heard().commands;
        assert!(commands.contains(&"RCPT TO:<sales@shop.example>".to_owned()), "{commands:?}");
        assert!(!commands.contains(&"DATA".to_owned()), "{commands:?}");
        assert_eq!(commands.last().unwrap(), "QUIT");
    }
}

#[tokio::test]
async fn no_sensible_reply() {
    for (step, _) in STEPS {
        for nonsense in ["what?", "250-ok\r\n550 no", "HTTP/1.1 200 OK", "100 continue"] {
            let error = fails(step, Says(nonsense)).await;
            // what does not even begin as SMTP is another server than was meant
            let (kind, party) = match step {
                Step::Greeting => (Kind::Connect, Party::Caller),
                _ => (Kind::Interrupted, Party::Network),
            };
            assert_eq!(says(&error), (kind, unless_ended(step)), "{step:?} {nonsense}: {error}");
            assert_eq!(error.who_can_act(), party, "{step:?} {nonsense}: {error}");
        }
        let wrong = if step == Step::Data { "250 ok" } else { "354 go ahead" };
        let error = fails(step, Says(wrong)).await;
        let kind = if step == Step::Dot { Kind::Unclear } else { Kind::Interrupted };
        assert_eq!(says(&error), (kind, unless_ended(step)), "{step:?} {wrong}: {error}");
    }
    let endless: &'static str = "250-and so on\r\n".repeat(2000).leak();
    for step in [Step::Hello, Step::Dot] {
        let error = fails(step, Says(endless)).await;
        assert_eq!(says(&error), (Kind::AnswerTooLarge, unless_ended(step)), "{error}");
    }
    let error = fails(Step::Sender, Says("250 ok\r\n250 ok\r\n354 go ahead\r\n250 queued")).await;
    assert_eq!(says(&error), (Kind::Interrupted, NotDelivered), "{error}");
    assert!(error.to_string().contains("spoke before RCPT TO:<sales@shop.example>"), "{error}");
}

#[tokio::test]
async fn silence() {
    async fn ends_in_time(step: Step, name: &str) {
        let error = fails(step, Silence).await;
        assert_eq!(says(&error), (Kind::Timeout, unless_ended(step)), "{step:?}: {error}");
        assert!(error.to_string().contains(name) && error.to_string().contains("1s"), "{error}");
    }
    // one after the other they take the time limit each
    let all = STEPS.map(|(step, name)| tokio::spawn(ends_in_time(step, name)));
    for one in all {
        one.await.unwrap();
    }
    ends_in_time(Step::Body, "the message").await;
}

#[tokio::test]
async fn nothing_after_the_last_word_matters() {
    for fault in [Cut, Silence, Says("554 too late"), Says("what?")] {
        let (outcome, server) = meets(Step::Quit, fault).await;
        outcome.unwrap();
        server.settle().await;
        assert_eq!(server.heard().commands.last().unwrap(), "QUIT");
    }
}

#[tokio::test]
async fn the_same_holds_inside_tls() {
    let certified = Certified::new("127.0.0.1");
    for (step, fault, expected) in [
        (Step::StartTls, Cut, (Kind::Interrupted, NotDelivered)),
        (Step::Sender, Cut, (Kind::Interrupted, NotDelivered)),
        (Step::Body, Cut, (Kind::Interrupted, NotDelivered)),
        (Step::Dot, Cut, (Kind::Interrupted, Unknown)),
        (Step::Dot, Silence, (Kind::Timeout, Unknown)),
        (Step::Dot, Says("554 no"), (Kind::Refused, Rejected)),
        (Step::Dot, Says("451 no"), (Kind::Later, NotDelivered)),
    ] {
        let server = Server::start(Script::new().with_tls(&certified.acceptor).fails(step, fault)).await;
        let options = EmailOptions::new("127.0.0.1", "a@b.example", "c@d.example")
            .with_port(server.address.port())
            .without_public_roots()
            .with_roots(certified.issuer.as_str())
            .with_timeout(if fault == Silence { 2 * LATER } else { 30 * LATER });
        let order = if step == Step::Body { large() } else { order() };
        let error = Email::new(options).unwrap().send(&order).await.unwrap_err();
        assert_eq!(says(&error), expected, "{step:?} {fault:?}: {error}");
        assert_eq!(server.heard().kept.len(), usize::from(expected.1 == Unknown));
    }
}
