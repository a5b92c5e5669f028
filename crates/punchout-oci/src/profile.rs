//! What a buyer, a shop or the protocol itself asks for, as data.
//!
//! A profile is a TOML file: lengths, required fields, how numbers are
//! written, the names of the call-up's parameters. The shipped ones are
//! compiled in; others are read at run time with [`Profile::from_toml`].

mod builtin;
mod error;
mod load;
mod rules;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use error::{ProfileError, ProfileErrorKind};
pub use rules::{
    CallUpRules, Capabilities, Conditions, DecimalMark, EncodeRules, FieldRule, IndexRules, Level,
    LongTextForm, Method, NumberRules, Parameter, ParameterNames, Presence, SeverityRules, TextRules,
    UnitCodes, UnitRules,
};

/// The rules of one system, and how well each of them is known.
///
/// Every group of rules carries `source`, which says where the rule comes
/// from, and `verified`. `verified` is true when the rule was read in SAP's own
/// published text (profiles of the protocol and of SAP's systems) or was seen
/// to hold on the live system. It is false for everything said by vendors,
/// forums, source code or common knowledge: such a rule is a reason to warn,
/// never a reason to promise. A rule taken over from the profile named in
/// `extends` counts as verified only if the taking profile is verified as a
/// whole, since what holds for the protocol need not hold for a product.
///
/// ```
/// use punchout_oci::profile::Profile;
///
/// let afas = Profile::named("afas").ok_or("not shipped")?;
/// assert!(!afas.verified);
/// assert_eq!(afas.field("DESCRIPTION").and_then(|rule| rule.max), Some(40));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// The name that it is asked for by, such as `ifs-cloud`.
    pub name: String,
    /// The system's name for people.
    pub title: String,
    /// Whose rules these are.
    pub role: Role,
    /// The profile that fills in what this one does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// What a person should know beside the rules.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Where the profile as a whole comes from.
    pub source: String,
    /// Whether the profile as a whole was verified.
    pub verified: bool,
    /// The column of default severities that holds.
    pub base: Base,
    /// The call-up that the system sends or takes.
    pub call_up: CallUpRules,
    /// The fields of an item by canonical name, such as `DESCRIPTION`.
    pub fields: BTreeMap<String, FieldRule>,
    /// The fields that are required because of other fields.
    pub conditions: Conditions,
    /// How numbers are written.
    pub numbers: NumberRules,
    /// How items are counted.
    pub index: IndexRules,
    /// Charset, long text and the size of the form.
    pub text: TextRules,
    /// Units of measure.
    pub units: UnitRules,
    /// The severities that differ from `base`.
    pub severities: SeverityRules,
    /// How the shop writes its return.
    pub encode: EncodeRules,
    /// What the system can do around the basket.
    pub capabilities: Capabilities,
}

impl Profile {
    /// The shipped profile of this name.
    ///
    /// It is read once per process and shared.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        builtin::profile(name)
    }

    /// All shipped profiles, in the order of their names.
    pub fn builtin() -> impl Iterator<Item = &'static Self> {
        Self::names().filter_map(Self::named)
    }

    /// The names of the shipped profiles, sorted.
    pub fn names() -> impl Iterator<Item = &'static str> {
        builtin::names()
    }

    /// The rules of OCI 4.0 at their strict severities.
    #[must_use]
    pub fn strict() -> &'static Self {
        builtin::shipped(builtin::ROOT)
    }

    /// The rules of OCI 4.0 at the severities for real life.
    #[must_use]
    pub fn lenient() -> &'static Self {
        builtin::shipped("lenient")
    }

    /// Reads a profile; `extends` names a shipped one, by default `oci-4.0`.
    ///
    /// # Errors
    ///
    /// The text is no TOML, has an unknown key, lacks a source, or extends
    /// itself or a profile that is not known. The error knows the line.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        Self::from_toml_with(text, |_| None)
    }

    /// Reads a profile that may extend others than the shipped ones.
    ///
    /// `parents` is asked for the text of a profile by its name; where it has
    /// none, the shipped profile of that name is taken.
    ///
    /// # Errors
    ///
    /// As for [`Profile::from_toml`]; an error in a parent names the parent.
    pub fn from_toml_with(
        text: &str,
        parents: impl FnMut(&str) -> Option<String>,
    ) -> Result<Self, ProfileError> {
        load::load(text, parents)
    }

    /// The rule for a field of an item, by canonical name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&FieldRule> {
        self.fields.get(name)
    }

    /// The profile's own severity for a code; `None` when `base` decides.
    #[must_use]
    pub fn level(&self, code: &str) -> Option<Level> {
        self.severities.levels.get(code).copied()
    }
}

/// Whose rules a profile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// A procurement system: it sends the call-up and reads the return.
    Buyer,
    /// A web shop: it reads the call-up and writes the return.
    Shop,
    /// The protocol itself, or a way to read it.
    Protocol,
}

/// The column of default severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Base {
    /// As the specification has it.
    Strict,
    /// As real returns need it.
    Lenient,
}
