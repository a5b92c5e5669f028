use std::collections::BTreeSet;

use proptest::prelude::*;
use punchout_core::{All, Ignore};
use punchout_cxml::{Anonymiser, Document, Prices, Validator, code};

use crate::corpus::{cases, without_entities};
use crate::support::{ORDER, data};

pub(crate) fn parsed(xml: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(xml, options).unwrap()
}

fn text(bytes: &[u8]) -> String {
    encoding_rs::UTF_8.decode_without_bom_handling(bytes).0.into_owned()
}

/// The texts of these elements, joined as a reader sees them.
fn texts(tree: &roxmltree::Document<'_>, names: &[&str]) -> Vec<String> {
    let elements =
        tree.descendants().filter(|node| node.is_element() && names.contains(&node.tag_name().name()));
    elements
        .map(|node| node.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect())
        .collect()
}

/// Everything that the document says, comments and the rest.
fn everything(tree: &roxmltree::Document<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for node in tree.descendants() {
        all.extend(node.text().map(str::to_owned));
        all.extend(node.attributes().map(|attribute| attribute.value().to_owned()));
    }
    all
}

const WHO: &[&str] = &[
    "Identity",
    "SharedSecret",
    "Name",
    "DeliverTo",
    "Street",
    "Email",
    "Number",
    "PostalCode",
    "BuyerCookie",
    "CredentialMac",
];

/// Whether a value stands in a text as words of its own.
fn has(text: &str, value: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(value).any(|(at, _)| {
        !is_word(text[..at].chars().next_back()) && !is_word(text[at + value.len()..].chars().next())
    })
}

#[test]
fn nobody_can_be_told_from_the_corpus() {
    let Some(folder) = data("nobody_can_be_told_from_the_corpus", "cxml/corpus") else { return };
    let anonymiser = Anonymiser::new("a seed");
    let (mut documents, mut values, mut amounts) = (0, 0, 0);
    for case in cases(&folder).iter().filter(|case| case.well_formed) {
        let bytes = anonymiser.anonymise(&case.bytes).unwrap();
        assert!(bytes == anonymiser.anonymise(&case.bytes).unwrap(), "{}", case.file);
        let verdict = |bytes: &[u8]| {
            let mut found = All::new();
            let report = Validator::new().validate(bytes, &mut found).unwrap();
            (
                report,
                found.found().iter().map(|finding| (finding.code, finding.at.clone())).collect::<Vec<_>>(),
            )
        };
        assert_eq!(verdict(&case.bytes), verdict(&bytes), "{}", case.file);

        let (before, after) = (text(&case.bytes), text(&bytes));
        let (before, after) = (without_entities(&before), without_entities(&after));
        let (before, after) = (parsed(&before), parsed(&after));
        let names = |tree: &roxmltree::Document<'_>| -> Vec<String> {
            tree.descendants().map(|node| node.tag_name().name().to_owned()).collect()
        };
        assert_eq!(names(&before), names(&after), "{}", case.file);
        let said = everything(&after);
        let who: BTreeSet<_> = texts(&before, WHO).iter().map(|value| value.trim().to_owned()).collect();
        for value in who.iter().filter(|value| value.len() >= 5 && value.starts_with(char::is_alphanumeric)) {
            let found = said.iter().find(|said| has(said, value));
            assert_eq!(found, None, "{}: {value}", case.file);
            values += 1;
        }
        let (before, after) = (texts(&before, &["Money"]), texts(&after, &["Money"]));
        for (before, after) in before.iter().zip(&after) {
            if before.contains(|c: char| matches!(c, '1'..='9')) {
                assert_ne!(before, after, "{}", case.file);
                amounts += 1;
            }
        }
        documents += 1;
    }
    assert!(documents == 319 && values >= 1_000 && amounts >= 500, "{documents} {values} {amounts}");
}

#[test]
fn the_rest_stays_as_it_is() {
    let anonymised = text(&Anonymiser::new("a seed").anonymise(ORDER.as_bytes()).unwrap());
    let (before, after): (Vec<_>, Vec<_>) =
        ORDER.lines().zip(anonymised.lines()).filter(|(before, after)| before != after).unzip();
    let changed: Vec<_> = before.iter().map(|line| line.trim().split(['>', ' ']).next().unwrap()).collect();
    assert_eq!(
        changed,
        ["<cXML", "<From", "<To", "<Credential", "<OrderRequestHeader", "<Total", "<BillTo", "<UnitPrice"],
        "{after:?}"
    );
    for kept in [
        "timestamp=\"2026-03-01T14:05:00+01:00\"",
        "orderDate=\"2026-03-01\"",
        "A-1",
        "Screw",
        "quantity=\"10.000\"",
    ] {
        assert!(anonymised.contains(kept), "{kept}");
    }
    // 10 times 6.25, whatever they are now.
    let order = Document::read(anonymised.as_bytes(), &mut Ignore).unwrap().into_order_request().unwrap();
    let price = order.item_out[0].item_detail.as_ref().unwrap().unit_price.money.amount.value();
    assert_eq!(order.order_request_header.total.money.amount.value(), price * rust_decimal::Decimal::TEN);
}

