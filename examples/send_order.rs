//! Sends a cXML order by the description of a connection.
//!
//! ```text
//! cargo run --example order_by_hand | cargo run --example send_order -- bolts.toml
//! ```
//!
//! Without a description the order goes into a directory for temporary files.

use std::error::Error;
use std::io::{self, Read as _, Write as _};

use punchout::connection::{Connection, DirectoryRoute, SystemSecrets};
use punchout::core::All;
use punchout::transport::{OrderTransport as _, Outcome};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = match std::env::args_os().nth(1) {
        Some(file) => Connection::read(file)?,
        None => Connection::new(DirectoryRoute::new(std::env::temp_dir())),
    };
    let mut order = Vec::new();
    io::stdin().read_to_end(&mut order)?;

    let mut found = All::new();
    let consignment = connection.consignment(&order, &mut found)?;
    let outcome = connection.transport(&SystemSecrets)?.send(&consignment).await;

    let mut out = io::stdout().lock();
    for finding in found.found() {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{}: {}", consignment.subject, Outcome::of(outcome.as_ref()).as_str())?;
    match outcome {
        Ok(receipt) => writeln!(out, "{:#?}", receipt.evidence)?,
        // only what was not delivered may be sent again
        Err(error) => writeln!(out, "{error} ({})", error.disposition().as_str())?,
    }
    Ok(())
}
