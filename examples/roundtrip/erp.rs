//! A procurement system, as far as punch-out goes.
//!
//! Four steps, one function each, in the order in which they happen:
//! [`Erp::call_up`], [`Erp::take_return`], [`Erp::make_order`], [`Erp::send`].
//! What a supplier is and how it is reached is data: a [`Connection`].

pub(crate) mod web;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{SubsecRound as _, Utc};
use punchout::core::{All, Diagnostic, Ignore, Secret, Text};
use punchout::cxml::{
    Address, Body, Country, Credential, Document, Header, Name, PostalAddress, Sender, StatusClass,
};
use punchout::oci::markup::FormPage;
use punchout::oci::{Basket, CallUp, CallUpEncoder, Decoder, Profile};
use punchout::order::OrderDraft;
use punchout::pdf::{Options as PdfOptions, Renderer};
use punchout::transport::{
    Consignment, File, HttpReply, Https, HttpsOptions, OrderTransport as _, Receipt, Verdict,
};
use url::Url;

use super::pages::{self, AnyError};
use super::session;

/// A supplier and how to reach it.
pub(crate) struct Connection {
    /// What people call the supplier.
    pub(crate) name: &'static str,
    /// What its shop expects of a call-up.
    pub(crate) profile: &'static Profile,
    /// Where users are sent to.
    pub(crate) shop: Url,
    /// The account in the shop, unless it knows users in another way.
    pub(crate) login: Option<(Text, Secret)>,
    /// What else the shop wants to know, such as who the user is.
    pub(crate) parameters: Vec<(Text, Text)>,
    /// Where orders go; there are suppliers that want none.
    pub(crate) orders: Option<OrderRoute>,
}

/// Where orders go. That is another address than the shop's, and another
/// password.
pub(crate) struct OrderRoute {
    pub(crate) url: Url,
    pub(crate) buyer: Credential,
    pub(crate) supplier: Credential,
    pub(crate) shared_secret: Secret,
}

pub(crate) struct Erp {
    /// The address of the system, as browsers see it.
    pub(crate) url: Url,
    pub(crate) connection: Connection,
    /// Where the files of orders are kept.
    files: PathBuf,
    /// Both are made once and kept.
    decoder: Decoder,
    renderer: Renderer,
    last_number: AtomicU64,
    /// By the key in the return address.
    purchases: Mutex<BTreeMap<String, Purchase>>,
}

/// What one user buys in one visit of the shop.
#[derive(Clone, Default)]
pub(crate) struct Purchase {
    pub(crate) returned: Option<Return>,
    pub(crate) order: Option<Order>,
}

/// A basket as it came back.
#[derive(Clone)]
pub(crate) struct Return {
    pub(crate) basket: Basket,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) file: PathBuf,
}

/// An order and what became of it.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) number: String,
    /// What is sent. A retry sends the very same, so it is kept.
    pub(crate) consignment: Consignment,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) xml: PathBuf,
    pub(crate) pdf: PathBuf,
    pub(crate) outcome: Outcome,
}

#[derive(Clone)]
pub(crate) enum Outcome {
    /// The attempt is under way. Should the system stop now, nobody knows
    /// whether the order arrived.
    Sending,
    Delivered(Box<Receipt>),
    /// `known` is what is known of the order: not delivered, rejected, unknown.
    Failed {
        reason: String,
        known: &'static str,
    },
}

impl Erp {
    pub(crate) fn new(url: Url, connection: Connection, files: PathBuf) -> Self {
        Self {
            url,
            connection,
            files,
            decoder: Decoder::lenient(),
            renderer: Renderer::new(),
            last_number: AtomicU64::new(4_500_017_000),
            purchases: Mutex::default(),
        }
    }

    /// Step 1: makes the page that brings a user to the shop.
    pub(crate) fn call_up(&self) -> Result<String, AnyError> {
        let key = session::new_key()?;
        let mut return_url = self.url.join("/return")?;
        return_url.query_pairs_mut().append_pair("session", &key);

        let mut call_up = CallUp::new(return_url.as_str());
        if let Some((user, password)) = &self.connection.login {
            call_up = call_up.with_login(user.clone(), password.clone());
        }
        for (name, value) in &self.connection.parameters {
            call_up = call_up.with_parameter(name.clone(), value.clone());
        }
        let mut around = FormPage::new(format!("To {}", self.connection.name), "Continue");
        around.text = format!("You are on your way to {}.", self.connection.name).into();
        let page =
            CallUpEncoder::new(self.connection.profile).page(&call_up, &self.connection.shop, &around)?;

        self.purchases().insert(key, Purchase::default());
        // the password is in the page: it goes to the browser and nowhere else
        Ok(page.expose().to_owned())
    }

    /// Step 2: takes the basket that the shop sends back through the user's
    /// browser. `body` is what was posted, untouched.
    pub(crate) fn take_return(&self, key: &str, body: &[u8]) -> Result<(), AnyError> {
        let mut purchases = self.purchases();
        let purchase = purchases.get_mut(key).ok_or("nobody waits for this basket")?;
        if purchase.returned.is_some() {
            return Err("this basket was returned before".into());
        }
        let mut found = All::new();
        let basket = self.decoder.form(body, &mut found)?;
        let file = self.files.join("basket.form");
        std::fs::write(&file, body)?;
        purchase.returned = Some(Return { basket, findings: found.into_found(), file });
        Ok(())
    }

