mod dkim;
mod faults;
mod laws;
mod message;
pub(crate) mod postfix;
mod real;
mod tls;

use crate::smtp::{Fault, NOBODY, QUEUED, Script, Server, Step, attachments};
use crate::suite::{Subject, behaves};
use crate::{SHARED_SECRET, at_once, everything, order, says, skips};
use punchout_transport::{
    Disposition, Email, EmailOptions, Error, Intercept, Kind, OrderTransport, Package, Party, Receipt,
};
use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// Long enough for a dialogue on a busy machine.
const LATER: Duration = Duration::from_secs(1);

/// To a server without TLS, with a second recipient that it may refuse.
fn options(server: &Server) -> EmailOptions {
    EmailOptions::new("127.0.0.1", "Example Buyer <orders@buyer.example>", "sales@shop.example")
        .with_port(server.address.port())
        .with_cc(NOBODY)
        .allow_plain_smtp()
}

/// A Python with these modules; a missing one fails the run that requires all.
fn python(modules: &str) -> Option<&'static str> {
    // a Python of one's own may stand before the system's, which has what packages bring
    let has = |python: &&str| {
        let imported = Command::new(python).args(["-c", &format!("import {modules}")]).output();
        imported.is_ok_and(|output| output.status.success())
    };
    let found = ["python3", "/usr/bin/python3"].into_iter().find(has);
    if found.is_none() {
        skips(&format!("python3 with {modules}"));
    }
    found
}

async fn send(options: EmailOptions) -> Result<Receipt, Error> {
    Email::new(options).unwrap().send(&order()).await
}

#[tokio::test]
async fn behaves_like_every_transport() {
    behaves(async || {
        let server = Server::start(Script::new()).await;
        let transport = Email::new(options(&server)).unwrap();
        let arrived = move || {
            let kept = server.heard().kept;
            kept.iter().flat_map(|message| attachments(message)).map(|(.., bytes)| Arc::from(bytes)).collect()
        };
        Subject { transport: Box::new(transport), arrived: Box::new(arrived) }
    })
    .await;
}

/// Its date is when the order was made, however long it was kept.
#[tokio::test]
async fn what_is_released_is_the_very_same_mail() {
    let server = Server::start(Script::new()).await;
    let email = Arc::new(Email::new(options(&server)).unwrap());
    let made = chrono::DateTime::from_timestamp(1_732_190_400, 0).unwrap();
    let order = order().with_created(made);
    let place = tempfile::tempdir().unwrap();
    let intercept = Intercept::new(place.path()).standing_in_for(Arc::clone(&email));
    let id = intercept.send(&order).await.unwrap().intercepted.unwrap();
    assert_eq!(intercept.entry(&id).unwrap().endpoint, format!("smtp://{}", server.address));
    Intercept::new(place.path()).release(&id, &email).await.unwrap();
    let later = made + Duration::from_secs(86_400);
    assert_eq!(server.heard().kept, [email.message(&order, later).unwrap()]);
}

#[tokio::test]
async fn keeps_to_the_protocol_and_reports() {
    let server = Server::start(Script::new()).await;
    let to_both =
        options(&server).with_to("sales@shop.example").with_envelope_sender("bounces@buyer.example");
    let receipt = send(to_both).await.unwrap();
    server.settle().await;
    let heard = server.heard();
    let [message] = &heard.kept[..] else { panic!("one message") };
    assert_eq!(
        heard.commands,
        [
            "EHLO [127.0.0.1]",
            &format!("MAIL FROM:<bounces@buyer.example> SIZE={}", message.len()),
            "RCPT TO:<sales@shop.example>",
            "RCPT TO:<nobody@shop.example>",
            "DATA",
            "QUIT",
        ]
    );
    assert_eq!(receipt.reference.as_deref(), Some(QUEUED));
    assert_eq!(receipt.answer.unwrap().bytes, format!("250 {QUEUED}\r\n").as_bytes());
    assert_eq!(receipt.evidence.endpoint, format!("smtp://{}", server.address));
    assert_eq!(receipt.evidence.package, Some(Package::of("message/rfc822", &[message])));
    assert_eq!(receipt.evidence.tls, None);
    assert_eq!(
        receipt.evidence.replies,
        [
            "220 mx.example ESMTP",
            "250 mx.example; SIZE 50000000",
            "250 2.1.0 Ok",
            "sales@shop.example: 250 2.1.5 Ok",
            "nobody@shop.example: 250 2.1.5 Ok",
            "354 end with a dot",
            &format!("250 {QUEUED}"),
        ]
    );
}

