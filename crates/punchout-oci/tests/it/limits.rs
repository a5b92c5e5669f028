//! What hostile and what merely large input costs.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use punchout_core::{All, Ignore, Limits};
use punchout_oci::{Basket, Decoder, Encoder, Error, ErrorKind, Input, ReturnTo};

use super::{BOLT, bolt_with, codes, lenient};

fn outcome(result: Result<Basket, Error>) -> Result<(), ErrorKind> {
    result.map(|_| ()).map_err(|error| {
        assert_eq!(error.to_string(), error.to_string().trim_end_matches('.'));
        error.kind()
    })
}

/// Each limit lets through what has just its size and stops one more.
#[test]
fn limits_hold_to_the_last() {
    let limits = Limits::default();
    let lines = BOLT.replace('&', "\n");
    let pairs: Vec<_> = BOLT.split('&').filter_map(|pair| pair.split_once('=')).collect();
    for (enough, beyond) in [
        (limits.with_bytes(BOLT.len()), limits.with_bytes(BOLT.len() - 1)),
        (limits.with_fields(3), limits.with_fields(2)),
        (limits.with_items(1), limits.with_items(0)),
        (limits.with_value_bytes(4), limits.with_value_bytes(3)),
    ] {
        for (limits, want) in [(enough, Ok(())), (beyond, Err(ErrorKind::Limit))] {
            let decoder = Decoder::lenient().with_limits(limits);
            assert_eq!(outcome(decoder.form(BOLT.as_bytes(), &mut Ignore)), want, "{limits:?}");
            assert_eq!(outcome(decoder.lines(lines.as_bytes(), &mut Ignore)), want, "{limits:?}");
            assert_eq!(outcome(decoder.pairs(pairs.iter().copied(), &mut Ignore)), want, "{limits:?}");
        }
    }
}

#[test]
fn limits_count_what_is_odd_too() {
    let limits = Limits::default();
    let kind = |limits: Limits, body: &str| {
        outcome(Decoder::lenient().with_limits(limits).form(body.as_bytes(), &mut Ignore))
    };
    for (body, fields) in [("a&b&c", 3), ("a=1&&&b=2", 2), ("NEW_ITEM-X%5B1%5D%3D1&new_item-y[1]=2", 2)] {
        assert_eq!(kind(limits.with_fields(fields), body), Ok(()), "{body}");
        assert_eq!(kind(limits.with_fields(fields - 1), body), Err(ErrorKind::Limit), "{body}");
    }
    assert_eq!(kind(limits.with_value_bytes(3), "token=abcd"), Err(ErrorKind::Limit));
    assert_eq!(kind(limits.with_items(1), "NEW_ITEM-X[1]=&NEW_ITEM-X[999999999]="), Err(ErrorKind::Limit));
    assert_eq!(kind(limits.with_bytes(0), ""), Ok(()));
    let response = format!("HTTP/1.1 200 OK\r\n\r\n{BOLT}");
    let decoder = Decoder::lenient().with_limits(limits.with_bytes(response.len() - 1));
    assert_eq!(outcome(decoder.response(response.as_bytes(), &mut Ignore)), Err(ErrorKind::Limit));
}

/// Items as a shop sends them.
fn body(items: u32) -> String {
    let mut body = String::new();
    for n in 1..=items {
        let _ = write!(
            body,
            "NEW_ITEM-DESCRIPTION%5B{n}%5D=Bolt+{n}&NEW_ITEM-QUANTITY%5B{n}%5D=1.000&NEW_ITEM-UNIT%5B{n}%5D=PCE\
             &NEW_ITEM-PRICE%5B{n}%5D=0.10&NEW_ITEM-CURRENCY%5B{n}%5D=EUR&"
        );
    }
    body
}

#[test]
fn a_thousand_items_are_read_with_one_warning() {
    let (basket, found) = lenient(body(1_000));
    assert_eq!(basket.items.len(), 1_000);
    assert_eq!(basket.items[999].description.as_deref(), Some("Bolt 1000"));
    assert_eq!(basket.total().unwrap().normalize().to_string(), "100");
    assert_eq!(codes(&found), ["PHP-1000"]);
}

#[test]
fn a_hundred_thousand_items_are_read() {
    let items: String = (1..=100_000).map(|n| format!("NEW_ITEM-QUANTITY%5B{n}%5D=1.000&")).collect();
    let (basket, _) = lenient(items);
    assert_eq!((basket.items.len(), basket.sent.len()), (100_000, 100_000));
    assert_eq!(basket.items[99_999].index, 100_000);
    assert!(basket.items.iter().all(|item| item.quantity.is_some()));
}

#[test]
fn ten_thousand_items_are_written_and_read_again() {
    let (basket, _) = lenient(body(10_000));
    let to = ReturnTo::new("https://erp.example/r");
    let written = Encoder::strict().body(&basket, &to, &mut Ignore).unwrap();
    let again = Decoder::strict().form(written.as_bytes(), &mut Ignore).unwrap();
    assert_eq!(again.items.len(), 10_000);
    assert_eq!(again.total(), basket.total());
}

