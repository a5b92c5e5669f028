//! Documents with elements dropped, moved, renamed and doubled, and with text
//! where none belongs: whatever the reader makes of them, writing and reading it again changes nothing.

use punchout_core::Ignore;
use punchout_cxml::Document;

use crate::dtd_mutations::{Dice, mutate};
use crate::support::{ORDER, read};

const SOUND: [&str; 6] = [
    ORDER,
    include_str!("order_model.xml"),
    include_str!("../data/confirmation.xml"),
    include_str!("../data/invoice-lines.xml"),
    include_str!("../data/ship-notice.xml"),
    include_str!("../data/invoice-header.xml"),
];

#[test]
fn slips_survive_the_model() {
    let mut dice = Dice(11);
    let (mut read, mut changed) = (0, 0);
    for _ in 0..1_500 {
        let mut text = SOUND[dice.below(SOUND.len())].to_owned();
        for _ in 0..=dice.below(6) {
            if let Some((slipped, _)) = mutate(&text, &mut dice) {
                text = slipped;
            }
        }
        let inside = text.find("<cXML").unwrap();
        for _ in 0..dice.below(8) {
            let ends: Vec<usize> =
                text.match_indices('>').map(|(at, _)| at + 1).filter(|at| *at > inside).collect();
            text.insert_str(ends[dice.below(ends.len() - 1)], &format!(" {} ", dice.below(10)));
        }
        let Ok(document) = Document::read(text.as_bytes(), &mut Ignore) else { continue };
        let written = document.write_unchecked().unwrap();
        let again = Document::read(&written, &mut Ignore).unwrap();
        assert!(again == document, "{text}\n<->\n{}", String::from_utf8_lossy(&written));
        assert_eq!(again.write_unchecked().unwrap(), written);
        read += 1;
        changed += usize::from(!SOUND.contains(&&*text));
    }
    assert!(read > 1_100 && changed > 1_100, "{read} read, {changed} changed");
}

#[test]
fn the_first_one_counts_wherever_the_second_stood() {
    let [piece, kilo] = ["EA", "KG"].map(|unit| format!("<UnitOfMeasure>{unit}</UnitOfMeasure>"));
    let early = format!("<ItemDetail>{piece}<Description xml:lang='de'>a</Description>{kilo}");
    let xml = ORDER.replace(&piece, "").replace("<ItemDetail>", &early);
    let (document, _) = read(&xml);
    let (again, _) = read(&String::from_utf8(document.write_unchecked().unwrap()).unwrap());
    let unit = |document: &Document| {
        let line = document.order_request().unwrap().item_out[0].item_detail.as_ref().unwrap();
        line.unit_of_measure.clone()
    };
    assert_eq!((&*unit(&document), &*unit(&again)), ("EA", "EA"), "{xml}");
}

#[test]
fn what_follows_a_second_one_stays_behind_it() {
    let unit = "<UnitOfMeasure>EA</UnitOfMeasure>";
    let last = "<Description xml:lang='de'>a</Description>";
    let xml = ORDER.replace("</ItemDetail>", &format!("{last} one {unit} two </ItemDetail>"));
    let (document, _) = read(&xml);
    let written = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    assert_eq!(read(&written).0, document, "{written}");
    let [one, second, two] = ["one", unit, "two"].map(|part| written.rfind(part).unwrap());
    assert!(one < second && second < two, "{written}");
}

#[test]
fn what_stands_in_an_envelope_stays_in_its_order() {
    let status = "<Status code='200' text='OK'/>";
    for (inside, written) in [
        (
            format!("<Header/>one<Foo/>two<Response>{status}</Response>three"),
            "<Header/>one<Foo/>two<Response></Response>three",
        ),
        (
            format!("zero<Response>{status}</Response>one<Header/>two<Header/><Foo/>"),
            "zero<Header/>two<Header/><Foo/><Response></Response>one",
        ),
        ("<Request/>one<Header/>two<Request/>three".to_owned(), "<Header/>two<Request/>one<Request/>three"),
    ] {
        let (document, _) = read(&format!("<cXML payloadID='1' timestamp='2'>{inside}</cXML>"));
        let bytes = document.write_unchecked().unwrap();
        let text =
            String::from_utf8(bytes.clone()).unwrap().replace("<Status code=\"200\" text=\"OK\"/>", "");
        let blank = |c: char| c.is_whitespace();
        let start = text.find("<cXML").unwrap();
        let said: String = text[start..].split_once('>').unwrap().1.split(blank).collect();
        assert_eq!(said, format!("{written}</cXML>"), "{inside}");
        assert_eq!(Document::read(&bytes, &mut Ignore).unwrap(), document, "{inside}");
    }
}

#[test]
fn the_first_body_counts_wherever_the_header_stood() {
    let (start, rest) = ORDER.split_once("<Header>").unwrap();
    let (header, rest) = rest.split_once("</Header>").unwrap();
    let body = rest.strip_suffix("</cXML>").unwrap_or(rest).trim_end().trim_end_matches("</cXML>");
    let other = "<Request><ProfileRequest/></Request>";
    let (document, _) = read(&format!("{start}{body}<Header>{header}</Header>{other}</cXML>"));
    let (again, _) = read(&String::from_utf8(document.write_unchecked().unwrap()).unwrap());
    assert!(document.order_request().is_some());
    assert_eq!(again, document);
}
