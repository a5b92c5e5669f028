//! A line of the order as a row of the table.

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{ItemOut, Money, OrderRequest};
use rust_decimal::Decimal;

use super::money::{NoAmount, Taxes, is_deleted, is_held, line_amount};
use super::value::{decimal, description, is_only, push, said, url, words};
use super::{Fact, Item, Party};
use crate::texts::Texts;
use crate::tree::Element;
use crate::{Amounts, currency};

/// A line's amount cannot be computed.
const AMOUNT: Code = Code::new("PDF-AMOUNT");

/// So many characters can be a name.
const NAME: usize = 110;

/// What all lines are read with.
pub(super) struct Reading<'a> {
    pub(super) texts: &'a Texts,
    pub(super) amounts: Amounts,
    /// The currency of the table; empty if its prices have several.
    pub(super) currency: &'a str,
    pub(super) taxes: Taxes,
    /// All lines have the same ship-to, and it stands above them.
    pub(super) ship_to_is_above: bool,
}

/// The prices of all lines.
pub(super) fn prices(order: &OrderRequest) -> impl Iterator<Item = &Money> {
    order.item_out.iter().filter_map(|item| match (&item.item_detail, &item.blanket_item_detail) {
        (Some(detail), _) => Some(&detail.unit_price.money),
        (None, blanket) => Some(&blanket.as_ref()?.unit_price.as_ref()?.money),
    })
}

/// Whether all lines have the same ship-to and the header has none.
pub(super) fn has_common_ship_to(order: &OrderRequest) -> bool {
    let Some((first, others)) = order.item_out.split_first() else { return false };
    order.order_request_header.ship_to.is_none()
        && first.ship_to.is_some()
        && others.iter().all(|item| item.ship_to == first.ship_to)
}

impl Item {
    pub(super) fn new(
        item: &ItemOut,
        element: Element<'_>,
        number: String,
        reading: &Reading<'_>,
        sink: &mut dyn Sink,
    ) -> Self {
        let texts = reading.texts;
        let id = element.child("ItemID");
        element.attribute("quantity");
        let mut row = Self {
            part: id.map_or("", |id| id.text_of("SupplierPartID")).to_owned(),
            buyer_part: id.map_or("", |id| id.text_of("BuyerPartID")).to_owned(),
            quantity: texts.given(&item.quantity, 0),
            place: format!("item {number}"),
            is_deleted: is_deleted(item),
            number,
            ..Self::default()
        };
        let detail = element.child("ItemDetail").or_else(|| element.child("BlanketItemDetail"));
        if let Some(detail) = detail {
            row.describe(detail);
            let code = detail.text_of("UnitOfMeasure");
            row.unit = texts.unit_of(code, said(&item.quantity));
            if reading.amounts != Amounts::Hidden {
                row.price(item, detail, reading, sink);
            }
        }
        if let Some(tax) = element.child("Tax") {
            let rates = tax.all("TaxDetail").map(|detail| texts.percent(detail.attribute("percentageRate")));
            let rates: Vec<_> = rates.filter(|rate| !rate.is_empty()).collect();
            row.tax = rates.join(" + ");
        }
        texts.operation(element.attribute("operation")).clone_into(&mut row.alert);
        row.details = details(element, net_of(item), reading);
        row
    }

    /// The first description; those in other languages go with the details.
    fn describe(&mut self, detail: Element<'_>) {
        let Some(first) = detail.child("Description") else { return };
        let text = first.text();
        let short = first.text_of("ShortName");
        if !text.starts_with(short) || text.is_empty() {
            short.clone_into(&mut self.name);
        }
        text.clone_into(&mut self.description);
        if self.name.is_empty() {
            // a first line that could be a name is set as one
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            if first.chars().count() <= NAME {
                first.trim().clone_into(&mut self.name);
                rest.trim().clone_into(&mut self.description);
            }
        }
    }

