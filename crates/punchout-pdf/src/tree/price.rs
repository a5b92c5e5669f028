//! What an order says about money, where it is not to be shown.

use std::collections::BTreeSet;

use super::{Tree, worth};

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
/// Texts that may speak of money among other things.
const TEXTS: [&str; 5] = ["Description", "ShortName", "Comments", "Name", "DeliverTo"];

impl Tree<'_> {
    /// Hides what tells amounts. Counts what does so by a name or a value that
    /// is the sender's own.
    pub(super) fn hide_prices(&mut self) {
        let currencies = self.currencies();
        let order = self.order().map_or(0, |order| order.at);
        for at in 0..self.nodes.len() {
            let Some(node) = self.nodes.get(at) else { break };
            let attributes = self.attributes_of(node);
            let parent = self.nodes.get(node.parent);
            let is_of_basis = parent.is_some_and(|parent| local(parent.name) == BASIS);
            let is_in_hidden = node.hidden || parent.is_some_and(|parent| parent.hidden);
            let name = local(node.name);
            let is_price = match name {
                BASIS | "Extrinsic" | "Characteristic" => false,
                "PaymentTerm" => self.has_discount(at),
                "Description" if is_of_basis => true,
                name if FRAME.contains(&name) => false,
                name => {
                    PRICES.iter().any(|known| known.eq_ignore_ascii_case(name))
                        || worth::is_price(name)
                        || attributes.iter().any(|it| it.name.eq_ignore_ascii_case("currency"))
                }
            };
            let is_guessed = !is_price && self.tells_amount(at, &currencies);
            let mut guessed = usize::from(is_guessed);
            for attribute in attributes {
                let is_basis = name == BASIS && attribute.name == "quantity";
                let is_amount = worth::is_price(attribute.name)
                    || attribute.name != "value" && worth::is_amount(attribute.name, &attribute.value);
                if is_basis || is_amount || attribute.name == "currency" {
                    attribute.read.set(true);
                    guessed += usize::from(is_amount && !is_price && !is_guessed);
                }
            }
            if !is_in_hidden && at >= order {
                self.guessed += guessed;
            }
            if let Some(node) = self.nodes.get_mut(at) {
                node.hidden |= is_price || is_guessed || is_in_hidden;
            }
        }
    }

    /// Whether an element of the sender's own tells an amount.
    fn tells_amount(&self, at: usize, currencies: &BTreeSet<String>) -> bool {
        let node = self.node(at);
        let attributes = self.attributes_of(node);
        let name = local(node.name);
        if !["Extrinsic", "Characteristic"].contains(&name) {
            let is_amount = worth::is_amount(name, &node.text)
                || worth::is_number(&node.text) && worth::says_money(&node.text, currencies);
            return is_amount && !TEXTS.contains(&name);
        }
        let find = |name: &str| attributes.iter().find(|it| it.name == name).map(|it| &*it.value);
        let kind = find("name").or(find("domain")).unwrap_or_default();
        let value = find("value").unwrap_or(&node.text);
        let inside = self.nodes.get(at..node.next).unwrap_or_default();
        worth::is_price(kind) && !worth::is_list(kind, value)
            || worth::is_amount(kind, value)
            || worth::says_money(value, currencies)
            || inside.iter().any(|node| local(node.name) == "Money")
    }

    /// Those that the order has amounts of.
    fn currencies(&self) -> BTreeSet<String> {
        let all = self.attributes.iter().filter(|attribute| attribute.name.eq_ignore_ascii_case("currency"));
        all.map(|attribute| attribute.value.trim().to_uppercase()).filter(|code| !code.is_empty()).collect()
    }

    /// A term that a discount is for is no term to pay by without it.
    fn has_discount(&self, at: usize) -> bool {
        let inside = at..self.node(at).next;
        self.nodes.get(inside).unwrap_or_default().iter().any(|node| local(node.name) == "Discount")
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
