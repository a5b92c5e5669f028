//! The file `releases`: what became of an intercepted order.
//!
//! One line for each start and each end of a release: a word, the number of
//! the attempt, a text.

use crate::Outcome;
use std::fmt::Write as _;

const STARTED: &str = "started";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct History {
    text: String,
    pub(super) outcome: Outcome,
    /// The last attempt, once there was one.
    pub(super) attempt: Option<u32>,
    /// Where the last release went.
    pub(super) endpoint: String,
    /// What is told of its end: the peer's reference, or the error.
    pub(super) detail: String,
}

impl History {
    pub(super) fn new() -> Self {
        Self {
            text: String::new(),
            outcome: Outcome::Intercepted,
            attempt: None,
            endpoint: String::new(),
            detail: String::new(),
        }
    }

    /// Reads it back, or says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut history = Self::new();
        for line in text.strip_suffix('\n').ok_or("its last line is cut")?.split('\n') {
            let mut parts = line.splitn(3, ' ');
            let (Some(word), Some(attempt), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
                return Err("a line is not complete".into());
            };
            let attempt = attempt.parse().map_err(|_| "the number of an attempt is none")?;
            let outcome = if word == STARTED { None } else { Outcome::from_word(word) };
            match outcome {
                None if word != STARTED => return Err(format!("it has an unknown word `{word}`")),
                None => history.start(attempt, rest),
                Some(outcome) => history.end(outcome, attempt, rest),
            }
        }
        Ok(history)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// A release that has started and not ended may have arrived.
    pub(super) fn start(&mut self, attempt: u32, endpoint: &str) {
        self.line(STARTED, attempt, endpoint);
        endpoint.clone_into(&mut self.endpoint);
        self.detail.clear();
        self.outcome = Outcome::Unknown;
    }

    pub(super) fn end(&mut self, outcome: Outcome, attempt: u32, detail: &str) {
        self.line(outcome.as_str(), attempt, detail);
        detail.clone_into(&mut self.detail);
        self.outcome = outcome;
    }

    fn line(&mut self, word: &str, attempt: u32, rest: &str) {
        writeln!(self.text, "{word} {attempt} {}", one_line(rest)).expect("a string takes all");
        self.attempt = Some(attempt);
    }
}

/// No line smuggles in another one.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_last_release() {
        let mut history = History::new();
        history.start(1, "sftp://shop.example");
        assert_eq!(history.outcome, Outcome::Unknown);
        history.end(Outcome::NotDelivered, 4, "nobody listens");
        assert_eq!(History::read(history.as_str()), Ok(history.clone()));
        history.start(5, "sftp://shop.example/in");
        history.end(Outcome::Delivered, 5, "");
        assert_eq!(History::read(history.as_str()), Ok(history.clone()));
        assert_eq!((history.outcome, history.attempt), (Outcome::Delivered, Some(5)));
        assert_eq!(history.endpoint, "sftp://shop.example/in");
    }

    #[test]
    fn a_text_stays_on_its_line() {
        let mut history = History::new();
        history.start(1, "a");
        history.end(Outcome::Unknown, 1, "cut\ndelivered 1 SO-1\r");
        assert_eq!(History::read(history.as_str()).unwrap().outcome, Outcome::Unknown);
    }

    #[test]
    fn what_is_no_history_is_said() {
        for bad in
            ["", "started", "started 1 a", "started\n", "started 1\n", "started x a\n", "lost 1 a\n", "\n"]
        {
            assert!(History::read(bad).is_err(), "{bad:?}");
        }
    }
}
