//! Against nginx, with TLS and client certificates, and a shop behind it.

use crate::certificates::{Authority, Certified, for_host};
use crate::server::{Reaction, Request, Server};
use crate::suite::{Subject, behaves};
use crate::{everything, order, says, skips};
use punchout_transport::{
    Digest, Disposition, Error, File, Https, HttpsOptions, Kind, OrderTransport, Party, Receipt,
};
use rcgen::{CertificateParams, date_time_ymd};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where the program may be; a user's `PATH` often lacks it.
const PLACES: [&str; 3] = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/// What a busy machine may need to start it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs until it is dropped.
pub(crate) struct Nginx {
    pub(crate) port: u16,
    process: Child,
    _place: TempDir,
}

impl Nginx {
    /// Serves with this certificate, and leads to this shop; clients need a
    /// certificate from the authority, if there is one. `None` where it is not
    /// installed, and nobody insists.
    pub(crate) fn start(certified: &Certified, clients: Option<&Authority>, shop: &Server) -> Option<Self> {
        let Some(program) = PLACES.into_iter().find(|path| Path::new(path).exists()) else {
            skips("nginx");
            return None;
        };
        let place = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &str| fs::write(place.path().join(name), content).unwrap();
        file("certificate.pem", &certified.certificate);
        file("key.pem", &certified.key);
        file("clients.pem", clients.map_or("", |authority| &authority.pem));
        let verify = clients.map_or("", |_| "ssl_client_certificate clients.pem; ssl_verify_client on;");
        // the port is free now, and nobody else is likely to take it before the server does
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        file(
            "nginx.conf",
            &format!(
                "daemon off;
                master_process off;
                pid nginx.pid;
                error_log stderr;
                events {{ worker_connections 1000; }}
                http {{
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {{
                        listen 127.0.0.1:{port} ssl;
                        ssl_protocols TLSv1.2 TLSv1.3;
                        ssl_certificate certificate.pem;
                        ssl_certificate_key key.pem;
                        {verify}
                        client_max_body_size 1m;
                        location /orders {{ proxy_pass http://{shop}; }}
                        location /gone {{ proxy_pass http://127.0.0.1:1; }}
                        location /moved {{ return 308 /orders/new; }}
                        location /elsewhere {{ return 307 https://other.example/orders; }}
                        location /locked {{ return 401; }}
                        location /form {{ return 302 /orders; }}
                        location /closed {{ return 444; }}
                    }}
                }}",
                shop = shop.address
            ),
        );
        let mut process = Command::new(program)
            .args(["-c", "nginx.conf", "-e", "stderr", "-p"])
            .arg(place.path())
            .stdin(Stdio::null())
            .stderr(fs::File::create(place.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = process.try_wait().unwrap();
            let log = || fs::read_to_string(place.path().join("log"));
            assert!(ended.is_none() && since.elapsed() < PATIENCE, "{ended:?} {:?}", log());
            std::thread::yield_now();
        }
        Some(Self { port, process, _place: place })
    }

    pub(crate) fn options(&self, path: &str) -> HttpsOptions {
        HttpsOptions::new(format!("https://127.0.0.1:{}{path}", self.port).parse().unwrap())
            .without_public_roots()
    }
}

impl Nginx {
    /// Lets it end what it has begun.
    pub(crate) fn finish(mut self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-QUIT", &pid]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn send(options: HttpsOptions) -> Result<Receipt, Error> {
    Https::new(options).unwrap().send(&order()).await
}

async fn shop() -> Server {
    Server::plain(Reaction::status("200 OK", "<cXML/>")).await
}

#[tokio::test]
async fn behaves_like_every_transport() {
    let certified = Certified::new("127.0.0.1");
    behaves(async || {
        let shop = shop().await;
        let nginx = Nginx::start(&certified, None, &shop)?;
        let options = nginx.options("/orders").with_roots(certified.issuer.as_str());
        let arrived = move || {
            // it serves as long as anybody asks
            let _serves = &nginx;
            shop.seen().iter().flat_map(Request::files).map(Arc::from).collect()
        };
        Some(Subject { transport: Box::new(Https::new(options).unwrap()), arrived: Box::new(arrived) })
    })
    .await;
}

#[tokio::test]
async fn who_shows_the_right_certificate_gets_in() {
    let (certified, clients) = (Certified::new("127.0.0.1"), Authority::new());
    let shop = shop().await;
    let Some(nginx) = Nginx::start(&certified, Some(&clients), &shop) else { return };
    let buyer = clients.certify(&for_host("buyer.example"));
    let stranger = Certified::new("buyer.example");
    let mut expired = for_host("buyer.example");
    (expired.not_before, expired.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let expired = clients.certify(&expired);
    let options = nginx.options("/orders").with_roots(certified.issuer.as_str());
    let shows = |shown: &Certified| {
        options.clone().with_client_certificate(shown.certificate.as_str(), shown.key.as_str())
    };

    for (options, says_so) in [
        (options.clone(), "asked for a client certificate and got none"),
        (shows(&stranger), "may not accept the one that it got"),
        (shows(&expired), "may not accept the one that it got"),
    ] {
        let error = send(options.clone()).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), Party::Caller);
        assert!(
            error.to_string().contains("HTTP status 400") && error.to_string().contains(says_so),
            "{error}"
        );
        let printed = format!("{options:?} {}", everything(&error));
        assert!(!printed.contains("PRIVATE KEY"), "{printed}");
        assert!(shop.seen().is_empty());
    }

    let receipt = send(shows(&buyer)).await.unwrap();
    let [request] = &shop.seen()[..] else { panic!("one request") };
    assert_eq!(request.body, *order().files[0].bytes);
    let tls = receipt.evidence.tls.unwrap();
    assert_eq!(
        (tls.version.as_deref(), tls.certificate),
        (Some("TLSv1.3"), Some(Digest::of(&certified.der)))
    );
}

#[tokio::test]
async fn whom_nobody_vouches_for_gets_nothing() {
    let authority = Authority::new();
    let mut old: CertificateParams = for_host("127.0.0.1");
    (old.not_before, old.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let mut young = for_host("127.0.0.1");
    young.not_before = date_time_ymd(2120, 1, 1);
    young.not_after = date_time_ymd(2121, 1, 1);
    for (certified, says_so, party) in [
        (authority.certify(&old), "has expired", Party::Supplier),
        (authority.certify(&young), "is not valid yet", Party::Supplier),
        (authority.certify(&for_host("shop.example")), "is for another host", Party::Supplier),
        (Certified::by_itself("127.0.0.1"), "is self-signed", Party::Caller),
        (Certified::new("127.0.0.1"), "comes from an issuer that is not trusted", Party::Caller),
    ] {
        let shop = shop().await;
        let Some(nginx) = Nginx::start(&certified, None, &shop) else { return };
        let error = send(nginx.options("/orders").with_roots(authority.pem.as_str())).await.unwrap_err();
        assert_eq!(says(&error), (Kind::Tls, Disposition::NotDelivered), "{error:?}");
        assert_eq!(error.who_can_act(), party, "{error}");
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(shop.seen().is_empty());
    }
}

#[tokio::test]
async fn what_a_server_in_between_says_is_understood() {
    let certified = Certified::new("127.0.0.1");
    let shop = shop().await;
    let Some(nginx) = Nginx::start(&certified, None, &shop) else { return };
    let options = |path| nginx.options(path).with_roots(certified.issuer.as_str());

    let receipt = send(options("/moved")).await.unwrap();
    assert!(shop.seen()[0].head.starts_with("POST /orders/new "), "{}", shop.seen()[0].head);
    assert_eq!(shop.seen()[0].body, *order().files[0].bytes, "the body goes along");
    assert!(receipt.evidence.replies[1].ends_with("/orders/new"), "{receipt:?}");
    for (path, kind, disposition, says_so) in [
        ("/elsewhere", Kind::Redirect, Disposition::Rejected, "to https://other.example/orders"),
        ("/form", Kind::Redirect, Disposition::Unknown, "status 302"),
        ("/locked", Kind::Configuration, Disposition::NotDelivered, "wants credentials and got none"),
        ("/nothing", Kind::Configuration, Disposition::NotDelivered, "has nothing at this path"),
        ("/gone", Kind::Unclear, Disposition::Unknown, "HTTP status 502"),
        ("/closed", Kind::Interrupted, Disposition::Unknown, "broke before an answer"),
    ] {
        let error = send(options(path)).await.unwrap_err();
        assert_eq!(says(&error), (kind, disposition), "{path}: {error:?}");
        assert!(error.to_string().contains(says_so), "{error}");
    }
    let large = order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 2 << 20]));
    let error = Https::new(options("/orders")).unwrap().send(&large).await.unwrap_err();
    // it closes while the order is on its way: the answer may be lost with the rest
    match error.kind() {
        Kind::Configuration => assert_eq!(error.disposition(), Disposition::NotDelivered, "{error}"),
        kind => assert_eq!((kind, error.disposition()), (Kind::Interrupted, Disposition::Unknown), "{error}"),
    }
    assert_eq!(shop.seen().len(), 1);
}
