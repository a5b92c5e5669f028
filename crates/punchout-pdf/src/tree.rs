//! The order's own XML as a tree that remembers what was read from it.
//!
//! The document is made of what is read here, and ends with what was not. So
//! nothing of an order can be forgotten, whatever is added to cXML.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use punchout_core::Secret;
use punchout_cxml::{Body, Credential, Document, Header, OrderRequest, Party, Request, Sender};

use crate::{Error, ErrorKind};

mod parse;

/// Elements that prove who somebody is. What is in them is on no page.
const SECRETS: [&str; 4] = ["SharedSecret", "CredentialMac", "DigitalSignature", "Password"];
/// Elements that tell a card's number. Their other attributes are known.
const CARDS: [&str; 2] = ["PCard", "PaymentToken"];
/// Elements that tell prices.
const PRICES: [&str; 8] = [
    "Money",
    "Modifications",
    "PricingConditions",
    "ValidityPeriods",
    "Tax",
    "TaxDetail",
    "CostTermValue",
    "ControlSum",
];

/// The order as the writer of cXML writes it.
pub(crate) fn written(order: &OrderRequest) -> Result<String, Error> {
    let nobody = || Credential::new("", "");
    let header = Header::new(Party::new(nobody()), Party::new(nobody()), Sender::new(nobody(), ""));
    let body = Body::request(header, Request::new(order.clone()));
    let document = Document::new("", "", body);
    let bytes = document
        .write_unchecked()
        .map_err(|e| Error::new(ErrorKind::Order, "the order cannot be written as cXML").caused_by(e))?;
    Ok(String::from_utf8(bytes).expect("cXML is written as UTF-8"))
}

/// The elements of a document in its order.
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
}

struct Node<'a> {
    name: &'a str,
    /// Which of its name it is in its parent, from 1.
    nth: u32,
    parent: usize,
    /// Behind it and all that it holds.
    next: usize,
    attributes: Range<usize>,
    /// Its own, without that of its children.
    text: Cow<'a, str>,
    read: Cell<bool>,
    /// Whether anything was asked of it.
    seen: Cell<bool>,
    hidden: bool,
}

struct Attribute<'a> {
    name: &'a str,
    value: Cow<'a, str>,
    read: Cell<bool>,
}

impl<'a> Tree<'a> {
    /// Takes what [`written`] wrote, without what is on no page: secrets, card
    /// numbers, and on request all prices.
    pub(crate) fn new(xml: &'a str, without_prices: bool) -> Self {
        let mut tree = parse::parse(xml);
        for at in 0..tree.nodes.len() {
            let (before, after) = tree.nodes.split_at_mut(at);
            let Some(node) = after.first_mut() else { break };
            let is = |names: &[&str]| {
                let name = node.name.rsplit(':').next().unwrap_or_default();
                names.iter().any(|known| known.eq_ignore_ascii_case(name))
            };
            let (is_secret, is_card) = (is(&SECRETS), is(&CARDS));
            let is_price = without_prices && is(&PRICES);
            let is_in_hidden = before.get(node.parent).is_some_and(|parent| parent.hidden);
            let attributes = tree.attributes.get(node.attributes.clone()).unwrap_or_default();
            let is_named_secret = attributes
                .iter()
                .any(|attribute| attribute.name == "name" && is_secret_name(&attribute.value));
            node.hidden = is_in_hidden || is_secret || is_price || is_named_secret;
            for attribute in attributes {
                let is_known = ["expiration", "name"].contains(&attribute.name);
                // what no price is for
                let is_basis =
                    without_prices && node.name == "PriceBasisQuantity" && attribute.name == "quantity";
                // the language of a text is for programs
                if attribute.name == "xml:lang" || is_basis || is_card && !is_known {
                    attribute.read.set(true);
                }
            }
        }
        tree
    }

    /// The element that is the order.
    pub(crate) fn order(&self) -> Option<Element<'_>> {
        let at = self.nodes.iter().position(|node| node.name == "OrderRequest")?;
        Some(Element { tree: self, at })
    }

    fn node(&self, at: usize) -> &Node<'a> {
        self.nodes.get(at).expect("elements have numbers of their tree")
    }
}