    fn price(&mut self, item: &ItemOut, detail: Element<'_>, reading: &Reading<'_>, sink: &mut dyn Sink) {
        let texts = reading.texts;
        let element = detail.child("UnitPrice").and_then(|price| price.child("Money"));
        let Some(money) = element else { return };
        let currency = money.attribute("currency");
        let sent = money.text();
        let places = currency::decimals(currency);
        self.price = match (&item.item_detail, decimal(sent)) {
            (Some(detail), _) => texts.given(&detail.unit_price.money.amount, places),
            (None, Some(value)) => texts.number(value, places),
            (None, None) => sent.to_owned(),
        };
        let own = if currency == reading.currency { "" } else { currency };
        let other = money.attribute("alternateAmount");
        let other = if other.is_empty() {
            String::new()
        } else {
            format!("({})", texts.money_of(other, money.attribute("alternateCurrency")))
        };
        let unit = detail.text_of("UnitOfMeasure");
        let basis = detail.child("PriceBasisQuantity").map(|basis| {
            let (quantity, code) = (basis.attribute("quantity"), basis.text_of("UnitOfMeasure"));
            let factor = basis.attribute("conversionFactor");
            let is_one = |sent| decimal(sent) == Some(Decimal::ONE);
            if is_one(quantity) && (factor.is_empty() || is_one(factor)) && code == unit {
                return String::new();
            }
            words([texts.per, &texts.measure(quantity, code)])
        });
        // where the heading cannot say it
        let held = item.tax.as_deref().filter(|tax| is_held(tax) && reading.taxes.are_told_by_line());
        let held = held.map_or("", |tax| texts.with(tax));
        self.price_note = words([own, basis.as_deref().unwrap_or_default(), &other, held]);
        let amount = line_amount(item).and_then(|net| reading.taxes.of_line(item, net));
        match amount {
            Ok(amount) => {
                self.amount = texts.number(currency::round(amount, currency), places);
                let counted = if self.is_deleted { texts.not_counted } else { "" };
                self.amount_note = words([own, held, counted]);
            }
            // nobody pays for it
            Err(_) if self.is_deleted => {}
            // the price of a blanket order is for what it calls off later
            Err(NoAmount::NoPrice) => {}
            Err(why) => {
                let message = match why {
                    NoAmount::NoBasis => "the price is for a quantity of 0",
                    NoAmount::Unreadable => "a number of the line cannot be read",
                    _ => "the amount has more than 28 digits",
                };
                let finding = Diagnostic::new(AMOUNT, Severity::Error, message);
                sink.report(
                    finding
                        .at(self.place.as_str())
                        .help("the document leaves the amount out; correct the line"),
                );
            }
        }
    }
}

/// What is shown as a line's amount without tax, and its currency.
fn net_of(item: &ItemOut) -> Option<(Decimal, &str)> {
    let currency = item.item_detail.as_ref()?.unit_price.money.currency.as_str();
    line_amount(item).ok().map(|net| (currency::round(net, currency), currency))
}

fn details(item: Element<'_>, net: Option<(Decimal, &str)>, reading: &Reading<'_>) -> Vec<Fact> {
    let texts = reading.texts;
    let mut facts = key_details(item, reading);
    let mut add = |label: &str, value: String| push(&mut facts, Fact::new(label, value));
    let sent = |name| item.attribute(name).to_owned();

    if let Some(id) = item.child("ItemID") {
        add(texts.auxiliary_part, id.text_of("SupplierPartAuxiliaryID").to_owned());
        let revision = id.child("SupplierPartID").map(|part| part.attribute("revisionID"));
        add(texts.revision, revision.unwrap_or_default().to_owned());
        for fact in id.all("IdReference").map(|reference| texts.id_reference(reference)) {
            add(&fact.label, fact.value);
        }
    }
    add(texts.parent_line, sent("parentLineNumber"));
    add(texts.requisition, sent("requisitionID"));
    for name in ["MasterAgreementReference", "MasterAgreementIDInfo"] {
        for agreement in item.all(name) {
            add(texts.agreement, agreement.attribute("agreementID").to_owned());
        }
    }
    add(texts.agreement_line, sent("agreementItemNumber"));
    for detail in item.all("ItemDetail").chain(item.all("BlanketItemDetail")) {
        article(detail, texts, &mut add);
    }
    for shipping in item.all("Shipping") {
        let what = shipping.child("Description").map(description).unwrap_or_default();
        add(texts.shipping, words([texts.money_in(Some(shipping)).as_str(), &what]));
        tracking(shipping, texts, &mut add);
    }
    for tax in item.all("Tax") {
        let fact = texts.tax(tax, net);
        add(&fact.label, fact.value);
    }
    for terms in item.all("TermsOfDelivery") {
        add(texts.terms_of_delivery, texts.terms_of_delivery(terms));
    }
    for distribution in item.all("Distribution") {
        add(texts.account, texts.distribution(distribution));
    }
    for contact in item.all("Contact").map(|contact| Party::of_contact(contact, texts)) {
        add(&contact.label, contact.joined());
    }
    for fact in item.all("Extrinsic").map(|extrinsic| texts.extrinsic(extrinsic)) {
        add(&fact.label, fact.value);
    }
    facts
}

