//! Attributes: which ones there are, and what they say.

use punchout_core::excerpt;

use super::super::code;
use super::super::parse::is_token;
use super::super::tables::{AttributeKind, AttributeRule, Definition};
use super::{Check, hint, unparsed};
use crate::xml::{Attribute, Tag, is_name, push_value};

impl<'a> Check<'a> {
    /// Holds the attributes of a tag against the definition of its element.
    pub(super) fn attributes(
        &mut self,
        tag: &Tag<'a>,
        attributes: &[Attribute<'a>],
        definition: &Definition,
        index: u32,
    ) {
        let mut required = 0;
        let mut has_unknown = false;
        for attribute in attributes {
            let tables = &self.grammar.tables;
            let Some((place, number)) = tables.rule_for(definition, attribute.name) else {
                has_unknown = true;
                continue;
            };
            required += usize::from(place < definition.required);
            if !tables.takes_anything(number) {
                let rule = tables.attribute(number);
                self.value(tag, index, attribute, &rule);
            }
        }
        if self.is_standalone {
            let tables = self.grammar.tables;
            let list = tables.attributes_of(definition);
            let defaults = list.iter().map(|&rule| tables.attribute(rule)).filter(|rule| rule.has_default);
            let mut absent = defaults.filter(|rule| attributes.iter().all(|there| there.name != rule.name));
            if let Some(rule) = absent.next() {
                let why = format!("`{}` has a value for `{}`", tag.name, rule.name);
                let path = self.path(Some((tag.name, index)));
                self.not_standalone(tag.start..tag.end, path, &why);
            }
        }
        if has_unknown || required < definition.required {
            self.wrong_attributes(tag, definition, index, attributes);
        }
    }

    /// Reports attributes that are missing and that are not declared.
    #[cold]
    fn wrong_attributes(
        &mut self,
        tag: &Tag<'a>,
        definition: &Definition,
        index: u32,
        attributes: &[Attribute<'a>],
    ) {
        let grammar = self.grammar;
        let tables = grammar.tables;
        self.is_valid = false;
        if !self.is_heard() {
            return;
        }
        let list = tables.attributes_of(definition);
        let names: Vec<&str> = list.iter().map(|&rule| tables.attribute_name(rule)).collect();
        let is_there = |name: &&str| attributes.iter().any(|attribute| attribute.name == *name);
        let absent: Vec<&str> = names.iter().copied().filter(|name| !is_there(name)).collect();
        let mut missing: Vec<&str> = names.iter().copied().take(definition.required).collect();
        missing.retain(|name| absent.contains(name));
        let unknown: Vec<_> =
            attributes.iter().filter(|attribute| !names.contains(&attribute.name)).collect();
        for attribute in &unknown {
            // One misspelt attribute is one finding, not one too many and one
            // too few.
            let meant = hint::similar(attribute.name, missing.iter().copied())
                .or_else(|| hint::similar(attribute.name, absent.iter().copied()))
                .or(match (&*unknown, &*missing) {
                    ([_], [one]) => Some(*one),
                    _ => None,
                });
            missing.retain(|name| Some(*name) != meant);
            let start = attribute.value.start - 1;
            let path = self.attribute_path(tag, index, attribute.name);
            self.fault(code::ATTR_UNKNOWN, start..attribute.value.end + 1, path, || {
                let message = format!(
                    "attribute {} is not declared for `{}` in {}",
                    excerpt(attribute.name),
                    tag.name,
                    grammar.name
                );
                let later = || {
                    hint::known_elsewhere(&grammar, |tables| {
                        tables.define(tag.name).is_some_and(|element| {
                            let mut rules = tables.attributes_of(&element).iter();
                            rules.any(|&rule| tables.attribute_name(rule) == attribute.name)
                        })
                    })
                };
                let help = match meant {
                    Some(meant) => format!("write `{meant}`"),
                    None if attribute.name.starts_with("xmlns") => "remove it; cXML has no namespace".into(),
                    None => later().unwrap_or_else(|| "remove it".into()),
                };
                (message, Some(help))
            });
        }
        for name in missing {
            let path = self.path(Some((tag.name, index)));
            self.fault(code::ATTR_MISSING, tag.start..tag.end, path, || {
                (
                    format!("attribute `{name}` is missing"),
                    Some(format!("add `{name}=\"…\"` to `<{}>`", tag.name)),
                )
            });
        }
    }

    fn attribute_path(&self, tag: &Tag<'a>, index: u32, attribute: &str) -> String {
        let mut path = self.path(Some((tag.name, index)));
        if !path.is_empty() {
            path.push_str("/@");
            path.push_str(punchout_core::truncated(attribute, 64));
        }
        path
    }

    /// Holds a value against what its attribute may say.
    fn value(&mut self, tag: &Tag<'a>, index: u32, attribute: &Attribute<'a>, rule: &AttributeRule<'a>) {
        let raw = self.piece(attribute.value.clone());
        let mut scratch = std::mem::take(&mut self.value);
        let value = if raw.contains(['&', ' ', '\t', '\r', '\n']) {
            scratch.clear();
            push_value(raw, &mut scratch);
            if rule.kind != AttributeKind::Text {
                let parts: Vec<_> = scratch.split(' ').filter(|part| !part.is_empty()).collect();
                let normal = parts.join(" ");
                if self.is_standalone && normal != scratch {
                    let why = format!("blanks around `{}` do not count", rule.name);
                    let path = self.attribute_path(tag, index, rule.name);
                    self.not_standalone(attribute.value.clone(), path, &why);
                }
                scratch = normal;
            }
            &*scratch
        } else {
            raw
        };
        self.normal_value(tag, index, attribute, rule, value);
        self.value = scratch;
    }

    fn normal_value(
        &mut self,
        tag: &Tag<'a>,
        index: u32,
        attribute: &Attribute<'a>,
        rule: &AttributeRule<'a>,
        value: &str,
    ) {
        let tables = self.grammar.tables;
        let span = attribute.value.clone();
        let names = |value: &str| !value.is_empty() && value.split(' ').all(is_name);
        let entities = unparsed(&self.grammar);
        let is_entity = |name: &str| entities.is_some_and(|known| known.contains(name));
        let is_right = match rule.kind {
            AttributeKind::Text => true,
            AttributeKind::Id | AttributeKind::IdRef => is_name(value),
            AttributeKind::IdRefs => names(value),
            AttributeKind::Entity => is_entity(value),
            AttributeKind::Entities => !value.is_empty() && value.split(' ').all(is_entity),
            AttributeKind::Token => is_token(value),
            AttributeKind::Tokens => !value.is_empty() && value.split(' ').all(is_token),
            AttributeKind::OneOf => tables.has_value(rule, value),
        };
        let is_fixed = rule.fixed.is_none_or(|fixed| fixed == value);
        if !is_right || !is_fixed {
            let path = self.attribute_path(tag, index, rule.name);
            let message = format!("attribute `{}` cannot be {}", rule.name, excerpt(value));
            self.fault(code::ATTR_VALUE, span, path, || {
                let help = match (rule.fixed, rule.kind) {
                    (Some(fixed), _) => format!("write `{fixed}`, the only value it has, or leave it out"),
                    (None, AttributeKind::OneOf) => one_of(&tables.values(rule).collect::<Vec<_>>(), value),
                    (None, AttributeKind::Id | AttributeKind::IdRef | AttributeKind::IdRefs) => {
                        "write a name: a letter first, no blanks".into()
                    }
                    (None, AttributeKind::Entity | AttributeKind::Entities) => {
                        "name an entity that the DTD declares with NDATA".into()
                    }
                    (None, _) => "write letters, digits and `.-_:` only, without blanks".into(),
                };
                (message, Some(help))
            });
            return;
        }
        match rule.kind {
            AttributeKind::Id if !self.ids.insert(value.into()) => {
                let path = self.attribute_path(tag, index, rule.name);
                self.fault(code::ID, span, path, || {
                    (
                        format!("the ID {} is there twice", excerpt(value)),
                        Some("give each element its own".into()),
                    )
                });
            }
            AttributeKind::IdRef | AttributeKind::IdRefs => {
                for name in value.split(' ') {
                    let path = self.attribute_path(tag, index, rule.name);
                    self.references.push((name.into(), span.clone(), path));
                }
            }
            _ => {}
        }
    }
}

fn one_of(values: &[&str], value: &str) -> String {
    match values {
        ["yes"] => "write `yes`, or leave it out, which means no".into(),
        [one] => format!("write `{one}`, or leave it out"),
        values => match hint::similar(value, values.iter().copied()) {
            Some(meant) => format!("write `{meant}`"),
            None => format!("write {}", hint::either(values)),
        },
    }
}
