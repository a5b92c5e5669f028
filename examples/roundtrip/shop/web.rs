//! The pages and addresses of the shop.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, Query, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use chrono::Utc;
use punchout::core::All;
use punchout::cxml::Document;
use punchout::oci::CallUpDecoder;
use serde::Deserialize;

use super::Shop;
use super::pages::{Refusal, Site, money, text};

const SITE: Site = Site { name: "Example Fasteners", colour: "#1d6b4f" };

/// Where users are sent to.
pub(crate) const CALL_UP: &str = "/punchout";
/// Where orders go.
pub(crate) const ORDERS: &str = "/cxml/orders";

pub(crate) fn routes(shop: Arc<Shop>) -> Router {
    Router::new()
        .route("/", get(home))
        .route(CALL_UP, get(enter_by_get).post(enter_by_post))
        .route("/catalogue", get(catalogue))
        .route("/return", post(leave))
        .route(ORDERS, post(take_order))
        .with_state(shop)
}

#[derive(Deserialize)]
struct Visit {
    visit: String,
}

async fn enter_by_get(State(shop): State<Arc<Shop>>, RawQuery(query): RawQuery) -> Result<Redirect, Refusal> {
    let mut found = All::new();
    let call_up = CallUpDecoder::lenient().query(query.unwrap_or_default(), &mut found)?;
    let visit = shop.enter(call_up, found)?;
    Ok(Redirect::to(&format!("/catalogue?visit={visit}")))
}

async fn enter_by_post(State(shop): State<Arc<Shop>>, body: Bytes) -> Result<Redirect, Refusal> {
    let mut found = All::new();
    let call_up = CallUpDecoder::lenient().body(body, &mut found)?;
    let visit = shop.enter(call_up, found)?;
    // the catalogue can be reloaded without sending the password again
    Ok(Redirect::to(&format!("/catalogue?visit={visit}")))
}

async fn catalogue(State(shop): State<Arc<Shop>>, Query(Visit { visit }): Query<Visit>) -> Html<String> {
    let mut rows = String::new();
    for product in &shop.catalogue {
        let (number, name, unit) = (text(product.number), text(product.name), product.unit);
        let (price, per) = (money(product.price.value()), product.price_unit);
        let (usual, long_text) = (product.usual, text(product.text));
        let _ = write!(
            rows,
            r#"<tr><td lang="de">{name}<br><span class="small">{number}</span>
<details class="small"><summary>More</summary>{long_text}</details></td>
<td class="number">{price} EUR<br><span class="small">for {per} {unit}</span></td>
<td class="number"><input type="number" name="{number}" value="{usual}" min="0" max="99999" required aria-label="Quantity of {number}"></td></tr>
"#
        );
    }
    let visit = text(&visit);
    SITE.page(
        "Catalogue",
        &format!(
            r#"<form method="post" action="/return?visit={visit}">
<table>
<thead><tr><th>Article</th><th class="number">Price</th><th class="number">Quantity</th></tr></thead>
<tbody>
{rows}</tbody>
</table>
<button type="submit">Return the basket</button>
</form>"#
        ),
    )
}

async fn leave(
    State(shop): State<Arc<Shop>>,
    Query(Visit { visit }): Query<Visit>,
    Form(chosen): Form<BTreeMap<String, u32>>,
) -> Result<Html<String>, Refusal> {
    Ok(Html(shop.leave(&visit, &chosen)?))
}

/// cXML answers in cXML; the HTTP status is 200 whatever it says.
async fn take_order(State(shop): State<Arc<Shop>>, body: Bytes) -> Result<impl IntoResponse, Refusal> {
    let response = shop.take_order(&body);
    let now = Utc::now();
    let answer =
        Document::new(format!("{}@shop.example", now.timestamp_micros()), now.fixed_offset(), response);
    Ok(([(CONTENT_TYPE, "text/xml; charset=UTF-8")], answer.write()?))
}

async fn home(State(shop): State<Arc<Shop>>) -> Html<String> {
    let mut rows = String::new();
    for order in shop.orders() {
        let header = &order.request.order_request_header;
        let _ = writeln!(
            rows,
            r#"<tr><td>{}</td><td>{}</td><td>{}</td><td class="number">{}</td><td class="number">{} {}</td></tr>"#,
            text(&order.number),
            text(&header.order_id),
            text(&order.quote),
            order.request.item_out.len(),
            text(header.total.money.amount.as_sent()),
            text(&header.total.money.currency),
        );
    }
    let orders = if rows.is_empty() {
        "<p>No orders yet.</p>".to_owned()
    } else {
        format!(
            "<table><thead><tr><th>Order</th><th>Buyer's number</th><th>Quote</th>\
             <th class=\"number\">Lines</th><th class=\"number\">Total</th></tr></thead>\n<tbody>{rows}</tbody></table>"
        )
    };
    SITE.page(
        "Orders",
        &format!(
            "{orders}\n<p class=\"small\">Buyers come to the catalogue from their procurement system.</p>"
        ),
    )
}
