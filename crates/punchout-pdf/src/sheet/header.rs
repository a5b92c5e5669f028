//! What is true of the whole order.

use super::item::tracking;
use super::value::{description, push, words};
use super::{Alert, Ends, Fact, Party};
use crate::texts::Texts;
use crate::tree::Element;
use crate::{Amounts, Options, Whose};

/// Roles that say in the reader's language who the two ends of an order are.
const SUPPLIER: &str = "supplierCorporate";
const BUYER: &str = "buyer";

/// Says that an order is a test, whatever else is to be said of it.
pub(super) fn test(alert: Option<Alert>, texts: &Texts) -> Alert {
    match alert {
        None => Alert { title: texts.test.to_owned(), note: texts.test_note.to_owned() },
        Some(Alert { title, note }) => {
            Alert { title: format!("{} · {title}", texts.test), note: format!("{} {note}", texts.test_note) }
        }
    }
}

/// What the document is, and what has to be in large letters above it.
pub(super) fn kind(header: Element<'_>, texts: &Texts) -> (String, Option<Alert>) {
    let alert = |title: &str, note: &str| Some(Alert { title: title.to_owned(), note: note.to_owned() });
    match header.attribute("type") {
        "" | "new" => (texts.order.to_owned(), None),
        "update" => (texts.order_change.to_owned(), alert(texts.change, texts.change_note)),
        "delete" => (texts.order_cancellation.to_owned(), alert(texts.cancellation, texts.cancellation_note)),
        other => (format!("{} ({other})", texts.order), None),
    }
}

pub(super) fn facts(header: Element<'_>, amounts: Amounts, texts: &Texts) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String| push(&mut facts, Fact::new(label, value));
    let sent = |name| header.attribute(name).to_owned();
    let moment = |name| texts.moment(header.attribute(name));

    add(texts.order_date, moment("orderDate"));
    add(texts.version, sent("orderVersion"));
    add(texts.delivery_date, moment("requestedDeliveryDate"));
    if let Some(period) = header.child("DeliveryPeriod").and_then(|period| period.child("Period")) {
        add(texts.delivery_period, texts.period(period));
    }
    add(texts.pick_up_date, moment("pickUpDate"));
    add(texts.valid_from, moment("effectiveDate"));
    add(texts.valid_until, moment("expirationDate"));
    let kind = header.attribute("orderType");
    add(texts.order_type, if kind == "regular" { String::new() } else { kind.to_owned() });
    for earlier in header.all("DocumentReference") {
        add(texts.earlier, earlier.attribute("payloadID").to_owned());
    }
    add(texts.requisition, sent("requisitionID"));
    add(texts.agreement, sent("agreementID"));
    add(texts.parent_agreement, sent("parentAgreementID"));
    for info in header.all("SupplierOrderInfo") {
        let date = texts.moment(info.attribute("orderDate"));
        add(texts.supplier_order, words([info.attribute("orderID"), &date]));
    }
    let terms: Vec<_> = header.all("PaymentTerm").map(|term| texts.payment_term(term)).collect();
    add(texts.payment, terms.join("\n"));
    if let Some(payment) = header.child("Payment") {
        let is_card = |child: &Element<'_>| ["PCard", "PaymentToken"].contains(&child.name());
        let mut ways = Vec::new();
        for card in payment.children().filter(is_card) {
            // its number is nobody's business on paper, but it is not to be told to be empty either
            card.attribute("number");
            ways.push(texts.card.to_owned());
        }
        let others = payment.all("PaymentService").chain(payment.all("PaymentReference"));
        ways.extend(others.map(|way| texts.payment_reference(way)).filter(|way| !way.is_empty()));
        add(texts.payment_method, ways.join("\n"));
    }
    for terms in header.all("TermsOfDelivery") {
        add(texts.terms_of_delivery, texts.terms_of_delivery(terms));
    }
    if header.takes("shipComplete", "yes") {
        add(texts.shipping, texts.ship_complete.to_owned());
    }
    // else it stands with what it costs
    if let Some(shipping) = header.child("Shipping").filter(|_| amounts == Amounts::Hidden) {
        add(texts.shipping, shipping.child("Description").map(description).unwrap_or_default());
        tracking(shipping, texts, &mut add);
    }
    let of = |name| header.all(name).flat_map(|of| of.all("IdReference"));
    let references = of("LegalEntity").chain(of("OrganizationalUnit")).chain(header.all("IdReference"));
    for fact in references.map(|reference| texts.id_reference(reference)) {
        push(&mut facts, fact);
    }
    for fact in header.all("Extrinsic").map(|extrinsic| texts.extrinsic(extrinsic)) {
        push(&mut facts, fact);
    }
    // what the supplier knows the buyer by comes before all but the date
    facts.sort_by_key(|fact| {
        if fact.label == texts.order_date { 0 } else { 1 + u8::from(fact.label != texts.customer_number) }
    });
    facts
}

