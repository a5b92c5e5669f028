//! The first pass: pairs of any origin, sorted into items and controls.

use std::borrow::Cow;
use std::ops::Range;
use std::string::FromUtf8Error;

use punchout_core::{Limits, Source, Text, truncated};

use crate::basket::Control;
use crate::charset::Fallback;
use crate::error::Error;
use crate::field::Field;
use crate::name::{self, CanonicalName, CanonicalNames, FieldName, Index, Oddities};
use crate::pairs::{self, RawPair};
use crate::rule::Rule;
use crate::sent::{Entry, NameRef, Place, Sent};
use crate::xml::Embedded;

/// The index of a pair that has none, until the items are counted.
pub(crate) const NO_INDEX: u32 = u32::MAX;
/// The largest index that is read as one.
const MAX_INDEX: u32 = 999_999_999;

/// Gathers the pairs of a return.
///
/// All values go into one buffer, each followed by a line feed: a character
/// of UTF-8 cannot reach over it, so the buffer is checked once as a whole.
pub(crate) struct Collector<'a> {
    limits: &'a Limits,
    fallback: Fallback,
    bytes: Vec<u8>,
    /// From here on the buffer holds UTF-8, whatever the charset.
    decoded_from: usize,
    entries: Vec<Entry>,
    names: Vec<Text>,
    controls: Vec<(Text, Place, Place)>,
    pending: Vec<Pending>,
    pairs: usize,
}

/// A finding that waits for the final index of its item.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) about: About,
    pub(crate) rule: Rule,
    /// The name or value that the message quotes.
    pub(crate) quoted: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    Control(u32),
    Entry(u32),
}

/// What the first pass found.
pub(crate) struct Collected {
    pub(crate) sent: Sent,
    pub(crate) controls: Vec<Control>,
    pub(crate) control_spans: Vec<Place>,
    pub(crate) pending: Vec<Pending>,
    pub(crate) pairs: usize,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(limits: &'a Limits, fallback: Fallback) -> Self {
        Self {
            limits,
            fallback,
            bytes: Vec::new(),
            decoded_from: usize::MAX,
            entries: Vec::new(),
            names: Vec::new(),
            controls: Vec::new(),
            pending: Vec::new(),
            pairs: 0,
        }
    }

    /// For input that is text already.
    pub(crate) fn of_text(limits: &'a Limits) -> Self {
        Self::new(limits, Fallback::WINDOWS_1252)
    }

    /// What comes from now on is text, whatever the charset was.
    pub(crate) fn expect_text(&mut self) {
        self.decoded_from = self.bytes.len();
    }