/// An element of a [`Tree`].
#[derive(Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree<'t>,
    at: usize,
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node<'t> {
        self.tree.node(self.at)
    }

    /// Its own text, without blanks at the ends.
    pub(crate) fn text(self) -> &'t str {
        self.node().read.set(true);
        self.node().seen.set(true);
        self.node().text.trim()
    }

    /// An attribute without blanks at the ends; empty if there is none.
    pub(crate) fn attribute(self, name: &str) -> &'t str {
        self.node().seen.set(true);
        let attributes = self.tree.attributes.get(self.node().attributes.clone()).unwrap_or_default();
        attributes.iter().find(|attribute| attribute.name == name).map_or("", |attribute| {
            attribute.read.set(true);
            attribute.value.trim()
        })
    }

    /// Whether it has text; asking is not reading.
    pub(crate) fn has_text(self) -> bool {
        !self.node().text.trim().is_empty()
    }

    /// Whether an attribute says something; asking is not reading.
    pub(crate) fn has(self, name: &str) -> bool {
        let attributes = self.tree.attributes.get(self.node().attributes.clone()).unwrap_or_default();
        attributes.iter().any(|attribute| attribute.name == name && !attribute.value.trim().is_empty())
    }

    /// Whether an attribute has this value; any other is not read.
    pub(crate) fn takes(self, name: &str, value: &str) -> bool {
        let attributes = self.tree.attributes.get(self.node().attributes.clone()).unwrap_or_default();
        let found =
            attributes.iter().find(|attribute| attribute.name == name && attribute.value.trim() == value);
        found.is_some_and(|attribute| {
            attribute.read.set(true);
            self.node().seen.set(true);
            true
        })
    }

    /// Whether an attribute is exactly this; asking is not reading.
    pub(crate) fn says(self, name: &str, value: &str) -> bool {
        let attributes = self.tree.attributes.get(self.node().attributes.clone()).unwrap_or_default();
        attributes.iter().find(|attribute| attribute.name == name).map_or("", |found| &found.value) == value
    }

    /// Whether both are the same element of one tree.
    pub(crate) fn is(self, other: Element<'_>) -> bool {
        self.at == other.at
    }

    pub(crate) fn name(self) -> &'t str {
        self.node().name
    }

    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let Element { tree, at } = self;
        let end = self.node().next;
        let mut next = at + 1;
        let all = std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| {
                next = tree.node(at).next;
                Element { tree, at }
            })
        });
        all.filter(|child| !child.node().hidden)
    }

    /// All children of a name.
    pub(crate) fn all(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.node().name == name)
    }

    /// The first child of a name.
    pub(crate) fn child(self, name: &str) -> Option<Element<'t>> {
        self.all(name).next()
    }

    /// The text of the first child of a name; empty if there is none.
    pub(crate) fn text_of(self, name: &str) -> &'t str {
        self.child(name).map_or("", Element::text)
    }

    /// Takes it as read with all that it holds, since that is said elsewhere.
    pub(crate) fn skip(self) {
        for node in self.tree.nodes.get(self.at..self.node().next).unwrap_or_default() {
            node.read.set(true);
            node.seen.set(true);
            self.tree
                .attributes
                .get(node.attributes.clone())
                .unwrap_or_default()
                .iter()
                .for_each(|attribute| attribute.read.set(true));
        }
    }

    /// What of it was not read: where it stands, and what it says. Children
    /// that the filter refuses are left out.
    pub(crate) fn unread(self, mut keep: impl FnMut(Element<'t>) -> bool) -> Vec<(String, String)> {
        let mut unread = Vec::new();
        let end = self.node().next;
        let mut at = self.at;
        while at < end {
            let element = Element { tree: self.tree, at };
            let node = element.node();
            if node.hidden || at != self.at && node.parent == self.at && !keep(element) {
                at = node.next;
                continue;
            }
            if let Some(said) = element.unread_self() {
                unread.push((element.path(self.at), said));
            }
            at += 1;
        }
        unread
    }

    fn unread_self(self) -> Option<String> {
        let node = self.node();
        let attributes = self.tree.attributes.get(node.attributes.clone()).unwrap_or_default();
        let says = |attribute: &&Attribute<'_>| !attribute.value.trim().is_empty();
        let text = Some(node.text.trim()).filter(|text| !text.is_empty());
        let is_bare = text.is_none() && node.next == self.at + 1 && !attributes.iter().any(|a| says(&a));
        if is_bare {
            return (!node.seen.get()).then(String::new);
        }
        let text = text.filter(|_| !node.read.get()).map(str::to_owned);
        let unread = attributes.iter().filter(|attribute| says(attribute) && !attribute.read.get());
        let unread = unread.map(|attribute| format!("{}: {}", attribute.name, attribute.value.trim()));
        let said: Vec<_> = text.into_iter().chain(unread).collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// Its name and those of what it is in, up to another element, which is
    /// named only if it is this one.
    fn path(self, from: usize) -> String {
        const DEEPEST: usize = 12;
        let mut names = Vec::new();
        let mut at = self.at;
        while at != from && names.len() < DEEPEST {
            let node = self.tree.node(at);
            let nth = node.nth;
            names.push(if nth > 1 { format!("{} {nth}", node.name) } else { node.name.to_owned() });
            at = node.parent;
        }
        if names.is_empty() {
            return self.node().name.to_owned();
        }
        if at != from {
            names.push("…".to_owned());
        }
        names.reverse();
        names.join(" / ")
    }
}

/// Whether something of this name is a secret that has no element of its own.
fn is_secret_name(name: &str) -> bool {
    if Secret::is_named(name) {
        return true;
    }
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let known = ["password", "passwd", "passphrase", "secret", "sharedsecret", "apikey", "cardnumber", "cvv"];
    known.iter().any(|known| known.eq_ignore_ascii_case(&letters))
}

/// Counts the names of children.
#[derive(Default)]
struct Names<'a>(HashMap<&'a str, u32>);

