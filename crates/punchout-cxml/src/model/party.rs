//! Who takes part: addresses, contacts and references to them.

mod address;
mod contact;
mod reach;

pub use address::{Address, City, Country, Municipality, PostalAddress, State};
pub use contact::{
    BillTo, BusinessPartner, BusinessPartnerRole, BusinessPartnerType, CarrierIdentifier, Contact,
    IdReference, ShipTo,
};
pub use reach::{CountryCode, Email, Fax, Phone, TelephoneNumber, Url};
