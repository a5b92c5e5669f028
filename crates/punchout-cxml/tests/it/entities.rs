//! References to entities that are none of XML's five: `&nbsp;`, `&xxe;`.

use proptest::prelude::*;
use punchout_core::{All, Diagnostic, Ignore, Limits, Severity};
use punchout_cxml::form::{self, Field};
use punchout_cxml::secret::Secrets;
use punchout_cxml::{
    AnyContent, Body, Document, ErrorKind, Original, Payload, RawDocument, RawElement, Reader, Validator,
    code,
};

use crate::support::{ORDER, codes, difference, read};

/// A document with a mark wherever a reference may stand, and some where none
/// is one.
const MARKED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd" [<!ENTITY xxe SYSTEM "file:///etc/passwd"> <!ENTITY a "&xxe;&xxe;">]>
<!-- &xxe; --><cXML payloadID="1§@example.com" timestamp="2026-03-01§" xml:lang="§">
  <Header>
    <From><Credential domain="D§"><Identity>§1<!-- &xxe; -->§</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>2</Identity></Credential></To>
    <Sender>
      <Credential domain="DUNS"><Identity>1</Identity><SharedSecret>example§secret</SharedSecret></Credential>
      <UserAgent>Example<![CDATA[ &xxe; ]]>§ERP</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="test§">
    <OrderRequest>
      <OrderRequestHeader orderID="PO§&amp;xxe;&#38;xxe;" orderDate="2026-§03-01" type='§new"' isInternalVersion="yes§">
        <Total><Money currency="EUR§">62§.50</Money></Total>
        <BillTo><Address><Name xml:lang="en">Buyer
          § &lt;GmbH&gt;</Name></Address></BillTo>§
        <Payment><PCard number="4111§" expiration="2027-01-31"/></Payment>
        <Comments xml:lang="en">see§<Attachment><URL>cid:a§@b</URL></Attachment> there§</Comments>
        <Extrinsic name="a§">§</Extrinsic>
        <Extrinsic name="b">text§<deep er="§'">§<est/>&amp;§<![CDATA[&xxe;]]><?e &xxe;?></deep>§</Extrinsic>
        <Gift wrap="§"><Card>§&lt;<Greeting to="x§y"/></Card></Gift>
      </OrderRequestHeader>
      <ItemOut quantity="10§" lineNumber="1">
        <ItemID><SupplierPartID>§A-1§§</SupplierPartID></ItemID>
        <ItemDetail>
          <UnitPrice><Money currency="EUR">§</Money></UnitPrice>
          <Description xml:lang="en">Screw§<ShortName>Scr§</ShortName> §</Description>
          <UnitOfMeasure>EA</UnitOfMeasure>
          <Classification domain="UNSPSC">31161500</Classification>
        </ItemDetail>
      </ItemOut>
    </OrderRequest>
  </Request>
</cXML>
"#;

/// The document with something in place of each mark.
fn marked(mut with: impl FnMut(usize) -> String) -> String {
    let mut pieces = MARKED.split('§');
    let mut xml = pieces.next().unwrap().to_owned();
    for (at, piece) in pieces.enumerate() {
        xml += &with(at);
        xml += piece;
    }
    xml
}

fn named(name: &str) -> String {
    marked(|_| format!("&{name};"))
}

/// The same document without a reference to an entity.
fn said(name: &str) -> String {
    marked(|_| format!("&amp;{name};"))
}

fn marks() -> usize {
    MARKED.matches('§').count()
}

fn entities(found: &All) -> Vec<&Diagnostic> {
    found.found().iter().filter(|finding| finding.code == code::ENTITY).collect()
}

#[test]
fn a_reference_says_what_stands_there() {
    for name in ["xxe", "nbsp", "a", "undeclared", "é-1.x"] {
        let (document, found) = read(&named(name));
        let (as_text, none) = read(&said(name));
        assert_eq!(difference(&document, &as_text), None);
        assert_eq!(document, as_text);
        assert_eq!((entities(&found).len(), entities(&none).len()), (marks(), 0));

        let order = document.order_request().unwrap();
        let header = &order.order_request_header;
        let text = |before: &str, after: &str| format!("{before}&{name};{after}");
        assert_eq!(&*header.order_id, text("PO", "&xxe;&xxe;"));
        assert_eq!(header.order_date.as_sent(), text("2026-", "03-01"));
        assert_eq!(
            (header.order_date.value(), header.total.money.amount.as_sent()),
            (None, &*text("62", ".50"))
        );
        assert_eq!(header.comments.len(), 1);
        assert_eq!(header.extrinsic[0].value, AnyContent::from(text("", "")));
        assert_eq!(order.item_out[0].item_id.supplier_part_id, text("", &text("A-1", &text("", ""))).into());
        let sender = &document.header().unwrap().sender;
        assert_eq!(&*sender.user_agent, text("Example &xxe; ", "ERP"));
        let secret = sender.credential[0].shared_secret.as_ref().unwrap();
        assert_eq!(secret.expose(), text("example", "secret"));
        assert!(!format!("{document:?}").contains("example&"));
    }
}

