use punchout_core::Text;

use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{
    AnyContent, ItemIn, Message, MessagePayload, Other, PunchOutOperation, ShipTo, Shipping, StatusClass,
    StatusCode, SupplierOrderInfo, Tax, Total,
};

/// The cart that a user's browser brings back from a shop.
///
/// What it means for the lines that the buyer has is not in it alone: see
/// [`Message::cart_change`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PunchOutOrderMessage {
    /// The buyer's mark of the visit, as the shop got it.
    pub buyer_cookie: AnyContent,
    /// What is true of the whole cart.
    pub punch_out_order_message_header: PunchOutOrderMessageHeader,
    /// The lines; a cart may be empty.
    pub item_in: Vec<ItemIn>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PunchOutOrderMessage {
    /// A cart without lines yet.
    #[must_use]
    pub fn new(buyer_cookie: impl Into<AnyContent>, header: PunchOutOrderMessageHeader) -> Self {
        Self {
            buyer_cookie: buyer_cookie.into(),
            punch_out_order_message_header: header,
            item_in: Vec::new(),
            other: Other::default(),
        }
    }

    /// Adds a line.
    #[must_use]
    pub fn with_item_in(mut self, item: ItemIn) -> Self {
        self.item_in.push(item);
        self
    }
}

/// What is true of a whole cart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PunchOutOrderMessageHeader {
    /// What the buyer may do with the cart later.
    pub operation_allowed: OperationAllowed,
    /// Whether the prices stand.
    pub quote_status: QuoteStatus,
    /// What to do with a negotiation.
    pub sourcing_status: Option<SourcingStatus>,
    /// The sum of the lines, without tax and shipping.
    pub total: Total,
    /// Where the goods will go.
    pub ship_to: Option<Box<ShipTo>>,
    /// What shipping costs.
    pub shipping: Option<Box<Shipping>>,
    /// The tax of the cart.
    pub tax: Option<Box<Tax>>,
    /// The order that the shop has put down already.
    pub supplier_order_info: Option<SupplierOrderInfo>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PunchOutOrderMessageHeader {
    /// What may be done with the cart later, and the sum of its lines.
    #[must_use]
    pub fn new(operation_allowed: OperationAllowed, total: impl Into<Total>) -> Self {
        Self {
            operation_allowed,
            quote_status: QuoteStatus::default(),
            sourcing_status: None,
            total: total.into(),
            ship_to: None,
            shipping: None,
            tax: None,
            supplier_order_info: None,
            other: Other::default(),
        }
    }

    /// Says whether the prices stand.
    #[must_use]
    pub fn with_quote_status(mut self, status: QuoteStatus) -> Self {
        self.quote_status = status;
        self
    }

    /// Sets where the goods will go.
    #[must_use]
    pub fn with_ship_to(mut self, ship_to: impl Into<ShipTo>) -> Self {
        self.ship_to = Some(Box::new(ship_to.into()));
        self
    }
}

setters! {
    PunchOutOrderMessageHeader {
        /// Sets what shipping costs.
        shipping: with_shipping(shipping: Shipping),
        /// Sets the tax of the cart.
        tax: with_tax(tax: Tax),
    }
}

token! {
    /// What a buyer may do later with a cart that it got.
    pub enum OperationAllowed {
        /// Nothing but order it.
        Create = "create",
        /// Look at it.
        Inspect = "inspect",
        /// Change it, or look at it.
        Edit = "edit",
    }
}

impl OperationAllowed {
    /// Whether the buyer may come back to the cart for this.
    ///
    /// A new cart may always be filled, and a new negotiation begun.
    #[must_use]
    pub fn allows(&self, operation: &PunchOutOperation) -> bool {
        match operation {
            PunchOutOperation::Inspect => matches!(self, Self::Inspect | Self::Edit),
            PunchOutOperation::Edit => *self == Self::Edit,
            _ => true,
        }
    }
}

token! {
    /// Whether the prices of a cart stand.
    pub enum QuoteStatus default Final {
        /// The shop will send them again.
        Pending = "pending",
        /// They stand.
        Final = "final",
    }
}

