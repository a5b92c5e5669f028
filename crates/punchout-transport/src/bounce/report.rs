//! Reports that programs read: delivery status and disposition.

use super::fields::{Fields, message_ids, typed_address, typed_name};
use super::{Action, Clue, Kind, Notice, Place, Recipient, Status};
use chrono::DateTime;
use punchout_core::{LimitExceeded, Limits};

/// RFC 3464: fields about the mail, then a group of fields for each recipient.
pub(super) fn delivery(text: &str, limits: &Limits) -> Result<Notice, LimitExceeded> {
    let mut notice = Notice::new(Kind::Delivery);
    for group in Fields::groups(text, limits)? {
        let value = |name| group.value(name);
        if let Some(id) = value("original-envelope-id") {
            notice.clues.push(Clue::new(id, Place::EnvelopeId));
        }
        if notice.reporting_mta.is_none() {
            notice.reporting_mta = value("reporting-mta").and_then(typed_name);
        }
        // some servers leave out the fields about the mail, or the empty line after them
        if ["final-recipient", "original-recipient", "action"].into_iter().any(|name| value(name).is_some()) {
            notice.recipients.push(Recipient {
                address: value("final-recipient").and_then(typed_address),
                original: value("original-recipient").and_then(typed_address),
                status: value("status").and_then(Status::find),
                diagnostic: value("diagnostic-code").and_then(typed_name),
                remote_mta: value("remote-mta").and_then(typed_name),
                retry_until: value("will-retry-until")
                    .and_then(|date| DateTime::parse_from_rfc2822(date).ok())
                    .map(|date| date.to_utc()),
                ..Recipient::new(value("action").unwrap_or_default().into())
            });
        }
    }
    Ok(notice)
}

/// RFC 8098: one recipient, one group of fields.
pub(super) fn disposition(text: &str, limits: &Limits) -> Result<Notice, LimitExceeded> {
    let mut notice = Notice::new(Kind::Disposition);
    for group in Fields::groups(text, limits)? {
        let value = |name| group.value(name);
        let ids = value("original-message-id").map(message_ids).unwrap_or_default();
        notice.clues.extend(ids.into_iter().map(|id| Clue::new(id, Place::Original)));
        notice.reporting_mta =
            notice.reporting_mta.take().or_else(|| value("mdn-gateway").and_then(typed_name));
        if let Some(disposition) = value("disposition") {
            // how it came about, then what it is
            let what = disposition.split_once(';').map_or(disposition, |(_, what)| what);
            notice.recipients.push(Recipient {
                address: value("final-recipient").and_then(typed_address),
                original: value("original-recipient").and_then(typed_address),
                diagnostic: ["failure", "error", "warning"].into_iter().find_map(value).map(str::to_owned),
                ..Recipient::new(match Action::from(what) {
                    // here it means that no disposition could be found out
                    Action::Failed => Action::Other("failed".to_owned()),
                    what => what,
                })
            });
        }
    }
    Ok(notice)
}
