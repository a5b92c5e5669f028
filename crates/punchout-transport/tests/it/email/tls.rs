use super::LATER;
use crate::certificates::{Authority, Certified, for_host};
use crate::smtp::{Fault, Script, Server, Step};
use crate::{SHARED_SECRET, order, says};
use punchout_transport::{
    Digest, Disposition, Email, EmailOptions, Error, Kind, OrderTransport, Party, Receipt,
};
use rcgen::date_time_ymd;
use std::time::Duration;

fn options(server: &Server) -> EmailOptions {
    EmailOptions::new("127.0.0.1", "orders@buyer.example", "sales@shop.example")
        .with_port(server.address.port())
        .with_login("buyer", "hunter2")
}

async fn send(options: EmailOptions) -> Result<Receipt, Error> {
    Email::new(options).unwrap().send(&order()).await
}

#[tokio::test]
async fn a_given_root_is_trusted() {
    let certified = Certified::new("127.0.0.1");
    for implicit in [false, true] {
        let script = Script::new().with_tls(&certified.acceptor).offers("AUTH PLAIN");
        let server = Server::start(if implicit { script.implicit() } else { script }).await;
        let options = options(&server).without_public_roots().with_roots(certified.issuer.as_str());
        let receipt = send(if implicit { options.with_implicit_tls() } else { options }).await.unwrap();

        let heard = server.heard();
        assert_eq!(heard.kept.len(), 1);
        let (scheme, open) =
            if implicit { ("smtps", &b""[..]) } else { ("smtp", &b"EHLO [127.0.0.1]\r\nSTARTTLS\r\n"[..]) };
        assert_eq!(heard.open, open);
        assert_eq!(receipt.evidence.endpoint, format!("{scheme}://{}", server.address));
        let tls = receipt.evidence.tls.unwrap();
        assert_eq!(tls.version.as_deref(), Some("TLSv1.3"));
        assert_eq!(tls.certificate, Some(Digest::of(&certified.der)));
    }
}

#[tokio::test]
async fn whom_nobody_vouches_for_gets_nothing() {
    let good = Certified::new("127.0.0.1");
    let stranger = Certified::new("127.0.0.1").issuer;
    let elsewhere = Certified::new("shop.example");
    let itself = Certified::by_itself("127.0.0.1");
    let own = Certified::its_own_authority("127.0.0.1");
    let mut params = for_host("127.0.0.1");
    (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let expired = Authority::new().certify(&params);
    for implicit in [false, true] {
        for (certified, roots, says_so, party) in [
            (&good, None, "issuer that is not trusted", Party::Caller),
            (&good, Some(&stranger), "issuer that is not trusted", Party::Caller),
            (&itself, Some(&stranger), "is self-signed", Party::Caller),
            // whether it is given or not
            (&own, None, "is that of an authority (CA:TRUE)", Party::Supplier),
            (&own, Some(&own.issuer), "is that of an authority (CA:TRUE)", Party::Supplier),
            (&elsewhere, Some(&elsewhere.issuer), "is for another host", Party::Supplier),
            (&expired, Some(&expired.issuer), "has expired", Party::Supplier),
        ] {
            let script = Script::new().with_tls(&certified.acceptor).offers("AUTH PLAIN");
            let server = Server::start(if implicit { script.implicit() } else { script }).await;
            let mut options = options(&server);
            if let Some(pem) = roots {
                options = options.without_public_roots().with_roots(pem.as_str());
            }
            let error = send(if implicit { options.with_implicit_tls() } else { options }).await.unwrap_err();
            assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{error:?}");
            assert_eq!(error.who_can_act(), party);
            assert!(error.to_string().contains(says_so), "{error}");
            assert!(!error.to_string().contains("with_"), "no name of a function: {error}");
            assert!(error.to_string().contains(&server.address.to_string()), "{error}");
            nothing_in_the_open(&server);
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_in_the_open() {
    let certified = Certified::new("127.0.0.1");
    let tls = Script::new().with_tls(&certified.acceptor);
    for (script, says_so) in [
        (Script::new().offers("AUTH PLAIN"), "offers no STARTTLS"),
        (tls.clone().fails(Step::StartTls, Fault::Says("454 4.7.0 not now")), "refuses STARTTLS"),
        (tls.clone().fails(Step::StartTls, Fault::Says("502 5.5.1 what?")), "refuses STARTTLS"),
        // without the handshake, a stranger on the way could say yes to everything in advance
        (
            tls.fails(Step::StartTls, Fault::Says("220 go ahead\r\n250 mx.example\r\n250 ok")),
            "sent in the open",
        ),
    ] {
        let server = Server::start(script).await;
        let error = send(options(&server).with_roots(certified.issuer.as_str())).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{error:?}");
        assert!(error.to_string().contains(says_so), "{error}");
        nothing_in_the_open(&server);
    }
}

/// Neither the order nor the password nor who writes to whom.
fn nothing_in_the_open(server: &Server) {
    let heard = server.heard();
    assert!(heard.kept.is_empty());
    let open = String::from_utf8(heard.open).unwrap();
    assert!(
        matches!(open.as_str(), "" | "EHLO [127.0.0.1]\r\n" | "EHLO [127.0.0.1]\r\nSTARTTLS\r\n"),
        "{open}"
    );
    assert!(!open.contains(SHARED_SECRET));
}

#[tokio::test]
async fn a_server_of_the_other_kind_is_recognised() {
    let certified = Certified::new("127.0.0.1");
    // it greets instead of shaking hands
    let greets = Server::start(Script::new()).await;
    let error = send(options(&greets).with_implicit_tls()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered));
    assert!(error.to_string().contains("does not speak TLS"), "{error}");
    // it waits for a handshake while we wait for a greeting
    let waits = Server::start(Script::new().with_tls(&certified.acceptor).implicit()).await;
    let error = send(options(&waits).with_timeout(LATER)).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Timeout, Disposition::NotDelivered));
    assert!(error.to_string().contains("the greeting within 1s"), "{error}");
}

#[tokio::test]
async fn a_server_that_never_shakes_hands() {
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let options = EmailOptions::new("127.0.0.1", "a@b.example", "c@d.example")
        .with_port(mute.local_addr().unwrap().port())
        .with_implicit_tls()
        .with_timeout(Duration::from_millis(100));
    let error = send(options).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Timeout, Disposition::NotDelivered));
    assert!(error.to_string().contains("the TLS handshake within 100ms"), "{error}");
}
