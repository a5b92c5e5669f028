//! Drafts are stored while they are edited.

use punchout_core::Ignore;
use punchout_oci::Item;
use punchout_order::OrderDraft;

use crate::support::{item, mapped};

#[test]
fn drafts_can_be_stored() {
    let mut odd = item().with_long_text("long\r\ntext").with_extra("GTIN", "4006381333931");
    odd.contract = Some("46\"1".into());
    let draft = mapped([odd, Item::default()]).0;
    let stored = serde_json::to_string(&draft).unwrap();
    let mut read: OrderDraft = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, draft);
    assert!(read.total().is_err(), "what is open stays open");
    read.lines.remove(1);
    read.to_order_request(&mut Ignore).unwrap();
}
