//! Drafts and documents to work with.

use punchout_core::{All, Amount, Diagnostic, Ignore};
use punchout_cxml::{
    Address, Country, Credential, Document, Header, ItemDetail, ItemOut, Name, PostalAddress, Sender,
};
use punchout_oci::{Basket, Item};
use punchout_order::OrderDraft;

pub(crate) fn address() -> Address {
    let street = PostalAddress::new("Dock Road 1", "Utrecht", Country::new("NL", "Netherlands"));
    Address::new(Name::new("Example Works", "en")).with_postal_address(street.with_postal_code("3511 AB"))
}

pub(crate) fn draft() -> OrderDraft {
    OrderDraft::new("4500000017", "2026-03-02T09:00:00+01:00", address()).with_ship_to(address())
}

pub(crate) fn header() -> Header {
    let buyer = Credential::new("NetworkID", "buyer");
    let sender = Sender::new(buyer.clone().with_shared_secret("geheim"), "Example ERP 1.0");
    Header::new(buyer, Credential::new("DUNS", "123456789"), sender)
}

pub(crate) fn document(draft: &OrderDraft) -> Document {
    draft.to_document("17.1@buyer.example.com", "2026-03-02T09:00:01+01:00", header(), &mut Ignore).unwrap()
}

pub(crate) fn number(text: &str) -> Amount {
    text.parse().unwrap()
}

/// An item of which nothing is to be said.
pub(crate) fn item() -> Item {
    let mut item =
        Item::new("Hex bolt M8x40", 250, "PCE").with_price(number("12.50"), "EUR", 100).with_article("4711");
    item.ext_schema_type = Some("UNSPSC".into());
    item.ext_category_id = Some("31161500".into());
    item
}

/// A basket whose items have rising indexes.
pub(crate) fn basket(items: impl IntoIterator<Item = Item>) -> Basket {
    let mut items: Vec<_> = items.into_iter().collect();
    for (index, item) in (1..).zip(&mut items) {
        item.index = index;
    }
    Basket::new(items)
}

/// A draft of these items, and the codes of its findings with their places.
pub(crate) fn mapped(items: impl IntoIterator<Item = Item>) -> (OrderDraft, Vec<String>) {
    let mut found = All::new();
    let draft = draft().with_basket(&basket(items), &mut found);
    (draft, briefly(found.found()))
}

/// Severity, code and place of each finding.
pub(crate) fn briefly(found: &[Diagnostic]) -> Vec<String> {
    let brief = |finding: &Diagnostic| format!("{} {} {}", finding.severity, finding.code, finding.at);
    found.iter().map(brief).collect()
}

/// The line of one item, and the findings about it.
pub(crate) fn line(item: Item) -> (ItemOut, Vec<String>) {
    let (mut draft, found) = mapped([item]);
    (draft.lines.remove(0).item_out, found)
}

pub(crate) fn detail(line: &ItemOut) -> &ItemDetail {
    line.item_detail.as_ref().unwrap()
}

/// The text of an extrinsic of the line.
pub(crate) fn extrinsic<'a>(line: &'a ItemOut, name: &str) -> Option<&'a str> {
    detail(line).extrinsic.iter().find(|extrinsic| extrinsic.name == name)?.value.as_text()
}
