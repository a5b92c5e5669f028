//! From declarations to tables.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::automaton::{Automaton, Unfit};
use super::parse::{Attribute, Content, Declarations, Default as Value, Kind};
use super::tables::{AttributeKind, ContentKind, Default, NONE, Tables, hash};

/// Why declarations have no tables.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unbuildable {
    /// The model of this element does not say at which place this child
    /// stands.
    Ambiguous { element: String, child: String },
    /// Something is there more than 65,000 times.
    TooLarge,
}

/// Tables with what they are made of; [`Tables`] explains the fields.
#[derive(Debug, Default)]
pub(super) struct OwnTables {
    pub(super) text: String,
    pub(super) ends: Vec<u32>,
    pub(super) buckets: Vec<u16>,
    pub(super) slots: Vec<u16>,
    pub(super) states: Vec<[u16; 3]>,
    pub(super) ranges: Vec<[u16; 2]>,
    pub(super) attributes: Vec<[u16; 5]>,
    pub(super) lists: Vec<u16>,
    pub(super) values: Vec<u16>,
    pub(super) definitions: Vec<[u16; 6]>,
}

impl OwnTables {
    pub(super) fn view<'a>(&'a self, elements: &'a [u16]) -> Tables<'a> {
        Tables {
            text: &self.text,
            ends: &self.ends,
            buckets: &self.buckets,
            slots: &self.slots,
            states: &self.states,
            ranges: &self.ranges,
            attributes: &self.attributes,
            lists: &self.lists,
            values: &self.values,
            definitions: &self.definitions,
            elements,
        }
    }
}

/// Tables that grow.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) tables: OwnTables,
    numbers: HashMap<String, u16>,
    models: HashMap<Vec<[u16; 3]>, u16>,
    known_ranges: HashMap<Vec<[u16; 2]>, u16>,
    known_attributes: HashMap<[u16; 5], u16>,
    known_lists: HashMap<Vec<u16>, u16>,
    known_values: HashMap<Vec<u16>, u16>,
    known_definitions: HashMap<[u16; 6], u16>,
}

/// Adds a row that is not there yet; says where it is.
fn intern<R: Copy, K: Hash + Eq>(
    known: &mut HashMap<K, u16>,
    table: &mut Vec<R>,
    key: K,
    rows: impl Fn(&K) -> &[R],
) -> Result<u16, Unbuildable> {
    if let Some(&at) = known.get(&key) {
        return Ok(at);
    }
    let at = number(table.len())?;
    table.extend_from_slice(rows(&key));
    number(table.len())?;
    known.insert(key, at);
    Ok(at)
}

fn number(count: usize) -> Result<u16, Unbuildable> {
    u16::try_from(count).ok().filter(|&number| number < NONE).ok_or(Unbuildable::TooLarge)
}

