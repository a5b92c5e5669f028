//! Orders as the documents that they travel in.

use punchout_cxml::{Body, Credential, Document, Header, OrderRequest, Sender};

pub(crate) const SECRET: &str = "not-to-be-shown";

pub(crate) fn document(order: OrderRequest) -> Document {
    let sender = Credential::new("NetworkID", "AN01000000001").with_shared_secret(SECRET);
    let header = Header::new(
        Credential::new("NetworkID", "AN01000000001"),
        Credential::new("DUNS", "123456789"),
        Sender::new(sender, "Example ERP 4.2"),
    );
    Document::new("17@erp.example", "2026-03-01T09:30:00+01:00", Body::request(header, order))
}
