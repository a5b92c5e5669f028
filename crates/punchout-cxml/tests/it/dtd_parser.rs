//! DTDs that are read at run time.
#![expect(
    clippy::format_collect,
    clippy::format_push_string,
    reason = "tests build long inputs the plain way"
)]

use std::time::{Duration, Instant};

use punchout_core::Ignore;
use punchout_cxml::{Dtd, ErrorKind, Validator};

use crate::support::data;

fn accepts(dtd: &str, body: &str) -> bool {
    let dtd = Dtd::parse(dtd.as_bytes()).unwrap_or_else(|error| panic!("{error}: {dtd}"));
    let root = body[1..].split(['/', '>', ' ']).next().unwrap();
    let xml = format!("<!DOCTYPE {root}>{body}");
    Validator::new().with_dtd(dtd).validate(xml.as_bytes(), &mut Ignore).unwrap().valid
}

#[test]
fn entities_and_sections_work_as_in_xml() {
    for (dtd, yes, no) in [
        ("<!ELEMENT a (b|c)*><!ELEMENT b EMPTY><!ELEMENT c ANY>", "<a><c><b/></c><b/></a>", "<a>x</a>"),
        ("<!ENTITY % m '(b, b?)'><!ELEMENT a %m;><!ELEMENT b EMPTY>", "<a><b/></a>", "<a/>"),
        // The first declaration of an entity counts.
        ("<!ENTITY % m 'EMPTY'><!ENTITY % m 'ANY'><!ELEMENT a %m;>", "<a/>", "<a>x</a>"),
        ("<!ENTITY % d '<!ELEMENT a EMPTY>'>%d;", "<a/>", "<a>x</a>"),
        (
            "<!ENTITY % x 'b'><!ENTITY % m '(%x;+)'><!ELEMENT a %m;><!ELEMENT b EMPTY>",
            "<a><b/><b/></a>",
            "<a/>",
        ),
        (
            "<!ENTITY % k 'IGNORE'><![%k;[<!ELEMENT a ANY> <![INCLUDE[ ]]> ]]><!ELEMENT a EMPTY>",
            "<a/>",
            "<a>x</a>",
        ),
        ("<![INCLUDE[<![ IGNORE [ junk ]]><!ELEMENT a EMPTY>]]>", "<a/>", "<a>x</a>"),
        ("<!ELEMENT a (#PCDATA|b)*><!ELEMENT b EMPTY>", "<a>x<b/>y</a>", "<a><a/></a>"),
        ("<!ELEMENT a EMPTY><!ATTLIST a k (x | y) 'x' l CDATA #REQUIRED>", "<a l='1'/>", "<a l='1' k='z'/>"),
        (
            "<!ENTITY v '1&#46;2'><!ELEMENT a EMPTY><!ATTLIST a k CDATA #FIXED '&v;&amp;'>",
            "<a k='1.2&amp;'/>",
            "<a k='1.2'/>",
        ),
        (
            "<!ELEMENT a EMPTY><!ATTLIST a k CDATA #IMPLIED><!ATTLIST a k ID #REQUIRED l NMTOKEN #IMPLIED>",
            "<a l='-'/>",
            "<a l='+'/>",
        ),
        (
            "<!NOTATION g PUBLIC 'x'><!NOTATION h SYSTEM 'y'><!ENTITY p SYSTEM 'z' NDATA g><!ELEMENT a EMPTY><!ATTLIST a e ENTITY #IMPLIED n NOTATION (g|h) #IMPLIED>",
            "<a e='p' n='h'/>",
            "<a e='q'/>",
        ),
        ("<?xml version='1.0' encoding='UTF-8'?><!-- c --><!ELEMENT a EMPTY>", "<a/>", "<a> </a>"),
    ] {
        assert!(accepts(dtd, yes), "{dtd} refuses {yes}");
        assert!(!accepts(dtd, no), "{dtd} accepts {no}");
    }
}

