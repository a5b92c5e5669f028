//! Units of measure: from what a shop sends to the code that was meant.
//!
//! OCI wants the ISO code of a unit as SAP keeps it, which is an old edition of
//! UN/ECE Recommendation 20: a piece is `PCE` on the wire, though the present
//! code is `H87`. Shops send anything: present codes, SAP's own codes (`ST`),
//! words (`Stk`, `szt.`, `EACH`). [`resolve`] tries these in turn and says by
//! [`Tier`] which of them it was.

mod alias;
mod rec20;
mod rec21;
mod sap;
mod table;

use std::collections::BTreeMap;
use std::fmt;

use punchout_core::Text;
use serde::{Deserialize, Serialize};

use crate::profile::UnitRules;
use alias::{ALIASES, SHADOWING};
use rec20::{REC20, Unit};
use rec21::REC21;
use sap::{KEPT, SAP, SUCCEEDED};

/// How a unit was recognised, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Tier {
    /// The profile says what this system means by it.
    Profile,
    /// It is an active code of Recommendation 20.
    Rec20,
    /// It is a retired code of Recommendation 20 that SAP keeps, such as `PCE`.
    SapIso,
    /// It is the code that SAP's users see, such as `ST` or `KAR`.
    Sap,
    /// It is `X` and a package code of Recommendation 21, such as `XBX`.
    Rec21,
    /// It is a retired code of Recommendation 20.
    Rec20Retired,
    /// It is a word or a spelling that shops use, or a code in small letters.
    Alias,
}

impl Tier {
    /// The name in data, such as `sap_iso`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Rec20 => "rec20",
            Self::SapIso => "sap_iso",
            Self::Sap => "sap",
            Self::Rec21 => "rec21",
            Self::Rec20Retired => "rec20_retired",
            Self::Alias => "alias",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A unit that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[non_exhaustive]
pub struct Resolved {
    /// The code that OCI puts on the wire, such as `PCE`.
    pub code: Text,
    /// How it was recognised.
    pub tier: Tier,
    /// The code as sent, where another meaning of it was passed over: `PAL` is
    /// taken for a pallet, though Recommendation 20 has it for the pascal.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub passed_over: Option<Text>,
}

impl Resolved {
    fn new(code: &str, tier: Tier) -> Self {
        Self { code: Text::from(code), tier, passed_over: None }
    }

    /// The English name; `None` for a code that only the profile knows.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        name(&self.code)
    }

    /// The present code of Recommendation 20, where it differs from `code`.
    ///
    /// It is `H87` for `PCE` and `XBX` for `BX`: e-invoices and cXML want this
    /// one. `None` when `code` is active itself or has no known successor.
    #[must_use]
    pub fn rec20(&self) -> Option<&'static str> {
        rec20(&self.code)
    }

    /// SAP's own code, such as `ST` for `PCE`.
    #[must_use]
    pub fn sap_code(&self) -> Option<&'static str> {
        sap_code(&self.code)
    }
}

/// A resolver that knows what one system means by its own spellings.
///
/// ```
/// use punchout_oci::profile::Profile;
/// use punchout_oci::unit::{Resolver, Tier};
///
/// let mut profile = Profile::lenient().clone();
/// profile.units.overrides.insert("KAN".to_owned(), "XJC".to_owned());
/// let jerrican = Resolver::new(&profile.units).resolve("KAN").ok_or("unknown")?;
/// assert_eq!((&*jerrican.code, jerrican.tier), ("XJC", Tier::Profile));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolver {
    overrides: BTreeMap<Text, Text>,
}

impl Resolver {
    /// A resolver that asks the profile's overrides before all tables.
    #[must_use]
    pub fn new(rules: &UnitRules) -> Self {
        let texts = |(sent, code): (&String, &String)| (Text::from(sent.trim()), Text::from(code.as_str()));
        Self { overrides: rules.overrides.iter().map(texts).collect() }
    }

    /// Recognises a unit; see [`resolve`].
    #[must_use]
    pub fn resolve(&self, sent: &str) -> Option<Resolved> {
        match self.overrides.get(sent.trim()) {
            Some(code) => Some(Resolved::new(code, Tier::Profile)),
            None => resolve(sent),
        }
    }
}