impl Texts {
    pub(super) fn period(&self, period: Element<'_>) -> String {
        let [start, end] = ["startDate", "endDate"].map(|name| self.moment(period.attribute(name)));
        format!("{start} – {end}")
    }

    fn payment_term(&self, term: Element<'_>) -> String {
        let days = self.span(term.attribute("payInNumberOfDays"));
        let Some(discount) = term.child("Discount") else {
            return if days.is_empty() { days } else { words([days.as_str(), self.net]) };
        };
        let percent = discount.child("DiscountPercent").map(|percent| percent.attribute("percent"));
        let percent = percent.map(|percent| self.percent(percent)).unwrap_or_default();
        let money = self.money_in(discount.child("DiscountAmount"));
        self.told(&days, &words([percent.as_str(), &money, self.discount]))
    }

    /// How something is paid, and what proves it.
    fn payment_reference(&self, way: Element<'_>) -> String {
        let name = words([way.attribute("method"), way.attribute("provider")]);
        let facts = way.all("IdReference").map(|reference| self.id_reference(reference));
        let facts = facts.chain(way.all("Extrinsic").map(|extrinsic| self.extrinsic(extrinsic)));
        let facts = facts.filter(|fact| !fact.value.is_empty()).map(|fact| self.fact(&fact));
        let parts = std::iter::once(self.money_in(Some(way))).chain(facts);
        self.told(&name, &parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
    }

    pub(super) fn terms_of_delivery(&self, terms: Element<'_>) -> String {
        let coded = ["TermsOfDeliveryCode", "ShippingPaymentMethod", "TransportTerms"];
        let coded = coded.into_iter().filter_map(|name| terms.child(name));
        let mut parts: Vec<_> = coded
            .map(|coded| {
                let (code, said) = (coded.attribute("value"), coded.text());
                // what the text says in place of a code
                let is_other = code.eq_ignore_ascii_case("other") && !said.is_empty();
                words([if is_other { "" } else { self.term(code) }, said])
            })
            .collect();
        parts.extend(terms.all("Address").map(|address| Party::new("", "", address, self).joined()));
        parts.extend(terms.all("Comments").map(|comments| self.comments(comments)));
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }
}

impl Texts {
    /// The words for a code, the trade's own letters for one of its terms, or
    /// the code as sent.
    fn term<'a>(&self, code: &'a str) -> &'a str {
        const TRADE: [(&str, &str); 15] = [
            ("exworks", "EXW"),
            ("freecarrier", "FCA"),
            ("freealongsideship", "FAS"),
            ("freeonboard", "FOB"),
            ("freeonboardvessel", "FOB"),
            ("costandfreight", "CFR"),
            ("costinsurancefreight", "CIF"),
            ("costinsuranceandfreight", "CIF"),
            ("carriagepaidto", "CPT"),
            ("carriageandinsurancepaidto", "CIP"),
            ("deliveredatplace", "DAP"),
            ("deliveredatterminal", "DAT"),
            ("deliverdutypaid", "DDP"),
            ("delivereddutypaid", "DDP"),
            ("delivereddutyunpaid", "DDU"),
        ];
        let letters: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut known = self.terms.iter().chain(&TRADE);
        known.find(|(key, _)| key.eq_ignore_ascii_case(&letters)).map_or(code, |(_, word)| word)
    }
}

