use crate::server::{Reaction, Server};
use crate::{order, says};
use punchout_transport::{
    Digest, Disposition, Error, Https, HttpsOptions, Kind, OrderTransport, Party, Receipt,
};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    fn certify(&self, params: &CertificateParams) -> (TlsAcceptor, CertificateDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        (TlsAcceptor::from(Arc::new(config)), certificate)
    }
}

fn for_host(host: &str) -> CertificateParams {
    CertificateParams::new([host.to_owned()]).unwrap()
}

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
    let authority = Authority::new("Trust");
    let (acceptor, certificate) = authority.certify(&for_host("127.0.0.1"));
    let server = Server::tls(Reaction::status("200 OK", "<cXML/>"), acceptor).await;
    let receipt = send(&server, Some(&authority.pem)).await.unwrap();
    assert_eq!(server.seen()[0].body, *order().files[0].bytes);
    let tls = receipt.evidence.tls.unwrap();
    assert_eq!(tls.version.as_deref(), Some("TLSv1.3"));
    assert_eq!(tls.certificate, Some(Digest::of(&certificate)));
}

#[tokio::test]
async fn whom_nobody_vouches_for_gets_nothing() {
    let authority = Authority::new("Trust");
    let (trusted, stranger) = (authority.pem.clone(), Authority::new("Stranger").pem);
    let mut expired = for_host("127.0.0.1");
    (expired.not_before, expired.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    for (params, roots, says_so, party) in [
        (for_host("127.0.0.1"), None, "issuer that is not trusted", Party::Caller),
        (for_host("127.0.0.1"), Some(&stranger), "issuer that is not trusted", Party::Caller),
        (for_host("shop.example"), Some(&trusted), "is for another host", Party::Supplier),
        (expired, Some(&trusted), "has expired", Party::Supplier),
    ] {
        let (acceptor, _) = authority.certify(&params);
        let server = Server::tls(Reaction::status("200 OK", ""), acceptor).await;
        let error = send(&server, roots.map(String::as_str)).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), party);
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(error.to_string().contains(&server.address.to_string()), "{error}");
        assert!(server.seen().is_empty());
    }
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
    let authority = Authority::new("Trust");
    let (acceptor, _) = authority.certify(&for_host("127.0.0.1"));
    let server = Server::tls(Reaction::Close, acceptor).await;
    let error = send(&server, Some(&authority.pem)).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Interrupted, Disposition::Unknown));
    assert_eq!(server.seen().len(), 1);
}
