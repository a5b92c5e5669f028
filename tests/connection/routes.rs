//! Each route from its description to a transport, and what is put around it.

use std::fs;
use std::path::Path;

use punchout::connection::{Connection, DirectoryRoute, ErrorKind, SecretRef, SystemSecrets};
use punchout::core::Secret;
use punchout::transport::{Directory, DirectoryJournal, Disposition, Intercept, Kind, Outcome};

use crate::http::{Step, nobody, serve};
use crate::support::{SECRET, connection, consignment, order, send, told, transport};

const OK: &str =
    "<cXML payloadID='7@shop.example'><Response><Status code='200' text='OK'/></Response></cXML>";

#[test]
fn directory() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::new(DirectoryRoute::new(folder.path()));
    let receipt = send(&connection).unwrap();
    assert_eq!(receipt.evidence.endpoint, folder.path().to_str().unwrap());
    assert!(Directory::new(folder.path()).read("4500017300.xml").unwrap() == order());
    assert!(send(&connection).unwrap().already_there);
}

#[test]
fn none_is_no_way_to_send() {
    let error = connection("[order]\nroute = 'none'").transport(&SystemSecrets).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoRoute);
}

/// Every setting of the description arrives at the server.
#[test]
fn https() {
    let folder = tempfile::tempdir().unwrap();
    // as an editor leaves it
    fs::write(folder.path().join("password"), format!("\u{feff}{SECRET}\r\n")).unwrap();
    let (url, requests) = serve(vec![Step::Answer("200 OK\r\ncontent-type: text/xml", OK)]);
    let text = format!(
        "[order]\nroute = 'https'\nlimit_seconds = 60\n[order.https]\nurl = '{url}?key=1'\nallow_plain = true\nuser = 'delft'\n\
         password = {{ file = 'password' }}\nheaders = {{ X-Customer = '4711' }}\nsecret_headers = {{ X-Api-Key = {{ file = 'password' }} }}\n\
         connect_seconds = 5\nsend_seconds = 5\nanswer_seconds = 5\nanswer_bytes = 1000\n"
    );
    let file = folder.path().join("shop.toml");
    fs::write(&file, text).unwrap();
    let receipt = send(&Connection::read(&file).unwrap()).unwrap();
    assert_eq!(receipt.evidence.endpoint, url, "without its query");
    assert!(!format!("{receipt:?}").contains(SECRET));
    let head = requests.recv().unwrap().head.to_ascii_lowercase();
    for line in [
        "post /orders?key=1 http/1.1",
        // delft:hunter2-and-more
        "authorization: basic zgvsznq6ahvudgvymi1hbmqtbw9yzq==",
        "x-customer: 4711",
        "x-api-key: hunter2-and-more",
        "content-type: text/xml; charset=utf-8",
    ] {
        assert!(head.lines().any(|sent| sent == line), "{line}: {head}");
    }
}

#[test]
fn https_with_a_token_and_nobody_there() {
    let text = format!(
        "[order]\nroute = 'https'\n[order.https]\nurl = '{}'\nallow_plain = true\ntoken = {{ env = 'T' }}\n",
        nobody()
    );
    let vault = |at: &SecretRef| {
        assert_eq!(*at, SecretRef::Env("T".into()));
        Ok(Secret::new(SECRET))
    };
    let connection = connection(&text);
    let transport = connection.transport(&vault).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(transport.send(&consignment(&connection))).unwrap_err();
    assert_eq!((error.kind(), error.disposition()), (Kind::Connect, Disposition::NotDelivered));
    assert!(!told(&error).contains(SECRET), "{error:?}");
}