/// What to do with a negotiation, and words to show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SourcingStatus {
    /// What to do with it.
    pub action: Option<SourcingAction>,
    /// Language tag of the text, such as `en-US`.
    pub lang: Text,
    /// The same in words.
    pub text: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl SourcingStatus {
    /// A status in words.
    #[must_use]
    pub fn new(text: impl Into<Text>, lang: impl Into<Text>) -> Self {
        Self { action: None, lang: lang.into(), text: text.into(), other: Other::default() }
    }

    /// Says what to do with it.
    #[must_use]
    pub fn with_action(mut self, action: SourcingAction) -> Self {
        self.action = Some(action);
        self
    }
}

token! {
    /// What to do with a negotiation.
    pub enum SourcingAction {
        /// It is approved.
        Approve = "approve",
        /// It is called off.
        Cancel = "cancel",
        /// It is refused.
        Deny = "deny",
    }
}

/// What a returned cart does to the lines that the buyer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CartChange {
    /// They stay as they are.
    Keep,
    /// The lines of the cart are added.
    Add,
    /// The lines of the cart take the place of those of the visit before.
    Replace,
    /// The lines of the visit before are removed.
    Remove,
}

impl Message {
    /// What a returned cart does to the lines that the buyer has, by the
    /// operation of the request that began the visit.
    ///
    /// | operation | cart with lines | empty cart |
    /// |---|---|---|
    /// | `create`, `source` | [`Add`](CartChange::Add) | [`Keep`](CartChange::Keep) |
    /// | `edit` | [`Replace`](CartChange::Replace) | [`Remove`](CartChange::Remove) |
    /// | `inspect` | [`Keep`](CartChange::Keep) | [`Keep`](CartChange::Keep) |
    ///
    /// Status 204 says that the user left the shop without a change, and a
    /// status of failure brings no cart: either keeps the lines, empty cart or
    /// not. So does a message that is no cart.
    ///
    /// ```
    /// use punchout_cxml::*;
    ///
    /// let nothing = Money::new(0, "EUR");
    /// let cart = PunchOutOrderMessage::new(
    ///     "visit-17",
    ///     PunchOutOrderMessageHeader::new(OperationAllowed::Edit, nothing),
    /// );
    /// let emptied = Message::new(cart.clone());
    /// assert_eq!(emptied.cart_change(&PunchOutOperation::Edit), CartChange::Remove);
    /// let left = Message::new(cart).with_status(StatusCode::NO_CONTENT);
    /// assert_eq!(left.cart_change(&PunchOutOperation::Edit), CartChange::Keep);
    /// ```
    #[must_use]
    pub fn cart_change(&self, operation: &PunchOutOperation) -> CartChange {
        let MessagePayload::PunchOutOrderMessage(cart) = &self.payload else { return CartChange::Keep };
        let brings_nothing = self.status.as_ref().is_some_and(|status| {
            status.code == StatusCode::NO_CONTENT || status.class() != StatusClass::Success
        });
        if brings_nothing {
            return CartChange::Keep;
        }
        match (operation, cart.item_in.is_empty()) {
            (PunchOutOperation::Edit, true) => CartChange::Remove,
            (PunchOutOperation::Edit, false) => CartChange::Replace,
            (PunchOutOperation::Inspect, _) | (_, true) => CartChange::Keep,
            (_, false) => CartChange::Add,
        }
    }
}

element!(PunchOutOrderMessage {
    children {
        buyer_cookie: "BuyerCookie",
        punch_out_order_message_header: "PunchOutOrderMessageHeader",
        item_in: "ItemIn",
    }
});

element!(PunchOutOrderMessageHeader {
    attributes { operation_allowed: "operationAllowed", quote_status: "quoteStatus", }
    children {
        sourcing_status: "SourcingStatus",
        total: "Total",
        ship_to: "ShipTo",
        shipping: "Shipping",
        tax: "Tax",
        supplier_order_info: "SupplierOrderInfo",
    }
});

element!(SourcingStatus {
    attributes { action: "action", lang: "xml:lang", }
    text text;
});
