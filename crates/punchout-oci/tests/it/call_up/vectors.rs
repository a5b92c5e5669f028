use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use punchout_core::{All, Severity};
use punchout_oci::{CallUp, CallUpDecoder};

use super::short;

/// What each published call-up is expected to be read as: its function, how
/// many parameters have no place of their own, and the codes of the findings.
const EXPECTED: [(&str, Option<&str>, usize, &[&str]); 29] = [
    ("001", Some("BACKGROUND_SEARCH"), 1, &["PWD-GET", "HOOK-HTTP"]),
    ("002", Some("BACKGROUND_SEARCH"), 0, &["HOOK-HTTP"]),
    ("003", None, 1, &["PWD-GET", "HOOK-MISSING", "PLACEHOLDER", "PLACEHOLDER"]),
    ("004", None, 0, &["PWD-GET"]),
    ("005", Some("DETAILADD"), 0, &[]),
    ("006", None, 1, &["PWD-GET"]),
    ("007", None, 0, &["PWD-GET"]),
    ("008", None, 0, &["PWD-GET"]),
    ("009", Some("DETAIL"), 0, &["PWD-GET"]),
    ("010", None, 1, &["PWD-GET"]),
    ("011", None, 0, &[]),
    ("012", Some("DETAIL"), 0, &["PWD-GET"]),
    ("013", Some("VALIDATE"), 3, &[]),
    ("014", Some("VALIDATE"), 4, &[]),
    ("015", Some("DOWNLOADJSON"), 0, &[]),
    ("016", Some("DOWNLOADJSON"), 0, &["PWD-GET", "HOOK-MISSING"]),
    ("017", None, 5, &["HOOK-RAW", "PWD-GET"]),
    ("018", None, 15, &[]),
    ("019", None, 0, &["PWD-GET"]),
    ("020", Some("BACKGROUND_SEARCH"), 0, &["PWD-GET"]),
    ("021", None, 3, &["HOOK-HTTP"]),
    ("022", None, 0, &["PWD-GET", "HOOK-HTTP"]),
    ("023", None, 7, &["PWD-GET"]),
    ("024", None, 7, &[]),
    ("025", None, 2, &["HOOK-HTTP"]),
    ("026", None, 2, &[]),
    ("027", None, 1, &[]),
    ("028", None, 1, &[]),
    ("029", None, 0, &["PWD-GET"]),
];

/// The published call-ups, if this machine has them.
fn vectors() -> Option<BTreeMap<String, (String, String)>> {
    let Ok(data) = std::env::var("PUNCHOUT_DATA") else {
        println!("skipped: PUNCHOUT_DATA is not set");
        return None;
    };
    let folder = PathBuf::from(data).join("oci");
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let rows = index.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let vectors = rows.filter(|row| row.get(1) == Some(&"callup")).map(|row| {
        let text = std::fs::read_to_string(folder.join(row[0])).unwrap();
        (row[0].to_owned(), (text, row[3].to_owned()))
    });
    Some(vectors.collect())
}

fn is_url(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "url")
}

fn decode(name: &str, text: &str) -> (CallUp, All) {
    let mut found = All::new();
    let decoder = CallUpDecoder::lenient();
    let call_up = if is_url(name) { decoder.url(text, &mut found) } else { decoder.body(text, &mut found) };
    (call_up.unwrap(), found)
}

#[test]
fn published_call_ups_are_read_as_expected() {
    let Some(vectors) = vectors() else { return };
    assert_eq!(vectors.len(), EXPECTED.len());
    for ((name, (text, _)), (number, function, others, codes)) in vectors.iter().zip(EXPECTED) {
        assert!(name.starts_with(&format!("call-{number}-")), "{name}");
        let (call_up, found) = decode(name, text);
        assert_eq!(call_up.function.as_ref().map(|call| call.function.as_str()), function, "{name}");
        assert_eq!(call_up.extra.len(), others, "{name}: {call_up:?}");
        assert_eq!(short(found.found()), codes, "{name}");
    }
}

/// Every pair is somewhere in the model; the reference splits them.
#[test]
fn nothing_of_a_published_call_up_is_lost() {
    let Some(vectors) = vectors() else { return };
    for (name, (text, _)) in vectors {
        let query = text.split_once('?').filter(|_| is_url(&name)).map_or(text.as_str(), |(_, query)| query);
        let query = query.split('#').next().unwrap().trim_end();
        let mut sent: Vec<String> =
            url::form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value.into_owned()).collect();
        let (call_up, _) = decode(&name, &text);
        let CallUp {
            hook_url,
            username,
            password,
            language,
            oci_version,
            opi_version,
            charset,
            target,
            cancel_url,
            function,
            controls,
            extra,
            ..
        } = call_up;
        let texts = [hook_url, username, language, oci_version, opi_version, charset, target, cancel_url];
        let mut kept: Vec<String> = texts.into_iter().flatten().map(String::from).collect();
        kept.extend(password.map(|password| password.expose().to_owned()));
        kept.extend(controls.into_iter().map(|control| String::from(control.value)));
        let parameters = function.iter().flat_map(|call| &call.parameters).chain(&extra);
        kept.extend(parameters.map(|parameter| parameter.value.expose().to_owned()));
        if let Some(call) = &function {
            kept.push(call.function.to_string());
            sent.iter_mut()
                .filter(|value| value.eq_ignore_ascii_case(call.function.as_str()))
                .for_each(|value| value.make_ascii_uppercase());
        }
        sent.sort();
        kept.sort();
        assert_eq!(sent, kept, "{name}");
    }
}

/// Valid ones have no finding of severity error, but for what their source
/// left out.
#[test]
fn valid_call_ups_have_no_errors() {
    let Some(vectors) = vectors() else { return };
    let valid =
        vectors.iter().filter(|(name, (_, verdict))| verdict != "invalid" && !name.starts_with("call-003"));
    for (name, (text, _)) in valid {
        let (_, found) = decode(name, text);
        assert!(found.worst() < Some(Severity::Error), "{name}: {:?}", found.found());
    }
}
