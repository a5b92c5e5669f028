//! Documents with slips made into them, against libxml2 run beside it.
//!
//! `PUNCHOUT_MUTATIONS` says how many; the same number makes the same documents.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use punchout_core::{All, Severity};
use punchout_cxml::Validator;
use roxmltree::{Node, ParsingOptions};

use crate::support::{data, skip};

/// A generator of numbers that anyone can repeat (`SplitMix64`).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(count).unwrap()).unwrap()
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Names to rename to: some of the same DTD, some of none.
const ELEMENTS: [&str; 14] = [
    "Header",
    "Credential",
    "UserAgent",
    "Money",
    "Name",
    "Description",
    "Extrinsic",
    "ItemOut",
    "Comments",
    "URL",
    "Contact",
    "Shipping",
    "Foo",
    "ds:Signature",
];
const ATTRIBUTES: [&str; 10] =
    ["type", "name", "xml:lang", "domain", "quantity", "role", "operation", "foo", "xmlns", "Id"];
const VALUES: [&str; 10] = ["yes", "no", "", "new", "test", "create", "1", "a b", "-x", "&lt;&#233;"];
const INSIDES: [&str; 8] =
    ["text", " ", "<!-- comment -->", "<![CDATA[ ]]>", "&#32;", "&amp;", "<?pi?>", "<Foo><Name/></Foo>"];

/// What a mutation does to a document, as replacements of ranges.
pub(crate) fn mutate(text: &str, dice: &mut Dice) -> Option<(String, &'static str)> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let elements: Vec<Node<'_, '_>> =
        document.root_element().descendants().filter(Node::is_element).collect();
    let node = elements[dice.below(elements.len())];
    let is_root = node == document.root_element();
    let tag = |node: Node<'_, '_>| node.range().start + 1..name_end(text, node.range().start + 1);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let what = match dice.below(12) {
        0 if !is_root => {
            edits.push((node.range(), String::new()));
            "drop"
        }
        1 if !is_root => {
            let end = node.range().end;
            edits.push((end..end, text[node.range()].to_owned()));
            "duplicate"
        }
        2 | 3 if !is_root => {
            let other = node.next_sibling_element()?;
            edits.push((node.range(), text[other.range()].to_owned()));
            edits.push((other.range(), text[node.range()].to_owned()));
            "swap"
        }
        4 | 5 if !is_root => {
            let old = &text[tag(node)];
            let new = match dice.below(3) {
                0 => format!("{old}x"),
                1 => dice.pick(&ELEMENTS).to_owned(),
                _ => text[tag(elements[dice.below(elements.len())])].to_owned(),
            };
            edits.push((tag(node), new.clone()));
            if text[node.range()].ends_with(&format!("</{old}>")) {
                let end = node.range().end - 1;
                edits.push((end - old.len()..end, new));
            }
            "rename"
        }
        6 if !is_root => {
            // Its children take its place.
            let children: String = node.children().map(|child| &text[child.range()]).collect();
            edits.push((node.range(), children));
            "unwrap"
        }
        7 => {
            let attributes: Vec<_> = node.attributes().collect();
            let attribute = attributes.get(dice.below(attributes.len().max(1)))?;
            edits.push((attribute.range(), String::new()));
            "drop attribute"
        }
        8 => {
            let attributes: Vec<_> = node.attributes().collect();
            let attribute = attributes.get(dice.below(attributes.len().max(1)))?;
            let (name, value) = text[attribute.range()].split_once('=')?;
            let new = if dice.below(2) == 0 {
                format!("{}x", name.trim_end())
            } else {
                dice.pick(&ATTRIBUTES).into()
            };
            edits.push((attribute.range(), format!("{new}={value}")));
            "rename attribute"
        }
        9 => {
            let attributes: Vec<_> = node.attributes().collect();
            let attribute = attributes.get(dice.below(attributes.len().max(1)))?;
            let (name, _) = text[attribute.range()].split_once('=')?;
            edits.push((attribute.range(), format!("{name}=\"{}\"", dice.pick(&VALUES))));
            "change attribute"
        }
        10 => {
            let at = tag(node).end;
            edits.push((at..at, format!(" {}=\"{}\"", dice.pick(&ATTRIBUTES), dice.pick(&VALUES))));
            "add attribute"
        }
        11 => {
            let inside = dice.pick(&INSIDES);
            let range = node.range();
            if text[range.clone()].ends_with("/>") {
                let name = text[tag(node)].to_owned();
                edits.push((range.end - 2..range.end, format!(">{inside}</{name}>")));
            } else {
                let at = node.last_child().map_or(range.end, |child| child.range().end);
                node.last_child()?;
                edits.push((at..at, inside.to_owned()));
            }
            "fill"
        }
        _ => return None,
    };
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut mutated = text.to_owned();
    for (range, with) in edits {
        mutated.replace_range(range, &with);
    }
    Some((mutated, what))
}

fn name_end(text: &str, start: usize) -> usize {
    start + text[start..].find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap()
}

