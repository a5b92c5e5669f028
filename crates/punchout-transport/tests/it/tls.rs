use crate::certificates::{Authority, Certified, for_host};
use crate::server::{Reaction, Server};
use crate::{order, says};
use punchout_transport::{
    Digest, Disposition, Error, Https, HttpsOptions, Kind, OrderTransport, Party, Receipt,
};
use rcgen::date_time_ymd;
use std::time::Duration;

async fn send(server: &Server, roots: Option<&str>) -> Result<Receipt, Error> {
    let options = HttpsOptions::new(format!("https://{}/orders", server.address).parse().unwrap());
    let options = match roots {
        Some(pem) => options.without_public_roots().with_roots(pem),
        None => options,
    };
    Https::new(options).unwrap().send(&order()).await
}

#[tokio::test]
async fn a_given_root_is_trusted() {
    let certified = Certified::new("127.0.0.1");
    let server = Server::tls(Reaction::status("200 OK", "<cXML/>"), &certified).await;
    let receipt = send(&server, Some(&certified.issuer)).await.unwrap();
    assert_eq!(server.seen()[0].body, *order().files[0].bytes);
    let tls = receipt.evidence.tls.unwrap();
    assert_eq!(tls.version.as_deref(), Some("TLSv1.3"));
    assert_eq!(tls.certificate, Some(Digest::of(&certified.der)));
}

#[tokio::test]
async fn whom_nobody_vouches_for_gets_nothing() {
    let authority = Authority::new();
    let (trusted, stranger) = (authority.pem.clone(), Authority::new().pem);
    let mut expired = for_host("127.0.0.1");
    (expired.not_before, expired.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    for (certified, roots, says_so, party) in [
        (authority.certify(&for_host("127.0.0.1")), None, "issuer that is not trusted", Party::Caller),
        (
            authority.certify(&for_host("127.0.0.1")),
            Some(&stranger),
            "issuer that is not trusted",
            Party::Caller,
        ),
        (Certified::by_itself("127.0.0.1"), Some(&trusted), "is self-signed", Party::Caller),
        (
            authority.certify(&for_host("shop.example")),
            Some(&trusted),
            "is for another host",
            Party::Supplier,
        ),
        (authority.certify(&expired), Some(&trusted), "has expired", Party::Supplier),
    ] {
        let server = Server::tls(Reaction::status("200 OK", ""), &certified).await;
        let error = send(&server, roots.map(String::as_str)).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), party);
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(error.to_string().contains(&server.address.to_string()), "{error}");
        assert!(server.seen().is_empty());
        let tls = error.evidence().unwrap().tls.as_ref().unwrap();
        assert_eq!((&tls.version, tls.certificate), (&None, Some(Digest::of(&certified.der))));
    }
}

#[tokio::test]
async fn one_that_vouches_for_itself_may_be_given() {
    let certified = Certified::by_itself("127.0.0.1");
    let server = Server::tls(Reaction::status("200 OK", ""), &certified).await;
    send(&server, Some(&certified.certificate)).await.unwrap();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_server_without_tls_is_recognised() {
    let answers_at_once = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/orders", answers_at_once.local_addr().unwrap());
    let server = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        let (mut stream, _) = answers_at_once.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        stream
    });
    let error =
        Https::new(HttpsOptions::new(url.parse().unwrap())).unwrap().send(&order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered));
    assert!(error.to_string().contains("does not speak TLS"), "{error}");
    drop(server.await.unwrap());
}

#[tokio::test]
async fn a_break_after_the_handshake_is_unknown() {
    let certified = Certified::new("127.0.0.1");
    let server = Server::tls(Reaction::Close, &certified).await;
    let error = send(&server, Some(&certified.issuer)).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Interrupted, Disposition::Unknown));
    assert_eq!(server.seen().len(), 1);
    let tls = error.evidence().unwrap().tls.as_ref().unwrap();
    assert_eq!(tls.version.as_deref(), Some("TLSv1.3"));
    assert_eq!(tls.certificate, Some(Digest::of(&certified.der)));
    let timings = error.timings().unwrap();
    assert_eq!(timings.answered, None);
    assert!(timings.total > Duration::ZERO);
}
