//! What a version of the DTDs does not know yet.

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
    // The open elements, with their numbers.
    let mut open: Vec<(&str, Option<u16>)> = Vec::new();
    loop {
        match scanner.next()? {
            Event::Open(tag) => {
                let age = age.get_or_insert_with(|| {
                    let outline = Outline::of(&tag, scanner.clone());
                    Age { own: builtin::choose(version, &outline, Some(file)) }
                });
                let element = age.own.tables().find(tag.name);
                let parent = open.last().and_then(|&(_, parent)| parent);
                open.push((tag.name, element));
                if let Some(first) = age.of_child(parent, element) {
                    return Err(age.too_new(&open, &format!("element {}", excerpt(tag.name)), first));
                }
                for attribute in scanner.attributes() {
                    let Some(element) = element else { break };
                    if let Some(first) = age.of_attribute(element, attribute.name) {
                        return Err(age.too_new(&open, &format!("attribute `{}`", attribute.name), first));
                    }
                    let value = scanner.piece(attribute.value.clone());
                    if let Some(first) = age.of_value(element, attribute.name, value) {
                        let what = format!("`{}` as value of attribute `{}`", value, attribute.name);
                        return Err(age.too_new(&open, &what, first));
                    }
                }
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
///
/// What is known to that version, which nearly all is, is found out without
/// looking at others. All DTDs share the numbers of elements.
struct Age {
    own: &'static BuiltIn,
}

impl Age {
    /// The first version in which an element may have this child, unless its
    /// own has it.
    fn of_child(&self, parent: Option<u16>, child: Option<u16>) -> Option<&'static BuiltIn> {
        let (parent, child) = (parent?, child?);
        first(self.own, |dtd| {
            let tables = dtd.tables();
            tables.definition(parent).is_some_and(|definition| match definition.content {
                ContentKind::Any => tables.definition(child).is_some(),
                ContentKind::Empty => false,
                _ => tables.symbols(definition.model).any(|symbol| symbol == child),
            })
        })
    }

    /// The same for an attribute.
    fn of_attribute(&self, element: u16, attribute: &str) -> Option<&'static BuiltIn> {
        first(self.own, |dtd| {
            let tables = dtd.tables();
            tables
                .definition(element)
                .is_some_and(|definition| tables.rule_for(&definition, attribute).is_some())
        })
    }

    /// The same for a value of an attribute that has a list of them.
    fn of_value(&self, element: u16, attribute: &str, value: &str) -> Option<&'static BuiltIn> {
        first(self.own, |dtd| {
            let tables = dtd.tables();
            let rule =
                tables.definition(element).and_then(|definition| tables.rule_for(&definition, attribute));
            rule.is_none_or(|(_, number)| {
                tables.takes_anything(number) || {
                    let rule = tables.attribute(number);
                    rule.kind != AttributeKind::OneOf || tables.has_value(&rule, value)
                }
            })
        })
    }

    fn too_new(&self, open: &[(&str, Option<u16>)], what: &str, first: &BuiltIn) -> Error {
        let message = format!(
            "{what} is not in cXML {}; {}: leave it out, or name {} or a later version in the DOCTYPE",
            self.own.version,
            first.came(),
            first.version
        );
        let path: Vec<&str> = open.iter().map(|&(name, _)| name).collect();
        Error::unwritable(path.join(" / "), message)
    }
}

/// The first version in which this is so; `None` if it is so in its own, or
/// in none.
fn first(own: &'static BuiltIn, is_so: impl Fn(&BuiltIn) -> bool) -> Option<&'static BuiltIn> {
    if is_so(own) {
        return None;
    }
    let later = builtin::all().rev().skip_while(|dtd| !std::ptr::eq(*dtd, own));
    later.filter(|dtd| dtd.file == own.file).find(|dtd| is_so(dtd))
}
