//! Alerts over a client's certificate, and what had been read when they came.

use crate::certificates::{Authority, Certified, for_host};
use crate::{order, says};
use punchout_transport::{Digest, Disposition, Https, HttpsOptions, Kind, OrderTransport, Party};
use ring::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring as provider;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{
    ConnectionTrafficSecrets, ExtractedSecrets, RootCertStore, ServerConfig, SupportedProtocolVersion,
};

/// Of RFC 8446, 6.2.
const BAD_CERTIFICATE: u8 = 42;
const ACCESS_DENIED: u8 = 49;

/// Whether a server wants to see a client certificate.
#[derive(Clone, Copy)]
enum Wants {
    None,
    One,
    /// If the client has one.
    Perhaps,
}

fn config(
    certified: &Certified,
    clients: &Authority,
    wants: Wants,
    version: &'static SupportedProtocolVersion,
) -> ServerConfig {
    let provider = Arc::new(provider::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[version])
        .unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(clients.pem.as_bytes()).unwrap()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
    let builder = match wants {
        Wants::None => builder.with_no_client_auth(),
        Wants::One => builder.with_client_cert_verifier(verifier.build().unwrap()),
        Wants::Perhaps => {
            builder.with_client_cert_verifier(verifier.allow_unauthenticated().build().unwrap())
        }
    };
    let key = PrivateKeyDer::from_pem_slice(certified.key.as_bytes()).unwrap();
    let mut config = builder.with_single_cert(vec![certified.der.clone().into()], key).unwrap();
    config.enable_secret_extraction = true;
    config
}

async fn listen(certified: &Certified) -> (TcpListener, HttpsOptions) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/orders", listener.local_addr().unwrap());
    let options =
        HttpsOptions::new(url.parse().unwrap()).without_public_roots().with_roots(certified.issuer.as_str());
    (listener, options)
}

/// Reads until nothing comes any more.
async fn drain(stream: &mut (impl AsyncRead + Unpin)) {
    let mut buffer = [0; 1024];
    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
}

/// An alert as TLS 1.3 seals it (RFC 8446, 5.2 and 5.3).
fn sealed(secrets: ExtractedSecrets, alert: u8) -> Vec<u8> {
    let (number, secret) = secrets.tx;
    let (algorithm, key, iv) = match &secret {
        ConnectionTrafficSecrets::Aes128Gcm { key, iv } => (&aead::AES_128_GCM, key, iv),
        ConnectionTrafficSecrets::Aes256Gcm { key, iv } => (&aead::AES_256_GCM, key, iv),
        ConnectionTrafficSecrets::Chacha20Poly1305 { key, iv } => (&aead::CHACHA20_POLY1305, key, iv),
        _ => panic!("another cipher"),
    };
    let mut nonce: [u8; 12] = iv.as_ref().try_into().unwrap();
    for (at, byte) in number.to_be_bytes().iter().enumerate() {
        nonce[4 + at] ^= byte;
    }
    // fatal, and the kind of record it is
    let mut content = vec![2, alert, 21];
    let header = [23, 3, 3, 0, u8::try_from(content.len() + algorithm.tag_len()).unwrap()];
    let key = LessSafeKey::new(UnboundKey::new(algorithm, key.as_ref()).unwrap());
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::from(header), &mut content).unwrap();
    [&header[..], &content].concat()
}

/// Reads the order, says this and then the alert.
fn reads_all(
    config: ServerConfig,
    listener: TcpListener,
    first: &'static str,
    alert: u8,
) -> JoinHandle<Vec<u8>> {
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await.unwrap();
        let mut read = Vec::new();
        while !read.ends_with(b"</cXML>") {
            assert!(stream.read_buf(&mut read).await.unwrap() > 0);
        }
        stream.write_all(first.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        let (mut stream, connection) = stream.into_inner();
        stream.write_all(&sealed(connection.dangerous_extract_secrets().unwrap(), alert)).await.unwrap();
        drain(&mut stream).await;
        read
    })
}

