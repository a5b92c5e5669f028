//! The document that an order comes in.

use std::borrow::Cow;

use punchout_core::Sink;
use punchout_cxml::secret::Secrets;
use punchout_cxml::{Body, DeploymentMode, Document, OrderRequest, Party};

use crate::{Error, ErrorKind};

/// A document with an order, and what else it says of that.
pub(crate) struct Envelope {
    document: Document,
    secrets: Secrets,
}

impl Envelope {
    pub(crate) fn read(cxml: &[u8], sink: &mut dyn Sink) -> Result<Self, Error> {
        let document = Document::read(cxml, sink).map_err(unreadable)?;
        Ok(Self { document, secrets: Secrets::of(cxml) })
    }

    pub(crate) fn order(&self) -> Result<&OrderRequest, Error> {
        let order = self.document.order_request();
        order.ok_or_else(|| Error::new(ErrorKind::Order, "the cXML document is no order"))
    }

    /// Whom the order comes from, and whom it goes to.
    pub(crate) fn parties(&self) -> Option<[&Party; 2]> {
        match &self.document.body {
            Body::Request(header, _) => Some([&header.from, &header.to]),
            _ => None,
        }
    }

    pub(crate) fn is_test(&self) -> bool {
        match &self.document.body {
            Body::Request(_, request) => request.deployment_mode == DeploymentMode::Test,
            _ => false,
        }
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// An identifier without what repeats the secrets of the document.
    pub(crate) fn hide<'a>(&self, identifier: &'a str) -> Cow<'a, str> {
        self.secrets.hide_repeated_in_identifier(identifier)
    }
}

pub(crate) fn unreadable(e: punchout_cxml::Error) -> Error {
    Error::new(ErrorKind::Order, "the order cannot be read").caused_by(e)
}
