//! Reports in free text, as servers write them that know no better.

use super::fields::{Fields, message_ids};
use super::{Action, Clue, Kind, Notice, Place, Recipient, Status};
use punchout_core::{LimitExceeded, Limits, truncated};

/// Bytes of a text in which the signs are looked for.
const HEAD: usize = 16 << 10;

/// Bytes of the reason that are kept for a recipient.
const REASON: usize = 1000;

/// What is said at the beginning of reports, in lower case, with one blank
/// between words. All words of a row must be there; the first row counts.
const SIGNS: [(&[&str], Action); 20] = [
    // still tried
    (&["mail delivery software", "has not yet been delivered"], Action::Delayed),
    (&["this is the mail system at host", "this is a warning only"], Action::Delayed),
    (&["this is the postfix program at host", "this is a warning only"], Action::Delayed),
    (&["could not send message for past"], Action::Delayed),
    (&["addresses had transient non-fatal errors"], Action::Delayed),
    (&["delivery to the following recipient has been delayed"], Action::Delayed),
    (&["delivery is delayed to these recipients"], Action::Delayed),
    (&["temporary problem delivering your message to"], Action::Delayed),
    // given up
    (&["this is the qmail-send program"], Action::Failed),
    (&["mail delivery software", "permanent error"], Action::Failed),
    (&["this is the mail system at host", "could not be delivered"], Action::Failed),
    (&["this is the postfix program at host", "could not be delivered"], Action::Failed),
    (&["addresses had permanent fatal errors"], Action::Failed),
    (&["did not reach the following recipient"], Action::Failed),
    (&["delivery has failed to these recipients"], Action::Failed),
    (&["delivery to the following recipients failed"], Action::Failed),
    (&["delivery to the following recipient failed"], Action::Failed),
    (&["unable to deliver your message to the following address"], Action::Failed),
    (&["your message wasn't delivered to"], Action::Failed),
    (&["could not be delivered to the following"], Action::Failed),
];

/// Reads a report, when it is one.
///
/// Only a server's own mail is: a person who quotes a report reports nothing.
pub(super) fn read(fields: &Fields, text: &str, limits: &Limits) -> Result<Option<Notice>, LimitExceeded> {
    let failed: Vec<&str> = fields
        .all("x-failed-recipients")
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|address| is_address(address))
        .collect();
    let head = truncated(text, HEAD).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let sign = SIGNS.iter().find(|(words, _)| words.iter().all(|word| head.contains(word)));
    let is_servers = is_from_server(fields);
    let returns_nowhere = fields.value("return-path").is_some_and(|path| path.trim() == "<>");
    let action = match sign {
        _ if !failed.is_empty() => sign.map_or(Action::Failed, |(_, action)| action.clone()),
        Some((_, action)) if is_servers || returns_nowhere => action.clone(),
        // something happened, and nobody knows what
        _ if is_servers => return Ok(Some(Notice::new(Kind::Informal))),
        _ => return Ok(None),
    };
    let mut notice = Notice::new(Kind::Informal);
    let (report, copy) = recipients(text, &action, &mut notice.recipients, limits)?;
    for address in failed {
        if !notice.recipients.iter().any(|known| known.address.as_deref() == Some(address)) {
            notice
                .recipients
                .push(Recipient { address: Some(address.to_owned()), ..Recipient::new(action.clone()) });
        }
        limits.check_items(notice.recipients.len())?;
    }
    if notice.recipients.is_empty() {
        let after =
            sign.and_then(|(words, _)| head.split_once(words.first()?)).map_or("", |(_, after)| after);
        let trim = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let address = after.split(' ').map(trim).find(|word| is_address(word));
        let status = Status::find(after);
        notice.recipients.push(Recipient { address, status, ..Recipient::new(action) });
    }
    // a code further down can be about nobody else
    if let [recipient] = notice.recipients.as_mut_slice() {
        recipient.status = recipient.status.or_else(|| Status::find(truncated(report, HEAD)));
    }
    // the copy below a line that says so is the original
    let (original, _) = Fields::of_part(copy.trim_start().as_bytes(), limits)?;
    let ids = original.value("message-id").map(message_ids).unwrap_or_default();
    notice.clues.extend(ids.into_iter().map(|id| Clue::new(id, Place::Original)));
    Ok(Some(notice))
}

