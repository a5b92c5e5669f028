//! What is replaced by what.

use crate::{dtd, secret};

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// It stays, but what was replaced elsewhere is replaced in it.
    Keep,
    /// It stays, but for secrets.
    Leave,
    /// It stays: a DTD says these words.
    Listed,
    /// No DTD says these words where it has to.
    Stray,
    /// It tells who somebody is.
    Name,
    /// It tells whose identities these are.
    Domain,
    Secret,
    Card,
    Price,
    /// It may say anything.
    Text,
    /// It says what is traded.
    Article,
    /// It says what is traded, or anything.
    ArticleText,
}

/// What an element is a part of, and how much that hides: the last one most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Around {
    Nothing,
    Text,
    Name,
    Secret,
}

/// Elements whose text tells who somebody is, besides those that end in `ID`.
const NAMES: [&str; 31] = [
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
    "CarrierIdentifier",
    "ShipmentIdentifier",
    "SerialNumber",
    "PackageControlNumber",
    "ShippingContractNumber",
    "ShippingContainerSerialCode",
    "ShippingContainerSerialCodeReference",
    "ShippingMark",
    "TaxLocation",
    "User",
];
/// Those of them that may have any elements inside.
const WHOLE_NAMES: [&str; 4] = ["Identity", "BuyerCookie", "OriginatorCookie", "SupplierPartAuxiliaryID"];
const PRICES: [&str; 2] = ["Money", "ControlSum"];
const TEXTS: [&str; 11] = [
    "Comments",
    "ExemptReason",
    "Extrinsic",
    "IntegrationMessage",
    "OtherOrderTarget",
    "PaymentPurpose",
    "PaymentRemittanceStatusDetail",
    "QuantityVarianceNote",
    "ReturnValue",
    "ShippingInstructions",
    "Status",
];
const ARTICLES: [&str; 6] =
    ["Description", "ShortName", "SupplierPartID", "BuyerPartID", "ManufacturerPartID", "ManufacturerName"];
/// Attributes that tell who somebody is, besides those that end in `ID`.
const NAMED: [&str; 4] = ["inReplyTo", "identifier", "id", "payloadid"];

/// Elements with a `name` that people choose, and what everybody chooses.
const ADDRESSES: [&str; 5] = ["PostalAddress", "Email", "Phone", "Fax", "URL"];
const USUAL_ADDRESSES: [&str; 18] = [
    "default", "work", "home", "office", "business", "personal", "private", "company", "mobile", "main",
    "primary", "billing", "shipping", "delivery", "order", "phone", "fax", "email",
];
/// What a `Status` mostly says: the phrases of HTTP, and the like.
const USUAL_STATUS: [&str; 19] = [
    "OK",
    "Accepted",
    "Approved",
    "Success",
    "Failure",
    "Error",
    "Pong",
    "No Content",
    "Bad Request",
    "Unauthorized",
    "Payment Required",
    "Forbidden",
    "Not Found",
    "Not Acceptable",
    "Conflict",
    "Precondition Failed",
    "Internal Server Error",
    "Not Implemented",
    "Service Unavailable",
];
/// Whose identities most have.
const USUAL_DOMAINS: [&str; 17] = [
    "DUNS",
    "DUNS+4",
    "NetworkID",
    "NetworkUserID",
    "AribaNetworkUserID",
    "AribaNetworkID",
    "EndPointID",
    "SystemID",
    "PrivateID",
    "InternalSupplierID",
    "BuyerID",
    "SupplierID",
    "CompanyName",
    "VATID",
    "TaxID",
    "GLN",
    "EAN",
];

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name.trim_ascii()))
}

fn is_id(name: &str) -> bool {
    name.ends_with("ID") || name.ends_with("Id")
}

impl Around {
    /// What the element makes of all that stands in it.
    pub(super) fn of(element: &str, has_secret: bool) -> Self {
        match element {
            _ if has_secret || secret::is_element(element) => Self::Secret,
            _ if secret::is_start_page(element) || is_one_of(&WHOLE_NAMES, element) => Self::Name,
            _ if is_one_of(&TEXTS, element) || is_signature(element) => Self::Text,
            _ => Self::Nothing,
        }
    }

