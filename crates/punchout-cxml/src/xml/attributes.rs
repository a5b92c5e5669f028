use std::collections::BTreeSet;
use std::ops::Range;

/// An attribute as it stands in a tag.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    /// Where the value stands in the document, without its quotes.
    pub(crate) value: Range<usize>,
    /// Whether the value is what stands there: without references, and with no
    /// white space but blanks.
    pub(crate) is_plain: bool,
}

/// Above this many attributes, duplicates are looked for in a set.
const FEW: usize = 16;

/// An attribute whose name was there before.
pub(super) fn duplicate<'s, 'a>(attributes: &'s [Attribute<'a>]) -> Option<&'s Attribute<'a>> {
    if attributes.len() <= FEW {
        let mut rest = attributes.iter().enumerate();
        return rest
            .find(|(at, attribute)| attributes.iter().take(*at).any(|before| before.name == attribute.name))
            .map(|(_, twice)| twice);
    }
    let mut seen = BTreeSet::new();
    attributes.iter().find(|attribute| !seen.insert(attribute.name))
}
