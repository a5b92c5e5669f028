//! The second pass: pairs become items.

use std::collections::BTreeMap;

use punchout_core::{Sink, Text, excerpt};

use crate::basket::{Basket, ExtraField, Item};
use crate::collect::{About, Collected, Collector, NO_INDEX, Pending};
use crate::decode::Decoder;
use crate::decode::value::{LookedUp, TextSuspects};
use crate::error::Error;
use crate::field::{Field, Kind};
use crate::report::{At, Reporter};
use crate::rule::Rule;
use crate::sent::{Entry, NameRef, Place, Sent};

/// What is known of an item beside its values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slot {
    /// The fields that were sent, a bit each.
    seen: u64,
    /// The fields that were sent with more than blanks.
    filled: u64,
    /// The first pair of the item.
    pub(super) first: Place,
    /// The pair that names the parent.
    pub(super) parent: Place,
    /// The pair of the price unit.
    pub(super) price_unit: Place,
    /// The first pair of the long text.
    pub(super) long_text: Place,
}

const _: () = assert!(Field::COUNT <= 64);

impl Slot {
    pub(super) fn has(self, field: Field) -> bool {
        self.filled & (1 << field as u64) != 0
    }
}

/// How the sent indexes become positions in the list of items.
struct Numbering {
    /// The sent indexes, rising, without doubles.
    indexes: Vec<u32>,
    /// What is added to a sent index.
    shift: u32,
    /// The position by sent index, when the indexes are dense enough.
    dense: Vec<u32>,
}

impl Numbering {
    fn of(entries: &[Entry], start: u32) -> Self {
        let numbered = || entries.iter().map(|entry| entry.index).filter(|index| *index != NO_INDEX);
        let max = numbered().max().unwrap_or(0);
        let mut numbering = Self { indexes: Vec::new(), shift: 0, dense: Vec::new() };
        let has_loose = entries.iter().any(|entry| entry.index == NO_INDEX);
        if (max as usize) < entries.len().saturating_mul(2) + 16 {
            let mut dense = vec![u32::MAX; max as usize + 2];
            let mut mark = |index: u32| {
                if let Some(slot) = dense.get_mut(index as usize) {
                    *slot = 0;
                }
            };
            numbered().for_each(&mut mark);
            numbering.shift = Self::shift(dense.iter().map(|slot| *slot == 0), start);
            // a pair without an index belongs to the first item
            if has_loose && let Some(slot) = dense.get_mut(1 - numbering.shift as usize) {
                *slot = 0;
            }
            for (index, slot) in (0..).zip(&mut dense) {
                if *slot == 0 {
                    *slot = u32::try_from(numbering.indexes.len()).unwrap_or(u32::MAX);
                    numbering.indexes.push(index);
                }
            }
            numbering.dense = dense;
        } else {
            let mut indexes: Vec<u32> = numbered().collect();
            indexes.sort_unstable();
            indexes.dedup();
            // with holes this wide the items are not counted from 0
            numbering.shift = u32::from(start == 0);
            let loose = 1 - numbering.shift;
            if has_loose && let Err(at) = indexes.binary_search(&loose) {
                indexes.insert(at, loose);
            }
            numbering.indexes = indexes;
        }
        numbering
    }

    /// Items counted from 0 without a gap were meant to be counted from 1.
    fn shift(present: impl Iterator<Item = bool>, start: u32) -> u32 {
        let mut present = present.peekable();
        let zero = present.peek() == Some(&true);
        let gap = present.skip_while(|present| *present).any(|present| present);
        u32::from(start == 0 || (zero && !gap))
    }

    fn position(&self, index: u32) -> Option<usize> {
        let index = if index == NO_INDEX { 1 - self.shift } else { index };
        if self.dense.is_empty() {
            return self.indexes.binary_search(&index).ok();
        }
        self.dense.get(index as usize).filter(|slot| **slot != u32::MAX).map(|slot| *slot as usize)
    }
}

