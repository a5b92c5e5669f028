use crate::element::element;
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

    /// Adds something that the shop should know.
    #[must_use]
    pub fn with_extrinsic(mut self, extrinsic: Extrinsic) -> Self {
        self.extrinsic.push(extrinsic);
        self
    }

    /// Sets where the browser brings the cart.
    #[must_use]
    pub fn with_browser_form_post(mut self, url: impl Into<Url>) -> Self {
        self.browser_form_post = Some(url.into());
        self
    }

    /// Adds the user.
    #[must_use]
    pub fn with_contact(mut self, contact: Contact) -> Self {
        self.contact.push(contact);
        self
    }

    /// Sets where the goods will go.
    #[must_use]
    pub fn with_ship_to(mut self, ship_to: impl Into<ShipTo>) -> Self {
        self.ship_to = Some(ship_to.into());
        self
    }

    /// Sets the article to begin with.
    #[must_use]
    pub fn with_selected_item(mut self, item_id: impl Into<ItemId>) -> Self {
        self.selected_item = Some(item_id.into());
        self
    }

    /// Adds a line of the cart of an earlier visit.
    #[must_use]
    pub fn with_item_out(mut self, item: impl Into<ItemOut>) -> Self {
        self.item_out.push(item.into());
        self
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
