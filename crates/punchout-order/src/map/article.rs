//! What an article is called, and by whom.

use punchout_core::{Severity, Text};
use punchout_cxml::{Description, ItemDetail, ItemId, ManufacturerName};
use punchout_oci::Field;

use super::Mapping;
use crate::code;

/// The most characters of a short name.
const SHORT_NAME_MOST: usize = 50;

impl Mapping<'_> {
    /// VENDORMAT is the article number. `EXT_PRODUCT_ID` is the shop's own key
    /// and goes beside it where it says something else, so that the supplier
    /// finds the very product that was chosen.
    pub(super) fn item_id(&mut self) -> ItemId {
        let product = self.text(Field::ExtProductId);
        let part = match (self.text(Field::VendorMat), &product) {
            (Some(number), _) => number,
            (None, Some(product)) => {
                self.no_vendor_mat(Severity::Warning, "the shop's key EXT_PRODUCT_ID is given in its place");
                product.clone()
            }
            (None, None) => {
                let number = self.text(Field::ManufactMat);
                let help = match number {
                    Some(_) => "MANUFACTMAT is given in its place; check that the supplier knows it",
                    None => "set the supplier's part number of the line",
                };
                self.no_vendor_mat(Severity::Error, help);
                number.unwrap_or_default()
            }
        };
        let mut id = ItemId::new(part);
        id.supplier_part_auxiliary_id =
            product.filter(|product| product.trim() != id.supplier_part_id.value.trim()).map(Into::into);
        id.buyer_part_id = self.text(Field::Matnr);
        id
    }

    fn no_vendor_mat(&mut self, severity: Severity, help: &'static str) {
        let message = "the item has no article number of the supplier";
        self.report(code::PART_ID, severity, Field::VendorMat, message, help);
    }

    /// The long text is the description and the item text its short name, as
    /// the guide has it; a lone or an overlong item text is description itself.
    pub(super) fn description(&mut self) -> Description {
        let (name, long) = (self.text(Field::Description), self.text(Field::LongText));
        let (text, short_name) = match (name, long) {
            (None, None) => {
                let help = "describe the line, so that a person at the supplier's can check it";
                let message = "the item has no text";
                self.report(code::DESCRIPTION, Severity::Warning, Field::Description, message, help);
                (Text::EMPTY, None)
            }
            (Some(text), None) | (None, Some(text)) => (text, None),
            (Some(name), Some(long)) if name.trim() == long.trim() => (long, None),
            (Some(name), Some(long)) if name.chars().count() <= SHORT_NAME_MOST => (long, Some(name)),
            (Some(name), Some(long)) if long.starts_with(name.trim()) => (long, None),
            (Some(name), Some(long)) => {
                let message =
                    format!("the item text has more than the {SHORT_NAME_MOST} characters of a short name");
                let help = "it stands before the long text, on a line of its own";
                self.report(code::SHORT_NAME, Severity::Note, Field::Description, message, help);
                (format!("{name}\n{long}").into(), None)
            }
        };
        let mut description = Description::new(text, self.lang.clone());
        description.short_name = short_name;
        description
    }

    /// MANUFACTCODE is the buyer's number of the manufacturer. Many shops send
    /// the name there; only what has letters is given as one.
    pub(super) fn manufacturer(&mut self, detail: &mut ItemDetail) {
        detail.manufacturer_part_id = self.text(Field::ManufactMat);
        match self.text(Field::ManufactCode) {
            Some(name) if name.contains(char::is_alphabetic) => {
                let mut name = ManufacturerName::new(name);
                name.lang = Some(self.lang.clone());
                detail.manufacturer_name = Some(name);
            }
            _ => self.keep(Field::ManufactCode),
        }
    }
}