impl<'a> Names<'a> {
    fn nth(&mut self, name: &'a str) -> u32 {
        let nth = self.0.entry(name).or_default();
        *nth += 1;
        *nth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<?xml version='1.0'?><!-- <a/> --><cXML><OrderRequest a='1 &lt; &quot;2&quot;' b=\"&#x41;&#66;'\" xml:lang='de'>\
        <A>x &amp;<!-- no --><![CDATA[ <y>]]></A><A c='3'/><B><C>deep</C><D/></B><Empty/>\
        <PCard number='4111' expiration='2030-01-01' cvv='123'><Name>Jo</Name></PCard>\
        <Credential domain='D'><SharedSecret>s3cret</SharedSecret></Credential>\
        <Extrinsic name='Password'>hunter2</Extrinsic><Money currency='EUR'>1.50</Money></OrderRequest></cXML>";

    #[test]
    fn knows_what_was_not_read() {
        let tree = Tree::new(XML, false);
        let order = tree.order().unwrap();
        assert_eq!(order.attribute("a"), "1 < \"2\"");
        assert_eq!(order.text_of("A"), "x & <y>");
        assert_eq!(order.child("B").unwrap().text_of("C"), "deep");
        let unread = order.unread(|child| child.node().name != "Money");
        let unread: Vec<_> = unread.iter().map(|(path, said)| format!("{path}={said}")).collect();
        assert_eq!(
            unread,
            [
                "OrderRequest=b: AB'",
                "A 2=c: 3",
                "B / D=",
                "Empty=",
                "PCard=expiration: 2030-01-01",
                "PCard / Name=Jo",
                "Credential=domain: D",
            ]
        );
        order.skip();
        assert!(order.unread(|_| true).is_empty());
    }

    #[test]
    fn prices_can_be_hidden() {
        let tree = Tree::new(XML, true);
        let order = tree.order().unwrap();
        assert!(order.child("Money").is_none() && order.text_of("Money").is_empty());
        assert!(order.unread(|_| true).iter().all(|(path, _)| path != "Money"));
    }
}
