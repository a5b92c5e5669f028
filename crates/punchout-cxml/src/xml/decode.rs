use std::ops::Range;

use super::chars::resolve;

/// Adds an attribute value to a string: references resolved and white space
/// made blanks, as XML wants.
pub(crate) fn push_value(value: &str, into: &mut String) {
    push_decoded(value, ['&', '\t', '\r', '\n'], " ", into);
}

/// Adds what a text says: references resolved, the other special characters
/// made `space`.
///
/// A reference that means no character, such as one to an entity, says what
/// stands there.
pub(crate) fn push_decoded<const N: usize>(text: &str, special: [char; N], space: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (plain, from) = rest.split_at(at);
        into.push_str(plain);
        let Some(reference) = from.strip_prefix('&') else {
            into.push_str(space);
            rest = from.strip_prefix("\r\n").or_else(|| from.get(1..)).unwrap_or_default();
            continue;
        };
        // Not beyond the next one, so that no text is looked at again and again.
        let name = reference.find([';', '&']).map(|end| reference.split_at(end));
        let meant = name.and_then(|(name, after)| Some((resolve(name)?, after.strip_prefix(';')?)));
        let (c, after) = meant.unwrap_or(('&', reference));
        into.push(c);
        rest = after;
    }
    into.push_str(rest);
}

/// Where the names of entities stand in a run of characters and references that
/// is well-formed.
pub(crate) fn entities_in(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('&').filter_map(|(at, _)| {
        // Not beyond the next one, so that no text is looked at again and again.
        let rest = text.get(at + 1..)?;
        let name = rest.get(..rest.find([';', '&'])?)?;
        let is_entity = rest.get(name.len()..)?.starts_with(';') && resolve(name).is_none();
        is_entity.then(|| at + 1..at + 1 + name.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_no_character_says_what_stands_there() {
        for (value, says) in [
            ("a&xxe;b", "a&xxe;b"),
            ("&nbsp;&amp;nbsp;&#38;", "&nbsp;&nbsp;&"),
            ("&a;\r\n&b;\t", "&a; &b; "),
            ("&; &#0; & &amp &&amp;;", "&; &#0; & &amp &&;"),
        ] {
            let mut said = String::new();
            push_value(value, &mut said);
            assert_eq!(said, says, "{value}");
        }
    }
}
