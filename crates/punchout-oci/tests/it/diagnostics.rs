//! The page that explains every code, and the code, say the same.

use std::collections::BTreeMap;

use punchout_core::{All, Ignore, Severity};
use punchout_oci::{CallUpDecoder, Decoder, Encoder, Field, Profile, ReturnTo, Rule};

const PAGE: &str = include_str!("../../docs/diagnostics.md");

/// What the page says about a code.
#[derive(Debug)]
struct Section {
    code: &'static str,
    strict: &'static str,
    lenient: &'static str,
    prose: String,
    examples: Vec<Block>,
}

/// A fenced block: its language, what follows that, and its text.
#[derive(Debug)]
struct Block {
    language: &'static str,
    settings: BTreeMap<&'static str, &'static str>,
    text: String,
}

fn sections() -> Vec<Section> {
    PAGE.split("\n### ").skip(1).map(section).collect()
}

fn section(text: &'static str) -> Section {
    let (head, rest) = text.split_once("\n\n").unwrap();
    let code = head.strip_prefix('`').and_then(|head| head.strip_suffix('`')).unwrap();
    let (levels, rest) = rest.split_once("\n\n").unwrap();
    let (strict, lenient) = levels
        .strip_prefix("Strict: ")
        .and_then(|levels| levels.strip_suffix('.'))
        .and_then(|levels| levels.split_once(". Lenient: "))
        .unwrap_or_else(|| panic!("{code}: {levels}"));
    // a heading of the next group ends the section
    let rest = rest.split("\n## ").next().unwrap();
    let mut pieces = rest.split("```");
    let mut prose = pieces.next().unwrap().to_owned();
    let mut examples = Vec::new();
    while let (Some(block), Some(after)) = (pieces.next(), pieces.next()) {
        let (head, text) = block.split_once('\n').unwrap();
        let mut words = head.split(' ');
        let language = words.next().unwrap();
        let settings = words.map(|setting| setting.split_once(':').unwrap()).collect();
        examples.push(Block { language, settings, text: text.to_owned() });
        prose.push_str(after);
    }
    Section { code, strict, lenient, prose, examples }
}

/// The severities of each code that an example is reported with.
fn findings(block: &Block, own: Option<&Profile>) -> Vec<(String, Severity)> {
    let named = block.settings.get("profile").map(|name| Profile::named(name).expect("a shipped profile"));
    let profile = own.or(named).unwrap_or(Profile::strict());
    let text = block.text.trim_end();
    let bytes = text.as_bytes();
    let (mut decoder, call_ups) = (Decoder::new(profile), CallUpDecoder::new(profile));
    let charset = block.settings.get("charset").copied();
    if let Some(charset) = charset {
        decoder = decoder.with_charset(charset);
    }
    let mut found = All::new();
    match block.language {
        "form" => drop(decoder.form(bytes, &mut found).unwrap()),
        "lines" => drop(decoder.lines(bytes, &mut found).unwrap()),
        "xml" => drop(decoder.xml(bytes, &mut found).unwrap()),
        "response" => drop(decoder.response(bytes, &mut found).unwrap()),
        #[cfg(feature = "html")]
        "html" => drop(decoder.html(bytes, &mut found).unwrap()),
        #[cfg(feature = "json")]
        "json" => drop(decoder.json(bytes, &mut found).unwrap()),
        #[cfg(feature = "json")]
        "download" => {
            drop(punchout_oci::DownloadDecoder::new(profile).page(bytes, &mut found).unwrap());
        }
        "callup" => drop(call_ups.body(text, &mut found).unwrap()),
        "url" => drop(call_ups.url(text, &mut found).unwrap()),
        "write" => {
            let basket = decoder.lines(bytes, &mut Ignore).unwrap();
            let mut to = ReturnTo::new("https://erp.example/return");
            to.charset = charset.map(Into::into);
            Encoder::new(profile).body(&basket, &to, &mut found).unwrap();
        }
        other => panic!("{other} is no shape of an example"),
    }
    found.into_found().into_iter().map(|it| (it.code.as_str().to_owned(), it.severity)).collect()
}

fn needs_a_feature(block: &Block) -> bool {
    match block.language {
        // the page of the example's response is HTML
        "html" | "response" => !cfg!(feature = "html"),
        "json" | "download" => !cfg!(feature = "json"),
        _ => false,
    }
}

#[test]
fn the_page_lists_every_code_once_and_in_order() {
    let page: Vec<_> = sections().iter().map(|section| section.code).collect();
    let code: Vec<_> = Rule::all().map(|rule| rule.code().as_str()).collect();
    assert_eq!(page, code);
}

#[test]
fn the_page_gives_the_severities_of_the_code() {
    for section in sections() {
        let rule = Rule::of(section.code).unwrap();
        assert_eq!(
            (section.strict, section.lenient),
            (rule.strict().as_str(), rule.lenient().as_str()),
            "{rule}"
        );
        let words = section.prose.split_whitespace().count();
        assert!(
            (8..200).contains(&words) && section.prose.trim_end().ends_with('.'),
            "{rule}: {words} words"
        );
    }
}

#[test]
fn every_example_is_reported_as_the_page_says() {
    for section in sections() {
        let rule = Rule::of(section.code).unwrap();
        let (profiles, examples): (Vec<_>, Vec<_>) =
            section.examples.iter().partition(|block| block.language == "toml");
        assert_eq!(examples.len(), 1, "{rule}");
        let own = profiles.first().map(|block| Profile::from_toml(&block.text).unwrap());
        for example in examples.iter().filter(|example| !needs_a_feature(example)) {
            let found = findings(example, own.as_ref());
            let is_own = |code: &str| match rule {
                Rule::Len => Field::all().any(|field| field.len_code().as_str() == code),
                _ => code == section.code,
            };
            let severities: Vec<_> =
                found.iter().filter(|(code, _)| is_own(code)).map(|(_, severity)| *severity).collect();
            assert!(!severities.is_empty(), "{rule} is not among {found:?}");
            // profiles of products have severities of their own
            let is_strict = !example.settings.contains_key("profile");
            assert!(!is_strict || severities.contains(&rule.strict()), "{rule}: {severities:?}");
        }
    }
}

#[test]
fn the_page_gives_the_lengths_of_the_protocol() {
    let sections = sections();
    let section = sections.iter().find(|section| section.code == "OCI-LEN-x").unwrap();
    let prose = section.prose.split_whitespace().collect::<Vec<_>>().join(" ");
    let five = Profile::named("oci-5.0").unwrap();
    for field in Field::all().filter(|field| *field != Field::Unit) {
        let Some(max) = five.field(field.as_str()).and_then(|rule| rule.max) else { continue };
        let said = format!("{field} {max}");
        assert!(prose.split([',', '.', ':']).any(|piece| piece.trim() == said), "{said}");
    }
}
