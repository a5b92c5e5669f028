//! One slip, one finding, and what it says to do.

use punchout_core::{All, Diagnostic, LineColumn, Severity};
use punchout_cxml::dtd::code;
use punchout_cxml::{Dtd, Validator};

use crate::support::ORDER;

fn findings(xml: &str) -> Vec<Diagnostic> {
    let mut found = All::new();
    let report = Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
    assert_eq!(report.valid, found.worst() < Some(Severity::Error), "{:?}", found.found());
    found.into_found()
}

#[test]
fn the_order_is_valid() {
    assert_eq!(findings(ORDER), []);
}

/// What is replaced in the order, with what, and the one finding of that.
#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn one_slip_is_one_finding() {
    const HEADER: &str = "cXML/Request/OrderRequest/OrderRequestHeader";
    const ITEM: &str = "cXML/Request/OrderRequest/ItemOut";
    const TOTAL: &str = "<Total><Money currency=\"EUR\">62.50</Money></Total>";
    const BILL_TO: &str = "<BillTo><Address><Name xml:lang=\"en\">Buyer</Name></Address></BillTo>";
    let swapped = format!("{BILL_TO}{TOTAL}");
    let early = format!("<Extrinsic name=\"a\"/>{TOTAL}");
    let twice = format!("{TOTAL}{TOTAL}");
    let both = format!("{TOTAL}\n        {BILL_TO}");
    for (old, new, at, message, help) in [
        (
            "<UserAgent>Example ERP</UserAgent>",
            "",
            "cXML/Header/Sender",
            "`UserAgent` is missing",
            "add it after the last `Credential`",
        ),
        (TOTAL, "", HEADER, "`Total` is missing", "add it as the first element of `OrderRequestHeader`"),
        (BILL_TO, "", HEADER, "`BillTo` is missing", "add it after `Total`"),
        (
            &both,
            "",
            HEADER,
            "`Total` and `BillTo` are missing",
            "add them as the first elements of `OrderRequestHeader`",
        ),
        (
            TOTAL,
            &early,
            &format!("{HEADER}/Extrinsic"),
            "`Extrinsic` is out of order; expected `Total`",
            "`Extrinsic` belongs after `BillTo`; move it",
        ),
        (
            &both,
            &swapped,
            &format!("{HEADER}/Total"),
            "`Total` is out of order; expected `BusinessPartner`, `LegalEntity`, `OrganizationalUnit`, `Shipping` or 14 more, or the end of `OrderRequestHeader`",
            "`Total` is the first element of `OrderRequestHeader`; move it",
        ),
        (
            TOTAL,
            &twice,
            &format!("{HEADER}/Total[2]"),
            "`Total` may stand only once here",
            "remove one of them",
        ),
        (
            "<ItemID>",
            "<Extrinsic name='a'/><ItemID>",
            &format!("{ITEM}/Extrinsic"),
            "`Extrinsic` may not stand in `ItemOut`",
            "it may stand in `ItemDetail`, `BlanketItemDetail`, `Tax`, `SpendDetail` or 4 more",
        ),
        (
            "UserAgent>",
            "Useragent>",
            "cXML/Header/Sender/Useragent",
            "`Useragent` is not declared in 1.2.071/cXML",
            "write `UserAgent`",
        ),
        (
            "UserAgent>",
            "Agent>",
            "cXML/Header/Sender/Agent",
            "`Agent` is not declared in 1.2.071/cXML",
            "write `UserAgent`, which is expected here",
        ),
        (
            "<ShortName>Scr</ShortName>",
            "<Bold>Scr</Bold>",
            &format!("{ITEM}/ItemDetail/Description/Bold"),
            "`Bold` is not declared in 1.2.071/cXML",
            "remove it; an `Extrinsic` can carry what cXML has no element for",
        ),
        (
            "<ItemID>",
            "one<ItemID>",
            ITEM,
            "text stands in `ItemOut`, which may hold elements only",
            "remove it, or put it into `SupplierID`, `Comments` or `Indicator`",
        ),
        (
            "<ItemID>",
            "<![CDATA[ ]]><ItemID>",
            ITEM,
            "text stands in `ItemOut`, which may hold elements only",
            "remove it, or put it into `SupplierID`, `Comments` or `Indicator`",
        ),
        (
            "quantity=\"10.000\" ",
            "",
            ITEM,
            "attribute `quantity` is missing",
            "add `quantity=\"…\"` to `<ItemOut>`",
        ),
        (
            "quantity=",
            "Quantity=",
            &format!("{ITEM}/@Quantity"),
            "attribute `Quantity` is not declared for `ItemOut` in 1.2.071/cXML",
            "write `quantity`",
        ),
        (
            "xml:lang=\"en\">Buyer",
            "lang=\"en\">Buyer",
            &format!("{HEADER}/BillTo/Address/Name/@lang"),
            "attribute `lang` is not declared for `Name` in 1.2.071/cXML",
            "write `xml:lang`",
        ),
        (
            "<cXML ",
            "<cXML xmlns=\"urn:x\" ",
            "cXML/@xmlns",
            "attribute `xmlns` is not declared for `cXML` in 1.2.071/cXML",
            "remove it; cXML has no namespace",
        ),
        (
            "type=\"new\"",
            "type=\"change\"",
            &format!("{HEADER}/@type"),
            "attribute `type` cannot be `change`",
            "write `new`, `update` or `delete`",
        ),
        (
            "lineNumber",
            "isReturn=\"no\" lineNumber",
            &format!("{ITEM}/@isReturn"),
            "attribute `isReturn` cannot be `no`",
            "write `yes`, or leave it out, which means no",
        ),
        (
            "<Request ",
            "<Request Id=\"1\" ",
            "cXML/Request/@Id",
            "attribute `Id` cannot be `1`",
            "write a name: a letter first, no blanks",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
            "cXML",
            "the document is not standalone: only the DTD says that `cXML` has a value for `version`",
            "remove `standalone=\"yes\"` from the XML declaration",
        ),
        (
            "Example ERP",
            "&product;",
            "cXML/Header/Sender/UserAgent",
            "entity `product` is never expanded",
            "write what it stands for, or `&amp;` for a plain `&`",
        ),
        (
            "Screw<",
            "Screw&nbsp;<",
            &format!("{ITEM}/ItemDetail/Description"),
            "entity `nbsp` is never expanded",
            "write the character itself, or `&#160;`: names of HTML are not XML's",
        ),
        (
            "DOCTYPE cXML",
            "DOCTYPE cxml",
            "",
            "the root is `cXML`, but the DOCTYPE says `cxml`",
            "name the root element in the DOCTYPE",
        ),
    ] {
        assert!(ORDER.contains(old), "{old}");
        let found = findings(&ORDER.replace(old, new));
        let [finding] = &found[..] else { panic!("{new} for {old}: {found:#?}") };
        assert_eq!((&*finding.message, finding.help.as_deref().unwrap()), (message, help), "{new} for {old}");
        assert_eq!(finding.at, at, "{message}");
        assert_eq!(finding.severity, Severity::Error);
    }
}

