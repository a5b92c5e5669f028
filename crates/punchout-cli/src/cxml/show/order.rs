//! An order for people.

use std::io::{self, Write};

use punchout::core::{Amount, Secret};
use punchout::cxml::secret::{MASK, Secrets};
use punchout::cxml::{
    Address, AnyContent, Contact, Extrinsic, ItemOut, ItemOutOperation, Money, OrderRequest,
    OrderRequestHeader, PaymentTerm, PostalAddress, Timestamp,
};
use punchout::order::DraftLine;

use super::facts::Facts;
use crate::output::findings::counted;
use crate::output::table::{Align, Table};
use crate::output::{money, visible};

pub(super) fn write(order: &OrderRequest, secrets: &Secrets, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    header(&order.order_request_header, secrets).write(out)?;
    writeln!(out)?;
    if !order.item_out.is_empty() {
        table(&order.item_out, secrets).write(out)?;
        writeln!(out)?;
    }
    let lines = counted(order.item_out.len(), "line");
    writeln!(
        out,
        "{lines}, {} without tax and shipping",
        amount(secrets, &order.order_request_header.total.money)
    )
}

fn header<'s>(header: &OrderRequestHeader, secrets: &'s Secrets) -> Facts<'s> {
    let mut facts = Facts::new(secrets);
    let mut sort =
        format!("{}, {}, {}", header.order_id.trim(), header.kind.as_str(), header.order_type.as_str());
    if let Some(version) = &header.order_version {
        sort.extend([", version ", version.as_sent()]);
    }
    let date = |date: &Option<Timestamp>| date.as_ref().map(|date| date.as_sent().to_owned());
    facts.add("order", &sort);
    facts.add("date", header.order_date.as_sent());
    facts.add("total", &amount(secrets, &header.total.money));
    facts.add_some(
        "shipping",
        header.shipping.as_ref().map(|shipping| charge(secrets, &shipping.money, &shipping.description.text)),
    );
    facts.add_some("tax", header.tax.as_ref().map(|tax| charge(secrets, &tax.money, &tax.description.text)));
    facts.add_some("wanted", date(&header.requested_delivery_date));
    facts.add_some("fetched", date(&header.pick_up_date));
    if header.effective_date.is_some() || header.expiration_date.is_some() {
        let end = |end| date(end).unwrap_or_else(|| "…".to_owned());
        facts.add("holds", &format!("{} to {}", end(&header.effective_date), end(&header.expiration_date)));
    }
    if let Some(period) = &header.delivery_period {
        facts.add("delivery", &format!("{} to {}", period.start_date.as_sent(), period.end_date.as_sent()));
    }
    facts.add_some("ship to", header.ship_to.as_ref().map(|ship_to| address(&ship_to.address)));
    facts.add("bill to", &address(&header.bill_to.address));
    for partner in &header.business_partner {
        facts.add("partner", &format!("{}: {}", partner.role.as_str(), address(&partner.address)));
    }
    for person in &header.contact {
        facts.add("contact", &contact(person));
    }
    if header.payment.as_ref().is_some_and(|payment| payment.pcard.is_some()) {
        facts.add("card", MASK);
    }
    facts.add_list("payment term", header.payment_term.iter().map(term));
    if let Some(terms) = &header.terms_of_delivery {
        let transport = terms.transport_terms.as_ref().map(|terms| terms.value.trim());
        let said = [Some(terms.terms_of_delivery_code.value.trim()), transport];
        facts.add_list("terms", said.into_iter().flatten());
    }
    facts.add_some("requisition", header.requisition_id.as_deref());
    facts.add_some("agreement", header.agreement_id.as_deref());
    facts.add_some("changes", header.document_reference.as_ref().map(|reference| &*reference.payload_id));
    facts.add_some("supplier's order", header.supplier_order_info.as_ref().map(|info| &*info.order_id));
    for comments in &header.comments {
        facts.add("comment", &comments.text);
        for attachment in &comments.attachment {
            facts.add("attachment", &attachment.url.value);
        }
    }
    for extrinsic in &header.extrinsic {
        facts.add("extrinsic", &named(extrinsic));
    }
    facts
}

