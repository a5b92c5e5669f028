//! TOML in: what is read, and what is said of what cannot be.

use std::fs;
use std::path::Path;
use std::time::Duration;

use punchout::connection::{
    Connection, Encryption, ErrorKind, Method, OrderFile, Protocol, Route, SecretRef, SystemSecrets,
};

use crate::support::{SECRET, connection, told};

/// The descriptions in the documentation.
fn documented() -> Vec<&'static str> {
    let source = include_str!("../../crates/punchout/src/connection.rs");
    source.split("//! ```toml\n").skip(1).map(|rest| rest.split("//! ```\n").next().unwrap()).collect()
}

fn uncommented(text: &str) -> String {
    text.lines().map(|line| line.strip_prefix("//!").unwrap().trim_start().to_owned() + "\n").collect()
}

#[test]
fn the_documentation_is_read() {
    let all = documented();
    assert_eq!(all.len(), 3);
    for (text, route) in all.into_iter().zip([Route::Https, Route::Sftp, Route::Mail]) {
        let connection = connection(&uncommented(text));
        assert_eq!(connection.order.route, route);
        let mut found = punchout::core::All::new();
        punchout::connection::lint(&connection, &mut found);
        assert!(found.worst() <= Some(punchout::core::Severity::Note), "{:?}", found.found());
    }
}

#[test]
fn a_description_says_what_it_says() {
    let connection = connection(&uncommented(documented()[0]));
    assert_eq!(connection.buyer.name.as_deref(), Some("City of Delft"));
    let call_up = connection.call_up.unwrap();
    assert_eq!((call_up.protocol, call_up.method), (Protocol::Oci, Method::Post));
    let order = connection.order;
    assert_eq!(order.sent(), [OrderFile::Xml]);
    let retry = order.retry.unwrap();
    assert_eq!((retry.retries, retry.wait, retry.jitter_percent), (10, Duration::from_secs(3600), 10));
    let https = order.https.unwrap();
    assert_eq!(https.url.as_str(), "https://shop.example/orders");
    assert_eq!(https.password, Some(SecretRef::Env("BOLTS_PASSWORD".into())));
    assert_eq!(https.headers["X-Customer"].expose(), "4711");
    assert_eq!(https.secret_headers["X-Api-Key"], SecretRef::File("bolts.key".into()));
    assert_eq!(https.answers.len(), 1);
}

#[test]
fn relative_paths_start_at_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bolts.toml");
    let text = "[order]\nroute = 'sftp'\njournal = 'log'\nintercept = '/held'\npdf = { options = 'o.toml', logo = 'l.png' }\n\
        directory = { path = 'out' }\nsftp = { known_hosts = 'kh', key = { file = 'id' }, password = { env = 'P' } }\n\
        https = { roots = ['a.pem'], client_certificate = { chain = 'c.pem', key = { file = 'k.pem' } }, secret_headers = { X = { file = 'x' } } }\n\
        mail = { roots = ['b.pem'], password = { file = 'p' }, dkim = { key = { file = 'd.pem' } } }\n";
    fs::write(&file, text).unwrap();
    let order = Connection::read(&file).unwrap().order;
    let inside = |name: &str| folder.path().join(name);
    let secret = |name: &str| Some(SecretRef::File(inside(name)));
    assert_eq!(order.journal, Some(inside("log")));
    assert_eq!(order.intercept.as_deref(), Some(Path::new("/held")));
    let pdf = order.pdf.unwrap();
    assert_eq!((pdf.options, pdf.logo), (Some(inside("o.toml")), Some(inside("l.png"))));
    assert_eq!(order.directory.unwrap().path, inside("out"));
    let sftp = order.sftp.unwrap();
    assert_eq!((sftp.known_hosts, sftp.key), (Some(inside("kh")), secret("id")));
    assert_eq!(sftp.password, Some(SecretRef::Env("P".into())));
    let https = order.https.unwrap();
    let certificate = https.client_certificate.unwrap();
    assert_eq!(
        (https.roots, certificate.chain, certificate.key),
        (vec![inside("a.pem")], inside("c.pem"), secret("k.pem"))
    );
    assert_eq!(https.secret_headers["X"], secret("x").unwrap());
    let mail = order.mail.unwrap();
    assert_eq!(
        (mail.roots, mail.password, mail.dkim.unwrap().key),
        (vec![inside("b.pem")], secret("p"), secret("d.pem"))
    );
    assert_eq!(mail.encryption, Encryption::StartTls);

    let error = Connection::read(inside("nowhere.toml")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Read);
    assert!(error.to_string().contains("nowhere.toml"), "{error}");
}

