use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::{
    Address, Classification, Country, Description, DocumentInfo, InvoiceDetailItemReferenceIndustry, ItemId,
    ManufacturerName, Other,
};

/// Which line of an order is invoiced, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailItemReference {
    /// The number of the line in the order.
    pub line_number: Amount,
    /// The attribute `serialNumber`, for one only; deprecated since 1.2.009.
    pub serial_number_attribute: Option<Text>,
    /// The article's keys, as ordered.
    pub item_id: Option<ItemId>,
    /// What it is, as ordered.
    pub description: Option<Description>,
    /// The commodity.
    pub classification: Vec<Classification>,
    /// The manufacturer's part number; it and the name come together.
    pub manufacturer_part_id: Option<Text>,
    /// The manufacturer.
    pub manufacturer_name: Option<ManufacturerName>,
    /// The country of origin.
    pub country: Option<Country>,
    /// Serial numbers, one for each piece.
    pub serial_number: Vec<Text>,
    /// The supplier's batch.
    pub supplier_batch_id: Option<Text>,
    /// What only some trades say.
    pub invoice_detail_item_reference_industry: Option<Box<InvoiceDetailItemReferenceIndustry>>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailItemReference {
    /// A line of the order.
    #[must_use]
    pub fn new(line_number: impl Into<Amount>) -> Self {
        Self {
            line_number: line_number.into(),
            serial_number_attribute: None,
            item_id: None,
            description: None,
            classification: Vec::new(),
            manufacturer_part_id: None,
            manufacturer_name: None,
            country: None,
            serial_number: Vec::new(),
            supplier_batch_id: None,
            invoice_detail_item_reference_industry: None,
            other: Other::default(),
        }
    }
}

setters! {
    InvoiceDetailItemReference {
        /// Sets the article's keys.
        item_id: with_item_id(item_id: ItemId),
        /// Says what it is.
        description: with_description(description: Description),
        /// Adds a commodity.
        classification: with_classification(classification: Classification),
        /// Sets the country of origin.
        country: with_country(country: Country),
        /// Adds a serial number.
        serial_number: with_serial_number(serial_number: impl Into<Text>),
    }
}

/// How goods were imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CustomsInfo {
    /// The office that issued the document.
    pub issuer: Address,
    /// The document.
    pub document_info: DocumentInfo,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CustomsInfo {
    /// An office and its document.
    #[must_use]
    pub fn new(issuer: Address, document_info: DocumentInfo) -> Self {
        Self { issuer, document_info, other: Other::default() }
    }
}

element!(InvoiceDetailItemReference {
    attributes { line_number: "lineNumber", serial_number_attribute: "serialNumber", }
    children {
        item_id: "ItemID",
        description: "Description",
        classification: "Classification",
        manufacturer_part_id: "ManufacturerPartID",
        manufacturer_name: "ManufacturerName",
        country: "Country",
        serial_number: "SerialNumber",
        supplier_batch_id: "SupplierBatchID",
        invoice_detail_item_reference_industry: "InvoiceDetailItemReferenceIndustry",
    }
    need { manufacturer_part_id if manufacturer_name, manufacturer_name if manufacturer_part_id, }
});

element!(CustomsInfo {
    children { issuer: "Issuer" / "Address", document_info: "DocumentInfo", }
});