#[tokio::test]
async fn who_had_read_the_order_may_have_it_whatever_is_said_then() {
    let (certified, clients) = (Certified::new("127.0.0.1"), Authority::new());
    let buyer = clients.certify(&for_host("buyer.example"));
    let begun = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<cXML";
    for (wants, shows, first, alert) in [
        (Wants::None, false, "", ACCESS_DENIED),
        (Wants::None, false, begun, ACCESS_DENIED),
        (Wants::None, false, "", BAD_CERTIFICATE),
        (Wants::Perhaps, false, "", BAD_CERTIFICATE),
        (Wants::Perhaps, false, begun, BAD_CERTIFICATE),
        (Wants::One, true, "", ACCESS_DENIED),
        (Wants::One, true, "", BAD_CERTIFICATE),
        (Wants::One, true, begun, BAD_CERTIFICATE),
    ] {
        let (listener, options) = listen(&certified).await;
        let options = if shows {
            options.with_client_certificate(buyer.certificate.as_str(), buyer.key.as_str())
        } else {
            options
        };
        let server = reads_all(config(&certified, &clients, wants, &TLS13), listener, first, alert);
        let error = Https::new(options).unwrap().send(&order()).await.unwrap_err();
        assert!(server.await.unwrap().ends_with(&order().files[0].bytes), "it has the order");
        assert_eq!(says(&error), (Kind::Interrupted, Disposition::Unknown), "{alert} {first:?}: {error:?}");
        let tls = error.evidence().unwrap().tls.as_ref().unwrap();
        assert_eq!(tls.version.as_deref(), Some("TLSv1.3"));
        assert_eq!(tls.certificate, Some(Digest::of(&certified.der)));
    }
}

/// Shakes hands like this, once for each order.
fn refuses(config: ServerConfig, listener: TcpListener, times: usize) -> JoinHandle<()> {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        for _ in 0..times {
            let (stream, _) = listener.accept().await.unwrap();
            let Err((_, mut stream)) = acceptor.accept(stream).into_fallible().await else {
                panic!("nobody gets in")
            };
            // a reset would swallow the alert
            drain(&mut stream).await;
        }
    })
}

#[tokio::test]
async fn whose_certificate_is_refused_is_told_before_anything_is_read() {
    let (certified, clients) = (Certified::new("127.0.0.1"), Authority::new());
    let stranger = Certified::new("buyer.example");
    for (version, name) in [(&TLS12, "TLSv1.2"), (&TLS13, "TLSv1.3")] {
        for shows in [false, true] {
            let (listener, options) = listen(&certified).await;
            let options = if shows {
                options.with_client_certificate(stranger.certificate.as_str(), stranger.key.as_str())
            } else {
                options
            };
            let server = refuses(config(&certified, &clients, Wants::One, version), listener, 2);
            let transport = Https::new(options).unwrap();
            for _ in 0..2 {
                let error = transport.send(&order()).await.unwrap_err();
                assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{name} {shows}: {error:?}");
                assert_eq!(error.who_can_act(), Party::Caller, "{error}");
                let tls = error.evidence().unwrap().tls.as_ref().unwrap();
                assert_eq!(tls.version.as_deref(), Some(name));
            }
            server.await.unwrap();
        }
    }
}

/// One server asked for a certificate; that says nothing of the next connection.
#[tokio::test]
async fn what_was_seen_of_one_connection_is_not_held_against_another() {
    let (certified, clients) = (Certified::new("127.0.0.1"), Authority::new());
    let (listener, options) = listen(&certified).await;
    let asks = TlsAcceptor::from(Arc::new(config(&certified, &clients, Wants::One, &TLS13)));
    let mut does_not = config(&certified, &clients, Wants::None, &TLS13);
    // without a ticket nothing else tells
    does_not.send_tls13_tickets = 0;
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let Err((_, mut stream)) = asks.accept(stream).into_fallible().await else { panic!() };
        drain(&mut stream).await;
        reads_all(does_not, listener, "", BAD_CERTIFICATE).await.unwrap()
    });
    let transport = Https::new(options).unwrap();
    let first = transport.send(&order()).await.unwrap_err();
    assert_eq!(says(&first), (Kind::Tls, Disposition::NotDelivered));
    let second = transport.send(&order()).await.unwrap_err();
    assert_eq!(says(&second), (Kind::Interrupted, Disposition::Unknown), "{second:?}");
    assert!(server.await.unwrap().ends_with(&order().files[0].bytes));
}
