//! Plays a cXML punch-out from both sides: the buyer asks to be let in, the
//! shop answers and returns a cart, and the buyer makes order lines of it.
//!
//! ```text
//! cargo run --example punch_out_by_hand
//! ```

use std::error::Error;
use std::io::{Write as _, stdout};

use punchout::core::{All, Amount};
use punchout::cxml::{
    Body, CartChange, Classification, Credential, Description, Document, Header, ItemDetailInit, ItemId,
    ItemIn, ItemOut, Message, Money, OperationAllowed, PunchOutOperation, PunchOutOrderMessage,
    PunchOutOrderMessageHeader, PunchOutSetupRequest, PunchOutSetupResponse, Response, Sender,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut found = All::new();
    let (buyer, shop) = (Credential::new("NetworkID", "town-hall"), Credential::new("DUNS", "123456789"));

    // the buyer asks; the cookie is new for each visit
    let sender = Sender::new(buyer.clone().with_shared_secret("geheim"), "Example ERP 1.0");
    let setup = PunchOutSetupRequest::new(PunchOutOperation::Create, "visit-17")
        .with_browser_form_post("https://erp.example/return");
    let parties = Header::new(buyer.clone(), shop.clone(), sender);
    let asked = Document::new("1@erp.example", "2026-03-02T09:30:05+01:00", Body::request(parties, setup));

    // the shop reads the request and lets the user in
    let asked = Document::read(&asked.write()?, &mut found)?;
    let setup = asked.punch_out_setup_request().ok_or("no punch-out")?;
    let start = PunchOutSetupResponse::new("https://shop.example/start/5f3b9c");
    let answer = Response::ok().with_payload(start);
    let answered = Document::new("1@shop.example", "2026-03-02T09:30:06+01:00", answer);
    let answered = Document::read(&answered.write()?, &mut found)?;
    let start = answered.payload::<PunchOutSetupResponse>().ok_or("not let in")?;
    writeln!(stdout(), "the browser goes to {}", start.start_page.value)?;

    // the shop returns the cart through the browser: so without any secret
    let price = Money::new("12.34".parse::<Amount>()?, "EUR");
    let bolts = ItemDetailInit {
        unit_price: price.clone().into(),
        description: Description::new("Sechskantschraube M8 × 40", "de"),
        unit_of_measure: "CEN".into(),
        classification: Classification::new("UNSPSC", "31161501"),
    };
    let line = ItemIn::new(1, ItemId::new("4711-08-40").with_supplier_part_auxiliary_id("offer=7"), bolts);
    let header = PunchOutOrderMessageHeader::new(OperationAllowed::Edit, price);
    let cart = Message::new(PunchOutOrderMessage::new(setup.buyer_cookie.clone(), header).with_item_in(line));
    let parties = Header::new(shop.clone(), buyer, Sender::new(shop, "Example Shop 3"));
    let returned = Document::new("2@shop.example", "2026-03-02T09:41:00+01:00", Body::message(parties, cart));

    // the buyer reads it and takes the lines into an order
    let returned = Document::read(&returned.write()?, &mut found)?;
    let change = returned.message().map(|message| message.cart_change(&PunchOutOperation::Create));
    let cart: PunchOutOrderMessage = returned.into_payload().ok_or("no cart")?;
    if change == Some(CartChange::Add) && cart.buyer_cookie.as_text() == Some("visit-17") {
        for line in cart.item_in.into_iter().map(ItemOut::from) {
            writeln!(stdout(), "{} of {}", line.quantity, line.item_id.supplier_part_id.value)?;
        }
    }
    for finding in found.found() {
        writeln!(stdout(), "{finding}")?;
    }
    Ok(())
}
