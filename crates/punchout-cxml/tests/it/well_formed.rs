//! What is well-formed, against libxml2 run beside it and against roxmltree.
//!
//! `PUNCHOUT_MUTATIONS` says how many documents are damaged; the same number
//! makes the same documents.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use punchout_core::Ignore;
use punchout_cxml::{Document, ErrorKind, Validator};

use crate::corpus::cases;
use crate::dtd_mutations::Dice;
use crate::support::{ORDER, data, skip};

/// What documents are damaged with.
const PIECES: [&[u8]; 40] = [
    b"<",
    b">",
    b"/",
    b"&",
    b";",
    b"\"",
    b"'",
    b"=",
    b" ",
    b"\n",
    b"\r\n",
    b"\t",
    b"!",
    b"?",
    b"-",
    b"--",
    b"[",
    b"]",
    b"]]>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"<?",
    b"?>",
    b"<?x y?>",
    b"<?xml version='1.0'?>",
    b"<a>",
    b"</a>",
    b"<a/>",
    b"&#0;",
    b"&#x41;",
    b"&amp;",
    b"&lt",
    b"&x;",
    b":",
    b"1",
    b"\x01",
    b"\xC3\xA9",
    b"\xC3",
    b"\xEF\xBF\xBE",
];

fn is_well_formed(bytes: &[u8]) -> bool {
    Validator::new().validate(bytes, &mut Ignore).unwrap().well_formed
}

fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(damaged.len());
        let end = (at + dice.below(4)).min(damaged.len());
        let piece: &[u8] = match dice.below(4) {
            0 => &[],
            1 => {
                let from = dice.below(bytes.len());
                &bytes[from..(from + dice.below(12)).min(bytes.len())]
            }
            _ => PIECES[dice.below(PIECES.len())],
        };
        damaged.splice(at..end, piece.iter().copied());
    }
    damaged
}

/// Has files parsed by libxml2; says which ones are not well-formed.
fn judge(folder: &Path, files: &[String]) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for files in files.chunks(2_000) {
        let mut command = Command::new("xmllint");
        command.current_dir(folder).args(["--noout", "--nonet", "--nowarning"]).args(files);
        for line in String::from_utf8_lossy(&command.output().unwrap().stderr).lines() {
            let error = line.split_once(" parser error : ").or_else(|| line.split_once(" encoding error : "));
            let Some((file, what)) = error.and_then(|(place, what)| Some((place.split(':').next()?, what)))
            else {
                continue;
            };
            // An entity that only the DTD may know is a matter of validity.
            if !what.starts_with("Entity '") || is_standalone(&folder.join(file)) {
                wrong.insert(file.to_owned());
            }
        }
    }
    wrong
}

/// Whether a document says that it needs no DTD.
fn is_standalone(file: &Path) -> bool {
    let bytes = std::fs::read(file).unwrap();
    let declaration = bytes.split(|byte| *byte == b'>').next().unwrap();
    String::from_utf8_lossy(declaration).replace('\'', "\"").contains("standalone=\"yes\"")
}

#[test]
fn damaged_documents_are_told_from_sound_ones() {
    const TEST: &str = "damaged_documents_are_told_from_sound_ones";
    let Some(corpus) = data(TEST, "cxml/corpus") else { return };
    if Command::new("xmllint").arg("--version").output().is_err() {
        return skip(TEST, "the program xmllint");
    }
    let count: usize = std::env::var("PUNCHOUT_MUTATIONS").map_or(3_000, |count| count.parse().unwrap());
    let sources: Vec<Vec<u8>> = cases(&corpus)
        .into_iter()
        .filter(|case| case.well_formed && case.bytes.len() < 20_000)
        .map(|case| case.bytes)
        .filter(|bytes| is_plain(bytes))
        .collect();
    assert!(sources.len() > 200, "{} documents", sources.len());

    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(11);
    let mut verdicts = Vec::new();
    while verdicts.len() < count {
        let damaged = damage(&sources[dice.below(sources.len())], &mut dice);
        if !is_plain(&damaged) {
            continue;
        }
        let file = format!("{}.xml", verdicts.len());
        std::fs::write(folder.path().join(&file), &damaged).unwrap();
        verdicts.push((file, is_well_formed(&damaged)));
    }
    let files: Vec<String> = verdicts.iter().map(|(file, _)| file.clone()).collect();
    let wrong = judge(folder.path(), &files);
    let sound = verdicts.iter().filter(|(_, is_sound)| *is_sound).count();
    assert!(sound * 20 > count && sound * 20 < count * 19, "{sound} of {count} are well-formed");
    let disagree: Vec<_> =
        verdicts.iter().filter(|(file, is_sound)| *is_sound == wrong.contains(file)).collect();
    let disagreements = disagree.len();
    assert!(
        disagree.is_empty(),
        "{disagreements} disagreements, see {}: {disagree:?}",
        folder.keep().display()
    );
    println!("{count} documents, {sound} well-formed, no disagreement");
}

/// Whether a document is one where both must agree: libxml2 lets odd versions
/// and `<!DOCTYPEcXML` through, and reads what is declared inside of a document, which is passed
/// over here. Entities have to be a matter of validity.
fn is_plain(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let declaration =
        text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or("", |(it, _)| it);
    let encoding = declaration.split_once("encoding").map_or("UTF-8", |(_, encoding)| encoding);
    let doctype = text.split_once("<!DOCTYPE").map_or("", |(_, rest)| rest.split('>').next().unwrap());
    let version = declaration.is_empty() || declaration.contains("1.0");
    let has_dtd = doctype.starts_with(' ') && doctype.contains("SYSTEM");
    version
        && has_dtd
        && encoding.to_ascii_uppercase().contains("UTF-8")
        && !doctype.contains(['[', '%'])
        && !doctype.contains("PUBLIC")
}

/// Whether the reader finds it well-formed.
fn is_readable(bytes: &[u8]) -> bool {
    Document::read(bytes, &mut Ignore).map_or_else(|error| error.kind() != ErrorKind::Malformed, |_| true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_order_is_told_from_a_sound_one(
        seed in any::<u64>(),
    ) {
        prop_assert!(is_readable(ORDER.as_bytes()));
        let damaged = damage(ORDER.as_bytes(), &mut Dice(seed));
        let Ok(text) = std::str::from_utf8(&damaged) else { return Ok(()) };
        // Names with `:` are names of XML like others; namespaces come later.
        let without_namespaces = text.replace(':', "_");
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let theirs = roxmltree::Document::parse_with_options(&without_namespaces, options);
        // It refuses entities that it knows nothing of, and those alone.
        let is_entity = matches!(theirs, Err(roxmltree::Error::UnknownEntityReference(..)));
        // It lets some through that XML does not; none that we let through.
        prop_assert!(theirs.is_ok() || is_entity || !is_readable(&damaged), "{:?}\n{}", theirs.err(), text);
    }
}
