//! The tax of lines, and what it is called.

use std::collections::BTreeMap;

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{ItemOut, Money, OrderRequest, Tax, TaxDetail};
use rust_decimal::Decimal;

use super::check::Check;
use super::exact::{minus, over, plus, times};
use super::held::Held;
use super::rate::{Fit, fits, is_on_amount, is_on_goods};
use super::{NoAmount, line_amount, ordered};
use crate::sheet::value::{description, said, words};
use crate::texts::Texts;
use crate::tree::Element;
use crate::{Amounts, currency};

/// Lines should hold their tax, and the order does not say what it is; or the
/// tax of the order is another than that of its lines; or a tax is another
/// than its rate makes.
pub(super) const TAX: Code = Code::new("PDF-TAX");

/// What the amounts of lines hold besides the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sheet) enum Taxes {
    /// Nothing: they are without tax, or hold it already as sent.
    AsSent { included: bool },
    /// Nothing, and whether they hold it differs: each line says it, or nobody.
    Unsaid { by_line: bool },
    /// The tax that each line states.
    OfLine,
    /// The one rate of the order, in hundredths.
    Rate(Decimal),
}

impl Taxes {
    /// How the lines of an order are shown.
    pub(in crate::sheet) fn of(
        order: &OrderRequest,
        check: &Check,
        amounts: Amounts,
        sink: &mut dyn Sink,
    ) -> Self {
        let mut report = |message, help| {
            let finding = Diagnostic::new(TAX, Severity::Warning, message);
            sink.report(finding.at("order header / Tax").help(help));
        };
        let held = check.holding.prices;
        match held {
            Held::All => return Self::AsSent { included: true },
            Held::Some => {
                // a tax that is not where it is said to be has a finding of its own
                let by_line = !check.has_contradictions();
                if amounts != Amounts::Hidden && by_line {
                    report(
                        "some prices hold their tax, others do not",
                        "each line is shown as sent and nothing is added up; send all prices with tax or all without",
                    );
                }
                return Self::Unsaid { by_line };
            }
            Held::None => {}
        }
        if amounts != Amounts::IncludingTax {
            return Self::AsSent { included: false };
        }
        if is_withheld(order) {
            report(
                "some tax is withheld from what is paid",
                "the lines are shown without tax; ask for amounts without tax",
            );
            return Self::AsSent { included: false };
        }
        // the check of the totals says it
        if check.has_contradictions() {
            return Self::AsSent { included: false };
        }
        let is_modified =
            |item: &ItemOut| item.item_detail.as_ref().is_some_and(|detail| detail.unit_price.is_modified());
        let are_modified =
            order.order_request_header.total.modifications.is_some() || ordered(order).any(is_modified);
        let has_tax =
            order.order_request_header.tax.is_some() || ordered(order).any(|item| item.tax.is_some());
        if has_tax && are_modified && (!check.is_as_shown() || check.is_total_modifiable()) {
            report(
                "whether the tax is on the amounts before or behind `Modifications` is not said of each line",
                "the lines are shown without tax; send prices that nothing is taken off or put on",
            );
            return Self::AsSent { included: false };
        }
        let priced = || ordered(order).filter_map(|item| Some((item, item.item_detail.as_ref()?)));
        if priced().next().is_some() && priced().all(|(item, _)| item.tax.is_some()) {
            let fits = |(item, detail): (&ItemOut, &punchout_cxml::ItemDetail)| {
                let tax = item.tax.as_ref();
                tax.is_some_and(|tax| tax.money.currency.trim() == detail.unit_price.money.currency.trim())
            };
            if priced().all(fits) {
                if priced().all(|(item, _)| is_on_amount(item)) {
                    return Self::OfLine;
                }
                report(
                    "the tax of a line with shipping of its own may be on that, too",
                    "the lines are shown without tax; send `TaxableAmount` with each `TaxDetail`",
                );
                return Self::AsSent { included: false };
            }
            report(
                "the tax of a line is in another currency than its price",
                "the lines are shown without tax; send price and tax in one currency",
            );
            return Self::AsSent { included: false };
        }
        let of_order = order.order_request_header.tax.as_ref();
        let rates = of_order.map(|tax| tax.tax_detail.as_slice()).unwrap_or_default();
        if let ([detail], false) = (rates, ordered(order).any(|item| item.tax.is_some()))
            && let Some(rate) = detail.percentage_rate.as_ref().and_then(said)
            // on lines that are not those of the total it may be on something else
            && (!check.is_total_off() || fits(order, false).contains(&Fit::On))
            && bears_all(order, detail, check)
        {
            return Self::Rate(rate);
        }
        if ordered(order).next().is_some() {
            report(
                "the order does not say what tax each line bears",
                "the lines are shown without tax; send Tax with each line, or amounts without tax",
            );
        }
        Self::AsSent { included: false }
    }

