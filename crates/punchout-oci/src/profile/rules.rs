use std::collections::BTreeMap;

use punchout_core::Severity;
use serde::{Deserialize, Serialize};

/// The call-up: who says what under which name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CallUpRules {
    /// How the browser is sent to the shop.
    pub method: Method,
    /// Whether user name and password may stand in a URL. A GET call-up with
    /// secrets is refused unless this is true.
    pub secrets_in_url: bool,
    /// Whether the return address comes after all other parameters, which
    /// saves it from shops that do not decode it.
    pub hook_url_last: bool,
    /// The names of the parameters.
    pub names: ParameterNames,
    /// The value of the version parameter, such as `4.0`; empty for none.
    pub oci_version: String,
    /// The value of the partner interface version; empty for none.
    pub opi_version: String,
    /// Parameters that always go along, in this order.
    pub fixed: Vec<Parameter>,
    /// Parameters that the caller has to give, such as `oci_usermail`.
    pub required: Vec<String>,
    /// Further parameters that the system is known to send or to understand.
    pub optional: Vec<String>,
    /// The values of FUNCTION that the system is known to use; empty when
    /// nothing is known.
    pub functions: Vec<String>,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// The names of the call-up's parameters; an empty name is not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ParameterNames {
    /// The return address.
    pub hook_url: String,
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The version of OCI.
    pub oci_version: String,
    /// The version of the partner interface.
    pub opi_version: String,
    /// The charset that the return is wanted in.
    pub charset: String,
    /// The frame that the return goes to.
    pub target: String,
    /// The function; absent for ordinary shopping.
    pub function: String,
    /// The language of the shop's pages.
    pub language: String,
    /// The address to call when the user gives up.
    pub cancel_url: String,
}

/// A parameter with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name as sent.
    pub name: String,
    /// Its value before encoding.
    pub value: String,
}

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// In the body.
    Post,
    /// In the query of the URL.
    Get,
}

/// The rule for one field of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FieldRule {
    /// The most characters, after decoding; `None` for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Whether every item has it.
    #[serde(default)]
    pub presence: Presence,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// Whether an item has a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Presence {
    /// It may, or the conditions decide.
    #[default]
    Optional,
    /// It must.
    Required,
    /// It must not.
    Forbidden,
}

/// The fields that are required because of other fields.
///
/// Each switch turns one check on; how much a breach matters is the severity
/// of its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a list of switches")]
#[non_exhaustive]
pub struct Conditions {
    /// DESCRIPTION or MATNR is filled: `OCI-REQ-DESC`.
    pub description_or_matnr: bool,
    /// DESCRIPTION and MATNR are not both filled: `OCI-BOTH-DESC-MATNR`.
    pub not_description_and_matnr: bool,
    /// UNIT is filled when MATNR is empty: `OCI-REQ-UNIT`.
    pub unit_without_matnr: bool,
    /// CURRENCY is filled when PRICE is: `OCI-REQ-CUR`.
    pub currency_with_price: bool,
    /// CONTRACT is filled when `CONTRACT_ITEM` is: `OCI-REQ-CONTR`.
    pub contract_with_item: bool,
    /// `EXT_QUOTE_ID` is filled when `EXT_QUOTE_ITEM` is: `OCI-REQ-EXTQ`.
    pub quote_with_item: bool,
    /// `EXT_PRODUCT_ID` is filled, because the buyer asks for DETAIL or
    /// VALIDATE with it.
    pub product_id: bool,
    /// `EXT_SCHEMA_TYPE` is filled when `EXT_CATEGORY_ID` or `EXT_CATEGORY`
    /// is: `OCI-REQ-SCHEMA`.
    pub schema_with_category: bool,
    /// `PARENT_ID` points to a line of type `R` or `O`: `OCI-HIER-PARENT`.
    pub parent_exists: bool,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// How numbers are written.
///
/// The decoder reads every spelling that has one meaning. These rules say
/// which spellings are legal, so that they are not reported, and how to read
/// one that has two meanings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NumberRules {
    /// The most digits before the decimal mark.
    pub integer_digits: u32,
    /// The most digits after it.
    pub fraction_digits: u32,
    /// The mark that stands before the decimals.
    pub decimal_mark: DecimalMark,
    /// The characters that may group digits; empty when grouping is illegal.
    pub grouping: String,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// The mark before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DecimalMark {
    /// `1.5`; a comma is reported, and `1,234` is ambiguous.
    Dot,
    /// `1,5`; `1,234` is a little more than one.
    Comma,
    /// Both are legal; `1,234` is ambiguous.
    Either,
}