impl Decoder {
    /// Makes the basket of what was collected.
    pub(crate) fn assemble(
        &self,
        mut collector: Collector<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Basket, Error> {
        let mut reporter = Reporter::new(sink, &self.levels);
        if let Some(embedded) = collector.embedded() {
            if collector.has_items() {
                let at = At::Control(&embedded.name);
                reporter.report(Rule::XmlBeside, at, Some(embedded.span), || {
                    "the form has fields of items, so this document is not read".into()
                });
            } else {
                self.embedded_document(&embedded, &mut collector, &mut reporter)?;
            }
        }
        let Collected { mut sent, controls, control_spans, mut pending, pairs } = collector.finish();
        let start = self.profile.index.start;
        let numbering = Numbering::of(&sent.entries, start);
        self.limits.check_items(numbering.indexes.len())?;

        let most = self.profile.text.pairs_max as usize;
        if most > 0 && pairs > most {
            reporter
                .report(Rule::Php1000, At::Document, None, || format!("{pairs} fields are more than {most}"));
        }
        pending.sort_by_key(|pending| pending.about);
        let mut pending = pending.into_iter().peekable();
        while let Some(Pending { rule, quoted, about: About::Control(number) }) =
            pending.next_if(|pending| matches!(pending.about, About::Control(_)))
        {
            let number = number as usize;
            let name = controls.get(number).map_or("", |control| &control.name);
            let span = control_spans.get(number).map(|span| span.range());
            reporter.report(rule, At::Control(name), span, || message(rule, &quoted));
        }

        let mut items: Vec<Item> = Vec::with_capacity(numbering.indexes.len());
        items.extend(
            numbering.indexes.iter().map(|index| Item { index: index + numbering.shift, ..Item::default() }),
        );
        let mut filling = Filling {
            slots: vec![Slot::default(); items.len()],
            long_texts: BTreeMap::new(),
            suspects: TextSuspects::of(sent.source().as_str()),
            known: LookedUp::default(),
            decoder: self,
        };
        let mut entries = std::mem::take(&mut sent.entries);
        for (number, entry) in (0..).zip(&mut entries) {
            let Some(position) = numbering.position(entry.index) else { continue };
            let Some(item) = items.get_mut(position) else { continue };
            entry.index = item.index;
            filling.take(&sent, entry, item, position, &mut reporter);
            while let Some(Pending { rule, quoted, .. }) =
                pending.next_if(|pending| pending.about == About::Entry(number))
            {
                let at = place(&sent, entry);
                reporter.report(rule, at, Some(entry.span.range()), || message(rule, &quoted));
            }
        }
        let Filling { slots, long_texts, .. } = filling;
        for (position, text) in long_texts {
            if let Some(item) = items.get_mut(position) {
                item.long_text = Some(text.into());
            }
        }
        sent.entries = entries;

        self.check_numbering(&items, &slots, numbering.shift, &mut reporter);
        for (item, slot) in items.iter_mut().zip(&slots) {
            self.check_item(item, *slot, &mut reporter);
        }
        self.check_hierarchy(&mut items, &slots, numbering.shift, &mut reporter);
        if items.is_empty() {
            reporter.report(Rule::Empty, At::Document, None, || "the return has no items".into());
        }
        Ok(Basket { items, controls, sent })
    }
}

fn place<'a>(sent: &'a Sent, entry: &Entry) -> At<'a> {
    match entry.name {
        NameRef::Field(field) => At::Field(entry.index, field),
        NameRef::Extra(number) => At::Extra(entry.index, sent.extra_name(number)),
    }
}

/// The message for what the first pass noticed.
fn message(rule: Rule, quoted: &Text) -> String {
    let quoted = excerpt(quoted);
    match rule {
        Rule::IdxNone => format!("field name {quoted} has no index; it is taken for item 1"),
        Rule::IdxBad => format!("the index in {quoted} cannot be read"),
        Rule::IdxBlank => format!("field name {quoted} has a blank too many"),
        Rule::IdxForm => format!("the index in {quoted} is not one plain number"),
        Rule::NameCase => format!("field name {quoted} is not in upper case"),
        Rule::NameSep => format!("field name {quoted} does not start with `NEW_ITEM-`"),
        Rule::LongTextForm => format!("long text is named {quoted}"),
        Rule::EncEq => format!("the `=` after {quoted} is percent-encoded"),
        Rule::EncTwice => format!("the pair {quoted} is percent-encoded twice"),
        Rule::EncPercent => "a percent sign is not followed by two hexadecimal digits".into(),
        Rule::Charset | Rule::CharsetDeclared => format!("bytes are no UTF-8; read as {quoted}"),
        _ => format!("{}: {quoted}", rule.title()),
    }
}

