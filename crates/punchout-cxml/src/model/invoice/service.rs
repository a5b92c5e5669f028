use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::{
    Classification, Comments, Description, Distribution, Extrinsic, InvoiceDetailDiscount,
    InvoiceLaborDetail, ItemId, ItemType, Modifications, Money, Other, Period, PriceBasisQuantity,
    ServiceEntryItemIdInfo, ServiceEntryItemReference, Tax, Timestamp, UnitPrice, UnitRate,
};

/// A line of an invoice for a service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailServiceItem {
    /// The number of the line in the invoice.
    pub invoice_line_number: Amount,
    /// How many units of it, such as hours.
    pub quantity: Option<Amount>,
    /// The date as of which it is invoiced.
    pub reference_date: Option<Timestamp>,
    /// When it was rendered for the tax.
    pub inspection_date: Option<Timestamp>,
    /// The line that this one is a part of.
    pub parent_invoice_line_number: Option<Amount>,
    /// Whether the line has parts, or is one.
    pub item_type: Option<ItemType>,
    /// Whether the order or agreement knows no such service.
    pub is_ad_hoc: bool,
    /// Which line of the agreement, and what it is.
    pub invoice_detail_service_item_reference: InvoiceDetailServiceItemReference,
    /// Which line of the service entry sheet, by its document.
    pub service_entry_item_reference: Option<Box<ServiceEntryItemReference>>,
    /// The same by its number, instead.
    pub service_entry_item_id_info: Option<Box<ServiceEntryItemIdInfo>>,
    /// The price, before all else.
    pub subtotal_amount: Money,
    /// When it was rendered.
    pub period: Option<Period>,
    /// The price of one unit and its unit.
    pub unit_rate: Option<Box<UnitRate>>,
    /// The unit, where there is no rate; deprecated.
    pub unit_of_measure: Option<Text>,
    /// The price of one unit, where there is no rate; deprecated.
    pub unit_price: Option<UnitPrice>,
    /// What that price is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// The tax; it counts where the header says that tax stands on the lines.
    pub tax: Option<Box<Tax>>,
    /// The price with tax.
    pub gross_amount: Option<Money>,
    /// The discount, where the header says so.
    pub invoice_detail_discount: Option<Box<InvoiceDetailDiscount>>,
    /// Charges and allowances, one by one.
    pub invoice_item_modifications: Option<Box<Modifications>>,
    /// All charges.
    pub total_charges: Option<Money>,
    /// All allowances.
    pub total_allowances: Option<Money>,
    /// The price with charges and allowances, without tax.
    pub total_amount_without_tax: Option<Money>,
    /// The gross amount without the discount.
    pub net_amount: Option<Money>,
    /// What accounts it goes to.
    pub distribution: Vec<Distribution>,
    /// For a person to read.
    pub comments: Option<Comments>,
    /// Who worked, and where.
    pub invoice_labor_detail: Option<Box<InvoiceLaborDetail>>,
    /// What else belongs to the line.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl InvoiceDetailServiceItem {
    /// A service and its price.
    #[must_use]
    pub fn new(
        invoice_line_number: impl Into<Amount>,
        invoice_detail_service_item_reference: InvoiceDetailServiceItemReference,
        subtotal_amount: Money,
    ) -> Self {
        Self {
            invoice_line_number: invoice_line_number.into(),
            quantity: None,
            reference_date: None,
            inspection_date: None,
            parent_invoice_line_number: None,
            item_type: None,
            is_ad_hoc: false,
            invoice_detail_service_item_reference,
            service_entry_item_reference: None,
            service_entry_item_id_info: None,
            subtotal_amount,
            period: None,
            unit_rate: None,
            unit_of_measure: None,
            unit_price: None,
            price_basis_quantity: None,
            tax: None,
            gross_amount: None,
            invoice_detail_discount: None,
            invoice_item_modifications: None,
            total_charges: None,
            total_allowances: None,
            total_amount_without_tax: None,
            net_amount: None,
            distribution: Vec::new(),
            comments: None,
            invoice_labor_detail: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }

    /// Sets charges and allowances.
    #[must_use]
    pub fn with_invoice_item_modifications(mut self, modifications: impl Into<Modifications>) -> Self {
        self.invoice_item_modifications = Some(Box::new(modifications.into()));
        self
    }
}

