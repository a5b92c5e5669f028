//! From the items of a basket to the lines of a draft.

mod article;
mod classification;
mod group;
mod price;

use punchout_core::{Amount, Code, Diagnostic, Severity, Sink, Text};
use punchout_cxml::{
    Extrinsic, ItemClassification, ItemDetail, ItemDetailInit, ItemOut, MasterAgreementIdInfo,
    PriceBasisQuantity,
};
use punchout_oci::{Basket, Field, Item};
use rust_decimal::Decimal;

use crate::{DraftLine, code};
use group::Group;

/// Makes a line of each item, numbered from `first`.
pub(crate) fn lines(basket: &Basket, lang: &Text, first: u32, sink: &mut dyn Sink) -> Vec<DraftLine> {
    let groups = group::of(&basket.items);
    let number = |position: usize| first.saturating_add(u32::try_from(position).unwrap_or(u32::MAX));
    let line = |(position, (item, group)): (usize, (&Item, &Group<'_>))| {
        let mut item_out = Mapping { item, lang, sink, extrinsic: Vec::new() }.line(group);
        item_out.line_number = Some(number(position).into());
        item_out.parent_line_number = group.parent.map(|parent| number(parent).into());
        DraftLine { basket_index: Some(item.index), item_out }
    };
    basket.items.iter().zip(&groups).enumerate().map(line).collect()
}

/// One item on its way into the order.
struct Mapping<'a> {
    item: &'a Item,
    lang: &'a Text,
    sink: &'a mut dyn Sink,
    /// What has no place of its own in an order.
    extrinsic: Vec<Extrinsic>,
}

impl Mapping<'_> {
    fn line(mut self, group: &Group<'_>) -> ItemOut {
        let mut line = ItemOut::new(self.quantity(), self.item_id());
        let unit = self.unit();
        let money = self.price(group);
        let mut classification = self.classification().into_iter();
        let first = classification.next().unwrap_or_else(classification::unknown);
        let mut detail = ItemDetail::from(ItemDetailInit {
            unit_price: money.into(),
            description: self.description(),
            unit_of_measure: unit.clone(),
            classification: first,
        });
        detail.classification.extend(classification);
        if self.item.price_unit_or_one() != Decimal::ONE {
            detail.price_basis_quantity =
                self.item.price_unit.as_ref().map(|per| PriceBasisQuantity::new(plain(per), unit));
        }
        self.manufacturer(&mut detail);
        self.lead_time(&mut detail);
        self.agreement(&mut line);
        self.service(&mut line);
        self.group(group, &mut line);
        for field in ITS_OWN_NAME {
            self.keep(field);
        }
        for extra in &self.item.extra {
            let (name, value) = (self.clean(&extra.name, &extra.name), self.clean(&extra.value, &extra.name));
            if !value.trim().is_empty() {
                self.extrinsic.push(Extrinsic::new(name, value));
            }
        }
        detail.extrinsic = self.extrinsic;
        line.with_item_detail(detail)
    }

    fn lead_time(&mut self, detail: &mut ItemDetail) {
        match (&self.item.lead_time, self.item.lead_time_days()) {
            (None, _) => {}
            (Some(sent), Some(days)) => {
                let is_plain = sent.as_sent().bytes().all(|b| b.is_ascii_digit());
                detail.lead_time = Some(if is_plain { plain(sent) } else { days.into() });
            }
            (Some(sent), None) => {
                let message = format!("lead time {} is no whole number of days", sent.value());
                let help = "it goes with the order as `LEADTIME`; set the delivery date of the line";
                self.report(code::LEAD_TIME, Severity::Warning, Field::LeadTime, message, help);
                self.keep(Field::LeadTime);
            }
        }
    }

    fn agreement(&mut self, line: &mut ItemOut) {
        if let Some(contract) = self.text(Field::Contract) {
            line.master_agreement_id_info = Some(Box::new(MasterAgreementIdInfo::new(contract)));
        }
        line.agreement_item_number = self.text(Field::ContractItem);
    }

    fn service(&mut self, line: &mut ItemOut) {
        if self.item.is_service() {
            line.item_classification = Some(ItemClassification::Service);
            if self.item.service.as_deref() != Some("X") {
                self.keep(Field::Service);
            }
        }
    }

    /// The text of a field, fit for XML; `None` when it is blank.
    fn text(&mut self, field: Field) -> Option<Text> {
        let text = self.item.text(field).filter(|text| !text.trim().is_empty())?;
        let text = self.clean(text, field.as_str());
        // a browser turns each line end of a text into CR LF
        let is_prose = matches!(field, Field::Description | Field::LongText);
        Some(if is_prose && text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text })
    }

    /// Puts blanks in the place of characters that XML 1.0 cannot say.
    fn clean(&mut self, text: &str, field: &str) -> Text {
        if !text.contains(is_forbidden) {
            return Text::from(text);
        }
        let finding = Diagnostic::new(
            code::CHARACTER,
            Severity::Warning,
            "the text has characters that XML cannot say; they are blanks in the order",
        );
        self.sink.report(finding.at(self.place(field)).help("remove control characters from the text"));
        Text::from(text.replace(is_forbidden, " "))
    }

    /// Lets a field go with the order under its own name.
    fn keep(&mut self, field: Field) {
        if let Some(text) = self.text(field) {
            self.extrinsic.push(Extrinsic::new(field.as_str(), text));
        }
    }

    fn report(
        &mut self,
        code: Code,
        severity: Severity,
        field: Field,
        message: impl Into<String>,
        help: &'static str,
    ) {
        if !self.sink.wants(severity) {
            return;
        }
        let place = self.place(field.as_str());
        self.sink.report(Diagnostic::new(code, severity, message).at(place).help(help));
    }

    fn place(&self, field: &str) -> String {
        format!("item {} / {}", self.item.index, punchout_core::truncated(field, 64))
    }
}

/// Fields that cXML has no element for, or none that means the same: the
/// supplier knows them by the name that its own shop sent.
const ITS_OWN_NAME: [Field; 13] = [
    Field::Vendor,
    Field::ExtQuoteId,
    Field::ExtQuoteItem,
    Field::Attachment,
    Field::AttachmentTitle,
    Field::AttachmentPurpose,
    Field::SldSysName,
    Field::CustField1,
    Field::CustField2,
    Field::CustField3,
    Field::CustField4,
    Field::CustField5,
    Field::Tax,
];

/// The number in digits and dot: as it was sent if it was sent so.
fn plain(amount: &Amount) -> Amount {
    let as_sent = amount.as_sent().parse::<Amount>().ok();
    as_sent
        .filter(|sent| sent.value() == amount.value() && !sent.as_sent().starts_with('+'))
        .unwrap_or_else(|| Amount::from(amount.value()))
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_keep_their_spelling() {
        for (sent, value, written) in [
            ("17.5000", "17.5", "17.5000"),
            ("0100", "100", "0100"),
            ("1 730,90", "1730.90", "1730.90"),
            ("+5", "5", "5"),
            ("", "1", "1"),
        ] {
            let amount = Amount::with_spelling(value.parse().unwrap(), sent);
            assert_eq!(plain(&amount).as_sent(), written);
        }
    }
}