#[test]
fn what_stays_and_what_goes_is_a_choice() {
    const XML: &str = "<a><Name xml:lang='en'>Acme Works</Name><!-- for Acme Works --><Comments>by Acme Works, me@acme.test</Comments>\
        <Description>Screw of Acme Works</Description><Money currency='EUR'>1.50</Money></a>";
    let anonymised = |anonymiser: Anonymiser| text(&anonymiser.anonymise(XML.as_bytes()).unwrap());
    let some = anonymised(Anonymiser::new("1").with_texts(false).with_prices(Prices::Zero));
    assert!(
        some.contains("<Comments>by ") && some.contains(">Screw of ") && some.contains("<!-- for "),
        "{some}"
    );
    assert!(!some.contains("Acme") && !some.contains("acme") && some.contains(">0.00<"), "{some}");
    let all = anonymised(Anonymiser::new("1").with_articles(true).with_prices(Prices::Kept));
    assert!(!all.contains("by ") && !all.contains("Screw") && all.contains(">1.50<"), "{all}");
    let name = |xml: &str| texts(&parsed(xml), &["Name"]);
    assert_eq!(name(&some), name(&all));
    assert_ne!(name(&all), name(&anonymised(Anonymiser::new("2"))));
}

#[test]
fn markup_around_values_stays() {
    let xml = "<?xml version='1.0'?><?a Acme?><a><Identity><![CDATA[Acme & Co]]></Identity><Identity>Acme<!-- x --> &amp; Co</Identity>\
        <Identity> Acme &amp; Co\r\n</Identity><B addressID='a&quot;b'/></a>";
    let anonymised = text(&Anonymiser::new("1").anonymise(xml.as_bytes()).unwrap());
    let tree = parsed(&anonymised);
    let found = texts(&tree, &["Identity"]);
    assert_eq!((&found[0], &*found[1]), (&found[1], found[2].trim()));
    assert!(
        anonymised.contains("<Identity><![CDATA[")
            && anonymised.starts_with("<?xml version='1.0'?><?a ")
            && anonymised.contains(" & ")
    );
    assert!(!anonymised.contains("Acme"));
    let mut latin = b"<?xml version='1.0' encoding='iso-8859-1'?><Name>\xe4bc \xb0 &#8364;</Name>".to_vec();
    let bytes = Anonymiser::new("1").anonymise(&latin).unwrap();
    latin.truncate(49);
    assert!(bytes.starts_with(&latin) && bytes.ends_with(b" \xb0 &#8364;</Name>"), "{}", text(&bytes));
}

#[test]
fn references_to_entities_stay() {
    let xml = "<!DOCTYPE a SYSTEM 'x' [<!ENTITY acme 'Acme Works'><!-- Acme --><!ENTITY e SYSTEM \"file:///Acme\">]>\
        <a><Identity>&nbsp;Jo &amp;nbsp; Doe&acme;</Identity><Identity>Jo Doe</Identity><Name xml:lang='en'><![CDATA[Jo &e;]]> Doe&e;</Name>\
        <B addressID='Doe&e;'/><SharedSecret>hush&hush;</SharedSecret><Description>of Jo Doe&nbsp;only</Description></a>";
    for seed in ["1", "2", "3"] {
        let bytes = Anonymiser::new(seed).anonymise(xml.as_bytes()).unwrap();
        let shown = text(&bytes);
        for gone in ["Acme", "Works", "Jo", "Doe", "hush"] {
            assert!(xml.contains(gone) && !shown.contains(gone), "{gone}: {shown}");
        }
        for kept in [
            "<!ENTITY acme '",
            "SYSTEM \"file:///",
            "<Identity>&nbsp;",
            "&acme;</Identity>",
            " &amp;",
            "&e;</Name>",
            "&e;'/>",
            "&nbsp;only",
        ] {
            assert!(shown.contains(kept), "{kept}: {shown}");
        }
        let faults = |bytes: &[u8]| {
            let mut found = All::new();
            Validator::new().validate(bytes, &mut found).unwrap();
            found.found().iter().filter(|finding| finding.code == code::ENTITY).count()
        };
        // that of the secret is replaced with it
        assert_eq!(faults(&bytes), faults(xml.as_bytes()) - 1, "{shown}");
    }
}

#[test]
fn references_in_declarations_stay() {
    let xml = "<!DOCTYPE a [<!ENTITY h 'acme &y; https://&h;.acme.test &#37;&#97;cme &amp; co'>\
        <!-- acme & &acme; acme; --><!ENTITY f SYSTEM 'file:///acme?a=1&acme=2;&acme'>]><a>&h;</a>";
    let shown = text(&Anonymiser::new("1").anonymise(xml.as_bytes()).unwrap());
    assert!(!shown.contains("cme"), "{shown}");
    assert_eq!(references(&shown), ["y", "h", "#37", "amp", "h"], "{shown}");
}

