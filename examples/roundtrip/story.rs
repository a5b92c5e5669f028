//! Plays what a person would do in a browser, tells it, and checks that both
//! systems mean the same at each step.

pub(crate) mod order;
pub(crate) mod rental;

use std::path::Path;

use punchout::core::{Amount, Diagnostic};
use punchout::oci::{Basket, HtmlForm, Item, Parameter};

use super::browser::{self, Browser, Page};
use super::differences::{Differences, with_lf};
use super::erp::{Erp, Return};
use super::pages::{AnyError, money};

/// Tells that the next step begins.
fn step(number: u32, heading: &str) {
    println!("\n{number}. {heading}");
}

/// Tells more about it.
fn say(line: impl AsRef<str>) {
    println!("   {}", line.as_ref());
}

fn say_findings(who: &str, findings: &[Diagnostic]) {
    if findings.is_empty() {
        say(format!("{who} has no findings."));
    }
    for finding in findings {
        say(format!("{who} finds: {finding}"));
    }
}

fn say_file(what: &str, path: &Path) {
    let here = std::env::current_dir().unwrap_or_default();
    say(format!("{what}: {}", path.strip_prefix(here).unwrap_or(path).display()));
}

/// Shows the parameters of a call-up, except what is secret.
fn say_call_up(form: &HtmlForm) {
    for (name, value) in &form.pairs {
        // the return address holds the key of the session
        let shown = value.split_once('?').map_or(value.to_string(), |(address, _)| format!("{address}?…"));
        say(format!("  {:?}", Parameter::new(name.clone(), shown)));
    }
}

/// From the procurement system to the shop; gives the shop's first page.
async fn call_up(browser: &Browser, erp: &Erp) -> Result<Page, AnyError> {
    let home = browser.open(&erp.url).await?;
    let page = browser.submit(&home, &home.form()?).await?;
    let form = page.form()?;
    say(format!("{} gives the browser a form for {}:", erp.url, form.action));
    say_call_up(&form);
    browser.submit(&page, &form).await
}

/// From the shop's return page to the procurement system; gives its page
/// about the basket, the key of the session and what came back.
async fn bring_back(browser: &Browser, erp: &Erp, page: Page) -> Result<(Page, String, Return), AnyError> {
    let form = page.form()?;
    if !form.is_return() {
        return Err(format!("{} should have a return form", page.url).into());
    }
    let address = form.action.split('?').next().unwrap_or_default();
    say(format!(
        "{} gives the browser a form with {} fields for {address}",
        page.url.path(),
        form.pairs.len()
    ));
    let page = browser.submit(&page, &form).await?;
    let key = page.url.path().rsplit('/').next().unwrap_or_default().to_owned();
    let returned = erp.purchase(&key).and_then(|purchase| purchase.returned).ok_or("no basket came back")?;
    Ok((page, key, returned))
}

fn say_basket(returned: &Return) {
    for item in &returned.basket.items {
        let value = |amount: &Option<Amount>| amount.as_ref().map(Amount::value).unwrap_or_default();
        say(format!(
            "{}. {} | {} {} at {} {} for {} = {} | long text of {} characters",
            item.index,
            item.description.as_deref().unwrap_or("?"),
            value(&item.quantity).normalize(),
            item.unit_code().unwrap_or("?"),
            money(value(&item.price)),
            item.currency.as_deref().unwrap_or("?"),
            item.price_unit_or_one().normalize(),
            item.line_total().map_or("?".to_owned(), money),
            item.long_text.as_deref().unwrap_or_default().chars().count(),
        ));
    }
    say_findings("The buyer", &returned.findings);
    say_file("The return as it came", &returned.file);
}

/// Checks that a basket came back as it was sent.
fn check_basket(sent: &Basket, read: &Basket) -> Result<(), AnyError> {
    let mut differences = Differences::between("sent", "read");
    differences.compare("items", sent.items.len(), read.items.len());
    for (number, (sent, read)) in (1..).zip(sent.items.iter().zip(&read.items)) {
        compare_items(number, sent, read, &mut differences);
    }
    differences.compare("total", sent.total(), read.total());
    differences.settle()?;
    say("Both sides have the same basket: texts, quantities, units, prices, price units, total.");
    Ok(())
}

fn compare_items(number: u32, sent: &Item, read: &Item, differences: &mut Differences) {
    let of = |what: &str| format!("{what} of item {number}");
    let value = |amount: &Option<Amount>| amount.as_ref().map(Amount::value);
    differences.compare(&of("article"), &sent.vendor_mat, &read.vendor_mat);
    differences.compare(&of("text"), &sent.description, &read.description);
    differences.compare(
        &of("long text"),
        with_lf(sent.long_text.as_deref()),
        with_lf(read.long_text.as_deref()),
    );
    differences.compare(&of("quantity"), value(&sent.quantity), value(&read.quantity));
    differences.compare(&of("unit"), &sent.unit, &read.unit);
    differences.compare(&of("price"), value(&sent.price), value(&read.price));
    differences.compare(&of("price unit"), sent.price_unit_or_one(), read.price_unit_or_one());
    differences.compare(&of("currency"), &sent.currency, &read.currency);
    differences.compare(&of("lead time"), value(&sent.lead_time), value(&read.lead_time));
    differences.compare(&of("quote"), &sent.ext_quote_id, &read.ext_quote_id);
    differences.compare(&of("service mark"), &sent.service, &read.service);
    differences.compare(&of("customer fields"), &sent.cust_fields, &read.cust_fields);
    differences.compare(&of("extra fields"), &sent.extra, &read.extra);
}
