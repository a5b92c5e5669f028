//! Rules of well-formedness, one by one.

use punchout_core::Limits;

use super::{Kind, Scanner};
use crate::{Error, ErrorKind};

/// The kinds of all events, as letters; what a document is refused for.
fn scan(xml: &str) -> Result<String, Error> {
    let mut scanner = Scanner::new(xml, Limits::default())?;
    let mut kinds = String::new();
    loop {
        let kind = scanner.advance()?;
        assert!(xml.get(scanner.span()).is_some(), "{xml}");
        kinds.push(match kind {
            Kind::Open => 'o',
            Kind::Close => 'c',
            Kind::Text => 't',
            Kind::CData => 'd',
            Kind::Entity => 'e',
            Kind::Character => 'r',
            Kind::Doctype => 'D',
            Kind::Aside => 'a',
            Kind::End => return Ok(kinds),
        });
    }
}

fn accepted(cases: &[(&str, &str)]) {
    for (xml, kinds) in cases {
        assert_eq!(scan(xml).as_deref().ok(), Some(*kinds), "{xml}: {:?}", scan(xml));
    }
}

/// Each is refused with these words, at this byte.
fn refused(cases: &[(&str, &str, usize)]) {
    for (xml, words, at) in cases {
        let error = scan(xml).expect_err(xml);
        let span = error.span().unwrap();
        assert_eq!((error.kind(), span.start), (ErrorKind::Malformed, *at), "{xml}: {error}");
        assert!(error.to_string().contains(words) && xml.get(span).is_some(), "{xml}: {error}");
    }
}

#[test]
fn elements() {
    accepted(&[
        ("<a/>", "o"),
        ("<a></a>", "oc"),
        ("<a \n></a\t>", "oc"),
        ("<a><b/><c>x</c></a>", "oootcc"),
        ("<é:_.-1/>", "o"),
        (" \n<a/>\r\n ", "aoa"),
    ]);
    refused(&[
        ("<a>", "1 elements open", 3),
        ("<a></b>", "end tag of `a` is due, not of `b`", 3),
        ("<a></ab>", "end tag of `a` is due", 3),
        ("<a></a b='c'>", "end tag of `a` has more in it", 3),
        ("<a></a", "does not end", 3),
        ("</a>", "ends no element", 0),
        ("<a/><b/>", "second element", 4),
        ("<a/></a>", "ends no element", 4),
        ("<1/>", "no element name", 0),
        ("<a,b/>", "no element name", 0),
        ("< a/>", "no name follows", 0),
        ("<a / >", "a stray `/`", 3),
        ("<a", "does not end", 0),
        ("", "no root element", 0),
        ("<!-- a -->", "no root element", 10),
    ]);
}

#[test]
fn attributes() {
    accepted(&[
        ("<a b='1' c=\"2\"/>", "o"),
        ("<a b = '\"' c\n=\n\"'>\"/>", "o"),
        ("<a b='&lt;&#65;&quot;\t'/>", "o"),
        ("<a b='&c;&é-1;'/>", "o"),
        ("<a ab='' ba='' é=''/>", "o"),
    ]);
    refused(&[
        ("<a b/>", "attribute `b` has no value", 3),
        ("<a b c='1'/>", "attribute `b` has no value", 3),
        ("<a b=1/>", "not in quotes", 5),
        ("<a b='1'c='2'/>", "white space is missing", 8),
        ("<a b='<'/>", "has a `<`", 6),
        ("<a b='&'/>", "no `;`", 6),
        ("<a b='&c d;'/>", "no `;`", 6),
        ("<a b='&;'/>", "is refused", 7),
        ("<a b='1' b='2'/>", "attribute `b` is there twice", 12),
        ("<a 1='2'/>", "no attribute name", 3),
        ("<a b='1", "does not end", 0),
        ("<a b=", "does not end", 0),
        ("<a é×='1'/>", "no attribute name", 3),
    ]);
    let many: String = (0..500).map(|n| format!(" a{n}=''")).collect::<Vec<_>>().concat();
    assert!(scan(&format!("<a{many}/>")).is_ok());
    refused(&[(&format!("<a{many} a250=''/>"), "`a250` is there twice", many.len() + 9)]);
}

#[test]
fn text_and_references() {
    accepted(&[
        ("<a>b]]c]>d</a>", "otc"),
        ("<a>&amp;b&#x41;</a>", "ortrc"),
        ("<a>&nbsp;&é-1;b&:;</a>", "oeetec"),
        ("<a><![CDATA[<&]]]]></a>", "odc"),
        ("<a>a long text of more than thirty-two bytes ]] and so on</a>", "otc"),
    ]);
    refused(&[
        ("<a>b]]>c</a>", "]]&gt;", 4),
        ("<a>a long text of more than thirty-two bytes ]]> and so on</a>", "]]&gt;", 45),
        ("<a>&1;</a>", "is refused", 4),
        ("<a/>&nbsp;", "outside of the root", 4),
        ("<a>&#0;</a>", "is refused", 4),
        ("<a>b & c; d</a>", "no `;`", 5),
        ("<a>&", "no `;`", 3),
        ("<a><![CDATA[ ]] ></a>", "does not end", 3),
        ("a<b/>", "outside of the root", 0),
        ("<b/> a", "outside of the root", 5),
        ("<b/>&amp;", "outside of the root", 4),
        ("<![CDATA[]]><a/>", "outside of the root", 0),
        ("<a>\u{8}</a>", "U+0008", 3),
        ("<a>\u{ffff}</a>", "U+FFFF", 3),
        ("<a><!b></a>", "begins neither", 3),
    ]);
}

