//! Who supplies an item.

use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::{Address, Comments, Contact, Email, Fax, Name, Other, Phone, Url};

/// A supplier, by its key in a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SupplierId {
    /// Whose key it is, such as `DUNS`.
    pub domain: Text,
    /// The key.
    pub value: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SupplierId {
    /// A key in a domain.
    #[must_use]
    pub fn new(domain: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { domain: domain.into(), value: value.into(), other: Other::default() }
    }
}

/// The suppliers that may deliver a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SupplierList {
    /// The best first.
    pub supplier: Vec<Supplier>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SupplierList {
    /// One supplier.
    #[must_use]
    pub fn new(supplier: Supplier) -> Self {
        Self { supplier: vec![supplier], other: Other::default() }
    }

    /// Adds the next best.
    #[must_use]
    pub fn with_supplier(mut self, supplier: Supplier) -> Self {
        self.supplier.push(supplier);
        self
    }
}

/// A supplier and where to order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Supplier {
    /// Its page on the web.
    pub corporate_url: Option<Text>,
    /// Its shop on the web.
    pub store_front_url: Option<Text>,
    /// Its name.
    pub name: Name,
    /// For a person to read.
    pub comments: Option<Comments>,
    /// Its keys; at least one.
    pub supplier_id: Vec<SupplierId>,
    /// Where it takes orders.
    pub supplier_location: Vec<SupplierLocation>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Supplier {
    /// A name and a key.
    #[must_use]
    pub fn new(name: Name, supplier_id: SupplierId) -> Self {
        Self {
            corporate_url: None,
            store_front_url: None,
            name,
            comments: None,
            supplier_id: vec![supplier_id],
            supplier_location: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    Supplier {
        /// Adds a key of another domain.
        supplier_id: with_supplier_id(supplier_id: SupplierId),
        /// Adds a place where it takes orders.
        supplier_location: with_supplier_location(supplier_location: SupplierLocation),
    }
}

/// A place where a supplier takes orders.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SupplierLocation {
    /// The address.
    pub address: Address,
    /// How to order there.
    pub order_methods: OrderMethods,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SupplierLocation {
    /// An address and how to order there.
    #[must_use]
    pub fn new(address: Address, order_methods: OrderMethods) -> Self {
        Self { address, order_methods, other: Other::default() }
    }
}

/// How to order from a supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderMethods {
    /// The ways, the best first.
    pub order_method: Vec<OrderMethod>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderMethods {
    /// One way.
    #[must_use]
    pub fn new(order_method: OrderMethod) -> Self {
        Self { order_method: vec![order_method], contact: None, other: Other::default() }
    }

    /// Adds the next best way.
    #[must_use]
    pub fn with_order_method(mut self, order_method: OrderMethod) -> Self {
        self.order_method.push(order_method);
        self
    }
}

/// A way to order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderMethod {
    /// Where the order goes.
    pub order_target: OrderTarget,
    /// In what form, such as `cXML`.
    pub order_protocol: Option<Text>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl OrderMethod {
    /// Where the order goes.
    #[must_use]
    pub fn new(order_target: impl Into<OrderTarget>) -> Self {
        Self { order_target: order_target.into(), order_protocol: None, other: Other::default() }
    }
}

/// Where an order goes: exactly one of these, or an `OtherOrderTarget`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderTarget {
    /// By telephone.
    pub phone: Option<Phone>,
    /// By mail.
    pub email: Option<Email>,
    /// By fax.
    pub fax: Option<Fax>,
    /// To a web address.
    pub url: Option<Url>,
    /// `OtherOrderTarget`, as a raw element.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl From<Phone> for OrderTarget {
    fn from(phone: Phone) -> Self {
        Self { phone: Some(phone), ..Self::default() }
    }
}

impl From<Email> for OrderTarget {
    fn from(email: Email) -> Self {
        Self { email: Some(email), ..Self::default() }
    }
}

impl From<Fax> for OrderTarget {
    fn from(fax: Fax) -> Self {
        Self { fax: Some(fax), ..Self::default() }
    }
}

impl From<Url> for OrderTarget {
    fn from(url: Url) -> Self {
        Self { url: Some(url), ..Self::default() }
    }
}

element!(SupplierId {
    attributes { domain: "domain", }
    text value;
});

element!(SupplierList {
    children { supplier: "Supplier", }
    need { supplier, }
});

element!(Supplier {
    attributes { corporate_url: "corporateURL", store_front_url: "storeFrontURL", }
    children {
        name: "Name",
        comments: "Comments",
        supplier_id: "SupplierID",
        supplier_location: "SupplierLocation",
    }
    need { supplier_id, }
});

element!(SupplierLocation {
    children { address: "Address", order_methods: "OrderMethods", }
});

element!(OrderMethods {
    children { order_method: "OrderMethod", contact: "Contact", }
    need { order_method, }
});

element!(OrderMethod {
    children { order_target: "OrderTarget", order_protocol: "OrderProtocol", }
});

element!(OrderTarget {
    children { phone: "Phone", email: "Email", fax: "Fax", url: "URL" ["OtherOrderTarget"], }
    need { phone | email | fax | url or "OtherOrderTarget", }
});
