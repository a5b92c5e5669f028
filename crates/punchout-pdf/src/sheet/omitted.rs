//! What of the order the document does not show.

use std::collections::BTreeSet;

use punchout_core::{Code, Diagnostic, Severity, Sink};
use punchout_cxml::{
    ItemDetail, ItemOut, OrderRequest, OrderRequestHeader, Other, RawElement, ShipTo, Shipping, Tax, Total,
};

/// Something of the order is not in the document.
const OMITTED: Code = Code::new("PDF-OMITTED");

/// How many elements a finding names.
const NAMED: usize = 12;

/// Names the elements that this layout has no words for.
pub(super) fn report(order: &OrderRequest, sink: &mut dyn Sink) {
    let mut omitted = Omitted::default();
    omitted.header(&order.order_request_header);
    order.item_out.iter().for_each(|item| omitted.item(item));
    let Omitted(names) = omitted;
    if names.is_empty() {
        return;
    }
    let mut first: Vec<_> = names.iter().take(NAMED).copied().collect();
    let more = format!("and {} more", names.len().saturating_sub(NAMED));
    if names.len() > NAMED {
        first.push(&more);
    }
    let message = format!("the document does not show {}", first.join(", "));
    let finding = Diagnostic::new(OMITTED, Severity::Warning, message);
    sink.report(finding.help("send the cXML along with the document"));
}

#[derive(Debug, Default)]
struct Omitted<'a>(BTreeSet<&'a str>);

impl<'a> Omitted<'a> {
    fn header(&mut self, header: &'a OrderRequestHeader) {
        self.elements(&header.other);
        self.total(&header.total);
        header.ship_to.iter().for_each(|ship_to| self.ship_to(ship_to));
        header.shipping.iter().for_each(|shipping| self.shipping(shipping));
        header.tax.iter().for_each(|tax| self.tax(tax));
        header.payment.iter().for_each(|payment| self.elements(&payment.other));
        self.named([
            ("ControlKeys", header.control_keys.is_some()),
            ("OrderRequestHeaderIndustry", header.order_request_header_industry.is_some()),
        ]);
    }

    fn item(&mut self, item: &'a ItemOut) {
        self.elements(&item.other);
        item.item_detail.iter().for_each(|detail| self.item_detail(detail));
        item.ship_to.iter().for_each(|ship_to| self.ship_to(ship_to));
        item.shipping.iter().for_each(|shipping| self.shipping(shipping));
        item.tax.iter().for_each(|tax| self.tax(tax));
        for line in &item.schedule_line {
            self.elements(&line.other);
            self.named([
                ("ScheduleLineReleaseInfo", line.schedule_line_release_info.is_some()),
                ("SubcontractingComponent", !line.subcontracting_component.is_empty()),
            ]);
        }
        self.named([
            ("Path", item.path.is_some()),
            ("BlanketItemDetail", item.blanket_item_detail.is_some()),
            ("SupplierID", item.supplier_id.is_some()),
            ("SupplierList", item.supplier_list.is_some()),
            ("SpendDetail", item.spend_detail.is_some()),
            ("Indicator", !item.indicator.is_empty()),
            ("Tolerances", item.tolerances.is_some()),
            ("ControlKeys", item.control_keys.is_some()),
            (
                "MasterAgreementReference",
                item.master_agreement_reference
                    .as_ref()
                    .is_some_and(|agreement| agreement.agreement_id.is_none()),
            ),
            ("ItemOutIndustry", item.item_out_industry.is_some()),
            ("Packaging", !item.packaging.is_empty()),
            ("ReleaseInfo", item.release_info.is_some()),
            ("Batch", item.batch.is_some()),
        ]);
    }

    fn item_detail(&mut self, detail: &'a ItemDetail) {
        self.elements(&detail.other);
        self.elements(&detail.unit_price.other);
        self.named([
            ("Modifications", detail.unit_price.modifications.is_some()),
            ("PricingConditions", detail.unit_price.pricing_conditions.is_some()),
            ("ItemDetailIndustry", detail.item_detail_industry.is_some()),
            ("AttachmentReference", !detail.attachment_reference.is_empty()),
        ]);
    }

    fn total(&mut self, total: &'a Total) {
        self.elements(&total.other);
        self.named([("Modifications", total.modifications.is_some())]);
    }

    fn ship_to(&mut self, ship_to: &'a ShipTo) {
        self.elements(&ship_to.other);
        self.named([("TransportInformation", !ship_to.transport_information.is_empty())]);
    }

    fn shipping(&mut self, shipping: &'a Shipping) {
        self.elements(&shipping.other);
        self.named([("Modifications", shipping.modifications.is_some())]);
    }

    fn tax(&mut self, tax: &'a Tax) {
        for detail in &tax.tax_detail {
            self.elements(&detail.other);
            self.named([("TaxExemption", detail.tax_exemption.is_some())]);
        }
    }

    fn elements(&mut self, other: &'a Other) {
        self.0.extend(other.elements().map(RawElement::name));
    }

    fn named<const N: usize>(&mut self, names: [(&'static str, bool); N]) {
        self.0.extend(names.into_iter().filter(|(_, is)| *is).map(|(name, _)| name));
    }
}
