//! Advice: every rule has an example that breaks it.

use std::collections::BTreeSet;

use punchout_core::{All, Ignore, Severity};
use punchout_cxml::advice::{Advisor, Profile, rules};
use punchout_cxml::{Error, ErrorKind};

use crate::corpus::cases;
use crate::support::{ORDER, data};

fn advice(advisor: &Advisor, xml: &str) -> All {
    let mut found = All::new();
    advisor.advise(xml.as_bytes(), &mut found).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    found
}

fn codes(found: &All) -> BTreeSet<&str> {
    found.found().iter().map(|finding| finding.code.as_str()).collect()
}

/// An order that nothing speaks against.
fn good() -> String {
    ORDER.replace("orderDate=\"2026-03-01\"", "orderDate=\"2026-03-01T09:00:00+01:00\"")
}

fn envelope(body: &str) -> String {
    format!("<cXML payloadID=\"1\" timestamp=\"2026-03-01T14:05:00+01:00\">{body}</cXML>")
}

fn confirmation(kind: &str, items: &str) -> String {
    envelope(&format!(
        "<Request><ConfirmationRequest><ConfirmationHeader type=\"{kind}\" noticeDate=\"2026-03-01T14:05:00+01:00\"/>\
         <OrderReference><DocumentReference payloadID=\"1\"/></OrderReference>{items}</ConfirmationRequest></Request>"
    ))
}

fn item(quantity: u32, statuses: &[(u32, &str)]) -> String {
    let unit = "<UnitOfMeasure>EA</UnitOfMeasure>";
    let statuses: Vec<_> = statuses
        .iter()
        .map(|(quantity, kind)| {
            format!("<ConfirmationStatus quantity=\"{quantity}\" type=\"{kind}\">{unit}</ConfirmationStatus>")
        })
        .collect();
    format!(
        "<ConfirmationItem quantity=\"{quantity}\" lineNumber=\"1\">{unit}{}</ConfirmationItem>",
        statuses.concat()
    )
}

