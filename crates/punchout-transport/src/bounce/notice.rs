use super::{MailIds, Recipient};

/// What a mail says about a mail that was sent.
///
/// Nothing here proves anything: whoever knows an id can write such a mail.
/// It is a reason to look, not a change of an order's state by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// What kind of mail it is.
    pub kind: Kind,
    /// Which mail it may be about, the best evidence first.
    pub clues: Vec<Clue>,
    /// What became of it for each recipient that is named.
    pub recipients: Vec<Recipient>,
    /// The server that reports.
    pub reporting_mta: Option<String>,
}

impl Notice {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, clues: Vec::new(), recipients: Vec::new(), reporting_mta: None }
    }

    /// The ids that a mail of an order may have, the best evidence first: what
    /// to look for among many orders.
    ///
    /// Text and subject are left out: they are no key. An id of the thread is
    /// one, but a weak one: ask [`concerns`](Self::concerns) what it is worth.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.clues.iter().filter(|clue| clue.place <= Place::Thread).map(|clue| clue.value.as_str())
    }

    /// Where it names the mail of an order; nothing when it does not.
    ///
    /// The best place counts. Only a [strong](Place::is_strong) one names the
    /// very mail; by any other it may be about another mail of the same
    /// thread, such as a question that followed the order.
    #[must_use]
    pub fn concerns(&self, mail: &MailIds) -> Option<Place> {
        self.clues.iter().find(|clue| clue.names(mail)).map(|clue| clue.place)
    }

    /// The worst that is said of any recipient, copies included.
    ///
    /// [`Failed`](Outcome::Failed) before [`Delayed`](Outcome::Delayed) before
    /// [`Unknown`](Outcome::Unknown) before [`Delivered`](Outcome::Delivered)
    /// before [`Read`](Outcome::Read); unknown when nobody is named, and for
    /// every mail that is no report.
    ///
    /// A colleague with a copy, whose mailbox is full, makes it *failed* though
    /// the supplier has the order: what became of the order says
    /// [`outcome_for`](Self::outcome_for).
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.recipients.iter().map(Recipient::outcome).max().unwrap_or(Outcome::Unknown)
    }

    /// What became of the order for whom it is meant: the worst that is said
    /// of any of these addresses, as in [`outcome`](Self::outcome).
    ///
    /// Give the supplier's addresses and no copies. A recipient counts who is
    /// named so now, or was when the mail was sent, in any case of letters, and
    /// one without a name. Unknown when none does.
    #[must_use]
    pub fn outcome_for<A: AsRef<str>>(&self, addresses: &[A]) -> Outcome {
        let is_meant = |recipient: &&Recipient| {
            let mut named = [&recipient.original, &recipient.address].into_iter().flatten().peekable();
            named.peek().is_none()
                || named
                    .any(|name| addresses.iter().any(|address| address.as_ref().eq_ignore_ascii_case(name)))
        };
        self.recipients.iter().filter(is_meant).map(Recipient::outcome).max().unwrap_or(Outcome::Unknown)
    }
}

/// What kind of mail came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A delivery status notification (RFC 3464, RFC 6533).
    Delivery,
    /// A message disposition notification, also called a read receipt (RFC 8098).
    Disposition,
    /// A mail server's report in free text.
    Informal,
    /// Written by a program, such as a note of absence (RFC 3834). It says
    /// nothing of delivery.
    Automatic,
    /// Any other mail; perhaps a person's answer.
    Other,
}

/// What became of an order that a mail server had taken.
///
/// Ordered from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Somebody has opened it.
    Read,
    /// It lies in the recipient's mailbox.
    Delivered,
    /// Nothing can be said: it went on to where no reports come from, or the
    /// report is silent or contradicts itself.
    Unknown,
    /// It is still tried; another notice follows if that fails.
    Delayed,
    /// It was not delivered and will not be.
    Failed,
}

/// Something in a mail that may name the mail of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clue {
    /// An id; for [`Place::Subject`] the whole subject.
    pub value: String,
    /// Where it was found.
    pub place: Place,
}

impl Clue {
    pub(super) fn new(value: impl Into<String>, place: Place) -> Self {
        Self { value: value.into(), place }
    }

    fn names(&self, mail: &MailIds) -> bool {
        match self.place {
            Place::EnvelopeId => self.value == mail.envelope_id,
            Place::Subject => has_word(&self.value, &mail.order_number),
            _ => self.value == mail.message_id,
        }
    }
}

/// Whether a text has it with neither a letter nor a digit before or after it.
fn has_word(text: &str, word: &str) -> bool {
    let is_open = |side: Option<char>| side.is_none_or(|c| !c.is_alphanumeric());
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let (before, after) = (text.get(..at), text.get(at + word.len()..));
            is_open(before.and_then(|text| text.chars().next_back()))
                && is_open(after.and_then(|text| text.chars().next()))
        })
}

/// Where an id was found, the best place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The field for the id on the envelope (`Original-Envelope-Id`).
    EnvelopeId,
    /// The headers of the mail that is returned, or the report's own field for
    /// its `Message-ID`.
    Original,
    /// `In-Reply-To` or `References`: of the mail itself, or of one before it.
    Thread,
    /// Another header, which no standard defines.
    Header,
    /// Free text.
    Text,
    /// The subject, with the order number in it.
    Subject,
}

impl Place {
    /// Whether an id there names one mail and nothing else does: the envelope
    /// and the original. A thread names all mails that came before.
    #[must_use]
    pub fn is_strong(self) -> bool {
        self <= Self::Original
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_numbers_are_words() {
        for (subject, has) in [
            ("Order 4500000017", true),
            ("4500000017: not delivered", true),
            ("Order 45000000171", false),
            ("Order A4500000017", false),
            ("45000000171 and 4500000017", true),
            ("Bestellung №4500000017é", false),
            ("", false),
        ] {
            assert_eq!(has_word(subject, "4500000017"), has, "{subject}");
        }
        assert!(!has_word("anything", ""));
    }
}
