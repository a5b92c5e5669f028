//! XML below cXML: strict events, references, character rules.
//!
//! What passes the [`Scanner`] is well-formed, but that an entity may be named
//! that is declared nowhere. Entities are told apart, never expanded;
//! declarations inside of a document take no effect.

mod attributes;
mod chars;
mod decode;
mod doctype;
mod eight;
mod encoding;
mod markup;
mod scanner;
mod subset;
mod tag;
#[cfg(test)]
mod tests;

pub(crate) use attributes::Attribute;
pub(crate) use chars::{is_forbidden, is_name, is_name_char, is_plain, is_space, resolve};
#[cfg(feature = "anonymise")]
pub(crate) use decode::entities_in;
pub(crate) use decode::{push_decoded, push_value};
pub(crate) use doctype::Declared;
pub(crate) use encoding::{Decoded, declared, decode, decode_to_keep, encoding_of, is_ascii, wide};
pub(crate) use scanner::{Event, Kind, Scanner, Tag};
pub(crate) use subset::declared_values;
