//! The words of a document: one table a language.

/// Everything that a document says by itself.
///
/// A language is one value of this type, and [`crate::Language`] names it; the
/// compiler asks for every text.
#[derive(Debug)]
pub(crate) struct Texts {
    /// Between thousands.
    pub(crate) group: char,
    /// Before decimals.
    pub(crate) point: char,
    pub(crate) months: [&'static str; 12],
    /// What follows the number of a day.
    pub(crate) day_suffix: &'static str,

    pub(crate) order: &'static str,
    pub(crate) order_change: &'static str,
    pub(crate) order_cancellation: &'static str,

    pub(crate) order_date: &'static str,
    pub(crate) delivery_date: &'static str,
    pub(crate) delivery_period: &'static str,
    pub(crate) shipment_date: &'static str,
    pub(crate) pick_up_date: &'static str,
    pub(crate) valid_from: &'static str,
    pub(crate) valid_until: &'static str,
    pub(crate) confirm_by: &'static str,
    pub(crate) version: &'static str,
    pub(crate) order_type: &'static str,
    pub(crate) requisition: &'static str,
    pub(crate) agreement: &'static str,
    pub(crate) agreement_line: &'static str,
    pub(crate) parent_agreement: &'static str,
    pub(crate) supplier_order: &'static str,
    pub(crate) payment: &'static str,
    /// After a number.
    pub(crate) day: &'static str,
    pub(crate) days: &'static str,
    /// After the days of a term without discount.
    pub(crate) net: &'static str,
    /// After what is taken off.
    pub(crate) discount: &'static str,
    pub(crate) card: &'static str,
    pub(crate) terms_of_delivery: &'static str,
    pub(crate) ship_complete: &'static str,

    pub(crate) bill_to: &'static str,
    pub(crate) ship_to: &'static str,
    pub(crate) contact: &'static str,
    /// By the role that cXML names.
    pub(crate) roles: &'static [(&'static str, &'static str)],
    pub(crate) phone: &'static str,
    pub(crate) extension: &'static str,
    pub(crate) fax: &'static str,
    pub(crate) address_id: &'static str,
    pub(crate) carrier: &'static str,

    pub(crate) line: &'static str,
    pub(crate) part: &'static str,
    pub(crate) description: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) unit: &'static str,
    /// Before a currency, as are amount and the totals.
    pub(crate) price: &'static str,
    pub(crate) amount: &'static str,
    /// Before the quantity that a price is for.
    pub(crate) per: &'static str,

    pub(crate) line_deleted: &'static str,
    pub(crate) line_blocked: &'static str,
    pub(crate) is_return: &'static str,
    pub(crate) return_authorization: &'static str,
    pub(crate) is_delivery_completed: &'static str,
    pub(crate) schedule: &'static str,
    pub(crate) auxiliary_part: &'static str,
    pub(crate) buyer_part: &'static str,
    pub(crate) parent_line: &'static str,
    pub(crate) manufacturer: &'static str,
    pub(crate) classification: &'static str,
    pub(crate) lead_time: &'static str,
    pub(crate) overall_limit: &'static str,
    pub(crate) expected_limit: &'static str,
    pub(crate) account: &'static str,
    pub(crate) comments: &'static str,

    pub(crate) shipping: &'static str,
    pub(crate) tax: &'static str,
    /// Before what a tax is computed on.
    pub(crate) on: &'static str,
    pub(crate) total: &'static str,
    pub(crate) grand_total: &'static str,

    pub(crate) page: &'static str,
    /// Between the number of a page and that of all.
    pub(crate) of: &'static str,
}

#[rustfmt::skip]
pub(crate) static ENGLISH: Texts = Texts {
    group: ',',
    point: '.',
    months: [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
    day_suffix: "",

    order: "Purchase order",
    order_change: "Change to purchase order",
    order_cancellation: "Cancellation of purchase order",

    order_date: "Order date",
    delivery_date: "Requested delivery",
    delivery_period: "Delivery period",
    shipment_date: "Requested shipment",
    pick_up_date: "Pick-up",
    valid_from: "Valid from",
    valid_until: "Valid until",
    confirm_by: "Confirm by",
    version: "Version",
    order_type: "Order type",
    requisition: "Requisition",
    agreement: "Agreement",
    agreement_line: "Agreement line",
    parent_agreement: "Framework agreement",
    supplier_order: "Supplier's order no.",
    payment: "Payment",
    day: "day",
    days: "days",
    net: "net",
    discount: "discount",
    card: "Purchasing card",
    terms_of_delivery: "Terms of delivery",
    ship_complete: "Complete delivery only",

    bill_to: "Bill to",
    ship_to: "Ship to",
    contact: "Contact",
    roles: &[
        ("supplierCorporate", "Supplier"),
        ("supplierAccount", "Supplier's account"),
        ("supplierMasterAccount", "Supplier's main account"),
        ("endUser", "Requester"),
        ("purchasingAgent", "Purchasing agent"),
        ("buyer", "Buyer"),
        ("buyerCorporate", "Buyer"),
        ("buyerAccount", "Buyer's account"),
        ("customerService", "Customer service"),
        ("technicalSupport", "Technical support"),
        ("sales", "Sales"),
        ("soldTo", "Sold to"),
        ("shipFrom", "Ship from"),
        ("orderingAddress", "Supplier"),
        ("logistics", "Logistics"),
    ],
    phone: "Tel.",
    extension: "ext.",
    fax: "Fax",
    address_id: "Address code",
    carrier: "Carrier",

    line: "Line",
    part: "Part no.",
    description: "Description",
    quantity: "Quantity",
    unit: "Unit",
    price: "Price",
    amount: "Amount",
    per: "per",

    line_deleted: "This line is deleted",
    line_blocked: "This line is blocked",
    is_return: "Return to supplier",
    return_authorization: "Return authorisation",
    is_delivery_completed: "Delivery completed",
    schedule: "Schedule",
    auxiliary_part: "Supplier's reference",
    buyer_part: "Buyer's part no.",
    parent_line: "Part of line",
    manufacturer: "Manufacturer",
    classification: "Classification",
    lead_time: "Lead time",
    overall_limit: "Overall limit",
    expected_limit: "Expected value",
    account: "Account",
    comments: "Comments",

    shipping: "Shipping",
    tax: "Tax",
    on: "on",
    total: "Total",
    grand_total: "Grand total",

    page: "Page",
    of: "of",
};