/// Has files judged by libxml2; says which ones are invalid.
fn judge(folder: &Path, dtd: &Path, files: &[String]) -> BTreeSet<String> {
    let mut invalid = BTreeSet::new();
    for files in files.chunks(2_000) {
        let output = Command::new("xmllint")
            .current_dir(folder)
            .args(["--noout", "--nonet", "--nowarning", "--dtdvalid"])
            .arg(dtd)
            .args(files)
            .output()
            .unwrap();
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            let verdict =
                line.strip_prefix("Document ").and_then(|rest| rest.split_once(" does not validate"));
            invalid.extend(verdict.map(|(file, _)| file.to_owned()));
            assert!(!line.contains("parser error"), "{line}");
        }
    }
    invalid
}

/// libxml2 reads the DTD anew for each document; without comments it does so
/// four times as fast.
fn without_comments(dtd: &str) -> String {
    let mut pieces = dtd.split("<!--");
    let before = pieces.next().unwrap_or_default();
    let after = pieces.map(|comment| comment.split_once("-->").unwrap().1);
    std::iter::once(before).chain(after).collect()
}

#[test]
fn verdicts_on_mutated_documents() {
    const TEST: &str = "verdicts_on_mutated_documents";
    let (Some(corpus), Some(dtds)) = (data(TEST, "cxml/corpus"), data(TEST, "cxml/dtd")) else { return };
    if Command::new("xmllint").arg("--version").output().is_err() {
        return skip(TEST, "the program xmllint");
    }
    let count: usize = std::env::var("PUNCHOUT_MUTATIONS").map_or(2_000, |count| count.parse().unwrap());
    let validator = Validator::new();
    let mut files: Vec<_> = std::fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let sources: Vec<(String, bool)> = files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "xml"))
        .filter_map(|file| std::fs::read_to_string(file).ok())
        // How libxml2 treats a standalone document is among the differences
        // that docs/validation.md lists.
        .filter(|text| !text.contains("standalone=") && !text.contains("<!ENTITY"))
        .filter_map(|text| {
            let report = validator.validate(text.as_bytes(), &mut All::new()).unwrap();
            report.well_formed.then_some((text, report.valid))
        })
        .collect();
    let (valid, invalid): (Vec<_>, Vec<_>) = sources.iter().partition(|(_, is_valid)| *is_valid);
    assert!(valid.len() > 100 && invalid.len() > 100, "{} and {}", valid.len(), invalid.len());

    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(7);
    let mut verdicts: BTreeMap<String, Vec<(String, bool, String)>> = BTreeMap::new();
    let (mut made, mut wrong, mut slips, mut told) = (0, 0, 0, 0);
    while made < count {
        let source = if dice.below(4) == 0 { &invalid } else { &valid };
        let (text, was_valid) = source[dice.below(source.len())];
        let Some((mut mutated, what)) = mutate(text, &mut dice) else { continue };
        let mut done = vec![what];
        while dice.below(3) == 0 {
            if let Some((again, what)) = mutate(&mutated, &mut dice) {
                mutated = again;
                done.push(what);
            }
        }
        let mut found = All::new();
        let report = validator.validate(mutated.as_bytes(), &mut found).unwrap();
        // An attribute that is there twice is a matter for the parser.
        if !report.well_formed {
            continue;
        }
        let errors = found.found().iter().filter(|finding| finding.severity == Severity::Error).count();
        assert_eq!(report.valid, errors == 0, "{mutated}\n{:?}", found.found());
        if *was_valid && !report.valid && matches!(done[..], ["drop" | "duplicate" | "swap"]) {
            slips += 1;
            told += usize::from(errors == 1);
        }
        let file = format!("{made}.xml");
        std::fs::write(folder.path().join(&file), &mutated).unwrap();
        let findings = format!("{done:?} {:?}", found.found());
        verdicts.entry(report.dtd).or_default().push((file, report.valid, findings));
        wrong += usize::from(!report.valid);
        made += 1;
    }
    assert!(wrong * 2 > made && wrong < made, "{wrong} of {made} are invalid");

    let mut disagree = Vec::new();
    for (dtd, verdicts) in &verdicts {
        let text = std::fs::read_to_string(dtds.join(format!("{dtd}.dtd"))).unwrap();
        let dtd = folder.path().join("dtd.dtd");
        std::fs::write(&dtd, without_comments(&text)).unwrap();
        let files: Vec<String> = verdicts.iter().map(|(file, ..)| file.clone()).collect();
        let invalid = judge(folder.path(), &dtd, &files);
        for (file, is_valid, findings) in verdicts {
            if *is_valid == invalid.contains(file) {
                disagree.push(format!("{file} valid: {is_valid} {findings}"));
            }
        }
    }
    if !disagree.is_empty() {
        let folder = folder.keep();
        panic!("{} disagreements, see {}:\n{}", disagree.len(), folder.display(), disagree.join("\n"));
    }
    // One slip, one finding: nearly always, since a slip may break two rules.
    assert!(told * 100 >= slips * 90, "{told} of {slips} slips gave one finding");
    println!("{made} documents, {wrong} invalid, no disagreement; {told} of {slips} slips gave one finding");
}
