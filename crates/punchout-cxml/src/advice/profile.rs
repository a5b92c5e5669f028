use std::collections::BTreeMap;
use std::sync::LazyLock;

use punchout_core::excerpt;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::check::Check;
use super::rule;
use super::value::number;
use crate::Doctype;
use crate::tree::{Element, Tree};

/// What a partner asks for beyond the DTD and the guide, as data.
///
/// Every limit names its source, and says whether it was seen to hold on the
/// live system.
///
/// ```
/// use punchout_cxml::advice::Profile;
///
/// let jaggaer = Profile::named("jaggaer").ok_or("not shipped")?;
/// assert!(!jaggaer.verified);
/// let own = Profile::from_toml(r#"
///     name = "own"
///     title = "Example shop"
///     source = "its interface description"
///     [[limit]]
///     at = "ItemOut/ItemID/SupplierPartID"
///     characters = 18
///     source = "its article master"
/// "#)?;
/// assert_eq!(own.limit[0].characters, Some(18));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// The name that it is asked for by, such as `coupa`.
    pub name: String,
    /// The system's name for people.
    pub title: String,
    /// What a person should know beside the rules.
    #[serde(default)]
    pub notes: String,
    /// Where the profile as a whole comes from.
    pub source: String,
    /// Whether it was verified on the live system.
    #[serde(default)]
    pub verified: bool,
    /// The version of the DTD that the partner uses, by payload.
    #[serde(default)]
    pub versions: BTreeMap<String, String>,
    /// Other severities of rules, by code: `off`, `note`, `warning` or `error`.
    #[serde(default)]
    pub severities: BTreeMap<String, String>,
    /// Limits of values.
    #[serde(default)]
    pub limit: Vec<Limit>,
}

/// What a partner asks of the values at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Limit {
    /// The end of the path to the element, such as `ItemID/SupplierPartID`, and
    /// then `@` and a name if an attribute is meant.
    pub at: String,
    /// Only where the element's attribute `domain` or `name` is this, whatever
    /// its case.
    #[serde(default)]
    pub domain: Option<String>,
    /// How many characters at most.
    #[serde(default)]
    pub characters: Option<usize>,
    /// How many bytes of UTF-8 at most.
    #[serde(default)]
    pub bytes: Option<usize>,
    /// How many digits behind the dot at most.
    #[serde(default)]
    pub decimals: Option<u32>,
    /// Characters that must not occur.
    #[serde(default)]
    pub without: Option<String>,
    /// The only values that are taken.
    #[serde(default)]
    pub one_of: Option<Vec<String>>,
    /// What happens to a value that breaks the limit, if that is known.
    #[serde(default)]
    pub otherwise: Option<String>,
    /// Where the limit comes from.
    pub source: String,
    /// Whether it was verified on the live system.
    #[serde(default)]
    pub verified: bool,
}

/// Why a profile cannot be used.
#[derive(Clone, Debug, Error)]
#[error("the profile is not well-formed: {0}")]
pub struct ProfileError(String);

