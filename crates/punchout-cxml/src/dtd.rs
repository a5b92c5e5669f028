#![doc = include_str!("../docs/validation.md")]

mod automaton;
mod builder;
mod builtin;
mod check;
pub mod code;
mod doctype;
#[cfg(test)]
mod generate;
mod grammar;
mod outline;
mod parse;
pub(crate) mod since;
mod tables;
mod validation;
mod validator;

#[cfg(test)]
pub(crate) use builtin::{payloads, shape};
pub(crate) use check::similar;
#[cfg(feature = "advice")]
pub(crate) use doctype::ROOTS;
pub use grammar::Dtd;
pub(crate) use validation::Validation;
pub use validator::{Report, Validator};

/// Whether an element of this name never has content.
#[cfg(feature = "advice")]
pub(crate) fn is_empty_element(name: &str) -> bool {
    let mut newest = builtin::all().take_while(|dtd| dtd.version == builtin::newest());
    newest
        .any(|dtd| dtd.tables().define(name).is_some_and(|found| found.content == tables::ContentKind::Empty))
}

/// Whether an element of this name is declared anywhere.
pub(crate) fn is_known(name: &str) -> bool {
    builtin::all().any(|dtd| dtd.tables().define(name).is_some())
}

/// Whether a DTD that is built in declares an attribute of an element.
#[cfg(feature = "anonymise")]
pub(crate) fn has_attribute(element: &str, attribute: &str) -> bool {
    builtin::all().any(|dtd| {
        let tables = dtd.tables();
        tables.define(element).is_some_and(|element| tables.rule_for(&element, attribute).is_some())
    })
}

/// Whether this is the file of a DTD that is built in.
#[cfg(feature = "anonymise")]
pub(crate) fn is_file(name: &str) -> bool {
    name.strip_suffix(".dtd").is_some_and(|name| builtin::all().any(|dtd| dtd.file == name))
}

/// Whether an attribute says, in letters of any case, one of the words that a DTD
/// that is built in lists for it; nothing if none lists any.
#[cfg(feature = "anonymise")]
pub(crate) fn lists(element: &str, attribute: &str, value: &str) -> Option<bool> {
    let mut found = None;
    for dtd in builtin::all() {
        let tables = dtd.tables();
        let Some(element) = tables.define(element) else { continue };
        let Some((_, number)) = tables.rule_for(&element, attribute) else { continue };
        let rule = tables.attribute(number);
        if rule.fixed.is_none() && rule.kind != tables::AttributeKind::OneOf {
            continue;
        }
        let mut known = tables.values(&rule).chain(rule.fixed);
        if known.any(|known| known.eq_ignore_ascii_case(value.trim_ascii())) {
            return Some(true);
        }
        found = Some(false);
    }
    found
}

/// Whether no DTD that is built in lists what an attribute may say, or makes
/// it name an element.
#[cfg(feature = "anonymise")]
pub(crate) fn is_open(element: &str, attribute: &str) -> bool {
    use tables::AttributeKind::{Text, Token, Tokens};
    builtin::all().all(|dtd| {
        let tables = dtd.tables();
        let rule = tables.define(element).and_then(|element| tables.rule_for(&element, attribute));
        rule.map(|(_, number)| tables.attribute(number))
            .is_none_or(|rule| rule.fixed.is_none() && matches!(rule.kind, Text | Token | Tokens))
    })
}
