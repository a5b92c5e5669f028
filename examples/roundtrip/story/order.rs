//! Scenario `order`: what is brought back is approved and ordered.

use punchout::core::All;
use punchout::cxml::Document;

use super::super::erp::{Erp, Outcome};
use super::super::shop::Shop;
use super::browser::{Browser, fill_in};
use super::{AnyError, bring_back, call_up, check_basket, say, say_basket, say_file, say_findings, step};

/// Article and quantity.
const CHOSEN: [(&str, &str); 3] = [("4711-08-40", "250"), ("RK-19-42", "2"), ("HS-9/L", "12")];

pub(crate) async fn play(erp: &Erp, shop: &Shop) -> Result<(), AnyError> {
    let browser = Browser::new();

    step(1, "Call-up: the buyer's browser goes to the shop");
    let catalogue = call_up(&browser, erp).await?;

    step(2, "Shop: three articles go into the basket");
    say(format!("The shop lets the user in and shows {}", catalogue.url.path()));
    let mut choice = catalogue.form()?;
    for (article, quantity) in CHOSEN {
        fill_in(&mut choice, article, quantity)?;
        say(format!("{quantity} of {article}"));
    }
    let page = browser.submit(&catalogue, &choice).await?;
    let [quote] = <[_; 1]>::try_from(shop.quotes()).map_err(|_| "the shop should have made one quote")?;
    say_findings("The shop", &quote.findings);

    step(3, "Return: the browser brings the basket back");
    let (page, key, returned) = bring_back(&browser, erp, page).await?;
    say_basket(&returned);
    check_basket(&quote.basket, &returned.basket)?;

    step(4, "Order: the basket is approved, and becomes cXML and PDF");
    let page = browser.submit(&page, &page.form()?).await?;
    let order = erp.purchase(&key).and_then(|purchase| purchase.order).ok_or("nothing was ordered")?;
    say_findings("The buyer", &order.findings);
    say_file("cXML", &order.xml);
    say_file("PDF", &order.pdf);
    let xml = std::fs::read(&order.xml)?;
    let mut found = All::new();
    let document = Document::read(&xml, &mut found)?;
    if let Some(finding) = found.found().first() {
        return Err(format!("the order is not good cXML: {finding}").into());
    }
    let request = document.order_request().ok_or("the order should be an order request")?;
    let total = &request.order_request_header.total.money;
    say(format!(
        "Order {} of {} lines: {} {}",
        order.number,
        request.item_out.len(),
        total.amount,
        total.currency
    ));
    if !std::fs::read(&order.pdf)?.starts_with(b"%PDF-") {
        return Err("the PDF is none".into());
    }

    step(5, "Delivery: the order goes to the shop's order URL");
    let receipt = match order.outcome {
        Outcome::Delivered(receipt) => receipt,
        Outcome::Failed { reason, known } => return Err(format!("{reason} ({known})").into()),
        Outcome::Sending => return Err("the order is still on its way".into()),
    };
    let evidence = &receipt.evidence;
    let login_url = &erp.connection.shop;
    if evidence.endpoint == login_url.as_str() {
        return Err("the order went to the log-in URL".into());
    }
    say(format!("Posted to {}, which is not the log-in URL {login_url}", evidence.endpoint));
    for sent in &evidence.sent {
        say(format!("{}: {} bytes, SHA-256 {}", sent.name, sent.bytes, sent.sha256));
    }
    let answer = receipt.answer.as_ref().ok_or("the shop did not answer")?;
    let answer = Document::read(&answer.bytes, &mut found)?;
    let status = &answer.response().ok_or("the answer should be a cXML response")?.status;
    say(format!("The shop answers in cXML: {} {}: {}", status.code, status.text, status.message));
    say(format!(
        "Receipt: delivered in {} ms, their reference: {}",
        receipt.timings.total.as_millis(),
        receipt.reference.as_deref().unwrap_or("none")
    ));

    step(6, "Check: what the shop took is what it had offered");
    let [taken] = <[_; 1]>::try_from(shop.orders()).map_err(|_| "the shop should have taken one order")?;
    if taken.bytes != xml {
        return Err("the shop has other bytes than the file on disk".into());
    }
    if taken.request != *request {
        return Err("the shop reads the order in another way than the buyer".into());
    }
    say(format!(
        "The shop compared {} with its quote {} and took it as {}.",
        order.number, taken.quote, taken.number
    ));
    if !receipt.reference.as_deref().is_some_and(|reference| page.html.contains(reference)) {
        return Err("the buyer's page should show the receipt".into());
    }
    say(format!("The buyer's page {} shows the receipt.", page.url.path()));
    Ok(())
}
