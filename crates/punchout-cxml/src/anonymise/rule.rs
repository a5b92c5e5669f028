//! What is replaced by what.

use crate::{dtd, secret};

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// It stays, but what was replaced elsewhere is replaced in it.
    Keep,
    /// It stays whatever it says.
    Leave,
    /// It tells who somebody is.
    Name,
    Secret,
    Card,
    Price,
    /// It may say anything.
    Text,
    /// It says what is traded.
    Article,
}

/// Elements whose text tells who somebody is, besides those that end in `ID`.
const NAMES: [&str; 28] = [
    "Identity",
    "Name",
    "LegalName",
    "ProviderName",
    "Creator",
    "DeliverTo",
    "Street",
    "City",
    "Municipality",
    "PostalCode",
    "Email",
    "Number",
    "AreaOrCityCode",
    "Extension",
    "URL",
    "BuyerCookie",
    "OriginatorCookie",
    "SupplierPartAuxiliaryID",
    "RegistrationNumber",
    "ImporterOfRecord",
    "ContractorIdentifier",
    "ShipmentIdentifier",
    "SerialNumber",
    "PackageControlNumber",
    "ShippingContractNumber",
    "ShippingContainerSerialCode",
    "ShippingContainerSerialCodeReference",
    "User",
];
const PRICES: [&str; 2] = ["Money", "ControlSum"];
const TEXTS: [&str; 6] =
    ["Comments", "Extrinsic", "IntegrationMessage", "PaymentPurpose", "QuantityVarianceNote", "ReturnValue"];
const ARTICLES: [&str; 6] =
    ["Description", "ShortName", "SupplierPartID", "BuyerPartID", "ManufacturerPartID", "ManufacturerName"];
/// Attributes that tell who somebody is, besides those that end in `ID`.
const NAMED: [&str; 4] = ["inReplyTo", "identifier", "id", "payloadid"];

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_id(name: &str) -> bool {
    name.ends_with("ID") || name.ends_with("Id")
}

/// What becomes of the text of an element; `inside` says whether an element
/// around it holds free text.
pub(super) fn of_element(name: &str, inside: bool) -> Rule {
    match name {
        _ if secret::is_element(name) => Rule::Secret,
        _ if is_one_of(&PRICES, name) => Rule::Price,
        _ if is_one_of(&ARTICLES, name) => Rule::Article,
        _ if is_one_of(&NAMES, name) || is_id(name) => Rule::Name,
        _ if inside || is_one_of(&TEXTS, name) || is_signature(name) || !dtd::is_known(name) => Rule::Text,
        _ => Rule::Keep,
    }
}

/// Whether what stands in it is free text, unless it is something else.
pub(super) fn holds_text(name: &str) -> bool {
    is_one_of(&TEXTS, name) || is_signature(name)
}

/// Certificates name people and companies.
fn is_signature(name: &str) -> bool {
    name.starts_with("ds:") || name.starts_with("xades:") || name.starts_with("X509")
}

/// What becomes of an attribute.
pub(super) fn of_attribute(element: &str, name: &str) -> Rule {
    let is_name = is_id(name) || is_one_of(&NAMED, name);
    let is_card = secret::is_card(element);
    if name.starts_with("xml") || name.starts_with("xsi:") || !dtd::is_open(element, name) {
        Rule::Leave
    } else if name.eq_ignore_ascii_case("alternateAmount") {
        Rule::Price
    } else if is_card && name.eq_ignore_ascii_case("number") {
        Rule::Card
    } else if is_name || is_card && name.eq_ignore_ascii_case("name") {
        Rule::Name
    } else if is_card && name.eq_ignore_ascii_case("token") {
        Rule::Secret
    } else if dtd::has_attribute(element, name) {
        Rule::Keep
    } else if is_card || secret::is_element(element) {
        // perhaps a slip of the name
        Rule::Secret
    } else {
        Rule::Text
    }
}
