//! Who writes to whom.

use super::options::{EmailOptions, unusable};
use crate::Error;
use lettre::Address;
use lettre::message::Mailbox;
use punchout_core::excerpt;

/// The addresses of every message, checked once.
pub(super) struct Parties {
    pub(super) from: Mailbox,
    pub(super) reply_to: Option<Mailbox>,
    pub(super) to: Vec<Mailbox>,
    pub(super) cc: Vec<Mailbox>,
    /// Where bounces go.
    pub(super) sender: Address,
    /// Everyone in `to` and `cc`, once.
    pub(super) recipients: Vec<Address>,
}

impl Parties {
    pub(super) fn of(options: &EmailOptions) -> Result<Self, Error> {
        let all = |field, given: &[String]| -> Result<Vec<_>, _> {
            given.iter().map(|one| mailbox(field, one)).collect()
        };
        let from = mailbox("from", &options.from)?;
        let reply_to = options.reply_to.as_deref().map(|given| mailbox("reply_to", given)).transpose()?;
        let sender = match &options.envelope_sender {
            Some(given) => mailbox("envelope_sender", given)?.email,
            None => from.email.clone(),
        };
        let to = all("to", &options.to)?;
        let cc = all("cc", &options.cc)?;
        let mut recipients: Vec<Address> = Vec::new();
        for Mailbox { email, .. } in to.iter().chain(&cc) {
            if !recipients.contains(email) {
                recipients.push(email.clone());
            }
        }
        Ok(Self { from, reply_to, to, cc, sender, recipients })
    }
}

/// Reads `name@domain` or `Name <name@domain>`; the name may be in quotation marks.
fn mailbox(field: &str, given: &str) -> Result<Mailbox, Error> {
    let wrong = |problem: &str| unusable(format!("{field} {} {problem}", excerpt(given)));
    if given.contains(char::is_control) {
        return Err(wrong("holds a control character"));
    }
    let given = given.trim();
    let (name, address) = match given.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (unquoted(name.trim()), address),
        None => (String::new(), given),
    };
    if !address.is_ascii() {
        return Err(wrong("has an address outside ASCII: give the domain in its `xn--` form"));
    }
    // quoted local parts are legal; where they occur, they are a mistake or an attack
    if address.contains(|c: char| c.is_ascii_whitespace() || r#"<>"()\,;"#.contains(c)) {
        return Err(wrong("is not one mail address: give `name@domain` or `Name <name@domain>`"));
    }
    let address: Address = address.parse().map_err(|error| {
        wrong("is no mail address: give `name@domain` or `Name <name@domain>`").with_source(error)
    })?;
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

fn unquoted(name: &str) -> String {
    match name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => name.to_owned(),
    }
}