static BUILT_IN: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let texts = [
        include_str!("../../profiles/amazon-business.toml"),
        include_str!("../../profiles/coupa.toml"),
        include_str!("../../profiles/jaggaer.toml"),
        include_str!("../../profiles/oracle.toml"),
        include_str!("../../profiles/sap-business-network.toml"),
        include_str!("../../profiles/tradecentric.toml"),
    ];
    texts.iter().map(|text| Profile::from_toml(text).expect("a test reads each of them")).collect()
});

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// When it is not TOML, has a key that is not known, a severity that is
    /// none, or a limit without place.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text).map_err(|error| ProfileError(error.to_string()))?;
        for (code, severity) in &profile.severities {
            if !matches!(&**severity, "off" | "note" | "warning" | "error") {
                let message =
                    format!("severity {} of {code} is none of off, note, warning, error", excerpt(severity));
                return Err(ProfileError(message));
            }
            if super::rules().iter().all(|rule| rule.code.as_str() != code) {
                return Err(ProfileError(format!("{} is no rule", excerpt(code))));
            }
        }
        if profile.limit.iter().any(|limit| limit.at.trim_matches(['/', '@']).is_empty()) {
            return Err(ProfileError("a limit has no place: name it in `at`".into()));
        }
        Ok(profile)
    }

    /// The profiles that are shipped.
    pub fn builtin() -> impl Iterator<Item = &'static Self> {
        BUILT_IN.iter()
    }

    /// A shipped profile by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::builtin().find(|profile| profile.name == name)
    }

    pub(super) fn check(&self, check: &mut Check<'_>, tree: &Tree<'_>) {
        self.version(check, tree);
        let limits: Vec<Place<'_>> = self.limit.iter().map(Place::of).collect();
        for element in tree.root().descendants() {
            for limit in limits.iter().filter(|limit| limit.is_at(element)) {
                limit.check(check, element);
            }
        }
    }

    fn version(&self, check: &mut Check<'_>, tree: &Tree<'_>) {
        let root = tree.root();
        let payload = root
            .children()
            .filter(|part| matches!(part.name(), "Request" | "Message" | "Response"))
            .find_map(|part| part.children().find(|child| child.name() != "Status"));
        let wanted = payload.and_then(|payload| Some((payload, self.versions.get(payload.name())?)));
        let Some((payload, wanted)) = wanted else { return };
        let doctype = tree.doctype().and_then(|(declared, _)| declared.system_id).map(Doctype::new);
        let named = doctype.as_ref().and_then(Doctype::version);
        if named != Some(wanted) {
            let named = named.map_or_else(|| "no version".into(), excerpt);
            let message = format!("the DOCTYPE names {named}; {} uses {wanted} for this", self.title);
            let span = tree.doctype().map(|(_, span)| span.clone());
            check.say(rule::PARTNER_VERSION, span, || payload.path(), message, format!("name {wanted}"));
        }
    }
}

/// A limit with its place taken apart.
struct Place<'l> {
    limit: &'l Limit,
    /// From the element upwards.
    names: Vec<&'l str>,
    attribute: Option<&'l str>,
}

impl<'l> Place<'l> {
    fn of(limit: &'l Limit) -> Self {
        let (path, attribute) = match limit.at.split_once('@') {
            Some((path, attribute)) => (path, Some(attribute)),
            None => (&*limit.at, None),
        };
        let names = path.trim_matches('/').rsplit('/').filter(|name| !name.is_empty()).collect();
        Self { limit, names, attribute }
    }

    fn is_at(&self, element: Element<'_, '_>) -> bool {
        let mut above = std::iter::successors(Some(element), Element::parent);
        let is_place =
            self.names.iter().all(|name| above.next().is_some_and(|element| element.name() == *name));
        is_place
            && self.limit.domain.as_ref().is_none_or(|domain| {
                let named = element.attribute("domain").or_else(|| element.attribute("name"));
                named.is_some_and(|named| named.eq_ignore_ascii_case(domain))
            })
    }

    fn check(&self, check: &mut Check<'_>, element: Element<'_, '_>) {
        let value = match self.attribute {
            Some(attribute) => element.attribute(attribute),
            None => Some(element.text()),
        };
        let Some(value) = value else { return };
        let Some(broken) = self.limit.broken(&value) else { return };
        let what = self.attribute.map_or_else(|| "the text".into(), |name| format!("attribute `{name}`"));
        let message = format!("{what} {} {broken}", excerpt(&value));
        let otherwise = self.limit.otherwise.as_ref().map(|otherwise| format!("; otherwise {otherwise}"));
        let help = format!("keep to it{} (says {})", otherwise.unwrap_or_default(), self.limit.source);
        check.of(rule::LIMIT, element, message, help);
    }
}

impl Limit {
    /// How a value breaks the limit.
    fn broken(&self, value: &str) -> Option<String> {
        let characters = value.chars().count();
        if let Some(most) = self.characters.filter(|&most| characters > most) {
            return Some(format!("has {characters} characters; {most} are taken"));
        }
        if let Some(most) = self.bytes.filter(|&most| value.len() > most) {
            return Some(format!("has {} bytes; {most} are taken", value.len()));
        }
        if let Some(most) = self.decimals
            && let Some(number) = number(value).filter(|number| number.scale() > most)
        {
            return Some(format!("has {} decimals; {most} are taken", number.scale()));
        }
        if let Some(bad) =
            self.without.as_ref().and_then(|without| value.chars().find(|&c| without.contains(c)))
        {
            return Some(format!("has a `{}`, which is not taken", bad.escape_debug()));
        }
        if let Some(words) =
            self.one_of.as_ref().filter(|words| !words.iter().any(|word| word == value.trim()))
        {
            return Some(format!("is none of {}", words.join(", ")));
        }
        None
    }
}
