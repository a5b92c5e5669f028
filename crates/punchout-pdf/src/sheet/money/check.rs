//! Holds the order's total and tax against its lines.

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::OrderRequest;
use rust_decimal::Decimal;

use super::LineShipping;
use super::exact::{over, plus, times};
use super::held::{Held, Holding, said_of_prices};
use super::lines::{Named, Sum, Sums, counted};
use super::price::Reading;
use super::rate::contradictions;
use super::tax::{TAX, is_withheld};
use crate::currency;
use crate::sheet::value::said;

/// The lines come to something else than the order's total.
const TOTAL: Code = Code::new("PDF-TOTAL");
/// The lines cannot be held against what the order says of all of them.
pub(super) const UNCHECKED: Code = Code::new("PDF-UNCHECKED");

/// What came of holding the order's total and its tax against its lines.
pub(in crate::sheet) struct Check {
    total: Verdict,
    tax: Verdict,
    /// Taxes that their own numbers contradict.
    contradictions: Vec<Diagnostic>,
    pub(super) holding: Holding,
    /// What the lines come to if it is the total.
    fitting: Vec<Sum>,
    /// Whether the total has modifications.
    is_modified: bool,
}

enum Verdict {
    /// It fits, or there is nothing to compare.
    Fits,
    /// The lines come to this.
    Differs(Decimal),
    /// It fits in several ways.
    Doubtful(String),
    /// Nobody can tell, for this reason.
    Unchecked(String),
}

impl Check {
    pub(in crate::sheet) fn of(order: &OrderRequest) -> Self {
        let counted = counted(order);
        let sums = counted.as_ref().map_err(Clone::clone).and_then(|lines| Sums::of(order, lines));
        let known = sums.as_ref().ok().and_then(Option::as_ref);
        let holding = Holding::of(order, known);
        let total_money = &order.order_request_header.total;
        let fitting: Vec<_> = known
            .zip(said(&total_money.money.amount).filter(|_| holding.doubt.is_empty()))
            .map(|(sums, total)| sums.fitting(total, holding.more).collect())
            .unwrap_or_default();
        let readings: Vec<_> = fitting.iter().map(|sum| sum.reading).collect();
        let readings = if readings.is_empty() { &Reading::ALL } else { readings.as_slice() };
        Self {
            total: total(order, sums, &holding),
            // what keeps the lines from being counted is told once
            tax: counted.map_or(Verdict::Fits, |lines| match tax(order, &lines, holding.prices) {
                Ok(None) => Verdict::Fits,
                Ok(Some(sum)) => Verdict::Differs(sum),
                Err(why) => Verdict::Unchecked(why),
            }),
            contradictions: contradictions(order, readings),
            holding,
            fitting,
            is_modified: total_money.modifications.is_some(),
        }
    }

    /// Whether it is not said what the total holds besides the lines.
    pub(super) fn is_total_open(&self) -> bool {
        matches!(self.total, Verdict::Differs(_) | Verdict::Doubtful(_))
    }

    /// Whether the lines come to something else than the total.
    pub(super) fn is_total_off(&self) -> bool {
        matches!(self.total, Verdict::Differs(_))
    }

    /// Whether the tax is another than that of the lines.
    pub(super) fn is_tax_open(&self) -> bool {
        matches!(self.tax, Verdict::Differs(_)) || self.has_contradictions()
    }

    /// Whether a tax is another than its rate or its parts make.
    pub(super) fn has_contradictions(&self) -> bool {
        !self.contradictions.is_empty()
    }

    /// Whether the lines come to the total by the amounts that are shown.
    pub(super) fn is_as_shown(&self) -> bool {
        self.fitting.iter().any(Sum::is_as_shown)
    }

    /// Whether what is taken off the total, or put on it, may still be to come.
    pub(super) fn is_total_modifiable(&self) -> bool {
        self.is_modified && !self.fitting.iter().any(|sum| sum.is_modified)
    }

