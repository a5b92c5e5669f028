use std::borrow::Cow;
use std::collections::HashMap;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// Names with their values, in the order of their first occurrence.
///
/// A name that was sent once is a text in JSON, one that was sent again an
/// array of texts: nothing is lost, and the usual case stays simple.
#[derive(Debug, Default)]
pub(crate) struct Named<'a> {
    list: Vec<(&'a str, Vec<Cow<'a, str>>)>,
}

impl<'a, V: Into<Cow<'a, str>>> FromIterator<(&'a str, V)> for Named<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, V)>>(pairs: T) -> Self {
        let mut list: Vec<(&str, Vec<_>)> = Vec::new();
        let mut places = HashMap::new();
        for (name, value) in pairs {
            let place = *places.entry(name).or_insert(list.len());
            match list.get_mut(place) {
                Some((_, values)) => values.push(value.into()),
                None => list.push((name, vec![value.into()])),
            }
        }
        Self { list }
    }
}

impl Named<'_> {
    /// Each name with each of its values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().flat_map(|(name, values)| values.iter().map(move |value| (*name, &**value)))
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.list.len()))?;
        for (name, values) in &self.list {
            match values.as_slice() {
                [only] => map.serialize_entry(name, only)?,
                several => map.serialize_entry(name, several)?,
            }
        }
        map.end()
    }
}