    /// What becomes of a text in an element with all this around it.
    pub(super) fn of_text(self, element: &str, text: &str) -> Rule {
        let rule = of_text(element, text);
        match (self, rule) {
            (Self::Text, Rule::Keep) => Rule::Text,
            (Self::Text, Rule::Article) => Rule::ArticleText,
            _ => self.hides(rule),
        }
    }

    /// What becomes of an attribute of an element with all this around it.
    pub(super) fn of_attribute(self, element: &str, name: &str, value: &str) -> Rule {
        let rule = of_attribute(element, name, value);
        match rule {
            Rule::Listed => rule,
            // Others may refer to it, and are replaced only by what is known.
            Rule::Leave if self < Self::Name => rule,
            Rule::Leave if dtd::is_open(element, name) || value.chars().count() < secret::TELLING => rule,
            Rule::Leave => Rule::Secret,
            _ => self.hides(rule),
        }
    }

    /// What becomes of a comment or an instruction.
    pub(super) fn of_aside(self) -> Rule {
        self.hides(Rule::Text)
    }

    fn hides(self, rule: Rule) -> Rule {
        match (self, rule) {
            (Self::Secret, _) => Rule::Secret,
            (Self::Name, Rule::Card | Rule::Secret) => rule,
            (Self::Name, _) => Rule::Name,
            _ => rule,
        }
    }
}

/// What becomes of the text of an element that stands for itself.
fn of_text(name: &str, text: &str) -> Rule {
    match name {
        _ if is_one_of(&PRICES, name) => Rule::Price,
        _ if is_one_of(&ARTICLES, name) => Rule::Article,
        _ if is_one_of(&NAMES, name) || is_id(name) => Rule::Name,
        "Status" if is_one_of(&USUAL_STATUS, text) => Rule::Leave,
        _ if !dtd::is_known(name) => Rule::Text,
        _ => Rule::Keep,
    }
}

/// Certificates name people and companies.
fn is_signature(name: &str) -> bool {
    name.starts_with("ds:") || name.starts_with("xades:") || name.starts_with("X509")
}

/// What becomes of an attribute that stands for itself.
fn of_attribute(element: &str, name: &str, value: &str) -> Rule {
    let is_name = is_id(name) || is_one_of(&NAMED, name);
    let is_card = secret::is_card(element);
    if let Some(is_listed) = dtd::lists(element, name, value) {
        if is_listed { Rule::Listed } else { Rule::Stray }
    } else if name.starts_with("xmlns") || name == "xml:base" || name.starts_with("xsi:") {
        // An address, which need not be public.
        Rule::Keep
    } else if name == "xml:lang" && !is_language(value) {
        Rule::Stray
    } else if name.starts_with("xml") || !dtd::is_open(element, name) {
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
        of_open(element, name, value)
    } else if is_card || secret::is_element(element) {
        // perhaps a slip of the name
        Rule::Secret
    } else {
        Rule::Text
    }
}

/// What becomes of an attribute that a DTD has and that may say anything.
fn of_open(element: &str, name: &str, value: &str) -> Rule {
    match (element, name) {
        ("Credential" | "SupplierID", "domain") if !is_one_of(&USUAL_DOMAINS, value) => Rule::Domain,
        ("Status", "text") if !is_one_of(&USUAL_STATUS, value) => Rule::Text,
        ("Accounting", "name") | ("Segment", "description") => Rule::Text,
        (_, "name") if ADDRESSES.contains(&element) && !is_one_of(&USUAL_ADDRESSES, value) => Rule::Name,
        _ => Rule::Keep,
    }
}

/// Whether this may be a language, perhaps with a country or a script.
fn is_language(value: &str) -> bool {
    let mut parts = value.trim_ascii().split(['-', '_']);
    parts.next().is_some_and(|first| matches!(first.len(), 0 | 2 | 3))
        && parts.all(|part| part.len() <= 4 && part.chars().all(|c| c.is_ascii_alphanumeric()))
}