fn table(lines: &[ItemOut], secrets: &Secrets) -> Table<10> {
    let mut table = Table::new([
        ("line", Align::Right),
        ("part", Align::Left),
        ("description", Align::Left),
        ("quantity", Align::Right),
        ("unit", Align::Left),
        ("price", Align::Right),
        ("per", Align::Right),
        ("amount", Align::Right),
        ("currency", Align::Left),
        ("wanted", Align::Left),
    ]);
    for line in lines {
        let detail = line.item_detail.as_ref();
        let description = detail.and_then(|detail| detail.description.first());
        let operation = line.operation.as_ref().map(ItemOutOperation::as_str);
        let number = line.line_number.as_ref().map(Amount::as_sent);
        let total = DraftLine::new(line.clone()).amount();
        table.push([
            text(secrets, [operation, number].into_iter().flatten().collect::<Vec<_>>().join(" "), 20),
            text(secrets, &line.item_id.supplier_part_id.value, 40),
            text(secrets, description.map_or("", |description| &description.text), 40),
            number_of(secrets, &line.quantity),
            text(secrets, detail.map_or("", |detail| &detail.unit_of_measure), 8),
            detail.map_or_else(none, |detail| price(secrets, &detail.unit_price.money.amount)),
            detail
                .and_then(|detail| detail.price_basis_quantity.as_ref())
                .map_or_else(none, |basis| number_of(secrets, &basis.quantity)),
            total.map_or_else(none, money),
            text(secrets, detail.map_or("", |detail| &detail.unit_price.money.currency), 8),
            text(secrets, line.requested_delivery_date.as_ref().map_or("", day), 25),
        ]);
    }
    table
}

fn none() -> String {
    "-".to_owned()
}

fn text(secrets: &Secrets, text: impl AsRef<str>, most: usize) -> String {
    let text = visible(&secrets.hide_repeated(text.as_ref()), most);
    if text.is_empty() { none() } else { text }
}

/// Whether a text was no number at all.
fn is_no_number(amount: &Amount) -> bool {
    amount.value().is_zero() && !amount.as_sent().bytes().any(|b| b.is_ascii_digit())
}

fn number_of(secrets: &Secrets, amount: &Amount) -> String {
    if is_no_number(amount) {
        text(secrets, amount.as_sent(), 12)
    } else {
        amount.value().normalize().to_string()
    }
}

fn price(secrets: &Secrets, amount: &Amount) -> String {
    if is_no_number(amount) { text(secrets, amount.as_sent(), 12) } else { money(amount.value()) }
}

fn amount(secrets: &Secrets, money: &Money) -> String {
    format!("{} {}", price(secrets, &money.amount), visible(&secrets.hide_repeated(&money.currency), 8))
}

/// An amount and what it is for.
fn charge(secrets: &Secrets, money: &Money, what: &str) -> String {
    let what = what.trim();
    if what.is_empty() { amount(secrets, money) } else { format!("{}, {what}", amount(secrets, money)) }
}

/// The day of a time, as it was sent.
fn day(time: &Timestamp) -> &str {
    let sent = time.as_sent();
    if time.value().is_none() { sent } else { sent.trim().split('T').next().unwrap_or(sent) }
}

fn address(address: &Address) -> String {
    let id = address.address_id.as_ref().map(|id| format!("({})", id.trim()));
    let name =
        [Some(address.name.text.trim().to_owned()), id].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut parts = vec![name];
    parts.extend(address.postal_address.as_ref().map(postal));
    parts.retain(|part| !part.trim().is_empty());
    parts.join(", ")
}

fn postal(address: &PostalAddress) -> String {
    let code = address.postal_code.as_deref().unwrap_or_default();
    let place = format!("{code} {}", address.city.value);
    let country = &address.country;
    let country =
        if country.iso_country_code.trim().is_empty() { &country.value } else { &country.iso_country_code };
    let lines = address.deliver_to.iter().chain(&address.street).map(|line| line.trim());
    let parts: Vec<_> = lines.chain([place.trim(), country.trim()]).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn contact(contact: &Contact) -> String {
    let role = contact.role.as_ref().map(|role| format!("{role}: ")).unwrap_or_default();
    let mails = contact.email.iter().map(|email| email.value.trim());
    let parts: Vec<_> =
        std::iter::once(contact.name.text.trim()).chain(mails).filter(|part| !part.is_empty()).collect();
    format!("{role}{}", parts.join(", "))
}

fn term(term: &PaymentTerm) -> String {
    let days = format!("{} days", term.pay_in_number_of_days.as_sent().trim());
    let percent = term.discount.as_ref().and_then(|discount| discount.discount_percent.as_ref());
    percent.map_or_else(|| days.clone(), |percent| format!("{days} {} %", percent.percent.as_sent().trim()))
}

/// A named value; markup in it is for the outline to show.
fn named(Extrinsic { name, value, .. }: &Extrinsic) -> String {
    let shown = if Secret::is_named(name) { MASK } else { AnyContent::as_text(value).unwrap_or("<…>") };
    format!("{}: {}", name.trim(), shown.trim())
}
