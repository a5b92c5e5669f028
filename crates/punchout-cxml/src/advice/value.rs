//! How values are written.

use punchout_core::{Amount, excerpt};
use rust_decimal::Decimal;

use super::check::Check;
use super::rule;
use crate::tree::Element;
use crate::{Timestamp, TimestampValue};

/// What attributes with a date are called.
const DATES: &[&str] = &[
    "orderDate",
    "requestedDeliveryDate",
    "requestedShipmentDate",
    "pickUpDate",
    "effectiveDate",
    "expirationDate",
    "noticeDate",
    "invoiceDate",
    "shipmentDate",
    "deliveryDate",
    "agreementDate",
    "startDate",
    "endDate",
    "taxPointDate",
    "paymentDate",
    "confirmationDueDate",
    "creationDate",
    "originalRequestedDeliveryDate",
];

pub(super) fn check(check: &mut Check<'_>, element: Element<'_, '_>) {
    for attribute in element.attributes() {
        match attribute.name {
            "timestamp" if element.name() == "cXML" => time(check, element),
            "xml:lang" => lang(check, element),
            "isoCountryCode" => country(check, element),
            "currency" => currency(check, element, "currency"),
            "alternateAmount" if element.attribute("alternateCurrency").is_none() => {
                let help = "say `alternateCurrency` too";
                check.of_attribute(rule::CURRENCY, element, "alternateAmount", "has no currency", help);
            }
            "alternateCurrency" => currency(check, element, "alternateCurrency"),
            "addressID" => address_id(check, element),
            "quantity" => quantity(check, element),
            name if DATES.contains(&name) => date(check, element, name),
            _ => {}
        }
    }
    match element.name() {
        "Money" => money(check, element),
        "UnitOfMeasure" => unit(check, element),
        "Classification" => classification(check, element),
        "ShortName" => short_name(check, element),
        "PCard" => card(check, element),
        _ => {}
    }
}

fn time(check: &mut Check<'_>, element: Element<'_, '_>) {
    let sent = element.attribute("timestamp").unwrap_or_default();
    let timestamp = Timestamp::from(&*sent);
    if !timestamp.is_strict() || !matches!(timestamp.value(), Some(TimestampValue::Moment(_))) {
        let help = "write local time with its offset: YYYY-MM-DDThh:mm:ss+hh:mm";
        check.of_attribute(rule::TIME, element, "timestamp", "is not a time as cXML wants it", help);
    }
}

fn date(check: &mut Check<'_>, element: Element<'_, '_>, name: &str) {
    let sent = element.attribute(name).unwrap_or_default();
    let timestamp = Timestamp::from(&*sent);
    let help = "write YYYY-MM-DDThh:mm:ss+hh:mm";
    match timestamp.value() {
        None => check.of_attribute(rule::DATE, element, name, "is neither date nor time", help),
        Some(TimestampValue::Moment(_)) if timestamp.is_strict() => {}
        Some(_) => {
            check.of_attribute(rule::DATE_FORM, element, name, "lacks its time or its numeric offset", help);
        }
    }
}

fn lang(check: &mut Check<'_>, element: Element<'_, '_>) {
    let sent = element.attribute("xml:lang").unwrap_or_default();
    let mut parts = sent.split('-');
    let language = parts.next().unwrap_or_default();
    let is_lower = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase());
    let is_good = matches!(language.len(), 2 | 3)
        && is_lower(language)
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && sent.split('-').nth(1).is_none_or(|region| region.len() != 2 || !is_lower(region));
    if !is_good {
        check.of_attribute(
            rule::LANG,
            element,
            "xml:lang",
            "is not written like a language",
            "write it like en-US",
        );
    }
}

fn country(check: &mut Check<'_>, element: Element<'_, '_>) {
    let sent = element.attribute("isoCountryCode").unwrap_or_default();
    if sent.len() != 2 || !sent.bytes().all(|b| b.is_ascii_uppercase()) {
        let help = "write two capital letters, such as DE";
        check.of_attribute(rule::COUNTRY, element, "isoCountryCode", "is no country", help);
    }
}

