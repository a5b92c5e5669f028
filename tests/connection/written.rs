//! TOML out: what is written is read as the same connection.

use proptest::prelude::*;
use punchout::connection::{Connection, ErrorKind, HttpsRoute, SecretRef};
use punchout::core::Secret;

use crate::secrets::FULL;
use crate::support::{SECRET, connection, told};

/// Any part of the full description; a key and the table that it is in do not
/// go together.
fn described() -> impl Strategy<Value = String> {
    let some = prop::sample::subsequence(FULL, 0..FULL.len());
    let route = prop::sample::select(vec!["mail", "https", "sftp", "directory", "none", "", "fax"]);
    (some, route, any::<bool>()).prop_map(|(some, route, set)| {
        let is_apart = |key: &str| {
            some.iter().all(|(other, ..)| {
                let inner = other.strip_prefix(key);
                !inner.is_some_and(|rest| rest.starts_with('.'))
            })
        };
        let kept = some.iter().filter(|(key, ..)| is_apart(key));
        let line = |(key, value, _): &(&str, &str, crate::secrets::Kind)| {
            let value = if set { value.replace("false", "true") } else { (*value).to_owned() };
            format!(
                "{key} = {}\n",
                value.replace("ROUTE", route).replace("env =", if set { "file =" } else { "env =" })
            )
        };
        kept.map(line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(text in described()) {
        let connection = connection(&text);
        let written = connection.to_toml().unwrap();
        prop_assert_eq!(Connection::from_toml(&written).unwrap(), connection, "{}", written);
        // what is not set is not written: nothing is there that was not
        let keys = |text: &str| text.lines().filter(|line| line.contains(" = ")).count();
        prop_assert!(keys(&written) <= keys(&text) + 6, "{} {}", text, written);
    }
}

#[test]
fn all_of_it_is_written() {
    let text = "name = 'a \"b\"'\n[order]\nroute = 'https'\nretry = {}\n[order.https]\nurl = 'https://shop.example/o'\n\
        answers = [{ http = '2xx', text = 'OK', then = 'accepted-later' }]\nheaders = { X-Customer = '4711' }\n\
        secret_headers = { X-Key = { file = 'k' } }\n";
    let connection = connection(text);
    let written = connection.to_toml().unwrap();
    assert_eq!(Connection::from_toml(&written).unwrap(), connection);
    for line in ["[[order.https.answers]]", "X-Customer = \"4711\"", "file = \"k\"", "retries = 10"] {
        assert!(
            written.lines().any(|written| written == line || written.contains(line)),
            "{line}: {written}"
        );
    }
    assert!(!written.contains("allow_") && !written.contains("sftp"), "{written}");
    assert_eq!(Connection::default().to_toml().unwrap(), "");
}

#[test]
fn a_secret_is_written_only_where_it_may_stand() {
    let mut route = HttpsRoute::new("https://shop.example/o");
    route.token = Some(SecretRef::Inline(Secret::new(SECRET)));
    let mut connection = Connection::new(route);
    let error = connection.to_toml().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Finding);
    assert!(
        error.to_string().starts_with("order.https.token: ") && !told(&error).contains(SECRET),
        "{error}"
    );
    connection.allow_inline_secrets = true;
    let written = connection.to_toml().unwrap();
    assert!(written.contains(SECRET));
    assert_eq!(Connection::from_toml(&written).unwrap(), connection);
}
