//! The pages and addresses of the rental firm.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use chrono::{Days, Utc};
use punchout::core::All;
use punchout::oci::{CallUpDecoder, Profile};
use serde::Deserialize;

use super::pages::{Refusal, Site, text};
use super::{Booking, Rental, Request, VEHICLES};

const SITE: Site = Site { name: "Example Car Rental", colour: "#a34a00" };

/// Where users are sent to. It takes no GET: the call-up has personal data.
pub(crate) const CALL_UP: &str = "/punchout";

pub(crate) fn routes(rental: Arc<Rental>) -> Router {
    Router::new()
        .route("/", get(home))
        .route(CALL_UP, post(enter))
        .route("/vehicles", get(vehicles))
        .route("/book", post(book))
        .with_state(rental)
}

#[derive(Deserialize)]
struct Visit {
    visit: String,
}

async fn enter(State(rental): State<Arc<Rental>>, body: Bytes) -> Result<Redirect, Refusal> {
    let profile = Profile::named("flexfleet").ok_or("there is no such profile")?;
    let mut found = All::new();
    let call_up = CallUpDecoder::new(profile).body(body, &mut found)?;
    let visit = rental.enter(call_up, found)?;
    Ok(Redirect::to(&format!("/vehicles?visit={visit}")))
}

async fn vehicles(Query(Visit { visit }): Query<Visit>) -> Html<String> {
    let mut options = String::new();
    for (class, name, price) in VEHICLES {
        let _ = writeln!(options, r#"<option value="{class}">{name}, {price} EUR a day</option>"#);
    }
    let today = Utc::now().date_naive();
    let (from, until) = (today + Days::new(7), today + Days::new(10));
    SITE.page(
        "Choose a vehicle",
        &format!(
            r#"<form method="post" action="/book?visit={}">
<label>Vehicle<br><select name="vehicle">
{options}</select></label>
<label>Pick-up<br><input type="date" name="from" value="{from}" required></label>
<label>Return<br><input type="date" name="until" value="{until}" required></label>
<button type="submit">Request this vehicle</button>
</form>"#,
            text(&visit)
        ),
    )
}

async fn book(
    State(rental): State<Arc<Rental>>,
    Query(Visit { visit }): Query<Visit>,
    Form(booking): Form<Booking>,
) -> Result<Html<String>, Refusal> {
    Ok(Html(rental.book(&visit, booking)?))
}

async fn home(State(rental): State<Arc<Rental>>) -> Html<String> {
    let mut rows = String::new();
    for Request { number, mail, name, cost_centre, booking: Booking { vehicle, from, until }, .. } in
        rental.requests()
    {
        let (name, mail, cost_centre) = (text(&name), text(&mail), cost_centre.unwrap_or_default());
        let _ = writeln!(
            rows,
            "<tr><td>{number}</td><td>{name}<br><span class=\"small\">{mail}</span></td><td>{}</td>\
             <td>{vehicle}</td><td>{from} to {until}</td></tr>",
            text(&cost_centre)
        );
    }
    let requests = if rows.is_empty() {
        "<p>No requests yet.</p>".to_owned()
    } else {
        format!(
            "<table><thead><tr><th>Request</th><th>Employee</th><th>Cost centre</th><th>Vehicle</th>\
             <th>Period</th></tr></thead>\n<tbody>{rows}</tbody></table>"
        )
    };
    SITE.page(
        "Requests",
        &format!("{requests}\n<p class=\"small\">Employees come here from their procurement system.</p>"),
    )
}
