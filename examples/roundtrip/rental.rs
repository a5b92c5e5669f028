//! A car rental firm's site, as far as punch-out goes.
//!
//! There are no accounts: the call-up says who the employee is. And there is
//! no order afterwards: the request is registered when the basket goes back.

pub(crate) mod web;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use punchout::core::{All, Amount, Diagnostic};
use punchout::oci::markup::FormPage;
use punchout::oci::{Basket, CallUp, Encoder, Item, Profile, ReturnTo};

use super::pages::{self, AnyError};
use super::session;

/// The parameter for the cost centre that both sides agreed on.
pub(crate) const COST_CENTRE: &str = "cost_centre";

/// What can be rented, and its price for a day in EUR.
const VEHICLES: [(&str, &str, &str); 3] = [
    ("CDMR", "Compact car, manual", "39.90"),
    ("IWAR", "Estate car, automatic", "57.50"),
    ("KMMD", "Box van, up to 3.5 t", "84.00"),
];

/// No rental is longer, in days.
const LONGEST: i64 = 90;

#[derive(Default)]
pub(crate) struct Rental {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    visits: BTreeMap<String, Visit>,
    requests: Vec<Request>,
}

/// An employee who chooses.
struct Visit {
    call_up: CallUp,
    found: All,
}

/// A request for a vehicle, on which people act.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) number: String,
    pub(crate) mail: String,
    pub(crate) name: String,
    pub(crate) cost_centre: Option<String>,
    pub(crate) booking: Booking,
    /// What went back to the buyer.
    pub(crate) basket: Basket,
    pub(crate) findings: Vec<Diagnostic>,
}

/// What an employee chooses.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Booking {
    pub(crate) vehicle: String,
    pub(crate) from: NaiveDate,
    pub(crate) until: NaiveDate,
}

impl Rental {
    /// Opens a visit; gives its key.
    pub(crate) fn enter(&self, call_up: CallUp, found: All) -> Result<String, AnyError> {
        let is_filled = |name| call_up.parameter(name).is_some_and(|value| !value.trim().is_empty());
        if !is_filled("oci_usermail") || !is_filled("oci_userfullname") {
            return Err("the call-up does not say who the employee is".into());
        }
        let key = session::new_key()?;
        self.state().visits.insert(key.clone(), Visit { call_up, found });
        Ok(key)
    }

    /// Registers the request, and closes the visit with the page that brings
    /// the basket to the buyer.
    pub(crate) fn book(&self, visit: &str, booking: Booking) -> Result<String, AnyError> {
        let mut state = self.state();
        let Visit { call_up, found } = state.visits.get(visit).ok_or("this visit has ended")?;

        let number = format!("R-{}", 5001 + state.requests.len());
        let mut item = booking.item()?;
        item.ext_quote_id = Some(number.as_str().into());
        let basket = Basket::new(vec![item]);
        let mut around = FormPage::new("Back to your procurement system", "Return the request");
        around.text = format!("Your request {number} is registered. We confirm it by mail.").into();
        let mut found = found.clone();
        let encoder = Encoder::new(Profile::named("flexfleet").ok_or("there is no such profile")?);
        let page = encoder.page(&basket, &ReturnTo::of(call_up)?, &around, &mut found)?;

        let parameter = |name| call_up.parameter(name).map(str::to_owned);
        let request = Request {
            number,
            mail: parameter("oci_usermail").unwrap_or_default(),
            name: parameter("oci_userfullname").unwrap_or_default(),
            cost_centre: parameter(COST_CENTRE),
            booking,
            basket,
            findings: found.into_found(),
        };
        state.requests.push(request);
        state.visits.remove(visit);
        Ok(page)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Booking {
    /// A line of a basket: a service, counted in days.
    ///
    /// OCI has no field for a period. It is in the long text for people and, by
    /// agreement, in the first two customer fields for programs.
    fn item(&self) -> Result<Item, AnyError> {
        let Self { vehicle, from, until } = self;
        let (class, name, price) =
            VEHICLES.iter().find(|(class, ..)| class == vehicle).ok_or("there is no such vehicle")?;
        let days = (*until - *from).num_days();
        if !(1..=LONGEST).contains(&days) {
            return Err(format!("a rental is for 1 to {LONGEST} days").into());
        }
        let mut item = Item::new(*name, u32::try_from(days)?, "DAY")
            .with_price(price.parse::<Amount>()?, "EUR", 1)
            .with_article(*class)
            .with_long_text(format!("{name}\nPick-up {from}, return {until}: {days} days"));
        item.service = Some("X".into());
        item.ext_schema_type = Some("UNSPSC".into());
        item.ext_category_id = Some("78111808".into());
        let [first, second, ..] = &mut item.cust_fields;
        *first = Some(from.to_string().into());
        *second = Some(until.to_string().into());
        Ok(item)
    }
}
