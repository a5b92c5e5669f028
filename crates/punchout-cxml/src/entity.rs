//! What is said about references to entities that are none of XML's five.
//!
//! They are never expanded, whatever a document declares: a reference says the
//! characters that it is made of.

use std::borrow::Cow;
use std::ops::Range;

use punchout_core::{Diagnostic, Severity, excerpt};

use crate::xml::Scanner;
use crate::{code, secret};

/// The finding about the entity of this name, in the event that was read last.
/// `spans_from` is what to add to an offset for the place in the input.
pub(crate) fn finding(
    scanner: &Scanner<'_>,
    name: Range<usize>,
    at: String,
    spans_from: Option<usize>,
) -> Diagnostic {
    let (message, help) = told(scanner, scanner.piece(name.clone()), "is never expanded");
    let mut finding = Diagnostic::new(code::ENTITY, Severity::Error, message).help(help).at(at);
    finding.span = spans_from.map(|from| name.start - 1 + from..name.end + 1 + from);
    finding
}

/// What there is to say about an entity, and what to do. In a secret its name
/// is a part of that.
pub(crate) fn told(scanner: &Scanner<'_>, name: &str, what: &str) -> (String, Cow<'static, str>) {
    if is_secret(scanner) {
        return (format!("an entity {what}"), "write what it stands for".into());
    }
    let help = match of_html(name) {
        Some(c) => format!("write the character itself, or `&#{c};`: names of HTML are not XML's").into(),
        None => "write what it stands for, or `&amp;` for a plain `&`".into(),
    };
    (format!("entity {} {what}", excerpt(name)), help)
}

/// Whether what was read last belongs to a secret, as far as the scanner knows.
fn is_secret(scanner: &Scanner<'_>) -> bool {
    let tag = scanner.tag().name;
    // What is looked at again for each reference must not be much: no name is
    // longer.
    let is_named = || {
        scanner.attributes().iter().take(16).any(|attribute| {
            let value = scanner.text().get(attribute.value.clone()).filter(|value| value.len() <= 256);
            attribute.name.eq_ignore_ascii_case("name") && secret::is_named(value)
        })
    };
    let is_inside =
        || scanner.open().iter().any(|name| secret::is_proof(name) || secret::is_start_page(name));
    let is_meant = |name: &&str| secret::is_element(name);
    secret::is_card(tag)
        || is_meant(&tag)
        || is_named()
        || is_inside()
        || scanner.open().last().is_some_and(is_meant)
}

/// The character that HTML has this name for, if it is one that is used.
fn of_html(name: &str) -> Option<u32> {
    let latin = LATIN.iter().zip(0xA0..).find(|(known, _)| **known == name).map(|(_, c)| c);
    latin.or_else(|| OTHERS.iter().find(|(known, _)| *known == name).map(|(_, c)| u32::from(*c)))
}

/// From U+00A0 to U+00FF.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
    "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash",
    "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde",
    "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave",
    "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

const OTHERS: [(&str, char); 36] = [
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("Omega", 'Ω'),
    ("mu", 'μ'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("minus", '−'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
];

#[cfg(test)]
mod tests {
    use punchout_core::Limits;

    use super::*;
    use crate::xml::Kind;

    #[test]
    fn names_of_html_have_their_characters() {
        let found = |name| of_html(name).and_then(char::from_u32);
        for (name, c) in [
            ("nbsp", '\u{A0}'),
            ("AElig", 'Æ'),
            ("times", '×'),
            ("szlig", 'ß'),
            ("uuml", 'ü'),
            ("yuml", 'ÿ'),
            ("euro", '€'),
        ] {
            assert_eq!(found(name), Some(c), "{name}");
        }
        assert_eq!((found("xxe"), found(""), found("nbsp iexcl"), found("NBSP")), (None, None, None, None));
    }

    #[test]
    fn what_is_part_of_a_secret_is_not_named() {
        for (xml, is_named) in [
            ("<a b='&hush;'>", true),
            ("<a><SharedSecret/>&hush;", false),
            ("<SharedSecret>&hush;", false),
            ("<x:sharedSecret><b/>&hush;", false),
            ("<Extrinsic name='password'>&hush;", false),
            ("<Extrinsic name='colour'>&hush;", true),
            ("<PCard number='&hush;'/>", false),
            ("<StartPage><URL>https://x.example/&hush;", false),
        ] {
            let mut scanner = Scanner::new(xml, Limits::default()).unwrap();
            let kind = std::iter::from_fn(|| {
                scanner.advance().ok().map(|kind| (kind, scanner.names_entities(kind)))
            })
            .find(|(_, names)| *names)
            .map_or(Kind::End, |(kind, _)| kind);
            let name = scanner.entities(kind).next().unwrap();
            let found = finding(&scanner, name, String::new(), Some(10));
            assert_eq!(found.message.contains("hush"), is_named, "{xml}: {found}");
            assert_eq!(&xml[found.span.unwrap().start - 10..][..6], "&hush;");
        }
    }
}
