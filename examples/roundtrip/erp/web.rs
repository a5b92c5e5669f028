//! The pages and addresses of the procurement system.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use punchout::core::Diagnostic;
use punchout::oci::{Basket, Item};
use serde::Deserialize;

use super::pages::{Refusal, Site, money, text};
use super::{Erp, Order, Outcome};

const SITE: Site = Site { name: "Example Town Hall – Procurement", colour: "#24508f" };

pub(crate) fn routes(erp: Arc<Erp>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/call-up", post(call_up))
        .route("/return", post(take_return))
        .route("/purchases/{key}", get(purchase))
        .route("/purchases/{key}/order", post(order))
        .route("/purchases/{key}/order.xml", get(xml))
        .route("/purchases/{key}/order.pdf", get(pdf))
        .with_state(erp)
}

#[derive(Deserialize)]
struct Session {
    session: String,
}

async fn home(State(erp): State<Arc<Erp>>) -> Html<String> {
    let Erp { connection, .. } = &*erp;
    let then = match &connection.orders {
        Some(_) => "What you bring back is ordered once you approve it.",
        None => "What you bring back is registered there at once; no order follows.",
    };
    let body = format!(
        r#"<p>Fetch a basket from <strong>{}</strong>. {then}</p>
<form method="post" action="/call-up"><button type="submit">Go to the shop</button></form>"#,
        text(connection.name)
    );
    SITE.page("Buy something", &body)
}

async fn call_up(State(erp): State<Arc<Erp>>) -> Result<Html<String>, Refusal> {
    Ok(Html(erp.call_up()?))
}

async fn take_return(
    State(erp): State<Arc<Erp>>,
    Query(Session { session }): Query<Session>,
    body: Bytes,
) -> Result<Redirect, Refusal> {
    erp.take_return(&session, &body)?;
    Ok(Redirect::to(&format!("/purchases/{session}")))
}

async fn order(State(erp): State<Arc<Erp>>, Path(key): Path<String>) -> Result<Redirect, Refusal> {
    erp.order(&key).await?;
    Ok(Redirect::to(&format!("/purchases/{key}")))
}

async fn xml(State(erp): State<Arc<Erp>>, Path(key): Path<String>) -> Result<impl IntoResponse, Refusal> {
    let order = erp.purchase(&key).and_then(|purchase| purchase.order).ok_or("there is no such order")?;
    Ok(([(CONTENT_TYPE, "text/xml")], std::fs::read(&order.xml)?))
}

async fn pdf(State(erp): State<Arc<Erp>>, Path(key): Path<String>) -> Result<impl IntoResponse, Refusal> {
    let order = erp.purchase(&key).and_then(|purchase| purchase.order).ok_or("there is no such order")?;
    Ok(([(CONTENT_TYPE, "application/pdf")], std::fs::read(&order.pdf)?))
}

async fn purchase(State(erp): State<Arc<Erp>>, Path(key): Path<String>) -> Result<Html<String>, Refusal> {
    let purchase = erp.purchase(&key).ok_or("there is no such basket")?;
    let Some(returned) = purchase.returned else { return Err("the basket is still in the shop".into()) };
    let mut body = basket_table(&returned.basket);
    body += &findings("Findings about the basket", &returned.findings);
    let title = match (&purchase.order, &erp.connection.orders) {
        (Some(order), _) => {
            body += &findings("Findings about the order", &order.findings);
            body = outcome(&key, order) + &body;
            format!("Order {}", order.number)
        }
        (None, Some(_)) if returned.basket.items.is_empty() => "Nothing was brought back".to_owned(),
        (None, Some(_)) => {
            let key = text(&key);
            let _ = write!(
                body,
                "<form method=\"post\" action=\"/purchases/{key}/order\">\
                 <button type=\"submit\">Approve and order</button></form>"
            );
            "Your basket".to_owned()
        }
        (None, None) => {
            body.insert_str(0, "<p>The supplier has registered this request. No order is sent.</p>");
            "Your request".to_owned()
        }
    };
    Ok(SITE.page(&title, &body))
}

fn basket_table(basket: &Basket) -> String {
    let mut rows = String::new();
    for item in &basket.items {
        rows += &basket_row(item);
    }
    if let Some(total) = basket.total() {
        let currency = basket.items.first().and_then(|item| item.currency.as_deref()).unwrap_or_default();
        let _ = write!(
            rows,
            r#"<tr class="total"><td colspan="3">Total</td><td class="number">{} {}</td></tr>"#,
            money(total.round_dp(2)),
            text(currency)
        );
    }
    format!(
        "<table><thead><tr><th>Article</th><th class=\"number\">Quantity</th><th class=\"number\">Price</th>\
         <th class=\"number\">Amount</th></tr></thead>\n<tbody>{rows}</tbody></table>\n"
    )
}

/// Everything in a basket may be missing: it comes from outside.
fn basket_row(item: &Item) -> String {
    let shown = |field: &Option<punchout::core::Text>| text(field.as_deref().unwrap_or_default()).to_string();
    let number = |number: &Option<punchout::core::Amount>| {
        number.as_ref().map_or("?".to_owned(), |number| number.value().normalize().to_string())
    };
    let unit = text(item.unit_code().unwrap_or("?"));
    format!(
        r#"<tr><td>{}<br><span class="small">{}</span><details class="small"{}><summary>More</summary>{}</details></td>
<td class="number">{} {unit}</td>
<td class="number">{} {}<br><span class="small">for {} {unit}</span></td>
<td class="number">{}</td></tr>
"#,
        shown(&item.description),
        shown(&item.vendor_mat),
        // the period of a service stands there
        if item.is_service() { " open" } else { "" },
        shown(&item.long_text),
        number(&item.quantity),
        item.price.as_ref().map_or("?".to_owned(), |price| money(price.value())),
        shown(&item.currency),
        item.price_unit_or_one().normalize(),
        item.line_total().map_or("?".to_owned(), |total| money(total.round_dp(2))),
    )
}

fn findings(title: &str, findings: &[Diagnostic]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for Diagnostic { code, severity, at, message, help, .. } in findings {
        let (at, message) = (text(at), text(message));
        let help = text(help.as_deref().unwrap_or_default());
        let _ = writeln!(
            rows,
            "<tr><td>{severity}</td><td>{at}</td><td>{message}<br>\
             <span class=\"small\">{help}</span></td><td><code>{code}</code></td></tr>"
        );
    }
    format!("<h2>{title}</h2>\n<table><tbody>{rows}</tbody></table>\n")
}

fn outcome(key: &str, order: &Order) -> String {
    let mut facts = String::new();
    let mut fact = |name: &str, value: &str| {
        let _ = writeln!(facts, "<dt>{name}</dt><dd>{}</dd>", text(value));
    };
    match &order.outcome {
        Outcome::Sending => fact("State", "on its way"),
        Outcome::Delivered(receipt) => {
            fact("State", "delivered");
            fact("Sent to", &receipt.evidence.endpoint);
            fact("Their reference", receipt.reference.as_deref().unwrap_or("none"));
            fact("They answered", &receipt.evidence.replies.join(", "));
        }
        Outcome::Failed { reason, known } => {
            fact("State", known);
            fact("Reason", reason);
        }
    }
    for file in [&order.xml, &order.pdf] {
        fact("File", &file.display().to_string());
    }
    let key = text(key);
    format!(
        "<dl>{facts}</dl>\n<p><a href=\"/purchases/{key}/order.xml\">The order as cXML</a> · \
         <a href=\"/purchases/{key}/order.pdf\">The order as PDF</a></p>\n"
    )
}
