//! Which parts of a document hold numbers that both partners know things by.

use super::{is_card, local};

/// How the names end of elements and attributes that hold such numbers.
const ENDS: [&str; 11] = [
    "ID",
    "Id",
    "Identity",
    "Identifier",
    "Number",
    "Code",
    "Cookie",
    "Classification",
    "URL",
    "Quantity",
    "Money",
];
/// Names of attributes that are such an end by themselves.
const ATTRIBUTES: [&str; 5] = ["id", "identifier", "code", "quantity", "tracking"];
/// How the kinds end of such numbers.
const KINDS: [&str; 6] = ["ID", "Id", "Number", "number", "nummer", "Code"];
/// Numbers of the trade, as an extrinsic or a characteristic may be called.
const TRADE: [&str; 9] = ["ean", "upc", "gtin", "gln", "sscc", "isbn", "issn", "nsn", "barcode"];
/// What says that a number is a card's, whatever else it is called.
const CARDS: [&str; 5] = ["card", "kaart", "karte", "carte", "payment"];
/// The same as words of their own.
const CARD_WORDS: [&str; 2] = ["pan", "cc"];

/// Whether the attributes that are called so say what their element holds.
#[must_use]
pub fn is_kind(attribute: &str) -> bool {
    matches!(attribute, "name" | "domain" | "type")
}

/// Whether an element, or an attribute of it, holds a number that both partners
/// know something by, so that it is no card's, even if it may look like one:
/// one in ten numbers of 16 digits does.
///
/// These are, unless the name, the element or one of its kinds speaks of a card:
///
/// * elements and attributes that are called so: what ends with `ID` or `Id`,
///   such as `orderID`, `requisitionID`, `agreementID`, `addressID`, `payloadID`,
///   `SupplierPartID`, `SupplierPartAuxiliaryID`, `BuyerPartID` and
///   `ManufacturerPartID`; with `Number`, such as `lineNumber` and `SerialNumber`;
///   with `Identity`, `Identifier`, `Code`, `Cookie` or `Classification`; the
///   attributes `id` (of a segment of an account), `identifier`, `code` and
///   `tracking`;
/// * addresses (`URL`, and attributes that end so), of which passwords and
///   tokens are secrets still, quantities and `Money`;
/// * what an element holds whose kind, which is its `name`, `domain` or `type`,
///   ends with `ID`, `Number`, `nummer` or `Code`, such as `costCenterNumber`, or
///   is a number of the trade: EAN, UPC, GTIN, GLN, SSCC, ISBN and the like.
///
/// Everything else is free text, in which card numbers are looked for: comments,
/// descriptions, names, all other extrinsics, and what cXML does not know.
#[must_use]
pub fn is_identifier(element: &str, attribute: Option<&str>, kinds: &[&str]) -> bool {
    let element = local(element);
    let name = attribute.map_or(element, local);
    let is_called_so =
        ENDS.iter().any(|end| name.ends_with(end)) || attribute.is_some() && ATTRIBUTES.contains(&name);
    // the kind is itself no number of its kind
    let is_of_kind = || !attribute.is_some_and(is_kind) && kinds.iter().any(|kind| is_number(kind));
    (is_called_so || is_of_kind())
        && !is_card(element)
        && !kinds.iter().chain([&element, &name]).any(|text| speaks_of_card(text))
}

fn is_number(kind: &str) -> bool {
    let kind = kind.trim();
    KINDS.iter().any(|end| kind.ends_with(end)) || words(kind).any(|word| TRADE.contains(&&*word))
}

fn speaks_of_card(text: &str) -> bool {
    let small = text.to_lowercase();
    CARDS.iter().any(|card| small.contains(card)) || words(text).any(|word| CARD_WORDS.contains(&&*word))
}

/// The words of a name in `camelCase`, `snake_case` and the like, small.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut chars = name.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let is_first = chars.peek().is_some_and(|next| next.is_lowercase());
        let rises = c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && is_first);
        if rises || !c.is_alphabetic() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphabetic()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_told_from_free_texts() {
        for (element, attribute, kinds, is) in [
            ("OrderRequestHeader", Some("orderID"), &[][..], true),
            ("SupplierPartID", None, &[], true),
            ("SupplierPartAuxiliaryID", None, &[], true),
            ("x:BuyerPartID", None, &[], true),
            ("Identity", None, &[], true),
            ("Segment", Some("id"), &["CostCenter"], true),
            ("Segment", Some("id"), &["Purchasing Card"], false),
            ("Segment", Some("description"), &["CostCenter"], false),
            ("ItemOut", Some("lineNumber"), &[], true),
            ("URL", None, &[], true),
            ("Comments", None, &[], false),
            ("Description", None, &[], false),
            ("Extrinsic", None, &["costCenter"], false),
            ("Extrinsic", None, &["costCenterNumber"], true),
            ("Extrinsic", None, &["Bestellnummer"], true),
            ("Extrinsic", None, &["contractID"], true),
            ("Extrinsic", None, &["cardNumber"], false),
            ("Extrinsic", None, &["Kreditkartennummer"], false),
            ("Extrinsic", None, &["ccNumber"], false),
            ("Extrinsic", None, &["PAN-Number"], false),
            ("Extrinsic", None, &["European"], false),
            ("Extrinsic", None, &["EAN"], true),
            ("Extrinsic", None, &["ean-13"], true),
            ("Extrinsic", None, &["supplierGtin14"], true),
            ("Extrinsic", None, &["supplierGTIN"], true),
            ("Extrinsic", None, &["UPCCode"], true),
            ("Extrinsic", Some("name"), &["UPC"], false),
            ("Extrinsic", None, &["cardGtin"], false),
            ("IdReference", Some("identifier"), &["buyerReference"], true),
            ("IdReference", Some("identifier"), &["creditCard"], false),
            ("Note", Some("cardNumber"), &[], false),
            ("Note", Some("remark"), &[], false),
            ("PCard", Some("number"), &[], false),
            ("PaymentToken", Some("tokenID"), &[], false),
        ] {
            assert_eq!(is_identifier(element, attribute, kinds), is, "{element} {attribute:?} {kinds:?}");
        }
    }
}
