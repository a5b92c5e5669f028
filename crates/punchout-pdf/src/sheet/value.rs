//! Single values as words.

use punchout_core::Amount;
use punchout_cxml::{
    AnyContent, Comments, Description, Discount, Extrinsic, IdReference, Money, PaymentTerm, Timestamp,
    TimestampValue,
};

use super::Fact;
use crate::currency;
use crate::texts::Texts;

impl Texts {
    /// A day, and the time of day if there is one. What is no date stays as
    /// it was sent.
    pub(super) fn timestamp(&self, timestamp: &Timestamp) -> String {
        let time = match timestamp.value() {
            Some(TimestampValue::Moment(moment)) => Some(moment.naive_local()),
            Some(TimestampValue::Local(time)) => Some(time),
            _ => None,
        };
        match (timestamp.date(), time.map(|time| time.format("%H:%M").to_string())) {
            (Some(date), Some(time)) if time != "00:00" => format!("{}, {time}", self.date(date)),
            (Some(date), _) => self.date(date),
            (None, _) => timestamp.as_sent().trim().to_owned(),
        }
    }

    pub(super) fn count(&self, amount: &Amount) -> String {
        self.number(amount.value(), 0)
    }

    /// An amount with all its decimals, without its currency.
    pub(super) fn amount(&self, money: &Money) -> String {
        self.number(money.amount.value(), currency::decimals(&money.currency))
    }

    pub(super) fn money(&self, money: &Money) -> String {
        format!("{} {}", self.amount(money), money.currency)
    }

    /// A number of days, such as `1 day`.
    pub(super) fn span(&self, days: &Amount) -> String {
        let word = if days.value() == 1.into() { self.day } else { self.days };
        format!("{} {word}", self.count(days))
    }

    pub(super) fn payment_term(&self, term: &PaymentTerm) -> String {
        let days = self.span(&term.pay_in_number_of_days);
        match &term.discount {
            Some(Discount { discount_percent: Some(percent), .. }) => {
                format!("{days}: {} % {}", self.count(&percent.percent), self.discount)
            }
            Some(Discount { discount_amount: Some(money), .. }) => {
                format!("{days}: {} {}", self.money(money), self.discount)
            }
            _ => format!("{days} {}", self.net),
        }
    }
}

/// The words of a text, after its short name if that says something else.
pub(super) fn description(description: &Description) -> String {
    let text = description.text.trim();
    match description.short_name.as_deref().map(str::trim) {
        Some(short) if text.is_empty() => short.to_owned(),
        Some(short) if !short.is_empty() && !text.contains(short) => format!("{short}: {text}"),
        _ => text.to_owned(),
    }
}

/// Words joined by blanks, without the empty ones.
pub(super) fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().map(str::trim).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The text of a content, or its markup if it is none.
pub(super) fn content(content: &AnyContent) -> &str {
    content.as_text().or(content.as_xml()).unwrap_or_default()
}

pub(super) fn extrinsic(extrinsic: &Extrinsic) -> Fact {
    Fact::new(extrinsic.name.trim(), content(&extrinsic.value).trim())
}

pub(super) fn id_reference(reference: &IdReference) -> Fact {
    let said = reference.description.as_ref().map(description).unwrap_or_default();
    Fact::new(reference.domain.trim(), words([reference.identifier.as_str(), &said]))
}

/// The words, and the addresses of files that belong to them.
pub(super) fn comments(comments: &Comments) -> String {
    let mut lines = vec![comments.text.trim()];
    lines.extend(comments.attachment.iter().map(|file| file.url.value.trim()));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// Attributes that have no words of their own yet, by the names of cXML.
pub(super) fn attributes<'a>(
    texts: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    flags: impl IntoIterator<Item = (&'a str, bool)>,
) -> Vec<Fact> {
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?.trim())))
        .filter(|(_, text)| !text.is_empty());
    let flags = flags.into_iter().filter(|(_, is)| *is).map(|(name, _)| (name, "yes"));
    texts.chain(flags).map(|(name, value)| Fact::new(name, value)).collect()
}

/// Adds what has a value.
pub(super) fn push(facts: &mut Vec<Fact>, fact: Fact) {
    if !fact.value.trim().is_empty() {
        facts.push(fact);
    }
}
