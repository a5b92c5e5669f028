use crate::{Disposition, Error, Receipt};

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The peer has it.
    Delivered,
    /// It was kept instead of sent.
    Intercepted,
    /// The peer cannot have it.
    NotDelivered,
    /// The peer refuses it.
    Rejected,
    /// It may have arrived.
    Unknown,
}

impl Outcome {
    /// What an attempt came to.
    #[must_use]
    pub fn of(outcome: Result<&Receipt, &Error>) -> Self {
        match outcome {
            Ok(receipt) if receipt.intercepted.is_some() => Self::Intercepted,
            Ok(_) => Self::Delivered,
            Err(error) => match error.disposition() {
                Disposition::NotDelivered => Self::NotDelivered,
                Disposition::Rejected => Self::Rejected,
                Disposition::Unknown => Self::Unknown,
            },
        }
    }

    /// One word for it: `delivered`, `intercepted`, `not-delivered`,
    /// `rejected` or `unknown`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Intercepted => "intercepted",
            Self::NotDelivered => "not-delivered",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }

    /// Reads what [`as_str`](Self::as_str) gives.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Delivered, Self::Intercepted, Self::NotDelivered, Self::Rejected, Self::Unknown]
            .into_iter()
            .find(|outcome| outcome.as_str() == word)
    }
}
