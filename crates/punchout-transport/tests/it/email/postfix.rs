//! Against Postfix: what it takes, what it refuses, and what it reports.

use crate::certificates::Certified;
use crate::skips;
use crate::{order, says};
use chrono::DateTime;
use punchout_transport::bounce::{self, Kind as NoticeKind, Notice, Outcome, Place};
use punchout_transport::{Consignment, Disposition, Email, EmailOptions, File, Kind, OrderTransport};
use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = "/usr/sbin/postfix";

/// What a machine's user without rights is called by number everywhere.
const NOBODY: u32 = 65534;

/// What a busy machine may need for the longest step.
const PATIENCE: Duration = Duration::from_secs(60);

/// A mail server with a configuration and a queue of its own.
pub(crate) struct Postfix {
    place: TempDir,
    pub(crate) port: u16,
    process: Child,
    log: Receiver<String>,
}

impl Postfix {
    /// `None` where it is not installed, or may not be run, and nobody insists.
    pub(crate) fn start(certified: &Certified) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            skips("postfix");
            return None;
        }
        let place = tempfile::tempdir().unwrap();
        if place.path().metadata().unwrap().uid() != 0 {
            skips("a postfix that others than root may run");
            return None;
        }
        // its processes give up their rights, and must still find their files
        fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
        let at = |name: &str| place.path().join(name);
        for name in ["etc", "queue", "data", "mail"] {
            fs::create_dir(at(name)).unwrap();
        }
        let told = Command::new("id").args(["-u", "postfix"]).output().unwrap();
        let user = String::from_utf8(told.stdout).unwrap().trim().parse().unwrap();
        chown(at("data"), Some(user), None).unwrap();
        chown(at("mail"), Some(NOBODY), Some(NOBODY)).unwrap();
        // the port is free now, and nobody else is likely to take it before the server does
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let here = place.path().display();
        for (name, content) in [
            ("certificate.pem", certified.certificate.clone()),
            ("key.pem", certified.key.clone()),
            (
                "boxes",
                "sales@shop.example sales/\nmüller@shop.example mueller/\nfull@shop.example full/\nbounces@buyer.example bounces/\n"
                    .to_owned(),
            ),
            ("ways", "full@shop.example full:\n".to_owned()),
            ("full", "#!/bin/sh\necho '5.2.2 the mailbox is full'\nexit 73\n".to_owned()),
            ("main.cf", main(&here.to_string())),
            ("master.cf", master(&here.to_string(), port)),
        ] {
            fs::write(at("etc").join(name), content).unwrap();
        }
        fs::set_permissions(at("etc/full"), Permissions::from_mode(0o755)).unwrap();
        let mut process = Command::new(PROGRAM)
            .arg("-c")
            .arg(at("etc"))
            .arg("start-fg")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // says that it was ended
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (sender, log) = channel();
        // ends with the server
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let server = Self { place, port, process, log };
        server.until(&["daemon started"]);
        Some(server)
    }

    /// Reads the log until a line has all these words.
    fn until(&self, words: &[&str]) {
        let mut seen = Vec::new();
        loop {
            let line =
                self.log.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {words:?} in {seen:#?}"));
            if words.iter().all(|word| line.contains(word)) {
                return;
            }
            seen.push(line);
        }
    }

    /// Waits for mail in a mailbox and takes it out.
    fn mail(&self, name: &str, address: &str, count: usize) -> Vec<Vec<u8>> {
        let mailbox = self.place.path().join("mail").join(name).join("new");
        for _ in 0..count {
            self.until(&[&format!("to=<{address}>"), "status=sent"]);
        }
        let paths = fs::read_dir(mailbox).unwrap().map(|entry| entry.unwrap().path());
        let mails: Vec<_> = paths
            .map(|path| {
                let mail = fs::read(&path).unwrap();
                fs::remove_file(path).unwrap();
                mail
            })
            .collect();
        assert_eq!(mails.len(), count, "{address}");
        mails
    }

    /// Waits until everybody who came is gone and nothing is on its way any
    /// more; all mail in a mailbox.
    pub(crate) fn settle(&self, name: &str) -> Vec<Vec<u8>> {
        // whoever connects last is let in last
        let mut last = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        last.write_all(b"NOOP\r\nQUIT\r\n").unwrap();
        let (mut came, mut gone, mut last_gone) = (0, 0, false);
        let since = Instant::now();
        while came != gone || !last_gone || !self.queue_is_empty() {
            assert!(since.elapsed() < 5 * PATIENCE, "{came} came, {gone} are gone");
            // the queue says nothing when it is empty
            let Ok(line) = self.log.recv_timeout(PATIENCE / 600) else { continue };
            came += usize::from(line.contains(": connect from "));
            gone += usize::from(line.contains(": disconnect from "));
            // nobody else says that
            last_gone |= line.contains(": disconnect from ") && line.contains(" noop=1 quit=1 ");
        }
        let mailbox = self.place.path().join("mail").join(name).join("new");
        fs::read_dir(mailbox).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
    }

    fn queue_is_empty(&self) -> bool {
        fn is_empty(directory: &Path) -> bool {
            fs::read_dir(directory).unwrap().all(|entry| {
                let path = entry.unwrap().path();
                path.is_dir() && is_empty(&path)
            })
        }
        let queue = self.place.path().join("queue");
        ["maildrop", "incoming", "active", "deferred"].iter().all(|name| is_empty(&queue.join(name)))
    }

    fn reports(&self, count: usize) -> Vec<Notice> {
        let mails = self.mail("bounces", "bounces@buyer.example", count);
        mails.iter().map(|mail| bounce::read(mail).unwrap()).collect()
    }

    pub(crate) fn options(&self, certified: &Certified, to: &str) -> EmailOptions {
        EmailOptions::new("127.0.0.1", "Müller GmbH <orders@buyer.example>", to)
            .with_port(self.port)
            .with_envelope_sender("bounces@buyer.example")
            .without_public_roots()
            .with_roots(certified.issuer.as_str())
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let stopped = Command::new(PROGRAM)
            .arg("-c")
            .arg(self.place.path().join("etc"))
            .arg("stop")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

fn main(here: &str) -> String {
    format!(
        "compatibility_level = 3.6\n\
         queue_directory = {here}/queue\n\
         data_directory = {here}/data\n\
         maillog_file = /dev/stdout\n\
         myhostname = mx.shop.example\n\
         mydestination =\n\
         mynetworks = 127.0.0.0/8\n\
         inet_interfaces = 127.0.0.1\n\
         inet_protocols = ipv4\n\
         alias_maps =\n\
         alias_database =\n\
         disable_dns_lookups = yes\n\
         smtpd_peername_lookup = no\n\
         smtpd_client_connection_count_limit = 0\n\
         smtpd_tls_cert_file = {here}/etc/certificate.pem\n\
         smtpd_tls_key_file = {here}/etc/key.pem\n\
         smtpd_tls_security_level = encrypt\n\
         smtpd_relay_restrictions = permit_mynetworks, reject\n\
         virtual_mailbox_domains = shop.example, buyer.example\n\
         virtual_mailbox_base = {here}/mail\n\
         virtual_mailbox_maps = texthash:{here}/etc/boxes\n\
         virtual_uid_maps = static:{NOBODY}\n\
         virtual_gid_maps = static:{NOBODY}\n\
         transport_maps = texthash:{here}/etc/ways\n"
    )
}

/// The services that a mail passes; none may look up names or leave the machine.
fn master(here: &str, port: u16) -> String {
    format!(
        "127.0.0.1:{port} inet n - n - - smtpd\n\
         cleanup unix n - n - 0 cleanup\n\
         qmgr unix n - n 300 1 qmgr\n\
         tlsmgr unix - - n 1000? 1 tlsmgr\n\
         rewrite unix - - n - - trivial-rewrite\n\
         bounce unix - - n - 0 bounce\n\
         defer unix - - n - 0 bounce\n\
         trace unix - - n - 0 bounce\n\
         proxymap unix - - n - - proxymap\n\
         error unix - - n - - error\n\
         retry unix - - n - - error\n\
         virtual unix - n n - - virtual\n\
         anvil unix - - n - 1 anvil\n\
         postlog unix-dgram n - n - 1 postlogd\n\
         full unix - n n - - pipe user=nobody argv={here}/etc/full\n"
    )
}

#[tokio::test]
async fn a_postfix_takes_refuses_and_reports() {
    let certified = Certified::new("127.0.0.1");
    let Some(server) = Postfix::start(&certified) else { return };
    let order = order()
        .with_subject("Bestellung 4500000017 für Köln")
        .with_created(DateTime::from_timestamp(1_732_190_400, 0).unwrap())
        .with_file(File::new(
            "Lageplan für Köln.pdf",
            "application/pdf",
            (0..=255).cycle().take(100_000).collect::<Vec<u8>>(),
        ));

    // what arrives is what was sent, below what the server writes on top
    let options = server.options(&certified, "sales@shop.example").with_text("Anbei\n.\n..\nGrüße");
    let email = Email::new(options).unwrap();
    let receipt = email.send(&order).await.unwrap();
    assert!(receipt.reference.unwrap().contains("queued as"));
    assert_eq!(receipt.evidence.tls.unwrap().version.as_deref(), Some("TLSv1.3"));
    let arrived = String::from_utf8(server.mail("sales", "sales@shop.example", 1).remove(0)).unwrap();
    let sent = String::from_utf8(email.message(&order, DateTime::UNIX_EPOCH).unwrap()).unwrap();
    assert!(arrived.ends_with(&sent.replace("\r\n", "\n")), "{arrived}");
    assert!(arrived.starts_with("Return-Path: <bounces@buyer.example>\n"), "{arrived}");

    // nobody gets what one of them cannot get
    let email = Email::new(
        server.options(&certified, "sales@shop.example").with_to("gone@shop.example").with_text("Anbei"),
    );
    let error = email.unwrap().send(&order).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Refused, Disposition::Rejected));
    for part in ["RCPT TO:<gone@shop.example>: `550 5.1.1", "it takes sales@shop.example"] {
        assert!(error.to_string().contains(part), "{error}");
    }

    // whoever is told of delivery, is told which one: in letters of any kind
    let options = server.options(&certified, "Jürgen <müller@shop.example>").with_delivery_notices();
    let email = Email::new(options).unwrap();
    email.send(&order).await.unwrap();
    let [notice] = &server.reports(1)[..] else { panic!("one report") };
    assert_eq!((notice.kind, notice.outcome()), (NoticeKind::Delivery, Outcome::Delivered), "{notice:?}");
    assert_eq!(notice.concerns(&email.ids(&order)), Some(Place::EnvelopeId));
    let [recipient] = &notice.recipients[..] else { panic!("one recipient: {notice:?}") };
    assert_eq!(recipient.address.as_deref(), Some("müller@shop.example"));
    assert_eq!(recipient.original.as_deref(), Some("müller@shop.example"));
    server.place.path().join("mail/mueller/new").read_dir().unwrap().next().unwrap().unwrap();
}

