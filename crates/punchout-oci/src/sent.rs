//! The pairs of a return as they were sent.

use std::fmt;
use std::ops::Range;

use punchout_core::{Source, Text};

use crate::field::Field;

/// The pairs of items as they were sent, in their order.
///
/// They share one text with the items, so that a large basket costs 24 bytes
/// a pair and not a string each.
#[derive(Clone)]
pub struct Sent {
    source: Source,
    pub(crate) entries: Vec<Entry>,
    names: Vec<Text>,
}

/// One pair: offsets into the shared text and into the input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) index: u32,
    pub(crate) name: NameRef,
    pub(crate) value: Place,
    pub(crate) span: Place,
}

/// An offset and a length; inputs of 4 GiB and more are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: u32,
    pub(crate) length: u32,
}

impl Place {
    /// Offsets beyond 4 GiB do not occur: the decoder's limit is below.
    pub(crate) fn of(range: Range<usize>) -> Self {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        Self { start, length: u32::try_from(range.end - range.start).unwrap_or(u32::MAX) }
    }

    pub(crate) fn range(self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.length as usize
    }
}

/// A known field by its number, or another one by its place in `names`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameRef {
    Field(Field),
    Extra(u32),
}

impl Sent {
    pub(crate) fn new(source: Source, entries: Vec<Entry>, names: Vec<Text>) -> Self {
        Self { source, entries, names }
    }

    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The pairs, in the order in which they were sent.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = SentField<'_>> {
        self.entries.iter().map(|entry| self.view(entry))
    }

    /// The pairs grouped by item: by rising index, then as sent.
    #[must_use]
    pub fn by_item(&self) -> Vec<SentField<'_>> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by_key(|field| field.index);
        sorted
    }

    /// Counts the spans from an earlier place in the input.
    pub(crate) fn shift(&mut self, by: usize) {
        for entry in &mut self.entries {
            entry.span.start = entry.span.start.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        }
    }

    pub(crate) fn forget_spans(&mut self) {
        for entry in &mut self.entries {
            entry.span = Place::default();
        }
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    pub(crate) fn extra_name(&self, number: u32) -> &Text {
        self.names.get(number as usize).expect("names are numbered as they are pushed")
    }

    pub(crate) fn value(&self, entry: &Entry) -> &str {
        self.source.as_str().get(entry.value.range()).expect("values are cut on character boundaries")
    }

    fn view(&self, entry: &Entry) -> SentField<'_> {
        let (field, name) = match entry.name {
            NameRef::Field(field) => (Some(field), field.as_str()),
            NameRef::Extra(number) => (None, self.extra_name(number).as_str()),
        };
        SentField { index: entry.index, field, name, value: self.value(entry), span: entry.span.range() }
    }
}

impl Default for Sent {
    fn default() -> Self {
        Self::new(Source::new(""), Vec::new(), Vec::new())
    }
}

impl PartialEq for Sent {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Sent {}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A pair of an item as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SentField<'a> {
    /// The item's index in the basket.
    pub index: u32,
    /// The field, if OCI knows it.
    pub field: Option<Field>,
    /// The field's name: canonical if OCI knows it, else as spelled.
    pub name: &'a str,
    /// The decoded value, otherwise untouched.
    pub value: &'a str,
    /// The bytes of the pair in the input.
    pub span: Range<usize>,
}

#[cfg(feature = "serde")]
mod with_serde {
    use punchout_core::{Source, Text};
    use serde::de::{Deserialize, Deserializer, Error as _};
    use serde::ser::{Serialize, Serializer};

    use super::{Entry, NameRef, Place, Sent};
    use crate::field::Field;

    impl Serialize for Sent {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.iter())
        }
    }

    #[derive(serde::Deserialize)]
    struct Owned {
        index: u32,
        field: Option<Field>,
        name: Text,
        value: Text,
        span: std::ops::Range<usize>,
    }

    impl<'de> Deserialize<'de> for Sent {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let fields: Vec<Owned> = Vec::deserialize(deserializer)?;
            let mut text = String::new();
            let mut names = Vec::new();
            let mut entries = Vec::with_capacity(fields.len());
            for Owned { index, field, name, value, span } in fields {
                if span.end < span.start || u32::try_from(text.len() + value.len()).is_err() {
                    return Err(D::Error::custom("a pair of a basket is out of range"));
                }
                let start = text.len();
                text.push_str(&value);
                let name = field.map_or_else(
                    || {
                        names.push(name);
                        NameRef::Extra(u32::try_from(names.len() - 1).unwrap_or(u32::MAX))
                    },
                    NameRef::Field,
                );
                entries.push(Entry {
                    index,
                    name,
                    value: Place::of(start..text.len()),
                    span: Place::of(span),
                });
            }
            Ok(Self::new(Source::new(text), entries, names))
        }
    }
}
