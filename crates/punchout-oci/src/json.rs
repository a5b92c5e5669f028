//! Returns that somebody wrote down as JSON.

use std::fmt;

use punchout_core::Sink;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::basket::Basket;
use crate::collect::Collector;
use crate::decode::Decoder;
use crate::error::Error;
use crate::name::{self, Index};
use crate::rule::Rule;

impl Decoder {
    /// Reads a JSON object of names and values, as some receivers store the
    /// return.
    ///
    /// An array of objects among the values holds one item an object, whose
    /// names need no index. Numbers count by their digits as written.
    ///
    /// # Errors
    /// When the input is no JSON object, and when it goes beyond a limit.
    pub fn json(&self, text: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.limits.check_bytes(text.len())?;
        let text = std::str::from_utf8(text)
            .map_err(|error| Error::garbage("the JSON is no UTF-8").caused_by(error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root: &RawValue = parse(text)?;
        let mut reader = JsonReader {
            collector: Collector::of_text(&self.limits),
            base: text.as_ptr() as usize,
            items: 0,
        };
        match Shape::of(root) {
            Shape::Object => reader.members(root, None)?,
            Shape::Array => reader.array("", parse(root.get())?)?,
            Shape::Text | Shape::Other => {
                return Err(Error::garbage("the JSON is neither an object nor an array of objects"));
            }
        }
        let JsonReader { collector, .. } = reader;
        self.assemble(collector, sink)
    }
}

struct JsonReader<'a> {
    collector: Collector<'a>,
    /// The address of the text, from which places are counted.
    base: usize,
    /// The items that arrays have given so far.
    items: usize,
}

impl JsonReader<'_> {
    fn members(&mut self, object: &RawValue, item: Option<usize>) -> Result<(), Error> {
        let members: Members<'_> = parse(object.get())?;
        for (name, raw) in members.0 {
            match Shape::of(raw) {
                // items stand one level below the names, not deeper
                Shape::Array if item.is_none() => self.array(&name, parse(raw.get())?)?,
                _ => self.value(&with_index(&name, item), raw)?,
            }
        }
        Ok(())
    }

    /// An array of objects is a list of items; anything else is kept as it is.
    fn array(&mut self, name: &str, values: Vec<&RawValue>) -> Result<(), Error> {
        for raw in values {
            if matches!(Shape::of(raw), Shape::Object) {
                self.items += 1;
                self.members(raw, Some(self.items))?;
            } else {
                self.value(name, raw)?;
            }
        }
        Ok(())
    }

    fn value(&mut self, name: &str, raw: &RawValue) -> Result<(), Error> {
        let start = raw.get().as_ptr() as usize - self.base;
        let span = start..start + raw.get().len();
        let text: Option<String> = match Shape::of(raw) {
            Shape::Text => serde_json::from_str(raw.get()).ok(),
            _ => None,
        };
        if let Some(text) = text {
            self.collector.pair(name.as_bytes(), text.as_bytes(), span)?;
        } else {
            let value = if raw.get() == "null" { "" } else { raw.get() };
            let is_entry = self.collector.pair(name.as_bytes(), value.as_bytes(), span)?;
            self.collector.suspect(is_entry, Rule::JsonShape, raw.get());
        }
        Ok(())
    }
}

/// What a value is, by its first character.
enum Shape {
    Text,
    Object,
    Array,
    /// A number, true, false, or null: its spelling counts.
    Other,
}

impl Shape {
    fn of(raw: &RawValue) -> Self {
        match raw.get().as_bytes().first() {
            Some(b'"') => Self::Text,
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            _ => Self::Other,
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::garbage("the input is no JSON").caused_by(error))
}

/// A name without an index in the object of an item gets that item's.
fn with_index(name: &str, item: Option<usize>) -> String {
    match (item, name::parse(name)) {
        (Some(item), Some(parsed)) if parsed.index == Index::Missing => {
            format!("{}[{item}]", name.trim_end().trim_end_matches("[]"))
        }
        _ => name.to_owned(),
    }
}

/// The members of an object in their order, doubles and all.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = members.next_entry()? {
            all.push(member);
        }
        Ok(Members(all))
    }
}
