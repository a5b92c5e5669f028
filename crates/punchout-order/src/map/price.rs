//! How many, of what unit, at what price.

use punchout_core::{Amount, Severity, Text, excerpt};
use punchout_cxml::Money;
use punchout_oci::currency::{Currency, look_up};
use punchout_oci::{Field, unit};

use super::group::Group;
use super::{Mapping, plain};
use crate::code;
use crate::line::open_amount;

impl Mapping<'_> {
    pub(super) fn quantity(&mut self) -> Amount {
        if let Some(quantity) = &self.item.quantity {
            return plain(quantity);
        }
        let message = "the item has no quantity that could be read";
        self.report(
            code::QUANTITY,
            Severity::Error,
            Field::Quantity,
            message,
            "set the quantity of the line",
        );
        open_amount()
    }

    /// The unit as a code: the one sent if it is one.
    pub(super) fn unit(&mut self) -> Text {
        let Some(sent) = self.text(Field::Unit) else {
            let help = "set the unit of measure of the line";
            self.report(code::UNIT, Severity::Error, Field::Unit, "the item has no unit", help);
            return Text::EMPTY;
        };
        let word = sent.trim();
        let Some(found) = self.item.unit_resolved.clone().or_else(|| unit::resolve(word)) else {
            let message = format!("the meaning of unit {} is not known", excerpt(word));
            let help = "it goes with the order as sent; set a code of UN/ECE Recommendation 20, such as PCE";
            self.report(code::UNIT_UNKNOWN, Severity::Warning, Field::Unit, message, help);
            return Text::from(word);
        };
        if found.code != *word {
            let message = format!("unit {} is written as {}", excerpt(word), found.code);
            let help = "check that it is meant; the unit as sent goes with the order as `UNIT`";
            self.report(code::UNIT_CODE, Severity::Warning, Field::Unit, message, help);
            self.keep(Field::Unit);
        }
        found.code
    }

    /// The price of as many units as PRICEUNIT says, never divided.
    pub(super) fn price(&mut self, group: &Group<'_>) -> Money {
        let amount = match &self.item.price {
            Some(_) if self.item.price_unit_unread => {
                let message = "the price unit of the item could not be read, so its price is not known";
                let help = "set the unit price of the line, and its price basis if that is not 1";
                self.report(code::PRICE, Severity::Error, Field::Price, message, help);
                open_amount()
            }
            Some(price) => {
                if price.value().is_zero() && group.other.is_none() {
                    let help = "check that it is free of charge; shops send 0 for a price on request too";
                    self.report(code::PRICE_ZERO, Severity::Warning, Field::Price, "the price is 0", help);
                }
                plain(price)
            }
            None if group.other.is_some() => {
                let message = "the item has no price of its own, but others of its group have";
                self.report(code::PART_PRICE, Severity::Note, Field::Price, message, "it is written with 0");
                Amount::from(0)
            }
            None => {
                let message = "the item has no price that could be read";
                let help = "set the unit price of the line; 0 is a price too";
                self.report(code::PRICE, Severity::Error, Field::Price, message, help);
                open_amount()
            }
        };
        let currency = self.currency(group);
        Money::new(amount, currency)
    }

    fn currency(&mut self, group: &Group<'_>) -> Text {
        let own = self.text(Field::Currency);
        // nothing costs nothing in the currency of its group
        let of_group = || group.other.and_then(|other| other.currency).map(Text::from);
        let Some(sent) = own.or_else(of_group) else {
            let help = "set the currency of the price";
            self.report(code::CURRENCY, Severity::Error, Field::Currency, "the item has no currency", help);
            return Text::EMPTY;
        };
        let word = sent.trim();
        let message = match look_up(word) {
            Currency::Active { .. } => return Text::from(word),
            Currency::Word { code } => {
                let letters = |c: &char| !c.is_whitespace();
                let is_code = word.chars().filter(letters).collect::<String>().eq_ignore_ascii_case(code);
                let severity = if is_code { Severity::Warning } else { Severity::Error };
                let message = format!("currency {} is read as {code}", excerpt(word));
                let help = "check that it is meant; the currency as sent goes with the order as `CURRENCY`";
                self.report(code::CURRENCY_READ, severity, Field::Currency, message, help);
                self.keep(Field::Currency);
                return Text::from(code);
            }
            Currency::Retired { successor } => {
                format!("currency {} was replaced by {successor}", excerpt(word))
            }
            _ => format!("{} is no currency of ISO 4217", excerpt(word)),
        };
        let help = "it is kept as sent; set the currency of the price";
        self.report(code::CURRENCY, Severity::Error, Field::Currency, message, help);
        Text::from(word)
    }
}