    /// Step 3: makes the order of a basket and puts it on disk: cXML for the
    /// supplier's system, PDF for its people, both of the same order request.
    ///
    /// The cXML has the shared secret in it: keep the file where only this
    /// system can read it.
    fn make_order(&self, basket: &Basket, route: &OrderRoute) -> Result<Order, AnyError> {
        let number = (self.last_number.fetch_add(1, Ordering::Relaxed) + 1).to_string();
        let now = Utc::now().trunc_subsecs(0).fixed_offset();
        let mut found = All::new();

        let draft = OrderDraft::new(number.as_str(), now, town_hall("Rechnungsstelle"))
            .with_ship_to(town_hall("Bauhof, Tor 3"))
            .with_lang("de")
            .with_basket(basket, &mut found);
        // here people edit and approve: `draft.lines` and `draft.header` are open for it
        let request = draft.to_order_request(&mut found)?;

        let sender = route.buyer.clone().with_shared_secret(route.shared_secret.clone());
        let sender = Sender::new(sender, "Example ERP 1.0");
        let header = Header::new(route.buyer.clone(), route.supplier.clone(), sender);
        let payload_id = format!("{}.{number}@erp.example", Utc::now().timestamp_micros());
        let xml = Document::new(payload_id.as_str(), now, Body::request(header, request)).write()?;
        // the PDF carries the same cXML, without the shared secret
        let pdf = self.renderer.render_document(&xml, &pdf_options(), &mut found)?;

        let name = format!("{number}.xml");
        let (xml_file, pdf_file) = (self.files.join(&name), self.files.join(format!("{number}.pdf")));
        std::fs::write(&xml_file, &xml)?;
        std::fs::write(&pdf_file, pdf)?;
        Ok(Order {
            consignment: Consignment::new(payload_id, &number).with_file(File::new(name, "text/xml", xml)),
            number,
            findings: found.into_found(),
            xml: xml_file,
            pdf: pdf_file,
            outcome: Outcome::Sending,
        })
    }

    /// Step 4: posts the order to the supplier, once.
    async fn send(order: &Consignment, route: &OrderRoute) -> Outcome {
        // plain HTTP because this example stays on one machine
        let options = HttpsOptions::new(route.url.clone()).allow_plain_http().with_classifier(verdict);
        let sent = match Https::new(options) {
            Ok(https) => https.send(order).await,
            Err(error) => Err(error),
        };
        match sent {
            Ok(receipt) => Outcome::Delivered(Box::new(receipt)),
            Err(error) => Outcome::Failed { reason: error.to_string(), known: error.disposition().as_str() },
        }
    }

    /// Approves a basket: steps 3 and 4.
    pub(crate) async fn order(&self, key: &str) -> Result<(), AnyError> {
        let route = self.connection.orders.as_ref().ok_or("this supplier takes no orders")?;
        let consignment = {
            let mut purchases = self.purchases();
            let purchase = purchases.get_mut(key).ok_or("there is no such basket")?;
            let returned = purchase.returned.as_ref().ok_or("the basket is still in the shop")?;
            // pressed twice is ordered once
            if purchase.order.is_some() {
                return Ok(());
            }
            let order = self.make_order(&returned.basket, route)?;
            purchase.order.insert(order).consignment.clone()
        };
        let outcome = Self::send(&consignment, route).await;
        if let Some(order) = self.purchases().get_mut(key).and_then(|purchase| purchase.order.as_mut()) {
            order.outcome = outcome;
        }
        Ok(())
    }

    pub(crate) fn purchase(&self, key: &str) -> Option<Purchase> {
        self.purchases().get(key).cloned()
    }

    fn purchases(&self) -> MutexGuard<'_, BTreeMap<String, Purchase>> {
        self.purchases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says what a supplier's answer means: the cXML decides, not the HTTP status.
fn verdict(reply: &HttpReply) -> Verdict {
    let answer = Document::read(&reply.body, &mut Ignore);
    let Some(response) = answer.as_ref().ok().and_then(Document::response) else {
        return Verdict::Unclear { reason: format!("HTTP status {} without a cXML response", reply.status) };
    };
    let status = &response.status;
    let reason = format!("{} {}: {}", status.code, status.text, status.message);
    match status.class() {
        StatusClass::Success => Verdict::Accepted { reference: Some(status.message.to_string()) },
        StatusClass::Permanent => Verdict::Rejected { reason },
        // the same again, with the same payload id, by which the supplier knows it
        StatusClass::Transient => Verdict::Retry { after: reply.retry_after(), reason },
        _ => Verdict::Unclear { reason },
    }
}

/// What the order does not say: where invoices and questions go.
fn pdf_options() -> PdfOptions {
    let invoices = "Rathaus Musterstadt\nRechnungsstelle\nHauptstraße 1\n12345 Musterstadt";
    PdfOptions::new(invoices, "rechnung@town-hall.example", "einkauf@town-hall.example")
}

fn town_hall(department: &str) -> Address {
    let postal = PostalAddress::new("Hauptstraße 1", "Musterstadt", Country::new("DE", "Deutschland"))
        .with_deliver_to(department)
        .with_postal_code("12345");
    Address::new(Name::new("Rathaus Musterstadt", "de"))
        .with_postal_address(postal)
        .with_email("einkauf@town-hall.example")
}
