//! The grammar of field names: `NEW_ITEM-<FIELD>[<n>]` and what comes instead.

use std::ops::Range;

use crate::field::Field;

/// A name that starts with `NEW_ITEM`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemName {
    pub(crate) field: FieldName,
    pub(crate) index: Index,
    pub(crate) oddities: Oddities,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldName {
    Known(Field),
    /// A place in the name that was parsed.
    Unknown(Range<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    Number(u32),
    /// No brackets, or nothing in them.
    Missing,
    /// Brackets that hold no number that fits.
    Unreadable,
}

/// In what a name differs from the canonical spelling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Oddities(u8);

impl Oddities {
    pub(crate) const NONE: Self = Self(0);
    /// Letters in lower case.
    pub(crate) const CASE: Self = Self(1);
    /// Another separator than `_` and `-` in `NEW_ITEM-`.
    pub(crate) const SEPARATOR: Self = Self(2);
    /// Blanks before or in the brackets.
    pub(crate) const BLANK: Self = Self(4);
    /// Leading zeros, more brackets, text after them.
    pub(crate) const INDEX: Self = Self(8);
    /// A long text that is not `LONGTEXT_<n>:132[]`.
    pub(crate) const LONG_TEXT: Self = Self(16);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add_if(&mut self, other: Self, condition: bool) {
        if condition {
            self.0 |= other.0;
        }
    }
}

/// Whether a name starts with `NEW_ITEM-` in any spelling.
pub(crate) fn has_item_prefix(name: &[u8]) -> bool {
    name.len() >= 9
        && name.iter().zip(b"NEW_ITEM-").all(|(got, want)| match want {
            b'_' | b'-' => matches!(got, b'_' | b'-' | b' '),
            letter => got.eq_ignore_ascii_case(letter),
        })
}

/// Takes a name apart; `None` when it is no item's field.
pub(crate) fn parse(name: &str) -> Option<ItemName> {
    let start = name.len() - name.trim_start().len();
    let trimmed = name.trim();
    let mut oddities = Oddities::NONE;
    oddities.add_if(Oddities::BLANK, trimmed.len() != name.len());

    let bytes = trimmed.as_bytes();
    if !has_item_prefix(bytes) {
        return None;
    }
    let (prefix, separator) = (bytes.get(..8)?, *bytes.get(8)?);
    oddities.add_if(Oddities::SEPARATOR, prefix.get(3) != Some(&b'_') || separator != b'-');

    let rest = trimmed.get(9..)?;
    let open = rest.find('[').unwrap_or(rest.len());
    let (spelled, brackets) = rest.split_at(open);
    let field = spelled.trim_end();
    oddities.add_if(Oddities::BLANK, field.len() != spelled.len());
    let upper = field.to_ascii_uppercase();
    if field.is_empty() {
        return None;
    }
    let prefix_case = bytes.iter().take(8).any(u8::is_ascii_lowercase);

    if let Some(tail) = upper.strip_prefix("LONGTEXT")
        && let Some(inner) = long_text_index(tail)
    {
        let bracket = bracket_index(brackets, &mut Oddities::default());
        let is_canonical = inner.is_canonical && brackets == "[]";
        let index = inner.number.unwrap_or(bracket);
        oddities.add_if(Oddities::CASE, prefix_case || field != upper);
        oddities.add_if(Oddities::LONG_TEXT, !is_canonical);
        return Some(ItemName { field: FieldName::Known(Field::LongText), index, oddities });
    }

    let index = bracket_index(brackets, &mut oddities);
    let place = start + 9..start + 9 + field.len();
    let field = if let Some(known) = Field::named(&upper) {
        oddities.add_if(Oddities::CASE, prefix_case || field != upper);
        FieldName::Known(known)
    } else {
        // whoever adds a field may spell it as they like
        oddities.add_if(Oddities::CASE, prefix_case);
        FieldName::Unknown(place)
    };
    Some(ItemName { field, index, oddities })
}

struct LongTextIndex {
    number: Option<Index>,
    is_canonical: bool,
}

/// Reads what follows `LONGTEXT`: nothing, `_<n>`, `:132`, `_<n>:132`.
fn long_text_index(tail: &str) -> Option<LongTextIndex> {
    let (number, width) = match tail.split_once(':') {
        Some((number, width)) if width.bytes().all(|b| b.is_ascii_digit()) => (number, Some(width)),
        Some(_) => return None,
        None => (tail, None),
    };
    let (number, is_plain) = match number.strip_prefix('_') {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            let number = digits.parse().map_or(Index::Unreadable, Index::Number);
            (Some(number), digits == "0" || !digits.starts_with('0'))
        }
        None if number.is_empty() => (None, false),
        _ => return None,
    };
    Some(LongTextIndex { number, is_canonical: is_plain && width == Some("132") })
}

