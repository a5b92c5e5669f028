//! Documents made to cost much.
#![expect(clippy::format_collect, reason = "tests build long inputs the plain way")]

use punchout_core::{All, Diagnostic, Ignore, Limits, Sink};
use punchout_cxml::{ErrorKind, Report, Validator};

fn validated(xml: &str, sink: &mut dyn Sink) -> Result<Report, ErrorKind> {
    Validator::new().validate(xml.as_bytes(), sink).map_err(|error| error.kind())
}

#[test]
fn depth_has_a_limit() {
    let deep = format!("{}{}", "<cXML>".repeat(100_000), "</cXML>".repeat(100_000));
    assert_eq!(validated(&deep, &mut All::new()), Err(ErrorKind::Limit));
    assert_eq!(validated(&"<Extrinsic name='a'>".repeat(100_000), &mut All::new()), Err(ErrorKind::Limit));
}

#[test]
fn entities_are_never_expanded() {
    let bomb = "<!DOCTYPE cXML [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>
        <!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;]>
        <cXML payloadID='&x;' timestamp='1'><Response><Status code='200' text='OK'>&b;</Status></Response></cXML>";
    let mut found = All::new();
    let report = validated(bomb, &mut found).unwrap();
    assert!(report.well_formed && !report.valid);
    let told: Vec<_> = found.found().iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(told, ["CXML-DTD-SUBSET", "CXML-DTD-DOCTYPE", "CXML-DTD-ENTITY", "CXML-DTD-ENTITY"]);
}

#[test]
fn a_subset_takes_no_effect() {
    let xml = "<!DOCTYPE cXML [<!ATTLIST cXML payloadID CDATA 'x' timestamp CDATA 'y'><!ELEMENT Foo EMPTY>]>
        <cXML><Response><Status code='200' text='OK'/></Response><Foo/></cXML>";
    let mut found = All::new();
    assert!(!validated(xml, &mut found).unwrap().valid);
    assert_eq!(found.found().len(), 5, "{:?}", found.found());
}

/// What such a document costs in time is for the example `hostile` to show.
#[test]
fn there_are_never_more_findings_than_slips() {
    let wrong = |count: usize| {
        [
            "<Foo/>".repeat(count),
            "<ItemOut/>".repeat(count),
            "<Extrinsic><Foo/>text</Extrinsic>".repeat(count),
            (0..count).map(|n| format!("<a{n}/>")).collect(),
            (0..count).map(|n| format!("<Request Id='a{n}' a{n}='' type='1'>x</Request>")).collect(),
            format!("<Request {}/>", (0..count).map(|n| format!("a{n}='' ")).collect::<String>()),
            "&#32;&amp;".repeat(count),
            "<Total/><BillTo/><ShipTo/><Total/>".repeat(count),
        ]
    };
    let unlimited = Limits::default().with_diagnostics(usize::MAX);
    for parent in ["cXML", "OrderRequestHeader", "Extrinsic", "Request", "Comments", "Foo"] {
        for wrong in wrong(300) {
            let xml = format!("<!DOCTYPE {parent}><{parent}>{wrong}</{parent}>");
            let mut counted = Counted::default();
            let validator = Validator::new().with_limits(unlimited);
            let report = validator.validate(xml.as_bytes(), &mut counted).unwrap();
            // every tag may miss its content and its attributes, and stand at the
            // wrong place; every attribute and text may be wrong
            let tags = xml.matches('<').count();
            let parts = xml.matches('=').count() + xml.matches(['>', '&']).count();
            assert!(counted.findings <= 3 * tags + parts, "{}: {}", counted.findings, &xml[..80]);
            assert!(counted.bytes <= counted.findings * 1_000, "{}", &xml[..80]);
            assert_eq!(validated(&xml, &mut Ignore).unwrap(), report);
        }
        for wrong in wrong(5_000) {
            let xml = format!("<!DOCTYPE {parent}><{parent}>{wrong}</{parent}>");
            let mut counted = Counted::default();
            validated(&xml, &mut counted).unwrap();
            assert!(counted.findings <= Limits::default().diagnostics);
        }
    }
}

/// How much is said.
#[derive(Default)]
struct Counted {
    findings: usize,
    bytes: usize,
}

impl Sink for Counted {
    fn report(&mut self, finding: Diagnostic) {
        self.findings += 1;
        self.bytes +=
            finding.message.len() + finding.at.len() + finding.help.as_deref().unwrap_or_default().len();
    }
}

#[test]
fn what_is_said_stays_short() {
    let name = "n".repeat(1 << 20);
    let xml = format!("<!DOCTYPE {name}><{name}><cXML {name}='{name}'><{name}/></cXML></{name}>");
    let mut found = All::new();
    validated(&xml, &mut found).unwrap();
    for finding in found.found() {
        let length =
            finding.message.len() + finding.at.len() + finding.help.as_deref().unwrap_or_default().len();
        assert!(length < 1_000, "{length}: {}", finding.code);
    }
    assert!(!found.found().is_empty());
}
