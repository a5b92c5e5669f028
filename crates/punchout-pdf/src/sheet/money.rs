//! What the order costs.

use punchout_core::{Diagnostic, Severity, Sink};
use punchout_cxml::{ItemOut, ItemOutOperation, Money, OrderRequest};
use rust_decimal::Decimal;

use super::item::tracking;
use super::value::{description, said, words};
use super::{Fact, Total};
use crate::Amounts;
use crate::texts::Texts;
use crate::tree::Element;

mod check;
mod exact;
mod held;
mod lines;
mod price;
mod rate;
mod tax;

pub(super) use check::Check;
use check::UNCHECKED;
use exact::{over, plus, times};
use held::Held;
pub(super) use held::is_held;
pub(super) use tax::Taxes;
use tax::{by_rate, is_withheld};

/// Why a line has no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAmount {
    /// The order gives no price, as for a limit item.
    NoPrice,
    /// The price is for none of its unit.
    NoBasis,
    /// A number that it follows from cannot be read.
    Unreadable,
    /// The result has more digits than can be counted with.
    TooLong,
}

/// What a line costs, not rounded: quantity × conversion factor × price ÷
/// basis quantity.
pub(super) fn line_amount(item: &ItemOut) -> Result<Decimal, NoAmount> {
    let detail = item.item_detail.as_ref().ok_or(NoAmount::NoPrice)?;
    amount_at(item, said(&detail.unit_price.money.amount).ok_or(NoAmount::Unreadable)?)
}

/// The same at another price.
fn amount_at(item: &ItemOut, price: Decimal) -> Result<Decimal, NoAmount> {
    let detail = item.item_detail.as_ref().ok_or(NoAmount::NoPrice)?;
    let read = |amount| said(amount).ok_or(NoAmount::Unreadable);
    let quantity = read(&item.quantity)?;
    let times = |a, b| times(a, b).ok_or(NoAmount::TooLong);
    let Some(basis) = &detail.price_basis_quantity else { return times(quantity, price) };
    let per = read(&basis.quantity)?;
    if per.is_zero() {
        return Err(NoAmount::NoBasis);
    }
    // without a factor the price is for the unit that is ordered
    let factor = match basis.conversion_factor.as_sent().trim() {
        "" => Decimal::ONE,
        _ => read(&basis.conversion_factor)?,
    };
    let units = times(quantity, factor)?;
    // division last, so that nothing is lost before it
    over(times(units, price)?, per).ok_or(NoAmount::TooLong)
}

