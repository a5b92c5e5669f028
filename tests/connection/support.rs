use std::path::Path;

use punchout::connection::{Connection, SystemSecrets};
use punchout::core::All;
use punchout::transport::{Consignment, Error, OrderTransport, Receipt};

/// What no output may hold.
pub(crate) const SECRET: &str = "hunter2-and-more";

/// The order, with secrets of its own.
pub(crate) fn order() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cxml/order.xml")).unwrap()
}

/// Options of a PDF document.
pub(crate) fn options() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cli/town-hall.options.toml");
    path.to_str().unwrap().to_owned()
}

pub(crate) fn connection(text: &str) -> Connection {
    Connection::from_toml(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

pub(crate) fn transport(connection: &Connection) -> Box<dyn OrderTransport> {
    connection.transport(&SystemSecrets).unwrap_or_else(|error| panic!("{error:?}"))
}

pub(crate) fn consignment(connection: &Connection) -> Consignment {
    let mut found = All::new();
    let made = connection.consignment(&order(), &mut found);
    made.unwrap_or_else(|error| panic!("{error:?} {:?}", found.found()))
}

/// Sends the order in a runtime of its own.
pub(crate) fn send(connection: &Connection) -> Result<Receipt, Error> {
    let transport = transport(connection);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(transport.send(&consignment(connection)))
}

/// An error with all its causes, as anybody may print it.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error:?} {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.extend([" / ", &error.to_string()]);
        cause = error.source();
    }
    text
}
