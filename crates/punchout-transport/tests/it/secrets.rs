//! Whatever is said, printed, noted, kept or logged holds no secret.

use crate::{SHARED_SECRET, at_the_limit, everything, order};
use punchout_core::Secret;
use punchout_transport::{
    Consignment, DirectoryJournal, Intercept, Journaled, MemoryJournal, OrderTransport, Outcome, Redacted,
    Retry, Schedule, Timeout,
};
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

/// Everything that any library of this process writes to its log.
struct Log(Mutex<String>);

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.0.lock().unwrap(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// What was logged so far; listens from the first call on.
fn logged() -> String {
    static LOG: OnceLock<&Log> = OnceLock::new();
    let log = LOG.get_or_init(|| {
        let log: &Log = Box::leak(Box::new(Log(Mutex::default())));
        log::set_logger(log).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        log
    });
    log.0.lock().unwrap().clone()
}

fn files_below(place: &Path, printed: &mut String) {
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, printed);
        } else if !path.parent().unwrap().ends_with("files") {
            write!(printed, "{} {}", path.display(), fs::read_to_string(&path).unwrap()).unwrap();
        }
    }
}

/// Sends through all that may stand around a transport; nothing that anybody
/// can read afterwards holds one of these or the order's own secret.
async fn leaks_nothing<T: OrderTransport + Debug + 'static>(
    transport: T,
    options: &dyn Debug,
    secrets: &[&str],
) -> Outcome {
    let (outcome, printed) = all_that_is_said(transport, options).await;
    for secret in [SHARED_SECRET].iter().chain(secrets) {
        let at = printed.find(secret);
        assert!(at.is_none(), "{secret} in {}", &printed[at.unwrap_or_default().saturating_sub(200)..]);
        // as a list of bytes
        let bytes = format!("{:?}", secret.as_bytes());
        assert!(!printed.contains(bytes.trim_matches(['[', ']'])), "{secret} as bytes");
    }
    outcome
}

/// What anybody can read afterwards, but for the order itself.
async fn all_that_is_said<T: OrderTransport + Debug + 'static>(
    transport: T,
    options: &dyn Debug,
) -> (Outcome, String) {
    logged();
    let mut printed = format!("{options:?} {transport:?}");
    let journal = Arc::new(MemoryJournal::new());
    let attempt = Timeout::new(transport, Duration::from_secs(60), tokio::time::sleep);
    let attempt = Journaled::new(attempt, Arc::clone(&journal));
    let noted = tempfile::tempdir().unwrap();
    let attempt = Journaled::new(attempt, DirectoryJournal::new(noted.path()));
    let schedule = Schedule::TEN_TIMES_HOURLY;
    let whole = Arc::new(Retry::new(attempt, schedule, at_the_limit));
    let place = tempfile::tempdir().unwrap();
    let intercept = Intercept::new(place.path()).standing_in_for(Arc::clone(&whole));
    write!(printed, "{whole:?} {intercept:?} {:?}", whole.endpoint()).unwrap();

    let kept = intercept.send(&order()).await.unwrap();
    let id = kept.intercepted.clone().unwrap();
    match intercept.release(&id, &whole).await {
        Ok(receipt) => write!(printed, "{receipt:?}").unwrap(),
        Err(error) => printed += &everything(&error),
    }
    let held = intercept.entry(&id).unwrap();
    write!(printed, "{kept:?} {held:?} {:?} {journal:?}", journal.attempts()).unwrap();
    files_below(place.path(), &mut printed);
    let before = printed.len();
    files_below(noted.path(), &mut printed);
    assert!(printed[before..].contains(" ended "), "the journal has it");
    printed += &logged();
    (held.outcome, printed)
}

const CARD: &str = "4111111111111111";
const TOKEN: &str = "acc3ss/of+address";

/// The order's secrets as libraries spell them, on one line.
fn spellings() -> Vec<String> {
    let each = |spell: &dyn Fn(u32) -> String| SHARED_SECRET.chars().map(|c| spell(c.into())).collect();
    vec![
        SHARED_SECRET.to_owned(),
        SHARED_SECRET.to_uppercase(),
        each(&|c| format!("&#{c};")),
        each(&|c| format!("&#x{c:X};")),
        each(&|c| format!("&amp;#{c};")),
        each(&|c| format!("%{c:02X}")),
        each(&|c| format!("%25{c:02x}")),
        each(&|c| format!("={c:02X}")),
        each(&|c| format!("\\u{c:04x}")),
        each(&|c| format!("\\\\u{c:04x}")),
        // in base64, alone and behind `buyer:`, in pieces of other bytes
        "czNjcmV0LWluLXRoZS1vcmRlcg==".to_owned(),
        "YnV5ZXI6czNjcmV0LWluLXRoZS1vcmRlcg==".to_owned(),
        "OnMzY3JldC1pbi10aGUtb3JkZXI".to_owned(),
        "czNjcmV0LWlu LXRoZS1vcmRlcg==".to_owned(),
        "s3cret-in= -the-order".to_owned(),
        each(&|c| format!("\\{c:03o}")),
        each(&|c| format!("%u{c:04X}")),
        SHARED_SECRET.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join("-"),
        // the order's card, and the token of an address in it
        CARD.to_owned(),
        "4111 1111 1111 1111".to_owned(),
        "4111-1111-1111-1111".to_owned(),
        TOKEN.to_owned(),
        "acc3ss%2Fof%2Baddress".to_owned(),
        "acc3ss&sol;of&plus;address".to_owned(),
    ]
}