#[test]
fn each_is_a_finding_at_its_place() {
    let xml = named("xxe");
    let ends = MARKED.split('§').scan(0, |at, piece| {
        *at += piece.len();
        let start = *at;
        *at += "&xxe;".len();
        Some(start..*at)
    });
    let places: Vec<_> = ends.take(marks()).collect();
    let (_, found) = read(&xml);
    let spans: Vec<_> = entities(&found).iter().map(|finding| finding.span.clone().unwrap()).collect();
    assert_eq!(spans, places);
    for finding in entities(&found) {
        assert_eq!(finding.severity, Severity::Error);
        assert!(finding.help.is_some());
    }
    let at = |text: &str| {
        let start = xml.find(text).unwrap() + text.find('&').unwrap();
        entities(&found)
            .into_iter()
            .find(|finding| finding.span == Some(start..start + 5))
            .unwrap()
            .at
            .clone()
    };
    assert_eq!(at("1&xxe;@example"), "cXML");
    assert_eq!(at("example&xxe;secret"), "Header / Sender / Credential / SharedSecret");
    assert_eq!(at("test&xxe;"), "Request");
    assert_eq!(at("10&xxe;"), "OrderRequest / ItemOut 1");
    assert_eq!(at("Scr&xxe;"), "OrderRequest / ItemOut 1 / ItemDetail / Description / ShortName");

    // Behind a byte order mark it stands elsewhere, in UTF-16 nobody knows where.
    let mut found = All::new();
    Document::read(format!("\u{feff}{xml}").as_bytes(), &mut found).unwrap();
    assert_eq!(entities(&found)[0].span, Some(places[0].start + 3..places[0].end + 3));
    let wide: Vec<u8> = format!("\u{feff}{}", xml.replace("UTF-8", "UTF-16"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut found = All::new();
    assert_eq!(Document::read(&wide, &mut found).unwrap(), read(&xml).0);
    assert!(
        entities(&found).len() == marks() && entities(&found).iter().all(|finding| finding.span.is_none())
    );
}

#[test]
fn help_fits_the_name() {
    for (name, help) in [
        ("nbsp", "write the character itself, or `&#160;`: names of HTML are not XML's"),
        ("euro", "write the character itself, or `&#8364;`: names of HTML are not XML's"),
        ("company", "write what it stands for, or `&amp;` for a plain `&`"),
    ] {
        let (_, found) = read(&format!("<cXML payloadID='&{name};'/>"));
        let [finding] = &*entities(&found) else { panic!("{:?}", found.found()) };
        assert_eq!(finding.message, format!("entity `{name}` is never expanded"));
        assert_eq!(finding.help.as_deref(), Some(help));
    }
}

#[test]
fn what_is_written_needs_no_declaration() {
    let (document, _) = read(&named("xxe"));
    let written = document.write_unchecked().unwrap();
    let mut found = All::new();
    let again = Document::read(&written, &mut found).unwrap();
    assert_eq!(difference(&again, &document), None);
    assert_eq!((again, entities(&found).len()), (document, 0));
    let text = String::from_utf8(written).unwrap();
    assert!(!text.contains("<!ENTITY") && text.contains("<Gift wrap=\"&amp;xxe;\">"), "{text}");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(&text, options).unwrap();
}

#[test]
fn the_original_keeps_the_spelling() {
    let xml = named("xxe");
    let (original, mut document) = Original::read(xml.as_bytes(), &mut Ignore).unwrap();
    assert!(original.write(&document).unwrap() == xml.as_bytes());

    let Body::Request(_, request) = &mut document.body else { panic!("it is a request") };
    let Payload::OrderRequest(order) = &mut request.payload else { panic!("it is an order") };
    order.item_out[0].item_id.supplier_part_id = "B&xxe;2".into();
    order.order_request_header.order_id = "PO-2".into();
    order.order_request_header.extrinsic[0].value = "new".into();
    let changed = String::from_utf8(original.write(&document).unwrap()).unwrap();
    let expected = xml
        .replace("&xxe;A-1&xxe;&xxe;", "B&amp;xxe;2")
        .replace("PO&xxe;&amp;xxe;&#38;xxe;", "PO-2")
        .replace("<Extrinsic name=\"a&xxe;\">&xxe;<", "<Extrinsic name=\"a&xxe;\">new<");
    assert_eq!(changed, expected);

    // What the model keeps as markup stays around a change in it, too.
    let Body::Request(_, request) = &mut document.body else { panic!("it is a request") };
    let Payload::OrderRequest(order) = &mut request.payload else { panic!("it is an order") };
    let content = &mut order.order_request_header.extrinsic[1].value;
    let markup = content.as_xml().unwrap().replace("<est/>", "<est>1</est>");
    assert!(markup.contains("&amp;xxe;") && !markup.replace("&amp;", "").contains("]&"), "{markup}");
    *content = AnyContent::xml(&markup).unwrap();
    let changed = String::from_utf8(original.write(&document).unwrap()).unwrap();
    assert_eq!(changed, expected.replace("<est/>", "<est>1</est>"));
}

#[test]
fn every_way_to_read_agrees() {
    let (xml, text) = (named("xxe"), said("xxe"));
    let mut found = All::new();
    let raw = RawDocument::read(xml.as_bytes(), &mut found).unwrap();
    assert_eq!(entities(&found).len(), marks());
    assert_eq!(raw, RawDocument::read(text.as_bytes(), &mut Ignore).unwrap());
    let written = raw.write().unwrap();
    assert_eq!(RawDocument::read(&written, &mut Ignore).unwrap(), raw);

    let (document, _) = read(&xml);
    let both = Validator::new().read(xml.as_bytes(), &mut Ignore).unwrap();
    assert_eq!(both.0, document);

    let secrets = Secrets::of(xml.as_bytes());
    let hidden: Vec<_> = secrets.spans().iter().map(|span| &xml[span.clone()]).collect();
    assert!(hidden.contains(&"example&xxe;secret") && hidden.contains(&"4111&xxe;"), "{hidden:?}");
    assert_eq!(secrets.hide_repeated("an example&xxe;secret"), "an ***");

    for field in [Field::UrlEncoded, Field::Base64] {
        let xml = xml.replace("Buyer", "Käufer");
        let (name, value) = form::pair(field, xml.as_bytes()).unwrap();
        let mut found = All::new();
        let received = form::read([(name, value)], &mut found).unwrap();
        let (document, found) = read(str::from_utf8(&received.document).unwrap());
        assert_eq!((document, entities(&found).len()), (read(&xml).0, marks()));
    }
}

#[cfg(feature = "anonymise")]
#[test]
fn an_anonymised_document_has_the_same_faults() {
    let xml = named("xxe");
    let bytes = punchout_cxml::Anonymiser::new("seed").anonymise(xml.as_bytes()).unwrap();
    let mut found = All::new();
    Document::read(&bytes, &mut found).unwrap();
    // what proves something is replaced as a whole
    assert_eq!(entities(&found).len(), marks() - 1, "{}", String::from_utf8_lossy(&bytes));
}

#[cfg(feature = "mime")]
#[test]
fn an_address_may_name_one() {
    use punchout_cxml::mime::{Attachment, Package};

    let document = "<cXML><Comments><Attachment><URL>cid:a&xxe;@b</URL></Attachment></Comments></cXML>";
    let package = Package::new(document).with_attachment(Attachment::new("a&xxe;@b", "text/plain", "c"));
    let mut found = All::new();
    package.check_references(&mut found).unwrap();
    assert!(found.found().is_empty(), "{:?}", found.found());
}

#[test]
fn names_are_no_part_of_what_is_said_about_secrets() {
    for xml in [
        "<cXML><SharedSecret>&hush;</SharedSecret></cXML>",
        "<cXML><Sender><Credential><SharedSecret>a<b>&hush;</b></SharedSecret></Credential></Sender></cXML>",
        "<cXML><Header><Sender><Credential domain='D'><SharedSecret>a&hush;</SharedSecret></Credential></Sender></Header></cXML>",
        "<cXML><Request><OrderRequest><OrderRequestHeader><Payment><PCard number='&hush;'/></Payment></OrderRequestHeader></OrderRequest></Request></cXML>",
        "<cXML><Extrinsic name='password'>&hush;</Extrinsic></cXML>",
    ] {
        let mut found = All::new();
        Document::read(xml.as_bytes(), &mut found).unwrap();
        RawDocument::read(xml.as_bytes(), &mut found).unwrap();
        Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
        assert_eq!(entities(&found).len(), 3, "{xml}");
        assert!(
            !entities(&found).iter().any(|finding| finding.message.contains("hush")),
            "{:?}",
            found.found()
        );
    }
}

#[test]
fn markup_that_nobody_sent_has_none() {
    for xml in ["<a>&b;</a>", "<a b='&c;'/>", "<a><b c='&d;'/></a>"] {
        let error = RawElement::parse(xml).unwrap_err();
        assert!(error.kind() == ErrorKind::Malformed && error.to_string().contains("is refused"), "{error}");
        assert!(AnyContent::xml(xml).is_err());
        assert!(RawElement::parse(&xml.replace('&', "&amp;")).is_ok());
    }
}

/// Any number of references costs what their bytes cost.
#[test]
fn many_are_told_up_to_the_limit() {
    let many = "&x;".repeat(300_000);
    let limits = Limits::default().with_diagnostics(100);
    for content in [
        format!("<cXML>{many}</cXML>"),
        format!("<cXML payloadID='{many}'/>"),
        format!("<cXML><Foo a='{many}'>{many}</Foo></cXML>"),
        format!(
            "<cXML><Foo {}>{many}</Foo></cXML>",
            (0..20_000).map(|n| format!(" a{n}='&x;'")).collect::<Vec<_>>().concat()
        ),
        format!("<cXML><Header><UserAgent>{many}</UserAgent></Header><Response/></cXML>"),
    ] {
        let subset = "<!ENTITY y 'z'>".repeat(10_000);
        let xml = format!("<!DOCTYPE cXML [{subset}]>{content}");
        let reader = Reader::new().with_limits(limits);
        let mut found = All::with_cap(usize::MAX);
        let document = reader.read(xml.as_bytes(), &mut found).unwrap();
        assert_eq!(entities(&found).len(), 100);
        let mut found = All::with_cap(usize::MAX);
        let raw = reader.read_raw(xml.as_bytes(), &mut found).unwrap();
        assert_eq!(entities(&found).len(), 100);
        let mut found = All::with_cap(usize::MAX);
        let report = Validator::new().with_limits(limits).validate(xml.as_bytes(), &mut found).unwrap();
        assert!(entities(&found).len() <= 100 && !report.well_formed);
        assert_eq!(reader.read(&raw.write().unwrap(), &mut Ignore).unwrap().body, document.body);
    }
}

#[test]
fn markup_keeps_to_its_limit_as_text_too() {
    let limits = Limits::default().with_value_bytes(20);
    let read = |content: &str| {
        let xml = format!("<cXML>{content}</cXML>");
        Reader::new().with_limits(limits).read(xml.as_bytes(), &mut Ignore)
    };
    assert!(read("<Foo>&x;&y;12</Foo>").is_err_and(|error| error.kind() == ErrorKind::Limit));
    let document = read("<Foo>&x;12</Foo>").unwrap();
    let written = document.write_unchecked().unwrap();
    assert_eq!(Reader::new().with_limits(limits).read(&written, &mut Ignore).unwrap(), document);
}

#[test]
fn it_is_told_where_the_root_is_another_one() {
    let xml = "<Index a='&b;'>&c;<d>&e;</d></Index>";
    let mut found = All::new();
    assert_eq!(Document::read(xml.as_bytes(), &mut found).unwrap_err().kind(), ErrorKind::NotCxml);
    assert_eq!(entities(&found).len(), 3, "{:?}", codes(&found));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is named wherever: it is as if its characters stood there.
    #[test]
    fn a_name_is_its_characters(
        names in prop::collection::vec(prop::option::of("[a-zA-Z_:é][a-zA-Z0-9._é-]{0,6}"), marks()),
    ) {
        let five = ["amp", "lt", "gt", "quot", "apos"];
        let names: Vec<_> = names.into_iter().map(|name| name.filter(|name| !five.contains(&&**name))).collect();
        let spelled = |ampersand: &str| marked(|at| match &names[at] {
            Some(name) => format!("{ampersand}{name};"),
            None => "x".to_owned(),
        });
        let (xml, text) = (spelled("&"), spelled("&amp;"));
        let ((document, found), (as_text, _)) = (read(&xml), read(&text));
        prop_assert_eq!(difference(&document, &as_text), None);
        prop_assert_eq!(entities(&found).len(), names.iter().flatten().count());
        let (again, _) = read(str::from_utf8(&document.write_unchecked().unwrap()).unwrap());
        prop_assert_eq!(difference(&again, &document), None);

        // A change elsewhere touches none of them.
        let (original, mut changed) = Original::read(xml.as_bytes(), &mut Ignore).unwrap();
        let Body::Request(header, _) = &mut changed.body else { panic!("it is a request") };
        header.to.credential[0].domain = "NetworkID".into();
        let written = String::from_utf8(original.write(&changed).unwrap()).unwrap();
        let before = "<To><Credential domain=\"DUNS\">";
        prop_assert_eq!(written, xml.replace(before, &before.replace("DUNS", "NetworkID")));
    }
}

/// An element without content is over when its start tag is.
#[test]
fn the_validator_knows_the_element() {
    let xml = ORDER.replace("</OrderRequest>", "<ItemOut quantity='&x;'/></OrderRequest>");
    let mut found = All::new();
    Validator::new().validate(xml.as_bytes(), &mut found).unwrap();
    let entity = found.found().iter().find(|finding| finding.code == code::ENTITY).unwrap();
    assert_eq!(entity.at, "cXML/Request/OrderRequest/ItemOut[2]");
}
