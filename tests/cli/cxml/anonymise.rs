use std::fs;

use punchout::core::Ignore;
use punchout::cxml::{Document, Validator};

use super::{folder, run};

#[test]
fn what_identifies_is_gone() {
    let source = fs::read_to_string(folder().join("order.xml")).unwrap();
    let order = |seed: &str| {
        let call = run(&["anonymise", "--seed", seed, "order.xml", "-o", "-"]);
        assert_eq!((call.status, call.stderr.as_str()), (0, ""));
        call.stdout
    };
    let shown = order("one");
    let document = Document::read(source.as_bytes(), &mut Ignore).unwrap();
    let header = document.header().unwrap();
    let secret = header.sender.credential[0].shared_secret.as_ref().unwrap();
    for value in [secret.expose(), &document.payload_id, &header.to.credential[0].identity.text] {
        assert!(source.contains(value) && !shown.contains(value), "{value}");
    }
    assert!(Validator::new().validate(shown.as_bytes(), &mut Ignore).unwrap().valid);
    assert_eq!(order("one"), shown);
    assert_ne!(order("two"), shown);
    let random = || run(&["anonymise", "order.xml", "-o", "-"]).stdout;
    assert_ne!(random(), random());
}

#[test]
fn the_seed_may_stand_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seed.txt");
    let call = |seed: &[u8]| {
        fs::write(&file, seed).unwrap();
        run(&["anonymise", "--seed-file", file.to_str().unwrap(), "order.xml", "-o", "-"])
    };
    assert_eq!(call(b"one\n").stdout, run(&["anonymise", "--seed=one", "order.xml", "-o", "-"]).stdout);
    call(b"\n").refused("put the seed into it");
}

#[test]
fn prices_may_stay() {
    let with = |arguments: &[&str]| {
        let call = run(&[&["anonymise", "--seed=one", "order.xml", "-o", "-"], arguments].concat());
        let document = Document::read(call.stdout.as_bytes(), &mut Ignore).unwrap();
        document.order_request().unwrap().order_request_header.total.money.amount.clone()
    };
    let source = Document::read(&fs::read(folder().join("order.xml")).unwrap(), &mut Ignore).unwrap();
    let total = &source.order_request().unwrap().order_request_header.total.money.amount;
    assert_eq!(with(&["--keep-prices"]), *total);
    assert_ne!(with(&[]), *total);
}
