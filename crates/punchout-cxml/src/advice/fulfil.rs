//! Confirmations, ship notices and invoices.

use std::collections::HashSet;

use punchout_core::excerpt;
use rust_decimal::Decimal;

use super::check::Check;
use super::order::reference;
use super::rule;
use super::value::number;
use crate::tree::Element;

pub(super) fn check(check: &mut Check<'_>, root: Element<'_, '_>) {
    for request in root.children_named("Request") {
        for confirmation in request.children_named("ConfirmationRequest") {
            self::confirmation(check, confirmation);
        }
        for notice in request.children_named("ShipNoticeRequest") {
            ship_notice(check, notice);
        }
        for invoice in request.children_named("InvoiceDetailRequest") {
            self::invoice(check, invoice);
        }
    }
}

fn confirmation(check: &mut Check<'_>, confirmation: Element<'_, '_>) {
    let Some(header) = confirmation.child("ConfirmationHeader") else { return };
    reference(check, header, "operation", &["update"]);
    let kind = header.attribute("type").unwrap_or_default();
    let mut items = confirmation.children_named("ConfirmationItem").peekable();
    match (&*kind, items.peek()) {
        ("accept" | "reject", Some(item)) => {
            let message = format!("lines come with a confirmation of type {}", excerpt(&kind));
            check.of(
                rule::CONFIRM_ITEMS,
                *item,
                message,
                "leave them out; the type speaks of the whole order",
            );
        }
        ("detail" | "allDetail" | "except" | "backordered", None) => {
            let help = "add a `ConfirmationItem` for each line that it speaks of";
            check.of_attribute(rule::CONFIRM_ITEMS, header, "type", "comes without lines", help);
        }
        _ => {}
    }
    for item in items {
        let mut sum = Some(Decimal::ZERO);
        for status in item.children_named("ConfirmationStatus") {
            let of_status = status.attribute("type").unwrap_or_default();
            let fits = match &*kind {
                "allDetail" => matches!(&*of_status, "allDetail" | "reject" | "unknown"),
                "detail" | "except" => &*of_status != "allDetail",
                _ => true,
            };
            if !fits {
                let message = format!("type {} of a line in type {}", excerpt(&of_status), excerpt(&kind));
                let help = "in allDetail lines are allDetail, reject or unknown; elsewhere never allDetail";
                check.of(rule::CONFIRM_TYPE, status, message, help);
            }
            let quantity = status.attribute("quantity").and_then(|quantity| number(&quantity));
            sum = sum.zip(quantity).and_then(|(sum, quantity)| sum.checked_add(quantity));
        }
        let whole = item.attribute("quantity").and_then(|quantity| number(&quantity));
        if let (Some(sum), Some(whole)) = (sum, whole)
            && sum != whole
        {
            let message = format!("the line is about {whole}, its statuses about {sum}");
            check.of(rule::CONFIRM_SUM, item, message, "add a status for what is left, such as backordered");
        }
    }
}

fn ship_notice(check: &mut Check<'_>, notice: Element<'_, '_>) {
    if let Some(header) = notice.child("ShipNoticeHeader") {
        reference(check, header, "operation", &["update", "delete"]);
    }
    if let Some(first) = notice.child("ShipControl").filter(|first| first.attribute("startDate").is_some()) {
        let help = "leave it out: it begins with the shipment";
        check.of_attribute(rule::SHIP_START, first, "startDate", "is that of the first leg", help);
    }
    let mut seen = HashSet::new();
    for portion in notice.children_named("ShipNoticePortion") {
        let Some(order) = portion.child("OrderReference") else { continue };
        let id =
            order.attribute("orderID").or_else(|| order.child("DocumentReference")?.attribute("payloadID"));
        if let Some(id) = id.filter(|id| !id.is_empty())
            && !seen.insert(id.to_string())
        {
            let message = format!("order {} stands in two portions", excerpt(&id));
            check.of(rule::SHIP_TWICE, order, message, "put all its lines into one");
        }
    }
}

fn invoice(check: &mut Check<'_>, invoice: Element<'_, '_>) {
    let Some(header) = invoice.child("InvoiceDetailRequestHeader") else { return };
    reference(check, header, "operation", &["delete"]);
    let purpose = header.attribute("purpose").unwrap_or_default();
    if matches!(&*purpose, "lineLevelCreditMemo" | "lineLevelDebitMemo") {
        let orders = invoice.children().filter(|child| child.name().starts_with("InvoiceDetail"));
        let of_lines = orders
            .flat_map(|order| order.children())
            .any(|part| part.child("InvoiceIDInfo").is_some() || part.name() == "InvoiceIDInfo");
        if header.child("InvoiceIDInfo").is_none() && !of_lines {
            let help = "add an `InvoiceIDInfo` with number and date of that invoice";
            check.of_attribute(rule::CREDIT_OF, header, "purpose", "does not say of which invoice", help);
        }
    }
    let Some(money) = invoice.find("InvoiceDetailSummary/NetAmount/Money") else { return };
    let Some(amount) = number(&money.text()).filter(|amount| !amount.is_zero()) else { return };
    let is_credit = matches!(&*purpose, "creditMemo" | "lineLevelCreditMemo");
    if is_credit != amount.is_sign_negative() {
        let (message, help) = if is_credit {
            (format!("the credit memo asks for {amount}"), "write what is given back as a negative amount")
        } else {
            (format!("the invoice asks for {amount}"), "say with `purpose` that it is a credit memo")
        };
        check.of(rule::CREDIT, money, message, help);
    }
}