/// Sends to a peer that repeats a secret of the order; it is quoted without it.
async fn repeats_nothing<T: OrderTransport + Debug + 'static>(
    transport: T,
    options: &dyn Debug,
    spelled: &str,
) -> Outcome {
    let transport =
        Redacted::new(transport, |_: &Consignment| [SHARED_SECRET, CARD, TOKEN].map(Secret::new).to_vec());
    let (outcome, printed) = all_that_is_said(transport, options).await;
    assert!(printed.contains("***"), "what the peer says is shown: {printed}");
    let printed = printed.to_lowercase();
    // nor the beginning of it
    for part in [SHARED_SECRET, CARD, TOKEN, spelled, spelled.get(..12).unwrap()] {
        let at = printed.find(&part.to_lowercase());
        assert!(at.is_none(), "{part} in {}", &printed[at.unwrap_or_default().saturating_sub(200)..]);
    }
    outcome
}

#[cfg(feature = "https")]
#[tokio::test]
async fn of_an_order_that_a_web_server_repeats() {
    use crate::server::{Reaction, Server};
    use punchout_transport::{HttpReply, Https, HttpsOptions, Verdict};

    for spelled in spellings() {
        for (status, outcome) in [
            ("200 OK", Outcome::Delivered),
            ("302 Found", Outcome::Unknown),
            ("308 Permanent Redirect", Outcome::Rejected),
            ("400 Bad Request", Outcome::Rejected),
        ] {
            let length = spelled.len();
            let head = format!("Content-Type: text/plain; said=\"{spelled}\"\r\nContent-Length: {length}");
            let location = format!("http://shop.example/orders/{spelled};id=t0ken-1?key=t0ken-2#t0ken-3");
            let answer = format!("HTTP/1.1 {status}\r\n{head}\r\nLocation: {location}\r\n\r\n{spelled}");
            let server = Server::plain(Reaction::Answer(answer.into_bytes())).await;
            let classify = |reply: &HttpReply| {
                let said = String::from_utf8(reply.body.clone()).unwrap();
                match reply.status {
                    200 => Verdict::Accepted { reference: Some(said) },
                    _ => Verdict::Rejected { reason: said },
                }
            };
            let options = HttpsOptions::new(format!("http://{}/orders", server.address).parse().unwrap())
                .allow_plain_http()
                .with_classifier(classify);
            let transport = Https::new(options.clone()).unwrap();
            let found = repeats_nothing(transport, &options, &spelled).await;
            assert_eq!(found, outcome, "{status} {spelled}");
            let error = Https::new(options).unwrap().send(&order()).await;
            assert!(!format!("{error:?}").contains("t0ken"), "{error:?}");
        }
    }
}

#[cfg(feature = "email")]
#[tokio::test]
async fn of_an_order_that_a_mail_server_repeats() {
    use crate::smtp::{Fault, Script, Server, Step};
    use punchout_transport::{Email, EmailOptions};

    for spelled in spellings() {
        let wrapped = spelled.replace(' ', "\r\n550-");
        for (step, says, outcome) in [
            (Step::Dot, format!("250 queued as {spelled}"), Outcome::Delivered),
            (Step::Dot, format!("399 {spelled}"), Outcome::Unknown),
            (Step::Sender, format!("451 {spelled} later"), Outcome::NotDelivered),
            (Step::Dot, format!("550-no\r\n550-{wrapped}\r\n550 here"), Outcome::Rejected),
            (Step::Hello, format!("not SMTP: {spelled}"), Outcome::NotDelivered),
        ] {
            let script = Script::new().fails(step, Fault::Says(says.leak()));
            let server = Server::start(script).await;
            let options = EmailOptions::new("127.0.0.1", "orders@buyer.example", "sales@shop.example")
                .with_port(server.address.port())
                .allow_plain_smtp();
            let transport = Email::new(options.clone()).unwrap();
            let found = repeats_nothing(transport, &options, &spelled).await;
            assert_eq!(found, outcome, "{step:?} {spelled}");
        }
    }
}

#[cfg(all(unix, feature = "sftp"))]
#[tokio::test]
async fn of_an_order_that_a_file_server_repeats() {
    use crate::sftp::scripted::{Rename, Script, Server};
    use punchout_transport::Sftp;
    use russh_sftp::protocol::StatusCode;

    for spelled in spellings() {
        let rename = Rename::Refuses(StatusCode::Failure);
        let server = Server::start(Script { rename, says: spelled.clone(), ..Script::new() }).await;
        let options = server.options();
        let transport = Sftp::new(options.clone()).unwrap();
        assert_eq!(repeats_nothing(transport, &options, &spelled).await, Outcome::NotDelivered, "{spelled}");
    }
}