#[tokio::test]
async fn says_no_more_than_the_server_understands() {
    let server = Server::start(Script::new().offers("HELP")).await;
    send(options(&server).with_hello_name("buyer.example")).await.unwrap();
    let commands = server.heard().commands;
    assert_eq!(commands[..2], ["EHLO buyer.example", "MAIL FROM:<orders@buyer.example>"]);
}

#[tokio::test]
async fn asks_for_reports_where_they_are_offered() {
    let server = Server::start(Script::new().offers("DSN")).await;
    send(options(&server).with_delivery_notices()).await.unwrap();
    assert_eq!(
        server.heard().commands[1..4],
        [
            "MAIL FROM:<orders@buyer.example> RET=HDRS ENVID=1732222222.7@buyer.example",
            "RCPT TO:<sales@shop.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;sales@shop.example",
            "RCPT TO:<nobody@shop.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;nobody@shop.example",
        ]
    );
}

#[tokio::test]
async fn addresses_outside_ascii_need_a_server_that_knows_them() {
    let to = |server: &Server| options(server).with_to("Jürgen Müller <müller@köln.example>");
    let server = Server::start(Script::new()).await;
    let error = send(to(&server)).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
    assert!(error.to_string().contains("offers no SMTPUTF8"), "{error}");
    assert_eq!(server.heard().commands, ["EHLO [127.0.0.1]"]);

    let server = Server::start(Script::new().offers("SMTPUTF8")).await;
    send(to(&server)).await.unwrap();
    let heard = server.heard();
    assert_eq!(heard.commands[1], "MAIL FROM:<orders@buyer.example> SMTPUTF8");
    assert_eq!(heard.commands[3], "RCPT TO:<müller@xn--kln-sna.example>");
    let message = String::from_utf8(heard.kept[0].clone()).unwrap();
    assert!(message.contains("<müller@xn--kln-sna.example>"), "{message}");
}

#[tokio::test]
async fn whoever_may_be_left_out_stops_nobody() {
    for reply in ["550 5.1.1 gone", "450 4.2.0 greylisted"] {
        let server = Server::start(Script::new().fails(Step::Recipient, Fault::Says(reply))).await;
        let options = EmailOptions::new("127.0.0.1", "orders@buyer.example", "sales@shop.example")
            .with_port(server.address.port())
            .with_optional_cc(NOBODY)
            .allow_plain_smtp();
        let receipt = send(options).await.unwrap();
        assert!(receipt.evidence.replies.contains(&format!("{NOBODY}: {reply}")), "{receipt:?}");
        let heard = server.heard();
        assert_eq!(heard.kept.len(), 1);
        // who sees the copy's address cannot tell that it did not arrive
        assert!(
            String::from_utf8(heard.kept[0].clone()).unwrap().contains("\r\nCc: nobody@shop.example\r\n")
        );
    }
}

#[tokio::test]
async fn every_attempt_is_the_same_message() {
    let server = Server::start(Script::new()).await;
    let transport = Email::new(options(&server).with_html("<p>{subject}</p>")).unwrap();
    let order = order().with_created(chrono::DateTime::from_timestamp(1_732_190_400, 0).unwrap());
    for attempt in 1..=2 {
        transport.send(&order.clone().with_attempt(attempt)).await.unwrap();
    }
    let [first, second] = &server.heard().kept[..] else { panic!("two messages") };
    assert_eq!(first, second);
    assert!(String::from_utf8(first.clone()).unwrap().contains("Date: Thu, 21 Nov 2024 12:00:00 +0000\r\n"));
}