/// What is to be done, when and where.
fn key_details(item: Element<'_>, reading: &Reading<'_>) -> Vec<Fact> {
    let texts = reading.texts;
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String| {
        push(&mut facts, Fact { is_key: true, ..Fact::new(label, value) });
    };
    let moment = |name| texts.moment(item.attribute(name));

    for (name, what) in [("isReturn", texts.is_return), ("isDeliveryCompleted", texts.is_delivery_completed)]
    {
        add("", if item.takes(name, "yes") { what.to_owned() } else { String::new() });
    }
    add(texts.return_authorization, item.attribute("returnAuthorizationNumber").to_owned());
    add(texts.delivery_date, moment("requestedDeliveryDate"));
    add(texts.shipment_date, moment("requestedShipmentDate"));
    add(texts.confirm_by, moment("confirmationDueDate"));
    for line in item.all("ScheduleLine") {
        let quantity = texts.measure(line.attribute("quantity"), line.text_of("UnitOfMeasure"));
        let date = texts.moment(line.attribute("requestedDeliveryDate"));
        let parts: Vec<_> = [quantity, date].into_iter().filter(|part| !part.is_empty()).collect();
        add(texts.schedule, parts.join(", "));
    }
    for ship_to in item.all("ShipTo").filter(|_| !reading.ship_to_is_above) {
        add(texts.ship_to, Party::of_address("", ship_to, texts).joined());
    }
    for note in item.all("Comments") {
        add(texts.comments, texts.comments(note));
    }
    facts
}

pub(super) fn tracking(shipping: Element<'_>, texts: &Texts, add: &mut impl FnMut(&str, String)) {
    let [carrier, id, number] =
        ["trackingDomain", "trackingId", "tracking"].map(|name| shipping.attribute(name));
    let is_numbered = !words([id, number]).is_empty();
    add(if is_numbered { texts.tracking } else { texts.carrier }, words([carrier, id, number]));
}

fn article(detail: Element<'_>, texts: &Texts, add: &mut impl FnMut(&str, String)) {
    for other in detail.all("Description").skip(1) {
        add("", description(other));
    }
    let unit = detail.text_of("UnitOfMeasure");
    if let Some(basis) = detail.child("PriceBasisQuantity") {
        let factor = basis.attribute("conversionFactor");
        let code = basis.text_of("UnitOfMeasure");
        if code != unit || !factor.is_empty() && decimal(factor) != Some(Decimal::ONE) {
            let factor = if factor.is_empty() { "1" } else { factor };
            add("", format!("1 {} = {}", texts.unit_of(unit, None), texts.measure(factor, code)));
        }
        add(texts.price_basis, basis.child("Description").map(description).unwrap_or_default());
    }
    for price in detail.all("UnitPrice") {
        for fact in texts.modifications(price) {
            add(&fact.label, fact.value);
        }
    }
    let maker = [detail.text_of("ManufacturerName"), detail.text_of("ManufacturerPartID")];
    add(texts.manufacturer, words(maker));
    for commodity in detail.all("Classification") {
        let value = words([commodity.attribute("code"), commodity.text()]);
        if !value.is_empty() {
            let domain = commodity.attribute("domain");
            add(if domain.is_empty() { texts.classification } else { domain }, value);
        }
    }
    for size in detail.all("Dimension").filter(|size| size.has("quantity")) {
        let value = texts.measure(size.attribute("quantity"), size.text_of("UnitOfMeasure"));
        add(size.attribute("type"), value);
    }
    add(texts.lead_time, texts.span(detail.text_of("LeadTime")));
    add(texts.overall_limit, texts.money_in(detail.child("OverallLimit")));
    add(texts.expected_limit, texts.money_in(detail.child("ExpectedLimit")));
    add(texts.max_amount, texts.money_in(detail.child("MaxAmount")));
    add(texts.min_amount, texts.money_in(detail.child("MinAmount")));
    for (name, limit) in [(texts.max_quantity, "MaxQuantity"), (texts.min_quantity, "MinQuantity")] {
        let limit = detail.text_of(limit);
        add(name, if limit.is_empty() { String::new() } else { texts.measure(limit, unit) });
    }
    let page = detail.child("URL").filter(|page| page.has_text());
    add("", page.map(|page| url(page, is_only(detail, "URL"))).unwrap_or_default());
    for fact in detail.all("Extrinsic").map(|extrinsic| texts.extrinsic(extrinsic)) {
        add(&fact.label, fact.value);
    }
}

