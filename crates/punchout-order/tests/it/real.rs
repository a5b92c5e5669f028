//! Returns of real shops become orders.

use std::path::Path;

use punchout_core::{All, Ignore};
use punchout_cxml::{Document, Money};
use punchout_oci::{Basket, Decoder};
use rust_decimal::Decimal;

use crate::laws::lost;
use crate::support::{detail, document, draft, number};

fn decoded(file: &Path) -> Option<Basket> {
    let read = || std::fs::read(file).unwrap();
    match file.extension()?.to_str()? {
        "form" => Some(Decoder::lenient().form(&read(), &mut Ignore).unwrap()),
        "txt" => Some(Decoder::lenient().lines(&read(), &mut Ignore).unwrap()),
        _ => None,
    }
}

#[test]
fn returns_become_orders() {
    let Some(data) = std::env::var_os("PUNCHOUT_DATA") else {
        let required = std::env::var("PUNCHOUT_REQUIRE").is_ok_and(|value| value == "1");
        assert!(!required, "the variable PUNCHOUT_DATA is required but missing");
        println!("skipped: the variable PUNCHOUT_DATA is missing");
        return;
    };
    let folder = std::fs::read_dir(Path::new(&data).join("oci")).unwrap();
    let mut orders = 0;
    for file in folder.map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(mut basket) =
            decoded(&file).filter(|basket| name.starts_with("ret-") && !basket.items.is_empty())
        else {
            continue;
        };
        let mut found = All::new();
        let mut draft = draft().with_basket(&basket, &mut found);
        let currencies: Vec<_> =
            draft.lines.iter().map(|line| detail(&line.item_out).unit_price.money.currency.clone()).collect();
        let common =
            currencies.iter().find(|currency| !currency.is_empty()).map_or("EUR", |currency| currency);
        // what the shop left open, a person fills in
        for (line, item) in draft.lines.iter_mut().zip(&mut basket.items) {
            let line = &mut line.item_out;
            let open = |what: &str| {
                found.found().iter().any(|found| found.at == format!("item {} / {what}", item.index))
            };
            if line.quantity.value() <= Decimal::ZERO {
                (line.quantity, item.quantity) = (1.into(), None);
            }
            let (amount, currency) = {
                let money = &detail(line).unit_price.money;
                (money.amount.clone(), money.currency.clone())
            };
            let detail = line.item_detail.as_mut().unwrap();
            if amount.as_sent().is_empty() {
                assert!(open("PRICE"), "{name}");
                detail.unit_price.money = Money::new(number("1.00"), currency.clone());
            }
            if currency.is_empty() {
                assert!(open("CURRENCY"), "{name}");
                detail.unit_price.money.currency = common.into();
            }
            if detail.unit_of_measure.is_empty() {
                assert!(open("UNIT"), "{name}");
                detail.unit_of_measure = "PCE".into();
            }
        }
        let document = document(&draft);
        let bytes = document.write().unwrap();
        assert_eq!(lost(&basket, &bytes), [] as [&str; 0], "{name}");
        assert_eq!(Document::read(&bytes, &mut Ignore).unwrap(), document, "{name}");
        orders += 1;
    }
    assert!(orders >= 25, "PUNCHOUT_DATA has only {orders} returns");
}