/// How items are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct IndexRules {
    /// The index of the first item, 0 or 1.
    pub start: u32,
    /// Whether the buyer loses what comes after a gap.
    pub contiguous: bool,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// Charset, long text and the size of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TextRules {
    /// The charset of a return that declares none and is no UTF-8.
    pub charset: String,
    /// The most characters of a long text; `None` for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_text_max: Option<u32>,
    /// The field that carries the VAT rate or code; empty when none does.
    pub vat_field: String,
    /// The most name-value pairs before a warning; 0 for no warning.
    pub pairs_max: u32,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// Units of measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UnitRules {
    /// The codes to write.
    pub codes: UnitCodes,
    /// Spellings that mean a unit of this system, before all other tables.
    pub overrides: BTreeMap<String, String>,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// The units' code list on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnitCodes {
    /// ISO codes as SAP keeps them, such as `PCE`.
    Iso,
    /// SAP's own codes, such as `ST`.
    Sap,
}

/// The severities that differ from the base column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SeverityRules {
    /// By code, such as `OCI-IDX-GAP`.
    pub levels: BTreeMap<String, Level>,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// The severity of a finding under a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Level {
    /// Guessed or dropped.
    Error,
    /// Repaired, and the repair can be trusted.
    Warning,
    /// Legal but odd.
    Note,
    /// Not reported.
    Off,
}

impl Level {
    /// The severity to report with; `None` when nothing is reported.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// How the shop writes its return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a list of switches")]
#[non_exhaustive]
pub struct EncodeRules {
    /// The method of the form.
    pub method: Method,
    /// Whether the query of the return address becomes hidden inputs. A GET
    /// form needs it in any case.
    pub split_hook_query: bool,
    /// Whether `~OkCode`, `~TARGET` and `~CALLER` go back as they came.
    pub echo_controls: bool,
    /// The frame when the call-up names none.
    pub target: String,
    /// The charset when the call-up names none.
    pub charset: String,
    /// The digits after the decimal mark of QUANTITY and PRICE.
    pub fraction_digits: u32,
    /// How the long text is named.
    pub long_text: LongTextForm,
    /// Whether a DESCRIPTION over its limit is cut, with the whole of it in
    /// the long text.
    pub cut_description: bool,
    /// Whether MATNR is written; it is the buyer's number, not the shop's.
    pub matnr: bool,
    /// Whether the buyer is known to take the XML variant.
    pub xml: bool,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}

/// The name of the long text of item 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LongTextForm {
    /// `NEW_ITEM-LONGTEXT_1:132[]`, as specified.
    Canonical,
    /// `NEW_ITEM-LONGTEXT[1]`, like all other fields.
    Indexed,
}

/// What the system can do around the basket; `None` when not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Capabilities {
    /// Whether lines may be changed after the return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_lines: Option<bool>,
    /// Whether lines may be deleted after the return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_lines: Option<bool>,
    /// Whether lines may be added after the return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_lines: Option<bool>,
    /// Whether a test address can be kept beside the live one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_url: Option<bool>,
    /// Whether an order follows the basket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_leg: Option<bool>,
    /// The ways that orders are known to take, such as `cxml-https`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_routes: Vec<String>,
    /// Where this comes from.
    pub source: String,
    /// Whether it was verified.
    pub verified: bool,
}