#[test]
fn entities_are_named() {
    let xml = "<a b='&c;&lt;' d='1' e='&#65;&c;&f;'>&g;<h/><i j='&k;'>&l;</i></a>";
    let mut scanner = Scanner::new(xml, Limits::default()).unwrap();
    let mut named = Vec::new();
    loop {
        let kind = scanner.advance().unwrap();
        assert_eq!(scanner.names_entities(kind), scanner.entities(kind).next().is_some());
        named.extend(scanner.entities(kind).map(|name| &xml[name]));
        if kind == Kind::End {
            break;
        }
    }
    assert_eq!(named, ["c", "c", "f", "g", "k", "l"]);
    assert_eq!(scanner.last_entity(), xml.find("&l;"));

    for xml in ["<a>&b;</a>", "<a c='&b;'/>"] {
        let mut scanner = Scanner::new(xml, Limits::default()).unwrap().refusing_entities();
        let error = std::iter::from_fn(|| Some(scanner.advance())).find_map(Result::err).unwrap();
        assert!(error.to_string().contains("reference `b` is refused"), "{error}");
    }
}

#[test]
fn comments_and_instructions() {
    accepted(&[
        ("<!---->\n<a><!-- - <b> --><?b c?d?></a><?b?>", "aaoaaca"),
        ("<!--->--><a/>", "ao"),
        ("<?xml-stylesheet?><a/>", "ao"),
    ]);
    refused(&[
        ("<a><!-- b -- c --></a>", "a comment has `--`", 10),
        ("<a><!-- b ---></a>", "a comment has `--`", 10),
        ("<a><!-- b -></a>", "a comment does not end", 3),
        ("<a><? b?></a>", "no processing instruction", 3),
        ("<a><?XML b?></a>", "no processing instruction", 3),
        ("<a><?b c></a>", "does not end", 3),
        ("<a><?xml version='1.0'?></a>", "at the very beginning", 3),
        (" <?xml version='1.0'?><a/>", "at the very beginning", 1),
    ]);
}

#[test]
fn declarations() {
    accepted(&[
        ("<?xml version='1.0'?><a/>", "ao"),
        ("<?xml version = \"1.1\" encoding='UTF-8' standalone=\"no\" ?><a/>", "ao"),
        ("<!DOCTYPE a><a/>", "Do"),
        ("<!DOCTYPE a SYSTEM '>'[ <!ENTITY b \"]>\"> <!-- ]> ' --> <?c ]> ?> %d; ] ><a/>", "Do"),
    ]);
    for declaration in [
        "",
        " encoding='UTF-8'",
        " version='2.0'",
        " version='1.0'encoding='UTF-8'",
        " version='1.0' encoding='8'",
        " version='1.0' standalone='maybe'",
        " version='1.0' standalone='no' encoding='UTF-8'",
        " version='1.0' version='1.0'",
        " version='1.0' ?",
        " version='1.0",
    ] {
        let xml = format!("<?xml{declaration}?><a/>");
        assert_eq!(scan(&xml).expect_err(&xml).kind(), ErrorKind::Malformed, "{xml}");
    }
    refused(&[
        ("<!DOCTYPE a><!DOCTYPE a><a/>", "once, before the root", 12),
        ("<a><!DOCTYPE a></a>", "once, before the root", 3),
        ("<a/><!DOCTYPE a>", "once, before the root", 4),
        ("<!DOCTYPEa><a/>", "not well-formed", 0),
        ("<!DOCTYPE a SYSTEM b><a/>", "not well-formed", 0),
        ("<!DOCTYPE a [ <!ENTITY b '><a/>", "does not end", 0),
        ("<!DOCTYPE a []]><a/>", "does not end", 0),
        ("<!DOCTYPE a ><b/>]><c/>", "outside of the root", 17),
    ]);
}

#[test]
fn limits() {
    let limits = Limits::default().with_depth(2).with_fields(4).with_value_bytes(3);
    let scan = |xml: &str| -> Result<(), Error> {
        let mut scanner = Scanner::new(xml, limits)?;
        while scanner.advance()? != Kind::End {}
        Ok(())
    };
    for (within, beyond) in [
        ("<a><b/></a>", "<a><b><c/></b></a>"),
        ("<a b='' c='' d=''/>", "<a b='' c='' d='' e=''/>"),
        ("<a><b/><b/><b/></a>", "<a><b/><b/><b/><b/></a>"),
        ("<a b='123'/>", "<a b='1234'/>"),
    ] {
        assert!(scan(within).is_ok(), "{within}");
        assert_eq!(scan(beyond).expect_err(beyond).kind(), ErrorKind::Limit, "{beyond}");
    }
}
