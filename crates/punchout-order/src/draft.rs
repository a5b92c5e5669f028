use punchout_core::{Sink, Text};
use punchout_cxml::{
    BillTo, Body, Document, Header, Money, OrderRequest, OrderRequestHeader, OrderRequestHeaderInit, ShipTo,
    Timestamp,
};
use punchout_oci::Basket;
use rust_decimal::prelude::ToPrimitive as _;

use crate::line::open_amount;
use crate::total::Total;
use crate::{DraftLine, Error, map};

/// An order that is still edited and approved.
///
/// It holds the parts of the cXML order itself, so everything that cXML can
/// say can be put into it: contacts and comments into `header`, accounts, taxes
/// and dates into the lines. Lines may be dropped, added and changed in any
/// order; [`OrderDraft::to_order_request`] makes the whole fit together.
///
/// It is stored with the feature `serde`. An order that was sent becomes a
/// draft again by `From<OrderRequest>`, to be changed or cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OrderDraft {
    /// What is true of the whole order.
    ///
    /// Its `total` is not looked at: the order gets the sum of the lines.
    pub header: OrderRequestHeader,
    /// The language of the texts that come from baskets, such as `de`.
    pub lang: Text,
    /// The lines.
    pub lines: Vec<DraftLine>,
}

impl OrderDraft {
    /// A draft without lines: the purchase order's number and date, and who
    /// gets the invoice. Texts of baskets are in English until said otherwise.
    #[must_use]
    pub fn new(
        order_id: impl Into<Text>,
        order_date: impl Into<Timestamp>,
        bill_to: impl Into<BillTo>,
    ) -> Self {
        let header = OrderRequestHeaderInit {
            order_id: order_id.into(),
            order_date: order_date.into(),
            total: Money::new(open_amount(), "").into(),
            bill_to: bill_to.into(),
        };
        Self { header: header.into(), lang: Text::from("en"), lines: Vec::new() }
    }

    /// Says in what language the texts of the next basket are.
    #[must_use]
    pub fn with_lang(mut self, lang: impl Into<Text>) -> Self {
        self.lang = lang.into();
        self
    }

    /// Sets where the goods go.
    #[must_use]
    pub fn with_ship_to(mut self, ship_to: impl Into<ShipTo>) -> Self {
        self.header.ship_to = Some(ship_to.into());
        self
    }

    /// Adds a line for each item of a basket.
    ///
    /// Nothing of an item is lost and nothing is guessed in silence; the crate
    /// documentation says what goes where, [`code`](crate::code) what is
    /// reported. Lines are numbered on from those that are there.
    #[must_use]
    pub fn with_basket(mut self, basket: &Basket, sink: &mut dyn Sink) -> Self {
        let number = |line: &DraftLine| line.item_out.line_number.as_ref()?.value().to_u32();
        let last = self.lines.iter().filter_map(number).max().unwrap_or_default();
        self.lines.extend(map::lines(basket, &self.lang, last.saturating_add(1), sink));
        self
    }

    /// What the lines cost together, without tax and shipping.
    ///
    /// Each line is rounded to the smallest coin of the currency, halves away
    /// from zero, and these are added. The supplier prints and invoices rounded
    /// lines, so this is the sum it arrives at; where rounding at the end would
    /// differ, the order reports that.
    ///
    /// # Errors
    /// When a line has no quantity, price or currency, when there are two
    /// currencies, or no lines.
    pub fn total(&self) -> Result<Money, Error> {
        Total::of(&self.lines).map(|total| total.money)
    }

    /// Makes the order and puts it into its envelope.
    ///
    /// The payload id is unique in space and time, and a retry repeats both it
    /// and the timestamp: keep the written bytes. For a test, or to change the
    /// order before it is written, put the parts together yourself from
    /// [`OrderDraft::to_order_request`].
    ///
    /// # Errors
    /// As [`OrderDraft::to_order_request`].
    pub fn to_document(
        &self,
        payload_id: impl Into<Text>,
        timestamp: impl Into<Timestamp>,
        header: Header,
        sink: &mut dyn Sink,
    ) -> Result<Document, Error> {
        let order = self.to_order_request(sink)?;
        Ok(Document::new(payload_id, timestamp, Body::request(header, order)))
    }
}

impl From<OrderRequest> for OrderDraft {
    fn from(order: OrderRequest) -> Self {
        let OrderRequest { order_request_header: header, item_out, .. } = order;
        Self { header, lang: Text::from("en"), lines: item_out.into_iter().map(DraftLine::new).collect() }
    }
}