#[test]
fn an_unknown_element_before_what_is_expected_is_removed() {
    for (old, before) in
        [("<From>", "<Foo/>"), ("<Sender>", "<Foo/>"), ("<Total>", "<Foo/>"), ("<Money ", "<Foo/>")]
    {
        assert!(ORDER.contains(old), "{old}");
        let found = findings(&ORDER.replacen(old, &format!("{before}{old}"), 1));
        let [finding] = &found[..] else { panic!("{old}: {found:#?}") };
        assert_eq!(finding.message, "`Foo` is not declared in 1.2.071/cXML");
        assert!(finding.help.as_deref().unwrap().starts_with("remove it"), "{old}: {finding:?}");
    }
}

#[test]
fn what_changed_places_is_one_finding() {
    let (start, end) = (ORDER.find("<Header>").unwrap(), ORDER.find("<Request").unwrap());
    let header = &ORDER[start..end];
    let moved = ORDER.replacen(header, "", 1).replacen("</Request>", &format!("</Request>{header}"), 1);
    let phone = |inside: &str| {
        let phone = format!("<Phone><TelephoneNumber>{inside}</TelephoneNumber></Phone>");
        ORDER.replacen("Buyer</Name>", &format!("Buyer</Name>{phone}"), 1)
    };
    let (country, area, number) = (
        "<CountryCode isoCountryCode='DE'>49</CountryCode>",
        "<AreaOrCityCode>30</AreaOrCityCode>",
        "<Number>1</Number>",
    );
    assert_eq!(findings(&phone(&[country, area, number].concat())), []);
    for (xml, message, help) in [
        (
            moved,
            "out of order",
            ["`Request` belongs after `Header`; move it", "`Header` is the first element of `cXML`; move it"],
        ),
        (
            phone(&[number, area, country].concat()),
            "`Number` stands where `CountryCode` is expected",
            ["swap it with `CountryCode`"; 2],
        ),
    ] {
        let found = findings(&xml);
        let [finding] = &found[..] else { panic!("{message}: {found:#?}") };
        assert!(finding.message.contains(message), "{finding:?}");
        assert!(help.contains(&finding.help.as_deref().unwrap()), "{finding:?}");
        assert_eq!(finding.code, code::ORDER);
    }
}

