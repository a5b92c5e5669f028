//! Where the tax of an order is: in its prices, in its total, or beside them.

use punchout_cxml::{ItemOut, OrderRequest, Tax};
use rust_decimal::Decimal;

use super::exact::{minus, plus};
use super::lines::Sums;
use super::rate::{Fit, fits};
use super::tax::is_withheld;
use super::{LineShipping, ordered};
use crate::sheet::value::said;

/// How much of something holds its tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    None,
    Some,
    All,
}

/// What the amounts of an order hold.
///
/// That is what the order says, by `isIncludedInPrice` and by what cXML says of
/// a total: that it is of the lines, without tax and shipping. Only where the
/// numbers contradict it are they read in another way, if there is just one in
/// which they agree.
#[derive(Clone, Debug)]
pub(super) struct Holding {
    /// Whether the prices hold the tax.
    pub(super) prices: Held,
    /// Whether the total does.
    pub(super) total: Held,
    /// Whether the total holds the shipping, too.
    pub(super) shipping: bool,
    /// What the total may be, if there are several ways to read it.
    pub(super) doubt: Vec<&'static str>,
}

impl Holding {
    pub(super) fn of(order: &OrderRequest, sums: Option<&Sums>) -> Self {
        let said_of_prices = said_of_prices(order);
        let as_said =
            Self { prices: said_of_prices, total: said_of_prices, shipping: false, doubt: Vec::new() };
        let header = &order.order_request_header;
        // what is paid is less than the sum then
        if said_of_prices == Held::Some || is_withheld(order) {
            return as_said;
        }
        let total = said(&header.total.money.amount);
        let sums = sums.zip(total).filter(|(sums, total)| !sums.fit(*total, Decimal::ZERO));
        if let Some((sums, total)) = sums {
            return if header.total.modifications.is_some() {
                as_said
            } else {
                as_said.fitted(order, sums, total)
            };
        }
        if said_of_prices == Held::None {
            let of_rates = fits(order);
            let held = match [Fit::On, Fit::In].map(|fit| of_rates.contains(&fit)) {
                [false, true] => Held::All,
                [true, true] => Held::Some,
                _ => Held::None,
            };
            return Self { prices: held, total: held, ..as_said };
        }
        as_said
    }

    /// Whether the total is not just of the lines as their prices are.
    pub(super) fn is_of_its_own(&self) -> bool {
        self.total != self.prices || self.shipping
    }

    /// The way to read a total that the lines do not come to by themselves.
    fn fitted(self, order: &OrderRequest, sums: &Sums, total: Decimal) -> Self {
        let tax = tax(order).filter(|tax| !tax.is_zero());
        let shipping = shipping(order).filter(|shipping| !shipping.is_zero());
        let both = tax.zip(shipping).and_then(|(tax, shipping)| plus(tax, shipping));
        let without = tax.and_then(|tax| minus(Decimal::ZERO, tax));
        let reading = |prices, total, shipping| Self { prices, total, shipping, doubt: Vec::new() };
        let ways = if self.prices == Held::None {
            vec![
                (tax, "the lines with tax", reading(Held::None, Held::All, false)),
                (shipping, "the lines with shipping", reading(Held::None, Held::None, true)),
                (both, "the lines with tax and shipping", reading(Held::None, Held::All, true)),
                (without, "the lines without their tax", reading(Held::All, Held::None, false)),
            ]
        } else {
            vec![
                (shipping, "the lines with shipping", reading(Held::All, Held::All, true)),
                (without, "the lines without their tax", reading(Held::All, Held::None, false)),
            ]
        };
        let mut fitting: Vec<_> = ways
            .into_iter()
            .filter(|(more, _, _)| more.is_some_and(|more| sums.fit(total, more)))
            .map(|(_, what, reading)| (what, reading))
            .collect();
        match (fitting.pop(), fitting.is_empty()) {
            (Some((_, reading)), true) => reading,
            (None, _) => self,
            (Some((last, _)), false) => {
                Self { doubt: fitting.iter().map(|(what, _)| *what).chain([last]).collect(), ..self }
            }
        }
    }
}

/// What the order says of its prices.
pub(super) fn said_of_prices(order: &OrderRequest) -> Held {
    let of_order = order.order_request_header.tax.as_ref();
    let of_lines = ordered(order).filter_map(|item| item.tax.as_deref());
    let details = || of_order.into_iter().chain(of_lines.clone()).flat_map(|tax| &tax.tax_detail);
    if !details().any(|detail| detail.is_included_in_price) {
        return Held::None;
    }
    let mut priced = ordered(order).filter(|item| item.item_detail.is_some());
    let is_for_all =
        of_order.is_some_and(is_held) || priced.all(|item| item.tax.as_deref().is_some_and(is_held));
    if is_for_all && details().all(|detail| detail.is_included_in_price) { Held::All } else { Held::Some }
}

/// Whether the price has all of a tax in it.
pub(in crate::sheet) fn is_held(tax: &Tax) -> bool {
    !tax.tax_detail.is_empty() && tax.tax_detail.iter().all(|detail| detail.is_included_in_price)
}

/// The tax of an order in the currency of its total, else that of all lines.
fn tax(order: &OrderRequest) -> Option<Decimal> {
    let header = &order.order_request_header;
    let read = |tax: &Tax| {
        let fits = tax.money.currency.trim() == header.total.money.currency.trim();
        said(&tax.money.amount).filter(|_| fits)
    };
    let of_line = |item: &ItemOut| read(item.tax.as_deref()?);
    match &header.tax {
        Some(tax) => read(tax),
        None => ordered(order).try_fold(Decimal::ZERO, |sum, item| plus(sum, of_line(item)?)),
    }
}

/// What an order costs to ship in the currency of its total.
fn shipping(order: &OrderRequest) -> Option<Decimal> {
    let header = &order.order_request_header;
    let money = match (&header.shipping, LineShipping::of(order)) {
        (Some(shipping), LineShipping::Unsaid) => shipping.money.clone(),
        (None, LineShipping::Sum(money)) => money,
        _ => return None,
    };
    said(&money.amount).filter(|_| money.currency.trim() == header.total.money.currency.trim())
}