/// The supplier, then where goods, invoices and questions go, then all others.
pub(super) fn parties(
    header: Element<'_>,
    ends: &Ends<'_>,
    lifted: Option<Element<'_>>,
    options: &Options,
    texts: &Texts,
) -> Vec<Party> {
    let is_supplier =
        |party: &Element<'_>| party.attribute("role").to_ascii_lowercase().starts_with("supplier");
    let contact = |contact| Party::of_contact(contact, texts);
    let supplier = header.all("Contact").filter(is_supplier).map(contact);
    let ship_to = header.child("ShipTo").or(lifted);
    let ship_to = ship_to.map(|ship_to| Party::of_address(texts.ship_to, ship_to, texts));
    let bill_to = header.child("BillTo").map(|bill_to| Party::of_address(texts.bill_to, bill_to, texts));
    let partners = header.all("BusinessPartner").map(|partner| {
        let role = partner.attribute("role");
        let party = Party::of_address(&texts.role(role), partner, texts);
        if role.is_empty() { party } else { party.or_dash() }
    });
    let contacts = header.all("Contact").filter(|contact| !is_supplier(contact)).map(contact);
    // whoever reads the order has to know that it is for him
    let is_named = |party: Element<'_>| party.child("Name").is_some_and(Element::has_text);
    let mut partners_named =
        header.all("BusinessPartner").filter(is_supplier).flat_map(|it| it.all("Address"));
    let is_told = header.all("Contact").filter(is_supplier).any(is_named) || partners_named.any(is_named);
    let addressee = ends.to.filter(|_| !is_told).map(|to| Party::of_end(texts.role(SUPPLIER), to, texts));
    let parties = addressee
        .into_iter()
        .chain(supplier)
        .chain(ship_to)
        .chain([invoices(options, texts)])
        .chain(bill_to)
        .chain([Party {
            label: texts.questions.to_owned(),
            name: String::new(),
            lines: vec![options.procurement_mailbox.trim().to_owned()],
        }])
        .chain(partners)
        .chain(contacts);
    parties.filter(|party| !party.is_empty()).collect()
}

fn invoices(options: &Options, texts: &Texts) -> Party {
    let mut lines = options.invoice_address.lines().map(|line| line.trim().to_owned());
    let name = lines.next().unwrap_or_default();
    let mut lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.push(options.invoice_mailbox.trim().to_owned());
    Party { label: texts.invoices.to_owned(), name, lines }
}

/// Whose order it is, for the head of the first page: whoever gets the bill,
/// or if that is nobody by name, whom the document comes from.
/// Says also whether that is the bill-to address as it is.
pub(super) fn sender(
    header: Element<'_>,
    ends: &Ends<'_>,
    options: &Options,
    texts: &Texts,
) -> (Party, bool) {
    let mut organisation = header
        .child("BillTo")
        .map(|bill_to| Party::of_address(texts.bill_to, bill_to, texts))
        .unwrap_or_default();
    let author = ends.from.filter(|_| organisation.name.is_empty());
    let author = author.map(|from| Party::of_end(texts.role(BUYER), from, texts));
    let is_bill_to = author.as_ref().is_none_or(Party::is_empty);
    if let Some(author) = author.filter(|_| !is_bill_to) {
        organisation = author;
    }
    if options.whose == Whose::Requester {
        let is = |role: &str| {
            header.all("Contact").find(|contact| contact.attribute("role").eq_ignore_ascii_case(role))
        };
        if let Some(contact) = ["requester", "endUser", "buyer", "purchasingAgent"].into_iter().find_map(is) {
            let person = Party::new("", "", contact, texts);
            organisation.lines = std::iter::once(person.name).chain(person.lines).collect();
            organisation.lines.retain(|line| !line.is_empty());
            organisation.label.clear();
            return (organisation, false);
        }
    }
    if organisation.is_empty() {
        organisation.label.clear();
    }
    (organisation, is_bill_to)
}

/// What the author of the document is called.
pub(super) fn buyer(header: Element<'_>, ends: &Ends<'_>, texts: &Texts) -> String {
    let bill_to = header.child("BillTo").and_then(|bill_to| bill_to.child("Address"));
    let name = bill_to.map_or("", |address| address.text_of("Name"));
    let author = ends.from.filter(|_| name.is_empty()).map(|from| Party::of_end(String::new(), from, texts));
    author.map_or_else(|| name.to_owned(), |author| author.name)
}

pub(super) fn notes(header: Element<'_>, texts: &Texts) -> Vec<Fact> {
    let said: Vec<_> = header.all("Comments").map(|comments| texts.comments(comments)).collect();
    let said: Vec<_> = said.into_iter().filter(|text| !text.is_empty()).collect();
    let mut notes = Vec::new();
    push(&mut notes, Fact::new(texts.comments, said.join("\n\n")));
    notes
}