impl Texts {
    fn operation<'a>(&'a self, operation: &'a str) -> &'a str {
        match operation {
            "new" => self.line_new,
            "update" => self.line_changed,
            "delete" => self.line_deleted,
            "block" => self.line_blocked,
            other => other,
        }
    }

    /// What the column of rates does not say: one rate on the line's amount,
    /// which stands in the row, comes to so much.
    fn tax(&self, tax: Element<'_>, net: Option<(Decimal, &str)>) -> Fact {
        let name = self.tax_name(tax);
        let whole = self.money_in(Some(tax));
        let parts = tax.all("TaxDetail").map(|detail| (self.tax_detail(detail), self.is_on(detail, net)));
        let parts: Vec<_> =
            parts.map(|((name, amount), is_plain)| (Fact::new(name, amount), is_plain)).collect();
        if let [(part, true)] = parts.as_slice()
            && [part.value.as_str(), ""].contains(&whole.as_str())
        {
            return Fact::new(name, part.value.as_str());
        }
        let is_said = matches!(parts.as_slice(), [(part, _)] if part.value == whole);
        let name = if is_said && name == self.tax { String::new() } else { name };
        let whole = if is_said { String::new() } else { whole };
        let parts = std::iter::once(whole).chain(parts.iter().map(|(part, _)| self.fact(part)));
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { Fact::new("", name) } else { Fact::new(name, parts.join("; ")) }
    }

    /// Whether a tax says nothing of itself but its rate, and is on an amount
    /// that is known.
    fn is_on(&self, detail: Element<'_>, net: Option<(Decimal, &str)>) -> bool {
        let is_vat = self.category(detail.attribute("category")) == self.tax;
        let base = detail.child("TaxableAmount").and_then(|base| base.child("Money"));
        let is_net = base.is_none_or(|base| {
            let is_other = base.has("alternateAmount");
            !is_other
                && net.is_some_and(|(net, currency)| {
                    decimal(base.text()) == Some(net) && base.attribute("currency") == currency
                })
        });
        is_vat && is_net && detail.has("percentageRate") && detail.child("Description").is_none()
    }

    fn distribution(&self, distribution: Element<'_>) -> String {
        let mut parts = Vec::new();
        for accounting in distribution.all("Accounting") {
            parts.push(accounting.attribute("name").to_owned());
            for part in accounting.all("Segment") {
                parts.push(words(["type", "id", "description"].map(|name| part.attribute(name))));
            }
            for part in accounting.all("AccountingSegment") {
                let said = part.child("Description").map(description).unwrap_or_default();
                parts.push(words([part.text_of("Name"), part.attribute("id"), &said]));
            }
        }
        parts.retain(|part| !part.is_empty());
        let charge = self.money_in(distribution.child("Charge"));
        let parts = [parts.join(", "), charge];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(self.colon)
    }
}

/// Pairs lines with their elements. An element that is no line of the model
/// stays unread.
pub(super) fn paired<'o, 't>(
    order: &'o OrderRequest,
    element: Element<'t>,
) -> Vec<(&'o ItemOut, Element<'t>, String)> {
    let mut items = order.item_out.iter().enumerate();
    let mut next = items.next();
    let mut pairs = Vec::with_capacity(order.item_out.len());
    for element in element.all("ItemOut") {
        let Some((index, item)) = next else { break };
        if element.says("quantity", item.quantity.as_sent()) {
            pairs.push((item, element, line_number(element, index)));
            next = items.next();
        }
    }
    pairs
}

/// The number of a line; its place where it has none.
fn line_number(item: Element<'_>, index: usize) -> String {
    let sent = item.attribute("lineNumber");
    match decimal(sent) {
        Some(number) => number.normalize().to_string(),
        None if sent.is_empty() => (index + 1).to_string(),
        None => sent.to_owned(),
    }
}
