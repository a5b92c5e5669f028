use crate::element::element;
use crate::setters::setters;
use crate::token::token;
use crate::{AnyContent, Contact, Extrinsic, ItemId, ItemOut, Other, ShipTo, Url};

/// Asks a shop to let a user in.
///
/// The shop answers with a [`PunchOutSetupResponse`], and at the end of the
/// visit the user's browser brings a
/// [`PunchOutOrderMessage`](crate::PunchOutOrderMessage).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PunchOutSetupRequest {
    /// What the user comes for.
    pub operation: PunchOutOperation,
    /// The buyer's mark of the visit, new for each one. The shop gives it back
    /// unchanged and uses it for nothing else.
    pub buyer_cookie: AnyContent,
    /// What else the shop should know, such as the user's name.
    pub extrinsic: Vec<Extrinsic>,
    /// Where the browser brings the cart.
    pub browser_form_post: Option<Url>,
    /// The user.
    pub contact: Vec<Contact>,
    /// Where the shop was set up; deprecated and mostly ignored.
    pub supplier_setup: Option<Url>,
    /// Where the goods will go.
    pub ship_to: Option<ShipTo>,
    /// The article to begin with.
    pub selected_item: Option<ItemId>,
    /// The cart of an earlier visit, to edit or to look at.
    pub item_out: Vec<ItemOut>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PunchOutSetupRequest {
    /// A visit and the buyer's mark of it.
    #[must_use]
    pub fn new(operation: PunchOutOperation, buyer_cookie: impl Into<AnyContent>) -> Self {
        Self {
            operation,
            buyer_cookie: buyer_cookie.into(),
            extrinsic: Vec::new(),
            browser_form_post: None,
            contact: Vec::new(),
            supplier_setup: None,
            ship_to: None,
            selected_item: None,
            item_out: Vec::new(),
            other: Other::default(),
        }
    }
}

setters! {
    PunchOutSetupRequest {
        /// Adds something that the shop should know.
        extrinsic: with_extrinsic(extrinsic: Extrinsic),
        /// Sets where the browser brings the cart.
        browser_form_post: with_browser_form_post(url: impl Into<Url>),
        /// Adds the user.
        contact: with_contact(contact: Contact),
        /// Sets where the goods will go.
        ship_to: with_ship_to(ship_to: impl Into<ShipTo>),
        /// Sets the article to begin with.
        selected_item: with_selected_item(item_id: impl Into<ItemId>),
        /// Adds a line of the cart of an earlier visit.
        item_out: with_item_out(item: impl Into<ItemOut>),
    }
}

token! {
    /// What a user comes to a shop for.
    pub enum PunchOutOperation {
        /// To fill a new cart.
        Create = "create",
        /// To look at a cart and change nothing.
        Inspect = "inspect",
        /// To change a cart, if the shop allowed it when it returned that cart.
        Edit = "edit",
        /// To negotiate.
        Source = "source",
    }
}

/// Lets the user in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PunchOutSetupResponse {
    /// Where the browser goes. Whoever has the address is the user, so it is
    /// made for one visit, is short-lived and belongs into no log.
    pub start_page: Url,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl PunchOutSetupResponse {
    /// Lets the user in at an address.
    #[must_use]
    pub fn new(start_page: impl Into<Url>) -> Self {
        Self { start_page: start_page.into(), other: Other::default() }
    }
}

element!(PunchOutSetupRequest {
    attributes { operation: "operation", }
    children {
        buyer_cookie: "BuyerCookie",
        extrinsic: "Extrinsic",
        browser_form_post: "BrowserFormPost" / "URL",
        contact: "Contact",
        supplier_setup: "SupplierSetup" / "URL",
        ship_to: "ShipTo",
        selected_item: "SelectedItem" / "ItemID",
        item_out: "ItemOut",
    }
});

element!(PunchOutSetupResponse {
    children { start_page: "StartPage" / "URL", }
});
