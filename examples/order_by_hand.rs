//! Builds a small cXML order without any basket, and writes it.
//!
//! ```text
//! cargo run --example order_by_hand > order.xml
//! ```

use std::error::Error;
use std::io::Write as _;

use punchout::core::Amount;
use punchout::cxml::{
    Address, Body, Classification, Country, Credential, Description, Document, Header, ItemDetail,
    ItemDetailInit, ItemOut, Money, Name, OrderRequest, OrderRequestHeader, OrderRequestHeaderInit,
    PostalAddress, PriceBasisQuantity, Sender,
};

fn main() -> Result<(), Box<dyn Error>> {
    let street = PostalAddress::new("Hauptstraße 1", "Musterstadt", Country::new("DE", "Deutschland"));
    let town_hall = Address::new(Name::new("Rathaus Musterstadt", "de")).with_postal_address(street);

    // 250 screws at 12.34 EUR for 100 are 30.85 EUR
    let screws = ItemDetail::from(ItemDetailInit {
        unit_price: Money::new("12.34".parse::<Amount>()?, "EUR").into(),
        description: Description::new("Sechskantschraube M8 × 40", "de"),
        unit_of_measure: "PCE".into(),
        classification: Classification::new("UNSPSC", "31161501"),
    });
    let screws = screws.with_price_basis_quantity(PriceBasisQuantity::new(100, "PCE"));
    let line = ItemOut::new(250, "4711-08-40").with_line_number(1).with_item_detail(screws);
    let header = OrderRequestHeader::from(OrderRequestHeaderInit {
        order_id: "4500017001".into(),
        order_date: "2026-03-02T09:30:00+01:00".into(),
        total: Money::new("30.85".parse::<Amount>()?, "EUR").into(),
        bill_to: town_hall.clone().into(),
    });
    let order = OrderRequest::new(header.with_ship_to(town_hall), [line]);

    let buyer = Credential::new("NetworkID", "town-hall.example");
    let sender = Sender::new(buyer.clone().with_shared_secret("geheim"), "Example ERP 1.0");
    let parties = Header::new(buyer, Credential::new("DUNS", "123456789"), sender);
    // payload id and time are kept with the order: sending again repeats them
    let request = Body::request(parties, order);
    let document = Document::new("20260302.0930.1@erp.example", "2026-03-02T09:30:05+01:00", request);
    std::io::stdout().write_all(&document.write()?)?;
    Ok(())
}
