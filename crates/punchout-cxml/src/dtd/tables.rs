//! The form in which a DTD is held: flat tables of numbers.
//!
//! All built-in DTDs share one set of tables; what differs is which
//! definition each of them has for a name. A DTD read at run time has tables
//! of its own, of the same form.

use std::ops::Range;

/// Stands for a missing number.
pub(super) const NONE: u16 = u16::MAX;

/// The tables of a DTD, wherever they are kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'a> {
    /// Names and values, one after the other.
    pub(super) text: &'a str,
    /// Where each of them ends.
    pub(super) ends: &'a [u32],
    /// Where the names of each bucket begin in `slots`.
    pub(super) buckets: &'a [u16],
    /// Names of elements by bucket.
    pub(super) slots: &'a [u16],
    /// Symbol, first range, twice the number of ranges plus one if the
    /// element may end here. The first state of a model has the number of the
    /// states that follow it instead of a symbol.
    pub(super) states: &'a [[u16; 3]],
    /// Ranges of states, counted from the model's first.
    pub(super) ranges: &'a [[u16; 2]],
    /// Name, kind and default, first value, number of values, default value.
    pub(super) attributes: &'a [[u16; 5]],
    /// Lists of attributes; within a list the required ones come first.
    pub(super) lists: &'a [u16],
    /// Values of enumerations.
    pub(super) values: &'a [u16],
    /// Name, content, first state, first attribute, number of attributes,
    /// number of required attributes.
    pub(super) definitions: &'a [[u16; 6]],
    /// The definition of each element name in this DTD.
    pub(super) elements: &'a [u16],
}

/// What an element may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentKind {
    Empty,
    Any,
    Mixed,
    Children,
}

impl ContentKind {
    pub(super) const fn number(self) -> u16 {
        match self {
            Self::Empty => 0,
            Self::Any => 1,
            Self::Mixed => 2,
            Self::Children => 3,
        }
    }

    fn of(number: u16) -> Self {
        match number {
            0 => Self::Empty,
            1 => Self::Any,
            2 => Self::Mixed,
            _ => Self::Children,
        }
    }
}

/// What an attribute may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttributeKind {
    Text,
    Id,
    IdRef,
    IdRefs,
    Entity,
    Entities,
    Token,
    Tokens,
    OneOf,
}

impl AttributeKind {
    const ALL: [Self; 9] = [
        Self::Text,
        Self::Id,
        Self::IdRef,
        Self::IdRefs,
        Self::Entity,
        Self::Entities,
        Self::Token,
        Self::Tokens,
        Self::OneOf,
    ];

    /// The number in the tables, together with the default.
    pub(super) fn number(self, default: Default) -> u16 {
        let kind = Self::ALL.iter().position(|&kind| kind == self).and_then(|kind| u16::try_from(kind).ok());
        let default = match default {
            Default::None => 0,
            Default::Value => 1,
            Default::Fixed => 2,
        };
        kind.unwrap_or_default() * 4 + default
    }

    fn of(number: u16) -> (Self, Default) {
        let default = match number % 4 {
            0 => Default::None,
            1 => Default::Value,
            _ => Default::Fixed,
        };
        (*Self::ALL.get(usize::from(number / 4)).unwrap_or(&Self::Text), default)
    }
}

/// What an attribute says when it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Default {
    None,
    Value,
    /// The only value that it may have.
    Fixed,
}

/// What a DTD says about an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition {
    pub(super) name: u16,
    pub(super) content: ContentKind,
    /// The model; text alone and `EMPTY` have one without places.
    pub(super) model: Model,
    attributes: (u16, u16),
    /// How many of the attributes, the first ones, are required.
    pub(super) required: usize,
}

/// Where the states of a content model begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Model(u16);

impl Model {
    /// The model of what is not declared.
    pub(super) const NONE: Self = Self(NONE);