#[test]
fn refuses_what_is_no_dtd() {
    for (dtd, message) in [
        ("<!ELEMENT a>", "white space is missing"),
        ("<!ELEMENT a (b,c|d)>", "a group mixes `,` and `|`"),
        ("<!ELEMENT a (b", "`,` is expected, but the end comes"),
        ("<!ELEMENT a (#PCDATA|b)>", "elements beside text need a `*`"),
        ("<!ELEMENT a EMPTY><!ELEMENT a ANY>", "the element is declared twice"),
        (
            "<!ELEMENT a (b?,b)>",
            "the content of element `a` is ambiguous: it does not say which `b` is meant",
        ),
        ("<!ATTLIST a b WORD #IMPLIED>", "`WORD` is no kind of attribute"),
        ("<!ATTLIST a b (x|y) 'z'>", "attribute `b` cannot have its default `z`"),
        ("<!ATTLIST a b ID 'z'>", "attribute `b` cannot have its default `z`"),
        ("<!ATTLIST a b ID #IMPLIED c ID #IMPLIED>", "element `a` has two IDs"),
        ("<!ATTLIST a b CDATA '&c;'>", "entity `c` is not declared"),
        ("%x;", "parameter entity `x` is not declared"),
        (
            "<!ENTITY % x SYSTEM 'x.mod'> %x;",
            "parameter entity `x` lies in another file, which is not read; put its text in",
        ),
        ("<!ENTITY % x '&#37;x;'> %x;", "entity `x` goes round in circles"),
        ("<![INCLUDE[ <!ELEMENT a EMPTY>", "a section is not ended with `]]>`"),
        ("<![MAYBE[ ]]>", "a section is INCLUDE or IGNORE, not `MAYBE`"),
        ("]]>", "`]]>` ends nothing that began here"),
        ("<html>", "this is no declaration"),
        ("<!-- a -- b -->", "a comment has `--`"),
        ("<!ENTITY % x '<!ELEMENT a '> %x; EMPTY>", "a declaration ends in another entity than it began in"),
    ] {
        let error = Dtd::parse(dtd.as_bytes()).expect_err(dtd);
        assert_eq!(error.kind(), ErrorKind::Dtd);
        let place = error.position().unwrap();
        assert_eq!(
            error.to_string(),
            format!("{message} at line {}, column {}", place.line, place.column),
            "{dtd}"
        );
    }
}

#[test]
fn hostile_dtds_are_refused_quickly() {
    let bomb = |sign: &str| {
        let mut dtd = format!("<!ENTITY {sign}e0 '{}'>", " ".repeat(1_000));
        for level in 1..20 {
            let reference = format!("{}e{};", if sign.is_empty() { "&" } else { "%" }, level - 1);
            dtd.push_str(&format!("<!ENTITY {sign}e{level} '{}'>", reference.repeat(20)));
        }
        dtd
    };
    let deep = format!("<!ELEMENT a {}b{}>", "(".repeat(100_000), ")".repeat(100_000));
    let wide = format!("<!ELEMENT a ({}b)>", (0..100_000).map(|n| format!("b{n}|")).collect::<String>());
    let pairs =
        format!("<!ELEMENT a ({}b)*>", (0..2_000).map(|n| format!("(b{n}?,c{n}?)|")).collect::<String>());
    let options = format!("<!ELEMENT a ({}b)>", (0..4_000).map(|n| format!("b{n}?,")).collect::<String>());
    let many: String = (0..70_000).map(|n| format!("<!ELEMENT a{n} EMPTY>")).collect();
    let lists: String = (0..70_000).map(|n| format!("<!ATTLIST a b{n} CDATA #IMPLIED>")).collect();
    for dtd in [
        bomb("% ") + "%e19;",
        bomb("") + "<!ATTLIST a b CDATA '&e19;'>",
        deep,
        wide,
        pairs,
        options,
        many,
        lists,
        "<![INCLUDE[".repeat(100_000),
        "<![IGNORE[".repeat(100_000),
    ] {
        // a busy machine may be late once, but not each time
        let is_quick = (0..10).any(|_| {
            let start = Instant::now();
            let outcome = Dtd::parse(dtd.as_bytes());
            assert!(outcome.is_err(), "{}…", &dtd[..40]);
            start.elapsed() < Duration::from_secs(3)
        });
        assert!(is_quick, "{}…", &dtd[..40]);
    }
}

#[test]
fn reads_every_dtd_of_cxml() {
    let Some(folder) = data("reads_every_dtd_of_cxml", "cxml/dtd") else { return };
    let mut read = 0;
    for version in
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in std::fs::read_dir(version).unwrap().map(|entry| entry.unwrap().path()) {
            let dtd = Dtd::parse(&std::fs::read(&file).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert!(dtd.len() > 300, "{}: {}", file.display(), dtd.len());
            if file.ends_with("1.2.071/cXML.dtd") {
                assert_eq!(dtd.len(), 742);
            }
            read += 1;
        }
    }
    assert!(read >= 23, "{read} DTDs");
}