/// Recognises a unit.
///
/// Codes must match exactly, words in any case; blanks around and dots are
/// ignored. The tables are asked in the order of [`Tier`], except that a retired
/// code of Recommendation 20 counts only where no shop uses the same letters
/// for something else, and that a few active codes for physical quantities give
/// way to the packages that shops mean by them ([`Resolved::passed_over`]).
///
/// A number is never a unit. Recommendation 20 has codes such as `10` (group)
/// and `34` (kilopascal per millimetre), but what arrives as `1` or `34` is a
/// price unit or a size in the wrong field. [`is_number`] tells this case apart.
///
/// ```
/// use punchout_oci::unit::{Tier, resolve};
///
/// let piece = resolve("Stk.").ok_or("unknown")?;
/// assert_eq!((&*piece.code, piece.tier, piece.rec20()), ("PCE", Tier::Alias, Some("H87")));
/// assert_eq!(resolve("34"), None);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn resolve(sent: &str) -> Option<Resolved> {
    let sent = sent.trim();
    if is_number(sent) {
        return None;
    }
    exact(sent).or_else(|| alias(sent)).or_else(|| {
        let retired = REC20.get(sent).is_some_and(|unit| matches!(unit, Unit::Retired(_)));
        retired.then(|| Resolved::new(sent, Tier::Rec20Retired))
    })
}

/// Whether what stands in the unit's place is a number.
#[must_use]
pub fn is_number(sent: &str) -> bool {
    let sent = sent.trim();
    let digit = |b: u8| b.is_ascii_digit() || b == b'.' || b == b',';
    sent.bytes().all(digit) && sent.bytes().any(|b| b.is_ascii_digit())
}

/// SAP's own code for an ISO code, such as `ST` for `PCE`.
///
/// It is the German one where SAP's languages differ; `None` when SAP is not
/// known to have another code than the ISO code itself.
#[must_use]
pub fn sap_code(iso: &str) -> Option<&'static str> {
    SAP.iter().find(|(_, row)| row.written && row.iso == iso).map(|(sap, _)| sap)
}

/// The present code of Recommendation 20 for a retired one.
#[must_use]
pub fn rec20(code: &str) -> Option<&'static str> {
    KEPT.get(code).or_else(|| SUCCEEDED.get(code)).copied()
}

/// The English name of a code of Recommendation 20 or 21, active or retired.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    match REC20.get(code) {
        Some(Unit::Active(name) | Unit::Retired(name)) => Some(name),
        None => REC21.get(code).copied(),
    }
}

/// The codes that need no guess.
fn exact(sent: &str) -> Option<Resolved> {
    match REC20.get(sent) {
        Some(Unit::Active(_)) => Some(match SHADOWING.get(sent) {
            Some(meant) => {
                let tier = if SAP.get(sent).is_some() { Tier::Sap } else { Tier::Alias };
                Resolved { passed_over: Some(Text::from(sent)), ..Resolved::new(meant, tier) }
            }
            None => Resolved::new(sent, Tier::Rec20),
        }),
        Some(Unit::Retired(_)) if KEPT.get(sent).is_some() => Some(Resolved::new(sent, Tier::SapIso)),
        _ => match SAP.get(sent) {
            Some(row) => Some(Resolved::new(row.iso, Tier::Sap)),
            None => REC21.get(sent).map(|_| Resolved::new(sent, Tier::Rec21)),
        },
    }
}

/// Bytes beyond which a text is no unit; the longest spelling has 18 letters.
const LONGEST: usize = 48;

/// What shops write.
fn alias(sent: &str) -> Option<Resolved> {
    if sent.len() > LONGEST {
        return None;
    }
    let key: String =
        sent.chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_lowercase).collect();
    if let Ok(at) = ALIASES.binary_search_by_key(&key.as_str(), |&(spelling, _)| spelling) {
        return ALIASES.get(at).map(|&(_, code)| Resolved::new(code, Tier::Alias));
    }
    let code = key.to_uppercase();
    exact(&code).filter(|_| code != sent).map(|found| Resolved { tier: Tier::Alias, ..found })
}

#[cfg(test)]
mod tests;