#[cfg(feature = "sftp")]
#[test]
fn sftp() {
    let address = nobody();
    let port = address.trim_end_matches("/orders").rsplit(':').next().unwrap();
    let text = format!(
        "[order]\nroute = 'sftp'\n[order.sftp]\nhost = '127.0.0.1'\nport = {port}\nuser = 'delft'\npassword = {{ env = 'P' }}\n\
         host_keys = ['SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o']\ndirectory = 'in/orders'\nreplace_existing = true\n\
         connect_seconds = 5\nanswer_seconds = 5\nlimit_seconds = 9\n"
    );
    let vault = |_: &SecretRef| Ok(Secret::new(SECRET));
    let described = connection(&text);
    let transport = described.transport(&vault).unwrap();
    assert_eq!(transport.endpoint().unwrap(), format!("sftp://127.0.0.1:{port}/~/in/orders"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(transport.send(&consignment(&described))).unwrap_err();
    assert_eq!((error.kind(), error.disposition()), (Kind::Connect, Disposition::NotDelivered));
    assert!(!told(&error).contains(SECRET), "{error:?}");

    for (from, to, said) in [
        (
            "password = { env = 'P' }",
            "key = { env = 'K' }",
            "order.sftp: this cannot be used / the key cannot be read",
        ),
        (
            "password = { env = 'P' }",
            "key = { env = 'K' }\npassphrase = { env = 'P' }",
            "the key cannot be read",
        ),
        ("SHA256:uNiV", "MD5:uNiV", "is no public key"),
    ] {
        let error = connection(&text.replace(from, to)).transport(&vault).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Settings);
        assert!(told(&error).contains(said) && !told(&error).contains(SECRET), "{}", told(&error));
    }
}

#[cfg(feature = "email")]
#[test]
fn mail() {
    let (port, mails) = crate::smtp::serve();
    let text = format!(
        "[buyer]\nname = 'City of Delft'\n[order]\nroute = 'mail'\nlanguage = 'nl'\nfiles = ['pdf', 'xml']\npdf = {{ options = '{}' }}\n\
         [order.mail]\nhost = '127.0.0.1'\nport = {port}\nencryption = 'none'\nallow_plain = true\nuser = 'delft'\npassword = {{ env = 'P' }}\n\
         from = 'City of Delft <orders@delft.example>'\nreply_to = 'buy@delft.example'\nenvelope_sender = 'bounces@delft.example'\n\
         to = ['orders@shop.example']\ncc = ['copy@delft.example']\nhello_name = 'erp.delft.example'\nlimit_seconds = 30\n",
        crate::support::options()
    );
    let connection = connection(&text);
    let vault = |_: &SecretRef| Ok(Secret::new(SECRET));
    let transport = connection.transport(&vault).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let receipt = runtime.block_on(transport.send(&consignment(&connection))).unwrap();
    assert!(!format!("{receipt:?}").contains(SECRET));
    // who says goodbye there after the receipt ends with it
    drop(runtime);
    let mail = mails.recv().unwrap();
    for line in [
        "EHLO erp.delft.example",
        "MAIL FROM:<bounces@delft.example>",
        "RCPT TO:<orders@shop.example>",
        "RCPT TO:<copy@delft.example>",
        "Subject: [TEST] City of Delft: bestelling 4500017300",
        "Reply-To: buy@delft.example",
        "Content-Language: nl",
        "Date: Sun, 01 Mar 2026 13:05:00 +0000",
    ] {
        assert!(mail.lines().any(|sent| sent.starts_with(line)), "{line}: {mail}");
    }
    for part in [
        "bijgaand ontvangt u:",
        "Met vriendelijke groet",
        r#"filename="4500017300.pdf""#,
        r#"filename="4500017300.xml""#,
    ] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
}

/// From outside to inside: intercept, retry, journal, limit.
#[test]
fn wrappers_stand_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let (log, held) = (folder.path().join("log"), folder.path().join("held"));
    fs::create_dir(&log).unwrap();
    fs::create_dir(&held).unwrap();
    let failed = "<cXML><Response><Status code='503' text='Service Unavailable'/></Response></cXML>";
    let (url, requests) = serve(vec![
        Step::Answer("200 OK", failed),
        Step::Answer("200 OK", failed),
        Step::Answer("200 OK", OK),
    ]);
    let text = format!(
        "[order]\nroute = 'https'\nlimit_seconds = 60\njournal = '{}'\nretry = {{ retries = 5, wait_seconds = 0 }}\n\
         [order.https]\nurl = '{url}'\nallow_plain = true\n",
        log.display()
    );
    let mut connection = connection(&text);
    let order = consignment(&connection);

    connection.order.intercept = Some(held.clone());
    let id = send(&connection).unwrap().intercepted.unwrap();
    assert!(requests.try_recv().is_err(), "nothing leaves");
    assert_eq!(DirectoryJournal::new(&log).past(&order.identity).unwrap(), None, "and nothing is noted");
    let intercept = Intercept::new(&held);
    assert_eq!(intercept.entry(&id).unwrap().endpoint, url);

    connection.order.intercept = None;
    let transport = transport(&connection);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let receipt = runtime.block_on(intercept.release(&id, &*transport)).unwrap();
    assert_eq!(receipt.evidence.attempt, 3);
    for _ in 0..3 {
        assert!(*requests.recv().unwrap().body == *order.files[0].bytes, "the very same bytes");
    }
    let past = DirectoryJournal::new(&log).past(&order.identity).unwrap().unwrap();
    assert_eq!((past.outcome, past.attempt), (Outcome::Delivered, 3));
    let noted = DirectoryJournal::new(&log).text(&order.identity).unwrap();
    assert_eq!(noted.matches(" started ").count(), 3, "{noted}");
    assert_eq!(noted.matches(" not-delivered\n").count(), 2, "{noted}");
    assert!(noted.contains("  reference: 7@shop.example\n"), "{noted}");
    assert!(!noted.contains("gehe1m"), "no secret of the order: {noted}");
}

