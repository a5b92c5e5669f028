//! What the linter finds: a case for each finding, and clean ones.

use punchout::connection::{Connection, ErrorKind, SystemSecrets, lint};
use punchout::core::{All, Diagnostic, Severity};

use Severity::{Error, Note, Warning};

use crate::support::{SECRET, connection, told};

const HTTPS: &str =
    "[order]\nroute = 'https'\njournal = 'j'\n[order.https]\nurl = 'https://shop.example/orders'\n";
const SFTP: &str = "[order]\nroute = 'sftp'\njournal = 'j'\n[order.sftp]\nhost = 'shop.example'\nuser = 'delft'\n\
    password = { env = 'P' }\nhost_keys = ['SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o']\n";
const MAIL: &str = "[order]\nroute = 'mail'\njournal = 'j'\npdf = { options = 'o.toml' }\n[order.mail]\nhost = 'mail.example'\n\
    from = 'Delft <orders@delft.example>'\nto = ['orders@shop.example']\n";
const DIRECTORY: &str = "[order]\nroute = 'directory'\njournal = 'j'\ndirectory = { path = 'out' }\n";
const NONE: &str = "[order]\nroute = 'none'\n";

fn found(text: &str) -> Vec<Diagnostic> {
    let mut found = All::new();
    lint(&connection(text), &mut found);
    found.into_found()
}

#[test]
fn clean_descriptions_are_clean() {
    for text in [HTTPS, SFTP, MAIL, DIRECTORY, NONE] {
        assert_eq!(found(text), [], "{text}");
    }
    let login = "[call_up]\nurl = 'https://shop.example/login'\n".to_owned() + HTTPS;
    assert_eq!(found(&login), []);
}