#[tokio::test]
async fn logs_in_the_way_the_server_offers() {
    let login = |server: &Server| options(server).with_login("buyer", "hunter2");
    for (offers, said) in [
        ("AUTH LOGIN PLAIN", &["AUTH PLAIN AGJ1eWVyAGh1bnRlcjI="][..]),
        ("auth=plain", &["AUTH PLAIN AGJ1eWVyAGh1bnRlcjI="]),
        ("AUTH CRAM-MD5 LOGIN", &["AUTH LOGIN", "YnV5ZXI=", "aHVudGVyMg=="]),
    ] {
        let server = Server::start(Script::new().offers(offers)).await;
        send(login(&server)).await.unwrap();
        let heard = server.heard();
        assert_eq!(heard.commands[1..=said.len()], *said, "{offers}");
        assert_eq!(heard.kept.len(), 1);
    }
    for offers in ["SIZE 1", "AUTH CRAM-MD5"] {
        let server = Server::start(Script::new().offers(offers)).await;
        let error = send(login(&server)).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
        assert!(error.to_string().contains("no login by PLAIN or LOGIN"), "{error}");
        assert!(server.heard().commands.iter().all(|command| !command.starts_with("AUTH")));
    }
}

#[tokio::test]
async fn what_did_not_leave_is_not_delivered() {
    let server = Server::start(Script::new()).await;
    let refused = options(&server);
    let address = server.address;
    drop(server);
    // the listener goes with its task, at the next turn of the runtime
    while tokio::net::TcpStream::connect(address).await.is_ok() {}
    let error = send(refused).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Connect, Disposition::NotDelivered), "{error:?}");
    assert_eq!(error.who_can_act(), Party::Network);
    assert!(error.to_string().contains(&format!("no connection to smtp://{address}")), "{error}");
}

#[test]
fn a_host_with_a_password_in_it_is_refused_and_not_shown() {
    for host in ["buyer:hunter2@mail.example", "smtp://hunter2", "mail.example/hunter2", "a b hunter2"] {
        let options = EmailOptions::new(host, "a@b.example", "c@d.example");
        let error = Email::new(options.clone()).unwrap_err();
        assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
        assert!(error.to_string().contains("without user, password, port"), "{error}");
        assert!(!format!("{options:?} {}", everything(&error)).contains("hunter2"), "{error:?}");
    }
}

#[test]
fn without_a_runtime_it_says_so() {
    let transport = Email::new(EmailOptions::new("127.0.0.1", "a@b.example", "c@d.example")).unwrap();
    let error = at_once(&transport, &order()).unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
    assert!(error.to_string().contains("tokio"), "{error}");
}

#[tokio::test]
async fn secrets_stay_secret_even_when_the_server_repeats_them() {
    let secrets = ["hunter2", "aHVudGVyMg==", "AGJ1eWVyAGh1bnRlcjI=", SHARED_SECRET];
    let mut printed = String::new();
    for (step, says) in [
        (Step::Login, "535 no buyer with AGJ1eWVyAGh1bnRlcjI= here"),
        (Step::Login, "454 try aHVudGVyMg== later"),
        (Step::Sender, "299 hunter2"),
        (Step::Dot, "250 Ok, hunter2"),
        (Step::Dot, "399 hunter2"),
        (Step::Dot, "hunter2"),
    ] {
        let server = Server::start(Script::new().offers("AUTH PLAIN").fails(step, Fault::Says(says))).await;
        let options = options(&server).with_login("buyer", "hunter2");
        let transport = Email::new(options.clone()).unwrap();
        write!(printed, "{options:?} {transport:?}").unwrap();
        match transport.send(&order()).await {
            Ok(receipt) => write!(printed, "{receipt:?}").unwrap(),
            Err(error) => printed += &everything(&error),
        }
    }
    assert!(printed.contains("***"), "the server did repeat them: {printed}");
    for secret in secrets {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
