//! What is true of the whole order.

use punchout_cxml::{Contact, OrderKind, OrderRequestHeader, OrderType, ShipTo, TermsOfDelivery};

use super::value::{attributes, comments, extrinsic, id_reference, push, words};
use super::{Fact, Party};
use crate::texts::Texts;

pub(super) fn kind(header: &OrderRequestHeader, texts: &Texts) -> String {
    match &header.kind {
        OrderKind::New => texts.order.to_owned(),
        OrderKind::Update => texts.order_change.to_owned(),
        OrderKind::Delete => texts.order_cancellation.to_owned(),
        other => format!("{} ({})", texts.order, other.as_str()),
    }
}

pub(super) fn facts(header: &OrderRequestHeader, texts: &Texts) -> Vec<Fact> {
    let mut facts = vec![Fact::new(texts.order_date, texts.timestamp(&header.order_date))];
    let mut add = |label: &str, value: String| push(&mut facts, Fact::new(label, value));
    let text = |text: &Option<punchout_core::Text>| text.as_deref().unwrap_or_default().trim().to_owned();

    for (label, date) in [
        (texts.delivery_date, &header.requested_delivery_date),
        (texts.pick_up_date, &header.pick_up_date),
        (texts.valid_from, &header.effective_date),
        (texts.valid_until, &header.expiration_date),
    ] {
        add(label, date.as_ref().map(|date| texts.timestamp(date)).unwrap_or_default());
    }
    if let Some(period) = &header.delivery_period {
        let (start, end) = (texts.timestamp(&period.start_date), texts.timestamp(&period.end_date));
        add(texts.delivery_period, format!("{start} – {end}"));
    }
    add(texts.version, header.order_version.as_ref().map(|version| texts.count(version)).unwrap_or_default());
    if header.order_type != OrderType::Regular {
        add(texts.order_type, header.order_type.as_str().to_owned());
    }
    add(texts.requisition, text(&header.requisition_id));
    add(texts.agreement, text(&header.agreement_id));
    add(texts.parent_agreement, text(&header.parent_agreement_id));
    if let Some(info) = &header.supplier_order_info {
        let date = info.order_date.as_ref().map(|date| texts.timestamp(date)).unwrap_or_default();
        add(texts.supplier_order, words([info.order_id.as_str(), &date]));
    }
    let terms: Vec<_> = header.payment_term.iter().map(|term| texts.payment_term(term)).collect();
    add(texts.payment, terms.join("\n"));
    if header.payment.as_ref().is_some_and(|paid| paid.pcard.is_some() || paid.payment_token.is_some()) {
        // its number is nobody's business on paper
        add(texts.payment, texts.card.to_owned());
    }
    if let Some(terms) = &header.terms_of_delivery {
        add(texts.terms_of_delivery, terms_of_delivery(terms));
    }
    if header.ship_complete {
        add(texts.shipping, texts.ship_complete.to_owned());
    }
    let references =
        header.legal_entity.iter().chain(&header.organizational_unit).chain(&header.id_reference);
    for fact in references.map(id_reference).chain(header.extrinsic.iter().map(extrinsic)) {
        push(&mut facts, fact);
    }
    let reference = header.document_reference.as_ref();
    facts.extend(attributes(
        [
            ("DocumentReference", reference.map(|reference| reference.payload_id.as_str())),
            ("agreementPayloadID", header.agreement_payload_id.as_deref()),
            ("parentAgreementPayloadID", header.parent_agreement_payload_id.as_deref()),
            ("Followup", header.followup.as_ref().map(|url| url.value.as_str())),
        ],
        [
            ("releaseRequired", header.release_required),
            ("isInternalVersion", header.is_internal_version),
            ("isSTOOutbound", header.is_sto_outbound),
        ],
    ));
    facts
}

pub(super) fn terms_of_delivery(terms: &TermsOfDelivery) -> String {
    let coded = [
        Some(&terms.terms_of_delivery_code),
        Some(&terms.shipping_payment_method),
        terms.transport_terms.as_ref(),
    ];
    let coded = coded.into_iter().flatten();
    let mut parts: Vec<_> = coded.map(|coded| words([coded.value.as_str(), &coded.text])).collect();
    parts.extend(terms.comments.iter().map(comments));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// The supplier, if the order says who it is, then buyer, ship-to and others.
pub(super) fn parties(header: &OrderRequestHeader, lifted: Option<&ShipTo>, texts: &Texts) -> Vec<Party> {
    let is_supplier = |contact: &&Contact| {
        contact.role.as_deref().is_some_and(|role| role.to_ascii_lowercase().starts_with("supplier"))
    };
    let supplier = header.contact.iter().filter(is_supplier).map(|contact| Party::of_contact(contact, texts));
    let bill_to = &header.bill_to;
    let buyer = Party::of_address(texts.bill_to, &bill_to.address, &bill_to.id_reference, texts);
    let ship_to = header.ship_to.as_ref().or(lifted).map(|ship_to| self::ship_to(ship_to, texts));
    let partners = header.business_partner.iter().map(|partner| {
        let label = texts.role(partner.role.as_str());
        Party::of_address(&label, &partner.address, &partner.id_reference, texts)
    });
    let contacts = header.contact.iter().filter(|contact| !is_supplier(contact));
    let contacts = contacts.map(|contact| Party::of_contact(contact, texts));
    let parties = supplier.chain([buyer]).chain(ship_to).chain(partners).chain(contacts);
    parties.filter(|party| !party.is_empty()).collect()
}

pub(super) fn ship_to(ship_to: &ShipTo, texts: &Texts) -> Party {
    let mut party = Party::of_address(texts.ship_to, &ship_to.address, &ship_to.id_reference, texts);
    let carriers = ship_to.carrier_identifier.iter();
    party
        .lines
        .extend(carriers.map(|carrier| format!("{}: {} {}", texts.carrier, carrier.domain, carrier.value)));
    party
}

pub(super) fn notes(header: &OrderRequestHeader, texts: &Texts) -> Vec<Fact> {
    let said: Vec<_> = header.comments.iter().map(comments).filter(|text| !text.is_empty()).collect();
    let mut notes = Vec::new();
    push(&mut notes, Fact::new(texts.comments, said.join("\n\n")));
    notes
}
