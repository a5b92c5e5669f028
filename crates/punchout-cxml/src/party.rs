//! Who takes part: addresses, contacts and references to them.

mod address;
mod contact;

pub use address::{
    Address, Country, CountryCode, Email, Fax, Municipality, Phone, PostalAddress, State, TelephoneNumber,
    Url,
};
pub use contact::{
    BillTo, BusinessPartner, BusinessPartnerRole, CarrierIdentifier, Contact, IdReference, ShipTo,
};