/// Whether the sender is called like a mail server.
fn is_from_server(fields: &Fields) -> bool {
    let from = fields.value("from").unwrap_or_default();
    let address = from.rsplit_once('<').map_or(from, |(_, rest)| rest);
    let name = address.split(['@', '>']).next().unwrap_or_default().trim();
    ["mailer-daemon", "postmaster", "mail-daemon"].into_iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Finds who is named on a line of their own, with the reason after it; gives
/// the report and the copy of the original below it, which may be empty.
fn recipients<'a>(
    text: &'a str,
    action: &Action,
    found: &mut Vec<Recipient>,
    limits: &Limits,
) -> Result<(&'a str, &'a str), LimitExceeded> {
    // whether the lines that follow give the reason
    let mut is_open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let line = line.trim();
        if line.starts_with("--") {
            is_open = false;
            if line.to_ascii_lowercase().contains("message") {
                return Ok(text.split_at(at));
            }
        } else if let Some((address, reason)) = named(line) {
            let mut recipient = Recipient::new(action.clone());
            recipient.address = Some(address.to_owned());
            add_reason(&mut recipient, reason);
            found.push(recipient);
            limits.check_items(found.len())?;
            is_open = true;
        } else if let Some(last) = found.last_mut().filter(|_| is_open) {
            if line.is_empty() {
                is_open = last.diagnostic.is_none();
            } else {
                add_reason(last, line);
            }
        }
    }
    Ok((text, ""))
}

/// `<a@b>: reason`, `a@b: reason`, `a@b on Thu, …` or the address alone.
fn named(line: &str) -> Option<(&str, &str)> {
    let (address, rest) = match line.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?,
        None => line.split_at(line.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(line.len())),
    };
    let reason = rest.trim_start().trim_start_matches(':').trim_start();
    let is_named = rest.is_empty() || rest.starts_with(':') || rest.trim_start().starts_with("on ");
    (is_named && is_address(address)).then_some((address, reason))
}

fn is_address(word: &str) -> bool {
    let parts = word.rsplit_once('@');
    word.len() <= 320
        && !word.contains(|c: char| c.is_whitespace() || c.is_control() || "<>(),;:\"".contains(c))
        && parts.is_some_and(|(user, domain)| !user.is_empty() && !domain.trim_matches('.').is_empty())
}

fn add_reason(recipient: &mut Recipient, words: &str) {
    if words.is_empty() {
        return;
    }
    let reason = recipient.diagnostic.get_or_insert_default();
    if reason.len() + words.len() < REASON {
        if !reason.is_empty() {
            reason.push(' ');
        }
        reason.push_str(words);
    }
    recipient.status = recipient.status.or_else(|| Status::find(words));
    if recipient.remote_mta.is_none() {
        recipient.remote_mta = host(words).map(str::to_owned);
    }
}

/// The name in `host mx.example[192.0.2.1] said: …`.
fn host(words: &str) -> Option<&str> {
    let (before, after) = words.split_once("host ")?;
    let name = after.split(|c: char| c.is_whitespace() || matches!(c, '[' | ':' | '(')).next()?;
    let is_word = before.chars().next_back().is_none_or(char::is_whitespace);
    Some(name).filter(|name| is_word && name.contains('.') && !name.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_at_the_start() {
        for (line, found) in [
            ("<a@b.example>: host mx said no", Some(("a@b.example", "host mx said no"))),
            ("<a@b.example>:", Some(("a@b.example", ""))),
            ("a@b.example", Some(("a@b.example", ""))),
            ("a@b.example on Thu, 1 Jan", Some(("a@b.example", "on Thu, 1 Jan"))),
            ("a@b.example: unrouteable", Some(("a@b.example", "unrouteable"))),
            ("a@b.example is somebody", None),
            ("To: a@b.example", None),
            ("mailto:a@b.example", None),
            ("<a@b.example", None),
            ("@b.example", None),
            ("a@", None),
            ("", None),
        ] {
            assert_eq!(named(line), found, "{line}");
        }
        assert_eq!(host("host mx.example[192.0.2.1] said: 550"), Some("mx.example"));
        assert_eq!(host("ghost mx.example"), None);
    }
}
