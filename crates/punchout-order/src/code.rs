//! The codes of the findings that making an order reports.
//!
//! Findings about the way from a basket to the draft are at `item 3 / PRICE`,
//! in the words of the basket; those about the way from the draft to the order
//! at `line 3` or `order / Total`, in the words of the order.
//!
//! | code | severity | what it says |
//! |---|---|---|
//! | `ORDER-CHARACTER` | warning | a text has characters that XML cannot say; they are blanks now |
//! | `ORDER-CLASS-NONE` | note | the item has no category; the order says `unknown` of `custom` |
//! | `ORDER-CLASS-UNSPSC` | warning | eight digits without a scheme are taken for UNSPSC |
//! | `ORDER-CURRENCY` | error | there is no currency, or none that is in use; it is kept as sent |
//! | `ORDER-CURRENCY-READ` | warning, error | a currency is read as a code: by its letters, or guessed from a word or sign |
//! | `ORDER-DATE` | note, warning | the order date is not spelled as cXML wants: spelled anew, or without offset and kept |
//! | `ORDER-DESCRIPTION` | warning | the item has no text at all |
//! | `ORDER-GROUP-PRICE` | error | a group and its parts both have prices; the total adds all of them |
//! | `ORDER-LEAD-TIME` | note, warning | no delivery date comes from this lead time: it is 0, or no whole number of days |
//! | `ORDER-PARENT` | error | the line above in the hierarchy is not there, or is below itself; the item stands alone |
//! | `ORDER-PART-ID` | warning, error | there is no VENDORMAT: another key is given, or none |
//! | `ORDER-PART-PRICE` | note | a member of a group has no price and is written with 0 |
//! | `ORDER-PRICE` | error | the item has no price that could be read; it is left open |
//! | `ORDER-PRICE-ZERO` | warning | the price is 0, and no other price of a group says why |
//! | `ORDER-QUANTITY` | error | the item has no quantity that could be read; it is left open |
//! | `ORDER-SHIP-TO` | note, warning | the order says nowhere where the goods go, or says it twice, or only for some lines |
//! | `ORDER-SHORT-NAME` | note | the item text is too long for a short name; it stands before the long text |
//! | `ORDER-TOTAL-CURRENCY` | warning | the total is rounded to two decimals, as the currency is not known |
//! | `ORDER-TOTAL-PARTIAL` | warning | a price has modifications, which the total leaves out |
//! | `ORDER-TOTAL-ROUNDED` | note | rounded lines add up to another total than the exact ones |
//! | `ORDER-UNIT` | error | the item has no unit; it is left open |
//! | `ORDER-UNIT-CODE` | warning | the unit was no code and is written as one |
//! | `ORDER-UNIT-UNKNOWN` | warning | the meaning of the unit is not known; it is kept as sent |

use punchout_core::Code;

/// Characters that XML cannot say are blanks now.
pub const CHARACTER: Code = Code::new("ORDER-CHARACTER");
/// The item has no category.
pub const CLASS_NONE: Code = Code::new("ORDER-CLASS-NONE");
/// Eight digits without a scheme are taken for UNSPSC.
pub const CLASS_UNSPSC: Code = Code::new("ORDER-CLASS-UNSPSC");
/// There is no currency, or none that is in use.
pub const CURRENCY: Code = Code::new("ORDER-CURRENCY");
/// A currency is read as a code.
pub const CURRENCY_READ: Code = Code::new("ORDER-CURRENCY-READ");
/// The order date is not spelled as cXML wants.
pub const DATE: Code = Code::new("ORDER-DATE");
/// The item has no text.
pub const DESCRIPTION: Code = Code::new("ORDER-DESCRIPTION");
/// A group and its parts both have prices.
pub const GROUP_PRICE: Code = Code::new("ORDER-GROUP-PRICE");
/// No delivery date comes from a lead time.
pub const LEAD_TIME: Code = Code::new("ORDER-LEAD-TIME");
/// The line above in the hierarchy is not there.
pub const PARENT: Code = Code::new("ORDER-PARENT");
/// There is no supplier's article number.
pub const PART_ID: Code = Code::new("ORDER-PART-ID");
/// A member of a group has no price.
pub const PART_PRICE: Code = Code::new("ORDER-PART-PRICE");
/// The item has no price.
pub const PRICE: Code = Code::new("ORDER-PRICE");
/// The price is 0.
pub const PRICE_ZERO: Code = Code::new("ORDER-PRICE-ZERO");
/// The item has no quantity.
pub const QUANTITY: Code = Code::new("ORDER-QUANTITY");
/// Where the goods go is not said once for each line.
pub const SHIP_TO: Code = Code::new("ORDER-SHIP-TO");
/// The item text is too long for a short name.
pub const SHORT_NAME: Code = Code::new("ORDER-SHORT-NAME");
/// The total is rounded without knowledge of the currency.
pub const TOTAL_CURRENCY: Code = Code::new("ORDER-TOTAL-CURRENCY");
/// The total leaves modifications of prices out.
pub const TOTAL_PARTIAL: Code = Code::new("ORDER-TOTAL-PARTIAL");
/// Rounded lines add up to another total than the exact ones.
pub const TOTAL_ROUNDED: Code = Code::new("ORDER-TOTAL-ROUNDED");
/// The item has no unit.
pub const UNIT: Code = Code::new("ORDER-UNIT");
/// The unit was no code and is written as one.
pub const UNIT_CODE: Code = Code::new("ORDER-UNIT-CODE");
/// The meaning of the unit is not known.
pub const UNIT_UNKNOWN: Code = Code::new("ORDER-UNIT-UNKNOWN");

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_lists_the_codes() {
        let source = include_str!("code.rs");
        let listed = |line: &'static str| line.strip_prefix("//! | `ORDER-")?.split('`').next();
        let defined =
            |line: &'static str| line.strip_prefix("pub const ")?.split_once("ORDER-")?.1.split('"').next();
        let listed: Vec<_> = source.lines().filter_map(listed).collect();
        let defined: Vec<_> = source.lines().filter_map(defined).collect();
        assert_eq!(listed, defined);
        assert!(listed.len() > 20 && listed.is_sorted());
    }
}
