//! Orders made of a known truth: what their documents say is true, or it is
//! told that they do not know.

use punchout_core::All;
use punchout_cxml::{
    AdditionalDeduction, Description, ItemOut, ItemOutOperation, Modification, Modifications, OrderRequest,
    Shipping, Tax, TaxDetail,
};
use punchout_pdf::{Amounts, text};

use crate::order::{self, amount, euro};

/// In hundredths.
const RATE: i64 = 21;
/// Quantities and net prices in cents. The last one is for an order that
/// deletes a line.
const LINES: [(i64, i64); 3] = [(10, 10_00), (2, 37_00), (1, 13_00)];
const SHIPPING: i64 = 7_00;

/// What an order means, and how it says it.
#[derive(Clone, Copy, Debug)]
struct Truth {
    prices_hold_tax: bool,
    total_holds_tax: bool,
    /// What `isIncludedInPrice` says.
    says_included: bool,
    shipping: Freight,
    taxes: Taxes,
    off: Off,
    deleted: Deleted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Freight {
    None,
    Beside { is_taxed: bool },
    InTotal { is_taxed: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taxes {
    Order { has_base: bool },
    Lines { has_base: bool },
    Both,
}

/// Where a tenth is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Off {
    Nothing,
    /// The prices that are sent; the total knows.
    Prices,
    /// Other prices; those that are sent know.
    PricesDone,
    /// The sum of the lines; the total that is sent knows.
    Total,
    /// The total that is sent.
    TotalToCome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deleted {
    None,
    /// A line that does not count.
    One,
    /// The same, but the total has it.
    OneOfTotal,
    /// No line is left, and the total is as before.
    All,
}

impl Truth {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for flags in 0..8_u8 {
            let [prices_hold_tax, total_holds_tax, says_included] = [1, 2, 4].map(|bit| flags & bit != 0);
            for shipping in [
                Freight::None,
                Freight::Beside { is_taxed: false },
                Freight::Beside { is_taxed: true },
                Freight::InTotal { is_taxed: false },
                Freight::InTotal { is_taxed: true },
            ] {
                for taxes in [
                    Taxes::Order { has_base: false },
                    Taxes::Order { has_base: true },
                    Taxes::Lines { has_base: false },
                    Taxes::Lines { has_base: true },
                    Taxes::Both,
                ] {
                    for off in [Off::Nothing, Off::Prices, Off::PricesDone, Off::Total, Off::TotalToCome] {
                        for deleted in [Deleted::None, Deleted::One, Deleted::OneOfTotal, Deleted::All] {
                            all.push(Self {
                                prices_hold_tax,
                                total_holds_tax,
                                says_included,
                                shipping,
                                taxes,
                                off,
                                deleted,
                            });
                        }
                    }
                }
            }
        }
        // lines have no tax of what is shipped for all of them
        all.retain(|it| !it.is_shipping_taxed() || !matches!(it.taxes, Taxes::Lines { .. }));
        all
    }

    fn is_shipping_taxed(&self) -> bool {
        matches!(self.shipping, Freight::Beside { is_taxed: true } | Freight::InTotal { is_taxed: true })
    }

    /// What is paid for lines, without tax.
    fn paid(&self, lines: &[(i64, i64)]) -> i64 {
        let sum: i64 = lines.iter().map(|(quantity, price)| quantity * price).sum();
        if matches!(self.off, Off::Nothing | Off::PricesDone) { sum } else { sum * 9 / 10 }
    }

    fn freight(&self) -> i64 {
        if self.shipping == Freight::None { 0 } else { SHIPPING }
    }

    fn tax_of_freight(&self) -> i64 {
        if self.is_shipping_taxed() { SHIPPING * RATE / 100 } else { 0 }
    }

    /// Lines that the total and the taxes know of.
    fn known(&self) -> &'static [(i64, i64)] {
        if self.deleted == Deleted::OneOfTotal { &LINES } else { &LINES[..2] }
    }

    fn order(&self) -> OrderRequest {
        let mut order = order::long(0);
        let net = self.paid(self.known());
        let off = || Modifications::new(Modification::deduction(AdditionalDeduction::percent(10)));
        let lines = if matches!(self.deleted, Deleted::None | Deleted::All) { &LINES[..2] } else { &LINES };
        order.item_out = (1..).zip(lines).map(|(number, line)| self.line(number, *line)).collect();
        let header = &mut order.order_request_header;
        let is_before = self.off == Off::TotalToCome;
        let of_goods = net * if self.total_holds_tax { 100 + RATE } else { 100 } / 100;
        let of_goods = if is_before { of_goods * 10 / 9 } else { of_goods };
        let of_freight = match self.shipping {
            Freight::InTotal { .. } => {
                self.freight() + if self.total_holds_tax { self.tax_of_freight() } else { 0 }
            }
            _ => 0,
        };
        header.total = euro(&cents(of_goods + of_freight)).into();
        if matches!(self.off, Off::Total | Off::TotalToCome) {
            header.total.modifications = Some(off());
        }
        if self.shipping != Freight::None {
            let cost = self.freight() + if self.prices_hold_tax { self.tax_of_freight() } else { 0 };
            header.shipping = Some(Shipping::new(euro(&cents(cost)), Description::new("", "en")));
        }
        if !matches!(self.taxes, Taxes::Lines { .. }) {
            let base = net + if self.is_shipping_taxed() { SHIPPING } else { 0 };
            let sum = net * RATE / 100 + self.tax_of_freight();
            header.tax = Some(self.tax(sum, base, self.taxes == Taxes::Order { has_base: true }));
        }
        order
    }

    fn line(&self, number: u32, line: (i64, i64)) -> ItemOut {
        let (quantity, net) = line;
        let price = if self.prices_hold_tax { net * (100 + RATE) / 100 } else { net };
        let mut item = order::item(number, "P-1", "Thing", &quantity.to_string(), "EA", &cents(price));
        if matches!(self.off, Off::Prices | Off::PricesDone) {
            let off = Modifications::new(Modification::deduction(AdditionalDeduction::percent(10)));
            item.item_detail.as_mut().unwrap().unit_price.modifications = Some(off);
        }
        if !matches!(self.taxes, Taxes::Order { .. }) {
            let paid = self.paid(&[line]);
            let has_base = self.taxes == Taxes::Lines { has_base: true };
            item.tax = Some(Box::new(self.tax(paid * RATE / 100, paid, has_base)));
        }
        if self.deleted == Deleted::All || number == 3 {
            item.operation = Some(ItemOutOperation::Delete);
        }
        item
    }

    fn tax(&self, sum: i64, base: i64, has_base: bool) -> Tax {
        let mut detail = TaxDetail::new("vat", euro(&cents(sum))).with_percentage_rate(amount("21"));
        detail.is_included_in_price = self.says_included;
        if has_base {
            detail.taxable_amount = Some(euro(&cents(base)));
        }
        Tax::new(euro(&cents(sum)), Description::new("VAT", "en")).with_tax_detail(detail)
    }

    /// What has to be paid for all of it; nothing if the order contradicts
    /// itself.
    fn grand(&self) -> Option<String> {
        let net = self.paid(&LINES[..2]);
        let sum = net + net * RATE / 100 + self.freight() + self.tax_of_freight();
        matches!(self.deleted, Deleted::None | Deleted::One).then(|| cents(sum))
    }

    /// Whether the order is as it says.
    fn is_as_said(&self) -> bool {
        self.prices_hold_tax == self.says_included
            && self.total_holds_tax == self.says_included
            && !matches!(self.shipping, Freight::InTotal { .. })
            && matches!(self.off, Off::Nothing | Off::PricesDone)
    }

    /// What is wrong with a document.
    fn wrongs(&self, shown: &str, told: &[&str]) -> Vec<String> {
        let mut wrongs = Vec::new();
        let mut wrong = |what: String| wrongs.push(what);
        let row = |name: &str| shown.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        let has_rest = row("Shipping: ").is_some() || told.iter().any(|it| it.contains("before its own"));
        let all = || row("Total incl. VAT: EUR ").filter(|_| !has_rest);
        let grand = row("Grand total incl. VAT: EUR ").or_else(all);
        if let Some(grand) = &grand
            && self.grand().as_ref() != Some(grand)
        {
            wrong(format!("{grand} is to be paid, which is {:?}", self.grand()));
        }
        if row("Grand total excl. VAT").is_some() {
            wrong("a grand total without tax".to_owned());
        }
        if told.is_empty() && grand.is_none() {
            wrong("no grand total, and nothing is told".to_owned());
        }
        if told.is_empty() && !self.is_as_said() {
            wrong("it is not as it says, and nothing is told".to_owned());
        }
        for (word, holds) in [("incl.", true), ("excl.", false)] {
            // what nobody can tell stays as it is said, and is not added up
            if holds == self.says_included && grand.is_none() && !told.is_empty() {
                continue;
            }
            if row(&format!("Total {word} VAT")).is_some() && self.total_holds_tax != holds {
                wrong(format!("the total is {word} VAT"));
            }
            let prefix = format!("Amount EUR {word} VAT: ");
            let amounts: Vec<_> =
                shown.lines().filter_map(|line| line.trim().strip_prefix(&prefix)).collect();
            for (amount, (quantity, price)) in amounts.iter().zip(LINES) {
                let rate = if holds { 100 + RATE } else { 100 };
                let wanted = cents(quantity * price * rate / 100);
                if amount.split(' ').next() != Some(&wanted) {
                    wrong(format!("a line is {amount} {word} VAT, and not {wanted}"));
                }
            }
        }
        wrongs
    }
}

fn cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[test]
fn a_document_is_true_or_says_that_it_does_not_know() {
    let all = Truth::all();
    assert_eq!(all.len(), 3360);
    let (mut broken, mut sums) = (Vec::new(), 0);
    for truth in &all {
        let order = truth.order();
        for amounts in [Amounts::ExcludingTax, Amounts::IncludingTax] {
            let mut found = All::new();
            let shown = text(&order, &order::options().with_amounts(amounts), &mut found).unwrap();
            let told: Vec<_> = found.found().iter().map(|finding| finding.message.as_str()).collect();
            sums += usize::from(shown.contains("Grand total") || shown.contains("Total incl. VAT"));
            let wrongs = truth.wrongs(&shown, &told);
            broken.extend(wrongs.iter().map(|wrong| format!("{wrong}: {amounts:?} {truth:?} {told:?}")));
        }
    }
    let shown: Vec<_> = broken.iter().take(12).map(String::as_str).collect();
    assert!(broken.is_empty(), "{} are wrong, such as\n{}", broken.len(), shown.join("\n"));
    assert!(sums > 1000, "only {sums} documents have a sum");
}
