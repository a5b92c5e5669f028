use punchout_core::{Amount, Text};

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    Comments, CompositeItemType, CustomsInfo, Distribution, Extrinsic, InvoiceDetailDiscount,
    InvoiceDetailItemIndustry, InvoiceDetailItemReference, InvoiceDetailLineShipping,
    InvoiceDetailLineSpecialHandling, ItemType, Modifications, Money, Other, Packaging, PriceBasisQuantity,
    ProductMovementItemIdInfo, ReceiptLineItemReference, ServiceEntryItemIdInfo, ServiceEntryItemReference,
    ShipNoticeIdInfo, ShipNoticeLineItemReference, Tax, Timestamp, UnitPrice,
};

/// A line of an invoice for goods.
///
/// What few lines have and takes much room stands in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct InvoiceDetailItem {
    /// The number of the line in the invoice.
    pub invoice_line_number: Amount,
    /// How many; in a credit below zero.
    pub quantity: Amount,
    /// The date at which an agreement is looked at.
    pub reference_date: Option<Timestamp>,
    /// When the goods changed hands for the tax.
    pub inspection_date: Option<Timestamp>,
    /// The line that this one is a part of.
    pub parent_invoice_line_number: Option<Amount>,
    /// Whether the line has parts, or is one.
    pub item_type: Option<ItemType>,
    /// Where a line with parts has its price.
    pub composite_item_type: Option<CompositeItemType>,
    /// Why it is credited.
    pub reason: Option<InvoiceItemReason>,
    /// Whether the order knows no such article.
    pub is_ad_hoc: bool,
    /// The unit that is invoiced, a code of UN/ECE Recommendation 20.
    pub unit_of_measure: Text,
    /// The price of one price unit.
    pub unit_price: UnitPrice,
    /// What the unit price is for, unless it is one unit of measure.
    pub price_basis_quantity: Option<PriceBasisQuantity>,
    /// Which line of the order, and what it is.
    pub invoice_detail_item_reference: InvoiceDetailItemReference,
    /// Which line of the receipt.
    pub receipt_line_item_reference: Option<ReceiptLineItemReference>,
    /// Which line of the ship notice.
    pub ship_notice_line_item_reference: Option<ShipNoticeLineItemReference>,
    /// Which line of the service entry sheet, by its document.
    pub service_entry_item_reference: Option<Box<ServiceEntryItemReference>>,
    /// The same by its number, instead.
    pub service_entry_item_id_info: Option<Box<ServiceEntryItemIdInfo>>,
    /// Which consignment movement.
    pub product_movement_item_id_info: Option<Box<ProductMovementItemIdInfo>>,
    /// Unit price times quantity.
    pub subtotal_amount: Option<Money>,
    /// The tax; it counts where the header says that tax stands on the lines.
    pub tax: Option<Box<Tax>>,
    /// Special handling, where the header says so.
    pub invoice_detail_line_special_handling: Option<Box<InvoiceDetailLineSpecialHandling>>,
    /// Shipping, where the header says so.
    pub invoice_detail_line_shipping: Option<Box<InvoiceDetailLineShipping>>,
    /// The ship notice.
    pub ship_notice_id_info: Option<Box<ShipNoticeIdInfo>>,
    /// The price with tax, shipping and special handling.
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
    /// How it was packed.
    pub packaging: Vec<Packaging>,
    /// What only some trades say.
    pub invoice_detail_item_industry: Option<Box<InvoiceDetailItemIndustry>>,
    /// For a person to read.
    pub comments: Option<Comments>,
    /// How it was imported.
    pub customs_info: Option<Box<CustomsInfo>>,
    /// What else belongs to the line.
    pub extrinsic: Vec<Extrinsic>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

/// What every [`InvoiceDetailItem`] has.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "it is made to be written out in full")]
pub struct InvoiceDetailItemInit {
    /// The number of the line in the invoice.
    pub invoice_line_number: Amount,
    /// How many; in a credit below zero.
    pub quantity: Amount,
    /// The unit that is invoiced, a code of UN/ECE Recommendation 20.
    pub unit_of_measure: Text,
    /// The price of one price unit.
    pub unit_price: UnitPrice,
    /// Which line of the order, and what it is.
    pub invoice_detail_item_reference: InvoiceDetailItemReference,
}

