//! The tables of the single routes, as plain data.

use std::collections::BTreeMap;
use std::path::PathBuf;

use punchout_core::Secret;
use punchout_cxml::answer::Rule;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::secret::Text;
use super::{Link, SecretRef, is_default, shown};

/// By mail: the table `order.mail`.
///
/// Addresses are `name@domain` or `Name <name@domain>`.
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct MailRoute {
    /// The server that takes the mail.
    #[serde(skip_serializing_if = "is_default")]
    pub host: String,
    /// Its port; 587 unless set, 465 with `tls`, 25 with `none`.
    #[serde(skip_serializing_if = "is_default")]
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(skip_serializing_if = "is_default")]
    pub encryption: Encryption,
    /// Whether `encryption = "none"` is meant: order and password travel in
    /// the open.
    #[serde(skip_serializing_if = "is_default")]
    pub allow_plain: bool,
    /// Who logs in; nobody without it.
    #[serde(skip_serializing_if = "is_default")]
    pub user: Option<String>,
    /// The password of the user.
    #[serde(skip_serializing_if = "is_default")]
    pub password: Option<SecretRef>,
    /// The name for `EHLO`; the address of this end unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub hello_name: Option<String>,
    /// Who the mail is from.
    #[serde(skip_serializing_if = "is_default")]
    pub from: String,
    /// Where people answer to.
    #[serde(skip_serializing_if = "is_default")]
    pub reply_to: Option<String>,
    /// Where bounces go; to the sender unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub envelope_sender: Option<String>,
    /// The mailboxes that take the order.
    #[serde(skip_serializing_if = "is_default")]
    pub to: Vec<String>,
    /// Mailboxes for a copy; refused ones stop the order.
    #[serde(skip_serializing_if = "is_default")]
    pub cc: Vec<String>,
    /// Mailboxes for a copy; refused ones do not.
    #[serde(skip_serializing_if = "is_default")]
    pub optional_cc: Vec<String>,
    /// Whether a report of delivery is asked for too.
    #[serde(skip_serializing_if = "is_default")]
    pub delivery_notices: bool,
    /// Who is told that somebody has opened the mail.
    #[serde(skip_serializing_if = "is_default")]
    pub read_receipt_to: Option<String>,
    /// The text of the mail, instead of a usual one in the language of the
    /// order; `{order_number}` and `{subject}` are replaced.
    #[serde(skip_serializing_if = "is_default")]
    pub text: Option<String>,
    /// The text once more as HTML, with the same replacements.
    #[serde(skip_serializing_if = "is_default")]
    pub html: Option<String>,
    /// Who signs the mail.
    #[serde(skip_serializing_if = "is_default")]
    pub dkim: Option<Dkim>,
    /// Files with certificates that are trusted too, in PEM.
    #[serde(skip_serializing_if = "is_default")]
    pub roots: Vec<PathBuf>,
    /// Whether only those of `roots` are trusted.
    #[serde(skip_serializing_if = "is_default")]
    pub only_given_roots: bool,
    /// The most seconds to find and reach the server; 10 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub connect_seconds: Option<u64>,
    /// The most seconds for everything; 600 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub limit_seconds: Option<u64>,
}

impl MailRoute {
    /// Names server, sender and mailbox.
    #[must_use]
    pub fn new(host: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { host: host.into(), from: from.into(), to: vec![to.into()], ..Self::default() }
    }
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Encryption {
    /// After `STARTTLS`, and no mail without it.
    #[default]
    StartTls,
    /// From the first byte.
    Tls,
    /// Not at all.
    None,
}

/// Who signs mails: the table `order.mail.dkim`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Dkim {
    /// The domain.
    #[serde(skip_serializing_if = "is_default")]
    pub domain: String,
    /// Which of the domain's keys it is.
    #[serde(skip_serializing_if = "is_default")]
    pub selector: String,
    /// The private key, in PEM.
    #[serde(skip_serializing_if = "is_default")]
    pub key: Option<SecretRef>,
}

impl Dkim {
    /// Names domain, selector and key.
    #[must_use]
    pub fn new(domain: impl Into<String>, selector: impl Into<String>, key: SecretRef) -> Self {
        Self { domain: domain.into(), selector: selector.into(), key: Some(key) }
    }
}

