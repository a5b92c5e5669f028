//! How goods travel.

use punchout_core::Text;

use crate::element::element;
use crate::token::token;
use crate::{Contact, Description, Other, Timestamp};

/// How the goods are to travel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TransportInformation {
    /// By what means.
    pub route: Option<Route>,
    /// The number of the transport contract.
    pub shipping_contract_number: Option<Text>,
    /// What to observe.
    pub shipping_instructions: Option<ShippingInstructions>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// A leg of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Route {
    /// What sort of transport it is.
    pub method: RouteMethod,
    /// The means of transport, a code of UN/ECE Recommendation 28.
    pub means: Option<Text>,
    /// When it begins.
    pub start_date: Option<Timestamp>,
    /// When it ends.
    pub end_date: Option<Timestamp>,
    /// In words.
    pub text: Text,
    /// The carrier, and where it begins and ends.
    pub contact: Vec<Contact>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Route {
    /// A sort of transport.
    #[must_use]
    pub fn new(method: RouteMethod) -> Self {
        Self {
            method,
            means: None,
            start_date: None,
            end_date: None,
            text: Text::EMPTY,
            contact: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds a contact.
    #[must_use]
    pub fn with_contact(mut self, contact: Contact) -> Self {
        self.contact.push(contact);
        self
    }
}

/// What to observe in transport.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShippingInstructions {
    /// In words.
    pub description: Option<Description>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

token! {
    /// What sort of transport it is.
    pub enum RouteMethod {
        /// By aircraft.
        Air = "air",
        /// By road.
        Motor = "motor",
        /// By rail.
        Rail = "rail",
        /// By sea.
        Ship = "ship",
        /// By mail.
        Mail = "mail",
        /// By several means under one contract.
        Multimodal = "multimodal",
        /// By pipeline, cable or the like.
        FixedTransport = "fixedTransport",
        /// By river or canal.
        InlandWater = "inlandWater",
        /// Nobody knows yet.
        NotKnown = "unknown",
        /// As the text says.
        Custom = "custom",
    }
}

element!(TransportInformation {
    children {
        route: "Route",
        shipping_contract_number: "ShippingContractNumber",
        shipping_instructions: "ShippingInstructions",
    }
});

element!(Route {
    attributes { method: "method", means: "means", start_date: "startDate", end_date: "endDate", }
    text text;
    children { contact: "Contact", }
});

element!(ShippingInstructions {
    children { description: "Description", }
});
