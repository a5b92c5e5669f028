//! The cases of `tests/data/oci/<topic>/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use punchout::core::All;
use punchout::oci::{Basket, Decoder, Input, Profile, Rule};

use crate::data;
use crate::golden::Differences;
use crate::render::{Findings, Golden, document};

/// The rules that no return breaks: those of call-ups, of downloads, and of
/// writing. The tests of `punchout-oci` have them.
const OTHERS: [&str; 7] =
    ["OCI-HOOK-", "OCI-FUNC-", "OCI-DOWNLOAD-", "OCI-OUT-", "OCI-CALL-REQ", "OCI-PWD-GET", "OCI-PLACEHOLDER"];

fn shape(file_name: &str) -> Option<Input> {
    let shape = match file_name.rsplit_once('.')?.1 {
        "form" => Input::Form,
        "html" => Input::Html,
        "txt" => Input::Pairs,
        "xml" => Input::Xml,
        "http" => Input::Response,
        "json" if file_name.ends_with(".in.json") => Input::Json,
        _ => return None,
    };
    Some(shape)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Each case: its input, its shape, and the file of what it is read as.
fn cases() -> Vec<(PathBuf, Input, PathBuf)> {
    let mut cases = Vec::new();
    for folder in files(&data()).into_iter().filter(|path| path.is_dir()) {
        let before = cases.len();
        for path in files(&folder) {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if let Some(shape) = shape(&name) {
                let stem = name.split('.').next().unwrap();
                cases.push((path, shape, folder.join(format!("{stem}.json"))));
            }
        }
        assert!(cases.len() > before, "{} has no case", folder.display());
    }
    assert!(cases.len() > 100, "only {} cases were found", cases.len());
    cases
}

fn golden(path: &Path) -> Golden {
    std::fs::read_to_string(path).map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default()
}

fn read(decoder: &Decoder, charset: Option<&str>, shape: Input, input: &[u8]) -> (Basket, All) {
    let decoder = charset.map_or_else(|| decoder.clone(), |charset| decoder.clone().with_charset(charset));
    let mut found = All::new();
    (decoder.input(shape, input, &mut found).unwrap(), found)
}

/// The profile of a case: a file beside it, or a shipped one.
fn profile(name: &str, golden: &Path) -> Profile {
    if Path::new(name).extension().is_some_and(|extension| extension == "toml") {
        let text = std::fs::read_to_string(golden.with_file_name(name)).unwrap();
        return Profile::from_toml(&text).unwrap();
    }
    Profile::named(name).unwrap_or_else(|| panic!("{name} is not shipped")).clone()
}

#[test]
fn every_case_is_read_as_its_file_says() {
    let mut differences = Differences::default();
    for (path, shape, expected) in cases() {
        let input = std::fs::read(&path).unwrap();
        let with = golden(&expected).with;
        let charset = with.as_ref().and_then(|with| with.charset.as_deref());
        let own = with.as_ref().and_then(|with| with.profile.as_deref()).map(|name| profile(name, &expected));
        let got = if let Some(own) = own {
            let (basket, found) = read(&Decoder::new(&own), charset, shape, &input);
            document(with.as_ref(), &basket, &Findings::Own(found.found()), &input)
        } else {
            let (strict_basket, strict) = read(&Decoder::strict(), charset, shape, &input);
            let (basket, lenient) = read(&Decoder::lenient(), charset, shape, &input);
            assert_eq!(basket, strict_basket, "{}: there is one reader", path.display());
            let codes = |found: &All| found.found().iter().map(|it| it.code).collect::<Vec<_>>();
            assert_eq!(codes(&strict), codes(&lenient), "{}", path.display());
            let findings = Findings::Both { strict: strict.found(), lenient: lenient.found() };
            document(with.as_ref(), &basket, &findings, &input)
        };
        differences.hold(&expected, &got);
    }
    differences.are_none();
}

/// Without being told what it is, each is taken for what it is.
#[test]
fn every_case_is_known_by_its_looks() {
    for (path, shape, _) in cases() {
        assert_eq!(Input::of(&std::fs::read(&path).unwrap()), shape, "{}", path.display());
    }
}

#[test]
fn every_file_belongs_to_a_case() {
    let cases = cases();
    let known: BTreeSet<_> = cases.iter().flat_map(|(input, _, golden)| [input, golden]).cloned().collect();
    let profiles: BTreeSet<_> = cases
        .iter()
        .filter_map(|(.., expected)| Some(expected.with_file_name(golden(expected).with?.profile?)))
        .collect();
    for folder in files(&data()).iter().filter(|path| path.is_dir()) {
        for file in files(folder) {
            assert!(known.contains(&file) || profiles.contains(&file), "{} is of no use", file.display());
        }
    }
}

#[test]
fn every_rule_of_a_return_has_a_case() {
    let mut seen = BTreeSet::new();
    for (.., expected) in cases() {
        for finding in golden(&expected).findings {
            let code = finding["code"].as_str().unwrap();
            seen.insert(Rule::of(code).unwrap_or_else(|| panic!("{code} is no code")));
        }
    }
    let is_other = |code: &str| OTHERS.iter().any(|prefix| code.starts_with(prefix));
    let missing: Vec<_> =
        Rule::all().filter(|rule| !seen.contains(rule) && !is_other(rule.code().as_str())).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
    let odd: Vec<_> = seen.iter().filter(|rule| is_other(rule.code().as_str())).collect();
    assert!(odd.is_empty(), "a return has {odd:?}");
}