/// A clean file, what is replaced in it by what, and the finding: its code,
/// severity and place.
const CASES: &[(&str, &str, &str, &str, Severity, &str)] = &[
    (DIRECTORY, "journal = 'j'", "journal = 'out/'", "CON-DIRECTORY", Error, "order.journal"),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example/orders'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://SHOP.example:443/orders/#top'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example:443/orders'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example./orders'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example//orders//'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example/%6frders'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example/x/../orders'\n[order]",
        "CON-ORDER-LOGIN",
        Error,
        "order.https.url",
    ),
    (HTTPS, "url", "answers = [{ then = 'accepted' }]\nurl", "CON-ANSWER", Error, "order.https.answers"),
    (HTTPS, "url", "answers = [{ then = 'rejected' }]\nurl", "CON-ANSWER", Error, "order.https.answers"),
    (
        HTTPS,
        "url",
        "answers = [{ then = 'accepted', text = '', contains = true }]\nurl",
        "CON-ANSWER",
        Error,
        "order.https.answers",
    ),
    (
        HTTPS,
        "url",
        "answers = [{ then = 'accepted', text = 'OK' }]\nurl",
        "CON-ANSWER",
        Error,
        "order.https.answers",
    ),
    (
        HTTPS,
        "url",
        "answers = [{ then = 'accepted-later', kind = 'html' }]\nurl",
        "CON-ANSWER",
        Error,
        "order.https.answers",
    ),
    (
        HTTPS,
        "url",
        "answers = [{ then = 'accepted', http = '200-500', text = 'OK' }]\nurl",
        "CON-ANSWER",
        Warning,
        "order.https.answers",
    ),
    (HTTPS, "url", "headers = { X-Pass = 'x' }\nurl", "CON-SECRET-INLINE", Error, "order.https.headers"),
    (HTTPS, "url", "headers = { X-Auth-Code = 'x' }\nurl", "CON-SECRET-INLINE", Error, "order.https.headers"),
    (HTTPS, "url", "headers = { X-Session = 'x' }\nurl", "CON-SECRET-INLINE", Error, "order.https.headers"),
    (HTTPS, "url", "headers = { ApiKey = 'x' }\nurl", "CON-SECRET-INLINE", Error, "order.https.headers"),
    (HTTPS, "shop.example/", "shop.example:0/", "CON-LIMIT", Error, "order.https.url"),
    (HTTPS, "url", "send_seconds = 2678401\nurl", "CON-LIMIT", Error, "order.https.send_seconds"),
    (
        HTTPS,
        "journal",
        "retry = { wait_seconds = 2678401 }\njournal",
        "CON-LIMIT",
        Error,
        "order.retry.wait_seconds",
    ),
    (
        HTTPS,
        "journal",
        "retry = { jitter_percent = 101 }\njournal",
        "CON-LIMIT",
        Warning,
        "order.retry.jitter_percent",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'https://shop.example/orders?login=1'\n[order]",
        "CON-ORDER-LOGIN",
        Warning,
        "order.https.url",
    ),
    (
        HTTPS,
        "[order]",
        "[call_up]\nurl = 'http://shop.example/login'\n[order]",
        "CON-PLAIN",
        Error,
        "call_up.url",
    ),
    (HTTPS, "[order]", "[call_up]\nurl = 'shop'\n[order]", "CON-URL", Error, "call_up.url"),
    (HTTPS, "[order]", "[call_up]\nurl = ''\n[order]", "CON-MISSING", Error, "call_up.url"),
    (HTTPS, "https://shop", "http://shop", "CON-PLAIN", Error, "order.https.url"),
    (HTTPS, "https://shop", "http://127.0.0.1/shop", "CON-PLAIN", Error, "order.https.url"),
    (HTTPS, "url = 'https", "allow_plain = true\nurl = 'http", "CON-PLAIN", Warning, "order.https.url"),
    (HTTPS, "https://", "ftp://", "CON-URL", Error, "order.https.url"),
    (HTTPS, "https://", "mailto:", "CON-URL", Error, "order.https.url"),
    (HTTPS, "https://", "https://delft:x@", "CON-URL", Error, "order.https.url"),
    (HTTPS, "url = 'https://shop.example/orders'", "", "CON-MISSING", Error, "order.https.url"),
    (HTTPS, "url", "user = 'delft'\nurl", "CON-CREDENTIALS", Error, "order.https.password"),
    (HTTPS, "url", "password = { env = 'P' }\nurl", "CON-CREDENTIALS", Error, "order.https.user"),
    (HTTPS, "url", "user = ''\npassword = { env = 'P' }\nurl", "CON-CREDENTIALS", Error, "order.https.user"),
    (
        HTTPS,
        "url",
        "user = 'd'\npassword = { env = 'P' }\ntoken = { env = 'T' }\nurl",
        "CON-CREDENTIALS",
        Error,
        "order.https.token",
    ),
    (HTTPS, "url", "token = 'x'\nurl", "CON-SECRET-INLINE", Error, "order.https.token"),
    (
        HTTPS,
        "url",
        "secret_headers = { X-Key = 'x' }\nurl",
        "CON-SECRET-INLINE",
        Error,
        "order.https.secret_headers.X-Key",
    ),
    (HTTPS, "url", "headers = { X-Api-Key = 'x' }\nurl", "CON-SECRET-INLINE", Error, "order.https.headers"),
    (
        HTTPS,
        "url",
        "headers = { Authorization = 'x' }\nurl",
        "CON-SECRET-INLINE",
        Error,
        "order.https.headers",
    ),
    (
        HTTPS,
        "url",
        "client_certificate = { key = { env = 'K' } }\nurl",
        "CON-MISSING",
        Error,
        "order.https.client_certificate.chain",
    ),
    (
        HTTPS,
        "url",
        "client_certificate = { chain = 'c.pem' }\nurl",
        "CON-MISSING",
        Error,
        "order.https.client_certificate.key",
    ),
    (HTTPS, "url", "only_given_roots = true\nurl", "CON-MISSING", Error, "order.https.only_given_roots"),
    (HTTPS, "url", "send_seconds = 0\nurl", "CON-LIMIT", Error, "order.https.send_seconds"),
    (HTTPS, "url", "answer_bytes = 0\nurl", "CON-LIMIT", Error, "order.https.answer_bytes"),
    (HTTPS, "url", "recognises_repeats = true\nurl", "CON-UNUSED", Warning, "order.https.recognises_repeats"),
    (
        HTTPS,
        "journal",
        "files = ['pdf', 'xml']\npdf = { options = 'o' }\njournal",
        "CON-FILES",
        Error,
        "order.files",
    ),
    (HTTPS, "journal", "files = ['xml', 'xml']\njournal", "CON-FILES", Error, "order.files"),
    (HTTPS, "journal", "files = ['xml', 'pdf']\njournal", "CON-MISSING", Error, "order.pdf.options"),
    (HTTPS, "journal", "pdf = { options = 'o' }\njournal", "CON-UNUSED", Warning, "order.pdf"),
    (HTTPS, "journal", "file_name = 'order'\njournal", "CON-FILES", Error, "order.file_name"),
    (HTTPS, "journal", "language = 'tlh'\njournal", "CON-LANGUAGE", Error, "order.language"),
    (HTTPS, "journal", "limit_seconds = 0\njournal", "CON-LIMIT", Error, "order.limit_seconds"),
    (
        HTTPS,
        "journal",
        "retry = { wait_seconds = 0 }\njournal",
        "CON-LIMIT",
        Warning,
        "order.retry.wait_seconds",
    ),
    (HTTPS, "journal", "intercept = 'held'\njournal", "CON-INTERCEPT", Note, "order.intercept"),
    (HTTPS, "journal = 'j'", "", "CON-JOURNAL", Note, "order.journal"),
    (HTTPS, "journal", "directory = { path = 'x' }\njournal", "CON-UNUSED", Warning, "order.directory"),
    (HTTPS, "route = 'https'", "", "CON-ROUTE", Error, "order.route"),
    (HTTPS, "'https'", "'fax'", "CON-ROUTE", Error, "order.route"),
    (HTTPS, "'https'", "'sftp'", "CON-TABLE", Error, "order.sftp"),
    (
        SFTP,
        "host_keys = ['SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o']",
        "",
        "CON-HOST-KEY",
        Error,
        "order.sftp.host_keys",
    ),
    (SFTP, "host_keys", "known_hosts = 'kh'\nhost_keys", "CON-HOST-KEY", Error, "order.sftp.known_hosts"),
    (SFTP, "host = 'shop.example'", "", "CON-MISSING", Error, "order.sftp.host"),
    (SFTP, "'shop.example'", "'sftp://shop.example'", "CON-HOST", Error, "order.sftp.host"),
    (SFTP, "'shop.example'", "'shop.example:2222'", "CON-HOST", Error, "order.sftp.host"),
    (SFTP, "'shop.example'", "'u:x@shop.example'", "CON-HOST", Error, "order.sftp.host"),
    (SFTP, "user = 'delft'", "", "CON-MISSING", Error, "order.sftp.user"),
    (SFTP, "password = { env = 'P' }", "", "CON-CREDENTIALS", Error, "order.sftp.password"),
    (SFTP, "user", "key = { file = 'k' }\nuser", "CON-CREDENTIALS", Error, "order.sftp.key"),
    (SFTP, "user", "passphrase = { env = 'K' }\nuser", "CON-CREDENTIALS", Error, "order.sftp.passphrase"),
    (SFTP, "{ env = 'P' }", "'x'", "CON-SECRET-INLINE", Error, "order.sftp.password"),
    (SFTP, "user", "port = 0\nuser", "CON-LIMIT", Error, "order.sftp.port"),
    (MAIL, "to = ['orders@shop.example']", "", "CON-MAILBOX", Error, "order.mail.to"),
    (MAIL, "['orders@shop.example']", "['']", "CON-MAILBOX", Error, "order.mail.to"),
    (MAIL, "orders@shop.example", "shop.example", "CON-MAILBOX", Error, "order.mail.to"),
    (MAIL, "from = 'Delft <orders@delft.example>'", "", "CON-MAILBOX", Error, "order.mail.from"),
    (MAIL, "host", "reply_to = 'Delft <>'\nhost", "CON-MAILBOX", Error, "order.mail.reply_to"),
    (MAIL, "host = 'mail.example'", "", "CON-MISSING", Error, "order.mail.host"),
    (MAIL, "'mail.example'", "'smtp://u:x@mail.example'", "CON-HOST", Error, "order.mail.host"),
    (MAIL, "host", "hello_name = 'u:x@erp'\nhost", "CON-HOST", Error, "order.mail.hello_name"),
    (MAIL, "'Delft <orders@delft.example>'", "'u:x@delft.example'", "CON-MAILBOX", Error, "order.mail.from"),
    (
        MAIL,
        "host",
        "dkim = { domain = 'u:x@d', selector = 's', key = { env = 'K' } }\nhost",
        "CON-HOST",
        Error,
        "order.mail.dkim.domain",
    ),
    (MAIL, "host", "encryption = 'none'\nhost", "CON-PLAIN", Error, "order.mail.encryption"),
    (
        MAIL,
        "host",
        "encryption = 'none'\nallow_plain = true\nhost",
        "CON-PLAIN",
        Warning,
        "order.mail.encryption",
    ),
    (MAIL, "host", "user = 'delft'\nhost", "CON-CREDENTIALS", Error, "order.mail.password"),
    (
        MAIL,
        "host",
        "dkim = { domain = 'd.example', key = { env = 'K' } }\nhost",
        "CON-MISSING",
        Error,
        "order.mail.dkim.selector",
    ),
    (MAIL, "host", "only_given_roots = true\nhost", "CON-MISSING", Error, "order.mail.only_given_roots"),
    (MAIL, "pdf = { options = 'o.toml' }", "", "CON-MISSING", Error, "order.pdf.options"),
    (DIRECTORY, "{ path = 'out' }", "{ }", "CON-MISSING", Error, "order.directory.path"),
    (NONE, "'none'", "'none'\ndirectory = { path = 'x' }", "CON-UNUSED", Warning, "order.directory"),
];

