//! What must not be in an anonymised document, wherever it stands.

use proptest::prelude::*;
use punchout_core::{All, Severity};
use punchout_cxml::{Anonymiser, Prices, Validator, secret};

use crate::anonymise::parsed;
use crate::corpus::{cases, without_entities};
use crate::support::{ORDER, data};

const SECRET: &str = "Hush77Hush77";

/// All that may be chosen.
fn anonymisers() -> impl Iterator<Item = Anonymiser> {
    [Prices::Scaled, Prices::Zero, Prices::Kept].into_iter().flat_map(|prices| {
        [(false, false), (false, true), (true, false), (true, true)].map(|(texts, articles)| {
            Anonymiser::new("1").with_prices(prices).with_texts(texts).with_articles(articles)
        })
    })
}

fn anonymised(anonymiser: &Anonymiser, xml: &str) -> String {
    String::from_utf8(anonymiser.anonymise(xml.as_bytes()).unwrap()).unwrap()
}

fn default(xml: &str) -> String {
    anonymised(&Anonymiser::new("1"), xml)
}

fn is_valid(xml: &str) -> bool {
    let mut found = All::new();
    Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
    found.found().iter().all(|finding| finding.severity < Severity::Error)
}

/// The order with something else in one place.
fn order(place: &str, with: &str) -> String {
    assert_eq!(ORDER.matches(place).count(), 1, "{place}");
    ORDER.replacen(place, with, 1)
}

/// Asserts that it is in no anonymised document, whatever is chosen, and that
/// one that is valid stays so.
#[track_caller]
fn assert_hidden(xml: &str, hidden: &str) {
    assert!(xml.contains(hidden), "{xml}");
    for anonymiser in anonymisers() {
        let shown = anonymised(&anonymiser, xml);
        assert!(!shown.contains(hidden), "{anonymiser:?}: {shown}");
        assert!(!is_valid(xml) || is_valid(&shown), "{anonymiser:?}: {shown}");
    }
}

/// Elements that stay elsewhere, or become something that tells more.
const INNER: &[&str] = &[
    "<UserAgent>_</UserAgent>",
    "<UnitOfMeasure>_</UnitOfMeasure>",
    "<Description xml:lang='en'>_</Description>",
    "<Description xml:lang='en'>see <ShortName>_</ShortName></Description>",
    "<Money currency='EUR'>_</Money>",
    "<Money currency='_'>1</Money>",
    "<Classification domain='_' code='_'>_</Classification>",
    "<Status code='200' text='_'>OK</Status>",
    "<Email name='work'>cid:_</Email>",
    "<URL name='_'>http://www.w3.org/_?_</URL>",
    "<Extrinsic name='x'><UnitOfMeasure>_</UnitOfMeasure></Extrinsic>",
    "<Description xml:lang='_'>x</Description>",
    "<!-- _ --><?a _?><![CDATA[_]]>",
    "<Foo a='_'>_</Foo>",
];

#[test]
fn nothing_within_a_secret_stays() {
    let mut valid = 0;
    for holder in [
        "<SharedSecret>_</SharedSecret>",
        "<DigitalSignature type='PK7 self-contained' encoding='Base64'>_</DigitalSignature>",
        "<SharedSecret><Extrinsic name='x'>_</Extrinsic></SharedSecret>",
    ] {
        for inner in INNER {
            let inner = holder.replace('_', &inner.replace('_', SECRET));
            let xml = order("<SharedSecret>example-secret</SharedSecret>", &inner);
            assert_hidden(&xml, SECRET);
            valid += usize::from(is_valid(&xml));
        }
    }
    assert!(valid >= 30, "{valid}");
    for inner in INNER {
        let inner = inner.replace('_', SECRET);
        for name in ["name='Password'", "name='api key'", "Name='password'"] {
            assert_hidden(
                &order("</BillTo>", &format!("</BillTo><Extrinsic {name}>{inner}</Extrinsic>")),
                SECRET,
            );
        }
    }
}

