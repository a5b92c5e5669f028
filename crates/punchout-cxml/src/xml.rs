//! XML below cXML: strict events, references, character rules.
//!
//! quick-xml finds the events; it is no conforming processor and leaves much
//! unchecked. What it lets through is refused here, so that what passes is
//! well-formed.

mod attributes;
mod chars;
mod doctype;
mod encoding;
mod scanner;

pub(crate) use attributes::Attribute;
pub(crate) use chars::{is_forbidden, is_name, is_name_char, is_space, resolve};
pub(crate) use doctype::Declared;
pub(crate) use encoding::{Decoded, decode};
pub(crate) use scanner::{Event, Scanner, Tag};
