//! Returns as pages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::{Ignore, Limits};
use punchout_fuzz::{Pair, read, tight};
use punchout_oci::markup::FormPage;
use punchout_oci::{Basket, ReturnTo, html_forms};

fuzz_target!(|page: &[u8]| {
    let basket = read(page, |decoder, sink| decoder.html(page, sink)).expect("any bytes are a page");
    Pair::of(page).keeps(&basket);
    survives_a_page(Pair::of(page), &basket);
    if let Ok(text) = std::str::from_utf8(page) {
        let count = |limits| {
            let forms = html_forms(text, &limits).ok()?;
            Some(forms.iter().map(|form| form.pairs.len()).sum::<usize>())
        };
        let pairs = count(Limits::default()).expect("within the limits");
        assert!(basket.sent.len() + basket.controls.len() <= pairs, "pairs out of nothing");
        assert!(count(tight()).is_none_or(|pairs| pairs <= tight().fields));
    }
});

/// A page that we wrote is read as the pairs that we wrote.
fn survives_a_page(pair: &Pair, basket: &Basket) {
    let (to, page) = (ReturnTo::new("https://buyer.example/return"), FormPage::new("Back", "Continue"));
    let Ok(page) = pair.encoder.page(basket, &to, &page, &mut Ignore) else { return };
    let pairs = pair.encoder.pairs(basket, &mut Ignore).expect("what has a page has pairs");
    // HTML knows no NUL
    if pairs.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        return;
    }
    let from_page = pair.decoder.html(page.as_bytes(), &mut Ignore).expect("what was written is read");
    let from_pairs = pair.decoder.pairs(pairs, &mut Ignore).expect("what was written is read");
    assert_eq!(from_page.items, from_pairs.items);
}