#[test]
fn nothing_within_an_identity_stays() {
    for inner in INNER.iter().filter(|inner| !inner.contains("cid:") && !inner.contains("w3.org")) {
        let inner = inner.replace('_', SECRET);
        for holder in ["Identity", "BuyerCookie", "SupplierPartAuxiliaryID", "StartPage"] {
            assert_hidden(&format!("<a><{holder}>{inner}</{holder}></a>"), SECRET);
        }
    }
}

#[test]
fn a_known_secret_stays_nowhere() {
    for elsewhere in [
        "<Comments>xHush77Hush77x</Comments>",
        "<Comments>my Hush77Hush77<Attachment><URL>cid:Hush77Hush77</URL></Attachment></Comments>",
        "<!-- Hush77Hush77 --><?a bHush77Hush77?>",
        "<Foo xml:lang='Hush77Hush77' xml:space='Hush77Hush77' xml:id='Hush77Hush77'/>",
        "<Foo xmlns='urn:Hush77Hush77'/>",
        "<OrderRequestHeader type='Hush77Hush77' orderType='xHush77Hush77'/>",
        "<Money currency='Hush77Hush77' alternateAmount='Hush77Hush77'>Hush77Hush77</Money>",
        "<Request Id='Hush77Hush77'/><TaxDetail taxedElement='Hush77Hush77' category='x'/>",
        "<UserAgent>Hush77Hush77&#x48;ush77Hush77</UserAgent>",
        "<a b='&#x48;ush77Hush77'><Description>H<![CDATA[ush77Hush77]]></Description></a>",
    ] {
        let xml = format!(
            "<!DOCTYPE a SYSTEM 'http://cxml.org/Hush77Hush77/cXML.dtd'><a>\
             <SharedSecret>Hush77Hush77</SharedSecret>{elsewhere}</a>"
        );
        for anonymiser in anonymisers() {
            let shown = anonymised(&anonymiser, &xml);
            parsed(&shown);
            assert!(!shown.contains("ush77"), "{anonymiser:?}: {shown}");
        }
    }
}

#[test]
fn marks_still_refer_to_each_other() {
    let xml = "<a><SharedSecret><Request Id='mark77'/></SharedSecret><TaxDetail taxedElement='mark77'/></a>";
    let shown = default(xml);
    let value = |name: &str| shown.split(&format!("{name}='")).nth(1).unwrap().split('\'').next().unwrap();
    assert_eq!(value("Id"), value("taxedElement"));
    assert!(value("Id") != "mark77" && value("Id").starts_with(char::is_alphabetic), "{shown}");
}

#[test]
fn the_address_of_the_dtd_tells_only_which_one_it_is() {
    for (address, end) in [
        (
            "http://jo:Hush77Hush77@xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd",
            "@xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd",
        ),
        (
            "http://intranet.Hush77Hush77.com/schemas/cXML/1.2.014/cXML.dtd",
            ".example/schemas/cXML/1.2.014/cXML.dtd",
        ),
        ("https://Hush77Hush77:8443/dtd/1.2.071/Fulfill.dtd", ".example:8443/"),
        ("file:///home/Hush77Hush77/1.2.071/Fulfill.dtd", "/1.2.071/Fulfill.dtd"),
        ("C:\\Hush77Hush77\\cXML.dtd", ".cXML"),
        ("Hush77Hush77/cXML.dtd", "/cXML.dtd"),
    ] {
        let xml = format!("<!DOCTYPE cXML SYSTEM '{address}'><cXML/>");
        let shown = default(&xml);
        assert!(!shown.contains(SECRET) && shown.starts_with("<!DOCTYPE cXML SYSTEM '"), "{shown}");
        if end != ".cXML" {
            assert!(shown.contains(end), "{shown}");
        }
    }
    for (address, begin) in [
        (
            "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd?key=Hush77Hush77",
            "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd?",
        ),
        ("1.2.014/cXML.dtd#Hush77Hush77", "1.2.014/cXML.dtd#"),
    ] {
        let shown = default(&format!("<!DOCTYPE cXML PUBLIC '-//Hush77Hush77' \"{address}\"><cXML/>"));
        assert!(!shown.contains(SECRET) && shown.contains(&format!("\"{begin}")), "{shown}");
    }
    for address in ["http://xml.cXML.org/schemas/cXML/1.2.014/cXML.dtd", "http://cxml.org", "cXML.dtd"] {
        let xml = format!("<!DOCTYPE cXML SYSTEM '{address}'><cXML/>");
        assert_eq!(default(&xml), xml);
    }
    let xml = ORDER.replace("xml.cxml.org", "dtd.acme.test");
    let shown = default(&xml);
    assert!(is_valid(&shown) && shown.contains(".example/schemas/cXML/"), "{shown}");
}

