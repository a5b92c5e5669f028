//! Documents made to cost much.
#![expect(clippy::format_collect, reason = "tests build long inputs the plain way")]

use std::time::{Duration, Instant};

use punchout_core::{All, Ignore, Limits, Sink};
use punchout_cxml::{ErrorKind, Report, Validator};

/// Generous for a slow machine, and far below what anything that is not linear
/// would take.
const BOUND: Duration = Duration::from_secs(5);

/// Validates within the bound. A busy machine may be late once, so the best of
/// ten counts.
fn quickly(xml: &str, sink: &mut dyn Sink) -> Result<Report, ErrorKind> {
    let validate = |sink: &mut dyn Sink| {
        let start = Instant::now();
        let outcome = Validator::new().validate(xml.as_bytes(), sink);
        (outcome, start.elapsed() < BOUND)
    };
    let (outcome, mut is_quick) = validate(sink);
    is_quick = is_quick || (0..9).any(|_| validate(&mut Ignore).1);
    assert!(is_quick, "{} bytes: {}…", xml.len(), xml.get(..60).unwrap_or(xml));
    outcome.map_err(|error| error.kind())
}

#[test]
fn depth_has_a_limit() {
    let deep = format!("{}{}", "<cXML>".repeat(100_000), "</cXML>".repeat(100_000));
    assert_eq!(quickly(&deep, &mut All::new()), Err(ErrorKind::Limit));
    assert_eq!(quickly(&"<Extrinsic name='a'>".repeat(100_000), &mut All::new()), Err(ErrorKind::Limit));
}

#[test]
fn entities_are_never_expanded() {
    let bomb = "<!DOCTYPE cXML [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>
        <!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;]>
        <cXML payloadID='&x;' timestamp='1'><Response><Status code='200' text='OK'>&b;</Status></Response></cXML>";
    let mut found = All::new();
    let report = quickly(bomb, &mut found).unwrap();
    assert!(report.well_formed && !report.valid);
    let told: Vec<_> = found.found().iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(told, ["CXML-DTD-SUBSET", "CXML-DTD-DOCTYPE", "CXML-DTD-ENTITY", "CXML-DTD-ENTITY"]);
}

#[test]
fn a_subset_takes_no_effect() {
    let xml = "<!DOCTYPE cXML [<!ATTLIST cXML payloadID CDATA 'x' timestamp CDATA 'y'><!ELEMENT Foo EMPTY>]>
        <cXML><Response><Status code='200' text='OK'/></Response><Foo/></cXML>";
    let mut found = All::new();
    assert!(!quickly(xml, &mut found).unwrap().valid);
    assert_eq!(found.found().len(), 5, "{:?}", found.found());
}

#[test]
fn wrong_everywhere_is_linear() {
    let wrong = [
        "<Foo/>".repeat(60_000),
        "<ItemOut/>".repeat(60_000),
        "<Extrinsic><Foo/>text</Extrinsic>".repeat(30_000),
        (0..60_000).map(|n| format!("<a{n}/>")).collect(),
        (0..20_000).map(|n| format!("<Request Id='a{n}' a{n}='' type='1'>x</Request>")).collect(),
        format!("<Request {}/>", (0..30_000).map(|n| format!("a{n}='' ")).collect::<String>()),
        format!("<Request {}/>", "a='' ".repeat(30_000)),
        "&#32;&amp;".repeat(60_000),
        "<Total/><BillTo/><ShipTo/><Total/>".repeat(15_000),
    ];
    for wrong in &wrong {
        for parent in ["cXML", "OrderRequestHeader", "Extrinsic", "Request", "Comments", "Foo"] {
            let xml = format!("<!DOCTYPE {parent}><{parent}>{wrong}</{parent}>");
            let mut found = All::new();
            let report = quickly(&xml, &mut found).unwrap();
            assert_eq!(quickly(&xml, &mut Ignore).unwrap(), report);
            assert!(found.found().len() <= Limits::default().diagnostics);
        }
    }
}

#[test]
fn what_is_said_stays_short() {
    let name = "n".repeat(1 << 20);
    let xml = format!("<!DOCTYPE {name}><{name}><cXML {name}='{name}'><{name}/></cXML></{name}>");
    let mut found = All::new();
    quickly(&xml, &mut found).unwrap();
    for finding in found.found() {
        let length =
            finding.message.len() + finding.at.len() + finding.help.as_deref().unwrap_or_default().len();
        assert!(length < 1_000, "{length}: {}", finding.code);
    }
    assert!(!found.found().is_empty());
}