    /// Whether no heading says of a line's price what the line does.
    pub(in crate::sheet) fn are_told_by_line(self) -> bool {
        self == Self::Unsaid { by_line: true }
    }

    /// A line's amount as it is shown.
    pub(in crate::sheet) fn of_line(self, item: &ItemOut, net: Decimal) -> Result<Decimal, NoAmount> {
        let tax = match self {
            Self::AsSent { .. } | Self::Unsaid { .. } => return Ok(net),
            Self::OfLine => {
                let tax = item.tax.as_ref().and_then(|tax| said(&tax.money.amount));
                Some(tax.ok_or(NoAmount::Unreadable)?)
            }
            Self::Rate(rate) => times(net, rate).and_then(|tax| over(tax, Decimal::ONE_HUNDRED)),
        };
        tax.and_then(|tax| plus(net, tax)).ok_or(NoAmount::TooLong)
    }
}

/// Whether the buyer keeps some tax back, which makes what is paid less, not
/// more.
pub(super) fn is_withheld(order: &OrderRequest) -> bool {
    let of_lines = order.item_out.iter().filter_map(|item| item.tax.as_deref());
    let taxes = order.order_request_header.tax.iter().chain(of_lines);
    taxes.flat_map(|tax| &tax.tax_detail).any(|detail| detail.is_withholding_tax)
}

/// Whether a tax of the order is for all of its lines, as far as it says what
/// it is for: a part of them bears another tax than the rest.
fn bears_all(order: &OrderRequest, detail: &TaxDetail, check: &Check) -> bool {
    let header = &order.order_request_header;
    let total = &header.total.money;
    let is_one_currency = |item: &ItemOut| {
        item.item_detail.as_ref().is_none_or(|detail| detail.unit_price.money.currency == total.currency)
    };
    // what is sold in another currency may be taxed elsewhere
    if !order.item_out.iter().all(is_one_currency) {
        return false;
    }
    let Some(base) = &detail.taxable_amount else { return true };
    let shipping = header.shipping.as_ref().map(|shipping| &shipping.money);
    let shipping = shipping.filter(|shipping| shipping.currency == total.currency);
    let shipping = shipping.and_then(|shipping| said(&shipping.amount));
    let total_said = said(&total.amount);
    let net = match check.holding.total {
        Held::All => total_said.zip(said(&detail.tax_amount.amount)).and_then(|(all, tax)| minus(all, tax)),
        _ => total_said,
    };
    let other = if check.holding.shipping { minus } else { plus };
    let with_or_without = net.zip(shipping).and_then(|(net, shipping)| other(net, shipping));
    base.currency == total.currency
        && said(&base.amount).is_some_and(|base| [net, with_or_without].contains(&Some(base)))
}

/// What the lines bear of each rate: on how much, and how much. Nothing when
/// a line leaves it open, or may be counted in another one.
pub(super) fn by_rate(
    order: &OrderRequest,
    currency: &str,
    is_in_prices: bool,
    texts: &Texts,
) -> Option<Vec<(String, Decimal)>> {
    // else the tax may be on what is left of the amounts
    let is_whole = order.order_request_header.total.modifications.is_none();
    let mut rates = BTreeMap::new();
    for item in ordered(order) {
        if item.is_return || item.parent_line_number.is_some() {
            return None;
        }
        let tax = item.tax.as_deref()?;
        let mut add = |detail: Option<&TaxDetail>, money: &Money| {
            let (rate, name) = match detail {
                None => (None, texts.name_of_tax(&tax.description.text, is_vat_tax(tax))),
                Some(detail) => {
                    let rate = detail.percentage_rate.as_ref().map(|rate| said(rate).ok_or(())).transpose();
                    (rate.ok()?.map(|rate| rate.normalize()), texts.category(&detail.category).to_owned())
                }
            };
            let what = detail.and_then(|detail| detail.description.as_ref());
            let what = what.map_or("", |what| what.text.trim()).to_owned();
            let base = base(item, detail, currency, is_in_prices)
                .filter(|_| is_whole || detail.is_some_and(|detail| detail.taxable_amount.is_some()));
            let (bases, sum) =
                rates.entry((rate, name, what)).or_insert((Some(Decimal::ZERO), Decimal::ZERO));
            *bases = bases.zip(base).and_then(|(bases, base)| plus(bases, base));
            let fits = money.currency.as_str() == currency;
            *sum = plus(*sum, said(&money.amount)?).filter(|_| fits)?;
            Some(())
        };
        match tax.tax_detail.as_slice() {
            [] => add(None, &tax.money)?,
            [detail] => add(Some(detail), &tax.money)?,
            details => details.iter().try_for_each(|detail| add(Some(detail), &detail.tax_amount))?,
        }
    }
    let rows = rates.into_iter().map(|((rate, name, what), (base, tax))| {
        let rate = rate.map(|rate| texts.percentage(rate)).unwrap_or_default();
        let base = base.map(|base| texts.priced(base, currency)).unwrap_or_default();
        let on = if base.is_empty() { "" } else { texts.on };
        (words([name.as_str(), &rate, &what, on, &base]), tax)
    });
    Some(rows.collect()).filter(|rows: &Vec<_>| !rows.is_empty())
}

