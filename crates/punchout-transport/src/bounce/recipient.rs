use super::{Outcome, Status};
use chrono::{DateTime, Utc};
use std::fmt;

/// What became of a mail for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recipient {
    /// The address that was tried last; a server on the way may have put it in
    /// the place of the one that was given.
    pub address: Option<String>,
    /// The address that was given.
    pub original: Option<String>,
    /// What happened.
    pub action: Action,
    /// Why, as a code.
    pub status: Option<Status>,
    /// Why, in the server's words.
    pub diagnostic: Option<String>,
    /// The server that said so, where it is another than the one that reports.
    pub remote_mta: Option<String>,
    /// How long it is still tried.
    pub retry_until: Option<DateTime<Utc>>,
}

impl Recipient {
    pub(super) fn new(action: Action) -> Self {
        Self {
            address: None,
            original: None,
            action,
            status: None,
            diagnostic: None,
            remote_mta: None,
            retry_until: None,
        }
    }

    /// What it means for the order; unknown where action and status contradict
    /// each other.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let class = self.status.map(|status| status.class);
        match self.action {
            // 4.x.x too: it was tried until the time was over
            Action::Failed if class != Some(2) => Outcome::Failed,
            Action::Delayed if class.is_none_or(|class| class == 4) => Outcome::Delayed,
            Action::Delivered if class.is_none_or(|class| class == 2) => Outcome::Delivered,
            Action::Displayed => Outcome::Read,
            // it was in the mailbox, and nobody says that it was opened
            Action::Deleted | Action::Dispatched | Action::Processed | Action::Denied => Outcome::Delivered,
            _ => Outcome::Unknown,
        }
    }
}

/// What happened to a mail.
///
/// The first five are said by servers (RFC 3464, 2.3.3), the others by the
/// recipient's program (RFC 8098, 3.2.6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// It was not delivered and will not be.
    Failed,
    /// It was not delivered yet and is still tried.
    Delayed,
    /// It was put into the mailbox.
    Delivered,
    /// It was given to a server that sends no reports.
    Relayed,
    /// It was given to several recipients, of whom nothing is known.
    Expanded,
    /// It was shown to somebody.
    Displayed,
    /// It was deleted, read or not.
    Deleted,
    /// It was sent on, say printed or forwarded, without being shown.
    Dispatched,
    /// It was taken by a program.
    Processed,
    /// Somebody does not want to say.
    Denied,
    #[doc(hidden)]
    Other(String),
}

impl Action {
    /// The word for it in reports; in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
            Self::Displayed => "displayed",
            Self::Deleted => "deleted",
            Self::Dispatched => "dispatched",
            Self::Processed => "processed",
            Self::Denied => "denied",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for Action {
    /// Any case; what follows the word does not matter.
    fn from(text: &str) -> Self {
        let word = text.trim().split(|c: char| c.is_whitespace() || matches!(c, '(' | ';' | '/' | ','));
        let word = word.into_iter().next().unwrap_or_default().to_ascii_lowercase();
        match word.as_str() {
            "failed" => Self::Failed,
            "delayed" => Self::Delayed,
            "delivered" => Self::Delivered,
            "relayed" => Self::Relayed,
            "expanded" => Self::Expanded,
            "displayed" => Self::Displayed,
            "deleted" => Self::Deleted,
            "dispatched" => Self::Dispatched,
            "processed" => Self::Processed,
            "denied" => Self::Denied,
            _ => Self::Other(word),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_means_for_the_order() {
        for (action, status, outcome) in [
            ("failed", "5.1.1", Outcome::Failed),
            ("FAILED (for good)", "4.4.7", Outcome::Failed),
            ("failed", "", Outcome::Failed),
            ("failed", "2.0.0", Outcome::Unknown),
            ("delayed", "4.4.1", Outcome::Delayed),
            ("delayed", "5.4.1", Outcome::Unknown),
            ("delivered", "2.1.5", Outcome::Delivered),
            ("delivered", "5.1.1", Outcome::Unknown),
            ("relayed", "2.1.9", Outcome::Unknown),
            ("expanded", "2.1.5", Outcome::Unknown),
            ("displayed", "", Outcome::Read),
            ("displayed/error", "", Outcome::Read),
            ("deleted", "", Outcome::Delivered),
            ("lost", "5.0.0", Outcome::Unknown),
            ("", "", Outcome::Unknown),
        ] {
            let recipient = Recipient { status: Status::find(status), ..Recipient::new(action.into()) };
            assert_eq!(recipient.outcome(), outcome, "{action} {status}");
        }
        assert_eq!(Action::from(" Lost in space").as_str(), "lost");
    }
}
