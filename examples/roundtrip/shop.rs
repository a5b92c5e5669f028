//! A supplier's web shop, as far as punch-out goes.
//!
//! It needs three things for that: [`Shop::enter`] reads the call-up,
//! [`Shop::leave`] writes the return, and [`Shop::take_order`] takes the order
//! that comes later, from system to system.

mod catalogue;
mod quote;
pub(crate) mod web;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use punchout::core::{All, Amount, Diagnostic};
use punchout::cxml::{Document, OrderRequest, Response, Sender, StatusCode};
use punchout::oci::markup::FormPage;
use punchout::oci::{Basket, CallUp, Encoder, Item, Profile, ReturnTo};

use super::pages::{self, AnyError};
use super::{differences, session};
use catalogue::Product;

/// What buyer and supplier agreed on when they set the connection up.
pub(crate) const ACCOUNT: (&str, &str) = ("town-hall", "geheim");
pub(crate) const SUPPLIER: (&str, &str) = ("DUNS", "123456789");
pub(crate) const SHARED_SECRET: &str = "noch geheimer";

pub(crate) struct Shop {
    catalogue: Vec<Product>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    visits: BTreeMap<String, Visit>,
    /// What went back to buyers, by quote number.
    quotes: BTreeMap<String, Quote>,
    /// What was ordered, by payload id.
    orders: BTreeMap<String, Order>,
}

/// A user in the shop.
struct Visit {
    call_up: CallUp,
    found: All,
}

/// A basket that went back to a buyer.
#[derive(Clone)]
pub(crate) struct Quote {
    pub(crate) basket: Basket,
    pub(crate) findings: Vec<Diagnostic>,
}

/// An order as it came in.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) number: String,
    pub(crate) quote: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) request: OrderRequest,
}

impl Shop {
    pub(crate) fn new() -> Result<Self, AnyError> {
        Ok(Self { catalogue: catalogue::products()?, state: Mutex::default() })
    }

    /// Opens a visit for a user who was sent by a buyer; gives its key.
    ///
    /// What was odd about the call-up is kept: it helps when a buyer's people
    /// ask why something does not work.
    pub(crate) fn enter(&self, call_up: CallUp, found: All) -> Result<String, AnyError> {
        let (user, password) = ACCOUNT;
        if call_up.username.as_deref() != Some(user) || call_up.password != Some(password.into()) {
            return Err("the shop does not know this user name and password".into());
        }
        let key = session::new_key()?;
        self.state().visits.insert(key.clone(), Visit { call_up, found });
        Ok(key)
    }

    /// Closes a visit with the page that brings the basket to the buyer.
    ///
    /// Of each article in `chosen` so many go with it.
    pub(crate) fn leave(&self, visit: &str, chosen: &BTreeMap<String, u32>) -> Result<String, AnyError> {
        let mut state = self.state();
        let Visit { call_up, found } = state.visits.get(visit).ok_or("this visit has ended")?;

        let number = format!("Q-{}", 1001 + state.quotes.len());
        let quantity =
            |product: &Product| chosen.get(product.number).copied().filter(|&quantity| quantity > 0);
        let chosen = self.catalogue.iter().filter_map(|product| Some((product, quantity(product)?)));
        let items = (1_u32..).zip(chosen).map(|(line, (product, quantity))| {
            let mut item = product.item(quantity);
            item.ext_quote_id = Some(number.as_str().into());
            item.ext_quote_item = Some(line.to_string().into());
            item
        });
        let basket = Basket::new(items.collect());

        let mut around = FormPage::new("Back to your procurement system", "Return the basket");
        around.text = "Your basket is on its way. Nothing is ordered yet.".into();
        let mut found = found.clone();
        let page =
            Encoder::new(Profile::lenient()).page(&basket, &ReturnTo::of(call_up)?, &around, &mut found)?;

        state.visits.remove(visit);
        state.quotes.insert(number, Quote { basket, findings: found.into_found() });
        Ok(page)
    }

    /// Takes an order and says how that went.
    pub(crate) fn take_order(&self, body: &[u8]) -> Response {
        let mut found = All::new();
        let document = match Document::read(body, &mut found) {
            Ok(document) => document,
            Err(error) => return Response::error(StatusCode::NOT_ACCEPTABLE, error.to_string()),
        };
        if !document.header().is_some_and(|header| is_known(&header.sender)) {
            return Response::error(StatusCode::UNAUTHORIZED, "this shop does not know the sender");
        }
        let payload_id = document.payload_id.to_string();
        let Some(request) = document.into_order_request() else {
            return Response::error(StatusCode::NOT_IMPLEMENTED, "this shop takes orders only");
        };
        let mut state = self.state();
        // a retry: the order is there, and is delivered once
        if let Some(order) = state.orders.get(&payload_id) {
            return accepted(&order.number);
        }
        let quote = quote::number(&request).unwrap_or_default().to_owned();
        let Some(Quote { basket, .. }) = state.quotes.get(&quote) else {
            return Response::error(StatusCode::EXPECTATION_FAILED, format!("there is no quote {quote:?}"));
        };
        if let Err(differences) = quote::compare(basket, &request) {
            return Response::error(StatusCode::CONFLICT, differences);
        }
        let number = format!("S-{}", 7001 + state.orders.len());
        let answer = accepted(&number);
        state.orders.insert(payload_id, Order { number, quote, bytes: body.to_vec(), request });
        answer
    }

    pub(crate) fn quotes(&self) -> Vec<Quote> {
        self.state().quotes.values().cloned().collect()
    }

    pub(crate) fn orders(&self) -> Vec<Order> {
        self.state().orders.values().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Product {
    /// So many of it, as a line of a basket.
    fn item(&self, quantity: u32) -> Item {
        let mut item = Item::new(self.name, quantity, self.unit)
            .with_price(self.price.clone(), "EUR", self.price_unit)
            .with_article(self.number)
            .with_long_text(self.text)
            // not in OCI: an extra field by agreement
            .with_extra("PACKAGING", self.packaging);
        item.lead_time = Some(Amount::from(self.lead_time));
        item.ext_schema_type = Some("UNSPSC".into());
        item.ext_category_id = Some(self.unspsc.into());
        item
    }
}

fn is_known(sender: &Sender) -> bool {
    sender.credential.iter().any(|credential| credential.shared_secret == Some(SHARED_SECRET.into()))
}

/// 200 says: it is here. What will be delivered, a confirmation says later.
fn accepted(number: &str) -> Response {
    let mut response = Response::ok();
    response.status.message = format!("taken as {number}").into();
    response
}
