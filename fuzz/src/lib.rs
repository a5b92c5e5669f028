//! The laws that the fuzz targets share.

use std::ops::Range;
use std::sync::LazyLock;

use punchout_core::{All, Amount, Ignore, Limits, Severity};
use punchout_oci::{Basket, Decoder, Encoder, Error, ErrorKind, Field, Item, Profile, ReturnTo};

/// Findings point into the input, and into no character of a text.
pub fn findings_lie_inside(found: &All, input: &[u8]) {
    found.found().iter().filter_map(|finding| finding.span.clone()).for_each(|span| lies_inside(span, input));
}

/// A span is a piece of the input that starts and ends between characters.
pub fn lies_inside(span: Range<usize>, input: &[u8]) {
    assert!(input.get(span.clone()).is_some(), "{span:?} is not inside of {} bytes", input.len());
    if let Ok(text) = std::str::from_utf8(input) {
        assert!(text.get(span.clone()).is_some(), "{span:?} cuts a character");
    }
}

/// What the strict reading accepts, the lenient one accepts as the same value.
pub fn strict_implies_lenient<T: PartialEq + std::fmt::Debug>(strict: (&T, &All), lenient: (&T, &All)) {
    if strict.1.worst() < Some(Severity::Error) {
        assert!(lenient.1.worst() < Some(Severity::Error), "{:?}", lenient.1.found());
        assert_eq!(strict.0, lenient.0);
    }
}

/// Reads a basket strictly and leniently and holds both against the laws.
///
/// Gives what the lenient reading made of it.
pub fn read(input: &[u8], way: impl Fn(&Decoder, &mut All) -> Result<Basket, Error>) -> Option<Basket> {
    static STRICT: LazyLock<Decoder> = LazyLock::new(Decoder::strict);
    static LENIENT: LazyLock<Decoder> = LazyLock::new(Decoder::lenient);
    static TIGHT: LazyLock<Decoder> = LazyLock::new(|| Decoder::lenient().with_limits(tight()));
    let (mut strict_found, mut lenient_found) = (All::new(), All::new());
    let (strict, lenient) = match (way(&STRICT, &mut strict_found), way(&LENIENT, &mut lenient_found)) {
        (Ok(strict), Ok(lenient)) => (strict, lenient),
        (Err(strict), Err(lenient)) => {
            assert_eq!(strict.kind(), lenient.kind());
            return None;
        }
        (strict, lenient) => panic!("one reading stops, the other does not: {strict:?} {lenient:?}"),
    };
    strict_implies_lenient((&strict, &strict_found), (&lenient, &lenient_found));
    findings_lie_inside(&strict_found, input);
    findings_lie_inside(&lenient_found, input);
    is_sound(&lenient, input);
    match way(&TIGHT, &mut All::new()) {
        Ok(basket) => {
            assert!(
                basket.sent.len() + basket.controls.len() <= tight().fields
                    && basket.items.len() <= tight().items
            );
            assert_eq!(basket, lenient);
        }
        Err(error) => assert_eq!(error.kind(), ErrorKind::Limit),
    }
    Some(lenient)
}

/// Limits that small inputs reach.
pub fn tight() -> Limits {
    Limits::default().with_fields(16).with_items(3)
}

/// Items rise, each comes from pairs, and each pair has its item.
fn is_sound(basket: &Basket, input: &[u8]) {
    assert!(basket.items.len() <= basket.sent.len());
    assert!(basket.items.is_sorted_by(|a, b| a.index < b.index), "{:?}", basket.items);
    let position = |index| basket.items.binary_search_by_key(&index, |item: &Item| item.index).ok();
    let mut has_pairs = vec![false; basket.items.len()];
    for field in basket.sent.iter() {
        lies_inside(field.span, input);
        has_pairs[position(field.index).expect("a pair of an item that is not there")] = true;
    }
    assert!(has_pairs.into_iter().all(|has| has), "an item that nobody sent");
    assert!(basket.items.iter().filter_map(|item| item.parent).all(|parent| position(parent).is_some()));
}

/// Writes and reads by one profile.
pub struct Pair {
    pub encoder: Encoder,
    pub decoder: Decoder,
}