/// The order's total as sent, shipping and tax, and what that makes.
pub(super) fn totals(
    order: &OrderRequest,
    header: Element<'_>,
    check: &Check,
    amounts: Amounts,
    texts: &Texts,
    sink: &mut dyn Sink,
) -> Vec<Total> {
    let typed = &order.order_request_header;
    let total = &typed.total.money;
    let currency = total.currency.as_str();
    let held = check.holding.total;
    let [excluding, including] = texts.without_and_with(order);
    // what is not there adds up to nothing that could be shown
    let has_total = header.child("Total").is_some_and(|total| total.child("Money").is_some());
    // what the total holds besides the lines is not said
    let is_open_total = check.is_total_open();
    let is_countable = has_total
        && held != Held::Some
        && !is_open_total
        && !check.is_total_modifiable()
        && !is_withheld(order);
    let mut sum = said(&total.amount).filter(|_| is_countable);
    let mut is_more = false;
    let mut add = |money: &Money| {
        let fits = money.currency.as_str() == currency;
        sum = sum.filter(|_| fits).and_then(|sum| plus(sum, said(&money.amount)?));
        is_more = true;
    };

    let mut first = Total::new(texts.total, texts.money_in(header.child("Total")));
    first.notes =
        header.child("Total").map(|total| notes(&texts.modifications(total), texts)).unwrap_or_default();
    let mut rows = vec![first];
    let of_lines = LineShipping::of(order);
    match (cost(order, header, &of_lines, texts), rows.first_mut()) {
        // what the total holds is not to be added to it
        (Some((_, row)), Some(first)) if check.holding.shipping => first.hold(row, texts),
        (Some((money, row)), _) => {
            add(money);
            rows.push(row);
        }
        (None, _) => {}
    }
    // whether the order's shipping is that of its lines it does not say
    let is_open = of_lines.is_open(order) || check.is_tax_open();

    let by_rate = by_rate(order, currency, check.holding.prices != Held::None, texts);
    let mut taxed = Vec::new();
    let mut is_unknown = false;
    if let (Some(typed), Some(element)) = (&typed.tax, header.child("Tax")) {
        if held == Held::None {
            add(&typed.money);
        }
        let mut row = tax(element, texts);
        if typed.tax_detail.is_empty() {
            let said = by_rate.into_iter().flatten();
            row.notes.extend(said.map(|(label, tax)| texts.told(&label, &texts.priced(tax, currency))));
        }
        taxed.push(row);
    } else {
        // they may be those of lines that the total has something taken off
        is_unknown = typed.total.modifications.is_some() && by_rate.is_some();
        for (label, tax) in by_rate.into_iter().flatten() {
            if held == Held::None {
                add(&Money::new(tax, currency));
            }
            taxed.push(Total::new(label, texts.priced(tax, currency)));
        }
    }
    let has_tax = !taxed.is_empty();
    // what is still to be added, and how much nobody knows
    let has_unread = typed.tax.is_none() && !has_tax && ordered(order).any(|item| item.tax.is_some());
    let is_unknown = held == Held::None && (is_unknown || has_unread);
    if let (Held::All, Some(first)) = (held, rows.first_mut()) {
        taxed.drain(..).for_each(|row| first.hold(row, texts));
    }
    rows.append(&mut taxed);
    let says_tax = has_tax || is_more || order.item_out.iter().any(|item| item.tax.is_some());
    let word = match held {
        _ if is_open_total => "",
        Held::None if says_tax => excluding,
        Held::None | Held::Some => "",
        Held::All => including,
    };
    rows.iter_mut().take(1).for_each(|row| row.label = words([texts.total, word]));
    rows.retain(|row| !row.amount.is_empty() || !row.notes.is_empty());

    let grand = sum.filter(|_| is_more && !is_open && !is_unknown);
    if let Some(sum) = grand {
        let word = if has_tax || held == Held::All { including } else { excluding };
        rows.push(Total::new(words([texts.grand_total, word]), texts.priced(sum, currency)));
    }
    let is_wanted = (is_more || is_open || is_unknown) && held != Held::Some;
    if grand.is_none() && is_wanted && !check.is_doubted() {
        let why = if is_withheld(order) {
            NoSum::Withheld
        } else if !has_total || said(&total.amount).is_none() {
            NoSum::NoTotal
        } else if check.is_total_modifiable() {
            NoSum::Modifiable
        } else if is_open {
            NoSum::Shipping
        } else if is_unknown {
            if has_tax { NoSum::TaxBefore } else { NoSum::TaxOfLines }
        } else {
            NoSum::Currency
        };
        sink.report(why.finding());
    }
    let is_first = grand.is_none() || has_tax && held == Held::None && amounts == Amounts::ExcludingTax;
    let grand = if is_first { 0 } else { rows.len() - 1 };
    rows.iter_mut().skip(grand).take(1).for_each(|row| row.grand = true);
    rows
}

/// Why there is no grand total where something comes to the total.
#[derive(Clone, Copy)]
enum NoSum {
    Withheld,
    NoTotal,
    Modifiable,
    Shipping,
    TaxBefore,
    TaxOfLines,
    Currency,
}

impl NoSum {
    fn finding(self) -> Diagnostic {
        let why = match self {
            Self::Withheld => "some tax is withheld from what is paid",
            Self::NoTotal => "the order says no total",
            Self::Modifiable => "`Modifications` of the total may be yet to be applied",
            Self::Shipping => "shipping is said of the order and of lines, or of lines in other currencies",
            Self::TaxBefore => {
                "the lines say their tax, and not what it is after the `Modifications` of the total"
            }
            Self::TaxOfLines => "not every line says its tax as a number in the currency of the total",
            Self::Currency => "shipping or tax cannot be added to the total in its currency",
        };
        Diagnostic::new(UNCHECKED, Severity::Note, format!("there is no grand total: {why}"))
            .at("order header")
            .help("the document shows as sent what there is; add it up by hand")
    }
}

impl Total {
    /// Tells what is in it below it.
    fn hold(&mut self, part: Self, texts: &Texts) {
        self.notes.push(texts.told(&part.label, &part.amount));
        self.notes.extend(part.notes);
    }
}

/// The lines that are still to be delivered: a change may delete some.
fn ordered(order: &OrderRequest) -> impl Iterator<Item = &ItemOut> + Clone {
    order.item_out.iter().filter(|item| !is_deleted(item))
}

pub(super) fn is_deleted(item: &ItemOut) -> bool {
    item.operation == Some(ItemOutOperation::Delete)
}

/// What lines cost to ship.
enum LineShipping {
    /// None of them says.
    Unsaid,
    Sum(Money),
    /// Other currencies than the order's cannot be added up.
    Open,
}

impl LineShipping {
    fn of(order: &OrderRequest) -> Self {
        let currency = &order.order_request_header.total.money.currency;
        let mut all = ordered(order).filter_map(|item| Some(&item.shipping.as_ref()?.money)).peekable();
        if all.peek().is_none() {
            return Self::Unsaid;
        }
        let sum = all.try_fold(Decimal::ZERO, |sum, money| {
            plus(sum, said(&money.amount)?).filter(|_| money.currency == *currency)
        });
        sum.map_or(Self::Open, |sum| Self::Sum(Money::new(sum, currency.clone())))
    }

