//! The words of a document: one table a language.

use crate::Language;

mod dutch;
mod english;
mod french;
mod german;

pub(crate) use dutch::DUTCH;
pub(crate) use english::ENGLISH;
pub(crate) use french::FRENCH;
pub(crate) use german::GERMAN;

/// Everything that a document says by itself.
///
/// A language is one value of this type, and [`Language`] names it; the
/// compiler asks for every text.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) language: Language,
    /// Between thousands.
    pub(crate) group: char,
    /// Before decimals.
    pub(crate) point: char,
    /// After a number of hundredths.
    pub(crate) percent: &'static str,
    /// Between a name and what it is the name of.
    pub(crate) colon: &'static str,
    /// Whether a currency stands before its amount.
    pub(crate) currency_first: bool,
    pub(crate) months: [&'static str; 12],
    /// The first day of a month.
    pub(crate) first_day: &'static str,
    /// What follows the number of another day.
    pub(crate) day_suffix: &'static str,

    pub(crate) order: &'static str,
    pub(crate) order_change: &'static str,
    pub(crate) order_cancellation: &'static str,
    /// In large letters.
    pub(crate) change: &'static str,
    pub(crate) change_note: &'static str,
    pub(crate) cancellation: &'static str,
    pub(crate) cancellation_note: &'static str,
    pub(crate) test: &'static str,
    pub(crate) test_note: &'static str,

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
    /// What is changed or cancelled.
    pub(crate) earlier: &'static str,
    pub(crate) customer_number: &'static str,
    /// When it is to be paid.
    pub(crate) payment: &'static str,
    /// By what.
    pub(crate) payment_method: &'static str,
    /// After a number.
    pub(crate) day: &'static str,
    pub(crate) days: &'static str,
    /// After the days of a term without discount.
    pub(crate) net: &'static str,
    pub(crate) card: &'static str,
    pub(crate) terms_of_delivery: &'static str,
    /// By the code that cXML names.
    pub(crate) terms: &'static [(&'static str, &'static str)],
    pub(crate) ship_complete: &'static str,

    /// Whom the invoice names.
    pub(crate) bill_to: &'static str,
    pub(crate) ship_to: &'static str,
    pub(crate) contact: &'static str,
    /// Where invoices go.
    pub(crate) invoices: &'static str,
    /// Where questions and confirmations go.
    pub(crate) questions: &'static str,
    /// By the role that cXML names.
    pub(crate) roles: &'static [(&'static str, &'static str)],
    pub(crate) phone: &'static str,
    pub(crate) extension: &'static str,
    pub(crate) fax: &'static str,
    pub(crate) address_id: &'static str,
    /// The same of somebody's account.
    pub(crate) account_id: &'static str,
    pub(crate) carrier: &'static str,

    pub(crate) line: &'static str,
    /// The supplier's.
    pub(crate) part: &'static str,
    pub(crate) description: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) unit: &'static str,
    /// Before a currency, as are amount and the totals.
    pub(crate) price: &'static str,
    pub(crate) amount: &'static str,
    /// Before the quantity that a price is for.
    pub(crate) per: &'static str,
    /// Before what is said of that.
    pub(crate) price_basis: &'static str,
    /// What an amount does not hold.
    pub(crate) excluding: &'static str,
    pub(crate) including: &'static str,
    /// The same where the tax is not value added tax.
    pub(crate) excluding_other: &'static str,
    pub(crate) including_other: &'static str,

    pub(crate) line_new: &'static str,
    pub(crate) line_changed: &'static str,
    pub(crate) line_deleted: &'static str,
    pub(crate) line_blocked: &'static str,
    /// Below the amount of a line that is deleted.
    pub(crate) not_counted: &'static str,
    pub(crate) is_return: &'static str,
    pub(crate) return_authorization: &'static str,
    pub(crate) is_delivery_completed: &'static str,
    pub(crate) schedule: &'static str,
    pub(crate) auxiliary_part: &'static str,
    pub(crate) revision: &'static str,
    pub(crate) buyer_part: &'static str,
    pub(crate) parent_line: &'static str,
    pub(crate) manufacturer: &'static str,
    pub(crate) classification: &'static str,
    pub(crate) lead_time: &'static str,
    pub(crate) overall_limit: &'static str,
    pub(crate) expected_limit: &'static str,
    pub(crate) max_amount: &'static str,
    pub(crate) min_amount: &'static str,
    pub(crate) max_quantity: &'static str,
    pub(crate) min_quantity: &'static str,
    pub(crate) account: &'static str,
    pub(crate) comments: &'static str,
    pub(crate) attachment: &'static str,
    pub(crate) original_price: &'static str,
    /// Also after what is taken off.
    pub(crate) discount: &'static str,
    pub(crate) deduction: &'static str,
    pub(crate) deducted_price: &'static str,
    pub(crate) surcharge: &'static str,
    /// Before the number of a step of modifications.
    pub(crate) level: &'static str,

    pub(crate) shipping: &'static str,
    pub(crate) tracking: &'static str,
    /// Value added tax.
    pub(crate) tax: &'static str,
    pub(crate) other_tax: &'static str,
    /// Over the rates of lines.
    pub(crate) tax_rate: &'static str,
    /// Before what a tax is computed on.
    pub(crate) on: &'static str,
    pub(crate) total: &'static str,
    pub(crate) grand_total: &'static str,

    /// Over what the order says and the document has no place for.
    pub(crate) further: &'static str,
    /// What of it is about no line.
    pub(crate) whole_order: &'static str,
    /// For an element that says nothing but its name.
    pub(crate) nothing: &'static str,
    pub(crate) page: &'static str,
    /// Between the number of a page and that of all.
    pub(crate) of: &'static str,
}
