//! What an order says about money, where it is not to be shown.

use super::Tree;

/// Elements that tell prices, and are not called like one.
const PRICES: [&str; 9] = [
    "Money",
    "Discount",
    "Modifications",
    "PricingConditions",
    "ValidityPeriods",
    "Tax",
    "TaxDetail",
    "CostTermValue",
    "ControlSum",
];
/// What a price is for. Units are counted by it, too.
const BASIS: &str = "PriceBasisQuantity";
/// An order without these is none, whatever attributes they have.
const FRAME: [&str; 5] = ["OrderRequest", "OrderRequestHeader", "ItemOut", "ItemDetail", "BlanketItemDetail"];
/// What prices and amounts are called, by cXML and by senders.
const WORDS: [&str; 8] = ["price", "amount", "preis", "betrag", "prijs", "bedrag", "prix", "montant"];

impl Tree<'_> {
    pub(super) fn hide_prices(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(node) = self.nodes.get(at) else { break };
            let attributes = self.attributes_of(node);
            let parent = self.nodes.get(node.parent);
            let is_of_basis = parent.is_some_and(|parent| local(parent.name) == BASIS);
            let name = local(node.name);
            let is_price = match name {
                BASIS => false,
                "PaymentTerm" => self.has_discount(at),
                "Extrinsic" => attributes.iter().any(|it| it.name == "name" && tells_price(&it.value)),
                "Description" if is_of_basis => true,
                name if FRAME.contains(&name) => false,
                name => {
                    PRICES.iter().any(|known| known.eq_ignore_ascii_case(name))
                        || tells_price(name)
                        || attributes.iter().any(|it| it.name.eq_ignore_ascii_case("currency"))
                }
            };
            for attribute in attributes {
                let is_basis = name == BASIS && attribute.name == "quantity";
                if is_basis || tells_price(attribute.name) || attribute.name == "currency" {
                    attribute.read.set(true);
                }
            }
            let is_in_hidden = parent.is_some_and(|parent| parent.hidden);
            if let Some(node) = self.nodes.get_mut(at) {
                node.hidden |= is_price || is_in_hidden;
            }
        }
    }

    /// A term that a discount is for is no term to pay by without it.
    fn has_discount(&self, at: usize) -> bool {
        let inside = at..self.node(at).next;
        self.nodes.get(inside).unwrap_or_default().iter().any(|node| local(node.name) == "Discount")
    }
}

fn tells_price(name: &str) -> bool {
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