/// Below a millisecond the clock says little.
fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed().max(Duration::from_millis(1))
}

/// Ten times as much input may take thirty times as long, where a quadratic
/// reader would take a hundred times. On a busy machine any one measurement may
/// be off, so the best of ten counts.
fn is_linear(what: &str, shape: Input, made: impl Fn(usize) -> String) {
    const FEW: usize = 800;
    let (decoder, small, large) = (Decoder::lenient(), made(FEW), made(10 * FEW));
    let read = |input: &str| time(|| drop(decoder.input(shape, input.as_bytes(), &mut All::new()).unwrap()));
    let mut fastest = (Duration::MAX, Duration::MAX);
    let is_linear = (0..10).any(|_| {
        fastest = (fastest.0.min(read(&small)), fastest.1.min(read(&large)));
        fastest.1 < fastest.0 * 30
    });
    assert!(is_linear, "{what}: {:?}, and {:?} for ten times as much", fastest.0, fastest.1);
}

/// Forms made to be slow.
#[test]
fn nothing_grows_faster_than_its_input() {
    type Made = fn(usize) -> String;
    let made: [(&str, Made); 9] = [
        ("one item of many unknown fields", |n| (0..n).map(|at| format!("NEW_ITEM-X{at}[1]=v&")).collect()),
        ("one unknown field many times", |n| "NEW_ITEM-X[1]=v&".repeat(n)),
        ("one field many times", |n| "NEW_ITEM-UNIT[1]=PCE&".repeat(n)),
        ("many pieces of a long text", |n| "NEW_ITEM-LONGTEXT_1:132[]=piece+&".repeat(n)),
        ("indexes far apart", |n| (0..n).map(|at| format!("NEW_ITEM-UNIT[{}]=PCE&", at * 10_007)).collect()),
        ("indexes backwards", |n| (0..n).rev().map(|at| format!("NEW_ITEM-UNIT[{at}]=PCE&")).collect()),
        ("a ring of parents", |n| {
            (0..n).map(|at| format!("NEW_ITEM-PARENT_ID[{}]={}&", at + 1, (at + 1) % n + 1)).collect()
        }),
        ("names of no known form", |n| "new-item%20unit%5B%5D%5B01%5D=%FF%zz&".repeat(n)),
        ("one text of open tags", |n| format!("NEW_ITEM-DESCRIPTION[1]={}", "<a &x ".repeat(n))),
    ];
    for (what, made) in made {
        is_linear(what, Input::Form, made);
    }
}

#[test]
fn other_shapes_do_not_grow_faster_either() {
    is_linear("lines", Input::Pairs, |n| "no pair\n\r\n".repeat(n));
    is_linear("products", Input::Xml, |n| {
        format!(
            "<BusinessDocument>{}</BusinessDocument>",
            "<Product><Description>x</Description></Product>".repeat(n)
        )
    });
    is_linear("text in pieces", Input::Xml, |n| {
        format!("<a><Product><Description>{}</Description></Product></a>", "x<!-- -->&amp;<b/>".repeat(n))
    });
    is_linear("chunks", Input::Response, |n| {
        format!("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{}0\n\n", "2\na&\n".repeat(n))
    });
}

#[cfg(feature = "html")]
#[test]
fn pages_do_not_grow_faster_either() {
    for (what, piece) in [
        ("forms", "<form><input name='NEW_ITEM-UNIT[1]' value=PCE></form>"),
        ("options", "<select name=a><option>b<option>c"),
        ("inputs of another form", "<input form=x name=a>"),
        ("open tags", "<a <b \"'"),
        ("open elements", "<fieldset disabled><template>"),
    ] {
        is_linear(what, Input::Html, |n| piece.repeat(n));
    }
}

#[cfg(feature = "json")]
#[test]
fn json_does_not_grow_faster_either() {
    is_linear("items", Input::Json, |n| format!("[{}{{}}]", "{\"NEW_ITEM-UNIT\":\"PCE\"},".repeat(n)));
    is_linear("values", Input::Json, |n| format!("{{\"a\":[{}1]}}", "1,".repeat(n)));
    is_linear("levels", Input::Json, |n| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n)));
}

#[test]
fn a_name_as_long_as_the_input_is_a_name() {
    let name = "x".repeat(1 << 20);
    let (basket, _) = lenient(bolt_with(&format!("NEW_ITEM-{name}[1]=v&{name}=w")));
    assert_eq!(basket.items[0].extra[0].name.len(), 1 << 20);
    assert_eq!(basket.control(&name), Some("w"));
}

/// Wrong everywhere: the findings are counted, and kept up to a cap.
#[test]
fn findings_do_not_fill_the_memory() {
    let mut found = All::new();
    let body = "NEW_ITEM-PRICE[1]=x&".repeat(50_000);
    Decoder::lenient().form(body.as_bytes(), &mut found).unwrap();
    assert_eq!(found.found().len(), All::CAP);
    assert!(found.dropped() > 39_000, "{}", found.dropped());
    assert!(found.found().iter().all(|finding| finding.message.len() < 200));
}
