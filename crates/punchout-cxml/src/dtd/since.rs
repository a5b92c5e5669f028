//! What a version of the DTDs does not know yet.

use std::collections::HashMap;

use punchout_core::{Limits, excerpt};

use super::builtin::{self, BuiltIn};
use super::doctype;
use super::outline::Outline;
use super::tables::{AttributeKind, ContentKind};
use crate::Error;
use crate::xml::{Event, Scanner};

/// Finds the first thing in a document that the version in its DOCTYPE does not
/// know, though a later one does.
///
/// A DOCTYPE that names no version says nothing to hold on to. What no version
/// knows is the validator's to find.
pub(crate) fn check(text: &str, system_id: &str) -> Result<(), Error> {
    let known =
        doctype::named(system_id).and_then(|(version, file)| Some((builtin::version_for(version)?, file)));
    let Some((version, file)) = known.filter(|(version, _)| *version != builtin::newest()) else {
        return Ok(());
    };
    let mut scanner = Scanner::new(text, unlimited())?;
    let mut age: Option<Age> = None;
    let mut open: Vec<&str> = Vec::new();
    loop {
        match scanner.next()? {
            Event::Open(tag) => {
                let age = age.get_or_insert_with(|| {
                    let outline = Outline::of(&tag, scanner.clone());
                    Age::new(builtin::choose(version, &outline, Some(file)))
                });
                if let Some(parent) = open.last()
                    && let Some(first) = age.of_child(parent, tag.name)
                {
                    open.push(tag.name);
                    return Err(age.too_new(&open, &format!("element {}", excerpt(tag.name)), first));
                }
                open.push(tag.name);
                let attributes = scanner.take_attributes();
                for attribute in &attributes {
                    if let Some(first) = age.of_attribute(tag.name, attribute.name) {
                        return Err(age.too_new(&open, &format!("attribute `{}`", attribute.name), first));
                    }
                    let value = text.get(attribute.value.clone()).unwrap_or_default();
                    if let Some(first) = age.of_value(tag.name, attribute.name, value) {
                        let what = format!("`{}` as value of attribute `{}`", value, attribute.name);
                        return Err(age.too_new(&open, &what, first));
                    }
                }
                scanner.reuse(attributes);
                if tag.is_empty {
                    open.pop();
                }
            }
            Event::Close => drop(open.pop()),
            Event::End => return Ok(()),
            _ => {}
        }
    }
}

/// The text was written here, so nobody has to be protected from it.
fn unlimited() -> Limits {
    let most = usize::MAX;
    Limits::default()
        .with_bytes(most)
        .with_depth(most)
        .with_fields(most)
        .with_value_bytes(most)
        .with_items(most)
}

/// Tells what is newer than one version.
struct Age {
    own: &'static BuiltIn,
    /// The first version that has something, for what was asked before.
    children: HashMap<(u16, u16), Option<&'static str>>,
    attributes: HashMap<(u16, String), Option<&'static str>>,
}

impl Age {
    fn new(own: &'static BuiltIn) -> Self {
        Self { own, children: HashMap::new(), attributes: HashMap::new() }
    }

    /// The first version in which an element may have this child, unless its
    /// own has it.
    fn of_child(&mut self, parent: &str, child: &str) -> Option<&'static str> {
        // All DTDs share their numbers.
        let tables = self.own.tables();
        let key = (tables.find(parent)?, tables.find(child)?);
        let own = self.own;
        *self.children.entry(key).or_insert_with(|| {
            first(own, |dtd| {
                let tables = dtd.tables();
                tables.definition(key.0).is_some_and(|definition| match definition.content {
                    ContentKind::Any => tables.definition(key.1).is_some(),
                    ContentKind::Empty => false,
                    _ => tables.symbols(definition.model).any(|symbol| symbol == key.1),
                })
            })
        })
    }

    /// The same for an attribute.
    fn of_attribute(&mut self, element: &str, attribute: &str) -> Option<&'static str> {
        let element = self.own.tables().find(element)?;
        let own = self.own;
        // Unknown names are few and come from the caller.
        let key = (element, attribute.to_owned());
        *self.attributes.entry(key).or_insert_with(|| {
            first(own, |dtd| {
                let tables = dtd.tables();
                tables.definition(element).is_some_and(|definition| {
                    let mut names = tables.attributes_of(&definition).iter();
                    names.any(|&number| tables.attribute_name(number) == attribute)
                })
            })
        })
    }

    /// The same for a value of an attribute that has a list of them.
    fn of_value(&self, element: &str, attribute: &str, value: &str) -> Option<&'static str> {
        let element = self.own.tables().find(element)?;
        let is_free = |dtd: &BuiltIn| {
            let tables = dtd.tables();
            tables.definition(element).is_none_or(|definition| {
                let mut rules =
                    tables.attributes_of(&definition).iter().map(|&number| tables.attribute(number));
                let rule = rules.find(|rule| rule.name == attribute);
                rule.is_none_or(|rule| {
                    rule.kind != AttributeKind::OneOf || tables.values(&rule).any(|known| known == value)
                })
            })
        };
        first(self.own, is_free)
    }

    fn too_new(&self, open: &[&str], what: &str, first: &str) -> Error {
        let message = format!(
            "{what} is not in cXML {}; leave it out, or name version {first} or a later one in the DOCTYPE",
            self.own.version
        );
        Error::unwritable(open.join(" / "), message)
    }
}

/// The first version in which this is so; `None` if it is so in its own, or
/// in none.
fn first(own: &'static BuiltIn, is_so: impl Fn(&BuiltIn) -> bool) -> Option<&'static str> {
    if is_so(own) {
        return None;
    }
    let later = builtin::all().rev().skip_while(|dtd| !std::ptr::eq(*dtd, own));
    later.filter(|dtd| dtd.file == own.file).find(|dtd| is_so(dtd)).map(|dtd| dtd.version)
}
