//! The DTDs that are built in.

#[rustfmt::skip]
mod tables;

use super::outline::{ENVELOPES, Outline};
use super::tables::{NONE, Tables};

/// A DTD that is built in.
#[derive(Debug)]
pub(super) struct BuiltIn {
    pub(super) version: &'static str,
    /// The name of its file, such as `InvoiceDetail`.
    pub(super) file: &'static str,
    /// Both, such as `1.2.071/InvoiceDetail`.
    pub(super) name: &'static str,
    elements: &'static [u16; tables::NAMES],
}

/// Spreads runs of definitions over the names that they define.
#[expect(clippy::indexing_slicing, reason = "it runs when the crate is compiled")]
const fn dense(runs: &[[u16; 2]]) -> [u16; tables::NAMES] {
    let mut elements = [NONE; tables::NAMES];
    let mut run = 0;
    while run < runs.len() {
        let [mut definition, end] = runs[run];
        while definition < end {
            elements[tables::DEFINITIONS[definition as usize][0] as usize] = definition;
            definition += 1;
        }
        run += 1;
    }
    elements
}

impl BuiltIn {
    pub(super) fn tables(&self) -> Tables<'static> {
        Tables {
            text: tables::TEXT,
            ends: &tables::ENDS,
            buckets: &tables::BUCKETS,
            slots: &tables::SLOTS,
            states: &tables::STATES,
            ranges: &tables::RANGES,
            attributes: &tables::ATTRIBUTES,
            lists: &tables::LISTS,
            values: &tables::VALUES,
            definitions: &tables::DEFINITIONS,
            elements: self.elements,
        }
    }

    /// Says when something came that this DTD has and those before it lack.
    ///
    /// Not every version is built in, so the very first one that has it may lie
    /// between this one and the one before.
    pub(super) fn came(&self) -> String {
        let mut older =
            all().filter(|dtd| dtd.file == self.file).skip_while(|dtd| dtd.version != self.version);
        match older.nth(1) {
            Some(before) => format!("it came after {}, with {} at the latest", before.version, self.version),
            None => format!("it came with {} at the latest", self.version),
        }
    }

    /// Whether an envelope such as `Request` may hold this payload.
    fn holds(&self, envelope: &str, payload: &str) -> bool {
        let tables = self.tables();
        let model = tables.define(envelope).map(|envelope| envelope.model);
        let payload = tables.find(payload);
        model
            .zip(payload)
            .is_some_and(|(model, payload)| tables.symbols(model).any(|symbol| symbol == payload))
    }
}

/// All of them, newest version first.
pub(super) fn all() -> impl DoubleEndedIterator<Item = &'static BuiltIn> {
    tables::DTDS.iter()
}

/// The newest version that is built in.
pub(super) fn newest() -> &'static str {
    all().next().map_or("", |newest| newest.version)
}

/// The oldest version built in that is not older than this one.
pub(super) fn version_for(version: &str) -> Option<&'static str> {
    let wanted = numbers(version)?;
    all().rev().map(|known| known.version).find(|known| numbers(known) >= Some(wanted))
}

/// A version such as `1.2.014` as numbers, which can be compared.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let mut parts = version.split('.').map(|part| {
        let is_number = !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse().ok())?
    });
    let numbers = [parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?];
    parts.next().is_none().then_some(numbers)
}

/// Finds the DTD that holds what a document has.
pub(super) fn choose(version: &str, outline: &Outline<'_>, named: Option<&str>) -> &'static BuiltIn {
    let newest = || {
        let named_first = all().filter(|dtd| named == Some(dtd.file)).chain(all());
        named_first.filter(|dtd| dtd.version == newest())
    };
    let held = outline.payload.zip(outline.envelope);
    let is_right = |dtd: &&BuiltIn| held.is_some_and(|(payload, envelope)| dtd.holds(envelope, payload));
    // A payload in the wrong envelope still tells what was meant.
    let is_near = |dtd: &&BuiltIn| {
        held.is_some_and(|(payload, _)| ENVELOPES.iter().any(|envelope| dtd.holds(envelope, payload)))
    };
    let has_root = |dtd: &&BuiltIn| held.is_none() && dtd.tables().define(outline.root).is_some();
    let found =
        newest().find(is_right).or_else(|| newest().find(is_near)).or_else(|| newest().find(has_root));
    let file = found.map_or("cXML", |dtd| dtd.file);
    let mut of_file = all().filter(|dtd| dtd.file == file).rev();
    of_file.find(|dtd| numbers(dtd.version) >= numbers(version)).unwrap_or(&tables::DTDS[0])
}

/// What envelopes of the newest version may hold, and the first DTD for it.
#[cfg(test)]
pub(crate) fn payloads() -> std::collections::BTreeMap<&'static str, &'static str> {
    let mut payloads = std::collections::BTreeMap::new();
    for dtd in all().filter(|dtd| dtd.version == newest()) {
        let tables = dtd.tables();
        for model in ENVELOPES.iter().filter_map(|envelope| Some(tables.define(envelope)?.model)) {
            for symbol in tables.symbols(model) {
                payloads.entry(tables.name(symbol)).or_insert(dtd.file);
            }
        }
    }
    payloads
}

/// The attributes of an element in the newest version of this file, each with a
/// value that it may have, and the children that may stand in it.
#[cfg(test)]
pub(crate) fn shape(file: &str, element: &str) -> Option<Shape> {
    use super::tables::AttributeKind;

    let tables = all().find(|dtd| dtd.version == newest() && dtd.file == file)?.tables();
    let definition = tables.define(element)?;
    let attributes = tables.attributes_of(&definition).iter().map(|&number| {
        let rule = tables.attribute(number);
        let first = tables.values(&rule).next().filter(|_| rule.kind == AttributeKind::OneOf);
        (tables.attribute_name(number), rule.fixed.or(first).unwrap_or("1"))
    });
    let children = tables.symbols(definition.model).map(|child| tables.name(child));
    Some(Shape { attributes: attributes.collect(), children: children.collect() })
}

#[cfg(test)]
pub(crate) struct Shape {
    pub(crate) attributes: Vec<(&'static str, &'static str)>,
    pub(crate) children: Vec<&'static str>,
}
