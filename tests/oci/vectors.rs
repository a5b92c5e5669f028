//! Published returns and call-ups, which this project does not hold.
//!
//! What is kept of them stands in `vectors.txt`: file names, items, codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use punchout::core::{All, Diagnostic, Severity};
use punchout::oci::{Basket, CallUpDecoder, Decoder, DownloadDecoder, Input, Item};
use rust_decimal::Decimal;

use crate::data;
use crate::golden::Differences;

struct Vector {
    file: String,
    kind: String,
    verdict: String,
    bytes: Vec<u8>,
}

/// The published files, if this machine has them.
fn vectors() -> Option<Vec<Vector>> {
    let Some(folder) = std::env::var_os("PUNCHOUT_DATA") else {
        assert!(std::env::var_os("PUNCHOUT_REQUIRE").is_none(), "PUNCHOUT_DATA is not set");
        println!("skipped: PUNCHOUT_DATA is not set");
        return None;
    };
    let folder = PathBuf::from(folder).join("oci");
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let vector = |line: &str| {
        let [file, kind, _, verdict, _] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line} is no row of the index");
        };
        let bytes = std::fs::read(folder.join(file)).unwrap();
        Vector { file: file.to_owned(), kind: kind.to_owned(), verdict: verdict.to_owned(), bytes }
    };
    Some(index.lines().skip(1).map(vector).collect())
}

fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file).extension().is_some_and(|own| own == extension)
}

/// The one answer to DOWNLOADJSON among the returns.
fn is_download(vector: &Vector) -> bool {
    vector.file.contains("downloadjson") && vector.kind == "return"
}

fn basket(vector: &Vector, decoder: &Decoder) -> (Basket, All) {
    let mut found = All::new();
    let basket = decoder.any(&vector.bytes, &mut found).unwrap();
    (basket, found)
}

/// What a file is, in one line, and what is found in it.
fn read(vector: &Vector) -> (String, All) {
    let mut found = All::new();
    let line = if vector.kind == "callup" {
        let text = std::str::from_utf8(&vector.bytes).unwrap();
        let decoder = CallUpDecoder::lenient();
        let call_up = if has_extension(&vector.file, "url") {
            decoder.url(text, &mut found)
        } else {
            decoder.body(text.trim_end(), &mut found)
        };
        let call_up = call_up.unwrap();
        let function = call_up.function.as_ref().map_or("shopping", |call| call.function.as_str());
        format!("call-up, {function}, {} other parameters", call_up.extra.len())
    } else if is_download(vector) {
        let page = DownloadDecoder::lenient().page(&vector.bytes, &mut found).unwrap();
        format!(
            "download, page {:?} of {:?}, {} items",
            page.current_page,
            page.total_pages,
            page.items.len()
        )
        .replace("Some(", "")
        .replace(')', "")
    } else {
        let (basket, findings) = basket(vector, &Decoder::lenient());
        found = findings;
        let shape = format!("{:?}", Input::of(&vector.bytes)).to_lowercase();
        match &*basket.items {
            [] => format!("{shape}, no items, {} controls", basket.controls.len()),
            items => format!(
                "{shape}, items {}, {} controls",
                ranges(items.iter().map(|item| item.index)),
                basket.controls.len()
            ),
        }
    };
    (line, found)
}