/// By HTTPS: the table `order.https`.
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct HttpsRoute {
    /// Where orders are posted to: not the address at which users log in.
    #[serde(skip_serializing_if = "is_default")]
    pub url: Link,
    /// Whether a URL with `http` is meant: order and credentials travel in the
    /// open.
    #[serde(skip_serializing_if = "is_default")]
    pub allow_plain: bool,
    /// Who logs in, with a password.
    #[serde(skip_serializing_if = "is_default")]
    pub user: Option<String>,
    /// The password of the user.
    #[serde(skip_serializing_if = "is_default")]
    pub password: Option<SecretRef>,
    /// A bearer token, instead of user and password.
    #[serde(skip_serializing_if = "is_default")]
    pub token: Option<SecretRef>,
    /// Further headers, such as a customer number.
    #[serde(deserialize_with = "plain_headers", serialize_with = "write_headers")]
    #[serde(skip_serializing_if = "is_default")]
    pub headers: BTreeMap<String, Secret>,
    /// Further headers that are secrets, such as a key.
    #[serde(skip_serializing_if = "is_default")]
    pub secret_headers: BTreeMap<String, SecretRef>,
    /// What is shown to a server that asks for a certificate.
    #[serde(skip_serializing_if = "is_default")]
    pub client_certificate: Option<ClientCertificate>,
    /// Files with certificates that are trusted too, in PEM.
    #[serde(skip_serializing_if = "is_default")]
    pub roots: Vec<PathBuf>,
    /// Whether only those of `roots` are trusted.
    #[serde(skip_serializing_if = "is_default")]
    pub only_given_roots: bool,
    /// The most seconds to connect; 10 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub connect_seconds: Option<u64>,
    /// The most seconds to send; 60 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub send_seconds: Option<u64>,
    /// The most seconds for the answer; 120 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub answer_seconds: Option<u64>,
    /// The most bytes of an answer; 1 MiB unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub answer_bytes: Option<usize>,
    /// What this supplier means by its answers, before what the cXML guide
    /// says.
    #[serde(skip_serializing_if = "is_default")]
    pub answers: Vec<Rule>,
    /// Whether the supplier knows a repeated payload id for what it is, so that
    /// an order that may have arrived is sent again by the schedule of `retry`.
    /// Ask before: otherwise it orders twice.
    #[serde(skip_serializing_if = "is_default")]
    pub recognises_repeats: bool,
}

impl HttpsRoute {
    /// Names the address.
    #[must_use]
    pub fn new(url: impl Into<Link>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }
}

/// What is shown to a server that asks: the table
/// `order.https.client_certificate`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ClientCertificate {
    /// The file with the certificates, the own one first, in PEM.
    #[serde(skip_serializing_if = "is_default")]
    pub chain: PathBuf,
    /// The private key, in PEM.
    #[serde(skip_serializing_if = "is_default")]
    pub key: Option<SecretRef>,
}

impl ClientCertificate {
    /// Names certificates and key.
    #[must_use]
    pub fn new(chain: impl Into<PathBuf>, key: SecretRef) -> Self {
        Self { chain: chain.into(), key: Some(key) }
    }
}

/// By SFTP: the table `order.sftp`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SftpRoute {
    /// The server.
    #[serde(skip_serializing_if = "is_default")]
    pub host: String,
    /// Its port; 22 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub port: Option<u16>,
    /// Who logs in.
    #[serde(skip_serializing_if = "is_default")]
    pub user: String,
    /// The password of the user.
    #[serde(skip_serializing_if = "is_default")]
    pub password: Option<SecretRef>,
    /// The private key of the user instead, as `ssh-keygen` writes it.
    #[serde(skip_serializing_if = "is_default")]
    pub key: Option<SecretRef>,
    /// What the private key is encrypted with.
    #[serde(skip_serializing_if = "is_default")]
    pub passphrase: Option<SecretRef>,
    /// The keys by which the server is known: public keys, or their
    /// fingerprints as `SHA256:…`.
    #[serde(skip_serializing_if = "is_default")]
    pub host_keys: Vec<String>,
    /// A file in which OpenSSH keeps such keys, instead.
    #[serde(skip_serializing_if = "is_default")]
    pub known_hosts: Option<PathBuf>,
    /// The directory for orders; the one that the user logs in to unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub directory: String,
    /// Whether a file of the same name with other bytes is replaced, instead of
    /// the order being rejected.
    #[serde(skip_serializing_if = "is_default")]
    pub replace_existing: bool,
    /// The most seconds until logged in; 30 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub connect_seconds: Option<u64>,
    /// The most seconds for each answer; 60 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub answer_seconds: Option<u64>,
    /// The most seconds for everything; 600 unless set.
    #[serde(skip_serializing_if = "is_default")]
    pub limit_seconds: Option<u64>,
}

impl SftpRoute {
    /// Names server and user; a way to log in and a host key must follow.
    #[must_use]
    pub fn new(host: impl Into<String>, user: impl Into<String>) -> Self {
        Self { host: host.into(), user: user.into(), ..Self::default() }
    }
}

/// Into a directory: the table `order.directory`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct DirectoryRoute {
    /// The directory; it is never created.
    #[serde(skip_serializing_if = "is_default")]
    pub path: PathBuf,
}

impl DirectoryRoute {
    /// Names the directory.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

shown::debug!(MailRoute: host, port, encryption, allow_plain, user, password, hello_name, from, reply_to, envelope_sender, to, cc, optional_cc, delivery_notices, read_receipt_to, text, html, dkim, roots, only_given_roots, connect_seconds, limit_seconds);
shown::debug!(Dkim: domain, selector, key);
shown::debug!(HttpsRoute: url, allow_plain, user, password, token, headers, secret_headers, client_certificate, roots, only_given_roots, connect_seconds, send_seconds, answer_seconds, answer_bytes, answers, recognises_repeats);
shown::debug!(ClientCertificate: chain, key);
shown::debug!(SftpRoute: host, port, user, password, key, passphrase, host_keys, known_hosts, directory, replace_existing, connect_seconds, answer_seconds, limit_seconds);
shown::debug!(DirectoryRoute: path);

/// Headers do not print: many a one is a secret after all.
fn plain_headers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Secret>, D::Error> {
    let headers = BTreeMap::<String, Text>::deserialize(deserializer)?;
    Ok(headers.into_iter().map(|(name, Text(value))| (name, value.into())).collect())
}

/// They stand in the description, so they are written into it.
fn write_headers<S: Serializer>(
    headers: &BTreeMap<String, Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value.expose())))
}
