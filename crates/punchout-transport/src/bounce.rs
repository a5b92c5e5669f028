//! What comes back by mail: reports of delivery, and the order they are about.
//!
//! A mail server that has taken an order may still fail to deliver it. It says
//! so by mail, to the envelope sender: mostly in a form that programs read,
//! sometimes in free text only. [`read`] takes the bytes of any incoming mail
//! and says what it is, what became of the order, and which order that is.
//!
//! ```
//! use punchout_transport::bounce::{self, Kind, MailIds, Outcome, Place};
//!
//! let mail = "From: MAILER-DAEMON@mx.example\r\n\
//!     Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
//!     --b\r\nContent-Type: message/delivery-status\r\n\r\n\
//!     Original-Envelope-Id: 1732222222.7@buyer.example\r\n\r\n\
//!     Final-Recipient: rfc822; sales@shop.example\r\n\
//!     Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
//! let notice = bounce::read(mail.as_bytes())?;
//! assert_eq!(notice.kind, Kind::Delivery);
//! assert_eq!(notice.outcome_for(&["sales@shop.example"]), Outcome::Failed);
//! let status = notice.recipients[0].status.unwrap();
//! assert_eq!(status.meaning(), "no such mailbox");
//!
//! let sent = MailIds::new("1732222222.7@buyer.example", "buyer.example", "4500000017");
//! assert_eq!(notice.concerns(&sent), Some(Place::EnvelopeId));
//! # Ok::<(), punchout_core::LimitExceeded>(())
//! ```
//!
//! # What is understood
//!
//! | kind | forms |
//! |---|---|
//! | [`Delivery`](Kind::Delivery) | `message/delivery-status` (RFC 3464) and its global form (RFC 6533) |
//! | [`Disposition`](Kind::Disposition) | `message/disposition-notification` (RFC 8098) and its global form |
//! | [`Informal`](Kind::Informal) | `X-Failed-Recipients`; the texts of qmail, Exim, Postfix, sendmail, Exchange, Gmail, Yahoo |
//! | [`Automatic`](Kind::Automatic) | `Auto-Submitted` (RFC 3834) and older headers of that sense |
//! | [`Other`](Kind::Other) | everything else |
//!
//! Forwarded reports, inside a mail of somebody else, are not looked at.
//!
//! # Limits
//!
//! [`Limits`] count here as follows: `bytes` is the mail (64 MiB), `items` its
//! parts and the recipients (1,000 of each), `depth` the multiparts inside each
//! other (8), `value_bytes` the headers of one part (256 KiB). Time grows with
//! the size of the mail and with nothing else.

mod fields;
mod ids;
mod informal;
mod mime;
mod notice;
mod recipient;
mod report;
mod status;

pub use ids::MailIds;
pub use notice::{Clue, Kind, Notice, Outcome, Place};
pub use recipient::{Action, Recipient};
pub use status::Status;

use fields::{Fields, message_ids, words};
use mime::Part;
use punchout_core::{LimitExceeded, Limits, truncated};

/// Reads an incoming mail within the usual limits.
///
/// # Errors
/// When the mail is beyond them.
pub fn read(mail: &[u8]) -> Result<Notice, LimitExceeded> {
    Reader::new().read(mail)
}

