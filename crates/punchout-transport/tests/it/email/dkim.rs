//! Signatures, as dkimpy checks them.

use super::python;
use crate::order;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::DateTime;
use punchout_transport::{Email, EmailOptions, File};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// What openssl makes of this input.
fn openssl(args: &str, input: &[u8]) -> Vec<u8> {
    let mut process = Command::new("openssl")
        .args(args.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {args}");
    output.stdout
}

/// Whether the signatures hold, message by message.
fn verify(python: &str, messages: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut process = Command::new(python)
        .args(["-c", include_str!("verify.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = process.stdin.take().unwrap();
    for (record, message) in messages {
        writeln!(lines, "{} {}", BASE64.encode(record), BASE64.encode(message)).unwrap();
    }
    drop(lines);
    let output = process.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn another_program_verifies_what_was_signed() {
    let Some(python) = python("dkim, nacl") else { return };
    let rsa = openssl("genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048", b"");
    let old = openssl("rsa -traditional", &rsa);
    assert!(old.starts_with(b"-----BEGIN RSA PRIVATE KEY"));
    let edwards = openssl("genpkey -algorithm ED25519", b"");
    let rsa_record = BASE64.encode(openssl("pkey -pubout -outform DER", &rsa));
    let rsa_record = format!("v=DKIM1; k=rsa; p={rsa_record}");
    let public = openssl("pkey -pubout -outform DER", &edwards);
    let edwards_record = format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(&public[public.len() - 32..]));

    let order = order()
        .with_subject("Müller GmbH: Bestellung 4500000017 mit einem Betreff, der nicht in eine Zeile passt")
        .with_file(File::new("blanks.txt", "text/plain", *b" \t \r\n\r\n\r\n"));
    let noon = DateTime::from_timestamp(1_732_190_400, 0).unwrap();
    let sign = |key: &[u8], html: Option<&str>| {
        let options =
            EmailOptions::new("mail.example", "Müller <orders@buyer.example>", "sales@shop.example")
                .with_to("Sales, south <south@shop.example>")
                .with_reply_to("purchasing@buyer.example")
                .with_text("Anbei  die Bestellung. \n\n \n\n")
                .with_dkim("buyer.example", "s2024", str::from_utf8(key).unwrap());
        let options = html.into_iter().fold(options, EmailOptions::with_html);
        let transport = Email::new(options.clone()).unwrap();
        let shown = format!("{options:?} {transport:?}");
        assert!(!shown.contains("PRIVATE KEY"), "{shown}");
        let message = transport.message(&order, noon).unwrap();
        assert_eq!(message, transport.message(&order, noon).unwrap());
        assert!(message.starts_with(b"DKIM-Signature: v=1; a="));
        message
    };
    let good = sign(&edwards, None);
    let text = String::from_utf8(good.clone()).unwrap();
    let altered = |from: &str, to: &str| {
        assert!(text.contains(from), "{text}");
        (edwards_record.clone(), text.replacen(from, to, 1).into_bytes())
    };
    let cases = [
        (rsa_record.clone(), sign(&rsa, None)),
        (rsa_record.clone(), sign(&old, Some("<p>Anbei</p>"))),
        (edwards_record.clone(), good),
        // what servers on the way may do
        altered("From: ", "FROM:\t "),
        altered("\r\nTo: ", "\r\nReceived: from a by b\r\nTo: "),
        // and what they may not
        altered("sales@shop.example", "thief@evil.example"),
        altered("\r\nTo: ", "\r\nSubject: another\r\nTo: "),
        altered("Anbei", "Nicht"),
        altered("Message-ID: <1", "Message-ID: <2"),
    ];
    let verdicts = verify(python, &cases);
    assert_eq!(verdicts.len(), cases.len());
    assert_eq!(verdicts[..5], ["True"; 5], "{text}");
    assert!(verdicts[5..].iter().all(|verdict| verdict != "True"), "{verdicts:?}");
}

#[test]
fn keys_that_cannot_sign_are_refused_without_being_shown() {
    let weak = "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n";
    let options =
        EmailOptions::new("mail.example", "a@b.example", "c@d.example").with_dkim("b.example", "s", weak);
    let error = Email::new(options.clone()).unwrap_err();
    let shown = format!("{} {options:?}", crate::everything(&error));
    assert!(shown.contains("the dkim key cannot be used"), "{shown}");
    assert!(!shown.contains("hunter2") && !shown.contains("aHVudGVyMg"), "{shown}");
}
