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

pub use grammar::Dtd;
pub(crate) use validation::Validation;
pub use validator::{Report, Validator};
