//! Against aiosmtpd, a mail server that others wrote.

use crate::certificates::Certified;
use crate::{order, says};
use punchout_transport::{Digest, Disposition, Email, EmailOptions, File, Kind, OrderTransport};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

struct Receiver {
    process: Child,
    port: u16,
    lines: BufReader<ChildStdout>,
}

impl Receiver {
    /// `None` where it is not installed and nobody insists.
    fn start(certified: &Certified) -> Option<Self> {
        let python = super::python("aiosmtpd")?;
        let directory = tempfile::tempdir().unwrap();
        let files = [("certificate.pem", &certified.certificate), ("key.pem", &certified.key)];
        let paths = files.map(|(name, content)| {
            let path = directory.path().join(name);
            fs::write(&path, content).unwrap();
            path
        });
        let mut process = Command::new(python)
            .args(["-c", include_str!("receiver.py")])
            .args(paths)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut port = String::new();
        lines.read_line(&mut port).unwrap();
        Some(Self { port: port.trim().parse().unwrap(), process, lines })
    }

    /// What it read in the next message.
    fn facts(&mut self) -> Vec<String> {
        let lines = (&mut self.lines).lines().map(Result::unwrap);
        lines.take_while(|line| line != ".").collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().unwrap();
    }
}

#[tokio::test]
async fn a_real_server_reads_what_was_sent() {
    let certified = Certified::new("127.0.0.1");
    let Some(mut receiver) = Receiver::start(&certified) else { return };
    let options = EmailOptions::new("127.0.0.1", "Müller GmbH <orders@buyer.example>", "sales@shop.example")
        .with_port(receiver.port)
        .with_cc("copy@shop.example")
        .with_envelope_sender("bounces@buyer.example")
        .without_public_roots()
        .with_roots(certified.issuer.as_str())
        .with_text("Anbei unsere Bestellung.\r\n.\r\nMit freundlichen Grüßen");
    let large: Vec<u8> = (0..=255).cycle().take(1_000_000).collect();
    let order = order().with_subject("Bestellung 4500000017 für Köln").with_file(File::new(
        "Lageplan für Köln.pdf",
        "application/pdf",
        large,
    ));
    let send = |password: &str| Email::new(options.clone().with_login("buyer", password)).unwrap();

    let receipt = send("hunter2").send(&order).await.unwrap();
    let [xml, pdf] = [0, 1].map(|index| Digest::of(&order.files[index].bytes));
    assert_eq!(
        receiver.facts(),
        [
            "encrypted: True",
            "envelope: bounces@buyer.example sales@shop.example copy@shop.example",
            "message-id: <1732222222.7@buyer.example>",
            "from: Müller GmbH",
            "subject: Bestellung 4500000017 für Köln",
            r"text: 'Anbei unsere Bestellung.\r\n.\r\nMit freundlichen Grüßen'",
            &format!("text/xml: 4500000017.xml {xml}"),
            &format!("application/pdf: Lageplan für Köln.pdf {pdf}"),
        ]
    );
    assert_eq!(receipt.reference.as_deref(), Some("2.0.0 Ok: queued as 4F1B2"));
    assert_eq!(receipt.evidence.tls.unwrap().version.as_deref(), Some("TLSv1.3"));

    let error = send("hunter3").send(&order).await.unwrap_err();
    // the order itself was not heard of
    assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
    assert!(error.to_string().contains("refuses user and password, at AUTH PLAIN: `535"), "{error}");

    // larger than the server takes, and it says so before a byte of it is sent
    let huge = order.with_file(File::new("huge.bin", "application/octet-stream", vec![0; 30_000_000]));
    let error = send("hunter2").send(&huge).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Refused, Disposition::Rejected));
    assert!(error.to_string().contains("refuses MAIL FROM: `552"), "{error}");
}