    /// Whether it may be in that of the order, or is not known.
    fn is_open(&self, order: &OrderRequest) -> bool {
        match self {
            Self::Unsaid => false,
            Self::Sum(_) => order.order_request_header.shipping.is_some(),
            Self::Open => true,
        }
    }
}

/// What is shipped for the order, or else for its lines.
fn cost<'o>(
    order: &'o OrderRequest,
    header: Element<'_>,
    of_lines: &'o LineShipping,
    texts: &Texts,
) -> Option<(&'o Money, Total)> {
    let typed = &order.order_request_header;
    match (&typed.shipping, header.child("Shipping"), of_lines) {
        (Some(typed), Some(element), _) => Some((&typed.money, shipping(element, texts))),
        (_, _, LineShipping::Sum(money)) => {
            let shown = texts.priced(money.amount.value(), typed.total.money.currency.as_str());
            Some((money, Total::new(texts.shipping, shown)))
        }
        _ => None,
    }
}

fn shipping(shipping: Element<'_>, texts: &Texts) -> Total {
    let what = shipping.child("Description").map(description).unwrap_or_default();
    let mut row = Total::new(words([texts.shipping, &what]), texts.money_in(Some(shipping)));
    let mut said = texts.modifications(shipping);
    tracking(shipping, texts, &mut |label: &str, value: String| {
        if !value.is_empty() {
            said.push(Fact::new(label, value));
        }
    });
    row.notes = notes(&said, texts);
    row
}

fn tax(tax: Element<'_>, texts: &Texts) -> Total {
    let name = texts.tax_name(tax);
    let rates: Vec<_> = tax.all("TaxDetail").map(|detail| texts.tax_detail(detail)).collect();
    let whole = texts.money_in(Some(tax));
    if let [(label, amount)] = rates.as_slice()
        && name == texts.tax
        && *amount == whole
    {
        return Total::new(label.as_str(), whole);
    }
    let mut row = Total::new(name, whole);
    row.notes = rates.into_iter().map(|(label, amount)| texts.told(&label, &amount)).collect();
    row
}

fn notes(facts: &[Fact], texts: &Texts) -> Vec<String> {
    facts.iter().map(|fact| texts.fact(fact)).collect()
}

#[cfg(test)]
mod tests {
    use punchout_cxml::{Classification, Description, ItemDetail, ItemDetailInit, Money, PriceBasisQuantity};

    use super::*;

    fn amount(quantity: &str, price: &str, basis: Option<(&str, &str)>) -> Result<String, NoAmount> {
        let mut detail = ItemDetail::from(ItemDetailInit {
            unit_price: Money::new(price.parse::<punchout_core::Amount>().unwrap(), "EUR").into(),
            description: Description::new("x", "en"),
            unit_of_measure: "EA".into(),
            classification: Classification::new("UNSPSC", "1"),
        });
        if let Some((quantity, factor)) = basis {
            let number = |text: &str| text.parse::<punchout_core::Amount>().unwrap();
            let basis =
                PriceBasisQuantity::new(number(quantity), "EA").with_conversion_factor(number(factor));
            detail = detail.with_price_basis_quantity(basis);
        }
        let item =
            ItemOut::new(quantity.parse::<punchout_core::Amount>().unwrap(), "4711").with_item_detail(detail);
        line_amount(&item).map(|amount| amount.normalize().to_string())
    }

    #[test]
    fn lines_are_exact() {
        assert_eq!(amount("3", "0.1", None), Ok("0.3".to_owned()));
        assert_eq!(amount("250", "12.5", Some(("100", "1"))), Ok("31.25".to_owned()));
        assert_eq!(amount("2", "9", Some(("100", "50"))), Ok("9".to_owned()));
        assert_eq!(amount("1", "1", Some(("0", "1"))), Err(NoAmount::NoBasis));
        let long = "9".repeat(20);
        assert_eq!(amount(&long, &long, None), Err(NoAmount::TooLong));
    }

    #[test]
    fn what_cannot_be_read_is_not_nothing() {
        let read = |sent: &str| punchout_core::Amount::with_spelling(Decimal::ZERO, sent);
        for (sent, value) in
            [("12,50", None), ("1.234,56", None), ("x", None), ("", None), ("3.00 EUR", None)]
        {
            assert_eq!(said(&read(sent)), value, "{sent}");
        }
        for sent in ["0", "0.00", " 0 ", ".0"] {
            assert_eq!(said(&read(sent)), Some(Decimal::ZERO), "{sent}");
        }
    }
}
