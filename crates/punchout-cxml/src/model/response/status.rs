use std::fmt;

use punchout_core::Text;

use crate::Other;
use crate::element::element;

/// How a request went.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Status {
    /// The number.
    pub code: StatusCode,
    /// The number in words.
    pub text: Text,
    /// Language of text and message.
    pub lang: Option<Text>,
    /// What a person should know about it: the content of the element.
    pub message: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Status {
    /// A number and the words that go with it.
    #[must_use]
    pub fn new(code: StatusCode) -> Self {
        Self {
            code,
            text: Text::from(code.text().unwrap_or_default()),
            lang: None,
            message: Text::EMPTY,
            other: Other::default(),
        }
    }

    /// Sets the words that go with the number.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<Text>) -> Self {
        self.text = text.into();
        self
    }

    /// Sets what a person should know.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<Text>) -> Self {
        self.message = message.into();
        self
    }

    /// What the number means for the sender.
    #[must_use]
    pub fn class(&self) -> StatusClass {
        self.code.class()
    }

    /// Whether the same document should be sent again later.
    #[must_use]
    pub fn should_retry(&self) -> bool {
        self.code.should_retry()
    }
}

impl From<StatusCode> for Status {
    fn from(code: StatusCode) -> Self {
        Self::new(code)
    }
}

/// What a status means for the sender of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusClass {
    /// 2xx: it arrived.
    Success,
    /// 4xx: the same document will fail again.
    Permanent,
    /// 5xx: the same document may go through later.
    Transient,
    /// Not a number of cXML's; nobody knows what became of the document.
    Unknown,
}

impl StatusClass {
    /// The number that stands for the class: an unknown number means what this
    /// one does.
    #[must_use]
    pub const fn code(self) -> Option<StatusCode> {
        match self {
            Self::Success => Some(StatusCode::OK),
            Self::Permanent => Some(StatusCode::BAD_REQUEST),
            Self::Transient => Some(StatusCode::INTERNAL_SERVER_ERROR),
            Self::Unknown => None,
        }
    }
}

/// What the sender of a request does when a status comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NextStep {
    /// Nothing: it is done.
    Nothing,
    /// Wait: a status update follows.
    Wait,
    /// Ask by other means, sooner or later: an update may never come.
    AskLater,
    /// Correct what is wrong. The same document must not be sent again; a
    /// corrected one is another document, with a payload id of its own.
    Correct,
    /// Send the same document again, with the payload id and the timestamp
    /// that it has: ten times, an hour apart, says the guide, for six hours at
    /// least.
    SendAgain,
    /// Ask the receiver: the number says nothing about the document.
    Ask,
}

/// The number of a [`Status`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct StatusCode(u16);

/// Number, words, meaning: table of the cXML Reference Guide.
const KNOWN: &[(u16, &str, &str)] = &[
    (200, "OK", "executed, or delivered to the final recipient"),
    (201, "Accepted", "queued or not looked at yet; a status update follows"),
    (204, "No Content", "understood, and there is nothing to return"),
    (211, "OK", "a broadcast was received"),
    (280, "Forwarded", "forwarded by a hub; at least one more status follows"),
    (281, "Forwarded", "forwarded by unreliable means; a further status may never come"),
    (400, "Bad Request", "parsed, but not acceptable"),
    (401, "Unauthorized", "the sender's credentials were not recognised"),
    (402, "Payment Required", "a complete payment is needed"),
    (403, "Forbidden", "the sender may not do this"),
    (406, "Not Acceptable", "the document could not be parsed or is not valid"),
    (409, "Conflict", "the request does not fit the present state"),
    (412, "Precondition Failed", "something had to come before, such as a session to edit"),
    (417, "Expectation Failed", "the request refers to something unknown"),
    (450, "Not Implemented", "the receiver does not support this request"),
    (461, "Bad Commodity Code", "catalogue: a commodity code is not valid"),
    (462, "Notification Error", "catalogue: no way to notify was given"),
    (463, "Bad Catalog Format", "catalogue: the archive is not valid"),
    (464, "Bad Catalog", "catalogue: there is none, or more than one"),
    (465, "Duplicate Catalog Name", "catalogue: the name is taken"),
    (466, "No Catalog to Update", "catalogue: there is none to update"),
    (467, "Publish Not Allowed", "catalogue: it was never published"),
    (468, "Catalog Too Large", "catalogue: above 4 MB"),
    (469, "Bad Catalog Extension", "catalogue: the file name's ending is not known"),
    (470, "Catalog Has Errors", "catalogue: its content has errors"),
    (475, "Signature Required", "the document must be signed"),
    (476, "Signature Verification Failed", "the signature does not match"),
    (477, "Signature Unacceptable", "the signature is of a kind that is not accepted"),
    (499, "Document Size Error", "the document is too large"),
    (500, "Internal Server Error", "the receiver could not complete the request"),
    (550, "Unable to reach cXML server", "the next server cannot be reached"),
    (551, "Unable to forward request", "the receiver's set-up is wrong; it may be mended"),
    (560, "Temporary server error", "the receiver is under maintenance"),
    (561, "Over Catalog Quota", "catalogue: too many for now"),
    (562, "Publish Temporarily Disabled", "catalogue: publishing is off for now"),
    (563, "Catalog Still Validating", "catalogue: it is being checked; come back later"),
];

