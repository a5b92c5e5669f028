//! Where the tax of an order is: in its prices, in its total, or beside them.

use punchout_cxml::{ItemOut, OrderRequest, Tax};
use rust_decimal::Decimal;

use super::exact::{minus, plus};
use super::lines::Sums;
use super::price::Reading;
use super::rate::{Fit, contradictions, fits};
use super::tax::is_withheld;
use super::{LineShipping, is_deleted, ordered};
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
    /// What the total holds besides the lines as their prices are.
    pub(super) more: Decimal,
}

impl Holding {
    pub(super) fn of(order: &OrderRequest, sums: Option<&Sums>) -> Self {
        let said_of_prices = said_of_prices(order);
        let plain = |held| Self::new(held, held, false);
        let header = &order.order_request_header;
        // what is paid is less than the sum then
        if said_of_prices == Held::Some || is_withheld(order) {
            return plain(said_of_prices);
        }
        let read = |of_rates: &[Fit]| match said_of_prices {
            Held::None if !of_rates.contains(&Fit::In) => Held::None,
            Held::None if of_rates.contains(&Fit::On) => Held::Some,
            Held::None => Held::All,
            // the numbers deny it
            Held::All if !contradictions(order, &Reading::ALL).is_empty() => Held::Some,
            said => said,
        };
        let of_rates = fits(order, true);
        let as_read = plain(read(&of_rates));
        let total = said(&header.total.money.amount);
        let Some((sums, total)) = sums.zip(total).filter(|(sums, total)| !sums.fit(*total, Decimal::ZERO))
        else {
            return as_read;
        };
        if as_read.prices != Held::Some && header.total.modifications.is_none() {
            let fitted = as_read.fitted(order, sums, total, of_rates.contains(&Fit::On));
            if !fitted.more.is_zero() || !fitted.doubt.is_empty() {
                return fitted;
            }
        }
        // a total that is not that of the lines says nothing of their prices
        plain(read(&fits(order, false)))
    }

    fn new(prices: Held, total: Held, shipping: bool) -> Self {
        Self { prices, total, shipping, doubt: Vec::new(), more: Decimal::ZERO }
    }

    /// The way to read a total that the lines do not come to by themselves.
    /// A tax that is on the prices is not in them.
    fn fitted(self, order: &OrderRequest, sums: &Sums, total: Decimal, is_on_prices: bool) -> Self {
        let tax = tax(order).filter(|tax| !tax.is_zero());
        let shipping = shipping(order).filter(|shipping| !shipping.is_zero());
        let both = tax.zip(shipping).and_then(|(tax, shipping)| plus(tax, shipping));
        let without = tax.and_then(|tax| minus(Decimal::ZERO, tax)).filter(|_| !is_on_prices);
        let shipped = without.zip(shipping).and_then(|(without, shipping)| plus(without, shipping));
        let (none, all) = (Held::None, Held::All);
        let mut ways = vec![
            (shipping, "the lines with shipping", Self::new(self.prices, self.prices, true)),
            (without, "the lines without their tax", Self::new(all, none, false)),
            (shipped, "the lines without their tax, with shipping", Self::new(all, none, true)),
        ];
        if self.prices == none {
            ways.insert(0, (tax, "the lines with tax", Self::new(none, all, false)));
            ways.insert(2, (both, "the lines with tax and shipping", Self::new(none, all, true)));
        }
        let mut fitting: Vec<_> = ways
            .into_iter()
            .filter_map(|(more, what, reading)| {
                let more = more.filter(|more| sums.fit(total, *more))?;
                Some((what, Self { more, ..reading }))
            })
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
    // where no line is left, those that there were still show their prices
    let is_left = ordered(order).next().is_some();
    let lines = || order.item_out.iter().filter(move |item| !is_left || !is_deleted(item));
    let of_lines = lines().filter_map(|item| item.tax.as_deref());
    let details = || of_order.into_iter().chain(of_lines.clone()).flat_map(|tax| &tax.tax_detail);
    if !details().any(|detail| detail.is_included_in_price) {
        return Held::None;
    }
    let mut priced = lines().filter(|item| item.item_detail.is_some());
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
