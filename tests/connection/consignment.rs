//! From an order to what is sent.

use proptest::prelude::*;
use punchout::connection::{Connection, DirectoryRoute, ErrorKind};
use punchout::core::{All, Ignore};
use punchout::transport::{Consignment, File};

use crate::support::{connection, consignment, options, order};

fn directory() -> Connection {
    Connection::new(DirectoryRoute::new("out"))
}

/// The order with something else in one place.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let order = String::from_utf8(order()).unwrap();
    assert!(order.contains(from), "{from}");
    order.replacen(from, to, 1).into()
}

fn made(connection: &Connection, order: &[u8]) -> Consignment {
    let made = connection.consignment(order, &mut Ignore).unwrap();
    made.check().unwrap();
    made
}

#[test]
fn an_order_is_sent_as_it_is() {
    let order = order();
    let sent = made(&directory().with_buyer("City of Delft"), &order);
    assert_eq!(sent.identity, "20260301.140500.17@erp.example");
    assert_eq!(sent.order_number, "4500017300");
    assert_eq!(sent.subject, "[TEST] City of Delft: order 4500017300");
    assert_eq!(sent.created.unwrap().to_rfc3339(), "2026-03-01T13:05:00+00:00");
    let [file] = &sent.files[..] else { panic!("{sent:?}") };
    assert_eq!((&*file.name, &*file.media_type), ("4500017300.xml", "text/xml"));
    assert!(*file.bytes == *order);
    assert_eq!(made(&directory().with_buyer("City of Delft"), &order), sent, "the same again");
}