    /// Takes a url-encoded body.
    pub(crate) fn form(&mut self, body: &[u8]) -> Result<(), Error> {
        self.bytes.reserve(body.len() / 2);
        self.entries.reserve(memchr::memchr_iter(b'&', body).count() + 1);
        let mut names = CanonicalNames::new();
        // neither a byte order mark nor the `?` of a URL belongs to an item's name
        let lead = if body.starts_with(b"\xEF\xBB\xBF") { 3 } else { usize::from(body.starts_with(b"?")) };
        let mut at = if body.get(lead..).is_some_and(name::has_item_prefix) { lead } else { 0 };
        while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(CanonicalName { field, index, length }) = names.read(rest) else {
                let end = memchr::memchr(b'&', rest).unwrap_or(rest.len());
                if let Some(pair) = RawPair::of(rest.get(..end).unwrap_or_default(), at) {
                    self.odd_pair(&pair)?;
                }
                at += end + 1;
                continue;
            };
            let value = rest.get(length..).unwrap_or_default();
            let value = value.get(..memchr::memchr(b'&', value).unwrap_or(value.len())).unwrap_or_default();
            self.count(value.len())?;
            let start = self.bytes.len();
            let well_formed = pairs::percent_decode(value, &mut self.bytes);
            let end = at + length + value.len();
            let value = self.end_value(start);
            self.entries.push(Entry { index, name: NameRef::Field(field), value, span: Place::of(at..end) });
            if !well_formed {
                self.suspect_entry(Rule::EncPercent, "");
            }
            at = end + 1;
        }
        Ok(())
    }

    /// Takes a pair that is decoded already.
    ///
    /// Says whether it was filed as an item's field.
    pub(crate) fn pair(&mut self, name: &[u8], value: &[u8], span: Range<usize>) -> Result<bool, Error> {
        self.count(value.len())?;
        let start = self.bytes.len();
        self.bytes.extend_from_slice(value);
        let mut name = name.to_vec();
        let is_repaired = self.decode_again(&mut name, start);
        let (name, is_converted) = self.characters(&name);
        let name = name.into_owned();
        let is_entry = self.named(&name, start, span);
        if is_converted {
            self.suspect(is_entry, self.fallback.rule(), &name);
        }
        if is_repaired {
            self.suspect(is_entry, Rule::EncTwice, &name);
        }
        Ok(is_entry)
    }

    /// Decodes a name whose brackets are still encoded, and its value with it.
    fn decode_again(&mut self, name: &mut Vec<u8>, start: usize) -> bool {
        // more often than this nobody encodes by mistake
        const MOST: usize = 3;
        let mut times = 0;
        while times < MOST && is_encoded_item(name) {
            let (once, value) = (std::mem::take(name), self.bytes.split_off(start));
            pairs::percent_decode(&once, name);
            pairs::percent_decode(&value, &mut self.bytes);
            times += 1;
        }
        times > 0
    }

    /// Takes what belongs to no item.
    pub(crate) fn control(&mut self, name: &str, value: &str, span: Range<usize>) -> Result<(), Error> {
        self.count(value.len())?;
        let start = self.bytes.len();
        self.bytes.extend_from_slice(value.as_bytes());
        let value = self.end_value(start);
        self.controls.push((name.into(), value, Place::of(span)));
        Ok(())
    }

    /// Takes a field whose name and item are known.
    pub(crate) fn field(
        &mut self,
        index: u32,
        name: FieldRef<'_>,
        value: &str,
        span: Range<usize>,
    ) -> Result<(), Error> {
        self.count(value.len())?;
        let start = self.bytes.len();
        self.bytes.extend_from_slice(value.as_bytes());
        let value = self.end_value(start);
        let name = match name {
            FieldRef::Known(field) => NameRef::Field(field),
            FieldRef::Extra(name) => self.extra_name(name),
        };
        self.entries.push(Entry { index, name, value, span: Place::of(span) });
        Ok(())
    }

    /// Notes a finding about the last item's field that was taken.
    pub(crate) fn suspect_entry(&mut self, rule: Rule, quoted: &str) {
        let entry = u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX);
        self.pending.push(Pending { about: About::Entry(entry), rule, quoted: quoted.into() });
    }

    fn suspect_control(&mut self, rule: Rule, quoted: &str) {
        let control = u32::try_from(self.controls.len() - 1).unwrap_or(u32::MAX);
        self.pending.push(Pending { about: About::Control(control), rule, quoted: quoted.into() });
    }

    /// Notes a finding about the last pair, whatever it was taken for.
    pub(crate) fn suspect(&mut self, is_entry: bool, rule: Rule, quoted: &str) {
        if is_entry { self.suspect_entry(rule, quoted) } else { self.suspect_control(rule, quoted) }
    }

    fn count(&mut self, value_bytes: usize) -> Result<(), Error> {
        self.pairs += 1;
        self.limits.check_fields(self.pairs)?;
        self.limits.check_value(value_bytes)?;
        // offsets are of 32 bits
        self.limits.with_bytes(u32::MAX as usize - 1).check_bytes(self.bytes.len() + value_bytes)?;
        Ok(())
    }

    fn end_value(&mut self, start: usize) -> Place {
        let place = Place::of(start..self.bytes.len());
        self.bytes.push(b'\n');
        place
    }

    /// The characters of a name, and whether it is no UTF-8 though it should.
    fn characters<'b>(&self, bytes: &'b [u8]) -> (Cow<'b, str>, bool) {
        match std::str::from_utf8(bytes) {
            Ok(text) if !self.fallback.is_believed => (Cow::Borrowed(text), false),
            _ => (self.fallback.decode(bytes).0, !self.fallback.is_believed),
        }
    }

    /// A url-encoded pair that is not spelled in the usual way.
    fn odd_pair(&mut self, pair: &RawPair<'_>) -> Result<(), Error> {
        let mut name = Vec::with_capacity(pair.name.len());
        let mut well_formed = pairs::percent_decode(pair.name, &mut name);
        let start = self.bytes.len();
        let mut repaired = None;
        if let Some(value) = pair.value {
            self.count(value.len())?;
            well_formed &= pairs::percent_decode(value, &mut self.bytes);
        } else {
            self.count(name.len())?;
            // the whole pair was encoded as one: its `=` is a `%3D`
            if let Some(equals) = memchr::memchr(b'=', &name) {
                self.bytes.extend_from_slice(name.get(equals + 1..).unwrap_or_default());
                name.truncate(equals);
                repaired = Some(Rule::EncEq);
            } else {
                repaired = Some(Rule::LineForm);
            }
        }
        if self.decode_again(&mut name, start) {
            repaired = Some(Rule::EncTwice);
        }
        let (name, is_converted) = self.characters(&name);
        let name = name.into_owned();
        let is_entry = self.named(&name, start, pair.span.clone());
        if is_converted {
            self.suspect(is_entry, self.fallback.rule(), &name);
        }
        if !well_formed {
            self.suspect(is_entry, Rule::EncPercent, &name);
        }
        if let Some(rule) = repaired {
            self.suspect(is_entry, rule, &name);
        }
        Ok(())
    }

    /// Files the value that was just written under its name.
    fn named(&mut self, name: &str, start: usize, span: Range<usize>) -> bool {
        let value = self.end_value(start);
        let span = Place::of(span);
        let Some(parsed) = name::parse(name) else {
            self.controls.push((name.into(), value, span));
            if name.len() > 8 && name.as_bytes().windows(9).any(name::has_item_prefix) {
                self.suspect_control(Rule::NameLost, name);
            }
            return false;
        };
        if is_encoded_item(name.as_bytes()) {
            self.controls.push((name.into(), value, span));
            self.suspect_control(Rule::IdxBad, name);
            return false;
        }
        let index = match parsed.index {
            Index::Number(number @ ..=MAX_INDEX) => number,
            Index::Missing => NO_INDEX,
            Index::Number(_) | Index::Unreadable => {
                self.controls.push((name.into(), value, span));
                self.suspect_control(Rule::IdxBad, name);
                return false;
            }
        };
        let name_ref = match parsed.field {
            FieldName::Known(field) => NameRef::Field(field),
            FieldName::Unknown(place) => self.extra_name(name.get(place).unwrap_or_default()),
        };
        self.entries.push(Entry { index, name: name_ref, value, span });
        if index == NO_INDEX {
            self.suspect_entry(Rule::IdxNone, name);
        }
        for (oddity, rule) in [
            (Oddities::CASE, Rule::NameCase),
            (Oddities::SEPARATOR, Rule::NameSep),
            (Oddities::BLANK, Rule::IdxBlank),
            (Oddities::INDEX, Rule::IdxForm),
            (Oddities::LONG_TEXT, Rule::LongTextForm),
        ] {
            if parsed.oddities.has(oddity) {
                self.suspect_entry(rule, name);
            }
        }
        true
    }

    fn extra_name(&mut self, name: &str) -> NameRef {
        // an extra field comes with every item: its name is mostly the last one
        let last = self.names.len();
        let back = self.names.iter().rev().take(16).position(|known| known == name);
        let number = back.map_or(last, |back| last - 1 - back);
        if number == last {
            self.names.push(name.into());
        }
        NameRef::Extra(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Whether fields of items were sent.
    pub(crate) fn has_items(&self) -> bool {
        !self.entries.is_empty()
    }

    /// The XML document that stands in for items, if there is one.
    pub(crate) fn embedded(&self) -> Option<Embedded> {
        Embedded::among(self.controls.iter().map(|(name, value, span)| {
            let value = self.bytes.get(value.range()).unwrap_or_default();
            (name.as_str(), std::str::from_utf8(value).unwrap_or_default(), span.range())
        }))
    }

    /// Turns the buffer into text.
    pub(crate) fn finish(mut self) -> Collected {
        let bytes = std::mem::take(&mut self.bytes);
        let checked = if self.fallback.is_believed {
            Err(bytes)
        } else {
            String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes)
        };
        let text = match checked {
            Ok(text) => text,
            Err(bytes) => self.convert(&bytes),
        };
        let source = Source::new(text);
        let (mut controls, mut control_spans) = (Vec::new(), Vec::new());
        for (name, value, span) in self.controls {
            let value = source.slice(value.range()).expect("values are cut on character boundaries");
            controls.push(Control::new(name, value));
            control_spans.push(span);
        }
        Collected {
            sent: Sent::new(source, self.entries, self.names),
            controls,
            control_spans,
            pending: self.pending,
            pairs: self.pairs,
        }
    }

    /// Converts value by value: the ones that are UTF-8 stay as they are.
    fn convert(&mut self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
        let (fallback, decoded_from) = (self.fallback, self.decoded_from);
        let mut suspects = Vec::new();
        let mut convert = |place: &mut Place, about: About| {
            let value = bytes.get(place.range()).unwrap_or_default();
            let start = text.len();
            match std::str::from_utf8(value) {
                Ok(value) if !fallback.is_believed || place.start as usize >= decoded_from => {
                    text.push_str(value);
                }
                _ => {
                    text.push_str(&fallback.decode(value).0);
                    let quoted = text.get(start..).unwrap_or_default();
                    if !fallback.is_believed {
                        suspects.push(Pending {
                            about,
                            rule: fallback.rule(),
                            quoted: truncated(quoted, 64).into(),
                        });
                    }
                }
            }
            *place = Place::of(start..text.len());
        };
        for (number, (_, place, _)) in (0..).zip(&mut self.controls) {
            convert(place, About::Control(number));
        }
        for (number, entry) in (0..).zip(&mut self.entries) {
            convert(&mut entry.value, About::Entry(number));
        }
        self.pending.append(&mut suspects);
        self.pending.sort_by_key(|pending| pending.about);
        text
    }
}

/// A field's name when its item is known already.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldRef<'a> {
    Known(Field),
    Extra(&'a str),
}

/// Whether a decoded name is an item's field with its brackets still encoded.
fn is_encoded_item(name: &[u8]) -> bool {
    name.len() > 11
        && name::has_item_prefix(String::from_utf8_lossy(name).trim().as_bytes())
        && name
            .windows(3)
            .any(|three| three.eq_ignore_ascii_case(b"%5B") || three.eq_ignore_ascii_case(b"%5D"))
}