/// What the references of a document name, in their order.
fn references(xml: &str) -> Vec<&str> {
    let is_name =
        |name: &&str| !name.is_empty() && !name.contains(|c: char| !c.is_alphanumeric() && c != '#');
    // Those in comments and addresses of files are none.
    let pieces = xml.split("<!").flat_map(|piece| {
        let end = if piece.starts_with("--") { piece.find("-->") } else { Some(0) };
        let end = if piece.contains(" SYSTEM ") { piece.find('>') } else { end };
        piece[end.unwrap()..].split('&').skip(1)
    });
    pieces.filter_map(|from| from.split_once(';')).map(|(name, _)| name).filter(is_name).collect()
}

/// What values are put together from.
const PARTS: &[&str] = &[
    "&h;",
    "&y;",
    "&nbsp;",
    "&amp;",
    "&#65;",
    "https://",
    ".acme.test",
    "acme",
    "jo",
    "@",
    ":8443",
    "/cart?a=",
    " ",
    ", ",
    "10.50",
    "0",
    "+49 (30) ",
    "4111 1111 1111 1111",
    "cid:",
    "mailto:",
    "://",
    "-",
    "!",
    "<![CDATA[Acme]]>",
    "<!-- acme -->",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reference_stays_in_its_place(
        values in prop::collection::vec(prop::collection::vec(prop::sample::select(PARTS), 0..8), 1..4),
        has_texts: bool,
        has_articles: bool,
        prices in prop::sample::select(&[Prices::Scaled, Prices::Zero, Prices::Kept][..]),
    ) {
        // In every place, so that what is known of one is found in the others.
        let document = |with_secrets: bool| -> String {
            let values = values.iter().map(|parts| {
                let text = parts.concat();
                let value: String = parts.iter().filter(|part| !part.starts_with('<')).copied().collect();
                let names = ["Description", "Identity", "Email", "URL", "Number", "Money", "Comments", "Foo"];
                let elements = names.map(|name| format!("<{name}>{text}</{name}>")).concat();
                let (proof, token) = if with_secrets { (&*text, &*value) } else { ("", "") };
                format!(
                    "{elements}<SharedSecret>{proof}</SharedSecret><Address addressID=\"{value}\"/>\
                     <Money currency='{value}' alternateAmount='{value}'/><PCard number='{value}' name='{value}'/>\
                     <PaymentToken token='{token}'/>"
                )
            });
            ["<cXML>", &*values.collect::<String>(), "</cXML>"].concat()
        };
        let (xml, kept) = (document(true), document(false));
        let anonymiser =
            Anonymiser::new("1").with_texts(has_texts).with_articles(has_articles).with_prices(prices);
        let shown = text(&anonymiser.anonymise(xml.as_bytes()).unwrap());
        let names = |xml: &str| -> Vec<String> {
            let all = references(xml).into_iter().filter(|name| !name.starts_with('#') && *name != "amp");
            all.map(str::to_owned).collect()
        };
        prop_assert_eq!(names(&shown), names(&kept), "{}\n{}", xml, shown);
        let entities = |xml: &str| {
            let mut found = All::new();
            Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
            found.found().iter().filter(|finding| finding.code == code::ENTITY).count()
        };
        prop_assert_eq!(entities(&shown), entities(&kept), "{}\n{}", xml, shown);
        prop_assert!(!shown.contains('\u{FFFF}'), "{}", shown);
    }
}

#[test]
fn references_in_addresses_stay_with_what_they_name() {
    let xml = "<a><Description>see https://&h;.acme.test/ and &y;, to jo@&z;acme.test, hush77&b;acme9</Description>\
        <SharedSecret>hush77&a;acme9</SharedSecret></a>";
    let shown = text(&Anonymiser::new("1").anonymise(xml.as_bytes()).unwrap());
    assert!(shown.starts_with("<a><Description>see https://&h;.") && !shown.contains("acme"), "{shown}");
    assert!(shown.contains(" and &y;, to ") && shown.contains("@&z;"), "{shown}");
    assert!(shown.contains("&b;") && !shown.contains("hush77") && !shown.contains("&a;"), "{shown}");
}

#[test]
fn cards_tokens_and_slips_are_hidden_too() {
    let xml = "<Payment><PaymentToken number='4111111111111111' expiration='2027-01-31' name='Jo Doe' token='TOK-77'/>\
        <PCard nuber='4222222222222' number='4333333333333' expiration='2027-01-31'/>\
        <DigitalSignature type='PK7 self-contained' encoding='Base64'>TUlJQ3</DigitalSignature>\
        <SharedSecret x='hush1'>hush2</SharedSecret><Money currency='EUR' colour='red77'>1</Money></Payment>";
    let shown = Anonymiser::new("seed").anonymise(xml.as_bytes()).unwrap();
    let shown = String::from_utf8(shown).unwrap();
    for gone in ["4111", "4222", "4333", "Doe", "TOK-77", "TUlJQ3", "hush1", "hush2", "red77"] {
        assert!(xml.contains(gone) && !shown.contains(gone), "{gone}: {shown}");
    }
    for kept in ["expiration='2027-01-31'", "type='PK7 self-contained'", "currency='EUR'"] {
        assert!(shown.contains(kept), "{kept}: {shown}");
    }
}
