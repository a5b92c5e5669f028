use std::collections::BTreeSet;
use std::ops::Range;

use super::chars::{is_name, is_space};

/// An attribute as it stands in a tag.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    /// Where the value stands in the document, without its quotes.
    pub(crate) value: Range<usize>,
}

/// What is wrong with a tag, and where in the document.
pub(super) struct BadTag {
    pub(super) at: Range<usize>,
    pub(super) message: String,
}

/// Above this many attributes, duplicates are looked for in a set.
const FEW: usize = 16;

/// Takes the attributes out of what follows a tag's name.
///
/// `offset` says where `raw` begins in the document. quick-xml finds attributes
/// too, but accepts missing blanks, names of any characters and `<` in values.
pub(super) fn parse<'a>(raw: &'a str, offset: usize, into: &mut Vec<Attribute<'a>>) -> Result<(), BadTag> {
    let bad =
        |at: usize, message: &str| BadTag { at: offset + at..offset + raw.len(), message: message.into() };
    let mut rest = raw;
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        let at = raw.len() - trimmed.len();
        if trimmed.is_empty() {
            break;
        }
        if trimmed.len() == rest.len() {
            return Err(bad(at, "white space is missing before an attribute"));
        }
        let Some((name, after)) = trimmed.split_once('=') else {
            return Err(bad(at, "an attribute has no value"));
        };
        let name = name.trim_end_matches(is_space);
        if !is_name(name) {
            return Err(bad(at, &format!("{} is no attribute name", punchout_core::excerpt(name))));
        }
        let after = after.trim_start_matches(is_space);
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some((value, after)) = quote.and_then(|quote| after.strip_prefix(quote)?.split_once(quote))
        else {
            return Err(bad(at, &format!("the value of attribute `{name}` is not in quotes")));
        };
        let end = raw.len() - after.len() - 1;
        let start = end - value.len();
        if let Some(less) = value.find('<') {
            return Err(bad(
                start + less,
                &format!("the value of attribute `{name}` has a `<`; write `&lt;`"),
            ));
        }
        into.push(Attribute { name, value: offset + start..offset + end });
        rest = after;
    }
    match duplicate(into) {
        Some(twice) => Err(BadTag {
            at: twice.value.clone(),
            message: format!("attribute `{}` is there twice", twice.name),
        }),
        None => Ok(()),
    }
}

fn duplicate<'s, 'a>(attributes: &'s [Attribute<'a>]) -> Option<&'s Attribute<'a>> {
    if attributes.len() <= FEW {
        let mut rest = attributes.iter().enumerate();
        return rest
            .find(|(at, attribute)| attributes.iter().take(*at).any(|before| before.name == attribute.name))
            .map(|(_, twice)| twice);
    }
    let mut seen = BTreeSet::new();
    attributes.iter().find(|attribute| !seen.insert(attribute.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(raw: &str) -> Result<Vec<(&str, &str)>, String> {
        let mut found = Vec::new();
        parse(raw, 0, &mut found).map_err(|bad| bad.message)?;
        Ok(found.into_iter().map(|attribute| (attribute.name, &raw[attribute.value])).collect())
    }

    #[test]
    fn finds_names_and_values() {
        assert_eq!(names(""), Ok(vec![]));
        assert_eq!(names(" a='1'\n b = \"2>'\" "), Ok(vec![("a", "1"), ("b", "2>'")]));
    }

    #[test]
    fn refuses_what_is_not_well_formed() {
        for raw in [
            " a",
            " a=",
            " a=1",
            " a='1",
            " a='1'b='2'",
            "a='1'",
            " 1='2'",
            " a='<'",
            " ='1'",
            " a=\\\"1\\\"",
        ] {
            assert!(names(raw).is_err(), "{raw}");
        }
        assert_eq!(names(" a='1' a='2'"), Err("attribute `a` is there twice".into()));
        let many = format!("{} a0=''", (0..40).map(|n| format!(" a{n}=''")).collect::<Vec<_>>().concat());
        assert_eq!(names(&many), Err("attribute `a0` is there twice".into()));
    }
}
