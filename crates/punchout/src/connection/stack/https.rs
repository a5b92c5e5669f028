use punchout_cxml::answer::Classifier;
use punchout_transport::{
    Capabilities, Consignment, Delivery, Error as Refusal, Https, HttpsOptions, OrderTransport, Progress,
};

use super::no_table;
use super::parts::{Vault, seconds, settings, with};
use crate::answer::ByCxml;
use crate::connection::{Connection, Error, file};

pub(super) fn transport(
    connection: &Connection,
    vault: &Vault<'_>,
) -> Result<Box<dyn OrderTransport>, Error> {
    let https = connection.order.https.as_ref().ok_or_else(no_table)?;
    let rules = https.answers.iter().cloned().fold(Classifier::guide(), Classifier::with_rule);
    let mut options =
        HttpsOptions::new(https.url.url().ok_or_else(no_table)?).with_classifier(ByCxml::new(rules));
    if https.allow_plain {
        options = options.allow_plain_http();
    }
    if let (Some(user), Some(password)) = (&https.user, &https.password) {
        options = options.with_basic(user, vault.password("order.https.password", password)?);
    }
    if let Some(token) = &https.token {
        options = options.with_bearer(vault.password("order.https.token", token)?);
    }
    for (name, value) in &https.headers {
        options = options.with_header(name, value.clone());
    }
    for (name, value) in &https.secret_headers {
        let at = format!("order.https.secret_headers.{name}");
        options = options.with_header(name, vault.password(&at, value)?);
    }
    if let Some(certificate) = &https.client_certificate {
        let at = "order.https.client_certificate";
        let chain = file::bytes(&format!("{at}.chain"), &certificate.chain)?;
        let key = vault.key(&format!("{at}.key"), certificate.key.as_ref().ok_or_else(no_table)?)?;
        options = options.with_client_certificate(chain, key);
    }
    for path in &https.roots {
        options = options.with_roots(file::bytes("order.https.roots", path)?);
    }
    if https.only_given_roots {
        options = options.without_public_roots();
    }
    options = with(options, seconds(https.connect_seconds), HttpsOptions::with_connect_timeout);
    options = with(options, seconds(https.send_seconds), HttpsOptions::with_send_timeout);
    options = with(options, seconds(https.answer_seconds), HttpsOptions::with_answer_timeout);
    options = with(options, https.answer_bytes, HttpsOptions::with_answer_limit);
    let transport = Https::new(options).map_err(|error| settings("order.https", error))?;
    Ok(if https.recognises_repeats { Box::new(Recognised(transport)) } else { Box::new(transport) })
}

/// A way to somebody who takes the same order twice for one.
struct Recognised<T>(T);

impl<T: OrderTransport> OrderTransport for Recognised<T> {
    fn capabilities(&self) -> Capabilities {
        self.0.capabilities().with_idempotent(true)
    }

    fn endpoint(&self) -> Option<String> {
        self.0.endpoint()
    }

    fn accepts(&self, consignment: &Consignment) -> Result<(), Refusal> {
        self.0.accepts(consignment)
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.0.send(consignment)
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        self.0.send_watched(consignment, progress)
    }
}
