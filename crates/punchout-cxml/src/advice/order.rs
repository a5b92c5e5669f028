//! Orders.

use std::collections::{HashMap, HashSet};

use punchout_core::excerpt;
use rust_decimal::Decimal;

use super::check::Check;
use super::rule;
use super::value::number;
use crate::tree::Element;

pub(super) fn check(check: &mut Check<'_>, root: Element<'_, '_>) {
    let orders = root.children_named("Request").flat_map(|request| request.children_named("OrderRequest"));
    for order in orders {
        let lines: Vec<_> = order.children_named("ItemOut").collect();
        if let Some(header) = order.child("OrderRequestHeader") {
            change(check, header);
            levels(check, header, &lines);
            agreement(check, header, &lines);
            total(check, header, &lines);
        }
        line_numbers(check, &lines);
    }
}

fn change(check: &mut Check<'_>, header: Element<'_, '_>) {
    reference(check, header, "type", &["update", "delete"]);
    if let Some(version) = header.attribute("orderVersion")
        && !version.trim().parse::<u32>().is_ok_and(|version| version > 0)
    {
        let help = "count the versions of an order from 1";
        check.of_attribute(rule::ORDER_VERSION, header, "orderVersion", "is no version", help);
    }
}

/// An update or deletion names what it replaces.
pub(super) fn reference(check: &mut Check<'_>, header: Element<'_, '_>, attribute: &str, changes: &[&str]) {
    let operation = header.attribute(attribute).unwrap_or_default();
    if changes.contains(&&*operation) && header.child("DocumentReference").is_none() {
        let help = "add a `DocumentReference` with the payload id of the latest version";
        check.of_attribute(rule::REFERENCE, header, attribute, "does not say of which document", help);
    }
}

/// What stands at the header or on every line, and not on both.
fn levels(check: &mut Check<'_>, header: Element<'_, '_>, lines: &[Element<'_, '_>]) {
    let in_header = |is_there: bool, on_lines: &[Element<'_, '_>], what: &str, check: &mut Check<'_>| {
        let Some(first) = on_lines.first() else { return };
        if is_there {
            let message = format!("{what} stands at the header and on {} lines", on_lines.len());
            check.of(rule::BOTH_LEVELS, *first, message, "keep it at one of them");
        } else if on_lines.len() < lines.len() {
            let message = format!("{what} stands on {} of {} lines", on_lines.len(), lines.len());
            check.of(rule::SOME_LINES, *first, message, "say it on every line, or at the header");
        }
    };
    for name in ["ShipTo", "Shipping"] {
        let on_lines: Vec<_> = lines.iter().filter_map(|line| line.child(name)).collect();
        in_header(header.child(name).is_some(), &on_lines, &format!("`{name}`"), check);
    }
    let on_lines: Vec<_> =
        lines.iter().copied().filter(|line| line.attribute("requisitionID").is_some()).collect();
    if header.attribute("requisitionID").is_some() {
        in_header(true, &on_lines, "the requisition", check);
    }
    let roles: HashSet<String> = header
        .children_named("Contact")
        .map(|contact| contact.attribute("role").unwrap_or_default().into_owned())
        .collect();
    let names: HashSet<String> = header.children_named("Extrinsic").filter_map(name_of).collect();
    let mut told = HashSet::new();
    for line in lines {
        for contact in line.children_named("Contact") {
            let role = contact.attribute("role").unwrap_or_default();
            if roles.contains(&*role) && told.insert(format!("role {role}")) {
                let message = format!("a contact with role {} stands at the header too", excerpt(&role));
                check.of(rule::BOTH_LEVELS, contact, message, "keep it at one of them");
            }
        }
        let extrinsics =
            line.child("ItemDetail").into_iter().flat_map(|detail| detail.children_named("Extrinsic"));
        for extrinsic in extrinsics {
            if let Some(name) = name_of(extrinsic)
                && names.contains(&name)
                && told.insert(format!("name {name}"))
            {
                let message = format!("extrinsic {} stands at the header too", excerpt(&name));
                check.of(rule::BOTH_LEVELS, extrinsic, message, "keep it at one of them");
            }
        }
    }
}

/// Names of extrinsics are the same in capitals.
fn name_of(extrinsic: Element<'_, '_>) -> Option<String> {
    extrinsic.attribute("name").map(|name| name.to_lowercase())
}

