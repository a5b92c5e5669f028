//! A document as a whole.

use punchout_core::Text;

use crate::{
    Body, Carried, Header, Message, OrderRequest, Other, PunchOutOrderMessage, PunchOutSetupRequest, Request,
    Response, ResponsePayload, Timestamp,
};

/// A cXML document: what it is called, when it was made, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Document {
    /// The DTD that the document names.
    #[cfg_attr(feature = "serde", serde(default))]
    pub doctype: Doctype,
    /// Unique in space and time. A retry carries the same one.
    pub payload_id: Text,
    /// When the document was made. A retry carries the same one.
    pub timestamp: Timestamp,
    /// The version of the signatures.
    pub signature_version: Option<Text>,
    /// Language of texts that do not say theirs.
    pub lang: Option<Text>,
    /// What it says.
    pub body: Body,
    /// What has no field of its own, such as `ds:Signature`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Document {
    /// A document of the newest version, and of the DTD that has what it
    /// carries.
    ///
    /// The payload id is the caller's to make up, as
    /// `date-time.process.random@host` for example, because a retry must repeat
    /// it; so is the time.
    #[must_use]
    pub fn new(payload_id: impl Into<Text>, timestamp: impl Into<Timestamp>, body: impl Into<Body>) -> Self {
        let body = body.into();
        Self {
            doctype: Doctype::of(Doctype::NEWEST, body.dtd()),
            payload_id: payload_id.into(),
            timestamp: timestamp.into(),
            signature_version: None,
            lang: None,
            body,
            other: Other::default(),
        }
    }

    /// Names another version, such as `Doctype::cxml("1.2.014")`, or
    /// `Doctype::of("1.2.014", "Fulfill")` for a ship notice.
    #[must_use]
    pub fn with_doctype(mut self, doctype: Doctype) -> Self {
        self.doctype = doctype;
        self
    }

    /// States a language for the document.
    #[must_use]
    pub fn with_lang(mut self, lang: impl Into<Text>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Who sends it to whom; a response has no header.
    #[must_use]
    pub fn header(&self) -> Option<&Header> {
        match &self.body {
            Body::Request(header, _) | Body::Message(header, _) | Body::Missing(header) => Some(header),
            Body::Response(_) => None,
        }
    }

    /// What it carries, when it is of this type.
    ///
    /// ```
    /// use punchout_cxml::{Document, ProfileRequest, ProfileResponse, ProfileOption, Response, Transaction};
    ///
    /// let orders = Transaction::new("OrderRequest", "https://shop.example/cxml");
    /// let profile = ProfileResponse::new("2026-03-01T00:00:00+01:00", orders);
    /// let answer = Response::ok().with_payload(profile);
    /// let document = Document::new("1@shop.example", "2026-03-01T14:05:00+01:00", answer);
    /// assert!(document.payload::<ProfileResponse>().is_some());
    /// assert!(document.payload::<ProfileRequest>().is_none());
    /// ```
    #[must_use]
    pub fn payload<T: Carried>(&self) -> Option<&T> {
        T::of(self)
    }

    /// Gives away what it carries, when it is of this type.
    #[must_use]
    pub fn into_payload<T: Carried>(self) -> Option<T> {
        T::out_of(self)
    }

    /// The name of the element that it carries, known or not; empty where there
    /// is none.
    #[must_use]
    pub fn payload_name(&self) -> &str {
        match &self.body {
            Body::Request(_, request) => request.payload.name(),
            Body::Message(_, message) => message.payload.name(),
            Body::Response(response) => response.payload.as_ref().map_or("", ResponsePayload::name),
            Body::Missing(_) => "",
        }
    }

    /// The order, when it is one.
    #[must_use]
    pub fn order_request(&self) -> Option<&OrderRequest> {
        self.payload()
    }

    /// Gives the order away, when it is one.
    #[must_use]
    pub fn into_order_request(self) -> Option<OrderRequest> {
        self.into_payload()
    }

    /// The request to let a user into a shop, when it is one.
    #[must_use]
    pub fn punch_out_setup_request(&self) -> Option<&PunchOutSetupRequest> {
        self.payload()
    }

    /// The cart that came back from a shop, when it is one.
    #[must_use]
    pub fn punch_out_order_message(&self) -> Option<&PunchOutOrderMessage> {
        self.payload()
    }

    /// The request, when it is one.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        match &self.body {
            Body::Request(_, request) => Some(request),
            _ => None,
        }
    }

    /// The message, when it is one.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match &self.body {
            Body::Message(_, message) => Some(message),
            _ => None,
        }
    }

    /// The response, when it is one.
    #[must_use]
    pub fn response(&self) -> Option<&Response> {
        match &self.body {
            Body::Response(response) => Some(response),
            _ => None,
        }
    }
}

/// The DTD that a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
#[non_exhaustive]
pub struct Doctype {
    /// The address of the DTD. It is a name; nothing is fetched from there.
    pub system_id: Text,
}

impl Doctype {
    /// The newest version that this crate was made for.
    pub const NEWEST: &'static str = "1.2.071";

    pub(crate) const EXAMPLE: &'static str =
        "name one such as http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd";

    /// `cXML.dtd` of a version such as `1.2.014`.
    #[must_use]
    pub fn cxml(version: &str) -> Self {
        Self::of(version, "cXML")
    }

    /// Another DTD of a version, such as `Fulfill` or `InvoiceDetail`.
    #[must_use]
    pub fn of(version: &str, dtd: &str) -> Self {
        Self::new(format!("http://xml.cxml.org/schemas/cXML/{version}/{dtd}.dtd"))
    }

    /// A DTD by its address.
    #[must_use]
    pub fn new(system_id: impl Into<Text>) -> Self {
        Self { system_id: system_id.into() }
    }

    /// The version in the address, such as `1.2.014`.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        let is_version = |part: &&str| {
            let mut numbers = part.split('.');
            let digits = |number: &str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            part.contains('.') && numbers.all(digits)
        };
        self.system_id.rsplit('/').find(is_version)
    }
}

impl Default for Doctype {
    fn default() -> Self {
        Self::cxml(Self::NEWEST)
    }
}
