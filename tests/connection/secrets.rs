//! A secret in the wrong place: wherever it stands in a description, and in
//! whatever form, nothing that is said shows it.

use punchout::connection::{Connection, SecretRef, lint};
use punchout::core::{All, Ignore, Secret};

use crate::support::{order, told};

const MARK: &str = "hunter2";

/// Every key that there is, with a value that it may have. The kind says what
/// may be shown of a text: nothing of a value that people would not look for
/// there, and all of a name or a place, unless it is like a secret.
pub(crate) const FULL: &[(&str, &str, Kind)] = &[
    ("name", "'Delft'", Name),
    ("allow_inline_secrets", "false", Other),
    ("buyer.name", "'Delft'", Name),
    ("supplier.name", "'Bolts'", Name),
    ("call_up.protocol", "'oci'", Other),
    ("call_up.profile", "'lenient'", Name),
    ("call_up.url", "'https://shop.example/login'", Name),
    ("call_up.method", "'post'", Other),
    ("call_up.allow_plain", "false", Other),
    ("order.route", "'ROUTE'", Other),
    ("order.files", "['xml']", Other),
    ("order.file_name", "'{order_number}'", Name),
    ("order.language", "'nl'", Name),
    ("order.limit_seconds", "300", Other),
    ("order.journal", "'journal'", Place),
    ("order.intercept", "'held'", Place),
    ("order.pdf.options", "'o.toml'", Place),
    ("order.pdf.logo", "'logo.png'", Place),
    ("order.retry.retries", "1", Other),
    ("order.retry.wait_seconds", "1", Other),
    ("order.retry.factor", "1", Other),
    ("order.retry.longest_wait_seconds", "1", Other),
    ("order.retry.longest_retry_after_seconds", "1", Other),
    ("order.retry.jitter_percent", "1", Other),
    ("order.directory.path", "'out'", Place),
    ("order.mail.host", "'mail.example'", Name),
    ("order.mail.port", "587", Other),
    ("order.mail.encryption", "'starttls'", Other),
    ("order.mail.allow_plain", "false", Other),
    ("order.mail.user", "'delft'", Name),
    ("order.mail.password", "{ env = 'P' }", Other),
    ("order.mail.hello_name", "'erp.example'", Name),
    ("order.mail.from", "'a@delft.example'", Name),
    ("order.mail.reply_to", "'a@delft.example'", Name),
    ("order.mail.envelope_sender", "'a@delft.example'", Name),
    ("order.mail.to", "['a@shop.example']", Name),
    ("order.mail.cc", "['b@shop.example']", Name),
    ("order.mail.optional_cc", "['c@shop.example']", Name),
    ("order.mail.delivery_notices", "false", Other),
    ("order.mail.read_receipt_to", "'a@delft.example'", Name),
    ("order.mail.text", "'{subject}'", Name),
    ("order.mail.html", "'<p>{subject}</p>'", Name),
    ("order.mail.dkim.domain", "'delft.example'", Name),
    ("order.mail.dkim.selector", "'s1'", Name),
    ("order.mail.dkim.key", "{ env = 'P' }", Other),
    ("order.mail.roots", "[]", Place),
    ("order.mail.only_given_roots", "false", Other),
    ("order.mail.connect_seconds", "1", Other),
    ("order.mail.limit_seconds", "1", Other),
    ("order.https.url", "'https://shop.example/orders'", Name),
    ("order.https.allow_plain", "false", Other),
    ("order.https.user", "'delft'", Name),
    ("order.https.password", "{ env = 'P' }", Other),
    ("order.https.token", "{ env = 'P' }", Other),
    ("order.https.headers", "{ X-Customer = '4711' }", Other),
    ("order.https.headers.X-Customer", "'4711'", Other),
    ("order.https.secret_headers", "{ X-Key = { env = 'P' } }", Other),
    ("order.https.secret_headers.X-Key", "{ env = 'P' }", Other),
    ("order.https.client_certificate.chain", "'c.pem'", Place),
    ("order.https.client_certificate.key", "{ env = 'P' }", Other),
    ("order.https.roots", "[]", Place),
    ("order.https.only_given_roots", "false", Other),
    ("order.https.connect_seconds", "1", Other),
    ("order.https.send_seconds", "1", Other),
    ("order.https.answer_seconds", "1", Other),
    ("order.https.answer_bytes", "1000", Other),
    ("order.https.recognises_repeats", "false", Other),
    ("order.https.answers", "[]", Other),
    ("order.sftp.host", "'sftp.example'", Name),
    ("order.sftp.port", "22", Other),
    ("order.sftp.user", "'delft'", Name),
    ("order.sftp.password", "{ env = 'P' }", Other),
    ("order.sftp.key", "{ env = 'P' }", Other),
    ("order.sftp.passphrase", "{ env = 'P' }", Other),
    ("order.sftp.host_keys", "['SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o']", Name),
    ("order.sftp.known_hosts", "'known_hosts'", Place),
    ("order.sftp.directory", "'/orders'", Name),
    ("order.sftp.replace_existing", "false", Other),
    ("order.sftp.connect_seconds", "1", Other),
    ("order.sftp.answer_seconds", "1", Other),
    ("order.sftp.limit_seconds", "1", Other),
    // tables as a whole
    ("buyer", "{}", Other),
    ("supplier", "{}", Other),
    ("call_up", "{ url = 'https://shop.example/login' }", Other),
    ("order", "{}", Other),
    ("order.pdf", "{}", Other),
    ("order.retry", "{}", Other),
    ("order.mail", "{}", Other),
    ("order.mail.dkim", "{}", Other),
    ("order.https", "{}", Other),
    ("order.https.client_certificate", "{}", Other),
    ("order.sftp", "{}", Other),
    ("order.directory", "{}", Other),
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Name,
    Place,
    Other,
}
use Kind::{Name, Other, Place};