#[test]
fn each_finding_has_its_case() {
    for &(clean, from, to, code, severity, at) in CASES {
        assert!(clean.contains(from), "{from} is not in {clean}");
        let text = clean.replacen(from, to, 1);
        let all = found(&text);
        let one = all
            .iter()
            .find(|finding| (finding.code.as_str(), finding.severity, &*finding.at) == (code, severity, at));
        let one = one.unwrap_or_else(|| panic!("no {severity} {code} at {at}: {all:#?}\n{text}"));
        assert!(one.help.as_ref().is_some_and(|help| !help.is_empty()), "{one}");
        // a wrong route leaves its tables unused; nothing else has a second finding
        assert!(all.len() == 1 || from.contains("'https'"), "{all:#?}\n{text}");
        if severity == Error {
            let error = connection(&text).transport(&SystemSecrets).map(drop).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Finding, "{text}");
            assert!(error.to_string().contains(": "), "{error}");
        }
    }
}

#[test]
fn without_its_lock_it_is_the_same_door() {
    let all = found(&format!("[call_up]\nallow_plain = true\nurl = 'http://shop.example/orders'\n{HTTPS}"));
    assert!(
        all.iter().any(|finding| finding.code.as_str() == "CON-ORDER-LOGIN" && finding.severity == Error),
        "{all:?}"
    );
}