impl From<InvoiceDetailItemInit> for InvoiceDetailItem {
    fn from(init: InvoiceDetailItemInit) -> Self {
        let InvoiceDetailItemInit {
            invoice_line_number,
            quantity,
            unit_of_measure,
            unit_price,
            invoice_detail_item_reference,
        } = init;
        Self {
            invoice_line_number,
            quantity,
            reference_date: None,
            inspection_date: None,
            parent_invoice_line_number: None,
            item_type: None,
            composite_item_type: None,
            reason: None,
            is_ad_hoc: false,
            unit_of_measure,
            unit_price,
            price_basis_quantity: None,
            invoice_detail_item_reference,
            receipt_line_item_reference: None,
            ship_notice_line_item_reference: None,
            service_entry_item_reference: None,
            service_entry_item_id_info: None,
            product_movement_item_id_info: None,
            subtotal_amount: None,
            tax: None,
            invoice_detail_line_special_handling: None,
            invoice_detail_line_shipping: None,
            ship_notice_id_info: None,
            gross_amount: None,
            invoice_detail_discount: None,
            invoice_item_modifications: None,
            total_charges: None,
            total_allowances: None,
            total_amount_without_tax: None,
            net_amount: None,
            distribution: Vec::new(),
            packaging: Vec::new(),
            invoice_detail_item_industry: None,
            comments: None,
            customs_info: None,
            extrinsic: Vec::new(),
            other: Other::default(),
        }
    }
}

impl InvoiceDetailItem {
    /// Sets charges and allowances.
    #[must_use]
    pub fn with_invoice_item_modifications(mut self, modifications: impl Into<Modifications>) -> Self {
        self.invoice_item_modifications = Some(Box::new(modifications.into()));
        self
    }
}

setters! {
    InvoiceDetailItem {
        /// Sets when the goods changed hands for the tax.
        inspection_date: with_inspection_date(date: impl Into<Timestamp>),
        /// Sets what the unit price is for.
        price_basis_quantity: with_price_basis_quantity(basis: PriceBasisQuantity),
        /// Says which line of the receipt.
        receipt_line_item_reference: with_receipt_line_item_reference(line: ReceiptLineItemReference),
        /// Says which line of the ship notice.
        ship_notice_line_item_reference: with_ship_notice_line_item_reference(line: ShipNoticeLineItemReference),
        /// Sets unit price times quantity.
        subtotal_amount: with_subtotal_amount(money: Money),
        /// Sets the tax.
        tax: with_tax(tax: Tax),
        /// Sets special handling.
        invoice_detail_line_special_handling: with_invoice_detail_line_special_handling(handling: InvoiceDetailLineSpecialHandling),
        /// Sets shipping.
        invoice_detail_line_shipping: with_invoice_detail_line_shipping(shipping: InvoiceDetailLineShipping),
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
        /// Adds a named value.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
    }
}

token! {
    /// Why a line is credited.
    pub enum InvoiceItemReason {
        /// The goods went back.
        Return = "return",
    }
}

element!(InvoiceDetailItem {
    attributes {
        invoice_line_number: "invoiceLineNumber",
        quantity: "quantity",
        reference_date: "referenceDate",
        inspection_date: "inspectionDate",
        parent_invoice_line_number: "parentInvoiceLineNumber",
        item_type: "itemType",
        composite_item_type: "compositeItemType",
        reason: "reason",
        is_ad_hoc: "isAdHoc",
    }
    children {
        unit_of_measure: "UnitOfMeasure",
        unit_price: "UnitPrice",
        price_basis_quantity: "PriceBasisQuantity",
        invoice_detail_item_reference: "InvoiceDetailItemReference",
        receipt_line_item_reference: "ReceiptLineItemReference",
        ship_notice_line_item_reference: "ShipNoticeLineItemReference",
        service_entry_item_reference: "ServiceEntryItemReference",
        service_entry_item_id_info: "ServiceEntryItemIDInfo",
        product_movement_item_id_info: "ProductMovementItemIDInfo",
        subtotal_amount: "SubtotalAmount" / "Money",
        tax: "Tax",
        invoice_detail_line_special_handling: "InvoiceDetailLineSpecialHandling",
        invoice_detail_line_shipping: "InvoiceDetailLineShipping",
        ship_notice_id_info: "ShipNoticeIDInfo",
        gross_amount: "GrossAmount" / "Money",
        invoice_detail_discount: "InvoiceDetailDiscount",
        invoice_item_modifications: "InvoiceItemModifications",
        total_charges: "TotalCharges" / "Money",
        total_allowances: "TotalAllowances" / "Money",
        total_amount_without_tax: "TotalAmountWithoutTax" / "Money",
        net_amount: "NetAmount" / "Money",
        distribution: "Distribution",
        packaging: "Packaging",
        invoice_detail_item_industry: "InvoiceDetailItemIndustry",
        comments: "Comments",
        customs_info: "CustomsInfo",
        extrinsic: "Extrinsic",
    }
});
