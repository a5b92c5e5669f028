use punchout_core::Text;

use crate::choice::choice;
use crate::element::element;
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

    /// Sets when this part begins.
    #[must_use]
    pub fn with_start_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.start_date = Some(date.into());
        self
    }

    /// Adds another key or the name of the carrier.
    #[must_use]
    pub fn with_carrier_identifier(mut self, identifier: CarrierIdentifier) -> Self {
        self.carrier_identifier.push(identifier);
        self
    }

    /// Adds another number.
    #[must_use]
    pub fn with_shipment_identifier(mut self, identifier: impl Into<ShipmentIdentifier>) -> Self {
        self.shipment_identifier.push(identifier.into());
        self
    }

    /// Sets the numbers on the packages.
    #[must_use]
    pub fn with_package_identification(mut self, identification: PackageIdentification) -> Self {
        self.package_identification = Some(identification);
        self
    }

    /// Adds how it travels.
    #[must_use]
    pub fn with_route(mut self, route: impl Into<ShipControlRoute>) -> Self {
        self.route.push(route.into());
        self
    }

    /// Adds a contact.
    #[must_use]
    pub fn with_contact(mut self, contact: Contact) -> Self {
        self.contact.push(contact);
        self
    }

    /// Adds a comment.
    #[must_use]
    pub fn with_comments(mut self, comments: impl Into<Comments>) -> Self {
        self.comments.push(comments.into());
        self
    }

    /// Adds a named value.
    #[must_use]
    pub fn with_extrinsic(mut self, extrinsic: Extrinsic) -> Self {
        self.extrinsic.push(extrinsic);
        self
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

    /// Sets what kind of number it is.
    #[must_use]
    pub fn with_domain(mut self, domain: impl Into<Text>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Sets where to follow the shipment.
    #[must_use]
    pub fn with_tracking_url(mut self, url: impl Into<Text>) -> Self {
        self.tracking_url = Some(url.into());
        self
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