#[tokio::test]
async fn a_bounce_from_postfix_finds_its_order() {
    let certified = Certified::new("127.0.0.1");
    let Some(server) = Postfix::start(&certified) else { return };
    let email = Email::new(server.options(&certified, "full+a@shop.example").with_to("full@shop.example"));
    // no such address with a plus: the error says so before anything is sent
    assert_eq!(
        says(&email.unwrap().send(&order()).await.unwrap_err()),
        (Kind::Refused, Disposition::Rejected)
    );

    let email = Email::new(server.options(&certified, "full@shop.example")).unwrap();
    let long = "long".repeat(60);
    let orders = ["1732222222.7@buyer.example", "a+b=c@buyer.example", "Bestellung Ü <17> \"x\"", &long].map(
        |identity| {
            Consignment::new(identity, "4500000017").with_file(File::new("a.xml", "text/xml", *b"<cXML/>"))
        },
    );
    for order in &orders {
        // the server takes it: what comes after is for the reports
        email.send(order).await.unwrap();
    }
    let reports = server.reports(orders.len());
    for order in &orders {
        let ids = email.ids(order);
        let about: Vec<_> =
            reports.iter().filter(|notice| notice.concerns(&ids).is_some_and(Place::is_strong)).collect();
        let [notice] = &about[..] else { panic!("one report of {ids:?} in {reports:?}") };
        assert_eq!((notice.kind, notice.outcome()), (NoticeKind::Delivery, Outcome::Failed));
        assert_eq!(notice.concerns(&ids), Some(Place::EnvelopeId));
        assert!(notice.ids().any(|id| id == ids.message_id), "the headers come back too: {notice:?}");
        assert_eq!(notice.reporting_mta.as_deref(), Some("mx.shop.example"));
        let [recipient] = &notice.recipients[..] else { panic!("one recipient: {notice:?}") };
        assert_eq!(recipient.original.as_deref(), Some("full@shop.example"));
        assert_eq!(recipient.status.unwrap().to_string(), "5.2.2");
        assert_eq!(recipient.status.unwrap().meaning(), "the mailbox is full");
        assert_eq!(recipient.diagnostic.as_deref(), Some("the mailbox is full"));
    }
}
