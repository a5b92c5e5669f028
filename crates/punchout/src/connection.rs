//! A connection to a supplier, from its description to the delivered order.
//!
//! A description is a TOML file: who buys from whom, where users log in, and
//! how orders get there. [`Connection`] is what it says, and
//! [`to_toml`](Connection::to_toml) writes it again. [`lint`] says what is wrong
//! with it, and [`Connection::look`] which of the files that it names are not
//! there. [`Connection::transport`] makes the way of an order of it,
//! [`Connection::consignment`] makes an order ready for that way, and
//! [`Connection::consignment_with`] one that points at attachments.
//!
//! Nothing that is said of a description quotes a value of a form that was not
//! expected, nor one that looks like a password in an address or a key: people
//! write secrets into the wrong place.
//!
//! ```
//! use punchout::connection::{Connection, SystemSecrets};
//! use punchout::core::All;
//! # use punchout::cxml::*;
//! # fn order() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
//! #     let header = OrderRequestHeaderInit { order_id: "4500017300".into(), order_date: "2026-03-01T14:05:00+01:00".into(),
//! #         total: Money::new(0, "EUR").into(), bill_to: Address::new(Name::new("City of Delft", "en")).into() };
//! #     let buyer = Credential::new("NetworkID", "AN1");
//! #     let parties = Header::new(buyer.clone(), buyer.clone(), Sender::new(buyer, "ERP"));
//! #     let body = Body::request(parties, OrderRequest::new(header, [ItemOut::new(1, "A")]));
//! #     Ok(Document::new("1@erp.example", "2026-03-01T14:05:00+01:00", body).write()?)
//! # }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::create_dir(folder.path().join("outbox"))?;
//! # let file = folder.path().join("bolts.toml");
//! # std::fs::write(&file, "[buyer]\nname = 'City of Delft'\n[order]\nroute = 'directory'\ndirectory.path = 'outbox'")?;
//!
//! let connection = Connection::read(&file)?;
//! let transport = connection.transport(&SystemSecrets)?;
//! let mut found = All::new();
//! let consignment = connection.consignment(&order()?, &mut found)?;
//! assert_eq!(consignment.subject, "City of Delft: order 4500017300");
//!
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let receipt = transport.send(&consignment).await?;
//! assert_eq!(receipt.evidence.sent[0].name, "4500017300.xml");
//! # Ok::<(), Box<dyn std::error::Error>>(()) })
//! # }
//! ```
//!
//! # The description
//!
//! Relative paths start at the description's own directory. Everything but the
//! route and what it needs may be left out.
//!
//! ```toml
//! name = "City of Delft, screws"
//!
//! [buyer]
//! name = "City of Delft"                # the organisation, for subjects
//!
//! [supplier]
//! name = "Bolts Ltd"
//!
//! [call_up]                             # how users get into the shop
//! protocol = "oci"                      # or cxml
//! profile = "lenient"
//! url = "https://shop.example/login"
//! method = "post"                       # or get
//!
//! [order]
//! route = "https"                       # mail, https, sftp, directory or none
//! files = ["xml"]                       # or "pdf", or both
//! language = "nl"                       # en, nl, de, fr
//! limit_seconds = 300                   # for one attempt as a whole
//! journal = "journal"                   # each attempt is noted here
//! # intercept = "held"                  # orders are kept here instead of sent
//!
//! [order.retry]                         # as the cXML guide says, when empty
//! retries = 10
//! wait_seconds = 3600
//! jitter_percent = 10
//!
//! [order.https]
//! url = "https://shop.example/orders"   # never the one for users
//! user = "delft"
//! password = { env = "BOLTS_PASSWORD" } # or { file = "bolts.password" }
//!
//! [order.https.headers]
//! X-Customer = "4711"
//!
//! [order.https.secret_headers]
//! X-Api-Key = { file = "bolts.key" }
//!
//! [[order.https.answers]]               # what this supplier means
//! http = 202
//! kind = "empty"
//! then = "accepted"
//! ```
//!
//! The other routes:
//!
//! ```toml
//! [order]
//! route = "sftp"
//!
//! [order.sftp]
//! host = "sftp.shop.example"
//! user = "delft"
//! key = { file = "id_ed25519" }         # or password
//! passphrase = { env = "BOLTS_KEY" }
//! host_keys = ["SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o"]
//! directory = "/orders"
//! ```
//!
//! ```toml
//! [order]
//! route = "mail"
//! files = ["pdf", "xml"]
//!
//! [order.pdf]
//! options = "town-hall.options.toml"    # options of the module `pdf`
//! logo = "logo.png"
//!
//! [order.mail]
//! host = "mail.delft.example"
//! encryption = "starttls"               # or tls; none only with allow_plain
//! user = "orders"
//! password = { file = "mail.password" }
//! from = "City of Delft <orders@delft.example>"
//! reply_to = "buy@delft.example"
//! to = ["orders@shop.example"]
//! ```
//!
//! # Findings
//!
//! | code | severity | what was found |
//! |---|---|---|
//! | `CON-ROUTE` | error | no route is named, or none that there is |
//! | `CON-TABLE` | error | the table of the route is not there |
//! | `CON-MISSING` | error | a key is not there that the route needs |
//! | `CON-URL` | error | an address is none, or holds a user name or a password |
//! | `CON-HOST` | error | the name of a server is none, or an address or port stands with it |
//! | `CON-PLAIN` | error | plain HTTP or SMTP; with `allow_plain` a warning, and nothing for this machine |
//! | `CON-ORDER-LOGIN` | error | orders would go where users log in; a warning when only the query differs |
//! | `CON-ANSWER` | error | a rule for answers fits all of them, or takes a failure for success; a warning when it names that failure |
//! | `CON-CREDENTIALS` | error | no way to log in, half of one, or two |
//! | `CON-HOST-KEY` | error | the key of an SFTP server is not known |
//! | `CON-MAILBOX` | error | no sender or no mailbox for orders, or what is none |
//! | `CON-SECRET-INLINE` | error | a secret in the description, without `allow_inline_secrets` |
//! | `CON-FILES` | error | files that the route cannot send, or names that repeat |
//! | `CON-DIRECTORY` | error | the journal, or orders that are kept, would lie where the supplier takes orders from |
//! | `CON-LANGUAGE` | error | a language that texts are not made in |
//! | `CON-LIMIT` | error | a limit of nothing, or of more than a month; a warning for retries without a wait or with more chance than wait |
//! | `CON-UNUSED` | warning | what has no effect |
//! | `CON-FILE` | error | a file or directory is not there, or is no such thing; see [`Connection::look`] |
//! | `CON-INTERCEPT` | note | orders are kept instead of sent |
//! | `CON-JOURNAL` | note | attempts are noted nowhere |
//! | `CON-PAYLOAD-ID` | warning | an order without a payload id: its number stands in |
//! | `CON-ATTACHMENT` | warning | an attachment that the order does not point at |
//! | `CON-MAIL-SECRET` | warning | an order that goes by mail holds a shared secret |
//!
//! # Runtime
//!
//! Retries and limits wait by tokio's clock, and all routes but a directory work
//! on its network: poll their deliveries inside a tokio runtime.

