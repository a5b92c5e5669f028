use punchout_core::Text;

use super::{Address, Email, Fax, Phone, PostalAddress, Url};
use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{Description, Extrinsic, LangText, Name, Other, TransportInformation};

/// Where the goods go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShipTo {
    /// The address.
    pub address: Address,
    /// Carriers the buyer wants.
    pub carrier_identifier: Vec<CarrierIdentifier>,
    /// How the goods are to travel.
    pub transport_information: Vec<TransportInformation>,
    /// Keys of the place in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ShipTo {
    /// An address to ship to.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self {
            address,
            carrier_identifier: Vec::new(),
            transport_information: Vec::new(),
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

impl From<Address> for ShipTo {
    fn from(address: Address) -> Self {
        Self::new(address)
    }
}

/// Who gets the invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BillTo {
    /// The address.
    pub address: Address,
    /// Keys of the party in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl BillTo {
    /// An address to bill to.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self { address, id_reference: Vec::new(), other: Other::default() }
    }
}

impl From<Address> for BillTo {
    fn from(address: Address) -> Self {
        Self::new(address)
    }
}

/// Another organisation that takes part in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BusinessPartner {
    /// What sort of partner it is.
    pub kind: BusinessPartnerType,
    /// What it does in the order.
    pub role: BusinessPartnerRole,
    /// Its address.
    pub address: Address,
    /// Its keys in other systems.
    pub id_reference: Vec<IdReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl BusinessPartner {
    /// An organisation in a role.
    #[must_use]
    pub fn new(role: BusinessPartnerRole, address: Address) -> Self {
        Self {
            kind: BusinessPartnerType::Organization,
            role,
            address,
            id_reference: Vec::new(),
            other: Other::default(),
        }
    }
}

token! {
    /// What sort of partner it is.
    pub enum BusinessPartnerType {
        /// An organisation.
        Organization = "organization",
    }
}

token! {
    /// What a business partner does in an order.
    pub enum BusinessPartnerRole {
        /// Buys the goods.
        SoldTo = "soldTo",
        /// Sends the goods.
        ShipFrom = "shipFrom",
        /// Takes the order.
        OrderingAddress = "orderingAddress",
        /// Moves the goods.
        Logistics = "logistics",
    }
}

/// A carrier, by its key in some domain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CarrierIdentifier {
    /// Whose key it is, such as `SCAC` or `companyName`.
    pub domain: Text,
    /// The key.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CarrierIdentifier {
    /// A key in a domain.
    #[must_use]
    pub fn new(domain: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { domain: domain.into(), value: value.into(), other: Other::default() }
    }
}

/// A key of something in another system.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct IdReference {
    /// The key.
    pub identifier: Text,
    /// What kind of key it is, such as `vatID`.
    pub domain: Text,
    /// Who gave it.
    pub creator: Option<LangText>,
    /// What it stands for.
    pub description: Option<Description>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl IdReference {
    /// A key in a domain.
    #[must_use]
    pub fn new(identifier: impl Into<Text>, domain: impl Into<Text>) -> Self {
        Self {
            identifier: identifier.into(),
            domain: domain.into(),
            creator: None,
            description: None,
            other: Other::default(),
        }
    }
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Contact {
    /// What the contact does: `endUser`, `purchasingAgent`, or a name token of
    /// your own.
    pub role: Option<Text>,
    /// The buyer's key of the contact.
    pub address_id: Option<Text>,
    /// Who gave that key.
    pub address_id_domain: Option<Text>,
    /// The person or department.
    pub name: Name,
    /// Street, city, country.
    pub postal_address: Vec<PostalAddress>,
    /// Mail addresses.
    pub email: Vec<Email>,
    /// Telephones.
    pub phone: Vec<Phone>,
    /// Faxes.
    pub fax: Vec<Fax>,
    /// Web addresses.
    pub url: Vec<Url>,
    /// Keys in other systems.
    pub id_reference: Vec<IdReference>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Contact {
    /// A contact without a role.
    #[must_use]
    pub fn new(name: Name) -> Self {
        Self {
            role: None,
            address_id: None,
            address_id_domain: None,
            name,
            postal_address: Vec::new(),
            email: Vec::new(),
            phone: Vec::new(),
            fax: Vec::new(),
            url: Vec::new(),
            id_reference: Vec::new(),
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    Contact {
        /// Sets what the contact does.
        role: with_role(role: impl Into<Text>),
        /// Adds a mail address.
        email: with_email(email: impl Into<Email>),
        /// Adds a telephone.
        phone: with_phone(phone: impl Into<Phone>),
    }
}

element!(ShipTo {
    children {
        address: "Address",
        carrier_identifier: "CarrierIdentifier",
        transport_information: "TransportInformation",
        id_reference: "IdReference",
    }
});

element!(BillTo {
    children { address: "Address", id_reference: "IdReference", }
});

element!(BusinessPartner {
    attributes { kind: "type", role: "role", }
    children { address: "Address", id_reference: "IdReference", }
});

element!(CarrierIdentifier {
    attributes { domain: "domain", }
    text value;
});

element!(IdReference {
    attributes { identifier: "identifier", domain: "domain", }
    children { creator: "Creator", description: "Description", }
});

element!(Contact {
    attributes { role: "role", address_id: "addressID", address_id_domain: "addressIDDomain", }
    children {
        name: "Name",
        postal_address: "PostalAddress",
        email: "Email",
        phone: "Phone",
        fax: "Fax",
        url: "URL",
        id_reference: "IdReference",
        extrinsic: "Extrinsic",
    }
});
