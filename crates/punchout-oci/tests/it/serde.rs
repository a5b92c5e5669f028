//! The model as data.

use punchout_oci::{Basket, Decoder, Item};
use serde_json::{Value, json};

use super::{bolt_with, lenient};

fn basket() -> Basket {
    lenient(bolt_with(
        "~OkCode=ADDI&NEW_ITEM-PRICE[1]=+12%2C50&NEW_ITEM-GTIN[1]=4006381333931&NEW_ITEM-ITEM_TYPE[1]=bundle\
         &NEW_ITEM-LEADTIME[1]=soon&NEW_ITEM-LONGTEXT_1:132[]=gr%F6%DFer&NEW_ITEM-VENDOR[3]=&NEW_ITEM-X[3]=1",
    ))
    .0
}

#[test]
fn a_basket_comes_back_with_all_it_was_sent_with() {
    let basket = basket();
    let text = serde_json::to_string(&basket).unwrap();
    let again: Basket = serde_json::from_str(&text).unwrap();
    assert_eq!(again, basket);
    assert!(again.sent.iter().eq(basket.sent.iter()));
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
}

#[test]
fn numbers_are_texts_of_their_exact_value() {
    let value = serde_json::to_value(basket()).unwrap();
    let item = &value["items"][0];
    assert_eq!(item["quantity"], "2");
    assert_eq!(item["price"], json!({"value": "12.50", "sent": " 12,50"}));
    assert_eq!(item["lead_time"], Value::Null);
    assert_eq!(item["item_type"], "bundle");
    assert_eq!(item["unit_resolved"], json!({"code": "PCE", "tier": "sap_iso"}));
    assert_eq!(value["controls"][0], json!({"name": "~OkCode", "value": "ADDI"}));
    let sent = &value["sent"][6];
    assert_eq!(
        (&sent["name"], &sent["value"], &sent["index"]),
        (&json!("LEADTIME"), &json!("soon"), &json!(1))
    );
}

#[test]
fn an_item_may_leave_out_what_it_has_not() {
    let item: Item =
        serde_json::from_value(json!({"index": 1, "description": "Bolt", "quantity": "2"})).unwrap();
    assert_eq!((item.description.as_deref(), item.price), (Some("Bolt"), None));
    assert!(serde_json::from_value::<Item>(json!({"quantity": "two"})).is_err());
}

#[test]
fn pairs_out_of_range_are_refused() {
    let mut value = serde_json::to_value(basket()).unwrap();
    value["sent"][0]["span"] = json!({"start": 9, "end": 2});
    assert!(serde_json::from_value::<Basket>(value).is_err());
}

#[test]
fn findings_can_be_written_down() {
    let mut found = punchout_core::All::new();
    Decoder::lenient().form(b"NEW_ITEM-PRICE[1]=x", &mut found).unwrap();
    let value = serde_json::to_value(&found.found()[0]).unwrap();
    assert_eq!(value["code"], "OCI-NUM-BAD");
    assert_eq!(value["severity"], "error");
    assert_eq!(value["at"], "item 1 / PRICE");
    assert_eq!(value["span"], json!([0, 19]));
}