impl StatusCode {
    /// 200: executed, or delivered to the final recipient.
    pub const OK: Self = Self(200);
    /// 201: queued or not looked at yet.
    pub const ACCEPTED: Self = Self(201);
    /// 204: there is nothing to return.
    pub const NO_CONTENT: Self = Self(204);
    /// 211: a broadcast was received.
    pub const BROADCAST_OK: Self = Self(211);
    /// 280: forwarded by a hub; more follows.
    pub const FORWARDED: Self = Self(280);
    /// 281: forwarded by unreliable means.
    pub const FORWARDED_UNRELIABLY: Self = Self(281);
    /// 400: parsed, but not acceptable.
    pub const BAD_REQUEST: Self = Self(400);
    /// 401: the sender's credentials were not recognised.
    pub const UNAUTHORIZED: Self = Self(401);
    /// 402: a complete payment is needed.
    pub const PAYMENT_REQUIRED: Self = Self(402);
    /// 403: the sender may not do this.
    pub const FORBIDDEN: Self = Self(403);
    /// 406: the document could not be parsed or is not valid.
    pub const NOT_ACCEPTABLE: Self = Self(406);
    /// 409: the request does not fit the present state.
    pub const CONFLICT: Self = Self(409);
    /// 412: something had to come before.
    pub const PRECONDITION_FAILED: Self = Self(412);
    /// 417: the request refers to something unknown.
    pub const EXPECTATION_FAILED: Self = Self(417);
    /// 450: the receiver does not support this request.
    pub const NOT_IMPLEMENTED: Self = Self(450);
    /// 475: the document must be signed.
    pub const SIGNATURE_REQUIRED: Self = Self(475);
    /// 476: the signature does not match.
    pub const SIGNATURE_VERIFICATION_FAILED: Self = Self(476);
    /// 477: the signature is not of an accepted kind.
    pub const SIGNATURE_UNACCEPTABLE: Self = Self(477);
    /// 499: the document is too large.
    pub const DOCUMENT_SIZE_ERROR: Self = Self(499);
    /// 500: the receiver could not complete the request.
    pub const INTERNAL_SERVER_ERROR: Self = Self(500);
    /// 550: the next server cannot be reached.
    pub const UNABLE_TO_REACH_SERVER: Self = Self(550);
    /// 551: the receiver's set-up is wrong.
    pub const UNABLE_TO_FORWARD: Self = Self(551);
    /// 560: the receiver is under maintenance.
    pub const TEMPORARY_SERVER_ERROR: Self = Self(560);

    /// A number, known or not.
    #[must_use]
    pub const fn new(code: u16) -> Self {
        Self(code)
    }