#[test]
fn errors_name_line_table_and_key() {
    for (text, said) in [
        (
            "[order]\nroute = 'sftp'\n[order.sftp]\nhots = 'x'",
            "line 4: order.sftp: unknown key `hots`, expected one of `host`",
        ),
        ("[odrer]\nroute = 'sftp'", "line 1: unknown key `odrer`"),
        ("[order.sftp]\nport = 'x'", "line 2: order.sftp.port: this must be a whole number from 0 to 65535"),
        (
            "[order.sftp]\nport = 70000",
            "line 2: order.sftp.port: this must be a whole number from 0 to 65535",
        ),
        ("order = 5", "line 1: order: this must be a table"),
        ("buyer = ['Delft']", "line 1: buyer: this must be a table"),
        ("[order.mail]\nto = 'a@b'", "line 2: order.mail.to: this must be a list"),
        ("[order.mail]\nallow_plain = 1", "line 2: order.mail.allow_plain: this must be true or false"),
        (
            "[[order.https.answers]]\nhttp = 'all'\nthen = 'accepted'",
            "line 2: order.https.answers.http: this must be a status, such as 200, 4xx or 500-503",
        ),
        ("[order]\nfiles = ['fax']", "line 2: order.files: this must be `xml` or `pdf`"),
        ("[order.mail]\nencryption = 'ssl'", "this must be one of `starttls`, `tls`, `none`"),
        ("[order.retry]\nwait = 5", "line 2: order.retry: unknown key `wait`"),
        ("[[order.https.answers]]\nhttp = 202", "`then` is missing"),
        ("[order\n", "line 1: "),
        ("[order]\nroute = 'a'\nroute = 'b'", "line 3: "),
        ("[call_up]\nmethod = 'put'", "line 2: call_up.method: this must be `post` or `get`"),
    ] {
        let error = Connection::from_toml(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Toml);
        assert!(error.to_string().contains(said), "{text:?}: {error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

/// Wherever a secret stands by mistake, no error shows it.
#[test]
fn errors_hold_no_secret() {
    let inputs = [
        "[order.sftp]\npassword = { env = 'A', value = 'SECRET' }",
        "[order.sftp]\npassword = { value = 'SECRET' }",
        "[order.sftp]\npassword = { inline = 'SECRET' }",
        "[order.sftp]\npassword = ['SECRET']",
        "[order.sftp]\npassword = { file = ['SECRET'] }",
        "[order.sftp]\npassword = 'SECRET",
        "[order.sftp]\npassword = SECRET",
        "[order.sftp]\npassword = 'SECRET' x",
        "[order.sftp]\npasswort = 'SECRET'",
        "[order.sftp]\npassword = 'SECRET'\npassword = 'SECRET'",
        "[order.https]\nheaders = { X = ['SECRET'] }",
        "[order.https]\nheaders = ['SECRET']",
        "[order.https]\nsecret_headers = { X = ['SECRET'] }",
    ];
    for input in inputs {
        let error = Connection::from_toml(&input.replace("SECRET", SECRET)).unwrap_err();
        assert!(!told(&error).contains(SECRET), "{input}: {error:?}");
    }
    for (input, said) in [
        ("[order.sftp]\npassword = 5", "order.sftp.password: a secret is given as"),
        ("[order.sftp]\npassword = true", "order.sftp.password: a secret is given as"),
        ("[order.sftp]\npassword = 1.5", "order.sftp.password: a secret is given as"),
        ("[order.sftp]\npassword = 2026-03-01", "order.sftp.password: a secret is given as"),
        ("[order.sftp]\npassword = { env = '' }", "order.sftp.password: a secret is given as"),
    ] {
        let error = Connection::from_toml(input).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

/// What may be printed of a connection: all of it.
#[test]
fn connections_print_no_secret() {
    let text = "allow_inline_secrets = true\n[call_up]\nurl = 'https://u:SECRET@shop.example/?p=SECRET'\n\
        [order]\nroute = 'https'\n[order.https]\nurl = 'https://u:SECRET@shop.example/o?p=SECRET'\nuser = 'u'\npassword = 'SECRET'\n\
        headers = { X = 'SECRET' }\nsecret_headers = { Y = 'SECRET' }\n[order.sftp]\nkey = 'SECRET'\n";
    let connection = connection(&text.replace("SECRET", SECRET));
    assert!(!format!("{connection:?}").contains(SECRET), "{connection:?}");
    assert_eq!(connection.order.https.as_ref().unwrap().url.to_string(), "https://shop.example/o");
    let error = connection.transport(&SystemSecrets).map(drop).unwrap_err();
    assert!(!told(&error).contains(SECRET), "{error:?}");
}
