use punchout_core::Text;

use crate::Other;
use crate::element::element;
use crate::{Extrinsic, Name};

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

    /// Sets street, city and country.
    #[must_use]
    pub fn with_postal_address(mut self, postal_address: PostalAddress) -> Self {
        self.postal_address = Some(postal_address);
        self
    }

    /// Sets the mail address.
    #[must_use]
    pub fn with_email(mut self, email: impl Into<Email>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets the telephone.
    #[must_use]
    pub fn with_phone(mut self, phone: impl Into<Phone>) -> Self {
        self.phone = Some(phone.into());
        self
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
    pub city: Text,
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
    pub fn new(street: impl Into<Text>, city: impl Into<Text>, country: Country) -> Self {
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

    /// Adds a line above the street.
    #[must_use]
    pub fn with_deliver_to(mut self, line: impl Into<Text>) -> Self {
        self.deliver_to.push(line.into());
        self
    }

    /// Adds a street line.
    #[must_use]
    pub fn with_street(mut self, line: impl Into<Text>) -> Self {
        self.street.push(line.into());
        self
    }

    /// Sets state or region.
    #[must_use]
    pub fn with_state(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }

    /// Sets the postal code.
    #[must_use]
    pub fn with_postal_code(mut self, code: impl Into<Text>) -> Self {
        self.postal_code = Some(code.into());
        self
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

/// A mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Email {
    /// What it is for, such as `default`.
    pub name: Option<Text>,
    /// The language its reader prefers.
    pub preferred_lang: Option<Text>,
    /// The address.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Email {
    /// A mail address.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { name: None, preferred_lang: None, value: value.into(), other: Other::default() }
    }
}

impl From<&str> for Email {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

/// An address on the web or of an attached part.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Url {
    /// What it is for.
    pub name: Option<Text>,
    /// The address as sent. Do not fetch it without a reason of your own.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Url {
    /// An address.
    #[must_use]
    pub fn new(value: impl Into<Text>) -> Self {
        Self { name: None, value: value.into(), other: Other::default() }
    }
}

impl From<&str> for Url {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

/// A telephone and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Phone {
    /// What it is for, such as `work`.
    pub name: Option<Text>,
    /// The number.
    pub telephone_number: TelephoneNumber,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Phone {
    /// A telephone.
    #[must_use]
    pub fn new(telephone_number: TelephoneNumber) -> Self {
        Self { name: None, telephone_number, other: Other::default() }
    }
}

impl From<TelephoneNumber> for Phone {
    fn from(number: TelephoneNumber) -> Self {
        Self::new(number)
    }
}

/// A telephone number in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TelephoneNumber {
    /// Country and dial code.
    pub country_code: CountryCode,
    /// Area or city code.
    pub area_or_city_code: Text,
    /// The number proper.
    pub number: Text,
    /// Extension.
    pub extension: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TelephoneNumber {
    /// A number without extension.
    #[must_use]
    pub fn new(
        country_code: CountryCode,
        area_or_city_code: impl Into<Text>,
        number: impl Into<Text>,
    ) -> Self {
        Self {
            country_code,
            area_or_city_code: area_or_city_code.into(),
            number: number.into(),
            extension: None,
            other: Other::default(),
        }
    }
}

/// The country part of a telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountryCode {
    /// ISO 3166-1 alpha-2, such as `DE`.
    pub iso_country_code: Text,
    /// Dial code, such as `49`.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl CountryCode {
    /// A country and its dial code.
    #[must_use]
    pub fn new(iso_country_code: impl Into<Text>, dial_code: impl Into<Text>) -> Self {
        Self { iso_country_code: iso_country_code.into(), value: dial_code.into(), other: Other::default() }
    }
}

/// Where a fax goes: exactly one of number, web address and mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fax {
    /// What it is for.
    pub name: Option<Text>,
    /// A fax number.
    pub telephone_number: Option<TelephoneNumber>,
    /// A web address.
    pub url: Option<Url>,
    /// A mail address.
    pub email: Option<Email>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Fax {
    /// A fax number.
    #[must_use]
    pub fn new(number: TelephoneNumber) -> Self {
        Self { telephone_number: Some(number), ..Self::default() }
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

element!(Email {
    attributes { name: "name", preferred_lang: "preferredLang", }
    text value;
});

element!(Url {
    attributes { name: "name", }
    text value;
});

element!(Phone {
    attributes { name: "name", }
    children { telephone_number: "TelephoneNumber", }
});

element!(TelephoneNumber {
    children {
        country_code: "CountryCode",
        area_or_city_code: "AreaOrCityCode",
        number: "Number",
        extension: "Extension",
    }
});

element!(CountryCode {
    attributes { iso_country_code: "isoCountryCode", }
    text value;
});

element!(Fax {
    attributes { name: "name", }
    children { telephone_number: "TelephoneNumber", url: "URL", email: "Email", }
});