    /// Where a state of the model stands among those of all models.
    #[inline]
    pub(super) fn place(self, state: u16) -> u32 {
        u32::from(self.0) + u32::from(state)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct AttributeRule<'a> {
    pub(super) name: &'a str,
    pub(super) kind: AttributeKind,
    /// The only value it may have.
    pub(super) fixed: Option<&'a str>,
    /// Whether it says something when it is left out.
    pub(super) has_default: bool,
    values: (u16, u16),
}

fn at<T: Copy>(slice: &[T], index: impl Into<usize>) -> Option<T> {
    slice.get(index.into()).copied()
}

fn part<T>(slice: &[T], start: u16, length: u16) -> &[T] {
    let start = usize::from(start);
    slice.get(start..start + usize::from(length)).unwrap_or_default()
}

impl<'a> Tables<'a> {
    /// The name or value of this number.
    pub(super) fn name(&self, number: u16) -> &'a str {
        self.range(number).and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    /// Whether the name or value of this number is that one.
    #[inline]
    pub(super) fn is(&self, number: u16, name: &str) -> bool {
        // Cheaper than cutting a string out and comparing it.
        self.range(number).is_some_and(|range| {
            range.len() == name.len() && self.text.as_bytes().get(range) == Some(name.as_bytes())
        })
    }

    #[inline]
    fn range(&self, number: u16) -> Option<Range<usize>> {
        let number = usize::from(number);
        let start = number.checked_sub(1).map_or(Some(0), |before| at(self.ends, before));
        start.zip(at(self.ends, number)).map(|(start, end)| start as usize..end as usize)
    }

    /// The number of an element's name, whether this DTD declares it or not.
    pub(super) fn find(&self, name: &str) -> Option<u16> {
        let bucket = hash(name.as_bytes()) as usize & (self.buckets.len().checked_sub(2)?);
        let (start, end) = (at(self.buckets, bucket)?, at(self.buckets, bucket + 1)?);
        let slots = part(self.slots, start, end - start);
        if slots.len() <= 8 {
            return slots.iter().copied().find(|&slot| self.is(slot, name));
        }
        // Names chosen to fall together are sorted.
        let found = slots.binary_search_by(|&slot| self.name(slot).cmp(name)).ok()?;
        at(slots, found)
    }

    /// What this DTD says about the element with this name.
    pub(super) fn definition(&self, name: u16) -> Option<Definition> {
        let number = at(self.elements, name).filter(|&number| number != NONE)?;
        let [name, content, model, start, length, required] = at(self.definitions, number)?;
        Some(Definition {
            name,
            content: ContentKind::of(content),
            model: Model(model),
            attributes: (start, length),
            required: required.into(),
        })
    }

    pub(super) fn define(&self, name: &str) -> Option<Definition> {
        self.definition(self.find(name)?)
    }

    /// The elements that are declared, in the order of their numbers.
    pub(super) fn declared(self) -> impl Iterator<Item = Definition> + 'a {
        (0..self.elements.len()).filter_map(move |name| self.definition(u16::try_from(name).ok()?))
    }

