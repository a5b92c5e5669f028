//! Reads the basket that a web shop returned, and shows what was odd about it.
//!
//! ```text
//! cargo run --example decode_basket                the body below
//! cargo run --example decode_basket -- body.form   a body that was kept in a file
//! ```

#![expect(clippy::print_stdout, reason = "it talks to whoever runs it")]

use std::error::Error;

use punchout::core::{All, Amount, Listing};

/// The body of a return as it was posted: a decimal comma, a unit that is no
/// ISO code, and a second item that is counted as the third.
const BODY: &[u8] = b"NEW_ITEM-DESCRIPTION%5B1%5D=Sechskantschraube+M8+f%C3%BCr+Holz\
    &NEW_ITEM-QUANTITY%5B1%5D=250&NEW_ITEM-UNIT%5B1%5D=Stk&NEW_ITEM-PRICE%5B1%5D=12%2C34\
    &NEW_ITEM-PRICEUNIT%5B1%5D=100&NEW_ITEM-CURRENCY%5B1%5D=EUR&NEW_ITEM-VENDORMAT%5B1%5D=4711-08\
    &NEW_ITEM-DESCRIPTION%5B3%5D=Rack+19%22&NEW_ITEM-QUANTITY%5B3%5D=2&NEW_ITEM-UNIT%5B3%5D=PCE\
    &NEW_ITEM-PRICE%5B3%5D=899.00&NEW_ITEM-CURRENCY%5B3%5D=EUR&NEW_ITEM-VENDORMAT%5B3%5D=RK-19";

fn main() -> Result<(), Box<dyn Error>> {
    let (name, body) = match std::env::args().nth(1) {
        Some(file) => (file.clone(), std::fs::read(file)?),
        None => ("basket.form".to_owned(), BODY.to_vec()),
    };

    let mut found = All::new();
    let basket = punchout::oci::decode(&body, &mut found)?;

    for item in &basket.items {
        let text = item.description.as_deref().unwrap_or("(no text)");
        let unit = item.unit_code().unwrap_or("(no unit)");
        let quantity = item.quantity.as_ref().map(Amount::value).unwrap_or_default();
        match (item.unit_price(), item.line_total()) {
            (Some(price), Some(total)) => {
                println!("{}. {text}: {quantity} {unit} at {price} each, {total} in all", item.index);
            }
            _ => println!("{}. {text}: {quantity} {unit}, no price that can be read", item.index),
        }
    }
    match basket.total() {
        Some(total) => println!("Total {total}\n"),
        None => println!("No total: prices are missing, or in several currencies\n"),
    }
    let listing = Listing::new(&name, &body);
    for finding in found.found() {
        println!("{}", listing.snippet(finding));
    }
    Ok(())
}
