//! Who writes to whom.

use super::envelope::Recipient;
use super::options::EmailOptions;
use crate::Error;
use crate::error::unusable;
use lettre::Address;
use lettre::message::Mailbox;
use punchout_core::excerpt;

/// The addresses of every message, checked once.
pub(super) struct Parties {
    pub(super) from: Mailbox,
    pub(super) reply_to: Option<Mailbox>,
    pub(super) to: Vec<Mailbox>,
    pub(super) cc: Vec<Mailbox>,
    /// Who is told that somebody has opened the message.
    pub(super) receipt_to: Option<Mailbox>,
    /// Where bounces go.
    pub(super) sender: Address,
    /// Everyone in `to` and `cc`, once.
    pub(super) recipients: Vec<Recipient>,
}

impl Parties {
    pub(super) fn of(options: &EmailOptions) -> Result<Self, Error> {
        let all = |field, given: &[String]| -> Result<Vec<_>, _> {
            given.iter().map(|one| mailbox(field, one)).collect()
        };
        let one =
            |field, given: &Option<String>| given.as_deref().map(|given| mailbox(field, given)).transpose();
        let from = mailbox("from", &options.from)?;
        let reply_to = one("reply_to", &options.reply_to)?;
        let receipt_to = one("read_receipt_to", &options.read_receipt_to)?;
        let sender = match &options.envelope_sender {
            Some(given) => mailbox("envelope_sender", given)?.email,
            None => from.email.clone(),
        };
        let to = all("to", &options.to)?;
        let mut cc = all("cc", &options.cc)?;
        let needed = to.len() + cc.len();
        cc.extend(all("optional_cc", &options.optional_cc)?);
        let mut recipients: Vec<Recipient> = Vec::new();
        for (index, Mailbox { email, .. }) in to.iter().chain(&cc).enumerate() {
            if recipients.iter().all(|known| known.address != *email) {
                recipients.push(Recipient { address: email.clone(), is_needed: index < needed });
            }
        }
        Ok(Self { from, reply_to, to, cc, receipt_to, sender, recipients })
    }

    /// Whether the message cannot go without SMTPUTF8 (RFC 6531): names never
    /// need it, addresses do.
    pub(super) fn needs_utf8(&self) -> bool {
        let shown = [&self.from].into_iter().chain(&self.reply_to).chain(&self.to).chain(&self.cc);
        let written = shown.chain(&self.receipt_to).map(|mailbox| &mailbox.email);
        written.chain([&self.sender]).any(|address| !address.user().is_ascii())
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
    // quoted local parts are legal; where they occur, they are a mistake or an attack
    if address.contains(|c: char| c.is_ascii_whitespace() || r#"<>"()\,;"#.contains(c)) {
        return Err(wrong("is not one mail address: give `name@domain` or `Name <name@domain>`"));
    }
    let no_address = || wrong("is no mail address: give `name@domain` or `Name <name@domain>`");
    let (user, domain) = address.rsplit_once('@').ok_or_else(no_address)?;
    // domains outside ASCII have a form in it, which every server knows
    let domain = match idna::domain_to_ascii(domain) {
        Ok(ascii) if !domain.is_ascii() => ascii,
        Err(error) if !domain.is_ascii() => return Err(wrong("has no legal domain").with_source(error)),
        _ => domain.to_owned(),
    };
    let address = Address::new(user, domain).map_err(|error| no_address().with_source(error))?;
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

fn unquoted(name: &str) -> String {
    match name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => name.to_owned(),
    }
}
