//! Makes the page that brings a user to a web shop.
//!
//! ```text
//! cargo run --example call_up > call_up.html
//! ```

#![expect(clippy::print_stdout, reason = "the page is the output")]

use std::error::Error;

use punchout::oci::markup::FormPage;
use punchout::oci::{CallUp, CallUpEncoder, Profile};

fn main() -> Result<(), Box<dyn Error>> {
    // what a procurement system knows of a supplier
    let shop = "https://shop.example/oci?client=7".parse()?;
    let profile = Profile::named("sap-s4hana").ok_or("there is no such profile")?;

    // and of this visit: the basket comes back to this address and no other
    let mut call_up = CallUp::new("https://erp.example/return?session=0b3f9a6c&system=1")
        .with_login("town-hall", "geheim")
        .with_parameter("cost_centre", "4711");
    call_up.language = Some("DE".into());

    let mut around = FormPage::new("To the shop", "Continue");
    around.text = "You are on your way to the shop.".into();
    let page = CallUpEncoder::new(profile).page(&call_up, &shop, &around)?;

    // the password is in the page, so it takes a word to see it
    println!("{}", page.expose());
    Ok(())
}
