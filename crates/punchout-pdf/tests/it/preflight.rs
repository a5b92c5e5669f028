//! Documents as a validator of others finds them: Apache `PDFBox` Preflight.
//!
//! It knows PDF/A-1b, the first part of the standard. What it finds must be what
//! the third part has changed, and nothing else. As it does not look into a font
//! any more that it has found wrong, each document is shown to it a second time
//! with what the first part wants to see.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use punchout_core::Ignore;
use punchout_cxml::OrderRequest;
use punchout_pdf::{Amounts, Attach, Fonts, Language, Options, Paper, Renderer};

use crate::draw::Draw;
use crate::{cxml, order, scene, tools};

/// The first part wants a profile of version 2, the third allows 4.
const PROFILE: &str = "2.1.6";
/// The first part wants a list of the characters of a subset.
const CID_SET: &str = "3.1.11";
/// It is the third part that documents claim.
const PART: &str = "7.11.2";
/// The first part allows no files in a file.
const FILES: [&str; 2] = ["1.2.9", "1.4.7"];
/// The first part allows no transparency.
const SOFT_MASK: &str = "2.2.2";

/// What is found in each file, by the validator's own codes; nothing where it
/// is not at hand.
fn validated(files: &[Vec<u8>]) -> Option<Vec<BTreeSet<String>>> {
    let Some(classes) = std::env::var_os("PUNCHOUT_PREFLIGHT") else {
        let required = std::env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
        assert!(!required, "PUNCHOUT_PREFLIGHT is required but not set");
        println!("skipped: PUNCHOUT_PREFLIGHT is not set");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<_> = (0..files.len()).map(|n| format!("{n:03}.pdf")).collect();
    let place = |name: &str| folder.path().join(name).display().to_string();
    for (name, file) in names.iter().zip(files) {
        std::fs::write(place(name), file).unwrap();
    }
    let list = place("list");
    std::fs::write(&list, names.iter().map(|name| place(name) + "\n").collect::<String>()).unwrap();
    let mut java = Command::new("java");
    java.arg("-cp").arg(classes).args(["org.apache.pdfbox.preflight.Validator_A1b", "xml", "group"]);
    let output = java.arg(&list).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report = std::fs::read_to_string(Path::new(&format!("{list}.preflight.xml"))).expect(&said);
    let report = roxmltree::Document::parse(&report).unwrap();
    let each = report.descendants().filter(|node| node.has_tag_name("preflight"));
    let mut found: Vec<_> = each
        .map(|file| {
            let codes = file.descendants().filter(|node| node.has_tag_name("code"));
            let codes: BTreeSet<_> = codes.map(|code| code.text().unwrap().to_owned()).collect();
            let is_valid = file.descendants().find(|node| node.has_tag_name("isValid")).unwrap();
            // a file that it cannot read at all has no codes
            assert_eq!(is_valid.text() == Some("true"), codes.is_empty(), "{said}");
            (file.attribute("name").unwrap().to_owned(), codes)
        })
        .collect();
    found.sort();
    assert!(found.iter().map(|(name, _)| name).eq(&names), "{said}");
    Some(found.into_iter().map(|(_, codes)| codes).collect())
}

/// Orders and options of every kind.
fn cases() -> Vec<(String, Options, OrderRequest)> {
    let mut cases = Vec::new();
    for language in Language::ALL {
        let options = order::options().with_language(language);
        cases.push((format!("rich {language}"), options.clone(), order::rich()));
        cases.push((format!("long {language}"), options.clone(), scene::long()));
        cases.push((format!("full {language}"), options, Draw::full().order()));
    }
    let clear = tools::logo(64, 32, [200, 0, 0, 120]);
    let solid = tools::logo(64, 32, [200, 0, 0, 255]);
    let options = order::options();
    cases.push(("changed".to_owned(), options.clone().with_paper(Paper::Letter), scene::changed()));
    cases.push(("hidden".to_owned(), options.clone().with_amounts(Amounts::Hidden), scene::cancelled()));
    cases.push(("clear logo".to_owned(), options.clone().with_logo(clear), order::rich()));
    cases.push(("solid logo".to_owned(), options.clone().with_logo(solid), order::rich()));
    cases.push(("400 lines".to_owned(), options.with_attach(Attach::Never), order::long(400)));
    cases
}

#[test]
fn finds_nothing_but_what_the_third_part_changed() {
    let renderer = Renderer::new();
    let cases = cases();
    let mut files: Vec<Vec<u8>> = Vec::new();
    for (_, options, order) in &cases {
        let cxml = cxml::document(order.clone()).write_unchecked().unwrap();
        files.push(renderer.render_document(&cxml, options, &mut Ignore).unwrap().to_vec());
    }
    let own = Renderer::with_fonts(Fonts::new(notosans::BOLD_TTF, notosans::ITALIC_TTF).unwrap());
    files.push(own.render(&order::rich(), &order::options(), &mut Ignore).unwrap().to_vec());
    let twins: Vec<_> = files.iter().map(|file| written(as_the_first_part_has_it(file))).collect();
    let Some(found) = validated(&[files.clone(), twins].concat()) else { return };
    let (found, of_twins) = found.split_at(files.len());
    let names = cases.iter().map(|(name, ..)| name.as_str()).chain(["own fonts"]);
    for ((name, found), of_twin) in names.zip(found).zip(of_twins) {
        let has_file = !["hidden", "400 lines", "own fonts"].contains(&name);
        let of_file = if has_file { &FILES[..] } else { &[] };
        let of_logo = if name == "clear logo" { &[SOFT_MASK][..] } else { &[] };
        let common = [of_file, of_logo].concat();
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(*found, codes(&[&common, &[PROFILE, CID_SET, PART][..]].concat()), "{name}");
        assert_eq!(*of_twin, codes(&common), "{name}, as the first part has it");
    }
}

/// The same with a list of characters for each font, and a profile and a claim
/// that are those of the first part.
fn as_the_first_part_has_it(pdf: &[u8]) -> Document {
    let mut file = Document::load_mem(pdf).unwrap();
    let set = file.add_object(Stream::new(Dictionary::new(), vec![0xFF; 0x2000]));
    for object in file.objects.values_mut() {
        match object {
            Object::Dictionary(font) if font.has(b"FontFile2") => font.set("CIDSet", set),
            Object::Stream(packet) if packet.dict.has_type(b"Metadata") => {
                let said = String::from_utf8(packet.content.clone()).unwrap();
                assert!(said.contains("<pdfaid:part>3<"));
                packet.set_plain_content(said.replace("<pdfaid:part>3<", "<pdfaid:part>1<").into_bytes());
            }
            Object::Stream(profile) if profile.dict.has(b"N") => {
                let mut content = profile.get_plain_content().unwrap();
                assert_eq!(content[8..10], [4, 0x20]);
                content[8..10].copy_from_slice(&[2, 0x10]);
                profile.set_plain_content(content);
            }
            _ => {}
        }
    }
    file
}

fn written(mut file: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// A document that has been spoilt, and what is then found.
#[test]
fn finds_what_is_wrong() {
    type Spoil = fn(&mut Document);
    let cases: [(&str, &[&str], Spoil); 6] = [
        ("a width that is not the font's", &["3.1.6"], |file| {
            let font = first(file, |it| it.has(b"DescendantFonts"));
            let fonts = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).unwrap();
            let widths = fonts[0].as_dict_mut().unwrap().get_mut(b"W").and_then(Object::as_array_mut);
            for widths in widths.unwrap().iter_mut().filter_map(|list| list.as_array_mut().ok()) {
                widths.fill(Object::Integer(77));
            }
        }),
        ("a font that is not embedded", &["3.1.3"], |file| {
            first(file, |it| it.has(b"FontFile2")).remove(b"FontFile2");
        }),
        ("colours without a meaning", &["2.4.1", "2.4.3"], |file| {
            file.catalog_mut().unwrap().remove(b"OutputIntents");
        }),
        ("two titles", &["7.2"], |file| {
            first(file, |it| it.has(b"Producer")).set("Title", Object::string_literal("Another"));
        }),
        ("no metadata", &["7.1"], |file| {
            file.catalog_mut().unwrap().remove(b"Metadata");
        }),
        ("something that acts", &["6.2.5"], |file| {
            let mut action = Dictionary::new();
            action.set("S", Object::Name(b"JavaScript".to_vec()));
            action.set("JS", Object::string_literal("app.beep()"));
            file.catalog_mut().unwrap().set("OpenAction", action);
        }),
    ];
    let pdf = Renderer::new().render(&order::rich(), &order::options(), &mut Ignore).unwrap();
    let spoilt = cases.iter().map(|(_, _, spoil)| {
        let mut file = as_the_first_part_has_it(&pdf);
        spoil(&mut file);
        written(file)
    });
    let Some(found) = validated(&spoilt.collect::<Vec<_>>()) else { return };
    for ((what, codes, _), found) in cases.iter().zip(found) {
        assert!(found.iter().eq(*codes), "{what}: {found:?}");
    }
}

fn first(file: &mut Document, is: impl Fn(&Dictionary) -> bool) -> &mut Dictionary {
    let fits = |(_, object): &(&ObjectId, &Object)| object.as_dict().is_ok_and(&is);
    let id = *file.objects.iter().find(fits).unwrap().0;
    file.get_object_mut(id).unwrap().as_dict_mut().unwrap()
}
