//! Who sends an order and who gets it, by whichever part of its document says
//! so.

use punchout_core::Ignore;
use punchout_cxml::{Contact, Name, OrderRequest};
use punchout_pdf::{Language, Options, Renderer, Whose, text_of_document};

use crate::{cxml, order, scene};

/// What a document says on paper and as text, and who its author is.
struct Said {
    paper: String,
    text: String,
    author: String,
}

fn said(cxml: &[u8], options: &Options) -> Said {
    let layout = Renderer::new().layout_document(cxml, options, &mut Ignore).unwrap();
    let texts = layout.pages.iter().flat_map(|page| &page.texts).map(|text| text.text.as_str());
    Said {
        paper: texts.collect::<Vec<_>>().join("\n"),
        text: text_of_document(cxml, options, &mut Ignore).unwrap(),
        author: layout.author,
    }
}

/// An order whose own header tells no supplier.
fn bare() -> OrderRequest {
    let mut order = scene::short();
    order.order_request_header.contact.clear();
    order
}

/// Its document, with more behind the addressee's credential.
fn document(order: OrderRequest, more: &str) -> Vec<u8> {
    let mut xml = String::from_utf8(cxml::document(order).write_unchecked().unwrap()).unwrap();
    let end = xml.find("</To>").unwrap();
    xml.insert_str(end, more);
    xml.into_bytes()
}

const CORRESPONDENT: &str = "<Correspondent><Contact role='sales'><Name xml:lang='nl'>Van Dam B.V.</Name>\
    <PostalAddress><Street>Kade 7</Street><City>Hoorn</City><Country isoCountryCode='NL'/></PostalAddress>\
    <Email>sales@vandam.example</Email></Contact></Correspondent>";

#[test]
fn the_supplier_is_told_by_the_header_if_not_by_the_order() {
    let options = order::options();
    let by_number = document(bare(), "");
    for (language, label) in [
        (Language::English, "Supplier"),
        (Language::Dutch, "Leverancier"),
        (Language::German, "Lieferant"),
        (Language::French, "Fournisseur"),
    ] {
        let said = said(&by_number, &options.clone().with_language(language));
        assert!(said.paper.contains(&format!("{label}\nDUNS 123456789\n")), "{}", said.paper);
        assert!(said.text.contains(&format!("\n{label}\n  DUNS 123456789\n")), "{}", said.text);
    }

    let by_name = said(&document(bare(), CORRESPONDENT), &options);
    let lines =
        ["Supplier", "Van Dam B.V.", "DUNS 123456789", "Kade 7", "Hoorn", "NL", "sales@vandam.example"];
    assert!(by_name.paper.contains(&lines.join("\n")), "{}", by_name.paper);
    assert!(by_name.text.contains(&lines.join("\n  ")), "{}", by_name.text);

    // the number of the marketplace is not the supplier's
    let more = "<Credential domain='AN' type='marketplace'><Identity>hub-1</Identity></Credential>\
        <Credential domain='GLN'><Identity>8712345000004</Identity><SharedSecret>hunter2222</SharedSecret>\
        </Credential>";
    let said = said(&document(bare(), more), &options);
    assert!(said.text.contains("Supplier\n  DUNS 123456789\n  GLN 8712345000004\n"), "{}", said.text);
    assert!(!said.text.contains("hub-1") && !said.text.contains("hunter2222"), "{}", said.text);
}

#[test]
fn a_supplier_that_the_order_names_is_told_once() {
    let options = order::options();
    let said_of = |order| said(&document(order, ""), &options);
    let contact = |name: &str| {
        let mut order = bare();
        order
            .order_request_header
            .contact
            .push(Contact::new(Name::new(name, "nl")).with_role("supplierAccount"));
        order
    };
    let named = said_of(contact("Van Dam B.V."));
    assert!(!named.paper.contains("123456789") && !named.text.contains("123456789"), "{}", named.text);
    // a contact without a name names nobody
    let nameless = said_of(contact(""));
    assert!(nameless.text.contains("Supplier\n  DUNS 123456789\n"), "{}", nameless.text);
}

#[test]
fn the_buyer_is_told_by_the_header_if_not_by_the_bill_to_address() {
    let options = order::options();
    let known = said(&document(bare(), ""), &options);
    assert_eq!(known.author, "Gemeente Waterrijk");
    assert!(!known.text.contains("AN01000000001"), "{}", known.text);

    let mut order = bare();
    order.order_request_header.bill_to.address.name.text = "".into();
    let unnamed = document(order, "");
    for options in [options.clone(), options.with_whose(Whose::Requester)] {
        let said = said(&unnamed, &options);
        assert_eq!(said.author, "NetworkID AN01000000001");
        assert!(said.paper.contains("NetworkID AN01000000001"), "{}", said.paper);
        assert!(said.text.contains("Buyer\n  NetworkID AN01000000001\n"), "{}", said.text);
        assert!(said.text.contains("Invoice in the name of\n  Crediteurenadministratie\n"), "{}", said.text);
    }
}
