use punchout_core::Text;

use super::{Email, Fax, Phone, Url};
use crate::element::element;
use crate::setters::setters;
use crate::{Extrinsic, Name, Other};

/// Where somebody is and how to reach them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Address {
    /// ISO 3166-1 alpha-2 code of the country.
    pub iso_country_code: Option<Text>,
    /// The buyer's key of the address.
    pub address_id: Option<Text>,
    /// Who gave that key; wanted whenever there is one.
    pub address_id_domain: Option<Text>,
    /// The company or person.
    pub name: Name,
    /// Street, city, country.
    pub postal_address: Option<PostalAddress>,
    /// Mail address.
    pub email: Option<Email>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Fax.
    pub fax: Option<Fax>,
    /// Web address.
    pub url: Option<Url>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Address {
    /// An address of which only the name is known yet.
    #[must_use]
    pub fn new(name: Name) -> Self {
        Self {
            iso_country_code: None,
            address_id: None,
            address_id_domain: None,
            name,
            postal_address: None,
            email: None,
            phone: None,
            fax: None,
            url: None,
            other: Other::default(),
        }
    }

    /// Sets the key of the address and who gave it.
    #[must_use]
    pub fn with_address_id(mut self, id: impl Into<Text>, domain: impl Into<Text>) -> Self {
        self.address_id = Some(id.into());
        self.address_id_domain = Some(domain.into());
        self
    }
}

setters! {
    Address {
        /// Sets street, city and country.
        postal_address: with_postal_address(postal_address: PostalAddress),
        /// Sets the mail address.
        email: with_email(email: impl Into<Email>),
        /// Sets the telephone.
        phone: with_phone(phone: impl Into<Phone>),
    }
}

/// Street, city, country.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PostalAddress {
    /// A name for this address, such as `default`.
    pub name: Option<Text>,
    /// Person, department, gate: one per line.
    pub deliver_to: Vec<Text>,
    /// At least one line.
    pub street: Vec<Text>,
    /// The city.
    pub city: City,
    /// A part of the city.
    pub municipality: Option<Municipality>,
    /// State or region.
    pub state: Option<State>,
    /// Postal code.
    pub postal_code: Option<Text>,
    /// The country.
    pub country: Country,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PostalAddress {
    /// The three parts every postal address has.
    #[must_use]
    pub fn new(street: impl Into<Text>, city: impl Into<City>, country: Country) -> Self {
        Self {
            name: None,
            deliver_to: Vec::new(),
            street: vec![street.into()],
            city: city.into(),
            municipality: None,
            state: None,
            postal_code: None,
            country,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    PostalAddress {
        /// Adds a line above the street.
        deliver_to: with_deliver_to(line: impl Into<Text>),
        /// Adds a street line.
        street: with_street(line: impl Into<Text>),
        /// Sets state or region.
        state: with_state(state: State),
        /// Sets the postal code.
        postal_code: with_postal_code(code: impl Into<Text>),
    }
}

/// A city.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct City {
    /// Its code.
    pub city_code: Option<Text>,
    /// Its name.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl City {
    /// A city by name.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { city_code: None, value: value.into(), other: Other::default() }
    }
}

impl From<&str> for City {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl From<String> for City {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<Text> for City {
    fn from(value: Text) -> Self {
        Self::new(value)
    }
}

/// A country: its code and its name in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `DE`.
    pub iso_country_code: Text,
    /// The name, such as `Germany`.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Country {
    /// A code and a name.
    #[must_use]
    pub fn new(iso_country_code: impl Into<Text>, name: impl Into<Text>) -> Self {
        Self { iso_country_code: iso_country_code.into(), value: name.into(), other: Other::default() }
    }
}

/// A state or region.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct State {
    /// ISO 3166-2, such as `US-CA`.
    pub iso_state_code: Option<Text>,
    /// Name or customary abbreviation.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl State {
    /// A state by name or abbreviation.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { iso_state_code: None, value: value.into(), other: Other::default() }
    }
}

/// A part of a city.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Municipality {
    /// Its code.
    pub municipality_code: Option<Text>,
    /// Its name.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Municipality {
    /// A part of a city by name.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { municipality_code: None, value: value.into(), other: Other::default() }
    }
}

element!(Address {
    attributes {
        iso_country_code: "isoCountryCode",
        address_id: "addressID",
        address_id_domain: "addressIDDomain",
    }
    children {
        name: "Name",
        postal_address: "PostalAddress",
        email: "Email",
        phone: "Phone",
        fax: "Fax",
        url: "URL",
    }
});

element!(PostalAddress {
    attributes { name: "name", }
    children {
        deliver_to: "DeliverTo",
        street: "Street",
        city: "City",
        municipality: "Municipality",
        state: "State",
        postal_code: "PostalCode",
        country: "Country",
        extrinsic: "Extrinsic",
    }
    need { street, }
});

element!(City {
    attributes { city_code: "cityCode", }
    text value;
});

element!(Country {
    attributes { iso_country_code: "isoCountryCode", }
    text value;
});

element!(State {
    attributes { iso_state_code: "isoStateCode", }
    text value;
});

element!(Municipality {
    attributes { municipality_code: "municipalityCode", }
    text value;
});