mod attached;
pub mod code;
mod consignment;
mod error;
mod file;
mod link;
mod lint;
mod look;
mod order;
mod percent;
mod place;
mod routes;
mod secret;
mod shown;
mod stack;
mod words;
mod wrong;

use std::path::{Path, PathBuf};

use punchout_core::Sink;
use serde::{Deserialize, Serialize};

pub use error::{Error, ErrorKind};
pub use link::Link;
pub use lint::lint;
pub use order::{Order, OrderFile, PdfFile, Route};
pub use routes::{ClientCertificate, DirectoryRoute, Dkim, Encryption, HttpsRoute, MailRoute, SftpRoute};
pub use secret::{SecretRef, SecretSource, SystemSecrets};

/// A connection between a buyer and a supplier, as it is described.
///
/// It is plain data: nothing of it was looked up or opened. The
/// [module](self) shows the file.
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Connection {
    /// What people call it.
    #[serde(skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// Whether secrets may stand in the description itself.
    #[serde(skip_serializing_if = "is_default")]
    pub allow_inline_secrets: bool,
    /// Who buys.
    #[serde(skip_serializing_if = "is_default")]
    pub buyer: Party,
    /// Who sells.
    #[serde(skip_serializing_if = "is_default")]
    pub supplier: Party,
    /// How users get into the shop.
    #[serde(skip_serializing_if = "is_default")]
    pub call_up: Option<CallUp>,
    /// How orders get to the supplier.
    #[serde(skip_serializing_if = "is_default")]
    pub order: Order,
}