setters! {
    InvoiceDetailServiceItem {
        /// Sets how many units of it.
        quantity: with_quantity(quantity: impl Into<Amount>),
        /// Sets when it was rendered for the tax.
        inspection_date: with_inspection_date(date: impl Into<Timestamp>),
        /// Sets when it was rendered.
        period: with_period(period: Period),
        /// Sets the price of one unit.
        unit_rate: with_unit_rate(rate: UnitRate),
        /// Sets the tax.
        tax: with_tax(tax: Tax),
        /// Sets the gross amount.
        gross_amount: with_gross_amount(money: Money),
        /// Sets the discount.
        invoice_detail_discount: with_invoice_detail_discount(discount: InvoiceDetailDiscount),
        /// Sets the net amount.
        net_amount: with_net_amount(money: Money),
        /// Adds an account.
        distribution: with_distribution(distribution: Distribution),
        /// Sets a comment.
        comments: with_comments(comments: impl Into<Comments>),
        /// Says who worked, and where.
        invoice_labor_detail: with_invoice_labor_detail(detail: InvoiceLaborDetail),
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

/// Which line of an order or agreement is invoiced, and what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailServiceItemReference {
    /// The number of that line, where it has lines.
    pub line_number: Option<Amount>,
    /// The commodity.
    pub classification: Vec<Classification>,
    /// The service's keys.
    pub item_id: Option<ItemId>,
    /// What it is.
    pub description: Option<Description>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

setters! {
    InvoiceDetailServiceItemReference {
        /// Sets the number of the line.
        line_number: with_line_number(number: impl Into<Amount>),
        /// Adds a commodity.
        classification: with_classification(classification: Classification),
        /// Sets the service's keys.
        item_id: with_item_id(item_id: ItemId),
        /// Says what it is.
        description: with_description(description: Description),
    }
}

element!(InvoiceDetailServiceItem {
    attributes {
        invoice_line_number: "invoiceLineNumber",
        quantity: "quantity",
        reference_date: "referenceDate",
        inspection_date: "inspectionDate",
        parent_invoice_line_number: "parentInvoiceLineNumber",
        item_type: "itemType",
        is_ad_hoc: "isAdHoc",
    }
    children {
        invoice_detail_service_item_reference: "InvoiceDetailServiceItemReference",
        service_entry_item_reference: "ServiceEntryItemReference",
        service_entry_item_id_info: "ServiceEntryItemIDInfo",
        subtotal_amount: "SubtotalAmount" / "Money",
        period: "Period",
        unit_rate: "UnitRate",
        unit_of_measure: "UnitOfMeasure",
        unit_price: "UnitPrice",
        price_basis_quantity: "PriceBasisQuantity",
        tax: "Tax",
        gross_amount: "GrossAmount" / "Money",
        invoice_detail_discount: "InvoiceDetailDiscount",
        invoice_item_modifications: "InvoiceItemModifications",
        total_charges: "TotalCharges" / "Money",
        total_allowances: "TotalAllowances" / "Money",
        total_amount_without_tax: "TotalAmountWithoutTax" / "Money",
        net_amount: "NetAmount" / "Money",
        distribution: "Distribution",
        comments: "Comments",
        invoice_labor_detail: "InvoiceLaborDetail",
        extrinsic: "Extrinsic",
    }
    need { unit_of_measure if unit_price, unit_price if unit_of_measure, unit_price if price_basis_quantity, }
});

element!(InvoiceDetailServiceItemReference {
    attributes { line_number: "lineNumber", }
    children { classification: "Classification", item_id: "ItemID", description: "Description", }
});