#[test]
fn spans_show_the_place() {
    let xml = ORDER.replace("<UserAgent>", "<Useragent a='b'>").replace("</UserAgent>", "</Useragent>");
    let found = findings(&xml);
    let span = found[0].span.clone().unwrap();
    assert_eq!(&xml[span.clone()], "<Useragent a='b'>");
    let place = LineColumn::of(xml.as_bytes(), span.start);
    assert_eq!((place.line, place.column), (9, 7));
    let marked = format!("\u{feff}{xml}");
    assert_eq!(findings(&marked)[0].span, Some(span.start + 3..span.end + 3));
}

#[test]
fn siblings_are_counted() {
    let (start, end) =
        (ORDER.find("<ItemOut").unwrap(), ORDER.find("</ItemOut>").unwrap() + "</ItemOut>".len());
    let item = &ORDER[start..end];
    let xml = ORDER
        .replace(item, &format!("{item}{}{item}", item.replace("<UnitOfMeasure>EA</UnitOfMeasure>", "")));
    let found = findings(&xml);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].at, "cXML/Request/OrderRequest/ItemOut[2]/ItemDetail");
    assert_eq!(found[0].help.as_deref(), Some("add it after the last `Description`"));
}

const DOCTYPE: &str = "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd\">";

#[test]
fn no_doctype_is_recommended_for_a_root_that_is_not_declared() {
    for doctype in
        ["", "<!DOCTYPE Foo>", "<!DOCTYPE Foo SYSTEM 'foo.dtd'>", "<!DOCTYPE cXML SYSTEM 'foo.dtd'>"]
    {
        let found = findings(&format!("{doctype}<Foo/>"));
        assert!(found.iter().any(|finding| finding.code == code::DOCTYPE), "{found:?}");
        for finding in &found {
            let help = finding.help.as_deref().unwrap_or_default();
            assert!(!help.contains("<!DOCTYPE") && !help.contains("in the DOCTYPE"), "{doctype}: {help}");
        }
    }
    for (xml, root, start) in [
        ("<OrderRequest/>", "cXML", "make `cXML` the root element, and begin with "),
        ("<Response/>", "cXML", "make `cXML` the root element, and begin with "),
        ("<!DOCTYPE Response><Response/>", "cXML", "make `cXML` the root element, and write "),
        ("<cXML/>", "cXML", "begin with "),
        ("<Supplier/>", "Supplier", "begin with "),
        ("<!DOCTYPE Index><Index/>", "Index", "write "),
    ] {
        let found = findings(xml);
        let told = found.iter().find(|finding| finding.code == code::DOCTYPE).unwrap();
        let help = told.help.as_deref().unwrap();
        assert!(help.starts_with(&format!("{start}`<!DOCTYPE {root} SYSTEM ")), "{xml}: {help}");
    }
    let found = findings(&format!("{DOCTYPE}<Response><Status code='200' text='OK'/></Response>"));
    let [finding] = &*found else { panic!("{found:#?}") };
    assert_eq!((finding.code, finding.help.as_deref()), (code::ROOT, Some("make `cXML` the root element")));
}