/// Who buys or sells.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Party {
    /// The name of the organisation.
    #[serde(skip_serializing_if = "is_default")]
    pub name: Option<String>,
}

impl Party {
    /// Names an organisation.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()) }
    }
}

/// How users get into the shop: the table `call_up`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CallUp {
    /// What the shop speaks.
    #[serde(skip_serializing_if = "is_default")]
    pub protocol: Protocol,
    /// The profile with the shop's rules: a shipped one by its name, or a
    /// file. It is for whoever writes call-ups.
    #[serde(skip_serializing_if = "is_default")]
    pub profile: Option<String>,
    /// Where users log in; orders go to another address.
    #[serde(skip_serializing_if = "is_default")]
    pub url: Link,
    /// How the call-up is sent.
    #[serde(skip_serializing_if = "is_default")]
    pub method: Method,
    /// Whether a URL with `http` is meant: passwords travel in the open.
    #[serde(skip_serializing_if = "is_default")]
    pub allow_plain: bool,
}

impl CallUp {
    /// Names the address at which users log in.
    #[must_use]
    pub fn new(url: impl Into<Link>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }
}

/// What a shop speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Protocol {
    /// SAP's Open Catalog Interface.
    #[default]
    Oci,
    /// cXML.
    Cxml,
}

/// How a call-up is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Method {
    /// In the body of a request: no secret gets into an address.
    #[default]
    Post,
    /// In the address.
    Get,
}

shown::debug!(Connection: name, allow_inline_secrets, buyer, supplier, call_up, order);
shown::debug!(Party: name);
shown::debug!(CallUp: protocol, profile, url, method, allow_plain);

impl Connection {
    /// A connection that has an order leg only.
    ///
    /// ```
    /// use punchout::connection::{Connection, DirectoryRoute};
    ///
    /// let connection = Connection::new(DirectoryRoute::new("/srv/orders"));
    /// assert_eq!(connection.order.route.as_str(), "directory");
    /// ```
    #[must_use]
    pub fn new(order: impl Into<Order>) -> Self {
        Self { order: order.into(), ..Self::default() }
    }

    /// Names the organisation that buys.
    #[must_use]
    pub fn with_buyer(mut self, name: impl Into<String>) -> Self {
        self.buyer = Party::new(name);
        self
    }

    /// Names the address at which users log in.
    #[must_use]
    pub fn with_call_up(mut self, call_up: CallUp) -> Self {
        self.call_up = Some(call_up);
        self
    }

