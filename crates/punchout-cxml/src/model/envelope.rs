//! What a document says: a request, a message or a response.

use punchout_core::Text;

use crate::setters::setters;
use crate::token::token;
use crate::{Header, MessagePayload, Other, Payload, Response, Status};

/// What a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Body {
    /// Asks for something on an open connection.
    Request(Header, Request),
    /// Tells something one way.
    Message(Header, Message),
    /// Answers a request.
    Response(Response),
    /// None of these, though there must be one.
    Missing(Header),
}

impl Body {
    /// A request and who sends it to whom.
    #[must_use]
    pub fn request(header: Header, request: impl Into<Request>) -> Self {
        Self::Request(header, request.into())
    }

    /// A message and who sends it to whom.
    #[must_use]
    pub fn message(header: Header, message: impl Into<Message>) -> Self {
        Self::Message(header, message.into())
    }

    /// The DTD that has the payload, such as `Fulfill`; `cXML` for a response
    /// and where there is none.
    #[must_use]
    pub fn dtd(&self) -> &'static str {
        match self {
            Self::Request(_, request) => request.payload.dtd(),
            Self::Message(_, message) => message.payload.dtd(),
            Self::Response(_) | Self::Missing(_) => "cXML",
        }
    }
}

impl From<Response> for Body {
    fn from(response: Response) -> Self {
        Self::Response(response)
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Request {
    /// Whether it is meant.
    pub deployment_mode: DeploymentMode,
    /// What signatures call this element.
    pub id: Option<Text>,
    /// The one thing asked for.
    pub payload: Payload,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Request {
    /// A request in production.
    #[must_use]
    pub fn new(payload: impl Into<Payload>) -> Self {
        Self {
            deployment_mode: DeploymentMode::default(),
            id: None,
            payload: payload.into(),
            other: Other::default(),
        }
    }

    /// Says whether it is meant.
    #[must_use]
    pub fn with_deployment_mode(mut self, mode: DeploymentMode) -> Self {
        self.deployment_mode = mode;
        self
    }
}

impl<T: Into<Payload>> From<T> for Request {
    fn from(payload: T) -> Self {
        Self::new(payload)
    }
}

/// What is told one way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Message {
    /// Whether it is meant.
    pub deployment_mode: DeploymentMode,
    /// The payload id of the request that it belongs to.
    pub in_reply_to: Option<Text>,
    /// What signatures call this element.
    pub id: Option<Text>,
    /// How it went; 204 says that nothing changed.
    pub status: Option<Status>,
    /// The one thing that is told.
    pub payload: MessagePayload,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Message {
    /// A message in production.
    #[must_use]
    pub fn new(payload: impl Into<MessagePayload>) -> Self {
        Self {
            deployment_mode: DeploymentMode::default(),
            in_reply_to: None,
            id: None,
            status: None,
            payload: payload.into(),
            other: Other::default(),
        }
    }

    /// Says whether it is meant.
    #[must_use]
    pub fn with_deployment_mode(mut self, mode: DeploymentMode) -> Self {
        self.deployment_mode = mode;
        self
    }
}

setters! {
    Message {
        /// Names the request that it belongs to.
        in_reply_to: with_in_reply_to(payload_id: impl Into<Text>),
        /// Says how it went.
        status: with_status(status: impl Into<Status>),
    }
}

impl<T: Into<MessagePayload>> From<T> for Message {
    fn from(payload: T) -> Self {
        Self::new(payload)
    }
}

token! {
    /// Whether a request or message is meant, or a test.
    pub enum DeploymentMode default Production {
        /// It is meant.
        Production = "production",
        /// It is a test.
        Test = "test",
    }
}
