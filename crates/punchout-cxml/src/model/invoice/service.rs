use punchout_core::{Amount, Text};

use crate::element::element;
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

    /// Sets how many units of it.
    #[must_use]
    pub fn with_quantity(mut self, quantity: impl Into<Amount>) -> Self {
        self.quantity = Some(quantity.into());
        self
    }

    /// Sets when it was rendered for the tax.
    #[must_use]
    pub fn with_inspection_date(mut self, date: impl Into<Timestamp>) -> Self {
        self.inspection_date = Some(date.into());
        self
    }

    /// Sets when it was rendered.
    #[must_use]
    pub fn with_period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Sets the price of one unit.
    #[must_use]
    pub fn with_unit_rate(mut self, rate: UnitRate) -> Self {
        self.unit_rate = Some(Box::new(rate));
        self
    }

    /// Sets the tax.
    #[must_use]
    pub fn with_tax(mut self, tax: Tax) -> Self {
        self.tax = Some(Box::new(tax));
        self
    }

    /// Sets the gross amount.
    #[must_use]
    pub fn with_gross_amount(mut self, money: Money) -> Self {
        self.gross_amount = Some(money);
        self
    }

    /// Sets the discount.
    #[must_use]
    pub fn with_invoice_detail_discount(mut self, discount: InvoiceDetailDiscount) -> Self {
        self.invoice_detail_discount = Some(Box::new(discount));
        self
    }

    /// Sets charges and allowances.
    #[must_use]
    pub fn with_invoice_item_modifications(mut self, modifications: impl Into<Modifications>) -> Self {
        self.invoice_item_modifications = Some(Box::new(modifications.into()));
        self
    }

    /// Sets the net amount.
    #[must_use]
    pub fn with_net_amount(mut self, money: Money) -> Self {
        self.net_amount = Some(money);
        self
    }

    /// Adds an account.
    #[must_use]
    pub fn with_distribution(mut self, distribution: Distribution) -> Self {
        self.distribution.push(distribution);
        self
    }

    /// Sets a comment.
    #[must_use]
    pub fn with_comments(mut self, comments: impl Into<Comments>) -> Self {
        self.comments = Some(comments.into());
        self
    }

    /// Says who worked, and where.
    #[must_use]
    pub fn with_invoice_labor_detail(mut self, detail: InvoiceLaborDetail) -> Self {
        self.invoice_labor_detail = Some(Box::new(detail));
        self
    }

    /// Adds a named value.
    #[must_use]
    pub fn with_extrinsic(mut self, extrinsic: Extrinsic) -> Self {
        self.extrinsic.push(extrinsic);
        self
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

impl InvoiceDetailServiceItemReference {
    /// Sets the number of the line.
    #[must_use]
    pub fn with_line_number(mut self, number: impl Into<Amount>) -> Self {
        self.line_number = Some(number.into());
        self
    }

    /// Adds a commodity.
    #[must_use]
    pub fn with_classification(mut self, classification: Classification) -> Self {
        self.classification.push(classification);
        self
    }

    /// Sets the service's keys.
    #[must_use]
    pub fn with_item_id(mut self, item_id: ItemId) -> Self {
        self.item_id = Some(item_id);
        self
    }

    /// Says what it is.
    #[must_use]
    pub fn with_description(mut self, description: Description) -> Self {
        self.description = Some(description);
        self
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