impl Builder {
    /// Starts with the names of elements, which get the first numbers.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Result<Self, Unbuildable> {
        let mut builder = Self::default();
        for name in names {
            builder.string(name)?;
        }
        builder.index()?;
        Ok(builder)
    }

    fn index(&mut self) -> Result<(), Unbuildable> {
        let count = self.tables.ends.len();
        let buckets = (count * 2).next_power_of_two();
        let mut names: Vec<(usize, &str, u16)> = Vec::with_capacity(count);
        for (name, &at) in &self.numbers {
            names.push((hash(name.as_bytes()) as usize & (buckets - 1), name, at));
        }
        names.sort_unstable();
        let mut start = 0;
        for bucket in 0..=buckets {
            while names.get(start).is_some_and(|&(of, ..)| of < bucket) {
                start += 1;
            }
            self.tables.buckets.push(number(start)?);
        }
        self.tables.slots = names.into_iter().map(|(.., at)| at).collect();
        Ok(())
    }

    fn string(&mut self, string: &str) -> Result<u16, Unbuildable> {
        if let Some(&known) = self.numbers.get(string) {
            return Ok(known);
        }
        let new = number(self.tables.ends.len())?;
        self.tables.text.push_str(string);
        self.tables.ends.push(u32::try_from(self.tables.text.len()).map_err(|_| Unbuildable::TooLarge)?);
        self.numbers.insert(string.into(), new);
        Ok(new)
    }

    /// Adds what a DTD declares and says where each element is defined.
    pub(super) fn add(&mut self, declared: &Declarations) -> Result<Vec<u16>, Unbuildable> {
        let mut defined = Vec::with_capacity(declared.elements.len());
        for (element, content) in &declared.elements {
            let name = self.string(element)?;
            let (kind, model) = self.content(element, content)?;
            let attributes = declared.attributes.get(element).map_or(&[][..], Vec::as_slice);
            let required = attributes.iter().filter(|attribute| attribute.default == Value::Required).count();
            let mut list = Vec::with_capacity(attributes.len());
            for attribute in attributes {
                list.push((attribute.default != Value::Required, self.attribute(attribute)?));
            }
            list.sort_by_key(|&(is_optional, _)| is_optional);
            let list: Vec<u16> = list.into_iter().map(|(_, attribute)| attribute).collect();
            let length = number(list.len())?;
            let list = intern(&mut self.known_lists, &mut self.tables.lists, list, Vec::as_slice)?;
            let row = [name, kind.number(), model, list, length, number(required)?];
            let key = std::slice::from_ref::<[u16; 6]>;
            defined.push(intern(&mut self.known_definitions, &mut self.tables.definitions, row, key)?);
        }
        Ok(defined)
    }

    fn content(&mut self, element: &str, content: &Content) -> Result<(ContentKind, u16), Unbuildable> {
        // The builder began with all names that content models have.
        let symbol = |name: &str| self.numbers.get(name).copied().unwrap_or(NONE);
        let (kind, automaton) = match content {
            Content::Empty => (ContentKind::Empty, Automaton::mixed(Vec::new())),
            Content::Any => (ContentKind::Any, Automaton::mixed(Vec::new())),
            Content::Mixed(names) => {
                (ContentKind::Mixed, Automaton::mixed(names.iter().map(|name| symbol(name)).collect()))
            }
            Content::Children(model) => match Automaton::of(model, &symbol) {
                Ok(automaton) => (ContentKind::Children, automaton),
                Err(Unfit::Ambiguous(child)) => {
                    let child = self.numbers.iter().find(|(_, number)| **number == child);
                    let child = child.map(|(name, _)| name.clone()).unwrap_or_default();
                    return Err(Unbuildable::Ambiguous { element: element.into(), child });
                }
                Err(Unfit::Large) => return Err(Unbuildable::TooLarge),
            },
        };
        let mut states = Vec::with_capacity(automaton.follow.len());
        let places = number(automaton.symbols.len())?;
        let symbols = std::iter::once(places).chain(automaton.symbols.iter().copied());
        for ((symbol, follow), accepts) in symbols.zip(&automaton.follow).zip(&automaton.accepts) {
            let ranges: Vec<[u16; 2]> = follow.iter().map(|&(start, end)| [start, end]).collect();
            let count = number(ranges.len() * 2 + 1)? - u16::from(!accepts);
            let first = intern(&mut self.known_ranges, &mut self.tables.ranges, ranges, Vec::as_slice)?;
            states.push([symbol, first, count]);
        }
        let model = intern(&mut self.models, &mut self.tables.states, states, Vec::as_slice)?;
        Ok((kind, model))
    }

    fn attribute(&mut self, attribute: &Attribute) -> Result<u16, Unbuildable> {
        let kind = match &attribute.kind {
            Kind::Text => AttributeKind::Text,
            Kind::Id => AttributeKind::Id,
            Kind::IdRef => AttributeKind::IdRef,
            Kind::IdRefs => AttributeKind::IdRefs,
            Kind::Entity => AttributeKind::Entity,
            Kind::Entities => AttributeKind::Entities,
            Kind::Token => AttributeKind::Token,
            Kind::Tokens => AttributeKind::Tokens,
            Kind::OneOf(_) => AttributeKind::OneOf,
        };
        let mut values = Vec::new();
        if let Kind::OneOf(known) = &attribute.kind {
            for value in known {
                values.push(self.string(value)?);
            }
        }
        let length = number(values.len())?;
        let values = intern(&mut self.known_values, &mut self.tables.values, values, Vec::as_slice)?;
        let (default, value) = match &attribute.default {
            Value::Required | Value::Implied => (Default::None, NONE),
            // What it is has no say in what is valid; a fixed value has.
            Value::Value(_) => (Default::Value, NONE),
            Value::Fixed(value) => (Default::Fixed, self.string(value)?),
        };
        let row = [self.string(&attribute.name)?, kind.number(default), values, length, value];
        let key = std::slice::from_ref::<[u16; 5]>;
        intern(&mut self.known_attributes, &mut self.tables.attributes, row, key)
    }

    /// The definition of each name, from what [`Builder::add`] said.
    pub(super) fn elements(&self, defined: &[u16]) -> Vec<u16> {
        let mut elements = vec![NONE; self.tables.slots.len()];
        for &definition in defined {
            let name =
                self.tables.definitions.get(usize::from(definition)).map(|&[name, ..]| usize::from(name));
            if let Some(element) = name.and_then(|name| elements.get_mut(name)) {
                *element = definition;
            }
        }
        elements
    }
}

/// All names of elements in some declarations, also of those only mentioned.
pub(super) fn names<'d>(declared: impl Iterator<Item = &'d Declarations>) -> BTreeSet<&'d str> {
    let mut names = BTreeSet::new();
    for declarations in declared {
        for (name, content) in &declarations.elements {
            names.insert(name.as_str());
            match content {
                Content::Empty | Content::Any => {}
                Content::Mixed(children) => names.extend(children.iter().map(String::as_str)),
                Content::Children(model) => model.names(&mut |name| {
                    names.insert(name);
                }),
            }
        }
    }
    names
}