#[test]
fn words_that_a_dtd_lists_stay_and_others_do_not() {
    let xml = "<a><OrderRequestHeader type='new' orderType='Regular'/><OrderRequestHeader type='acme77' orderType='acme77'/></a>";
    let shown = default(xml);
    assert!(shown.contains("type='new' orderType='Regular'") && !shown.contains("acme"), "{shown}");
    // It is no name: what says the same elsewhere is something else.
    let xml = "<a><OrderRequestHeader type='standard'/><Description>standard screw</Description></a>";
    assert!(default(xml).contains(">standard screw<"));
}

#[test]
fn who_it_is_shows_in_no_other_place() {
    for gone in [
        "<Credential domain='_.com'><Identity>1</Identity></Credential>",
        "<Credential domain='_'/>",
        "<SupplierID domain='https://_/x'>1</SupplierID>",
        "<Status code='401' text='_ unknown'/>",
        "<Status code='401' text='OK'>Dear _, no</Status>",
        "<PostalAddress name='_'/>",
        "<Email name='_'>a@b.test</Email>",
        "<Phone name='at _'/>",
        "<Fax name='_'/>",
        "<Accounting name='_ books'/>",
        "<Segment id='1' type='cost' description='_ department'/>",
        "<TaxLocation xml:lang='en'>_ City</TaxLocation>",
        "<CarrierIdentifier domain='companyName'>_</CarrierIdentifier>",
        "<ShippingInstructions><Description xml:lang='en'>ring at _</Description></ShippingInstructions>",
        "<Extrinsic name='x'><Description xml:lang='en'>for _</Description></Extrinsic>",
        "<Foo xmlns='http://_.test/ns'/>",
    ] {
        let shown = default(&format!("<a>{}</a>", gone.replace('_', "Acme77")));
        assert!(!shown.contains("Acme77"), "{shown}");
    }
    for kept in [
        "<Credential domain='DUNS'/>",
        "<Credential domain='NetworkID'/>",
        "<Credential domain='AribaNetworkUserId'/>",
        "<Status code='200' text='OK'/>",
        "<Status code='200' text='Internal Server Error'>Accepted</Status>",
        "<PostalAddress name='default'/>",
        "<Phone name='Work'/>",
        "<Foo xmlns='http://www.w3.org/2000/09/xmldsig#'/>",
        "<Segment type='Cost Center'/>",
        "<UserAgent>Acme 7</UserAgent>",
    ] {
        let xml = format!("<a>{kept}</a>");
        assert_eq!(default(&xml), xml);
    }
}

#[test]
fn a_domain_is_the_same_as_in_a_mail_address() {
    let shown = default("<a><Credential domain='shop.test'/><Email name='work'>me@shop.test</Email></a>");
    let host = shown.split("domain='").nth(1).unwrap().split('\'').next().unwrap();
    assert!(host.ends_with(".example") && shown.contains(&format!("@{host}</Email>")), "{shown}");
}