#[test]
fn a_limit_ends_an_attempt() {
    // it listens and never answers
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let text = format!(
        "[order]\nroute = 'https'\nlimit_seconds = 1\n[order.https]\nurl = 'http://{}/'\nallow_plain = true\n",
        silent.local_addr().unwrap()
    );
    let error = send(&connection(&text)).unwrap_err();
    assert_eq!((error.kind(), error.disposition()), (Kind::Timeout, Disposition::Unknown));
    assert!(error.to_string().contains("took longer than 1s"), "{error}");
}

/// Where a secret or a file is not, the error names key and place.
#[test]
fn what_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
    };
    path("empty", b"");
    path("line", b"\xef\xbb\xbf\r\n");
    path("binary", b"\xff\xfe");
    path("words", SECRET.as_bytes());
    for (keys, kind, said) in [
        (
            "token = { env = 'PUNCHOUT_TEST_THAT_IS_NOT_SET' }",
            ErrorKind::Secret,
            "order.https.token: the secret is not to be had / environment variable PUNCHOUT_TEST_THAT_IS_NOT_SET is not set",
        ),
        ("token = { file = 'nowhere' }", ErrorKind::Secret, "nowhere cannot be read"),
        ("token = { file = 'empty' }", ErrorKind::Secret, "order.https.token: the secret is empty"),
        ("token = { file = 'line' }", ErrorKind::Secret, "order.https.token: the secret is empty"),
        ("token = { file = 'binary' }", ErrorKind::Secret, "binary is no UTF-8 text"),
        ("roots = ['nowhere.pem']", ErrorKind::Read, "order.https.roots: "),
        ("roots = ['words']", ErrorKind::Settings, "order.https: this cannot be used"),
        ("headers = { 'X Y' = '1' }", ErrorKind::Settings, "order.https: this cannot be used"),
        (
            "client_certificate = { chain = 'words', key = { file = 'words' } }",
            ErrorKind::Settings,
            "order.https: this cannot be used",
        ),
    ] {
        let text =
            format!("[order]\nroute = 'https'\n[order.https]\nurl = 'https://shop.example/o'\n{keys}\n");
        let mut connection = connection(&text);
        connection.resolve(Path::new(folder.path()));
        let error = connection.transport(&SystemSecrets).map(drop).unwrap_err();
        assert_eq!(error.kind(), kind, "{keys}: {error:?}");
        assert!(told(&error).contains(said), "{keys}: {}", told(&error));
        assert!(!told(&error).contains(SECRET), "{keys}: {}", told(&error));
    }
}