struct Filling<'a> {
    slots: Vec<Slot>,
    /// Long texts of more than one piece, by position.
    long_texts: BTreeMap<usize, String>,
    suspects: TextSuspects,
    known: LookedUp,
    decoder: &'a Decoder,
}

impl Filling<'_> {
    /// Puts one pair into its item.
    fn take(
        &mut self,
        sent: &Sent,
        entry: &Entry,
        item: &mut Item,
        position: usize,
        reporter: &mut Reporter<'_>,
    ) {
        let Some(slot) = self.slots.get_mut(position) else { return };
        if slot.seen == 0 && slot.first == Place::default() {
            slot.first = entry.span;
        }
        let value = sent.value(entry);
        let text = || sent.source().slice(entry.value.range()).unwrap_or_default();
        let field = match entry.name {
            NameRef::Field(field) => field,
            NameRef::Extra(number) => {
                let name = sent.extra_name(number);
                // looking further back would be quadratic
                if item.extra.iter().rev().take(64).any(|extra| extra.name == *name) {
                    let at = At::Extra(item.index, name);
                    reporter
                        .report(Rule::Dup, at, Some(entry.span.range()), || "the field is sent twice".into());
                }
                item.extra.push(ExtraField { name: name.clone(), value: text() });
                return;
            }
        };

        let bit = 1 << field as u64;
        // mostly the first byte says it
        let is_blank = !matches!(value.as_bytes().first(), Some(b'!'..=b'~')) && value.trim().is_empty();
        let (was_seen, was_filled) = (slot.seen & bit != 0, slot.filled & bit != 0);
        slot.seen |= bit;
        if !is_blank {
            slot.filled |= bit;
        }
        if !is_blank && !was_filled {
            match field {
                Field::ParentId => slot.parent = entry.span,
                Field::PriceUnit => slot.price_unit = entry.span,
                _ => {}
            }
        }
        let at = At::Field(item.index, field);
        let span = entry.span.range();
        if field == Field::LongText {
            self.decoder.check_text(field, value, self.suspects, at, &span, reporter);
            match &item.long_text {
                None if value.is_empty() => {}
                None => {
                    slot.long_text = entry.span;
                    item.long_text = Some(text());
                }
                Some(first) => {
                    self.long_texts.entry(position).or_insert_with(|| first.to_string()).push_str(value);
                }
            }
            return;
        }
        if was_seen {
            reporter.report(Rule::Dup, at, Some(span.clone()), || {
                if was_filled {
                    format!("the field is sent twice; {} is passed over", excerpt(value))
                } else {
                    format!("the field is sent twice; {} is taken", excerpt(value))
                }
            });
            if was_filled {
                return;
            }
        }
        match field.kind() {
            Kind::Text if value.is_empty() => {}
            Kind::Text => {
                self.decoder.check_text(field, value, self.suspects, at, &span, reporter);
                if field == Field::ItemType {
                    item.item_type = (!is_blank).then(|| text().into());
                } else if let Some(place) = item.text_mut(field) {
                    // codes are compared, and CHAR fields are filled up with blanks
                    let is_code = matches!(field, Field::Unit | Field::Currency);
                    *place = match value.trim() {
                        "" if is_code => None,
                        code if is_code => Some(code.into()),
                        _ => Some(text()),
                    };
                }
                self.decoder.check_value(field, item, value, &mut self.known, &span, reporter);
            }
            Kind::Number | Kind::Whole => {
                let amount = self.decoder.amount(field, value, text, at, &span, reporter);
                if field == Field::PriceUnit {
                    item.price_unit_unread = amount.is_none();
                }
                if let Some(place) = item.amount_mut(field) {
                    *place = amount;
                }
            }
        }
    }
}