#[test]
fn subjects_name_who_orders_what_in_their_language() {
    let real = |from: &str, to: &str| {
        let order = String::from_utf8(changed(r#" deploymentMode="test""#, "")).unwrap();
        assert!(order.contains(from));
        order.replacen(from, to, 1).into_bytes()
    };
    let update = real("<OrderRequestHeader ", r#"<OrderRequestHeader type="update" orderVersion="2" "#);
    let delete = real("<OrderRequestHeader ", r#"<OrderRequestHeader type="delete" "#);
    let new = real("<OrderRequestHeader ", "<OrderRequestHeader ");
    for (tag, order, subject, name) in [
        ("en", &new, "Delft: order 4500017300", "4500017300.xml"),
        ("nl-NL", &new, "Delft: bestelling 4500017300", "4500017300.xml"),
        ("de", &update, "Delft: Änderung der Bestellung 4500017300", "4500017300-update-2.xml"),
        ("fr", &delete, "Delft: annulation de la commande 4500017300", "4500017300-delete-a56cca53.xml"),
    ] {
        let mut connection = directory().with_buyer("Delft");
        connection.order.language = Some(tag.into());
        let sent = made(&connection, order);
        assert_eq!((&*sent.subject, &*sent.files[0].name), (subject, name));
    }
    // without a name in the description the order says whose it is
    assert_eq!(made(&directory(), &new).subject, "Beispiel GmbH, Buchhaltung: order 4500017300");
}

#[test]
fn files_are_named_as_asked_for_and_mean_one_file_everywhere() {
    let mut connection = directory();
    connection.order.file_name = Some("PO_{order_number}_{payload_id}".into());
    let name = |connection: &Connection, order: &[u8]| made(connection, order).files[0].name.clone();
    assert_eq!(name(&connection, &order()), "PO_4500017300_20260301.140500.17-erp.example-a56cca53.xml");
    let hostile = changed(r#"orderID="4500017300""#, r#"orderID="../a b\c:ü..""#);
    assert_eq!(name(&directory(), &hostile), "a-b-c-a56cca53.xml");
    let long = changed("20260301.140500.17@erp.example", &"x".repeat(5000));
    assert_eq!(name(&connection, &long).len(), 154);
}

#[test]
fn the_pdf_shares_name_and_language() {
    let text = format!(
        "[buyer]\nname = 'Delft'\n[order]\nroute = 'directory'\nfiles = ['pdf', 'xml']\nlanguage = 'nl'\n\
         directory = {{ path = 'out' }}\npdf = {{ options = '{}' }}\n",
        options()
    );
    let sent = consignment(&connection(&text));
    let [pdf, xml] = &sent.files[..] else { panic!("{sent:?}") };
    assert_eq!(
        (&*pdf.name, &*pdf.media_type, &*xml.name),
        ("4500017300.pdf", "application/pdf", "4500017300.xml")
    );
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    // as the renderer itself names it, and what is attached to it
    let own = punchout::pdf::Options::from_toml(&std::fs::read_to_string(options()).unwrap()).unwrap();
    let own = own.with_language(punchout::pdf::Language::Dutch);
    let own = punchout::pdf::Renderer::new().render_document(&order(), &own, &mut Ignore).unwrap();
    assert_eq!(own.name, pdf.name);
    assert!(*own.bytes == *pdf.bytes);
}

#[test]
fn what_is_no_order_is_refused() {
    let none = b"<cXML payloadID='1'><Response><Status code='200' text='OK'/></Response></cXML>".to_vec();
    for (bytes, said) in [
        (b"order".to_vec(), "cannot be read as cXML"),
        (none, "has no OrderRequest"),
        (changed(r#"orderID="4500017300""#, r#"orderID=" ""#), "orderID is empty"),
    ] {
        let error = directory().consignment(&bytes, &mut Ignore).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Order);
        assert!(error.to_string().contains(said), "{error}");
    }
    let mut connection = directory();
    connection.order.files = vec![punchout::connection::OrderFile::Pdf];
    assert_eq!(connection.consignment(&order(), &mut Ignore).unwrap_err().kind(), ErrorKind::Finding);
    connection.order.pdf = Some(punchout::connection::PdfFile::new("/nowhere.toml"));
    let error = connection.consignment(&order(), &mut Ignore).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Read);
    assert!(error.to_string().contains("order.pdf.options: /nowhere.toml"), "{error}");
}

#[test]
fn an_order_without_a_payload_id_has_an_identity_all_the_same() {
    let order = changed(r#"payloadID="20260301.140500.17@erp.example""#, r#"payloadID="""#);
    let mut found = All::new();
    let sent = directory().consignment(&order, &mut found).unwrap();
    assert_eq!(sent.identity, "order 4500017300 new");
    assert!(found.found().iter().any(|finding| finding.code.as_str() == "CON-PAYLOAD-ID"), "{found:?}");
}

#[test]
fn a_shared_secret_in_a_mail_is_reported() {
    let text = "[order]\nroute = 'mail'\nfiles = ['xml']\n[order.mail]\nhost = 'mail.example'\nfrom = 'a@delft.example'\nto = ['b@shop.example']\n";
    let mut found = All::new();
    connection(text).consignment(&order(), &mut found).unwrap();
    assert!(found.found().iter().any(|finding| finding.code.as_str() == "CON-MAIL-SECRET"), "{found:?}");
    let mut found = All::new();
    directory().consignment(&order(), &mut found).unwrap();
    assert_eq!(found.found(), []);
}

/// The order, pointing at a file by this address.
fn pointing(url: &str) -> Vec<u8> {
    changed(
        "<Total>",
        &format!(
            "<Total><!-- --></Total><Comments>see<Attachment><URL>{url}</URL></Attachment></Comments><Total>"
        ),
    )
}

fn drawing() -> File {
    File::new("Zeichnung 1.pdf", "application/pdf", *b"%PDF-1.7").with_content_id("drawing+1@erp.example")
}

#[test]
fn attachments_go_with_their_order() {
    for url in [
        "cid:drawing+1@erp.example",
        "CID:drawing%2B1%40erp.example",
        " cid:&lt;drawing&#43;1@erp.example&gt; ",
    ] {
        let order = pointing(url);
        let error = directory().consignment(&order, &mut Ignore).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Order);
        assert!(error.to_string().contains("there is no such attachment"), "{error}");

        let mut found = All::new();
        let sent = directory().consignment_with(&order, [drawing()], &mut found).unwrap();
        sent.check().unwrap();
        assert!(!found.found().iter().any(|finding| finding.code.as_str() == "CON-ATTACHMENT"), "{found:?}");
        let [xml, pdf] = &sent.files[..] else { panic!("{sent:?}") };
        assert!(*xml.bytes == *order);
        assert_eq!((&*pdf.name, &*pdf.media_type), ("4500017300-1-Zeichnung-1.pdf", "application/pdf"));
        assert_eq!(
            (pdf.content_id.as_deref(), &*pdf.bytes),
            (Some("drawing+1@erp.example"), &b"%PDF-1.7"[..])
        );

        let error = directory().consignment_with(&order, [drawing(), drawing()], &mut Ignore).unwrap_err();
        assert!(error.to_string().contains("2 attachments have this content id"), "{error}");
    }
    // an address of the web is no attachment
    directory().consignment(&pointing("https://erp.example/cid:x"), &mut Ignore).unwrap();
}

#[test]
fn an_attachment_that_nothing_points_at_is_reported_and_sent() {
    let bare = |name: &str| File::new(name, "text/plain", *b"x");
    let mut found = All::new();
    let files = [drawing(), bare(""), bare("../x/.hidden"), bare("nul")];
    let sent = directory().consignment_with(&order(), files, &mut found).unwrap();
    sent.check().unwrap();
    assert_eq!(found.found().iter().filter(|finding| finding.code.as_str() == "CON-ATTACHMENT").count(), 4);
    let names: Vec<_> = sent.files[1..].iter().map(|file| &*file.name).collect();
    assert_eq!(
        names,
        [
            "4500017300-1-Zeichnung-1.pdf",
            "4500017300-2-attachment.bin",
            "4500017300-3-x.hidden",
            "4500017300-4-nul.bin",
        ]
    );
}

#[cfg(feature = "mime")]
#[test]
fn a_whole_multipart_is_an_order_with_its_attachments() {
    use punchout::cxml::mime::{Attachment, Package, Writer};

    let attachment = Attachment::new("drawing+1@erp.example", "application/pdf", b"%PDF-1.7".to_vec());
    let package = Package::new(pointing("cid:drawing%2B1@erp.example"))
        .with_attachment(attachment.with_name("plan.pdf"));
    let written = Writer::related().write(&package).unwrap();
    let read = punchout::cxml::mime::Reader::new();
    let package = read.read(Some(&written.content_type), &written.body, &mut Ignore).unwrap();
    let sent = directory().consignment_of(&package, &mut Ignore).unwrap();
    sent.check().unwrap();
    assert_eq!(sent.files[1].name, "4500017300-1-plan.pdf");
    assert_eq!(sent.files[1].content_id.as_deref(), Some("drawing+1@erp.example"));
    assert!(*sent.files[1].bytes == *b"%PDF-1.7");
}

/// What tells an order from others: number, kind, version, identity.
type Told = (String, &'static str, Option<u8>, String);

fn told() -> impl Strategy<Value = Told> {
    let number =
        prop_oneof!["[aA.注文 _-]{1,3}x", "x(-update|-delete|-update-2|-1)?", "x{60,70}", "COM1|nul"];
    let version = prop::option::of(1_u8..4);
    (number, prop::sample::select(vec!["new", "update", "delete"]), version, "[ab@_-]{1,3}")
}

fn file_name(template: Option<&str>, (number, kind, version, identity): &Told) -> String {
    let version = version.map(|version| format!(r#" orderVersion="{version}""#)).unwrap_or_default();
    let header = format!(r#"<OrderRequestHeader type="{kind}"{version} "#);
    let order = String::from_utf8(order()).unwrap().replace("<OrderRequestHeader ", &header);
    let order = order.replace("4500017300", number).replace("20260301.140500.17@erp.example", identity);
    let mut connection = directory();
    connection.order.file_name = template.map(str::to_owned);
    made(&connection, order.as_bytes()).files.swap_remove(0).name
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// A file that replaces another one is the same order.
    #[test]
    fn orders_share_no_file_name(one in told(), other in told(), template in prop::sample::select(vec![
        None, Some("PO {order_number}"), Some("{payload_id}"), Some("{order_number}_{payload_id}"),
    ])) {
        let is_whole = |(number, kind, version, _): &Told| {
            number.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_') && (version.is_some() || *kind == "new")
        };
        if file_name(template, &one) == file_name(template, &other) {
            let same_order = (one.0.trim(), one.1, one.2.unwrap_or(1)) == (other.0.trim(), other.1, other.2.unwrap_or(1));
            let same_identity = one.3 == other.3;
            prop_assert!(same_identity || same_order, "{one:?} {other:?}");
            prop_assert!(same_identity || (is_whole(&one) && template.is_none_or(|it| !it.contains("payload"))) || one.0.contains('-'), "{one:?} {other:?}");
        }
    }
}

#[test]
fn numbers_that_cannot_be_file_names_are_told_apart() {
    let name = |number: &str, identity: &str| file_name(None, &(number.into(), "new", None, identity.into()));
    assert_eq!(name("注文一", "1@erp"), "order-88f57ea2.xml");
    assert_ne!(name("注文一", "1@erp"), name("注文二", "2@erp"));
    let update = |identity: &str| file_name(None, &("7".into(), "update", None, identity.into()));
    assert_ne!(update("1@erp"), update("2@erp"));
    assert!(update("1@erp").starts_with("7-update-"));
    assert_eq!(
        file_name(Some("PO_{order_number}"), &("7".into(), "update", Some(2), "1@erp".into())),
        "PO_7-update-2.xml"
    );
}