    /// Whether what was found tells why nothing is added up.
    pub(super) fn is_doubted(&self) -> bool {
        let is_fitting = |verdict: &Verdict| matches!(verdict, Verdict::Fits);
        let is_told = self.is_total_modifiable() && !self.fitting.is_empty();
        !is_fitting(&self.total) || !is_fitting(&self.tax) || self.has_contradictions() || is_told
    }

    pub(in crate::sheet) fn report(&self, order: &OrderRequest, sink: &mut dyn Sink) {
        self.report_reading(order, sink);
        let header = &order.order_request_header;
        let tax = header.tax.as_ref().map(|tax| &tax.money);
        for (verdict, code, what, at, money) in [
            (&self.total, TOTAL, "total", "order header / Total", Some(&header.total.money)),
            (&self.tax, TAX, "tax", "order header / Tax", tax),
        ] {
            let Some(money) = money else { continue };
            let warning = |message| {
                Diagnostic::new(code, Severity::Warning, message)
                    .help("the document shows both as sent and adds nothing up; ask which one holds")
            };
            let finding = match verdict {
                Verdict::Fits => continue,
                Verdict::Differs(sum) => {
                    let (said, currency) = (money.amount.value(), money.currency.as_str());
                    let of = if code == TAX { "taxes of the lines come" } else { "lines come" };
                    let sum = sum.normalize();
                    warning(format!("the {of} to {sum} {currency}, the {what} says {said} {currency}"))
                }
                Verdict::Doubtful(ways) => warning(format!("the {what} may be {ways}")),
                Verdict::Unchecked(why) => {
                    let message = format!("the {what} is not checked against the lines: {why}");
                    Diagnostic::new(UNCHECKED, Severity::Note, message)
                        .help("the document shows it as sent; see by hand that it fits")
                }
            };
            sink.report(finding.at(at));
        }
        self.contradictions.iter().cloned().for_each(|finding| sink.report(finding));
    }
}

impl Check {
    /// Says where the numbers were believed rather than what the order says.
    fn report_reading(&self, order: &OrderRequest, sink: &mut dyn Sink) {
        let Holding { prices, total, shipping, .. } = self.holding;
        if prices == Held::All && said_of_prices(order) == Held::None {
            let message = "the prices hold their tax, as the numbers show; no `isIncludedInPrice` says so";
            sink.report(
                Diagnostic::new(TAX, Severity::Warning, message).at("order header / Tax").help(
                    "the document shows them so; set `isIncludedInPrice` to \"yes\" in each `TaxDetail`",
                ),
            );
        }
        let is = match (prices, total, shipping) {
            (Held::All, Held::None, true) => "without their tax, with shipping",
            (Held::All, Held::None, false) => "without their tax",
            (Held::None, Held::All, true) => "with tax and shipping",
            (Held::None, Held::All, false) => "with tax",
            (_, _, true) => "with shipping",
            _ => return self.report_modifications(sink),
        };
        let message = format!("the total is that of the lines {is}, as the numbers show");
        sink.report(
            Diagnostic::new(TOTAL, Severity::Warning, message)
                .at("order header / Total")
                .help("the document shows it so; by cXML a total is of the prices as they are, without tax and shipping"),
        );
        self.report_modifications(sink);
    }

    /// Says where the amounts of the lines do not come to the total as they
    /// are shown, but what is taken off them or put on them does.
    fn report_modifications(&self, sink: &mut dyn Sink) {
        let Some(best) = self.fitting.iter().find(|sum| sum.is_modified).or(self.fitting.first()) else {
            return;
        };
        let finding = if self.is_total_modifiable() {
            let message =
                "the total is that of the lines before its own `Modifications`, as the numbers show";
            Diagnostic::new(TOTAL, Severity::Warning, message).help(
                "the document shows both as sent and adds nothing up; ask whether they are yet to be applied",
            )
        } else if self.is_as_shown() {
            return;
        } else {
            let of = match (best.reading, best.is_modified) {
                (Reading::After, _) => "its own `Modifications`",
                (_, false) => "the `Modifications` of prices",
                (_, true) => "the `Modifications` of prices and its own",
            };
            let message = format!("the total is that of the lines after {of}, as the numbers show");
            Diagnostic::new(TOTAL, Severity::Note, message)
                .help("the document shows prices and amounts of lines as sent, which is before them")
        };
        sink.report(finding.at("order header / Total"));
    }
}