impl Pair {
    /// The pair for an input: which one does not matter, only that every
    /// profile gets its turn.
    pub fn of(input: &[u8]) -> &'static Self {
        static ALL: LazyLock<Vec<Pair>> = LazyLock::new(|| {
            let pair = |profile| Pair { encoder: Encoder::new(profile), decoder: Decoder::new(profile) };
            Profile::builtin().map(pair).collect()
        });
        &ALL[input.len() % ALL.len()]
    }

    /// What is written and read again says the same, and from then on is the
    /// same.
    pub fn keeps(&self, basket: &Basket) {
        let mut to = ReturnTo::new("https://buyer.example/return");
        to.charset = Some("utf-8".into());
        let again = |basket: &Basket| {
            let body = self.encoder.body(basket, &to, &mut Ignore).ok()?;
            Some(self.decoder.form(body.as_bytes(), &mut Ignore).expect("what was written is read"))
        };
        let Some(once) = again(basket) else { return };
        says_the_same(basket, &once);
        let twice = again(&once).expect("what was written once is written again");
        assert_eq!((&once.items, &once.controls), (&twice.items, &twice.controls));

        let pairs = self.encoder.pairs(basket, &mut Ignore).expect("what has a body has pairs");
        let from_pairs = self.decoder.pairs(pairs, &mut Ignore).expect("what was written is read");
        assert_eq!((&once.items, &once.controls), (&from_pairs.items, &from_pairs.controls));
    }

    /// From the second time on the XML variant is the same too; the first time
    /// takes away blanks and the items that have nothing else.
    pub fn keeps_as_xml(&self, basket: &Basket) {
        let again = |basket: &Basket| {
            let document = self.encoder.xml(basket, &mut Ignore).ok()?;
            Some(self.decoder.xml(document.as_bytes(), &mut Ignore).expect("what was written is read"))
        };
        let Some(once) = again(basket).and_then(|basket| again(&basket)) else { return };
        let twice = again(&once).expect("what was written once is written again");
        assert_eq!(once.items, twice.items);
    }
}

/// Compares what no writer may change.
fn says_the_same(before: &Basket, after: &Basket) {
    // a parent that is not there is left out, and with it an item that says nothing else
    let is_said = |item: &Item, field| field != Field::ParentId && item.text(field).is_some();
    let says_something =
        |item: &&Item| Field::all().any(|field| is_said(item, field)) || !item.extra.is_empty();
    let said = |basket: &'_ Basket| basket.items.iter().filter(says_something).cloned().collect::<Vec<_>>();
    let (items, kept) = (said(before), said(after));
    assert_eq!(items.len(), kept.len());
    assert_eq!(before.controls, after.controls);
    for (before, after) in items.iter().zip(&kept) {
        let value = |amount: &Option<Amount>| amount.as_ref().map(Amount::value);
        assert_eq!(value(&before.quantity), value(&after.quantity));
        assert_eq!(value(&before.lead_time), value(&after.lead_time));
        // 0.0125 for 1 may become 0.125 for 10
        let crosswise = |one: &Item, other: &Item| value(&one.price)?.checked_mul(other.price_unit_or_one());
        assert_eq!(before.price.is_some(), after.price.is_some());
        assert_eq!(crosswise(before, after), crosswise(after, before));
        assert_eq!(before.extra, after.extra);
        for field in Field::all().filter(|field| is_kept_as_text(*field)) {
            assert_eq!(before.text(field), after.text(field), "{field}");
        }
        let (shop_text, kept) =
            (before.long_text.as_deref().unwrap_or(""), after.long_text.as_deref().unwrap_or(""));
        assert!(kept.ends_with(shop_text), "{shop_text} {kept}");
    }
}

/// Numbers may be respelled, descriptions cut, parents renumbered, and MATNR
/// left out.
fn is_kept_as_text(field: Field) -> bool {
    use Field::{Description, LeadTime, LongText, Matnr, ParentId, Price, PriceUnit, Quantity};
    !matches!(field, Description | LeadTime | LongText | Matnr | ParentId | Price | PriceUnit | Quantity)
}
