use punchout_core::Text;

use crate::choice::choice;
use crate::element::element;
use crate::setters::setters;
use crate::{CarrierIdentifier, Comments, Contact, Extrinsic, Other, Route, Timestamp, TransportInformation};

/// Who moves a shipment for a part of its way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipControl {
    /// When this part begins; the first one has none.
    pub start_date: Option<Timestamp>,
    /// The carrier, by key and by name; at least one.
    pub carrier_identifier: Vec<CarrierIdentifier>,
    /// The carrier's numbers of the shipment; at least one.
    pub shipment_identifier: Vec<ShipmentIdentifier>,
    /// The numbers on the packages.
    pub package_identification: Option<PackageIdentification>,
    /// How it travels.
    pub route: Vec<ShipControlRoute>,
    /// Whom to ask.
    pub contact: Vec<Contact>,
    /// For a person to read.
    pub comments: Vec<Comments>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipControl {
    /// A carrier and its number of the shipment.
    #[must_use]
    pub fn new(
        carrier_identifier: CarrierIdentifier,
        shipment_identifier: impl Into<ShipmentIdentifier>,
    ) -> Self {
        Self {
            start_date: None,
            carrier_identifier: vec![carrier_identifier],
            shipment_identifier: vec![shipment_identifier.into()],
            package_identification: None,
            route: Vec::new(),
            contact: Vec::new(),
            comments: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    ShipControl {
        /// Sets when this part begins.
        start_date: with_start_date(date: impl Into<Timestamp>),
        /// Adds another key or the name of the carrier.
        carrier_identifier: with_carrier_identifier(identifier: CarrierIdentifier),
        /// Adds another number.
        shipment_identifier: with_shipment_identifier(identifier: impl Into<ShipmentIdentifier>),
        /// Sets the numbers on the packages.
        package_identification: with_package_identification(identification: PackageIdentification),
        /// Adds how it travels.
        route: with_route(route: impl Into<ShipControlRoute>),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Adds a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

choice! {
    /// How a shipment travels.
    pub enum ShipControlRoute {
        /// A leg of the journey.
        Route(Route) = "Route",
        /// What was agreed about it.
        TransportInformation(TransportInformation) = "TransportInformation",
    }
}

/// A carrier's number of a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipmentIdentifier {
    /// What kind of number it is, such as `trackingNumber` or `billOfLading`.
    pub domain: Option<Text>,
    /// When the number was given.
    pub tracking_number_date: Option<Timestamp>,
    /// Where to follow the shipment.
    pub tracking_url: Option<Text>,
    /// The number.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipmentIdentifier {
    /// A number of no stated kind.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self {
            domain: None,
            tracking_number_date: None,
            tracking_url: None,
            value: value.into(),
            other: Other::default(),
        }
    }
}

setters! {
    ShipmentIdentifier {
        /// Sets what kind of number it is.
        domain: with_domain(domain: impl Into<Text>),
        /// Sets where to follow the shipment.
        tracking_url: with_tracking_url(url: impl Into<Text>),
    }
}

impl From<&str> for ShipmentIdentifier {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

/// The numbers on the packages of a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PackageIdentification {
    /// The first.
    pub range_begin: Text,
    /// The last.
    pub range_end: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PackageIdentification {
    /// From which number to which.
    #[must_use]
    pub fn new(range_begin: impl Into<Text>, range_end: impl Into<Text>) -> Self {
        Self { range_begin: range_begin.into(), range_end: range_end.into(), other: Other::default() }
    }
}

element!(ShipControl {
    attributes {
        start_date: "startDate",
    }
    children {
        carrier_identifier: "CarrierIdentifier",
        shipment_identifier: "ShipmentIdentifier",
        package_identification: "PackageIdentification",
        route: "Route" | "TransportInformation",
        contact: "Contact",
        comments: "Comments",
        extrinsic: "Extrinsic",
    }
    need { carrier_identifier, shipment_identifier, }
});

element!(ShipmentIdentifier {
    attributes {
        domain: "domain",
        tracking_number_date: "trackingNumberDate",
        tracking_url: "trackingURL",
    }
    text value;
});

element!(PackageIdentification {
    attributes {
        range_begin: "rangeBegin",
        range_end: "rangeEnd",
    }
});
