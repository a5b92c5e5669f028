use punchout_core::{Amount, Text};
use punchout_cxml::{ItemOut, ItemOutOperation, Money};
use rust_decimal::Decimal;

/// A line of a draft: what will be ordered, and what it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DraftLine {
    /// The index of the item in its basket; `None` for a line that came from
    /// elsewhere.
    pub basket_index: Option<u32>,
    /// The line of the order, to be edited freely.
    ///
    /// What the basket did not say is left open: a quantity, price, currency
    /// or unit without any characters. An order is made when these are filled.
    pub item_out: ItemOut,
}

impl DraftLine {
    /// A line that comes from no basket.
    #[must_use]
    pub fn new(item_out: ItemOut) -> Self {
        Self { basket_index: None, item_out }
    }

    /// What the line costs, not rounded.
    ///
    /// It is quantity × conversion factor × price ÷ basis quantity, divided
    /// last. `None` when something of it is missing, or the result has more
    /// than 28 digits.
    #[must_use]
    pub fn amount(&self) -> Option<Decimal> {
        self.checked_amount().ok()
    }

    pub(crate) fn checked_amount(&self) -> Result<Decimal, NoAmount> {
        let quantity = self.item_out.quantity.value();
        if quantity <= Decimal::ZERO {
            return Err(NoAmount::Quantity);
        }
        let detail = self.item_out.item_detail.as_ref().ok_or(NoAmount::Detail)?;
        let price = &detail.unit_price.money.amount;
        if is_open(price) {
            return Err(NoAmount::Price);
        }
        let times = |a: Decimal, b: Decimal| a.checked_mul(b).ok_or(NoAmount::TooLarge);
        let Some(basis) = &detail.price_basis_quantity else { return times(quantity, price.value()) };
        let (per, factor) = (basis.quantity.value(), basis.conversion_factor.value());
        if per <= Decimal::ZERO || factor <= Decimal::ZERO {
            return Err(NoAmount::Basis);
        }
        times(times(quantity, factor)?, price.value())?.checked_div(per).ok_or(NoAmount::TooLarge)
    }

    pub(crate) fn money(&self) -> Option<&Money> {
        self.item_out.item_detail.as_ref().map(|detail| &detail.unit_price.money)
    }

    /// Whether a change order takes the line away; then it costs nothing.
    pub(crate) fn is_deleted(&self) -> bool {
        self.item_out.operation == Some(ItemOutOperation::Delete)
    }

    /// What people call the line at this position.
    pub(crate) fn place(&self, position: usize) -> String {
        match &self.item_out.line_number {
            Some(number) if !is_open(number) => format!("line {}", number.value().normalize()),
            _ => format!("line {}", position + 1),
        }
    }
}

/// Why a line has no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoAmount {
    Quantity,
    Detail,
    Price,
    Basis,
    TooLarge,
}

impl NoAmount {
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Quantity => "the quantity is missing or not above 0; set it, or drop the line",
            Self::Detail => "the line has no `ItemDetail`, so it has no price; fill it in, or drop the line",
            Self::Price => "the price is missing; set it, or drop the line",
            Self::Basis => "the price is for a quantity of 0 or less; correct `PriceBasisQuantity`",
            Self::TooLarge => "the amount has more than 28 digits; correct quantity and price",
        }
    }
}

/// A number that nobody has given yet.
pub(crate) fn open_amount() -> Amount {
    Amount::with_spelling(Decimal::ZERO, Text::EMPTY)
}

/// Whether nobody has given this number yet, or it was read from a text that
/// is none.
pub(crate) fn is_open(amount: &Amount) -> bool {
    amount.value().is_zero() && !amount.as_sent().bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use punchout_cxml::{Classification, Description, ItemDetail, ItemDetailInit, PriceBasisQuantity};

    use super::*;

    fn number(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn line(quantity: &str, price: Amount, basis: Option<(&str, &str)>) -> DraftLine {
        let mut detail = ItemDetail::from(ItemDetailInit {
            unit_price: Money::new(price, "EUR").into(),
            description: Description::new("bolt", "en"),
            unit_of_measure: "PCE".into(),
            classification: Classification::new("UNSPSC", "31161500"),
        });
        detail.price_basis_quantity = basis.map(|(per, factor)| {
            PriceBasisQuantity::new(number(per), "PCE").with_conversion_factor(number(factor))
        });
        DraftLine::new(ItemOut::new(number(quantity), "4711").with_item_detail(detail))
    }

    #[test]
    fn amounts_are_exact() {
        let amount =
            |quantity, price, basis| line(quantity, number(price), basis).amount().unwrap().to_string();
        assert_eq!(amount("3", "0.1", None), "0.3");
        assert_eq!(amount("250", "12.50", Some(("100", "1"))), "31.25");
        assert_eq!(amount("3", "10", Some(("3", "1"))), "10");
        assert_eq!(amount("2", "9", Some(("100", "50"))), "9");
        assert_eq!(amount("2", "-1.5", None), "-3.0");
    }

    #[test]
    fn what_is_missing_is_named() {
        let why = |line: &DraftLine| line.checked_amount().unwrap_err();
        assert_eq!(why(&line("0", number("1"), None)), NoAmount::Quantity);
        assert_eq!(why(&line("1", open_amount(), None)), NoAmount::Price);
        assert_eq!(why(&line("1", number("1"), Some(("0", "1")))), NoAmount::Basis);
        assert_eq!(why(&line("1", number("1"), Some(("1", "-1")))), NoAmount::Basis);
        let long = "9".repeat(20);
        assert_eq!(why(&line(&long, number(&long), None)), NoAmount::TooLarge);
        assert_eq!(why(&DraftLine::new(ItemOut::new(1, "4711"))), NoAmount::Detail);
    }

    #[test]
    fn zero_is_a_number() {
        assert!(!is_open(&number("0.00")) && !is_open(&Amount::from(0)));
        assert!(is_open(&open_amount()) && is_open(&Amount::with_spelling(Decimal::ZERO, "tbd")));
    }
}