const SHAPES: [&str; 5] = [
    MARK,
    "https://u:hunter2@shop.example/",
    "u:hunter2@shop.example",
    "-----BEGIN PRIVATE KEY hunter2",
    ", expected hunter2",
];

/// The description with another value for one key; keys that contain it, or
/// are in it, are left out.
fn described(route: &str, changed: &str, value: &str) -> String {
    let is_within =
        |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let is_table = |key: &str| FULL.iter().any(|(inner, ..)| is_within(inner, key));
    let others = FULL.iter().filter(|(key, ..)| {
        *key != changed && !is_table(key) && !is_within(key, changed) && !is_within(changed, key)
    });
    let lines = others.map(|(key, value, _)| format!("{key} = {}\n", value.replace("ROUTE", route)));
    lines.chain([format!("{changed} = {value}\n")]).collect()
}

/// Tables of other routes are not looked at; the rest is looked at once.
fn matters(key: &str, route: &str) -> bool {
    let table = ["mail", "https", "sftp", "directory"]
        .into_iter()
        .find(|table| key.starts_with(&format!("order.{table}")));
    table.unwrap_or("https") == route
}

#[test]
fn the_full_description_is_one() {
    for route in ["mail", "https", "sftp", "directory", "none"] {
        let text = described(route, "name", "'Delft'");
        Connection::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }
    // a key that is new belongs into the list: those of its table are all named
    for (table, value) in
        [("order.mail.x", "1"), ("order.https.x", "1"), ("order.sftp.x", "1"), ("order.x", "1")]
    {
        let error = Connection::from_toml(&format!("{table} = {value}")).unwrap_err().to_string();
        for key in error.split_once("one of ").unwrap().1.split(", ").map(|key| key.trim_matches('`')) {
            let key = format!("{}{key}", table.trim_end_matches('x'));
            assert!(FULL.iter().any(|(known, ..)| *known == key), "{key}");
        }
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_not_shown() {
    let forms = [
        "'M'",
        "['M']",
        "[['M']]",
        "[{ x = 'M' }]",
        "{ x = 'M' }",
        "{ x = ['M'] }",
        "{ env = 'M' }",
        "{ file = 'M' }",
        "{ env = ['M'] }",
        "[{ then = 'M' }]",
        "[{ then = 'accepted', http = 'M' }]",
        "[{ then = 'accepted', status = ['M'] }]",
        "[{ then = 'accepted', kind = 'M' }]",
        "[{ then = 'accepted', text = ['M'] }]",
        "[{ then = 'accepted', contains = 'M' }]",
    ];
    let vault = |_: &SecretRef| Ok(Secret::new("s"));
    let (mut refused, mut taken) = (0, 0);
    for route in ["mail", "https", "sftp", "directory"] {
        for &(key, _, kind) in FULL.iter().filter(|(key, ..)| matters(key, route)) {
            for (form, shape) in forms.iter().flat_map(|form| SHAPES.map(|shape| (form, shape))) {
                let text = described(route, key, &form.replace('M', shape));
                let clean = |said: &str| assert!(!said.contains(MARK), "{key} = {form}, {shape}: {said}");
                let connection = match Connection::from_toml(&text) {
                    Ok(connection) => connection,
                    Err(error) => {
                        refused += 1;
                        clean(&told(&error));
                        // in words for people
                        for word in
                            ["struct", "sequence", "u16", "u32", "u64", "usize", "enum", " map", "invalid"]
                        {
                            assert!(!error.to_string().contains(word), "{error}");
                        }
                        assert!(error.to_string().starts_with("line "), "{error}");
                        continue;
                    }
                };
                taken += 1;
                let mut found = All::new();
                lint(&connection, &mut found);
                found.found().iter().for_each(|finding| clean(&finding.to_string()));
                // a name by itself is shown where names belong
                let is_plain = shape == MARK || shape.starts_with(',');
                let is_name = kind != Other || form.starts_with("{ env") || form.starts_with("{ file");
                if !(is_plain && is_name) {
                    clean(&format!("{connection:?} {connection:#?}"));
                }
                if is_plain && (kind == Place || form.contains("file =")) {
                    continue;
                }
                if let Err(error) = connection.transport(&vault) {
                    clean(&told(&error));
                }
                if let Err(error) = connection.consignment(&order(), &mut Ignore) {
                    clean(&told(&error));
                }
            }
        }
    }
    assert!(refused > 4000 && taken > 300, "{refused} {taken}");
}