fn agreement(check: &mut Check<'_>, header: Element<'_, '_>, lines: &[Element<'_, '_>]) {
    match header.attribute("orderType").as_deref() {
        Some("blanket") => {
            if header.attribute("effectiveDate").is_none() {
                let help = "add `effectiveDate`";
                check.of_attribute(rule::AGREEMENT, header, "orderType", "has no period", help);
            }
            for line in lines.iter().filter(|line| line.child("ItemDetail").is_some()) {
                let help = "describe it by `BlanketItemDetail`";
                check.of(rule::AGREEMENT, *line, "a line of a blanket order has `ItemDetail`", help);
            }
        }
        Some("release") => {
            let ids = ["agreementID", "agreementPayloadID", "parentAgreementID", "parentAgreementPayloadID"];
            let at_header = ids.iter().any(|id| header.attribute(id).is_some());
            let names_one = |line: &Element<'_, '_>| {
                ["MasterAgreementReference", "MasterAgreementIDInfo"]
                    .iter()
                    .any(|name| line.child(name).is_some())
            };
            if !at_header && !lines.iter().all(names_one) {
                let help = "add `agreementID`, or a `MasterAgreementReference` to each line";
                check.of_attribute(rule::AGREEMENT, header, "orderType", "names no agreement", help);
            }
        }
        _ => {}
    }
}

fn line_numbers(check: &mut Check<'_>, lines: &[Element<'_, '_>]) {
    let mut seen: HashMap<String, Element<'_, '_>> = HashMap::new();
    let mut without = 0;
    for line in lines {
        let Some(sent) = line.attribute("lineNumber") else {
            without += 1;
            continue;
        };
        // `00010` and `10` are the same line.
        let number = sent.trim().trim_start_matches('0').to_owned();
        if seen.insert(number, *line).is_some() {
            let help = "number the lines once and for all; new lines get higher numbers";
            check.of_attribute(rule::LINE_NUMBER, *line, "lineNumber", "is there twice", help);
        }
    }
    if let Some(line) = lines.iter().find(|line| without > 0 && line.attribute("lineNumber").is_none()) {
        let message = format!("{without} of {} lines have no number", lines.len());
        check.of(rule::NO_LINE_NUMBER, *line, message, "number the lines");
    }
}

/// Holds the total against the lines, where nothing speaks against it.
fn total(check: &mut Check<'_>, header: Element<'_, '_>, lines: &[Element<'_, '_>]) {
    let Some(money) = header.find("Total/Money") else { return };
    let is_modified = header.find("Total/Modifications").is_some();
    let (Some(said), Some(currency)) = (number(&money.text()), money.attribute("currency")) else { return };
    if is_modified || lines.is_empty() || header.attribute("type").as_deref() == Some("delete") {
        return;
    }
    let mut sum = Decimal::ZERO;
    for line in lines {
        let Some(amount) = line_amount(*line, &currency).and_then(|amount| sum.checked_add(amount)) else {
            return;
        };
        sum = amount;
    }
    // Each line may have been rounded.
    let allowed = Decimal::new(1, 2).checked_mul(Decimal::from(lines.len())).unwrap_or(Decimal::MAX);
    if said.checked_sub(sum).is_none_or(|difference| difference.abs() > allowed) {
        let message = format!("the total is {said}, but the lines come to {}", sum.normalize());
        let help = "send the sum of quantity times price of the lines, by the price's basis";
        check.of(rule::TOTAL, money, message, help);
    }
}

/// What a line costs, if that is its price times its quantity and nothing else.
fn line_amount(line: Element<'_, '_>, currency: &str) -> Option<Decimal> {
    let is_plain = ["operation", "isReturn", "parentLineNumber", "itemType"]
        .iter()
        .all(|attribute| line.attribute(attribute).is_none());
    let price = line.find("ItemDetail/UnitPrice")?;
    let money = price.child("Money").filter(|_| is_plain && price.child("Modifications").is_none())?;
    let money_currency = money.attribute("currency")?;
    let quantity = number(&line.attribute("quantity")?)?;
    let mut amount = number(&money.text()).filter(|_| money_currency == currency)?.checked_mul(quantity)?;
    if let Some(basis) = line.find("ItemDetail/PriceBasisQuantity") {
        let per = number(&basis.attribute("quantity")?).filter(|per| !per.is_zero())?;
        let factor = number(&basis.attribute("conversionFactor")?)?;
        amount = amount.checked_mul(factor)?.checked_div(per)?;
    }
    Some(amount)
}
