use punchout_core::Text;

use crate::Other;
use crate::element::{Element as _, element};

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
        Self { telephone_number: Some(number), ..Self::blank() }
    }
}

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
    need { telephone_number | url | email, }
});
