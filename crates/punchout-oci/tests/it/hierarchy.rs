//! Lines below lines (OCI 5.0).

use punchout_oci::ItemType;

use super::{lenient, short};

/// Items with type and parent, `-` for none, and nothing else to say about.
fn body(lines: &[(&str, &str)], start: usize) -> String {
    let mut body = String::new();
    for (number, (kind, parent)) in (start..).zip(lines) {
        use std::fmt::Write as _;
        write!(
            body,
            "NEW_ITEM-DESCRIPTION[{number}]=x&NEW_ITEM-QUANTITY[{number}]=1&NEW_ITEM-UNIT[{number}]=PCE&"
        )
        .unwrap();
        for (name, value) in [("ITEM_TYPE", kind), ("PARENT_ID", parent)] {
            if *value != "-" {
                write!(body, "NEW_ITEM-{name}[{number}]={value}&").unwrap();
            }
        }
    }
    body
}

fn parents(lines: &[(&str, &str)]) -> (Vec<Option<u32>>, Vec<String>) {
    let (basket, found) = lenient(body(lines, 1));
    (basket.items.iter().map(|item| item.parent).collect(), short(&found))
}

#[test]
fn parents_are_found() {
    let (parents, found) = parents(&[("R", ""), ("O", "1"), ("F", "2"), ("F", "1"), ("-", "-")]);
    assert_eq!(parents, [None, Some(1), Some(2), Some(1), None]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn parents_move_with_items_that_are_counted_from_0() {
    let (basket, found) = lenient(body(&[("R", ""), ("O", "0")], 0));
    assert_eq!((basket.items[1].index, basket.items[1].parent), (2, Some(1)));
    assert_eq!(basket.items[1].parent_id.as_deref(), Some("0"), "as sent");
    assert_eq!(short(&found), ["error IDX-0 at item 1"]);
}

#[test]
fn parents_that_are_none() {
    for (lines, want, message) in [
        (vec![("R", ""), ("O", "9")], None, vec!["error HIER-PARENT at item 2 / PARENT_ID"]),
        (vec![("R", ""), ("O", "x")], None, vec!["error HIER-PARENT at item 2 / PARENT_ID"]),
        (vec![("R", ""), ("O", "1.0")], None, vec!["error HIER-PARENT at item 2 / PARENT_ID"]),
        (vec![("R", ""), ("O", "-1")], None, vec!["error HIER-PARENT at item 2 / PARENT_ID"]),
        // it is there, though it should not have children
        (vec![("F", ""), ("O", "1")], Some(1), vec!["error HIER-PARENT at item 2 / PARENT_ID"]),
        (vec![("-", ""), ("O", "1")], Some(1), vec!["error HIER-PARENT at item 2 / PARENT_ID"]),
        (vec![("R", ""), ("O", "+1+")], Some(1), vec![]),
        (vec![("R", ""), ("-", "1")], Some(1), vec!["warning HIER-TYPE at item 2 / ITEM_TYPE"]),
        (vec![("R", ""), ("product", "1")], Some(1), vec!["warning HIER-TYPE at item 2 / ITEM_TYPE"]),
    ] {
        let (parents, found) = parents(&lines);
        assert_eq!(
            (parents[1], found),
            (want, message.into_iter().map(str::to_owned).collect()),
            "{lines:?}"
        );
    }
}

#[test]
fn rings_are_cut() {
    let cycle = |index: u32| format!("error HIER-CYCLE at item {index} / PARENT_ID");
    let (found_parents, found) = parents(&[("O", "1")]);
    assert_eq!((found_parents, found), (vec![None], vec![cycle(1)]));
    let (found_parents, found) = parents(&[("O", "2"), ("O", "1"), ("F", "2")]);
    assert_eq!((found_parents, found), (vec![None, None, Some(2)], vec![cycle(1), cycle(2)]));
}

#[test]
fn types_keep_their_spelling() {
    let (basket, _) = lenient(body(&[("R", ""), ("O", "1"), ("F", "1"), ("r", ""), ("", "")], 1));
    let types: Vec<_> = basket.items.iter().map(|item| item.item_type.clone()).collect();
    assert_eq!(
        types,
        [
            Some(ItemType::Root),
            Some(ItemType::Outline),
            Some(ItemType::Function),
            Some(ItemType::from("r")),
            None
        ]
    );
    assert_eq!(types[3].as_ref().unwrap().as_str(), "r");
}

#[test]
fn a_chain_of_twenty_thousand_is_walked_once() {
    let lines: Vec<_> = (0..20_000).map(|above: u32| ("O", above.to_string())).collect();
    let mut lines: Vec<_> = lines.iter().map(|(kind, parent)| (*kind, parent.as_str())).collect();
    lines[0] = ("R", "");
    let (basket, _) = lenient(body(&lines, 1));
    assert_eq!(basket.items.last().unwrap().parent, Some(19_999));
}
