//! The commodity that an article is.

use punchout_core::{Severity, excerpt};
use punchout_cxml::Classification;
use punchout_oci::Field;

use super::Mapping;
use crate::code;

const UNSPSC: &str = "UNSPSC";
/// What SAP's systems call the buyer's material group in cXML.
const MATERIAL_GROUP: &str = "MaterialGroup";

/// What to say where there is nothing to say: the DTD wants a classification.
pub(super) fn unknown() -> Classification {
    Classification::new("custom", "unknown")
}

impl Mapping<'_> {
    /// The category in the supplier's scheme, then the buyer's material group.
    pub(super) fn classification(&mut self) -> Vec<Classification> {
        let mut found = Vec::new();
        let scheme = self.text(Field::ExtSchemaType);
        let by_scheme = scheme.as_ref().map(|scheme| domain(scheme));
        let id = self.text(Field::ExtCategoryId);
        let category = self.text(Field::ExtCategory);
        // a lone EXT_CATEGORY is the key; beside an id it is more about that
        let key = match (&id, &category) {
            (Some(id), _) => Some((Field::ExtCategoryId, id.clone())),
            (None, category) => category.clone().map(|key| (Field::ExtCategory, key)),
        };
        if let Some((field, key)) = key {
            let domain = match by_scheme {
                Some(domain) => domain,
                None if is_eight_digits(&key) => self.unspsc(field, &key),
                None => field.as_str(),
            };
            found.push(Classification::new(domain, key.as_str()));
        }
        if scheme.as_deref() != by_scheme || found.is_empty() {
            self.keep(Field::ExtSchemaType);
        }
        if id.is_some() && id != category {
            self.keep(Field::ExtCategory);
        }
        if let Some(group) = self.text(Field::Matgroup) {
            let is_free = found.is_empty() && is_eight_digits(&group);
            let domain = match by_scheme {
                None if is_free => self.unspsc(Field::Matgroup, &group),
                Some(UNSPSC) if is_free => UNSPSC,
                _ => MATERIAL_GROUP,
            };
            let is_new = !found.iter().any(|known| known.domain == UNSPSC && known.value == group);
            if is_new {
                found.push(Classification::new(domain, group));
            }
        }
        if found.is_empty() {
            let help = "set the classification of the line, if the supplier needs one";
            self.report(code::CLASS_NONE, Severity::Note, Field::Matgroup, "the item has no category", help);
        }
        found
    }

    fn unspsc(&mut self, field: Field, key: &str) -> &'static str {
        let message = format!("{} has eight digits and is given as UNSPSC", excerpt(key));
        let help = "set the domain of the classification, if it is of another scheme";
        self.report(code::CLASS_UNSPSC, Severity::Warning, field, message, help);
        UNSPSC
    }
}

/// A scheme's name as domain; UNSPSC in any of its versions is just that.
fn domain(scheme: &str) -> &str {
    let scheme = scheme.trim();
    let is_unspsc = scheme.get(..UNSPSC.len()).is_some_and(|start| start.eq_ignore_ascii_case(UNSPSC));
    if is_unspsc { UNSPSC } else { scheme }
}

fn is_eight_digits(key: &str) -> bool {
    let key = key.trim();
    key.len() == 8 && key.bytes().all(|b| b.is_ascii_digit())
}