/// Holds the total against what the lines come to.
fn total(order: &OrderRequest, sums: Result<Option<Sums>, String>, holding: &Holding) -> Verdict {
    let money = &order.order_request_header.total.money;
    if money.amount.as_sent().trim().is_empty() || order.item_out.is_empty() {
        return Verdict::Fits;
    }
    let Some(sent) = said(&money.amount) else { return Verdict::Unchecked("it cannot be read".to_owned()) };
    match sums {
        Err(why) => Verdict::Unchecked(why),
        Ok(_) if !holding.doubt.is_empty() => Verdict::Doubtful(holding.doubt.join(" or ")),
        Ok(Some(sums)) if !sums.fit(sent, holding.more) => Verdict::Differs(sums.shown),
        Ok(_) => Verdict::Fits,
    }
}

/// What the taxes of the lines come to, if that is not the order's. That may
/// have the tax on shipping in it, and round once what the lines round one by
/// one.
fn tax(order: &OrderRequest, lines: &[Named<'_>], prices: Held) -> Result<Option<Decimal>, String> {
    let header = &order.order_request_header;
    let Some(of_order) = &header.tax else { return Ok(None) };
    let mut taxes = Vec::new();
    for (item, name) in lines {
        let Some(tax) = item.tax.as_deref() else { return Ok(None) };
        taxes.push((tax, name));
    }
    if taxes.is_empty() || prices == Held::Some || is_withheld(order) {
        return Ok(None);
    }
    if header.total.modifications.is_some() {
        return Err("the total is modified".to_owned());
    }
    let code = of_order.money.currency.trim();
    let sent = said(&of_order.money.amount).ok_or("it cannot be read")?;
    let mut sum = Decimal::ZERO;
    for (tax, name) in &taxes {
        if tax.money.currency.trim() != code {
            return Err(format!("the tax of {name} is in another currency"));
        }
        let tax = said(&tax.money.amount).ok_or_else(|| format!("the tax of {name} cannot be read"))?;
        sum = plus(sum, tax).ok_or_else(|| format!("the tax of {name} is too long a number"))?;
    }
    let half_coin = Decimal::new(5, currency::decimals(code) + 1);
    let slack = half_coin * Decimal::from(taxes.len() + 1);
    let details = taxes.iter().map(|(tax, _)| *tax).chain([of_order]).flat_map(|tax| &tax.tax_detail);
    let highest = details.filter_map(|detail| detail.percentage_rate.as_ref().and_then(said)).max();
    let shipping = match (&header.shipping, LineShipping::of(order)) {
        (Some(shipping), _) => Some(shipping.money.clone()),
        (None, LineShipping::Sum(money)) => Some(money),
        (None, LineShipping::Unsaid) => None,
        (None, LineShipping::Open) => return Err("it may hold the tax on shipping".to_owned()),
    };
    let of_shipping = match shipping {
        None => Decimal::ZERO,
        Some(money) => {
            let shipping = said(&money.amount).filter(|_| money.currency.trim() == code);
            let most = shipping.zip(highest).and_then(|(shipping, rate)| times(shipping, rate));
            let most = most.and_then(|most| over(most, Decimal::ONE_HUNDRED));
            most.ok_or("it may hold the tax on shipping")?
        }
    };
    let most = sum.saturating_add(of_shipping).saturating_add(slack);
    let fits = sum.saturating_sub(slack) <= sent && sent <= most;
    Ok((!fits).then_some(sum))
}
