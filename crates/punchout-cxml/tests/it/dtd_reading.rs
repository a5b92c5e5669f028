//! Reading and validating in one go, against doing one after the other.

use punchout_core::{All, Diagnostic, Ignore};
use punchout_cxml::{Document, Validator, code};

use crate::corpus::cases;
use crate::support::{ORDER, data};

fn told(findings: All) -> Vec<Diagnostic> {
    findings.into_found()
}

/// Says whether the document could be read.
fn agree(validator: &Validator, bytes: &[u8]) -> bool {
    let (mut by_both, mut by_reader, mut by_validator) = (All::new(), All::new(), All::new());
    let both = validator.read(bytes, &mut by_both);
    let document = Document::read(bytes, &mut by_reader);
    let report = validator.validate(bytes, &mut by_validator);
    let (document, report) = match (document, report) {
        (Ok(document), Ok(report)) => (document, report),
        (Err(error), _) => {
            assert_eq!(both.unwrap_err().to_string(), error.to_string());
            return false;
        }
        (Ok(_), Err(error)) => panic!("{error}"),
    };
    let (read, reported) = both.unwrap();
    assert_eq!((&read, &reported), (&document, &report));
    assert_eq!(validator.read(bytes, &mut Ignore).unwrap(), (document, report));

    // The findings are those of both, each in its order.
    let (of_dtd, of_model): (Vec<_>, Vec<_>) =
        told(by_both).into_iter().partition(|finding| finding.code.as_str().starts_with("CXML-DTD-"));
    assert_eq!(of_dtd, told(by_validator));
    // Both know about entities; it is told once.
    let (of_entities, by_reader): (Vec<_>, Vec<_>) =
        told(by_reader).into_iter().partition(|finding| finding.code == code::ENTITY);
    assert_eq!(of_model, by_reader);
    let spans = |findings: &[Diagnostic]| -> Vec<_> {
        let entities = findings.iter().filter(|finding| finding.code == code::ENTITY);
        entities.map(|finding| finding.span.clone()).collect()
    };
    assert_eq!(spans(&of_entities), spans(&of_dtd));
    true
}

#[test]
fn an_order_is_read_and_validated() {
    let validator = Validator::new().with_declared_version();
    assert!(agree(&validator, ORDER.as_bytes()));
    let (document, report) = validator.read(ORDER.as_bytes(), &mut Ignore).unwrap();
    assert!(report.valid && document.order_request().is_some());

    let wrong = ORDER.replace("<UnitOfMeasure>EA</UnitOfMeasure>", "").replace("orderID=", "oderID=");
    assert!(agree(&validator, wrong.as_bytes()));
    let (document, report) = validator.read(wrong.as_bytes(), &mut Ignore).unwrap();
    assert!(report.well_formed && !report.valid && document.order_request().is_some());
}

#[test]
fn what_cannot_be_read_is_an_error() {
    for wrong in ["<cXML>", "<Index/>", "<!DOCTYPE cXML SYSTEM 'cXML.dtd'><cXML>&company</cXML>", "\u{1}"] {
        assert!(!agree(&Validator::new(), wrong.as_bytes()), "{wrong}");
    }
}

#[test]
fn an_entity_is_told_once() {
    for doctype in ["", "<!DOCTYPE cXML SYSTEM 'cXML.dtd'>"] {
        let xml = format!("{doctype}<cXML payloadID='&b;&c;'>&b;<Foo d='&e;'>&b;</Foo></cXML>");
        assert!(agree(&Validator::new(), xml.as_bytes()));
        let mut found = All::new();
        Validator::new().read(xml.as_bytes(), &mut found).unwrap();
        let entities = found.found().iter().filter(|finding| finding.code == code::ENTITY);
        assert_eq!(entities.count(), 5, "{:?}", found.found());
    }
}

#[test]
fn the_corpus_is_read_and_validated_alike() {
    let Some(folder) = data("the_corpus_is_read_and_validated_alike", "cxml/corpus") else { return };
    let validator = Validator::new();
    let read = cases(&folder).iter().filter(|case| agree(&validator, &case.bytes)).count();
    assert!(read > 250, "{read} documents");
}
