//! A line of the order as a row of the table.

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{
    Accounting, CompositeItemType, Distribution, ItemCategory, ItemClassification, ItemDetail, ItemOut,
    ItemType, OrderRequest, ShipTo, StoDelivery, StockTransferType, SubcontractingType, Tax, TaxDetail,
};

use super::money::{NoAmount, line_amount};
use super::value::{attributes, comments, content, description, extrinsic, id_reference, push, words};
use super::{Fact, Item, Party, header};
use crate::currency;
use crate::texts::Texts;

/// A line's amount cannot be computed.
const AMOUNT: Code = Code::new("PDF-AMOUNT");

/// The ship-to that all lines have alike, when the header has none.
pub(super) fn common_ship_to(order: &OrderRequest) -> Option<&ShipTo> {
    let (first, others) = order.item_out.split_first()?;
    let common = first.ship_to.as_ref().filter(|_| order.order_request_header.ship_to.is_none())?;
    others.iter().all(|item| item.ship_to.as_ref() == Some(common)).then_some(common)
}

impl Item {
    pub(super) fn new(
        item: &ItemOut,
        index: usize,
        currency: &str,
        ship_to_is_above: bool,
        texts: &Texts,
        sink: &mut dyn Sink,
    ) -> Self {
        let number = item
            .line_number
            .as_ref()
            .map_or_else(|| (index + 1).to_string(), |n| n.value().normalize().to_string());
        let place = format!("item {number}");
        let mut row = Self {
            part: item.item_id.supplier_part_id.value.trim().to_owned(),
            quantity: texts.count(&item.quantity),
            place,
            number,
            ..Self::default()
        };
        if let Some(detail) = &item.item_detail {
            row.describe(detail);
            row.price(item, detail, currency, texts, sink);
        }
        row.details = details(item, ship_to_is_above, texts);
        row
    }

    /// The first description; those in other languages go with the details.
    fn describe(&mut self, detail: &ItemDetail) {
        let Some(first) = detail.description.first() else { return };
        let text = first.text.trim();
        let short = first.short_name.as_deref().unwrap_or_default().trim();
        if !text.starts_with(short) || text.is_empty() {
            short.clone_into(&mut self.name);
        }
        text.clone_into(&mut self.description);
    }