    /// The number.
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0
    }

    /// The words that go with a known number.
    #[must_use]
    pub fn text(self) -> Option<&'static str> {
        self.known().map(|&(_, text, _)| text)
    }

    /// What a known number means, in a few words for a person.
    #[must_use]
    pub fn meaning(self) -> Option<&'static str> {
        self.known().map(|&(_, _, meaning)| meaning)
    }

    /// The number itself when it is known, else the one that stands for its
    /// class: 429 is treated as 400. Numbers outside of the classes have none.
    ///
    /// ```
    /// use punchout_cxml::StatusCode;
    ///
    /// assert_eq!(StatusCode::new(503).treated_as(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    /// assert_eq!(StatusCode::CONFLICT.treated_as(), Some(StatusCode::CONFLICT));
    /// assert_eq!(StatusCode::new(302).treated_as(), None);
    /// ```
    #[must_use]
    pub fn treated_as(self) -> Option<Self> {
        if self.known().is_some() { Some(self) } else { self.class().code() }
    }

    fn known(self) -> Option<&'static (u16, &'static str, &'static str)> {
        KNOWN.binary_search_by_key(&self.0, |&(code, ..)| code).ok().and_then(|at| KNOWN.get(at))
    }

    /// What it means for the sender: the first digit decides, for unknown
    /// numbers too.
    #[must_use]
    pub const fn class(self) -> StatusClass {
        match self.0 {
            200..=299 => StatusClass::Success,
            400..=499 => StatusClass::Permanent,
            500..=599 => StatusClass::Transient,
            _ => StatusClass::Unknown,
        }
    }

    /// Whether the same document should be sent again later.
    ///
    /// Only 5xx says so. Ten times, an hour apart, is what the guide
    /// recommends, with the same payload id and timestamp.
    #[must_use]
    pub const fn should_retry(self) -> bool {
        matches!(self.class(), StatusClass::Transient)
    }

    /// What the sender of the request does now.
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        match (self.0, self.class()) {
            (201 | 280, _) => NextStep::Wait,
            (281, _) => NextStep::AskLater,
            (_, StatusClass::Success) => NextStep::Nothing,
            (_, StatusClass::Permanent) => NextStep::Correct,
            (_, StatusClass::Transient) => NextStep::SendAgain,
            (_, StatusClass::Unknown) => NextStep::Ask,
        }
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

element!(Status {
    attributes { code: "code", text: "text", lang: "xml:lang", }
    text message;
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(KNOWN.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(StatusCode::NOT_ACCEPTABLE.text(), Some("Not Acceptable"));
        assert_eq!(StatusCode::new(503).text(), None);
        assert!(KNOWN.iter().all(|&(_, text, meaning)| !text.is_empty() && !meaning.is_empty()));
    }

    /// The whole table of the guide, and what is often sent beside it.
    #[test]
    fn every_number_has_its_class_and_advice() {
        use NextStep::{Ask, AskLater, Correct, Nothing, SendAgain, Wait};
        use StatusClass::{Permanent, Success, Transient, Unknown};
        let known: [(&[u16], StatusClass, NextStep); 5] = [
            (&[200, 204, 211], Success, Nothing),
            (&[201, 280], Success, Wait),
            (&[281], Success, AskLater),
            (
                &[
                    400, 401, 402, 403, 406, 409, 412, 417, 450, 461, 462, 463, 464, 465, 466, 467, 468, 469,
                    470, 475, 476, 477, 499,
                ],
                Permanent,
                Correct,
            ),
            (&[500, 550, 551, 560, 561, 562, 563], Transient, SendAgain),
        ];
        assert_eq!(known.iter().map(|(codes, ..)| codes.len()).sum::<usize>(), KNOWN.len());
        let unknown: [(&[u16], StatusClass, NextStep, Option<StatusCode>); 4] = [
            (&[202, 299], Success, Nothing, Some(StatusCode::OK)),
            (&[404, 405, 407, 408, 410, 422, 429, 498], Permanent, Correct, Some(StatusCode::BAD_REQUEST)),
            (&[501, 503, 599], Transient, SendAgain, Some(StatusCode::INTERNAL_SERVER_ERROR)),
            (&[0, 100, 199, 300, 302, 600, 999, u16::MAX], Unknown, Ask, None),
        ];
        let known = known.iter().flat_map(|&(codes, class, step)| {
            codes.iter().map(move |&code| (code, class, step, Some(StatusCode::new(code))))
        });
        let unknown = unknown.iter().flat_map(|&(codes, class, step, treated)| {
            codes.iter().map(move |&code| (code, class, step, treated))
        });
        for (code, class, step, treated) in known.chain(unknown) {
            let status = Status::new(StatusCode::new(code));
            let code = status.code;
            assert_eq!(
                (status.class(), code.next_step(), code.treated_as()),
                (class, step, treated),
                "{code}"
            );
            assert_eq!(status.should_retry(), step == SendAgain, "{code}");
            assert_eq!(code.meaning().is_some(), treated == Some(code), "{code}");
        }
    }
}
