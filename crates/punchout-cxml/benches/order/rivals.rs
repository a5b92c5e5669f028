//! The same work as others do it.

use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::{Deserialize, Serialize};

/// Counts quick-xml's events and does nothing else.
pub(crate) fn events(xml: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut events = 0;
    while !matches!(reader.read_event().expect("the order is well-formed"), Event::Eof) {
        events += 1;
    }
    events
}

/// Reads into roxmltree's tree, which is for reading only.
pub(crate) fn tree_nodes(xml: &str) -> usize {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = roxmltree::Document::parse_with_options(xml, options).expect("the order is well-formed");
    tree.descendants().len()
}

pub(crate) fn deserialize(xml: &str) -> Cxml {
    quick_xml::de::from_str(xml).expect("the structs fit the order")
}

pub(crate) fn serialize(order: &Cxml) -> String {
    let mut out = String::new();
    let mut serializer = quick_xml::se::Serializer::with_root(&mut out, Some("cXML")).expect("it is a name");
    serializer.indent(' ', 2);
    order.serialize(serializer).expect("it was read before");
    out
}

/// Declares elements that hold attributes, text and children as strings.
macro_rules! elements {
    ($($name:ident { $($field:ident: $type:ty = $tag:literal,)+ })+) => {$(
        #[derive(Deserialize, Serialize)]
        pub(crate) struct $name {
            $(#[serde(rename = $tag)] $field: $type,)+
        }
    )+};
}

elements! {
    Cxml {
        payload_id: String = "@payloadID", timestamp: String = "@timestamp", lang: String = "@xml:lang",
        header: Header = "Header", request: Request = "Request",
    }
    Header { from: Party = "From", to: Party = "To", sender: Sender = "Sender", }
    Party { credential: Credential = "Credential", }
    Sender { credential: Credential = "Credential", user_agent: String = "UserAgent", }
    Credential {
        domain: String = "@domain", identity: String = "Identity", shared_secret: Option<String> = "SharedSecret",
    }
    Request { deployment_mode: String = "@deploymentMode", order: OrderRequest = "OrderRequest", }
    OrderRequest { header: OrderRequestHeader = "OrderRequestHeader", lines: Vec<ItemOut> = "ItemOut", }
    OrderRequestHeader {
        order_id: String = "@orderID", order_date: String = "@orderDate", kind: String = "@type",
        version: String = "@orderVersion", total: Priced = "Total", ship_to: Place = "ShipTo",
        bill_to: Place = "BillTo", comments: Worded = "Comments",
    }
    Priced { money: Money = "Money", }
    Money { currency: String = "@currency", amount: String = "$text", }
    Place { address: Address = "Address", }
    Address {
        country: String = "@isoCountryCode", id: String = "@addressID", name: Worded = "Name",
        postal: PostalAddress = "PostalAddress", email: Option<Named> = "Email",
    }
    PostalAddress {
        name: Option<String> = "@name", deliver_to: Option<String> = "DeliverTo", street: String = "Street",
        city: String = "City", postal_code: String = "PostalCode", country: Country = "Country",
    }
    Country { code: String = "@isoCountryCode", name: String = "$text", }
    Worded { lang: String = "@xml:lang", text: String = "$text", }
    Named { name: String = "@name", text: String = "$text", }
    ItemOut {
        quantity: String = "@quantity", line_number: String = "@lineNumber",
        date: String = "@requestedDeliveryDate", id: ItemId = "ItemID", detail: ItemDetail = "ItemDetail",
        distribution: Distribution = "Distribution",
    }
    ItemId {
        supplier: String = "SupplierPartID", auxiliary: String = "SupplierPartAuxiliaryID",
        buyer: String = "BuyerPartID",
    }
    ItemDetail {
        unit_price: Priced = "UnitPrice", description: Worded = "Description", unit: String = "UnitOfMeasure",
        basis: Basis = "PriceBasisQuantity", classification: Classification = "Classification",
        manufacturer_id: String = "ManufacturerPartID", manufacturer: Worded = "ManufacturerName",
        extrinsic: Named = "Extrinsic",
    }
    Basis {
        quantity: String = "@quantity", factor: String = "@conversionFactor", unit: String = "UnitOfMeasure",
        description: Worded = "Description",
    }
    Classification { domain: String = "@domain", code: String = "$text", }
    Distribution { accounting: Accounting = "Accounting", charge: Priced = "Charge", }
    Accounting { name: String = "@name", segment: Segment = "AccountingSegment", }
    Segment { id: String = "@id", name: Worded = "Name", description: Worded = "Description", }
}

/// How long libxml2 takes to parse an order and hold it against the DTD, in
/// seconds; why not, where that cannot be said.
///
/// A document of one line is validated as often and taken off, and with it the
/// start of the program and the reading of the DTD.
pub(crate) fn libxml2(xml: &str, one_line: &str) -> Result<f64, String> {
    let dtd = std::env::var_os("PUNCHOUT_DATA").ok_or("PUNCHOUT_DATA names no folder with DTDs")?;
    let dtd = std::path::PathBuf::from(dtd).join("cxml/dtd/1.2.071/cXML.dtd");
    if Command::new("xmllint").arg("--version").output().is_err() {
        return Err("xmllint not found".into());
    }
    let took = |xml: &str| {
        // The DTD is given; without its address nothing tries to load it.
        let xml: String = xml.split_inclusive('\n').filter(|line| !line.starts_with("<!DOCTYPE")).collect();
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file = folder.path().join("order.xml");
        std::fs::write(&file, xml).map_err(|error| error.to_string())?;
        let start = std::time::Instant::now();
        let mut command = Command::new("xmllint");
        command.args(["--noout", "--nonet", "--repeat", "--dtdvalid"]).args([&dtd, &file]);
        let status = command.status().map_err(|error| error.to_string())?;
        if !status.success() {
            return Err(format!("xmllint finds the order wrong: {status}"));
        }
        Ok(start.elapsed().as_secs_f64() / REPEATS)
    };
    Ok(took(xml)? - took(one_line)?)
}

/// How often `xmllint --repeat` repeats.
const REPEATS: f64 = 100.0;