/// Reads the first number in `[…]`, `[…][…]` and so on.
fn bracket_index(brackets: &str, oddities: &mut Oddities) -> Index {
    let mut found = Index::Missing;
    let mut rest = brackets;
    let mut groups = 0;
    while let Some(inside) = rest.strip_prefix('[') {
        let Some((content, after)) = inside.split_once(']') else {
            return Index::Unreadable;
        };
        groups += 1;
        let digits = content.trim();
        oddities.add_if(Oddities::BLANK, digits.len() != content.len());
        if found == Index::Missing && !digits.is_empty() {
            oddities.add_if(Oddities::INDEX, digits.len() > 1 && digits.starts_with('0'));
            found = match digits.parse() {
                Ok(number) if digits.bytes().all(|b| b.is_ascii_digit()) => Index::Number(number),
                _ => Index::Unreadable,
            };
        }
        rest = after.trim_start();
        oddities.add_if(Oddities::BLANK, rest.len() != after.len());
    }
    oddities.add_if(Oddities::INDEX, groups > 1 || !rest.is_empty());
    found
}

/// Reads canonical names straight from the bytes as sent.
///
/// This is the way of nearly every pair: `NEW_ITEM-<FIELD>[<n>]=` with the
/// brackets plain or as `%5B` and `%5D`, and `NEW_ITEM-LONGTEXT_<n>:132[]=`.
/// Whatever else comes is decoded and goes through [`parse`].
///
/// A shop sends the fields of each item in the same order, so the field that
/// followed last time is tried first.
#[derive(Debug)]
pub(crate) struct CanonicalNames {
    last: Field,
    followers: [Field; Field::COUNT],
}

/// A canonical name and the number of bytes up to and with its `=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CanonicalName {
    pub(crate) field: Field,
    pub(crate) index: u32,
    pub(crate) length: usize,
}

impl CanonicalNames {
    pub(crate) fn new() -> Self {
        Self { last: Field::Tax, followers: [Field::Description; Field::COUNT] }
    }

    /// Reads the name at the start of a pair.
    pub(crate) fn read(&mut self, pair: &[u8]) -> Option<CanonicalName> {
        let rest = pair.strip_prefix(b"NEW_ITEM-")?;
        let expected = self.followers.get_mut(self.last as usize)?;
        let (field, index, rest) = if let Some((index, rest)) = indexed(rest, *expected) {
            (*expected, index, rest)
        } else {
            let end = rest.iter().position(|b| !matches!(b, b'A'..=b'Z' | b'_' | b'0'..=b'9'))?;
            let name = rest.get(..end)?;
            let field = if name.starts_with(b"LONGTEXT_") { Field::LongText } else { Field::of_bytes(name)? };
            let (index, rest) = indexed(rest, field)?;
            *expected = field;
            (field, index, rest)
        };
        self.last = field;
        let rest = rest.strip_prefix(b"=")?;
        Some(CanonicalName { field, index, length: pair.len() - rest.len() })
    }
}

