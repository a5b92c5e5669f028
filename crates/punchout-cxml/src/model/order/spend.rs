use punchout_core::Text;

use crate::element::element;
use crate::token::token;
use crate::{Address, Contact, Description, Extrinsic, Money, Other, Period, PriceBasisQuantity};

/// A service that is bought, in detail: exactly one of fee, labour, something
/// else and a `TravelDetail`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SpendDetail {
    /// A fee.
    pub fee_detail: Option<FeeDetail>,
    /// Labour.
    pub labor_detail: Option<LaborDetail>,
    /// Something else.
    pub extrinsic: Option<Extrinsic>,
    /// `TravelDetail`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<FeeDetail> for SpendDetail {
    fn from(fee: FeeDetail) -> Self {
        Self { fee_detail: Some(fee), ..Self::default() }
    }
}

impl From<LaborDetail> for SpendDetail {
    fn from(labor: LaborDetail) -> Self {
        Self { labor_detail: Some(labor), ..Self::default() }
    }
}

impl From<Extrinsic> for SpendDetail {
    fn from(extrinsic: Extrinsic) -> Self {
        Self { extrinsic: Some(extrinsic), ..Self::default() }
    }
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FeeDetail {
    /// Whether it comes again and again.
    pub is_recurring: bool,
    /// Its rates; at least one.
    pub unit_rate: Vec<UnitRate>,
    /// From when until when.
    pub period: Option<Period>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl FeeDetail {
    /// A rate.
    #[must_use]
    pub fn new(unit_rate: UnitRate) -> Self {
        Self { is_recurring: false, unit_rate: vec![unit_rate], period: None, other: Other::default() }
    }
}

/// Temporary labour.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LaborDetail {
    /// The supplier's key of the quote.
    pub supplier_reference_code: Option<Text>,
    /// Its rates; at least one.
    pub unit_rate: Vec<UnitRate>,
    /// From when until when.
    pub period: Period,
    /// Who does the work.
    pub contractor: Option<Contractor>,
    /// The work.
    pub job_description: Option<Description>,
    /// Who oversees the work.
    pub supervisor: Option<Box<Contact>>,
    /// Where the work is done.
    pub work_location: Option<Box<Address>>,
    /// What else belongs to it.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl LaborDetail {
    /// A rate, and from when until when.
    #[must_use]
    pub fn new(unit_rate: UnitRate, period: Period) -> Self {
        Self {
            supplier_reference_code: None,
            unit_rate: vec![unit_rate],
            period,
            contractor: None,
            job_description: None,
            supervisor: None,
            work_location: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds a rate.
    #[must_use]
    pub fn with_unit_rate(mut self, unit_rate: UnitRate) -> Self {
        self.unit_rate.push(unit_rate);
        self
    }
}

/// What a unit of a service costs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnitRate {
    /// The price.
    pub money: Money,
    /// The unit, such as `HUR`.
    pub unit_of_measure: Text,
    /// What the price is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// The term of the contract that has this rate.
    pub term_reference: Option<TermReference>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl UnitRate {
    /// A price and its unit.
    #[must_use]
    pub fn new(money: Money, unit_of_measure: impl Into<Text>) -> Self {
        Self {
            money,
            unit_of_measure: unit_of_measure.into(),
            price_basis_quantity: None,
            term_reference: None,
            other: Other::default(),
        }
    }
}

/// A term of a contract, by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TermReference {
    /// The name of the attribute that holds the key.
    pub term_name: Text,
    /// The key.
    pub term: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl TermReference {
    /// The name of the attribute that holds the key, and the key.
    #[must_use]
    pub fn new(term_name: impl Into<Text>, term: impl Into<Text>) -> Self {
        Self { term_name: term_name.into(), term: term.into(), other: Other::default() }
    }
}

/// Who does temporary work.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Contractor {
    /// Their key.
    pub contractor_identifier: ContractorIdentifier,
    /// How to reach them.
    pub contact: Contact,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Contractor {
    /// A key, and how to reach them.
    #[must_use]
    pub fn new(contractor_identifier: ContractorIdentifier, contact: Contact) -> Self {
        Self { contractor_identifier, contact, other: Other::default() }
    }
}

/// The key of somebody who does temporary work.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ContractorIdentifier {
    /// Whose key it is.
    pub domain: ContractorDomain,
    /// The key.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl ContractorIdentifier {
    /// Whose key it is, and the key.
    #[must_use]
    pub fn new(domain: ContractorDomain, value: impl Into<Text>) -> Self {
        Self { domain, value: value.into(), other: Other::default() }
    }
}

token! {
    /// Who gave a contractor's key.
    pub enum ContractorDomain {
        /// The supplier.
        SupplierReferenceId = "supplierReferenceID",
        /// The buyer.
        BuyerReferenceId = "buyerReferenceID",
    }
}

element!(SpendDetail {
    children {
        fee_detail: "FeeDetail",
        labor_detail: "LaborDetail" ["TravelDetail"],
        extrinsic: "Extrinsic",
    }
    need { fee_detail | labor_detail | extrinsic or "TravelDetail", }
});

element!(FeeDetail {
    attributes { is_recurring: "isRecurring", }
    children { unit_rate: "UnitRate", period: "Period", }
    need { unit_rate, }
});

element!(LaborDetail {
    attributes { supplier_reference_code: "supplierReferenceCode", }
    children {
        unit_rate: "UnitRate",
        period: "Period",
        contractor: "Contractor",
        job_description: "JobDescription" / "Description",
        supervisor: "Supervisor" / "Contact",
        work_location: "WorkLocation" / "Address",
        extrinsic: "Extrinsic",
    }
    need { unit_rate, }
});

element!(UnitRate {
    children {
        money: "Money",
        unit_of_measure: "UnitOfMeasure",
        price_basis_quantity: "PriceBasisQuantity",
        term_reference: "TermReference",
    }
});

element!(TermReference {
    attributes { term_name: "termName", term: "term", }
});

element!(Contractor {
    children { contractor_identifier: "ContractorIdentifier", contact: "Contact", }
});

element!(ContractorIdentifier {
    attributes { domain: "domain", }
    text value;
});