#[test]
fn a_wrong_doctype_does_not_make_invalid() {
    const OLD: &str = "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd\">";
    for (doctype, code) in [
        ("", code::DOCTYPE),
        ("<!DOCTYPE cXML>", code::DOCTYPE),
        ("<!DOCTYPE cXML SYSTEM 'http://xml.cxml.org/schemas/cXML/1.2.014/Fulfill.dtd'>", code::DOCTYPE),
        ("<!DOCTYPE cXML SYSTEM 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'>", code::DOCTYPE),
        ("<!DOCTYPE cXML SYSTEM 'http://xml.cxml.org/schemas/cXML/1.2.999/cXML.dtd'>", code::VERSION),
        ("<!DOCTYPE cXML SYSTEM 'http://xml.cxml.org/schemas/cXML/latest/cXML.dtd'>", code::VERSION),
        ("<!DOCTYPE cXML SYSTEM '1.2.014/cXML.dtd' [<!ATTLIST cXML a CDATA #REQUIRED>]>", code::SUBSET),
    ] {
        assert!(ORDER.contains(OLD));
        let found = findings(&ORDER.replace(OLD, doctype));
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code], "{doctype}");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].help.is_some());
    }
}

#[test]
fn the_payload_says_which_dtd() {
    let document = |doctype: &str, envelope: &str, payload: &str| {
        let doctype =
            format!("<!DOCTYPE cXML SYSTEM 'http://xml.cxml.org/schemas/cXML/1.2.036/{doctype}.dtd'>");
        format!("{doctype}<cXML><{envelope}><Status/><{payload}/></{envelope}></cXML>")
    };
    for (doctype, envelope, payload, dtd) in [
        ("cXML", "Request", "OrderRequest", "cXML"),
        ("Catalog", "Request", "OrderRequest", "Catalog"),
        ("cXML", "Request", "ShipNoticeRequest", "Fulfill"),
        ("Fulfill", "Request", "CopyRequest", "Fulfill"),
        ("cXML", "Request", "CopyRequest", "cXML"),
        ("cXML", "Response", "InvoiceDetailRequest", "InvoiceDetail"),
        ("InvoiceDetail", "Response", "ProviderSetupResponse", "InvoiceDetail"),
        ("cXML", "Message", "QuoteMessage", "Quote"),
        ("cXML", "Request", "PaymentRemittanceRequest", "PaymentRemittance"),
        ("cXML", "Request", "ContractRequest", "Contract"),
        ("cXML", "Request", "TransportRequest", "Logistics"),
        ("Fulfill", "Request", "NoRequest", "cXML"),
    ] {
        let xml = document(doctype, envelope, payload);
        let mut found = All::new();
        let report = Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
        assert_eq!((report.kind.as_deref(), report.dtd), (Some(payload), format!("1.2.071/{dtd}")));
        let named = found.found().iter().all(|finding| finding.code != code::DOCTYPE);
        assert_eq!(named, doctype == dtd, "{payload}");
    }
}

#[test]
fn older_versions_lack_what_came_later() {
    let xml = ORDER
        .replace("<ItemOut ", "<ItemOut isKanban=\"yes\" ")
        .replace("</SupplierPartID>", "</SupplierPartID><BuyerPartID>7</BuyerPartID>");
    assert_eq!(findings(&xml), []);
    for validator in
        [Validator::new().with_version("1.2.011").unwrap(), Validator::new().with_declared_version()]
    {
        let mut found = All::new();
        let report = validator.validate(xml.as_bytes(), &mut found).unwrap();
        assert_eq!((report.valid, &*report.dtd), (false, "1.2.014/cXML"));
        let told: Vec<_> = found
            .found()
            .iter()
            .map(|finding| (&*finding.message, finding.help.as_deref().unwrap()))
            .collect();
        let later = "it came after 1.2.020, with 1.2.036 at the latest; name 1.2.036 or a later version in the DOCTYPE";
        assert_eq!(
            told,
            [
                (
                    "attribute `isKanban` is not declared for `ItemOut` in 1.2.014/cXML",
                    "it came after 1.2.036, with 1.2.048 at the latest; name 1.2.048 or a later version in the DOCTYPE"
                ),
                ("`BuyerPartID` is not declared in 1.2.014/cXML", later),
            ]
        );
    }
    assert!(Validator::new().with_version("1.3").is_err());
    assert!(Validator::new().with_version("newest").is_err());
}

#[test]
fn what_is_not_well_formed_is_a_finding() {
    for (xml, at) in [("", 0..0), ("<cXML>", 6..6), ("<cXML>&nothing</cXML>", 6..14), ("<a/><b/>", 4..8)] {
        let mut found = All::new();
        let report = Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
        assert!(!report.well_formed && !report.valid);
        let last = found.found().last().unwrap();
        assert_eq!((last.code, last.span.clone()), (code::MALFORMED, Some(at)), "{xml}");
    }
    let report = Validator::new().validate(b"<cXML>\xff</cXML>", &mut All::new()).unwrap();
    assert!(!report.well_formed);
}

