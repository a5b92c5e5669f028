//! Returns as url-encoded bodies, and as whatever else the bytes look like.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_fuzz::{Pair, read};
use punchout_oci::Input;

fuzz_target!(|body: &[u8]| {
    let basket = read(body, |decoder, sink| decoder.form(body, sink)).expect("any bytes are a form");
    let pairs = body.trim_ascii_end().split(|b| *b == b'&').filter(|pair| !pair.is_empty()).count();
    assert!(basket.sent.len() + basket.controls.len() >= pairs, "a pair was lost");
    Pair::of(body).keeps(&basket);
    Pair::of(body).keeps_as_xml(&basket);
    if Input::of(body) != Input::Form
        && let Some(basket) = read(body, |decoder, sink| decoder.any(body, sink))
    {
        Pair::of(body).keeps(&basket);
    }
});
