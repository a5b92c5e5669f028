use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Profile, load};

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../profiles/", $name, ".toml")))),*]
    };
}

/// Name and text, sorted by name.
pub(super) const SHIPPED: &[(&str, &str)] = shipped![
    "afas",
    "basware",
    "flexfleet",
    "ifs-cloud",
    "lenient",
    "merck-ishop",
    "oci-4.0",
    "oci-5.0",
    "odoo-oca",
    "onventis",
    "sap-s4hana",
    "sap-srm-7",
    "spend-cloud",
    "unite",
];

/// The profile that everything extends in the end.
pub(super) const ROOT: &str = "oci-4.0";

static PARSED: LazyLock<BTreeMap<&'static str, Profile>> = LazyLock::new(|| {
    SHIPPED.iter().filter_map(|&(name, text)| Some((name, load::load(text, |_| None).ok()?))).collect()
});

pub(super) fn profile(name: &str) -> Option<&'static Profile> {
    PARSED.get(name)
}

/// A profile that is known to be there.
pub(super) fn shipped(name: &str) -> &'static Profile {
    profile(name).expect("a test reads every shipped profile")
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|&(name, _)| name)
}

pub(super) fn text(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|&&(known, _)| known == name).map(|&(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Base, Level, Method, Presence, Role};

    #[test]
    fn all_are_read_and_named_like_their_files() {
        assert!(SHIPPED.is_sorted());
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/profiles")).unwrap();
        let mut files: Vec<_> =
            files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let shipped: Vec<_> = names().map(|name| format!("{name}.toml")).collect();
        assert_eq!(files, shipped);
        for (name, text) in SHIPPED {
            let profile = load::load(text, |_| None).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(profile.name, *name);
        }
    }

    #[test]
    fn every_group_of_rules_names_its_source() {
        for profile in Profile::builtin() {
            let json = serde_json::to_value(profile).unwrap();
            let groups =
                json.as_object().unwrap().iter().filter(|(key, group)| group.is_object() && *key != "fields");
            let fields = json["fields"].as_object().unwrap().iter();
            let mut count = 0;
            for (key, group) in groups.chain(fields) {
                let source = group["source"].as_str().unwrap_or_default();
                assert!(source.len() > 10, "{}: {key}: {source:?}", profile.name);
                assert!(group["verified"].is_boolean(), "{}: {key}", profile.name);
                count += 1;
            }
            assert!(count > 30, "{}", profile.name);
        }
    }

    /// Nothing was tried on a live system: only the protocol's own text counts.
    #[test]
    fn no_product_claims_to_be_verified() {
        for profile in Profile::builtin().filter(|profile| profile.name != ROOT) {
            let json = serde_json::to_string(profile).unwrap();
            assert!(!json.contains(r#""verified":true"#), "{}", profile.name);
        }
        assert!(Profile::strict().fields.values().any(|rule| rule.verified));
    }

    #[test]
    fn strict_and_lenient_are_what_they_say() {
        assert_eq!(Profile::strict().base, Base::Strict);
        assert_eq!(Profile::strict().role, Role::Protocol);
        assert_eq!(Profile::lenient().base, Base::Lenient);
        for profile in [Profile::strict(), Profile::lenient()] {
            assert!(profile.severities.levels.values().all(|level| *level != Level::Off), "{}", profile.name);
        }
    }

    /// The facts that make each profile differ, so that an edit of `oci-4.0`
    /// cannot change them unseen.
    #[test]
    fn each_has_its_own_rules() {
        let profile = |name: &str| Profile::named(name).unwrap();
        let max = |name: &str, field: &str| profile(name).field(field).and_then(|rule| rule.max);
        for (name, field, expected) in [
            ("oci-4.0", "MATNR", Some(40)),
            ("oci-4.0", "CUST_FIELD5", Some(50)),
            ("oci-4.0", "LONGTEXT", None),
            ("oci-5.0", "PARENT_ID", Some(5)),
            ("oci-5.0", "DESCRIPTION", Some(40)),
            ("lenient", "VENDORMAT", Some(40)),
            ("onventis", "VENDORMAT", Some(22)),
            ("onventis", "CUST_FIELD1", Some(35)),
            ("onventis", "LONGTEXT", Some(1000)),
            ("merck-ishop", "MATNR", Some(18)),
            ("merck-ishop", "PRICEUNIT", Some(9)),
            ("unite", "DESCRIPTION", Some(255)),
            ("unite", "UNIT", Some(3)),
        ] {
            assert_eq!(max(name, field), expected, "{name} {field}");
        }
        assert!(profile("oci-4.0").field("ITEM_TYPE").is_none());
        assert_eq!(profile("odoo-oca").text.vat_field, "VATPERCENTAGE");
        assert_eq!(profile("oci-5.0").text.vat_field, "TAX");

        let required: Vec<_> = profile("merck-ishop")
            .fields
            .iter()
            .filter(|(_, rule)| rule.presence == Presence::Required)
            .map(|(field, _)| field.as_str())
            .collect();
        assert_eq!(
            required,
            ["CURRENCY", "DESCRIPTION", "LEADTIME", "PRICE", "QUANTITY", "UNIT", "VENDOR", "VENDORMAT"]
        );

        let flexfleet = &profile("flexfleet").call_up;
        assert_eq!(flexfleet.required, ["oci_usermail", "oci_userfullname"]);
        assert_eq!((flexfleet.names.username.as_str(), flexfleet.names.hook_url.as_str()), ("", "HOOK_URL"));
        assert_eq!(profile("flexfleet").capabilities.order_leg, Some(false));

        let ifs = &profile("ifs-cloud").call_up;
        assert_eq!((ifs.method, ifs.names.oci_version.as_str()), (Method::Get, "OCIVERSION"));
        assert_eq!(ifs.names.cancel_url, "OCICANCEL");
        let in_urls: Vec<_> = Profile::builtin()
            .filter(|profile| profile.call_up.secrets_in_url)
            .map(|p| p.name.as_str())
            .collect();
        assert_eq!(
            in_urls,
            ["ifs-cloud"],
            "secrets in URLs are allowed only where a system cannot do without"
        );

        assert!(!profile("basware").encode.xml);
        assert_eq!(profile("odoo-oca").level("OCI-IDX-GAP"), Some(Level::Error));
        assert_eq!(profile("afas").capabilities.test_url, Some(true));
    }

    #[test]
    fn the_page_about_profiles_is_true() {
        let page = include_str!("../../docs/profiles.md");
        for profile in Profile::builtin() {
            let row = format!("| `{}` | {} |", profile.name, profile.title.replace('|', "\\|"));
            assert!(page.contains(&row), "{row}");
        }
        let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let example = Profile::from_toml(example).unwrap();
        assert_eq!(example.name, "town-hall");
        assert_eq!(example.level("OCI-IDX-GAP"), Some(Level::Error));
        let keys = serde_json::to_value(Profile::strict()).unwrap();
        for (group, value) in keys.as_object().unwrap() {
            assert!(page.contains(&format!("`{group}`")), "{group}");
            let rules = value.as_object().filter(|_| !["fields", "severities"].contains(&group.as_str()));
            for key in rules.into_iter().flat_map(|rules| rules.keys()) {
                assert!(page.contains(&format!("`{key}`")), "{group}.{key}");
            }
        }
    }
}
