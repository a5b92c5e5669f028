use proptest::prelude::*;
use punchout_core::All;
use punchout_cxml::{Doctype, Document, Validator};

use crate::draw::Draw;
use crate::support::{ORDER, difference, read};

/// What a document is broken with.
const PIECES: &[&str] = &[
    "<", ">", "/", "&", ";", "\"", "'", "=", " ", "\n", "!", "?", "-", "]]>", "<a>", "</a>", "<!--", "&#0;",
    "\u{1}", "é", "x",
];

fn written(document: &Document) -> String {
    String::from_utf8(document.write_unchecked().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_gives_back_what_was_written(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let document = Draw::any(&bytes).document();
        let xml = written(&document);
        let (back, _) = read(&xml);
        prop_assert_eq!(difference(&back, &document), None, "{}", xml);
        prop_assert_eq!(written(&back), xml);
    }

    #[test]
    fn what_is_valid_is_read_without_a_finding(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let document = Draw::valid(&bytes).order_document();
        let xml = written(&document);
        let (back, found) = read(&xml);
        prop_assert_eq!(difference(&back, &document), None, "{}", xml);
        prop_assert!(found.found().is_empty(), "{:?}\n{}", found.found(), xml);
    }

    #[test]
    fn what_an_older_version_lacks_is_not_written(
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
        version in prop::sample::select(&["1.2.014", "1.2.020", "1.2.036", "1.2.048", "1.2.063", "1.2.071"][..]),
    ) {
        let document = Draw::valid(&bytes).order_document().with_doctype(Doctype::cxml(version));
        let unchecked = document.write_unchecked().unwrap();
        let validator = Validator::new().with_version(version).unwrap();
        let mut found = All::new();
        let report = validator.validate(&unchecked, &mut found).unwrap();
        match document.write() {
            Ok(written) => {
                prop_assert_eq!(&written, &unchecked);
                // More of what was known before is all that may be wrong.
                let unknown = found.found().iter().find(|finding| finding.message.contains("is not declared"));
                prop_assert!(unknown.is_none(), "{:?}", unknown);
                prop_assert!(report.valid || version < "1.2.048", "{:?}", found.found());
            }
            Err(error) => prop_assert!(!report.valid, "{}", error),
        }
    }

    #[test]
    fn nothing_is_read_that_is_not_well_formed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..3, prop::sample::select(PIECES)), 1..4),
    ) {
        let mut xml = ORDER.to_owned();
        for (place, cut, piece) in changes {
            let at = (0..=place.index(xml.len())).rfind(|&at| xml.is_char_boundary(at)).unwrap();
            let end = (at + cut..xml.len()).find(|&end| xml.is_char_boundary(end)).unwrap_or(xml.len());
            xml.replace_range(at..end, piece);
        }
        let mut found = All::new();
        let ours = Document::read(xml.as_bytes(), &mut found);
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        // Namespaces are not looked at here: the DTD knows none.
        let without_namespaces = xml.replace(':', "_");
        let theirs = roxmltree::Document::parse_with_options(&without_namespaces, options);
        if let Ok(document) = &ours {
            prop_assert!(theirs.is_ok(), "{:?}\n{}", theirs.err(), xml);
            let again = written(document);
            prop_assert_eq!(difference(&read(&again).0, document), None, "{}", again);
        }
        for finding in found.found() {
            let span = finding.span.clone().unwrap_or(0..0);
            prop_assert!(xml.get(span).is_some(), "{:?}", finding);
        }
        if let Err(error) = &ours {
            let span = error.span().unwrap();
            prop_assert!(xml.get(span).is_some(), "{} {:?}", error, error.span());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let document = Document::read(&bytes, &mut All::new());
        prop_assert!(document.is_err() || bytes.len() > 60);
    }
}
