//! Single values as words.

use chrono::{FixedOffset, NaiveTime};
use punchout_core::Amount;
use punchout_cxml::{Timestamp, TimestampValue};
use rust_decimal::Decimal;

use super::Fact;
use crate::texts::Texts;
use crate::tree::Element;
use crate::{Language, currency, unit};

impl Texts {
    /// A day, and the time of day with its zone if they are given, such as
    /// `1 March 2026, 09:30 UTC+1`; midnight is how programs say a day. What is
    /// no date stays as it was sent.
    pub(super) fn moment(&self, sent: &str) -> String {
        let timestamp = Timestamp::from(sent);
        let Some(date) = timestamp.date() else { return sent.to_owned() };
        let (time, zone) = match timestamp.value() {
            Some(TimestampValue::Moment(moment)) => (moment.time(), zone(*moment.offset())),
            Some(TimestampValue::Local(time)) => (time.time(), String::new()),
            _ => return self.date(date),
        };
        if time == NaiveTime::MIN {
            return self.date(date);
        }
        let time = time.format("%H:%M:%S%.f").to_string();
        let time = time.strip_suffix(":00").unwrap_or(&time);
        // a time is not parted from its zone
        let parts = if zone.is_empty() { time.to_owned() } else { format!("{time}\u{A0}{zone}") };
        format!("{}, {parts}", self.date(date))
    }

    /// A number in the form of the language. What is no number stays as it
    /// was sent.
    pub(super) fn count(&self, sent: &str) -> String {
        decimal(sent).map_or_else(|| sent.to_owned(), |value| self.number(value, 0))
    }

    /// A number as it was read; what says none stays as it was sent.
    pub(super) fn given(&self, amount: &Amount, places: u32) -> String {
        said(amount).map_or_else(|| amount.as_sent().trim().to_owned(), |value| self.number(value, places))
    }

    /// An amount with all its decimals and its currency.
    pub(super) fn money(&self, money: Element<'_>) -> String {
        let currency = money.attribute("currency");
        let said = self.money_of(money.text(), currency);
        let other = money.attribute("alternateAmount");
        if other.is_empty() {
            return said;
        }
        format!("{said} ({})", self.money_of(other, money.attribute("alternateCurrency")))
    }

    pub(super) fn money_of(&self, sent: &str, currency: &str) -> String {
        match decimal(sent) {
            Some(value) => self.priced(value, currency),
            None => words([sent, currency]),
        }
    }

    /// An amount of a currency.
    pub(super) fn priced(&self, value: Decimal, currency: &str) -> String {
        let number = self.number(value, currency::decimals(currency));
        // a currency is not parted from its amount, nor in itself if it is more than a code
        let mut parts: Vec<_> = currency.split_whitespace().collect();
        parts.insert(if self.currency_first { parts.len() } else { 0 }, &number);
        parts.join("\u{A0}")
    }

    /// The `Money` in an element; empty if there is none.
    pub(super) fn money_in(&self, element: Option<Element<'_>>) -> String {
        element.and_then(|element| element.child("Money")).map(|money| self.money(money)).unwrap_or_default()
    }

    pub(super) fn percent(&self, sent: &str) -> String {
        match decimal(sent) {
            Some(value) => self.percentage(value),
            None if sent.is_empty() => String::new(),
            None => format!("{sent}{}", self.percent),
        }
    }

    /// A number of days, such as `1 day`.
    pub(super) fn span(&self, days: &str) -> String {
        let word = if decimal(days).is_some_and(|days| self.is_one(days)) { self.day } else { self.days };
        if days.is_empty() { String::new() } else { format!("{} {word}", self.count(days)) }
    }

    /// The name of a unit, and its code where that may mean another one; the
    /// code alone if it has no name.
    pub(super) fn unit_of(&self, code: &str, quantity: Option<Decimal>) -> String {
        let Some(unit) = unit::named(code, self.language) else { return code.to_owned() };
        let is_one = quantity.is_none_or(|quantity| self.is_one(quantity));
        let name = if is_one { unit.one } else { unit.many };
        if unit.is_doubtful { format!("{name} ({code})") } else { name.to_owned() }
    }

    /// Whether a number goes with the singular: in French all below two do.
    fn is_one(&self, number: Decimal) -> bool {
        if self.language == Language::French { number.abs() < Decimal::TWO } else { number == Decimal::ONE }
    }

    /// Such as `12 boxes`.
    pub(super) fn measure(&self, quantity: &str, code: &str) -> String {
        words([self.count(quantity).as_str(), &self.unit_of(code, decimal(quantity))])
    }

    /// A reference under the name of its domain; one that says nothing is not
    /// read.
    pub(super) fn id_reference(&self, reference: Element<'_>) -> Fact {
        if !reference.has("identifier") {
            return Fact::default();
        }
        let said = reference.child("Description").map(description).unwrap_or_default();
        let domain = reference.attribute("domain");
        Fact::new(self.known_name(domain), words([reference.attribute("identifier"), &said]))
    }

