//! The answer to a request.

mod status;

use punchout_core::Text;

use crate::{Other, ResponsePayload};

pub use status::{NextStep, Status, StatusClass, StatusCode};

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Response {
    /// What signatures call this element.
    pub id: Option<Text>,
    /// How it went.
    pub status: Status,
    /// What was asked for; only with success.
    pub payload: Option<ResponsePayload>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Response {
    /// An answer of a status alone.
    #[must_use]
    pub fn new(status: impl Into<Status>) -> Self {
        Self { id: None, status: status.into(), payload: None, other: Other::default() }
    }

    /// Adds what was asked for.
    #[must_use]
    pub fn with_payload(mut self, payload: impl Into<ResponsePayload>) -> Self {
        self.payload = Some(payload.into());
        self
    }

    /// 200: received and parsed. It is no promise to deliver.
    #[must_use]
    pub fn ok() -> Self {
        Self::new(StatusCode::OK)
    }

    /// 201: received, and not looked at yet. A status update follows.
    #[must_use]
    pub fn accepted() -> Self {
        Self::new(StatusCode::ACCEPTED)
    }

    /// A failure and what a person should know about it.
    #[must_use]
    pub fn error(code: StatusCode, message: impl Into<Text>) -> Self {
        Self::new(Status::new(code).with_message(message))
    }
}