/// What goes to this machine may go in the open, and what is said so is allowed.
#[test]
fn allowed_is_allowed() {
    for url in ["http://127.0.0.1:8080/o", "http://localhost/o", "http://[::1]/o"] {
        let to = format!("allow_plain = true\nurl = '{url}'");
        assert_eq!(found(&HTTPS.replace("url = 'https://shop.example/orders'", &to)), []);
    }
    let mail =
        MAIL.replace("host = 'mail.example'", "host = '127.0.0.1'\nencryption = 'none'\nallow_plain = true");
    assert_eq!(found(&mail), []);
    for rule in [
        "{ then = 'accepted', http = '2xx', text = 'OK' }",
        "{ then = 'accepted', status = 500, text = 'already processed', contains = true }",
        "{ then = 'rejected', text = 'no' }",
    ] {
        assert_eq!(found(&HTTPS.replace("url", &format!("answers = [{rule}]\nurl"))), []);
    }
    for header in ["X-Customer", "X-Author", "X-Company", "X-Monkeys"] {
        assert_eq!(found(&HTTPS.replace("url", &format!("headers = {{ {header} = '1' }}\nurl"))), []);
    }
    for other in ["https://shop.example:8443/orders", "https://shop.example/Orders", "https://shop.example/"]
    {
        assert_eq!(found(&format!("[call_up]\nurl = '{other}'\n{HTTPS}")), [], "{other}");
    }
    let inline = format!("allow_inline_secrets = true\n{}", SFTP.replace("{ env = 'P' }", "'x'"));
    assert_eq!(found(&inline), []);
}

#[test]
fn findings_have_their_place() {
    let text = "[order]\nroute = 'https'\n[order.https]\nurl = 'http://shop.example/o'\nsecret_headers = { 'X.Key' = 'SECRET' }\n";
    let text = text.replace("SECRET", SECRET);
    let mut all = All::new();
    Connection::check(&text, &mut all).unwrap();
    let at = |code: &str| {
        let finding = all.found().iter().find(|finding| finding.code.as_str() == code).unwrap();
        assert!(!finding.to_string().contains(SECRET), "{finding}");
        &text[finding.span.clone().unwrap()]
    };
    assert_eq!(at("CON-PLAIN"), "url");
    assert_eq!(at("CON-SECRET-INLINE"), "'X.Key'");
    // what is not there belongs here
    assert_eq!(at("CON-JOURNAL"), "order");
    let error = Connection::from_toml(&text).unwrap().transport(&SystemSecrets).map(drop).unwrap_err();
    assert!(!told(&error).contains(SECRET), "{error:?}");
}

/// What is kept would be taken away by the supplier as if it were sent.
#[test]
fn orders_are_not_kept_where_the_supplier_takes_them_from() {
    let kept = DIRECTORY.replacen("journal", "intercept = 'out'\njournal", 1);
    let codes = |text: &str| found(text).iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>();
    assert_eq!(codes(&kept), ["CON-DIRECTORY", "CON-INTERCEPT"]);
    // another place, or another way
    assert_eq!(codes(&kept.replacen("'out'", "'out/held'", 1)), ["CON-INTERCEPT"]);
    assert_eq!(codes(&HTTPS.replacen("journal", "intercept = 'out'\njournal", 1)), ["CON-INTERCEPT"]);
}