    fn price(
        &mut self,
        item: &ItemOut,
        detail: &ItemDetail,
        currency: &str,
        texts: &Texts,
        sink: &mut dyn Sink,
    ) {
        let money = &detail.unit_price.money;
        detail.unit_of_measure.trim().clone_into(&mut self.unit);
        self.price = texts.amount(money);
        let own = if money.currency.as_str() == currency { "" } else { money.currency.as_str() };
        let basis = detail.price_basis_quantity.as_ref().filter(|basis| {
            let one = |amount: &punchout_core::Amount| amount.value() == 1.into();
            !(one(&basis.quantity)
                && one(&basis.conversion_factor)
                && basis.unit_of_measure == detail.unit_of_measure)
        });
        let basis = basis.map(|basis| {
            let quantity = texts.count(&basis.quantity);
            words([texts.per, &quantity, &basis.unit_of_measure])
        });
        self.price_note = words([own, basis.as_deref().unwrap_or_default()]);
        match line_amount(item) {
            Ok(amount) => {
                let rounded = currency::round(amount, &money.currency);
                self.amount = texts.number(rounded, currency::decimals(&money.currency));
                own.clone_into(&mut self.amount_note);
            }
            Err(why) => {
                let message = match why {
                    NoAmount::NoPrice => "the line has no price",
                    NoAmount::NoBasis => "the price is for a quantity of 0",
                    NoAmount::TooLong => "the amount has more than 28 digits",
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

fn details(item: &ItemOut, ship_to_is_above: bool, texts: &Texts) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String| push(&mut facts, Fact::new(label, value));
    let text = |text: &Option<punchout_core::Text>| text.as_deref().unwrap_or_default().trim().to_owned();

    for (is, what) in [
        (
            item.operation.is_some(),
            item.operation.as_ref().map_or("", |operation| texts.operation(operation.as_str())),
        ),
        (item.is_return, texts.is_return),
        (item.is_delivery_completed, texts.is_delivery_completed),
    ] {
        if is {
            add("", what.to_owned());
        }
    }
    add(texts.return_authorization, text(&item.return_authorization_number));
    for (label, date) in [
        (texts.delivery_date, item.requested_delivery_date.as_ref()),
        (texts.shipment_date, item.requested_shipment_date.as_deref()),
        (texts.confirm_by, item.confirmation_due_date.as_deref()),
    ] {
        add(label, date.map(|date| texts.timestamp(date)).unwrap_or_default());
    }
    for line in &item.schedule_line {
        let quantity = texts.count(&line.quantity);
        let date = texts.timestamp(&line.requested_delivery_date);
        add(texts.schedule, format!("{quantity} {}, {date}", line.unit_of_measure));
    }
    let auxiliary = item.item_id.supplier_part_auxiliary_id.as_ref();
    add(texts.auxiliary_part, auxiliary.map(|id| content(id).trim().to_owned()).unwrap_or_default());
    add(texts.buyer_part, text(&item.item_id.buyer_part_id));
    add(texts.parent_line, item.parent_line_number.as_ref().map(|n| texts.count(n)).unwrap_or_default());
    add(texts.requisition, text(&item.requisition_id));
    let agreement = item.master_agreement_id_info.as_ref().map(|agreement| &agreement.agreement_id);
    let document = item.master_agreement_reference.as_ref();
    let agreement = agreement.or(document.and_then(|agreement| agreement.agreement_id.as_ref()));
    add(texts.agreement, text(&agreement.cloned()));
    add(texts.agreement_line, text(&item.agreement_item_number));
    for fact in item.item_id.id_reference.iter().map(id_reference) {
        push(&mut facts, fact);
    }
    if let Some(detail) = &item.item_detail {
        article(detail, texts, &mut facts);
    }

    let mut add = |label: &str, value: String| push(&mut facts, Fact::new(label, value));
    if let Some(ship_to) = item.ship_to.as_ref().filter(|_| !ship_to_is_above) {
        add(texts.ship_to, header::ship_to(ship_to, texts).joined());
    }
    if let Some(shipping) = &item.shipping {
        add(
            texts.shipping,
            words([texts.money(&shipping.money).as_str(), &description(&shipping.description)]),
        );
    }
    if let Some(tax) = &item.tax {
        add(texts.tax, texts.tax(tax));
    }
    if let Some(terms) = &item.terms_of_delivery {
        add(texts.terms_of_delivery, header::terms_of_delivery(terms));
    }
    for distribution in &item.distribution {
        add(texts.account, texts.distribution(distribution));
    }
    for contact in item.contact.iter().map(|contact| Party::of_contact(contact, texts)) {
        add(&contact.label, contact.joined());
    }
    facts.extend(attributes(
        [
            ("itemType", item.item_type.as_ref().map(ItemType::as_str)),
            ("compositeItemType", item.composite_item_type.as_ref().map(CompositeItemType::as_str)),
            ("itemClassification", item.item_classification.as_ref().map(ItemClassification::as_str)),
            ("itemCategory", item.item_category.as_ref().map(ItemCategory::as_str)),
            ("subcontractingType", item.subcontracting_type.as_ref().map(SubcontractingType::as_str)),
            ("stockTransferType", item.stock_transfer_type.as_ref().map(StockTransferType::as_str)),
            ("stoDelivery", item.sto_delivery.as_ref().map(StoDelivery::as_str)),
        ],
        [
            ("isAdHoc", item.is_ad_hoc),
            ("requiresServiceEntry", item.requires_service_entry),
            ("unlimitedDelivery", item.unlimited_delivery),
            ("isItemChanged", item.is_item_changed),
            ("isKanban", item.is_kanban),
            ("stoOrderCombination", item.sto_order_combination),
            ("stoFinalDelivery", item.sto_final_delivery),
        ],
    ));
    for note in &item.comments {
        push(&mut facts, Fact::new(texts.comments, comments(note)));
    }
    facts
}

fn article(detail: &ItemDetail, texts: &Texts, facts: &mut Vec<Fact>) {
    let mut add = |label: &str, value: String| push(facts, Fact::new(label, value));
    for other in detail.description.iter().skip(1) {
        add("", description(other));
    }
    if let Some(basis) = &detail.price_basis_quantity {
        let factor = texts.count(&basis.conversion_factor);
        if basis.unit_of_measure != detail.unit_of_measure || factor != "1" {
            add("", format!("1 {} = {factor} {}", detail.unit_of_measure, basis.unit_of_measure));
        }
    }
    let text =
        |text: Option<&punchout_core::Text>| text.map(|text| text.trim().to_owned()).unwrap_or_default();
    let name = text(detail.manufacturer_name.as_ref().map(|name| &name.text));
    let part = text(detail.manufacturer_part_id.as_ref());
    add(texts.manufacturer, words([name.as_str(), &part]));
    for commodity in &detail.classification {
        let code = commodity.code.as_deref().unwrap_or_default();
        let value = words([code, &commodity.value]);
        let label =
            if commodity.domain.trim().is_empty() { texts.classification } else { commodity.domain.trim() };
        add(label, value);
    }
    for size in &detail.dimension {
        add(size.kind.as_str(), words([texts.count(&size.quantity).as_str(), &size.unit_of_measure]));
    }
    if let Some(days) = &detail.lead_time {
        add(texts.lead_time, texts.span(days));
    }
    for (label, limit) in
        [(texts.overall_limit, &detail.overall_limit), (texts.expected_limit, &detail.expected_limit)]
    {
        add(label, limit.as_ref().map(|money| texts.money(money)).unwrap_or_default());
    }
    add("", detail.url.as_ref().map(|url| url.value.trim().to_owned()).unwrap_or_default());
    for fact in detail.extrinsic.iter().map(extrinsic) {
        push(facts, fact);
    }
}

impl Texts {
    fn operation<'a>(&'a self, operation: &'a str) -> &'a str {
        match operation {
            "delete" => self.line_deleted,
            "block" => self.line_blocked,
            other => other,
        }
    }

    fn tax(&self, tax: &Tax) -> String {
        let whole = words([self.money(&tax.money).as_str(), &description(&tax.description)]);
        let parts = tax.tax_detail.iter().map(|detail| self.tax_detail(detail));
        std::iter::once(whole).chain(parts).collect::<Vec<_>>().join("; ")
    }

    /// Such as `vat 21 %: 21.00 EUR on 100.00 EUR`.
    pub(super) fn tax_detail(&self, detail: &TaxDetail) -> String {
        let rate =
            detail.percentage_rate.as_ref().map(|rate| format!("{} %", self.count(rate))).unwrap_or_default();
        let what = detail.description.as_ref().map(description).unwrap_or_default();
        let base = detail.taxable_amount.as_ref().map(|money| format!("{} {}", self.on, self.money(money)));
        let name = words([detail.category.as_str(), &rate, &what]);
        words([
            format!("{name}:").as_str(),
            &self.money(&detail.tax_amount),
            base.as_deref().unwrap_or_default(),
        ])
    }

    fn distribution(&self, distribution: &Distribution) -> String {
        let Accounting { name, segment, accounting_segment, .. } = &distribution.accounting;
        let old = segment.iter().map(|part| words([part.kind.as_str(), &part.id, &part.description]));
        let new = accounting_segment
            .iter()
            .map(|part| words([part.name.text.as_str(), &part.id, &part.description.text]));
        let parts = std::iter::once(name.trim().to_owned()).chain(old).chain(new);
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        format!("{}: {}", parts.join(", "), self.money(&distribution.charge))
    }
}
