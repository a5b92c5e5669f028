use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::Encoding;
use punchout_core::excerpt;
use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::Profile;
use super::builtin::{self, ROOT};
use super::error::{ProfileError, ProfileErrorKind};
use crate::rule::Rule;

/// What belongs to one profile alone and is never taken over.
const OWN: &[&str] = &["name", "title", "role", "extends", "notes", "source", "verified"];

/// The groups of rules; each has a source of its own.
const GROUPS: &[&str] =
    &["call_up", "conditions", "numbers", "index", "text", "units", "severities", "encode", "capabilities"];

pub(super) fn load(text: &str, parents: impl FnMut(&str) -> Option<String>) -> Result<Profile, ProfileError> {
    let lineage = lineage(text, parents)?;
    let (own, above) = lineage.split_first().expect("a lineage starts with the profile itself");
    let mut table: Option<(&str, DeTable<'_>)> = None;
    for ancestor in above.iter().rev() {
        let (merged, _) = layer(&ancestor.text, table).map_err(|error| error.in_parent(&ancestor.name))?;
        table = Some((&ancestor.name, merged));
    }
    layer(&own.text, table).map(|(_, profile)| profile)
}

struct Ancestor<'a> {
    name: String,
    text: Cow<'a, str>,
}

/// The profile itself and those it extends, nearest first.
fn lineage(
    text: &str,
    mut parents: impl FnMut(&str) -> Option<String>,
) -> Result<Vec<Ancestor<'_>>, ProfileError> {
    const DEEPEST: usize = 16;
    let (name, mut extends) = heads(text)?;
    let mut lineage = vec![Ancestor { name, text: Cow::Borrowed(text) }];
    while let Some((name, span)) = extends {
        let fault = |kind, message: String| match lineage.as_slice() {
            [own] => ProfileError::new(kind, message).within(&own.text, span.clone()),
            [.., last] => {
                ProfileError::new(kind, message).within(&last.text, span.clone()).in_parent(&last.name)
            }
            [] => ProfileError::new(kind, message),
        };
        if lineage.len() > DEEPEST || lineage.iter().any(|known| known.name == name) {
            return Err(fault(
                ProfileErrorKind::Cycle,
                format!("`extends` leads back to {}", excerpt(&name)),
            ));
        }
        let text = parents(&name).map(Cow::Owned).or_else(|| builtin::text(&name).map(Cow::Borrowed));
        let text = text.ok_or_else(|| {
            let message = format!("`extends` names {}, which is not known", excerpt(&name));
            fault(ProfileErrorKind::UnknownParent, message)
        })?;
        extends = heads(&text).map_err(|error| error.in_parent(&name))?.1;
        lineage.push(Ancestor { name, text });
    }
    Ok(lineage)
}

/// A profile's name, and the parent that it asks for.
#[expect(clippy::type_complexity, reason = "used once, right above")]
fn heads(text: &str) -> Result<(String, Option<(String, Option<Range<usize>>)>), ProfileError> {
    let table = DeTable::parse(text).map_err(|error| ProfileError::toml(&error, text))?;
    let value = |key| {
        table.get_ref().get(key).and_then(|value| Some((value.get_ref().as_str()?.to_owned(), value.span())))
    };
    let name = value("name").map(|(name, _)| name).unwrap_or_default();
    let extends = match value("extends") {
        Some((extends, span)) => Some((extends, Some(span))),
        None if name == ROOT => None,
        None => Some((ROOT.to_owned(), None)),
    };
    Ok((name, extends))
}

/// Lays one profile over what it extends.
fn layer<'a>(
    text: &'a str,
    below: Option<(&str, DeTable<'a>)>,
) -> Result<(DeTable<'a>, Profile), ProfileError> {
    let own = DeTable::parse(text).map_err(|error| ProfileError::toml(&error, text))?;
    let span = own.span();
    let mut own = own.into_inner();
    // a fault in the keys is the better message, so the sources come last
    let unsourced = unsourced(&own, text);
    if let Some((parent, mut below)) = below {
        for key in OWN {
            below.remove(*key);
        }
        let trusted = own.get("verified").is_some_and(|value| value.get_ref().as_bool() == Some(true));
        if !trusted {
            distrust(&mut below);
        }
        fill(&mut own, below, parent);
    }
    let merged = own.clone();
    let profile = Profile::deserialize(Deserializer::from(Spanned::new(span, own)))
        .map_err(|error| ProfileError::toml(&error, text))?;
    unsourced.map_or(Ok(()), Err)?;
    check(&profile).map_err(|message| ProfileError::new(ProfileErrorKind::Value, message))?;
    Ok((merged, profile))
}

