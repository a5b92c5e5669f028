use punchout_core::Amount;

use crate::element::element;
use crate::setters::setters;
use crate::{
    CarrierIdentifier, Contact, Description, Distribution, DocumentReference, Money, Other,
    ShipmentIdentifier, Timestamp,
};

/// From where to where goods went, and who carried them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailShipping {
    /// When they left the supplier.
    pub shipping_date: Option<Timestamp>,
    /// Two at least: `shipFrom` and `shipTo`; the carrier is
    /// `carrierCorporate`.
    pub contact: Vec<Contact>,
    /// Keys of the carrier, each of a domain of its own; with shipment
    /// identifiers only.
    pub carrier_identifier: Vec<CarrierIdentifier>,
    /// Tracking numbers and bills of lading; with carrier identifiers only.
    pub shipment_identifier: Vec<ShipmentIdentifier>,
    /// The document of the ship notice.
    pub document_reference: Option<DocumentReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailShipping {
    /// From one contact to another; their roles are set here.
    #[must_use]
    pub fn new(ship_from: Contact, ship_to: Contact) -> Self {
        Self {
            shipping_date: None,
            contact: vec![ship_from.with_role("shipFrom"), ship_to.with_role("shipTo")],
            carrier_identifier: Vec::new(),
            shipment_identifier: Vec::new(),
            document_reference: None,
            other: Other::default(),
        }
    }

    /// Says who carries it, and under what number.
    #[must_use]
    pub fn with_carrier(
        mut self,
        carrier: CarrierIdentifier,
        shipment: impl Into<ShipmentIdentifier>,
    ) -> Self {
        self.carrier_identifier.push(carrier);
        self.shipment_identifier.push(shipment.into());
        self
    }
}

setters! {
    InvoiceDetailShipping {
        /// Sets when the goods left the supplier.
        shipping_date: with_shipping_date(date: impl Into<Timestamp>),
        /// Adds a contact.
        contact: with_contact(contact: Contact),
        /// Points at the document of the ship notice.
        document_reference: with_document_reference(document: DocumentReference),
    }
}

/// What shipping costs on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailLineShipping {
    /// From where to where.
    pub invoice_detail_shipping: InvoiceDetailShipping,
    /// The cost.
    pub money: Money,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailLineShipping {
    /// A way and its cost.
    #[must_use]
    pub fn new(invoice_detail_shipping: InvoiceDetailShipping, money: Money) -> Self {
        Self { invoice_detail_shipping, money, distribution: Vec::new(), other: Other::default() }
    }

    /// Adds an account.
    #[must_use]
    pub fn with_distribution(mut self, distribution: Distribution) -> Self {
        self.distribution.push(distribution);
        self
    }
}

/// What special handling costs on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailLineSpecialHandling {
    /// What it is.
    pub description: Option<Description>,
    /// The cost.
    pub money: Money,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailLineSpecialHandling {
    /// A cost.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { description: None, money, distribution: Vec::new(), other: Other::default() }
    }
}

setters! {
    InvoiceDetailLineSpecialHandling {
        /// Says what it is.
        description: with_description(description: Description),
        /// Adds an account.
        distribution: with_distribution(distribution: Distribution),
    }
}

impl From<Money> for InvoiceDetailLineSpecialHandling {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// What special handling costs in all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SpecialHandlingAmount {
    /// The cost.
    pub money: Money,
    /// What it is.
    pub description: Option<Description>,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SpecialHandlingAmount {
    /// A cost.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { money, description: None, distribution: Vec::new(), other: Other::default() }
    }
}

setters! {
    SpecialHandlingAmount {
        /// Says what it is.
        description: with_description(description: Description),
        /// Adds an account.
        distribution: with_distribution(distribution: Distribution),
    }
}

impl From<Money> for SpecialHandlingAmount {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// What shipping costs in all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShippingAmount {
    /// The cost.
    pub money: Money,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShippingAmount {
    /// A cost.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { money, distribution: Vec::new(), other: Other::default() }
    }

    /// Adds an account.
    #[must_use]
    pub fn with_distribution(mut self, distribution: Distribution) -> Self {
        self.distribution.push(distribution);
        self
    }
}

impl From<Money> for ShippingAmount {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

/// What is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailDiscount {
    /// The same in percent; below zero it is a penalty.
    pub percentage_rate: Option<Amount>,
    /// The amount.
    pub money: Money,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailDiscount {
    /// An amount.
    #[must_use]
    pub fn new(money: Money) -> Self {
        Self { percentage_rate: None, money, distribution: Vec::new(), other: Other::default() }
    }
}

setters! {
    InvoiceDetailDiscount {
        /// Sets the percentage.
        percentage_rate: with_percentage_rate(percent: impl Into<Amount>),
        /// Adds an account.
        distribution: with_distribution(distribution: Distribution),
    }
}

impl From<Money> for InvoiceDetailDiscount {
    fn from(money: Money) -> Self {
        Self::new(money)
    }
}

element!(InvoiceDetailShipping {
    attributes { shipping_date: "shippingDate", }
    children {
        contact: "Contact",
        carrier_identifier: "CarrierIdentifier",
        shipment_identifier: "ShipmentIdentifier",
        document_reference: "DocumentReference",
    }
    need { contact, carrier_identifier if shipment_identifier, shipment_identifier if carrier_identifier, }
});

element!(InvoiceDetailLineShipping {
    children {
        invoice_detail_shipping: "InvoiceDetailShipping",
        money: "Money",
        distribution: "Distribution",
    }
});

element!(InvoiceDetailLineSpecialHandling {
    children { description: "Description", money: "Money", distribution: "Distribution", }
});

element!(SpecialHandlingAmount {
    children { money: "Money", description: "Description", distribution: "Distribution", }
});

element!(ShippingAmount {
    children { money: "Money", distribution: "Distribution", }
});

element!(InvoiceDetailDiscount {
    attributes { percentage_rate: "percentageRate", }
    children { money: "Money", distribution: "Distribution", }
});