    /// A value under its name; one that is no text is not read.
    pub(super) fn extrinsic(&self, extrinsic: Element<'_>) -> Fact {
        if !extrinsic.has_text() {
            return Fact::default();
        }
        Fact::new(self.known_name(extrinsic.attribute("name")), extrinsic.text())
    }

    /// The word for what senders call by many names; others stay as sent.
    fn known_name<'a>(&'a self, name: &'a str) -> &'a str {
        const CUSTOMER: [&str; 12] = [
            "customernumber",
            "customerno",
            "customerid",
            "customeraccountnumber",
            "suppliercustomernumber",
            "klantnummer",
            "debtornumber",
            "debtorno",
            "debiteurnummer",
            "debiteurennummer",
            "kundennummer",
            "debitorennummer",
        ];
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let letters = letters.to_lowercase();
        if CUSTOMER.contains(&letters.as_str()) { self.customer_number } else { name }
    }

    /// The words, and the addresses of files that belong to them.
    pub(super) fn comments(&self, comments: Element<'_>) -> String {
        let mut lines = vec![self.told(comments.attribute("type"), comments.text())];
        for file in comments.all("Attachment") {
            let url = file.child("URL").map(|page| url(page, is_only(file, "URL"))).unwrap_or_default();
            if !url.is_empty() {
                lines.push(self.told(self.attachment, &url));
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// What was taken off a price or put on it.
    pub(super) fn modifications(&self, of: Element<'_>) -> Vec<Fact> {
        let mut facts = Vec::new();
        for change in of.all("Modifications").flat_map(|all| all.all("Modification")) {
            if let Some(price) = change.child("OriginalPrice") {
                let label = words([self.original_price, price.attribute("type")]);
                push(&mut facts, Fact::new(label, self.money_in(Some(price))));
            }
            // what it is called and when it counts is said once, with the first of the figures
            let level = change.attribute("level");
            let level = if level.is_empty() { String::new() } else { format!("({} {level})", self.level) };
            let detail = change.child("ModificationDetail");
            let name = |label: &str| {
                let name = detail.map(|detail| self.modification_name(detail, label));
                words([name.unwrap_or_default().as_str(), &level])
            };
            let mut is_named = false;
            let mut add = |label: &str, value: String| {
                if !value.is_empty() {
                    let name = if is_named { String::new() } else { name(label) };
                    is_named = true;
                    facts.push(Fact::new(label, words([value.as_str(), &name])));
                }
            };
            if let Some(off) = change.child("AdditionalDeduction") {
                let kind = self.kind_of_deduction(off.attribute("type"));
                let deduction = words([self.deduction, kind]);
                add(&deduction, self.money_in(off.child("DeductionAmount")));
                let percent = off.child("DeductionPercent").map(|percent| percent.attribute("percent"));
                add(&deduction, percent.map(|percent| self.percent(percent)).unwrap_or_default());
                add(&words([self.deducted_price, kind]), self.money_in(off.child("DeductedPrice")));
            }
            if let Some(on) = change.child("AdditionalCost") {
                add(self.surcharge, self.money_in(Some(on)));
                let percent = on.child("Percentage").map(|percent| percent.attribute("percent"));
                add(self.surcharge, percent.map(|percent| self.percent(percent)).unwrap_or_default());
            }
            if !is_named {
                push(&mut facts, Fact::new("", name("")));
            }
        }
        facts
    }

    /// What a deduction is, unless that is what its label says.
    fn kind_of_deduction<'a>(&self, kind: &'a str) -> &'a str {
        let mut is_said = ["discount", "deduction", self.deduction].into_iter();
        if is_said.any(|said| said.eq_ignore_ascii_case(kind)) { "" } else { kind }
    }

    /// What a change of a price is called, unless that is what its label says.
    fn modification_name(&self, detail: Element<'_>, label: &str) -> String {
        let name = detail.attribute("name");
        let name = if name.eq_ignore_ascii_case(label) { "" } else { name };
        let said = detail.child("Description").map(description).unwrap_or_default();
        let period =
            if detail.has("startDate") { format!("({})", self.period(detail)) } else { String::new() };
        words([name, &said, &period])
    }
}

/// Such as `UTC+1` and `UTC−5:30`.
fn zone(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// What an amount says; nothing when it could not be read, as `12,50`, whose
/// value is 0.
pub(super) fn said(amount: &Amount) -> Option<Decimal> {
    let value = amount.value();
    (!value.is_zero() || decimal(amount.as_sent()).is_some()).then_some(value)
}

/// The value of a number as cXML spells it, or as its reader takes it.
pub(super) fn decimal(sent: &str) -> Option<Decimal> {
    let number = |text: &str| Amount::number(text).ok();
    number(sent).or_else(|| number(&plain(sent)?))
}

/// Without what the reader of cXML takes too: white space around, commas
/// between thousands, no digit before or after the dot.
fn plain(sent: &str) -> Option<String> {
    let text = sent.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let are_thousands = !whole.contains(',')
        || groups.next().is_some_and(|first| matches!(first.len(), 1..=3))
            && groups.all(|group| group.len() == 3);
    if !are_thousands || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let whole = if whole.is_empty() { "0".to_owned() } else { whole.replace(',', "") };
    let dot = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{dot}{fraction}"))
}

/// The words of a text, after its short name if that says something else.
pub(super) fn description(description: Element<'_>) -> String {
    let text = description.text();
    let short = description.text_of("ShortName");
    if text.is_empty() {
        short.to_owned()
    } else if text.contains(short) {
        text.to_owned()
    } else {
        format!("{short}: {text}")
    }
}

/// An address of the web, after its name.
pub(super) fn url(url: Element<'_>, is_only: bool) -> String {
    words([named(url, is_only).as_str(), url.text()])
}

/// The name of an address, such as `work`. Programs call the only one that
/// there is `default`, which tells a reader nothing.
pub(super) fn named(element: Element<'_>, is_only: bool) -> String {
    let name = element.attribute("name");
    let is_none = name.is_empty() || is_only && name.eq_ignore_ascii_case("default");
    if is_none { String::new() } else { format!("({name})") }
}

/// Whether there are not two of a name.
pub(super) fn is_only(of: Element<'_>, name: &str) -> bool {
    of.all(name).nth(1).is_none()
}

/// Words joined by blanks, without the empty ones.
pub(super) fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().map(str::trim).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Adds what has a value.
pub(super) fn push(facts: &mut Vec<Fact>, fact: Fact) {
    if !fact.value.trim().is_empty() {
        facts.push(fact);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_reader_of_cxml_takes_them() {
        for (sent, value) in [
            ("12.50", "12.50"),
            (".50", "0.50"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            (" 12 ", "12"),
            ("1,234,567.8", "1234567.8"),
        ] {
            assert_eq!(decimal(sent), Some(value.parse().unwrap()), "{sent}");
        }
        for sent in ["", ".", "-", "1,23", "1234,567", ",123", "12a", "--1", "1.2.3"] {
            assert_eq!(decimal(sent), None, "{sent}");
        }
    }

    #[test]
    fn currencies_stay_with_their_amounts() {
        for (currency, english, dutch) in [
            ("", "2.50", "2,50"),
            ("EUR", "EUR\u{A0}2.50", "EUR\u{A0}2,50"),
            ("Euro\r\n(West) ", "Euro\u{A0}(West)\u{A0}2.50", "Euro\u{A0}(West)\u{A0}2,50"),
        ] {
            let shown = [Language::English, Language::Dutch].map(|it| it.texts().money_of("2.5", currency));
            assert_eq!(shown, [english, dutch]);
        }
        assert_eq!(Language::German.texts().money_of("2.5", "a b"), "2,50\u{A0}a\u{A0}b");
    }

    #[test]
    fn moments_keep_what_was_said() {
        let texts = Language::English.texts();
        for (sent, shown) in [
            ("2026-03-01", "1 March 2026"),
            ("2026-03-01T00:00:00+01:00", "1 March 2026"),
            ("2026-03-01T09:30:00", "1 March 2026, 09:30"),
            ("2026-03-01T09:30:00Z", "1 March 2026, 09:30\u{A0}UTC"),
            ("2026-03-01T09:30:00+01:00", "1 March 2026, 09:30\u{A0}UTC+1"),
            ("2026-03-01T00:00:07-08:00", "1 March 2026, 00:00:07\u{A0}UTC−8"),
            ("2026-03-01T23:59:59.250+05:30", "1 March 2026, 23:59:59.250\u{A0}UTC+5:30"),
            ("next week", "next week"),
        ] {
            assert_eq!(texts.moment(sent), shown, "{sent}");
        }
    }

    #[test]
    fn each_language_counts_in_its_own_way() {
        let shown = |quantity| Language::ALL.map(|language| language.texts().measure(quantity, "BX"));
        assert_eq!(shown("1"), ["1 box", "1 doos", "1 Schachtel", "1 boîte"]);
        assert_eq!(shown("1.5"), ["1.5 boxes", "1,5 dozen", "1,5 Schachteln", "1,5 boîte"]);
        assert_eq!(shown("2"), ["2 boxes", "2 dozen", "2 Schachteln", "2 boîtes"]);
        let shown = ["0.5", "1", "2"].map(|days| Language::French.texts().span(days));
        assert_eq!(shown, ["0,5 jour", "1 jour", "2 jours"]);
    }
}
