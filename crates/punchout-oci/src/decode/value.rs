//! One value at a time: numbers, units, texts.

use std::ops::Range;

use punchout_core::{Amount, Text, excerpt, truncated};
use rust_decimal::Decimal;
use url::Url;

use crate::basket::{Item, ItemType};
use crate::charset;
use crate::currency::{self, Currency};
use crate::decode::Decoder;
use crate::field::{Field, Kind};
use crate::number::{self, NotRead, Number};
use crate::profile::DecimalMark;
use crate::report::{At, Reporter};
use crate::rule::Rule;
use crate::unit::{Resolved, Resolver, Tier};

/// Which checks of texts a return can fail at all.
///
/// Found out once for the whole text, so that a plain basket pays nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextSuspects {
    markup: bool,
    scrambled: bool,
    lost: bool,
}

impl TextSuspects {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        Self {
            markup: memchr::memchr2(b'<', b'&', bytes).is_some(),
            scrambled: charset::may_be_scrambled(text),
            lost: memchr::memchr(b'?', bytes).is_some() || text.contains(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// The last unit and the last currency: most baskets have one of each.
#[derive(Default)]
pub(super) struct LookedUp {
    unit: (Text, Option<Resolved>),
    currency: Option<(Text, Currency)>,
}

impl LookedUp {
    fn unit(&mut self, sent: &str, resolver: &Resolver) -> Option<Resolved> {
        if self.unit.0 != *sent {
            self.unit = (sent.into(), resolver.resolve(sent));
        }
        self.unit.1.clone()
    }

    fn currency(&mut self, sent: &str) -> Currency {
        match &self.currency {
            Some((last, found)) if *last == *sent => *found,
            _ => self.currency.insert((sent.into(), currency::look_up(sent))).1,
        }
    }
}

impl Decoder {
    /// Checks the length and the characters of a text.
    pub(super) fn check_text(
        &self,
        field: Field,
        value: &str,
        suspects: TextSuspects,
        at: At<'_>,
        span: &Range<usize>,
        reporter: &mut Reporter<'_>,
    ) {
        if field != Field::LongText {
            self.check_length(field, value, at, span, reporter);
        }
        let is_prose = matches!(field, Field::Description | Field::LongText);
        if suspects.markup && is_prose && has_markup(value) {
            reporter.report(Rule::HtmlText, at, Some(span.clone()), || {
                format!("{} has HTML in it", excerpt(value))
            });
        }
        if suspects.scrambled
            && let Some(meant) = charset::unscramble(value)
        {
            reporter.report(Rule::Mojibake, at, Some(span.clone()), || {
                format!("{} was encoded twice; meant is {}", excerpt(value), excerpt(&meant))
            });
        }
        if suspects.lost && is_prose && charset::has_lost_characters(value) {
            reporter.report(Rule::CharsetLost, at, Some(span.clone()), || {
                format!("{} has lost characters", excerpt(value))
            });
        }
    }

    pub(super) fn check_length(
        &self,
        field: Field,
        value: &str,
        at: At<'_>,
        span: &Range<usize>,
        reporter: &mut Reporter<'_>,
    ) {
        let max = self.lengths.get(field as usize).copied().unwrap_or(u32::MAX) as usize;
        if value.len() <= max {
            return;
        }
        // a CHAR field may be filled up with blanks
        let characters = value.trim_end().chars().count();
        if characters <= max {
            return;
        }
        let rule = if field == Field::Unit { Rule::UnitLen } else { Rule::Len };
        reporter.report(rule, at, Some(span.clone()), || {
            format!("{} has {characters} characters; at most {max} are allowed", excerpt(value))
        });
    }

    /// Checks what a text field means, after it was put into its item.
    pub(super) fn check_value(
        &self,
        field: Field,
        item: &mut Item,
        value: &str,
        known: &mut LookedUp,
        span: &Range<usize>,
        reporter: &mut Reporter<'_>,
    ) {
        let at = At::Field(item.index, field);
        let mut report =
            |rule, message: &dyn Fn() -> String| reporter.report(rule, at, Some(span.clone()), message);
        match field {
            Field::Unit => {
                let unit = value.trim();
                item.unit_resolved = known.unit(unit, &self.resolver);
                match &item.unit_resolved {
                    _ if unit.is_empty() => {}
                    None => report(Rule::UnitUnknown, &|| {
                        format!("the meaning of unit {} is not known", excerpt(unit))
                    }),
                    Some(resolved) if !matches!(resolved.tier, Tier::Sap | Tier::Alias) => {}
                    Some(resolved) => {
                        report(Rule::UnitAlias, &|| {
                            format!("unit {} is no ISO code; read as {}", excerpt(unit), resolved.code)
                        });
                    }
                }
            }
            Field::Currency => match known.currency(value.trim()) {
                _ if value.trim().is_empty() => {}
                Currency::Active { .. } => {}
                Currency::Retired { successor } => report(Rule::CurrencyUnknown, &|| {
                    format!("currency {} was replaced by {successor}", excerpt(value))
                }),
                Currency::Word { code } => report(Rule::CurrencyUnknown, &|| {
                    format!("currency {} is no ISO 4217 code; {code} may be meant", excerpt(value))
                }),
                _ => report(Rule::CurrencyUnknown, &|| {
                    format!("currency {} is no ISO 4217 code", excerpt(value))
                }),
            },
            Field::Service if !matches!(value, "X" | "") => {
                report(Rule::ServiceValue, &|| format!("SERVICE is {}", excerpt(value)));
            }
            Field::Attachment if !is_fetchable(value.trim()) => {
                report(Rule::AttachmentUrl, &|| format!("attachment {} is no URL", excerpt(value)));
            }
            Field::ItemType if matches!(item.item_type, Some(ItemType::Other(_))) => {
                report(Rule::HierType, &|| format!("item type {} is not known", excerpt(value)));
            }
            _ => {}
        }
    }

    /// Reads a number and reports in what its spelling departs.
    pub(super) fn amount(
        &self,
        field: Field,
        value: &str,
        text: impl Fn() -> Text,
        at: At<'_>,
        span: &Range<usize>,
        reporter: &mut Reporter<'_>,
    ) -> Option<Amount> {
        self.check_length(field, value, at, span, reporter);
        let rules = &self.profile.numbers;
        let mut report =
            |rule, message: &dyn Fn() -> String| reporter.report(rule, at, Some(span.clone()), message);
        let number = match number::read(value, rules.decimal_mark) {
            Ok(number) => number,
            Err(NotRead::Empty) => {
                if !value.is_empty() {
                    report(Rule::NumBlank, &|| "the number is nothing but blanks".into());
                }
                // by the specification an empty price unit is 1
                return (field == Field::PriceUnit).then(|| Amount::with_spelling(Decimal::ONE, text()));
            }
            Err(NotRead::Ambiguous) => {
                report(Rule::NumAmbiguous, &|| {
                    format!("{} is one number or a thousand times that; it is not read", excerpt(value))
                });
                return None;
            }
            Err(NotRead::Malformed) => {
                report(Rule::NumBad, &|| format!("{} is no number", excerpt(value)));
                return None;
            }
            Err(NotRead::TooLong) => {
                report(Rule::NumBad, &|| format!("{} has more than 28 digits", excerpt(value)));
                return None;
            }
        };
        let Number { value: decimal, blanks, decimal_comma, group, loose, fraction_digits } = number;
        if blanks {
            report(Rule::NumBlank, &|| format!("{} has blanks", excerpt(value)));
        }
        if decimal_comma && rules.decimal_mark == DecimalMark::Dot {
            report(Rule::NumComma, &|| format!("{} has a decimal comma; read as {decimal}", excerpt(value)));
        }
        let has_dot = fraction_digits > 0 && !decimal_comma;
        if has_dot && rules.decimal_mark == DecimalMark::Comma {
            report(Rule::NumForm, &|| {
                format!("{} has a decimal dot where a comma is expected; read as {decimal}", excerpt(value))
            });
        }
        if group.is_some_and(|mark| !rules.grouping.contains(mark)) {
            report(Rule::NumThousands, &|| {
                format!("{} has thousands separators; read as {decimal}", excerpt(value))
            });
        }
        if loose {
            report(Rule::NumForm, &|| {
                format!("{} is not written as plain digits; read as {decimal}", excerpt(value))
            });
        }
        if decimal.is_sign_negative() && !decimal.is_zero() {
            report(Rule::NumNegative, &|| format!("{} is negative", excerpt(value)));
        }
        match field {
            Field::PriceUnit => {
                if decimal.is_zero() {
                    report(Rule::PriceUnitZero, &|| format!("price unit {} is read as 1", excerpt(value)));
                    return Some(Amount::with_spelling(Decimal::ONE, text()));
                }
                if fraction_digits > 0 {
                    report(Rule::PriceUnitNotWhole, &|| {
                        format!("price unit {} is not written as a whole number", excerpt(value))
                    });
                }
                if !is_usual_price_unit(decimal) && decimal.is_sign_positive() {
                    report(Rule::PriceUnitOdd, &|| format!("price unit {decimal} is unusual"));
                }
            }
            Field::LeadTime if fraction_digits > 0 => {
                report(Rule::LeadNotWhole, &|| {
                    format!("lead time {} is no whole number of days", excerpt(value))
                });
            }
            Field::Quantity if decimal.is_zero() => {
                report(Rule::QuantityZero, &|| format!("quantity {} is zero", excerpt(value)));
            }
            _ => {}
        }
        if field.kind() == Kind::Number && fraction_digits > rules.fraction_digits {
            report(Rule::NumDecimals, &|| {
                format!(
                    "{} has {fraction_digits} decimals; {} are allowed",
                    excerpt(value),
                    rules.fraction_digits
                )
            });
        }
        if field.kind() == Kind::Number && decimal.abs() >= self.too_long {
            report(Rule::NumLong, &|| {
                format!("{} has more than {} digits before the dot", excerpt(value), rules.integer_digits)
            });
        }
        Some(Amount::with_spelling(decimal, text()))
    }
}

/// Whether a text is a URL of a kind that is fetched from another machine.
fn is_fetchable(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "ftp" | "ftps" | "sftp"))
}

/// Prices are for one, or for ten times that up to a thousand.
pub(super) fn is_usual_price_unit(unit: Decimal) -> bool {
    [1, 10, 100, 1000].map(Decimal::from).contains(&unit)
}

/// Whether a text has tags or character references in it.
fn has_markup(text: &str) -> bool {
    let tag = text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let name = rest.strip_prefix('/').unwrap_or(rest);
        // a tag longer than this is none
        let window = truncated(name, 256);
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') && window.contains('>')
    });
    tag || text.match_indices('&').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let name = rest.strip_prefix('#').unwrap_or(rest);
        let length = name.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
        length >= 2 && name.as_bytes().get(length) == Some(&b';')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_texts() {
        for text in
            ["<b>x</b>", "a<br/>b", "</p>", "&quot;x", "&#34;", "&amp;lt;", "<script>alert(1)</script>"]
        {
            assert!(has_markup(text), "{text}");
        }
        for text in ["a < b > c", "x <5 mm>", "R&D; more", "Bolt & nut", "1<2", "a&b=c;", "<"] {
            assert!(!has_markup(text), "{text}");
        }
    }
}