/// The texts in secrets that are long enough to be looked for.
fn said_in_secrets(xml: &str) -> Vec<String> {
    let xml = without_entities(xml);
    let tree = parsed(&xml);
    let secrets = tree.descendants().filter(|node| secret::is_element(node.tag_name().name()));
    let texts = secrets.flat_map(|node| node.descendants()).filter(roxmltree::Node::is_text);
    let said = texts.filter_map(|node| node.text()).map(|said| said.trim().to_owned());
    said.filter(|said| said.chars().count() >= 6).collect()
}

#[test]
fn no_secret_of_the_corpus_stays() {
    let Some(folder) = data("no_secret_of_the_corpus_stays", "cxml/corpus") else { return };
    let kept = Anonymiser::new("1").with_texts(false).with_prices(Prices::Kept);
    let anonymisers = [Anonymiser::new("1"), kept];
    let mut secrets = 0;
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let text = |bytes: &[u8]| encoding_rs::UTF_8.decode_without_bom_handling(bytes).0.into_owned();
        let said = said_in_secrets(&text(&case.bytes));
        for anonymiser in &anonymisers {
            let after = text(&anonymiser.anonymise(&case.bytes).unwrap());
            let after = without_entities(&after);
            let tree = parsed(&after);
            for node in tree.descendants() {
                let values = node.attributes().map(|attribute| attribute.value());
                for value in values.chain(node.text()).chain(node.pi().and_then(|pi| pi.value)) {
                    assert!(!said.iter().any(|said| value.contains(&**said)), "{}: {value}", case.file);
                }
            }
        }
        secrets += said.len();
    }
    assert!(secrets >= 100, "{secrets}");
}

/// Where a secret may be said; `_` is it.
const PLACES: &[&str] = &[
    "<Comments>_</Comments>",
    "<Description xml:lang='en'>x_x</Description>",
    "<UserAgent>-_-</UserAgent>",
    "<Money currency='EUR'>_</Money>",
    "<Name xml:lang='en'>by _</Name>",
    "<URL>https://_@_/_?_#_</URL>",
    "<Extrinsic name='_'>_<Foo bar='_'/></Extrinsic>",
    "<!--_-->",
    "<?a _?>",
    "<OrderRequestHeader type='_' orderDate='_'/>",
    "<Credential domain='_'><Identity>_</Identity></Credential>",
    "<PCard number='_' name='_' expiration='_'/>",
    "<StartPage><URL>_</URL>_</StartPage>",
    "<SharedSecret>_</SharedSecret>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_is_left(
        said in "[A-Za-z][A-Za-z0-9.+*]{5,12}[g-z]",
        holder in prop::sample::select(&["SharedSecret", "Password", "DigitalSignature", "CredentialMac"][..]),
        around in prop::collection::vec(prop::sample::select(INNER), 0..3),
        places in prop::collection::vec(prop::sample::select(PLACES), 0..4),
        seed in "[a-z]{1,4}",
        has_texts: bool,
        has_articles: bool,
        prices in prop::sample::select(&[Prices::Scaled, Prices::Zero, Prices::Kept][..]),
    ) {
        let said = ["Q", &*said].concat();
        let inside = around.concat().replace('_', &said);
        let xml = format!(
            "<!DOCTYPE a SYSTEM 'http://{said}.test/{said}' [<!ENTITY e '{said}'><!--{said}-->]>\
             <a><{holder}>{said}{inside}</{holder}>{}</a><!--{said}-->",
            places.concat().replace('_', &said),
        );
        let anonymiser =
            Anonymiser::new(seed).with_texts(has_texts).with_articles(has_articles).with_prices(prices);
        let shown = anonymised(&anonymiser, &xml);
        prop_assert!(!shown.contains(&said), "{}\n{}", xml, shown);
        prop_assert_eq!(shown.matches('<').count(), xml.matches('<').count() - cut(&xml, &shown), "{}", shown);
    }
}

/// How many sections of characters were written in another way.
fn cut(before: &str, after: &str) -> usize {
    before.matches("<![CDATA[").count() - after.matches("<![CDATA[").count()
}