/// Numbers in short: `1-3, 7`.
fn ranges(numbers: impl Iterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let run = |(first, last)| if first == last { format!("{first}") } else { format!("{first}-{last}") };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

/// The findings, sorted, those about one field of several items in one line.
fn summary(found: &[Diagnostic]) -> BTreeSet<String> {
    let mut items: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut lines = BTreeSet::new();
    for finding in found {
        let Diagnostic { severity, code, at, .. } = finding;
        let place = at.strip_prefix("item ").map(|place| place.split_once(" / ").unwrap_or((place, "")));
        match place.and_then(|(index, field)| Some((index.parse().ok()?, field))) {
            Some((index, "")) => items.entry(format!("{severity} {code}")).or_default().insert(index),
            Some((index, field)) => {
                items.entry(format!("{severity} {code} at {field}")).or_default().insert(index)
            }
            None if at.is_empty() => lines.insert(format!("{severity} {code}")),
            None => lines.insert(format!("{severity} {code} at {at}")),
        };
    }
    lines.extend(items.into_iter().map(|(line, items)| format!("{line} of {}", ranges(items.into_iter()))));
    lines
}

#[test]
fn every_published_file_is_read_as_expected() {
    let Some(vectors) = vectors() else { return };
    let mut text = String::from(
        "# What each published file is read as: its shape and items, and the findings of\n\
         # the lenient reading, those about one field of several items in one line.\n",
    );
    for vector in &vectors {
        let (line, found) = read(vector);
        let _ = write!(text, "\n{}: {line}\n", vector.file);
        for finding in summary(found.found()) {
            let _ = writeln!(text, "  {finding}");
        }
    }
    let mut differences = Differences::default();
    differences.hold(&data().join("vectors.txt"), &text);
    differences.are_none();
}

/// The expectations are those of all files, whether these are here or not.
#[test]
fn all_published_files_are_expected() {
    let expected = std::fs::read_to_string(data().join("vectors.txt")).unwrap();
    let files: Vec<_> = expected
        .lines()
        .filter(|line| !line.starts_with(['#', ' ']) && !line.is_empty())
        .map(|line| line.split_once(": ").unwrap().0)
        .collect();
    let count = |prefix: &str| files.iter().filter(|file| file.starts_with(prefix)).count();
    assert_eq!((count("call-"), count("ret-"), files.len()), (29, 45, 74));
    let Some(vectors) = vectors() else { return };
    assert_eq!(vectors.iter().map(|vector| vector.file.as_str()).collect::<Vec<_>>(), files);
}

/// What the index calls valid has no error, but for what the two samples that
/// show one field only leave out.
#[test]
fn valid_returns_have_no_errors() {
    const FRAGMENTS: [&str; 2] = ["ret-004-sapoci-quotes.html", "ret-035-sap-priceunit-trap.html"];
    let Some(vectors) = vectors() else { return };
    for vector in vectors.iter().filter(|vector| vector.kind == "return" && vector.verdict == "valid") {
        let (_, found) = read(vector);
        let mut errors = found.found().iter().filter(|finding| finding.severity == Severity::Error);
        if FRAGMENTS.contains(&vector.file.as_str()) {
            assert!(errors.all(|finding| finding.code.as_str().starts_with("OCI-REQ-")), "{}", vector.file);
        } else {
            assert_eq!(errors.next(), None, "{}", vector.file);
        }
    }
}

/// What the index calls invalid is not accepted by the strict reading.
#[test]
fn invalid_returns_are_no_strict_ones() {
    let Some(vectors) = vectors() else { return };
    for vector in vectors.iter().filter(|vector| vector.kind == "return" && vector.verdict == "invalid") {
        let (_, found) = basket(vector, &Decoder::strict());
        // a price unit that was lost cannot be seen in the return alone
        let is_silent = vector.file.starts_with("ret-045-");
        assert_eq!(
            found.worst() == Some(Severity::Error),
            !is_silent,
            "{}: {:?}",
            vector.file,
            found.found()
        );
    }
}

#[test]
fn every_pair_of_a_published_body_is_kept() {
    let Some(vectors) = vectors() else { return };
    for vector in
        vectors.iter().filter(|vector| vector.kind == "return" && has_extension(&vector.file, "form"))
    {
        let (basket, _) = basket(vector, &Decoder::lenient());
        let pairs = vector.bytes.trim_ascii_end().split(|b| *b == b'&').count();
        assert_eq!(basket.sent.len() + basket.controls.len(), pairs, "{}", vector.file);
    }
}

/// The claims of the protocol that these files were collected for.
#[test]
fn published_returns_mean_what_they_should() {
    let Some(vectors) = vectors() else { return };
    let items = |number: &str| {
        let vector = vectors.iter().find(|it| it.file.starts_with(&format!("ret-{number}-"))).unwrap();
        basket(vector, &Decoder::lenient()).0.items
    };
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();

    // every spelling of a long text lands on its item
    for (number, count) in [("005", 5), ("009", 4), ("013", 1), ("003", 2)] {
        let texts: Vec<_> = items(number).into_iter().map(|item| item.long_text).collect();
        assert_eq!(texts.len(), count, "{number}");
        let distinct: BTreeSet<_> = texts.iter().flatten().collect();
        assert_eq!(distinct.len(), count, "{number}: each has a text of its own");
    }
    // price and price unit
    assert_eq!(items("017")[0].unit_price(), Some(decimal("0.100")));
    assert_eq!(items("035")[0].unit_price(), Some(decimal("10")));
    for number in ["008", "012", "031", "045"] {
        let item = &items(number)[0];
        assert_eq!(item.unit_price(), Some(item.price.as_ref().unwrap().value()), "{number}");
    }
    // blanks, commas, zeros in front: every number is read
    for number in ["010", "011", "014", "015", "019", "023", "024"] {
        for item in items(number) {
            assert!(item.price.is_some(), "{number}: {item:?}");
        }
    }
    assert!(items("010").iter().all(|item| item.quantity.is_some() && item.price_unit.is_some()));
    assert!(items("019").iter().all(|item| item.price.as_ref().unwrap().value().is_zero()));
    // articles keep their inner blanks
    assert!(items("017")[0].vendor_mat.as_ref().unwrap().contains("    "));
    // characters of another charset
    assert!(items("044")[0].description.as_ref().unwrap().contains('ö'));
    // the XML variant by itself and in its form
    let without_places = |items: Vec<Item>| format!("{items:?}");
    assert_eq!(without_places(items("025")), without_places(items("026")));
    // lines below a line
    assert_eq!(items("032").iter().map(|item| item.parent).collect::<Vec<_>>(), [None, Some(1)]);
    // a number is no unit
    assert!(items("037")[0].unit.is_some() && items("037")[0].unit_resolved.is_none());
    // fields under other meanings are still there, the numbers as numbers
    let jd = items("039");
    assert_eq!(jd[0].price_unit.as_ref().unwrap().value().scale(), 2);
    assert!(jd[0].long_text.is_some() && jd[0].extra.iter().any(|extra| &*extra.name == "LONGTEXT_n:132"));
}