/// The first group that does not say where it comes from.
fn unsourced(own: &DeTable<'_>, text: &str) -> Option<ProfileError> {
    let groups = own.iter().filter(|(key, _)| GROUPS.contains(&key.get_ref().as_ref()));
    let fields =
        own.get("fields").and_then(|fields| fields.get_ref().as_table()).into_iter().flat_map(DeTable::iter);
    groups.chain(fields).find_map(|(key, value)| {
        let group = value.get_ref().as_table()?;
        let source = group.get("source").is_none_or(|source| source.get_ref().as_str() == Some(""));
        let lacking = if source {
            "source"
        } else if group.contains_key("verified") {
            return None;
        } else {
            "verified"
        };
        let message =
            format!("{} has no `{lacking}`; every group of rules needs one", excerpt(key.get_ref()));
        Some(ProfileError::new(ProfileErrorKind::Unsourced, message).within(text, Some(key.span())))
    })
}

/// Takes over what a profile leaves out.
fn fill<'a>(own: &mut DeTable<'a>, below: DeTable<'a>, parent: &str) {
    // what the parent still says must be owed to its own source
    let sources = (own.get("source"), below.get("source"));
    let sources = match sources {
        (Some(own), Some(below)) => own.get_ref().as_str().zip(below.get_ref().as_str()),
        _ => None,
    };
    let rest = below
        .keys()
        .any(|key| key.get_ref() != "source" && key.get_ref() != "verified" && !own.contains_key(key));
    let joined = sources.filter(|_| rest).map(|(own, below)| format!("{own}; otherwise {parent}: {below}"));
    if let (Some(joined), Some(source)) = (joined, own.get_mut("source")) {
        *source.get_mut() = DeValue::String(Cow::Owned(joined));
    }
    for (key, value) in below {
        match own.get_mut(&key).map(Spanned::get_mut) {
            None => drop(own.insert(key, value)),
            Some(DeValue::Table(own)) => {
                if let DeValue::Table(below) = value.into_inner() {
                    fill(own, below, parent);
                }
            }
            Some(_) => {}
        }
    }
}

/// Withdraws `verified` from rules that hold for another system.
fn distrust(table: &mut DeTable<'_>) {
    for (key, value) in table.iter_mut() {
        match value.get_mut() {
            DeValue::Boolean(verified) if key.get_ref() == "verified" => *verified = false,
            DeValue::Table(table) => distrust(table),
            _ => {}
        }
    }
}

