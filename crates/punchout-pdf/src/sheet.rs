//! What the document says, in the reader's language, before it has a place.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use punchout_core::Sink;
use punchout_cxml::OrderRequest;

use crate::texts::Texts;

mod header;
mod item;
mod money;
mod omitted;
mod party;
mod value;

/// All texts of a document in the order they are read.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// What the document is, such as `Purchase order`.
    pub(crate) kind: String,
    /// The order number.
    pub(crate) number: String,
    /// Whose order it is.
    pub(crate) buyer: String,
    pub(crate) date: Option<DateTime<FixedOffset>>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) parties: Vec<Party>,
    /// The currency of the prices in the table.
    pub(crate) currency: String,
    pub(crate) items: Vec<Item>,
    pub(crate) totals: Vec<Total>,
    /// What needs the full width.
    pub(crate) notes: Vec<Fact>,
}

/// Something with a name.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
}

impl Fact {
    fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.label.is_empty() {
            return f.write_str(&self.value);
        }
        write!(f, "{}: {}", self.label, self.value)
    }
}

/// A name, an address and the ways to reach somebody.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) label: String,
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
}

/// A row of the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    /// Where a finding about it says it is, such as `item 10`.
    pub(crate) place: String,
    pub(crate) number: String,
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) description: String,
    /// What else the order says about the line.
    pub(crate) details: Vec<Fact>,
    pub(crate) quantity: String,
    pub(crate) unit: String,
    pub(crate) price: String,
    /// What the price is for, unless it is for one of the ordered unit, and
    /// its currency, unless it is that of the table.
    pub(crate) price_note: String,
    pub(crate) amount: String,
    pub(crate) amount_note: String,
}

/// A sum below the table.
#[derive(Clone, Debug)]
pub(crate) struct Total {
    pub(crate) label: String,
    pub(crate) amount: String,
    /// How it comes about.
    pub(crate) notes: Vec<String>,
    pub(crate) grand: bool,
}

impl Sheet {
    /// Reads an order out.
    pub(crate) fn new(order: &OrderRequest, texts: &Texts, sink: &mut dyn Sink) -> Self {
        let header = &order.order_request_header;
        let lifted = item::common_ship_to(order);
        let items =
            order.item_out.iter().enumerate().map(|(n, item)| {
                Item::new(item, n, &header.total.money.currency, lifted.is_some(), texts, sink)
            });
        let items = items.collect();
        let sheet = Self {
            kind: header::kind(header, texts),
            number: header.order_id.to_string(),
            buyer: header.bill_to.address.name.text.to_string(),
            date: header.order_date.date_time(),
            facts: header::facts(header, texts),
            parties: header::parties(header, lifted, texts),
            currency: header.total.money.currency.to_string(),
            items,
            totals: money::totals(order, texts, sink),
            notes: header::notes(header, texts),
        };
        omitted::report(order, sink);
        sheet
    }

    pub(crate) fn title(&self) -> String {
        value::words([self.kind.as_str(), &self.number])
    }
}
