//! The order's own XML as a tree that remembers what was read from it.
//!
//! The document is made of what is read here, and ends with what was not. So
//! nothing of an order can be forgotten, whatever is added to cXML.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use punchout_core::{Amount, Secret};
use punchout_cxml::secret::{self, Secrets};
use punchout_cxml::{Body, Credential, Document, Header, OrderRequest, Party, Request, Sender};

use crate::{Error, ErrorKind};

mod mask;
mod parse;
mod price;
mod worth;

/// The order as the writer of cXML writes it, from a party to a party if they
/// are known.
pub(crate) fn written(order: &OrderRequest, parties: Option<[&Party; 2]>) -> Result<String, Error> {
    let nobody = || Credential::new("", "");
    let [from, to] =
        parties.map_or_else(|| [nobody(), nobody()].map(Party::new), |both| both.map(Party::clone));
    let header = Header::new(from, to, Sender::new(nobody(), ""));
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
    /// How often in the texts of nodes and in their attributes.
    masked: BTreeMap<(usize, Option<&'a str>), usize>,
    /// How many amounts of the sender's own are hidden.
    guessed: usize,
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

impl Attribute<'_> {
    /// Whether it says how many, as no secret does.
    fn is_quantity(&self) -> bool {
        self.name == "quantity" && self.value.parse::<Amount>().is_ok()
    }
}

/// What the name of an element says about secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// It proves who somebody is.
    Proof,
    /// It lets its bearer in.
    StartPage,
    /// Its attributes pay.
    Card,
    Other,
}

impl Sort {
    fn of(name: &str) -> Self {
        if secret::is_element(name) {
            Self::Proof
        } else if secret::is_start_page(name) {
            Self::StartPage
        } else if secret::is_card(name) {
            Self::Card
        } else {
            Self::Other
        }
    }
}

impl<'a> Tree<'a> {
    /// Takes what [`written`] wrote, without what is on no page: secrets, and on
    /// request all prices. What is a secret is for [`secret`] to say, as it is
    /// where the document is attached.
    pub(crate) fn new(xml: &'a str, without_prices: bool) -> Self {
        let mut tree = parse::parse(xml);
        if tree.hide_elements() {
            // what they say may be repeated
            tree.hide(&Secrets::of(xml.as_bytes()));
        } else {
            tree.hide_texts(secret::hidden, secret::hidden_in_identifier);
        }
        if without_prices {
            tree.hide_prices();
        }
        tree
    }

    /// Hides what is repeated of the secrets of the document that the order
    /// came in.
    pub(crate) fn hide(&mut self, secrets: &Secrets) {
        self.hide_texts(|text| secrets.hide_repeated(text), |text| secrets.hide_repeated_in_identifier(text));
    }

    /// Hides elements that are secrets, and what is never said. Tells whether
    /// any of them proves who somebody is.
    fn hide_elements(&mut self) -> bool {
        let mut sorts = HashMap::new();
        let mut has_proofs = false;
        for at in 0..self.nodes.len() {
            let (before, after) = self.nodes.split_at_mut(at);
            let Some(node) = after.first_mut() else { break };
            let sort = *sorts.entry(node.name).or_insert_with(|| Sort::of(node.name));
            let attributes = self.attributes.get(node.attributes.clone()).unwrap_or_default();
            let is_named = |attribute: &Attribute<'_>| {
                attribute.name.eq_ignore_ascii_case("name") && Secret::is_named(&attribute.value)
            };
            let is_proof = sort == Sort::Proof || attributes.iter().any(is_named);
            has_proofs |= is_proof;
            let is_in_hidden = before.get(node.parent).is_some_and(|parent| parent.hidden);
            node.hidden = is_in_hidden || is_proof || sort == Sort::StartPage;
            for attribute in attributes {
                // the language of a text is for programs
                if sort == Sort::Card || attribute.name == "xml:lang" {
                    attribute.read.set(true);
                }
            }
        }
        has_proofs
    }

    /// How many values are hidden as amounts that only their name or what they
    /// say tells to be amounts.
    pub(crate) fn hidden_amounts(&self) -> usize {
        self.guessed
    }

    /// The element that is the order.
    pub(crate) fn order(&self) -> Option<Element<'_>> {
        self.first("OrderRequest")
    }

    /// The element of the header that says whom the order comes from.
    pub(crate) fn from(&self) -> Option<Element<'_>> {
        self.first("From")
    }

    /// The element of the header that says whom the order goes to.
    pub(crate) fn to(&self) -> Option<Element<'_>> {
        self.first("To")
    }

    fn first(&self, name: &str) -> Option<Element<'_>> {
        let at = self.nodes.iter().position(|node| node.name == name)?;
        Some(Element { tree: self, at })
    }

    fn node(&self, at: usize) -> &Node<'a> {
        self.nodes.get(at).expect("elements have numbers of their tree")
    }

    fn attributes_of(&self, node: &Node<'a>) -> &[Attribute<'a>] {
        self.attributes.get(node.attributes.clone()).unwrap_or_default()
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

    fn attributes(self) -> &'t [Attribute<'t>] {
        self.tree.attributes_of(self.node())
    }

    fn find(self, name: &str) -> Option<&'t Attribute<'t>> {
        self.attributes().iter().find(|attribute| attribute.name == name)
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
        self.find(name).map_or("", |attribute| {
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
        self.find(name).is_some_and(|attribute| !attribute.value.trim().is_empty())
    }

    /// Whether an attribute has this value; any other is not read.
    pub(crate) fn takes(self, name: &str, value: &str) -> bool {
        self.find(name).filter(|attribute| attribute.value.trim() == value).is_some_and(|attribute| {
            attribute.read.set(true);
            self.node().seen.set(true);
            true
        })
    }

    /// Whether an attribute is exactly this; asking is not reading.
    pub(crate) fn says(self, name: &str, value: &str) -> bool {
        self.find(name).map_or("", |found| &found.value) == value
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
            self.tree.attributes_of(node).iter().for_each(|attribute| attribute.read.set(true));
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
        let (node, attributes) = (self.node(), self.attributes());
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