/// Reads incoming mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    limits: Limits,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Starts with the usual limits.
    #[must_use]
    pub fn new() -> Self {
        let limits =
            Limits::default().with_bytes(64 << 20).with_items(1000).with_depth(8).with_value_bytes(256 << 10);
        Self { limits }
    }

    /// Sets what one mail may cost.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads an incoming mail: any mail, for whether it is a report is part of
    /// the answer.
    ///
    /// # Errors
    /// When the mail is beyond the limits.
    pub fn read(&self, mail: &[u8]) -> Result<Notice, LimitExceeded> {
        self.limits.check_bytes(mail.len())?;
        let (fields, parts) = mime::parts(mail, &self.limits)?;
        let mut notice = self.judged(&fields, &parts)?;
        for part in parts.iter().filter(|part| is_returned(&part.media_type)) {
            // only the headers matter, and only the beginning of what they stand in
            let content = part.bytes();
            let (original, _) = Fields::of_part(content.trim_ascii_start(), &self.limits)?;
            add(&mut notice, &original, &["message-id"], Place::Original);
            add_subject(&mut notice, &original);
        }
        add(&mut notice, &fields, &["in-reply-to", "references"], Place::Thread);
        add(&mut notice, &fields, &["x-original-message-id", "x-original-messageid"], Place::Header);
        add_subject(&mut notice, &fields);
        for part in parts.iter().filter(|part| matches!(part.media_type.as_str(), "text/plain" | "text/html"))
        {
            let ids = spelled_out(&part.text());
            notice.clues.extend(ids.into_iter().map(|id| Clue::new(id, Place::Text)));
        }
        notice.clues.sort_by_key(|clue| clue.place);
        let mut known = std::collections::BTreeSet::new();
        notice.clues.retain(|clue| known.insert((clue.place, clue.value.clone())));
        Ok(notice)
    }

    /// What kind of mail it is, and what it says of the recipients.
    fn judged(&self, fields: &Fields, parts: &[Part<'_>]) -> Result<Notice, LimitExceeded> {
        let part = |names: [&str; 2]| parts.iter().find(|part| names.contains(&part.media_type.as_str()));
        if let Some(part) = part(["message/delivery-status", "message/global-delivery-status"]) {
            return report::delivery(&part.text(), &self.limits);
        }
        if let Some(part) =
            part(["message/disposition-notification", "message/global-disposition-notification"])
        {
            return report::disposition(&part.text(), &self.limits);
        }
        let text = part(["text/plain", "text/plain"]).map(Part::text).unwrap_or_default();
        if let Some(notice) = informal::read(fields, &text, &self.limits)? {
            return Ok(notice);
        }
        Ok(Notice::new(if is_automatic(fields) { Kind::Automatic } else { Kind::Other }))
    }
}

/// Parts that hold the original, or its headers.
fn is_returned(media_type: &str) -> bool {
    matches!(
        media_type,
        "message/rfc822"
            | "message/global"
            | "message/global-headers"
            | "message/rfc822-headers"
            | "text/rfc822-headers"
    )
}

fn is_automatic(fields: &Fields) -> bool {
    let says = |name, what: &str| {
        fields.value(name).is_some_and(|value| value.trim().to_ascii_lowercase().starts_with(what))
    };
    let submitted = fields.value("auto-submitted").is_some_and(|value| !value.trim().is_empty());
    (submitted && !says("auto-submitted", "no"))
        || says("x-autoreply", "yes")
        || fields.value("x-autorespond").is_some()
        || says("precedence", "auto_reply")
}

fn add(notice: &mut Notice, fields: &Fields, names: &[&str], place: Place) {
    for value in names.iter().flat_map(|name| fields.all(name)) {
        notice.clues.extend(message_ids(value).into_iter().map(|id| Clue::new(id, place)));
    }
}

fn add_subject(notice: &mut Notice, fields: &Fields) {
    if let Some(subject) = fields.value("subject").filter(|subject| !subject.is_empty()) {
        notice.clues.push(Clue::new(words(subject), Place::Subject));
    }
}

/// Ids after a `Message-ID:` in a text, as some servers show the headers of the original.
fn spelled_out(text: &str) -> Vec<String> {
    const NAME: &[u8] = b"message-id";
    let value = |line: &str| -> Option<String> {
        let is_named = |at: &usize| {
            let name = line.as_bytes().get(at.checked_sub(NAME.len())?..*at)?;
            name.eq_ignore_ascii_case(NAME).then_some(())
        };
        let (at, _) = line.match_indices(':').find(|(at, _)| is_named(at).is_some())?;
        let value = truncated(line.get(at + 1..)?, 1000);
        Some(value.replace("&lt;", "<").replace("&gt;", ">"))
    };
    text.lines().filter_map(value).filter_map(|value| message_ids(&value).into_iter().next()).collect()
}
