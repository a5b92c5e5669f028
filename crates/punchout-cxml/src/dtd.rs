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
pub(crate) use builtin::payloads;
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