#[cfg(feature = "https")]
#[tokio::test]
async fn of_an_https_connection() {
    use crate::certificates::{Authority, Certified, for_host};
    use crate::server::{Reaction, Server};
    use punchout_transport::{Https, HttpsOptions};

    let certified = Certified::new("127.0.0.1");
    let buyer = Authority::new().certify(&for_host("buyer.example"));
    let line = buyer.key.lines().nth(1).unwrap();
    for (status, outcome) in [
        ("200 OK", Outcome::Delivered),
        ("302 Found", Outcome::Unknown),
        ("400 Bad Request", Outcome::Rejected),
        ("429 Too Many Requests", Outcome::NotDelivered),
    ] {
        let server = Server::tls(Reaction::Repeat(status), &certified).await;
        let url = format!("https://{}/orders?key=qu3ry-value", server.address);
        let options = HttpsOptions::new(url.parse().unwrap())
            .without_public_roots()
            .with_roots(certified.issuer.as_str())
            .with_client_certificate(buyer.certificate.as_str(), buyer.key.as_str())
            .with_header("X-Key", "h3ader-value");
        let basic = options.clone().with_basic("buyer", "log1n-value");
        let bearer = options.with_bearer("b3arer-value");
        for options in [basic, bearer] {
            let secrets = [
                "qu3ry-value",
                "h3ader-value",
                "log1n-value",
                "YnV5ZXI6bG9nMW4tdmFsdWU=",
                "b3arer-value",
                line,
            ];
            let transport = Https::new(options.clone()).unwrap();
            assert_eq!(leaks_nothing(transport, &options, &secrets).await, outcome, "{status}");
            assert!(logged().contains("reqwest::connect "), "what is logged is seen");
        }
    }
}

#[cfg(feature = "email")]
#[tokio::test]
async fn of_a_mail_connection() {
    use crate::certificates::Certified;
    use crate::smtp::{Fault, Script, Server, Step};
    use punchout_transport::{Email, EmailOptions};

    let certified = Certified::new("127.0.0.1");
    let secrets = ["m4il-value", "bTRpbC12YWx1ZQ==", "AGJ1eWVyAG00aWwtdmFsdWU="];
    for (step, says, outcome) in [
        (Step::Quit, "221 bye", Outcome::Delivered),
        (Step::Login, "535 no buyer with AGJ1eWVyAG00aWwtdmFsdWU= here", Outcome::NotDelivered),
        (Step::Sender, "550 no m4il-value", Outcome::Rejected),
        (Step::Sender, "451 m4il-value later", Outcome::NotDelivered),
        (Step::Dot, "399 m4il-value bTRpbC12YWx1ZQ==", Outcome::Unknown),
    ] {
        for offers in ["AUTH PLAIN", "AUTH LOGIN"] {
            let script = Script::new().with_tls(&certified.acceptor).offers(offers);
            let server = Server::start(script.fails(step, Fault::Says(says))).await;
            let options = EmailOptions::new("127.0.0.1", "orders@buyer.example", "sales@shop.example")
                .with_port(server.address.port())
                .without_public_roots()
                .with_roots(certified.issuer.as_str())
                .with_login("buyer", "m4il-value");
            let transport = Email::new(options.clone()).unwrap();
            assert_eq!(leaks_nothing(transport, &options, &secrets).await, outcome, "{says}");
        }
    }
}

#[cfg(all(unix, feature = "sftp"))]
#[tokio::test]
async fn of_an_sftp_connection() {
    use crate::sftp::login::by_password;
    use crate::sftp::sshd::{Sshd, make_key};
    use punchout_transport::Sftp;

    let Some((options, place, _serves)) = by_password() else { return };
    let outcome = |options: punchout_transport::SftpOptions, secret: &'static str| async move {
        let transport = Sftp::new(options.clone()).unwrap();
        leaks_nothing(transport, &options, &[secret]).await
    };
    assert_eq!(outcome(options.clone().with_password("hunter2"), "hunter2").await, Outcome::Delivered);
    let wrong = options.with_password("sft9-value");
    assert_eq!(outcome(wrong, "sft9-value").await, Outcome::NotDelivered);
    drop(place);
    assert!(logged().contains("russh::"), "what is logged is seen");

    let Some(sshd) = Sshd::start() else { return };
    let place = tempfile::tempdir().unwrap();
    make_key(&sshd.keys.path().join("user_encrypted"), "ed25519", "k3y-value");
    for name in ["user", "user_encrypted"] {
        let key = sshd.read(name);
        let line = key.lines().nth(2).unwrap();
        let options = sshd.options(place.path()).with_encrypted_key(key.clone(), "k3y-value");
        let options = if name == "user" { options.with_key(key.clone()) } else { options };
        let transport = Sftp::new(options.clone()).unwrap();
        let outcome = leaks_nothing(transport, &options, &["k3y-value", line, "PRIVATE KEY"]).await;
        assert_eq!(outcome, Outcome::Delivered);
    }
}
