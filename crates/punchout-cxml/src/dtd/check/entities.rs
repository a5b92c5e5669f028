use std::collections::HashSet;
use std::ops::Range;

use crate::xml::{Declared, is_space};

/// The entities that a document may have declared.
pub(super) enum Entities<'a> {
    /// There is a DTD elsewhere, or a parameter entity, which may declare any.
    Any,
    These(HashSet<&'a str>),
}

impl<'a> Entities<'a> {
    /// Looks for them in the DOCTYPE, if there is one. A document that says it is
    /// standalone declares all of them there itself.
    pub(super) fn of(
        text: &'a str,
        doctype: Option<&(Declared<'a>, Range<usize>)>,
        is_standalone: bool,
    ) -> Self {
        let Some((declared, span)) = doctype else { return Self::These(HashSet::new()) };
        let doctype = text.get(span.clone()).unwrap_or_default();
        if !is_standalone && (declared.system_id.is_some() || doctype.contains('%')) {
            return Self::Any;
        }
        let declarations = doctype.split("<!ENTITY").skip(1);
        let name = |declaration: &'a str| declaration.split(is_space).find(|word| !word.is_empty());
        Self::These(declarations.filter_map(name).collect())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::These(names) => names.contains(name),
        }
    }
}