    /// Reads a description from a file. Relative paths in it start at its
    /// directory.
    ///
    /// # Errors
    /// [`ErrorKind::Read`] when it cannot be read, and as for
    /// [`from_toml`](Self::from_toml).
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let mut connection = Self::from_toml(&file::text(path)?)?;
        connection.resolve(path.parent().unwrap_or(Path::new("")));
        Ok(connection)
    }

    /// Reads a description. Relative paths in it stay as they are.
    ///
    /// # Errors
    /// [`ErrorKind::Toml`] when it is no TOML, or names a table or a key that
    /// there is not. The text has line, key and what is expected there, and
    /// never what was found: it may be a secret.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let connection = toml::from_str(text).map_err(|error| place::error(text, error))?;
        place::lists(text).map_or(Ok(connection), Err)
    }

    /// Writes it as a description that [`from_toml`](Self::from_toml) reads as the
    /// same connection. What is not set is left out.
    ///
    /// ```
    /// use punchout::connection::{Connection, DirectoryRoute};
    ///
    /// let connection = Connection::new(DirectoryRoute::new("/srv/orders")).with_buyer("City of Delft");
    /// let text = connection.to_toml()?;
    /// assert_eq!(text, "[buyer]\nname = \"City of Delft\"\n\n[order]\nroute = \"directory\"\n\n[order.directory]\npath = \"/srv/orders\"\n");
    /// assert_eq!(Connection::from_toml(&text)?, connection);
    /// # Ok::<(), punchout::connection::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Finding`] when a secret stands in it and
    /// [`allow_inline_secrets`](Self::allow_inline_secrets) is not set, and
    /// [`ErrorKind::Toml`] when something cannot be written: a path that is no
    /// Unicode text, or a wait of less than a second.
    pub fn to_toml(&self) -> Result<String, Error> {
        let is_inline = |secret: &SecretRef| matches!(secret, SecretRef::Inline(_));
        if !self.allow_inline_secrets
            && let Some((at, _)) = self.secrets().find(|(_, secret)| is_inline(secret))
        {
            let text = format!("{at}: the secret stands in the description itself: it is not written");
            return Err(Error::new(ErrorKind::Finding, text));
        }
        // the error may hold what could not be written
        toml::to_string(self).map_err(|_| {
            let text =
                "this cannot be written: a path is no Unicode text, or a wait no whole number of seconds";
            Error::new(ErrorKind::Toml, text)
        })
    }

    /// Reads a description and [says what is wrong](lint) with it, each finding
    /// with its place in the text.
    ///
    /// # Errors
    /// As for [`from_toml`](Self::from_toml).
    pub fn check(text: &str, sink: &mut dyn Sink) -> Result<Self, Error> {
        let connection = Self::from_toml(text)?;
        lint(&connection, &mut place::Placing::new(text, sink));
        Ok(connection)
    }

    /// Lets relative paths start at a directory, and makes them absolute: an
    /// endpoint is the same wherever a program was started.
    pub fn resolve(&mut self, directory: &Path) {
        for path in self.paths() {
            if path.is_relative() && !path.as_os_str().is_empty() {
                let joined = directory.join(&*path);
                *path = std::path::absolute(&joined).unwrap_or(joined);
            }
        }
    }

    fn paths(&mut self) -> Vec<&mut PathBuf> {
        let mut paths = Vec::new();
        let order = &mut self.order;
        paths.extend([&mut order.journal, &mut order.intercept].into_iter().flatten());
        if let Some(pdf) = &mut order.pdf {
            paths.extend([&mut pdf.options, &mut pdf.logo].into_iter().flatten());
        }
        paths.extend(order.directory.as_mut().map(|directory| &mut directory.path));
        let mut secrets: Vec<&mut SecretRef> = Vec::new();
        if let Some(mail) = &mut order.mail {
            paths.extend(&mut mail.roots);
            secrets.extend(&mut mail.password);
            secrets.extend(mail.dkim.as_mut().and_then(|dkim| dkim.key.as_mut()));
        }
        if let Some(https) = &mut order.https {
            paths.extend(&mut https.roots);
            secrets.extend([&mut https.password, &mut https.token].into_iter().flatten());
            secrets.extend(https.secret_headers.values_mut());
            if let Some(certificate) = &mut https.client_certificate {
                paths.push(&mut certificate.chain);
                secrets.extend(&mut certificate.key);
            }
        }
        if let Some(sftp) = &mut order.sftp {
            paths.extend(&mut sftp.known_hosts);
            secrets.extend([&mut sftp.password, &mut sftp.key, &mut sftp.passphrase].into_iter().flatten());
        }
        paths.extend(secrets.into_iter().filter_map(|secret| match secret {
            SecretRef::File(path) => Some(path),
            _ => None,
        }));
        paths
    }

    /// All secrets, each with its key.
    fn secrets(&self) -> impl Iterator<Item = (String, &SecretRef)> {
        let Order { mail, https, sftp, .. } = &self.order;
        let mut all: Vec<(String, Option<&SecretRef>)> = Vec::new();
        if let Some(mail) = mail {
            let dkim = mail.dkim.as_ref().and_then(|dkim| dkim.key.as_ref());
            all.push(("order.mail.password".into(), mail.password.as_ref()));
            all.push(("order.mail.dkim.key".into(), dkim));
        }
        if let Some(https) = https {
            let key = https.client_certificate.as_ref().and_then(|certificate| certificate.key.as_ref());
            all.push(("order.https.password".into(), https.password.as_ref()));
            all.push(("order.https.token".into(), https.token.as_ref()));
            all.push(("order.https.client_certificate.key".into(), key));
            let header = |name: &String| format!("order.https.secret_headers.{name}");
            all.extend(https.secret_headers.iter().map(|(name, secret)| (header(name), Some(secret))));
        }
        if let Some(sftp) = sftp {
            all.push(("order.sftp.password".into(), sftp.password.as_ref()));
            all.push(("order.sftp.key".into(), sftp.key.as_ref()));
            all.push(("order.sftp.passphrase".into(), sftp.passphrase.as_ref()));
        }
        all.into_iter().filter_map(|(key, secret)| Some((key, secret?)))
    }
}

/// What is not set is not written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