fn invoice(attributes: &str, amount: &str) -> String {
    envelope(&format!(
        "<Request><InvoiceDetailRequest><InvoiceDetailRequestHeader invoiceID=\"1\" {attributes}/>\
         <InvoiceDetailSummary><NetAmount><Money currency=\"EUR\">{amount}</Money></NetAmount></InvoiceDetailSummary>\
         </InvoiceDetailRequest></Request>"
    ))
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn every_rule_is_broken_once() {
    let changed = |from: &str, to: &str| {
        let good = good();
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let line = good().split_once("      <ItemOut").map(|(_, rest)| format!("      <ItemOut{rest}")).unwrap();
    let line = line.split_once("    </OrderRequest>").unwrap().0.to_owned();
    let second = line.replace("00001", "2").replace(
        "</ItemOut>",
        "<ShipTo><Address><Name xml:lang=\"en\">x</Name></Address></ShipTo></ItemOut>",
    );
    let profile = Profile::from_toml(
        "name='p'\ntitle='P'\nsource='s'\n[versions]\nOrderRequest='1.2.036'\n[[limit]]\nat='SupplierPartID'\ncharacters=2\nsource='s'",
    )
    .unwrap();
    let plain = Advisor::new();
    let partner = Advisor::new().with_profile(profile);
    let setup = |operation: &str, url: &str, cookie: &str| {
        envelope(&format!(
            "<Request><PunchOutSetupRequest operation=\"{operation}\"><BuyerCookie>{cookie}</BuyerCookie>\
             <BrowserFormPost><URL>{url}</URL></BrowserFormPost></PunchOutSetupRequest></Request>"
        ))
    };
    let portion = "<ShipNoticePortion><OrderReference orderID=\"7\"/></ShipNoticePortion>";
    let examples = [
        ("CXML-ADV-BOM", &plain, format!("\u{feff}{}", good())),
        ("CXML-ADV-START", &plain, format!("\r\n {}", good().split_once("?>\n").unwrap().1)),
        ("CXML-ADV-ROOT", &plain, "<Response><Status code=\"200\" text=\"OK\"/></Response>".into()),
        ("CXML-ADV-DTD-HOST", &plain, changed("http://xml.cxml.org/", "http://evil.example/")),
        ("CXML-ADV-PAYLOAD-ID", &plain, changed("1@example.com", " ")),
        ("CXML-ADV-TIME", &plain, changed("14:05:00+01:00", "14:05:00Z")),
        ("CXML-ADV-DATE", &plain, changed("2026-03-01T09:00:00+01:00", "1 March")),
        ("CXML-ADV-DATE-FORM", &plain, changed("2026-03-01T09:00:00+01:00", "2026-03-01")),
        ("CXML-ADV-VERSION", &plain, changed("xml:lang=\"en\">", "version=\"1.2.014\">")),
        ("CXML-ADV-LANG", &plain, changed("xml:lang=\"en\">", "xml:lang=\"enUS\">")),
        (
            "CXML-ADV-CREDENTIAL",
            &plain,
            changed("</From>", "<Credential domain=\"duns\"><Identity>3</Identity></Credential></From>"),
        ),
        (
            "CXML-ADV-SECRET-PLACE",
            &plain,
            changed(
                "</Identity></Credential></From>",
                "</Identity><SharedSecret>s</SharedSecret></Credential></From>",
            ),
        ),
        ("CXML-ADV-EMPTY", &plain, changed("</ItemID>", "<SupplierPartAuxiliaryID/></ItemID>")),
        (
            "CXML-ADV-STATUS-CODE",
            &plain,
            envelope("<Response><Status code=\"422\" text=\"No\">x</Status></Response>"),
        ),
        ("CXML-ADV-STATUS-TEXT", &plain, envelope("<Response><Status code=\"406\" text=\"No\"/></Response>")),
        (
            "CXML-ADV-STATUS-PAYLOAD",
            &plain,
            envelope(
                "<Response><Status code=\"500\" text=\"No\">x</Status><ProfileResponse>.</ProfileResponse></Response>",
            ),
        ),
        ("CXML-ADV-COOKIE", &plain, setup("create", "https://erp.example/", " ")),
        ("CXML-ADV-HTTPS", &plain, setup("create", "http://erp.example/", "7")),
        ("CXML-ADV-EDIT-ITEMS", &plain, setup("edit", "https://erp.example/", "7")),
        (
            "CXML-ADV-DEPRECATED",
            &plain,
            changed(
                "</OrderRequestHeader>",
                "<Followup><URL>https://erp.example</URL></Followup></OrderRequestHeader>",
            ),
        ),
        ("CXML-ADV-REFERENCE", &plain, changed("type=\"new\"", "type=\"update\"")),
        ("CXML-ADV-ORDER-VERSION", &plain, changed("type=\"new\"", "orderVersion=\"0\"")),
        (
            "CXML-ADV-BOTH-LEVELS",
            &plain,
            changed("type=\"new\"", "requisitionID=\"R1\"")
                .replace("lineNumber=", "requisitionID=\"R1\" lineNumber="),
        ),
        (
            "CXML-ADV-SOME-LINES",
            &plain,
            changed("    </OrderRequest>", &format!("{second}    </OrderRequest>"))
                .replace(">62.50<", ">125<"),
        ),
        (
            "CXML-ADV-LINE-NUMBER",
            &plain,
            changed("    </OrderRequest>", &format!("{}    </OrderRequest>", line.replace("00001", "1")))
                .replace(">62.50<", ">125<"),
        ),
        ("CXML-ADV-NO-LINE-NUMBER", &plain, changed(" lineNumber=\"00001\"", "")),
        ("CXML-ADV-QUANTITY", &plain, changed("quantity=\"10.000\"", "quantity=\"ten\"")),
        ("CXML-ADV-TOTAL", &plain, changed(">62.50<", ">625.00<")),
        ("CXML-ADV-ADDRESS-DOMAIN", &plain, changed("<Address>", "<Address addressID=\"7\">")),
        ("CXML-ADV-AGREEMENT", &plain, changed("type=\"new\"", "orderType=\"release\"")),
        (
            "CXML-ADV-CARD",
            &plain,
            changed(
                "</BillTo>",
                "</BillTo><Payment><PCard number=\"4111 1111 1111 1111\" expiration=\"2027-01-31T00:00:00+01:00\"/></Payment>",
            ),
        ),
        ("CXML-ADV-CONFIRM-ITEMS", &plain, confirmation("detail", "")),
        ("CXML-ADV-CONFIRM-TYPE", &plain, confirmation("allDetail", &item(1, &[(1, "accept")]))),
        (
            "CXML-ADV-CONFIRM-SUM",
            &plain,
            confirmation("detail", &item(10, &[(6, "accept"), (3, "backordered")])),
        ),
        (
            "CXML-ADV-SHIP-TWICE",
            &plain,
            envelope(&format!(
                "<Request><ShipNoticeRequest>{portion}{portion}</ShipNoticeRequest></Request>"
            )),
        ),
        (
            "CXML-ADV-SHIP-START",
            &plain,
            envelope(
                "<Request><ShipNoticeRequest><ShipControl startDate=\"2026-03-01T09:00:00+01:00\"><ShipmentIdentifier>1\
                 </ShipmentIdentifier></ShipControl></ShipNoticeRequest></Request>",
            ),
        ),
        ("CXML-ADV-CREDIT", &plain, invoice("purpose=\"creditMemo\"", "12.50")),
        ("CXML-ADV-CREDIT-OF", &plain, invoice("purpose=\"lineLevelCreditMemo\"", "-12.50")),
        ("CXML-ADV-MONEY", &plain, changed(">62.50<", ">62,50<")),
        ("CXML-ADV-MONEY-FORM", &plain, changed(">62.50<", "> 62.50 <")),
        (
            "CXML-ADV-CURRENCY",
            &plain,
            changed("<Money currency=\"EUR\">62.50", "<Money currency=\"eur\">62.50"),
        ),
        ("CXML-ADV-UNIT", &plain, changed(">EA<", ">EACH<")),
        ("CXML-ADV-COUNTRY", &plain, changed("<Address>", "<Address isoCountryCode=\"+1\">")),
        ("CXML-ADV-CLASSIFICATION", &plain, changed(">31161500<", ">311615<")),
        ("CXML-ADV-SHORT-NAME", &plain, changed(">Scr<", &format!(">{}<", "S".repeat(51)))),
        ("CXML-ADV-LIMIT", &partner, good()),
        ("CXML-ADV-PARTNER-VERSION", &partner, good()),
    ];
    let none = advice(&plain, &good());
    assert!(none.found().is_empty(), "{:?}", none.found());
    for (code, advisor, xml) in &examples {
        let found = advice(advisor, xml);
        let expected: &[&str] = match *code {
            "CXML-ADV-LIMIT" | "CXML-ADV-PARTNER-VERSION" => &["CXML-ADV-LIMIT", "CXML-ADV-PARTNER-VERSION"],
            code => &[code],
        };
        assert_eq!(codes(&found), expected.iter().copied().collect(), "{code}: {:?}", found.found());
        for finding in found.found() {
            assert!(finding.help.is_some() && finding.severity < Severity::Error, "{finding:?}");
            assert!(finding.span.clone().is_none_or(|span| xml.get(span).is_some()), "{finding:?}");
        }
    }
    let broken: BTreeSet<_> = examples.iter().map(|(code, ..)| *code).collect();
    let all: BTreeSet<_> = rules().iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(broken, all, "each rule has an example");
}

#[test]
fn the_documentation_lists_every_rule() {
    let page = include_str!("../../docs/advice.md");
    let listed: Vec<_> = page.lines().filter(|line| line.starts_with("| `CXML-ADV")).collect();
    assert_eq!(listed.len(), rules().len());
    for (row, rule) in listed.iter().zip(rules()) {
        let start = format!("| `{}` | {} | ", rule.code, rule.severity);
        assert!(row.starts_with(&start) && row.ends_with(&format!("| {} |", rule.title)), "{row}");
    }
}

#[test]
fn what_is_invoiced_may_be_negative_what_is_ordered_may_not() {
    let line = |quantity: &str| {
        format!(
            "<InvoiceDetailOrder><InvoiceDetailOrderInfo>.</InvoiceDetailOrderInfo><InvoiceDetailItem invoiceLineNumber=\"1\" quantity=\"{quantity}\"/>\
             </InvoiceDetailOrder><InvoiceDetailSummary>"
        )
    };
    for purpose in ["creditMemo", "lineLevelCreditMemo"] {
        let memo = invoice(
            &format!("purpose=\"{purpose}\"><InvoiceIDInfo invoiceID=\"7\"/></InvoiceDetailRequestHeader"),
            "-12.50",
        )
        .replace("/InvoiceDetailRequestHeader/>", "/InvoiceDetailRequestHeader>");
        let memo = |quantity| memo.replace("<InvoiceDetailSummary>", &line(quantity));
        assert_eq!(codes(&advice(&Advisor::new(), &memo("-2"))), BTreeSet::new(), "{purpose}");
        assert_eq!(codes(&advice(&Advisor::new(), &memo("two"))), BTreeSet::from(["CXML-ADV-QUANTITY"]));
    }
    let ordered = good().replace("quantity=\"10.000\"", "quantity=\"-10\"").replace(">62.50<", ">-62.50<");
    let basket =
        envelope("<Message><PunchOutOrderMessage><ItemIn quantity=\"-1\"/></PunchOutOrderMessage></Message>");
    for xml in [ordered, basket] {
        let found = advice(&Advisor::new(), &xml);
        assert!(codes(&found).contains("CXML-ADV-QUANTITY"), "{xml}");
    }
}

#[test]
fn documents_of_other_roots_are_told_apart() {
    for (xml, help) in [
        ("<Response><Status code='200' text='OK'/></Response>", Some("put it into a `cXML` element")),
        ("<cxml/>", Some("look whether this is a cXML document")),
        ("<Supplier>.</Supplier>", None),
        ("<Contract>.</Contract>", None),
        ("<Index>.</Index>", None),
    ] {
        let found = advice(&Advisor::new(), xml);
        let root = found.found().iter().find(|finding| finding.code.as_str() == "CXML-ADV-ROOT");
        assert_eq!(root.and_then(|finding| finding.help.as_deref()), help, "{xml}");
    }
}

#[test]
fn profiles_say_where_they_come_from() {
    let mut count = 0;
    for profile in Profile::builtin() {
        assert!(
            !profile.title.is_empty() && !profile.source.is_empty() && !profile.verified,
            "{}",
            profile.name
        );
        assert!(profile.limit.iter().all(|limit| !limit.source.is_empty()), "{}", profile.name);
        assert_eq!(Profile::named(&profile.name), Some(profile));
        count += 1;
    }
    assert_eq!(count, 6);
    for (text, says) in [
        ("name = 1", "name"),
        ("name='a'\ntitle='b'\nsource='c'\ncolour='d'", "colour"),
        ("name='a'\ntitle='b'\nsource='c'\n[severities]\nCXML-ADV-UNIT='loud'", "off, note, warning, error"),
        ("name='a'\ntitle='b'\nsource='c'\n[severities]\nCXML-ADV-UNITS='off'", "is no rule"),
        ("name='a'\ntitle='b'\nsource='c'\n[[limit]]\nat='@'\nsource='d'", "no place"),
    ] {
        let error = Profile::from_toml(text).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn a_profile_changes_severities_and_limits() {
    let xml = good().replace("A-1", "A?1").replace(">EA<", ">EACH<").replace(">6.25<", ">6.25000<");
    let with = |name| Advisor::new().with_profile(Profile::named(name).unwrap().clone());
    let sap = advice(&with("sap-business-network"), &xml);
    assert_eq!(codes(&sap), BTreeSet::from(["CXML-ADV-LIMIT", "CXML-ADV-UNIT"]));
    assert_eq!(codes(&advice(&with("oracle"), &xml)), BTreeSet::new());
    let jaggaer = advice(&with("jaggaer"), &xml);
    let said: Vec<_> = jaggaer.found().iter().map(|finding| finding.message.as_str()).collect();
    assert!(said.iter().any(|said| said.contains("5 decimals; 4 are taken")), "{said:?}");
    let unit = jaggaer.found().iter().find(|finding| finding.message.contains("EACH` has 4")).unwrap();
    assert!(unit.help.as_deref().unwrap_or_default().contains("becomes EA"), "{unit:?}");
}

#[test]
fn secrets_are_not_repeated() {
    let xml = good()
        .replace(
            "</BillTo>",
            "</BillTo><Payment><PCard number=\"4111111111111111\" expiration=\"soon\"/></Payment>",
        )
        .replace(
            "<Identity>1</Identity></Credential></From>",
            "<Identity>1</Identity><SharedSecret>hush</SharedSecret></Credential></From>",
        );
    let found = advice(&Advisor::new(), &xml);
    assert!(codes(&found).is_superset(&BTreeSet::from(["CXML-ADV-CARD", "CXML-ADV-SECRET-PLACE"])));
    let said = format!("{:?}", found.found());
    assert!(!said.contains("hush") && !said.contains("4111"), "{said}");
}

#[test]
fn the_corpus_is_advised() {
    let Some(folder) = data("the_corpus_is_advised", "cxml/corpus") else { return };
    let mut found = All::new();
    for case in cases(&folder) {
        let result = Advisor::new().advise(&case.bytes, &mut found);
        match result.as_ref().map_err(Error::kind) {
            Ok(()) => assert!(case.well_formed, "{}", case.file),
            Err(kind) => assert!(kind == ErrorKind::Malformed, "{}: {kind:?}", case.file),
        }
        for profile in Profile::builtin() {
            let _ = Advisor::new().with_profile(profile.clone()).advise(&case.bytes, &mut Ignore);
        }
    }
    // The corpus is real: it breaks most rules somewhere.
    assert!(codes(&found).len() >= 25, "{:?}", codes(&found));
}