/// What a line is taxed on: what it says, else its amount if nothing is taken
/// off or put on it and the tax is not in it.
fn base(item: &ItemOut, detail: Option<&TaxDetail>, currency: &str, is_in_prices: bool) -> Option<Decimal> {
    if let Some(base) = detail.and_then(|detail| detail.taxable_amount.as_ref()) {
        return said(&base.amount).filter(|_| base.currency.as_str() == currency);
    }
    let price = &item.item_detail.as_ref()?.unit_price;
    let is_in_price = is_in_prices || detail.is_some_and(|detail| detail.is_included_in_price);
    let is_net = !is_in_price && !price.is_modified();
    let is_net = is_net && is_on_amount(item) && detail.is_none_or(is_on_goods);
    let fits = price.money.currency.as_str() == currency;
    line_amount(item).ok().filter(|_| is_net && fits).map(|net| currency::round(net, currency))
}

impl Texts {
    /// The words for amounts without and with the tax of an order: an order
    /// that bears another than value added tax does not speak of that.
    pub(in crate::sheet) fn without_and_with(&self, order: &OrderRequest) -> [&'static str; 2] {
        let of_lines = order.item_out.iter().filter_map(|item| item.tax.as_deref());
        let mut all = order.order_request_header.tax.iter().chain(of_lines);
        self.without_and_with_tax(all.all(is_vat_tax))
    }

    fn without_and_with_tax(&self, is_vat: bool) -> [&'static str; 2] {
        if is_vat { [self.excluding, self.including] } else { [self.excluding_other, self.including_other] }
    }

    /// The word for a price that holds this tax.
    pub(in crate::sheet) fn with(&self, tax: &Tax) -> &'static str {
        let [_, with] = self.without_and_with_tax(is_vat_tax(tax));
        with
    }

    /// What a tax is called: as sent, unless that is the word of some language
    /// for value added tax or does not say that it is a tax.
    pub(in crate::sheet) fn tax_name(&self, tax: Element<'_>) -> String {
        let what = tax.child("Description").map(description).unwrap_or_default();
        let is_vat = is_vat_of(&what, tax.all("TaxDetail").map(|detail| detail.attribute("category")));
        self.name_of_tax(&what, is_vat)
    }

    fn name_of_tax(&self, what: &str, is_vat: bool) -> String {
        let what = what.trim();
        if is_vat_word(what) {
            return self.tax.to_owned();
        }
        let lower = what.to_lowercase();
        let is_said = mentions_vat(what)
            || ["tax", self.other_tax.to_lowercase().as_str()].iter().any(|word| lower.contains(word));
        let word = if is_vat { self.tax } else { self.other_tax };
        if is_said { what.to_owned() } else { words([word, what]) }
    }

    pub(in crate::sheet) fn category<'a>(&'a self, category: &'a str) -> &'a str {
        match category.trim() {
            "" => self.other_tax,
            category if is_vat_word(category) => self.tax,
            category => category,
        }
    }

    /// Such as `VAT 21% on EUR 100.00`, and how much that is.
    pub(in crate::sheet) fn tax_detail(&self, detail: Element<'_>) -> (String, String) {
        let category = self.category(detail.attribute("category"));
        let rate = self.percent(detail.attribute("percentageRate"));
        let what = detail.child("Description").map(description).unwrap_or_default();
        let base = self.money_in(detail.child("TaxableAmount"));
        let on = if base.is_empty() { "" } else { self.on };
        (words([category, &rate, &what, on, &base]), self.money_in(detail.child("TaxAmount")))
    }
}

fn is_vat_tax(tax: &Tax) -> bool {
    is_vat_of(&tax.description.text, tax.tax_detail.iter().map(|detail| detail.category.as_str()))
}

/// Whether a tax is value added tax by its name or all of its categories.
fn is_vat_of<'a>(what: &str, categories: impl Iterator<Item = &'a str>) -> bool {
    let (mut are, mut all) = (false, true);
    for category in categories {
        (are, all) = (true, all && is_vat_word(category.trim()));
    }
    if are { all } else { mentions_vat(what) }
}

fn mentions_vat(what: &str) -> bool {
    what.split_whitespace().any(is_vat_word)
}

/// Whether a word is value added tax in one of the languages of Europe, which
/// the document says in its own.
fn is_vat_word(word: &str) -> bool {
    let words = [
        "VAT",
        "btw",
        "MwSt.",
        "MwSt",
        "USt.",
        "USt",
        "Umsatzsteuer",
        "TVA",
        "IVA",
        "moms",
        "PVM",
        "ALV",
        "ΦΠΑ",
    ];
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
