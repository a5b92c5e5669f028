//! Items as a `BusinessDocument`.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use punchout_core::{Sink, excerpt};
use quick_xml::escape::escape;

use crate::basket::{Basket, Item};
use crate::encode::Encoder;
use crate::encode::pairs::{Written, says_something};
use crate::error::Error;
use crate::field::Field;
use crate::report::Reporter;

/// The two fields that carry a document.
pub(super) fn embed(document: &str) -> [(String, String); 2] {
    [("~xmlDocument".into(), STANDARD.encode(document)), ("~xml_type".into(), "ESAPO".into())]
}

impl Encoder {
    /// Writes the XML variant's document, UTF-8.
    ///
    /// What the document has no place for follows as an element of the
    /// field's name at the end of its product.
    ///
    /// # Errors
    /// When a text has a character that XML cannot hold.
    pub fn xml(&self, basket: &Basket, sink: &mut dyn Sink) -> Result<String, Error> {
        let mut reporter = Reporter::new(sink, &self.levels);
        let items = || basket.items.iter().filter(|item| says_something(item));
        let numbers: BTreeMap<u32, u32> = items().map(|item| item.index).zip(1..).collect();
        let mut out = Document { text: String::new(), depth: 0 };
        out.text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        out.open("BusinessDocument", &[])?;
        out.open("Catalog", &[])?;
        for item in items() {
            let written = Written::of(item, self, &numbers, &mut reporter);
            product(&mut out, item, &written)?;
        }
        out.close("Catalog");
        out.close("BusinessDocument");
        self.checker.xml(out.text.as_bytes(), sink)?;
        Ok(out.text)
    }
}

/// The fields that have no place of their own in a product.
const APPENDED: [Field; 12] = [
    Field::ExtSchemaType,
    Field::ExtCategoryId,
    Field::ExtCategory,
    Field::SldSysName,
    Field::CustField1,
    Field::CustField2,
    Field::CustField3,
    Field::CustField4,
    Field::CustField5,
    Field::ItemType,
    Field::ParentId,
    Field::Tax,
];

fn product(out: &mut Document, item: &Item, written: &Written) -> Result<(), Error> {
    let text = |field: Field| written.text(item, field).filter(|_| field != Field::Matnr || written.matnr);
    let kind = if item.is_service() { "Service" } else { "Product" };
    out.open("Product", &[("ProductType", Some(kind))])?;
    out.leaf("ProductID", &[("Code", Some("Buyer"))], text(Field::Matnr))?;
    out.leaf("CatalogKey", &[], text(Field::ExtProductId))?;
    out.leaf("ParentCategoryID", &[], text(Field::Matgroup))?;
    out.leaf("Description", &[], text(Field::Description))?;
    if [Field::Attachment, Field::AttachmentTitle, Field::AttachmentPurpose]
        .into_iter()
        .any(|f| text(f).is_some())
    {
        out.open("Attachment", &[])?;
        out.leaf("URL", &[], text(Field::Attachment))?;
        out.leaf("Description", &[], text(Field::AttachmentTitle))?;
        out.leaf("Purpose", &[], text(Field::AttachmentPurpose))?;
        out.close("Attachment");
    }
    out.open(
        "ShoppingBasketItem",
        &[("RefVendorDescription", Some("0")), ("RefManufacturerDescription", Some("1"))],
    )?;
    out.leaf("Quantity", &[("UoM", text(Field::Unit))], text(Field::Quantity))?;
    out.open("NetPrice", &[])?;
    out.leaf("Price", &[("Currency", text(Field::Currency))], text(Field::Price))?;
    out.leaf("PriceUnit", &[], text(Field::PriceUnit))?;
    out.close("NetPrice");
    out.leaf("LeadTime", &[], text(Field::LeadTime))?;
    out.open("Quote", &[])?;
    out.leaf("QuoteID", &[], text(Field::ExtQuoteId))?;
    out.leaf("QuoteItemID", &[], text(Field::ExtQuoteItem))?;
    out.close("Quote");
    out.leaf("ItemText", &[], text(Field::LongText))?;
    out.close("ShoppingBasketItem");
    out.open("ManufacturerDescription", &[("ID", Some("1"))])?;
    out.leaf("PartnerProductID", &[("Code", Some("Other"))], text(Field::ManufactMat))?;
    out.leaf("PartnerID", &[("Code", Some("Other"))], text(Field::ManufactCode))?;
    out.close("ManufacturerDescription");
    out.open("VendorDescription", &[("ID", Some("0"))])?;
    out.leaf("PartnerProductID", &[("Code", Some("Other"))], text(Field::VendorMat))?;
    out.leaf("PartnerID", &[("Code", Some("Other"))], text(Field::Vendor))?;
    out.open("BuyerContract", &[])?;
    out.leaf("ContractID", &[], text(Field::Contract))?;
    out.leaf("ContractItemID", &[], text(Field::ContractItem))?;
    out.close("BuyerContract");
    out.close("VendorDescription");
    for field in APPENDED {
        out.leaf(field.as_str(), &[], text(field))?;
    }
    for extra in &item.extra {
        if is_name(&extra.name) && Field::named(&extra.name).is_none() {
            out.leaf(&extra.name, &[], Some(&extra.value))?;
        } else {
            out.leaf("Field", &[("Name", Some(&extra.name))], Some(&extra.value))?;
        }
    }
    out.close("Product");
    Ok(())
}

/// Names that need no second thought, outside of those the document uses.
fn is_name(name: &str) -> bool {
    const TAKEN: [&str; 4] = ["Field", "Product", "VendorDescription", "ManufacturerDescription"];
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        && !TAKEN.contains(&name)
        && !["ProductID", "CatalogKey", "ParentCategoryID", "Description"].contains(&name)
}

struct Document {
    text: String,
    depth: usize,
}

type Attributes<'a> = [(&'a str, Option<&'a str>)];

impl Document {
    fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), Error> {
        self.tag(name, attributes)?;
        self.text.push_str(">\n");
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }

    /// An element of text; left out when it says nothing.
    fn leaf(&mut self, name: &str, attributes: &Attributes<'_>, text: Option<&str>) -> Result<(), Error> {
        let says = text.is_some()
            || attributes.iter().any(|(at, value)| matches!(*at, "UoM" | "Currency") && value.is_some());
        if !says {
            return Ok(());
        }
        self.tag(name, attributes)?;
        self.text.push('>');
        self.characters(text.unwrap_or_default())?;
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
        Ok(())
    }

    fn tag(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), Error> {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            if let Some(value) = value {
                self.text.push(' ');
                self.text.push_str(name);
                self.text.push_str("=\"");
                self.characters(value)?;
                self.text.push('"');
            }
        }
        Ok(())
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n(' ', 2 * self.depth));
    }

    fn characters(&mut self, text: &str) -> Result<(), Error> {
        let is_forbidden = |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
        if text.contains(is_forbidden) {
            return Err(Error::misuse(format!("{} has a character that XML cannot hold", excerpt(text))));
        }
        // as they stand, a parser would turn these into line feeds or blanks
        for piece in escape(text).split_inclusive(['\r', '\n', '\t']) {
            let (plain, reference) = match piece.as_bytes() {
                [.., b'\r'] => (piece.trim_end_matches('\r'), "&#13;"),
                [.., b'\n'] => (piece.trim_end_matches('\n'), "&#10;"),
                [.., b'\t'] => (piece.trim_end_matches('\t'), "&#9;"),
                _ => (piece, ""),
            };
            self.text.push_str(plain);
            self.text.push_str(reference);
        }
        Ok(())
    }
}