    /// The numbers of an element's attributes.
    pub(super) fn attributes_of(&self, definition: &Definition) -> &'a [u16] {
        part(self.lists, definition.attributes.0, definition.attributes.1)
    }

    /// The number of the attribute of this name, and which of the element's
    /// attributes it is.
    #[inline]
    pub(super) fn rule_for(&self, definition: &Definition, name: &str) -> Option<(usize, u16)> {
        let mut list = self.attributes_of(definition).iter().copied().enumerate();
        list.find(|&(_, number)| at(self.attributes, number).is_some_and(|[of, ..]| self.is(of, name)))
    }

    /// Whether an attribute may say anything at all.
    #[inline]
    pub(super) fn takes_anything(&self, number: u16) -> bool {
        // By number: this is asked about each attribute of a document.
        let fixed = 2;
        at(self.attributes, number).is_none_or(|[_, kind, ..]| kind < fixed)
    }

    pub(super) fn attribute_name(&self, number: u16) -> &'a str {
        at(self.attributes, number).map(|[name, ..]| self.name(name)).unwrap_or_default()
    }

    pub(super) fn attribute(&self, number: u16) -> AttributeRule<'a> {
        let [name, kind, start, length, default] = at(self.attributes, number).unwrap_or_default();
        let (kind, default_kind) = AttributeKind::of(kind);
        AttributeRule {
            name: self.name(name),
            kind,
            fixed: (default_kind == Default::Fixed).then(|| self.name(default)),
            has_default: default_kind != Default::None,
            values: (start, length),
        }
    }

    /// Whether an enumeration has this value.
    pub(super) fn has_value(&self, rule: &AttributeRule<'_>, value: &str) -> bool {
        part(self.values, rule.values.0, rule.values.1).iter().any(|&known| self.is(known, value))
    }

    /// The values of an enumeration.
    pub(super) fn values(self, rule: &AttributeRule<'_>) -> impl Iterator<Item = &'a str> {
        part(self.values, rule.values.0, rule.values.1).iter().map(move |&value| self.name(value))
    }

    fn state(&self, model: Model, state: u16) -> [u16; 3] {
        at(self.states, model.place(state) as usize).unwrap_or_default()
    }

    /// How many states a model has besides its first.
    pub(super) fn places(&self, model: Model) -> u16 {
        let [places, ..] = self.state(model, 0);
        places
    }

    /// The element that leads into a state.
    pub(super) fn symbol(&self, model: Model, state: u16) -> u16 {
        let [symbol, ..] = self.state(model, state);
        symbol
    }

    /// Whether the element may end in a state.
    pub(super) fn accepts(&self, model: Model, state: u16) -> bool {
        let [.., ranges] = self.state(model, state);
        ranges % 2 == 1
    }

    /// The states that may follow.
    pub(super) fn follow(self, model: Model, state: u16) -> impl Iterator<Item = u16> + 'a {
        let [_, first, ranges] = self.state(model, state);
        part(self.ranges, first, ranges / 2).iter().flat_map(|&[start, end]| start..end)
    }

    /// The state after this element, if it may come here.
    pub(super) fn step(&self, model: Model, state: u16, symbol: u16) -> Option<u16> {
        let [_, first, ranges] = self.state(model, state);
        part(self.ranges, first, ranges / 2).iter().find_map(|&[start, end]| {
            let from = usize::from(model.0) + usize::from(start);
            let states = self.states.get(from..usize::from(model.0) + usize::from(end))?;
            let offset = states.iter().position(|&[here, ..]| here == symbol)?;
            start.checked_add(u16::try_from(offset).ok()?)
        })
    }

    /// The symbols of a model, in its order.
    pub(super) fn symbols(self, model: Model) -> impl Iterator<Item = u16> + 'a {
        let start = usize::from(model.0) + 1;
        let states = self.states.get(start..start + usize::from(self.places(model))).unwrap_or_default();
        states.iter().map(|&[symbol, ..]| symbol)
    }
}

/// Spreads names over buckets: all of a short name, and of a longer one its
/// length, beginning and end, which tell the names of a DTD apart.
pub(super) fn hash(name: &[u8]) -> u32 {
    let wide = |bytes: Option<&[u8; 8]>| bytes.map(|bytes| u64::from_le_bytes(*bytes));
    let half = |bytes: Option<&[u8; 4]>| bytes.map(|bytes| u64::from(u32::from_le_bytes(*bytes)));
    let ends = wide(name.first_chunk()).zip(wide(name.last_chunk()));
    let ends = ends.or_else(|| half(name.first_chunk()).zip(half(name.last_chunk())));
    let (first, last) =
        ends.unwrap_or_else(|| (name.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)), 0));
    let mixed = (first ^ last.rotate_left(29) ^ name.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The upper half is the one that all bits went into.
    (mixed >> 40) as u32
}
