use crate::{Outcome, Sent};
use std::collections::BTreeSet;

/// What a journal knows of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Past {
    /// What all attempts come to: delivered if one was, unknown if one may
    /// have been or has not ended, else what the last one came to.
    pub outcome: Outcome,
    /// The number of the last attempt.
    pub attempt: u32,
    /// Where the attempt led that decides the outcome; empty if that was not
    /// said.
    pub endpoint: String,
    /// The files of that attempt, with their hashes.
    pub files: Vec<Sent>,
}

impl Past {
    /// Starts with what all attempts come to and the number of the last one.
    #[must_use]
    pub fn new(outcome: Outcome, attempt: u32) -> Self {
        Self { outcome, attempt, endpoint: String::new(), files: Vec::new() }
    }

    /// Says where the attempt led that decides.
    #[must_use]
    pub fn with_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// Says what that attempt sent.
    #[must_use]
    pub fn with_files(mut self, files: Vec<Sent>) -> Self {
        self.files = files;
        self
    }

    /// The order itself, which is the first of these files, if its bytes are
    /// others than those of that attempt.
    pub(super) fn other_order<'a>(&self, files: &'a [Sent]) -> Option<&'a Sent> {
        let known = self.files.first()?;
        files.first().filter(|file| file.sha256 != known.sha256)
    }

    /// The names of the files beside the order that were added, changed or
    /// left out since that attempt. They make no other order: a document for
    /// people changes with the version that draws it.
    pub(super) fn other_attachments<'a>(&'a self, files: &'a [Sent]) -> BTreeSet<&'a str> {
        // nothing was noted to compare with
        if self.files.is_empty() {
            return BTreeSet::new();
        }
        let key = |file: &'a Sent| (file.name.as_str(), *file.sha256.as_bytes());
        let then: BTreeSet<_> = self.files.iter().skip(1).map(key).collect();
        let now = files.iter().skip(1).map(key).collect();
        then.symmetric_difference(&now).map(|(name, _)| *name).collect()
    }
}

/// Adds up the attempts of an order as they were noted.
///
/// Starts and ends of two senders may stand in any order: a journal may have
/// been written where nothing is locked.
#[derive(Debug, Default)]
pub(super) struct Tally {
    last: u32,
    open: Vec<Try>,
    delivered: Option<Try>,
    in_doubt: Option<Try>,
    settled: Option<(Outcome, Try)>,
}

/// One attempt, as it was noted when it started.
#[derive(Clone, Debug, Default)]
pub(super) struct Try {
    pub(super) number: u32,
    pub(super) endpoint: String,
    pub(super) files: Vec<Sent>,
}

impl Tally {
    pub(super) fn started(&mut self, attempt: Try) {
        self.last = self.last.max(attempt.number);
        self.open.push(attempt);
    }

    /// What the last start is told of, when its lines come one by one.
    pub(super) fn last_started(&mut self) -> Option<&mut Try> {
        self.open.last_mut()
    }

    pub(super) fn ended(&mut self, number: u32, outcome: Outcome) {
        self.last = self.last.max(number);
        let at = self.open.iter().rposition(|attempt| attempt.number == number);
        let begun = match at {
            Some(at) => Some(self.open.remove(at)),
            None => self.open.pop(),
        };
        let attempt = begun.unwrap_or_else(|| Try { number, ..Try::default() });
        match outcome {
            Outcome::Delivered => self.delivered = Some(attempt),
            Outcome::Unknown => self.in_doubt = Some(attempt),
            _ => self.settled = Some((outcome, attempt)),
        }
    }

    /// What forbids another attempt goes before.
    pub(super) fn past(mut self) -> Option<Past> {
        let in_doubt = self.open.pop().or(self.in_doubt);
        let (outcome, attempt) = self
            .delivered
            .map(|attempt| (Outcome::Delivered, attempt))
            .or_else(|| in_doubt.map(|attempt| (Outcome::Unknown, attempt)))
            .or(self.settled)?;
        Some(Past::new(outcome, self.last).with_endpoint(attempt.endpoint).with_files(attempt.files))
    }
}