/// What the types do not say.
fn check(profile: &Profile) -> Result<(), String> {
    let fault = |key: &str, value: &str, wanted: &str| Err(format!("{key} is {}; {wanted}", excerpt(value)));
    if profile.source.is_empty() {
        return fault("`source`", "", "say where the profile comes from");
    }
    if profile.index.start > 1 {
        return fault("`index.start`", &profile.index.start.to_string(), "use 0 or 1");
    }
    for (key, charset) in
        [("`text.charset`", &profile.text.charset), ("`encode.charset`", &profile.encode.charset)]
    {
        if Encoding::for_label(charset.as_bytes()).is_none() {
            return fault(key, charset, "use a charset label such as `windows-1252`");
        }
    }
    for name in profile.fields.keys() {
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        {
            return fault("a field's name", name, "write it in capitals without prefix and index");
        }
    }
    if let Some(code) = profile.severities.levels.keys().find(|code| Rule::of(code).is_none()) {
        return fault(
            "a code in `severities.levels`",
            code,
            "use a code of the rule catalogue such as `OCI-IDX-GAP`",
        );
    }
    if let Some(c) = profile.numbers.grouping.chars().find(char::is_ascii_alphanumeric) {
        return fault("a character in `numbers.grouping`", &c.to_string(), "digits and letters cannot group");
    }
    for (sent, code) in &profile.units.overrides {
        if sent.is_empty() || code.is_empty() || code.chars().count() > 3 {
            return fault(
                "an entry of `units.overrides`",
                &format!("{sent} = {code}"),
                "a code has 1 to 3 characters",
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{DecimalMark, Level, Presence, Role};
    use super::*;

    const HEAD: &str = "name = \"mine\"\ntitle = \"Mine\"\nrole = \"buyer\"\nsource = \"a call with the supplier\"\n\
                        verified = false\nbase = \"lenient\"\n";

    fn mine(rest: &str) -> Result<Profile, ProfileError> {
        Profile::from_toml(&format!("{HEAD}{rest}"))
    }

    #[test]
    fn takes_over_what_it_leaves_out() {
        let root = Profile::strict();
        let mine = mine(
            "[fields.DESCRIPTION]\nmax = 60\nsource = \"seen\"\nverified = true\n\
             [numbers]\ndecimal_mark = \"comma\"\nsource = \"seen\"\nverified = false\n",
        )
        .unwrap();
        assert_eq!((mine.name.as_str(), mine.role), ("mine", Role::Buyer));
        let description = mine.field("DESCRIPTION").unwrap();
        assert_eq!((description.max, description.verified), (Some(60), true));
        assert_eq!(mine.field("QUANTITY").unwrap().presence, Presence::Required);
        assert_eq!(mine.numbers.decimal_mark, DecimalMark::Comma);
        assert_eq!(mine.numbers.integer_digits, root.numbers.integer_digits);
        assert_eq!(mine.encode.target, root.encode.target);
        assert!(mine.notes.is_empty() && !root.notes.is_empty());
    }

    #[test]
    fn every_source_is_told() {
        let mine = mine("[numbers]\nfraction_digits = 2\nsource = \"seen\"\nverified = true\n").unwrap();
        let root = &Profile::strict().numbers.source;
        assert_eq!(mine.numbers.source, format!("seen; otherwise oci-4.0: {root}"));
        assert!(mine.numbers.verified);
        // nothing is left of the rule that was taken over
        let own =
            self::mine("[fields]\nMATGROUP = { max = 9, source = \"seen\", verified = false }\n").unwrap();
        assert_eq!(own.fields["MATGROUP"].source, "seen");
    }

    #[test]
    fn what_holds_for_the_protocol_is_not_verified_for_a_product() {
        assert!(Profile::strict().numbers.verified && Profile::strict().fields["UNIT"].verified);
        let doubtful = mine("").unwrap();
        assert!(!doubtful.numbers.verified && !doubtful.fields["UNIT"].verified);
        let sure = Profile::from_toml(&HEAD.replace("false", "true")).unwrap();
        assert!(sure.numbers.verified && sure.fields["UNIT"].verified && !sure.fields["MATNR"].verified);
    }

    #[test]
    fn parents_may_be_given() {
        let parent = HEAD.replace("mine", "house")
            + "[severities]\nlevels = { OCI-DUP = \"error\" }\nsource = \"seen\"\nverified = false\n";
        let child = format!(
            "{HEAD}extends = \"house\"\n[severities]\nlevels = {{ OCI-EMPTY = \"off\" }}\nsource = \"seen\"\nverified = false\n"
        );
        let mine = Profile::from_toml_with(&child, |name| (name == "house").then(|| parent.clone())).unwrap();
        assert_eq!((mine.level("OCI-DUP"), mine.level("OCI-EMPTY")), (Some(Level::Error), Some(Level::Off)));
        assert_eq!(mine.extends.as_deref(), Some("house"));

        let broken = |name: &str| (name == "house").then(|| format!("{parent}colour = 1\n"));
        let broken = Profile::from_toml_with(&child, broken).unwrap_err();
        assert_eq!(
            (broken.kind(), broken.parent(), broken.line()),
            (ProfileErrorKind::Toml, Some("house"), Some(11))
        );
        assert!(broken.to_string().starts_with("profile house, line 11: "), "{broken}");
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        use ProfileErrorKind::{Cycle, Toml, UnknownParent, Unsourced, Value};
        let rows = [
            ("colour = 1\n", Toml, Some(7), "unknown field `colour`"),
            ("[text]\nsource = \"s\"\nverified = false\nlong = 1\n", Toml, Some(10), "unknown field `long`"),
            (
                "[fields]\nMATNR = { maks = 1, source = \"s\", verified = false }\n",
                Toml,
                Some(8),
                "unknown field `maks`",
            ),
            ("[index]\nstart = \"one\"\nsource = \"s\"\nverified = false\n", Toml, Some(8), "invalid type"),
            ("[index\n", Toml, Some(7), ""),
            ("extends = \"oci-9\"\n", UnknownParent, Some(7), "`oci-9`, which is not known"),
            ("extends = \"mine\"\n", Cycle, Some(7), "leads back to `mine`"),
            ("[index]\nstart = 1\nverified = false\n", Unsourced, Some(7), "`index` has no `source`"),
            (
                "[index]\nstart = 1\nsource = \"\"\nverified = false\n",
                Unsourced,
                Some(7),
                "`index` has no `source`",
            ),
            ("[index]\nstart = 1\nsource = \"s\"\n", Unsourced, Some(7), "`index` has no `verified`"),
            ("[fields]\nMATNR = { max = 1 }\n", Unsourced, Some(8), "`MATNR` has no `source`"),
            ("[index]\nstart = 2\nsource = \"s\"\nverified = false\n", Value, None, "`index.start` is `2`"),
            (
                "[text]\ncharset = \"latin\"\nsource = \"s\"\nverified = false\n",
                Value,
                None,
                "`text.charset` is `latin`",
            ),
            (
                "[fields]\n\"NEW_ITEM-X\" = { source = \"s\", verified = false }\n",
                Value,
                None,
                "`NEW_ITEM-X`",
            ),
            (
                "[severities]\nlevels = { OCI-IDX = \"off\" }\nsource = \"s\"\nverified = false\n",
                Value,
                None,
                "`OCI-IDX`",
            ),
            (
                "[units]\noverrides = { pc = \"PIECE\" }\nsource = \"s\"\nverified = false\n",
                Value,
                None,
                "`pc = PIECE`",
            ),
            ("[numbers]\ngrouping = \"0\"\nsource = \"s\"\nverified = false\n", Value, None, "`0`"),
        ];
        for (rest, kind, line, words) in rows {
            let error = mine(rest).unwrap_err();
            assert_eq!((error.kind(), error.line()), (kind, line), "{rest}: {error}");
            assert!(error.to_string().contains(words), "{rest}: {error}");
            assert!(!error.to_string().contains('\n'));
        }
        let nameless = Profile::from_toml(&HEAD.replace("name = \"mine\"\n", "")).unwrap_err();
        assert_eq!((nameless.kind(), nameless.to_string().contains("`name`")), (Toml, true), "{nameless}");
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let text =
            |name: &str, extends: &str| HEAD.replace("mine", name) + &format!("extends = \"{extends}\"\n");
        let error = Profile::from_toml_with(&text("a", "b"), |name| {
            Some(text(name, if name == "b" { "c" } else { "a" }))
        })
        .unwrap_err();
        assert_eq!((error.kind(), error.parent()), (ProfileErrorKind::Cycle, Some("c")));
        let mut count = 0;
        let endless = Profile::from_toml_with(&text("a", "b0"), |name| {
            count += 1;
            Some(text(name, &format!("b{count}")))
        });
        assert_eq!(endless.unwrap_err().kind(), ProfileErrorKind::Cycle);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for profile in Profile::builtin() {
            let mut written = serde_json::to_value(profile).unwrap();
            let read: Profile = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(read, *profile);
            written["colour"] = 1.into();
            assert!(serde_json::from_value::<Profile>(written).is_err());
        }
    }
}