/// Reads a field's name with its index; gives what follows.
fn indexed(name: &[u8], field: Field) -> Option<(u32, &[u8])> {
    let rest = name.strip_prefix(field.as_str().as_bytes())?;
    if field == Field::LongText {
        let (index, rest) = short_number(rest.strip_prefix(b"_")?)?;
        let rest = strip_any(rest, b':', *b"%3A", *b"%3a")?.strip_prefix(b"132")?;
        let rest = strip_any(rest, b'[', *b"%5B", *b"%5b")?;
        return Some((index, strip_any(rest, b']', *b"%5D", *b"%5d")?));
    }
    let (index, rest) = short_number(strip_any(rest, b'[', *b"%5B", *b"%5b")?)?;
    Some((index, strip_any(rest, b']', *b"%5D", *b"%5d")?))
}

fn strip_any(bytes: &[u8], plain: u8, upper: [u8; 3], lower: [u8; 3]) -> Option<&[u8]> {
    match bytes {
        [first, rest @ ..] if *first == plain => Some(rest),
        [a, b, c, rest @ ..] if [*a, *b, *c] == upper || [*a, *b, *c] == lower => Some(rest),
        _ => None,
    }
}

/// One to nine digits without a leading zero, or a lone zero; gives the rest.
fn short_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut number = 0_u32;
    let mut length = 0;
    for digit in bytes.iter().take(10).take_while(|b| b.is_ascii_digit()) {
        number = number.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
        length += 1;
    }
    let leads_with_zero = length > 1 && bytes.first() == Some(&b'0');
    if length == 0 || length > 9 || leads_with_zero {
        return None;
    }
    Some((number, bytes.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(name: &str) -> (Field, Index, u8) {
        let parsed = parse(name).unwrap();
        match parsed.field {
            FieldName::Known(field) => (field, parsed.index, parsed.oddities.0),
            FieldName::Unknown(place) => panic!("{name}: unknown {:?}", &name[place]),
        }
    }

    #[test]
    fn every_spelling_of_a_name() {
        use Index::{Missing, Number, Unreadable};
        let price = |index, oddity: Oddities| (Field::Price, index, oddity.0);
        for (name, want) in [
            ("NEW_ITEM-PRICE[1]", price(Number(1), Oddities::NONE)),
            ("new_item-price[1]", price(Number(1), Oddities::CASE)),
            ("NEW_ITEM-Price[1]", price(Number(1), Oddities::CASE)),
            ("NEW-ITEM-PRICE[1]", price(Number(1), Oddities::SEPARATOR)),
            ("NEW_ITEM_PRICE[1]", price(Number(1), Oddities::SEPARATOR)),
            ("NEW_ITEM PRICE[1]", price(Number(1), Oddities::SEPARATOR)),
            ("NEW_ITEM-PRICE [1]", price(Number(1), Oddities::BLANK)),
            ("NEW_ITEM-PRICE[ 1 ]", price(Number(1), Oddities::BLANK)),
            (" NEW_ITEM-PRICE[1]", price(Number(1), Oddities::BLANK)),
            ("NEW_ITEM-PRICE[007]", price(Number(7), Oddities::INDEX)),
            ("NEW_ITEM-PRICE[1][2]", price(Number(1), Oddities::INDEX)),
            ("NEW_ITEM-PRICE[0]", price(Number(0), Oddities::NONE)),
            ("NEW_ITEM-PRICE", price(Missing, Oddities::NONE)),
            ("NEW_ITEM-PRICE[]", price(Missing, Oddities::NONE)),
            ("NEW_ITEM-PRICE[x]", price(Unreadable, Oddities::NONE)),
            ("NEW_ITEM-PRICE[1", price(Unreadable, Oddities::NONE)),
            ("NEW_ITEM-PRICE[99999999999]", price(Unreadable, Oddities::NONE)),
            ("NEW_ITEM-PRICE[+1]", price(Unreadable, Oddities::NONE)),
        ] {
            assert_eq!(known(name), want, "{name}");
        }
    }

    #[test]
    fn every_spelling_of_a_long_text() {
        for (name, index, canonical) in [
            ("NEW_ITEM-LONGTEXT_1:132[]", Index::Number(1), true),
            ("NEW_ITEM-LONGTEXT_2:132[2]", Index::Number(2), false),
            ("NEW_ITEM-LONGTEXT:132[3]", Index::Number(3), false),
            ("NEW_ITEM-LONGTEXT[4]", Index::Number(4), false),
            ("NEW_ITEM-LONGTEXT_5:132[][5]", Index::Number(5), false),
            ("NEW_ITEM-LONGTEXT_6:132", Index::Number(6), false),
            ("NEW_ITEM-LONGTEXT_7", Index::Number(7), false),
            ("NEW_ITEM-LONGTEXT_8[9]", Index::Number(8), false),
            ("NEW_ITEM-LONGTEXT_9:70[]", Index::Number(9), false),
            ("NEW_ITEM-LONGTEXT:132[][3]", Index::Number(3), false),
            ("NEW_ITEM-LONGTEXT", Index::Missing, false),
        ] {
            let (field, got, oddities) = known(name);
            assert_eq!((field, got), (Field::LongText, index), "{name}");
            assert_eq!(oddities & Oddities::LONG_TEXT.0 == 0, canonical, "{name}");
        }
    }

    #[test]
    fn unknown_fields_keep_their_spelling() {
        for (name, field, index) in [
            ("NEW_ITEM-TAX_RATE[2]", "TAX_RATE", Index::Number(2)),
            ("NEW_ITEM_CERT[1]", "CERT", Index::Number(1)),
            (" NEW_ITEM-Über [1]", "Über", Index::Number(1)),
            ("NEW_ITEM-LONGTEXT_n:132[]", "LONGTEXT_n:132", Index::Missing),
            ("NEW_ITEM-LONGTEXTS[1]", "LONGTEXTS", Index::Number(1)),
        ] {
            let parsed = parse(name).unwrap();
            let FieldName::Unknown(place) = parsed.field else { panic!("{name}") };
            assert_eq!((&name[place], parsed.index), (field, index), "{name}");
        }
        for name in
            ["", "NEW_ITEM", "NEW_ITEM-", "NEW_ITEM-[1]", "NEWITEM-PRICE[1]", "~OkCode", "NEW_ITEMS-PRICE[1]"]
        {
            assert_eq!(parse(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_agrees_with_the_long_way(
            names in prop::collection::vec(
                "NEW_ITEM-(PRICE|PRICEUNIT|LONGTEXT|LONGTEXT_[0-9]{1,3}:132|TAX|UNITS|price)(\\[[0-9]{0,11}\\])?", 1..9,
            ),
        ) {
            let mut canonical = CanonicalNames::new();
            for name in names {
                let pair = format!("{name}=x");
                let read = canonical.read(pair.as_bytes());
                let parsed = parse(&name).unwrap();
                let is_canonical = parsed.oddities == Oddities::NONE
                    && matches!(parsed.index, Index::Number(..=999_999_999))
                    && matches!(parsed.field, FieldName::Known(_));
                prop_assert_eq!(read.is_some(), is_canonical, "{}", name);
                if let Some(read) = read {
                    prop_assert_eq!(parsed.field, FieldName::Known(read.field));
                    prop_assert_eq!(parsed.index, Index::Number(read.index));
                    prop_assert_eq!(&pair[read.length..], "x");
                }
            }
        }

        #[test]
        fn any_text_is_parsed(name in "\\PC{0,40}", item in "(?i)new[_ -]item[_ -]\\PC{0,20}") {
            let _ = parse(&name);
            if let Some(ItemName { field: FieldName::Unknown(place), .. }) = parse(&item) {
                prop_assert!(item.get(place).is_some_and(|field| !field.is_empty()));
            }
        }
    }
}
