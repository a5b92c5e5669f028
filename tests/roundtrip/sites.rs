//! The two sites without HTTP between: what must not pass does not pass.

use std::collections::BTreeMap;

use punchout::core::{All, Amount};
use punchout::cxml::{
    Address, Body, Credential, Document, Header, Name, OrderRequest, Response, Sender, StatusCode,
};
use punchout::oci::{Basket, CallUp, Decoder};
use punchout::order::OrderDraft;

use roundtrip::shop::{self, Shop};

#[path = "../../examples/roundtrip"]
#[allow(dead_code, reason = "pages are tested over HTTP")]
mod roundtrip {
    mod differences;
    mod pages;
    mod session;
    pub(crate) mod shop;
}

type Change = fn(&mut OrderRequest);

fn number(text: &str) -> Amount {
    text.parse().unwrap()
}

/// A visit of the shop with a basket at the end, as the buyer reads it.
fn shopping(shop: &Shop) -> Basket {
    let (user, password) = shop::ACCOUNT;
    let call_up = CallUp::new("https://erp.example/return?session=1").with_login(user, password);
    let visit = shop.enter(call_up, All::new()).unwrap();
    let chosen =
        BTreeMap::from([("4711-08-40".to_owned(), 3), ("RK-19-42".to_owned(), 0), ("HS-9/L".to_owned(), 12)]);
    let page = shop.leave(&visit, &chosen).unwrap();
    assert!(shop.leave(&visit, &chosen).is_err(), "a visit ends with the return");
    Decoder::lenient().html(page.as_bytes(), &mut All::new()).unwrap()
}

fn order(basket: &Basket) -> OrderRequest {
    let town_hall = Address::new(Name::new("Town hall", "en"));
    let draft = OrderDraft::new("4500017001", "2026-03-02T09:30:00+01:00", town_hall.clone());
    draft
        .with_ship_to(town_hall)
        .with_basket(basket, &mut All::new())
        .to_order_request(&mut All::new())
        .unwrap()
}

fn send(shop: &Shop, payload_id: &str, secret: &str, order: OrderRequest) -> Response {
    let buyer = Credential::new("NetworkID", "town-hall.example");
    let sender = Sender::new(buyer.clone().with_shared_secret(secret), "Example ERP");
    let header = Header::new(buyer, Credential::new("DUNS", "123456789"), sender);
    let document = Document::new(payload_id, "2026-03-02T09:30:05+01:00", Body::request(header, order));
    shop.take_order(&document.write().unwrap())
}

#[test]
fn an_order_that_differs_from_the_basket_is_refused() {
    let shop = Shop::new().unwrap();
    let basket = shopping(&shop);
    assert_eq!(basket.items.len(), 2);
    let changes: [(&str, Change); 9] = [
        ("lines", |order| drop(order.item_out.pop())),
        ("article of line 1", |order| order.item_out[0].item_id.supplier_part_id = "4711".into()),
        ("quantity of line 1", |order| order.item_out[0].quantity = number("30")),
        ("unit of line 2", |order| detail(order, 1).unit_of_measure = "PCE".into()),
        ("price of line 1", |order| detail(order, 0).unit_price.money.amount = number("0.1234")),
        ("price unit of line 1", |order| detail(order, 0).price_basis_quantity = None),
        ("text of line 2", |order| {
            detail(order, 1).description[0].short_name = Some("Schutzhandschuhe \"Ã–l & NÃ¤sse\"".into());
        }),
        ("long text of line 2", |order| detail(order, 1).description[0].text = "Montagehandschuhe".into()),
        ("total", |order| order.order_request_header.total.money.amount = number("47.82")),
    ];
    for (what, change) in changes {
        let mut tampered = order(&basket);
        change(&mut tampered);
        let status = send(&shop, what, shop::SHARED_SECRET, tampered).status;
        assert_eq!(status.code, StatusCode::CONFLICT, "{what}");
        assert!(status.message.starts_with(&format!("{what}: offered ")), "{what}: {}", status.message);
    }
    assert!(shop.orders().is_empty());
}

fn detail(order: &mut OrderRequest, line: usize) -> &mut punchout::cxml::ItemDetail {
    order.item_out[line].item_detail.as_mut().unwrap()
}

#[test]
fn an_order_sent_twice_is_taken_once() {
    let shop = Shop::new().unwrap();
    let order = order(&shopping(&shop));
    // 3 × 12.34 ÷ 100 is 0.3702: each line is rounded by itself
    assert_eq!(order.order_request_header.total.money.amount.as_sent(), "47.83");
    let first = send(&shop, "1@erp.example", shop::SHARED_SECRET, order.clone());
    let again = send(&shop, "1@erp.example", shop::SHARED_SECRET, order);
    assert_eq!(first.status.code, StatusCode::OK, "{}", first.status.message);
    assert_eq!(first, again);
    assert_eq!(shop.orders().len(), 1);
}

#[test]
fn orders_of_others_are_refused() {
    let shop = Shop::new().unwrap();
    let basket = shopping(&shop);
    let refused = send(&shop, "1@erp.example", "guessed", order(&basket));
    assert_eq!(refused.status.code, StatusCode::UNAUTHORIZED);

    let elsewhere = send(&Shop::new().unwrap(), "1@erp.example", shop::SHARED_SECRET, order(&basket));
    assert_eq!(elsewhere.status.code, StatusCode::EXPECTATION_FAILED);
    assert_eq!(shop.take_order(b"<html>").status.code, StatusCode::NOT_ACCEPTABLE);
    assert!(shop.orders().is_empty());
}

#[test]
fn nothing_chosen_is_an_empty_return() {
    let shop = Shop::new().unwrap();
    let (user, password) = shop::ACCOUNT;
    let call_up = CallUp::new("https://erp.example/return?session=1").with_login(user, password);
    let visit = shop.enter(call_up, All::new()).unwrap();
    let page = shop.leave(&visit, &BTreeMap::new()).unwrap();
    assert!(Decoder::lenient().html(page.as_bytes(), &mut All::new()).unwrap().items.is_empty());
}