#[test]
fn an_entity_that_nothing_declares_is_no_xml() {
    for (doctype, is_well_formed) in [
        ("", false),
        ("<!DOCTYPE cXML>", false),
        ("<!DOCTYPE cXML [<!ENTITY  b 'c'>]>", false),
        ("<!DOCTYPE cXML [<!ENTITY b 'c'><!ENTITY\n a SYSTEM 'c'>]>", true),
        ("<!DOCTYPE cXML [%p;]>", true),
        ("<!DOCTYPE cXML SYSTEM 'cXML.dtd'>", true),
        ("<?xml version='1.0' standalone='no'?><!DOCTYPE cXML SYSTEM 'cXML.dtd'>", true),
        ("<?xml version='1.0' standalone='yes'?><!DOCTYPE cXML SYSTEM 'cXML.dtd'>", false),
        ("<?xml version='1.0' standalone='yes'?><!DOCTYPE cXML [%p;]>", false),
        ("<?xml version='1.0' standalone='yes'?><!DOCTYPE cXML SYSTEM 'cXML.dtd' [<!ENTITY a 'c'>]>", true),
    ] {
        for content in ["<cXML payloadID='&a;'><Foo/></cXML>", "<cXML payloadID='1'>&a;<Foo/></cXML>"] {
            let xml = format!("{doctype}{content}");
            let mut found = All::new();
            let report = Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
            assert_eq!((report.well_formed, report.valid), (is_well_formed, false), "{xml}");
            let entities: Vec<_> =
                found.found().iter().filter(|finding| finding.code == code::ENTITY).collect();
            let [entity] = &*entities else { panic!("{xml}: {:?}", found.found()) };
            let what = if is_well_formed { "is never expanded" } else { "is not declared" };
            assert_eq!((&*entity.message, &*entity.at), (&*format!("entity `a` {what}"), "cXML"));
            // What stands behind it is looked at all the same.
            assert!(found.found().iter().any(|finding| finding.message.contains("`Foo`")), "{xml}");
        }
    }
}

#[test]
fn identities_are_unique_and_referred_to() {
    let dtd = "<!ELEMENT r (e*)> <!ELEMENT e EMPTY> <!ATTLIST e id ID #IMPLIED to IDREF #IMPLIED all IDREFS #IMPLIED
        t NMTOKENS #IMPLIED f CDATA #FIXED ' a b' g NMTOKEN #FIXED ' a '>";
    let validator = Validator::new().with_dtd(Dtd::parse(dtd.as_bytes()).unwrap());
    for (attributes, codes) in [
        ("id='a' to='a'", vec![]),
        ("to='b' id='a'", vec![code::ID]),
        ("id='a'/><e id=' a '", vec![code::ID]),
        ("all=' b a ' /><e id='a'/><e id='b'", vec![]),
        ("all='a c d' /><e id='a'", vec![code::ID, code::ID]),
        ("all=' '", vec![code::ATTR_VALUE]),
        ("t=' 1 \n -b ' f='&#32;a&#x20;b' g=' a'", vec![]),
        ("t='a,b'", vec![code::ATTR_VALUE]),
        ("f='a b'", vec![code::ATTR_VALUE]),
        ("id='&lt;'", vec![code::ATTR_VALUE]),
    ] {
        let xml = format!("<!DOCTYPE r><r><e {attributes}/></r>");
        let mut found = All::new();
        validator.validate(xml.as_bytes(), &mut found).unwrap();
        assert_eq!(
            found.found().iter().map(|finding| finding.code).collect::<Vec<_>>(),
            codes,
            "{attributes}"
        );
    }
}

#[test]
fn empty_is_empty() {
    let validator = Validator::new().with_dtd(Dtd::parse(b"<!ELEMENT e EMPTY>").unwrap());
    for (inside, is_valid) in [
        ("", true),
        (" ", false),
        ("<!---->", false),
        ("<?a?>", false),
        ("<e/>", false),
        ("&#32;", false),
        ("<![CDATA[]]>", false),
    ] {
        let xml = format!("<!DOCTYPE e><e>{inside}</e>");
        let report = validator.validate(xml.as_bytes(), &mut All::new()).unwrap();
        assert_eq!(report.valid, is_valid, "{inside}");
    }
}
