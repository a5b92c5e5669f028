//! What is wrong with a value, in words for whoever writes a description.
//!
//! serde says what it found, and that may be a secret which stands in the
//! wrong place. So nothing is passed on but keys and what was expected.

use toml::de::{DeTable, DeValue};

use super::secret::{EXPECTED, NO_TEXT};

/// What to say of a key, in place of what serde says of it.
pub(super) fn said(key: &str, message: &str) -> String {
    let message = message.trim();
    if matches!(message, EXPECTED | NO_TEXT) {
        return message.to_owned();
    }
    let starts = |with: &str| message.starts_with(with);
    if starts("unknown field `") || starts("duplicate field `") {
        return message.replacen("unknown field", "unknown key", 1).replacen(
            "duplicate field",
            "repeated key",
            1,
        );
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("{field} is missing");
    }
    let is_of_serde = ["invalid type: ", "invalid value: ", "unknown variant "].into_iter().any(starts);
    // what was found may itself speak of what is expected: the last word counts
    let expected = message.rsplit_once(", expected ").map(|(_, expected)| expected);
    match form(key, expected.filter(|_| is_of_serde).unwrap_or_default()) {
        Some(form) => format!("this must be {form}"),
        None => "this cannot be used".to_owned(),
    }
}

/// A form by what serde calls it, and by its key where serde has no word for
/// it.
fn form<'a>(key: &str, expected: &'a str) -> Option<&'a str> {
    let form = match expected {
        _ if expected.starts_with('`') || expected.starts_with("one of `") => expected,
        "a map" => "a table",
        "a sequence" => "a list",
        "a string" => "a text in quotation marks",
        "path string" => "a path in quotation marks",
        "a boolean" => "true or false",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more",
        _ if expected.starts_with("struct ") => "a table",
        _ => match key.rsplit('.').next()? {
            "protocol" => "`oci` or `cxml`",
            "method" => "`post` or `get`",
            "encryption" => "one of `starttls`, `tls`, `none`",
            "files" => "a list of `xml` and `pdf`",
            "http" | "status" => "a status, such as 200, 4xx or 500-503",
            "then" => "one of `accepted`, `accepted-later`, `rejected`, `try-again`, `unknown`",
            "kind" => "a word such as `empty`, `text` or `html`",
            _ => return None,
        },
    };
    Some(form)
}

/// A list where a table belongs; serde would take its entries for the values of
/// the table's keys, in their order. Gives the key, and where it is.
pub(super) fn list_for_table(text: &str) -> Option<(&'static str, usize)> {
    let tables = DeTable::parse(text).ok()?.into_inner();
    TABLES.iter().find_map(|&path| {
        let (mut table, mut found) = (&tables, None);
        for key in path.split('.') {
            let (key, value) = table.iter().find(|(known, _)| known.get_ref() == key)?;
            found = Some((key.span().start, value.get_ref()));
            if let DeValue::Table(inner) = value.get_ref() {
                table = inner;
            }
        }
        match found {
            Some((at, DeValue::Array(list))) if path != RULES => (!list.is_empty()).then_some((path, at)),
            Some((at, DeValue::Array(rules))) => {
                let is_list = |rule: &toml::Spanned<DeValue<'_>>| matches!(rule.get_ref(), DeValue::Array(_));
                rules.iter().any(is_list).then_some((path, at))
            }
            _ => None,
        }
    })
}

/// The one that is a list of tables.
const RULES: &str = "order.https.answers";

const TABLES: &[&str] = &[
    "buyer",
    "supplier",
    "call_up",
    "order",
    "order.pdf",
    "order.mail",
    "order.mail.dkim",
    "order.https",
    "order.https.client_certificate",
    RULES,
    "order.sftp",
    "order.directory",
    "order.retry",
];