fn currency(check: &mut Check<'_>, element: Element<'_, '_>, name: &str) {
    let sent = element.attribute(name).unwrap_or_default();
    if sent.len() != 3 || !sent.bytes().all(|b| b.is_ascii_uppercase()) {
        check.of_attribute(
            rule::CURRENCY,
            element,
            name,
            "is no currency",
            "write three capital letters, such as EUR",
        );
    }
}

fn address_id(check: &mut Check<'_>, element: Element<'_, '_>) {
    let id = element.attribute("addressID").unwrap_or_default();
    if id.trim().is_empty() {
        let help = "leave the attribute out";
        check.of_attribute(rule::ADDRESS_DOMAIN, element, "addressID", "names no address", help);
    } else if element.attribute("addressIDDomain").is_none() {
        let help = "say in `addressIDDomain` whose key it is";
        check.of_attribute(rule::ADDRESS_DOMAIN, element, "addressID", "does not say whose it is", help);
    }
}

fn quantity(check: &mut Check<'_>, element: Element<'_, '_>) {
    let sent = element.attribute("quantity").unwrap_or_default();
    let help = "write digits with a dot, such as 12.5";
    match number(&sent) {
        None => check.of_attribute(rule::QUANTITY, element, "quantity", "is no number", help),
        Some(amount) if amount.is_sign_negative() && !amount.is_zero() && is_ordered(element) => {
            let help = "order 0 or more; say with `isReturn` that goods go back";
            check.of_attribute(rule::QUANTITY, element, "quantity", "is negative", help);
        }
        Some(_) => {}
    }
}

/// Whether this is of an order, or of the basket that becomes one. Credit memos
/// and receipts count backwards.
fn is_ordered(element: Element<'_, '_>) -> bool {
    std::iter::successors(element.parent(), Element::parent)
        .any(|above| matches!(above.name(), "OrderRequest" | "PunchOutOrderMessage" | "PunchOutSetupRequest"))
}

fn money(check: &mut Check<'_>, element: Element<'_, '_>) {
    let text = element.text();
    if text.parse::<Amount>().is_ok() {
        return;
    }
    let message = |says| format!("amount {} {says}", excerpt(&text));
    if number(&text).is_some() {
        let help = "write digits and a dot alone";
        check.of(rule::MONEY_FORM, element, message("is oddly written"), help);
    } else {
        let help = "write digits with a dot, such as 12.50; a comma never begins the decimals";
        check.of(rule::MONEY, element, message("is no number"), help);
    }
}

/// A number, however it is written.
pub(super) fn number(sent: &str) -> Option<Decimal> {
    crate::read::number(sent)
}

fn unit(check: &mut Check<'_>, element: Element<'_, '_>) {
    let text = element.text();
    let unit = text.trim();
    let is_code =
        matches!(unit.len(), 1..=3) && unit.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !is_code {
        let message = format!("unit {} is no code of Recommendation 20", excerpt(unit));
        check.of(rule::UNIT, element, message, "write a code such as EA, PCE, BX, KGM or HUR");
    }
}

fn classification(check: &mut Check<'_>, element: Element<'_, '_>) {
    let domain = element.attribute("domain").unwrap_or_default();
    if !domain.eq_ignore_ascii_case("UNSPSC") && !domain.eq_ignore_ascii_case("SPSC") {
        return;
    }
    let text = element.text();
    let code = text.trim();
    if code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit()) {
        let message = format!("{} is no UNSPSC code", excerpt(code));
        check.of(rule::CLASSIFICATION, element, message, "write eight digits");
    }
}

fn short_name(check: &mut Check<'_>, element: Element<'_, '_>) {
    let length = element.text().chars().count();
    if length > 50 {
        let message = format!("the short name has {length} characters");
        check.of(rule::SHORT_NAME, element, message, "write 50 at most; 30 are recommended");
    }
}

fn card(check: &mut Check<'_>, element: Element<'_, '_>) {
    let number = element.attribute("number").unwrap_or_default();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if (12..=19).contains(&digits) && number.bytes().all(|b| b.is_ascii_digit() || b == b' ' || b == b'-') {
        // The number itself is not repeated.
        let help = "mask all but the last four digits, or send a payment token";
        check.of(rule::CARD, element, "the card number stands in clear", help);
    }
}
